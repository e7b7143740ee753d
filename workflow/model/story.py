"""What a facts file tells, as commands."""

from datetime import date

from definitions.language.text import Text
from definitions.language.values import dataclass
from workflow.model.commands import Ordinary, Request


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

    def request(self, actor: str) -> Request:
        """Return the request by which somebody records it."""
        return Request(self.command, actor, self.key, label=self.label)


@dataclass(frozen=True, slots=True)
class Scene:
    """A day on which the story is worth a look, and what is looked at then.

    Attributes:
        explain: the milestone whose gate is explained.
        due: whether the dates are shown, too.
        remind: the first and the last of the days of which is shown what people would have been
            told; None where that is not.
    """

    as_of: date
    explain: str | None
    due: bool
    remind: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What a facts file tells: of which process, the facts as they happened, the scenes."""

    process: str
    facts: tuple[DatedFact, ...]
    scenes: tuple[Scene, ...]
