"""One command, against the same SQL sent through the bare driver, on SQLite and on PostgreSQL.

Two equal databases: a command runs on the one through the engine, and the statements that it sent,
with their parameters, are then sent to the other through ``sqlite3`` or ``psycopg``. So both stay
equal, and every hash and key that is sent is valid.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import psycopg

from benchmarks.measuring import Figure, Times, compared, spent
from benchmarks.processes import PROCESS, MeasuredEngine, execute, grown, opened, repeatable
from benchmarks.servers import databases, is_there
from workflow.engine import Engine
from workflow.model.commands import Ordinary
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.sqlite_driver import sqlite3
from workflow.storage.upgrading import upgrade

ENTRIES = 100
WARM_UP = 10
ROUNDS = 150
ON_SQLITE, ON_POSTGRESQL = 2.5, 2.0
"""How many times as long a command may take as its statements alone."""
COMMIT = "COMMIT"
PRAGMAS = ("busy_timeout", "foreign_keys", "secure_delete", "journal_mode", "synchronous")


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as it was sent."""

    sql: str
    parameters: Any
    many: bool


class Driver(Protocol):
    """A connection of a bare driver."""

    def send(self, statement: Sent) -> object:
        """Send one statement, and fetch what it returns."""

    def close(self) -> None:
        """Close it."""


def measure(folder: Path) -> Iterator[Figure]:
    """Measure a note, a decision and moves, each with its commit."""
    ours, bare = folder / "engine.sqlite3", folder / "driver.sqlite3"
    grown(ours, ENTRIES)
    shutil.copyfile(ours, bare)
    yield from _measured("SQLite", str(ours), str(bare), ON_SQLITE)
    if is_there():
        with databases(2) as (engine, driver):
            for url in (engine, driver):
                with Database(str(bare)) as source, Database(url) as target:
                    upgrade(target)
                    copy(source, target)
            yield from _measured("PostgreSQL", engine, driver, ON_POSTGRESQL)


def _measured(name: str, ours: str, bare: str, bound: float) -> Iterator[Figure]:
    with opened(ours) as engine:
        driver = _OfServer(bare) if "://" in bare else _OfFile(engine, bare)
        times = _compare(engine, driver, repeatable(engine.present(PROCESS)[0].definition))
        driver.close()
    assert _journal(ours) == _journal(bare)
    for kind, (through_engine, through_driver) in times.items():
        what = f"{name}: {kind}, against its SQL"
        yield compared(what, through_engine, through_driver, bound, beside="the bare driver")


def _compare(
    engine: MeasuredEngine, driver: Driver, kinds: Mapping[str, tuple[Ordinary, ...]]
) -> dict[str, tuple[Times, Times]]:
    times: dict[str, tuple[Times, Times]] = {kind: (Times(), Times()) for kind in kinds}
    sent = _captured(engine)
    for number in range(WARM_UP + ROUNDS):
        for kind, commands in kinds.items():
            for command in commands:
                sent.clear()
                one = spent(partial(execute, engine, [command]))
                other = spent(_sending(driver, sent))
                if number >= WARM_UP:
                    times[kind][0].add(one)
                    times[kind][1].add(other)
    return times


def _captured(engine: Engine) -> list[Sent]:
    """Return a list to which every statement is added that the engine sends.

    They are taken where they go to the driver. SQLAlchemy's events would do as well, but whoever
    listens to those makes a command dearer by a twentieth, and that would be measured too.
    """
    sent: list[Sent] = []
    dialect: Any = engine.database.engine.dialect
    execute, execute_many, commit = dialect.do_execute, dialect.do_executemany, dialect.do_commit

    def do_execute(cursor: Any, sql: str, parameters: Any, context: Any = None) -> None:
        sent.append(Sent(sql, parameters, many=False))
        execute(cursor, sql, parameters, context)

    def do_executemany(cursor: Any, sql: str, parameters: Any, context: Any = None) -> None:
        sent.append(Sent(sql, parameters, many=True))
        execute_many(cursor, sql, parameters, context)

    def do_commit(connection: Any) -> None:
        sent.append(Sent(COMMIT, (), many=False))
        commit(connection)

    dialect.do_execute, dialect.do_executemany = do_execute, do_executemany
    dialect.do_commit = do_commit
    return sent


def _sending(driver: Driver, statements: Iterable[Sent]) -> Callable[[], object]:
    def send() -> None:
        for each in statements:
            driver.send(each)

    return send


def sqlite_as(engine: Engine, file: str) -> sqlite3.Connection:
    """Open an SQLite file through its driver, with the settings that an engine's own file has."""
    opened_file = sqlite3.connect(file, isolation_level=None)
    with engine.database.reading() as connection:
        for pragma in PRAGMAS:
            value = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
            opened_file.execute(f"PRAGMA {pragma} = {value}")
    return opened_file


class _OfFile:
    """The bare driver on an SQLite file, with the settings that the engine's file has."""

    def __init__(self, engine: Engine, file: str) -> None:
        self._connection = sqlite_as(engine, file)

    def send(self, statement: Sent) -> object:
        connection = self._connection
        execute = connection.executemany if statement.many else connection.execute
        return execute(statement.sql, statement.parameters).fetchall()

    def close(self) -> None:
        self._connection.close()


class _OfServer:
    """The bare driver on a server."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)

    def send(self, statement: Sent) -> object:
        if statement.sql == COMMIT:
            self._connection.commit()
            return None
        cursor = self._cursor_for(statement)
        execute = cursor.executemany if statement.many else cursor.execute
        execute(statement.sql.encode(), statement.parameters)
        return cursor.fetchall() if cursor.description else None

    def _cursor_for(self, statement: Sent) -> psycopg.Cursor[Any]:
        """Return a cursor that takes parameters as a statement has them: by name, or by number."""
        parameters = statement.parameters[0] if statement.many else statement.parameters
        if isinstance(parameters, Mapping):
            return self._connection.cursor()
        return psycopg.RawCursor(self._connection)

    def close(self) -> None:
        self._connection.close()


def _journal(url: str) -> list[tuple[Any, ...]]:
    with opened(url) as engine:
        _, entries = engine.journal(PROCESS)
        return [(entry.seq, entry.hash) for entry in entries]
