"""What a command changed in a process: what a receipt is drawn from."""

from definitions.language.values import dataclass
from definitions.proving.verdict import Verdict
from workflow.model.events import Entry
from workflow.rules.snapshot import Snapshot
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Change:
    """A process after commands, and what they did to it.

    Attributes:
        seen: the process as it is after them.
        before: the process as it was before them, on the same day.
        entries: the entries they made, in order.
        recorded: how many entries the commands themselves made.
        repeated: how many of them had been recorded before and made none.
        seq: the number of the last entry of its journal.
        hash: the hash of that entry.
        dry: nothing was written: it was only tried.
        spoiled: the verdict on the definition in force, where that is sound no more; else None.
    """

    seen: Seen
    before: Snapshot
    entries: tuple[Entry, ...]
    recorded: int
    repeated: int
    seq: int
    hash: str
    dry: bool
    spoiled: Verdict | None = None
