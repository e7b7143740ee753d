"""Is the journal whole, and do the tables say what follows from it?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from definitions.calendar.zones import NoZone, has_zone, is_of_a_machine, listed, meant_by
from definitions.canonical_json import sha256_of
from definitions.faults import DefinitionInvalid
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass, replace
from definitions.model import Definition
from definitions.stored import stored_definition
from workflow.model.events import Entry, ProcessStarted
from workflow.model.journal import GENESIS, broken_link
from workflow.model.state import State
from workflow.reminders.delivery_checks import (
    Deliveries,
    delivery_faults,
    lapsed_later,
    named,
    sent_ahead,
)
from workflow.reminders.plan_checks import PlanFault, plan_faults
from workflow.rules.fold import fold, in_order
from workflow.rules.snapshot import snapshot_of
from workflow.storage import messages, reading, reminders, store
from workflow.storage.calendars import calendars_of
from workflow.storage.database import Connection, Database
from workflow.storage.errors import CANNOT_BE_READ, Damaged
from workflow.storage.messages import Posted
from workflow.storage.reading import Head
from workflow.storage.reminders import Row

_HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{12,64})", re.ASCII)

UNREADABLE = (*CANNOT_BE_READ, Damaged)
"""The errors that reading a damaged row can raise."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one process.

    Attributes:
        entries: how many entries its journal has.
        head: the hash of the last entry; kept elsewhere, it makes any change to the past visible.
        problems: the damage found, the most fundamental first; empty if the process is intact.
        remarks: notes that are no damage: checks not possible here, or plans by another calendar.
        compared: whether the tables were compared with the journal.
    """

    process: str
    entries: int
    head: str
    problems: tuple[Text, ...]
    remarks: tuple[Text, ...] = ()
    compared: bool = True


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
            field="head",
        )
    return Witness(int(match[1]), match[2])


def verify(
    database: Database,
    process: str | None = None,
    witness: Witness | None = None,
    *,
    now: datetime | None = None,
) -> list[Verdict]:
    """Verify one process, or all of them.

    Args:
        process: which one; all when None.
        witness: a head that must still be in that process's journal.
        now: the present: what lies ahead of it cannot have happened. None where nobody asks that.

    Returns:
        A verdict for each; none when there is no such process.
    """
    with database.reading() as connection:
        known = [*store.process_ids(connection), *store.lost_processes(connection)]
        verdicts = [
            verdict_of(connection, id, witness, now) for id in known if process in (None, id)
        ]
        damage = store.sqlite_damage(connection)
    if damage is None:
        return verdicts
    problem = text("the file of the database is damaged: {why}", why=damage)
    return [replace(each, problems=each.problems or (problem,)) for each in verdicts]


def first_damage(database: Database) -> Damaged | None:
    """Return the first damage found in a database; None if it is intact."""
    for verdict in verify(database):
        if verdict.problems:
            return Damaged(
                text(
                    "The database is damaged; of {process}: {problem}.",
                    process=verdict.process,
                    problem=verdict.problems[0],
                )
            )
    return None


def verdict_of(
    connection: Connection,
    process: str,
    witness: Witness | None = None,
    now: datetime | None = None,
) -> Verdict:
    """Verify one process, within a transaction."""
    with reading.uncollected():
        return _verdict_of(connection, process, witness, now)


def _verdict_of(
    connection: Connection, process: str, witness: Witness | None, now: datetime | None
) -> Verdict:
    entries: list[Entry] = []
    unreadable = list(_read(connection, process, entries))
    until = min((seq for seq, _ in unreadable), default=None)
    readable = (entry for entry in entries if until is None or entry.seq < until)
    problems = [sentence for _, sentence in (*broken_link(readable), *unreadable)]
    head = _head(connection, process)
    if head is None:
        problems.append(text("the row of the process cannot be read"))
    elif not unreadable:
        problems += _check_head(head, entries)
    remarks: list[Text] = []
    definition = None
    if head is not None and not problems:
        document = _document(connection, head)
        problems += _check_definition(head, document, entries)
        if document is not None and not problems:
            definition = _definition(document, head, remarks)
        if definition is not None:
            problems += _check_tables(_Case(connection, head, definition, entries, now, remarks))
    if witness is not None:
        problems += _check_witness(witness, entries)
    last = entries[-1].hash if entries else GENESIS
    return Verdict(
        process, len(entries), last, tuple(problems), tuple(remarks), definition is not None
    )


def _head(connection: Connection, process: str) -> Head | None:
    try:
        return reading.get_head(connection, process)
    except UNREADABLE:
        return None


def _read(connection: Connection, process: str, entries: list[Entry]) -> Iterator[tuple[int, Text]]:
    """Read the journal into ``entries``, yielding what cannot be read."""
    try:
        entries += reading.read_journal(connection, process)
    except UNREADABLE:
        entries.clear()
        yield from _read_one_by_one(connection, process, entries)


def _read_one_by_one(
    connection: Connection, process: str, entries: list[Entry]
) -> Iterator[tuple[int, Text]]:
    for seq in store.journal_numbers(connection, process):
        try:
            entries.append(reading.entry_numbered(connection, process, seq))
        except UNREADABLE:
            place = seq if isinstance(seq, int) else len(entries) + 1
            yield place, text("entry {seq} cannot be read", seq=seq)


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


def _check_definition(head: Head, document: str | None, entries: list[Entry]) -> Iterator[Text]:
    """Yield that the stored definition is not the one the process was started with."""
    if document is None:
        yield text("the stored definition was changed: it no longer has the hash it is pinned by")
    elif not _is_pinned(head, entries[0]):
        yield text("table processes differs from the journal: {column}", column="definition")


@dataclass(frozen=True, slots=True)
class _Case:
    """A process whose journal is whole; what is no damage in its tables is added to the remarks."""

    connection: Connection
    head: Head
    definition: Definition
    entries: list[Entry]
    now: datetime | None
    remarks: list[Text]


def _check_tables(case: _Case) -> Iterator[Text]:
    """Yield the values in tables that do not follow from the journal, or contradict it."""
    connection, head, definition = case.connection, case.head, case.definition
    if store.definition_row(connection, head.definition) != (definition.id, definition.version):
        yield text(
            "table {table} differs from the journal: {row}", table="definitions", row=definition.id
        )
        return
    rebuilt = _rebuilt(definition, case.entries)
    if rebuilt is None:
        yield _why_not(definition, case.entries)
        return
    try:
        stored = reading.read_state(connection, head, past_rounds=True)
    except UNREADABLE:
        yield text("a row of the tables cannot be read")
        return
    differing = list(_differences(stored, rebuilt))
    yield from differing
    if not differing:
        yield from _check_reminders(case, rebuilt)


def _check_reminders(case: _Case, rebuilt: State) -> Iterator[Text]:
    """Yield the first that cannot be so of the reminders; what is no damage is a remark."""
    zone, remarks = case.definition.timezone, case.remarks
    if is_of_a_machine(zone) or not has_zone(zone):
        remarks.append(_of_zone(zone))
        return
    if zone not in listed():
        remarks.append(_old_zone(zone))
    try:
        found = list(_of_reminders(case, rebuilt))
    except UNREADABLE:
        found = [PlanFault(text("a row of the tables cannot be read"))]
    damaged = [each.says for each in found if each.damaged]
    yield from damaged[:1]
    remarks += [each.says for each in found if not each.damaged]


def _of_reminders(case: _Case, rebuilt: State) -> Iterator[PlanFault]:
    """Yield the faults in plans of reminders, and then the impossible outcomes."""
    connection, process = case.connection, case.head.id
    yield from plan_faults(
        connection, case.head, snapshot_of(case.definition, rebuilt, rebuilt.last_day)
    )
    deliveries = Deliveries(
        case.definition.everybody,
        reminders.rows_of(connection, process),
        messages.posted_of(connection, process),
        messages.last_moments(connection, process),
        case.entries,
        case.now,
        calendars_of(connection, case.definition.timezone),
    )
    cannot_be = [PlanFault(each.says) for each in delivery_faults(deliveries)]
    yield from cannot_be
    ahead, later = sent_ahead(deliveries), lapsed_later(deliveries)
    if ahead:
        yield PlanFault(_sent_ahead(ahead), damaged=False)
    if later and not cannot_be:
        yield PlanFault(_planned_late(later), damaged=False)


def _sent_ahead(messages: Sequence[Posted]) -> Text:
    return ntext(
        "{n} message was sent at an instant that is still to come ({first}): by a node whose clock "
        "was ahead, or that was never done",
        "{n} messages were sent at instants that are still to come ({first}, …): by a node whose "
        "clock was ahead, or that was never done",
        len(messages),
        first=messages[0].message_id,
    )


def _planned_late(rows: Sequence[Row]) -> Text:
    return ntext(
        "{n} reminder lapsed though its moment came after the entry that it is of ({first}): it "
        "was planned later than that, as the first sweep after an upgrade does",
        "{n} reminders lapsed though their moments came after the entries that they are of "
        "({first}, …): they were planned later than that, as the first sweep after an upgrade does",
        len(rows),
        first=named(rows[0]),
    )


def _document(connection: Connection, head: Head) -> str | None:
    """Return the stored definition as it was written; None where it is another one."""
    try:
        document = reading.get_document(connection, head.definition)
        return document if sha256_of(document) == head.definition else None
    except UNREADABLE:
        return None


def _definition(document: str, head: Head, remarks: list[Text]) -> Definition | None:
    """Return a stored definition; None, with a remark, where it cannot be read here."""
    try:
        return stored_definition(document, head.definition)
    except NoZone as error:
        remarks.append(_of_zone(error.name))
    except (DefinitionInvalid, *UNREADABLE):
        remarks.append(
            text(
                "the definition is the one that was stored, and this version of the program "
                "cannot read it: the tables could not be compared"
            )
        )
    return None


def _of_zone(zone: str) -> Text:
    """Return why what depends on a time zone cannot be compared here."""
    return _zone_of_a_machine(zone) if is_of_a_machine(zone) else _no_zone(zone)


def _no_zone(zone: str) -> Text:
    return text(
        "this machine has no data on the time zone {zone}: what depends on it could not be "
        "compared",
        zone=zone,
    )


def _zone_of_a_machine(zone: str) -> Text:
    return text(
        "the time zone {zone} is another one on each machine: what depends on it could not be "
        "compared; a definition names a place, such as Europe/Amsterdam, or UTC",
        zone=zone,
    )


def _old_zone(zone: str) -> Text:
    return text(
        "the time zone {zone} cannot be named by a new definition: {meant}",
        zone=zone,
        meant=meant_by(zone) or "Europe/Amsterdam, …",
    )


def _is_pinned(head: Head, first: Entry) -> bool:
    """Return whether a process is pinned to the definition that its journal names."""
    return isinstance(first.event, ProcessStarted) and first.event.sha256 == head.definition


def _rebuilt(definition: Definition, entries: Iterable[Entry]) -> State | None:
    try:
        return fold(definition, entries)
    except UNREADABLE:
        return None


def _why_not(definition: Definition, entries: list[Entry]) -> Text:
    """Name the entry that this definition knows no meaning of."""
    ordered = in_order(entries)
    last = next(
        each
        for count, each in enumerate(ordered, start=1)
        if _rebuilt(definition, ordered[:count]) is None
    )
    return text("the state cannot be rebuilt: entry {seq} means nothing here", seq=last.seq)


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
    keys = {*stored, *rebuilt}
    try:
        return sorted(keys)
    except TypeError:  # one was made another type: text, where there were numbers
        return sorted(keys, key=repr)
