"""The calendar of the Algemene termijnenwet, as data: the holidays, since when, and on whose word.

Article 3 of the law (BWBR0002448) names the holidays, equates Good Friday with them, and lets
royal decrees equate other days. A decree is here with its own days; none is guessed from the
habit behind them. To learn of a new decree, or of a change of the law, is to change this file.
"""

from datetime import date

from definitions.language.text import text

EDITION = 1
"""Which calendar this is: raise it with each change of this file.

A process that was planned by a later one is not planned anew by a program that has this one.
"""

FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR = 2000, 2050
"""The years whose rules are known to us.

The first is the first whole year of the oldest text of the law that was read (in force from 17
February 1999; its article 3 is that of the text in force since 10 October 2010). The last is as
far ahead as a date is fixed in earnest; it follows from the law as it is, while nobody changes it.
"""

# Article 3, first paragraph; Good Friday by the second.
AFTER_EASTER = {
    -2: text("Good Friday"),
    1: text("Easter Monday"),
    39: text("Ascension Day"),
    50: text("Whit Monday"),
}
"""The holidays that move with Easter, by how many days after Easter Sunday they are."""

EACH_YEAR = {
    (1, 1): text("New Year’s Day"),
    (5, 5): text("Liberation Day"),  # in the law every year, whatever a labour agreement says
    (12, 25): text("Christmas Day"),
    (12, 26): text("the second day of Christmas"),
}
"""The holidays that have the same date each year: month and day."""

MONARCHS_DAYS = {
    # Besluit van 24 april 1980, nr. 11 (BWBR0031338), withdrawn from 1 January 2014.
    FIRST_KNOWN_YEAR: (4, 30, text("Queen’s Day")),
    # Besluit van 30 januari 2013, nr. 13.000173, Stcrt. 2013, 4075 (BWBR0032908).
    2014: (4, 27, text("King’s Day")),
}
"""“The day on which the birthday of the King is celebrated”, by the first year in which it was so.

Both decrees except Sundays: then it is the day before.
"""

DECREES = {
    "Besluit van 17 juni 2013, nr. 13.001210": (
        date(2014, 5, 30),
        date(2015, 1, 2),
        date(2015, 5, 4),
        date(2015, 5, 15),
        date(2016, 5, 6),
    ),
    "Besluit van 24 oktober 2016, nr. 2016001827, Stcrt. 2016, 58653 (BWBR0038666)": (
        date(2017, 4, 28),
        date(2017, 5, 26),
        date(2018, 5, 11),
        date(2018, 12, 24),
        date(2018, 12, 31),
        date(2019, 5, 31),
        date(2019, 12, 27),
    ),
    "Besluit van 20 september 2019": (
        date(2020, 5, 22),
        date(2021, 5, 14),
        date(2022, 5, 27),
    ),
    "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en "
    "30 mei 2025 met een algemeen erkende feestdag": (
        date(2023, 4, 28),
        date(2023, 5, 19),
        date(2024, 5, 10),
        date(2024, 12, 27),
        date(2025, 5, 30),
    ),
    "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en "
    "26 mei 2028 met een algemeen erkende feestdag": (
        date(2026, 1, 2),
        date(2026, 5, 15),
        date(2027, 5, 7),
        date(2028, 4, 28),
        date(2028, 5, 26),
    ),
}
"""The days equated with a holiday (article 3, third paragraph), by the decree that does it.

Of the years before 2014 no decree was found, and those after 2028 are not made yet: of these
years the equated days are not known to us, and count as working days.
"""

DECREED_YEARS = range(2014, 2029)
"""The years of which the equated days are known."""
