"""Parsing typed values."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from definitions.calendar.dates import (
    EVERY_FORM,
    KNOWN_FORMS,
    PartialDate,
    Precision,
    given_date,
    says_today,
)
from definitions.calendar.datewords import DAYS_FROM_TODAY
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue, NotFound, given_as, reason_of
from definitions.language.text import text
from definitions.language.values import replace
from terminal.runtime.errors import Wrong
from workflow.model.openness import Audience

Today = Callable[[], date]
"""Returns the day it is where a date counts."""


def date_of(written: str, today: Today, field: str) -> PartialDate:
    """Return a date in any form that is read.

    Args:
        written: as it was typed.
        today: returns the day it is where the date counts, for “today” and “gisteren”.
        field: which date it is, by the name of what it was typed for.
    """
    try:
        with given_as(field):
            return given_date(written, today() if says_today(written) else None)
    except InvalidValue as error:
        if error.advice == EVERY_FORM:
            error.advice = text(
                "{forms} Here it can also be today, yesterday or tomorrow.", forms=EVERY_FORM
            )
        raise


def openness_of(openness: str | None, own_until: str | None) -> str | None:
    """Return who may see an entry, as a command has it.

    Args:
        openness: as one of the flags says.
        own_until: until when only the own party may, as it was typed.

    Raises:
        Wrong: both are given.
        InvalidValue: that is no day.
    """
    if own_until is None:
        return openness
    if openness is not None:
        raise Wrong(
            text("Who may see it is said once: --public, --internal or --own-until."),
            advice=text("Leave out all but one of them."),
        )
    with given_as("own_until"):
        until = given_date(own_until)
        if until.precision is Precision.UNKNOWN:
            return Audience.OWN.value
        if until.precision is not Precision.DAY or until.day is None:
            raise InvalidValue(
                text("“{until}” is not a day.", until=own_until),
                advice=text("Give the first day on which everybody may see it, or “unknown”."),
            )
    return f"{Audience.OWN.value} {until.day.isoformat()}"


def check_holder(
    name: str | None, mailbox: str | None, address: str | None, *, another: bool
) -> None:
    """Refuse a seat for nobody, and for a person and a mailbox at once.

    Args:
        another: it is for another person of that name.

    Raises:
        Wrong: it is.
    """
    if mailbox is None and name is None:
        raise Wrong(
            text("Nobody is named who gets the seat."),
            advice=text("Name a person; or the mailbox of a function, with --mailbox."),
        )
    if mailbox is not None and another:
        raise Wrong(
            text(
                "--another tells apart people of one name; a mailbox is told apart by its address."
            ),
            advice=text("Leave out --another, or --mailbox."),
        )
    if mailbox is not None and (name is not None or address is not None):
        raise Wrong(
            text("A mailbox has no name and no other address: --mailbox stands by itself."),
            advice=text("Give a person a seat too with a second “mijlpaal member add”."),
        )


def is_date(written: str) -> bool:
    """Return whether something is a date in any form; without a figure in it, it is a name.

    But for the words for a day that has come, which is what --as-of is often given.
    """
    if DAYS_FROM_TODAY.get(written.strip().lower(), 1) <= 0:
        return True
    if not any(sign.isdigit() for sign in written):
        return False
    try:
        given_date(written)
    except InvalidValue:
        return False
    return True


def known_date_of(written: str, today: Today, field: str) -> PartialDate:
    """Return a date that must be known; parsing it refuses a malformed one."""
    try:
        return date_of(written, today, field)
    except InvalidValue as error:
        if error.advice is not None and error.advice.values.get("forms") == EVERY_FORM:
            error.advice = replace(error.advice, values={"forms": KNOWN_FORMS})
        raise


def day_of(written: str, today: Today, field: str) -> date:
    """Return the day a date counts from; here it has to be known."""
    day = known_date_of(written, today, field).day
    if day is None:
        raise Wrong(
            text("“{written}” is not a day.", written=written),
            advice=text("Write it as 2021-03-16."),
            field=field,
        )
    return day


def span_of(since: str | None, until: str | None, today: Today) -> tuple[date | None, date | None]:
    """Return the first and the last of some days; None where nobody said."""
    first = None if since is None else _first_day(since, today)
    last = None if until is None else day_of(until, today, "until")
    if first is not None and last is not None and last < first:
        raise Wrong(
            text("The last day lies before the first one."),
            advice=text("Write --from with the earlier, and --to with the later one."),
            field="until",
        )
    return first, last


def _first_day(written: str, today: Today) -> date:
    """Return the first of the days that a date can be; here it has to be known."""
    return date_of(written, today, "since").opening_day or day_of(written, today, "since")


def values_of(values: tuple[str, ...]) -> dict[str, str]:
    """Return parameters with their values, each given as NAME=VALUE."""
    return dict(map(_value_of, values))


def _value_of(written: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name:
        raise Wrong(
            text("“{written}” sets no parameter.", written=written),
            advice=text("Write it as NAME=VALUE."),
        )
    return normal(name), normal(value)


def file_hash(file: str | None) -> str | None:
    """Return the SHA-256 of a file, which is how a text is known."""
    if file is None:
        return None
    try:
        with Path(file).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        raise NotFound(
            text("Cannot read “{file}”: {why}.", file=file, why=reason_of(error)),
            advice=text("Name a file that can be read."),
        ) from None
