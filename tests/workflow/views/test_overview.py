"""The list of all processes: what it says of each, and what it takes."""

from collections.abc import Callable
from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import facts_file
from tests.support.databases import heard
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World, gr_sociaal_domein
from tests.support.overviews import rows_one_by_one
from workflow.facts import read_facts
from workflow.model.commands import Amend
from workflow.model.person import Called
from workflow.queries import Queries
from workflow.status_queries import overview_of
from workflow.storage.database import Database


def _history(gr: Traject) -> None:
    facts = read_facts(*facts_file("gr-sociaal-domein")).facts
    gr.engine.execute(gr.id, [fact.request(Called(SECRETARY)) for fact in facts])


def _asked(gr: Traject) -> None:
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht.raad", "aangehouden", "2021-02-01")
    gr.record("principebesluit", "sliedrecht.raad", "ingestemd", "2021-02-02")
    gr.record("principebesluit", "papendrecht.raad", "verworpen", "2021-02-02")


def _left(gr: Traject) -> None:
    """Of two who decided and two who did not, one of each is gone."""
    _asked(gr)
    gr.leave("sliedrecht", "2021-03-01")
    gr.leave("zwijndrecht", "2021-03-02")


def _again(gr: Traject) -> None:
    """In a second round, in which nobody but one has decided."""
    _asked(gr)
    gr.advance("principebesluit", "2021-03-01", "aanpassen", attested=True, reference="x")
    gr.advance("principebesluit", "2021-03-02", "opnieuw")
    gr.record("principebesluit", "sliedrecht.raad", "ingestemd", "2021-03-03")


def _renamed(gr: Traject) -> None:
    gr.do(Amend("title", "Sociaal domein", "x", parse_date("2021-01-01")))


STORIES: dict[str, tuple[Callable[[Traject], None], tuple[int, int, int]]] = {
    "asked": (_asked, (0, 0, 5)),
    "left": (_left, (0, 0, 4)),
    "renamed": (_renamed, (0, 0, 0)),
    "round-2": (_again, (0, 0, 6)),
    "story": (_history, (5, 12, 0)),
}
"""What happens in each process; how much of it is reached, not proved, and awaited."""


@pytest.fixture
def several(database: Database) -> Database:
    """Return a database with a process for each story."""
    for name, (happens, _) in STORIES.items():
        traject = Traject(database, gr_sociaal_domein(), World(people=100 * len(name)), id=name)
        traject.start(reconstruction=name == "story")
        happens(traject)
    return database


def test_each_is_listed_as_its_status_says(several: Database) -> None:
    """By id; with what was decided in the present round, of whom is there still."""
    listed = overview_of(Queries(several, World().clock)).processes
    assert rows_one_by_one(several) == listed
    assert {name: numbers for name, (_, numbers) in STORIES.items()} == {
        each.process: (each.reached, each.not_proved, each.awaited) for each in listed
    }
    assert "Sociaal domein" == listed[2].title
    assert [None, None, None, None, date(2022, 1, 1)] == [
        each.goal and each.goal.ended_on for each in listed
    ]


def test_titles_are_in_the_language_of_the_reader(gr: Traject) -> None:
    """As its definition has them."""
    (row,) = overview_of(gr.engine, "nl").processes
    assert "Nieuwe GR sociaal domein" == row.title


def test_days_are_counted_from_the_day_of_each_process(database: Database, world: World) -> None:
    """At half past eleven in the evening, in the Netherlands it is tomorrow already."""
    traject = Traject(database, load(example()), world)
    traject.start()
    world.now = world.now.replace(hour=21, minute=30)
    (today,) = overview_of(traject.engine).processes
    world.now = world.now.replace(hour=22, minute=30)
    (tomorrow,) = overview_of(traject.engine).processes
    assert today.goal is not None
    assert tomorrow.goal is not None
    assert (today.goal.days_left or 0) - 1 == tomorrow.goal.days_left


def test_it_takes_as_many_statements_however_many_processes(
    several: Database, world: World
) -> None:
    """One for each table and one for the definitions, which whoever asks again knows already."""
    queries = Queries(several, world.clock)
    with heard(several) as first:
        overview_of(queries)
    with heard(several) as again:
        overview_of(queries)
    assert 7 >= len([each for each in first if each.startswith("SELECT")])
    assert len(again) == len(first) - 1


def test_nothing_is_listed_where_there_is_nothing(database: Database, world: World) -> None:
    """An empty list, and no statement that would ask for no definition."""
    assert () == overview_of(Queries(database, world.clock)).processes
