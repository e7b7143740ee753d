"""Checks for ``verify``: do the planned reminders follow from the state of a process?

A reminder planned by a former calendar of working days is no damage: nobody tampered with it, and
it will be planned anew.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from definitions.calendar.workdays import LONGEST_REST
from definitions.calendar.zones import zone_of
from definitions.ladders import Rung, read_ladder
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import Definition
from workflow.model.calendars import Calendar, calendar_of
from workflow.model.reminders import WITHDRAWN, Standing
from workflow.reminders.planning import is_settled, planned_day
from workflow.rules.deadlines import (
    Plan,
    PlanKey,
    Planned,
    Plans,
    instant_of,
    plans_of,
    plans_valid_until,
    reminders_of,
)
from workflow.rules.snapshot import Snapshot
from workflow.storage import agendas, reminders
from workflow.storage.calendars import calendar_kept
from workflow.storage.database import Connection
from workflow.storage.reading import Head
from workflow.storage.reminders import BriefRow

_MOST = timedelta(days=LONGEST_REST + 1)
"""How much earlier or later a moment is by another calendar, at most."""


@dataclass(frozen=True, slots=True)
class PlanFault:
    """A reminder that does not follow from the state of a process.

    Attributes:
        damaged: whether somebody changed it; otherwise the calendar has changed.
    """

    says: Text
    damaged: bool = True


def plan_faults(connection: Connection, head: Head, process: Snapshot) -> Iterator[PlanFault]:
    """Yield the differences between the reminders of a process and its state.

    Only plans are checked, which follow from the journal; not whether anything was sent. A plan by
    another calendar is no damage, and the next writer makes it anew.

    Args:
        process: as it stands, on the last day on which anything happened in it.
    """
    definition = process.definition
    seq, until, year = reminders.planning_of(connection, head.id)
    kept = calendar_kept(connection, head.calendar)
    if head.calendar is not None and kept is None:
        yield PlanFault(text("the calendar by which reminders were planned is not kept"))
        return
    if seq is not None and year is not None:
        ends = plans_valid_until(process, year)
        yield from _planned_up_to(head, seq, until, ends)
    if seq != head.head_seq or year is None or kept is None:
        return  # they are planned at the next sweep
    now = calendar_of(definition.timezone)
    then = None if kept.sha256 == now.sha256 else kept
    plans = plans_of(process.on(planned_day(process, year)))
    found = list(_compared(connection, definition, head, plans, then))
    yield from found
    if then is not None and any(not each.damaged for each in found):
        yield PlanFault(_not_followed(now, then), damaged=False)


def _not_followed(now: Calendar, then: Calendar) -> Text:
    """Return the sentence on a plan that was made by another calendar."""
    if now.is_older_than(then):
        return text(
            "a newer program planned it, by a calendar that had other working days: this one "
            "leaves it as it is"
        )
    return text(
        "it was planned by a calendar that had other working days, or another clock: the "
        "next command or sweep follows the present one, and records that in the journal"
    )


def _compared(
    connection: Connection, definition: Definition, head: Head, plans: Plans, then: Calendar | None
) -> Iterator[PlanFault]:
    """Yield the differences between plans and existing reminders.

    Args:
        then: the calendar by which they were planned; None if it is the present one.
    """
    rows: dict[tuple[str, str], list[BriefRow]] = {}
    for row in reminders.brief_rows_of(connection, head.id, head.head_seq):
        if row.status is not Standing.CANCELLED:
            rows.setdefault(row.plan, []).append(row)
    calendars = [row for found in rows.values() for row in found if row.for_agendas]
    rows = {key: [row for row in found if not row.for_agendas] for key, found in rows.items()}
    for key, plan in plans.items():
        yield from _of_plan(definition, plan, rows.get(key, ()), then)
    for key, found in rows.items():
        if key not in plans:
            yield from _not_due(found)
    if calendars:
        yield from _for_agendas(plans, calendars, agendas.attempted(connection, head.id))


def _for_agendas(
    plans: Plans, rows: Iterable[BriefRow], written: Collection[PlanKey]
) -> Iterator[PlanFault]:
    """Yield the calendar updates that follow neither from plans nor from sent letters.

    Args:
        written: the plans that a letter put into a calendar, or may have when it was planned.
    """
    for row in rows:
        plan = plans.get(row.plan)
        ends = None if plan is None else plan.deadline
        fits = ends is None if row.rung == WITHDRAWN else ends == row.deadline
        planned = row.status is Standing.PLANNED
        if row.status is Standing.LAPSED or (planned and not (fits and row.plan in written)):
            said = text(
                "a letter for calendars does not follow from the journal and what was sent: "
                "{due} {subject} {rung}",
                due=row.due,
                subject=row.subject,
                rung=row.rung,
            )
            yield PlanFault(said)


def _planned_up_to(
    head: Head, seq: int, until: datetime | None, ends: datetime | None
) -> Iterator[PlanFault]:
    """Yield values that would prevent the reminders from being planned anew in time.

    If the number is not that of the last entry, the next sweep plans everything anew.
    """
    wrong = {
        "planned_seq": seq > head.head_seq,
        "planned_until": until is None and ends is not None,
    }
    for column in (each for each, is_wrong in wrong.items() if is_wrong):
        said = text("table processes differs from the journal: {column}", column=column)
        yield PlanFault(said)


def _of_plan(
    definition: Definition, plan: Plan, rows: Collection[BriefRow], calendar: Calendar | None
) -> Iterator[PlanFault]:
    """Yield the differences between a plan and its reminders."""
    there = {row.planned for row in rows if row.deadline == plan.deadline}
    missing = [each for each in reminders_of(definition, plan) if each not in there]
    missing = [each for each in missing if not _was_sent(plan, each, rows)]
    other = [row for row in rows if row.status is Standing.PLANNED]
    other = [row for row in other if row.deadline != plan.deadline]
    if not missing and not other:
        return
    then = None
    if calendar is not None:
        then = _by_another_calendar(definition, plan, rows, calendar)
    if then is not None:
        yield PlanFault(then, damaged=False)
    elif missing:
        yield PlanFault(
            text(
                "a reminder is missing: {due} {subject} {rung}",
                due=plan.due,
                subject=plan.subject,
                rung=missing[0].rung,
            )
        )
    else:
        yield from _not_due(other)


def _not_due(rows: Iterable[BriefRow]) -> Iterator[PlanFault]:
    for row in rows:
        if row.status is Standing.PLANNED:
            said = text(
                "a reminder is planned for something that is not due: {due} {rung}",
                due=row.due,
                rung=row.rung,
            )
            yield PlanFault(said)


# --- the calendar of then ------------------------------------------------------------------------


def _was_sent(plan: Plan, wanted: Planned, rows: Iterable[BriefRow]) -> bool:
    """Return whether a reminder was sent at the moment it had by a former calendar."""
    return any(
        (row.rung, row.role, row.place) == (wanted.rung, wanted.role, wanted.place)
        and row.deadline == plan.deadline
        and abs(row.at - wanted.at) <= _MOST
        and is_settled(row)
        for row in rows
    )


def _by_another_calendar(
    definition: Definition, plan: Plan, rows: Collection[BriefRow], calendar: Calendar
) -> Text | None:
    """Return how reminders were planned by another calendar; None if no calendar explains them."""
    ours = [row for row in rows if not row.meant_for]
    standing = {row.deadline for row in ours if row.status is Standing.PLANNED}
    for then in standing or {row.deadline for row in ours}:
        if standing <= {then} and _is_whole(definition, plan, then, ours, calendar):
            return _planned_then(plan, then)
    return None


def _planned_then(plan: Plan, then: date) -> Text:
    due = f"{plan.due} {plan.subject}".strip()
    if then == plan.deadline:
        return text(
            "the reminders of {due} were planned by a calendar that had other working days", due=due
        )
    return text(
        "the reminders of {due} were planned by a calendar that had other working days: then it "
        "ended on {then}, now on {now}",
        due=due,
        then=then,
        now=plan.deadline,
    )


def _is_whole(
    definition: Definition,
    plan: Plan,
    then: date,
    rows: Collection[BriefRow],
    calendar: Calendar,
) -> bool:
    """Return whether all reminders of a plan exist, by a calendar that ends it on a day."""
    if plan.deadline is None:
        return False
    moved = calendar.moves(then, plan.deadline)
    if then != plan.deadline and not moved:
        return False
    planned = reminders_of(definition, replace(plan, deadline=then))
    wanted = {(each.rung, each.role, each.place) for each in planned}
    there = [row for row in rows if row.deadline == then]
    rungs = {(rung.name, rung.to): rung for rung in read_ladder(plan.ladder)}
    return {(row.rung, row.role, row.place) for row in there} == wanted and all(
        _is_explained(definition, row, rungs, calendar) for row in there
    )


def _is_explained(
    definition: Definition,
    row: BriefRow,
    rungs: dict[tuple[str, str | None], Rung],
    calendar: Calendar,
) -> bool:
    """Return whether a reminder has the moment of its rung by some calendar."""
    rung = rungs.get((row.rung, row.role)) or rungs.get((row.rung, None))
    if rung is None:
        return False
    day = row.at.astimezone(zone_of(definition.timezone)).date()
    if row.at == instant_of(definition, day):
        return _had(rung, day, row.deadline, calendar)
    days = calendar.days_at(row.at, definition.remind_at)
    return any(_had(rung, each, row.deadline, calendar) for each in days)


def _had(rung: Rung, day: date, deadline: date, calendar: Calendar) -> bool:
    return day == rung.on(deadline, calendar.works)
