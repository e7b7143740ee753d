"""What every view is drawn from."""

from dataclasses import dataclass
from datetime import date

from definitions.model import Definition, title_in
from workflow.state import State


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view is drawn from.

    Attributes:
        today: the day that counts as the present: today, or the day asked for.
        as_of: the day asked for, or None for the present.
        known_at: only what was recorded by then counts; None for all of it.
        language: in which titles are shown.
        ahead: the day asked for is still to come: it is as it would stand then.
    """

    process: str
    definition: Definition
    state: State
    today: date
    as_of: date | None = None
    known_at: date | None = None
    language: str = "en"
    ahead: bool = False


def process_title(seen: Seen) -> str:
    """Return what a process is called: as amended, or as its definition has it."""
    amended = seen.state.amendments.get("title")
    if amended is not None:
        return amended.value
    return title_in(seen.definition.title, seen.language, seen.definition.id)
