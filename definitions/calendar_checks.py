"""Checks on the dues of a definition against the calendar.

None of them finds a fault: a date that somebody chose is only remarked on, never moved.
"""

from collections.abc import Iterator
from itertools import chain

from definitions.calendar.dates import PartialDate
from definitions.calendar.lengths import LONGEST_EXTENDED, Length, Unit, runs_on
from definitions.calendar.termijnenwet import DECREED_YEARS
from definitions.calendar.workdays import why_no_working_day
from definitions.ladders import read_ladder
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Definition, Due, Relation


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about a due, which does not make the definition unusable.

    Attributes:
        due: the reference of the due.
        says: the doubt.
    """

    due: str
    says: Text


def doubts_about(definition: Definition) -> list[Doubt]:
    """Return the doubts about the dues of a definition."""
    goal = definition.goal.date if definition.goal else None
    return [
        Doubt(due.ref, says)
        for due in chain.from_iterable(each.bounds for each in definition.dues.values())
        for says in (day_off(due.date, goal), _not_extended(due), _not_decreed(due, definition))
        if says is not None and not due.target
    ] + list(_beside_the_goal(definition))


def _beside_the_goal(definition: Definition) -> Iterator[Doubt]:
    """Yield that the state of the goal is due after it, or that another one is due on its day."""
    goal = definition.goal
    if goal is None or goal.of is None or goal.date.day is None:
        return
    name, state = goal.of
    dues = definition.milestones[name].dues
    own = dues[state].date if state in dues else None
    if own is not None and own.deadline is not None and own.deadline > goal.date.day:
        said = text("This is due after the goal ({goal}), which it reaches.", goal=goal.date)
        yield Doubt(dues[state].ref, said)
    for other, due in dues.items():
        if other != state and due.date == goal.date and own != goal.date:
            said = text("This is due on the day of the goal, which “{state}” reaches.", state=state)
            yield Doubt(due.ref, said)


def day_off(chosen: PartialDate, goal: PartialDate | None) -> Text | None:
    """Return why a chosen date is no working day; None if it is one.

    Args:
        chosen: the date; one without a day, or that always ends on a working day, is never in
            doubt.
        goal: the goal of the process; something takes effect on it, which may be any day.
    """
    if chosen.deadline is None or chosen == goal:
        return None
    return why_no_working_day(chosen.deadline)


def _not_decreed(due: Due, definition: Definition) -> Text | None:
    """Return that working days are counted in a year that may get more days off, where they are."""
    deadline = due.date.deadline
    if deadline is None or deadline.year in DECREED_YEARS:
        return None
    rungs = read_ladder(definition.ladders[due.ladder]) if due.ladder else ()
    if not due.date.ends_on_working_day and not any(rung.working for rung in rungs):
        return None
    return text(
        "Working days are counted here, and which days of {year} are equated with a holiday is "
        "not known.",
        year=deadline.year,
    )


def _not_extended(due: Due) -> Text | None:
    """Return that a term of the law does not run on to a working day, where it says it does."""
    if not due.statutory:
        return None
    if due.relation is Relation.BEFORE:
        return text("A term that is counted back does not run on (Algemene termijnenwet 1).")
    length = due.distance
    if not isinstance(length, Length) or length.unit is Unit.WORKING_DAYS or runs_on(length):
        return None
    return text(
        "A term of more than {weeks} weeks, {days} days or {months} months does not run on "
        "(Algemene termijnenwet 4).",
        weeks=LONGEST_EXTENDED[Unit.WEEKS],
        days=LONGEST_EXTENDED[Unit.DAYS],
        months=LONGEST_EXTENDED[Unit.MONTHS],
    )
