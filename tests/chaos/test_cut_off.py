"""Connections that are cut and a server that is stopped: what was acknowledged is there."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import psycopg
import pytest

from definitions.calendar.dates import parse_date
from tests.support.chaos import EVERYTHING
from tests.support.clusters import running
from tests.support.databases import Site, make_schema, native, rows_of
from tests.support.engine import Traject, World, gr_sociaal_domein, typed
from tests.support.faults import KINDS, Fuse, begin, traject_in
from workflow.model.commands import AddNote
from workflow.people import ErasureIncomplete
from workflow.storage.database import Database
from workflow.storage.errors import OutcomeUnknown, TemporarilyUnavailable
from workflow.verify import verify

FEW = ("start", "record")
DAY = parse_date("2021-03-01")


def problems(database: Database) -> list[str]:
    """Return what is wrong with any process in a database."""
    return [str(each) for verdict in verify(database) for each in verdict.problems]


def others_are_ended(url: str) -> None:
    """Have the server end every other session of a database."""
    with psycopg.connect(native(url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("kind", [k for k in KINDS if k != "copy"] if EVERYTHING else FEW)
def test_a_connection_that_is_cut_at_any_point(
    site: Site, found: Callable[[str], str], kind: str
) -> None:
    """At each statement and at the commit: there or not there, and nobody is told otherwise."""
    begun = found(KINDS[kind].finds)
    point, cut = 0, True
    while cut:
        url = site.new(begun)
        cut = _cut_at(url, kind, point)
        site.drop(url)
        point += 1
    assert point > 4


def _cut_at(url: str, kind: str, point: int) -> bool:
    """Cut the connection of a command at a point; say whether it was cut."""
    with Database(url) as database:
        before = rows_of(database)
    with Database(url) as database:
        fuse = Fuse(point, lambda _: others_are_ended(url))
        fuse.fit(database)
        said = _what_is_said(lambda: KINDS[kind].give(database))
    with Database(url) as database:
        after = rows_of(database)
        assert "processes" not in after or [] == problems(database)
    at = fuse.names[point] if point < len(fuse.names) else "the end"
    match said:
        case None:
            assert before != after, at
        case OutcomeUnknown():
            assert "before the commit" in fuse.names, at
        case ErasureIncomplete():
            with Database(url) as database:
                KINDS[kind].give(database)
        case _:
            assert before == after, at
    return point < len(fuse.names)


def _what_is_said(command: Callable[[], object]) -> TemporarilyUnavailable | None:
    try:
        command()
    except TemporarilyUnavailable as error:
        return error
    return None


@pytest.mark.only("postgresql")
def test_what_was_committed_unheard_is_safe_to_repeat(site: Site, found: Any) -> None:
    """The server commits and the answer is lost: unknown, and with its key recorded once."""
    url = site.new(found("begun"))
    note = AddNote("something", DAY, "a source")
    with Database(url) as database:
        commit = database.engine.dialect.do_commit

        def unheard(connection: Any) -> None:
            wrote = connection.execute("SELECT pg_current_xact_id_if_assigned()").fetchone()[0]
            commit(connection)
            if wrote is not None:
                connection.dbapi_connection.close()
                commit(connection)

        database.engine.dialect.do_commit = unheard  # type: ignore[method-assign,assignment]
        with pytest.raises(OutcomeUnknown, match="was lost while") as raised:
            traject_in(database).do(note, key="letter-1")
    assert "With the same --key, giving the command again is safe." in typed(raised.value.advice)

    with Database(url) as database:
        again = traject_in(database)
        assert 1 == again.do(note, key="letter-1").repeated
        assert 1 == sum(each.key == "letter-1" for each in again.journal)
        assert [] == again.problems
    site.drop(url)


# --- a server that is stopped under load -------------------------------------------------------


class Load:
    """Writers that go on whatever happens, and remember what they were told."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.over = threading.Event()
        self.there: set[str] = set()
        self.not_there: set[str] = set()
        self.unknown: set[str] = set()

    def write(self, writer: int) -> None:
        """Write one note after the other, each under a key of its own."""
        number = 0
        with Database(self.url) as database:
            traject = traject_in(database)
            while not self.over.is_set():
                number += 1
                self._note(traject, f"{writer}/{number}")

    def goes_on(self, seconds: float = 60) -> None:
        """Wait until more was acknowledged."""
        end, known = time.monotonic() + seconds, len(self.there)
        while len(self.there) < known + 10:
            assert time.monotonic() < end, "the writers came to a standstill"
            time.sleep(0.01)

    def _note(self, traject: Traject, key: str) -> None:
        try:
            traject.do(AddNote(key, DAY, "a source"), key=key)
        except OutcomeUnknown:
            self.unknown.add(key)
        except TemporarilyUnavailable:
            self.not_there.add(key)
            time.sleep(0.02)
        else:
            self.there.add(key)


def test_a_server_that_is_stopped_at_once_under_load(dice: Random, rounds: int) -> None:
    """Again and again: nothing acknowledged is missing, nothing refused is there."""
    with running() as cluster:
        make_schema(cluster.url)
        with Database(cluster.url) as database:
            begin(database)
        load = Load(cluster.url)
        with ThreadPoolExecutor(4) as pool:
            writers = [pool.submit(load.write, each) for each in range(4)]
            try:
                for _ in range(2 + rounds):
                    load.goes_on()
                    time.sleep(dice.random() / 10)
                    cluster.stop_at_once()
                    cluster.start()
                load.goes_on()
            finally:
                load.over.set()
                for each in writers:
                    each.result()

        with Database(cluster.url) as database:
            traject = Traject(database, gr_sociaal_domein(), World(), "gr-sociaal-domein")
            keys = [each.key for each in traject.journal if each.key]
            assert [] == problems(database)
            assert len(keys) == len(set(keys))
            assert set() == load.there - set(keys)
            assert set() == load.not_there & set(keys)
            assert set(keys) <= load.there | load.unknown
            assert load.not_there | load.unknown
            _repeat(traject, load.unknown)


def _repeat(traject: Traject, keys: set[str]) -> None:
    """Give what is unknown again: each is there once."""
    for key in keys:
        traject.do(AddNote(key, DAY, "a source"), key=key)
        assert 1 == sum(each.key == key for each in traject.journal)
