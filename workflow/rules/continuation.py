"""The state after some more entries, if it follows from the known state alone."""

from collections.abc import Iterable
from datetime import date

from workflow.model.events import (
    AnswerFollowedUp,
    DecisionRecorded,
    DueMoved,
    Entry,
    MilestoneMoved,
    NoteAdded,
    PartReported,
    PartyLeft,
    SeatEnded,
    SeatGiven,
    TaskReported,
)
from workflow.model.state import State
from workflow.rules.fold import apply_entry, looks_back
from workflow.rules.snapshot import Snapshot


def continued(snapshot: Snapshot, entries: Iterable[Entry]) -> State | None:
    """Return the state after entries that were written since, in the order they were written.

    Args:
        snapshot: where the process stood before them, in the present rounds at least.
        entries: all that were written since.

    Returns:
        None where it takes the whole journal: they correct, they are of an earlier day, or what
        they say can be about a round that was closed that day.
    """
    for entry in entries:
        if not _follows(snapshot.state, entry):
            return None
        snapshot = apply_entry(snapshot, entry)
    return snapshot.state.of_present_rounds()


def _follows(state: State, entry: Entry) -> bool:
    """Return whether an entry is the last by its day, and depends on no earlier state."""
    match entry.event:
        case NoteAdded():
            return True
        case SeatGiven() | SeatEnded():
            return not looks_back(state)
        case MilestoneMoved() | PartReported() | DueMoved() | PartyLeft():
            day = entry.effective_on
            return day is not None and day >= state.last_day and not looks_back(state)
        case DecisionRecorded() | AnswerFollowedUp() | TaskReported():
            return _is_later(state, entry.effective_on) and not looks_back(state)
        case _:
            return False


def _is_later(state: State, day: date | None) -> bool:
    """Return whether a day is later than all there is, or is not one on which a round closed."""
    if day is None or day < state.last_day:
        return False
    return day > state.last_day or all(each.since < day for each in state.milestones.values())
