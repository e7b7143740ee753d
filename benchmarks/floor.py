"""One command, against the minimum of hand-written statements with the same guarantees.

Two equal databases: the engine gives a command on the one, and by hand the same is done on the
other, through ``sqlite3`` or ``psycopg``: the head, read and changed only where it is unchanged; an
entry in the chain of hashes; the row of where it stands; the reminders that are over, or new. In
the end both have the same journal, hash for hash, and the same reminders.

The clock is live: every deadline is ahead, so that a move cancels or plans 77 reminders. Notes and
answers are measured by themselves: after such a move the processor has forgotten both ways, and
that costs the longer one more (a note 0.43 ms instead of 0.25).
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import psycopg
from sqlalchemy import select

from benchmarks.command_cost import sqlite_as
from benchmarks.measuring import Figure, Times, compared, spent
from benchmarks.processes import (
    ACTOR,
    NOW,
    PROCESS,
    QUESTION,
    SOURCE,
    MeasuredEngine,
    execute,
    grown,
    live_definition,
    live_round,
    opened,
    repeatable,
)
from benchmarks.servers import databases, is_there
from workflow.model.journal import broken_link, instant_text
from workflow.storage import reminders, tables
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

ENTRIES = 100
WARM_UP, ROUNDS = 10, 120
BOUNDS = {
    "SQLite": {"note": 1.4, "record": 1.5, "closing record": 1.5},
    "PostgreSQL": {"note": 1.5, "record": 1.5, "closing record": 1.5},
}
REQUEST, BODY, DUE = "raden", "alblasserdam.raad", "principebesluit/raden"
SEAT = "projectsecretaris"

_HEAD = (
    "SELECT head_seq, head_hash, (SELECT id FROM people WHERE name = ?) FROM processes WHERE id = ?"
)
_APPEND = (
    "INSERT INTO journal (process, seq, type, actor, role, os_user, recorded_at, effective, "
    "effective_on, precision, key, digest, payload, prev_hash, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVE_HEAD = (
    "UPDATE processes SET head_seq = ?, head_hash = ?, last_day = ?, planned_seq = ? "
    "WHERE id = ? AND head_seq = ?"
)
_DECIDE = (
    "INSERT INTO decisions (process, milestone, request, round, body, outcome, effect, effective, "
    "effective_on, seq, options, unnamed_options, points, signed_by, out_of_order) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', 0, '[]', '[]', false) "
    "ON CONFLICT (process, round, milestone, request, body) DO UPDATE SET "
    "outcome = excluded.outcome, effect = excluded.effect, effective = excluded.effective, "
    "effective_on = excluded.effective_on, seq = excluded.seq"
)
_MOVE = (
    "UPDATE milestones SET state = ?, since = ?, effective = ?, seq = ?, round = ? "
    "WHERE process = ? AND milestone = ?"
)
_MADE = (
    'INSERT INTO moves (process, milestone, "trigger", source, target, effective, effective_on, '
    "seq, basis, round) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'decided', ?) "
    'ON CONFLICT (process, milestone, "trigger", source, target) DO UPDATE SET '
    "effective = excluded.effective, effective_on = excluded.effective_on, seq = excluded.seq, "
    "round = excluded.round"
)
_CANCEL = (
    "UPDATE reminders SET status = 'cancelled', next_at = NULL, settled_at = ?, why = 'met' "
    "WHERE process = ? AND due = ? AND status = 'planned'"
)
_CANCEL_OF_BODY = f"{_CANCEL} AND subject = ?"
_PLAN = (
    "INSERT INTO reminders (process, due, subject, rung, role, place, meant_for, copy, version, "
    "deadline, at, status, next_at) VALUES (?, ?, ?, ?, ?, ?, '', 0, ?, ?, ?, 'planned', ?)"
)
_PLANNED = (
    "SELECT subject, rung, role, place, deadline, at FROM reminders "
    "WHERE process = ? AND due = ? AND version = ?"
)
Row = tuple[str, tuple[Any, ...]]


def measure(folder: Path) -> Iterator[Figure]:
    """Measure a note, answers and moves beside what does the same by hand."""
    ours, bare = folder / "ours.sqlite3", folder / "by-hand.sqlite3"
    grown(ours, ENTRIES, live_definition(folder))
    with opened(ours) as engine:
        execute(engine, repeatable(engine.present(PROCESS)[0].definition)["advance"])
    shutil.copyfile(ours, bare)
    yield from _beside("SQLite", str(ours), str(bare))
    if is_there():
        with databases(2) as (engine_url, bare_url):
            for url in (engine_url, bare_url):
                with Database(str(bare)) as source, Database(url) as target:
                    upgrade(target)
                    copy(source, target)
            yield from _beside("PostgreSQL", engine_url, bare_url)


def _beside(name: str, ours: str, bare: str) -> Iterator[Figure]:
    with opened(ours) as engine:
        connected: Bare = Server(bare) if "://" in bare else File(bare, engine)
        by_hand = ByHand(connected)
        times = _compare(engine, by_hand)
        by_hand.connection.close()
    assert _written(ours) == _written(bare)
    for kind, (mine, least) in times.items():
        bound = BOUNDS[name].get(kind)
        what = f"{name}: {kind}, against by hand"
        yield compared(what, mine, least, bound, beside="the same by hand")


def _compare(engine: MeasuredEngine, by_hand: "ByHand") -> dict[str, tuple[Times, Times]]:
    kinds = live_round(engine.present(PROCESS)[0].definition)
    times = {kind: (Times(), Times()) for kind in kinds}
    for together in (("note", "record"), ("closing record", "advance", "again")):
        for number, kind in product(range(WARM_UP + ROUNDS), together):
            ours, least = times[kind]
            one = spent(partial(execute, engine, kinds[kind]))
            other = spent(partial(by_hand.does[kind], engine.days().date()))
            if number >= WARM_UP:
                ours.add(one)
                least.add(other)
    return times


class Bare(Protocol):
    """A connection of a driver.

    Attributes:
        has_keys: each command has a key of its own, as it has on a server.
        head: the statement that reads the head, and holds it.
    """

    has_keys: bool
    head: str

    def begin(self) -> object:
        """Begin a transaction that writes."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Send a statement."""

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> object:
        """Send a statement for some rows."""

    def commit(self) -> object:
        """End it."""

    def close(self) -> None:
        """Close it."""


class File:
    """An SQLite file, with the settings that the engine's file has."""

    has_keys, head = False, _HEAD

    def __init__(self, file: str, engine: MeasuredEngine) -> None:
        self._connection = sqlite_as(engine, file)
        self.execute, self.execute_many = self._connection.execute, self._connection.executemany

    def begin(self) -> object:
        """Begin a transaction that writes."""
        return self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> object:
        """End it."""
        return self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close it."""
        self._connection.close()


class Server:
    """A database on a server."""

    has_keys, head = True, f"{_HEAD} FOR UPDATE OF processes"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url)
        self._sent: dict[str, bytes] = {}

    def begin(self) -> None:
        """Do nothing: the driver begins one with the first statement."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Send a statement."""
        return self._connection.execute(self._known(sql), values)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Send a statement for some rows."""
        with self._connection.cursor() as cursor:
            cursor.executemany(self._known(sql), rows)

    def commit(self) -> None:
        """End it."""
        self._connection.commit()

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def _known(self, sql: str) -> bytes:
        if sql not in self._sent:
            self._sent[sql] = sql.replace("?", "%s").encode()
        return self._sent[sql]


class ByHand:
    """One process, kept by hand-written statements."""

    def __init__(self, connection: Bare) -> None:
        """Take a database in which a round has just been opened, and its reminders planned."""
        self.connection = connection
        self.does: dict[str, Callable[[date], None]] = {
            "note": self._note,
            "record": partial(self._record, "aangehouden", "pending"),
            "closing record": partial(self._record, "ingestemd", "for"),
            "advance": self._stop,
            "again": self._again,
        }
        connection.begin()
        asked = "SELECT round, seq FROM milestones WHERE process = ? AND milestone = ?"
        self._round, opened_by = connection.execute(asked, (PROCESS, QUESTION)).fetchone()
        wanted = (PROCESS, DUE, opened_by)
        self._plans = [tuple(row) for row in connection.execute(_PLANNED, wanted).fetchall()]
        connection.commit()

    def _note(self, on: date) -> None:
        payload = {"about": QUESTION, "note": "Somebody said something.", "reference": SOURCE}
        self._append(on, "note-added", payload, lambda _seq: [])

    def _record(self, outcome: str, effect: str, on: date) -> None:
        payload = {
            "body": BODY,
            "milestone": QUESTION,
            "on_behalf": True,
            "outcome": outcome,
            "reference": SOURCE,
            "request": REQUEST,
            "round": self._round,
        }

        def rows(seq: int) -> list[Row]:
            day = on.isoformat()
            key = (PROCESS, QUESTION, REQUEST, self._round, BODY)
            found: list[Row] = [(_DECIDE, (*key, outcome, effect, day, day, seq))]
            if effect != "pending":
                found.append((_CANCEL_OF_BODY, (_recorded(on), PROCESS, DUE, BODY)))
            return found

        self._append(on, "decision-recorded", payload, rows)

    def _stop(self, on: date) -> None:
        self._move(on, "aanpassen", ("in-route", "aanpassing"), {"reference": SOURCE})

    def _again(self, on: date) -> None:
        self._round += 1
        self._move(on, "opnieuw", ("aanpassing", "in-route"), {})

    def _move(self, on: date, trigger: str, places: tuple[str, str], more: dict[str, Any]) -> None:
        way = {"source": places[0], "target": places[1], "trigger": trigger}
        payload = {"milestone": QUESTION, **way, **more}
        if more:
            payload["attested"] = True

        def rows(seq: int) -> list[Row]:
            day = on.isoformat()
            found: list[Row] = [
                (_MOVE, (places[1], day, day, seq, self._round, PROCESS, QUESTION)),
                (_MADE, (PROCESS, QUESTION, trigger, *places, day, day, seq, self._round)),
            ]
            if more:
                found.append((_CANCEL, (_recorded(on), PROCESS, DUE)))
            return found

        self._append(on, "milestone-moved", payload, rows, plans=not more)

    def _append(
        self,
        on: date,
        kind: str,
        payload: dict[str, Any],
        rows: Callable[[int], list[Row]],
        *,
        plans: bool = False,
    ) -> None:
        """Write an entry and what goes with it, where nobody did so since the head was read."""
        send, day, told = self.connection.execute, on.isoformat(), _json(payload)
        recorded, key = _recorded(on), uuid4().hex if self.connection.has_keys else None
        self.connection.begin()
        before, prev_hash, person = send(self.connection.head, (ACTOR, PROCESS)).fetchone()
        seq = before + 1
        entry = {
            "process": PROCESS,
            "seq": seq,
            "type": kind,
            "actor": person,
            "role": SEAT,
            "os_user": ACTOR,
            "recorded_at": recorded,
            "effective": day,
            "effective_on": day,
            "precision": "day",
            "key": key,
            "digest": key and sha256(told.encode()).hexdigest(),
        }
        hashed = _json({**entry, "payload": payload, "prev_hash": prev_hash})
        hash_ = sha256(hashed.encode()).hexdigest()
        send(_APPEND, (*entry.values(), told, prev_hash, hash_))
        for statement, values in rows(seq):
            send(statement, values)
        if plans:
            planned = [(PROCESS, DUE, *plan[:4], seq, *plan[4:], plan[5]) for plan in self._plans]
            self.connection.execute_many(_PLAN, planned)
        moved = send(_MOVE_HEAD, (seq, hash_, day, seq, PROCESS, before))
        assert moved.rowcount == 1
        self.connection.commit()


def _recorded(on: date) -> str:
    return instant_text(datetime.combine(on, NOW.timetz()))


def _json(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _written(url: str) -> tuple[list[Any], ...]:
    """Return the rows of a database, except the keys of commands and values derived from them."""
    with opened(url) as engine:
        _, entries = engine.journal(PROCESS)
        assert not list(broken_link(entries))
        with engine.database.reading() as connection:
            answers = connection.execute(select(tables.decisions)).all()
            rows = reminders.rows_of(connection, PROCESS)
    said = [(each.seq, each.event, each.effective, each.recorded_at) for each in entries]
    return said, sorted(answers, key=lambda row: row.seq), rows
