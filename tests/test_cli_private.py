"""What has names in it is its owner's, from the first moment; what others can read is said."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from stat import S_IMODE

import pytest

from tests.support.cli import PROCESS, Terminal, folded
from workflow.storage.database import Database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no modes")
START = f"start {PROCESS} --on 2020-11-24 --reconstruction"


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Let others do with new files what some systems let them, and some do not."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def alone(terminal: Terminal, tmp_path: Path) -> Terminal:
    """Give a terminal on a database that is not there yet."""
    terminal.file = tmp_path / "new.db"
    terminal.environment = {"MIJLPAAL_SETTINGS": "/dev/null", "MIJLPAAL_MAIL_FOLDER": "/mail"}
    terminal.world.it_is("2026-01-05")
    return terminal


def mode(file: Path) -> int:
    """Return who may do what with a file."""
    return S_IMODE(file.stat().st_mode)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("line", [START, "db upgrade"])
def test_a_new_database_is_its_owners(alone: Terminal, line: str) -> None:
    """Whoever makes it, and whatever the umask says."""
    alone(line)
    assert 0o600 == mode(alone.file)


@pytest.mark.usefixtures("umask")
def test_the_files_beside_a_database_are_as_it_is(alone: Terminal) -> None:
    """A journal has names in it too, for as long as somebody writes; and so has a log."""
    alone(START)
    with Database(str(alone.file)) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE people SET name = name")
        beside = [each for each in alone.file.parent.iterdir() if each.name.startswith("new.db-")]
        assert {0o600} == {mode(each) for each in beside}
    with closing(sqlite3.connect(alone.file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE people SET name = name")
        assert 0o600 == mode(Path(f"{alone.file}-wal"))


@pytest.mark.usefixtures("umask")
def test_a_copy_is_its_owners(alone: Terminal, tmp_path: Path) -> None:
    """Also of a database that others can read."""
    alone(START)
    alone.file.chmod(0o644)
    alone.does(f"db copy {alone.file} {tmp_path}/copy.db")
    assert [0o644, 0o600] == [mode(alone.file), mode(tmp_path / "copy.db")]


@pytest.mark.usefixtures("umask")
def test_a_database_of_ones_own_lies_in_a_folder_of_ones_own(
    alone: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so do the folders that are made around it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own" / "share"))
    alone.environment = {"MIJLPAAL_SETTINGS": "/dev/null", "MIJLPAAL_DATABASE_URL": ""}
    alone(START)

    made = [tmp_path / "own", tmp_path / "own/share", tmp_path / "own/share/mijlpaal"]
    assert [0o700] * 3 == [mode(each) for each in made]
    assert 0o600 == mode(made[-1] / "mijlpaal.sqlite3")
    assert "open to others" not in folded(alone.does("doctor"))
    made[-1].chmod(0o755)
    assert f"[NOTE] open to others: {made[-1]} (Everybody" in folded(alone.does("doctor"))


def test_a_database_that_is_shared_stays_shared(alone: Terminal) -> None:
    """Whoever lets a group write to it is not undone."""
    alone(START)
    alone.file.chmod(0o660)
    alone.does(f"note {PROCESS} 'a note'")
    assert 0o660 == mode(alone.file)


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("line", [START, "db upgrade", "db upgrade --dry-run", "db copy {} {}"])
def test_no_database_is_made_through_a_link(
    alone: Terminal, tmp_path: Path, line: str, there: bool
) -> None:
    """Neither where it leads to nothing, nor to a file in which nothing is yet."""
    alone(START)
    source, alone.file = alone.file, tmp_path / "link.db"
    victim = tmp_path / "victim"
    if there:
        victim.touch()
    alone.file.symlink_to(victim)

    for dry in ("", " --dry-run"):
        said = alone(f"{line.format(source, alone.file)}{dry}".replace("-run --dry-run", "-run"))
        if line != START or not dry:
            assert (1, "") == (said.code, said.out)
            assert "is a link, and no database is made through one." in folded(said.err)

    assert there == victim.exists()
    assert not there or victim.stat().st_size == 0


def test_a_database_that_is_there_can_be_named_by_a_link(alone: Terminal, tmp_path: Path) -> None:
    """Somebody put it on another disk."""
    alone(START)
    link = tmp_path / "link.db"
    link.symlink_to(alone.file)
    alone.does(f"note {PROCESS} 'a note' --db {link}")
    assert "a note" in alone.does(f"history {PROCESS}")


# --- what others can read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("granted", "who"),
    [(0o644, "Everybody on this machine"), (0o602, "Everybody"), (0o640, "The group")],
)
@pytest.mark.parametrize("command", ["doctor", "db check"])
def test_what_others_can_read_is_said(
    alone: Terminal, granted: int, who: str, command: str
) -> None:
    """With what mends it; and all is well, for it may be meant so."""
    alone(START)
    assert "[NOTE]" not in alone.does(command)
    alone.file.chmod(granted)
    said = folded(alone.does(command))

    assert f"[NOTE] open to others: {alone.file} ({who}" in said
    assert f"chmod 600 {alone.file})" in said
    (check,) = [each for each in alone.data(command)["checks"] if each["warns"]]
    assert ("open_to_others", True) == (check["name"], check["well"])


def test_letters_compiled_definitions_and_the_password_are_looked_at(
    alone: Terminal, tmp_path: Path
) -> None:
    """Each folder with what mends it, and the password only where it is used."""
    alone(START)
    (tmp_path / "cache").mkdir(exist_ok=True)
    for name in ("cache", "mail"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name).chmod(0o755)
    (tmp_path / "password").write_text("geheim")
    (tmp_path / "password").chmod(0o644)
    letters = {"MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail")}
    server = {
        "MIJLPAAL_MAIL_HOST": "localhost",
        "MIJLPAAL_MAIL_SENDER": "a@b.example",
        "MIJLPAAL_MAIL_USER": "u",
        "MIJLPAAL_MAIL_PASSWORD_FILE": str(tmp_path / "password"),
    }
    for given, mends in ((letters, "700 {}/mail"), (server, "600 {}/password")):
        alone.environment = {"MIJLPAAL_SETTINGS": "/dev/null", **given}
        said = folded(alone.does("doctor"))
        assert f"chmod {mends.format(tmp_path)})" in said
        assert f"chmod 700 {tmp_path}/cache)" in said
        assert 2 == said.count("[NOTE]")
