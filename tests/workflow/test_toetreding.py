"""A municipality joins a gemeenschappelijke regeling: a draft, consent, decisions, publication."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from definitions.language.errors import NotFound
from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, refused
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.rules.arms import arm_of
from workflow.rules.gates import evaluate
from workflow.rules.refusals import AskedTooSoon, GateClosed
from workflow.rules.remedies import steps
from workflow.rules.worklist import Whose
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import status_view

FACTS = Path("tests/workflow/lives/toetreding-gr.facts.yaml")
PARTICIPANTS = ("wilgenveen", "populierdam", "esdoornwijk")
EVERYBODY = (*PARTICIPANTS, "toetreder")
ONE_TEXT, ANOTHER = "8a1f" * 16, "5c3e" * 16


def started(database_of: tuple[Site, str], **values: str) -> Iterator[Traject]:
    """Start a process in a database of its own."""
    world = World(now=datetime(2027, 3, 1, 10, 0, tzinfo=UTC))
    with opened(*database_of) as database:
        traject = Traject(database, open_definition("toetreding-gr", values), world, id="t")
        traject.start(reconstruction=True)
        yield traject


@pytest.fixture
def lived(site: Site, template: str) -> Iterator[Traject]:
    """A process with its invented life."""
    for traject in started((site, template)):
        facts = read_facts(str(FACTS), FACTS.read_bytes()).facts
        traject.engine.execute("t", [fact.request(Called(traject.by)) for fact in facts])
        yield traject


@pytest.fixture
def joining(site: Site, template: str) -> Iterator[Traject]:
    """A process in which everybody has answered on the draft, and consent is asked."""
    for traject in started((site, template)):
        to_consent(traject)
        yield traject


def to_consent(traject: Traject) -> None:
    """Have the municipality join, everybody answer on the draft, and ask for consent."""
    traject.join("toetreder", "2026-01-10")
    traject.advance("ontwerp", "2026-01-12")
    for party in EVERYBODY:
        traject.task("ontwerp/ontvangst", "ontvangen", "2026-01-12", party)
        traject.record("ontwerp", f"{party}.raad", "ziet-af", "2026-02-20")
    traject.advance("ontwerp", "2026-03-02", "sluiten")
    traject.advance("toetreding", "2026-03-03", "voorleggen")


def consent(traject: Traject, on: str, *, text: str = ONE_TEXT) -> None:
    """Have every council consent to a text."""
    for party in EVERYBODY:
        granted(traject, party, on, text=text)


def granted(traject: Traject, party: str, on: str, *, text: str) -> None:
    """Have a council consent."""
    body = f"{party}.raad"
    traject.record("toetreding", body, "verleend", on, request="toestemming", text=text)


def decide(traject: Traject, on: str, *, text: str = ONE_TEXT) -> None:
    """Have every college decide."""
    for party in PARTICIPANTS:
        body = f"{party}.college"
        traject.record("toetreding", body, "besloten", on, request="deelnemers", text=text)
    traject.record(
        "toetreding", "toetreder.college", "besloten", on, request="toetreder", text=text
    )


def shown(traject: Traject, day: str) -> dict[str, str]:
    """Return where each milestone stood on a day."""
    return {name: each.state for name, each in traject.as_of(day).milestones.items()}


def test_it_joins_between_two_rounds_and_is_refused_once_and_then_takes_part(
    lived: Traject,
) -> None:
    """The whole life: every move is proved, and the goal is reached on the first of January."""
    assert {} == lived.state.unproved()
    assert [] == lived.problems
    view = status_view(Seen(lived.definition, lived.state, date(2027, 3, 1), "t"))
    assert [True] * 3 == [milestone.good for milestone in view.milestones]
    assert date(2027, 1, 1) == lived.milestone("inwerkingtreding").since


def test_each_day_of_its_life_is_seen_as_it_was(lived: Traject) -> None:
    """Before it joined three are asked, and four after it; a rejection leads to another round."""

    def asked(day: str) -> int:
        snapshot, _ = lived.engine.as_of("t", date.fromisoformat(day))
        return len(snapshot.definition.milestones["ontwerp"].requests["zienswijzen"].bodies)

    assert (3, 4) == (asked("2026-02-09"), asked("2026-02-10"))
    assert "in-besluitvorming" == shown(lived, "2026-05-28")["toetreding"]
    assert "aanpassing" == shown(lived, "2026-06-02")["toetreding"]
    assert "in-besluitvorming" == shown(lived, "2026-06-15")["toetreding"]
    assert ("besloten", "bekendgemaakt") == (
        shown(lived, "2026-12-31")["toetreding"],
        shown(lived, "2026-12-31")["inwerkingtreding"],
    )
    assert "in-werking" == shown(lived, "2027-01-01")["inwerkingtreding"]


def test_the_draft_is_not_closed_without_the_council_of_the_one_that_joins(
    site: Site, template: str
) -> None:
    """All others answered; it takes no part yet."""
    for traject in started((site, template)):
        traject.advance("ontwerp", "2026-01-12")
        for party in PARTICIPANTS:
            traject.task("ontwerp/ontvangst", "ontvangen", "2026-01-12", party)
            traject.record("ontwerp", f"{party}.raad", "ziet-af", "2026-02-20")
        with refused(traject, GateClosed):
            traject.advance("ontwerp", "2026-02-23", "sluiten")


def test_the_board_decides_after_the_council_of_the_one_that_joins(joining: Traject) -> None:
    """So does its own college; the colleges of the participants each after their own council."""
    for body in ("bestuur-regeling", "toetreder.college", "wilgenveen.college"):
        request = "deelnemers" if body == "wilgenveen.college" else "toetreder"
        with refused(joining, AskedTooSoon):
            joining.record("toetreding", body, "besloten", "2026-04-01", request=request)
    granted(joining, "toetreder", "2026-04-01", text=ONE_TEXT)
    joining.record("toetreding", "bestuur-regeling", "besloten", "2026-04-02", request="toetreder")


def test_texts_that_differ_have_a_way_on(joining: Traject) -> None:
    """One council consents to a text of its own: nobody is against, and it goes round again."""
    for party in ("wilgenveen", "populierdam", "toetreder"):
        granted(joining, party, "2026-04-01", text=ONE_TEXT)
    granted(joining, "esdoornwijk", "2026-04-02", text=ANOTHER)
    with refused(joining, GateClosed):
        joining.advance("toetreding", "2026-05-04", "besluiten")
    joining.advance("toetreding", "2026-05-04", "aanpassen")
    joining.advance("toetreding", "2026-05-05", "opnieuw")
    consent(joining, "2026-06-01")
    decide(joining, "2026-06-02")
    joining.record("toetreding", "bestuur-regeling", "besloten", "2026-06-02", request="toetreder")
    joining.advance("toetreding", "2026-06-03", "besluiten")
    assert ("besloten", "decided") == joining.stand("toetreding")


def test_a_college_is_bound_to_the_text_that_was_consented_to(joining: Traject) -> None:
    """Its decision on another is recorded, does not count, and has a way on."""
    consent(joining, "2026-04-01")
    decide(joining, "2026-05-01", text=ANOTHER)
    joining.record("toetreding", "bestuur-regeling", "besloten", "2026-05-01", request="toetreder")
    with refused(joining, GateClosed):
        joining.advance("toetreding", "2026-05-04", "besluiten")
    joining.advance("toetreding", "2026-05-04", "aanpassen")


def test_a_regeling_that_asks_no_decision_of_its_board_gets_none(site: Site, template: str) -> None:
    """The parameter is empty: the college of the one that joins decides, once it takes part."""
    for traject in started((site, template), bestuur=""):
        to_consent(traject)
        consent(traject, "2026-04-01")
        decide(traject, "2026-05-01")
        traject.advance("toetreding", "2026-05-04", "besluiten")
        assert ("besloten", "decided") == traject.stand("toetreding")


def test_two_thirds_of_the_participants_are_enough_where_the_regeling_says_so(
    site: Site, template: str
) -> None:
    """One council withholds its consent, and the others and the joiner go on."""
    for traject in started((site, template), meerderheid="2/3"):
        to_consent(traject)
        for party in ("wilgenveen", "populierdam", "toetreder"):
            granted(traject, party, "2026-04-01", text=ONE_TEXT)
        traject.record(
            "toetreding",
            "esdoornwijk.raad",
            "onthouden",
            "2026-04-01",
            request="toestemming",
            ground="the public interest",
        )
        for party in ("wilgenveen", "populierdam"):
            body = f"{party}.college"
            traject.record(
                "toetreding", body, "besloten", "2026-05-01", request="deelnemers", text=ONE_TEXT
            )
        for body in ("toetreder.college", "bestuur-regeling"):
            traject.record(
                "toetreding", body, "besloten", "2026-05-01", request="toetreder", text=ONE_TEXT
            )
        traject.advance("toetreding", "2026-05-04", "besluiten")


def test_it_enters_on_the_first_of_january_after_the_decision_and_not_before(
    lived: Traject,
) -> None:
    """The day is computed; the day before it is the last one to publish on."""
    seen = Seen(lived.definition, lived.as_of("2026-11-01"), date(2026, 11, 1), "t")
    view = status_view(seen)
    dues = {each.id: each.date for milestone in view.milestones for each in milestone.dues}
    assert date(2027, 1, 1) == dues["inwerkingtreding.in-werking"]
    entered = next(
        entry.seq for entry in lived.journal if "in-werking" in str(entry.event) and entry.seq > 50
    )
    lived.withdraw(entered)
    with refused(lived, GateClosed):
        lived.advance("inwerkingtreding", "2026-12-31", "in-werking")
    lived.advance("inwerkingtreding", "2027-01-01", "in-werking")


def test_what_waits_for_a_party_that_may_join_says_so_and_how_it_joins(
    site: Site, template: str
) -> None:
    """Its council was asked nothing yet: that is not “asked no more”."""
    for traject in started((site, template)):
        traject.advance("ontwerp", "2026-01-12")
        snapshot = traject.snapshot(date(2026, 1, 12))
        arm = arm_of(
            snapshot.definition, "ontwerp", "sluiten", "bij-de-vertegenwoordigers", "gesloten"
        )
        assert arm.gate is not None
        finding = evaluate(arm.gate, snapshot)
        assert "nobody is asked before toetreder joins" in [
            str(leaf.reason) for leaf in finding.leaves()
        ]
        commands = {each.command for each in steps("t", "ontwerp", arm.gate, snapshot)}
        assert {"join", "task"} == commands


def test_what_is_asked_of_a_party_that_may_join_is_nothing_yet(site: Site, template: str) -> None:
    """It is not unknown: that is said of a name that the definition does not have."""
    for traject in started((site, template)):
        seen = Seen(traject.definition, traject.state, date(2026, 1, 12), "t")
        with pytest.raises(NotFound) as caught:
            party_work(seen, Whose(party="toetreder"))
        assert "toetreder takes no part yet; it may join." == str(caught.value.sentence)
