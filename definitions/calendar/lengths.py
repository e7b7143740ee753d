"""How far a term reaches: so many days, weeks or months, or until the next 1 January.

A length is counted from a day, which does not count itself. Months and years go by the calendar:
to the same number in a later month, or to the last day of a month that has no such number (a month
after 31 January is 28 or 29 February). Working days are those of ``workdays``. A term of the law
that ends on a day off runs on to the next working day, unless it is too long for that (Algemene
termijnenwet 1 and 4).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from definitions.calendar.workdays import (
    Works,
    is_working_day,
    next_working_day,
    working_days_after,
    working_days_before,
)
from definitions.language.values import dataclass

_ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """The unit in which a term is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


LONGEST: Mapping[Unit, int] = {
    Unit.DAYS: 3652,
    Unit.WORKING_DAYS: 2600,
    Unit.WEEKS: 520,
    Unit.MONTHS: 120,
    Unit.YEARS: 10,
}
"""How many of each a term has at most: ten years."""
LONGEST_EXTENDED: Mapping[Unit, int] = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3}
"""How many of each a term of the law has at most, to run on (article 4)."""
_SHORTEST_FILLED = 3
"""How many days a term of the law has at least, to be sure of two working days (article 2)."""


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a term: 8 weeks, 2 months."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class NextDay:
    """A day that each year has: the first one after the day from which is counted."""

    month: int
    day: int

    def __str__(self) -> str:
        """Return it as a definition has it: ``01-01``."""
        return f"{self.month:02}-{self.day:02}"


Distance = Length | NextDay
"""How far the end of a term lies from the day from which it is counted."""


def runs_on(length: Length) -> bool:
    """Return whether a term of the law of this length runs on to a working day."""
    return length.number <= LONGEST_EXTENDED.get(length.unit, 0)


def day_after(begins: date, distance: Distance, works: Works = is_working_day) -> date:
    """Return the day that lies so far after another.

    Args:
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: working days are counted, and those of the year are not known.
    """
    match distance:
        case NextDay(month, day):
            this_year = date(begins.year, month, day)
            return this_year if this_year > begins else date(begins.year + 1, month, day)
        case Length(number, Unit.WORKING_DAYS):
            return working_days_after(begins, number, works)
        case Length(number, unit):
            return _moved(begins, number, unit)


def day_before(ends: date, length: Length, works: Works = is_working_day) -> date:
    """Return the day that lies so far before another.

    Args:
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: working days are counted, and those of the year are not known.
    """
    if length.unit is Unit.WORKING_DAYS:
        return working_days_before(ends, length.number, works)
    return _moved(ends, -length.number, length.unit)


def first_day_with(day: date, length: Length) -> date:
    """Return the first day that a day lies so far before, or farther.

    It can differ from the day so far after it: of months that are not equally long, and where it is
    no working day.

    Raises:
        InvalidValue: see ``day_before``.
    """
    if length.unit is Unit.WORKING_DAYS:
        return working_days_after(day - _ONE_DAY, length.number) + _ONE_DAY
    found = _moved(day, length.number, length.unit)
    while day_before(found, length) < day:
        found += _ONE_DAY
    return found


def end_of_statutory_term(begins: date, length: Length, works: Works = is_working_day) -> date:
    """Return the last day of a term of the law that is counted from a day.

    A term that ends on a day that is no working day runs on to the next one (article 1), unless
    it is of more than twelve weeks, ninety days or three months (article 4). One of three days or
    more has two working days in it (article 2).

    Args:
        begins: the day from which it is counted.
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: see ``is_working_day``.
    """
    ends = day_after(begins, length, works)
    if not runs_on(length):
        return ends
    ends = next_working_day(ends, works)
    if length.unit is Unit.DAYS and length.number >= _SHORTEST_FILLED:
        return max(ends, working_days_after(begins, 2, works))
    return ends


def _moved(day: date, number: int, unit: Unit) -> date:
    match unit:
        case Unit.DAYS | Unit.WORKING_DAYS:
            return day + timedelta(days=number)
        case Unit.WEEKS:
            return day + timedelta(weeks=number)
        case Unit.MONTHS:
            return _in_another_month(day, number)
        case Unit.YEARS:
            return _in_another_month(day, 12 * number)


def _in_another_month(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - _ONE_DAY
    return first.replace(day=min(day.day, last.day))
