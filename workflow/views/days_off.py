"""Deadlines to come that end on a day that is no working day; remarked on, never moved."""

from collections.abc import Iterable
from datetime import date

from definitions.calendar.workdays import why_no_working_day
from definitions.language.text import Text
from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class DayOff:
    """A deadline on a day that is no working day.

    Attributes:
        due: its id, without a party if all parties share it.
        says: why the day is no working day: “1 February 2020 is a Saturday”.
    """

    due: str
    says: Text


def days_off(dated: Iterable[tuple[str, date]], goal: date | None) -> tuple[DayOff, ...]:
    """Return which deadlines end on a day that is no working day.

    Args:
        dated: the deadlines that are still to come, each with its day.
        goal: the day of the goal. On it something takes effect, which may be any day.
    """
    found: dict[tuple[str, date], DayOff] = {}
    for due, day in dated:
        says = None if day == goal else why_no_working_day(day)
        if says is not None:
            found.setdefault((due.partition("@")[0], day), DayOff(due.partition("@")[0], says))
    return tuple(found.values())
