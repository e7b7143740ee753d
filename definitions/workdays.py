"""Working days under the Algemene termijnenwet: not a weekend, not a general holiday.

The holidays are those of article 3, first paragraph; Good Friday is equated with one by the
same article. Days equated by royal decree are not in this table.
"""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY, _SUNDAY = 5, 6
_KINGS_DAY_SINCE = 2014
_ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Say whether the Algemene termijnenwet counts this day as a working day."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def last_working_day(day: date) -> date:
    """Return the last working day up to and including this one."""
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def next_working_day(day: date) -> date:
    """Return the first working day from this one on (Algemene termijnenwet, article 1)."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def working_days_before(day: date, number: int) -> date:
    """Return the working day that lies a number of working days before a day."""
    for _ in range(number):
        day = last_working_day(day - _ONE_DAY)
    return day


@lru_cache
def holidays(year: int) -> frozenset[date]:
    """Return the general holidays of a year (Algemene termijnenwet, article 3)."""
    easter = _easter(year)
    movable = {easter + timedelta(days=offset) for offset in (-2, 1, 39, 50)}
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 5), (12, 25), (12, 26))}
    return frozenset(movable | fixed | {_monarchs_day(year)})


def _monarchs_day(year: int) -> date:
    """27 April (30 April before 2014), a day earlier where that is a Sunday."""
    day = date(year, 4, 27 if year >= _KINGS_DAY_SINCE else 30)
    return day - _ONE_DAY if day.weekday() == _SUNDAY else day


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
