"""What every view is drawn from."""

from datetime import date
from typing import Protocol

from definitions.language.values import dataclass
from definitions.model import title_in
from workflow.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Seen(Snapshot):
    """What a view is drawn from: a process on a day, today or the one asked for.

    Attributes:
        as_of: the day asked for, or None for the present.
        known_at: only what was recorded by then counts; None for all of it.
        language: in which titles are shown.
        ahead: the day asked for is still to come: it is as it would stand then.
        past_rounds: the state has the rounds that are over as well, where there are any.
    """

    process: str
    as_of: date | None = None
    known_at: date | None = None
    language: str = "en"
    ahead: bool = False
    past_rounds: bool = False


class Dated(Protocol):
    """What is seen as it stood on a day, or as it was known on one; or now, where both are None."""

    @property
    def as_of(self) -> date | None:
        """The day asked for."""

    @property
    def known_at(self) -> date | None:
        """The day by which something had to be recorded to count."""


def looks_back(seen: Dated) -> bool:
    """Say whether something is not seen as it is: nothing can be done there any more."""
    return seen.as_of is not None or seen.known_at is not None


def process_title(seen: Seen) -> str:
    """Return what a process is called: as amended, or as its definition has it."""
    amended = seen.state.amendments.get("title")
    if amended is not None:
        return amended.value
    return title_in(seen.definition.title, seen.language, seen.definition.id)
