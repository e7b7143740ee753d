"""Property tests: their examples, their number, and a tally.

Among the other tests every run tries the same examples, so that no run is red for what the next
would not have found. ``make chaos`` searches instead: from a seed of its own, at many more.

Hypothesis draws a part of its values from the constants of our modules that happen to have been
imported. Which those are differs with what ran before in the same process, so the same chance
would give other examples. The steady profile therefore leaves them out; a search imports all of
our modules first, so that the seed alone is enough to find again what it found.
"""

import functools
import importlib
import pkgutil
from collections.abc import Generator
from typing import Final

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from tests.support.chaos import ROUNDS, SEARCHING, SEED

STEADY, SEARCH = "steady", "search"
"""The profiles: the same examples in each run, and others with each seed."""
TIMES: Final = 4 * ROUNDS if SEARCHING else 1
"""How many times as many examples are tried as among the other tests."""
EXAMPLES: Final = "examples"
"""The property of a report that says how many examples its test tried."""
PACKAGES = ("definitions", "workflow", "scheduler", "screens", "terminal", "web", "cli")


def examples(number: int) -> settings:
    """Return settings for a test that tries so many examples, and more of them in a search.

    Use it as a decorator, or as the parent of settings that say something else as well. Nothing
    but this says how many: a number of its own would not grow when somebody searches.
    """
    return settings(max_examples=number * TIMES)


def use_profile(config: pytest.Config) -> None:
    """Choose the profile of this run, and the seed of a search.

    The command line (``--hypothesis-profile``, ``--hypothesis-seed``) takes precedence.
    """
    # Neither a deadline nor the one health check that looks at the clock: a busy machine is no
    # fault of what is tested.
    slow = [HealthCheck.too_slow]
    both = settings(database=None, deadline=None, suppress_health_check=slow)
    settings.register_profile(STEADY, both, derandomize=True)
    settings.register_profile(SEARCH, both, max_examples=100 * TIMES, print_blob=True)
    settings.load_profile(SEARCH if SEARCHING else STEADY)
    if not SEARCHING:
        _leave_out_constants()
        return
    _import_everything()
    if config.getoption("--hypothesis-seed") is None:
        config.option.hypothesis_seed = SEED


def _leave_out_constants() -> None:
    pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)


def _import_everything() -> None:
    for name in PACKAGES:
        module = importlib.import_module(name)
        if hasattr(module, "__path__"):
            # Alembic runs the scripts of its migrations itself.
            for each in pkgutil.walk_packages(module.__path__, f"{name}."):
                if ".migrations." not in each.name:
                    importlib.import_module(each.name)


class Tally:
    """A plugin of pytest that counts the examples which property tests try.

    Attributes:
        tried: how many so far; what runs without ``@given`` adds its own.
    """

    def __init__(self) -> None:
        self.tried = 0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None]:
        """Count the examples of one test, and write in its report how many there were."""
        before = self.tried
        with pytest.MonkeyPatch.context() as patch:
            if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj):
                self._count(item, patch)
            try:
                return (yield)
            finally:
                if self.tried > before:
                    item.user_properties.append((EXAMPLES, self.tried - before))

    def _count(self, item: pytest.Function, patch: pytest.MonkeyPatch) -> None:
        handle = item.obj.hypothesis
        inner = handle.inner_test

        @functools.wraps(inner)
        def counted(*arguments: object, **named: object) -> object:
            self.tried += 1
            return inner(*arguments, **named)

        patch.setattr(handle, "inner_test", counted)

    def told(self, terminal: pytest.TerminalReporter) -> str:
        """Return how many property tests ran, and how many examples they tried."""
        numbers = [
            number
            for reports in terminal.stats.values()
            for report in reports
            if getattr(report, "when", None) == "call"
            for name, number in report.user_properties
            if name == EXAMPLES
        ]
        return f"Property tests: {len(numbers)} tried {sum(numbers):,} examples in all."


TALLY: Final = Tally()
