"""Do the reminders of a process follow from where it stands? For ``verify``.

What was planned by a calendar of working days that has other days equated with a holiday than that
of today is as it was planned: nobody tampered with it, and it is planned anew sooner or later.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from definitions.ladders import Rung, read_ladder
from definitions.model import Definition
from definitions.text import Text, text
from definitions.workdays import could_have_been, could_have_been_before
from definitions.zones import zone_of
from workflow.plans import Plan, holds_until, instant_of, plans_of, reminders_of
from workflow.reminders import Standing
from workflow.reminding import planned_day
from workflow.state import State
from workflow.storage import reminders
from workflow.storage.database import Connection
from workflow.storage.reminders import BriefRow
from workflow.storage.store import Head


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A reminder that does not follow from where a process stands.

    Attributes:
        damaged: whether somebody changed it; else the calendar is another one by now.
    """

    says: Text
    damaged: bool = True


def unplanned(
    connection: Connection, definition: Definition, head: Head, state: State
) -> Iterator[Unplanned]:
    """Yield what does not fit between the reminders of a process and where it stands.

    Only what follows from the journal is looked at: not whether something was sent.
    """
    seq, until, year = reminders.planning_of(connection, head.id)
    if seq is not None and year is not None:
        ends = holds_until(definition, state, year)
        yield from _planned_up_to(head, seq, until, ends)
    if seq != head.head_seq or year is None:
        return  # they are planned at the next sweep
    plans = plans_of(definition, state, planned_day(definition, state, year, state.last_day))
    rows: dict[tuple[str, str], list[BriefRow]] = {}
    for row in reminders.kept_of(connection, head.id, head.head_seq):
        if row.status is not Standing.CANCELLED:
            rows.setdefault(row.plan, []).append(row)
    for key, plan in plans.items():
        yield from _of_plan(definition, plan, rows.get(key, ()))
    for key, found in rows.items():
        if key not in plans:
            yield from _not_due(found)


def _planned_up_to(
    head: Head, seq: int, until: datetime | None, ends: datetime | None
) -> Iterator[Unplanned]:
    """Yield what would keep the reminders from being planned anew when they have to be.

    Where the number is another one than that of the last entry, the next sweep plans all anew.
    """
    wrong = {
        "planned_seq": seq > head.head_seq,
        "planned_until": until is None and ends is not None,
    }
    for column in (each for each, is_wrong in wrong.items() if is_wrong):
        said = text("table processes differs from the journal: {column}", column=column)
        yield Unplanned(said)


def _of_plan(definition: Definition, plan: Plan, rows: Collection[BriefRow]) -> Iterator[Unplanned]:
    """Yield what does not fit between a plan and its reminders."""
    there = {row.planned for row in rows if row.deadline == plan.deadline}
    missing = [each for each in reminders_of(definition, plan) if each not in there]
    other = [row for row in rows if row.status is Standing.PLANNED]
    other = [row for row in other if row.deadline != plan.deadline]
    if not missing and not other:
        return
    then = _by_another_calendar(definition, plan, rows)
    if then is not None:
        yield Unplanned(then, damaged=False)
    elif missing:
        yield Unplanned(
            text(
                "a reminder is missing: {due} {subject} {rung}",
                due=plan.due,
                subject=plan.subject,
                rung=missing[0].rung,
            )
        )
    else:
        yield from _not_due(other)


def _not_due(rows: Iterable[BriefRow]) -> Iterator[Unplanned]:
    for row in rows:
        if row.status is Standing.PLANNED:
            said = text(
                "a reminder is planned of what is not due: {due} {rung}", due=row.due, rung=row.rung
            )
            yield Unplanned(said)


# --- the calendar of then ------------------------------------------------------------------------


def _by_another_calendar(
    definition: Definition, plan: Plan, rows: Collection[BriefRow]
) -> Text | None:
    """Return how reminders were planned by another calendar; None where no calendar explains it."""
    ours = [row for row in rows if not row.meant_for]
    standing = {row.deadline for row in ours if row.status is Standing.PLANNED}
    for then in standing or {row.deadline for row in ours}:
        if standing <= {then} and _is_whole(definition, plan, then, ours):
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


def _is_whole(definition: Definition, plan: Plan, then: date, rows: Collection[BriefRow]) -> bool:
    """Say whether all reminders of a plan are there, by a calendar by which it ended on a day."""
    if plan.deadline is None or not (then == plan.deadline or could_have_been(then, plan.deadline)):
        return False
    planned = reminders_of(definition, replace(plan, deadline=then))
    wanted = {(each.rung, each.role, each.place) for each in planned}
    there = [row for row in rows if row.deadline == then]
    rungs = {(rung.name, rung.to): rung for rung in read_ladder(plan.ladder)}
    return {(row.rung, row.role, row.place) for row in there} == wanted and all(
        _is_explained(definition, row, rungs) for row in there
    )


def _is_explained(
    definition: Definition, row: BriefRow, rungs: dict[tuple[str, str | None], Rung]
) -> bool:
    """Say whether a reminder is at an instant that its rung had by some calendar."""
    rung = rungs.get((row.rung, row.role)) or rungs.get((row.rung, None))
    if rung is None:
        return False
    day = row.at.astimezone(zone_of(definition.timezone)).date()
    return row.at == instant_of(definition, day) and _had(rung, day, row.deadline)


def _had(rung: Rung, day: date, deadline: date) -> bool:
    if not rung.working:
        return day == rung.on(deadline)
    return could_have_been_before(day, rung.days, deadline)
