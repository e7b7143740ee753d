"""The source of every view: a definition, a state, and the day it is seen on."""

from datetime import date
from typing import Protocol

from definitions.language.values import dataclass
from definitions.model import title_in
from workflow.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen(Snapshot):
    """The source of a view: a process on a day, today or the requested one.

    Attributes:
        as_of: the requested day; None for the present.
        known_at: only entries recorded by that day count; None for all.
        language: the language of titles.
        ahead: the requested day is in the future, so this is a projection.
        past_rounds: the state includes past rounds.
    """

    process: str
    as_of: date | None = None
    known_at: date | None = None
    language: str = "en"
    ahead: bool = False
    past_rounds: bool = False


class Dated(Protocol):
    """Anything seen as of a day or as known on a day; now, if both are None."""

    @property
    def as_of(self) -> date | None:
        """The day asked for."""

    @property
    def known_at(self) -> date | None:
        """The day by which something had to be recorded to count."""


def looks_back(seen: Dated) -> bool:
    """Return whether a view is of another day than the present, so that nothing can be done."""
    return seen.as_of is not None or seen.known_at is not None


def process_title(seen: Seen) -> str:
    """Return the title of a process, as amended or as its definition has it."""
    amended = seen.state.amendments.get("title")
    if amended is not None:
        return amended.value
    return title_in(seen.definition.title, seen.language, seen.definition.id)
