"""The journal: a chain that breaks wherever it is touched, and a table that refuses it."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text as sql

from definitions.calendar.dates import day_of, parse_date
from definitions.language.errors import MijlpaalError
from tests.support.databases import file_of
from tests.support.engine import Traject, World, gr_sociaal_domein
from tests.support.properties import examples
from workflow.model.commands import AddNote
from workflow.model.events import (
    EVENT_TYPES,
    DecisionRecorded,
    Entry,
    Event,
    NoteAdded,
    about_of,
    event_from,
    payload_of,
)
from workflow.model.journal import GENESIS, broken_link, entry_hash
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(NoteAdded, WORDS, st.none() | WORDS, st.lists(WORDS).map(about_of)),
    st.builds(
        DecisionRecorded,
        milestone=WORDS,
        request=WORDS,
        round=st.integers(1, 9),
        body=WORDS,
        outcome=WORDS,
        votes=st.none() | WORDS,
        on_behalf=st.booleans(),
        out_of_order=st.none() | WORDS,
    ),
)
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "process": WORDS,
    "seq": st.integers(1, 9),
    "event": EVENTS,
    "actor": WORDS,
    "role": WORDS,
    "os_user": WORDS,
    "recorded_at": st.datetimes(timezones=st.just(UTC)),
    "effective": DATES.map(day_of) | st.sampled_from(["2021-03", "by 2021-03-31"]).map(parse_date),
    "effective_on": st.none() | DATES,
    "key": st.none() | WORDS,
    "digest": st.none() | WORDS,
    "prev_hash": st.sampled_from(["1" * 64, "2" * 64]),
    "hash": st.sampled_from(["1" * 64, "2" * 64]),
}


def chain(number: int) -> list[Entry]:
    """Return a whole journal of notes."""
    entries: list[Entry] = []
    for seq in range(1, number + 1):
        entry = Entry(
            process="traject",
            seq=seq,
            event=NoteAdded(f"note {seq}"),
            actor="person-1",
            role="projectsecretaris",
            os_user="tester",
            recorded_at=datetime(2022, 6, 1, 10, 0, tzinfo=UTC),
            effective=day_of(date(2021, 3, seq)),
            effective_on=date(2021, 3, seq),
            key=None,
            digest=None,
            prev_hash=entries[-1].hash if entries else GENESIS,
            hash="",
        )
        entries.append(entry._replace(hash=entry_hash(entry)))
    return entries


def broken(entries: Sequence[Entry]) -> list[str]:
    """Return what is wrong with a journal."""
    return [str(sentence) for _, sentence in broken_link(entries)]


def test_a_whole_chain_has_nothing_wrong_with_it() -> None:
    """Nor has one without entries."""
    assert [] == broken([])
    assert [] == broken(chain(5))


def test_every_field_of_an_entry_is_covered() -> None:
    """Who adds a field to the entry adds it to the test that changes each of them."""
    assert set(Entry._fields) == FIELDS.keys()


@examples(60)
@given(st.sampled_from(sorted(FIELDS)), st.integers(0, 4), st.data())
def test_changing_any_field_of_any_entry_breaks_the_chain(
    name: str, index: int, data: st.DataObject
) -> None:
    """Whatever is changed in whatever entry: that entry is the first that does not fit."""
    entries = chain(5)
    before = getattr(entries[index], name)
    value = data.draw(FIELDS[name].filter(lambda other: _differs(before, other)))
    changed: Any = {name: value}
    entries[index] = entries[index]._replace(**changed)

    found = [seq for seq, _ in broken_link(entries)]

    assert [index + 1] == found[:1]


ODD = WORDS | st.text(
    st.sampled_from("\"\\/\0\x1f\x7f\u2028\ud7ff\uffff\U0001f600é'<&"), max_size=6
)
VALUES: dict[object, st.SearchStrategy[object]] = {
    str: ODD,
    str | None: st.none() | ODD,
    int: st.integers(),
    int | None: st.none() | st.integers(),
    bool: st.booleans(),
    tuple[str, ...]: st.lists(ODD).map(tuple),
    str | tuple[str, ...] | None: st.lists(ODD).map(about_of),
    dict[str, Any] | None: st.none()
    | st.dictionaries(ODD, ODD | st.integers() | st.booleans() | st.lists(ODD)),
}


@examples(120)
@given(st.sampled_from(sorted(EVENT_TYPES)), st.data())
def test_a_hash_is_of_the_canonical_json_of_an_entry(kind: str, data: st.DataObject) -> None:
    """Of every type of event, with whatever is in it: keys sorted, no white space, UTF-8."""
    of: Any = EVENT_TYPES[kind]
    event: Event = of(**{each.name: data.draw(VALUES[each.type]) for each in fields(of)})
    given = {name: data.draw(ODD) for name in ("process", "actor", "role", "os_user")}
    optional = {name: data.draw(st.none() | ODD) for name in ("key", "digest")}
    effective, day = data.draw(FIELDS["effective"]), data.draw(st.none() | DATES)
    at = data.draw(st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Europe/Amsterdam")])))
    (first,) = chain(1)
    changed: Any = {**given, **optional, "event": event, "effective": effective}
    entry = first._replace(**changed, effective_on=day, recorded_at=at)

    written = {
        **given,
        **optional,
        "seq": entry.seq,
        "type": kind,
        "payload": payload_of(event),
        "recorded_at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "effective": entry.effective.written,
        "effective_on": None if day is None else day.isoformat(),
        "precision": entry.effective.precision.value,
        "prev_hash": entry.prev_hash,
    }
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert sha256(canonical.encode()).hexdigest() == entry_hash(entry)
    read = entry._replace(event=event_from(kind, payload_of(event)))
    assert entry_hash(read) == entry_hash(entry)


@pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
def test_what_an_event_was_not_read_with_is_hashed_as_it_is_by_default(kind: str) -> None:
    """Also where the default is not empty: it is what the event says."""
    of: Any = EVENT_TYPES[kind]
    needed = {each.name: "x" for each in fields(of) if each.default is MISSING}
    (entry,) = chain(1)
    made, read = of(**needed), event_from(kind, needed)

    assert made == read
    assert entry_hash(entry._replace(event=made)) == entry_hash(entry._replace(event=read))


def _differs(before: object, after: object) -> bool:
    return (before, str(before)) != (after, str(after))


@pytest.mark.parametrize(
    ("order", "sentences"),
    [
        ([1, 2, 3], ["entry 1 is missing", "entry 2 does not follow the entry before it"]),
        (
            [0, 1, 3],
            ["entry 3 is missing", "entry 4 does not follow the entry before it"],
        ),
        (
            [0, 2, 1],
            [
                "entry 2 is missing",
                "entry 3 does not follow the entry before it",
                "entry 4 is missing",
                "entry 2 does not follow the entry before it",
            ],
        ),
    ],
    ids=["the first taken out", "one taken out in the middle", "two exchanged"],
)
def test_taking_out_and_exchanging_is_seen(order: list[int], sentences: list[str]) -> None:
    """Every entry carries the hash of the one before it, and its number."""
    entries = chain(4)

    assert sentences == broken([entries[index] for index in order])


def test_taking_off_the_end_is_not_seen_by_the_chain_alone() -> None:
    """A shorter chain is whole by itself: that is what the head, and witnesses, are for."""
    assert [] == broken(chain(5)[:3])


def test_a_changed_entry_with_a_new_hash_breaks_the_next() -> None:
    """Who mends the hash of what was changed has to rewrite all that follows."""
    entries = chain(4)
    forged = entries[1]._replace(actor="somebody else", hash="")
    entries[1] = forged._replace(hash=entry_hash(forged))

    assert ["entry 3 does not follow the entry before it"] == broken(entries)


@examples(60)
@given(EVENTS)
def test_an_event_is_its_own_json(event: Event) -> None:
    """What is written of an event is read as the same event; what is empty is left out."""
    payload = payload_of(event)

    assert event == event_from(event.TYPE, payload)
    assert None not in payload.values()


def test_every_event_has_a_name_of_its_own() -> None:
    """The type in the journal means one class."""
    assert {kind.TYPE: kind for kind in EVENT_TYPES.values()} == EVENT_TYPES
    assert len(set(EVENT_TYPES.values())) == len(EVENT_TYPES)


def test_the_hash_is_of_the_instant_not_of_its_time_zone() -> None:
    """Ten o'clock in UTC and noon in Amsterdam are one instant, and one hash."""
    entry = chain(1)[0]
    elsewhere = entry._replace(
        recorded_at=entry.recorded_at.astimezone(ZoneInfo("Europe/Amsterdam"))
    )
    later = entry._replace(recorded_at=entry.recorded_at + timedelta(microseconds=1))

    assert entry_hash(entry) == entry_hash(elsewhere)
    assert entry_hash(entry) != entry_hash(later)


def test_a_clock_in_another_zone_leaves_a_journal_that_is_whole(
    database: Database, world: World
) -> None:
    """Instants are kept in UTC, whatever zone the clock tells them in."""
    world.now = world.now.astimezone(ZoneInfo("Europe/Amsterdam"))
    traject = Traject(database, gr_sociaal_domein(), world)

    traject.start()
    traject.note("something", "2021-03-01")

    assert [] == traject.problems
    assert UTC == traject.journal[0].recorded_at.tzinfo


def test_an_entry_says_who_when_and_as_what(gr: Traject) -> None:
    """Who recorded it, in which seat, on which machine's word, when, and when it happened."""
    gr.world.it_is("2021-02-10")
    gr.advance("principebesluit", "by 2020-11-24", reference="a newspaper", remark="by then")
    entry = gr.journal[-1]

    assert ("person-1", "projectsecretaris", "tester") == (entry.actor, entry.role, entry.os_user)
    assert datetime(2021, 2, 10, 10, 0, tzinfo=UTC) == entry.recorded_at
    assert ("by 2020-11-24", date(2020, 11, 24)) == (str(entry.effective), entry.effective_on)
    assert {
        "milestone": "principebesluit",
        "trigger": "in-route",
        "source": "in-voorbereiding",
        "target": "in-route",
        "reference": "a newspaper",
        "remark": "by then",
    } == payload_of(entry.event)


# --- the table ---------------------------------------------------------------------------------


@pytest.mark.only("sqlite")
def test_a_key_is_not_taken_from_another_entry(gr: Traject) -> None:
    """Nor can an entry be replaced by way of its idempotency key."""
    gr.do(AddNote("something", parse_date("2021-03-01")), key="letter-1")
    columns = ", ".join(
        {"seq": "seq + 1"}.get(name, name)
        for name in (
            *("process", "seq", "type", "actor", "role", "os_user", "recorded_at", "effective"),
            *("effective_on", "precision", "key", "digest", "payload", "prev_hash", "hash"),
        )
    )

    with (
        closing(sqlite3.connect(file_of(gr.database))) as connection,
        pytest.raises(sqlite3.IntegrityError, match="journal is append-only"),
    ):
        connection.execute(
            f"INSERT OR REPLACE INTO journal SELECT {columns} FROM journal WHERE key IS NOT NULL"
        )


@pytest.mark.parametrize("table", ["journal", "definitions"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
)
def test_the_database_refuses_to_change_what_was_written(
    gr: Traject, table: str, statement: str
) -> None:
    """Also who goes past the program finds the table append-only."""
    column = {"journal": "actor", "definitions": "document"}[table]

    with (
        pytest.raises(DatabaseProblem, match=f"{table} is append-only"),
        gr.database.writing() as connection,
    ):
        connection.execute(sql(statement.format(table=table, column=column)))

    assert [] == gr.problems


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("table", ["journal", "definitions"])
def test_the_database_refuses_to_empty_what_was_written(gr: Traject, table: str) -> None:
    """TRUNCATE asks no row by row; SQLite does not know it."""
    with (
        pytest.raises(DatabaseProblem, match="is append-only"),
        gr.database.writing() as connection,
    ):
        connection.execute(sql(f"TRUNCATE {table} CASCADE"))

    assert [] == gr.problems


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("table", ["journal", "definitions"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ],
)
def test_the_database_refuses_to_replace_what_was_written(
    gr: Traject, table: str, statement: str
) -> None:
    """What takes a row away without a word to a trigger on DELETE."""
    with (
        closing(sqlite3.connect(file_of(gr.database))) as connection,
        pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"),
    ):
        connection.execute(statement.format(table=table))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal SELECT * FROM journal WHERE seq = 1",
        (
            "INSERT INTO journal SELECT 'nothing', seq, type, actor, role, os_user, recorded_at, "
            "effective, effective_on, precision, key, digest, payload, prev_hash, hash FROM journal"
        ),
        "DELETE FROM processes",
        (
            "INSERT INTO decisions VALUES ('gr-sociaal-domein', 'principebesluit', 'raden', 1, "
            "'dordrecht.raad', 'ingestemd', 'for', '2021-01-12', '2021-01-12', 99, NULL, "
            "'[]', 0, '[]', '[]', FALSE)"
        ),
        "UPDATE milestones SET basis = 'hearsay'",
        "UPDATE processes SET last_day = '1999-01-01'",
    ],
)
def test_the_schema_states_its_invariants(gr: Traject, statement: str) -> None:
    """An entry of no process, a row from no entry, a basis that is none."""
    with (
        pytest.raises(MijlpaalError, match=r"constraint|append-only|exist|same moment"),
        gr.database.writing() as connection,
    ):
        connection.execute(sql(statement))

    assert [] == gr.problems
