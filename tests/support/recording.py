"""Records a script at a terminal: it is run by the program, and nothing in it is drawn by hand.

A script is one for a shell: comments, and commands a line each (or two, after a backslash). The
result is an asciicast of version 2, for players of terminal recordings; or the same as text. The
day is always the same, and time passes as it would for a reader, so that a recording is the same
every time.

``python -m tests.support.recording FILE`` records the first hour; without FILE it prints it.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.support.readme import ROOT, Reader, in_a_folder

SCRIPT = ROOT / "docs/examples/first-hour.sh"
WIDTH, HEIGHT = 100, 40
WHEN = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)

LINE_END = re.compile(r"(?<!\\)\n")
"""What ends a line, and does not only break it."""
KEY_S, LINE_S, PAUSE_S = 0.03, 0.15, 1.0
"""How long a key takes to type, a printed line to read, and a pause at the end of either."""


@dataclass(frozen=True)
class Step:
    """One line of a script, and what it printed."""

    line: str
    printed: str


def steps(script: str, folder: Path, *, drawn: bool) -> list[Step]:
    """Run a script.

    Args:
        script: comments and commands, a line each.
        folder: an empty folder to run it in.
        drawn: screens are drawn as on a terminal; otherwise they are plain text.

    Raises:
        NotAsShown: a command did not end as the script says.
    """
    reader = Reader(drawn=drawn, width=WIDTH, now=WHEN)
    with in_a_folder(folder):
        return [
            Step(line, reader.output(line) if is_command(line) else "")
            for line in LINE_END.split(script.rstrip())
        ]


def is_command(line: str) -> bool:
    """Return whether a line is a command; otherwise it is a comment for the viewer."""
    return bool(line) and not line.startswith("#")


def transcript(script: str, folder: Path) -> str:
    """Return a script as text: what is typed, and what comes back.

    Args:
        script: comments and commands, a line each.
        folder: an empty folder to run it in.
    """
    shown = [
        f"$ {step.line}\n{step.printed}" if is_command(step.line) else step.line
        for step in steps(script, folder, drawn=False)
    ]
    return "".join(f"{each.rstrip()}\n" for each in shown)


def asciicast(script: str, folder: Path) -> str:
    """Return a recording of a script, as an asciicast of version 2.

    Args:
        script: comments and commands, a line each.
        folder: an empty folder to run it in.
    """
    header = {"version": 2, "width": WIDTH, "height": HEIGHT, "timestamp": int(WHEN.timestamp())}
    now, lines = 0.0, [json.dumps(header)]
    for step in steps(script, folder, drawn=True):
        for seconds, shown in _seen(step):
            now += seconds
            lines.append(json.dumps([round(now, 3), "o", shown], ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines)


def _seen(step: Step) -> Iterator[tuple[float, str]]:
    """Yield the output of a step, each with its delay."""
    yield PAUSE_S, "$ " if is_command(step.line) else ""
    yield from ((KEY_S, key) for key in step.line.replace("\n", "\r\n"))
    yield LINE_S, "\r\n"
    yield from ((LINE_S, f"{line}\r\n") for line in step.printed.splitlines())


def main() -> None:
    """Record the first hour into the file named on the command line; without one, print it."""
    script = SCRIPT.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        if not sys.argv[1:]:
            sys.stdout.write(transcript(script, Path(folder)))
            return
        recorded = asciicast(script, Path(folder))
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(recorded, encoding="utf-8")


if __name__ == "__main__":
    main()
