"""Working days: the calendar held against another one, and counting in it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays as calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.lengths import Length, Unit, end_of_statutory_term
from definitions.calendar.termijnenwet import (
    DECREED_YEARS,
    DECREES,
    EDITION,
    FIRST_KNOWN_YEAR,
    LAST_KNOWN_YEAR,
)
from definitions.calendar.workdays import (
    check_year,
    holidays,
    is_known,
    is_working_day,
    last_working_day,
    next_working_day,
    why_no_working_day,
    working_days_before,
)
from definitions.canonical_json import sha256_of
from definitions.language.errors import InvalidValue

YEARS = range(FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR + 1)
DAYS = st.dates(date(FIRST_KNOWN_YEAR + 1, 1, 1), date(LAST_KNOWN_YEAR - 1, 12, 31))
NUMBERS = st.integers(0, 60)
SATURDAY = 5
PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "working-days.md"
ONE_DAY = timedelta(days=1)
EQUATED = [day for days in DECREES.values() for day in days]


# --- which days --------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_are_those_of_the_law(year: int) -> None:
    """The package's public and optional holidays are ours, but for what is known to differ.

    It has 5 May and Good Friday as optional ones in most years. It has Easter Sunday and Whit
    Sunday too, which the law need not name; and no days that a decree equates.
    """
    theirs = calendar.country_holidays("NL", years=year, categories=("public", "optional"))
    equated = {day for day in EQUATED if day.year == year}

    assert _on_weekdays(theirs) == _on_weekdays(holidays(year)) - equated


def test_every_holiday_of_the_other_calendar_has_a_name_here() -> None:
    """On whatever weekday it falls: also King's Day on a Saturday, and Christmas on a Sunday."""
    sundays = {"Easter Sunday", "Pentecost"}
    theirs = calendar.country_holidays(
        "NL", years=YEARS, categories=("public", "optional"), language="en_US"
    )
    named = {day for day, name in theirs.items() if name not in sundays}

    assert named == {day for year in YEARS for day in holidays(year)} - set(EQUATED)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2021, 1, 1), "1 January 2021 is New Year’s Day"),
        (date(2021, 4, 2), "2 April 2021 is Good Friday"),
        (date(2021, 4, 5), "5 April 2021 is Easter Monday"),
        (date(2021, 4, 27), "27 April 2021 is King’s Day"),
        (date(2014, 4, 26), "26 April 2014 is King’s Day"),  # the 27th is a Sunday
        (date(2013, 4, 30), "30 April 2013 is Queen’s Day"),
        (date(2006, 4, 29), "29 April 2006 is Queen’s Day"),  # the 30th is a Sunday
        (date(2021, 5, 5), "5 May 2021 is Liberation Day"),
        (date(2021, 5, 13), "13 May 2021 is Ascension Day"),
        (date(2021, 5, 14), "14 May 2021 is equated with a holiday by royal decree"),
        (date(2021, 5, 24), "24 May 2021 is Whit Monday"),
        (date(2021, 12, 25), "25 December 2021 is Christmas Day"),
        (date(2024, 12, 26), "26 December 2024 is the second day of Christmas"),
        (date(2020, 2, 1), "1 February 2020 is a Saturday"),
        (date(2021, 4, 4), "4 April 2021 is a Sunday"),
    ],
)
def test_why_a_day_is_no_working_day(day: date, says: str) -> None:
    """Each kind of day on which nobody works is said to be what it is."""
    assert says == str(why_no_working_day(day))
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2013, 4, 29),  # the day before Queen's Day, itself on a Tuesday
        date(2014, 4, 30),  # it was Queen's Day until the year before
        date(2013, 5, 10),  # the Friday after Ascension Day, of a year whose decree is not known
        date(2029, 5, 11),  # the same, of a year for which there is none yet
        date(2022, 5, 6),  # the Friday after 5 May; no decree equates it
        date(2024, 2, 29),
        date(2021, 12, 31),
    ],
)
def test_a_day_is_a_working_day_unless_something_makes_it_none(day: date) -> None:
    """No day is equated out of habit, and none for what it was in other years."""
    assert is_working_day(day)
    assert None is why_no_working_day(day)


def test_a_decree_equates_working_days_of_its_own_years() -> None:
    """Each equated day would be a working day, stands once, and lies in the decreed years."""
    assert len(EQUATED) == len(set(EQUATED))
    assert set(DECREED_YEARS) == {day.year for day in EQUATED}
    for day in EQUATED:
        theirs = calendar.country_holidays("NL", years=day.year, categories=("public", "optional"))
        assert day.weekday() < SATURDAY
        assert day not in theirs


def test_the_page_on_working_days_has_every_decree() -> None:
    """What is counted with stands in the documents, with its source."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    expected = [
        f"| {', '.join(f'{day.day} {day:%B} {day.year}' for day in days)} | {decree} |"
        for decree, days in DECREES.items()
    ]

    assert expected == [line for line in lines if line in expected]


# --- years that are not known ------------------------------------------------------------------


@pytest.mark.parametrize("year", [FIRST_KNOWN_YEAR - 1, LAST_KNOWN_YEAR + 1])
def test_a_year_that_is_not_known_is_refused(year: int) -> None:
    """Nothing is guessed of it: which year, which are known, and what to do instead."""
    day = date(year, 3, 16)
    said = (
        f"Which days of {year} are working days is not known: the calendar has 2000 to 2050. "
        "Give a date in those years, or write “unknown” for now where that is allowed."
    )

    assert not is_known(day)
    for ask in (is_working_day, last_working_day, next_working_day, check_year):
        with pytest.raises(InvalidValue) as refused:
            ask(day)
        assert said == str(refused.value)


def test_counting_does_not_leave_the_known_years() -> None:
    """Who counts over the edge is refused too."""
    with pytest.raises(InvalidValue):
        working_days_before(date(FIRST_KNOWN_YEAR, 1, 4), 2)
    with pytest.raises(InvalidValue):
        end_of_statutory_term(date(LAST_KNOWN_YEAR, 12, 17), Length(2, Unit.WEEKS))


def test_a_weekend_is_one_in_any_year() -> None:
    """It takes no calendar of holidays to say so."""
    assert "16 March 2081 is a Sunday" == str(why_no_working_day(date(2081, 3, 16)))
    assert None is why_no_working_day(date(2081, 3, 17))


# --- counting ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        # The clock goes forward on Sunday 28 March 2021, and back on Sunday 31 October 2021.
        (date(2021, 3, 29), 1, date(2021, 3, 26)),
        (date(2021, 3, 31), 3, date(2021, 3, 26)),
        (date(2021, 11, 1), 1, date(2021, 10, 29)),
        (date(2021, 11, 2), 3, date(2021, 10, 28)),
        # 29 February, on a Saturday and on a Thursday; and a year that has none.
        (date(2020, 3, 2), 1, date(2020, 2, 28)),
        (date(2024, 3, 1), 1, date(2024, 2, 29)),
        (date(2024, 3, 4), 3, date(2024, 2, 28)),
        (date(2021, 3, 1), 1, date(2021, 2, 26)),
        # The turn of the year: 24, 25, 26 and 31 December 2018 and 1 January 2019 are free.
        (date(2019, 1, 2), 1, date(2018, 12, 28)),
        (date(2019, 1, 2), 3, date(2018, 12, 21)),
        (date(2022, 1, 3), 3, date(2021, 12, 29)),
        # 5 May in a lustrum (2020, 2025) and outside one.
        (date(2020, 5, 6), 1, date(2020, 5, 4)),
        (date(2021, 5, 6), 1, date(2021, 5, 4)),
        (date(2025, 5, 6), 1, date(2025, 5, 2)),
        # Good Friday and Easter Monday.
        (date(2021, 4, 6), 1, date(2021, 4, 1)),
        (date(2021, 4, 8), 3, date(2021, 4, 1)),
        # Ascension Day and the Friday after it, equated by decree in 2021 and not yet in 2029.
        (date(2021, 5, 17), 1, date(2021, 5, 12)),
        (date(2029, 5, 14), 1, date(2029, 5, 11)),
        # From a day that is no working day itself: a Saturday, a Sunday, and King's Day.
        (date(2020, 2, 1), 1, date(2020, 1, 31)),
        (date(2020, 2, 2), 3, date(2020, 1, 29)),
        (date(2021, 4, 27), 1, date(2021, 4, 26)),
        # The day itself.
        (date(2020, 2, 1), 0, date(2020, 2, 1)),
    ],
)
def test_counting_back_from_a_deadline(day: date, number: int, expected: date) -> None:
    """With 3 it is the third working day before the day itself, which does not count."""
    assert expected == working_days_before(day, number)


@pytest.mark.parametrize("year", YEARS)
def test_a_working_day_is_as_long_as_any_when_the_clock_changes(year: int) -> None:
    """Both changes of the clock fall in a weekend: no working day is counted twice or lost."""
    zone = ZoneInfo("Europe/Amsterdam")
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(365)]
    offsets = {
        day: datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset() for day in days
    }
    changed = [day for day in days[1:] if offsets[day] != offsets[day - ONE_DAY]]

    assert 2 == len(changed)
    assert [] == [day for day in changed if is_working_day(day)]


@given(DAYS)
def test_the_nearest_working_days_are_near_and_the_nearest(day: date) -> None:
    """Nothing between the day found and the day asked is a working day."""
    back, on = last_working_day(day), next_working_day(day)
    skipped = [*_between(back, day), *_between(day, on)]

    assert back <= day <= on
    assert is_working_day(back)
    assert is_working_day(on)
    assert [] == [each for each in skipped if is_working_day(each)]
    assert len(skipped) <= 10


@given(DAYS, st.integers(1, 60))
def test_counting_back_never_comes_after_the_deadline(day: date, number: int) -> None:
    """It is a working day before it, with so many from there up to the deadline."""
    found = working_days_before(day, number)

    assert found < day
    assert is_working_day(found)
    assert number == sum(map(is_working_day, [found, *_between(found, day)]))


@given(DAYS, DAYS, NUMBERS, NUMBERS)
def test_counting_keeps_the_order(one: date, other: date, few: int, more: int) -> None:
    """Of a later day, or by fewer days back, it is never earlier; counts add up."""
    first, last = sorted((one, other))

    assert working_days_before(first, few) <= working_days_before(last, few)
    assert working_days_before(one, few + more) == (
        working_days_before(working_days_before(one, few), more)
    )


# --- terms of the law --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "number", "ends"),
    [
        (date(2026, 2, 9), 8, date(2026, 4, 7)),  # Easter Monday
        (date(2020, 12, 11), 2, date(2020, 12, 28)),  # Christmas Day, a Friday
        (date(2021, 3, 5), 4, date(2021, 4, 6)),  # Good Friday, and Easter after it
        (date(2021, 3, 19), 8, date(2021, 5, 17)),  # the Friday after Ascension Day, by decree
        (date(2021, 2, 10), 12, date(2021, 5, 6)),  # 5 May; twelve weeks still run on
        (date(2021, 2, 3), 13, date(2021, 5, 5)),  # 5 May; thirteen do not
        (date(2020, 1, 4), 4, date(2020, 2, 3)),  # a Saturday
        (date(2020, 2, 1), 4, date(2020, 3, 2)),  # 29 February, a Saturday
        (date(2021, 2, 1), 4, date(2021, 3, 1)),
    ],
)
def test_the_end_of_a_term_of_the_law(begins: date, number: int, ends: date) -> None:
    """It runs on to the next working day (article 1) unless longer than twelve weeks (4)."""
    assert ends == end_of_statutory_term(begins, Length(number, Unit.WEEKS))


def test_a_week_always_has_two_working_days() -> None:
    """So a term in weeks never needs the second article: at least two working days in it."""
    first, last = date(FIRST_KNOWN_YEAR, 1, 1), date(LAST_KNOWN_YEAR, 12, 25)
    days = [first + timedelta(days=each) for each in range((last - first).days)]
    working = [is_working_day(day) for day in days]

    assert 2 == min(sum(working[each : each + 7]) for each in range(len(working) - 7))


def _on_weekdays(days: Iterable[date]) -> set[date]:
    return {day for day in days if day.weekday() < SATURDAY}


def _between(first: date, last: date) -> list[date]:
    """Return the days after one and before another."""
    return [first + timedelta(days=ahead) for ahead in range(1, (last - first).days)]


EDITIONS = {1: "0948d90f975d7fbe8bc8cd0a4fcc18ab1c639b8c5880de2b94fff06d18d827b4"}
"""The SHA-256 of all that is off from Monday to Friday, by the edition of the calendar."""


def test_a_calendar_that_changes_is_another_edition() -> None:
    """Whoever adds a decree raises the edition: an older program must not take it back."""
    off = sorted(day for year in YEARS for day in holidays(year) if day.weekday() < SATURDAY)
    assert EDITIONS[EDITION] == sha256_of(" ".join(each.isoformat() for each in off))
