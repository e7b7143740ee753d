"""A municipality leaves a gemeenschappelijke regeling, with a plan for what it owes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, refused
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.model.reminders import Standing
from workflow.model.story import DatedFact
from workflow.rules.refusals import GateClosed
from workflow.rules.worklist import Whose
from workflow.storage import reminders
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import status_view

FACTS = Path("tests/workflow/lives/uittreding-gr.facts.yaml")
LEAVER = "esdoornwijk"
ONE_TEXT, ANOTHER = "8a1f" * 16, "5c3e" * 16


def life() -> list[DatedFact]:
    """Return its invented life."""
    return list(read_facts(str(FACTS), FACTS.read_bytes()).facts)


def lives_until(site: Site, template: str, fact: str, today: str) -> Iterator[Traject]:
    """Live it up to and including a fact, on a day."""
    world = World(now=datetime(2026, 1, 5, 10, 0, tzinfo=UTC))
    world.it_is(today)
    with opened(site, template) as database:
        traject = Traject(database, open_definition("uittreding-gr"), world, id="u")
        traject.start()
        facts = life()
        last = next(at for at, each in enumerate(facts) if each.key == f"fact:{fact}")
        traject.engine.execute(
            "u", [each.request(Called(traject.by)) for each in facts[: last + 1]]
        )
        yield traject


@pytest.fixture
def lived(site: Site, template: str) -> Iterator[Traject]:
    """A process with its whole life."""
    yield from lives_until(site, template, "afgewikkeld", "2027-09-01")


@pytest.fixture
def left(site: Site, template: str) -> Iterator[Traject]:
    """A process on the second of January after it left."""
    yield from lives_until(site, template, "esdoornwijk-weg", "2027-01-02")


@pytest.fixture
def consented(site: Site, template: str) -> Iterator[Traject]:
    """A process in which its council consented, in the second round."""
    yield from lives_until(site, template, "voorstel-2", "2026-05-01")


def shown(traject: Traject, day: str) -> tuple[str, ...]:
    """Return where the milestones stood on a day, but for the first."""
    states = [each.state for each in traject.as_of(day).milestones.values()]
    return tuple(states[1:])


def test_it_is_refused_twice_and_leaves_all_the_same_and_pays_after_that(lived: Traject) -> None:
    """Every move is proved; the goal is reached by leaving, and the debt is paid half a year on."""
    assert {} == lived.state.unproved()
    assert [] == lived.problems
    view = status_view(Seen(lived.definition, lived.state, date(2027, 9, 1), "u"))
    assert [True] * 5 == [milestone.good for milestone in view.milestones]
    assert date(2027, 1, 1) == lived.milestone("uittreding").since
    assert date(2027, 6, 29) == lived.milestone("afwikkeling").since


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2026-03-05", ("in-besluitvorming", "gepland", "gepland", "gepland")),
        ("2026-03-10", ("aanpassing", "gepland", "gepland", "gepland")),
        ("2026-05-05", ("besloten", "gepland", "gepland", "gepland")),
        ("2026-07-16", ("besloten", "bij-het-bestuur", "opgezegd", "gepland")),
        ("2026-07-17", ("besloten", "aanpassing", "opgezegd", "gepland")),
        ("2026-12-31", ("besloten", "vastgesteld", "opgezegd", "gepland")),
        ("2027-01-01", ("besloten", "vastgesteld", "uitgetreden", "gepland")),
        ("2027-01-04", ("besloten", "vastgesteld", "uitgetreden", "lopend")),
        ("2027-06-29", ("besloten", "vastgesteld", "uitgetreden", "afgewikkeld")),
    ],
)
def test_each_day_of_its_life_is_seen_as_it_was(
    lived: Traject, day: str, states: tuple[str, ...]
) -> None:
    """A rejection by its council, and one by the board, each led to another round."""
    assert states == shown(lived, day)


def test_what_it_owes_is_asked_of_it_after_it_left(left: Traject) -> None:
    """That, and nothing else; and the settlement waits for it."""
    seen = Seen(left.definition, left.state, date(2027, 1, 2), "u")
    work = party_work(seen, Whose(party=LEAVER))
    assert [("afwikkeling/uittreedsom", LEAVER)] == [
        (each.task, each.subject) for each in work.tasks
    ]
    left.advance("afwikkeling", "2027-01-02", "beginnen")
    with refused(left, GateClosed):
        left.advance("afwikkeling", "2027-01-02", "afronden")
    left.task("afwikkeling/uittreedsom", "betaald", "2027-01-02", LEAVER)
    left.advance("afwikkeling", "2027-01-02", "afronden")


def test_it_is_reminded_after_it_left(left: Traject) -> None:
    """Its own people, from four weeks before the day; the secretary once that has passed."""
    with left.database.reading() as connection:
        rows = reminders.rows_of(connection, "u")
    planned = {
        (row.rung, row.role, row.subject)
        for row in rows
        if row.due == "afwikkeling/uittreedsom" and row.status is Standing.PLANNED
    }
    asked = {("-28d", role, LEAVER) for role in ("behandelaar", "gemeentesecretaris", "college")}
    assert {*asked, ("+3d", "projectsecretaris", LEAVER)} <= planned


def test_it_does_not_leave_before_the_day_nor_as_long_as_that_is_not_known(
    site: Site, template: str
) -> None:
    """The day of leaving is given once somebody counted the notice."""
    for traject in lives_until(site, template, "registratie", "2026-12-31"):
        with refused(traject, GateClosed):
            traject.advance("uittreding", "2026-12-31", "uittreden")


def test_its_college_is_bound_to_the_text_that_its_council_consented_to(
    consented: Traject,
) -> None:
    """Its decision on another text is recorded, does not count, and has a way on."""
    consented.record(
        "besluit",
        f"{LEAVER}.raad",
        "verleend",
        "2026-04-28",
        request="toestemming",
        text=ONE_TEXT,
    )
    consented.record(
        "besluit", f"{LEAVER}.college", "besloten", "2026-04-29", request="college", text=ANOTHER
    )
    with refused(consented, GateClosed):
        consented.advance("besluit", "2026-04-30", "besluiten")
    consented.advance("besluit", "2026-04-30", "aanpassen")
    consented.advance("besluit", "2026-04-30", "opnieuw")


def test_the_board_adopts_no_plan_before_the_views_have_their_reply(
    site: Site, template: str
) -> None:
    """Of each that was given; of the others none is owed (Wgr 10.6)."""
    for traject in lives_until(site, template, "plan-toegezonden-2", "2026-10-08"):
        for party in ("wilgenveen", "populierdam"):
            traject.record("plan", f"{party}.raad", "ziet-af", "2026-09-22", request="zienswijzen")
        traject.record(
            "plan",
            f"{LEAVER}.raad",
            "zienswijze",
            "2026-09-22",
            request="zienswijzen",
            points=("it is too much",),
        )
        traject.advance("plan", "2026-09-24", "aanbieden")
        traject.record("plan", "bestuur-regeling", "vastgesteld", "2026-10-08", request="bestuur")
        with refused(traject, GateClosed):
            traject.advance("plan", "2026-10-08", "vaststellen")
        traject.reply("plan", f"{LEAVER}.raad", 1, "2026-10-08", request="zienswijzen")
        traject.task("plan/reactie", "verzonden", "2026-10-08", LEAVER)
        traject.advance("plan", "2026-10-08", "vaststellen")


def test_it_is_still_to_be_registered_after_it_left(site: Site, template: str) -> None:
    """That the milestone ended takes nothing away from what the law asks (Wgr 136)."""
    for traject in lives_until(site, template, "bekendmaking", "2027-01-01"):
        traject.advance("uittreding", "2027-01-01", "uittreden")
        view = status_view(Seen(traject.definition, traject.state, date(2027, 1, 1), "u"))
        assert "registratie" in str(view)
        traject.task("registratie", "geregistreerd", "2027-01-01")
