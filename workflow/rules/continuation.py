"""Folding new entries onto a known state, where that alone determines the next state."""

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
    PartyJoined,
    PartyLeft,
    SeatEnded,
    SeatGiven,
    TaskReported,
)
from workflow.model.state import State
from workflow.rules.fold import apply_entry, looks_back
from workflow.rules.snapshot import Snapshot


def continued(snapshot: Snapshot, entries: Iterable[Entry]) -> State | None:
    """Return the state after new entries, in the order they were written.

    Args:
        snapshot: the process before them; the present rounds are enough.
        entries: all entries written since.

    Returns:
        None where the whole journal is needed: an entry is a correction, is of an earlier day, or
        may belong to a round that was closed on its day.
    """
    for entry in entries:
        if not _follows(snapshot.state, entry):
            return None
        snapshot = apply_entry(snapshot, entry)
    return snapshot.state.of_present_rounds()


def _follows(state: State, entry: Entry) -> bool:
    """Return whether an entry is last by effective date and depends on the present state only."""
    match entry.event:
        case NoteAdded():
            return True
        case SeatGiven() | SeatEnded():
            return not looks_back(state)
        case MilestoneMoved() | PartReported() | DueMoved() | PartyJoined() | PartyLeft():
            day = entry.effective_on
            return day is not None and day >= state.last_day and not looks_back(state)
        case DecisionRecorded() | AnswerFollowedUp() | TaskReported():
            return _is_later(state, entry.effective_on) and not looks_back(state)
        case _:
            return False


def _is_later(state: State, day: date | None) -> bool:
    """Return whether a day is after all entries, or is the last day and no round closed on it."""
    if day is None or day < state.last_day:
        return False
    return day > state.last_day or all(each.since < day for each in state.milestones.values())
