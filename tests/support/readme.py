"""Runs the commands in documents, and fills in their output.

A document shows commands in ``console`` blocks: a line that begins with ``$ `` is run, the lines
after it are what it prints. A ``mermaid`` block is drawn by the command in the comment above it.
Commands of one document share one database, one clock and one series of ids, so that all of it,
hashes included, comes out the same every time.

- A line that ends in a backslash goes on in the next.
- ``<!-- today: 2026-03-16 -->`` above a block makes it the morning of that day from there on.
- ``$ export NAME=VALUE`` holds for the commands after it. They run in an empty folder that has
  ``docs`` in it, so that a file they name is made there.
- ``$ psql``, ``$ sqlite3`` and the like run too, where they are installed.
- ``<!-- postgresql -->`` gives the document a server of its own, reached as ``db.example`` by the
  role ``postgres``, with nothing in it.
- ``$ mijlpaal … | python SCRIPT`` hands what is printed on to a script.
- The hash in ``--head N:HASH`` becomes the one that was printed before.
- A command that ends in ``# refused`` or ``# fails`` does so; any other has to succeed.
- ``<!-- FILE -->`` above a block fills it with that file, seen from ``docs/``; and
  ``<!-- FILE: a.b, c -->`` with what stands under these keys of it.

``python -m tests.support.readme`` fills in all documents, the reference of definitions too.
"""

import contextlib
import io
import itertools
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path

import pytest

from cli import run
from definitions.language.naming import PROGRAM
from terminal.runtime.setup import PIPE_WIDTH, Setup
from tests.support import clusters
from tests.support.reference import FILE, reference

BLOCK = re.compile(r"(?<=^```console\n)(?P<block>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
STEP = re.compile(rf"^<!-- today: (?P<today>\S+) -->$|{BLOCK.pattern}", BLOCK.flags)
INCLUDED = re.compile(
    r"^<!-- (?P<file>examples/[^\s:]+)(?P<keys>: [^\n]+?)? -->\n```(?P<language>\w+)\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)
DRAWN = re.compile(
    r"(?<=^<!-- )(?P<command>mijlpaal definitions graph .*?)(?P<head> -->\n```mermaid\n)"
    r".*?(?=^```$)",
    re.MULTILINE | re.DOTALL,
)
COMMAND = re.compile(r"^\$ .*(?:(?<=\\)\n.*)*$", re.MULTILINE)
HEAD = re.compile(r"\b(\d+):([0-9a-f]{12,64})\b")
ON_A_SERVER = re.compile(r"^<!-- postgresql -->$", re.MULTILINE)
THEIRS = ("psql", "pg_dump", "pg_restore", "sqlite3")
"""The programs of others that a document may run."""
UNDONE = ("  # refused", "  # fails")
"""What stands behind a command that does not end well, and should not."""
OWN = {"MIJLPAAL_DATABASE_URL": "readme.sqlite3"}
"""The database of a document that names none."""
HOME = "/home/secretaris"
"""The name in a document for the folder in which commands run."""
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def documents() -> list[str]:
    """Return every document that may show commands, by its path from the root."""
    pages = (path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    return ["README.md", *sorted(pages)]


def document_as_filled(name: str, folder: Path) -> str:
    """Return a document of the project with the output of its commands as it is now.

    Args:
        name: one of ``documents``.
        folder: an empty folder, for the database.
    """
    return filled((ROOT / name).read_text(encoding="utf-8"), folder)


def filled(document: str, folder: Path) -> str:
    """Return a document with the output of its commands as it is now.

    Args:
        document: Markdown.
        folder: an empty folder, for the database.
    """
    reader = Reader()
    with _server_for(document), in_a_folder(folder):
        document = STEP.sub(reader.step, INCLUDED.sub(_included, document))
        return DRAWN.sub(reader.picture, document)


def programs_in(document: str) -> set[str]:
    """Return which programs of others a document runs."""
    commands = COMMAND.findall("".join(BLOCK.findall(document)))
    return {command.split()[1] for command in commands} & set(THEIRS)


@contextmanager
def in_a_folder(folder: Path) -> Iterator[None]:
    """Work in a folder, with ``docs`` in it."""
    (folder / "docs").symlink_to(ROOT / "docs", target_is_directory=True)
    with contextlib.chdir(folder):
        yield


@contextmanager
def _server_for(document: str) -> Iterator[None]:
    """Have a server where a document asks for one, under the name that it has in the document."""
    if not ON_A_SERVER.search(document):
        yield
        return
    with clusters.running() as server, reached_by_any_name(server.port):
        yield


@contextmanager
def reached_by_any_name(port: int) -> Iterator[None]:
    """Have every server that is named be the one on this machine, at a port."""
    before = dict(os.environ)
    os.environ |= {"PGHOSTADDR": "127.0.0.1", "PGPORT": str(port)}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


# --- files that a document shows ---------------------------------------------------------------


def _included(match: re.Match[str]) -> str:
    """Return a block with the content of the file that is named above it, or a part of it."""
    content = (ROOT / "docs" / match["file"]).read_text(encoding="utf-8")
    keys = match["keys"] or ""
    if keys:
        content = _excerpt(content, [key.strip().split(".") for key in keys[1:].split(",")])
    return f"<!-- {match['file']}{keys} -->\n```{match['language']}\n{content}```"


def _excerpt(content: str, paths: list[list[str]]) -> str:
    """Return the parts of a YAML file under some keys, including those keys."""
    shown: dict[int, str] = {}
    for path in paths:
        lines = list(enumerate(content.splitlines(keepends=True)))
        for depth, key in enumerate(path):
            start = re.compile(rf" {{{2 * depth}}}{re.escape(key)}:")
            at = next(at for at, (_, line) in enumerate(lines) if start.match(line))
            shown |= lines[at : at + 1]
            lines = _under(lines[at + 1 :], "  " * (depth + 1))
        shown |= lines
    return "".join(line for _, line in sorted(shown.items()))


def _under(lines: list[tuple[int, str]], indent: str) -> list[tuple[int, str]]:
    return list(itertools.takewhile(lambda each: each[1].startswith(indent), lines))


# --- commands that a document shows ------------------------------------------------------------


class NotAsShown(Exception):
    """A command failed although its document does not show that, or the other way round."""


@dataclass
class Reader:
    """Somebody who types what a document shows, a command a minute.

    Attributes:
        drawn: screens are drawn, as on a terminal.
        width: how many characters fit on a line.
    """

    drawn: bool = False
    width: int = PIPE_WIDTH
    now: datetime = BEGIN
    environment: dict[str, str] = field(default_factory=lambda: dict(OWN))
    heads: dict[str, str] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def step(self, match: re.Match[str]) -> str:
        """Return a block with the output of its commands, or set the day."""
        if match["today"]:
            self.now = datetime.fromisoformat(f"{match['today']}T09:00:00+00:00")
            return match[0]
        commands = COMMAND.findall(match["block"])
        return "".join(f"{line}\n{self.output(line)}" for line in map(self._as_typed, commands))

    def picture(self, match: re.Match[str]) -> str:
        """Return a picture, as the command above it draws it now."""
        return f"{match['command']}{match['head']}{self.output(match['command'])}"

    def _as_typed(self, line: str) -> str:
        """Return a line with the hash of a head as it was printed, where one is asked for."""
        if line.endswith(UNDONE):
            return line
        return HEAD.sub(lambda head: f"{head[1]}:{self.heads.get(head[1], '')[:12]}", line)

    def output(self, line: str) -> str:
        """Return the output of a line; its first two characters may be a prompt.

        Raises:
            NotAsShown: it failed though nothing says so, or the other way round.
        """
        command = line.removeprefix("$ ").replace("\\\n", " ")
        typed, _, script = command.partition(" | ")
        program, *arguments = shlex.split(typed, comments=True)
        if program == "export":
            self.environment |= dict(argument.split("=", 1) for argument in arguments)
            return ""
        code, printed = self._run(program, arguments)
        if (code != 0) != line.endswith(UNDONE):
            raise NotAsShown(f"{line}\n{printed}")
        self.heads |= dict(HEAD.findall(printed))
        return _handed_on(printed, script) if script else printed

    def _run(self, program: str, arguments: list[str]) -> tuple[int, str]:
        if program == PROGRAM:
            return self._run_ours(arguments)
        if program not in THEIRS:
            raise ValueError(program)
        command = [program, *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    def _run_ours(self, arguments: list[str]) -> tuple[int, str]:
        setup = Setup(
            environment=self.environment,
            clock=repeat(self.now).__next__,
            new_id=lambda: f"person-{next(self.ids)}",
            user=lambda: "secretaris",
            locale=lambda: "",
            width=self.width,
            shown=self.drawn,
            messages_on_terminal=self.drawn,
        )
        self.now += timedelta(minutes=1)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = run(arguments, setup)
        # Where the folder lies says nothing, and differs from run to run.
        return code, printed.getvalue().replace(str(Path.cwd()), HOME)


def _handed_on(printed: str, script: str) -> str:
    _, *arguments = shlex.split(script)
    done = subprocess.run(
        [sys.executable, *arguments],
        input=printed,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def main() -> None:
    """Fill in the documents named on the command line, or all of them, in place."""
    if not sys.argv[1:]:
        FILE.write_text(reference(), encoding="utf-8")
    for name in sys.argv[1:] or documents():
        with tempfile.TemporaryDirectory() as folder, _no_cache_of_ones_own():
            try:
                (ROOT / name).write_text(_named(name, Path(folder)), encoding="utf-8")
            except pytest.skip.Exception as why:
                sys.stderr.write(f"{name} is left as it is: {why}\n")


@contextmanager
def _no_cache_of_ones_own() -> Iterator[None]:
    """Keep the writer's own cache out of the output of `doctor` in documents."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        yield


def _named(name: str, folder: Path) -> str:
    try:
        return document_as_filled(name, folder)
    except NotAsShown as error:
        error.add_note(f"In {name}.")
        raise


if __name__ == "__main__":
    main()
