"""Terms that each party has for itself, of a task: by what the party reported before it."""

from datetime import date

import pytest

from tests.support.definitions import example, load
from tests.support.engine import Traject, World, refused
from workflow.model.state import Basis
from workflow.rules.deadlines import deadlines_of
from workflow.rules.fold import initial
from workflow.rules.gates import evaluate
from workflow.rules.refusals import GateClosed
from workflow.rules.snapshot import Snapshot
from workflow.rules.worklist import Whose
from workflow.storage.database import Database
from workflow.views.dues import all_dues
from workflow.views.explain import explain_view
from workflow.views.party_work import party_work
from workflow.views.seen import Seen

QUESTIONS = (
    "vragen: {per: party, owner: griffier, in: in-route, each: round, results: {gesloten: done}}"
)
ANSWER = """\
vragen: {per: party, owner: griffier, in: in-route, results: {gesloten: done}}
      antwoord:
        per: party
        owner: griffier
        due: {after: voorstel/vragen, weeks: 4}
        ladder: gewoon
        results: {gegeven: done}"""
GATE = ("besluit: {request: raden, rule: majority, counts: for}", "besluit: {past: %s}")


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Oost closed its questions, and has four weeks to answer; the others have not."""
    world.it_is("2021-12-20")
    past = (GATE[0], GATE[1] % "voorstel/antwoord")
    traject = Traject(database, load(example((QUESTIONS, ANSWER), past)), world)
    traject.start()
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-03-01")
    traject.task("voorstel/vragen", "gesloten", "2021-12-10", "oost")
    return traject


def seen(traject: Traject) -> Seen:
    """Return the process as it stands, for a view."""
    return Seen(traject.definition, traject.state, traject.world.now.date(), traject.id)


DAY = date(2021, 12, 20)
TERMS = {"oost": date(2022, 1, 7), "west": None, "zuid": None}


def test_each_party_has_its_own_term_wherever_it_is_shown(traject: Traject) -> None:
    """In what is planned, among the dues, and in what is theirs."""
    now = seen(traject)
    plans = deadlines_of(traject.snapshot(now.day)).values()

    assert TERMS == {each.place: each.deadline for each in plans if "antwoord" in each.ref}
    assert {f"voorstel/antwoord@{party}": day for party, day in TERMS.items()} == {
        each.id: each.date for each in all_dues(now) if "antwoord" in each.id
    }
    assert TERMS == {
        party: todo.due.date
        for party in TERMS
        for todo in party_work(now, Whose(party=party)).tasks
        if todo.due is not None
    }


def test_a_gate_waits_for_the_term_of_every_party(traject: Traject) -> None:
    """Of those that have none yet too; it can be explained at any time."""
    explained = explain_view(seen(traject), traject.definition.milestones["voorstel"])
    assert explained.tree is not None
    assert tuple(f"voorstel/antwoord@{party}" for party in TERMS) == explained.tree.waiting_for
    for party in ("west", "zuid"):
        traject.task("voorstel/vragen", "gesloten", "2021-12-13", party)
    traject.world.it_is("2022-02-01")
    with refused(traject, GateClosed):
        traject.advance("voorstel", "2022-01-10")
    traject.advance("voorstel", "2022-01-11")
    assert ("genomen", Basis.DECIDED) == traject.stand("voorstel")
    assert [] == traject.problems


@pytest.mark.parametrize("due", ["voorstel.in-route", "flyer"])
def test_what_is_there_once_has_no_term_of_each_party(due: str) -> None:
    """A state is entered once, and some tasks are done once: their date stays unknown."""
    once = "{after: voorstel/vragen, weeks: 4}"
    definition = load(
        example(
            ("due: {in-route: 2021-06}", f"due: {{in-route: {once}}}"),
            ("flyer: {owner: external,", f"flyer: {{owner: external, due: {once},"),
            (GATE[0], GATE[1] % due),
        )
    )
    gate = definition.milestones["voorstel"].arms[1].gate

    finding = evaluate(gate, Snapshot(definition, initial(definition, DAY), DAY))
    assert (False, (due,)) == (finding.holds, finding.waiting_for)
