"""Every statement about reminders and the messages that bring them.

These functions run inside a transaction that their caller opened and owns. They know nothing of an
alarm clock: any number of nodes may call them at any time.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    Insert,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    tuple_,
    update,
)

from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import (
    CHANGED,
    WITHDRAWN,
    Delivery,
    Ended,
    Reader,
    Standing,
    Undelivered,
    is_for_agendas,
)
from workflow.model.state import seat_name
from workflow.rules.deadlines import PlanKey, Planned
from workflow.storage import tables
from workflow.storage.changes import Change, everywhere

MOST = 20_000
"""Of how many reminders one claim takes; more than that lies there only after a disaster."""


# --- planning ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A reminder as it lies in its table."""

    process: str
    due: str
    subject: str
    rung: str
    role: str
    place: str
    meant_for: str
    copy: int
    version: int
    deadline: date
    at: datetime
    status: Standing
    next_at: datetime | None
    message: str | None
    settled_at: datetime | None
    why: str | None

    @property
    def folder(self) -> str | None:
        """The folder it was put in, where it was not sent."""
        return self.why if self.status is Standing.SENT else None

    @property
    def key(self) -> tuple[Any, ...]:
        """Its primary key."""
        return _key_of(self)

    @property
    def plan(self) -> PlanKey:
        """Of which plan it is."""
        return (self.due, self.subject)

    @property
    def for_agendas(self) -> bool:
        """Whether it is sent because of what its reader has in a calendar."""
        return is_for_agendas(self.rung)

    @property
    def of_all(self) -> tuple[Any, ...]:
        """What it shares with its copies, which go to others who hold the same seat."""
        return _of_all(self)


class BriefRow(NamedTuple):
    """The same, as far as planning looks at it: what it is of, and whether it still stands."""

    process: str
    due: str
    subject: str
    rung: str
    role: str
    place: str
    meant_for: str
    copy: int
    version: int
    deadline: date
    at: datetime
    status: Standing

    @property
    def plan(self) -> PlanKey:
        """Of which plan it is."""
        return (self.due, self.subject)

    @property
    def for_agendas(self) -> bool:
        """Whether it is sent because of what its reader has in a calendar."""
        return is_for_agendas(self.rung)

    @property
    def planned(self) -> Planned:
        """What it is of that plan."""
        return Planned(self.rung, self.role, self.place, self.at)


_table = tables.reminders
_KEY = tuple(each.name for each in _table.primary_key.columns)
_OF_ALL = tuple(name for name in _KEY if name != "copy")
_key_of: Callable[[Row], tuple[Any, ...]] = attrgetter(*_KEY)
_of_all: Callable[[Row], tuple[Any, ...]] = attrgetter(*_OF_ALL)
_columns = [_table.c[each.name] for each in fields(Row)]
_insert = insert(_table)
_of_key = [_table.c[name] == bindparam(f"of_{name}") for name in _KEY]
_cancel = (
    update(_table)
    .where(*_of_key, _table.c.status == Standing.PLANNED)
    .values(
        status=Standing.CANCELLED,
        next_at=None,
        settled_at=bindparam("now"),
        why=bindparam("to_why"),
    )
)


def _dropping(what: str, *columns: str) -> Update:
    """Return what cancels all that is still planned of a due, or of a plan that is gone.

    But for what says so to calendars. It can be part of a larger statement, so its parameters have
    names that no other has.
    """
    return (
        update(_table)
        .where(
            *(_table.c[name] == bindparam(f"of_{what}_{name}") for name in columns),
            _table.c.status == literal_column(f"'{Standing.PLANNED.value}'"),
            _table.c.rung != literal_column(f"'{WITHDRAWN}'"),
        )
        .values(
            status=literal_column(f"'{Standing.CANCELLED.value}'"),
            next_at=null(),
            settled_at=bindparam(f"to_{what}_settled_at"),
            why=bindparam(f"to_{what}_why"),
        )
    )


_drop_plan = _dropping("plan", "process", "due", "subject")
_drop_due = _dropping("due", "process", "due")
_rows = (
    select(*_columns)
    .where(_table.c.process == bindparam("process"))
    .order_by(*_table.primary_key.columns)
)
_kept = select(*(_table.c[name] for name in BriefRow._fields[1:])).where(
    _table.c.process == bindparam("process"),
    (_table.c.status != literal_column(f"'{Standing.CANCELLED.value}'"))
    | (_table.c.version >= bindparam("since")),
)
_kept_of_due = _kept.where(_table.c.due == bindparam("due"))


def rows_of(connection: Connection, process: str) -> list[Row]:
    """Return the reminders of a process, in the order of their keys."""
    return [Row(*row) for row in connection.execute(_rows, {"process": process})]


def kept_of(
    connection: Connection, process: str, since: int, plans: Iterable[PlanKey] | None = None
) -> list[BriefRow]:
    """Return the reminders of a process as planning looks at them: of some plans, or all.

    Args:
        since: of what was cancelled, only that of this version and later ones; what was cancelled
            before piles up, round after round, and bears on nothing.
    """
    given: dict[str, Any] = {"process": process, "since": since}
    if plans is None:
        return _kept_by(connection, _kept, given)
    subjects: dict[str, set[str]] = {}
    for due, subject in plans:
        subjects.setdefault(due, set()).add(subject)
    return [
        each
        for due, whose in subjects.items()
        for each in _kept_by(connection, _kept_of_due, {**given, "due": due})
        if each.subject in whose
    ]


def _kept_by(
    connection: Connection, statement: Select[Any], values: dict[str, Any]
) -> list[BriefRow]:
    process = values["process"]
    return [BriefRow(process, *row) for row in connection.execute(statement, values).all()]


def cancelling(process: str, gone: Mapping[PlanKey, Ended], now: datetime) -> Change:
    """Return what cancels all that is still planned of some plans, each with why."""
    rows = [
        {
            "of_plan_process": process,
            "of_plan_due": due,
            "of_plan_subject": subject,
            "to_plan_settled_at": now,
            "to_plan_why": why.value,
        }
        for (due, subject), why in gone.items()
    ]
    return Change(_drop_plan, rows)


def cancelling_dues(process: str, gone: Mapping[str, Ended], now: datetime) -> Change:
    """Return the same of dues, whoever they are of."""
    rows = [
        {
            "of_due_process": process,
            "of_due_due": due,
            "to_due_settled_at": now,
            "to_due_why": why.value,
        }
        for due, why in gone.items()
    ]
    return Change(_drop_due, rows)


def cancel_rows(
    connection: Connection, rows: Iterable[Row | BriefRow], why: Ended, now: datetime
) -> None:
    """Cancel some reminders, where they are still planned."""
    found = [{**_where(row), "to_why": why, "now": now} for row in rows]
    if found:
        connection.execute(_cancel, found)


def add_rows(connection: Connection, rows: list[Row]) -> None:
    """Add reminders."""
    if rows:
        connection.execute(_insert, [_values(row) for row in rows])


def add_missing(connection: Connection, rows: list[Row]) -> list[Row]:
    """Add those reminders that are not there yet, each once, and return them."""
    rows = list({row.key: row for row in rows}.values())
    if not rows:
        return []
    keys = tuple_(*_table.primary_key.columns)
    found = select(*_table.primary_key.columns).where(keys.in_([row.key for row in rows]))
    there = {tuple(row) for row in connection.execute(found)}
    missing = [row for row in rows if row.key not in there]
    add_rows(connection, missing)
    return missing


_NAMES = tuple(each.name for each in fields(Row))


def _values(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _NAMES}


_mark = (
    update(tables.processes)
    .where(tables.processes.c.id == bindparam("of"))
    .values(
        planned_seq=bindparam("seq"),
        planned_until=bindparam("until"),
        planned_year=bindparam("year"),
    )
)


def mark_planned(
    connection: Connection, process: str, seq: int, until: datetime | None, year: int
) -> None:
    """Write down up to where the reminders of a process are planned.

    Args:
        seq: up to which entry.
        until: until when that holds.
        year: up to which year of what comes back.
    """
    connection.execute(_mark, {"of": process, "seq": seq, "until": until, "year": year})


_mark_ahead = (
    update(tables.processes)
    .where(tables.processes.c.id == bindparam("of"))
    .values(planned_until=bindparam("until"), planned_year=bindparam("year"))
)


def mark_ahead(connection: Connection, process: str, until: datetime | None, year: int) -> None:
    """Write down until when the plans of a process hold, and up to which year they are made."""
    connection.execute(_mark_ahead, {"of": process, "until": until, "year": year})


_unplanned = select(tables.processes.c.id).where(
    tables.processes.c.planned_seq.is_(None)
    | (tables.processes.c.planned_seq != tables.processes.c.head_seq)
)
_outdated = select(tables.processes.c.id).where(
    tables.processes.c.planned_until <= bindparam("now")
)
_by_another_program = select(tables.processes.c.id).where(tables.processes.c.planned_year.is_(None))


def to_plan(connection: Connection, now: datetime) -> list[str]:
    """Return the processes whose reminders do not follow from where they stand now."""
    found = {
        *connection.execute(_unplanned).scalars(),
        *connection.execute(_outdated, {"now": now}).scalars(),
        *connection.execute(_by_another_program).scalars(),
    }
    return sorted(found)


def unplanned_since(connection: Connection, process: str) -> datetime | None:
    """Return since when the reminders of a process may not follow from where it stands.

    Returns:
        When the first entry was recorded that nobody planned for, or the plans ran out, whichever
        was earlier; None where nothing of it was ever planned, or there is nothing to plan.
    """
    seq, until = planned_up_to(connection, process)
    if seq is None:
        return None
    table = tables.journal
    wanted = select(func.min(table.c.recorded_at)).where(
        table.c.process == process, table.c.seq == seq + 1
    )
    recorded = connection.execute(wanted).scalar()
    return min((each for each in (recorded, until) if each is not None), default=None)


class Planning(NamedTuple):
    """Up to where the reminders of a process are planned.

    Attributes:
        seq: up to which entry; None where nothing of it was ever planned.
        until: until when that holds; None where it does until something happens.
        year: up to which year of what comes back; None where an older program planned.
    """

    seq: int | None
    until: datetime | None
    year: int | None


_planning = select(*(tables.processes.c[f"planned_{name}"] for name in Planning._fields)).where(
    tables.processes.c.id == bindparam("process")
)


def planning_of(connection: Connection, process: str) -> Planning:
    """Return up to where the reminders of a process are planned."""
    return Planning(*connection.execute(_planning, {"process": process}).one())


def planned_up_to(connection: Connection, process: str) -> tuple[int | None, datetime | None]:
    """Return up to which entry reminders of a process are planned, and until when that holds."""
    return planning_of(connection, process)[:2]


# --- claiming ----------------------------------------------------------------------------------

_messages = tables.messages


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it lies in its table.

    Attributes:
        attempt: how often it was claimed. Whoever claimed it last holds it: the number is the
            fencing token, and an answer that comes with an older one is not taken.
        unsure: an attempt may have delivered it: then these very bytes are sent again. Of one that
            is done with and was not sent, that stays.
        fault: why it was not sent, or is not yet; of one that is done with, the folder it was put
            in, where no mail server took it.
    """

    id: str
    person: str | None
    address: str | None
    message_id: str
    subject: str
    content: bytes
    status: Delivery
    written_at: datetime
    give_up_at: datetime
    next_at: datetime | None
    attempt: int
    unsure: bool
    holder: str | None
    settled_at: datetime | None
    fault: str | None


_message_columns = [_messages.c[each.name] for each in fields(Message)]
_due_rows = (
    select(*_columns)
    .where(_table.c.next_at <= bindparam("now"))
    .order_by(_table.c.next_at)
    .limit(MOST)
    .with_for_update(skip_locked=True)
)


def due_rows(connection: Connection, now: datetime) -> list[Row]:
    """Return the reminders that are due and in no message, held until the end of the transaction.

    What another node holds at this moment is left to it.
    """
    return [Row(*row) for row in connection.execute(_due_rows, {"now": now})]


_to_look_at = (
    select(*_columns)
    .where(
        _table.c.next_at.is_not(None),
        _table.c.at <= bindparam("now"),
        (_table.c.next_at <= bindparam("now")) | (_table.c.why == bindparam("put_off")),
    )
    .order_by(*_table.primary_key.columns)
)


def to_look_at(connection: Connection, now: datetime, put_off: str) -> list[Row]:
    """Return the reminders that a sweep would look at, those of each process together.

    Args:
        put_off: why some were put off that it looks at all the same.
    """
    found = connection.execute(_to_look_at, {"now": now, "put_off": put_off})
    return [Row(*row) for row in found]


@dataclass(frozen=True, slots=True)
class Copy:
    """A reminder among its copies, and who hears it.

    Attributes:
        number: which one it is.
        waits: it is in no message, and planned.
        person: who its message is for; None where it is in none, or that is forgotten.
        address: where that goes.
    """

    number: int
    waits: bool
    person: str | None
    address: str | None

    def is_for(self, reader: Reader, *, by_address: bool = False) -> bool:
        """Say whether somebody hears it, or heard it, in this copy.

        Args:
            by_address: at that very address: what stands in a calendar stands in that of a mailbox.
        """
        if reader.id == self.person and not by_address:
            return True
        if reader.address is None or self.address is None:
            return False
        return same_mailbox(reader.address) == same_mailbox(self.address)


def copies_of(connection: Connection, rows: list[Row]) -> dict[tuple[Any, ...], list[Copy]]:
    """Return the copies of some reminders, those themselves too, by what they share."""
    if not rows:
        return {}
    shared = [_table.c[name] for name in _OF_ALL]
    standing = [_table.c.status, _table.c.message, _messages.c.person, _messages.c.address]
    rungs = tuple_(_table.c.process, _table.c.due, _table.c.subject, _table.c.rung)
    wanted = select(_table.c.copy, *standing, *shared).outerjoin(
        _messages, _table.c.message == _messages.c.id
    )
    wanted = wanted.where(
        rungs.in_([(row.process, row.due, row.subject, row.rung) for row in rows])
    )
    found: dict[tuple[Any, ...], list[Copy]] = {}
    for number, status, message, person, address, *key in connection.execute(wanted):
        waits = message is None and status is Standing.PLANNED
        found.setdefault(tuple(key), []).append(Copy(number, waits, person, address))
    return found


_bind = everywhere(_table, _KEY, ("message",), next_at=null(), why=null())
_postpone = (
    update(_table).where(*_of_key).values(next_at=bindparam("to_next_at"), why=bindparam("to_why"))
)


_add_messages = insert(_messages)
_message_names = tuple(each.name for each in fields(Message))


def add_messages(connection: Connection, messages: Iterable[Message]) -> None:
    """Keep messages; bind to them the reminders that they bring, in the same transaction."""
    found = [{name: getattr(each, name) for name in _message_names} for each in messages]
    if found:
        connection.execute(_add_messages, found)


def bind(connection: Connection, rows: Mapping[str, Iterable[Row]]) -> None:
    """Bind reminders to the messages that bring them: all at once, for there can be many."""
    found = [(*row.key, message) for message, each in rows.items() for row in each]
    _bind.make(connection, found)


def postpone(connection: Connection, rows: Iterable[Row], until: datetime, why: str | None) -> None:
    """Put off reminders that could not be written, and say why; None where nothing is wrong."""
    found = [{**_where(row), "to_next_at": until, "to_why": why} for row in rows]
    if found:
        connection.execute(_postpone, found)


def _where(row: Row | BriefRow) -> dict[str, Any]:
    return {f"of_{name}": getattr(row, name) for name in _KEY}


_waiting = (
    select(*_message_columns)
    .where(_messages.c.next_at <= bindparam("now"))
    .order_by(_messages.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_lease = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"))
    .values(
        attempt=_messages.c.attempt + 1,
        holder=bindparam("to_holder"),
        next_at=bindparam("to_next_at"),
        unsure=True,
    )
)


def waiting_messages(connection: Connection, now: datetime, most: int) -> list[Message]:
    """Return messages whose time has come, or whose lease has passed; held till the end."""
    found = connection.execute(_waiting, {"now": now, "most": most})
    return [Message(*row) for row in found]


def unsettled_messages(connection: Connection) -> list[Message]:
    """Return the messages that are waiting or held, the first to be sent first."""
    wanted = select(*_message_columns).where(_messages.c.next_at.is_not(None))
    return [Message(*row) for row in connection.execute(wanted.order_by(_messages.c.next_at))]


def lease(connection: Connection, ids: list[str], holder: str, until: datetime) -> None:
    """Give messages to a node, until an instant; each is one attempt more."""
    if ids:
        connection.execute(
            _lease, [{"of": id, "to_holder": holder, "to_next_at": until} for id in ids]
        )


# --- what stands in calendars ------------------------------------------------------------------

_FOR_AGENDAS = (CHANGED, WITHDRAWN)
_may_be_there = or_(
    and_(
        _messages.c.status == literal_column(f"'{Delivery.SENT.value}'"),
        _messages.c.fault.is_(None),
    ),
    _messages.c.unsure,
)
"""A mail server took the message, or may have taken it unheard; one that is held may be taken now.

What was in any other is written anew before it goes, and says what is true then.
"""
_earlier = _table.alias()
_others = _table.alias()


def _one_more(what: str, columns: Iterable[str], **given: str) -> Insert:
    """Return what plans that deadlines are set right in calendars, where a letter brought them.

    It can be part of a larger statement, so its parameters have names that no other has.

    Args:
        what: part of those names.
        columns: what is asked for: a due, or the plan of one body, party or group.
        given: what stands in other columns, as SQL; the others that are needed are asked for too.
    """

    def asked(name: str, role: str = "to") -> BindParameter[Any]:
        return bindparam(f"{role}_{what}_{name}", type_=_table.c[name].type)

    brought = (
        select(_others.c.subject)
        .join(_messages, _others.c.message == _messages.c.id)
        .where(*(_others.c[name] == asked(name, "of") for name in columns), _may_be_there)
        .distinct()
        .subquery()
    )
    same = (
        *(_earlier.c[name] == asked(name, "of") for name in ("process", "due")),
        _earlier.c.subject == brought.c.subject,
    )
    rung = literal_column(given["rung"]) if "rung" in given else asked("rung")
    of_rung = (*same, _earlier.c.rung == rung)
    last = select(func.max(_earlier.c.version)).where(*of_rung).scalar_subquery()
    newest = select(_earlier.c.deadline).where(*same).order_by(_earlier.c.version.desc())
    version, at, one = asked("version"), asked("at"), literal_column("1", Integer)
    values = {
        **{name: asked(name, "of") for name in ("process", "due")},
        "subject": brought.c.subject,
        "rung": rung,
        **dict.fromkeys(("role", "place", "meant_for"), literal_column("''")),
        "copy": literal_column("0"),
        "version": case((last >= version, last + one), else_=version),
        "deadline": newest.limit(one).scalar_subquery() if "rung" in given else asked("deadline"),
        "at": at,
        "status": literal_column(f"'{Standing.PLANNED.value}'"),
        "next_at": at,
    }
    return insert(_table).from_select([*values], select(*values.values()).select_from(brought))


_tell = _one_more("told", ("process", "due", "subject"))
_withdraw_plan = _one_more("ended", ("process", "due", "subject"), rung=f"'{WITHDRAWN}'")
_withdraw_due = _one_more("over", ("process", "due"), rung=f"'{WITHDRAWN}'")


class Telling(NamedTuple):
    """What calendars have to hear of a plan: the rung that says what, and the deadline."""

    rung: str
    deadline: date


def tell(
    connection: Connection,
    process: str,
    seq: int,
    plans: Mapping[PlanKey, Telling],
    at: datetime,
) -> None:
    """Plan that deadlines are set right in calendars, where letters brought them.

    Args:
        seq: the entry by which that is planned.
        at: when it is said.
    """
    rows = [
        {
            "of_told_process": process,
            "of_told_due": due,
            "of_told_subject": subject,
            "to_told_rung": each.rung,
            "to_told_version": seq,
            "to_told_deadline": each.deadline,
            "to_told_at": at,
        }
        for (due, subject), each in plans.items()
    ]
    if rows:
        connection.execute(_tell, rows)


def withdrawing(process: str, seq: int, gone: Iterable[PlanKey], at: datetime) -> Change:
    """Return what plans that deadlines are taken out of calendars, where letters brought them.

    Whoever is writing one of them into a message just now is not seen: see ``settle``.

    Args:
        seq: the entry by which that is planned.
        at: when it is said.
    """
    rows = [
        {
            "of_ended_process": process,
            "of_ended_due": due,
            "of_ended_subject": subject,
            "to_ended_version": seq,
            "to_ended_at": at,
        }
        for due, subject in gone
    ]
    return Change(_withdraw_plan, rows)


def withdrawing_dues(process: str, seq: int, gone: Iterable[str], at: datetime) -> Change:
    """Return the same of dues, whoever they are of."""
    rows = [
        {
            "of_over_process": process,
            "of_over_due": due,
            "to_over_version": seq,
            "to_over_at": at,
        }
        for due in gone
    ]
    return Change(_withdraw_due, rows)


_seen = (
    select(_earlier.c.process)
    .where(
        *(_earlier.c[name] == _table.c[name] for name in ("process", "due", "subject")),
        _earlier.c.rung.in_(_FOR_AGENDAS),
        _earlier.c.version > _table.c.version,
    )
    .exists()
)
"""Whoever cancelled a reminder saw that its message may go, and planned that calendars hear it."""
_passed = (
    select(func.min(_table.c.version))
    .where(
        _table.c.process == tables.processes.c.id,
        _table.c.message == bindparam("of"),
        _table.c.status == literal_column(f"'{Standing.CANCELLED.value}'"),
        ~_seen,
    )
    .scalar_subquery()
)
_plan_again = (
    update(tables.processes)
    .where(
        tables.processes.c.id.in_(
            select(_table.c.process).where(_table.c.message == bindparam("of"))
        ),
        tables.processes.c.planned_seq > _passed,
    )
    .values(planned_seq=_passed)
)


class Carried(NamedTuple):
    """A reminder in a message that arrived, or may have, or may do so still.

    Attributes:
        person: who the message is for; None where they are forgotten.
        address: where it went; None likewise.
        status: what became of the message.
        next_at: when it is tried again, or its lease ends; None where it is done with.
    """

    due: str
    subject: str
    rung: str
    role: str
    place: str
    meant_for: str
    version: int
    deadline: date
    message: str
    person: str | None
    address: str | None
    status: Delivery
    next_at: datetime | None

    @property
    def plan(self) -> PlanKey:
        """Of which plan it is."""
        return (self.due, self.subject)


_carried = (
    select(
        *(_table.c[name] for name in Carried._fields[:9]),
        *(_messages.c[name] for name in Carried._fields[9:]),
    )
    .join(_messages, _table.c.message == _messages.c.id)
    .where(_table.c.process == bindparam("process"), _may_be_there)
    .order_by(_table.c.version, _messages.c.written_at, _messages.c.id)
)
_carried_of_dues = _carried.where(_table.c.due.in_(bindparam("dues", expanding=True)))


def carried(
    connection: Connection, process: str, plans: Collection[PlanKey] | None = None
) -> list[Carried]:
    """Return what letters brought, or may bring still, of some plans or all: the oldest first."""
    if plans is None:
        return [Carried._make(row) for row in connection.execute(_carried, {"process": process})]
    if not plans:
        return []
    given = {"process": process, "dues": sorted({due for due, _ in plans})}
    found = (Carried._make(row) for row in connection.execute(_carried_of_dues, given))
    return [each for each in found if each.plan in plans]


def contents(connection: Connection, messages: Collection[str]) -> tuple[bytes, ...]:
    """Return messages as they were sent, the oldest first."""
    if not messages:
        return ()
    wanted = select(_messages.c.content).where(_messages.c.id.in_(messages))
    found = connection.execute(wanted.order_by(_messages.c.written_at, _messages.c.id))
    return tuple(found.scalars())


_rows_in = select(*_columns).where(_table.c.message.in_(bindparam("messages", expanding=True)))


def rows_in(connection: Connection, messages: list[str]) -> dict[str, list[Row]]:
    """Return the reminders that messages bring, by the message."""
    found: dict[str, list[Row]] = {each: [] for each in messages}
    for values in connection.execute(_rows_in, {"messages": messages}):
        row = Row(*values)
        found[str(row.message)].append(row)
    return found


_persons = (
    select(_messages.c.id, _messages.c.person)
    .join(_table, _table.c.message == _messages.c.id)
    .where(_table.c.process == bindparam("process"))
    .distinct()
)


def persons_told(connection: Connection, process: str) -> dict[str, str]:
    """Return to whom each message with reminders of a process was written, who is not forgotten."""
    found = connection.execute(_persons, {"process": process}).all()
    return {message: person for message, person in found if person is not None}


class Posted(NamedTuple):
    """A message as ``verify`` looks at it: what it says only where it is still to be sent.

    Attributes:
        size: how many bytes it has.
    """

    id: str
    person: str | None
    address: str | None
    message_id: str
    status: Delivery
    written_at: datetime
    give_up_at: datetime
    next_at: datetime | None
    attempt: int
    unsure: bool
    holder: str | None
    settled_at: datetime | None
    fault: str | None
    size: int
    content: bytes | None


_brought = select(_table.c.message).where(_table.c.process == bindparam("process"))
_is_waiting = _messages.c.status == literal_column(f"'{Delivery.WAITING.value}'")
_posted = select(
    *(_messages.c[name] for name in Posted._fields[:-2]),
    func.length(_messages.c.content),
    case((_is_waiting, _messages.c.content), else_=null()),
).where(_messages.c.id.in_(_brought))


def posted_of(connection: Connection, process: str) -> dict[str, Posted]:
    """Return the messages that bring reminders of a process, by id."""
    found = connection.execute(_posted, {"process": process})
    return {row[0]: Posted._make(row) for row in found}


_of_same = _table.alias()
_last_moments = (
    select(_table.c.message, func.max(_of_same.c.at))
    .join(
        _of_same,
        and_(*(_of_same.c[name] == _table.c[name] for name in ("process", "due", "subject"))),
    )
    .join(_messages, _messages.c.id == _table.c.message)
    .where(_messages.c.id.in_(_brought), _is_waiting)
    .group_by(_table.c.message)
)


def last_moments(connection: Connection, process: str) -> dict[str, datetime]:
    """Return the last moment of all reminders of the deadlines that a message is about.

    Of the messages of a process that are still to be sent.
    """
    found = connection.execute(_last_moments, {"process": process})
    return {row[0]: row[1] for row in found}


# --- settling ----------------------------------------------------------------------------------

_held = _messages.c.id == bindparam("of")
_by_us = _messages.c.attempt == bindparam("by")
_settle = (
    update(_messages)
    .where(_held, _by_us, _messages.c.status == Delivery.WAITING)
    .values(
        status=bindparam("to_status"),
        next_at=None,
        holder=None,
        unsure=bindparam("to_unsure"),
        settled_at=bindparam("now"),
        fault=bindparam("to_fault"),
    )
)
_retry = (
    update(_messages)
    .where(_held, _by_us, _messages.c.status == Delivery.WAITING)
    .values(
        next_at=bindparam("to_next_at"),
        holder=None,
        unsure=bindparam("to_unsure"),
        fault=bindparam("to_fault"),
    )
)
_settle_rows = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(
        status=bindparam("to_status"),
        settled_at=bindparam("now"),
        why=func.coalesce(bindparam("to_why"), _table.c.why),
    )
)
_of_message = {
    Delivery.SENT: Standing.SENT,
    Delivery.UNDELIVERED: Standing.UNDELIVERED,
    Delivery.DROPPED: Standing.CANCELLED,
}


def is_written_down(connection: Connection, message: Message) -> bool:
    """Return whether what became of a message was written down by whoever had claimed it so."""
    found = select(_messages.c.id).where(_held, _by_us, _messages.c.holder.is_(None))
    row = connection.execute(found, {"of": message.id, "by": message.attempt}).one_or_none()
    return row is not None


def settle(
    connection: Connection,
    message: Message,
    status: Delivery,
    now: datetime,
    fault: str | None = None,
) -> bool:
    """Write down what became of a message and of what it brings.

    One that was not sent, and may have arrived by an earlier attempt, stays marked as unsure.
    Calendars are to hear what was cancelled meanwhile, also where the command that did so could
    not see yet that the message would go: of that, the process is planned anew.

    Args:
        message: as it was claimed: its attempt says by whom.
        status: what became of it.
        now: the instant.
        fault: why it was not sent; the folder it was put in, where no mail server took it.

    Returns:
        False where another node has claimed it since; then nothing is written.
    """
    unsure = message.unsure and status is not Delivery.SENT
    values = {
        "of": message.id,
        "by": message.attempt,
        "to_status": status,
        "to_unsure": unsure,
        "now": now,
        "to_fault": fault,
    }
    if connection.execute(_settle, values).rowcount != 1:
        return False
    connection.execute(
        _settle_rows,
        {"of": message.id, "to_status": _of_message[status], "now": now, "to_why": fault},
    )
    if unsure or (status is Delivery.SENT and fault is None):
        connection.execute(_plan_again, {"of": message.id})
    return True


def retry(
    connection: Connection, message: Message, at: datetime, fault: str | None, *, unsure: bool
) -> bool:
    """Give a message back, to be tried again later; False where another node has it."""
    values = {
        "of": message.id,
        "by": message.attempt,
        "to_next_at": at,
        "to_unsure": unsure,
        "to_fault": fault,
    }
    return connection.execute(_retry, values).rowcount == 1


_NOW = bindparam("now", type_=_table.c.at.type)
_due_again = case((_table.c.at > _NOW, _table.c.at), else_=_NOW)
"""At once; but by no clock before the moment of the reminder."""
_give_up = (
    update(_table)
    .where(*_of_key, _table.c.status == Standing.PLANNED)
    .values(
        status=Standing.UNDELIVERED,
        next_at=None,
        settled_at=bindparam("now"),
        why=bindparam("to_why"),
    )
)


def give_up(connection: Connection, rows: Iterable[Row], why: str, now: datetime) -> None:
    """Write down of reminders that are in no message that they cannot be delivered."""
    connection.execute(_give_up, [{**_where(row), "to_why": why, "now": now} for row in rows])


_free = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(message=None, next_at=_due_again)
)


def free(connection: Connection, message: Message, now: datetime) -> None:
    """Take what is still to be said out of a message, to be written anew."""
    connection.execute(_free, {"of": message.id, "now": now})


class Waits(NamedTuple):
    """A reminder that is due and in no message."""

    due: str
    subject: str
    role: str
    place: str
    deadline: date
    at: datetime


_undelivered_of = (
    select(*(_table.c[name] for name in ("due", "subject", "role", "place", "deadline", "why")))
    .where(
        _table.c.process == bindparam("process"),
        _table.c.status == Standing.UNDELIVERED,
    )
    .order_by(_table.c.at, *_table.primary_key.columns)
)
_waiting_of = (
    select(*(_table.c[name] for name in Waits._fields))
    .where(
        _table.c.process == bindparam("process"),
        _table.c.next_at <= bindparam("soon"),
        _table.c.at <= bindparam("now"),
    )
    .order_by(_table.c.at, *_table.primary_key.columns)
)
PUT_OFF = timedelta(days=1)
"""For how long a reminder that is due is put off at most."""


def undelivered_of(connection: Connection, process: str) -> list[Undelivered]:
    """Return the reminders of a process that could not be delivered, the oldest first."""
    found = connection.execute(_undelivered_of, {"process": process}).all()
    return [
        Undelivered(due, subject, seat_name(role, place), deadline, why)
        for due, subject, role, place, deadline, why in found
    ]


def waiting_of(connection: Connection, process: str, now: datetime) -> list[Waits]:
    """Return the reminders of a process that are due and in no message, the oldest first."""
    values = {"process": process, "now": now, "soon": now + PUT_OFF}
    return [Waits._make(row) for row in connection.execute(_waiting_of, values)]


_look_again = (
    update(_table)
    .where(_table.c.next_at > bindparam("now"), _table.c.why == bindparam("of_why"))
    .values(next_at=_due_again)
)


def look_again(connection: Connection, why: str, now: datetime) -> None:
    """Make reminders due at once that were put off for a reason."""
    connection.execute(_look_again, {"now": now, "of_why": why})


_undelivered_to = (
    select(*_columns)
    .outerjoin(_messages, _table.c.message == _messages.c.id)
    .where(
        _table.c.process == bindparam("process"),
        _table.c.status == literal_column(f"'{Standing.UNDELIVERED.value}'"),
        (_messages.c.person == bindparam("to_person")) | _table.c.message.is_(None),
        _table.c.rung.not_in(_FOR_AGENDAS),
    )
    .order_by(*_table.primary_key.columns)
)
_again = (
    update(_table)
    .where(*_of_key, _table.c.status == Standing.UNDELIVERED)
    .values(status=Standing.PLANNED, message=None, next_at=_due_again, settled_at=None, why=None)
)


def undelivered_to(connection: Connection, process: str, person: str) -> list[Row]:
    """Return the reminders that could not be delivered to somebody, or to an unusable address."""
    found = connection.execute(_undelivered_to, {"process": process, "to_person": person})
    return [Row(*row) for row in found]


def send_again(connection: Connection, rows: Iterable[Row], now: datetime) -> None:
    """Let reminders that could not be delivered be sent at once."""
    found = [{**_where(row), "now": now} for row in rows]
    if found:
        connection.execute(_again, found)


# --- when, and whether all is well -------------------------------------------------------------

_next = (
    select(func.min(_table.c.next_at))
    .where(_table.c.next_at.is_not(None))
    .union_all(
        select(func.min(_messages.c.next_at)).where(_messages.c.next_at.is_not(None)),
        select(func.min(tables.processes.c.planned_until)).where(
            tables.processes.c.planned_until > bindparam("now")
        ),
    )
)


def next_wake(connection: Connection, now: datetime) -> datetime | None:
    """Return when there is something to do: a reminder, a message, or a plan that runs out.

    What has to be planned already is not looked at: see ``to_plan``.
    """
    found = connection.execute(_next, {"now": now}).scalars()
    return min((each for each in found if each), default=None)


def oldest_due(connection: Connection, now: datetime) -> datetime | None:
    """Return when the oldest reminder should have been sent that is due and in no message yet."""
    wanted = select(func.min(_table.c.next_at)).where(_table.c.next_at <= now)
    return connection.execute(wanted).scalar()


def oldest_waiting(connection: Connection) -> tuple[datetime, str | None] | None:
    """Return when the oldest message was written that is still to be sent, and what keeps it."""
    wanted = select(_messages.c.written_at, _messages.c.fault).where(
        _messages.c.next_at.is_not(None)
    )
    row = connection.execute(wanted.order_by(_messages.c.written_at).limit(1)).first()
    return None if row is None else (row.written_at, row.fault)


def put_aside(connection: Connection, but: str) -> tuple[int, str | None]:
    """Return how many reminders were put aside because they could not be written, and why one was.

    Args:
        but: the reason of those that do not count.
    """
    wanted = select(func.count(), func.min(_table.c.why)).where(
        _table.c.next_at.is_not(None), _table.c.why.is_not(None), _table.c.why != but
    )
    number, why = connection.execute(wanted).one()
    return number, why


def count_undelivered(connection: Connection) -> int:
    """Return how many reminders could not be delivered, of deadlines of which more are planned."""
    later = _table.alias()
    still = (
        select(later.c.process)
        .where(
            later.c.process == _table.c.process,
            later.c.due == _table.c.due,
            later.c.subject == _table.c.subject,
            later.c.status == Standing.PLANNED,
        )
        .exists()
    )
    wanted = select(func.count()).where(_table.c.status == Standing.UNDELIVERED, still)
    return int(connection.execute(wanted).scalar_one())


_nodes = tables.nodes
GONE = timedelta(days=7)
"""After how long a node that said nothing is forgotten."""


def beat(connection: Connection, node: str, started_at: datetime, now: datetime) -> None:
    """Write down that a node is alive."""
    moved = update(_nodes).where(_nodes.c.id == node).values(beat_at=now)
    if connection.execute(moved).rowcount == 0:
        values = {"id": node, "started_at": started_at, "beat_at": now}
        connection.execute(insert(_nodes), values)
        connection.execute(_nodes.delete().where(_nodes.c.beat_at < now - GONE))


def leave(connection: Connection, node: str) -> None:
    """Take a node off the list: it ended as it should."""
    connection.execute(_nodes.delete().where(_nodes.c.id == node))


def nodes(connection: Connection) -> list[tuple[str, datetime, datetime]]:
    """Return the nodes, and when each began and was last alive."""
    found = connection.execute(select(_nodes.c.id, _nodes.c.started_at, _nodes.c.beat_at))
    return [tuple(row) for row in found.all()]


# --- people ------------------------------------------------------------------------------------


def messages_to(
    connection: Connection, person: str
) -> list[tuple[datetime, str, Delivery, str | None]]:
    """Return when messages were written to a person, about what, and what became of them.

    The last of it is the folder that one was put in, where it was not sent.
    """
    columns = (_messages.c.written_at, _messages.c.subject, _messages.c.status, _messages.c.fault)
    wanted = select(*columns)
    found = connection.execute(
        wanted.where(_messages.c.person == person).order_by(_messages.c.written_at, _messages.c.id)
    )
    return [
        (at, subject, status, fault if status is Delivery.SENT else None)
        for at, subject, status, fault in found
    ]


class Said(NamedTuple):
    """What a message says, and to whom."""

    id: str
    person: str | None
    subject: str
    content: bytes
    fault: str | None


_said = select(*(_messages.c[name] for name in Said._fields)).where(
    _messages.c.id.in_(bindparam("ids", expanding=True))
)
_reasons = select(*_columns).where(_table.c.why.is_not(None)).order_by(*_table.primary_key.columns)
SAID_AT_ONCE = 100


def message_ids(connection: Connection) -> list[str]:
    """Return the ids of all messages."""
    return list(connection.execute(select(_messages.c.id).order_by(_messages.c.id)).scalars())


def said_in(connection: Connection, ids: Sequence[str]) -> Iterator[Said]:
    """Yield what messages say; there can be many, and only some are in memory at a time."""
    for at in range(0, len(ids), SAID_AT_ONCE):
        some = list(ids[at : at + SAID_AT_ONCE])
        yield from (Said._make(row) for row in connection.execute(_said, {"ids": some}))


def reasons(connection: Connection) -> list[Row]:
    """Return the reminders of which a reason stands there."""
    return [Row(*row) for row in connection.execute(_reasons)]


def addresses_of(connection: Connection, person: str) -> list[str]:
    """Return the addresses that letters were written to a person at."""
    wanted = select(_messages.c.address).where(
        _messages.c.person == person, _messages.c.address.is_not(None)
    )
    return sorted(set(connection.execute(wanted).scalars()))


def folders(connection: Connection) -> list[str]:
    """Return the folders that messages were put in, as no mail server was set."""
    wanted = select(_messages.c.fault).where(
        _messages.c.status == Delivery.SENT, _messages.c.fault.is_not(None)
    )
    return sorted(set(connection.execute(wanted).scalars()))


_release_rows = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(message=None, next_at=_due_again)
)
_release = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"), _messages.c.status == Delivery.WAITING)
    .values(
        status=Delivery.DROPPED,
        next_at=None,
        settled_at=bindparam("now"),
        holder=None,
        unsure=False,
    )
)


def release(connection: Connection, message: str, now: datetime) -> bool:
    """Give up a message that waits; what it brings is written anew.

    Whoever holds it finds it gone: what comes of that attempt is not taken.

    Returns:
        Whether it waited.
    """
    connection.execute(_release_rows, {"of": message, "now": now})
    return connection.execute(_release, {"of": message, "now": now}).rowcount == 1


_resay = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"))
    .values(
        person=bindparam("to_person"),
        address=case((bindparam("to_person").is_(None), null()), else_=_messages.c.address),
        subject=bindparam("to_subject"),
        content=bindparam("to_content"),
        fault=bindparam("to_fault"),
    )
)


def resay(connection: Connection, said: Said) -> None:
    """Let a message say something else; where it is nobody's any more, it has no address either."""
    values = {f"to_{name}": getattr(said, name) for name in Said._fields if name != "id"}
    connection.execute(_resay, {"of": said.id, **values})


_rewhy = update(_table).where(*_of_key).values(why=bindparam("to_why"))


def rewhy(connection: Connection, row: Row, why: str) -> None:
    """Let the reason of a reminder say something else."""
    connection.execute(_rewhy, {**_where(row), "to_why": why})
