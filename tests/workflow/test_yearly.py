"""What comes back each year: one task for each year that has come, each with its own due."""

from dataclasses import replace
from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue
from definitions.model import TaskRef
from tests.support.engine import Traject, refused
from workflow.decide.report import task_named
from workflow.rules.fold import fold
from workflow.rules.refusals import NotArisen
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import first_year, instances_of
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView
from workflow.views.seen import Seen


@pytest.fixture
def years(asked: Traject) -> Traject:
    """It is June 2024, and the process began in 2021."""
    asked.world.it_is("2024-06-01")
    return asked


def open_ones(traject: Traject, task: str, on: date | None = None) -> list[str]:
    """Return the instances of a task that are there to be done, on a day."""
    definition = traject.definition
    today = on or traject.world.now.date()
    found = instances_of(Snapshot(definition, traject.state, today), task_named(definition, task))
    return [each.name for each in found if each.open]


def dues(traject: Traject, task: str) -> dict[str, DueView]:
    """Return the dues of a task, as they are shown."""
    seen = Seen(traject.definition, traject.state, traject.world.now.date(), traject.id)
    return {each.id: each for each in dues_view(seen).dues if each.id.startswith(task)}


def test_one_arises_for_each_year_that_came(years: Traject) -> None:
    """The first is that of the year after it began; each party has its own."""
    assert [
        f"brief@{party} ({year})"
        for year in (2022, 2023, 2024)
        for party in ("oost", "west", "zuid")
    ] == open_ones(years, "brief")


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2021, 12, 31), 0), (date(2022, 1, 1), 3), (date(2023, 1, 1), 6)]
)
def test_a_year_comes_on_its_first_of_january(years: Traject, on: date, expected: int) -> None:
    """Not a day earlier."""
    assert expected == len(open_ones(years, "brief", on))


def test_each_year_is_done_for_itself(years: Traject) -> None:
    """That of 2022 is done in 2023; that of 2023 waits."""
    years.task("brief", "gedaan", "2023-01-10", "oost", year=2022)
    assert "brief@oost (2022)" not in open_ones(years, "brief")
    assert "brief@oost (2023)" in open_ones(years, "brief")
    assert {2022} == {key[3] for key in years.stored.tasks}
    years.task("brief", "gedaan", "2023-02-10", "oost")
    assert {2022, 2023} == {key[3] for key in years.stored.tasks}
    assert [] == years.problems


def test_each_year_has_its_due(years: Traject) -> None:
    """The last of February, whether or not the year is a leap year; late is late for its year."""
    for party in ("oost", "west", "zuid"):
        years.task("brief", "gedaan", "2023-01-10", party, year=2022)
    found = dues(years, "brief")
    assert {
        "brief (2022)": (date(2022, 2, 28), True, False),
        "brief (2023)": (date(2023, 2, 28), False, True),
        "brief (2024)": (date(2024, 2, 28), False, True),
    } == {name: (each.date, each.met, each.overdue) for name, each in found.items()}
    assert ("oost", "west", "zuid") == found["brief (2023)"].waiting_for


def test_who_left_has_no_years_left(years: Traject) -> None:
    """Of no year; what it reported stays on record."""
    years.task("brief", "gedaan", "2022-02-10", "zuid")
    years.leave("zuid", "2022-03-01")
    assert not [name for name in open_ones(years, "brief") if "zuid" in name]
    assert ("oost", "west") == dues(years, "brief")["brief (2022)"].waiting_for
    assert 1 == len(years.stored.tasks)


def test_what_begins_with_a_state_begins_the_year_after_it(years: Traject) -> None:
    """Nothing before it was entered, then one for each year, until the last day there is."""
    assert [] == open_ones(years, "verslag")
    years.attest("besluit", "2021-06-01")
    years.attest("besluit", "2022-11-01", "nemen")
    assert ["verslag (2023)", "verslag (2024)"] == open_ones(years, "verslag")
    ends = open_ones(years, "verslag", date(2031, 1, 1))
    assert "verslag (2026)" == ends[-1]


def test_what_ends_before_it_begins_has_no_first_year(years: Traject) -> None:
    """So nothing is said to come that never will."""
    years.attest("besluit", "2021-06-01")
    years.attest("besluit", "2022-11-01", "nemen")
    task = years.definition.tasks[TaskRef("", "verslag")]
    assert task.arises is not None
    ended = replace(task, arises=replace(task.arises, until=parse_date("2022-12-31")))
    assert 2023 == first_year(years.state, task)
    assert first_year(years.state, ended) is None


def test_it_does_not_arise_while_its_state_is_not_on_record(years: Traject) -> None:
    """The move that began it withdrawn, no year has one; brought back, all have."""
    years.attest("besluit", "2021-06-01")
    years.attest("besluit", "2022-11-01", "nemen")
    seq, before = years.last, years.stored
    years.withdraw(seq)
    assert [] == open_ones(years, "verslag")
    years.correct(seq, trigger="nemen", to="genomen", attested=True)
    assert before == years.stored


# --- what is refused -----------------------------------------------------------------------------


def test_a_year_that_has_not_come_is_refused(years: Traject) -> None:
    """Neither the year it began in, nor one after the day of the report."""
    for year, on in ((2021, "2022-03-01"), (2024, "2023-12-31")):
        with refused(years, NotArisen):
            years.task("brief", "gedaan", on, "oost", year=year)
    with refused(years, NotArisen):
        years.task("brief", "gedaan", "2021-12-31", "oost")
    with refused(years, NotArisen):
        years.task("verslag", "gedaan", "2024-01-01")


def test_out_of_order_a_year_is_reported_all_the_same(years: Traject) -> None:
    """With a reason, as for anything else."""
    years.task("brief", "gedaan", "2021-12-31", "oost", year=2022, out_of_order="it was early")
    assert "brief@oost (2022)" not in open_ones(years, "brief")


@pytest.mark.parametrize("year", [0, -1, 1899, 2200, 10**30])
def test_a_year_is_a_year(years: Traject, year: int) -> None:
    """Out of order neither: the tables could not hold it, and no calendar has it."""
    with refused(years, InvalidValue) as caught:
        years.task("brief", "gedaan", "2024-05-01", "oost", year=year, out_of_order="why not")
    assert "A year is one from 1900 to 2199." == caught.sentence


def test_a_year_is_said_of_what_comes_back_each_year(years: Traject) -> None:
    """Of nothing else."""
    years.replan("besluit.rond", "2021-07-01", "2021-02-01")
    with refused(years, InvalidValue) as caught:
        years.task("vraag/bericht", "ja", "2021-02-05", "oost", year=2022)
    assert "“vraag/bericht” does not arise every year." == caught.sentence
    assert "Leave out --year." == caught.advice


# --- corrections ---------------------------------------------------------------------------------


def test_a_report_keeps_its_year_when_it_is_corrected(years: Traject) -> None:
    """Also where the year was that of its date."""
    years.task("brief", "gedaan", "2023-02-10", "oost")
    before = years.stored
    years.correct(years.last, result="bezig")
    assert "brief@oost (2023)" in open_ones(years, "brief")
    years.correct(5, result="gedaan")
    assert before == years.stored
    with refused(years, InvalidValue):
        years.correct(5, year=2022)
    assert fold(years.definition, years.journal) == years.stored


def test_a_round_and_a_year_are_not_mixed_up(years: Traject) -> None:
    """A new round leaves what was done in a year alone."""
    years.task("brief", "gedaan", "2022-02-10", "oost")
    years.advance("vraag", "2022-03-01", "terug")
    years.advance("vraag", "2022-03-02")
    assert "brief@oost (2022)" not in open_ones(years, "brief")
    assert parse_date("2022-02-10").written == next(iter(years.stored.tasks.values())).effective
