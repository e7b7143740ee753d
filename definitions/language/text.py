"""Sentences for people, kept apart from the language they are shown in.

The core says *what* is to be said (an English source sentence and its values); the screens
decide in which language. Nothing is translated at import.
"""

import gettext
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from definitions.language.serialising import SOURCE_LANGUAGE, written_as
from definitions.language.values import dataclass

LANGUAGES = ("en", "nl")
"""The languages that people are spoken to in, that of the sources first."""
AS_IT_IS = frozenset({str, int})
"""The types of values that a sentence shows unchanged."""


class Rendered:
    """Something that says itself in a language, where it is read."""

    __slots__ = ()

    def render(self, catalogue: gettext.NullTranslations) -> str:
        """Return the words, in the language of a catalogue."""
        raise NotImplementedError


class Sayable:
    """Something that has words of its own where it stands in a sentence."""

    __slots__ = ()

    def in_words(self) -> "Text":
        """Return the words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text:
    """A sentence with named values, not yet in any language.

    Attributes:
        message: the English source, with ``{name}`` fields; the key in the catalogues.
        values: what goes into the fields; values may be texts, dates or lists themselves.
        plural: the English plural source, when the sentence depends on a number.
        number: that number.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    number: int = 1

    def render(self, catalogue: gettext.NullTranslations) -> str:
        """Return the sentence in the catalogue's language."""
        if self.plural is None:
            template = catalogue.gettext(self.message)
        else:
            template = catalogue.ngettext(self.message, self.plural, self.number)
        values = self.values
        if others := [name for name in values if type(values[name]) not in AS_IT_IS]:
            values = dict(values)
            for name in others:
                values[name] = _render_value(values[name], catalogue)
        return template.format_map(values)

    def __str__(self) -> str:
        """Return the sentence in the source language (English)."""
        return self.render(SOURCE_LANGUAGE)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        """Have pydantic write the sentence in the reader's language."""
        return written_as(cls, "str", cls.render)


def text(message: str, /, **values: object) -> Text:
    """Return a sentence; ``message`` is extracted into the catalogues."""
    # Filled from outside, in half the time: a frozen one sets its fields one by one, and a screen
    # is made of thousands.
    made = object.__new__(Text)
    made.__dict__["message"] = message
    made.__dict__["values"] = values
    return made


def ntext(singular: str, plural: str, number: int, /, **values: object) -> Text:
    """Return a sentence that depends on ``number``, which is also its ``{n}`` field."""
    return Text(singular, {"n": number, **values}, plural, number)


def _render_value(value: object, catalogue: gettext.NullTranslations) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Text | Rendered):
        return value.render(catalogue)
    if isinstance(value, Sayable):
        return value.in_words().render(catalogue)
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_in_words(value).render(catalogue)
    if isinstance(value, (list, tuple, set, frozenset)):
        return _render_list(value, catalogue)
    return str(value)


def _render_list(values: Iterable[object], catalogue: gettext.NullTranslations) -> str:
    return ", ".join(_render_value(value, catalogue) for value in values)


# --- days and months ---------------------------------------------------------------------------

# By names of our own, as Babel has them: importing Babel for them would cost every start.
WEEKDAYS = (
    text("Mon"),
    text("Tue"),
    text("Wed"),
    text("Thu"),
    text("Fri"),
    text("Sat"),
    text("Sun"),
)
LONG_WEEKDAYS = (
    text("Monday"),
    text("Tuesday"),
    text("Wednesday"),
    text("Thursday"),
    text("Friday"),
    text("Saturday"),
    text("Sunday"),
)
MONTHS = (
    text("January"),
    text("February"),
    text("March"),
    text("April"),
    text("May"),
    text("June"),
    text("July"),
    text("August"),
    text("September"),
    text("October"),
    text("November"),
    text("December"),
)
SHORT_MONTHS = (
    text("Jan"),
    text("Feb"),
    text("Mar"),
    text("Apr"),
    text("May"),
    text("Jun"),
    text("Jul"),
    text("Aug"),
    text("Sep"),
    text("Oct"),
    text("Nov"),
    text("Dec"),
)


def day_in_words(day: date) -> Text:
    """Return a day as people write it: “Tue 16 March 2021”."""
    return _in_words(day, WEEKDAYS)


def day_in_full(day: date) -> Text:
    """Return a day with its whole weekday: “Friday 26 February 2021”."""
    return _in_words(day, LONG_WEEKDAYS)


def _in_words(day: date, weekdays: Sequence[Text]) -> Text:
    return text(
        "{weekday} {day} {month} {year}",
        weekday=weekdays[day.weekday()],
        day=day.day,
        month=MONTHS[day.month - 1],
        year=day.year,
    )


def weekday_in_short(day: date) -> Text:
    """Return a day in a few letters, with its weekday: “Fri 26 Feb 2021”."""
    return text("{weekday} {day}", weekday=WEEKDAYS[day.weekday()], day=day_in_short(day))


def month_in_words(day: date) -> Text:
    """Return the month of a day as people write it: “March 2021”."""
    return text("{month} {year}", month=MONTHS[day.month - 1], year=day.year)


def day_in_short(day: date) -> Text:
    """Return a day for a column: “16 Mar 2021”."""
    return text(
        "{day} {month} {year}", day=day.day, month=SHORT_MONTHS[day.month - 1], year=day.year
    )


def month_in_short(day: date) -> Text:
    """Return the month of a day for a column: “Mar 2021”."""
    return text("{month} {year}", month=SHORT_MONTHS[day.month - 1], year=day.year)
