"""Runs the commands that a document shows, and fills in what they print.

A document shows commands in ``console`` blocks: a line that begins with ``$ `` is run, the lines
after it are what it prints. A ``mermaid`` block is drawn by the command in the comment above it.
Commands of one document share one database, one clock and one series of ids, so that all of it,
hashes included, comes out the same every time.
"""

import contextlib
import io
import itertools
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import repeat
from pathlib import Path

from cli import run
from terminal.setup import PROGRAM, Setup

BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
INCLUDED = re.compile(
    r"(?<=^<!-- )(?P<file>\S+)(?P<head> -->\n```yaml\n).*?(?=^```$)", re.MULTILINE | re.DOTALL
)
DRAWN = re.compile(
    r"(?<=^<!-- )(?P<command>mijlpaal definitions graph .*?)(?P<head> -->\n```mermaid\n)"
    r".*?(?=^```$)",
    re.MULTILINE | re.DOTALL,
)
BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


def filled(document: str, folder: Path) -> str:
    """Return a document with the output of its commands as it is now.

    Args:
        document: Markdown.
        folder: an empty folder, for the database.
    """
    setup_for = _world(folder)
    document = INCLUDED.sub(_included, document)
    document = BLOCK.sub(lambda match: _block(match[1], setup_for), document)
    return DRAWN.sub(lambda match: _drawn(match, next(setup_for)), document)


def _drawn(match: re.Match[str], setup: Setup) -> str:
    """Return a picture, as the command above it draws it now."""
    return f"{match['command']}{match['head']}{_output(match['command'], setup)}"


def _included(match: re.Match[str]) -> str:
    """Return a block of YAML with the content of the file that is named above it."""
    content = (ROOT / "docs" / match["file"]).read_text(encoding="utf-8")
    return f"{match['file']}{match['head']}{content}"


def _block(block: str, setup_for: Iterator[Setup]) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{_output(line, next(setup_for))}" for line in commands)


def _output(line: str, setup: Setup) -> str:
    program, *arguments = shlex.split(line.removeprefix("$ "), comments=True)
    if program != PROGRAM:
        raise ValueError(line)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        run(arguments, setup)
    return printed.getvalue()


def _world(folder: Path) -> Iterator[Setup]:
    """Yield a set-up for each command: the same database, a minute later, the next ids."""
    ids = itertools.count(1)
    environment = {"MIJLPAAL_DATABASE_URL": str(folder / "readme.sqlite3")}
    for minute in itertools.count():
        now = BEGIN + timedelta(minutes=minute)
        yield Setup(
            environment=environment,
            clock=repeat(now).__next__,
            new_id=lambda: f"person-{next(ids)}",
            user=lambda: "secretaris",
        )


def main() -> None:
    """Fill in the documents named on the command line, in place."""
    for name in sys.argv[1:]:
        path = ROOT / name
        with tempfile.TemporaryDirectory() as folder:
            path.write_text(
                filled(path.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
