"""Every statement about what stands in calendars: deadlines that letters brought there.

These functions run inside a transaction that their caller opened and owns.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    Insert,
    Integer,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    or_,
    select,
)

from workflow.model.reminders import (
    WITHDRAWN,
    Delivery,
    Standing,
)
from workflow.rules.deadlines import PlanKey
from workflow.storage import tables
from workflow.storage.changes import Change

_table = tables.reminders
_messages = tables.messages
_earlier = _table.alias()
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
_others = _table.alias()


def _one_more(what: str, columns: Iterable[str], **given: str) -> Insert:
    """Return what plans that deadlines are set right in calendars, where a letter brought them.

    Where that is planned already, it is not planned once more. It can be part of a larger
    statement, so its parameters have names that no other has.

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
        .where(
            *(_others.c[name] == asked(name, "of") for name in columns),
            _others.c.message.is_not(None),
            _may_be_there,
        )
        .distinct()
        .subquery()
    )
    same = (
        *(_earlier.c[name] == asked(name, "of") for name in ("process", "due")),
        _earlier.c.subject == brought.c.subject,
    )
    rung = literal_column(given["rung"]) if "rung" in given else asked("rung")
    of_rung = (*same, _earlier.c.rung == rung)
    # The words of the index without what was cancelled, round after round, before it was told.
    kept = or_(
        _earlier.c.status != literal_column(f"'{Standing.CANCELLED.value}'"),
        _earlier.c.message.is_not(None),
    )
    last = select(func.max(_earlier.c.version)).where(*of_rung).scalar_subquery()
    there = select(_earlier.c.process).where(
        *of_rung, _earlier.c.status == literal_column(f"'{Standing.PLANNED.value}'")
    )
    newest = select(_earlier.c.deadline).where(*same, kept).order_by(_earlier.c.version.desc())
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
    wanted = select(*values.values()).select_from(brought).where(~there.exists())
    return insert(_table).from_select([*values], wanted)


_tell = _one_more("told", ("process", "due", "subject"))
_withdraw_plan = _one_more("ended", ("process", "due", "subject"), rung=f"'{WITHDRAWN}'")
_withdraw_due = _one_more("over", ("process", "due"), rung=f"'{WITHDRAWN}'")


class AgendaUpdate(NamedTuple):
    """What calendars have to hear of a plan: the rung that says what, and the deadline."""

    rung: str
    deadline: date


def plan_updates(
    connection: Connection,
    process: str,
    seq: int,
    plans: Mapping[PlanKey, AgendaUpdate],
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


class Carried(NamedTuple):
    """A reminder in a message that arrived, or may have, or may do so still.

    Attributes:
        person: who the message is for; None where they are forgotten.
        address: where it went; None likewise.
        status: what became of the message.
        next_at: when it is tried again, or its lease ends; None where it is done with.
        settled_at: since when it is done with.
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
    settled_at: datetime | None

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
    .where(_table.c.process == bindparam("process"), _table.c.message.is_not(None), _may_be_there)
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
