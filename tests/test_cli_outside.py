"""The program from outside: processes, pipes, locales, widths, and the demo."""

import errno
import json
import os
import re
import shlex
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cli import run
from terminal.runtime.setup import Setup
from tests.support.cli import PROCESS, SECRETARY, Said, Terminal, copied, folded

ROOT = Path(__file__).parents[1]
PROGRAM = (sys.executable, str(ROOT / "cli.py"))
MISSING = "alblasserdam, dordrecht, hardinxveld-giessendam, hendrik-ido-ambacht, zwijndrecht"


@pytest.fixture
def environment(replayed_file: Path, tmp_path: Path) -> dict[str, str]:
    """Return an environment that knows of one database, and of nothing of ours besides."""
    ours = ("MIJLPAAL", "COLUMNS", "LANG", "LC_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "MIJLPAAL_DATABASE_URL": str(copied(replayed_file, tmp_path)),
        "MIJLPAAL_ACTOR": SECRETARY,
        "TMPDIR": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONPATH": str(ROOT),
    }


def outside(environment: dict[str, str], *arguments: str | bytes, **more: str) -> Said:
    """Run the program as a process of its own."""
    done = subprocess.run(
        [*PROGRAM, *arguments], env={**environment, **more}, capture_output=True, check=False
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


# --- the demo ----------------------------------------------------------------------------------


def test_the_demo_twice(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """The demo shows the real processes and their gaps, each time afresh."""
    first, second = outside(environment, "demo"), outside(environment, "demo")
    assert [(0, "")] * 2 == [(said.code, said.err) for said in (first, second)]
    files = [_told_in_the_demo(said.out) for said in (first, second)]
    assert files[0] != files[1]

    # The commands at its end run as they stand there, with the database it leaves behind.
    end = Said(0, second.out.partition("Your turn.")[2], "")
    assert 4 == len(end.suggestions)
    terminal = Terminal(Path(files[1]), capsys)
    for line in end.suggestions:
        terminal.does(line)


def test_the_demo_shows_what_its_commands_print(environment: dict[str, str]) -> None:
    """All of it; but of the letters, as it says above them, only the first."""
    shown = outside(environment, "demo").out
    database = shown.partition("export MIJLPAAL_DATABASE_URL=")[2].split()[0]
    commands = re.findall(r"^\$ mijlpaal (.+)\n", shown, re.MULTILINE)
    assert 10 < len(commands)
    for line in commands:
        typed = outside(environment, *shlex.split(line), MIJLPAAL_DATABASE_URL=database)
        first, *letters = re.split(r"\n(?=\nTo \S+@)", typed.out)
        assert bool(letters) is ("preview" in line)
        assert f"$ mijlpaal {line}\n{first}" in shown


def _told_in_the_demo(out: str) -> str:
    """Check what the demo tells, in its order, and return the database it leaves behind."""
    place = 0
    for sentence in (
        f"The process “{PROCESS}”, started in a throw-away database",
        f"$ mijlpaal status {PROCESS} --as-of 2021-02-15",
        "As it stood on Mon 15 February 2021. Goal: operational on Sat 1 January 2022, in ",
        "principebesluit in-route by 24 Nov 2020 [....##.] 2 of 7",
        f"principebesluit/raden: raad of {MISSING}",
        f"$ mijlpaal explain {PROCESS} principebesluit --as-of 2021-02-15",
        "[no] decisions on principebesluit/raden: 2 of 7 for; 7 needed",
        f"waiting for raad of {MISSING}",
        f"$ mijlpaal status {PROCESS} New joint arrangement",
        "Goal reached on Sat 1 January 2022, in time for Sat 1 January 2022: operational. Not all",
        "principebesluit vastgesteld by 16 Mar 2021 attested",
        "inwerkingtreding in-werking 1 Jan 2022 proved",
        "Not proved: 12 moves",
        f"no decision on principebesluit/raden: raad of {MISSING}",
        "definitieve-tekst: it is in “getroffen” on the word of a source: not proved",
        f"$ mijlpaal verify {PROCESS}: whole. 36 entries",
        "Your turn. The database of this demo stays where it is:",
    ):
        assert sentence in folded(out)[place:]
        place = folded(out).index(sentence, place)
    return out.partition("export MIJLPAAL_DATABASE_URL=")[2].split()[0]


# --- pipes and files ---------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="needs a shell that knows pipefail")
@pytest.mark.parametrize("line", [f"history {PROCESS} --json", "demo"])
def test_a_reader_who_has_seen_enough(environment: dict[str, str], line: str) -> None:
    """| head -1: the first line, no complaint, and a success."""
    program = " ".join(PROGRAM)
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f"{program} {line} | head -1"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    assert 1 == len(done.stdout.splitlines())


def test_a_reader_who_is_not_there(environment: dict[str, str]) -> None:
    """A pipe that is closed from the start: nothing is said, and nothing fails."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, "status", PROCESS],
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (0, b"") == (done.returncode, done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("line", "code"), [(f"status {PROCESS}", 0), ("--help", 0), ("status nope", 5)]
)
def test_streams_that_are_closed(
    environment: dict[str, str], closed: str, line: str, code: int
) -> None:
    """A stream that is not there takes nothing away from what is done, or from the exit code."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{' '.join(PROGRAM)} {line} {closed}"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert code == done.returncode
    assert b"Traceback" not in done.stderr
    assert bool(code) == (b"There is no process" in done.stderr) or "2>&-" in closed


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
def test_nobody_is_asked_who_cannot_answer(environment: dict[str, str], tmp_path: Path) -> None:
    """Without standard input every question has its default."""
    file = tmp_path / "nieuw.yaml"
    done = subprocess.run(
        ["/bin/sh", "-c", f"{' '.join(PROGRAM)} definitions new {file} --party dordrecht <&-"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    assert "nieuw" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "poor",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"LC_ALL": "xx_YY.UTF-8"},
        {"TERM": ""},
        {"HOME": "/proc/none"},
    ],
)
def test_a_poor_environment(environment: dict[str, str], poor: dict[str, str]) -> None:
    """A terminal that shows little and a home that is none: what can be said is said."""
    done = subprocess.run(
        [*PROGRAM, "--lang", "nl", "status", PROCESS],
        env={**environment, **poor},
        capture_output=True,
        check=False,
    )
    assert (0, b"") == (done.returncode, done.stderr)
    assert b"principebesluit" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_full_disk(environment: dict[str, str]) -> None:
    """A result that cannot be written is a failure, and says why."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*PROGRAM, "status", PROCESS],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert 1 == done.returncode
    assert "mijlpaal: The system says: No space left on device.\n" == done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    ("line", "done"),
    [
        (f"note {PROCESS} full", "It was recorded, as entry 37."),
        ("start verkenning-samenwerking", "It was recorded, as entries 1 to 2."),
        (f"member add {PROCESS} lezer Anna", "It was recorded, as entry 37."),
        (f"member reach {SECRETARY} --address a@b.example", "It was recorded."),
        (f"note {PROCESS} full --dry-run", None),
    ],
)
def test_what_was_written_is_not_said_to_have_failed(
    environment: dict[str, str], line: str, done: str | None
) -> None:
    """Where only the answer is lost, nobody is invited to write the same thing twice."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = subprocess.run(
            [*PROGRAM, *line.split()],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    lost = "Only the answer could not be shown: No space left on device."
    expected = f"{done} {lost}" if done else "The system says: No space left on device."
    assert (0 if done else 1, f"mijlpaal: {expected}") == (
        said.returncode,
        folded(said.stderr.decode()),
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals of this kind")
@pytest.mark.parametrize("where", ["given_setup", "run"])
def test_ctrl_c_at_any_moment(environment: dict[str, str], where: str) -> None:
    """It ends the program with the code of the signal and without a word, from the first line."""
    program = (
        "import cli, os, signal; "
        f"cli.{where} = lambda *_: os.kill(os.getpid(), signal.SIGINT); cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=False
    )
    assert (-signal.SIGINT, b"", b"") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals of this kind")
def test_ctrl_c_is_not_heard_where_it_is_not_to_be(environment: dict[str, str]) -> None:
    """What was started so that it ignores Ctrl-C goes on."""
    program = (
        "import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); import cli; "
        "cli.given_setup = lambda: os.kill(os.getpid(), signal.SIGINT); "
        "cli.run = lambda *_: 7; cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert 7 == done.returncode


# --- locale and width --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "nl_NL.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_dutch_text_under_any_locale(environment: dict[str, str], locale: dict[str, str]) -> None:
    """Diacritics go in and come out; what a terminal cannot show is a question mark at worst."""
    said = outside(environment, "note", PROCESS, "één coördinator, ’s avonds", **locale)
    assert (0, "") == (said.code, said.err)
    with closing(sqlite3.connect(environment["MIJLPAAL_DATABASE_URL"])) as connection:
        (payload,) = connection.execute("SELECT payload FROM journal WHERE seq = 37").fetchone()
    assert "één coördinator, ’s avonds" == json.loads(payload)["note"]


def test_an_argument_in_another_encoding(environment: dict[str, str]) -> None:
    """Latin-1 on the command line is refused, not recorded as something else."""
    said = outside(environment, b"note", PROCESS.encode(), "café".encode("latin-1"))
    assert (2, "") == (said.code, said.out)
    assert "mijlpaal: “caf�” is not text in UTF-8.\n" in said.err


@pytest.mark.parametrize("columns", ["0", "wide", "1"])
def test_a_nonsensical_width(environment: dict[str, str], columns: str) -> None:
    """COLUMNS may be anything."""
    said = outside(environment, "status", PROCESS, COLUMNS=columns)
    assert (0, "") == (said.code, said.err)


def test_a_pipe_has_a_fixed_width(environment: dict[str, str]) -> None:
    """What goes into a pipe does not depend on a terminal, and has no control characters."""
    said = outside(environment, "status", PROCESS, TERM="xterm-256color")
    assert said == outside(environment, "status", PROCESS, TERM="dumb", NO_COLOR="1")
    assert 100 >= max(len(line) for line in said.out.splitlines())
    assert "\x1b" not in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("name", "drawn"), [("xterm-256color", True), ("dumb", False)])
def test_a_terminal_is_seen_to_be_one(environment: dict[str, str], name: str, drawn: bool) -> None:
    """On a terminal screens are drawn; on one that can do nothing they are plain."""
    ours, theirs = os.openpty()
    around = {**environment, "TERM": name, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    subprocess.run([*PROGRAM, "definitions", "list"], env=around, stdout=theirs, check=True)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as screen:
        said = screen.read(65536).decode()
    assert drawn == ("\x1b[1m" in said)
    assert PROCESS in said


# --- how it starts -----------------------------------------------------------------------------


def test_the_installed_script_is_the_same_program(environment: dict[str, str]) -> None:
    """python -m cli and the script that pip makes answer alike."""
    script = Path(sys.executable).parent / "mijlpaal"
    answers = [
        subprocess.run(
            [*program, "status", PROCESS], env=environment, capture_output=True, check=False
        ).stdout
        for program in (PROGRAM, (sys.executable, "-m", "cli"), (str(script),))
    ]
    assert 1 == len(set(answers))
    assert b"inwerkingtreding" in answers[0]


READS = {
    *("alembic", "transitions", "apscheduler", "rich", "ruamel", "yaml", "pydantic", "sqlalchemy"),
    *("asyncio", "importlib.metadata", "definitions.loading", "workflow.engine"),
}
"""What nobody waits for who only asks."""
WRITES = {"alembic", "apscheduler", "rich", "ruamel", "yaml", "pydantic", "definitions.loading"}
"""What nobody waits for who writes an entry."""


@pytest.mark.parametrize(
    ("line", "spared"),
    [
        (
            f"status {PROCESS}",
            {
                *("workflow.model.commands", "workflow.views.due_list", "workflow.views.explain"),
                *READS,
            },
        ),
        ("status", READS),
        (f"status {PROCESS} --party dordrecht", READS),
        (f"history {PROCESS}", READS),
        (f"member list {PROCESS}", READS),
        (f"note {PROCESS} x", WRITES),
    ],
)
def test_a_command_does_not_import_what_it_does_not_use(
    environment: dict[str, str], line: str, spared: set[str]
) -> None:
    """It starts fast: what only other commands need stays on the shelf.

    So does what compiles a definition, once that is kept.
    """
    outside(environment, "status", PROCESS)
    watch = (
        "import sys; from cli import run; from terminal.runtime.setup import Setup; "
        f"code = run(sys.argv[1:], Setup()); found = {spared!r} & set(sys.modules); "
        "print(found, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch, *line.split()],
        env=environment,
        capture_output=True,
        check=True,
    )
    assert "set()" == done.stderr.decode().strip()


def test_a_shell_completes_commands(environment: dict[str, str]) -> None:
    """The names of the commands can be completed with the tab key."""
    said = outside(
        environment, _MIJLPAAL_COMPLETE="bash_complete", COMP_WORDS="mijlpaal st", COMP_CWORD="1"
    )
    assert (0, "plain,start\nplain,status\n", "") == (said.code, said.out, said.err)


def test_a_user_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container the user may be a bare number; that is then who acts."""

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert str(os.getuid()) == str(Setup(environment={}).asker)


def test_a_user_whom_windows_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a name and without numbers for users, somebody still acts."""

    def nobody() -> str:
        raise ModuleNotFoundError("No module named 'pwd'")

    monkeypatch.setattr("getpass.getuser", nobody)
    monkeypatch.delattr("os.getuid", raising=False)
    assert "unknown" == str(Setup(environment={}).asker)


def test_a_reader_who_is_gone_on_windows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Windows has another error for a closed pipe; it is as little a failure."""

    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    # Whatever is imported for it is there before this system calls itself another.
    assert 0 == run(["definitions", "schema"], Setup(environment={}))
    capsys.readouterr()
    monkeypatch.setattr("terminal.handlers.definitions.say", gone)
    monkeypatch.setattr("terminal.running.os.name", "nt")
    code = run(["definitions", "schema"], Setup(environment={}))
    monkeypatch.undo()
    assert (0, "") == (code, capsys.readouterr().err)


def test_warnings_are_nobodys_business(environment: dict[str, str]) -> None:
    """Nothing on standard error of a command that succeeds, also with warnings on."""
    for line in (f"status {PROCESS}", f"note {PROCESS} hello"):
        said = outside(environment, *line.split(), PYTHONWARNINGS="always")
        assert (0, "") == (said.code, said.err)
