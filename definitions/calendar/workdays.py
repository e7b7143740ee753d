"""Working days under the Algemene termijnenwet: not a weekend, not a general holiday.

Which days are holidays stands in ``definitions.calendar.termijnenwet``, with the years it knows.
About a day outside those years nothing is guessed: who counts there is refused. Wherever a deadline
comes in (a definition, a command), ``check_year`` refuses it at once, so that no query meets it
later.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache

from definitions.calendar.termijnenwet import (
    AFTER_EASTER,
    DECREED_YEARS,
    DECREES,
    EACH_YEAR,
    FIRST_KNOWN_YEAR,
    LAST_KNOWN_YEAR,
    MONARCHS_DAYS,
)
from definitions.language.errors import InvalidValue
from definitions.language.text import MONTHS, Text, text

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)
Works = Callable[[date], bool]
"""Says whether a day is a working day, by some calendar."""
LONGEST_REST = 7
"""How many days a decree moves a deadline at most: no more days off stand in a row."""
_MOST_TO_COME = 2
"""How many days of one term a decree that is not known here is thought to equate."""


# --- one day -----------------------------------------------------------------------------------


def is_working_day(day: date) -> bool:
    """Return whether the Algemene termijnenwet counts this day as a working day.

    Raises:
        InvalidValue: it lies outside the years that are known.
    """
    off = holidays(day.year)  # a year that is not known is refused on a weekend too
    return day.weekday() < _SATURDAY and day not in off


def why_no_working_day(day: date) -> Text | None:
    """Return why a day is no working day: “1 February 2020 is a Saturday”.

    Returns:
        None for a working day; and for a weekday outside the years that are known.
    """
    named = text("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=day.year)
    holiday = holidays(day.year).get(day) if is_known(day) else None
    if holiday is not None:
        return text("{day} is {holiday}", day=named, holiday=holiday)
    if day.weekday() == _SATURDAY:
        return text("{day} is a Saturday", day=named)
    return text("{day} is a Sunday", day=named) if day.weekday() == _SUNDAY else None


def last_working_day(day: date, works: Works = is_working_day) -> date:
    """Return the last working day up to and including this one.

    Args:
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: see ``is_working_day``.
    """
    while not works(day):
        day -= _ONE_DAY
    return day


def next_working_day(day: date, works: Works = is_working_day) -> date:
    """Return the first working day from this one on.

    Args:
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: see ``is_working_day``.
    """
    while not works(day):
        day += _ONE_DAY
    return day


# --- counting ----------------------------------------------------------------------------------


def working_days_before(day: date, number: int, works: Works = is_working_day) -> date:
    """Return the day so many working days before another: with 3, the third one before it.

    Args:
        day: from which is counted back; it does not count itself, working day or not.
        number: how many; with 0, the day itself.
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: see ``is_working_day``.
    """
    for _ in range(number):
        day = last_working_day(day - _ONE_DAY, works)
    return day


def working_days_after(day: date, number: int, works: Works = is_working_day) -> date:
    """Return the day so many working days after another: with 3, the third one after it.

    Args:
        day: from which is counted; it does not count itself, working day or not.
        number: how many; with 0, the day itself.
        works: the calendar, where it is another one than that of now.

    Raises:
        InvalidValue: see ``is_working_day``.
    """
    for _ in range(number):
        day = next_working_day(day + _ONE_DAY, works)
    return day


# --- other calendars ---------------------------------------------------------------------------


def could_have_been(then: date, now: date) -> bool:
    """Return whether a term that ends on one day now could have ended on another by other decrees.

    Days are equated with a holiday by decrees that come one after the other; a calendar of before
    the last one, or of after one that is not known here, has other working days.

    Args:
        then: the day on which it ended by the calendar of then.
        now: the day on which it ends by this one.
    """
    first, last = min(then, now), max(then, now)
    if not (is_known(first) and is_known(last)) or (last - first).days > LONGEST_REST:
        return False
    between = [first + _ONE_DAY * number for number in range(1, (last - first).days)]
    if any(is_working_day(day) for day in between):
        return False
    # Then a day counted that does not any more, or one does not count yet that will by a decree.
    return _is_equated(then) if not is_working_day(then) else _can_be_equated(now)


def could_have_been_before(day: date, number: int, deadline: date) -> bool:
    """Return whether, by other decrees, a day could be so many working days before another."""
    if not is_known(day) or not is_known(deadline):
        return False
    if day >= deadline:
        return number == 0 and day == deadline
    span = [day + _ONE_DAY * each for each in range((deadline - day).days)]
    if not is_working_day(day) and not _is_equated(day):
        return False
    working = [each for each in span if is_working_day(each)]
    equated = sum(map(_is_equated, span))
    to_come = min(sum(map(_can_be_equated, working)), _MOST_TO_COME)
    return len(working) - to_come <= number <= len(working) + equated


def _is_equated(day: date) -> bool:
    return any(day in days for days in DECREES.values())


def _can_be_equated(day: date) -> bool:
    return is_working_day(day) and day.year not in DECREED_YEARS


# --- the years ---------------------------------------------------------------------------------


def is_known(day: date) -> bool:
    """Return whether a day lies in the years whose working days are known."""
    return FIRST_KNOWN_YEAR <= day.year <= LAST_KNOWN_YEAR


def check_year(day: date) -> None:
    """Refuse a day outside the years whose working days are known.

    Raises:
        InvalidValue: it is outside.
    """
    if not is_known(day):
        raise _unknown_year(day.year)


def _unknown_year(year: int) -> InvalidValue:
    return InvalidValue(
        text(
            "Which days of {year} are working days is not known: the calendar has {first} to "
            "{last}.",
            year=year,
            first=FIRST_KNOWN_YEAR,
            last=LAST_KNOWN_YEAR,
        ),
        advice=text(
            "Give a date in those years, or write “unknown” for now where that is allowed."
        ),
    )


@cache
def holidays(year: int) -> Mapping[date, Text]:
    """Return the holidays of a year and the days equated with one, each with its name.

    Raises:
        InvalidValue: that year is not known.
    """
    if not FIRST_KNOWN_YEAR <= year <= LAST_KNOWN_YEAR:
        raise _unknown_year(year)
    equated = text("equated with a holiday by royal decree")
    easter = _easter(year)
    return {
        **{day: equated for days in DECREES.values() for day in days if day.year == year},
        **{easter + timedelta(days=after): name for after, name in AFTER_EASTER.items()},
        **{date(year, month, day): name for (month, day), name in EACH_YEAR.items()},
        **_monarchs_day(year),
    }


def _monarchs_day(year: int) -> dict[date, Text]:
    since = max(first for first in MONARCHS_DAYS if first <= year)
    month, number, name = MONARCHS_DAYS[since]
    day = date(year, month, number)
    return {day - _ONE_DAY if day.weekday() == _SUNDAY else day: name}


def _easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the method of Butcher."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
