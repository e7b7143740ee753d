"""Statements of a command, compiled once and sent directly to the driver.

SQLAlchemy's work around a statement costs about as much as the statement itself on SQLite: 120 of
the 330 µs of processor time that a note took. So the statements that every command sends go to the
driver's cursor as SQLAlchemy compiled them, with the values converted by its types. The SQL that is
sent and the errors that are raised are the same. Everything else, and every query, goes through
SQLAlchemy.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NoReturn

from sqlalchemy import Connection, Date, Delete, Dialect, Insert, Select, Table, Update, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from definitions.language.values import dataclass
from workflow.storage.cells import or_none

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
Values = Sequence[Any]
Names = tuple[str, ...]
Write = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as the driver takes it.

    Attributes:
        sql: its text.
        names: its parameters, in the order of the statement.
        constants: the values that stand in the statement itself, as the driver takes them.
        order: takes the values that are given, and those, in the order of the statement.
        writers: how those values are written that the driver cannot take as they are, by their
            place in the statement.
        readers: how those columns of a row are read that do not stay as they are, by their place.
    """

    sql: str
    names: Names
    constants: tuple[Any, ...]
    order: Callable[[Values], tuple[Any, ...]]
    writers: tuple[tuple[int, Write], ...]
    readers: tuple[tuple[int, Write], ...] = ()

    def filled(self, given: Values) -> list[Any]:
        """Return values as the driver takes them."""
        filled = [*self.order((*given, *self.constants))]
        for place, write in self.writers:
            filled[place] = write(filled[place])
        return filled

    def filled_rows(
        self, rows: Sequence[Values], then: Write | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield many rows as the driver takes them: each value that comes back is written once.

        Args:
            rows: the given values of each.
            then: what else is done to every value; None where it stays as the driver takes it.

        Returns:
            The values in the order of the statement.
        """
        columns = [*self.order([*zip(*rows, strict=True)])]
        writers = dict(self.writers)
        for place in range(len(columns)) if then else writers:
            write = writers.get(place, _unchanged)
            written = {value: write(value) for value in set(columns[place])}
            if then:
                written = {value: then(cell) for value, cell in written.items()}
            columns[place] = tuple(map(written.__getitem__, columns[place]))
        return zip(*columns, strict=True)

    def read(self, row: Values) -> list[Any]:
        """Return a row with its values as our types have them."""
        values = [*row]
        for place, read in self.readers:
            values[place] = read(values[place])
        return values


def is_plain(connection: Connection) -> bool:
    """Return whether everything is to go through SQLAlchemy here."""
    return PLAIN in connection.get_execution_options()


def change(
    connection: Connection, statement: Statement, names: Names, rows: Sequence[Values]
) -> int:
    """Send a statement for some rows; return how many rows it changed, if it is sent for one.

    Args:
        names: of its parameters, in the order of the values of a row.
        rows: at least one.
    """
    if is_plain(connection):
        named: Any = [dict(zip(names, row, strict=True)) for row in rows]
        # One by itself: drivers have a faster way for it.
        return int(connection.execute(statement, named[0] if len(rows) == 1 else named).rowcount)
    compiled = _compiled(statement, connection.dialect, names)
    return int(_executed(connection, compiled.sql, [*map(compiled.filled, rows)]).rowcount)


def add(connection: Connection, table: Table, names: Names, rows: Iterable[Values]) -> None:
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
            change(connection, _inserted(table), names, [*first, *left])
        return
    compiled = _compiled(_inserted(table), connection.dialect, names)
    together = _chunks(chain(first, left))
    if connection.dialect.name == "postgresql":
        _copy(connection, table, compiled, together)
    else:
        for chunk in together:
            _add_several(connection, compiled, [*compiled.filled_rows(chunk)])


def _chunks(rows: Iterator[Values]) -> Iterator[list[Values]]:
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
    connection: Connection, table: Table, compiled: Compiled, together: Iterator[Sequence[Values]]
) -> None:
    """Add rows to a table of PostgreSQL as it is restored from a backup.

    They are written as text here, by columns: by the driver, value by value, that took four times
    as long, and 37,620 rows 0.15 s more of the processor.
    """
    prepared = connection.dialect.identifier_preparer
    columns = ", ".join(prepared.format_column(table.c[name]) for name in compiled.names)
    sql = f"COPY {prepared.format_table(table)} ({columns}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(sql) as copy:
            for rows in together:
                lines = map("\t".join, compiled.filled_rows(rows, _as_copied))
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


def change_as_one(
    connection: Connection, statements: Sequence[Statement], names: Names, values: Values
) -> int:
    """Send several statements as one; return how many rows the last one found.

    Args:
        names: of the parameters of all; no two statements have one in common.
        values: those of all, in the same order.
    """
    together = tuple(statements)
    if is_plain(connection):
        given = dict(zip(names, values, strict=True))
        return int(connection.execute(_as_one(together), given).rowcount)
    compiled = _in_one(together, connection.dialect, names)
    return int(_executed(connection, compiled.sql, [compiled.filled(values)]).rowcount)


def found(
    connection: Connection, wanted: Select[Any], names: Names, values: Values
) -> list[Sequence[Any]]:
    """Return the rows that a query finds.

    Args:
        names: of its parameters, in the order of the values.
    """
    if is_plain(connection):
        return list(connection.execute(wanted, dict(zip(names, values, strict=True))))
    compiled = _compiled(wanted, connection.dialect, names)
    cursor = _executed(connection, compiled.sql, [compiled.filled(values)])
    try:
        rows = cursor.fetchall()
    except BaseException as error:  # noqa: BLE001 - raised again; SQLite reads a row when it is taken
        _fail(connection, compiled.sql, error)
    return [compiled.read(row) for row in rows]


class StraightReader:
    """A reader that sends questions in SQL of our own directly to the driver."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection of a transaction."""
        self._connection = connection
        self.dialect = connection.dialect

    def exec_driver_sql(self, statement: str, parameters: Mapping[str, Any], /) -> Any:
        """Send a question; return the cursor of the driver, which has its rows."""
        return _executed(self._connection, statement, [parameters], _named_cursor)


def reader_of(connection: Connection) -> Connection | StraightReader:
    """Return the fastest reader of a transaction."""
    return connection if is_plain(connection) else StraightReader(connection)


def send(connection: Connection, sql: str) -> None:
    """Send a literal statement, such as one that begins a transaction or changes a setting."""
    if is_plain(connection):
        connection.exec_driver_sql(sql)
    else:
        _executed(connection, sql, [()])


def attempt(connection: Connection, sql: str, is_refused: Callable[[BaseException], bool]) -> bool:
    """Send a literal statement; return False where the driver refuses it for an expected reason.

    No error of SQLAlchemy is made of that: somebody who asks again and again after a pause, when
    the processor has forgotten that code, takes 0.10 to 0.13 ms for it instead of 0.15 to 0.18.
    """
    if is_plain(connection):
        try:
            connection.exec_driver_sql(sql)
        except DBAPIError as error:
            if error.orig is None or not is_refused(error.orig):
                raise
            return False
        return True
    try:
        connection.dialect.do_execute(_cursor(connection), sql, ())
    except BaseException as error:  # noqa: BLE001 - raised again, also where somebody breaks off
        if is_refused(error):
            return False
        _fail(connection, sql, error)
    return True


def _executed(
    connection: Connection,
    sql: str,
    rows: Sequence[Any],
    cursor_of: Callable[[Connection], Any] | None = None,
) -> Any:
    """Send a statement once for every row of values; return the cursor."""
    dialect, cursor = connection.dialect, None
    try:
        cursor = (cursor_of or _cursor)(connection)
        if len(rows) == 1:
            dialect.do_execute(cursor, sql, rows[0])
        else:
            dialect.do_executemany(cursor, sql, rows)
    except BaseException as error:  # noqa: BLE001 - raised again, also where somebody breaks off
        if cursor is not None:
            cursor.close()
        _fail(connection, sql, error)
    return cursor


def _named_cursor(connection: Connection) -> Any:
    """Return a cursor of the driver that takes parameters by name."""
    driver: Any = connection.connection.dbapi_connection
    return driver.cursor()


def _cursor(connection: Connection) -> Any:
    """Return a cursor of the driver, which takes parameters by number where it is that of a server.

    Not through the pool, which only asks whether the connection is still there.
    """
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "postgresql":
        return driver.cursor()
    raw: Any = connection.dialect.dbapi
    return raw.RawCursor(driver)


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
def _compiled(statement: Statement | Select[Any], dialect: Dialect, names: Names) -> Compiled:
    """Return a statement compiled for a database.

    Args:
        names: the names of its parameters; for a plain insert, the columns.
    """
    readers: list[tuple[int, Write]] = []
    if isinstance(statement, Select):
        for place, column in enumerate(statement.selected_columns):
            read = column.type.dialect_impl(dialect).result_processor(dialect, None)
            if read is not None:
                readers.append((place, read))
    return _of(
        statement.compile(dialect=dialect, column_keys=names), dialect, names, tuple(readers)
    )


@lru_cache(maxsize=256)
def _in_one(statements: tuple[Statement, ...], dialect: Dialect, names: Names) -> Compiled:
    return _of(_as_one(statements).compile(dialect=dialect), dialect, names, ())


@lru_cache(maxsize=256)
def _as_one(statements: tuple[Statement, ...]) -> Any:
    """Return a statement that does what all of these do: WITH … AS (INSERT …), … UPDATE …."""
    *others, last = statements
    parts = (each.cte(f"change_{number}") for number, each in enumerate(others, start=1))
    return last.add_cte(*parts)


def _of(
    compiled: Any, dialect: Dialect, names: Names, readers: tuple[tuple[int, Write], ...]
) -> Compiled:
    writers = {
        name: write
        for name, parameter in compiled.binds.items()
        if (write := _writer(parameter.type, dialect))
    }
    constants = {
        name: writers[name](parameter.value) if name in writers else parameter.value
        for name, parameter in compiled.binds.items()
        if name not in names and not parameter.required
    }
    given = (*names, *constants)
    sql, order = _numbered(compiled)
    written = tuple(
        (place, writers[name])
        for place, name in enumerate(order)
        if name in writers and name not in constants
    )
    values = tuple(constants.values())
    return Compiled(sql, order, values, _taking(map(given.index, order)), written, readers)


def _numbered(compiled: Any) -> tuple[str, Names]:
    """Return the text of a statement, and the names of its parameters in the order it takes them.

    ``psycopg`` finds them by their names again and again in a text of more than 4,096 characters:
    that took 0.1 ms of each decision that closes. In the form of the server, by number, it sends
    the text as it is.
    """
    if compiled.positional:
        return str(compiled), tuple(compiled.positiontup)
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        name = found[1]
        return f"${names.setdefault(name, len(names) + 1)}" if name else "%"

    return _PARAMETER.sub(number, str(compiled)), tuple(names)


_PARAMETER = re.compile(r"%(?:%|\((\w+)\)s)")


def _taking(places: Iterable[int]) -> Callable[[Values], tuple[Any, ...]]:
    """Return a function that takes the values at some places."""
    at = tuple(places)
    return itemgetter(*at) if len(at) > 1 else lambda values: tuple(values[each] for each in at)


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Write | None:
    """Return how values of a type are written; None where the driver takes them as they are."""
    written = kind.dialect_impl(dialect)
    if dialect.name == "sqlite" and isinstance(written, Date):
        return or_none(date.isoformat)  # SQLAlchemy's own takes three times as long
    return written.bind_processor(dialect)
