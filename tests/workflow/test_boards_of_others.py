"""Two processes with a board that adopts by two thirds: new articles, and a yearly budget."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from definitions.language.errors import InvalidValue
from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, deliver, refused
from workflow.rules.refusals import GateClosed
from workflow.views.seen import Seen
from workflow.views.status import status_view

YEAR = {"jaar": "2027", "vorig": "2026", "aanbieding": "2026-07-06"}


def started(site: Site, template: str, name: str, given: dict[str, str]) -> Iterator[Traject]:
    """Start one of the two."""
    definition = open_definition(f"tests/workflow/lives/{name}.yaml", given)
    world = World(now=datetime(2027, 3, 1, 10, 0, tzinfo=UTC))
    with opened(site, template) as database:
        traject = Traject(database, definition, world, id=name)
        traject.start(reconstruction=True)
        yield traject


@pytest.fixture
def articles(site: Site, template: str) -> Iterator[Traject]:
    """The change of the articles, in the first meeting; Den left before it."""
    for traject in started(site, template, "statuten", {}):
        deliver(traject, "statuten", "concept", "2026-02-02")
        traject.advance("raadpleging", "2026-02-03", "beginnen")
        traject.record("raadpleging", "huurders.leden", "negatief", "2026-03-02")
        traject.leave("den", "2026-03-03", "it merged")
        for party in ("wilg", "berk", "spar"):
            traject.record("raadpleging", f"{party}.commissarissen", "goedgekeurd", "2026-03-09")
        traject.advance("raadpleging", "2026-03-10", "afronden")
        deliver(traject, "statuten", "definitief", "2026-04-01")
        traject.task("vergadering/oproep", "verzonden", "2026-04-02")
        traject.advance("vergadering", "2026-04-20", "openen")
        yield traject


@pytest.fixture
def budget(site: Site, template: str) -> Iterator[Traject]:
    """The budget of a year, before its board."""
    for traject in started(site, template, "begrotingsjaar", YEAR):
        deliver(traject, "begroting", "kaders", "2026-03-30")
        traject.advance("kaders", "2026-04-01", "verzenden")
        before_the_board(traject, "2026-04-07", "2026-06-30")
        yield traject


def before_the_board(traject: Traject, sent: str, heard: str) -> None:
    """Send the draft to the councils, and offer it to the board once all of them answered."""
    deliver(traject, "begroting", "ontwerp", sent)
    traject.advance("begroting", sent, "toezenden")
    for party in ("vaart", "brink"):
        traject.record("begroting", f"{party}.raad", "ziet-af", heard)
    traject.record("begroting", "kade.raad", "zienswijze", heard, points=("it costs too much",))
    traject.advance("begroting", heard, "aanbieden")


def test_too_few_votes_lead_to_a_second_meeting_that_decides_with_whoever_came(
    articles: Traject,
) -> None:
    """Nine votes are no decision of the first meeting; six of nine adopt in the second."""
    with refused(articles, InvalidValue):
        articles.record("vergadering", "vergadering", "aangenomen", "2026-04-20", votes="6-3")
    articles.record("vergadering", "vergadering", "te-weinig-stemmen", "2026-04-20")
    with refused(articles, GateClosed):
        articles.advance("vergadering", "2026-04-20", "aannemen")
    articles.advance("vergadering", "2026-04-21", "opnieuw")
    with refused(articles, InvalidValue):
        articles.record(
            "vergadering", "tweede-vergadering", "aangenomen", "2026-05-20", votes="5-4"
        )
    articles.record("vergadering", "tweede-vergadering", "aangenomen", "2026-05-20", votes="6-3")
    articles.advance("vergadering", "2026-05-20", "in-tweede")
    articles.task("akte/passeren", "gepasseerd", "2026-08-03")
    articles.advance("akte", "2026-08-03", "passeren")
    assert {} == articles.state.unproved()
    assert [] == articles.problems


def test_a_budget_that_is_rejected_at_six_to_five_goes_round_again(budget: Traject) -> None:
    """Two thirds of eleven are eight; the view has its reply first, each round anew."""
    with refused(budget, InvalidValue):
        budget.record("begroting", "ab", "vastgesteld", "2026-07-06", votes="6-5")
    budget.record("begroting", "ab", "verworpen", "2026-07-06", votes="6-5")
    budget.advance("begroting", "2026-07-07", "terug")
    before_the_board(budget, "2026-07-13", "2026-08-24")
    budget.record("begroting", "ab", "vastgesteld", "2026-08-31", votes="8-3")
    with refused(budget, GateClosed):
        budget.advance("begroting", "2026-08-31", "vaststellen")
    budget.reply("begroting", "kade.raad", 1, "2026-08-31", request="zienswijzen")
    budget.task("begroting/oordeel", "verzonden", "2026-08-31", "kade")
    budget.advance("begroting", "2026-08-31", "vaststellen")
    assert date(2026, 9, 14) == due_of(budget, "begroting.ingezonden", date(2026, 8, 31))
    budget.task("begroting/inzending", "verzonden", "2026-09-07")
    budget.advance("begroting", "2026-09-07", "inzenden")
    assert "bij-het-bestuur" == budget.as_of("2026-07-06").milestones["begroting"].state
    assert "ontwerp" == budget.as_of("2026-07-07").milestones["begroting"].state
    assert {} == budget.state.unproved()
    assert [] == budget.problems


def due_of(traject: Traject, due: str, day: date) -> date | None:
    """Return the date of a due on a day."""
    view = status_view(Seen(traject.definition, traject.state, day, traject.id))
    return next(each.date for row in view.milestones for each in row.dues if each.id == due)
