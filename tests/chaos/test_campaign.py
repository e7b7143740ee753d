"""Thousands of files and command lines as accidents make them: a sentence, and nothing half done.

What is asked of each is little and holds for all: the program ends with an exit code that stands
in the documents, nothing is unforeseen, and whatever is refused or only looked at writes nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.support.chaos import EVERYTHING, Tried
from tests.support.cli import Said, Terminal
from tests.support.lines import typing
from tests.support.mutations import mutated

ROOT = Path(__file__).parents[2]
CODES = {0, 1, 2, 3, 4, 5, 75}
"""The exit codes of the documents."""
UNFORESEEN = ("did not foresee", "Traceback", "niet voorzien")
LOOKS = ("status", "explain", "due", "history", "verify", "member list", "remind list", "doctor")
"""Commands that only look, whatever is written behind them."""
LATER = "2027-06-01"
"""A day on which every process that is used here has begun."""
FAILS = 1
"""Of a check that found something, and of letters of which some were not sent."""


def how_many(rounds: int, each: int, few: int = 25) -> int:
    """Return how many are tried: a few among the other tests."""
    return each * rounds if EVERYTHING else few


def unforeseen(said: Said) -> list[str]:
    """Return what was printed that no command may print."""
    return [each for each in UNFORESEEN if each in said.out + said.err]


def contents(names: Iterable[str]) -> list[bytes]:
    """Return what stands in files of the project."""
    return [(ROOT / name).read_bytes() for name in names]


def definitions_to_change() -> list[bytes]:
    """Return definitions that are sound, long ones and short ones."""
    names = ("docs/examples/groenvisie.yaml", "docs/examples/zwembad.yaml")
    own = ("docs/examples/sportpark.yaml", "definitions/processes/zienswijze-regionale-visie.yaml")
    long = (
        "definitions/processes/wijziging-gr.yaml",
        "definitions/processes/gr-sociaal-domein.yaml",
    )
    return contents((*names, *names, *own, *long))


def test_definitions_as_accidents_make_them(
    terminal: Terminal, tmp_path: Path, dice: Random, rounds: int, tried: Tried
) -> None:
    """Each is refused with a sentence that names the file, or can be run and looked at."""
    terminal.world.it_is(LATER)
    originals, file = definitions_to_change(), tmp_path / "changed.yaml"
    good = 0
    for number in range(how_many(rounds, 1000)):
        file.write_bytes(content := mutated(dice.choice(originals), dice))
        before = terminal.rows
        said = terminal("definitions", "check", str(file))

        assert said.code in (0, 3), (number, said, content)
        assert [] == unforeseen(said), (number, said, content)
        assert said.code == 0 or file.name in said.out + said.err, (number, said, content)
        assert before == terminal.rows
        if said.code == 0:
            good += 1
            _can_be_run(terminal, file, f"run-{number}", content)
    assert good
    tried("definitions", number + 1)


def _can_be_run(terminal: Terminal, file: Path, process: str, content: bytes) -> None:
    """Start a process of a definition that was found to have no fault, and look at it."""
    started = terminal("start", str(file), "--id", process)
    assert started.code in (0, 2, 4), (started, content)
    if started.code:
        assert [] == unforeseen(started), (started, content)
        return
    for line in ("status", "due", "remind list", "verify", "definitions graph --process"):
        said = terminal(f"{line} {process}")
        assert (0, []) == (said.code, unforeseen(said)), (line, said, content)


PROCESSES = "definitions/processes"
FACTS: Mapping[str, str] = {
    "docs/examples/groenvisie.facts.yaml": "docs/examples/groenvisie.yaml",
    "docs/examples/sportpark-raden.facts.yaml": "docs/examples/sportpark.yaml",
    f"{PROCESSES}/gr-sociaal-domein.facts.yaml": f"{PROCESSES}/gr-sociaal-domein.yaml",
    f"{PROCESSES}/verkenning-samenwerking.facts.yaml": f"{PROCESSES}/verkenning-samenwerking.yaml",
}
"""Facts, and the definition of the process they are of."""


@pytest.mark.parametrize("facts", FACTS)
def test_facts_as_accidents_make_them(
    terminal: Terminal, tmp_path: Path, dice: Random, rounds: int, tried: Tried, facts: str
) -> None:
    """Each file is recorded as a whole, or nothing of it is."""
    terminal.world.it_is(LATER)
    process, definition = "subject", str(ROOT / FACTS[facts])
    assert 0 == terminal("start", definition, "--id", process, "--reconstruction").code
    original, file = (ROOT / facts).read_bytes(), tmp_path / "changed.facts.yaml"
    for number in range(how_many(rounds, 60)):
        file.write_bytes(content := mutated(original, dice))
        before = terminal.rows
        said = terminal("replay", str(file), "--process", process, "--dry-run")

        assert said.code in (0, 2, 3, 4, 5), (number, said, content)
        assert [] == unforeseen(said), (number, said, content)
        assert before == terminal.rows, (number, content)
    tried("facts files", number + 1)


def test_command_lines_as_chance_types_them(
    replayed: Terminal,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    dice: Random,
    rounds: int,
    tried: Tried,
) -> None:
    """Each ends as the documents say, and what is refused or only looked at writes nothing."""
    monkeypatch.chdir(tmp_path)
    whole = replayed.file.read_bytes()
    written, typed = 0, typing()
    for number in range(how_many(rounds, 1000, few=400)):
        line = typed.line(dice)
        before = replayed.rows
        said = replayed(*line) if len(line) > 1 else replayed(*line, "--lang", "en")
        after = replayed.rows

        assert said.code in CODES, (number, line, said)
        assert [] == unforeseen(said), (number, line, said)
        assert "geheim123" not in said.err, (number, line, said)
        if before != after:
            written += 1
            assert said.code in (0, FAILS), (number, line, said)
            assert "--dry-run" not in line, (number, line, said)
            assert not " ".join(line).startswith(LOOKS), (number, line, said)
        if number % 100 == 99:
            assert 0 == replayed("verify").code, number
            replayed.file.write_bytes(whole)
    assert written
    tried("command lines", number + 1)
