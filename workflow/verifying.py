"""Is the journal whole, and do the tables say what follows from it?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from definitions.errors import InvalidValue
from definitions.faults import DefinitionInvalid
from definitions.loading import stored_definition
from definitions.model import Definition
from definitions.text import Text, text
from workflow.events import Entry
from workflow.folding import fold
from workflow.journal import GENESIS, broken_link
from workflow.state import State
from workflow.storage import store
from workflow.storage.database import Connection, Database
from workflow.storage.store import Head

_HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{12,64})", re.ASCII)

UNREADABLE = (KeyError, TypeError, ValueError, LookupError, AttributeError, InvalidValue)
"""What reading a row that was tampered with can raise."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about one process.

    Attributes:
        entries: how many entries its journal has.
        head: the hash of the last one; write it down elsewhere, and nobody can change the
            past unseen.
        problems: what does not hold, the first first; empty when all is whole.
    """

    process: str
    entries: int
    head: str
    problems: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """A head that was printed before, and kept outside: entry ``seq`` had this hash."""

    seq: int
    hash: str


def parse_head(written: str) -> Witness:
    """Read a head as ``verify`` prints it: ``42:`` and (the beginning of) a hash.

    Raises:
        InvalidValue: it is not of that form.
    """
    match = _HEAD.fullmatch(written.strip().lower())
    if match is None:
        raise InvalidValue(
            text("“{written}” is not a head.", written=written),
            advice=text("Write it as verify printed it: the number, a colon, the hash."),
        )
    return Witness(int(match[1]), match[2])


def verify(
    database: Database, process: str | None = None, witness: Witness | None = None
) -> list[Verdict]:
    """Verify one process, or all of them.

    Args:
        process: which one; all when None.
        witness: a head that must still be in that process's journal.

    Returns:
        A verdict for each; none when there is no such process.
    """
    with database.reading() as connection:
        heads = store.get_heads(connection)
        return [_verdict(connection, head, witness) for head in heads if process in (None, head.id)]


def _verdict(connection: Connection, head: Head, witness: Witness | None) -> Verdict:
    entries: list[Entry] = []
    problems = list(_read(connection, head, entries))
    if not problems:
        problems += [sentence for _, sentence in broken_link(entries)]
        problems += _check_head(head, entries)
    if not problems:
        problems += _check_tables(connection, head, entries)
    if witness is not None:
        problems += _check_witness(witness, entries)
    last = entries[-1].hash if entries else GENESIS
    return Verdict(head.id, len(entries), last, tuple(problems))


def _read(connection: Connection, head: Head, entries: list[Entry]) -> Iterator[Text]:
    """Read the journal into ``entries``, yielding what cannot be read."""
    for row in store.journal_rows(connection, head.id):
        try:
            entries.append(store.entry_of(row))
        except UNREADABLE:
            yield text("entry {seq} cannot be read", seq=row.seq)


def _check_head(head: Head, entries: list[Entry]) -> Iterator[Text]:
    last = entries[-1] if entries else None
    if last is None:
        yield text("the journal is empty")
    elif (head.head_seq, head.head_hash) != (last.seq, last.hash):
        yield text(
            "the journal ends at entry {last}, and the process says it ends at {head}",
            last=last.seq,
            head=head.head_seq,
        )


def _check_witness(witness: Witness, entries: list[Entry]) -> Iterator[Text]:
    found = next((entry for entry in entries if entry.seq == witness.seq), None)
    if found is None:
        yield text("entry {seq}, of which you have the hash, is not there", seq=witness.seq)
    elif not found.hash.startswith(witness.hash):
        yield text("entry {seq} is not the one of which you have the hash", seq=witness.seq)


def _check_tables(connection: Connection, head: Head, entries: list[Entry]) -> Iterator[Text]:
    definition = _definition(connection, head)
    if definition is None:
        yield text("the stored definition was changed: it no longer has the hash it is pinned by")
        return
    rebuilt = fold(definition, entries)
    try:
        stored = store.read_state(connection, head, past_rounds=True)
    except UNREADABLE:
        yield text("a row of the tables cannot be read")
        return
    yield from _differences(stored, rebuilt)


def _definition(connection: Connection, head: Head) -> Definition | None:
    try:
        return stored_definition(store.get_document(connection, head.definition), head.definition)
    except (DefinitionInvalid, ValueError):
        return None


def _differences(stored: State, rebuilt: State) -> Iterator[Text]:
    for name in ("begins", "last_day", "reconstruction"):
        if getattr(stored, name) != getattr(rebuilt, name):
            yield text("table processes differs from the journal: {column}", column=name)
    for table in store.STATE_TABLES:
        yield from _rows(table.field, getattr(stored, table.field), getattr(rebuilt, table.field))


def _rows(table: str, stored: Mapping[Any, Any], rebuilt: Mapping[Any, Any]) -> Iterator[Text]:
    for key in _keys(stored, rebuilt):
        row = ", ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
        if key not in rebuilt:
            yield text("table {table} has a row too many: {row}", table=table, row=row)
        elif key not in stored:
            yield text("table {table} lacks a row: {row}", table=table, row=row)
        elif stored[key] != rebuilt[key]:
            yield text("table {table} differs from the journal: {row}", table=table, row=row)


def _keys(stored: Iterable[Any], rebuilt: Iterable[Any]) -> list[Any]:
    return sorted({*stored, *rebuilt})
