"""The journal's hash chain: each entry carries the hash of the one before it.

Whoever changes an entry, takes one out or puts one in breaks every hash after it. The hash is
SHA-256 over canonical JSON (sorted keys, no white space, UTF-8, no floating point).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as _quoted

from definitions.canonical_json import canonical
from definitions.language.text import Text, text
from workflow.model.events import EVENT_TYPES, Entry, Event, Happening

GENESIS = "0" * 64
"""The previous hash of the first entry."""


def instant_text(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC, always with microseconds."""
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    # Without being asked for, they are written where there are any; asking takes twice as long.
    return in_utc.isoformat() if in_utc.microsecond else in_utc.isoformat(timespec="microseconds")


def entry_hash(entry: Entry) -> str:
    """Return the hash that an entry should have: over everything in it but the hash itself."""
    return sha256(_canonical(entry).encode()).hexdigest()


def _canonical(entry: Entry) -> str:
    """Return the canonical JSON of an entry without its hash.

    Written out, in the order of the keys: to sort them for each entry takes half as long again.
    """
    effective, on = entry.effective, entry.effective_on
    return (
        f'{{"actor":{_quoted(entry.actor)}'
        f',"digest":{_json(entry.digest)}'
        f',"effective":{_quoted(effective.written)}'
        f',"effective_on":{"null" if on is None else _quoted(on.isoformat())}'
        f',"key":{_json(entry.key)}'
        f',"os_user":{_quoted(entry.os_user)}'
        f',"payload":{_payload(entry.event)}'
        f',"precision":{_quoted(effective.precision.value)}'
        f',"prev_hash":{_quoted(entry.prev_hash)}'
        f',"process":{_quoted(entry.process)}'
        f',"recorded_at":{_quoted(instant_text(entry.recorded_at))}'
        f',"role":{_quoted(entry.role)}'
        f',"seq":{_json(entry.seq)}'
        f',"type":{_quoted(entry.event.TYPE)}}}'
    )


def _payload(event: Event) -> str:
    """Return the canonical JSON of an event: of what ``payload_of`` returns."""
    filled = [
        key + _json(value)
        for name, key in _keys(event.TYPE, tuple(vars(event)))
        if (value := getattr(event, name)) is not None and value is not False and value != ()
    ]
    return f"{{{','.join(filled)}}}"


@lru_cache(maxsize=1024)
def _keys(kind: str, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the names of the fields of an event, sorted, and as the keys that they are.

    Those that it was not read with are left out: they are what they are by default, and empty.
    Of the entries of a long journal, most have a third of their fields.

    Args:
        kind: its type.
        given: the names of what it was read with, or made of.
    """
    empty = (MISSING, None, False, ())
    names = (
        each.name
        for each in fields(EVENT_TYPES[kind])
        if each.name in given or not any(each.default is value for value in empty)
    )
    return tuple((name, f'"{name}":') for name in sorted(names))


def _json(value: object) -> str:
    """Return the canonical JSON of a value: of those that most are, by the shortest way."""
    if type(value) is str:
        return _quoted(value)
    if type(value) is int:
        return str(value)
    return "null" if value is None else canonical(value)


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
