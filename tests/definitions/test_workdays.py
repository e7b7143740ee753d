"""Working days, held against another calendar."""

from datetime import date, timedelta

import holidays as calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.workdays import holidays, is_working_day, last_working_day

YEARS = range(2000, 2041)
SATURDAY = 5


@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_are_those_of_the_law(year: int) -> None:
    """The package's public and optional holidays are ours (it has 5 May and Good Friday there)."""
    theirs = calendar.country_holidays("NL", years=year, categories=("public", "optional"))

    assert _on_weekdays(set(theirs)) == _on_weekdays(holidays(year))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2021, 1, 1), "New Year's Day"),
        (date(2021, 4, 2), "Good Friday"),
        (date(2021, 4, 5), "Easter Monday"),
        (date(2021, 4, 27), "King's Day"),
        (date(2014, 4, 26), "King's Day, a day earlier as the 27th is a Sunday"),
        (date(2012, 4, 30), "Queen's Day"),
        (date(2021, 5, 5), "5 May, also outside the years of a lustrum"),
        (date(2021, 5, 13), "Ascension Day"),
        (date(2021, 5, 24), "Whit Monday"),
        (date(2021, 12, 25), "Christmas Day"),
        (date(2024, 12, 26), "the second day of Christmas"),
    ],
)
def test_each_holiday_of_the_law_is_one(day: date, name: str) -> None:
    """Each holiday of the third article of the Algemene termijnenwet is known."""
    assert day in holidays(day.year), name
    assert not is_working_day(day)


def test_the_friday_after_ascension_day_is_a_working_day() -> None:
    """Days equated by royal decree are not in the table."""
    assert is_working_day(date(2021, 5, 14))


@settings(deadline=None)
@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_the_last_working_day_is_near_and_the_nearest(day: date) -> None:
    """Nothing between the day found and the day asked is a working day."""
    found = last_working_day(day)
    skipped = [found + timedelta(days=ahead + 1) for ahead in range((day - found).days)]

    assert is_working_day(found)
    assert [] == [each for each in skipped if is_working_day(each)]
    assert len(skipped) <= 5


def _on_weekdays(days: set[date] | frozenset[date]) -> set[date]:
    return {day for day in days if day.weekday() < SATURDAY}
