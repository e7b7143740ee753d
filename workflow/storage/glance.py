"""A glance into an SQLite file, for who cannot wait until SQLAlchemy is imported: the tab key.

The file is opened to be read only: it is never made, never changed and never upgraded. What is
read is what ``store`` reads; the tests hold the one against the other.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import Field, fields
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from workflow.model.events import Event, event_from
from workflow.model.state import State
from workflow.storage.revision import is_compatible

PATIENCE = 0.1
"""How many seconds another command is waited for."""


class Glance:
    """What stands in a database, as it is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take a connection."""
        self._connection = connection

    def processes(self) -> dict[str, str]:
        """Return the processes, each with the hash of its definition."""
        return dict(self._connection.execute("SELECT id, definition FROM processes ORDER BY id"))

    def document(self, sha256: str) -> str:
        """Return the JSON of a definition; empty where there is none."""
        wanted = "SELECT document FROM definitions WHERE sha256 = ?"
        row = self._connection.execute(wanted, (sha256,)).fetchone()
        return str(row[0]) if row else ""

    def people(self) -> dict[str, str]:
        """Return the name of everybody, by their opaque id."""
        return dict(self._connection.execute("SELECT id, name FROM people ORDER BY name"))

    def events(self, process: str) -> Iterator[tuple[int, Event]]:
        """Yield what the entries of a process say, each with its number, the last first."""
        wanted = "SELECT seq, type, payload FROM journal WHERE process = ? ORDER BY seq DESC"
        for seq, kind, payload in self._connection.execute(wanted, (process,)):
            yield seq, event_from(kind, json.loads(payload))

    def state(self, process: str) -> State:
        """Return where a process stands, with the rounds that are over."""
        wanted = "SELECT begins, last_day, reconstruction FROM processes WHERE id = ?"
        begins, last_day, reconstruction = self._connection.execute(wanted, (process,)).fetchone()
        tables = [each for each in fields(State) if get_origin(each.type) is Mapping]
        return State(
            begins=date.fromisoformat(begins),
            last_day=date.fromisoformat(last_day),
            reconstruction=bool(reconstruction),
            **{each.name: self._table(each, process) for each in tables},
        )

    def _table(self, field: Field[Any], process: str) -> dict[Any, Any]:
        """Return a table of the state: its key by its columns, the fields of its values too."""
        key, value = get_args(field.type)
        info = self._connection.execute(f"PRAGMA table_info({field.name})").fetchall()
        names = [name for _, name, *_, in_key in info if in_key and name != "process"]
        kinds = get_args(key) if get_origin(key) is tuple else (key,)
        of = fields(value)
        columns = ", ".join(f'"{name}"' for name in [*names, *(each.name for each in of)])
        wanted = f"SELECT {columns} FROM {field.name} WHERE process = ?"  # noqa: S608 - our names
        found = {}
        for row in self._connection.execute(wanted, (process,)):
            keys = tuple(map(_value, kinds, row))
            values = (
                _value(each.type, cell) for each, cell in zip(of, row[len(keys) :], strict=True)
            )
            found[keys if len(keys) > 1 else keys[0]] = value(*values)
        return found


@contextmanager
def glance(file: Path) -> Iterator[Glance]:
    """Open a file for a glance.

    Raises:
        sqlite3.Error: it is not there, no database, busy, or of another revision.
    """
    url = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(url, uri=True, timeout=PATIENCE)) as connection:
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if not is_compatible(revision):
            raise sqlite3.DatabaseError(revision)
        yield Glance(connection)


def _value(kind: Any, cell: Any) -> Any:
    """Return what a cell holds, as the type of its field."""
    if cell is None:
        return None
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(json.loads(cell))
    if get_origin(kind) is Mapping:
        return {name: date.fromisoformat(day) for name, day in json.loads(cell).items()}
    if kind is date:
        return date.fromisoformat(cell)
    if kind is bool:
        return bool(cell)
    return kind(cell) if issubclass(kind, StrEnum) else cell
