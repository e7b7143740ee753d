"""What of a process somebody may see: its entries, and what follows from them.

Whatever somebody may not see is left out, as though it were not there. Moves are public, and so is
what they rest on: a gate counts what is withheld, though not everybody sees why it holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from workflow.model.events import (
    AnyEntry,
    EntryCorrected,
    Event,
    event_from,
    openness_of,
    secrecy_of,
)
from workflow.model.openness import Onlooker
from workflow.model.state import DecisionState, FollowUpState, PartState, State, TaskState

Key = TypeVar("Key")
Told = TypeVar("Told", DecisionState, TaskState, PartState, FollowUpState)


def visible_entries(
    entries: Sequence[AnyEntry], every: Iterable[AnyEntry], onlooker: Onlooker, today: date
) -> list[AnyEntry]:
    """Return the entries that somebody may see.

    Whether they may follows from how an entry reads now: a correction can make public what was
    internal, and the other way round. A correction is seen by whoever sees what it corrects.

    Args:
        entries: those that are asked for.
        every: all entries of the journal, with corrections that were made since.
    """
    if onlooker.all:
        return list(entries)
    hidden = hidden_entries(every, onlooker, today)
    return [entry for entry in entries if entry.seq not in hidden]


def hidden_entries(every: Iterable[AnyEntry], onlooker: Onlooker, today: date) -> frozenset[int]:
    """Return the numbers of the entries that somebody may not see.

    Args:
        every: all entries of the journal, or at least those that say who may see them, and all
            corrections of these.
    """
    if onlooker.all:
        return frozenset()
    readings: dict[int, list[tuple[int, Event | None]]] = {}
    for entry in every:
        event = entry.event
        if not isinstance(event, EntryCorrected):
            readings[entry.seq] = [(entry.seq, event)]
        else:
            read = event.replacement
            reading = None if read is None else event_from(event.kind, read)
            # An entry that said nothing of it itself may not be among them.
            of = readings.setdefault(event.corrects, [(event.corrects, None)])
            of.append((entry.seq, reading))
    hidden: set[int] = set()
    for seqs in readings.values():
        hidden |= _hidden_of(seqs, onlooker, today)
    return frozenset(hidden)


def _hidden_of(
    readings: Sequence[tuple[int, Event | None]], onlooker: Onlooker, today: date
) -> set[int]:
    """Return which of an entry and its corrections somebody may not see."""
    said = [(seq, event) for seq, event in readings if event is not None]
    if not said:
        return set()
    _, last = said[-1]
    if not onlooker.may_see(openness_of(last), today):
        return {seq for seq, _ in readings}
    if secrecy_of(last) is not None:
        # What was recorded of the content before that was known is not for everybody.
        return {seq for seq, event in said if secrecy_of(event) is None}
    return set()


def visible(state: State, hidden: frozenset[int]) -> State:
    """Return a state without what follows from entries that somebody may not see.

    Args:
        hidden: the numbers of those entries.
    """
    if not hidden:
        return state
    answers = _told(state.decisions, hidden)
    return replace(
        state,
        decisions=answers,
        follow_ups={
            key: each for key, each in _told(state.follow_ups, hidden).items() if key[:4] in answers
        },
        tasks=_told(state.tasks, hidden),
        parts=_told(state.parts, hidden),
    )


def _told(mapping: Mapping[Key, Told], hidden: frozenset[int]) -> dict[Key, Told]:
    return {key: each for key, each in mapping.items() if each.seq not in hidden}
