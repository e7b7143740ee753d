"""How far a term reaches: by days, working days, weeks, months and years, or to the next day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.lengths import (
    LONGEST_EXTENDED,
    Distance,
    Length,
    NextDay,
    Unit,
    day_after,
    day_before,
    end_of_statutory_term,
    first_day_with,
)
from definitions.calendar.workdays import is_working_day

DAYS = st.dates(date(2005, 1, 1), date(2045, 12, 31))
LENGTHS = st.builds(Length, st.integers(1, 30), st.sampled_from(Unit)).filter(
    lambda each: each.number <= 4 or each.unit is not Unit.YEARS
)
YEAR_DAYS = st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(
    lambda each: NextDay(each.month, each.day)
)


@pytest.mark.parametrize(
    ("begins", "distance", "ends"),
    [
        (date(2026, 1, 31), Length(1, Unit.MONTHS), date(2026, 2, 28)),
        (date(2028, 1, 31), Length(1, Unit.MONTHS), date(2028, 2, 29)),
        (date(2026, 1, 31), Length(2, Unit.MONTHS), date(2026, 3, 31)),
        (date(2026, 2, 28), Length(1, Unit.MONTHS), date(2026, 3, 28)),
        (date(2026, 11, 30), Length(3, Unit.MONTHS), date(2027, 2, 28)),
        (date(2028, 2, 29), Length(1, Unit.YEARS), date(2029, 2, 28)),
        (date(2028, 2, 29), Length(4, Unit.YEARS), date(2032, 2, 29)),
        (date(2026, 5, 11), Length(90, Unit.DAYS), date(2026, 8, 9)),
        (date(2026, 5, 12), Length(3, Unit.WORKING_DAYS), date(2026, 5, 19)),  # Ascension Day
        (date(2026, 5, 16), Length(1, Unit.WORKING_DAYS), date(2026, 5, 18)),  # from a Saturday
        (date(2026, 1, 1), NextDay(1, 1), date(2027, 1, 1)),  # not the day itself
        (date(2026, 12, 31), NextDay(1, 1), date(2027, 1, 1)),
        (date(2026, 1, 1), NextDay(1, 2), date(2026, 1, 2)),
    ],
)
def test_the_day_that_lies_so_far_after_another(
    begins: date, distance: Distance, ends: date
) -> None:
    """Months keep the number of the day, or end on the last one; the first day does not count."""
    assert ends == day_after(begins, distance)


@given(DAYS, LENGTHS)
def test_counting_back_is_the_other_way_round(day: date, length: Length) -> None:
    """The first day that a day lies so far before, or farther: a day earlier is too few."""
    first = first_day_with(day, length)

    assert day_before(first, length) >= day > day_before(first - timedelta(1), length)


@given(DAYS, DAYS, LENGTHS | YEAR_DAYS)
def test_a_later_day_is_never_counted_to_an_earlier_one(
    one: date, other: date, distance: Distance
) -> None:
    """What begins later ends as late at least, and after it began."""
    first, last = sorted((one, other))

    assert first < day_after(first, distance) <= day_after(last, distance)


@given(DAYS, YEAR_DAYS)
def test_the_next_such_day_is_the_first_one_after_it(day: date, next_day: NextDay) -> None:
    """It is that day of the year, and there is none in between."""
    found = day_after(day, next_day)

    assert (next_day.month, next_day.day) == (found.month, found.day)
    assert timedelta(0) < found - day <= timedelta(366)


@given(DAYS, LENGTHS)
def test_a_term_of_the_law_runs_on_to_a_working_day_if_it_is_short(
    day: date, length: Length
) -> None:
    """It never ends before its length, and of a length that runs on never on a day off."""
    plain, ends = day_after(day, length), end_of_statutory_term(day, length)

    assert plain <= ends
    short = length.number <= LONGEST_EXTENDED.get(length.unit, 0)
    assert is_working_day(ends) if short else ends == plain


@pytest.mark.parametrize(
    ("begins", "length", "ends"),
    [
        (date(2026, 2, 8), Length(90, Unit.DAYS), date(2026, 5, 11)),  # a Saturday
        (date(2026, 2, 7), Length(91, Unit.DAYS), date(2026, 5, 9)),
        (
            date(2026, 2, 14),
            Length(3, Unit.MONTHS),
            date(2026, 5, 18),
        ),  # off till Monday
        (date(2026, 1, 14), Length(4, Unit.MONTHS), date(2026, 5, 14)),
        (date(2025, 5, 14), Length(1, Unit.YEARS), date(2026, 5, 14)),
        (date(2026, 4, 2), Length(3, Unit.DAYS), date(2026, 4, 8)),  # two working days in it
        (date(2026, 4, 2), Length(2, Unit.DAYS), date(2026, 4, 7)),
    ],
)
def test_how_long_a_term_of_the_law_may_be_to_run_on(
    begins: date, length: Length, ends: date
) -> None:
    """Ninety days or three months, and no year; three days have two working days (article 2)."""
    assert ends == end_of_statutory_term(begins, length)
