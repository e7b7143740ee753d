"""Property tests: the same examples in each run of the tests, and others when somebody searches."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.chaos import SEARCHING
from tests.support.properties import SEARCH, STEADY, TIMES, examples

TESTS = Path(__file__).resolve().parent
OURS = Path("support") / "properties.py"
DECIDED = {"database", "deadline", "derandomize", "max_examples", "print_blob"}
"""What the profiles and ``examples`` decide, and no test for itself."""
OTHERS = ("-p", "screens.graph.overview", "-p", "cli")
"""Options with which pytest imports some of our modules first."""
EXAMPLE = re.compile(r"Test case: \w+\((.*?)\n\)", re.DOTALL)


def run(*options: str, hashes: int, **chaos: str) -> str:
    """Run one property test of its own in a fresh interpreter; return what pytest said."""
    kept = {name: value for name, value in os.environ.items() if "MIJLPAAL" not in name}
    return subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", "-rP"),
            *("--hypothesis-verbosity=verbose", *options),
            f"{TESTS / 'test_cli_guesses.py'}::test_a_guess_is_one_of_those_there_are",
        ],
        cwd=TESTS.parent,
        env={**kept, "PYTHONHASHSEED": str(hashes), **chaos},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """Return the examples of a run in which nothing else was imported."""
    return EXAMPLE.findall(run(hashes=1))


def test_two_runs_choose_the_same_examples(alone: list[str]) -> None:
    """However text is hashed, and whichever of our modules happen to be imported before."""
    assert len(alone) >= 100
    assert alone == EXAMPLE.findall(run(*OTHERS, hashes=2))


def test_a_search_is_found_again_by_its_seed(alone: list[str]) -> None:
    """It tries others than each run does, many more of them, and says how many."""
    asked = {"MIJLPAAL_CHAOS_SEED": "7", "MIJLPAAL_CHAOS_ROUNDS": "1"}
    first = run(hashes=1, **asked)
    tried = EXAMPLE.findall(first)

    assert len(tried) >= 400
    assert set(alone) != set(tried[: len(alone)])
    assert (
        f"Property tests: 1 tried {len(tried)} examples in all.\nCampaign: nothing.\nChaos: "
        in first
    )
    assert "To repeat: make chaos SEED=7 ROUNDS=1\n" in first
    assert tried == EXAMPLE.findall(run("-m", "chaos or hypothesis", *OTHERS, hashes=2, **asked))


def test_the_profile_is_that_of_the_run() -> None:
    """What every run tries is fixed; what a search tries comes from its seed."""
    assert (SEARCH if SEARCHING else STEADY) == settings.get_current_profile_name()
    assert SEARCHING is not settings().derandomize
    assert (None, None) == (settings().database, settings().deadline)
    assert 3 * TIMES == examples(3).max_examples


def test_no_test_chooses_for_itself() -> None:
    """Neither by which chance, nor how many examples: that would not grow in a search."""
    files = [file for file in TESTS.rglob("*.py") if file.relative_to(TESTS) != OURS]

    assert [] == [f"{file.name}: {said}" for file in files for said in _chosen(file)]


def test_who_chooses_for_itself_is_found(tmp_path: Path) -> None:
    """In a decorator, and as a value."""
    file = tmp_path / "test_x.py"
    file.write_text(
        "from hypothesis import given, seed, settings\n"
        "SOME = settings(max_examples=5, deadline=None)\n"
        "@hypothesis.settings(derandomize=False)\n"
        "def test_x(): pass\n"
        "@settings(examples(3), phases=[])\n"
        "def test_y(): pass\n",
        encoding="utf-8",
    )
    assert ["seed", "max_examples", "deadline", "derandomize"] == list(_chosen(file))


def _chosen(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom("hypothesis", names):
                yield from ({name.name for name in names} & {"seed", "reproduce_failure"})
            case ast.Call(ast.Name("settings") | ast.Attribute(attr="settings"), _, keywords):
                yield from (each.arg for each in keywords if each.arg in DECIDED)
            case _:
                pass


def test_what_runs_property_tests_itself_is_marked() -> None:
    """A search asks for the mark, which Hypothesis gives to those of its own form only."""
    mark = "pytestmark = pytest.mark.hypothesis"
    sources = [file.read_text(encoding="utf-8") for file in TESTS.rglob("test_*.py")]

    assert [] == [
        source
        for source in sources
        if "import RuleBasedStateMachine" in source and mark not in source
    ]
