"""Which gates can no longer hold: found by trying what can still be decided, and told at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from definitions.model import AllOf, AtLeast, Definition, Effect, Gate, Slot
from tests.support.cli import Terminal, folded
from tests.support.definitions import load
from tests.support.engine import Traject
from tests.support.properties import examples
from workflow.model.state import DecisionState, DepartureState, TaskState
from workflow.rules.asked import asked_bodies
from workflow.rules.fold import initial
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.reachability import Opened, Reach, Shut, newly_held, newly_shut, reach_of
from workflow.rules.remedies import steps
from workflow.rules.snapshot import Snapshot
from workflow.storage.database import Database

DEFINITION = """\
id: haalbaar
version: 1
title: {en: Reach}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college], weight: 3}
    west: {name: West, kind: gemeente, bodies: [raad, college], weight: 2}
    zuid: {name: Zuid, kind: gemeente, bodies: [raad, college], weight: 2}
bodies: {regioraad: {name: Regioraad, members: {oost: 3, west: 2}}}
roles:
  secretaris: {may: [advance, stop, replan, record-on-behalf, task, note, member, party]}
starter: [secretaris]
instruments:
  besluit: {voor: for, tegen: against, geen: answered}
structures:
  ronde:
    states: [open, rond, genomen, weg]
    final: {good: [genomen], bad: [weg]}
    slots: [begin, besluit]
    transitions:
      beginnen: {from: open, to: rond, gate: {slot: begin}}
      nemen: {from: rond, to: genomen, gate: {slot: besluit}}
      weggooien: {from: [open, rond], to: weg, explicit: true, permission: stop}
milestones:
  een:
    structure: ronde
    requests:
      raden: {of: each raad, instrument: besluit, in: [rond]}
      colleges:
        of: each college
        instrument: besluit
        in: [rond]
        after: {request: raden, of: own, counts: for}
      regio: {of: regioraad, instrument: besluit, in: [rond]}
    tasks: {sessie: {per: party, owner: secretaris, in: [rond], results: {ja: done}}}
    gates: {begin: {date: 2020-01-01}, besluit: GATE}
  twee:
    structure: ronde
    gates: {begin: {milestone: een, state: genomen}, besluit: {date: 2020-01-01}}
"""
TODAY = date(2021, 2, 1)
OUTCOMES = {Effect.FOR: "voor", Effect.AGAINST: "tegen", Effect.ANSWERED: "geen"}


def a_process(gate: str) -> Definition:
    """Return a process of which one gate is chosen."""
    return load(DEFINITION.replace("GATE", gate))


def gate_of(definition: Definition) -> Gate:
    """Return that gate."""
    arms = definition.milestones["een"].arms
    gate = next(arm.gate for arm in arms if arm.trigger == "nemen")
    assert gate is not None
    return gate


def in_round(definition: Definition) -> Snapshot:
    """Return the process where all can be decided."""
    state = initial(definition, date(2021, 1, 4))
    rond = replace(state.milestones["een"], state="rond")
    state = replace(state, milestones={**state.milestones, "een": rond})
    return Snapshot(definition, state, TODAY)


def saying(now: Snapshot, request: str, said: dict[str, Effect]) -> Snapshot:
    """Return a process in which some bodies decided so."""
    given = {
        ("een", request, 1, body): DecisionState(
            OUTCOMES[effect], effect, "", TODAY, 9, None, (), 0, (), (), out_of_order=False
        )
        for body, effect in said.items()
    }
    return now.with_state(replace(now.state, decisions={**now.state.decisions, **given}))


def without(now: Snapshot, *parties: str) -> Snapshot:
    """Return a process that some parties have left."""
    left = {each: DepartureState("2021-01-20", date(2021, 1, 20), "x", 9) for each in parties}
    return now.with_state(replace(now.state, departures={**now.state.departures, **left}))


# --- any at all ----------------------------------------------------------------------------------

GATES = [
    "{request: raden, rule: all, counts: for}",
    "{request: raden, rule: majority, counts: for}",
    "{request: raden, rule: {at_least: 2}, counts: for}",
    "{request: raden, rule: {at_least: 3}, counts: for}",
    "{request: raden, rule: {at_least: 2}, counts: against}",
    "{request: raden, rule: {share: 2/3}, counts: [for, answered]}",
    "{request: raden, rule: {weighted_share: 2/3}, counts: for}",
    "{request: colleges, rule: all, counts: for}",
    "{request: colleges, rule: {at_least: 2}, counts: for}",
    "{request: colleges, rule: {weighted_share: 1/2}, counts: for}",
    "{request: raden, rule: {share: 2/3, of: cast}, counts: for}",
    "{request: raden, rule: {more_than: 1/2, of: cast}, counts: against}",
    "{request: colleges, rule: {more_than_weighted: 1/2, of: cast}, counts: for}",
    "{request: raden, outcome: geen, rule: {at_least: 1}}",
    "{request: raden, outcome: [voor, geen], rule: {at_least: 2}}",
    "{request: raden, body: oost.raad, counts: for}",
    "{request: colleges, body: west.college, counts: for}",
    "{not: {request: raden, rule: {share: 1/2, of: cast}, counts: against}}",
    "{not: {request: raden, rule: {at_least: 1}, counts: against}}",
    "{not: {request: colleges, rule: {at_least: 1}, counts: against}}",
    "{tasks: sessie}",
    "{milestone: twee, state: rond}",
    "{date: 2030-01-01}",
]
EFFECTS = [Effect.FOR, Effect.AGAINST, Effect.ANSWERED]


def a_gate(dice: Random) -> str:
    """Return a gate, or some joined."""
    one, other, third = dice.sample(GATES[:-2], k=3)
    how_many = f"{{at_least: {dice.randint(1, 3)}, of: [{one}, {other}, {third}]}}"
    joined = f"{{{dice.choice(['all', 'any'])}: [{one}, {other}]}}"
    return dice.choice([one, one, joined, how_many])


def every_end(now: Snapshot) -> Iterator[Snapshot]:
    """Yield each way in which all that is not decided yet can be decided, or left undecided."""
    definition = now.definition
    requests = definition.milestones["een"].requests
    for councils in _answers(now, "raden"):
        so_far = saying(now, "raden", councils)
        known = decisions_on(so_far.state, "een", requests["raden"])
        able = {
            definition.party_of(body) for body, each in known.items() if each.effect is Effect.FOR
        }
        for colleges in _answers(so_far, "colleges", able):
            yield saying(so_far, "colleges", colleges)


def _answers(
    now: Snapshot, request: str, able: set[str] | None = None
) -> Iterator[dict[str, Effect]]:
    definition, state = now.definition, now.state
    asked = definition.milestones["een"].requests[request]
    known = decisions_on(state, "een", asked)
    open_ = [
        body
        for body in asked_bodies(now, "een", asked)
        if body not in known and (able is None or definition.party_of(body) in able)
    ]
    for said in product([*EFFECTS, None], repeat=len(open_)):
        yield {body: each for body, each in zip(open_, said, strict=True) if each is not None}


@examples(60)
@given(seed=st.integers(0, 10**9))
def test_a_gate_can_hold_where_something_that_can_be_decided_makes_it(seed: int) -> None:
    """And cannot where nothing does. Tasks and dates can always come.

    Two gates that can each hold, and not both, are not found out: what is said is so.
    """
    dice = Random(seed)
    definition = a_process(a_gate(dice))
    gate, now = gate_of(definition), in_round(definition)
    note((gate, seed))
    left = dice.sample(list(definition.parties), k=dice.choice([0, 0, 1, 2]))
    for request in ("raden", "colleges"):
        bodies = definition.milestones["een"].requests[request].bodies
        said = {body: dice.choice(EFFECTS) for body in bodies if dice.random() < 0.5}
        if request == "colleges":
            known = decisions_on(now.state, "een", definition.milestones["een"].requests["raden"])
            said = {
                body: each
                for body, each in said.items()
                if (council := known.get(body.replace("college", "raad")))
                and council.effect is Effect.FOR
            }
        now = saying(now, request, said)
    now = without(now, *left)
    done = {("een", "sessie", each, 0): each for each in definition.parties if each not in left}
    note((sorted(now.state.decisions), left))

    can = any(
        evaluate(gate, _with_tasks(end, done).on(date(2030, 1, 1))).holds for end in every_end(now)
    )

    found = reach_of(now, gate) is Reach.OPEN
    both = isinstance(gate, Slot) and isinstance(gate.gate, AllOf | AtLeast)
    assert can == found or (both and found)


def _with_tasks(now: Snapshot, done: dict[tuple[str, str, str, int], str]) -> Snapshot:
    report = TaskState("ja", done=True, effective="", effective_on=TODAY, seq=9)
    return now.with_state(replace(now.state, tasks=dict.fromkeys(done, report)))


# --- by what was recorded ------------------------------------------------------------------------

AT_LEAST_THREE = "{request: raden, rule: {at_least: 3}, counts: for}"


def shut(before: Snapshot, after: Snapshot) -> list[tuple[str, ...]]:
    """Return what is said of the gates that can no longer hold, in short."""
    found = newly_shut(before, after)
    return [
        (each.milestone, each.target or each.request, each.reach.name, *map(str, each.why))
        for each in found
    ]


def test_who_leaves_can_be_one_too_many() -> None:
    """Three are needed and two remain: the milestone ends here, and with it what waits for it."""
    definition = a_process(AT_LEAST_THREE)
    before = in_round(definition)
    assert [
        ("een", "genomen", "NEVER", "een/raden: 3 are needed, and 2 remain"),
        ("twee", "rond", "NEVER", "een can no longer come to “genomen”"),
    ] == shut(before, without(before, "zuid"))
    assert [] == shut(without(before, "zuid"), without(before, "zuid", "west"))


def test_a_no_can_be_one_too_many() -> None:
    """All are needed: one council against, and its college cannot decide either."""
    definition = a_process("{request: raden, rule: all, counts: for}")
    before = in_round(definition)
    after = saying(before, "raden", {"oost.raad": Effect.AGAINST})
    found = newly_shut(before, after)
    assert [("een", "genomen", ""), ("een", "", "colleges"), ("twee", "rond", "")] == [
        (each.milestone, each.target, each.request) for each in found
    ]
    assert ("oost.college",) == found[1].bodies
    assert [] == newly_shut(after, after)


def test_a_round_can_be_opened_again() -> None:
    """Then it is said of this round."""
    again = "      opnieuw: {from: rond, to: open, explicit: true, opens: round}\n      weggooien"
    written = DEFINITION.replace("      weggooien", again)
    definition = load(written.replace("GATE", "{request: raden, rule: all, counts: for}"))
    before = in_round(definition)
    after = saying(before, "raden", {"oost.raad": Effect.AGAINST})
    assert {Reach.NEXT_ROUND} == {e.reach for e in newly_shut(before, after)}


def test_that_one_outcome_excludes_the_other_is_no_news() -> None:
    """What leads to the end in vain is not missed while the other way is open."""
    other = "      afwijzen: {from: rond, to: weg, gate: {slot: tegen}}\n      weggooien"
    written = DEFINITION.replace("      weggooien", other).replace(
        "slots: [begin, besluit]", "slots: [begin, besluit, tegen]"
    )
    against = "{request: raden, rule: {at_least: 1}, counts: against}"
    written = written.replace(
        "{date: 2020-01-01}, besluit: GATE}", f"OPEN, besluit: GATE, tegen: {against}}}"
    )
    written = written.replace("besluit: {date: 2020-01-01}}", "besluit: OPEN, tegen: OPEN}")
    written = written.replace("OPEN", "{date: 2020-01-01}")
    definition = load(written.replace("GATE", "{request: raden, rule: all, counts: for}"))
    before = in_round(definition)
    yes = saying(before, "raden", dict.fromkeys(_councils(definition), Effect.FOR))
    assert [] == newly_shut(before, yes)


def _councils(definition: Definition) -> tuple[str, ...]:
    return definition.milestones["een"].requests["raden"].bodies


def test_a_board_of_which_everybody_left_decides_nothing() -> None:
    """One member is enough; none is not."""
    definition = a_process("{request: regio, rule: all, counts: for}")
    before = in_round(definition)
    assert [] == shut(before, without(before, "oost"))
    ended = [each[:3] for each in shut(before, without(before, "oost", "west"))]
    assert [("een", "genomen", "NEVER"), ("twee", "rond", "NEVER")] == ended


def test_bodies_that_wait_for_each_other_are_no_circle() -> None:
    """A council that decides once another has: whoever left, it is told."""
    written = DEFINITION.replace("GATE", "{request: raden, counts: for}").replace(
        "raden: {of: each raad, instrument: besluit, in: [rond]}",
        "raden: {of: each raad, instrument: besluit, in: [rond], "
        "after: {request: raden, body: west.raad, counts: for}}",
    )
    now = without(in_round(load(written)), "west")

    gate = gate_of(now.definition)
    assert Reach.OPEN is not reach_of(now, gate)
    assert [] == steps("haalbaar", "een", gate, now)


def test_by_who_leaves_a_gate_can_come_to_hold() -> None:
    """Two of three were in favour, and the third left: all are now."""
    definition = a_process("{request: raden, rule: all, counts: for}")
    before = saying(
        in_round(definition), "raden", {"oost.raad": Effect.FOR, "west.raad": Effect.FOR}
    )
    assert [Opened("een", "genomen")] == newly_held(before, without(before, "zuid"))


@pytest.fixture
def leaving(database: Database) -> Traject:
    """Return a process in which three of three are needed."""
    traject = Traject(database, a_process(AT_LEAST_THREE), id="haalbaar")
    traject.start()
    traject.advance("een", "2021-01-10")
    return traject


def test_a_withdrawal_opens_again_what_was_shut(leaving: Traject) -> None:
    """It follows from what is on record."""
    receipt = leaving.leave("zuid", "2021-01-20")
    assert isinstance(newly_shut(receipt.before, receipt.after)[0], Shut)
    back = leaving.withdraw(leaving.last)
    assert [] == newly_shut(back.before, back.after)
    assert Reach.OPEN is reach_of(leaving.snapshot(TODAY), gate_of(leaving.definition))


def test_the_receipt_says_it_and_so_does_json(terminal: Terminal) -> None:
    """Of a departure, tried or done, and of a decision; and what opens by a departure."""
    file = terminal.file.parent / "haalbaar.yaml"
    file.write_text(DEFINITION.replace("GATE", AT_LEAST_THREE), encoding="utf-8")
    terminal.does("start", str(file))
    terminal.does("advance haalbaar een --on 2021-01-10")
    leave = "leave haalbaar zuid --reason merged --on 2021-01-20"
    said = "een cannot go to “genomen” any more: een/raden: 3 are needed, and 2 remain"
    assert [True, True] == _reachable(terminal)
    assert said in folded(terminal.does(f"{leave} --dry-run"))
    assert said in folded(terminal.does(leave))
    assert [False, True] == _reachable(terminal)
    no = "record haalbaar een oost.raad tegen --request raden --on 2021-01-21 --reference x"
    assert "oost.college cannot decide on een/colleges any more" in folded(terminal.does(no))


def _reachable(terminal: Terminal) -> list[bool]:
    ways = terminal.data("status haalbaar")["milestones"][0]["next"]
    return [each["reachable"] for each in ways]
