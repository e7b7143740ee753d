"""Dates as a griffier writes them: one day in many ways, and what is left to nobody's invention."""

import re
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import Precision, date_in, given_date, parse_date
from definitions.language.errors import InvalidValue
from screens.page import Page
from tests.support.building import DOCS

DAYS = st.dates(min_value=date(1900, 1, 2), max_value=date(2199, 12, 31))
FORMS = [
    "{0:%Y-%m-%d}",
    "{0:%Y-%m}",
    "begin {0:%Y-%m}",
    "medio {0:%Y-%m}",
    "end {0:%Y-%m}",
    "by {0:%Y-%m-%d}",
    "by {0:%Y-%m}",
    "vóór {0:%Y-%m-%d}",
    "{0:%Y-%m-%d}/2200-01-01",
    "Q2 {0:%Y}",
]
ROW = re.compile(
    r"^\| (`.+`) \| (?:(any day until )?(\S+?)(?: – (\S+))?) \| (\S+) \|$", re.MULTILINE
)


def table() -> list[tuple[str, date | None, date, date]]:
    """Return what the page on dates says: as it is written, its first and last day, the day."""
    page = (DOCS / "reference" / "dates.md").read_text(encoding="utf-8")
    rows = []
    for ways, bounded, one, other, day in ROW.findall(page):
        last = date.fromisoformat(other or one)
        first = None if bounded else date.fromisoformat(one)
        rows += [
            (written, first, last, date.fromisoformat(day)) for written in ways[1:-1].split("`, `")
        ]
    return rows


@pytest.mark.parametrize(("written", "first", "last", "day"), table())
def test_a_date_is_read_as_the_page_says(
    written: str, first: date | None, last: date, day: date
) -> None:
    """In any mix of capitals and blanks; and the words are kept."""
    found = given_date(f" {written.upper()}\u00a0")
    assert (first, last, day) == (found.first, found.last, found.day)
    assert found == given_date(written)
    assert written == str(given_date(written))


def test_the_page_has_every_kind_of_date() -> None:
    """No precision is left out but that of what is not known."""
    kinds = {parse_date(written).precision for written, *_ in table()}
    assert kinds == set(Precision) - {Precision.UNKNOWN, Precision.COUNTED}


@given(DAYS)
def test_every_spelling_of_a_day_is_that_day(day: date) -> None:
    """The names are those of the Unicode locale data, in both languages, long and short."""
    figures = [f"{day.day}{sign}{day.month}{sign}{day.year}" for sign in "-./"]
    words = [
        format_date(day, form, locale)
        for locale in ("nl", "en")
        for form in ("d MMMM y", "d MMM y", "EEE d MMM y", "EEEE d MMMM y", "MMMM d, y", "d-MMM-y")
    ]
    spellings = [day.isoformat(), *figures, *words]
    for written in spellings:
        found = given_date(written)
        assert (Precision.DAY, day, day) == (found.precision, found.first, found.last)
        assert found == given_date(f"op {written}") == given_date(f"d.d. {written.upper()}")
        assert day == given_date(f"uiterlijk {written}").last
        assert day - timedelta(days=1) == given_date(f"vóór {written}").last


@given(DAYS, st.integers(1, 200))
def test_every_spelling_of_some_days_is_those_days(first: date, more: int) -> None:
    """The month and the year that only the second names are those of the first."""
    last = first + timedelta(days=more)
    if last.year not in range(1900, 2200):
        return
    one, other = (format_date(each, "EEE d MMMM y", "nl") for each in (first, last))
    spellings = [
        f"{first}/{last}",
        f"{one} – {other}",
        f"van {one} t/m {other}",
        f"tussen {one} en {other}",
        f"{first.day}-{first.month}-{first.year}/{last.day}-{last.month}-{last.year}",
    ]
    if first.year == last.year:
        spellings += [f"{first.day}-{first.month}/{last.day}-{last.month}-{last.year}"]
        spellings += [f"{format_date(first, 'd MMM', 'nl')} – {other}"]
        if first.month == last.month:
            spellings += [
                f"{first.day}{sign}{format_date(last, 'd MMMM y', 'nl')}"
                for sign in ("/", "-", " – ", " t/m ", " of ")
            ]
    for written in spellings:
        found = given_date(written)
        assert (Precision.BETWEEN, first, last) == (found.precision, found.first, found.last)


@given(
    DAYS,
    st.sampled_from(FORMS),
    st.sampled_from(["en", "nl"]),
)
def test_what_a_screen_shows_can_be_typed(day: date, form: str, language: str) -> None:
    """A date copied from a screen is the date that was shown."""
    given_there = date_in(form.format(day))
    if given_there is None:
        return
    page = Page(language)
    assert given_there == given_date(page.say(given_there.in_words()))
    assert given_there == given_date(page.say(given_there.in_short()))


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("vandaag", date(2024, 3, 1)),
        ("Today", date(2024, 3, 1)),
        ("gisteren", date(2024, 2, 29)),
        ("yesterday", date(2024, 2, 29)),
        ("eergisteren", date(2024, 2, 28)),
        ("morgen", date(2024, 3, 2)),
        ("tomorrow", date(2024, 3, 2)),
    ],
)
def test_a_word_for_today_is_kept_as_the_day_it_is(word: str, day: date) -> None:
    """Whoever reads it later would take it for another; without a day to count from, it is none."""
    today = date(2024, 3, 1)
    assert day.isoformat() == str(given_date(word, today))
    assert f"uiterlijk {day}" == str(given_date(f"uiterlijk {word}", today))
    with pytest.raises(InvalidValue, match="Which day that is depends on when it is read"):
        given_date(word)
    assert None is date_in(word)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("voorjaar 2021", "a season has no first and last day that everybody agrees on."),
        ("het najaar van 2021", "a season has no first and last day that everybody agrees on."),
        ("rond 16 maart 2021", "it does not say how many days before or after that it can be."),
        ("ca. maart 2021", "it does not say how many days before or after that it can be."),
        ("16 maart", "it has no year."),
        ("March 16", "it has no year."),
        ("di 16/3", "it has no year."),
        ("16-3-21", "a year has four figures."),
        ("16 mrt. ’21", "a year has four figures."),
        ("eind 2021", "only a month has a beginning, a middle and an end."),
        ("medio Q1 2021", "only a month has a beginning, a middle and an end."),
        ("\u200e16-3-2021", "U+200E (LEFT-TO-RIGHT MARK) stands in it."),
        ("16\u200b-3-2021", "U+200B (ZERO WIDTH SPACE) stands in it."),
        ("26/21 januari 2021", "the second day does not come after the first."),
        ("30/31 februari 2021", "February 2021 has the days 1 to 28."),
        ("31-11 / 2-12-2021", "November 2021 has the days 1 to 30."),
        ("uiterlijk medio 13-2021", "a year has the months 01 to 12."),
        ("5e kwartaal 2021", None),
        ("3e helft 2021", None),
        ("Q5 2021", None),
        ("na de zomer", None),
        ("vanaf 1 april 2021", None),
        ("op op 16 maart 2021", None),
        ("uiterlijk vóór 1 april 2021", None),
        ("vóór uiterlijk 1 april 2021", None),
        ("vóór eind maart 2021", None),
        ("tussen maart 2021", None),
        ("21/26/28 januari 2021", None),
        ("21 – 26 – 28 januari 2021", None),
        ("2021-01-21/26", None),
        ("16e", None),
    ],
)
def test_what_would_have_to_be_invented_is_refused(written: str, why: str | None) -> None:
    """With what is missing, where that is one thing; else with every way there is."""
    with pytest.raises(InvalidValue) as refused:
        given_date(written)
    expected = f"is not a date: {why}" if why else "is not a date. Write a day (2021-03-16, "
    assert expected in str(refused.value)


def test_every_weekday_that_is_named_has_to_fit() -> None:
    """Also that of the first of two days, and of the day before which something was."""
    assert Precision.BETWEEN is given_date("do 21/di 26 januari 2021").precision
    for slip in ("wo 21/di 26 januari 2021", "do 21/wo 26 januari 2021", "vóór vr 1 april 2021"):
        with pytest.raises(InvalidValue, match="cannot be: that day is"):
            given_date(slip)
