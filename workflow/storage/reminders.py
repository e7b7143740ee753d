"""Every statement about reminders.

These functions run inside a transaction that their caller opened and owns. They know nothing of an
alarm clock: any number of nodes may call them at any time.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    Update,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    tuple_,
    update,
)

from definitions.language.values import dataclass
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import (
    CHANGED,
    WITHDRAWN,
    Addressee,
    Ended,
    Standing,
    is_for_agendas,
)
from workflow.rules.deadlines import PlanKey, Planned
from workflow.storage import direct, tables
from workflow.storage.changes import Change, bulk_update

MOST = 20_000
"""Of how many reminders one claim takes; more than that lies there only after a disaster."""
MOST_KEYS = 500
"""How many reminders one statement names."""
Key = TypeVar("Key")


# --- planning ----------------------------------------------------------------------------------


class Row(NamedTuple):
    """A reminder as it lies in its table. A tuple: a start may plan tens of thousands."""

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
        """The key of its plan."""
        return (self.due, self.subject)

    @property
    def for_agendas(self) -> bool:
        """Whether it is a calendar update."""
        return is_for_agendas(self.rung)

    @property
    def of_all(self) -> tuple[Any, ...]:
        """What it shares with its copies, which go to others who hold the same seat."""
        return _of_all(self)


class BriefRow(NamedTuple):
    """A reminder with only the columns that planning needs."""

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
        """The key of its plan."""
        return (self.due, self.subject)

    @property
    def for_agendas(self) -> bool:
        """Whether it is a calendar update."""
        return is_for_agendas(self.rung)

    @property
    def planned(self) -> Planned:
        """Its rung, seat and moment within that plan."""
        return Planned(self.rung, self.role, self.place, self.at)


_table = tables.reminders
_messages = tables.messages
KEY = tuple(each.name for each in _table.primary_key.columns)
_OF_ALL = tuple(name for name in KEY if name != "copy")
_key_of: Callable[[Row | BriefRow], tuple[Any, ...]] = attrgetter(*KEY)
_of_all: Callable[[Row], tuple[Any, ...]] = attrgetter(*_OF_ALL)
COLUMNS = [_table.c[name] for name in Row._fields]
_key = tuple_(*_table.primary_key.columns)
_cancelled: ColumnElement[str] = literal_column(f"'{Standing.CANCELLED.value}'")
_stands = _table.c.status != _cancelled
"""Cancelled reminders pile up, round after round: by these very words a database finds the index
without it."""
_of_key = [_table.c[name] == bindparam(f"of_{name}") for name in KEY]
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
    """Return the statement that cancels all planned reminders of a lapsed due or plan.

    Calendar updates are kept. The parameters have unique names, since it can be part of a larger
    statement.
    """
    return (
        update(_table)
        .where(
            *(_table.c[name] == bindparam(f"of_{what}_{name}") for name in columns),
            _table.c.status == literal_column(f"'{Standing.PLANNED.value}'"),
            _stands,
            _table.c.rung != literal_column(f"'{WITHDRAWN}'"),
        )
        .values(
            status=_cancelled,
            next_at=null(),
            settled_at=bindparam(f"to_{what}_settled_at"),
            why=bindparam(f"to_{what}_why"),
        )
    )


_drop_plan = _dropping("plan", "process", "due", "subject")
_drop_due = _dropping("due", "process", "due")
_rows = (
    select(*COLUMNS)
    .where(_table.c.process == bindparam("process"))
    .order_by(*_table.primary_key.columns)
)
_rows_of_several = (
    select(*COLUMNS)
    .where(_table.c.process.in_(bindparam("processes", expanding=True)))
    .order_by(*_table.primary_key.columns)
)
_brief = select(*(_table.c[name] for name in BriefRow._fields[1:])).where(
    _table.c.process == bindparam("process")
)
_standing = _brief.where(_stands)
_standing_of_due = _standing.where(_table.c.due == bindparam("due"))
_cancelled_since = _brief.where(
    _table.c.status == _cancelled, _table.c.version >= bindparam("since")
)


def rows_of(connection: Connection, process: str) -> list[Row]:
    """Return the reminders of a process, in the order of their keys."""
    return [Row(*row) for row in connection.execute(_rows, {"process": process})]


def rows_of_several(connection: Connection, processes: Sequence[str]) -> dict[str, list[Row]]:
    """Return the reminders of each of some processes, in the order of their keys."""
    found: dict[str, list[Row]] = {each: [] for each in processes}
    for values in connection.execute(_rows_of_several, {"processes": list(processes)}):
        row = Row(*values)
        found[row.process].append(row)
    return found


def brief_rows_of(
    connection: Connection, process: str, since: int, plans: Iterable[PlanKey] | None = None
) -> list[BriefRow]:
    """Return the reminders of a process for planning, of some plans or all.

    Args:
        since: of cancelled reminders, only this version and later ones; earlier ones pile up, round
            after round, and have no effect.
    """
    cancelled = _kept_by(connection, _cancelled_since, process, since=since)
    if plans is None:
        return _kept_by(connection, _standing, process) + cancelled
    wanted = set(plans)
    found = [
        row
        for due in dict.fromkeys(due for due, _ in wanted)
        for row in _kept_by(connection, _standing_of_due, process, due=due)
    ]
    return [each for each in found + cancelled if each.plan in wanted]


def _kept_by(
    connection: Connection, statement: Select[Any], process: str, **more: str | int
) -> list[BriefRow]:
    rows = direct.found(connection, statement, ("process", *more), (process, *more.values()))
    return [BriefRow(process, *row) for row in rows]


_OF_PLAN = ("of_plan_process", "of_plan_due", "of_plan_subject")
_OF_DUE = ("of_due_process", "of_due_due")


def cancelling(process: str, gone: Mapping[PlanKey, Ended], now: datetime) -> Change:
    """Return the change that cancels all planned reminders of some plans, each with its reason."""
    rows = [(process, *key, now, why.value) for key, why in gone.items()]
    return Change(_drop_plan, (*_OF_PLAN, "to_plan_settled_at", "to_plan_why"), rows)


def cancelling_dues(process: str, gone: Mapping[str, Ended], now: datetime) -> Change:
    """Return the same for whole dues, of all their subjects."""
    rows = [(process, due, now, why.value) for due, why in gone.items()]
    return Change(_drop_due, (*_OF_DUE, "to_due_settled_at", "to_due_why"), rows)


_CANCELLED = (*(f"of_{name}" for name in KEY), "to_why", "now")


def cancel_rows(
    connection: Connection, rows: Iterable[Row | BriefRow], why: Ended, now: datetime
) -> None:
    """Cancel some reminders, where they are still planned."""
    found = [(*_key_of(row), why, now) for row in rows]
    if found:
        direct.change(connection, _cancel, _CANCELLED, found)


def add_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Add reminders, which may still be in the making."""
    direct.add(connection, _table, Row._fields, rows)


def add_missing(connection: Connection, rows: list[Row]) -> list[Row]:
    """Add those reminders that are not there yet, each once, and return them."""
    rows = list({row.key: row for row in rows}.values())
    if not rows:
        return []
    found = select(*_table.primary_key.columns).where(_key.in_([row.key for row in rows]))
    there = {tuple(row) for row in connection.execute(found)}
    missing = [row for row in rows if row.key not in there]
    add_rows(connection, missing)
    return missing


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
    """Record up to which entry the reminders of a process are planned.

    Args:
        seq: the number of that entry.
        until: until when the plans hold.
        year: up to which year recurring tasks are planned.
    """
    connection.execute(_mark, {"of": process, "seq": seq, "until": until, "year": year})


_mark_ahead = (
    update(tables.processes)
    .where(tables.processes.c.id == bindparam("of"))
    .values(planned_until=bindparam("until"), planned_year=bindparam("year"))
)


def mark_ahead(connection: Connection, process: str, until: datetime | None, year: int) -> None:
    """Record until when the plans of a process hold, and up to which year they are made."""
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


def plans_outdated_since(connection: Connection, process: str) -> datetime | None:
    """Return since when the reminders of a process may differ from its state.

    Returns:
        When the first unplanned entry was recorded or the plans ran out, whichever was earlier;
        None if nothing was ever planned, or there is nothing to plan.
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
    """Up to which entry, instant and year the reminders of a process are planned.

    Attributes:
        seq: up to which entry; None if nothing was ever planned.
        until: until when the plans hold; None if until the next entry.
        year: up to which year recurring tasks are planned; None if an older program planned.
    """

    seq: int | None
    until: datetime | None
    year: int | None


_planning = select(*(tables.processes.c[f"planned_{name}"] for name in Planning._fields)).where(
    tables.processes.c.id == bindparam("process")
)


def planning_of(connection: Connection, process: str) -> Planning:
    """Return up to where the reminders of a process are planned."""
    (row,) = direct.found(connection, _planning, ("process",), (process,))
    return Planning(*row)


def planned_up_to(connection: Connection, process: str) -> tuple[int | None, datetime | None]:
    """Return up to which entry reminders of a process are planned, and until when that holds."""
    return planning_of(connection, process)[:2]


_due_rows = (
    select(*COLUMNS)
    .where(_table.c.next_at <= bindparam("now"))
    .order_by(_table.c.next_at)
    .limit(MOST)
)


def due_rows(connection: Connection, now: datetime) -> list[Row]:
    """Return the reminders that are due and in no message; nothing keeps others from them.

    While one is being written into a message, ``next_at`` is when its lease ends.
    """
    return [Row(*row) for row in direct.found(connection, _due_rows, ("now",), (now,))]


_defer = bulk_update(_table, KEY, ("next_at",))


_LISTS = tuple(f"of_{name}" for name in KEY)
_lists = (bindparam(f"of_{name}", type_=ARRAY(_table.c[name].type)) for name in KEY)
_listed = func.unnest(*_lists).table_valued(*KEY, with_ordinality="number").render_derived()
_locked = (
    select(_table.c.next_at)
    .where(*(_table.c[name] == _listed.c[name] for name in KEY))
    .with_for_update(skip_locked=True)
    .lateral("locked")
)
_as_read_on_server = select(_listed.c.number, _locked.c.next_at).select_from(_listed, _locked)
"""By a subquery that is locked for itself, and so is asked for one key after the other. As a join a
server without statistics read all reminders for each of the keys: 96 ms instead of 3."""
_in_json = func.json_each(bindparam("keys", type_=String)).table_valued("key", "value")
_as_read_in_file = select(_in_json.c.key + 1, _table.c.next_at).where(
    *(
        _table.c[name] == func.json_extract(_in_json.c.value, literal_column(f"'$[{at}]'"))
        for at, name in enumerate(KEY)
    )
)


def untouched(connection: Connection, rows: Sequence[Row]) -> set[tuple[Any, ...]]:
    """Return the keys of the reminders that are still in no message, and due as they were read.

    Each claim, release or postponement makes a reminder due at another instant, which serves as the
    fencing token of its reader. The rows are locked until the end of the transaction; rows that
    another node or a command has locked count as touched.

    The keys are sent as a list, so that the statement stays the same. As an IN of a hundred keys it
    was compiled and planned anew each time: it took 9 ms on SQLite instead of 0.6, and 15 on a
    server instead of 2.3.
    """
    if not rows:
        return set()
    keys = [row.key for row in rows]
    if connection.dialect.name == "postgresql":
        lists = [*map(list, zip(*keys, strict=True))]
        found = direct.found(connection, _as_read_on_server, _LISTS, lists)
    else:
        found = direct.found(connection, _as_read_in_file, ("keys",), (json.dumps(keys),))
    return {keys[at - 1] for at, next_at in found if next_at and next_at == rows[at - 1].next_at}


def _some(keys: list[Key]) -> Iterator[list[Key]]:
    """Yield keys, so many of them at a time as one statement takes."""
    for at in range(0, len(keys), MOST_KEYS):
        yield keys[at : at + MOST_KEYS]


def defer(connection: Connection, rows: Iterable[Row]) -> None:
    """Set when reminders are due next; a claim sets the end of its lease."""
    _defer.make(connection, [(*row.key, row.next_at) for row in rows])


_due_or_deferred = (
    select(*COLUMNS)
    .where(
        _table.c.next_at.is_not(None),
        _table.c.at <= bindparam("now"),
        (_table.c.next_at <= bindparam("now")) | (_table.c.why == bindparam("put_off")),
    )
    .order_by(*_table.primary_key.columns)
)


def due_or_deferred(connection: Connection, now: datetime, put_off: str) -> list[Row]:
    """Return the reminders that a sweep would process, those of each process together.

    Args:
        put_off: the reason of postponed reminders that a sweep processes too.
    """
    found = connection.execute(_due_or_deferred, {"now": now, "put_off": put_off})
    return [Row(*row) for row in found]


@dataclass(frozen=True, slots=True)
class Copy:
    """A reminder among its copies, and its recipient.

    Attributes:
        number: its number among the copies.
        waits: it is planned, and in no message.
        person: the addressee of its message; None if it is in none, or they were erased.
        address: the address of its message.
    """

    number: int
    waits: bool
    person: str | None
    address: str | None

    def is_for(self, addressee: Addressee, *, by_address: bool = False) -> bool:
        """Return whether this copy is, or was, for an addressee.

        Args:
            by_address: compare the address only, since a calendar belongs to a mailbox.
        """
        if addressee.id == self.person and not by_address:
            return True
        if addressee.address is None or self.address is None:
            return False
        return same_mailbox(addressee.address) == same_mailbox(self.address)


def copies_of(
    connection: Connection, rows: list[Row], *, keep: bool = False
) -> dict[tuple[Any, ...], list[Copy]]:
    """Return some reminders and all their copies, by the key that copies share.

    Args:
        keep: lock them against being bound to a message until the end of the transaction.
    """
    shared = [_table.c[name] for name in _OF_ALL]
    standing = [_table.c.status, _table.c.message, _messages.c.person, _messages.c.address]
    rungs = tuple_(_table.c.process, _table.c.due, _table.c.subject, _table.c.rung)
    wanted = select(_table.c.copy, *standing, *shared).outerjoin(
        _messages, _table.c.message == _messages.c.id
    )
    if keep:
        wanted = wanted.order_by(*_table.primary_key.columns).with_for_update(of=_table)
    found: dict[tuple[Any, ...], list[Copy]] = {}
    for some in _some(sorted({(row.process, row.due, row.subject, row.rung) for row in rows})):
        for number, status, message, person, address, *key in connection.execute(
            wanted.where(rungs.in_(some))
        ):
            waits = message is None and status is Standing.PLANNED
            found.setdefault(tuple(key), []).append(Copy(number, waits, person, address))
    return found


_postpone = (
    update(_table).where(*_of_key).values(next_at=bindparam("to_next_at"), why=bindparam("to_why"))
)


def postpone(connection: Connection, rows: Iterable[Row], until: datetime, why: str | None) -> None:
    """Put off reminders that could not be written, and say why; None where nothing is wrong."""
    found = [{**_where(row), "to_next_at": until, "to_why": why} for row in rows]
    if found:
        connection.execute(_postpone, found)


def _where(row: Row | BriefRow) -> dict[str, Any]:
    return {f"of_{name}": getattr(row, name) for name in KEY}


FOR_AGENDAS = (CHANGED, WITHDRAWN)


_NOW = bindparam("now", type_=_table.c.at.type)
DUE_AGAIN = case((_table.c.at > _NOW, _table.c.at), else_=_NOW)
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
    """Mark reminders that are in no message as undeliverable."""
    connection.execute(_give_up, [{**_where(row), "to_why": why, "now": now} for row in rows])


_look_again = (
    update(_table)
    .where(_table.c.next_at > bindparam("now"), _table.c.why == bindparam("of_why"))
    .values(next_at=DUE_AGAIN)
)


def retry_deferred(connection: Connection, why: str, now: datetime) -> None:
    """Make reminders due at once that were put off for a reason."""
    connection.execute(_look_again, {"now": now, "of_why": why})


_undelivered_to = (
    select(*COLUMNS)
    .outerjoin(_messages, _table.c.message == _messages.c.id)
    .where(
        _table.c.process == bindparam("process"),
        _table.c.status == literal_column(f"'{Standing.UNDELIVERED.value}'"),
        (_messages.c.person == bindparam("to_person")) | _table.c.message.is_(None),
        _table.c.rung.not_in(FOR_AGENDAS),
    )
    .order_by(*_table.primary_key.columns)
)
_again = (
    update(_table)
    .where(*_of_key, _table.c.status == Standing.UNDELIVERED)
    .values(status=Standing.PLANNED, message=None, next_at=DUE_AGAIN, settled_at=None, why=None)
)


def undelivered_to(connection: Connection, process: str, person: str) -> list[Row]:
    """Return the reminders that could not be delivered to somebody, or to an unusable address."""
    found = connection.execute(_undelivered_to, {"process": process, "to_person": person})
    return [Row(*row) for row in found]


def resend(connection: Connection, rows: Iterable[Row], now: datetime) -> None:
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
    """Return when there is work next: a reminder, a message, or a plan that runs out.

    Overdue planning is not considered: see ``to_plan``.
    """
    found = connection.execute(_next, {"now": now}).scalars()
    return min((each for each in found if each), default=None)


def oldest_due(connection: Connection, now: datetime) -> datetime | None:
    """Return when the oldest reminder should have been sent that is due and in no message yet."""
    wanted = select(func.min(_table.c.next_at)).where(_table.c.next_at <= now)
    return connection.execute(wanted).scalar()


def deferred_with_reason(connection: Connection, but: str) -> tuple[int, str | None]:
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


_reasons = select(*COLUMNS).where(_table.c.why.is_not(None)).order_by(*_table.primary_key.columns)


def reasons(connection: Connection) -> list[Row]:
    """Return the reminders of which a reason stands there."""
    return [Row(*row) for row in connection.execute(_reasons)]


_rewhy = update(_table).where(*_of_key).values(why=bindparam("to_why"))


def replace_reason(connection: Connection, row: Row, why: str) -> None:
    """Let the reason of a reminder say something else."""
    connection.execute(_rewhy, {**_where(row), "to_why": why})
