"""Every statement about processes, their journal, where they stand, and people.

These functions run inside a transaction that their caller opened and owns.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from datetime import date
from functools import cache, cached_property, partial
from hashlib import sha256
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    insert,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)

from definitions.calendar.dates import parse_date
from definitions.language.length_limits import NAME
from definitions.language.values import dataclass
from definitions.model import FIRST_YEAR, Definition
from workflow.model.events import DatedEvent, Entry, SeatEnded, SeatGiven, event_from, payload_of
from workflow.model.reminders import Addressee
from workflow.model.state import (
    AmendmentState,
    DecisionState,
    DepartureState,
    DueState,
    FollowUpState,
    MilestoneState,
    MoveState,
    PartState,
    SeatState,
    ShiftState,
    State,
    TaskState,
)
from workflow.storage import tables
from workflow.storage.changes import Change, Form, deleting, inserting, make_together, updating
from workflow.storage.column_types import decoded
from workflow.storage.errors import CANNOT_BE_READ, damaged_row

Value = TypeVar("Value")

AT_ONCE = 500
"""How many things one statement asks for by name."""


@contextmanager
def _readable(table: str) -> Iterator[None]:
    """Say of what cannot be read here that a row of a table is damaged.

    Raises:
        Damaged: it is.
    """
    try:
        yield
    except CANNOT_BE_READ as error:
        raise damaged_row(table) from error


# --- definitions and people --------------------------------------------------------------------


def put_definition(connection: Connection, definition: Definition) -> None:
    """Keep a definition's document, unless it is there already."""
    table = tables.definitions
    known = select(table.c.sha256).where(table.c.sha256 == definition.sha256)
    if connection.execute(known).first() is None:
        columns = {each.name: getattr(definition, each.name) for each in table.c}
        connection.execute(insert(table), columns)


def get_document(connection: Connection, sha256: str) -> str:
    """Return the JSON of a definition; empty, which no hash is of, where it is gone."""
    wanted = select(tables.definitions.c.document).where(
        tables.definitions.c.sha256 == bindparam("sha256")
    )
    return str(connection.execute(wanted, {"sha256": sha256}).scalar() or "")


def get_documents(connection: Connection, hashes: Sequence[str]) -> dict[str, str]:
    """Return the JSON of each of some definitions, by hash."""
    table = tables.definitions
    wanted = select(table.c.sha256, table.c.document).where(
        table.c.sha256.in_(bindparam("hashes", expanding=True))
    )
    return {
        sha256: document
        for some in _batches(hashes)
        for sha256, document in connection.execute(wanted, {"hashes": list(some)})
    }


def definition_row(connection: Connection, sha256: str) -> tuple[str, int] | None:
    """Return the id and the version that stand beside a definition's document."""
    table = tables.definitions
    row = connection.execute(select(table.c.id, table.c.version).where(table.c.sha256 == sha256))
    found = row.first()
    return None if found is None else (found.id, found.version)


GONE = "\x1f"
"""How the name of who is being forgotten begins: no name that can be typed does."""
_is_somebody = ~tables.people.c.name.startswith(GONE)
_person = select(tables.people.c.id).where(tables.people.c.name == bindparam("name"))
_kept_person = _person.with_for_update(read=True)


def person_named(connection: Connection, name: str, *, keep: bool = False) -> str | None:
    """Return the opaque id of a person, or None where nobody has that name.

    Args:
        keep: nobody may forget them until the end of the transaction.
    """
    return connection.execute(_kept_person if keep else _person, {"name": name}).scalar()


def name_of(connection: Connection, id: str) -> str | None:
    """Return what somebody is called; None where nobody has that opaque id."""
    wanted = select(tables.people.c.name).where(tables.people.c.id == id, _is_somebody)
    return connection.execute(wanted).scalar()


def person_known(connection: Connection, id: str, *, keep: bool = False) -> str | None:
    """Return an opaque id where somebody has it; else None.

    Args:
        keep: nobody may forget them until the end of the transaction.
    """
    wanted = select(tables.people.c.id).where(tables.people.c.id == id, _is_somebody)
    return connection.execute(wanted.with_for_update(read=True) if keep else wanted).scalar()


def add_person(connection: Connection, id: str, name: str, address: str | None) -> None:
    """Keep the name and address of a person."""
    connection.execute(insert(tables.people), {"id": id, "name": name, "address": address})


def set_reach(connection: Connection, id: str, address: str | None, language: str | None) -> None:
    """Change where a person is reached, and in which language; None leaves it as it is."""
    said = {"address": address, "language": language}
    values = {name: value for name, value in said.items() if value is not None}
    if values:
        connection.execute(update(tables.people).where(tables.people.c.id == id).values(values))


def reach_of(connection: Connection, id: str) -> tuple[str | None, str | None]:
    """Return where a person is reached, and in which language."""
    table = tables.people
    row = connection.execute(select(table.c.address, table.c.language).where(table.c.id == id))
    found = row.first()
    return (None, None) if found is None else (found.address, found.language)


def people(connection: Connection) -> dict[str, tuple[str, str | None]]:
    """Return the name and address of everybody, by their opaque id."""
    found = connection.execute(select(tables.people).where(_is_somebody))
    return {row.id: (row.name, row.address) for row in found}


def addressees(connection: Connection, *, keep: bool = False) -> dict[str, Addressee]:
    """Return everybody who can be told something, by their opaque id.

    Args:
        keep: nobody is forgotten or moved until the end of the transaction.
    """
    table = tables.people
    wanted = select(table.c.id, table.c.name, table.c.address, table.c.language).where(_is_somebody)
    found = connection.execute(wanted.with_for_update(read=True) if keep else wanted)
    return {row.id: Addressee(*row) for row in found}


def is_mailbox(connection: Connection, id: str) -> bool:
    """Return whether an opaque id is that of a mailbox: it holds or held a seat as one."""
    table = tables.seats
    wanted = select(table.c.seq).where(table.c.person == id, table.c.mailbox).limit(1)
    return connection.execute(wanted).first() is not None


def rename(connection: Connection, id: str, name: str) -> None:
    """Change the name of a person or a mailbox."""
    connection.execute(update(tables.people).where(tables.people.c.id == id).values(name=name))


def _gone_as(name: str) -> str:
    """Return how what stands for a name begins: nobody can read the name back at sight."""
    return f"{GONE}{sha256(name.encode()).hexdigest()[:32]}:"


def being_erased(connection: Connection, name: str) -> str | None:
    """Return the opaque id of somebody whose forgetting was begun and not ended; else None.

    Args:
        name: what they were called, or their id.
    """
    table = tables.people
    begins = or_(table.c.name.startswith(_gone_as(name)), and_(table.c.id == name, ~_is_somebody))
    return connection.execute(select(table.c.id).where(begins).order_by(table.c.id)).scalar()


def begin_to_erase(connection: Connection, id: str, name: str) -> None:
    """Forget the name and address of a person; what is left says that this is not all done yet."""
    table = tables.people
    values = {"name": f"{_gone_as(name)}{id}"[:NAME], "address": None, "language": None}
    connection.execute(update(table).where(table.c.id == id).values(values))


def erase_person(connection: Connection, id: str) -> None:
    """Forget the name and address of a person; the journal keeps only the opaque id."""
    connection.execute(tables.people.delete().where(tables.people.c.id == id))


def seats_of_person(connection: Connection, person: str) -> list[tuple[str, SeatState]]:
    """Return every seat a person holds or held, each with its process."""
    table = tables.seats
    columns = [table.c[each.name] for each in fields(SeatState)]
    wanted = select(table.c.process, *columns).where(table.c.person == person)
    rows = connection.execute(wanted.order_by(table.c.process, table.c.seq))
    return [(process, SeatState(*rest)) for process, *rest in rows]


def entries_of_person(connection: Connection, person: str) -> list[Row[Any]]:
    """Return the process, number, type and instant of every entry that has a person's id."""
    table = tables.journal
    seats = table.c.type.in_((SeatGiven.TYPE, SeatEnded.TYPE))
    wanted = (
        select(table.c.process, table.c.seq, table.c.type, table.c.recorded_at, table.c.payload)
        .where(or_(table.c.actor == person, seats))
        .add_columns(table.c.actor)
        .order_by(table.c.process, table.c.seq)
    )
    with _readable("journal"):
        return [
            row
            for row in connection.execute(wanted)
            if person in (row.actor, row.payload.get("person"))
        ]


# --- processes ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """The row of a process: where its journal ends, and what it is pinned to."""

    id: str
    definition: str
    begins: date
    last_day: date
    reconstruction: bool
    head_seq: int
    head_hash: str
    calendar: str | None = None
    """By which calendar its reminders are planned; None where an older program planned them."""


_head_columns = [tables.processes.c[each.name] for each in fields(Head)]
_heads = select(*_head_columns)
_head = _heads.where(tables.processes.c.id == bindparam("id"))
_several_heads = _heads.where(tables.processes.c.id.in_(bindparam("ids", expanding=True)))


def get_head(connection: Connection, process: str) -> Head | None:
    """Return the row of a process."""
    with _readable("processes"):
        row = connection.execute(_head, {"id": process}).first()
        return None if row is None else Head(*row)


_by_id = tables.people.c.id == bindparam("person")
_asker = (
    select(tables.people.c.id)
    .where(or_(_by_id, tables.people.c.name == bindparam("person")), _is_somebody)
    .order_by(case((_by_id, 0), else_=1))
    .limit(1)
    .scalar_subquery()
)
_name_of_asker = select(tables.people.c.name).where(tables.people.c.id == _asker).scalar_subquery()
_locked_head_for = (
    select(*_head_columns, _asker, _name_of_asker)
    .where(tables.processes.c.id == bindparam("id"))
    .with_for_update(of=tables.processes)
)


def hold_head(
    connection: Connection, process: str, asker: str
) -> tuple[Head, tuple[str, str] | None] | None:
    """Return the row of a process, held until the end of the transaction, and who asks.

    Both in one question, because every command asks them.

    Args:
        asker: their opaque id, or what they are called.

    Returns:
        None where there is no such process; else, with the id and the name of who asks, where
        somebody is found by just that.
    """
    with _readable("processes"):
        row = connection.execute(_locked_head_for, {"id": process, "person": asker}).first()
        if row is None:
            return None
        *head, person, name = row
        return Head(*head), None if person is None else (person, name)


_kept_head = select(tables.processes.c.id).where(tables.processes.c.id == bindparam("id"))
_head_to_keep = _kept_head.with_for_update(read=True, key_share=True)
_head_if_free = _kept_head.with_for_update(read=True, key_share=True, skip_locked=True)


def keep_head(connection: Connection, process: str, *, wait: bool = True) -> bool:
    """Let no command write to a process until the end of the transaction.

    Whoever holds rows that a command may want must not wait for it: each would wait for the other.

    Args:
        wait: for a command that is writing to it now.

    Returns:
        False where one is, and we do not wait.
    """
    wanted = _head_to_keep if wait else _head_if_free
    return connection.execute(wanted, {"id": process}).first() is not None


def process_ids(connection: Connection) -> list[str]:
    """Return the ids of all processes, in order."""
    table = tables.processes
    return list(connection.execute(select(table.c.id).order_by(table.c.id)).scalars())


def lost_processes(connection: Connection) -> list[str]:
    """Return the ids of processes that have a journal and no row: somebody took it away."""
    journal, table = tables.journal, tables.processes
    known = select(table.c.id).where(table.c.id == journal.c.process).exists()
    lost = select(journal.c.process).where(~known).distinct().order_by(journal.c.process)
    return list(connection.execute(lost).scalars())


def heads_of(connection: Connection, processes: Sequence[str]) -> list[Head]:
    """Return the rows of some processes, by id."""
    found = [
        Head(*row)
        for some in _batches(processes)
        for row in connection.execute(_several_heads, {"ids": list(some)})
    ]
    return sorted(found, key=attrgetter("id"))


def get_heads(connection: Connection) -> list[Head]:
    """Return the rows of all processes, by id."""
    with _readable("processes"):
        return [Head(*row) for row in connection.execute(_heads.order_by(tables.processes.c.id))]


def put_head(connection: Connection, head: Head) -> None:
    """Add the row of a new process."""
    connection.execute(insert(tables.processes), asdict(head))


# --- the journal -------------------------------------------------------------------------------

_OF_EVENT = ("seq", "type", "recorded_at", "effective", "effective_on", "precision")
_BESIDE = ("actor", "role", "os_user", "key", "digest", "prev_hash", "hash")


@cache
def _events_wanted(dialect: str) -> Select[Any]:
    journal = tables.journal.c
    # As a text: a server is asked for one, since its driver would decode what it knows as JSON.
    as_text = type_coerce if dialect == "sqlite" else cast
    return select(as_text(journal.payload, Text), *(journal[name] for name in _OF_EVENT)).where(
        journal.process == bindparam("process")
    )


@cache
def _written(dialect: str) -> Select[Any]:
    return _events_wanted(dialect).add_columns(*(tables.journal.c[name] for name in _BESIDE))


@cache
def _numbered(dialect: str) -> Select[Any]:
    return _written(dialect).where(tables.journal.c.seq == bindparam("seq"))


@cache
def _keyed(dialect: str) -> Select[Any]:
    return _written(dialect).where(tables.journal.c.key == bindparam("key"))


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Append entries to the journal of a process."""
    _appended(entries).make(connection)


def read_journal(connection: Connection, process: str) -> list[Entry]:
    """Return the entries of a process, in the order in which they were written."""
    wanted = _written(connection.dialect.name)
    return _in_turn(connection, wanted, process, partial(_entries_of, process))


_opening = select(tables.journal.c.hash).where(
    tables.journal.c.process == bindparam("process"), tables.journal.c.seq == 1
)


def opening_hash(connection: Connection, process: str) -> str:
    """Return the hash of the entry that opened a process: no two processes share it.

    It covers the instant at which it was recorded and the opaque id of whoever did.
    """
    return str(connection.execute(_opening, {"process": process}).scalar_one())


def read_dated_events(connection: Connection, process: str) -> list[DatedEvent]:
    """Return what the entries of a process tell, in the order in which they were written."""
    return _in_turn(connection, _events_wanted(connection.dialect.name), process, _dated_events_of)


def _in_turn(
    connection: Connection,
    wanted: Select[Any],
    process: str,
    of: Callable[[Sequence[Row[Any]]], list[Value]],
) -> list[Value]:
    ordered = wanted.order_by(tables.journal.c.seq)
    # Closed also where an entry cannot be read: on a server it is a cursor that stays open.
    found = connection.execute(ordered, {"process": process}).yield_per(1000)
    with _readable("journal"), found as rows, _uncollected():
        return [each for some in rows.partitions() for each in of(some)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what is read has no cycles, and there is much of it."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def journal_numbers(connection: Connection, process: str) -> list[Any]:
    """Return what stands as the numbers of the entries of a process."""
    table = tables.journal
    wanted = select(table.c.seq).where(table.c.process == process).order_by(table.c.seq)
    return list(connection.execute(wanted).scalars())


def entry_numbered(connection: Connection, process: str, seq: int) -> Entry:
    """Return one entry; raises what reading a damaged row raises."""
    wanted = _numbered(connection.dialect.name)
    row = connection.execute(wanted, {"process": process, "seq": seq}).one()
    return _entries_of(process, [row])[0]


def started_with_key(connection: Connection, key: str) -> tuple[str, int] | None:
    """Return the process that was started with an idempotency key, and the number of the entry."""
    heads, journal = tables.processes, tables.journal
    begun = and_(journal.c.process == heads.c.id, journal.c.seq == 1)
    wanted = select(journal.c.process, journal.c.seq).select_from(heads.join(journal, begun))
    found = connection.execute(wanted.where(journal.c.key == key)).first()
    return None if found is None else (found.process, found.seq)


def entry_with_key(connection: Connection, process: str, key: str) -> Entry | None:
    """Return the entry that a command with this idempotency key made, if it did."""
    wanted = _keyed(connection.dialect.name)
    with _readable("journal"):
        row = connection.execute(wanted, {"process": process, "key": key}).first()
        return None if row is None else _entries_of(process, [row])[0]


_new_entry = inserting(tables.journal, tables.journal.c.keys())


def _appended(entries: Sequence[Entry]) -> Change:
    return _new_entry.filled(map(_entry_row, entries))


def _entry_row(entry: Entry) -> tuple[Any, ...]:
    """Return what stands of an entry in the columns of the journal, in their order."""
    return (
        entry.process,
        entry.seq,
        entry.event.TYPE,
        entry.actor,
        entry.role,
        entry.os_user,
        entry.recorded_at,
        entry.effective.written,
        entry.effective_on,
        entry.effective.precision.value,
        entry.key,
        entry.digest,
        payload_of(entry.event),
        entry.prev_hash,
        entry.hash,
    )


def _entries_of(process: str, rows: Sequence[Row[Any]]) -> list[Entry]:
    """Return the entries that rows of the journal hold; raises what ``_dated_events_of`` does."""
    beside = 1 + len(_OF_EVENT)
    return [
        Entry(process, *event, *row[beside:])
        for event, row in zip(_dated_events_of(rows), rows, strict=True)
    ]


def _dated_events_of(rows: Sequence[Row[Any]]) -> list[DatedEvent]:
    """Return what rows of the journal tell.

    Raises:
        TypeError: the number of one is none.
        ValueError: its precision is not that of its date (and what reading damaged rows raises).
    """
    events: list[DatedEvent] = []
    payloads = decoded([row[0] for row in rows])
    for payload, row in zip(payloads, rows, strict=True):
        # All at once: taking columns one by one by name is what a long journal waits for.
        seq, kind, recorded_at, written, effective_on, precision = row[1 : 1 + len(_OF_EVENT)]
        effective = parse_date(written)
        if not isinstance(seq, int):  # in an SQLite column lies whatever was put there
            raise TypeError(seq)
        if precision != effective.precision:
            raise ValueError(precision)
        events.append(
            DatedEvent(seq, event_from(kind, payload), recorded_at, effective, effective_on)
        )
    return events


# --- the state, as tables ----------------------------------------------------------------------


class StateTable(Generic[Value]):
    """A table that holds one of the mappings of a state: keys to key, fields to columns."""

    def __init__(self, field: str, table: Table, value: type[Value]) -> None:
        """Take the field of the state, its table and the type of its values."""
        self.field = field
        self.table = table
        self.value = value
        self._key = [each.name for each in table.c if each.primary_key and each.name != "process"]
        self._fields = [each.name for each in fields(value)]  # type: ignore[arg-type]
        self._values = attrgetter(*self._fields)
        columns = [table.c[name] for name in (*self._key, *self._fields)]
        self.all = select(*columns).where(table.c.process == bindparam("process"))
        self._of_several = select(table.c.process, *columns).where(
            table.c.process.in_(bindparam("processes", expanding=True))
        )

    # Made when they are first needed: a query has no use for them.

    @cached_property
    def _insert(self) -> Form:
        return inserting(self.table, (*self._keys, *self._fields))

    @cached_property
    def _update(self) -> Form:
        return updating(self.table, self._keys, self._fields)

    @cached_property
    def _delete(self) -> Form:
        return deleting(self.table, self._keys)

    @property
    def _keys(self) -> tuple[str, ...]:
        return ("process", *self._key)

    def read(self, connection: Connection, process: str, statement: Any = None) -> dict[Any, Value]:
        """Return the mapping, of all rows or of those a narrower statement selects."""
        wanted = self.all if statement is None else statement
        width = len(self._key)
        with _readable(self.field):
            rows = connection.execute(wanted, {"process": process}).all()
            if width == 1:
                return {row[0]: self.value(*row[1:]) for row in rows}
            return {tuple(row[:width]): self.value(*row[width:]) for row in rows}

    def read_several(
        self, connection: Connection, processes: Sequence[str]
    ) -> dict[str, dict[Any, Value]]:
        """Return the mapping of each of some processes, all of it, in one statement."""
        found: dict[str, dict[Any, Value]] = {each: {} for each in processes}
        ends = 1 + len(self._key)
        for row in connection.execute(self._of_several, {"processes": list(processes)}).all():
            key = row[1] if ends == 2 else tuple(row[1:ends])  # noqa: PLR2004 - one column
            found[row[0]][key] = self.value(*row[ends:])
        return found

    def changes(
        self, process: str, before: Mapping[Any, Value], after: Mapping[Any, Value]
    ) -> Iterator[Change]:
        """Yield what differs between two states of the mapping: rows added, altered, gone."""
        added = [self._row(process, key, after[key]) for key in after if key not in before]
        altered = [
            self._row(process, key, after[key])
            for key, old in before.items()
            if (new := after.get(key)) is not None and new is not old and new != old
        ]
        gone = [(process, *_tuple(key)) for key in before if key not in after]
        for form, rows in (
            (self._insert, added),
            (self._update, altered),
            (self._delete, gone),
        ):
            if rows:
                yield form.filled(rows)

    def _row(self, process: str, key: Any, value: Value) -> tuple[Any, ...]:
        return (process, *_tuple(key), *self._values(value))


def _tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


MILESTONES = StateTable("milestones", tables.milestones, MilestoneState)
MOVES = StateTable("moves", tables.moves, MoveState)
DECISIONS = StateTable("decisions", tables.decisions, DecisionState)
FOLLOW_UPS = StateTable("follow_ups", tables.follow_ups, FollowUpState)
TASKS = StateTable("tasks", tables.tasks, TaskState)
PARTS = StateTable("parts", tables.parts, PartState)
SEATS = StateTable("seats", tables.seats, SeatState)
DUES = StateTable("dues", tables.dues, DueState)
DEPARTURES = StateTable("departures", tables.departures, DepartureState)
AMENDMENTS = StateTable("amendments", tables.amendments, AmendmentState)
SHIFTS = StateTable("shifts", tables.shifts, ShiftState)
STATE_TABLES: tuple[StateTable[Any], ...] = (
    MILESTONES,
    MOVES,
    DECISIONS,
    FOLLOW_UPS,
    TASKS,
    PARTS,
    SEATS,
    DUES,
    DEPARTURES,
    AMENDMENTS,
    SHIFTS,
)


_present = select(tables.milestones.c.round, tables.milestones.c.milestone).where(
    tables.milestones.c.process == bindparam("process")
)
_asked = select(  # a program of the release before kept 0 where nothing had been asked yet
    case((tables.milestones.c.round == 0, 1), else_=tables.milestones.c.round),
    tables.milestones.c.milestone,
).where(tables.milestones.c.process == bindparam("process"))
_current_decisions = DECISIONS.all.where(
    tuple_(tables.decisions.c.round, tables.decisions.c.milestone).in_(_asked)
)
_current_follow_ups = FOLLOW_UPS.all.where(
    tuple_(tables.follow_ups.c.round, tables.follow_ups.c.milestone).in_(_asked)
)
_current_tasks = select(*TASKS.all.selected_columns).where(
    # The process twice: so SQLite finds both by the key.
    or_(
        and_(tables.tasks.c.process == bindparam("process"), tables.tasks.c.round == 0),
        and_(
            tables.tasks.c.process == bindparam("process"),
            tuple_(tables.tasks.c.round, tables.tasks.c.milestone).in_(_present),
        ),
        and_(tables.tasks.c.process == bindparam("process"), tables.tasks.c.round >= FIRST_YEAR),
    )
)


def read_state(connection: Connection, head: Head, *, past_rounds: bool = False) -> State:
    """Return the present state of a process from the tables.

    Args:
        head: the row of the process.
        past_rounds: with the decisions and tasks of rounds that are over. No gate looks at
            them; without them the cost of a command does not grow with the past.
    """
    decisions = None if past_rounds else _current_decisions
    follow_ups = None if past_rounds else _current_follow_ups
    tasks = None if past_rounds else _current_tasks
    return State(
        begins=head.begins,
        last_day=head.last_day,
        reconstruction=head.reconstruction,
        milestones=MILESTONES.read(connection, head.id),
        decisions=DECISIONS.read(connection, head.id, decisions),
        follow_ups=FOLLOW_UPS.read(connection, head.id, follow_ups),
        tasks=TASKS.read(connection, head.id, tasks),
        parts=PARTS.read(connection, head.id),
        moves=MOVES.read(connection, head.id),
        seats=SEATS.read(connection, head.id),
        dues=DUES.read(connection, head.id),
        departures=DEPARTURES.read(connection, head.id),
        amendments=AMENDMENTS.read(connection, head.id),
        shifts=SHIFTS.read(connection, head.id),
    )


def read_states(connection: Connection, heads: Sequence[Head]) -> dict[str, State]:
    """Return the present states of some processes, with past rounds: a statement for each table.

    Where many are asked for, so that it does not take statements for each of them.
    """
    found: dict[str, State] = {}
    for some in _batches(heads):
        of = {
            each.field: each.read_several(connection, [head.id for head in some])
            for each in STATE_TABLES
        }
        for head in some:
            found[head.id] = State(
                begins=head.begins,
                last_day=head.last_day,
                reconstruction=head.reconstruction,
                **{name: tables_[head.id] for name, tables_ in of.items()},
            )
    return found


def _batches(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    return (values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE))


def with_past_rounds(connection: Connection, process: str, state: State) -> State:
    """Return a present state with the decisions and tasks of rounds that are over as well."""
    return replace(
        state,
        decisions=DECISIONS.read(connection, process),
        follow_ups=FOLLOW_UPS.read(connection, process),
        tasks=TASKS.read(connection, process),
    )


def write_state(connection: Connection, process: str, state: State) -> None:
    """Write the state of a new process to the tables."""
    for change in _changes(process, None, state):
        change.make(connection)


def rewrite_state(connection: Connection, head: Head, before: State, after: State) -> None:
    """Bring the tables of a process from one state to another without a new entry.

    Its reminders are planned anew at the next sweep.
    """
    changes = list(_changes(head.id, before, after))
    if not changes and before.last_day == after.last_day:
        return
    for change in changes:
        change.make(connection)
    table = tables.processes
    connection.execute(
        update(table).where(table.c.id == head.id).values(last_day=after.last_day, planned_seq=None)
    )


def _changes(process: str, before: State | None, after: State) -> Iterator[Change]:
    for each in STATE_TABLES:
        old = {} if before is None else getattr(before, each.field)
        new = getattr(after, each.field)
        if new is not old:
            yield from each.changes(process, old, new)


# Whoever plans no reminders leaves this behind, and it stays behind until all is planned.
_planned = case(
    (
        tables.processes.c.planned_seq == tables.processes.c.head_seq,
        bindparam("to_processes_head_seq", type_=Integer()),
    ),
    else_=tables.processes.c.planned_seq,
)
_moved_head = updating(
    tables.processes,
    ("id", "head_seq"),
    ("last_day", "head_seq", "head_hash"),
    planned_seq=_planned,
)


def write(
    connection: Connection,
    entries: Sequence[Entry],
    heads: tuple[Head, Head],
    states: tuple[State, State],
    more: Sequence[Change] = (),
) -> bool:
    """Write what commands came to: their entries, what differs in the tables, and the head.

    Args:
        entries: the entries that are added.
        heads: the row of the process before and after.
        states: the state before and after.
        more: what else goes along with it.

    Returns:
        Whether the head was where it should be. Where it is not, the transaction must not commit.
    """
    before, after = heads
    changes = [_appended(entries), *_changes(before.id, *states), *more]
    values = (before.id, before.head_seq, after.last_day, after.head_seq, after.head_hash)
    return make_together(connection, changes, _moved_head.filled([values])) == 1


def damage(connection: Connection) -> str | None:
    """Return what is wrong with an SQLite file itself: an index that says other than its table."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    return None if found == "ok" else found


def count_processes(connection: Connection) -> int:
    """Return how many processes there are."""
    return int(connection.execute(select(func.count()).select_from(tables.processes)).scalar_one())
