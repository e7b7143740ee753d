"""The entries of a journal that concern one party."""

from collections.abc import Iterable, Iterator, Sequence

from definitions.model import Definition
from workflow.model.events import (
    Amended,
    AnswerFollowedUp,
    AnyEntry,
    CalendarFollowed,
    DecisionRecorded,
    DueMoved,
    EntryCorrected,
    Event,
    MilestoneMoved,
    NoteAdded,
    PartReported,
    PartyJoined,
    PartyLeft,
    ProcessStarted,
    SeatEnded,
    SeatGiven,
    TaskReported,
    event_from,
    names_in,
)


def concerning(
    entries: Iterable[AnyEntry], party: str | None, definition: Definition
) -> list[AnyEntry]:
    """Return the entries that concern a party: its own, and those that concern everybody.

    Args:
        party: which one; all entries when None.
    """
    entries = list(entries)
    if party is None:
        return entries
    about = {seq for seq, event in _readings(entries) if concerns(event, party, definition)}
    return [entry for entry in entries if entry.seq in about or _corrects(entry) in about]


def _readings(entries: Iterable[AnyEntry]) -> Iterator[tuple[int, Event]]:
    """Yield all that each entry ever said: as it was recorded, and by each correction of it."""
    for entry in entries:
        event = entry.event
        yield entry.seq, event
        if isinstance(event, EntryCorrected) and event.replacement is not None:
            yield event.corrects, event_from(event.kind, event.replacement)


def _corrects(entry: AnyEntry) -> int:
    return entry.event.corrects if isinstance(entry.event, EntryCorrected) else 0


def concerns(event: Event, party: str, definition: Definition) -> bool:
    """Return whether an event concerns a party, or everybody."""
    match event:
        case DecisionRecorded() | AnswerFollowedUp():
            return definition.party_of(event.body) in (party, "")
        case TaskReported() | PartReported():
            return event.subject in (party, "")
        case SeatGiven() | SeatEnded():
            return event.place == party
        case Amended():
            return event.what.endswith(f"/{party}") or "/" not in event.what
        case CalendarFollowed():
            return any(each.party in (party, "") for each in event.shifts)
        case ProcessStarted() | MilestoneMoved() | DueMoved() | PartyJoined() | PartyLeft():
            return True
        case NoteAdded():
            return _is_told_of(names_in(event.about), party, definition)
        case EntryCorrected():
            return False


def _is_told_of(about: Sequence[str], party: str, definition: Definition) -> bool:
    """Return whether a note concerns a party; a note that names no party concerns everybody."""
    everybody = definition.everybody
    parties = {name for name in about if name in everybody.parties}
    parties |= {everybody.party_of(name) for name in about if name in everybody.bodies} - {""}
    return not parties or party in parties
