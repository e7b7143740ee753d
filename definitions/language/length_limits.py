"""How long what people name can be: as long as every kind of database has room for.

SQLite takes any length and a server does not. What is refused here, in our own words, is refused
on both, so that a file never has what cannot be copied to a server.
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
    """Refuse a text that is longer than there is room for.

    Args:
        what: what kind of text it is: ``text("A version")``.
        field: in which field of a command it was given; None where who asks says that.

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
