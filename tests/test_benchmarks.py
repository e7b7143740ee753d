"""The frame of the benchmarks: figures and their bounds, and what is kept for the documentation."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from benchmarks.measuring import Figure, Point, Series, Spent, Times, compared, spent, taking
from benchmarks.processes import PROCESS, grown, opened
from benchmarks.results import Section, keep, read_results
from workflow.model.reminders import Standing
from workflow.model.state import State
from workflow.storage.reminders import Row, rows_of
from workflow.verify import verify


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


def test_a_journal_that_is_grown_fast_says_what_would_be_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is measured on it is what would be measured on one that the engine wrote."""
    fast, decided = tmp_path / "fast.sqlite3", tmp_path / "decided.sqlite3"
    grown(fast, 330)
    monkeypatch.setattr("benchmarks.processes.DECIDED", 10**6)
    grown(decided, 330)

    assert _said(fast) == _said(decided)


def _said(file: Path) -> tuple[list[object], State, list[Row]]:
    """Return what a journal says and where it leads; nothing is wrong with it."""
    with opened(file) as engine, engine.database.reading() as connection:
        (verdict,) = verify(engine.database)
        assert ((), ()) == (verdict.problems, verdict.remarks)
        entries: list[object] = [
            (each.seq, each.event, each.effective, each.actor, each.role)
            for each in engine.journal(PROCESS)[1]
        ]
        planned = [
            row._replace(version=0)
            for row in rows_of(connection, PROCESS)
            if row.status is Standing.PLANNED
        ]
        return entries, engine.look_at(PROCESS, past_rounds=True).state, planned
