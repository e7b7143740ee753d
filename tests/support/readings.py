"""The values read from a database, by every way of reading and by its column types."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from workflow.model.state import State
from workflow.storage import reading, tables, undelivered
from workflow.storage.database import Connection, Database
from workflow.storage.reading import STATE_TABLES, Head, Reader
from workflow.storage.sqlite_file import sqlite_file

FAR = datetime.fromisoformat("2100-01-01T00:00:00+00:00")


def everything(reader: Reader) -> Iterator[object]:
    """Yield all that can be asked, in the order in which it is found."""
    heads = reading.get_heads(reader)
    people = reading.people(reader)
    yield from (heads, people, reading.addressees(reader), reading.count_processes(reader))
    yield reading.heads_of(reader, [each.id for each in heads])
    yield reading.read_states(reader, heads)
    yield reading.get_documents(reader, [each.definition for each in heads])
    yield undelivered.processes_waiting(reader, FAR)
    for head in heads:
        yield reading.get_head(reader, head.id)
        yield reading.get_document(reader, head.definition)
        present = reading.read_state(reader, head)
        yield from (present, reading.with_past_rounds(reader, head.id, present))
        entries = reading.read_journal(reader, head.id)
        yield from (entries, reading.read_dated_events(reader, head.id))
        yield reading.opening_hash(reader, head.id)
        yield reading.entry_numbered(reader, head.id, entries[-1].seq)
        yield reading.entry_with_key(reader, head.id, entries[0].key or "none")
        yield undelivered.undelivered_of(reader, head.id)
        yield undelivered.waiting_of(reader, head.id, FAR)
    for person, (name, _) in people.items():
        yield reading.people_said(reader, name)
        yield reading.person_known(reader, person)
        yield reading.name_of(reader, person)
        yield reading.is_mailbox(reader, person)
        yield reading.seats_of_person(reader, person)


def by_columns(connection: Connection, head: Head) -> State:
    """Return where a process stands as SQLAlchemy reads it, by the types of the columns."""
    read: dict[str, Any] = {}
    for each in STATE_TABLES:
        table = tables.metadata.tables[each.field]
        key = [column for column in table.c if column.primary_key and column.name != "process"]
        columns = [*key, *(table.c[name] for name in each.columns)]
        rows = connection.execute(select(*columns).where(table.c.process == head.id))
        read[each.field] = {
            tuple(row[: len(key)]) if len(key) > 1 else row[0]: each.value(*row[len(key) :])
            for row in rows
        }
    return State(head.begins, head.last_day, head.reconstruction, **read)


def check_readings(database: Database) -> None:
    """Hold against each other what is read by every way there is; byte for byte, in order."""
    with database.reading() as connection:
        through_sqlalchemy = list(everything(connection))
        for head in reading.get_heads(connection):
            state = reading.read_state(connection, head, past_rounds=True)
            assert by_columns(connection, head) == state
    if database.file is None:
        return
    file = sqlite_file(str(database.file))
    assert file is not None
    with file, file.reading() as reader:
        assert list(map(repr, through_sqlalchemy)) == list(map(repr, everything(reader)))
