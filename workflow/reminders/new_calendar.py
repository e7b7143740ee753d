"""How another calendar changes a process: that of a newer program, or other time zone data.

The next writer finds it, never a query: a command, a sweep, or an upgrade of the database. A
running term ends on the day of the new calendar; a term that has ended is only reported. The result
is one entry by the program itself, and reminders planned by it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from definitions.calendar.dates import day_of, parse_date
from definitions.calendar.workdays import could_have_been
from definitions.calendar.zones import has_zone
from definitions.language.values import dataclass, replace
from definitions.model import Definition
from workflow.model.calendars import Calendar, calendar_of
from workflow.model.events import CalendarFollowed, Happening, Shift
from workflow.model.reminders import Standing
from workflow.model.state import State
from workflow.reminders.planning import count_moved, planned_day
from workflow.rules.deadlines import Plan, PlanKey, Plans, plans_of
from workflow.rules.fold import with_shifts
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import counted_from, depends_on_calendar, due_date, term_holders
from workflow.storage import reminders
from workflow.storage.calendars import calendar_kept
from workflow.storage.database import Connection
from workflow.storage.reading import Head
from workflow.storage.reminders import BriefRow

MIJLPAAL = "mijlpaal"
"""The actor of entries that follow a calendar: the program itself."""


@dataclass(frozen=True, slots=True)
class NewCalendar:
    """A difference between the calendar by which a process was planned and the present one.

    Attributes:
        calendar: that of now.
        newer: it is not known to be older than the calendar of the plans. An older calendar changes
            no plans.
        happening: the event that records the changes; None if there are none.
        known: the calendar of the plans is known; otherwise all of them are made anew, whatever
            changed.
    """

    calendar: Calendar
    newer: bool = True
    happening: Happening | None = None
    known: bool = True


def new_calendar(connection: Connection, head: Head, process: Snapshot) -> NewCalendar | None:
    """Return how the present calendar changes a process; None if it was planned by that.

    Args:
        process: as it stands today, in its zone.
    """
    definition, state, today = process.definition, process.state, process.day
    if not has_zone(definition.timezone):
        return None
    now = calendar_of(definition.timezone)
    if head.calendar == now.sha256:
        return None
    then = calendar_kept(connection, head.calendar)
    if then is not None and now.is_older_than(then):
        return NewCalendar(now, newer=False)
    rows = reminders.brief_rows_of(connection, head.id, head.head_seq)
    year = reminders.planning_of(connection, head.id).year
    planned = process.on(planned_day(process, year))
    if then is None:
        shifts = list(_by_rows(process, plans_of(planned), rows))
    else:
        shifts = list(_by_days(process, then))
    ended = [each for each in shifts if max(each.was, each.ends) < today]
    event = CalendarFollowed(
        calendar=now.sha256,
        off=_days(now, then, state),
        working=() if then is None else _days(then, now, state),
        clock=now.zone if then is not None and then.clock != now.clock else None,
        moved=tuple(str(each) for each in shifts if each not in ended),
        ended=tuple(map(str, ended)),
    )
    plans = plans_of(planned.with_state(with_shifts(state, event, today, 0)))
    moments = 0 if then is None and not shifts else count_moved(definition, plans, rows)
    if not shifts and not moments:
        return NewCalendar(now, known=then is not None)
    event = replace(event, reminders=moments)
    happening = Happening(event, day_of(today), today)
    return NewCalendar(now, happening=happening, known=then is not None)


def _days(now: Calendar, then: Calendar | None, state: State) -> tuple[str, ...]:
    """Return the days of a process that are off by one calendar and not by the one before it."""
    found = () if then is None else sorted(now.off - then.off)
    return tuple(day.isoformat() for day in found if day >= state.begins)


def _by_days(now: Snapshot, then: Calendar) -> Iterator[Shift]:
    """Yield the terms that end on another day than by the known former calendar."""
    for due in now.definition.dues.values():
        for party in term_holders(now, due):
            before = due_date(now, due, party, works=then.works)
            was = before.deadline_by(then.works)
            ends = due_date(now, due, party).deadline
            if was is not None and ends is not None and was != ends:
                yield Shift(was, ends, counted_from(now, due, party), due.ref, party)


def _by_rows(now: Snapshot, plans: Plans, rows: Iterable[BriefRow]) -> Iterator[Shift]:
    """Yield the same from the reminders, if the former calendar is not known."""
    found: dict[tuple[str, str], Shift] = {}
    for key, last in _last_of_each(rows).items():
        plan = plans.get(key)
        if plan is None or plan.deadline is None or plan.deadline == last.deadline:
            continue
        if could_have_been(last.deadline, plan.deadline) and _has_working_day(now.definition, plan):
            shift = _of_row(now, plan, last.deadline, plan.deadline)
            found[shift.due, shift.party] = shift
    yield from found.values()


def _last_of_each(rows: Iterable[BriefRow]) -> dict[PlanKey, BriefRow]:
    """Return the latest planned reminder of each plan."""
    found: dict[PlanKey, BriefRow] = {}
    for row in rows:
        known = found.get(row.plan)
        stands = row.status is not Standing.CANCELLED and not row.meant_for
        if stands and (known is None or row.version > known.version):
            found[row.plan] = row
    return found


def _has_working_day(definition: Definition, plan: Plan) -> bool:
    """Return whether the deadline of a plan depends on which days are off."""
    due = definition.dues[plan.ref]
    return depends_on_calendar(due) or parse_date(plan.written).ends_on_working_day


def _of_row(now: Snapshot, plan: Plan, was: date, ends: date) -> Shift:
    due = now.definition.dues[plan.ref]
    party = plan.place if plan.place in term_holders(now, due) else ""
    return Shift(was, ends, counted_from(now, due, party), plan.ref, party)
