"""The entries of the journal, as others rely on them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from definitions.language.values import dataclass
from definitions.model import Arm, Definition
from workflow.model.events import (
    AnswerFollowedUp,
    AnyEntry,
    DecisionRecorded,
    Entry,
    MilestoneMoved,
    payload_of,
)
from workflow.model.state import FIRST_ROUND
from workflow.rules.arms import arm_of
from workflow.rules.fold import in_order, resolved
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the journal, as others rely on it."""

    seq: int
    type: str
    actor: str
    role: str
    os_user: str
    recorded_at: datetime
    effective_on: date | None
    precision: str
    effective: str
    hash: str
    prev_hash: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class EntryInRoundsView(EntryView):
    """One entry of the journal, and what it has to do with rounds.

    Attributes:
        opens_round: which round of its milestone a move opened; None where it opened none, or was
            withdrawn.
        round: in which round a decision, or a step taken with it, counts; None for any other entry,
            and where it was withdrawn.
    """

    opens_round: int | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The journal of a process, or the part of it that was asked for."""

    process: str
    as_of: date | None
    known_at: date | None
    entries: tuple[EntryInRoundsView, ...]


def history_view(seen: Seen, entries: Iterable[Entry]) -> HistoryView:
    """Return entries of the journal of a process, and by which days they were asked for.

    Args:
        seen: where it stands by those days.
        entries: those that are shown; every move is among them.
    """
    entries = list(entries)
    rounds = rounds_in(seen.definition, entries)
    return HistoryView(
        process=seen.process,
        as_of=seen.as_of,
        known_at=seen.known_at,
        entries=tuple(_in_rounds(entry, rounds) for entry in entries),
    )


class Rounds(NamedTuple):
    """The rounds of entries, by their numbers.

    Attributes:
        opened: the round that each opening move opened.
        counts: the round in which each decision, and each follow-up of one, counts.
    """

    opened: dict[int, int]
    counts: dict[int, int]


def rounds_in(definition: Definition, entries: Iterable[AnyEntry]) -> Rounds:
    """Return which rounds entries opened, and in which they count.

    Args:
        definition: the definition that the process is pinned to.
        entries: entries of its journal, including all moves.
    """
    found = Rounds({}, {})
    for entry, number in _rounds_of(definition, entries):
        if not isinstance(entry.event, MilestoneMoved):
            found.counts[entry.seq] = number
        elif _arm(definition, entry.event).opens_round:
            found.opened[entry.seq] = number
    return found


def _rounds_of(
    definition: Definition, entries: Iterable[AnyEntry]
) -> Iterator[tuple[AnyEntry, int]]:
    """Yield the entries that belong to a round of a milestone, each with that round.

    The round in an entry itself is only the one known at the time of recording.

    Args:
        definition: the definition that the process is pinned to.
        entries: entries of its journal, including all moves.
    """
    rounds = dict.fromkeys(definition.milestones, FIRST_ROUND)
    used = {name: each.initial in each.admitting for name, each in definition.milestones.items()}
    for entry in in_order(resolved(entries)):
        event = entry.event
        match event:
            case MilestoneMoved():
                name = event.milestone
                rounds[name] += _arm(definition, event).opens_round and used[name]
                used[name] = used[name] or event.target in definition.milestones[name].admitting
                yield entry, rounds[name]
            case DecisionRecorded() | AnswerFollowedUp():
                yield entry, event.of_round or rounds[event.milestone]
            case _:
                pass


def _arm(definition: Definition, event: MilestoneMoved) -> Arm:
    return arm_of(definition, event.milestone, event.trigger, event.source, event.target)


def _in_rounds(entry: Entry, rounds: Rounds) -> EntryInRoundsView:
    view = entry_view(entry)
    return EntryInRoundsView(
        view.seq,
        view.type,
        view.actor,
        view.role,
        view.os_user,
        view.recorded_at,
        view.effective_on,
        view.precision,
        view.effective,
        view.hash,
        view.prev_hash,
        view.payload,
        opens_round=rounds.opened.get(entry.seq),
        round=rounds.counts.get(entry.seq),
    )


def entry_view(entry: Entry) -> EntryView:
    """Return an entry of the journal with its event as plain data."""
    return EntryView(
        seq=entry.seq,
        type=entry.event.TYPE,
        actor=entry.actor,
        role=entry.role,
        os_user=entry.os_user,
        recorded_at=entry.recorded_at,
        effective_on=entry.effective_on,
        precision=entry.effective.precision.value,
        effective=entry.effective.written,
        hash=entry.hash,
        prev_hash=entry.prev_hash,
        payload=payload_of(entry.event),
    )
