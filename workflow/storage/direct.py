"""Statements of a command, compiled once and sent directly to the driver.

SQLAlchemy's work around a statement costs about as much as the statement itself on SQLite: 120 of
the 330 µs of processor time that a note took. So the statements that every command sends go to the
driver's cursor as SQLAlchemy compiled them, with the values converted by its types. The SQL that is
sent and the errors that are raised are the same. Everything else, and every query, goes through
SQLAlchemy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from typing import Any, NoReturn

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Table, Update, insert
from sqlalchemy.exc import DBAPIError

from definitions.language.values import dataclass

MANY = 20
"""From how many rows on ``add`` sends them in bulk: of 20, that takes three quarters of the
processor on either database, and of the 77 of a round half of it on PostgreSQL."""
TOGETHER = 960
"""How many of those are written, and sent to a server, at a time."""
MOST_PARAMETERS = 960
"""The most parameters in a statement: older SQLite takes 999, and more gain nothing."""
PLAIN = "mijlpaal_plain"
"""The option of an engine whose statements all go through SQLAlchemy, to compare with."""

Statement = Insert | Update | Delete
Values = Mapping[str, Any]
Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as the driver takes it.

    Attributes:
        sql: its text.
        constants: the values that stand in the statement itself, by name.
        writers: how those values are written that the driver cannot take as they are, by name.
        order: the names of its values in order; None where the driver takes them by name.
        readers: how each column of a row is read; None where it stays as it is.
    """

    sql: str
    constants: Values
    writers: Mapping[str, Write]
    order: tuple[str, ...] | None
    readers: tuple[Write | None, ...] = ()

    def filled(self, values: Values) -> Any:
        """Return values as the driver takes them."""
        given = {**self.constants, **values}
        for name, written in self.writers.items():
            given[name] = written(given[name])
        return given if self.order is None else [given[name] for name in self.order]

    def filled_rows(
        self, names: tuple[str, ...], rows: Sequence[Sequence[Any]], then: Write | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield many rows as the driver takes them: each value that comes back is written once.

        Args:
            names: of the values of a row, in their order.
            then: what else is done to every value; None where it stays as the driver takes it.

        Returns:
            The values in the order of the statement, or as they were given where it has none.
        """
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        for name in names if then else self.writers:
            write = self.writers.get(name, _unchanged)
            written = {value: write(value) for value in set(columns[name])}
            if then:
                written = {value: then(cell) for value, cell in written.items()}
            columns[name] = tuple(map(written.__getitem__, columns[name]))
        return zip(*(columns[name] for name in self.order or names), strict=True)

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """Return a row with its values as our types have them."""
        return tuple(
            value if reader is None else reader(value)
            for value, reader in zip(row, self.readers, strict=True)
        )


def is_plain(connection: Connection) -> bool:
    """Return whether everything is to go through SQLAlchemy here."""
    return PLAIN in connection.get_execution_options()


def change(connection: Connection, statement: Statement, rows: Sequence[Values]) -> int:
    """Send a statement for some rows; return how many rows it changed, if it is sent for one.

    Args:
        rows: at least one, each with a value for every parameter.
    """
    if is_plain(connection):
        # One by itself: drivers have a faster way for it.
        values: Any = rows[0] if len(rows) == 1 else rows
        return int(connection.execute(statement, values).rowcount)
    compiled = _compiled(statement, connection.dialect, tuple(rows[0]))
    filled = [compiled.filled(row) for row in rows]
    return int(_executed(connection, compiled.sql, filled).rowcount)


def add(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows to a table, of which there may be tens of thousands.

    Many go the way that is fastest: to SQLite several in one statement, to PostgreSQL by COPY,
    where the server adds rows while the next ones are still being made.

    Args:
        names: of the columns, in the order of the values of a row; each value can be hashed.
        rows: taken as they are needed.
    """
    left = iter(rows)
    first = list(islice(left, MANY))
    if len(first) < MANY or is_plain(connection):
        if first:
            values = [dict(zip(names, row, strict=True)) for row in chain(first, left)]
            change(connection, _inserted(table), values)
        return
    compiled = _compiled(_inserted(table), connection.dialect, names)
    together = _chunks(chain(first, left))
    if compiled.order is None:
        _copy(connection, table, names, compiled, together)
    else:
        for chunk in together:
            _add_several(connection, compiled, list(compiled.filled_rows(names, chunk)))


def _chunks(rows: Iterator[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    while chunk := list(islice(rows, TOGETHER)):
        yield chunk


def _add_several(
    connection: Connection, compiled: Compiled, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add rows to a table of SQLite, several in one statement."""
    together = MOST_PARAMETERS // len(rows[0])
    whole = len(rows) - len(rows) % together
    groups = [
        tuple(chain.from_iterable(rows[at : at + together])) for at in range(0, whole, together)
    ]
    row = compiled.sql[compiled.sql.rindex("(") :]
    if groups:
        _executed(connection, compiled.sql + f", {row}" * (together - 1), groups)
    if rows[whole:]:
        _executed(connection, compiled.sql, rows[whole:])


def _copy(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    compiled: Compiled,
    together: Iterator[Sequence[Sequence[Any]]],
) -> None:
    """Add rows to a table of PostgreSQL as it is restored from a backup.

    They are written as text here, by columns: by the driver, value by value, that took four times
    as long, and 37,620 rows 0.15 s more of the processor.
    """
    prepared = connection.dialect.identifier_preparer
    columns = ", ".join(prepared.format_column(table.c[name]) for name in names)
    sql = f"COPY {prepared.format_table(table)} ({columns}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(sql) as copy:
            for rows in together:
                lines = map("\t".join, compiled.filled_rows(names, rows, _as_copied))
                copy.write("\n".join(lines) + "\n")
    except BaseException as error:  # noqa: BLE001 - raised again, also where somebody breaks off
        cursor.close()
        _fail(connection, sql, error)


def _as_copied(value: Any) -> str:
    """Return a value as the text format of COPY has it: a text, a number, a day or an instant."""
    if value is None:
        return r"\N"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).translate(_ESCAPED)


_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def change_as_one(connection: Connection, statements: Sequence[Statement], values: Values) -> int:
    """Send several statements as one; return how many rows the last one found.

    Args:
        values: those of all; no two have the name of a parameter in common.
    """
    compiled = _in_one(tuple(statements), connection.dialect)
    filled = compiled.filled(values)
    if is_plain(connection):
        return connection.exec_driver_sql(compiled.sql, filled).rowcount
    return int(_executed(connection, compiled.sql, [filled]).rowcount)


def found(connection: Connection, wanted: Select[Any], values: Values) -> list[Sequence[Any]]:
    """Return the rows that a query finds."""
    if is_plain(connection):
        return list(connection.execute(wanted, values))
    compiled = _compiled(wanted, connection.dialect, tuple(values))
    rows = _executed(connection, compiled.sql, [compiled.filled(values)]).fetchall()
    return [compiled.read(row) for row in rows]


def send(connection: Connection, sql: str) -> None:
    """Send a literal statement, such as one that begins a transaction or changes a setting."""
    if is_plain(connection):
        connection.exec_driver_sql(sql)
    else:
        _executed(connection, sql, [()])


def _executed(connection: Connection, sql: str, rows: Sequence[Any]) -> Any:
    """Send a statement once for every row of values; return the cursor."""
    dialect, cursor = connection.dialect, None
    try:
        cursor = connection.connection.cursor()
        if len(rows) == 1:
            dialect.do_execute(cursor, sql, rows[0])
        else:
            dialect.do_executemany(cursor, sql, rows)
    except BaseException as error:  # noqa: BLE001 - raised again, also where somebody breaks off
        if cursor is not None:
            cursor.close()
        _fail(connection, sql, error)
    return cursor


def _fail(connection: Connection, sql: str, error: BaseException) -> NoReturn:
    """Raise an error of the driver as SQLAlchemy does, and discard a connection that was lost."""
    dialect = connection.dialect
    driver: Any = dialect.dbapi
    if not isinstance(error, driver.Error):
        if not isinstance(error, Exception):
            connection.invalidate(error)
        raise error
    is_lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if is_lost:
        connection.invalidate(error)
        connection.engine.dispose()  # those that wait in the pool were lost with it
    raise DBAPIError.instance(
        sql, None, error, driver.Error, connection_invalidated=is_lost, dialect=dialect
    ) from error


def _unchanged(value: Any) -> Any:
    return value


@lru_cache
def _inserted(table: Table) -> Insert:
    return insert(table)


@lru_cache(maxsize=256)
def _compiled(
    statement: Statement | Select[Any], dialect: Dialect, names: tuple[str, ...]
) -> Compiled:
    """Return a statement compiled for a database.

    Args:
        names: the names of its parameters; for a plain insert, the columns.
    """
    readers: tuple[Write | None, ...] = ()
    if isinstance(statement, Select):
        types = (column.type.dialect_impl(dialect) for column in statement.selected_columns)
        readers = tuple(type_.result_processor(dialect, None) for type_ in types)
    return _of(statement.compile(dialect=dialect, column_keys=names), dialect, readers)


@lru_cache(maxsize=256)
def _in_one(statements: tuple[Statement, ...], dialect: Dialect) -> Compiled:
    """Return a statement that does what all of these do: WITH … AS (INSERT …), … UPDATE …."""
    *others, last = statements
    parts = (each.cte(f"change_{number}") for number, each in enumerate(others, start=1))
    return _of(last.add_cte(*parts).compile(dialect=dialect), dialect, ())


def _of(compiled: Any, dialect: Dialect, readers: tuple[Write | None, ...]) -> Compiled:
    writers = {
        name: written
        for name, parameter in compiled.binds.items()
        if (written := parameter.type.dialect_impl(dialect).bind_processor(dialect))
    }
    constants = {
        name: parameter.value
        for name, parameter in compiled.binds.items()
        if not parameter.required
    }
    order = tuple(compiled.positiontup) if compiled.positional else None
    return Compiled(str(compiled), constants, writers, order, readers)
