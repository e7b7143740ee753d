"""Databases that are no database, are of a newer program, or were tampered with."""

import errno
import os
import shlex
import shutil
import socket
import sqlite3
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from definitions.compiled_cache import packed, unpacked
from screens.page import Page
from tests.support.cli import PROCESS, SECRETARY, Terminal, folded
from tests.support.databases import tamper
from workflow.storage.database import Patience

QUERY = f"status {PROCESS}"


# --- no database -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "sentence", "help_"),
    [
        ("foo://host/name", "“foo” is not a kind of database we know.", "Use sqlite:///FILE or"),
        ("://", "“://” is not the URL of a database.", "Write sqlite:///FILE or"),
        ("sqlite://", "A database in memory is gone when the command ends.", "sqlite:///FILE"),
        ("/", "“/” is a folder, not a database.", "Name a file in it"),
        ("/proc/none/x.db", "/proc/none", "--db"),
    ],
)
def test_a_url_that_leads_nowhere(terminal: Terminal, url: str, sentence: str, help_: str) -> None:
    """A wrong scheme, a folder: a sentence and exit code 1."""
    for line in ("status", f"start {PROCESS}"):
        err = folded(terminal.refused(1, *line.split(), "--db", url))
        assert sentence in err
        assert help_ in err


def test_a_password_is_not_shown(terminal: Terminal) -> None:
    """The password of a URL appears in no message; a server that is not there may come back."""
    for url, shown in (
        ("postgresql://someone:geheim@localhost:1/x?connect_timeout=2", "someone:***@localhost"),
        ("postgresql://localhost:1/x?password=geheim&user=a&connect_timeout=2", "password=***"),
    ):
        err = terminal.refused(75, "status", "--db", url)
        assert "geheim" not in err
        assert shown in err
        assert "is not available now" in folded(err)
        assert "Nothing was written; try again." in folded(err)


@pytest.mark.parametrize("line", ["status", f"start {PROCESS}", "verify", "db upgrade"])
def test_a_text_file_is_no_database(terminal: Terminal, line: str) -> None:
    """A file of something else is left as it is."""
    terminal.file.write_text("Notulen van de vergadering\n" * 100)
    err = folded(terminal.refused(1, line))
    assert "file is not a database" in err
    assert "Notulen" in terminal.file.read_text()


@pytest.mark.parametrize(
    "line", ["status", f"start {PROCESS}", "verify", "db upgrade", "db upgrade --dry-run"]
)
@pytest.mark.parametrize("table", ["notes", "processes"])
def test_the_database_of_another_program_is_left_alone(
    terminal: Terminal, line: str, table: str
) -> None:
    """None of our tables comes among those of another program, whatever theirs are called."""
    terminal.file.unlink()
    terminal.force(f"CREATE TABLE {table} (x)")
    before = terminal.file.read_bytes()
    err = folded(terminal.refused(1, line))
    assert "is that of another program. Nothing was written. Name another file" in err
    assert before == terminal.file.read_bytes()
    assert "is that of another program" in folded(terminal("doctor").out)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sockets among its files")
def test_a_file_that_cannot_be_opened(terminal: Terminal, tmp_path: Path) -> None:
    """It is the file that is the matter, not its folder."""
    file = tmp_path / "socket.db"
    with socket.socket(socket.AF_UNIX) as taken:
        taken.bind(str(file))
        err = folded(terminal.refused(1, f"status --db {file}"))
    assert f"The database {file} is there, and cannot be opened." in err
    assert "Look whether you may read and write that file, and its folder." in err


@pytest.mark.parametrize("line", ["status", f"start {PROCESS}", "db upgrade", "doctor"])
def test_a_folder_that_may_not_be_looked_into(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """A sentence says which database it is about."""

    def hidden(_: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", hidden)
    err = folded(terminal(line).err)
    assert f"The database {terminal.file} cannot be found: Permission denied." in err
    assert "Look whether you may read and write that file, and its folder." in err


def test_an_empty_file_becomes_a_database(terminal: Terminal) -> None:
    """A file of no bytes is one that nothing was written to yet."""
    terminal.file.write_bytes(b"")
    assert "No processes yet." in terminal.does("status")


@pytest.mark.parametrize(
    "name", ["a b.db", "één.db", "a#b.db", "a?b.db", "a%20b.db", "a&b.db", "it's.db"]
)
def test_a_file_of_any_name(terminal: Terminal, tmp_path: Path, name: str) -> None:
    """What means something in a URL means nothing in the name of a file."""
    terminal.does("start", PROCESS, "--db", str(tmp_path / name))
    assert (tmp_path / name).is_file()
    assert "principebesluit" in terminal.does("status", PROCESS, "--db", str(tmp_path / name))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (f"note {PROCESS} x", f"status {PROCESS}"),
        (f"explain {PROCESS} principebesluit", f"advance {PROCESS} principebesluit in-route"),
        (f"advance {PROCESS} inwerkingtreding", f"explain {PROCESS} inwerkingtreding"),
        (f"member add {PROCESS} projectsecretaris {SECRETARY}", f"member list {PROCESS}"),
    ],
)
def test_a_command_that_is_suggested_looks_into_the_same_database(
    started: Terminal, tmp_path: Path, language: str, shown: bool, line: str, hint: str
) -> None:
    """Where --db was typed, whatever can be typed next has it too: in results and in refusals."""
    file = started.file.rename(tmp_path / "a {b}.db")
    around = {"MIJLPAAL_LANG": language, "NO_COLOR": "1"}
    asking = replace(started, environment=around, shown=shown, told=shown)

    said = asking(*line.split(), "--db", str(file))
    assert f"mijlpaal --db '{file}' {hint}" in folded(said.out + said.err)
    for each in said.suggestions:
        assert each.startswith("--db ")
        assert 0 == asking(*shlex.split(each), *(["--dry-run"] if "advance" in each else [])).code


def test_a_process_that_is_started_elsewhere_is_looked_at_there(
    terminal: Terminal, tmp_path: Path
) -> None:
    """The commands below a start name the database that was made."""
    said = terminal("start", PROCESS, "--db", str(tmp_path / "other.db"))
    assert said.suggestions
    assert len(said.suggestions) == terminal.follow(said)


def test_a_database_that_the_environment_names_is_not_repeated(started: Terminal) -> None:
    """The next command has the same environment."""
    assert f"  mijlpaal status {PROCESS}\n" in started.does(f"note {PROCESS} x")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://a:geheim@host/x", "'postgresql://a:***@host/x'"),
        ("postgresql://a:ge@heim@host/x?a=1", "'postgresql://a:***@host/x?a=1'"),
        ("postgresql://host/x?password=geheim&a=1", "'postgresql://host/x?password=***&a=1'"),
        ("postgresql://a@host/x", "postgresql://a@host/x"),
        ("map/een.db", "map/een.db"),
    ],
)
def test_a_command_that_is_suggested_has_no_password(url: str, shown: str) -> None:
    """What was typed as a password is not shown again."""
    assert f"  mijlpaal --db {shown} status x" == Page(database=url).command("status", "x")


def test_doctor_says_that_a_text_file_is_no_database(terminal: Terminal) -> None:
    """doctor finds it too: a finding on standard output, exit code 1."""
    terminal.file.write_text("Notulen van de vergadering\n" * 100)
    said = terminal("doctor")
    assert 1 == said.code
    assert "[WRONG] database" in said.out
    assert "file is not a database" in folded(said.out)


def test_a_name_in_the_environment_that_is_empty_counts_as_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without --db and without the variable, the database is a file in the user's data folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    nowhere = replace(terminal, environment={"MIJLPAAL_DATABASE_URL": ""})
    assert "No processes yet." in nowhere.does("status")
    assert ["mijlpaal.sqlite3"] == [each.name for each in tmp_path.rglob("*.sqlite3")]


# --- another version ---------------------------------------------------------------------------


@pytest.mark.parametrize("line", [QUERY, f"note {PROCESS} x", "db upgrade", "db upgrade --dry-run"])
def test_a_database_of_a_newer_program_is_left_alone(replayed: Terminal, line: str) -> None:
    """Who finds a newer schema neither reads it wrongly nor writes to it."""
    replayed.force("UPDATE alembic_version SET version_num = '9999'")
    err = folded(replayed.refused(1, line))
    assert "was made by a newer mijlpaal (revision 9999; this one knows " in err
    assert "Use the newer program" in err


def test_doctor_names_the_revision_of_a_newer_program(replayed: Terminal) -> None:
    """doctor and db check look without touching, and say what is wrong."""
    replayed.force("UPDATE alembic_version SET version_num = '9999'")
    for line in ("doctor", "db check"):
        said = replayed(line)
        assert 1 == said.code
        assert "[WRONG] schema: 9999 (This program needs " in said.out


def test_a_table_that_is_missing(replayed: Terminal) -> None:
    """A database with a hole in it is no traceback."""
    replayed.force("DROP TABLE seats")
    for line, why in (
        (QUERY, "no such table: seats"),
        ("doctor", "table seats is missing"),
        ("verify", "table seats is missing"),
    ):
        said = replayed(line)
        assert 1 == said.code
        assert why in folded(said.out + said.err)


# --- tampering ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET payload = '{}' WHERE seq = 5",
        "DELETE FROM journal WHERE seq = 36",
        "UPDATE definitions SET document = '{}'",
        "DELETE FROM definitions",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(
    replayed: Terminal, statement: str
) -> None:
    """Triggers stand before the journal and the definitions, whatever program comes."""
    with pytest.raises(Exception, match="is append-only"):
        replayed.force(statement)
    assert f"{PROCESS}: whole. 36 entries" in replayed.does("verify")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE journal SET role = 'x' WHERE seq = 5", "entry 5 was changed after it was written"),
        ("UPDATE journal SET payload = '{}' WHERE seq = 5", "entry 5 "),
        (
            "UPDATE journal SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 7",
            "entry 7 ",
        ),
        ("UPDATE journal SET effective_on = '2021-01-01' WHERE seq = 5", "entry 5 "),
        ("DELETE FROM journal WHERE seq = 6", "entry 6 is missing"),
        ("DELETE FROM journal WHERE seq = 36", "the journal ends at entry 35"),
        (
            "UPDATE milestones SET state = 'gepland' WHERE milestone = 'concepttekst'",
            "concepttekst",
        ),
        ("UPDATE milestones SET basis = 'decided' WHERE basis = 'attested'", "table milestones"),
        ("UPDATE decisions SET outcome = 'verworpen'", "table decisions differs from the journal"),
        ("DELETE FROM moves WHERE milestone = 'inwerkingtreding'", "table moves lacks a row"),
        ("UPDATE seats SET person = 'somebody'", "table seats differs from the journal"),
        ("UPDATE definitions SET document = '{}'", "the stored definition was changed"),
        ("UPDATE processes SET head_hash = '" + "0" * 64 + "'", "the journal ends at entry 36"),
    ],
)
def test_what_was_forced_is_named(replayed: Terminal, statement: str, problem: str) -> None:
    """Who gets round the triggers is found out: the entry or the row, exit code 1."""
    tamper(replayed.file, statement)
    for line in ("verify", f"verify {PROCESS}", "doctor"):
        said = replayed(line)
        assert (1, "") == (said.code, said.err)
        assert problem in folded(said.out)
    assert f"{PROCESS}: NOT whole." in replayed("verify").out
    assert '"whole": false' in replayed("verify --json").out


def test_a_journal_that_is_gone_is_named(replayed: Terminal) -> None:
    """Rows that rest on nothing are found, with and without the journals being read."""
    tamper(replayed.file, "DELETE FROM journal")
    said = replayed("verify")
    assert (1, True) == (said.code, "the journal is empty" in said.out)
    said = replayed("doctor")
    assert (1, True) == (said.code, "[WRONG] rows that hang in the air: " in said.out)


def test_one_broken_process_does_not_hide_the_others(replayed: Terminal) -> None:
    """Each process is verified on its own."""
    replayed.does(f"start {PROCESS} --id another")
    tamper(replayed.file, f"UPDATE journal SET role = 'x' WHERE process = '{PROCESS}' AND seq = 5")
    said = replayed("verify")
    assert 1 == said.code
    assert f"{PROCESS}: NOT whole." in said.out
    assert "another: whole." in said.out


def test_nothing_can_be_read_from_a_changed_definition(replayed: Terminal) -> None:
    """A process whose stored definition was changed is not run by something else, kept or not."""
    replayed.does(QUERY)
    tamper(replayed.file, "UPDATE definitions SET document = '{}'")
    for line in (QUERY, f"note {PROCESS} x"):
        assert "The stored definition was changed" in folded(replayed.refused(3, line))


def _forge(started: Terminal) -> Path:
    """Keep, for a process, a definition in which no gate stands in the way."""
    started.does(QUERY)
    (file,) = (started.file.parent / "cache").iterdir()
    kept = unpacked(file.read_text(encoding="utf-8"))
    open_ways = {
        id_: replace(each, arms=tuple(replace(arm, gate=None) for arm in each.arms))
        for id_, each in kept.milestones.items()
    }
    file.write_text(packed(replace(kept, milestones=open_ways)), encoding="utf-8")
    return file


PAST_A_GATE = f"advance {PROCESS} principebesluit vaststellen"


@pytest.mark.skipif(os.name != "posix", reason="no modes")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_definition_that_others_can_write_to_decides_nothing(
    started: Terminal, mode: int
) -> None:
    """What is kept is believed only where nobody else can have written it."""
    started.does(f"advance {PROCESS} principebesluit")
    _forge(started).chmod(mode)

    assert "vaststellen" in folded(started.refused(4, PAST_A_GATE))


@pytest.mark.skipif(os.name != "posix", reason="no owners")
def test_a_definition_of_somebody_else_decides_nothing(
    started: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor where somebody else has written it."""
    started.does(f"advance {PROCESS} principebesluit")
    _forge(started)
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)

    assert "vaststellen" in folded(started.refused(4, PAST_A_GATE))


def test_who_forges_what_they_keep_is_found_out(started: Terminal) -> None:
    """They get past a gate as with a program that they changed; what verifies compiles anew."""
    started.does(f"advance {PROCESS} principebesluit")
    _forge(started)
    started.does(PAST_A_GATE)

    said = started("verify")
    assert (1, True) == (said.code, "NOT whole" in said.out)
    assert "table milestones differs from the journal: principebesluit" in folded(said.out)


def test_what_is_written_is_the_same_with_and_without_what_is_kept(
    started: Terminal, tmp_path: Path
) -> None:
    """Entry for entry, table for table, hash for hash."""
    other = replace(started, file=tmp_path / "other" / "mijlpaal.db")
    other.file.parent.mkdir()
    shutil.copy(started.file, other.file)
    (tmp_path / "other" / "cache").touch()  # no folder: nothing can be kept there
    started.does(QUERY)
    for each in (started, other):
        each.does(f"advance {PROCESS} principebesluit --on 'by 2020-11-24'")
        each.does(f"note {PROCESS} 'a note' --on 2020-12-01")

    assert started.rows == other.rows


def test_a_busy_database_is_worth_another_try(
    replayed: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody else writes, the command says so and may be repeated: exit code 75."""
    hurried = partial(Patience, seconds=0.01)
    monkeypatch.setattr("workflow.storage.database.Patience", hurried)
    other = sqlite3.connect(replayed.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = replayed(f"note {PROCESS} x")
    other.execute("ROLLBACK")
    other.close()
    assert 75 == said.code
    assert "is in use by another command. Nothing was written; try again." in folded(said.err)
    replayed.does(f"note {PROCESS} x")


def test_an_empty_database_is_verified_in_a_word(terminal: Terminal) -> None:
    """Nothing to verify is no problem."""
    assert "No processes yet; there is nothing to verify.\n" == terminal.does("verify")


def test_the_environment_of_a_terminal_is_what_it_is_given(terminal: Terminal) -> None:
    """--db wins over the environment."""
    other = replace(terminal, environment={"MIJLPAAL_DATABASE_URL": "foo://x"})
    assert "No processes yet." in other.does(f"--db {terminal.file} status")
    assert 1 == other("status").code
