"""A write-ahead log, where SQLite has no fault with it: what else is promised stays so.

One program by itself is safe with any SQLite; so these tests say that the one at hand is sound.
"""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.definitions import load
from tests.support.engine import ANSWERS, Traject, World
from tests.support.traces import raw, traces
from workflow import people
from workflow.model.person import Called
from workflow.storage import database as settings
from workflow.storage import reading, sqlite_driver
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem
from workflow.storage.scrubbing import rewrite_tables
from workflow.storage.sqlite_driver import sqlite3, wal_is_sound
from workflow.storage.sqlite_file import sqlite_file
from workflow.storage.upgrading import upgrade

NAME = "Annemijn van der Proef"


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Say that this SQLite is sound with a write-ahead log."""
    monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: True)
    return monkeypatch


@pytest.fixture
def logged(sound: pytest.MonkeyPatch, empty_file: Path, tmp_path: Path) -> Iterator[Traject]:
    """Begin a process in a file that keeps a write-ahead log, and leave the file open."""
    file = tmp_path / "logged.db"
    file.write_bytes(empty_file.read_bytes())
    file.chmod(0o600)
    with Database(str(file)) as database:
        traject = Traject(database, load(ANSWERS), World())
        traject.start()
        yield traject


def journal_of(database: Database) -> str:
    """Return which journal a file keeps."""
    with database.reading() as connection:
        return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())


def of(traject: Traject) -> Path:
    """Return the file of a process."""
    assert traject.database.file is not None
    return traject.database.file


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 46, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_which_versions_are_sound(version: tuple[int, int, int], expected: bool) -> None:
    """The fault was mended in 3.51.3, and in patches of two earlier releases."""
    assert expected == wal_is_sound(version)


def test_a_log_is_its_owners(logged: Traject) -> None:
    """It has names in it, as the file has."""
    beside = [Path(f"{of(logged)}{end}") for end in ("-wal", "-shm")]
    assert "wal" == journal_of(logged.database)
    assert {0o600} == {stat.S_IMODE(each.stat().st_mode) for each in beside}


def test_who_is_forgotten_is_gone_from_the_log(logged: Traject) -> None:
    """Not a byte of their name is left in the file, nor in what lies beside it."""
    logged.seat("griffier@oost", NAME, "2021-01-04")
    assert traces(raw(logged.database), NAME)
    logged.unseat("griffier@oost", NAME, "2021-01-05")

    found = people.erase(logged.engine, Called(NAME), Called(logged.by))

    assert () == found.not_rewritten
    assert of(logged).with_name(f"{of(logged).name}-wal").exists()
    assert [] == traces(raw(logged.database), NAME)


def test_what_somebody_still_reads_is_said(logged: Traject, sound: pytest.MonkeyPatch) -> None:
    """Who reads keeps what was there from being overwritten: it is not said to be gone."""
    sound.setattr(settings, "BUSY_TIMEOUT_MS", 50)
    with Database(str(of(logged))) as database, Database(str(of(logged))) as other:
        with other.reading() as connection:
            assert 1 == reading.count_processes(connection)
            assert (str(of(logged)),) == rewrite_tables(database, ("people",))
        assert () == rewrite_tables(database, ("people",))


def test_what_is_only_in_the_log_is_read_and_copied(logged: Traject, tmp_path: Path) -> None:
    """By a query without SQLAlchemy, and by a copy."""
    logged.seat("griffier@oost", NAME, "2021-01-04")
    assert NAME.encode() not in of(logged).read_bytes()

    found = sqlite_file(str(of(logged)))
    assert found is not None
    with found, found.reading() as reader:
        assert NAME in {name for name, _ in reading.people(reader).values()}
    with Database(str(tmp_path / "copy.db")) as target:
        upgrade(target)
        copy(logged.database, target)
        assert [entry.hash for entry in logged.journal] == [
            entry.hash for entry in Traject(target, logged.definition, logged.world).journal
        ]


def test_another_sqlite_refuses_a_log_that_is_in_use(
    logged: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not sound takes the file over only where nobody else has it open."""
    file, entries = str(of(logged)), [entry.hash for entry in logged.journal]
    monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: False)
    with Database(file) as database:
        with pytest.raises(DatabaseProblem, match="write-ahead log") as raised:
            journal_of(database)
        assert "pysqlite3" in str(raised.value.advice)
    monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: True)
    assert "wal" == journal_of(logged.database)

    logged.database.close()
    monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: False)
    with Database(file) as database:
        assert "delete" == journal_of(database)
        again = Traject(database, logged.definition, logged.world)
        assert entries == [entry.hash for entry in again.journal]
    assert not Path(f"{file}-wal").exists()


def test_a_file_that_others_use_without_a_log_stays_so(
    logged: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two programs, of which one is not sound, work in turns; the log comes when they are gone."""
    file = str(of(logged))
    logged.database.close()
    monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: False)
    with Database(file) as older, older.reading() as connection:
        assert 1 == reading.count_processes(connection)
        monkeypatch.setattr(sqlite_driver, "wal_is_sound", lambda: True)
        monkeypatch.setattr(settings, "BUSY_TIMEOUT_MS", 50)
        with Database(file) as newer:
            assert "delete" == journal_of(newer)
    with Database(file) as newer:
        assert "wal" == journal_of(newer)


@pytest.mark.usefixtures("sound")
@pytest.mark.parametrize("kept", ["", "CREATE TABLE theirs (id)"], ids=["empty", "another"])
def test_a_file_that_is_not_ours_is_left_as_it_is(kept: str, tmp_path: Path) -> None:
    """An empty one, and that of another program: not a byte of it changes."""
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(kept)
    before = file.read_bytes()
    with Database(str(file)) as database:
        assert "delete" == journal_of(database)
    assert before == file.read_bytes()


def test_an_installed_newer_driver_is_taken_for_all(tmp_path: Path, empty_file: Path) -> None:
    """With its SQLite a file keeps a log; nothing of the program opens it by Python's own."""
    folder = tmp_path / "newer" / "pysqlite3"
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "dbapi2.py").write_text(
        "from sqlite3.dbapi2 import *\nsqlite_version_info = (3, 53, 4)\n"
    )
    file = tmp_path / "file.db"
    file.write_bytes(empty_file.read_bytes())
    program = (
        "import sys; from workflow.storage import database, health, sqlite_file, error_messages\n"
        "taken = {each.sqlite3.__name__ for each in "
        "(database, health, sqlite_file, error_messages)}\n"
        "with database.Database(sys.argv[1]) as file, file.reading() as connection:\n"
        "    print(*taken, file.engine.dialect.dbapi.__name__, "
        "connection.exec_driver_sql('PRAGMA journal_mode').scalar())\n"
    )
    path = os.pathsep.join([str(folder.parent), str(Path(__file__).parents[3])])
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "pysqlite3.dbapi2 pysqlite3.dbapi2 wal" == done.stdout.strip()
