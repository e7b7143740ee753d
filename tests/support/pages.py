"""The generated parts of the documentation pages.

``<!-- generated: NAME WORD… -->`` on a line of its own stands for it. A picture is drawn anew, by
the command in the comment above it; where Graphviz is not there, a page shows what is drawn by.
"""

import contextlib
import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from cli import run
from terminal.runtime.errors import DONE
from terminal.runtime.setup import Setup
from tests.support.command_reference import command_reference
from tests.support.json_reference import json_reference
from tests.support.reference import keys_of, sections_of
from tests.support.speed import grown, measured, measured_when

DRAWN = re.compile(
    r"^<!-- (?P<command>mijlpaal definitions graph .*?) -->\n```mermaid\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)
MARK = re.compile(r"^<!-- generated: (\S+)((?: [\w-]*\w)*) -->$", re.MULTILINE)

ROOT = Path(__file__).parents[2]


def first_hour() -> str:
    """Return the first hour, as a program of its own runs it: here, others would say things too."""
    command = [sys.executable, "-m", "tests.support.recording"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return f"```text\n{done.stdout.strip()}\n```"


GENERATED: Mapping[str, Callable[..., str]] = {
    "commands": command_reference,
    "json": json_reference,
    "file": sections_of,
    "keys": keys_of,
    "recording": first_hour,
    "measured": measured,
    "measured-when": measured_when,
    "grown": grown,
}


def expanded(page: str) -> str:
    """Return a page with its marks replaced."""
    page = DRAWN.sub(_picture, page)
    return MARK.sub(lambda mark: GENERATED[mark[1]](*mark[2].split()), page)


def _picture(match: re.Match[str]) -> str:
    """Return a picture as part of a page."""
    _, *arguments = shlex.split(match["command"])
    drawn = io.StringIO()
    with contextlib.redirect_stdout(drawn), contextlib.redirect_stderr(io.StringIO()):
        code = run([*arguments, "--format", "svg"], Setup())
    if code != DONE:
        return match[0].replace("```mermaid", "```text")
    svg = drawn.getvalue()
    return f'```{{raw}} html\n<div class="picture">{svg[svg.index("<svg") :].strip()}</div>\n```'
