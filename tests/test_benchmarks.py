"""The frame of the benchmarks: figures and their bounds, and what is kept for the documentation."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import command_cost
from benchmarks.__main__ import BENCHMARKS
from benchmarks.measuring import Figure, Point, Series, Spent, Times, compared, spent, taking
from benchmarks.plots import HIGH, LEFT, TOP, WIDE, plot
from benchmarks.processes import PROCESS, grown, opened
from benchmarks.results import Section, keep, read_results
from tests.support.building import DOCS
from tests.support.pages import MARK
from workflow.model.reminders import Standing
from workflow.model.state import State
from workflow.storage.reminders import Row, rows_of
from workflow.verify import verify

SVG = "{http://www.w3.org/2000/svg}"


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


def test_every_benchmark_is_on_the_page_on_speed() -> None:
    """Its figures in a table, and everything that grows in a picture; and no other is there."""
    page = (DOCS / "explanation" / "how-fast-it-is.md").read_text(encoding="utf-8")
    marks = [(mark[1], mark[2].split()) for mark in MARK.finditer(page)]
    shown = [name for kind, names in marks if kind == "measured" for name in names]
    along = {each.along for section in read_results().values() for each in section.series}
    assert sorted(BENCHMARKS) == sorted(shown)
    assert along <= {name for kind, names in marks if kind == "grown" for name in names}


@pytest.mark.parametrize("values", [(1.0, 3.0), (0.004, 70.0), (5.0, 5.0)], ids=str)
def test_a_picture_has_every_point_within_its_frame(values: tuple[float, float]) -> None:
    """Also where nothing grows, and where it grows a thousandfold."""
    points = tuple(
        Point(size, value, value / 2) for size, value in zip((1, 500), values, strict=True)
    )
    drawn = ElementTree.fromstring(plot([Series("a <b>", "entries", points, "SQLite")]))  # noqa: S314
    places = [
        (float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in drawn.iter(f"{SVG}circle")
    ]
    written = {each.text for each in drawn.iter(f"{SVG}text")}
    assert 2 == len(places)
    assert all(LEFT <= x <= LEFT + WIDE and TOP <= y <= TOP + HIGH for x, y in places)
    assert {"SQLite", "entries", "ms", "a <b>", "1", "500"} <= written


def test_statements_of_a_command_can_be_sent_through_the_bare_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are captured, from the one that asks for the turn to the commit."""
    monkeypatch.setattr("benchmarks.command_cost.ENTRIES", 12)
    monkeypatch.setattr("benchmarks.command_cost.WARM_UP", 0)
    monkeypatch.setattr("benchmarks.command_cost.ROUNDS", 2)
    figures = list(command_cost.measure(tmp_path))
    assert {"SQLite"} <= {each.what.partition(":")[0] for each in figures}
    assert all(each.value for each in figures)
