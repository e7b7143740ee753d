"""Who may see an entry: everybody, whoever has a seat in its process, or one party until a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from definitions.language.values import dataclass
from workflow.model.person import Who


class Audience(StrEnum):
    """The kinds of people who may see an entry."""

    PUBLIC = "public"
    """Everybody."""
    INTERNAL = "internal"
    """Whoever has a seat in the process."""
    OWN = "own"
    """Whoever has a seat of one party; on a day it becomes public, where that is known."""


@dataclass(frozen=True, slots=True)
class Openness:
    """Who may see an entry.

    Attributes:
        party: whose own it is; empty where it is nobody's.
        until: the first day on which everybody may see what is one party's own; None where that is
            not known.
    """

    audience: Audience
    party: str = ""
    until: date | None = None

    def __str__(self) -> str:
        """Return it as an entry has it: ``internal``, ``own oost``, ``own oost 2026-03-01``."""
        words = (self.audience.value, self.party, self.until.isoformat() if self.until else "")
        return " ".join(filter(None, words))

    @classmethod
    def read(cls, written: str) -> "Openness":
        """Read it from an entry.

        Raises:
            ValueError: it is none.
        """
        audience, _, rest = written.partition(" ")
        party, _, until = rest.partition(" ")
        return cls(Audience(audience), party, date.fromisoformat(until) if until else None)

    @property
    def asked(self) -> str:
        """How a command asks for it, which leaves out whose own it is: ``own 2026-03-01``."""
        return str(Openness(self.audience, "", self.until))

    @classmethod
    def asked_for(cls, written: str, party: str) -> "Openness":
        """Read it from a command.

        Args:
            party: whose own it is, where it is asked to be somebody's own.

        Raises:
            ValueError: it is none.
        """
        audience, _, until = written.partition(" ")
        own = Audience(audience) is Audience.OWN
        return cls.read(f"{audience} {party} {until}".rstrip() if own else written)


PUBLIC = Openness(Audience.PUBLIC)
INTERNAL = Openness(Audience.INTERNAL)


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks at a process.

    Attributes:
        seated: they have, or had, a seat in it.
        parties: the parties at which they have one.
        all: they see everything: whoever holds the database does.
    """

    seated: bool = False
    parties: frozenset[str] = frozenset()
    all: bool = False

    @classmethod
    def at(cls, places: Iterable[str]) -> "Onlooker":
        """Return whoever has seats at some places; the place of a role that has none is empty."""
        places = list(places)
        return cls(bool(places), frozenset(places) - {""})

    def may_see(self, openness: Openness, today: date) -> bool:
        """Return whether they may see an entry, on a day."""
        if self.all:
            return True
        match openness.audience:
            case Audience.PUBLIC:
                return True
            case Audience.INTERNAL:
                return self.seated
            case Audience.OWN:
                passed = openness.until is not None and today >= openness.until
                return passed or openness.party in self.parties


EVERYTHING = Onlooker(all=True)
ANYBODY = Onlooker()
"""Whoever has no seat, and no account."""
Looks = Who | Onlooker
"""Who looks: a person, whose seats say what they see; or somebody who sees as much everywhere."""
