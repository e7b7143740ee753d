"""A command whose outcome nobody knows is printed whole, with its key, to be typed again."""

import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli import run
from definitions.language.text import text
from terminal.runtime.repeat_command import typed_again
from terminal.runtime.setup import Setup
from tests.support.cli import PROCESS, Terminal
from tests.support.databases import Site, made
from tests.support.properties import examples
from workflow.engine import Engine
from workflow.storage.error_messages import unknown

BASH = shutil.which("bash")
KEY = "3f2a9c0d"
WORDS = st.lists(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
    max_size=6,
)


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@examples(60)
@example(
    ["note", "it's", '$HOME `x` "y" \\', "a\nb\tc", "\x1b[31m\x9b\u202e", "", "--", "-x", "🎈"]
)
@given(WORDS)
def test_a_shell_reads_the_line_as_it_was_typed(words: list[str]) -> None:
    """Whatever is quoted in it, broken over lines, or not seen; it is one line that can be seen."""
    line = typed_again(words, KEY)
    end = words.index("--") if "--" in words else len(words)
    wanted = ["mijlpaal", *words[:end], "--key", KEY, *words[end:]]
    assert line.isprintable()
    assert wanted == shell_words(line)


def test_a_key_that_was_given_stays_the_only_one() -> None:
    """Nothing is added to it."""
    assert "mijlpaal note x 'it is' --key a" == typed_again(
        ["note", "x", "it is", "--key", "a"], None
    )


@pytest.fixture
def unheard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the first command be recorded, and its answer lost."""
    execute = Engine.execute

    def once(self: Engine, *asked: Any, **how: Any) -> Any:
        monkeypatch.setattr(Engine, "execute", execute)
        execute(self, *asked, **how)
        raise unknown(text("gone"))

    monkeypatch.setattr(Engine, "execute", once)


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("given_key", ["", " --key mine"])
@pytest.mark.usefixtures("unheard")
def test_the_command_is_printed_with_its_key_and_is_one_entry(
    site: Site, template: str, given_key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key of its own where it had none; typed again as it stands, nothing is added."""
    said = "Zoë said:\n“it's $HOME”"
    with made(site, template) as url:
        typed(url, "start", PROCESS, "--on", "2020-11-24")
        line = ["note", PROCESS, said, "--on", "2021-03-01", *shlex.split(given_key)]
        assert 75 == typed(url, *line)
        err = capsys.readouterr().err
        assert "Type it again as it stands here, with its key: then it is recorded once." in folded(
            err
        )
        printed = err.splitlines()[-1].strip()
        assert printed.startswith("mijlpaal note gr-sociaal-domein $'Zoë said:\\n“it\\'s $HOME”' ")
        again = shell_words(printed)[1:]
        assert 0 == typed(url, *again)
        assert "This was recorded before; nothing changes." in folded(capsys.readouterr().out)
        assert 0 == typed(url, "history", PROCESS)
        assert 1 == capsys.readouterr().out.count("$HOME")


def test_in_a_file_a_command_has_no_key_of_its_own(started: Terminal) -> None:
    """Its outcome is always known, and its entry stays as it always was."""
    started.does(f"note {PROCESS} something --on 2021-03-01")
    with closing(sqlite3.connect(started.file)) as connection:
        keys = connection.execute("SELECT DISTINCT key FROM journal").fetchall()
    assert [(None,)] == keys


@pytest.mark.only("postgresql")
@pytest.mark.usefixtures("unheard")
def test_a_password_in_the_line_stays_hidden(
    site: Site, template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says where it was."""
    with made(site, template) as url:
        typed(url, "start", PROCESS, "--on", "2020-11-24")
        own = url.replace("postgres@", "postgres:geheim@")
        assert 75 == run(["note", PROCESS, "x", "--db", own], setup(url))
    err = folded(capsys.readouterr().err)
    assert "with what was hidden where *** stands" in err
    assert "geheim" not in err


def typed(url: str, *words: str) -> int:
    """Type a line on a database, and return its exit code."""
    return run([*words], setup(url))


def setup(url: str) -> Setup:
    """Return what somebody at a terminal has."""
    return Setup(
        {"MIJLPAAL_DATABASE_URL": url}, user=lambda: "secretaris", cache=lambda: Path("/nowhere")
    )


def folded(said: str) -> str:
    """Return what was said on one line."""
    return " ".join(said.split())


def shell_words(line: str) -> list[str]:
    """Return the words of a line as bash reads them."""
    done = subprocess.run(
        [str(BASH), "-c", f"printf '%s\\0' {line}"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    return done.stdout.decode().split("\0")[:-1]
