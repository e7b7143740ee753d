"""Dates for people: in sentences and in columns, in both languages, with the names others use."""

from datetime import date, timedelta

import pytest
from babel import Locale

from definitions.calendar.dates import dated, parse_date
from definitions.language.text import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    day_in_short,
    day_in_words,
    text,
)
from screens.page import Page

DAY = date(2021, 3, 16)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_months_and_weekdays_are_called_as_everybody_calls_them(language: str) -> None:
    """The names are those of the Unicode locale data, which we do not import for them."""
    page, names = Page(language), Locale.parse(language)
    wide, short = (names.months["format"][width] for width in ("wide", "abbreviated"))
    days = names.days["format"]["abbreviated"]
    assert [wide[month] for month in range(1, 13)] == [page.say(each) for each in MONTHS]
    assert [short[month] for month in range(1, 13)] == [page.say(each) for each in SHORT_MONTHS]
    assert [days[day] for day in range(7)] == [page.say(each) for each in WEEKDAYS]


@pytest.mark.parametrize(
    ("language", "words", "short"),
    [("en", "Tue 16 March 2021", "16 Mar 2021"), ("nl", "di 16 maart 2021", "16 mrt 2021")],
)
def test_a_day(language: str, words: str, short: str) -> None:
    """A day in a sentence has its weekday; in a column it is short."""
    page = Page(language)
    assert words == page.say(day_in_words(DAY))
    assert short == page.say(day_in_short(DAY))
    assert words == page.say(text("{date}", date=DAY))


def test_every_day_of_a_week_has_its_own_name() -> None:
    """The weekday is that of the day."""
    week = [Page("nl").say(day_in_words(DAY + timedelta(days=n))) for n in range(7)]
    assert ["di", "wo", "do", "vr", "za", "zo", "ma"] == [each.split()[0] for each in week]


@pytest.mark.parametrize(
    ("written", "english", "dutch"),
    [
        ("2021-03-16", "Tue 16 March 2021", "di 16 maart 2021"),
        ("16 maart 2021", "Tue 16 March 2021", "di 16 maart 2021"),
        ("2021-03", "March 2021", "maart 2021"),
        ("2021", "2021", "2021"),
        ("begin 2021-03", "the beginning of March 2021", "begin maart 2021"),
        ("end 2021-08", "the end of August 2021", "eind augustus 2021"),
        ("by 2021-03-16", "by Tue 16 March 2021", "uiterlijk di 16 maart 2021"),
        ("uiterlijk 2021-03-16", "by Tue 16 March 2021", "uiterlijk di 16 maart 2021"),
        ("by 2021-08", "by August 2021", "uiterlijk augustus 2021"),
        (
            "2021-01-21/2021-01-26",
            "Thu 21 January 2021 – Tue 26 January 2021",
            "do 21 januari 2021 – di 26 januari 2021",
        ),
        ("unknown", "unknown", "onbekend"),
        ("eind augustus 2021", "eind augustus 2021", "eind augustus 2021"),
        ("16 March 2021", "Tue 16 March 2021", "di 16 maart 2021"),
        ("uiterlijk 16 maart 2021", "uiterlijk 16 maart 2021", "uiterlijk 16 maart 2021"),
        ("nog niet bekend", "nog niet bekend", "nog niet bekend"),
    ],
)
def test_a_date_that_is_not_a_day(written: str, english: str, dutch: str) -> None:
    """What was given in figures is shown in the reader's words, what in words in those."""
    given = parse_date(written)
    assert english == Page("en").say(text("{date}", date=given))
    assert dutch == Page("nl").say(text("{date}", date=given))
    assert dutch == Page("nl").say(dated(written))


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("by 2021-03-16", "uiterlijk 16 mrt 2021"),
        ("2021-10", "okt 2021"),
        ("2021-01-21/2021-01-26", "21 jan 2021 – 26 jan 2021"),
        ("eind augustus 2021", "eind augustus 2021"),
    ],
)
def test_a_date_in_a_column(written: str, short: str) -> None:
    """Columns have short months and no weekdays."""
    assert short == Page("nl").say(parse_date(written).in_short())


def test_what_is_no_date_is_left_as_it_is() -> None:
    """A view may say something else where a date would stand."""
    assert "?" == Page("nl").say(dated("?"))
