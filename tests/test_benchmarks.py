"""The frame of the benchmarks: figures and their bounds, and what is kept for the documentation."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from benchmarks.measuring import Figure, Point, Series, Spent, Times, compared, spent, taking
from benchmarks.results import Section, keep, read_results


@pytest.mark.parametrize(
    ("value", "bound", "cpu", "cpu_bound", "met"),
    [
        (1.0, None, 9.0, None, None),
        (1.0, 1.0, 9.0, None, True),
        (1.1, 1.0, 0.1, 1.0, False),
        (0.1, 1.0, 1.1, 1.0, False),
        (0.1, None, 1.0, 1.0, True),
        (0.1, 1.0, None, 1.0, True),
    ],
)
def test_a_figure_is_met_within_all_its_bounds(
    value: float, bound: float | None, cpu: float | None, cpu_bound: float | None, met: bool | None
) -> None:
    """By the clock and of the processor; where nothing is asked, nothing is met."""
    assert met is Figure("x", value, bound=bound, cpu=cpu, cpu_bound=cpu_bound).met


def test_two_things_are_compared_by_their_medians() -> None:
    """One slow turn changes nothing."""
    ours = Times([Spent(2.0, 1.0), Spent(2.0, 1.0), Spent(90.0, 90.0)])
    other = Times([Spent(0.0, 0.0), Spent(4.0, 0.5), Spent(4.0, 0.5)])
    figure = compared("x", ours, other)
    assert (0.5, 2.0) == (figure.value, figure.cpu)
    assert (2000.0, 1000.0) == ((alone := taking("x", ours)).value, alone.cpu)


def test_the_processor_is_not_used_while_waiting() -> None:
    """A program that was waited for uses it too."""
    waiting = spent(lambda: time.sleep(0.05))
    assert waiting.wall >= 0.05 > 5 * waiting.cpu
    working = spent(lambda: subprocess.run([sys.executable, "-c", "sum(range(10**6))"], check=True))
    assert working.cpu > 0.005


def test_what_a_benchmark_finds_is_kept_beside_what_others_found(tmp_path: Path) -> None:
    """Another run of one of them replaces its own section alone."""
    file = tmp_path / "results.json"
    first = Section(
        date(2026, 1, 2),
        "2 cores",
        1.0,
        (Figure("a", 0.5, bound=1.0, remark="r", cpu=0.25, beside="b"), Figure("c", 3.0, "ms")),
        (Series("d", "entries", (Point(1, 2.0, 1.0), Point(10, 3.0)), "SQLite"),),
    )
    again = Section(date(2026, 2, 3), "4 cores", 2.0, (), ())
    keep({"one": first, "two": first}, file)
    keep({"two": again}, file)
    assert {"one": first, "two": again} == read_results(file)
