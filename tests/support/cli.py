"""A terminal for tests: commands as people type them, with a clock and ids that stand still.

A test types a line and reads what was printed. ``refused`` also sees to it that a refusal says
what would help, prints nothing as a result, and writes nothing.
"""

import json
import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from cli import run
from definitions.language.naming import PROGRAM
from definitions.proving.kept_verdicts import Prove
from terminal.runtime.setup import Setup
from tests.support.databases import Dump, dump
from tests.support.engine import World
from tests.support.proofs import proving, taken_as_sound

PROCESS = "gr-sociaal-domein"
SECRETARY = "secretaris"
"""The user of the operating system, who starts processes."""
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")
WRITES = {"start", "replay", "advance", "record", "task", "deliverable", "note"}


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def suggestions(self) -> list[str]:
        """The commands that were suggested and can be typed as they stand."""
        return [line for line in self._commands if not PLACEHOLDER.search(line)]

    @property
    def to_fill_in(self) -> list[str]:
        """The commands that were suggested with something to fill in."""
        return [line for line in self._commands if PLACEHOLDER.search(line)]

    @property
    def _commands(self) -> list[str]:
        lines = (line.strip() for line in f"{self.out}\n{self.err}".splitlines())
        return [
            line.removeprefix(f"{PROGRAM} ") for line in lines if line.startswith(PROGRAM + " ")
        ]


@dataclass
class Terminal:
    """Somebody at a terminal, with a database.

    Attributes:
        proves: what definitions are proved by; None for the proof of the program.
    """

    file: Path
    capture: pytest.CaptureFixture[str]
    world: World = field(default_factory=World)
    user: str = SECRETARY
    width: int = 100
    shown: bool = False
    told: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    locale: str = ""
    proves: Prove | None = taken_as_sound

    def __call__(self, *line: str) -> Said:
        """Type a line; several words are taken as they are, a single one is split."""
        arguments = shlex.split(line[0]) if len(line) == 1 else list(line)
        self.capture.readouterr()
        setup = Setup(
            environment={"MIJLPAAL_DATABASE_URL": str(self.file), **self.environment},
            clock=self.world.clock,
            new_id=self.world.new_id,
            user=lambda: self.user,
            locale=lambda: self.locale,
            cache=lambda: self.file.parent / "cache",
            width=self.width,
            shown=self.shown,
            messages_on_terminal=self.told,
        )
        with proving(self.proves):
            code = run(arguments, setup)
        return Said(code, *self.capture.readouterr())

    def does(self, *line: str) -> str:
        """Type a line that succeeds, and return what it printed."""
        said = self(*line)
        assert (0, "") == (said.code, said.err)
        return said.out

    def refused(self, code: int, *line: str) -> str:
        """Type a line that is refused, and return what was said; nothing may change by it."""
        before = self.rows
        said = self(*line)
        assert (code, "") == (said.code, said.out)
        assert before == self.rows
        assert "Traceback" not in said.err
        return said.err

    def data(self, line: str) -> Any:
        """Type a query, and return the data of its JSON."""
        return json.loads(self.does(f"{line} --json"))["data"]

    def follow(self, said: Said) -> int:
        """Type every command that was suggested; none may fail. Return how many there were."""
        for line in said.suggestions:
            command = line.split()[0]
            self.does(f"{line} --dry-run" if command in WRITES else line)
        return len(said.suggestions)

    def as_user(self, user: str) -> "Terminal":
        """Return the terminal of somebody else, on the same database."""
        return replace(self, user=user)

    @property
    def rows(self) -> Dump:
        """Every row of the database; none where there is no file or it is no database."""
        if not self.file.is_file():
            return {}
        try:
            return dump(self.file)
        except sqlite3.DatabaseError:
            return {}

    def force(self, *statements: str) -> None:
        """Do something to the database that its own program would not."""
        with closing(sqlite3.connect(self.file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()


def copied(template: Path, folder: Path) -> Path:
    """Return a copy of a database file in a folder of the test's own."""
    return Path(shutil.copy(template, folder / "mijlpaal.db"))


def folded(text: str) -> str:
    """Return a text on one line, however the page was folded."""
    return " ".join(text.split())


# --- the shape of JSON -------------------------------------------------------------------------

Shape = Any
"""A type, a tuple of types, a dict of shapes, or a list with the one shape of its items."""


@dataclass(frozen=True)
class Maybe:
    """A shape that may be null instead."""

    shape: Shape


def misfits(value: object, shape: Shape, path: str = "data") -> Iterator[str]:
    """Yield where a value is not of a shape; types are exact, further keys are allowed."""
    match shape:
        case Maybe():
            if value is not None:
                yield from misfits(value, shape.shape, path)
        case dict():
            yield from _dict_misfits(value, shape, path)
        case list():
            if type(value) is not list:
                yield f"{path}: {value!r}"
                return
            for index, each in enumerate(cast(Sequence[object], value)):
                yield from misfits(each, shape[0], f"{path}[{index}]")
        case _ if type(value) is not shape:
            yield f"{path}: {value!r}"
        case _:
            pass


def _dict_misfits(value: object, shape: Mapping[str, Shape], path: str) -> Iterator[str]:
    if type(value) is not dict:
        yield f"{path}: {value!r}"
        return
    for name, inner in shape.items():
        if name not in value:
            yield f"{path}.{name} is not there"
        else:
            yield from misfits(value[name], inner, f"{path}.{name}")
