"""Dates as sources give them: a day, a month, “uiterlijk 16 maart 2021”, or not known.

A partial date is a value of its own. It counts from one day: a month from its last, a beginning
from its first, a middle from its fifteenth, “by” from the day named. Where it was given in words it
is shown in those; where in figures, in the words of the reader's language.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from definitions.calendar import datewords
from definitions.calendar.datewords import part_of_year, shortened
from definitions.calendar.workdays import Works, is_known, is_working_day, last_working_day
from definitions.language.characters import character_named, first_hidden
from definitions.language.errors import InvalidValue
from definitions.language.naming import brief
from definitions.language.serialising import written_as
from definitions.language.text import (
    Sayable,
    Text,
    day_in_short,
    day_in_words,
    month_in_short,
    month_in_words,
    text,
)
from definitions.language.values import dataclass


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    """One day."""
    MONTH = "month"
    """Some day of that month."""
    QUARTER = "quarter"
    """Some day of that quarter."""
    HALF = "half"
    """Some day of that half of a year."""
    YEAR = "year"
    """Some day of that year."""
    BEGIN = "begin"
    """The beginning of a month."""
    MIDDLE = "middle"
    """The middle of a month."""
    END = "end"
    """The end of a month."""
    BY = "by"
    """That day at the latest; it may have been earlier."""
    BETWEEN = "between"
    """One of the days from the first to the last."""
    UNKNOWN = "unknown"
    """No source says."""
    COUNTED = "counted"
    """No source says; it counts from the day that it has."""


@dataclass(frozen=True, slots=True)
class PartialDate(Sayable):
    """A date with its precision.

    Attributes:
        precision: how exactly it is known.
        first: the earliest day it can be; None when unknown or only bounded from above.
        last: the latest day it can be; None when unknown.
        written: the words it was given in.
        by_span: it is bounded by a month or more (“by 2021-08”), not by a day.
    """

    precision: Precision
    first: date | None
    last: date | None
    written: str = field(compare=False)
    by_span: bool = False

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        """Have pydantic write the words it was given in."""
        return written_as(cls, "str", lambda date, _: date.written)

    @property
    def is_unknown(self) -> bool:
        """Whether no source says when, whether or not it counts from some day."""
        return self.precision in (Precision.UNKNOWN, Precision.COUNTED)

    @property
    def day(self) -> date | None:
        """The day it counts from, or None when unknown."""
        if self.precision is Precision.MIDDLE and self.first is not None:
            return self.first.replace(day=_MIDDLE)
        return self.first if self.precision is Precision.BEGIN else self.last

    @property
    def opening_day(self) -> date | None:
        """The first day it covers: what counts where the date is itself a beginning."""
        return self.first or self.last

    @property
    def ends_on_working_day(self) -> bool:
        """Whether a deadline on this date ends on a working day by itself: of a month or more."""
        return self.by_span or self.precision in _SPANS

    @property
    def deadline(self) -> date | None:
        """The day a deadline on this date ends: of a month or more, its last working day.

        A single day stays as it is, even on a Sunday: a date somebody chose is not moved. None
        where it is not known, nor which days of its year are working days.
        """
        return self.deadline_by(is_working_day)

    def deadline_by(self, works: Works) -> date | None:
        """Return the same by another calendar, which says of each day whether it is worked on."""
        if self.last is not None and self.ends_on_working_day:
            return last_working_day(self.last, works) if is_known(self.last) else None
        return self.day

    def is_before(self, other: "PartialDate") -> bool:
        """Return whether it is known to come before another date, whichever days both are."""
        return self.last is not None and other.first is not None and self.last < other.first

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
    if given.precision is Precision.COUNTED and last is not None:
        return text("an unknown day, counted from {date}", date=day(last))
    if last is None or not _FIGURES.search(given.written):
        return text("{date}", date=_without_aside(given.written))
    match given.precision:
        case Precision.MONTH:
            return month(last)
        case Precision.BEGIN:
            return text("the beginning of {month}", month=month(last))
        case Precision.MIDDLE:
            return text("the middle of {month}", month=month(last))
        case Precision.END:
            return text("the end of {month}", month=month(last))
        case Precision.BY:
            return text("by {date}", date=month(last) if given.by_span else day(last))
        case Precision.BETWEEN:
            return text("{first} – {last}", first=day(given.first or last), last=day(last))
        case _:
            return day(last)


def _without_aside(written: str) -> str:
    """Return a date as it was written, without the “in” or “op” that a sentence has itself."""
    found = _LEADING.fullmatch(written)
    return found[2] if found and found[1].lower() in datewords.ASIDE else written


_MIDDLE = 15
_SPANS = {Precision.MONTH, Precision.QUARTER, Precision.HALF, Precision.YEAR, Precision.END}

UNKNOWN = PartialDate(Precision.UNKNOWN, None, None, "unknown")
YEARS = range(1900, 2200)
"""The years that are read: another one is a slip."""

_FIGURES = re.compile(r"\d{4}-\d\d|\d{1,2}[-./]\d{4}", re.ASCII)
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/](\d{4})", re.ASCII)


def day_of(value: date) -> PartialDate:
    """Return a date known to the day."""
    return PartialDate(Precision.DAY, value, value, value.isoformat())


COUNTED_FROM = "unknown, counted from "
_COUNTED = re.compile(rf"{COUNTED_FROM}(\d{{4}}-\d\d-\d\d)", re.ASCII)


def counted_from(day: date) -> PartialDate:
    """Return an unknown date that rules count from a day.

    Args:
        day: the first day on which what happened is taken to have happened.
    """
    return PartialDate(Precision.COUNTED, None, day, f"{COUNTED_FROM}{day.isoformat()}")


@lru_cache(maxsize=4096)
def parse_date(written: str) -> PartialDate:
    """Read a date in any of the forms people and sources use.

    Args:
        written: ``2021-03-16``, ``2021-03``, ``2021``, ``Q1 2021``, ``begin 2021-03``, ``medio
            2021-03``, ``end 2021-08``, ``by 2021-03-16``, ``before 2021-04-01``,
            ``2021-01-21/2021-01-26``, ``unknown``, or the same in Dutch or English words:
            ``16 mrt. 2021``, ``eind augustus 2021``, ``21/26 januari 2021``.

    Raises:
        InvalidValue: no such form, or no such day (``2021-02-31``).
    """
    return _read(written, strict=False)


def given_date(written: str, today: date | None = None) -> PartialDate:
    """Read a date from input: like ``parse_date``, but check its weekday if that is named.

    A wrong weekday is the one sign of a slip in a source or in copying it. Recorded dates are read
    by ``parse_date``, since earlier versions accepted any weekday.

    Args:
        written: the date.
        today: the day from which “today” and “gisteren” count; such a word is stored as its day.
            Without it, they are refused.

    Raises:
        InvalidValue: it is not a date, or that day is another weekday.
    """
    if today is not None:
        written = _FROM_TODAY.sub(lambda found: _day_meant(found[1], today), written)
    return _read(written, strict=True)


def says_today(written: str) -> bool:
    """Return whether a date counts from the day on which it is read: “gisteren”, say."""
    return _FROM_TODAY.search(written) is not None


def _day_meant(word: str, today: date) -> str:
    return (today + timedelta(days=datewords.DAYS_FROM_TODAY[word.lower()])).isoformat()


EVERY_FORM = text(
    "Write a day (2021-03-16, 16-3-2021, 16 March 2021), a month or a year (2021-03, March 2021, "
    "2021), a quarter (Q1 2021), “early”, “mid” or “end” with a month, “by” or “before” with any "
    "of these, the first and the last day it can be (2021-01-21/2021-01-26), or “unknown”."
)
KNOWN_FORMS = text(
    "Write a day (2021-03-16, 16-3-2021, 16 March 2021), a month or a year (2021-03, March 2021, "
    "2021), a quarter (Q1 2021), “early”, “mid” or “end” with a month, “by” or “before” with any "
    "of these, or the first and the last day it can be (2021-01-21/2021-01-26)."
)
"""The forms of a date, and those of one that is known."""


class _NoSuchDate(ValueError):
    """The text has the form of a date that does not exist.

    Attributes:
        why: the error, if the advice does not have it.
        advice: the correct form, if that is not obvious.
    """

    def __init__(self, why: Text | None, advice: Text | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.advice = advice


def _read(written: str, *, strict: bool) -> PartialDate:
    written = unicodedata.normalize("NFC", " ".join(written.split()))
    words = written.lower()
    if words in datewords.UNKNOWN:
        return PartialDate(Precision.UNKNOWN, None, None, written)
    # Kept in the tables, and typed by nobody.
    if not strict and (counted := _COUNTED.fullmatch(words)):
        return counted_from(date.fromisoformat(counted[1]))
    try:
        return _Reading(written, strict).read(shortened(words))
    except _NoSuchDate as error:
        slip = error
    except ValueError:
        slip = _slip_in(words)
    said = brief(written)
    sentence = text("“{written}” is not a date.", written=said)
    if slip.why is not None:
        sentence = text("“{written}” is not a date: {why}.", written=said, why=slip.why)
    raise InvalidValue(sentence, advice=slip.advice)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))


_PARTS_OF_MONTH = {
    **dict.fromkeys(datewords.BEGINS, Precision.BEGIN),
    **dict.fromkeys(datewords.MIDDLES, Precision.MIDDLE),
    **dict.fromkeys(datewords.ENDS, Precision.END),
}
_MONTH = rf"(?:{_any_of(datewords.MONTHS)})\.?"
_LEADING = re.compile(
    rf"({_any_of({*datewords.ASIDE, *datewords.BY, *datewords.BEFORE, *_PARTS_OF_MONTH})}) (.+)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"({_any_of(datewords.WEEKDAYS)})\.?,? (?=\d|{_MONTH} \d)")
_WORD_MONTH = re.compile(rf"(?:(\d{{1,2}})(?:e|de|ste)? )?({_MONTH}) (\d{{4}})", re.ASCII)
_WITH_HYPHENS = re.compile(rf"(\d{{1,2}})-({_MONTH})-(\d{{4}})", re.ASCII)
_MONTH_THEN_DAY = re.compile(rf"({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.ASCII)
_FROM_TODAY = re.compile(rf"\b({_any_of(datewords.DAYS_FROM_TODAY)})\b", re.IGNORECASE)

_SPAN_OF = (
    re.compile(rf"(?:{_any_of(datewords.BETWEEN)}) (.+?) (?:en|and) (.+)"),
    re.compile(rf"(?:(?:{_any_of(datewords.FROM)}) )?(.+?) (?:t/m|tot en met|to|through) (.+)"),
    re.compile(r"(.+?)(?: ?[–—] ?| - )(.+)"),
    re.compile(r"(.+?) (?:of|or) (.+)"),
    re.compile(rf"((?:{_any_of(datewords.WEEKDAYS)} )?\d{{1,2}}|{_MONTH})-(.*{_MONTH} \d{{4}})"),
    re.compile(r"([^/]+)/([^/]+|\d{1,2}/\d{1,2}/\d{4})", re.ASCII),
)
"""The ways to write a first and a last day, the least ambiguous one first."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The reading of one date.

    Attributes:
        written: the words it was given in, which it keeps.
        strict: a weekday that is named has to be that of its day.
    """

    written: str
    strict: bool

    def read(self, words: str) -> PartialDate:
        """Read a date without any leading words.

        Raises:
            ValueError: it is not a date.
        """
        leading, rest = _led(words)
        if leading in datewords.ASIDE:
            words, (leading, rest) = rest, _led(rest)
        if leading in datewords.BY:
            return self._by(rest)
        return self._before(rest) if leading in datewords.BEFORE else self._known(words)

    def _known(self, words: str) -> PartialDate:
        leading, rest = _led(words)
        if part := _PARTS_OF_MONTH.get(leading):
            return self._part_of_month(part, rest)
        found = self._span_of(words)
        return self._span(words) if found is None else found

    def _by(self, rest: str) -> PartialDate:
        bound = self._known(rest)
        return self._bounded(bound.day, bound.precision in _SPANS)

    def _before(self, rest: str) -> PartialDate:
        bound = self._span(rest)
        if bound.first is None:
            raise ValueError(rest)
        return self._bounded(bound.first - timedelta(days=1), bound.precision in _SPANS)

    def _bounded(self, last: date | None, by_span: bool) -> PartialDate:
        return PartialDate(Precision.BY, None, last, self.written, by_span)

    def _part_of_month(self, part: Precision, rest: str) -> PartialDate:
        month = self._span(rest)
        if month.precision is not Precision.MONTH:
            raise _NoSuchDate(
                text("only a month has a beginning, a middle and an end"), text("Name the month.")
            )
        return PartialDate(part, month.first, month.last, self.written)

    def _span_of(self, words: str) -> PartialDate | None:
        """Return the days from a first to a last one; None where only one thing is named."""
        if _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words):
            return None
        pairs = (form.fullmatch(words) for form in _SPAN_OF)
        pair = next((each for each in pairs if each), None)
        if pair is None:
            return None
        later = self._span(pair[2].strip())
        earlier = self._span(_completed(pair[1].strip(), later))
        if earlier.first is None or later.last is None:
            raise ValueError(words)
        if later.last <= earlier.first:
            raise _NoSuchDate(text("the second day does not come after the first"))
        return PartialDate(Precision.BETWEEN, earlier.first, later.last, self.written)

    def _span(self, words: str) -> PartialDate:
        """Return the day, the month, the part of a year or the year that words name."""
        if part := part_of_year(words):
            return self._part_of_year(*part)
        weekday = _WEEKDAY.match(words)
        found = self._in_figures(_iso(words[weekday.end() :] if weekday else words))
        exact = found.last if found.precision is Precision.DAY else None
        if self.strict and weekday and exact:
            self._check_weekday(weekday[1], exact)
        return found

    def _check_weekday(self, named: str, day: date) -> None:
        if day.weekday() != datewords.WEEKDAYS[named]:
            raise InvalidValue(
                text(
                    "“{written}” cannot be: that day is {day}.",
                    written=brief(self.written),
                    day=day_in_words(day),
                ),
                advice=text(
                    "Look in the source which of the two is wrong. A weekday can also be left out."
                ),
            )

    def _part_of_year(self, year: int, nth: int, parts: int) -> PartialDate:
        _check_there(year, 1, 1)
        months = 12 // parts
        first, last = date(year, (nth - 1) * months + 1, 1), date(year, nth * months, 1)
        precision = Precision.QUARTER if parts == _QUARTERS else Precision.HALF
        return PartialDate(precision, first, _month_end(last), self.written)

    def _in_figures(self, iso: str) -> PartialDate:
        """Return the day, month or year that an ISO date of 10, 7 or 4 characters means."""
        found = _ISO.fullmatch(iso)
        if found is None:
            raise ValueError(iso)
        _check_there(*(int(part or 1) for part in found.groups()))
        match len(iso):
            case 10:
                day = date.fromisoformat(iso)
                return PartialDate(Precision.DAY, day, day, self.written)
            case 7:
                first = date.fromisoformat(f"{iso}-01")
                return PartialDate(Precision.MONTH, first, _month_end(first), self.written)
            case _:
                first = date.fromisoformat(f"{iso}-01-01")
                last = date(first.year, 12, 31)
                return PartialDate(Precision.YEAR, first, last, self.written)


_QUARTERS = 4


def _led(words: str) -> tuple[str, str]:
    """Return the leading words of a date, possibly empty, and the rest."""
    found = _LEADING.fullmatch(words)
    return (found[1], found[2]) if found else ("", words)


def _completed(words: str, later: PartialDate) -> str:
    """Return the first of two days with the month and the year that only the second names."""
    end = later.last
    if end is None or _ISO.fullmatch(words):
        return words
    weekday, day = _split_weekday(words)
    if _A_DAY.fullmatch(day) and later.precision is Precision.DAY:
        return f"{weekday}{end.year}-{end.month:02}-{int(day):02}"
    if found := _DAY_AND_MONTH.fullmatch(day):
        return f"{weekday}{end.year}-{int(found[2]):02}-{int(found[1]):02}"
    return f"{words} {end.year}" if _WITHOUT_YEAR.fullmatch(day) else words


def _split_weekday(words: str) -> tuple[str, str]:
    found = _WEEKDAY.match(words)
    return (words[: found.end()], words[found.end() :]) if found else ("", words)


_A_DAY = re.compile(r"\d{1,2}", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})[-./](\d{1,2})", re.ASCII)
_WITHOUT_YEAR = re.compile(rf"(?:\d{{1,2}} )?{_MONTH}|{_MONTH} \d{{1,2}}|[qh][1-4]", re.ASCII)


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

    So are “16 mrt. 2021” and “March 16, 2021”, and 16-3-2021, as letters have it.
    """
    if figures := _DAY_FIRST.fullmatch(words):
        day, month, year = figures.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    if figures := _MONTH_FIRST.fullmatch(words):
        return f"{figures[2]}-{int(figures[1]):02}"
    if found := _WORD_MONTH.fullmatch(words) or _WITH_HYPHENS.fullmatch(words):
        day, name, year = found.groups()
    elif found := _MONTH_THEN_DAY.fullmatch(words):
        name, day, year = found.groups()
    else:
        return words
    month = f"{year}-{datewords.MONTHS[name.rstrip('.')]:02}"
    return f"{month}-{int(day):02}" if day else month


def overlap(one: PartialDate, other: PartialDate) -> bool:
    """Return whether the order of two dates is uncertain.

    Two dates known to be the same day have the order in which they were recorded.
    """
    same = one.first == one.last == other.first == other.last is not None
    return not (same or one.is_before(other) or other.is_before(one))


# --- why it is none ----------------------------------------------------------------------------

_SHORT_YEAR = re.compile(
    r"(?:.* )?(?:\d{1,2}[-./]\d{1,2}[-./]['’]?"
    rf"|\d{{1,2}}[- ]{_MONTH}[- ]['’]?|{_MONTH}[- ]['’])\d{{2}}",
    re.ASCII,
)
_NO_YEAR = re.compile(
    rf"(?:.* )?(?:\d{{1,2}}[-./]\d{{1,2}}|(?:\d{{1,2}}[- ])?{_MONTH}|{_MONTH} \d{{1,2}})",
    re.ASCII,
)
_SEASON = re.compile(rf"(?:.* )?(?:{_any_of(datewords.SEASONS)}) (?:van |of )?\d{{4}}", re.ASCII)
_ABOUT = re.compile(rf"(?:{_any_of(datewords.ABOUT)}) ?.*\d.*")


def _slip_in(words: str) -> _NoSuchDate:
    """Return why words are no date and what would be one: of a known slip, or in general."""
    if (at := first_hidden(words)) is not None:
        return _NoSuchDate(text("{character} stands in it", character=character_named(words[at])))
    if _FROM_TODAY.search(words):
        advice = text(
            "Which day that is depends on when it is read: write the day itself, as 2021-03-16."
        )
        return _NoSuchDate(None, advice)
    if _SEASON.fullmatch(words):
        return _NoSuchDate(
            text("a season has no first and last day that everybody agrees on"),
            text("Write them, or the months: 2021-03/2021-05."),
        )
    if _ABOUT.fullmatch(words):
        return _NoSuchDate(
            text("it does not say how many days before or after that it can be"),
            text("Write the first and the last day it can be: 2021-03-12/2021-03-19."),
        )
    if _SHORT_YEAR.fullmatch(words):
        return _NoSuchDate(text("a year has four figures"), _WITH_ITS_YEAR)
    if _NO_YEAR.fullmatch(words):
        return _NoSuchDate(text("it has no year"), _WITH_ITS_YEAR)
    return _NoSuchDate(None, EVERY_FORM)


_WITH_ITS_YEAR = text("Write it with its year: 2021-03-16, 16-3-2021 or 16 March 2021.")


# --- dates that were written down --------------------------------------------------------------


def date_in(written: str) -> PartialDate | None:
    """Return a recorded date; None if the text is not a date."""
    try:
        return parse_date(written)
    except InvalidValue:
        return None


def dated(written: str) -> Text:
    """Return a recorded date in the reader's words; a text that is not a date unchanged."""
    found = date_in(written)
    return text("{date}", date=written) if found is None else found.in_words()


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
