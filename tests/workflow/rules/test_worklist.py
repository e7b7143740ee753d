"""Whose turn it is, what is late, and whom to ring."""

from dataclasses import replace
from datetime import date

import pytest

from screens.explain import explain_screen
from screens.page import Page
from screens.status import status_screen
from tests.support.definitions import example, load
from tests.support.engine import Traject, World
from workflow.rules.deadlines import deadlines_of
from workflow.rules.snapshot import Snapshot
from workflow.rules.worklist import Doing, Turn, in_process
from workflow.storage.database import Database
from workflow.views.explain import ExplainView, explain_view
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view


def status(traject: Traject, on: str | None = None) -> StatusView:
    """Look at a process now, or on a day."""
    if on is None:
        today = traject.world.now.date()
        return status_view(Seen(traject.definition, traject.state, today, traject.id))
    day = date.fromisoformat(on)
    return status_view(Seen(traject.definition, traject.as_of(on), day, traject.id, day))


def explain(traject: Traject, milestone: str) -> ExplainView:
    """Explain what keeps a milestone from moving."""
    seen = Seen(traject.definition, traject.state, traject.world.now.date(), traject.id)
    people = {seat.person: (f"name of {seat.place}", None) for seat in traject.state.seats.values()}
    return explain_view(seen, traject.definition.milestones[milestone], people=people)


def turns(traject: Traject, doing: Doing) -> list[Turn]:
    """Return what can be done now, of one kind."""
    return [turn for turn in status(traject).turns if turn.doing is doing]


def test_a_move_is_for_who_may_advance(gr: Traject) -> None:
    """What has no gate, or an open one, can be moved by the roles that may."""
    roles = ("stuurgroep", "projectsecretaris")
    first = Turn(Doing.ADVANCE, roles, "principebesluit", "in-route")
    assert first == turns(gr, Doing.ADVANCE)[0]


def test_a_move_that_is_reserved_is_for_whom_it_is_reserved_to(
    database: Database, world: World
) -> None:
    """Who may take the step is named as next, and reminded of the state it leads to."""
    definition = load(
        example(
            (
                "nemen: {from: in-route, to: genomen, gate: {slot: besluit}}",
                "nemen: {from: in-route, to: genomen, gate: {slot: besluit}, permission: stop}",
            ),
            (
                "secretaris: {may: [advance, stop,",
                "voorzitter: {may: [stop]}\n  secretaris: {may: [advance,",
            ),
            ("starter: [secretaris]", "starter: [secretaris, voorzitter]"),
            (
                "    due: {in-route: 2021-06}",
                "    ladder: gewoon\n    due: {in-route: 2021-06, genomen: 2021-12}",
            ),
        )
    )
    traject = Traject(database, definition, world)
    traject.start()
    plans = deadlines_of(Snapshot(definition, traject.state, world.now.date())).values()
    assert {
        "voorstel.in-route": (("secretaris", ""),),
        "voorstel.genomen": (("voorzitter", ""),),
    } == {each.ref: each.seats for each in plans if "." in each.ref}
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    assert ("secretaris",) == turns(traject, Doing.ADVANCE)[0].roles
    traject.advance("voorstel", "2021-03-01")
    traject.all_record("voorstel", "voor", "2021-04-01", request="raden")
    assert ("voorzitter",) == turns(traject, Doing.ADVANCE)[0].roles


def test_a_closed_gate_is_nobodys_turn(gr: Traject) -> None:
    """What waits for the councils cannot be moved, and what is explicit is never next."""
    gr.advance("principebesluit", "2020-11-24")
    assert "principebesluit" not in {turn.milestone for turn in turns(gr, Doing.ADVANCE)}


def test_a_decision_is_for_who_records_it(gr: Traject) -> None:
    """Who decided already is not asked again, and who has no proposal yet not for a decision."""
    assert [] == turns(gr, Doing.RECORD)
    gr.advance("principebesluit", "2020-11-24")
    assert [] == turns(gr, Doing.RECORD)
    for party in gr.definition.parties:
        gr.task("principebesluit/raadsvoorstel", "bij-de-griffie", "2020-12-01", party)
    gr.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")
    (turn,) = turns(gr, Doing.RECORD)
    assert (("griffier",), "principebesluit", "raden") == (turn.roles, turn.milestone, turn.what)
    assert 6 == len(turn.subjects)
    assert "dordrecht.raad" not in turn.subjects
    assert "ingestemd" in turn.outcomes


def test_a_task_is_for_its_owner(gr: Traject) -> None:
    """Each with its results, and for which groups or parties it is not done."""
    through_dialogue_begins(gr)
    found = {turn.what: turn for turn in turns(gr, Doing.TASK)}
    assert ("werkgroepleider",) == found["ambtelijke-sessie"].roles
    assert ("group", 4) == (
        found["ambtelijke-sessie"].per,
        len(found["ambtelijke-sessie"].subjects),
    )
    assert ("party", 7) == (found["raadsgesprek"].per, len(found["raadsgesprek"].subjects))
    assert () == found["bestuurlijke-sessie"].subjects


def through_dialogue_begins(gr: Traject) -> None:
    """Bring the outlines into dialogue."""
    gr.advance("hoofdlijnennotitie", "2020-12-01")
    gr.advance("hoofdlijnennotitie", "2020-12-02")


def test_nothing_is_next_in_the_past(gr: Traject) -> None:
    """Whoever looks back cannot do anything there."""
    assert () == status(gr, "2021-01-01").turns


def test_nothing_is_next_by_what_was_known_then(gr: Traject) -> None:
    """It may have been done since: nothing is offered, wherever one looks."""
    today = gr.world.now.date()
    known = Seen(gr.definition, gr.state, today, gr.id, None, today)
    page = Page()
    assert () == status_view(known).turns
    assert "Next" not in status_screen(status_view(known), page)
    explained = explain_view(known, gr.definition.milestones["principebesluit"])
    assert explained.open
    assert "advance" not in explain_screen(explained, page)
    gr.advance("principebesluit", "2020-11-24")
    closed = explain_view(
        replace(known, state=gr.state), gr.definition.milestones["principebesluit"]
    )
    assert "member add" not in explain_screen(closed, page)


def test_what_is_late_and_what_comes(gr: Traject) -> None:
    """A deadline that passed unmet is late, the longest ago first; the next is still to come."""
    early = status(gr, "2021-02-15")
    assert ((), "principebesluit/raden") == (early.late, early.coming and early.coming.id)
    later = status(gr, "2021-04-15")
    assert ["principebesluit/raden", "hoofdlijnennotitie.in-route"] == [
        due.id for due in later.late
    ]
    assert [-48, -15] == [due.days_left for due in later.late]
    assert "hoofdlijnennotitie/raden" == (later.coming and later.coming.id)


def test_whom_to_ring_is_who_holds_the_seat(gr: Traject) -> None:
    """For each council that has its proposal: the griffier, or that the seat is empty."""
    gr.advance("principebesluit", "2020-11-24")
    for party in gr.definition.parties:
        gr.task("principebesluit/raadsvoorstel", "bij-de-griffie", "2020-12-01", party)
    gr.seat("griffier@sliedrecht", "anna", "2020-11-01")
    gr.seat("griffier@papendrecht", "bas", "2020-11-01", "2020-12-31")
    gr.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")
    ring = {each.body: (each.seat, each.holder) for each in explain(gr, "principebesluit").ring}
    assert 6 == len(ring)
    assert ("griffier@sliedrecht", "name of sliedrecht") == ring["sliedrecht.raad"]
    assert ("griffier@papendrecht", None) == ring["papendrecht.raad"]


def test_nobody_is_rung_about_what_is_not_asked(gr: Traject) -> None:
    """A milestone that has not come so far has nobody to ring about a decision."""
    assert () == explain(gr, "concepttekst").ring


# --- as a command --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turn", "line"),
    [
        (Turn(Doing.ADVANCE, (), "m", "t"), "advance p m"),
        (Turn(Doing.RECORD, (), "m", "r", ("a.raad",)), "record p m a.raad OUTCOME --on DATE"),
        (
            Turn(Doing.RECORD, (), "m", "r", ("a.raad", "b.raad"), several=True, on_behalf=True),
            "record p m PARTY OUTCOME --request r --on DATE --reference SOURCE",
        ),
        (Turn(Doing.TASK, (), "", "t", outcomes=("ja",)), "task p t ja"),
        (
            Turn(Doing.TASK, (), "m", "t", ("x", "y"), "group", ("ja", "nee"), year=2026),
            "task p m/t RESULT --for GROUP --year 2026",
        ),
        (
            Turn(Doing.RECEIVE, (), "m", "r", ("a.raad", "b.raad"), several=True),
            "received p m BODY --request r --on DATE",
        ),
        (
            Turn(Doing.REPLY, (), "m", "r", ("a.raad",), point=2, on_behalf=True),
            "answer p m a.raad 2 --on DATE --reference SOURCE",
        ),
    ],
)
def test_each_turn_has_its_command(turn: Turn, line: str) -> None:
    """With what is known of it; what only they know who give it is left blank."""
    of_p = in_process("p", turn)
    assert of_p.action is not None
    assert f"  mijlpaal {line}" == Page().action(of_p.action)
    assert turn == of_p


def test_every_turn_of_a_status_has_its_command(gr: Traject) -> None:
    """Of that process."""
    gr.advance("principebesluit", "2020-11-24")
    found = status(gr).turns
    assert found
    assert [gr.id] * len(found) == [turn.action and turn.action.values["process"] for turn in found]
