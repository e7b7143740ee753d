"""Replanning a term of the law: never shorter, and not for one party alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import NotFound
from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, refused
from workflow.decide.lapse import lapse_commands
from workflow.rules.refusals import DateRefused, Refused
from workflow.rules.terms import ShortTerm, due_date, short_terms

TERM = "ontwerp/zienswijzen"


@pytest.fixture
def change(site: Site, template: str) -> Iterator[Traject]:
    """A draft that was sent on 2 February 2026, and received that day by one of fourteen."""
    world = World(now=datetime(2026, 6, 1, 10, 0, tzinfo=UTC))
    with opened(site, template) as database:
        traject = Traject(database, open_definition("wijziging-gr"), world, id="wijziging")
        traject.start()
        traject.advance("ontwerp", "2026-02-02")
        traject.task("ontwerp/ontvangst", "ontvangen", "2026-02-02", "voorbeelddam")
        yield traject


@pytest.mark.parametrize("to", ["2026-02-10", "2026-04-01", "2026-03", "unknown"])
def test_a_term_of_the_law_is_not_shortened(change: Traject, to: str) -> None:
    """Who has not received it on 5 February has until 2 April at the least."""
    with refused(change, DateRefused) as caught:
        change.replan(TERM, to, "2026-02-05")
    assert "8 weeks after ontwerp/ontvangst" in str(caught.error)
    assert "Thu 2 April 2026" in str(caught.error)


def test_a_term_of_the_law_may_be_longer(change: Traject) -> None:
    """On its last day by law, and on any later one; a correction cannot shorten it either."""
    change.replan(TERM, "2026-04-02", "2026-02-05")
    seq = change.last
    change.correct(seq, date=parse_date("2026-05-01"))
    with refused(change, DateRefused):
        change.correct(seq, date=parse_date("2026-03-01"))


def test_who_receives_it_later_has_the_whole_term(change: Traject) -> None:
    """A date that was long enough when it was given is told when it is not any more."""
    change.replan(TERM, "2026-04-02", "2026-02-05")
    assert [] == list(short_terms(change.engine.present(change.id)[0]))
    change.task("ontwerp/ontvangst", "ontvangen", "2026-02-09", "voorbeeldstad")
    now, _ = change.engine.present(change.id)
    assert [ShortTerm(TERM, "voorbeeldstad", date(2026, 4, 7), parse_date("2026-04-02"))] == list(
        short_terms(now)
    )
    due = change.definition.dues[TERM]
    ends = {
        party: due_date(now, due, party).deadline for party in ("voorbeeldstad", "voorbeelddam")
    }
    assert {"voorbeeldstad": date(2026, 4, 7), "voorbeelddam": date(2026, 4, 2)} == ends


def test_a_term_of_the_law_lapses_when_the_law_lets_it(change: Traject) -> None:
    """Not on the earlier day that it was given before anybody knew when it would begin."""
    change.replan(TERM, "2026-04-02", "2026-02-05")
    change.task("ontwerp/ontvangst", "ontvangen", "2026-02-09", "voorbeeldstad")

    def silent(today: date) -> list[str]:
        found = lapse_commands(change.snapshot(today))
        return [each.body for each in found if each.body.startswith("voorbeeldstad.")]

    assert [] == silent(date(2026, 4, 7))
    assert silent(date(2026, 4, 8))


def test_one_party_cannot_be_given_another_date(change: Traject) -> None:
    """Its due is listed by that name, so the refusal says why; of nobody there is none."""
    with refused(change, Refused) as caught:
        change.replan(f"{TERM}@voorbeelddam", "2026-06-01", "2026-02-05")
    assert "cannot be moved for voorbeelddam alone" in str(caught.error)
    with refused(change, NotFound):
        change.replan(f"{TERM}@nergens", "2026-06-01", "2026-02-05")
    with refused(change, NotFound):
        change.replan("inwerkingtreding.in-werking@voorbeelddam", "2026-06-01", "2026-02-05")


def test_a_due_that_comes_back_is_known_by_its_year(asked: Traject) -> None:
    """As the agenda lists it; that it cannot be moved is said, not that there is none."""
    with refused(asked, Refused) as caught:
        asked.replan("brief (2021)", "2021-03-15", "2021-01-15")
    assert "“brief” comes back every year" in str(caught.error)
