"""Changes to rows, and how they are sent: one statement after the other, or several as one."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Connection,
    Table,
    Update,
    bindparam,
    func,
)

from definitions.language.values import dataclass
from workflow.storage import direct
from workflow.storage.direct import Names, Statement, Values


@dataclass(frozen=True, slots=True)
class Change:
    """A statement, the names of its parameters, and their values for every row it is to change."""

    statement: Statement
    names: Names
    rows: Sequence[Values]

    def make(self, connection: Connection) -> int:
        """Send it; return how many rows it found, where it changes one."""
        if not self.rows:
            return 0
        return direct.change(connection, self.statement, self.names, self.rows)


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """A statement that changes a row, and the names of its parameters, in order.

    No two forms share the name of a parameter: they can be sent as one statement.
    """

    statement: Statement
    parameters: Names

    def filled(self, rows: Iterable[Values]) -> Change:
        """Return the change of some rows, each of which has a value for every parameter."""
        return Change(self.statement, self.parameters, [*rows])


def inserting(table: Table, columns: Iterable[str]) -> CompiledStatement:
    """Return how a row with values in some columns is added."""
    new = _parameters("new", table, columns)
    return CompiledStatement(table.insert().values(new), _names(new))


def updating(
    table: Table, key: Iterable[str], columns: Iterable[str], **more: ColumnElement[Any]
) -> CompiledStatement:
    """Return how the row with a key gets other values in some columns; the key comes first.

    Args:
        more: columns that get what follows from the row itself.
    """
    old, new = _parameters("of", table, key), _parameters("to", table, columns)
    changed = table.update().where(*_equal(table, old)).values({**new, **more})
    return CompiledStatement(changed, _names(old) + _names(new))


def deleting(table: Table, key: Iterable[str]) -> CompiledStatement:
    """Return how the row with a key is taken away."""
    old = _parameters("gone", table, key)
    return CompiledStatement(table.delete().where(*_equal(table, old)), _names(old))


@dataclass(frozen=True, slots=True)
class BulkUpdate:
    """How many rows get other values, each its own.

    A server takes them in one statement, as lists: it is asked once, not once for every row.
    """

    form: CompiledStatement
    listed: Update
    """The same, with a list for every parameter."""

    def make(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Send it for some rows, each of which has a value for every parameter."""
        if connection.dialect.name == "postgresql" and len(rows) > 1:
            lists = (list(values) for values in zip(*rows, strict=True))
            names = self.form.parameters
            connection.execute(self.listed, dict(zip(names, lists, strict=True)))
        else:
            self.form.filled(rows).make(connection)


def bulk_update(
    table: Table, key: Iterable[str], columns: Iterable[str], **more: ColumnElement[Any]
) -> BulkUpdate:
    """Return a statement that gives many rows other values at once; ``updating`` does one."""
    key, columns = tuple(key), tuple(columns)
    form = updating(table, key, columns, **more)
    named = zip(form.parameters, (*key, *columns), strict=True)
    lists = [bindparam(name, type_=ARRAY(table.c[column].type)) for name, column in named]
    given = func.unnest(*lists).table_valued(*form.parameters).render_derived()
    values = [given.c[name] for name in form.parameters]
    found = (table.c[name] == value for name, value in zip(key, values, strict=False))
    new = dict(zip(columns, values[len(key) :], strict=True))
    return BulkUpdate(form, table.update().where(*found).values({**new, **more}))


def apply_together(connection: Connection, changes: Sequence[Change], last: Change) -> int:
    """Make some changes and a last one; return how many rows the last one matched.

    On a server, changes of one row are sent as one statement, so that a command waits for one round
    trip instead of one for every table.

    Args:
        changes: each may depend on the row that the first one adds.
        last: the change of one row; if it matches none, the transaction must not commit.
    """
    made = [each for each in (*changes, last) if each.rows]
    if connection.dialect.name != "postgresql":
        return [each.make(connection) for each in made][-1]
    if len(made[0].rows) > 1:
        made.pop(0).make(connection)
    found = _made_as_one(connection, [each for each in made if len(each.rows) == 1])
    for each in made:
        if len(each.rows) > 1:
            each.make(connection)
    return found


def _made_as_one(connection: Connection, changes: Sequence[Change]) -> int:
    names = tuple(chain.from_iterable(each.names for each in changes))
    values = tuple(chain.from_iterable(each.rows[0] for each in changes))
    return direct.change_as_one(connection, [each.statement for each in changes], names, values)


def _parameters(role: str, table: Table, columns: Iterable[str]) -> dict[str, BindParameter[Any]]:
    return {name: bindparam(f"{role}_{table.name}_{name}") for name in columns}


def _equal(table: Table, values: dict[str, BindParameter[Any]]) -> list[Any]:
    return [table.c[name] == value for name, value in values.items()]


def _names(parameters: dict[str, BindParameter[Any]]) -> Names:
    return tuple(each.key for each in parameters.values())
