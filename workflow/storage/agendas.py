"""Every statement about the calendars of recipients: the deadlines that letters put there.

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
"""A mail server accepted the message, or may have without our knowing; a claimed one may be
accepted now.

Any other message is written anew before it is sent, and is true then.
"""
_others = _table.alias()


def _one_more(what: str, columns: Iterable[str], **given: str) -> Insert:
    """Return the statement that plans calendar updates for deadlines that a letter put there.

    An update that is planned already is not planned twice. The parameters have unique names, since
    it can be part of a larger statement.

    Args:
        what: part of those names.
        columns: the columns that select: those of a due, or of one plan.
        given: other columns, as SQL; the rest are parameters too.
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
    """A calendar update for a plan: its rung (moved or withdrawn) and the deadline."""

    rung: str
    deadline: date


def plan_updates(
    connection: Connection,
    process: str,
    seq: int,
    plans: Mapping[PlanKey, AgendaUpdate],
    at: datetime,
) -> None:
    """Plan calendar updates for deadlines that letters put there.

    Args:
        seq: the number of the entry that plans it.
        at: when it is to be sent.
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
    """Return the change that plans to withdraw deadlines that letters put in calendars.

    A letter that is being written at this moment is not seen: see ``settle``.

    Args:
        seq: the number of the entry that plans it.
        at: when it is to be sent.
    """
    names = ("of_ended_process", "of_ended_due", "of_ended_subject")
    rows = [(process, *key, seq, at) for key in gone]
    return Change(_withdraw_plan, (*names, "to_ended_version", "to_ended_at"), rows)


def withdrawing_dues(process: str, seq: int, gone: Iterable[str], at: datetime) -> Change:
    """Return the same for whole dues, of all their subjects."""
    names = ("of_over_process", "of_over_due", "to_over_version", "to_over_at")
    return Change(_withdraw_due, names, [(process, due, seq, at) for due in gone])


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
        """The key of its plan."""
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


_attempted = (
    select(_table.c.due, _table.c.subject)
    .join(_messages, _table.c.message == _messages.c.id)
    .where(
        _table.c.process == bindparam("process"),
        _table.c.message.is_not(None),
        or_(
            _may_be_there,
            _messages.c.status == literal_column(f"'{Delivery.DROPPED.value}'"),
        ),
    )
    .distinct()
)


def attempted(connection: Connection, process: str) -> set[PlanKey]:
    """Return the plans that a letter carried, may have carried, or could have when it was dropped.

    An update is planned while a node has a letter, which may be accepted at that moment. Where the
    letter proves to be out of date before it is sent, it is dropped, and the update has nobody to
    go to on its day.
    """
    found = connection.execute(_attempted, {"process": process})
    return {(due, subject) for due, subject in found}


def carried(
    connection: Connection, process: str, plans: Collection[PlanKey] | None = None
) -> list[Carried]:
    """Return the reminders that letters carried or still may, of some or all plans, in order."""
    if plans is None:
        return [Carried._make(row) for row in connection.execute(_carried, {"process": process})]
    if not plans:
        return []
    given = {"process": process, "dues": sorted({due for due, _ in plans})}
    found = (Carried._make(row) for row in connection.execute(_carried_of_dues, given))
    return [each for each in found if each.plan in plans]
