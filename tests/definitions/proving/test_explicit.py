"""The explicit search finds what the real engine does, and nothing else."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.acting import Acting
from tests.support.databases import copied
from tests.support.engine import Traject, World
from tests.support.explicit import TooMany, explore
from tests.support.properties import examples
from tests.support.small_definitions import explored_at_random
from tests.support.walks import walk

WALKS, TRIES = 4, 60
"""How many walks there are by one definition, and how many acts are tried in one."""


@settings(
    examples(20),
    # Each example has a database of its own, which it makes anew.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dice=st.randoms(use_true_random=True))
def test_the_engine_does_what_was_found(dice: Random, empty_file: Path, tmp_path: Path) -> None:
    """Walks at random stay among the situations, by the steps, that the search found."""
    explored = explored_at_random(dice)
    with copied(empty_file, tmp_path / "walks.db") as database:
        for number in range(WALKS):
            traject = Traject(database, explored.definition, World(), id=f"walk-{number}")
            acting = Acting(traject)
            acting.start()
            for _ in walk(acting, explored, dice, TRIES):
                pass
            assert traject.problems == []


def test_a_search_has_an_end() -> None:
    """What has more situations than are looked for is not taken for less."""
    explored = explored_at_random(Random(3))
    number = len(explored.numbers)
    with pytest.raises(TooMany):
        explore(explored.definition, number - 1)
