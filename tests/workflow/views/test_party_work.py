"""What is asked of one party, group or role: what can be done now, and what has to come first."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from definitions.library import open_definition
from screens.page import Page
from screens.party_work import party_work_screen
from tests.support.engine import Traject, World
from workflow.rules.worklist import Doing, Turn, Whose, turn_of
from workflow.storage.database import Database
from workflow.views.party_work import PartyWorkView, party_work
from workflow.views.prerequisites import Kind, PrerequisiteView
from workflow.views.seen import Seen

SPORTPARK = str(Path(__file__).parents[3] / "docs/examples/sportpark.yaml")
DAY = "2026-02-02"


@pytest.fixture
def park(database: Database, world: World) -> Traject:
    """The three municipalities of the tutorials, on the day of their first meeting."""
    world.it_is(DAY)
    traject = Traject(database, open_definition(SPORTPARK), world)
    traject.start()
    return traject


def view_of(traject: Traject, **whose: str) -> PartyWorkView:
    """Return what is asked of somebody."""
    today = traject.world.now.date()
    seen = Seen(traject.definition, traject.state, today, traject.id)
    return party_work(seen, Whose(**whose), traject.engine.people())


def screen_of(traject: Traject, **whose: str) -> str:
    """Return the screen of it, on one line."""
    return " ".join(party_work_screen(view_of(traject, **whose), Page()).split())


def plainly(first: Iterable[PrerequisiteView]) -> list[tuple[str, tuple[str, ...], date | None]]:
    """Return what comes first without words: what kind, what, and until when."""
    return [(each.kind, each.what, each.due.date if each.due else None) for each in first]


# --- what has to come first ----------------------------------------------------------------------


def test_what_is_not_asked_yet_has_its_date_and_what_comes_first(park: Traject) -> None:
    """The principles are due in April; they go to the councils in March, and questions close."""
    park.seat("griffier@oost", "anna", DAY)
    of_oost = view_of(park, party="oost")
    asked = next(each for each in of_oost.asked if each.milestone == "uitgangspunten")
    assert asked.due is not None
    assert date(2026, 4, 30) == asked.due.date
    assert [
        (Kind.MOVE, ("uitgangspunten",), date(2026, 3, 31)),
        (Kind.TASK, ("uitgangspunten/technische-vragen@oost",), None),
    ] == plainly(asked.first)
    move, task = asked.first
    assert [("stuurgroep", "secretaris"), ("projectsecretaris", "secretaris")] == [
        (each.seat, each.holder) for each in move.who
    ]
    assert [("griffier@oost", "anna")] == [(each.seat, each.holder) for each in task.who]


def test_the_screen_says_what_comes_first_and_who_does_it(park: Traject) -> None:
    """With the date; nowhere only that something has to."""
    shown = screen_of(park, party="oost")
    assert "uitgangspunten/raden: oost.raad, vaststelling; April 2026, in 87 days" in shown
    assert (
        "first: uitgangspunten: from “voorbereiding” by way of “dialoog” to “bij-de-raden”; "
        "March 2026, in 57 days; done by stuurgroep (secretaris), projectsecretaris (secretaris)"
    ) in shown
    assert "first: uitgangspunten/technische-vragen@oost; done by griffier@oost (vacant)" in shown
    assert "something has to come first" not in shown


def test_a_college_waits_for_its_own_council(park: Traject) -> None:
    """Its griffier records what that decided."""
    park.seat("griffier@west", "bas", DAY)
    agreement = [each for each in view_of(park, party="west").asked if each.request == "colleges"]
    decision = next(each for each in agreement[0].first if each.kind is Kind.DECISION)
    assert ("west.raad",) == decision.what
    assert [("griffier@west", "bas")] == [(each.seat, each.holder) for each in decision.who]


def test_a_closed_gate_on_the_way_says_what_it_waits_for(park: Traject) -> None:
    """Once in dialogue, the sessions and the parts of the plan come before the councils do."""
    park.advance("uitgangspunten", DAY)
    asked = next(
        each for each in view_of(park, party="oost").asked if each.milestone == "uitgangspunten"
    )
    kinds = [each.kind for each in asked.first]
    assert [Kind.TASK, Kind.PART, Kind.MOVE, Kind.TASK] == kinds
    sessions, parts, move, _ = asked.first
    assert "uitgangspunten/sessie@financien" in sessions.what
    assert {"werkgroepleider@financien", "werkgroepleider@beheer", "stuurgroep"} == {
        each.seat for each in sessions.who
    }
    assert "plan/kosten" in parts.what
    assert ("uitgangspunten",) == move.what


def test_what_is_open_but_not_ready_is_not_asked_now(park: Traject) -> None:
    """The term of a zienswijze runs from receipt: until that is reported, only that is asked."""
    park.advance("gebruiksregels", DAY)
    before = view_of(park, party="oost")
    assert "gebruiksregels/raden" not in {each.turn.name for each in before.now}
    assert "gebruiksregels/ontvangst" in {each.turn.name for each in before.now}
    park.task("gebruiksregels/ontvangst", "ontvangen", DAY, "oost")
    after = view_of(park, party="oost")
    asked = next(each for each in after.now if each.turn.name == "gebruiksregels/raden")
    assert (("oost.raad",), "zienswijze") == (asked.turn.subjects, asked.instrument)
    assert asked.due is not None
    # Six weeks after 2 February is Monday 16 March.
    assert date(2026, 3, 16) == asked.due.date


def test_what_can_no_longer_be_decided_is_over(park: Traject) -> None:
    """The milestone was stopped: nothing comes first any more."""
    park.advance("uitgangspunten", DAY, "stoppen")
    asked = next(
        each for each in view_of(park, party="oost").asked if each.milestone == "uitgangspunten"
    )
    assert (True, ()) == (asked.over, asked.first)


def test_a_decision_held_over_is_asked_still(park: Traject) -> None:
    """With what was said, and the same command as before."""
    park.advance("gebruiksregels", DAY)
    park.task("gebruiksregels/ontvangst", "ontvangen", DAY, "oost")
    park.record("gebruiksregels", "oost", "aangehouden", DAY)
    asked = next(
        each for each in view_of(park, party="oost").now if each.turn.name == "gebruiksregels/raden"
    )
    assert ("aangehouden", DAY) == (asked.outcome, asked.effective)
    assert "aangehouden, Mon 2 February 2026; still to be decided; Mon 16 March" in screen_of(
        park, party="oost"
    )


# --- whose turn it is ----------------------------------------------------------------------------


def test_a_role_sees_the_decisions_it_records(park: Traject) -> None:
    """The griffier all those of the municipalities; the secretary that of the regional body."""
    griffier, secretary = view_of(park, role="griffier"), view_of(park, role="projectsecretaris")
    assert [("locatie/keuze", ("oost.college", "west.college", "zuid.college"))] == [
        (each.turn.name, each.turn.subjects) for each in griffier.now
    ]
    assert ("locatie/voorkeur", ("regio-overleg",)) == [
        (each.turn.name, each.turn.subjects) for each in secretary.now
    ][-1]
    shown = screen_of(park, role="griffier")
    assert "locatie/keuze: college of oost, west, zuid (conclusie); no date known" in shown
    assert "record traject locatie PARTY OUTCOME --request keuze --on DATE" in shown


def test_a_role_sees_the_moves_it_may_make(park: Traject) -> None:
    """With the state they lead to, and until when."""
    moves = [
        (each.turn.milestone, each.turn.what, each.target, each.due.date if each.due else None)
        for each in view_of(park, role="stuurgroep").now
        if each.turn.doing is Doing.ADVANCE
    ]
    assert [
        ("gebruiksregels", "toezenden", "open", None),
        ("uitgangspunten", "bespreken", "dialoog", None),
        ("overeenkomst", "bespreken", "dialoog", None),
    ] == moves
    assert "uitgangspunten: “bespreken”, to “dialoog” mijlpaal advance traject uitgangspunten" in (
        screen_of(park, role="stuurgroep")
    )
    assert "Nothing is asked now." in screen_of(park, role="lezer")


def test_a_task_that_others_do_for_a_party_stands_apart(park: Traject) -> None:
    """The stuurgroep offers the talks: on its own screen to do, on that of a party from others."""
    park.advance("uitgangspunten", DAY)
    assert ("uitgangspunten/raadsgesprek@oost",) == view_of(park, party="oost").awaited
    tasks = {each.turn.name for each in view_of(park, role="stuurgroep").now}
    assert "uitgangspunten/raadsgesprek" in tasks
    assert ["uitgangspunten/sessie"] == [
        each.turn.name for each in view_of(park, group="beheer").now
    ]


@pytest.mark.parametrize(
    ("turn", "whose", "subjects"),
    [
        (Turn(Doing.RECORD, ("griffier",), "m", "r", ("oost.raad", "west.raad")),
         Whose(party="oost", role="griffier"), ("oost.raad",)),
        (Turn(Doing.RECORD, ("griffier",), "m", "r", ("west.raad",)),
         Whose(party="oost", role="griffier"), None),
        (Turn(Doing.RECORD, ("projectsecretaris",), "m", "r", ("regio-overleg",), on_behalf=True),
         Whose(role="projectsecretaris"), ("regio-overleg",)),
        (Turn(Doing.ADVANCE, ("griffier",), "m", "t"), Whose(party="oost"), ()),
        (Turn(Doing.ADVANCE, ("stuurgroep",), "m", "t"), Whose(party="oost"), None),
        (Turn(Doing.ADVANCE, ("werkgroepleider",), "m", "t"), Whose(group="beheer"), ()),
        (Turn(Doing.TASK, ("werkgroepleider",), "m", "t", ("beheer", "financien"), "group"),
         Whose(group="beheer", role="werkgroepleider"), ("beheer",)),
        (Turn(Doing.TASK, ("griffier",), "m", "t", ("oost",), on_behalf=True),
         Whose(party="west", role="griffier"), ("oost",)),
        (Turn(Doing.REPLY, ("stuurgroep",), "m", "r", ("oost.raad",), point=1),
         Whose(party="oost"), None),
    ],
)  # fmt: skip
def test_whose_a_turn_is(turn: Turn, whose: Whose, subjects: tuple[str, ...] | None) -> None:
    """Of who has a seat that may; of a party or group, what is for it."""
    found = turn_of(open_definition(SPORTPARK), turn, whose)
    assert subjects == (None if found is None else found.subjects)
