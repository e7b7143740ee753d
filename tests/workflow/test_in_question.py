"""Gates that are lost again: in question, or latched; and what that means for the rest."""

import pytest

from tests.support.definitions import load
from tests.support.engine import Traject, World, refused
from workflow.model.state import Basis
from workflow.rules.refusals import GateClosed, NoTransition
from workflow.storage.database import Database
from workflow.views.seen import Seen
from workflow.views.status import status_view

OBJECTIONS = """\
id: bezwaren
version: 1
title: {en: No objections}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
    zuid: {name: Zuid, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, task, note, member]}
starter: [secretaris]
instruments:
  besluit: {voor: for, bezwaar: against, aangehouden: pending}
structures:
  termijn:
    states: [open, ter-inzage, vrij, besproken, af]
    final: {good: [af]}
    slots: [geen-bezwaar, bezwaar]
    transitions:
      ter-inzage-leggen: {from: open, to: ter-inzage, opens: round}
      vrijgeven: {from: ter-inzage, to: vrij, gate: {slot: geen-bezwaar}, latch: LATCH}
      bespreken: {from: [ter-inzage, vrij], to: besproken, gate: {slot: bezwaar}, explicit: true}
      sluiten: {from: [vrij, besproken], to: af}
  volger:
    states: [wacht, klaar]
    final: {good: [klaar]}
    slots: [voorganger]
    transitions:
      klaren: {from: wacht, to: klaar, gate: {slot: voorganger}}
milestones:
  voorstel:
    structure: termijn
    requests:
      raden: {of: each raad, instrument: besluit, in: [ter-inzage, vrij]}
    gates:
      geen-bezwaar:
        all:
          - {not: {request: raden, rule: {at_least: 1}, counts: against}}
          - {date: 2021-02-01}
      bezwaar: {request: raden, rule: {at_least: 1}, counts: against}
  uitvoering:
    structure: volger
    gates:
      voorganger: {milestone: voorstel, state: [vrij, af]}
"""


def objections(database: Database, world: World, *, latch: bool) -> Traject:
    """Start a process in which silence is consent, and lay its proposal open."""
    definition = load(OBJECTIONS.replace("LATCH", str(latch).lower()))
    traject = Traject(database, definition, world)
    traject.start()
    traject.advance("voorstel", "2021-01-11")
    return traject


@pytest.fixture
def released(database: Database, world: World) -> Traject:
    """Release the proposal on the first day on which nobody can object any more."""
    traject = objections(database, world, latch=False)
    traject.advance("voorstel", "2021-02-01", "vrijgeven")
    assert ("vrij", "decided") == traject.stand("voorstel")
    return traject


def test_a_gate_lost_by_what_came_on_record_later_is_in_question(released: Traject) -> None:
    """An objection of before the release, recorded after it, puts the release in question."""
    released.record("voorstel", "oost", "bezwaar", "2021-01-25")

    assert ("vrij", "in-question") == released.stand("voorstel")
    assert "vrij" == released.as_of("2021-02-01").milestones["voorstel"].state
    assert [] == released.problems


def test_what_is_in_question_is_shown_as_such(released: Traject) -> None:
    """The status lists the move, and the part of its gate that was lost."""
    released.record("voorstel", "oost", "bezwaar", "2021-01-25")
    seen = Seen(released.definition, released.state, released.world.now.date(), released.id)

    (unproved,) = status_view(seen).milestones[0].not_proved

    assert ("vrijgeven", Basis.IN_QUESTION, None) == (
        unproved.trigger,
        unproved.basis,
        unproved.reference,
    )
    assert [("not", "what should not be the case is")] == [
        (each.kind, str(each.reason)) for each in unproved.missing
    ]


def test_dependants_wait_until_the_question_is_settled(released: Traject) -> None:
    """Nothing goes on from what is in question, and the refusal says that it is."""
    released.record("voorstel", "oost", "bezwaar", "2021-01-25")

    with refused(released, GateClosed) as caught:
        released.advance("uitvoering", "2021-02-08")

    assert isinstance(caught.error, GateClosed)
    (leaf,) = caught.error.ways[0].finding.leaves()
    assert "it is in “vrij”, but that is in question" == str(leaf.reason)


def test_a_dependant_that_went_on_is_in_question_too(released: Traject) -> None:
    """The doubt reaches whatever was decided on the ground of it."""
    released.advance("uitvoering", "2021-02-08")
    assert ("klaar", "decided") == released.stand("uitvoering")

    released.record("voorstel", "oost", "bezwaar", "2021-01-25")

    assert ("klaar", "in-question") == released.stand("uitvoering")
    assert [] == released.problems


def test_a_milestone_in_question_can_be_settled_by_its_own_next_move(released: Traject) -> None:
    """The objection that puts it in question opens the discussion of it."""
    released.record("voorstel", "oost", "bezwaar", "2021-01-25")

    released.advance("voorstel", "2021-02-15", "bespreken")

    assert ("besproken", "decided") == released.stand("voorstel")
    assert [Basis.IN_QUESTION] == [move.basis for move in released.state.unproved().values()]


def test_what_came_after_the_move_questions_nothing(released: Traject) -> None:
    """An objection made after the release is a fact, and the release was right on its day."""
    released.record("voorstel", "oost", "bezwaar", "2021-02-02")

    assert ("vrij", "decided") == released.stand("voorstel")
    assert [] == released.problems


def test_a_gate_that_latches_stays_passed(database: Database, world: World) -> None:
    """Lost in the same way, a gate that latches counts as passed, and is shown as latched."""
    traject = objections(database, world, latch=True)
    traject.advance("voorstel", "2021-02-01", "vrijgeven")

    traject.record("voorstel", "oost", "bezwaar", "2021-01-25")

    assert ("vrij", "latched") == traject.stand("voorstel")
    assert {} == traject.state.unproved()
    traject.advance("uitvoering", "2021-02-08")
    assert ("klaar", "decided") == traject.stand("uitvoering")
    assert [] == traject.problems


def test_latching_lets_nothing_through_that_was_closed(database: Database, world: World) -> None:
    """A latch keeps a gate passed; it does not open one."""
    traject = objections(database, world, latch=True)
    traject.record("voorstel", "oost", "bezwaar", "2021-01-25")

    with refused(traject, GateClosed):
        traject.advance("voorstel", "2021-02-01")
    with refused(traject, GateClosed):
        traject.advance("voorstel", "2021-02-01", "vrijgeven")
    traject.attest("voorstel", "2021-02-01", "vrijgeven")

    assert ("vrij", "attested") == traject.stand("voorstel")


def test_a_latched_gate_that_was_attested_is_not_satisfied(
    database: Database, world: World
) -> None:
    """Attested is never counted as satisfied, latch or no latch."""
    traject = objections(database, world, latch=True)
    traject.record("voorstel", "oost", "bezwaar", "2021-01-25")
    traject.attest("voorstel", "2021-02-01", "vrijgeven")

    with refused(traject, GateClosed):
        traject.advance("uitvoering", "2021-02-08")


def test_nothing_moves_by_itself(released: Traject) -> None:
    """Lost or not: the state is what was recorded, until somebody moves it."""
    released.record("voorstel", "oost", "bezwaar", "2021-01-25")
    released.record("voorstel", "west", "bezwaar", "2021-01-26")

    assert "vrij" == released.milestone("voorstel").state
    with refused(released, NoTransition):
        released.advance("voorstel", "2021-02-15", "vrijgeven")
