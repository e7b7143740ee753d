"""The entries of the journal, as others rely on them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflow.events import Entry, payload_of
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
class HistoryView:
    """The journal of a process, or the part of it that was asked for."""

    process: str
    as_of: date | None
    known_at: date | None
    entries: tuple[EntryView, ...]


def history_view(seen: Seen, entries: Iterable[Entry]) -> HistoryView:
    """Return entries of the journal of a process, and by which days they were asked for."""
    return HistoryView(
        process=seen.process,
        as_of=seen.as_of,
        known_at=seen.known_at,
        entries=tuple(entry_view(entry) for entry in entries),
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
