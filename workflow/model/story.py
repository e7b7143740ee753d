"""The contents of a facts file, as commands."""

from datetime import date

from definitions.language.text import Text
from definitions.language.values import dataclass
from workflow.model.commands import Ordinary, Request
from workflow.model.person import Who


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One fact, as a command.

    Attributes:
        key: its idempotency key; a fact is recorded once.
        label: where it stands, for refusals.
    """

    key: str
    command: Ordinary
    label: Text

    def request(self, actor: Who) -> Request:
        """Return the request by which somebody records it."""
        return Request(self.command, actor, self.key, label=self.label)


@dataclass(frozen=True, slots=True)
class Scene:
    """A day of the story that the demo shows, and what it shows.

    Attributes:
        explain: the milestone whose gate is explained.
        due: whether the dates are shown too.
        remind: the first and last day of the reminders shown; None for none.
    """

    as_of: date
    explain: str | None
    due: bool
    remind: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """The contents of a facts file: the process, its facts in order, and the scenes."""

    process: str
    facts: tuple[DatedFact, ...]
    scenes: tuple[Scene, ...]
