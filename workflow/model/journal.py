"""The journal's hash chain: each entry carries the hash of the one before it.

Whoever changes an entry, takes one out or puts one in breaks every hash after it. The hash is
SHA-256 over canonical JSON (sorted keys, no white space, UTF-8, no floating point).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from definitions.canonical_json import canonical
from definitions.language.text import Text, text
from workflow.model.events import Entry, Happening, payload_of

GENESIS = "0" * 64
"""The previous hash of the first entry."""


def instant_text(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC, always with microseconds."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def entry_hash(entry: Entry) -> str:
    """Return the hash that an entry should have: over everything in it but the hash itself."""
    return sha256(canonical(_hashed(entry)).encode()).hexdigest()


def _hashed(entry: Entry) -> dict[str, Any]:
    return {
        "process": entry.process,
        "seq": entry.seq,
        "type": entry.event.TYPE,
        "payload": payload_of(entry.event),
        "actor": entry.actor,
        "role": entry.role,
        "os_user": entry.os_user,
        "recorded_at": instant_text(entry.recorded_at),
        "effective": entry.effective.written,
        "effective_on": entry.effective_on.isoformat() if entry.effective_on else None,
        "precision": entry.effective.precision.value,
        "key": entry.key,
        "digest": entry.digest,
        "prev_hash": entry.prev_hash,
    }


def broken_link(entries: Iterable[Entry]) -> Iterator[tuple[int, Text]]:
    """Yield every place where the chain does not hold: the number, and what is wrong there."""
    prev_hash, seq = GENESIS, 0
    for entry in entries:
        seq += 1
        if entry.seq != seq:
            yield seq, text("entry {seq} is missing", seq=seq)
            seq = entry.seq
        if entry.prev_hash != prev_hash:
            yield seq, text("entry {seq} does not follow the entry before it", seq=seq)
        if _hash_of_any(entry) != entry.hash:
            yield seq, text("entry {seq} was changed after it was written", seq=seq)
        prev_hash = entry.hash


def _hash_of_any(entry: Entry) -> str | None:
    """Return the hash of an entry, or None where it holds what no entry of ours can."""
    try:
        return entry_hash(entry)
    except (TypeError, ValueError):
        return None


class Writer:
    """Makes entries that follow one another."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        os_user: str,
        process: str,
        seq: int = 0,
        head: str = GENESIS,
    ) -> None:
        """Take the clock, the logged-in user, and the last entry of a process."""
        self._clock = clock
        self._os_user = os_user
        self._process = process
        self.seq = seq
        self.hash = head

    def entry(
        self,
        happening: Happening,
        person: str,
        seat: str,
        key: str | None = None,
        digest: str | None = None,
    ) -> Entry:
        """Return the next entry: a dated event, its actor and their seat."""
        entry = Entry(
            process=self._process,
            seq=self.seq + 1,
            event=happening.event,
            actor=person,
            role=seat,
            os_user=self._os_user,
            recorded_at=self._clock(),
            effective=happening.effective,
            effective_on=happening.effective_on,
            key=key,
            digest=digest,
            prev_hash=self.hash,
            hash="",
        )
        entry = entry._replace(hash=entry_hash(entry))
        self.seq, self.hash = entry.seq, entry.hash
        return entry
