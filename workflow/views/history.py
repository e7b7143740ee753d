"""The entries of the journal, as others rely on them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from definitions.model import Definition
from workflow.events import AnyEntry, Entry, MilestoneMoved, payload_of
from workflow.folding import arm_of, in_order, resolved
from workflow.state import State
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the journal, as others rely on it.

    Attributes:
        opens_round: which round of its milestone a move opened; None where it opened none, or was
            withdrawn.
    """

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
    opens_round: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The journal of a process, or the part of it that was asked for."""

    process: str
    as_of: date | None
    known_at: date | None
    entries: tuple[EntryView, ...]


def history_view(seen: Seen, entries: Iterable[Entry]) -> HistoryView:
    """Return entries of the journal of a process, and by which days they were asked for.

    Args:
        seen: where it stands by those days.
        entries: those that are shown; every move is among them.
    """
    entries = list(entries)
    opened = rounds_opened(seen.definition, seen.state, entries)
    return HistoryView(
        process=seen.process,
        as_of=seen.as_of,
        known_at=seen.known_at,
        entries=tuple(
            replace(entry_view(entry), opens_round=opened.get(entry.seq)) for entry in entries
        ),
    )


def rounds_opened(
    definition: Definition, state: State, entries: Iterable[AnyEntry]
) -> dict[int, int]:
    """Return which round each move opened that opened one, by the number of its entry.

    Args:
        definition: the one the process is pinned to.
        state: where it stands after the entries.
        entries: of its journal, all moves among them.
    """
    left = {name: milestone.round for name, milestone in state.milestones.items()}
    found: dict[int, int] = {}
    # From the last one back: that one opened the round which is the present one.
    for entry in reversed(in_order(resolved(entries))):
        event = entry.event
        if not isinstance(event, MilestoneMoved):
            continue
        name = event.milestone
        arm = arm_of(definition, name, event.trigger, event.source, event.target)
        if arm.opens_round and left[name]:
            found[entry.seq] = left[name]
            left[name] -= 1
    return found


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
