"""Partial dates: every form that sources use, and what each counts from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import (
    UNKNOWN,
    PartialDate,
    Precision,
    day_of,
    given_date,
    parse_date,
)
from definitions.calendar.termijnenwet import FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR
from definitions.calendar.workdays import is_working_day
from definitions.language.errors import InvalidValue

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
MONTHS_NL = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2021-03-16", Precision.DAY, date(2021, 3, 16), date(2021, 3, 16)),
        ("16 maart 2021", Precision.DAY, date(2021, 3, 16), date(2021, 3, 16)),
        ("3 July 2020", Precision.DAY, date(2020, 7, 3), date(2020, 7, 3)),
        ("2021-03", Precision.MONTH, date(2021, 3, 1), date(2021, 3, 31)),
        ("maart 2021", Precision.MONTH, date(2021, 3, 1), date(2021, 3, 31)),
        ("2020-02", Precision.MONTH, date(2020, 2, 1), date(2020, 2, 29)),
        ("2021", Precision.YEAR, date(2021, 1, 1), date(2021, 12, 31)),
        ("begin 2021-03", Precision.BEGIN, date(2021, 3, 1), date(2021, 3, 31)),
        ("early March 2021", Precision.BEGIN, date(2021, 3, 1), date(2021, 3, 31)),
        ("end 2021-08", Precision.END, date(2021, 8, 1), date(2021, 8, 31)),
        ("eind augustus 2021", Precision.END, date(2021, 8, 1), date(2021, 8, 31)),
        ("einde augustus 2021", Precision.END, date(2021, 8, 1), date(2021, 8, 31)),
        ("by 2021-03-16", Precision.BY, None, date(2021, 3, 16)),
        ("uiterlijk 16 maart 2021", Precision.BY, None, date(2021, 3, 16)),
        ("uiterlijk eind augustus 2021", Precision.BY, None, date(2021, 8, 31)),
        ("by begin 2021-08", Precision.BY, None, date(2021, 8, 1)),
        ("2021-01-21/2021-01-26", Precision.BETWEEN, date(2021, 1, 21), date(2021, 1, 26)),
        ("2021-01/2021-03", Precision.BETWEEN, date(2021, 1, 1), date(2021, 3, 31)),
        ("unknown", Precision.UNKNOWN, None, None),
        ("Nog niet bekend", Precision.UNKNOWN, None, None),
        ("  16   MAART 2021 ", Precision.DAY, date(2021, 3, 16), date(2021, 3, 16)),
    ],
)
def test_every_form_of_a_date_is_read(
    written: str, precision: Precision, first: date | None, last: date | None
) -> None:
    """A date keeps its precision, the days it covers and the words it was given in."""
    found = parse_date(written)

    assert (precision, first, last) == (found.precision, found.first, found.last)
    assert " ".join(written.split()) == str(found)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2021-02-31",
        "2021-13",
        "1821-01-01",
        "2021-3-1",
        "20210301",
        "2021-W10",
        "31 februari 2021",
        "16 maart",
        "16 mars 2021",
        "begin 2021",
        "begin 2021-03-16",
        "end",
        "by",
        "by unknown",
        "by by 2021-03-16",
        "uiterlijk by 2021-03-16",
        "by " * 5_000 + "2021-03-16",
        "begin end 2021-03",
        "2021-01-26/2021-01-21",
        "2021-01-21/2021-01-21",
        "2021-01-21/",
        "2021/2022/2023",
        "２０２１-03-16",
        "9" * 5_000,
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    """What cannot be read is refused with the forms there are, however odd it is."""
    with pytest.raises(InvalidValue, match="is not a date"):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026-02-30", "February 2026 has the days 1 to 28"),
        ("31 februari 2024", "February 2024 has the days 1 to 29"),
        ("by 2026-04-31", "April 2026 has the days 1 to 30"),
        ("2026-01-01/2026-01-00", "January 2026 has the days 1 to 31"),
        ("0-1-2026", "January 2026 has the days 1 to 31"),
        ("2026-13", "a year has the months 01 to 12"),
        ("16-16-2026", "a year has the months 01 to 12"),
        ("9999-12-31", "the years 1900 to 2199 are read"),
        ("eind augustus 1821", "the years 1900 to 2199 are read"),
        ("2021-01-26/2021-01-21", "the second day does not come after the first"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(written: str, why: str) -> None:
    """What has the form of a date is not answered with a list of forms."""
    with pytest.raises(InvalidValue) as refused:
        parse_date(written)
    assert f"“{written}” is not a date: {why}." == str(refused.value)


@pytest.mark.parametrize(
    ("written", "day", "opening", "deadline"),
    [
        ("2021-05-02", date(2021, 5, 2), date(2021, 5, 2), date(2021, 5, 2)),
        ("2021-05", date(2021, 5, 31), date(2021, 5, 1), date(2021, 5, 31)),
        ("2021-10", date(2021, 10, 31), date(2021, 10, 1), date(2021, 10, 29)),
        ("2022", date(2022, 12, 31), date(2022, 1, 1), date(2022, 12, 30)),
        ("begin 2021-05", date(2021, 5, 1), date(2021, 5, 1), date(2021, 5, 1)),
        ("eind oktober 2021", date(2021, 10, 31), date(2021, 10, 1), date(2021, 10, 29)),
        ("by 2021-10-31", date(2021, 10, 31), date(2021, 10, 31), date(2021, 10, 31)),
        ("uiterlijk oktober 2021", date(2021, 10, 31), date(2021, 10, 31), date(2021, 10, 29)),
        ("uiterlijk eind oktober 2021", date(2021, 10, 31), date(2021, 10, 31), date(2021, 10, 29)),
        ("unknown", None, None, None),
    ],
)
def test_what_a_date_counts_from(
    written: str, day: date | None, opening: date | None, deadline: date | None
) -> None:
    """A month counts from its last day, its deadline is its last working day; a day stays."""
    found = parse_date(written)

    assert (day, opening, deadline) == (found.day, found.opening_day, found.deadline)


def test_the_words_do_not_make_two_dates_different() -> None:
    """“16 maart 2021” and 2021-03-16 are the same date."""
    assert parse_date("16 maart 2021") == parse_date("2021-03-16")
    assert UNKNOWN == parse_date("onbekend")


@given(DAYS)
def test_a_day_is_read_back_in_every_form(day: date) -> None:
    """A day means itself in figures and in the words of both languages."""
    expected = PartialDate(Precision.DAY, day, day, "")

    assert expected == day_of(day)
    assert expected == parse_date(day.isoformat())
    assert expected == parse_date(f"{day.day} {MONTHS_NL[day.month - 1]} {day.year}")
    assert expected == parse_date(f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}")


@given(
    st.dates(date(FIRST_KNOWN_YEAR, 1, 1), date(LAST_KNOWN_YEAR, 12, 31)),
    st.sampled_from(["{0:%Y-%m}", "{0:%Y}", "end {0:%Y-%m}", "by {0:%Y-%m}", "by end {0:%Y-%m}"]),
)
def test_a_deadline_on_a_span_is_a_working_day_in_it(day: date, form: str) -> None:
    """The deadline of a month or a year is never after its last day, and is a working day."""
    found = parse_date(form.format(day))

    assert found.day is not None
    assert found.deadline is not None
    assert found.deadline <= found.day
    assert is_working_day(found.deadline)
    assert day.year == found.deadline.year


@pytest.mark.parametrize("written", ["1999-12", "by 2051-03", "2051"])
def test_the_last_working_day_of_an_unknown_year_is_not_known(written: str) -> None:
    """Where it is not known which days are working days, a month ends no deadline."""
    assert None is parse_date(written).deadline


@given(DAYS, st.sampled_from(["{0:%Y-%m-%d}", "by {0:%Y-%m-%d}", "begin {0:%Y-%m}"]))
def test_a_deadline_on_a_day_stays_on_that_day(day: date, form: str) -> None:
    """A day somebody chose is not moved, not even from a Sunday."""
    found = parse_date(form.format(day))

    assert found.day == found.deadline


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(written: str) -> None:
    """Nothing but a refusal comes out of a text that is no date."""
    try:
        found = parse_date(written)
    except InvalidValue:
        return
    assert " ".join(written.split()) == found.written


@pytest.mark.parametrize(
    "written",
    ["di 16 mrt 2021", "Tue 16 March 2021", "dinsdag 16 maart 2021", "16-3-2021", "16/03/2021"],
)
def test_a_day_is_read_as_screens_and_letters_have_it(written: str) -> None:
    """With its weekday, with a short month, or in figures with the day first."""
    assert date(2021, 3, 16) == parse_date(written).day


WEEKDAYS = [
    ("ma", "maandag", "Mon", "Monday"),
    ("di", "dinsdag", "Tue", "Tuesday"),
    ("wo", "woensdag", "Wed", "Wednesday"),
    ("do", "donderdag", "Thu", "Thursday"),
    ("vr", "vrijdag", "Fri", "Friday"),
    ("za", "zaterdag", "Sat", "Saturday"),
    ("zo", "zondag", "Sun", "Sunday"),
]


@given(
    DAYS,
    st.sampled_from(range(7)),
    st.sampled_from(range(4)),
    st.sampled_from(["{0} {1}", "uiterlijk {0}, {1}"]),
)
def test_a_weekday_is_that_of_its_day(day: date, weekday: int, form: int, around: str) -> None:
    """Of a date that comes in it has to fit; what was recorded is read as it stands."""
    month = (MONTHS_NL if form < 2 else MONTHS_EN)[day.month - 1]
    written = around.format(WEEKDAYS[weekday][form], f"{day.day} {month} {day.year}")

    assert day == parse_date(written).last
    if weekday == day.weekday():
        assert parse_date(written) == given_date(written)
    else:
        with pytest.raises(InvalidValue, match="cannot be: that day is"):
            given_date(written)


def test_a_slip_in_a_date_is_said_with_the_weekday_it_is() -> None:
    """Which of the two is wrong, only the source can tell."""
    with pytest.raises(InvalidValue) as raised:
        given_date("ma 16 maart 2021")

    assert (
        "“ma 16 maart 2021” cannot be: that day is Tue 16 March 2021. Look in the source which of "
        "the two is wrong. A weekday can also be left out."
    ) == str(raised.value)


@pytest.mark.parametrize("written", ["ma 2021-03", "zo 2021", "2021-01-21/2021-01-26", "onbekend"])
def test_what_is_no_single_day_has_no_weekday(written: str) -> None:
    """It is read as before."""
    assert parse_date(written) == given_date(written)
