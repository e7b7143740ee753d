"""Databases written by earlier versions of the program, with their output of that time.

A folder in ``tests/workflow/kept/`` keeps the life of one or more processes: the definitions, what
was typed, the database that came of it, and what ``status --json`` said of ten of its days. A
change of the program that lets a day of the past look otherwise is listed, with its reason, in
``differences.yaml``; whatever differs and is not listed there is a fault.

    python -m tests.support.kept --differences    print what differs and is not listed yet
    python -m tests.support.kept --write NAME     make the database of a new folder

A database is written once and never again: it says what the program was, not what it is.
"""

import argparse
import io
import json
import re
import shlex
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import cast

from ruamel.yaml import YAML

from cli import run
from terminal.runtime.setup import Setup
from tests.support.engine import SECRETARY, World
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade
from workflow.verify import verify

FOLDER = Path(__file__).parents[1] / "workflow" / "kept"
DIFFERENCES = FOLDER / "differences.yaml"
DATABASE, TYPED, SAID = "database.sql", "typed.txt", "said.json"
DAYS = 10
"""How many days of a life are looked at."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class NotThere:
    """The value of a path that does not exist."""

    def __repr__(self) -> str:
        return "nothing"


NOT_THERE = NotThere()
Value = Json | NotThere


# --- a terminal that stands still --------------------------------------------------------------


@dataclass
class Typist:
    """Whoever types the commands, with a clock in the hands of the script."""

    file: Path
    world: World = field(default_factory=World)

    def __call__(self, words: Sequence[str]) -> tuple[int, str, str]:
        """Type a line; return its exit code and what was printed."""
        setup = Setup(
            environment={"MIJLPAAL_DATABASE_URL": str(self.file)},
            clock=self.world.clock,
            new_id=self.world.new_id,
            user=lambda: SECRETARY,
            locale=lambda: "",
            cache=lambda: self.file.parent / "cache",
        )
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(words), setup)
        return code, out.getvalue(), err.getvalue()

    def status(self, process: str, day: str) -> dict[str, Json]:
        """Return the output of ``status --json`` for a process on a day."""
        code, out, err = self(["status", process, "--as-of", day, "--json"])
        assert (0, "") == (code, err), err
        return cast("dict[str, Json]", json.loads(out))


# --- what is kept ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Kept:
    """A database that is kept.

    Attributes:
        name: the folder it is in.
        now: the day on which it was written.
        heads: the number and the hash of the last entry of each process, as ``"seq:hash"``.
        days: what was said of each process on each day.
    """

    name: str
    now: str
    heads: Mapping[str, str]
    days: Mapping[str, Mapping[str, dict[str, Json]]]

    @property
    def script(self) -> str:
        """The statements that make the database."""
        return (FOLDER / self.name / DATABASE).read_text(encoding="utf-8")

    def restore(self, file: Path) -> None:
        """Make the database, as it was written then."""
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(self.script)

    def typist(self, file: Path) -> Typist:
        """Return a typist on a copy of it, on the day on which it was written."""
        typist = Typist(file)
        typist.world.it_is(self.now)
        return typist


def every_kept() -> list[Kept]:
    """Return the databases that are kept, by name."""
    return [_read(each.parent) for each in sorted(FOLDER.glob(f"*/{SAID}"))]


def _read(folder: Path) -> Kept:
    said = json.loads((folder / SAID).read_text(encoding="utf-8"))
    return Kept(folder.name, said["now"], said["heads"], said["days"])


JOURNAL = "SELECT process, seq, payload, prev_hash, hash FROM journal ORDER BY process, seq"


def journal_of(file: Path) -> list[tuple[object, ...]]:
    """Return the entries of every journal of a database and their hashes, as they lie there."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(JOURNAL).fetchall()


def heads_of(file: Path) -> dict[str, str]:
    """Return the number and the hash of the last entry of each process."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT id, head_seq, head_hash FROM processes ORDER BY id")
        return {process: f"{seq}:{digest}" for process, seq, digest in found}


# --- differences -------------------------------------------------------------------------------

NAMES = ("id", "body", "party", "seq", "group", "name")
"""The keys that name an item of a list, if they are unique in it."""


@dataclass(frozen=True)
class Difference:
    """A difference in the output for one process on one day.

    Attributes:
        old: the former value; ``NOT_THERE`` if a key or an item was added.
        new: the present value; ``NOT_THERE`` if one is gone.
    """

    database: str
    process: str
    day: str
    path: str
    old: Value
    new: Value

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """The values that identify it."""
        return (self.database, self.process, self.day, self.path, repr(self.old), repr(self.new))


def differing(old: Json, new: Json, path: str = "") -> Iterator[tuple[str, Value, Value]]:
    """Yield the differences of two documents: the path, and the value in each.

    An item of a list is named by its id, its body or the like (``requests[raden]``), where every
    item of both lists has one of its own, and else by its number.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _differing_keys(old, new, f"{path}." if path else "", "")
    elif isinstance(old, list) and isinstance(new, list):
        name = next((each for each in NAMES if _names(each, old) and _names(each, new)), None)
        yield from _differing_keys(_items(old, name), _items(new, name), f"{path}[", "]")
    elif type(old) is not type(new) or old != new:
        yield path, old, new


def _differing_keys(
    old: Mapping[str, Json], new: Mapping[str, Json], before: str, after: str
) -> Iterator[tuple[str, Value, Value]]:
    for key in dict.fromkeys([*old, *new]):
        path = f"{before}{key}{after}"
        if key in old and key in new:
            yield from differing(old[key], new[key], path)
        else:
            yield path, old.get(key, NOT_THERE), new.get(key, NOT_THERE)


def _names(name: str, items: list[Json]) -> bool:
    found = [each.get(name) for each in items if isinstance(each, dict)]
    return len(items) == len(found) == len(set(map(str, found))) and None not in found


def _items(items: list[Json], name: str | None) -> dict[str, Json]:
    return {
        str(each[name] if name and isinstance(each, dict) else number): each
        for number, each in enumerate(items)
    }


def differences_of(kept: Kept, typist: Typist) -> Iterator[Difference]:
    """Yield the differences in the present program's output for a kept database."""
    for process, days in kept.days.items():
        for day, said in days.items():
            for path, old, new in differing(said, typist.status(process, day)):
                yield Difference(kept.name, process, day, path, old, new)


@dataclass(frozen=True)
class Listed:
    """The listed differences: single ones, and paths that were added everywhere."""

    differences: frozenset[tuple[str, str, str, str, str, str]]
    added: Mapping[str, re.Pattern[str]]

    def names(self, found: Difference) -> bool:
        """Return whether a difference is listed."""
        return found.key in self.differences or bool(self.adding(found))

    def adding(self, found: Difference) -> list[str]:
        """Return the listed added paths that match a difference."""
        if found.old is not NOT_THERE:
            return []
        return [path for path, pattern in self.added.items() if pattern.fullmatch(found.path)]


def listed() -> Listed:
    """Return the listed differences.

    Raises:
        ValueError: when an entry gives no reason, or two entries say the same.
    """
    return listed_in(YAML(typ="safe").load(DIFFERENCES.read_text(encoding="utf-8")))


def listed_in(content: Mapping[str, list[dict[str, object]] | None]) -> Listed:
    """Return the differences that a document lists.

    Raises:
        ValueError: when an entry gives no reason, or two entries say the same.
    """
    entries, added = content.get("differences") or [], content.get("added") or []
    for entry in (*entries, *added):
        if not str(entry.get("reason") or "").strip():
            raise ValueError(f"no reason is given for {entry}")
    keys = [each.key for entry in entries for each in _entry(entry)]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"listed more than once: {sorted(twice)}")
    return Listed(
        frozenset(keys), {str(each["path"]): _pattern(str(each["path"])) for each in added}
    )


def _entry(entry: Mapping[str, object]) -> Iterator[Difference]:
    old = cast(Value, entry.get("old", NOT_THERE))
    new = cast(Value, entry.get("new", NOT_THERE))
    for day in cast(list[object], entry["days"]):
        database, process, path = (str(entry[each]) for each in ("database", "process", "path"))
        yield Difference(database, process, str(day), path, old, new)


def _pattern(path: str) -> re.Pattern[str]:
    """Return a pattern for a path with stars: a star is any name of a key or an item."""
    return re.compile(re.escape(path).replace(r"\*", r"[^\[\]]+?"))


def as_entries(found: Iterable[Difference]) -> str:
    """Return differences as they are listed, each with a reason that is to be filled in."""
    same: dict[tuple[str, ...], list[Difference]] = defaultdict(list)
    for each in found:
        key = (each.database, each.process, each.path, repr(each.old), repr(each.new))
        same[key].append(each)
    entries: list[dict[str, object]] = []
    for of_days in same.values():
        each = of_days[0]
        entry: dict[str, object] = {"database": each.database, "process": each.process}
        entry |= {"days": [of_day.day for of_day in of_days], "path": each.path}
        entry |= {} if each.old is NOT_THERE else {"old": each.old}
        entry |= {} if each.new is NOT_THERE else {"new": each.new}
        entries.append({**entry, "reason": ""})
    out = io.StringIO()
    if entries:
        yaml = YAML()
        yaml.width = 100
        yaml.dump(entries, out)
    return out.getvalue()


# --- writing one -------------------------------------------------------------------------------


def write(name: str) -> None:
    """Type the commands of a folder, and keep the database and the output.

    Raises:
        FileExistsError: when it was written before; what is kept is never written again.
    """
    folder = FOLDER / name
    for kept in (folder / DATABASE, folder / SAID):
        if kept.exists():
            raise FileExistsError(f"{kept} is kept as it is, and never written again")
    with tempfile.TemporaryDirectory() as scratch:
        typist = Typist(Path(scratch) / "kept.db", World(people=0))
        typed = _type(typist, folder)
        with Database(str(typist.file)) as database:
            problems = [str(each) for found in verify(database) for each in found.problems]
        assert not problems, problems
        said = {
            "now": typed[-1],
            "heads": heads_of(typist.file),
            "days": {
                process: {
                    day: typist.status(process, day) for day in _days(typist.file, process, typed)
                }
                for process in heads_of(typist.file)
            },
        }
        with closing(sqlite3.connect(typist.file)) as connection:
            script = "\n".join(connection.iterdump()) + "\n"
    (folder / DATABASE).write_text(script, encoding="utf-8")
    (folder / SAID).write_text(_one_line_a_day(said), encoding="utf-8")


def _type(typist: Typist, folder: Path) -> list[str]:
    """Type every line of a folder; return the days on which something was typed."""
    days: list[str] = []
    for line in (folder / TYPED).read_text(encoding="utf-8").splitlines():
        match line[:1]:
            case "" | "#":
                pass
            case "$" | "!":
                words = [word.replace("HERE", str(folder)) for word in shlex.split(line[1:])]
                code, out, err = typist(words)
                assert (line[0] == "!") == (code != 0), f"{line}\n{out}{err}"
            case _:
                typist.world.it_is(line)
                days.append(line)
    return days


def _days(file: Path, process: str, typed: Sequence[str]) -> list[str]:
    """Return ten days of a life: days on which something happened, and days between them."""
    with closing(sqlite3.connect(file)) as connection:
        happened = connection.execute(
            "SELECT DISTINCT effective_on FROM journal WHERE process = ? AND effective_on NOT NULL",
            (process,),
        ).fetchall()
    days = sorted(
        {date.fromisoformat(day) for (day,) in happened} | {date.fromisoformat(typed[-1])}
    )
    while len(days) < DAYS:
        gap, before = max((after - before, before) for before, after in pairwise(days))
        days = sorted({*days, before + max(gap // 2, timedelta(days=1))})
    picked = [days[round(number * (len(days) - 1) / (DAYS - 1))] for number in range(DAYS)]
    return [day.isoformat() for day in picked]


def _one_line_a_day(said: Mapping[str, object]) -> str:
    """Return the kept output as JSON, with a line for each day."""
    days = cast(Mapping[str, Mapping[str, object]], said["days"])
    lines = ['{"now": ' + json.dumps(said["now"]), ',"heads": ' + json.dumps(said["heads"])]
    lines.append(',"days": {')
    for number, (process, seen) in enumerate(days.items()):
        lines.append(("," if number else "") + json.dumps(process) + ": {")
        lines.extend(
            ("," if at else "") + f"{json.dumps(day)}: {json.dumps(each, ensure_ascii=False)}"
            for at, (day, each) in enumerate(seen.items())
        )
        lines.append("}")
    return "\n".join([*lines, "}}"]) + "\n"


# --- by hand -----------------------------------------------------------------------------------


def upgraded(kept: Kept, folder: Path) -> Typist:
    """Restore a database in a folder and upgrade it; return who types on it."""
    file = folder / f"{kept.name}.db"
    kept.restore(file)
    with Database(str(file)) as database:
        upgrade(database)
    return kept.typist(file)


def missing() -> list[Difference]:
    """Return the differences that are not listed, over all databases."""
    known = listed()
    with tempfile.TemporaryDirectory() as scratch:
        return [
            each
            for kept in every_kept()
            for each in differences_of(kept, upgraded(kept, Path(scratch)))
            if not known.names(each)
        ]


def main(arguments: Sequence[str]) -> None:
    """Print the differences that are not listed, or write a new database."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.kept")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--differences", action="store_true", help="print what is not listed yet")
    what.add_argument("--write", metavar="NAME", help="make the database of a new folder")
    given = parser.parse_args(arguments)
    if given.write:
        write(given.write)
    else:
        sys.stdout.write(as_entries(missing()))


if __name__ == "__main__":
    main(sys.argv[1:])
