"""Commands from a cold start: the whole program, against a Python that only imports libraries."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import Figure, compared, in_turns
from benchmarks.processes import ACTOR, DEFINITION, PROCESS, TODAY, opened, replayed
from definitions.language.naming import PROGRAM as NAME
from definitions.library import open_definition
from terminal.runtime.setup import COMPLETE
from workflow.engine import Start
from workflow.model.commands import Advance, Request
from workflow.model.person import Called

ROOT = Path(__file__).parents[1]
LIBRARIES = "import click, sqlalchemy, pydantic"
PROGRAM = "from mijlpaal import main; main()"
"""What the installed script does."""
ROUNDS = 15
BESIDE = "a Python that imports click, sqlalchemy and pydantic"
CLICK = "a Python that imports click"
READ, WRITTEN = 0.6, 1.2
"""How many times what the libraries take a command that asks may take, and one that writes."""
BOUNDS = {
    "status": READ,
    "status --json": READ,
    "status --as-of": READ,
    "history": READ,
    "all processes": 0.7,
    "definitions check": 1.0,
    "note": WRITTEN,
    "record": WRITTEN,
    "tab": 0.45,
}
ANSWER = "record", PROCESS, "principebesluit", "dordrecht", "ingestemd", "--on", TODAY.written
SOURCED = "--reference", "x", "--as", ACTOR


def measure(folder: Path) -> Iterator[Figure]:
    """Measure whole commands: what asks, what writes, ``--help``, and the tab key.

    The first command fills the cache of compiled definitions, so it takes longer. A writing command
    gets a fresh copy of the file each time, which adds a thousandth to its time.
    """
    file = folder / "cold.sqlite3"
    replayed(file)
    _ask(file)
    environment = {**_environment(folder), "MIJLPAAL_DATABASE_URL": str(file)}
    libraries = {
        "libraries": _python(environment, LIBRARIES),
        "click": _python(environment, "import click"),
    }
    actions = {**libraries, **_actions(folder, file, environment)}
    in_turns(actions, 1)
    times = in_turns(actions, ROUNDS)
    for name, bound in BOUNDS.items():
        what = f"{name}, the whole program"
        yield compared(what, times[name], times["libraries"], bound, cpu_bound=bound, beside=BESIDE)
    first = "status, with nothing kept from before"
    yield compared(first, times["first"], times["libraries"], beside=BESIDE)
    whole = "--help, the whole program"
    yield compared(whole, times["help"], times["click"], 1.5, cpu_bound=1.5, beside=CLICK)


def _ask(file: Path) -> None:
    """Start a process in which a question is open."""
    with opened(file) as engine:
        engine.start(Start(open_definition(DEFINITION), PROCESS, Called(ACTOR)))
        engine.execute(PROCESS, [Request(Advance("principebesluit", TODAY), Called(ACTOR))])


def _actions(
    folder: Path, file: Path, environment: dict[str, str]
) -> dict[str, Callable[[], object]]:
    """Return the measured actions, by name."""
    nowhere = {**environment, "XDG_CACHE_HOME": str(file)}  # a file: nothing can be kept in it
    asks = {
        "status": ("status", DEFINITION),
        "status --json": ("status", DEFINITION, "--json"),
        "status --as-of": ("status", DEFINITION, "--as-of", "2021-03-01"),
        "history": ("history", DEFINITION),
        "all processes": ("status",),
        "definitions check": ("definitions", "check", DEFINITION),
        "help": ("--help",),
    }
    writes = {"note": ("note", PROCESS, "a note", *SOURCED), "record": (*ANSWER, *SOURCED)}
    return {
        **{name: _python(environment, PROGRAM, *line) for name, line in asks.items()},
        "first": _python(nowhere, PROGRAM, "status", DEFINITION),
        "tab": _python({**environment, **_typed(file)}, PROGRAM),
        **{
            name: _writing(folder / f"{name}.sqlite3", file, environment, line)
            for name, line in writes.items()
        },
    }


def _writing(
    file: Path, template: Path, environment: dict[str, str], line: Sequence[str]
) -> Callable[[], object]:
    """Return an action that types a line in a copy of a database."""
    act = _python({**environment, "MIJLPAAL_DATABASE_URL": str(file)}, PROGRAM, *line)

    def write() -> None:
        shutil.copy(template, file)
        act()

    return write


def _typed(file: Path) -> dict[str, str]:
    """Return the environment of a completion request behind a milestone."""
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
