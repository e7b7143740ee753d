"""Every query about processes, their journal, their state, and people.

The SQL is understood by both databases, so that a query needs no SQLAlchemy: importing that takes
longer than all the rest of a query. The same functions read through a SQLAlchemy connection, in a
command or on a server, and through an SQLite file that is opened for reading (``sqlite_file``).
They run inside a transaction that their caller opened and owns.
"""

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from itertools import repeat
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeVar, get_args, get_origin

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.values import dataclass, replace
from definitions.model import FIRST_YEAR
from workflow.model.events import DatedEvent, Entry, event_holding
from workflow.model.journal import instant_text
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
from workflow.storage.cells import day_in, decoded, how_read, instant_in
from workflow.storage.errors import CANNOT_BE_READ, damaged_row

Value = TypeVar("Value")

AT_ONCE = 500
"""How many things one statement asks for by name."""
SQLITE = "sqlite"
"""What SQLAlchemy calls that dialect."""


# --- through what is read ----------------------------------------------------------------------


class Rows(Protocol):
    """The rows that a question finds."""

    def fetchall(self) -> Sequence[Any]:
        """Return all that are left."""

    def fetchmany(self, size: int, /) -> Sequence[Any]:
        """Return the next ones."""

    def close(self) -> None:
        """Ask for no more of them."""


class Dialect(Protocol):
    """The kind of a database."""

    @property
    def name(self) -> str:
        """What SQLAlchemy calls it."""


class Reader(Protocol):
    """Anything that sends a query, such as a connection of SQLAlchemy."""

    @property
    def dialect(self) -> Dialect:
        """The kind of the database."""

    def exec_driver_sql(self, statement: str, parameters: Mapping[str, Any], /) -> Rows:
        """Send a statement, as the driver takes it."""


class Readable(Protocol):
    """A database that can be read."""

    def reading(self) -> AbstractContextManager[Reader]:
        """Open a transaction that only reads; what it sees does not change under it."""


def asked(reader: Reader, sql: str, **values: Any) -> Rows:
    """Send a question; its values stand in it as ``:name``."""
    return reader.exec_driver_sql(_as_taken(reader.dialect.name, sql), values)


def _first(reader: Reader, sql: str, **values: Any) -> Any:
    """Return the first row of a query; None if it has none."""
    rows = asked(reader, sql, **values).fetchall()
    return rows[0] if rows else None


@lru_cache(maxsize=256)
def _as_taken(dialect: str, sql: str) -> str:
    return sql if dialect == SQLITE else re.sub(r":(\w+)", r"%(\1)s", sql)


def _several(
    reader: Reader, sql: str, wanted: Sequence[str], **values: Any
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a query in batches of its values for ``IN (:these)``."""
    for at in range(0, len(wanted), AT_ONCE):
        some = {f"this_{number}": each for number, each in enumerate(wanted[at : at + AT_ONCE])}
        these = ", ".join(f":{name}" for name in some)
        yield asked(reader, sql.replace(":these", these), **some, **values).fetchall()


def _kept(reader: Reader, sql: str, *, keep: bool) -> str:
    """Return a question; where it keeps what it finds, until the end of the transaction.

    SQLite has one writer at a time, and keeps everything for it.
    """
    return f"{sql} FOR SHARE" if keep and reader.dialect.name != SQLITE else sql


def instant_for(reader: Reader, instant: datetime) -> str | datetime:
    """Return an instant as the database has it."""
    return instant_text(instant.astimezone(UTC)) if reader.dialect.name == SQLITE else instant


@contextmanager
def readable(table: str) -> Iterator[None]:
    """Turn errors in reading rows into the error that the table is damaged.

    Raises:
        Damaged: a row cannot be read.
    """
    try:
        yield
    except CANNOT_BE_READ as error:
        raise damaged_row(table) from error


# --- definitions and people --------------------------------------------------------------------


def get_document(reader: Reader, sha256: str) -> str:
    """Return the JSON of a definition; empty, which no hash is of, where it is gone."""
    row = _first(reader, "SELECT document FROM definitions WHERE sha256 = :sha256", sha256=sha256)
    return "" if row is None else str(row[0] or "")


def get_documents(reader: Reader, hashes: Sequence[str]) -> dict[str, str]:
    """Return the JSON of each of some definitions, by hash."""
    wanted = "SELECT sha256, document FROM definitions WHERE sha256 IN (:these)"
    return {row[0]: row[1] for rows in _several(reader, wanted, hashes) for row in rows}


GONE = "\x1f"
"""The first character in place of an erased name; no name that can be typed begins with it."""
_IS_SOMEBODY = "substr(name, 1, 1) <> :gone"


def people_said(reader: Reader, said: str, *, keep: bool = False) -> list[str]:
    """Return the opaque ids of those who have just that as their name, or as their id.

    Args:
        keep: nobody may forget them until the end of the transaction.
    """
    wanted = f"SELECT id FROM people WHERE (id = :said OR name = :said) AND {_IS_SOMEBODY}"  # noqa: S608 - our words
    rows = asked(reader, _kept(reader, wanted, keep=keep), said=said, gone=GONE).fetchall()
    return [str(row[0]) for row in rows]


def name_of(reader: Reader, id: str) -> str | None:
    """Return the name of a person; None if nobody has that opaque id."""
    wanted = f"SELECT name FROM people WHERE id = :id AND {_IS_SOMEBODY}"  # noqa: S608 - our words
    row = _first(reader, wanted, id=id, gone=GONE)
    return None if row is None else str(row[0])


def person_known(reader: Reader, id: str, *, keep: bool = False) -> str | None:
    """Return an opaque id where somebody has it; else None.

    Args:
        keep: nobody may forget them until the end of the transaction.
    """
    wanted = f"SELECT id FROM people WHERE id = :id AND {_IS_SOMEBODY}"  # noqa: S608 - our words
    row = _first(reader, _kept(reader, wanted, keep=keep), id=id, gone=GONE)
    return None if row is None else str(row[0])


def people(reader: Reader) -> dict[str, tuple[str, str | None]]:
    """Return the name and address of everybody, by their opaque id."""
    wanted = f"SELECT id, name, address FROM people WHERE {_IS_SOMEBODY}"  # noqa: S608 - our words
    return {row[0]: (row[1], row[2]) for row in asked(reader, wanted, gone=GONE).fetchall()}


def addressees(reader: Reader, *, keep: bool = False) -> dict[str, Addressee]:
    """Return all people and mailboxes on record, by their opaque id.

    Args:
        keep: prevent erasures and changes of address until the end of the transaction.
    """
    wanted = f"SELECT id, name, address, language FROM people WHERE {_IS_SOMEBODY}"  # noqa: S608 - our words
    rows = asked(reader, _kept(reader, wanted, keep=keep), gone=GONE).fetchall()
    return {row[0]: Addressee(*row) for row in rows}


def is_mailbox(reader: Reader, id: str) -> bool:
    """Return whether an opaque id is that of a mailbox: it holds or held a seat as one."""
    wanted = "SELECT seq FROM seats WHERE person = :id AND mailbox LIMIT 1"
    return _first(reader, wanted, id=id) is not None


def seats_of_person(reader: Reader, person: str) -> list[tuple[str, SeatState]]:
    """Return every seat a person holds or held, each with its process."""
    wanted = SEATS.asking("process", "person = :person ORDER BY process, seq")
    rows = asked(reader, wanted, person=person).fetchall()
    return [(process, SEATS.value_of(cells)) for process, _, *cells in rows]


# --- processes ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """The row of a process: the end of its journal, and the definition it is pinned to."""

    id: str
    definition: str
    begins: date
    last_day: date
    reconstruction: bool
    head_seq: int
    head_hash: str
    calendar: str | None = None
    """The calendar by which its reminders are planned; None if an older program planned them."""


_HEAD_READERS = [how_read(each.type) for each in fields(Head)]
_HEADS = f"SELECT {', '.join(each.name for each in fields(Head))} FROM processes"  # noqa: S608 - our words


def _cells(readers: Sequence[Callable[[Any], Any] | None], row: Sequence[Any]) -> list[Any]:
    """Return the cells of a row as the types of their fields."""
    return [cell if read is None else read(cell) for read, cell in zip(readers, row, strict=True)]


def _head_of(row: Sequence[Any]) -> Head:
    return Head(*_cells(_HEAD_READERS, row))


def get_head(reader: Reader, process: str) -> Head | None:
    """Return the row of a process."""
    with readable("processes"):
        row = _first(reader, f"{_HEADS} WHERE id = :id", id=process)
        return None if row is None else _head_of(row)


def heads_of(reader: Reader, processes: Sequence[str]) -> list[Head]:
    """Return the rows of some processes, by id."""
    wanted = f"{_HEADS} WHERE id IN (:these)"
    found = [_head_of(row) for rows in _several(reader, wanted, processes) for row in rows]
    return sorted(found, key=attrgetter("id"))


def get_heads(reader: Reader) -> list[Head]:
    """Return the rows of all processes, by id."""
    with readable("processes"):
        return [_head_of(row) for row in asked(reader, f"{_HEADS} ORDER BY id").fetchall()]


def count_processes(reader: Reader) -> int:
    """Return how many processes there are."""
    return int(_first(reader, "SELECT count(*) FROM processes")[0])


# --- the journal -------------------------------------------------------------------------------

_OF_EVENT = ("seq", "type", "recorded_at", "effective", "effective_on", "precision")
_BESIDE = ("actor", "role", "os_user", "key", "digest", "prev_hash", "hash")


def _journal(reader: Reader, columns: Sequence[str], where: str) -> str:
    """Return a question to the journal: what was written, as a text, and some columns.

    A server is asked for a text, since its driver would decode what it knows as JSON.
    """
    said = "payload" if reader.dialect.name == SQLITE else "CAST(payload AS TEXT)"
    return f"SELECT {said}, {', '.join(columns)} FROM journal WHERE process = :process {where}"  # noqa: S608 - our words


def read_journal(reader: Reader, process: str) -> list[Entry]:
    """Return the entries of a process, in the order in which they were written."""
    return _in_turn(reader, (*_OF_EVENT, *_BESIDE), process, partial(_entries_of, process))


def read_since(reader: Reader, head: Head, now: Head) -> list[Entry]:
    """Return the entries between two heads of a process; none where they do not follow one another.

    Args:
        head: the one after which they were written.
        now: where the journal ends.
    """
    wanted = _journal(reader, (*_OF_EVENT, *_BESIDE), "AND seq > :seq ORDER BY seq")
    with readable("journal"):
        rows = asked(reader, wanted, process=head.id, seq=head.head_seq).fetchall()
        entries = _entries_of(head.id, rows)
    links = [head.head_hash, *(each.hash for each in entries)]
    linked = [each.prev_hash for each in entries] == links[:-1]
    return entries if linked and links[-1] == now.head_hash else []


def read_dated_events(reader: Reader, process: str) -> list[DatedEvent]:
    """Return the dated events of a process, in the order in which they were written."""
    return _in_turn(reader, _OF_EVENT, process, _dated_events_of)


def read_said_for_whom(reader: Reader, process: str) -> list[DatedEvent]:
    """Return the dated events that say who may see them, with all corrections of these."""
    said = "payload" if reader.dialect.name == SQLITE else "CAST(payload AS TEXT)"
    wanted = _journal(reader, _OF_EVENT, f"AND {said} LIKE :named ORDER BY seq")
    with readable("journal"):
        rows = asked(reader, wanted, process=process, named='%"openness"%').fetchall()
        return _dated_events_of(rows)


def processes_with_openness(reader: Reader) -> list[str]:
    """Return the processes that have an entry that says who may see it."""
    said = "payload" if reader.dialect.name == SQLITE else "CAST(payload AS TEXT)"
    wanted = f"SELECT DISTINCT process FROM journal WHERE {said} LIKE :named ORDER BY process"  # noqa: S608 - our words
    return [row[0] for row in asked(reader, wanted, named='%"openness"%').fetchall()]


def entry_numbered(reader: Reader, process: str, seq: int) -> Entry:
    """Return one entry; raises what reading a damaged row raises."""
    wanted = _journal(reader, (*_OF_EVENT, *_BESIDE), "AND seq = :seq")
    row = _first(reader, wanted, process=process, seq=seq)
    return _entries_of(process, [row])[0]


def entry_with_key(reader: Reader, process: str, key: str) -> Entry | None:
    """Return the entry that a command with this idempotency key made, if it did."""
    wanted = _journal(reader, (*_OF_EVENT, *_BESIDE), "AND key = :key")
    with readable("journal"):
        row = _first(reader, wanted, process=process, key=key)
        return None if row is None else _entries_of(process, [row])[0]


def opening_hash(reader: Reader, process: str) -> str:
    """Return the hash of the entry that opened a process: no two processes share it.

    It covers the instant of recording and the opaque id of the person who recorded it.
    """
    wanted = "SELECT hash FROM journal WHERE process = :process AND seq = 1"
    return str(_first(reader, wanted, process=process)[0])


def _in_turn(
    reader: Reader,
    columns: Sequence[str],
    process: str,
    of: Callable[[Sequence[Any]], list[Value]],
) -> list[Value]:
    wanted = _journal(reader, columns, "ORDER BY seq")
    # Closed also where an entry cannot be read: on a server it is a cursor that stays open.
    found = asked(reader, wanted, process=process)
    with readable("journal"), closing(found), uncollected():
        return [each for some in _batches(found) for each in of(some)]


def _batches(rows: Rows) -> Iterator[Sequence[Any]]:
    while some := rows.fetchmany(1000):
        yield some


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile.

    A journal, and what is folded of it, are so many values that looking through them took a seventh
    of the time. They have no cycles, so that they are freed without. Best it lasts until they are:
    what is left then is looked through once more.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _entries_of(process: str, rows: Sequence[Any]) -> list[Entry]:
    """Return the entries that rows of the journal hold; raises what ``_columns_of`` does."""
    if not rows:
        return []
    said, beside = _columns_of(rows)
    return list(map(Entry, repeat(process), *said, *beside))


def _dated_events_of(rows: Sequence[Any]) -> list[DatedEvent]:
    """Return the dated events in rows of the journal; raises what ``_columns_of`` does."""
    if not rows:
        return []
    said, _ = _columns_of(rows)
    return list(map(DatedEvent, *said))


def _columns_of(rows: Sequence[Any]) -> tuple[Sequence[Iterable[Any]], Sequence[Sequence[Any]]]:
    """Return the fields of the dated events in some rows of the journal, and the columns beside.

    By column, not by row: what a long journal waits for is calling our own functions for each row,
    and so there are a third fewer.

    Raises:
        TypeError: the number of an entry is not an integer.
        ValueError: its precision is not that of its date (and the other errors of damaged rows).
    """
    texts, numbers, kinds, recorded, written, days, precisions, *beside = zip(*rows, strict=True)
    for number in numbers:
        if not isinstance(number, int):  # in an SQLite column lies whatever was put there
            raise TypeError(number)
    events = map(event_holding, kinds, decoded(texts))
    dates = map(_effective, written, days, precisions)
    effective, on = zip(*dates, strict=True)
    return (numbers, events, map(instant_in, recorded), effective, on), beside


@lru_cache(maxsize=4096)
def _effective(written: str, day: Any, precision: str) -> tuple[PartialDate, date | None]:
    """Return the date of an entry, and the day from which it counts.

    Raises:
        ValueError: its precision is not that of its date (and the other errors of damaged rows).
    """
    effective = parse_date(written)
    if precision != effective.precision:
        raise ValueError(precision)
    return effective, None if day is None else day_in(day)


# --- the state, as tables ----------------------------------------------------------------------


class StateTable(Generic[Value]):
    """A table that holds one of the mappings of a state: keys to key, fields to columns.

    Attributes:
        field: the field of the state, and the name of the table.
        key: the columns of the key, without the process.
        value: the type of the values.
    """

    def __init__(self, field: str, key: tuple[str, ...], value: type[Value]) -> None:
        """Take the field of the state, the columns of its key and the type of its values."""
        self.field = field
        self.key = key
        self.value = value
        (kind,) = (get_args(each.type)[0] for each in fields(State) if each.name == field)
        in_key = get_args(kind) if get_origin(kind) is tuple else (kind,)
        self._in_key = [how_read(each) for each in in_key]
        columns = fields(value)  # type: ignore[arg-type]
        self.columns = tuple(each.name for each in columns)
        self._in_value = [how_read(each.type) for each in columns]

    def asking(self, first: str, where: str) -> str:
        """Return a question for the columns of some rows: one to begin with, key and values."""
        columns = [*([first] if first else []), *self.key, *self.columns]
        return f"SELECT {', '.join(columns)} FROM {self.field} WHERE {where}"  # noqa: S608 - our words

    def value_of(self, cells: Sequence[Any]) -> Value:
        """Return the value that the cells of a row hold."""
        return self.value(*_cells(self._in_value, cells))

    def read(self, reader: Reader, process: str, narrower: str = "") -> dict[Any, Value]:
        """Return the mapping, of all rows or of those a narrower condition selects."""
        wanted = self.asking("", f"process = :process{narrower}")
        with readable(self.field):
            rows = asked(reader, wanted, process=process, first_year=FIRST_YEAR).fetchall()
            return dict(map(self._pair, rows))

    def read_several(self, reader: Reader, processes: Sequence[str]) -> dict[str, dict[Any, Value]]:
        """Return the mapping of each of some processes, all of it, in one statement for many."""
        found: dict[str, dict[Any, Value]] = {each: {} for each in processes}
        for rows in _several(reader, self.asking("process", "process IN (:these)"), processes):
            for process, *row in rows:
                key, value = self._pair(row)
                found[process][key] = value
        return found

    def _pair(self, row: Sequence[Any]) -> tuple[Any, Value]:
        width = len(self.key)
        if width == 1:
            read = self._in_key[0]
            return (row[0] if read is None else read(row[0])), self.value_of(row[1:])
        return tuple(_cells(self._in_key, row[:width])), self.value_of(row[width:])


MILESTONES = StateTable("milestones", ("milestone",), MilestoneState)
MOVES = StateTable("moves", ("milestone", "trigger", "source", "target"), MoveState)
DECISIONS = StateTable("decisions", ("milestone", "request", "round", "body"), DecisionState)
FOLLOW_UPS = StateTable(
    "follow_ups", ("milestone", "request", "round", "body", "step", "point"), FollowUpState
)
TASKS = StateTable("tasks", ("milestone", "task", "subject", "round"), TaskState)
PARTS = StateTable("parts", ("deliverable", "part", "subject"), PartState)
SEATS = StateTable("seats", ("seq",), SeatState)
DUES = StateTable("dues", ("due", "seq"), DueState)
DEPARTURES = StateTable("departures", ("party",), DepartureState)
AMENDMENTS = StateTable("amendments", ("what",), AmendmentState)
SHIFTS = StateTable("shifts", ("due", "party"), ShiftState)
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

# A program of the release before kept 0 where nothing had been asked yet.
_IN_PRESENT_ROUNDS = (
    " AND (round, milestone) IN (SELECT CASE WHEN round = 0 THEN 1 ELSE round END, milestone"
    " FROM milestones WHERE process = :process)"
)
# The process thrice: so SQLite finds each by the key.
_PRESENT_TASKS = (
    " AND round = 0"
    " OR process = :process AND (round, milestone) IN"
    " (SELECT round, milestone FROM milestones WHERE process = :process)"
    " OR process = :process AND round >= :first_year"
)


# Of moves that are not proved, or only by what was recorded out of order: see ``is_doubtful``.
_IN_DOUBTFUL_ROUNDS = (
    " AND (round, milestone) IN (SELECT CASE WHEN round = 0 THEN 1 ELSE round END, milestone"
    " FROM moves WHERE process = :process"
    " AND (basis NOT IN ('decided', 'latched') OR out_of_order))"
)


def read_state(reader: Reader, head: Head, *, past_rounds: bool = False) -> State:
    """Return the present state of a process from the tables.

    Args:
        head: the row of the process.
        past_rounds: with the decisions and tasks of rounds that are over. No gate looks at
            them; without them the cost of a command does not grow with the past.
    """
    answered = "" if past_rounds else _IN_PRESENT_ROUNDS
    narrower = {
        DECISIONS: answered,
        FOLLOW_UPS: answered,
        TASKS: "" if past_rounds else _PRESENT_TASKS,
    }
    read: dict[str, Any] = {
        each.field: each.read(reader, head.id, narrower.get(each, "")) for each in STATE_TABLES
    }
    return State(head.begins, head.last_day, head.reconstruction, **read)


def read_states(reader: Reader, heads: Sequence[Head]) -> dict[str, State]:
    """Return the present states of some processes, with past rounds: a statement for each table.

    Where many are asked for, so that it does not take statements for each of them.
    """
    ids = [head.id for head in heads]
    of = {each.field: each.read_several(reader, ids) for each in STATE_TABLES}
    return {
        head.id: State(
            head.begins,
            head.last_day,
            head.reconstruction,
            **{name: several[head.id] for name, several in of.items()},
        )
        for head in heads
    }


def with_doubtful_rounds(reader: Reader, process: str, state: State) -> State:
    """Return a present state with the answers of the rounds of moves that are doubtful as well.

    Those are what the gates of such moves looked at; of other rounds that are over nothing is read.
    """
    past: dict[str, Any] = {
        each.field: {
            **each.read(reader, process, _IN_DOUBTFUL_ROUNDS),
            **getattr(state, each.field),
        }
        for each in (DECISIONS, FOLLOW_UPS, TASKS)
    }
    return replace(state, **past)


def with_past_rounds(reader: Reader, process: str, state: State) -> State:
    """Return a present state with the decisions and tasks of rounds that are over as well."""
    return replace(
        state,
        decisions=DECISIONS.read(reader, process),
        follow_ups=FOLLOW_UPS.read(reader, process),
        tasks=TASKS.read(reader, process),
    )
