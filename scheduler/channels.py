"""Channels: the ways by which letters leave, and their outcomes.

A channel does not raise for errors on its way: it returns the outcome, and its caller decides what
follows. Sending the same letter again is always allowed.
"""

from typing import Protocol, Self

from definitions.language.text import Text
from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Accepted:
    """A mail server took the letter; it is no longer our concern."""


@dataclass(frozen=True, slots=True)
class Filed:
    """It was put in a folder: nobody is sent it by that, unless somebody does so from there."""

    folder: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It was permanently rejected: a retry would not help."""

    why: Text


@dataclass(frozen=True, slots=True)
class Failed:
    """It was certainly not delivered this time; trying again may help.

    Attributes:
        temporary: whether it may help without anybody doing anything.
    """

    why: Text
    temporary: bool = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been delivered, or not: the answer was lost. The same bytes may be sent again."""

    why: Text


Outcome = Accepted | Filed | Refused | Failed | Unknown
"""What became of a letter."""


class Channel(Protocol):
    """A way by which letters leave. It holds what it needs for a sweep, and is closed after it."""

    def send(self, written: bytes, to: str) -> Outcome:
        """Send a letter to an address, and say what became of it."""
        ...

    def check(self) -> Accepted | Filed | Failed:
        """Try the way without sending anything."""
        ...

    def close(self) -> None:
        """Release resources; sending acquires them again."""
        ...

    def __enter__(self) -> Self:
        """Begin a sweep."""
        ...

    def __exit__(self, *how: object) -> None:
        """End it: close."""
        ...
