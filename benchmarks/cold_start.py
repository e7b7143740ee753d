"""A query from a cold start: the whole program, against a Python that only imports libraries."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measuring import Figure, compared, in_turns
from benchmarks.processes import DEFINITION, replayed
from definitions.language.naming import PROGRAM as NAME
from terminal.runtime.setup import COMPLETE

ROOT = Path(__file__).parents[1]
LIBRARIES = "import click, sqlalchemy, pydantic"
PROGRAM = "from mijlpaal import main; main()"
"""What the installed script does."""
ROUNDS = 25
BOUND = 1.5


def measure(folder: Path) -> Iterator[Figure]:
    """Measure ``status`` of the shipped process, ``--help``, and the tab key.

    Queries keep definitions as they were compiled, so the first one of a process takes longer.
    """
    file = folder / "cold.sqlite3"
    replayed(file)
    environment = _environment(folder)
    status = ("status", DEFINITION, "--db", str(file))
    nowhere = {**environment, "XDG_CACHE_HOME": str(file)}  # a file: nothing can be kept in it
    actions = {
        "libraries": _python(environment, LIBRARIES),
        "status": _python(environment, PROGRAM, *status),
        "first": _python(nowhere, PROGRAM, *status),
        "help": _python(environment, PROGRAM, "--help"),
        "tab": _python({**environment, **_typed(file)}, PROGRAM),
    }
    in_turns(actions, 1)
    times = in_turns(actions, ROUNDS)
    for what, action, bound in (
        ("status, the whole program", "status", BOUND),
        ("status, with nothing kept from before", "first", None),
        ("--help, the whole program", "help", None),
        ("the tab key: who is still to decide", "tab", 0.6),
    ):
        yield compared(what, times[action], times["libraries"], bound, beside=LIBRARIES)


def _typed(file: Path) -> dict[str, str]:
    """Return what a shell hands over when the tab key is struck behind a milestone."""
    return {
        COMPLETE: "bash_complete",
        "COMP_WORDS": f"{NAME} record {DEFINITION} principebesluit ",
        "MIJLPAAL_DATABASE_URL": str(file),
    }


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment in which our modules are compiled once, like installed ones."""
    compiled = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    return {**os.environ, **compiled, **cache, "PYTHONDONTWRITEBYTECODE": ""}


def _python(environment: dict[str, str], code: str, *arguments: str) -> Callable[[], object]:
    """Return an action that runs Python code in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return lambda: subprocess.run(  # noqa: S603 - our own code
        command, env=environment, cwd=environment["PYTHONPATH"], check=True, capture_output=True
    )
