"""What people type, as values."""

from pathlib import Path
from typing import Any

from definitions.errors import NotFound, reason_of
from definitions.text import text
from terminal.errors import Wrong


def date_of(written: str | None) -> Any:
    """Return a date in any form that is read; None where none was given."""
    from definitions.dates import parse_date

    return None if written is None else parse_date(written)


def day_of(written: str) -> Any:
    """Return the day a date counts from; here it has to be one."""
    day = date_of(written).day
    if day is None:
        raise Wrong(
            text("“{written}” is not a day.", written=written),
            advice=text("Write it as 2021-03-16."),
        )
    return day


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
