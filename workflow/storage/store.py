"""Every statement of a command about processes, their journal, their state, and people.

``reading`` has the queries.

These functions run inside a transaction that their caller opened and owns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from typing import Any, Generic, TypeVar, assert_never

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from definitions.language.length_limits import NAME
from definitions.model import Definition
from workflow.model.events import Entry, SeatEnded, SeatGiven, payload_of
from workflow.model.person import Called, PersonId, Who
from workflow.model.state import State
from workflow.storage import direct, reading, tables
from workflow.storage.changes import (
    Change,
    CompiledStatement,
    apply_together,
    deleting,
    inserting,
    updating,
)
from workflow.storage.reading import GONE, Head, readable

Value = TypeVar("Value")

# --- definitions and people --------------------------------------------------------------------


def put_definition(connection: Connection, definition: Definition) -> None:
    """Keep a definition's document, unless it is there already."""
    table = tables.definitions
    known = select(table.c.sha256).where(table.c.sha256 == definition.sha256)
    if connection.execute(known).first() is None:
        columns = {each.name: getattr(definition, each.name) for each in table.c}
        connection.execute(insert(table), columns)


def definition_row(connection: Connection, sha256: str) -> tuple[str, int] | None:
    """Return the id and the version that stand beside a definition's document."""
    table = tables.definitions
    row = connection.execute(select(table.c.id, table.c.version).where(table.c.sha256 == sha256))
    found = row.first()
    return None if found is None else (found.id, found.version)


_is_somebody = ~tables.people.c.name.startswith(GONE)


NAMING = 0x6E616D65
"""The number of the locks on a server for entering a person by name: “name”."""


def hold_name(connection: Connection, name: str) -> None:
    """Lock a name against entering a person by it until the end of the transaction.

    On SQLite there is only one writer. On a server a lock on the name is taken, regardless of case,
    since there is no row yet to lock.
    """
    if connection.dialect.name == "postgresql":
        number = _number_of(name.casefold())
        connection.execute(select(func.pg_advisory_xact_lock(NAMING, number)))


def _number_of(name: str) -> int:
    """Return the number of a name for a lock on a server; few names share one."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], signed=True)


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
    with readable("journal"):
        return [
            row
            for row in connection.execute(wanted)
            if person in (row.actor, row.payload.get("person"))
        ]


# --- processes ---------------------------------------------------------------------------------


_head_columns = [tables.processes.c[each.name] for each in fields(Head)]


_by_id, _by_name = tables.people.alias("by_id"), tables.people.alias("by_name")
_people = tables.processes.outerjoin(_by_id, _by_id.c.id == bindparam("person")).outerjoin(
    _by_name, _by_name.c.name == bindparam("name")
)
_locked_head_for = (
    select(*_head_columns, _by_id.c.id, _by_id.c.name, _by_name.c.id, _by_name.c.name)
    .select_from(_people)
    .where(tables.processes.c.id == bindparam("id"))
    .with_for_update(of=tables.processes)
)
"""Each of both by its own key: asked as one of either, it takes SQLite 14 µs instead of 3."""
_locked_head_in_turn = _locked_head_for.where(
    func.pg_advisory_xact_lock(bindparam("space"), bindparam("turn")).is_not(None)
)
"""The same, first come, first served. Those that wait for the lock of a row alone follow each of
its new versions and start again: of eight programs one got it after two others, another after
thirty."""
TURN = 0x7475726E
"""The number of those locks on a server: “turn”."""


def lock_head(
    connection: Connection, process: str, asker: Who | None = None
) -> tuple[Head, tuple[str, str] | None] | None:
    """Lock the row of a process until the end of the transaction; return it with the user.

    Both in one query, because every command needs them.

    Args:
        asker: the user; None where nobody asks.

    Returns:
        None if there is no such process; else its row, and the id and name of the user if exactly
        one person matches.
    """
    with readable("processes"):
        person, name = _keys_of(asker)
        wanted = _locked_head_for
        values: dict[str, Any] = {"id": process, "person": person, "name": name}
        if connection.dialect.name == "postgresql":
            wanted = _locked_head_in_turn
            values |= {"space": TURN, "turn": _number_of(process)}
        rows = direct.found(connection, wanted, tuple(values), tuple(values.values()))
        if not rows:
            return None
        head = Head(*rows[0][: len(_head_columns)])
        known: dict[str, str] = {
            found: called
            for *_, by_id, name_of_id, by_name, name_of_name in rows
            for found, called in ((by_id, name_of_id), (by_name, name_of_name))
            if found is not None and not called.startswith(GONE)
        }
        if person in known:
            return head, (person, known[person])
        return head, next(iter(known.items())) if len(known) == 1 else None


def _keys_of(asker: Who | None) -> tuple[str | None, str | None]:
    """Return by which id and by which name somebody is looked for; an id is no name."""
    match asker:
        case PersonId(id):
            return id, None
        case Called(written):
            return written, written
        case None:
            return None, None
        case _:
            assert_never(asker)


_kept_head = select(tables.processes.c.id).where(tables.processes.c.id == bindparam("id"))
_head_to_keep = _kept_head.with_for_update(read=True, key_share=True)
_head_if_free = _kept_head.with_for_update(read=True, key_share=True, skip_locked=True)


def block_commands(connection: Connection, process: str, *, wait: bool = True) -> bool:
    """Keep commands from writing to a process until the end of the transaction.

    A caller that has locked rows which a command may need must not wait: that would deadlock.

    Args:
        wait: whether to wait for a command that is writing to it.

    Returns:
        False if a command is writing, and we do not wait.
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


def put_head(connection: Connection, head: Head) -> None:
    """Add the row of a new process."""
    connection.execute(insert(tables.processes), asdict(head))


# --- the journal -------------------------------------------------------------------------------


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Append entries to the journal of a process."""
    _appended(entries).make(connection)


def journal_numbers(connection: Connection, process: str) -> list[Any]:
    """Return the stored numbers of the entries of a process, valid or not."""
    table = tables.journal
    wanted = select(table.c.seq).where(table.c.process == process).order_by(table.c.seq)
    return list(connection.execute(wanted).scalars())


def started_with_key(connection: Connection, key: str) -> tuple[str, int] | None:
    """Return the process that was started with an idempotency key, and the number of the entry."""
    heads, journal = tables.processes, tables.journal
    begun = and_(journal.c.process == heads.c.id, journal.c.seq == 1)
    wanted = select(journal.c.process, journal.c.seq).select_from(heads.join(journal, begun))
    found = connection.execute(wanted.where(journal.c.key == key)).first()
    return None if found is None else (found.process, found.seq)


_new_entry = inserting(tables.journal, tables.journal.c.keys())


def _appended(entries: Sequence[Entry]) -> Change:
    return _new_entry.filled(map(_entry_row, entries))


def _entry_row(entry: Entry) -> tuple[Any, ...]:
    """Return the values of an entry for the columns of the journal, in their order."""
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


# --- the state, as tables ----------------------------------------------------------------------


class StateForms(Generic[Value]):
    """How the rows of a table of the state are written."""

    def __init__(self, of: reading.StateTable[Value]) -> None:
        """Take the table as it is read."""
        self.field = of.field
        self.table = tables.metadata.tables[of.field]
        self._keys = ("process", *of.key)
        self._fields = of.columns
        self._values = attrgetter(*of.columns)

    # Made when they are first needed: few commands write to more than two tables.

    @cached_property
    def _insert(self) -> CompiledStatement:
        return inserting(self.table, (*self._keys, *self._fields))

    @cached_property
    def _update(self) -> CompiledStatement:
        return updating(self.table, self._keys, self._fields)

    @cached_property
    def _delete(self) -> CompiledStatement:
        return deleting(self.table, self._keys)

    def changes(
        self, process: str, before: Mapping[Any, Value], after: Mapping[Any, Value]
    ) -> Iterator[Change]:
        """Yield the rows added, altered and deleted between two states of the mapping."""
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


STATE_TABLES: tuple[StateForms[Any], ...] = tuple(map(StateForms, reading.STATE_TABLES))


def _tuple(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


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


# A program that plans no reminders leaves this number behind, until everything is planned.
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
    """Write the result of commands: their entries, the changes in the tables, and the head.

    Args:
        entries: the entries that are added.
        heads: the row of the process before and after.
        states: the state before and after.
        more: further changes of the same transaction.

    Returns:
        Whether the head was where it should be. If not, the transaction must not commit.
    """
    before, after = heads
    changes = [_appended(entries), *_changes(before.id, *states), *more]
    values = (before.id, before.head_seq, after.last_day, after.head_seq, after.head_hash)
    return apply_together(connection, changes, _moved_head.filled([values])) == 1


def sqlite_damage(connection: Connection) -> str | None:
    """Return the damage in an SQLite file itself, such as an index that differs from its table."""
    if connection.dialect.name != "sqlite":
        return None
    found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar())
    return None if found == "ok" else found
