"""What was recorded out of order counts, and is shown as what it is; and who left can still owe."""

from datetime import date

import pytest

from definitions.language.errors import InvalidValue
from definitions.loading import load_definition
from definitions.model import ALL, Decisions, Definition, Effect, RegionalBody
from screens.page import Page
from screens.status import status_screen
from tests.support.definitions import no_parties
from tests.support.engine import Traject, World, refused
from workflow.decide.leave import PartyHasLeft
from workflow.model.state import Basis, State
from workflow.rules.boards import board_on
from workflow.rules.gates import evaluate
from workflow.rules.refusals import DateRefused, NobodySits
from workflow.rules.snapshot import snapshot_of
from workflow.storage.database import Database
from workflow.views.seen import Seen
from workflow.views.status import status_view

DAY = date(2026, 3, 2)
WRITTEN = """\
id: regeling
version: 1
title: {nl: Regeling, en: Arrangement}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    a: {name: A, kind: gemeente, bodies: [raad, college]}
    b: {name: B, kind: gemeente, bodies: [raad, college]}
    c: {name: C, kind: gemeente, bodies: [raad, college]}
bodies: {ab: {name: AB, members: {a: 6, b: 5, c: 2}, quorum: 7}}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, amend, note, member, party, task, record]}
starter: [s]
instruments:
  besluit: {ja: for, nee: against}
structures:
  x:
    states: [open, genomen]
    final: {good: [genomen]}
    slots: [besluit]
    tasks:
      vragen: {owner: s, in: genomen, results: {gesloten: done}}
    transitions:
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
  y:
    states: [open, af]
    final: {good: [af]}
    slots: [klaar]
    transitions: {sluiten: {from: open, to: af, gate: {slot: klaar}}}
milestones:
  m:
    structure: x
    requests:
      raden: {of: each raad, instrument: besluit, in: [open], due: none}
      colleges:
        of: each college
        instrument: besluit
        in: [open]
        due: none
        after: {request: raden, of: own, counts: for}
    tasks:
      afrekening:
        per: party
        owner: s
        arises: {decision: raden}
        results: {betaald: done}
    gates: {besluit: {request: colleges, rule: all, counts: for}}
  n:
    structure: y
    requests: {bestuur: {of: ab, instrument: besluit, in: [open], due: none}}
    gates: {klaar: {milestone: m, state: genomen}}
"""


def of(written: str = WRITTEN) -> Definition:
    """Return the definition of this page."""
    return load_definition(written.encode(), "regeling.yaml", no_parties)


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Return a process that has begun."""
    world.it_is("2026-12-01")
    found = Traject(database, of(), world, "regeling", "s")
    found.start()
    return found


def early(traject: Traject) -> None:
    """Record every college's decision before that of its own council."""
    for party in "abc":
        traject.record(
            "m",
            f"{party}.college",
            "ja",
            "2026-02-03",
            request="colleges",
            out_of_order="the list of decisions says so",
        )


def test_a_move_says_that_it_rests_on_decisions_out_of_order(traject: Traject) -> None:
    """It is decided, for a decision is a fact; but not as if every council had been first."""
    early(traject)
    traject.advance("m", "2026-02-10")

    at = traject.milestone("m")
    assert ("genomen", Basis.DECIDED, True) == (at.state, at.basis, at.out_of_order)
    assert [True] == [move.out_of_order for move in traject.state.moves.values()]
    assert [] == traject.problems


def test_what_rests_on_such_a_milestone_says_so_too(traject: Traject) -> None:
    """The gate that looks at it holds, and its reason says on what."""
    early(traject)
    traject.advance("m", "2026-02-10")

    (arm,) = traject.definition.milestones["n"].arms
    found = evaluate(arm.gate, traject.snapshot(date(2026, 2, 11)))
    said = str(next(found.leaves()).reason)

    assert found.holds
    assert "which rests on entries recorded out of order" in said


def test_a_gate_that_holds_without_them_does_not_rest_on_them(traject: Traject) -> None:
    """What is out of order for something else takes nothing from a move."""
    for party in "abc":
        traject.record("m", f"{party}.raad", "ja", "2026-02-03", request="raden")
        traject.record("m", f"{party}.college", "ja", "2026-02-04", request="colleges")
    traject.record("n", "ab", "ja", "2026-02-05", out_of_order="the minutes")
    traject.advance("m", "2026-02-10")

    assert not traject.milestone("m").out_of_order


def test_what_is_proved_the_same_day_by_what_is_in_order_is_in_order(traject: Traject) -> None:
    """A correction of how it was recorded is one of what the move rests on."""
    early(traject)
    traject.advance("m", "2026-02-10")
    for seq in [entry.seq for entry in traject.journal if entry.seq in (3, 4, 5)]:
        traject.withdraw(seq)

    assert ("genomen", Basis.IN_QUESTION) == traject.stand("m")
    assert not traject.milestone("m").out_of_order
    assert [] == traject.problems


def test_what_it_rests_on_is_named_when_another_round_is_open(
    database: Database, world: World
) -> None:
    """The decisions of the round that is over are looked up for it."""
    again = WRITTEN.replace("states: [open, genomen]", "states: [open, genomen, klaar]").replace(
        """    final: {good: [genomen]}
""",
        """    final: {good: [klaar]}
""",
    )
    again = again.replace(
        "      nemen: {from: open, to: genomen, gate: {slot: besluit}}\n",
        "      nemen: {from: open, to: genomen, gate: {slot: besluit}}\n"
        "      anders: {from: genomen, to: open, opens: round, explicit: true}\n"
        "      af: {from: genomen, to: klaar, explicit: true}\n",
    )
    world.it_is("2026-12-01")
    traject = Traject(database, of(again), world, "regeling", "s")
    traject.start()
    early(traject)
    traject.advance("m", "2026-02-10")
    traject.advance("m", "2026-02-17", "anders")
    assert 2 == traject.milestone("m").round

    seen = Seen(traject.definition, traject.state, date(2026, 12, 1), "regeling")
    (move,) = status_view(seen).milestones[0].early

    assert ("a.college", "b.college", "c.college") == move.rests_on
    assert "college of a, b, c" in status_screen(status_view(seen), Page())


# --- who left ----------------------------------------------------------------------------------


def test_a_board_has_the_votes_of_those_who_are_its_members_that_day(traject: Traject) -> None:
    """13 votes with a quorum of 7; without the 6 of who left 7 votes, of which 4 are a majority."""
    board = traject.definition.regional["ab"]
    traject.leave("a", "2026-03-01")

    def on(state: State) -> RegionalBody | None:
        return board_on(snapshot_of(traject.definition, state, date(2026, 3, 1)), "ab")

    now = on(traject.state)

    assert now is not None
    assert ({"b": 5, "c": 2}, 7, 4) == (now.members, now.votes, now.quorum)
    assert board == on(traject.as_of("2026-02-28"))
    with refused(traject, InvalidValue) as caught:
        traject.record("n", "ab", "ja", "2026-03-02", votes="8-5")
    assert "“ab” has 7" in str(caught.error)
    traject.record("n", "ab", "ja", "2026-03-02", votes="4-0")
    assert [] == traject.problems


def test_a_board_keeps_its_majority_without_who_left(database: Database, world: World) -> None:
    """Of the 7 votes that remain five are two thirds; what was recorded before it left stays."""
    of_two_thirds = WRITTEN.replace("quorum: 7}", "quorum: 7, majority: 2/3}")
    world.it_is("2026-12-01")
    traject = Traject(database, of(of_two_thirds), world, "regeling", "s")
    traject.start()
    traject.leave("a", "2026-03-01")

    with refused(traject, InvalidValue) as caught:
        traject.record("n", "ab", "ja", "2026-03-02", votes="4-3")
    assert "“ab” adopts with 2/3 of the votes cast: of 7, that is 5." in str(caught.error)
    traject.record("n", "ab", "nee", "2026-03-02", votes="4-3")
    gate = Decisions("n", "bestuur", ALL, frozenset({Effect.FOR}))
    reason = str(evaluate(gate, traject.snapshot(DAY)).reason)
    assert reason.endswith("; against: ab; ab adopts with 2/3 of the votes cast")
    traject.correct(traject.last, outcome="ja", votes="5-2")
    assert [] == traject.problems


def test_a_board_that_everybody_left_decides_nothing(database: Database, world: World) -> None:
    """Not even without votes: it has no members. The day before it had."""
    two = WRITTEN.replace("members: {a: 6, b: 5, c: 2}, quorum: 7", "members: {a: 6, b: 5}")
    world.it_is("2026-12-01")
    traject = Traject(database, of(two), world, "regeling", "s")
    traject.start()
    traject.leave("a", "2026-03-01")
    traject.leave("b", "2026-03-02")

    with refused(traject, NobodySits) as caught:
        traject.record("n", "ab", "ja", "2026-03-02")

    assert "“ab” has no members since a, b left." in str(caught.error)
    traject.record("n", "ab", "ja", "2026-03-01", votes="5-0")
    assert [] == traject.problems


@pytest.mark.parametrize("votes", ["7-6", "13-0"])
def test_before_it_left_its_votes_counted(traject: Traject, votes: str) -> None:
    """A decision of the day before is one of the board of that day."""
    traject.leave("a", "2026-03-01")
    traject.record("n", "ab", "ja", "2026-02-28", votes=votes)


def test_what_had_arisen_for_who_left_can_be_reported(traject: Traject) -> None:
    """It owes that because of what it decided; nobody waits for it."""
    traject.record("m", "a.raad", "nee", "2026-02-03", request="raden")
    traject.leave("a", "2026-03-01")

    traject.task("m/afrekening", "betaald", "2026-06-01", "a")

    assert [] == traject.problems


def test_what_had_not_arisen_for_who_left_is_refused(traject: Traject) -> None:
    """Unless somebody says why it was done all the same."""
    traject.record("m", "b.raad", "ja", "2026-02-03", request="raden")
    traject.leave("a", "2026-03-01")
    with refused(traject, PartyHasLeft) as caught:
        traject.task("m/afrekening", "betaald", "2026-06-01", "a")
    assert "--out-of-order" in caught.advice

    traject.task("m/afrekening", "betaald", "2026-06-01", "a", out_of_order="the agreement")
    traject.record("m", "a.raad", "nee", "2026-06-02", request="raden", out_of_order="its list")

    assert [] == traject.problems


def test_a_departure_comes_before_what_was_owed_by_then(traject: Traject) -> None:
    """It is recorded late: what was reported after it had arisen before it."""
    traject.record("m", "a.raad", "nee", "2026-02-03", request="raden")
    traject.task("m/afrekening", "betaald", "2026-06-01", "a")
    with refused(traject, DateRefused):
        traject.leave("a", "2026-02-01")

    traject.leave("a", "2026-03-01")

    assert [] == traject.problems
