"""Dates as sources give them: a day, a month, “uiterlijk 16 maart 2021”, or not known.

A partial date is a value of its own. It counts from one day: a month from its last, a beginning
from its first, “by” from the day named. Where it was given in words it is shown in those; where in
figures, in the words of the reader's language.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from definitions.errors import InvalidValue
from definitions.naming import brief
from definitions.text import (
    Sayable,
    Text,
    day_in_short,
    day_in_words,
    month_in_short,
    month_in_words,
    text,
)
from definitions.workdays import is_known, last_working_day


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    """One day."""
    MONTH = "month"
    """Some day of that month."""
    YEAR = "year"
    """Some day of that year."""
    BEGIN = "begin"
    """The beginning of a month."""
    END = "end"
    """The end of a month."""
    BY = "by"
    """That day at the latest; it may have been earlier."""
    BETWEEN = "between"
    """One of the days from the first to the last."""
    UNKNOWN = "unknown"
    """No source says."""


@dataclass(frozen=True, slots=True)
class PartialDate(Sayable):
    """A date with its precision.

    Attributes:
        precision: how exactly it is known.
        first: the earliest day it can be; None when unknown or only bounded from above.
        last: the latest day it can be; None when unknown.
        written: the words it was given in.
        by_span: it is bounded by a month or a year (“by 2021-08”), not by a day.
    """

    precision: Precision
    first: date | None
    last: date | None
    written: str = field(compare=False)
    by_span: bool = False

    @property
    def day(self) -> date | None:
        """The day it counts from, or None when unknown."""
        return self.first if self.precision is Precision.BEGIN else self.last

    @property
    def opening_day(self) -> date | None:
        """The first day it covers: what counts where the date is itself a beginning."""
        return self.first or self.last

    @property
    def ends_on_working_day(self) -> bool:
        """Whether a deadline on this date ends on a working day by itself: of a month or a year."""
        return self.by_span or self.precision in _SPANS

    @property
    def deadline(self) -> date | None:
        """The day a deadline on this date ends: of a month or a year, its last working day.

        A single day stays as it is, even on a Sunday: a date somebody chose is not moved. None
        where it is not known, nor which days of its year are working days.
        """
        if self.last is not None and self.ends_on_working_day:
            return last_working_day(self.last) if is_known(self.last) else None
        return self.day

    def __str__(self) -> str:
        """Return the date as it was written."""
        return self.written

    def in_words(self) -> Text:
        """Return the date for people: in its own words, or in theirs where it is in figures."""
        return _in_words(self, day_in_words, month_in_words)

    def in_short(self) -> Text:
        """Return the date for a column: as short as it can be said."""
        return _in_words(self, day_in_short, month_in_short)


def _in_words(
    given: PartialDate, day: Callable[[date], Text], month: Callable[[date], Text]
) -> Text:
    last = given.last
    if given.precision is Precision.DAY and last is not None:
        return day(last)
    if given.precision is Precision.UNKNOWN and given.written == UNKNOWN.written:
        return text("unknown")
    if last is None or not _FIGURES.search(given.written):
        return text("{date}", date=given.written)
    match given.precision:
        case Precision.MONTH:
            return month(last)
        case Precision.BEGIN:
            return text("the beginning of {month}", month=month(last))
        case Precision.END:
            return text("the end of {month}", month=month(last))
        case Precision.BY:
            return text("by {date}", date=month(last) if given.by_span else day(last))
        case Precision.BETWEEN:
            return text("{first} – {last}", first=day(given.first or last), last=day(last))
        case _:
            return day(last)


_SPANS = {Precision.MONTH, Precision.YEAR, Precision.END}

UNKNOWN = PartialDate(Precision.UNKNOWN, None, None, "unknown")

_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_UNKNOWN_WORDS = {"unknown", "onbekend", "not yet known", "nog niet bekend"}
_FIGURES = re.compile(r"\d{4}-\d\d")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
YEARS = range(1900, 2200)
"""The years that are read: another one is a slip."""
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_WEEKDAYS = {
    name: number
    for names in (
        "ma di wo do vr za zo",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "mon tue wed thu fri sat sun",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
_WEEKDAY = re.compile(rf"(?:^| )({'|'.join(_WEEKDAYS)}),? (?=\d)")
_WORD_MONTH = re.compile(r"(?:(\d{1,2}) )?([a-z]+) (\d{4})")


def day_of(value: date) -> PartialDate:
    """Return a date known to the day."""
    return PartialDate(Precision.DAY, value, value, value.isoformat())


@lru_cache(maxsize=4096)
def parse_date(written: str) -> PartialDate:
    """Read a date in any of the forms people and sources use.

    Args:
        written: ``2021-03-16``, ``2021-03``, ``2021``, ``begin 2021-03``, ``end 2021-08``,
            ``by 2021-03-16``, ``2021-01-21/2021-01-26``, ``unknown``, or the same in Dutch or
            English words: ``16 maart 2021``, ``eind augustus 2021``, ``uiterlijk 16 maart 2021``.

    Raises:
        InvalidValue: no such form, or no such day (``2021-02-31``).
    """
    written = " ".join(written.split())
    words = written.lower()
    if words in _UNKNOWN_WORDS:
        return PartialDate(Precision.UNKNOWN, None, None, written)
    try:
        return _parse(words, written)
    except _NoSuchDate as error:
        sentence = text("“{written}” is not a date: {why}.", written=brief(written), why=error.why)
        raise InvalidValue(sentence) from None
    except ValueError:
        sentence = text("“{written}” is not a date.", written=brief(written))
        raise InvalidValue(sentence, advice=EVERY_FORM) from None


EVERY_FORM = text(
    "Write 2021-03-16, 2021-03, “begin 2021-03”, “end 2021-08”, “by 2021-03-16”, "
    "2021-01-21/2021-01-26 or “unknown”."
)
KNOWN_FORMS = text(
    "Write 2021-03-16, 2021-03, “begin 2021-03”, “end 2021-08”, “by 2021-03-16” or "
    "2021-01-21/2021-01-26."
)
"""The forms of a date, and those of one that is known."""


class _NoSuchDate(ValueError):
    """It has the form of a date, and there is none."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)
        self.why = why


def given_date(written: str) -> PartialDate:
    """Read a date that comes in: as ``parse_date`` does, with its weekday if that is named.

    A weekday that the day is not is the one sign that a source, or who copied it, made a slip.
    What was recorded is read by ``parse_date``: earlier versions let any weekday through.

    Raises:
        InvalidValue: it is none, or that day is another weekday.
    """
    found = parse_date(written)
    named = _WEEKDAY.search(found.written.lower())
    exact = found.precision in {Precision.DAY, Precision.BY} and not found.by_span
    if named and exact and found.last and found.last.weekday() != _WEEKDAYS[named[1]]:
        raise InvalidValue(
            text(
                "“{written}” cannot be: that day is {day}.",
                written=brief(written),
                day=day_in_words(found.last),
            ),
            advice=text(
                "Look in the source which of the two is wrong. A weekday can also be left out."
            ),
        )
    return found


def _parse(words: str, written: str) -> PartialDate:
    prefix, _, rest = words.partition(" ")
    if rest and prefix in _PREFIXES:
        return _PREFIXES[prefix](rest, written)
    if "/" in words and not _DAY_FIRST.fullmatch(words):
        return _between(words, written)
    return _span(_iso(words), written)


def _span(iso: str, written: str) -> PartialDate:
    """Return the day, month or year that an ISO date of 10, 7 or 4 characters means."""
    found = _ISO.fullmatch(iso)
    if found is None:
        raise ValueError(iso)
    _check_there(*(int(part or 1) for part in found.groups()))
    match len(iso):
        case 10:
            day = date.fromisoformat(iso)
            return PartialDate(Precision.DAY, day, day, written)
        case 7:
            first = date.fromisoformat(f"{iso}-01")
            return PartialDate(Precision.MONTH, first, _month_end(first), written)
        case _:
            first = date.fromisoformat(f"{iso}-01-01")
            return PartialDate(Precision.YEAR, first, date(first.year, 12, 31), written)


def _check_there(year: int, month: int, day: int) -> None:
    """Refuse a year that is not read, and a month or a day that there is not."""
    if year not in YEARS:
        first, last = YEARS[0], YEARS[-1]
        raise _NoSuchDate(text("the years {first} to {last} are read", first=first, last=last))
    if month not in range(1, 13):
        raise _NoSuchDate(text("a year has the months 01 to 12"))
    days = calendar.monthrange(year, month)[1]
    if day not in range(1, days + 1):
        in_month = month_in_words(date(year, month, 1))
        raise _NoSuchDate(text("{month} has the days 1 to {last}", month=in_month, last=days))


def _iso(words: str) -> str:
    """Turn “16 maart 2021” into 2021-03-16 and “maart 2021” into 2021-03; leave ISO dates.

    So are “di 16 mrt 2021”, as our own screens have it, and 16-3-2021, as letters do.
    """
    if figures := _DAY_FIRST.fullmatch(words):
        day, month, year = figures.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    weekday = _WEEKDAY.match(words)
    words = words[weekday.end() :] if weekday else words
    match = _WORD_MONTH.fullmatch(words)
    if match is None or match[2] not in _MONTHS:
        return words
    month = f"{match[3]}-{_MONTHS[match[2]]:02}"
    return f"{month}-{int(match[1]):02}" if match[1] else month


def date_in(written: str) -> PartialDate | None:
    """Return the date that was written down; None where it is none."""
    try:
        return parse_date(written)
    except InvalidValue:
        return None


def dated(written: str) -> Text:
    """Return a date that was written down, in the reader's words; what is none, as it stands."""
    found = date_in(written)
    return text("{date}", date=written) if found is None else found.in_words()


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _part_of_month(precision: Precision) -> Callable[[str, str], PartialDate]:
    def parse(rest: str, written: str) -> PartialDate:
        month = _span(_iso(rest), written)
        if month.precision is not Precision.MONTH:
            raise ValueError(rest)
        return PartialDate(precision, month.first, month.last, written)

    return parse


def _by(rest: str, written: str) -> PartialDate:
    if _PREFIXES.get(rest.partition(" ")[0]) is _by:
        raise ValueError(rest)
    bound = _parse(rest, written)
    return PartialDate(Precision.BY, None, bound.day, written, bound.precision in _SPANS)


def _between(words: str, written: str) -> PartialDate:
    first, last = (_span(part.strip(), written) for part in words.split("/"))
    if first.first is None or last.last is None:
        raise ValueError(words)
    if last.last <= first.first:
        raise _NoSuchDate(text("the second day does not come after the first"))
    return PartialDate(Precision.BETWEEN, first.first, last.last, written)


_PREFIXES: dict[str, Callable[[str, str], PartialDate]] = {
    **dict.fromkeys(("begin", "early"), _part_of_month(Precision.BEGIN)),
    **dict.fromkeys(("end", "eind", "einde", "late"), _part_of_month(Precision.END)),
    **dict.fromkeys(("by", "uiterlijk"), _by),
}
