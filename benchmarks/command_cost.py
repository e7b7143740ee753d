"""One command, against the same SQL sent through the bare driver.

Two equal files: a command runs on the one through the engine, and the statements that it sent,
with their parameters, are then sent to the other through ``sqlite3``. So both stay equal, and
every hash and key that is sent is valid.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.measuring import Figure, compared, seconds
from benchmarks.processes import PROCESS, execute, grown, opened, repeatable
from workflow.commands import Ordinary
from workflow.engine import Engine

ENTRIES = 100
WARM_UP = 10
ROUNDS = 150
BOUND = 3
PRAGMAS = ("busy_timeout", "foreign_keys", "journal_mode", "synchronous")


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement as it was sent."""

    sql: str
    parameters: Any
    many: bool


def measure(folder: Path) -> Iterator[Figure]:
    """Measure a note, a decision and moves, each with its commit."""
    ours, bare = folder / "engine.sqlite3", folder / "driver.sqlite3"
    grown(ours, ENTRIES)
    shutil.copyfile(ours, bare)
    with opened(ours) as engine:
        driver = _like(engine, bare)
        times = _compare(engine, driver, repeatable(engine.present(PROCESS)[0]))
        driver.close()
    assert _journal(ours) == _journal(bare)
    for kind, (through_engine, through_driver) in times.items():
        yield compared(f"{kind}, against its SQL", through_engine, through_driver, BOUND)


def _compare(
    engine: Engine, driver: sqlite3.Connection, kinds: Mapping[str, tuple[Ordinary, ...]]
) -> dict[str, tuple[list[float], list[float]]]:
    times: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind in kinds}
    sent = _captured(engine)
    for number in range(WARM_UP + ROUNDS):
        for kind, commands in kinds.items():
            for command in commands:
                sent.clear()
                one = seconds(partial(execute, engine, [command]))
                other = seconds(_sending(driver, sent))
                if number >= WARM_UP:
                    times[kind][0].append(one)
                    times[kind][1].append(other)
    return times


def _captured(engine: Engine) -> list[Sent]:
    """Return a list to which every statement is added that the engine sends."""
    sent: list[Sent] = []

    @event.listens_for(engine.database.engine, "before_cursor_execute")
    def _statement(*sending: Any) -> None:
        _, _, sql, parameters, _, many = sending
        sent.append(Sent(sql, parameters, many))

    @event.listens_for(engine.database.engine, "commit")
    def _commit(_: object) -> None:
        sent.append(Sent("COMMIT", (), many=False))

    return sent


def _sending(driver: sqlite3.Connection, statements: Iterable[Sent]) -> Callable[[], object]:
    def send() -> None:
        for each in statements:
            execute = driver.executemany if each.many else driver.execute
            execute(each.sql, each.parameters).fetchall()

    return send


def _like(engine: Engine, file: Path) -> sqlite3.Connection:
    """Open a file with the bare driver, and with the settings that the engine's file has."""
    driver = sqlite3.connect(file, isolation_level=None)
    with engine.database.reading() as connection:
        for pragma in PRAGMAS:
            value = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
            driver.execute(f"PRAGMA {pragma} = {value}")
    return driver


def _journal(file: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(file) as connection:
        return connection.execute("SELECT seq, hash FROM journal ORDER BY seq").fetchall()
