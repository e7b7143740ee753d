"""What a search found is done in the real program, act by act, and ends where it says."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.acting import Acting
from tests.support.cli import Terminal
from tests.support.databases import copied
from tests.support.engine import Traject, World
from tests.support.explicit import Explored, situation_of
from tests.support.properties import examples
from tests.support.small_definitions import explored_at_random

TRACES = 3
"""How many of the ways to situations are taken, by one definition."""


def some_of(explored: Explored, dice: Random, number: int) -> Iterable[int]:
    """Return some situations: the farthest, and others, those without an end first of all."""
    last = len(explored.numbers) - 1
    ended = sorted(explored.without_end())
    drawn = [dice.choice(ended or range(last + 1)), dice.randrange(last + 1), last]
    return drawn[-number:]


@settings(
    examples(15),
    # Each example has a database of its own, which it makes anew.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dice=st.randoms(use_true_random=True))
def test_each_way_leads_where_it_says(dice: Random, empty_file: Path, tmp_path: Path) -> None:
    """The engine takes every act of a way to a situation, and stands in it then."""
    explored = explored_at_random(dice)
    with copied(empty_file, tmp_path / "traces.db") as database:
        for index, number in enumerate(some_of(explored, dice, TRACES)):
            traject = Traject(database, explored.definition, World(), id=f"trace-{index}")
            acting = Acting(traject)
            acting.start()
            acting.make_all(explored.trace(number))
            assert situation_of(acting.now, explored.scope) == explored.situations[number]


@pytest.mark.parametrize("seed", range(3))
def test_each_way_can_be_typed(
    seed: int, empty_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the engine takes is taken when it is typed, line by line."""
    explored = explored_at_random(Random(seed))
    number = len(explored.numbers) - 1
    file = tmp_path / "typed.db"
    with copied(empty_file, file) as database:
        traject = Traject(database, explored.definition, World())
        acting = Acting(traject, Terminal(file, capsys, traject.world))
        acting.start()
        acting.make_all(explored.trace(number))
        assert situation_of(acting.now, explored.scope) == explored.situations[number]
