"""The maximum lengths of texts: those that every kind of database can store.

SQLite accepts any length and a server does not. A text that is refused here is refused for both, so
that a file can always be copied to a server.
"""

from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text

NAME = 100
"""Of a process, and of a person."""
IDENTIFIER = 99
"""Of everything else that has an id: two of them, with a sign between, are a reference."""
REFERENCE = 200
KEY = 300
ADDRESS = 320
LANGUAGE = 16
HASH = 64
NUMBER = 2**31 - 1
"""The highest whole number."""


def check_length(value: str | None, most: int, what: Text, *, field: str | None) -> None:
    """Refuse a text that is too long to be stored.

    Args:
        what: the kind of text: ``text("A version")``.
        field: the field of a command that has it; None if the caller names it.

    Raises:
        InvalidValue: it is too long.
    """
    if value is not None and len(value) > most:
        raise InvalidValue(
            text(
                "{what} has at most {most} characters, and not {length}.",
                what=what,
                most=most,
                length=len(value),
            ),
            field=field,
        )
