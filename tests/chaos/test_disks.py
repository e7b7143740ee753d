"""A disk that is full or fails under SQLite: a sentence, nothing half done, and whole."""

import os
import resource
import signal
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from definitions.calendar.dates import parse_date
from definitions.language.errors import MijlpaalError
from tests.support.databases import Site, dump, file_in, opened, rows_of
from tests.support.engine import Traject, World
from tests.support.faults import BEGUN, CONTEXT, begin, traject_in
from workflow.model.commands import AddNote
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem
from workflow.verify import verify

pytestmark = pytest.mark.only("sqlite")

DAY = parse_date("2021-03-01")
LONG = "a long note " * 60


def at_most(database: Database, pages: int) -> None:
    """Let a database grow by so many pages and no more."""

    @event.listens_for(database.engine, "connect")
    def _limit(connection: Any, _record: object) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + pages}")


def fill(traject: Traject) -> tuple[MijlpaalError, object, object]:
    """Write notes until there is no room; return what was said, and the rows before and after."""
    for number in range(1000):
        before = rows_of(traject.database)
        try:
            traject.do(AddNote(f"{number} {LONG}", DAY, "a source"))
        except MijlpaalError as error:
            return error, before, rows_of(traject.database)
    raise AssertionError("it never was full")


def test_no_room_in_the_database(site: Site, found: Any, dice: Random, rounds: int) -> None:
    """At whatever page: the command that does not fit is not there, all before it is."""
    for pages in dice.sample(range(12), 3 * min(rounds, 4)):
        with opened(site, found(BEGUN)) as database:
            at_most(database, pages)
            said, before, after = fill(traject_in(database))

            assert "There is no room left for the database" in str(said)
            assert isinstance(said, DatabaseProblem)
            assert before == after
            assert [] == [str(p) for one in verify(database) for p in one.problems]


def test_no_room_for_a_process(site: Site, template: str) -> None:
    """A start that does not fit leaves no process."""
    with opened(site, template) as database:
        at_most(database, 1)

        with pytest.raises(DatabaseProblem, match="no room left"):
            begin(database)

        assert [] == verify(database)
        assert [] == rows_of(database)["people"]


def test_a_file_that_may_not_grow(site: Site, found: Any, dice: Random, rounds: int) -> None:
    """The system refuses to write past a size: a sentence, and the file is whole."""
    for _ in range(2 * rounds):
        with opened(site, found(BEGUN)) as database:
            assert database.file is not None
            size = database.file.stat().st_size + dice.randrange(1, 40_000)
            written, said = _in_a_small_world(str(database.url), size)

            assert "Nothing was written." in said
            assert written == sum("note" in row[2] for row in dump(database.file)["journal"]) - 1
            assert [] == [str(p) for one in verify(database) for p in one.problems]
            Traject(database, traject_in(database).definition, World(), "gr-sociaal-domein").note(
                "there is room again", "2021-03-01"
            )


def _in_a_small_world(url: str, size: int) -> tuple[int, str]:
    ours, theirs = CONTEXT.Pipe(duplex=False)
    program = CONTEXT.Process(target=_write_until_it_fails, args=(url, size, theirs))
    program.start()
    theirs.close()
    written, said = ours.recv()
    ours.close()
    program.join()
    assert 0 == program.exitcode
    program.close()
    return int(written), str(said)


def _write_until_it_fails(url: str, size: int, pipe: Pipe) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    written = 0
    with Database(url) as database:
        traject = traject_in(database)
        while True:
            try:
                traject.do(AddNote(f"{written} {LONG}", DAY, "a source"))
            except MijlpaalError as error:
                pipe.send((written, f"{error} {error.advice}"))
                return
            written += 1


def test_a_file_that_cannot_be_written(site: Site, found: Any) -> None:
    """Opened for reading only: said so, for as long as it lasts."""
    if os.geteuid() == 0:
        url = _read_only(site.new(found(BEGUN)))
    else:
        url = site.new(found(BEGUN))
        file_in(url).chmod(0o444)
    with (
        Database(url) as database,
        pytest.raises(DatabaseProblem, match="can only be read") as raised,
    ):
        traject_in(database).note("something", "2021-03-01")
    assert "Make the file and its folder writable" in str(raised.value.advice)


def _read_only(url: str) -> str:
    """Return a URL that opens a file for reading only: nothing is forbidden to root."""
    return f"sqlite:///file:{Path(file_in(url))}?mode=ro&uri=true"
