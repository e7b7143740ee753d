"""The same numbers on a page, in the JSON and on the published pages, as of three days."""

import re
from datetime import date

import pytest

from screens.json_output import envelope
from screens.page import Page
from tests.support.web import Served, Visitor
from web.publishing import publication
from workflow.database_queries import DatabaseQueries
from workflow.model.openness import ANYBODY
from workflow.rules.tasks import instances_of
from workflow.status_queries import status_of
from workflow.views.due_list import dues_view
from workflow.views.members import members_view
from workflow.views.seen import Seen
from workflow.views.status import StatusView

PROCESS = "rijk"
TABLE = re.compile(r'aria-label="([^"]*)"[^>]*>\s*<table.*?<tbody>(.*?)</tbody>', re.DOTALL)
"""A table, by what it is called."""


@pytest.fixture
def asked(rich: Served) -> tuple[Served, Visitor, DatabaseQueries]:
    """Return the pages of a process in which everything happened, and what they ask."""
    queries = DatabaseQueries(rich.database, rich.world.clock)
    return rich, rich.enter(), queries


def days(queries: DatabaseQueries) -> list[date | None]:
    """Return the present, and two days on which less had happened."""
    entries = queries.journal(PROCESS)[1]
    known = sorted({each.effective_on for each in entries if each.effective_on is not None})
    return [None, known[len(known) // 2], known[-2]]


def at(path: str, day: date | None) -> str:
    """Return the address of a page of the process, as of a day."""
    return f"/trajecten/{PROCESS}{path}{'' if day is None else f'?as_of={day}'}"


def counted(view: StatusView) -> set[str]:
    """Return how far each request is, in Dutch."""
    return {
        f"{request.recorded} van {request.asked}"
        for milestone in view.milestones
        for request in milestone.requests
    }


def rows(html: str, label: str) -> int:
    """Return how many rows a table has, of those on a page."""
    found: list[tuple[str, str]] = TABLE.findall(html)
    return dict(found)[label].count("<tr")


def test_a_page_has_the_numbers_of_the_json(
    asked: tuple[Served, Visitor, DatabaseQueries],
) -> None:
    """Of the status, the matrix, the terms, the tasks, the journal and the people."""
    _, visitor, queries = asked
    for day in days(queries):
        view = status_of(queries, PROCESS, day, None, "nl")
        seen = queries.look_at(PROCESS, day, None, language="nl", past_rounds=True)
        assert f'"process": "{PROCESS}"' in envelope("status", view, Page("nl"))
        assert counted(view) <= set(
            re.findall(r"\d+ van \d+", visitor.get(at("/besluiten", day)).words)
        )
        assert len(dues_view(seen).dues) == rows(
            visitor.get(at("/termijnen", day)).html, "Termijnen"
        )
        assert _jobs(seen) == rows(visitor.get(at("/taken", day)).html, "Taken")
        assert len(view.parts) == rows(visitor.get(at("/taken", day)).html, "Stukken")
        entries = queries.journal(PROCESS, None, day)[1]
        journal = visitor.get(at("/logboek", day))
        assert len(entries) == len([each for each in journal.ids if each.startswith("regel-")])
        members = members_view(seen, queries.people())
        held = [each for each in members.seats if each.person is not None]
        page = visitor.get(at("/mensen", day)).html
        assert len(held) == rows(page, "Functies en wie ze vervullen")


def _jobs(seen: Seen) -> int:
    return sum(len(instances_of(seen, task)) for task in seen.definition.tasks.values())


def test_the_published_pages_have_them_too(
    asked: tuple[Served, Visitor, DatabaseQueries],
) -> None:
    """Of what everybody may see."""
    served, _, _ = asked
    queries = DatabaseQueries(served.database, served.world.clock, looks=ANYBODY)
    site = {name: page.decode() for name, page in publication(queries, PROCESS).items()}
    view = status_of(queries, PROCESS, None, None, "nl")
    assert counted(view) <= set(re.findall(r"\d+ van \d+", site["besluiten.html"]))
    seen = queries.look_at(PROCESS, language="nl", past_rounds=True)
    assert len(dues_view(seen).dues) == rows(site["termijnen.html"], "Termijnen")
