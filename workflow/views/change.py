"""What a command changed in a process: what a receipt is drawn from."""

from definitions.language.values import dataclass
from workflow.model.events import Entry
from workflow.model.state import State
from workflow.rules.gates import Situation
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Change:
    """A process after commands, and what they did to it.

    Attributes:
        seen: the process as it is after them.
        before: its state before them.
        entries: the entries they made, in order.
        recorded: how many entries the commands themselves made.
        repeated: how many of them had been recorded before and made none.
        seq: the number of the last entry of its journal.
        hash: the hash of that entry.
        dry: nothing was written: it was only tried.
    """

    seen: Seen
    before: State
    entries: tuple[Entry, ...]
    recorded: int
    repeated: int
    seq: int
    hash: str
    dry: bool

    @property
    def now(self) -> Situation:
        """The process after the commands, for gates."""
        return Situation(self.seen.definition, self.seen.state, self.seen.today)

    @property
    def then(self) -> Situation:
        """The process before the commands, on the same day, for gates."""
        return Situation(self.seen.definition, self.before, self.seen.today)
