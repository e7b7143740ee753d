"""Tampering, as chance has it: it is named, or changed nothing that counts, or a head finds it."""

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from random import Random
from typing import Any

import psycopg
import pytest

from definitions.language.errors import MijlpaalError
from tests.support.chaos import EVERYTHING, Tried
from tests.support.databases import Site, dump, file_of, force, made, opened, rows_of
from tests.support.engine import Traject, World, gr_sociaal_domein
from tests.support.faults import BEGUN, ID, traject_in
from workflow.storage import store
from workflow.storage.database import Database
from workflow.storage.tables import definitions, journal, processes
from workflow.verify import Witness, verify

UNCOUNTED = ("people", "alembic_version")
"""Follows from nothing and can be erased; and the number of the schema."""


BY_AND_BY = ("planned_seq", "planned_until", "planned_year", "calendar")
"""Up to where reminders are planned: what does not fit is planned anew at the next sweep."""


def found_out(database: Database, witness: Witness) -> list[str]:
    """Return what is said of a database, by verify with a printed head."""
    try:
        verdicts = verify(database, ID, witness)
    except MijlpaalError as error:
        return [str(error)]
    if not verdicts:
        return ["the process is not there"]
    return [str(problem) for one in verdicts for problem in one.problems]


def what_counts(rows: Mapping[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows on which anything rests."""
    return {table: sorted(each, key=repr) for table, each in rows.items() if table not in UNCOUNTED}


def head_of(database: Database) -> Witness:
    """Return the head as it is printed, to be kept elsewhere."""
    last = traject_in(database).journal[-1]
    return Witness(last.seq, last.hash)


@pytest.mark.only("sqlite")
def test_a_byte_of_the_file(
    site: Site, found: Any, dice: Random, rounds: int, tried: Tried
) -> None:
    """Any byte becomes any other."""
    tried("bytes changed", number := 60 * rounds)
    for _ in range(number):
        with opened(site, found(BEGUN)) as database:
            file = file_of(database)
            before, witness = what_counts(dump(file)), head_of(database)
            database.close()
            content = bytearray(file.read_bytes())
            at, value = dice.randrange(len(content)), dice.randrange(1, 256)
            content[at] ^= value
            file.write_bytes(content)

            if not found_out(database, witness):
                assert before == what_counts(dump(file)), f"byte {at} changed by {value}"


def test_a_value_of_a_row(site: Site, found: Any, dice: Random, rounds: int, tried: Tried) -> None:
    """Any value of any row becomes that of another row, is emptied, or written otherwise."""
    tried("row changes", number := (80 if EVERYTHING else 25) * rounds)
    for _ in range(number):
        with opened(site, found(BEGUN)) as database:
            before, witness = what_counts(rows_of(database)), head_of(database)
            change = _any_change(dice)
            with suppress(sqlite3.Error, psycopg.Error):  # a type or a key may forbid it
                force(database, change)

            said = found_out(database, witness)
            assert said or before == what_counts(rows_of(database)), change


def _any_change(dice: Random) -> str:
    tables = [journal, processes, definitions, *(each.table for each in store.STATE_TABLES)]
    table = dice.choice(tables)
    column = dice.choice([each.name for each in table.c if each.name not in BY_AND_BY])
    key = next(iter(table.primary_key.columns)).name
    value = dice.choice(
        (
            f"(SELECT {column} FROM {table.name} ORDER BY {column} DESC LIMIT 1)",
            "NULL",
            f"{column} || 'x'",
            f"{column} + 1",
            f"NOT {column}",
        )
    )
    return (
        f"UPDATE {table.name} SET {column} = {value} WHERE {key} IN "
        f"(SELECT {key} FROM {table.name} ORDER BY {key} LIMIT 1)"
    )


def test_the_tail_with_its_head(site: Site, template: str, dice: Random, rounds: int) -> None:
    """The last entries taken away as if they had never been: whole, but for who kept the head."""
    for _ in range(2 * rounds):
        notes = dice.randrange(2, 8)
        with made(site, template) as url, Database(url) as database:
            traject = Traject(database, gr_sociaal_domein(), World(), ID)
            traject.start()
            for each in range(notes):
                traject.note(f"{each}", "2021-03-01")
            witness, entries = head_of(database), traject.journal
            keep = dice.randrange(4, len(entries))
            force(
                database,
                f"DELETE FROM journal WHERE seq > {keep}",
                f"UPDATE processes SET head_seq = {keep}, head_hash = '{entries[keep - 1].hash}', "
                f"planned_seq = {keep}",
            )

            assert [[]] == [[str(p) for p in each.problems] for each in verify(database)]
            assert [f"entry {witness.seq}, of which you have the hash, is not there"] == found_out(
                database, witness
            )
