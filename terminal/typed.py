"""What people type, as values."""

from pathlib import Path
from typing import Any

from definitions.errors import InvalidValue, NotFound, reason_of
from definitions.text import text
from terminal.errors import Wrong


def date_of(written: str | None) -> Any:
    """Return a date in any form that is read; None where none was given."""
    from definitions.dates import given_date

    return None if written is None else given_date(written)


def is_date(written: str) -> bool:
    """Say whether something is a date in any form; without a figure in it, it is a name."""
    if not any(sign.isdigit() for sign in written):
        return False
    try:
        date_of(written)
    except InvalidValue:
        return False
    return True


def day_of(written: str) -> Any:
    """Return the day a date counts from; here it has to be known."""
    from definitions.dates import EVERY_FORM, KNOWN_FORMS

    try:
        day = date_of(written).day
    except InvalidValue as error:
        if error.advice == EVERY_FORM:
            error.advice = KNOWN_FORMS
        raise
    if day is None:
        raise Wrong(
            text("“{written}” is not a day.", written=written),
            advice=text("Write it as 2021-03-16."),
        )
    return day


def span_of(since: str | None, until: str | None) -> tuple[Any, Any]:
    """Return the first and the last of some days; None where nobody said."""
    first = None if since is None else _first_day(since)
    last = None if until is None else day_of(until)
    if first is not None and last is not None and last < first:
        raise Wrong(
            text("The last day lies before the first one."),
            advice=text("Write --from with the earlier, and --to with the later one."),
        )
    return first, last


def _first_day(written: str) -> Any:
    """Return the first of the days that a date can be; here it has to be known."""
    return date_of(written).opening_day or day_of(written)


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
    return name, value


def hash_of(file: str | None) -> str | None:
    """Return the SHA-256 of a file, which is how a text is known."""
    import hashlib

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
