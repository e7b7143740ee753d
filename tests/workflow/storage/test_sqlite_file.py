"""An SQLite file that is only looked at: what is read of it, and what is said where it is unfit."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from definitions.language.errors import MijlpaalError
from screens.page import Page
from tests.support.databases import file_of
from tests.support.engine import Traject
from tests.support.readings import check_readings
from workflow.storage import reading, sqlite_file
from workflow.storage.opening import open_existing
from workflow.storage.sqlite_file import opened_to_read
from workflow.storage.sqlite_file import sqlite_file as opened

PAGE = Page()


def _said(open_it: Callable[[], object]) -> tuple[type, str, str]:
    """Return what is said of a file that cannot be read."""
    with pytest.raises(MijlpaalError) as raised:
        open_it()
    error = raised.value
    return type(error), PAGE.say(error.sentence), PAGE.say(error.advice) if error.advice else ""


def _read(url: str) -> object:
    """Read a file through SQLAlchemy."""
    with open_existing(url) as database, database.reading() as connection:
        return [reading.read_journal(connection, x.id) for x in reading.get_heads(connection)]


def _look(url: str) -> object:
    """Read a file as it is only looked at."""
    file = opened(url)
    assert file is not None
    with file, file.reading() as reader:
        return [reading.read_journal(reader, x.id) for x in reading.get_heads(reader)]


@pytest.mark.only("sqlite")
def test_what_is_read_is_the_same_by_every_way(gr: Traject, asked: Traject) -> None:
    """Of several processes in one file."""
    assert gr.database is asked.database
    check_readings(gr.database)


def _no_database(file: Path) -> None:
    file.write_text("Notulen van de vergadering\n" * 100)


def _torn(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[8192:] = b"\x55" * (len(raw) - 8192)
    file.write_bytes(raw)


def _no_text(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE processes SET id = CAST(x'ff' AS TEXT)")
        connection.commit()


def _no_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("DROP TABLE processes;")


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("spoil", [_no_database, _torn, _no_text, _no_table])
def test_a_file_that_cannot_be_read_is_said_to_be_so_in_the_same_words(
    spoil: Callable[[Path], None], gr: Traject, tmp_path: Path
) -> None:
    """As SQLAlchemy's way says it; also where it is seen only as a row is read."""
    file = tmp_path / "spoilt.db"
    shutil.copy(file_of(gr.database), file)
    spoil(file)

    assert _said(lambda: _read(str(file))) == _said(lambda: _look(str(file)))


@pytest.mark.only("sqlite")
def test_a_file_that_somebody_writes_to_is_waited_for(
    gr: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For as long as patience lasts; then it is said to be in use, as whoever writes says it."""
    file = file_of(gr.database)
    monkeypatch.setattr("workflow.storage.database.BUSY_TIMEOUT_MS", 10)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        expected = _said(lambda: _read(str(file)))
        assert expected == _said(lambda: opened_to_read(str(file), file, patience=0.01))
    assert "in use by another command" in expected[1]


@pytest.mark.only("sqlite")
def test_nothing_is_written_and_one_moment_is_seen(gr: Traject) -> None:
    """A statement that writes is refused, and nobody writes between two questions."""
    file = file_of(gr.database)
    before = file.read_bytes()
    looked = opened(str(file))
    assert looked is not None
    with looked:
        said = _said(lambda: _write(looked))
        assert "can only be read" in said[1]
        with looked.reading() as reader:
            first = reading.read_journal(reader, gr.id)
            with (
                closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as other,
                pytest.raises(sqlite3.OperationalError, match="locked"),
            ):
                other.execute("UPDATE people SET name = 'somebody else'")
            assert first == reading.read_journal(reader, gr.id)
    assert file.read_bytes() == before


def _write(looked: sqlite_file.SqliteFile) -> None:
    with looked.reading() as reader:
        reader.exec_driver_sql("UPDATE people SET name = 'x'", {})


@pytest.mark.only("sqlite")
def test_who_writes_meanwhile_is_not_seen(gr: Traject, tmp_path: Path) -> None:
    """Where a log is written ahead, as newer versions of SQLite do, nobody waits for who reads."""
    file = tmp_path / "ahead.db"
    shutil.copy(file_of(gr.database), file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        assert other.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
        looked = opened(str(file))
        assert looked is not None
        with looked:
            with looked.reading() as reader:
                known = reading.people(reader)
                other.execute("INSERT INTO people (id, name) VALUES ('x', 'somebody new')")
                assert known == reading.people(reader)
            with looked.reading() as reader:
                assert {*known, "x"} == reading.people(reader).keys()


@pytest.mark.only("sqlite")
def test_what_a_writer_left_half_done_is_put_right(gr: Traject, tmp_path: Path) -> None:
    """A journal beside the file, of a writer that was killed: what it began is not seen."""
    file = tmp_path / "killed.db"
    shutil.copy(file_of(gr.database), file)
    expected = _look(str(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN IMMEDIATE")
        rows = ((f"{number}", f"{number}") for number in range(5000))
        other.executemany("INSERT INTO people (id, name) VALUES (?, ?)", rows)
        shutil.copy(file, tmp_path / "copy.db")
        shutil.copy(f"{file}-journal", tmp_path / "copy.db-journal")
        other.execute("ROLLBACK")

    assert (tmp_path / "copy.db").read_bytes() != file.read_bytes()
    assert expected == _look(str(tmp_path / "copy.db"))


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("revision", ["0001", "9999", None])
def test_another_schema_is_left_to_whoever_says_or_does_something_about_it(
    revision: str | None, gr: Traject, tmp_path: Path
) -> None:
    """It is not read: it was made by an older or a newer program, or by another one."""
    file = tmp_path / "other.db"
    shutil.copy(file_of(gr.database), file)
    with closing(sqlite3.connect(file)) as connection:
        if revision is None:
            connection.execute("DROP TABLE alembic_version")
        else:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()

    assert opened(str(file)) is None


@pytest.mark.parametrize(
    "url",
    [
        "nothing.db",
        ".",
        "sqlite:///nothing.db",
        "sqlite:///there.db?timeout=5",
        "sqlite+pysqlite:///there.db",
        "sqlite:",
        "sqlite://",
        "postgresql://somebody@db.example/name",
        "there\0.db",
        "there.db?password=x",
    ],
)
def test_what_is_not_plainly_a_file_is_left_to_sqlalchemy(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder, a server, a file that is not there, a setting, and whatever is refused."""
    monkeypatch.chdir(tmp_path)
    for name in ("there.db", "sqlite:", "there.db?password=x"):
        Path(name).touch()

    assert opened(url) is None
