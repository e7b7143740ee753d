"""Gates on an outcome by its name, on what one body answered, and on a number of gates."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.values import replace
from definitions.model import AllOf, AnyOf, AtLeast, Decisions, Definition, Gate, InState, Not
from tests.support.definitions import example, faults_of, load
from tests.support.engine import Traject, World, refused
from workflow.model.state import DecisionState, DepartureState
from workflow.rules.fold import initial
from workflow.rules.gates import Finding, evaluate, holds
from workflow.rules.reachability import Reach, reach_of
from workflow.rules.refusals import GateClosed
from workflow.rules.snapshot import Snapshot
from workflow.storage.database import Database

WRITTEN = """\
id: begroting
version: 1
title: {nl: Begroting, en: Budget}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
    zuid: {name: Zuid, kind: provincie, bodies: [staten]}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, note, member, party]}
starter: [s]
deliverables: {nota: {levels: [leeg, vol], parts: {tekst: {}}}}
instruments:
  besluit: {vast: for, gewijzigd: for, nee: against, terug: pending}
  advies: {vast: answered, geen: answered}
structures:
  x:
    states: [open, genomen]
    final: {good: [genomen]}
    slots: [besluit]
    transitions: {nemen: {from: open, to: genomen, gate: {slot: besluit}}}
milestones:
  m:
    structure: x
    requests:
      leden:
        of: [oost.raad, west.raad, zuid.staten]
        instrument: besluit
        text: nota/tekst
        in: [open]
        due: none
    gates: {besluit: GATE}
"""
MEMBERS = ("oost.raad", "west.raad", "zuid.staten")
DAY = date(2026, 3, 2)


def process(gate: str, *changes: tuple[str, str]) -> Definition:
    """Return a process of which the gate is chosen."""
    written = WRITTEN.replace("GATE", gate)
    for old, new in changes:
        written = written.replace(old, new)
    return load(written)


def gate_of(definition: Definition) -> Gate:
    """Return that gate."""
    gate = definition.milestones["m"].arms[0].gate
    assert gate is not None
    return gate


def answered(definition: Definition, *said: str, texts: str = "...", left: str = "") -> Snapshot:
    """Return a process in which the members answered so, in their order.

    Args:
        said: an outcome for each; empty of who did not answer.
        texts: one letter for the text of each; a dot for one that is not named.
        left: the party that left.
    """
    request = definition.milestones["m"].requests["leden"]
    decisions = {}
    for body, outcome, text in zip(MEMBERS, said, texts, strict=False):
        if outcome:
            found = definition.instruments[request.instruments[body]].outcomes[outcome]
            named = None if text == "." else text * 64
            decisions["m", "leden", 1, body] = DecisionState(
                outcome, found.effect, "", DAY, 3, named, (), 0, (), (), out_of_order=False
            )
    state = replace(initial(definition, date(2026, 1, 5)), decisions=decisions)
    if left:
        gone = DepartureState("2026-03-01", date(2026, 3, 1), "x", 9)
        state = replace(state, departures={left: gone})
    return Snapshot(definition, state, DAY)


def leaf(gate: str, *said: str, **more: str) -> Finding:
    """Return what is found of a gate."""
    definition = process(gate)
    return next(evaluate(gate_of(definition), answered(definition, *said, **more)).leaves())


@pytest.mark.parametrize(
    ("gate", "said", "found", "reason"),
    [
        ("outcome: gewijzigd", ["gewijzigd"] * 3, True, "3 of 3 “gewijzigd”; 3 needed"),
        ("outcome: gewijzigd", ["gewijzigd", "vast"], False, "1 of 3 “gewijzigd”; 3 needed, out"),
        (
            "outcome: gewijzigd, rule: {at_least: 1}",
            ["gewijzigd", "vast"],
            True,
            "1 of 3 “gewijzigd”; 1 needed",
        ),
        (
            "outcome: [gewijzigd, nee], rule: majority",
            ["nee", "vast", "gewijzigd"],
            True,
            "2 of 3 “gewijzigd” or “nee”; 2 needed",
        ),
        (
            "outcome: gewijzigd, rule: {share: 1/2, of: cast}",
            ["gewijzigd", "nee", "vast"],
            False,
            "1 of 3 votes cast are “gewijzigd”; 2 needed (1/2 of the votes cast)",
        ),
        ("outcome: terug, rule: {at_least: 1}", ["vast", "terug"], True, "1 of 3 “terug”"),
        ("outcome: terug, rule: {at_least: 1}", ["vast", "nee"], False, "0 of 3 “terug”"),
    ],
)
def test_outcomes_are_counted_by_their_names(
    gate: str, said: list[str], found: bool, reason: str
) -> None:
    """Of two that are both in favour, only the one that is named; of a pending one, while it is."""
    finding = leaf(f"{{request: leden, {gate}}}", *said)

    assert found is finding.holds
    assert str(finding.reason).startswith(reason)


def test_a_body_that_answered_so_is_awaited_no_more() -> None:
    """A proposal that was sent back waits for the others to send it back too."""
    finding = leaf("{request: leden, outcome: terug}", "terug", "")

    assert ("west.raad", "zuid.staten") == finding.waiting_for
    assert finding.reachable


@pytest.mark.parametrize(
    ("said", "found", "reason", "waiting"),
    [
        (["", "nee", ""], False, "zuid.staten has not decided yet", ("zuid.staten",)),
        (["", "", "nee"], True, "zuid.staten answered “nee”", ()),
        (["nee", "", "vast"], False, "zuid.staten answered “vast”; against needed", ()),
        (["", "", "terug"], False, "zuid.staten answered “terug”; against needed", MEMBERS[2:]),
    ],
)
def test_one_body_is_looked_at_alone(
    said: list[str], found: bool, reason: str, waiting: tuple[str, ...]
) -> None:
    """What the others answered is nothing to it, and nobody else is awaited."""
    finding = leaf("{request: leden, body: zuid.staten, counts: against}", *said)

    assert (found, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


def test_one_body_that_left_is_asked_no_more() -> None:
    """The gate never holds, whatever it had answered."""
    definition = process("{request: leden, body: zuid.staten, counts: against}")
    now = answered(definition, "", "", "nee", left="zuid")

    finding = next(evaluate(gate_of(definition), now).leaves())
    assert not finding.holds
    assert "zuid.staten is asked no more" == str(finding.reason)
    assert Reach.NEVER is reach_of(now, gate_of(definition))
    others = answered(definition, "nee", left="west")
    assert Reach.OPEN is reach_of(others, gate_of(definition))


# --- another instrument for one party ----------------------------------------------------------

ADVISES = ("instrument: besluit\n", "instrument: besluit\n        instrument_for: {zuid: advies}\n")


def test_an_outcome_counts_whatever_the_instrument_that_has_it() -> None:
    """The province only advises: what it calls the same counts, though it is no vote."""
    definition = process("{request: leden, outcome: vast}", ADVISES)

    assert evaluate(gate_of(definition), answered(definition, "vast", "vast", "vast")).holds
    assert not evaluate(gate_of(definition), answered(definition, "vast", "vast", "geen")).holds


@pytest.mark.parametrize(
    ("gate", "fault"),
    [
        (
            "{request: leden, outcome: gewijzigd}",
            "This gate can never hold: it counts decisions “gewijzigd”, and the instrument of "
            "zuid.staten has no such outcome.",
        ),
        (
            "{request: leden, body: zuid.staten, outcome: gewijzigd}",
            "Nobody can answer “gewijzigd” here. There are: vast, geen.",
        ),
        (
            "{request: leden, body: zuid.staten, counts: for}",
            "This gate can never hold: it counts decisions for, and the instrument of zuid.staten "
            "has no such outcome.",
        ),
        (
            "{request: leden, outcome: vast, rule: {share: 2/3, of: cast}}",
            "Votes cast are those for and those against",
        ),
    ],
)
def test_an_outcome_that_an_instrument_lacks_is_refused(gate: str, fault: str) -> None:
    """Of everybody, or of the one that is looked at."""
    [said] = faults_of(WRITTEN.replace("GATE", gate).replace(*ADVISES))

    assert fault in said


def test_an_outcome_that_one_lacks_is_possible_where_others_are_enough() -> None:
    """Two of three."""
    process("{request: leden, outcome: gewijzigd, rule: {at_least: 2}}", ADVISES)


# --- so many gates -----------------------------------------------------------------------------

OUTCOMES = ["", "vast", "gewijzigd", "nee", "terug"]
LEAVES = [
    "{request: leden, outcome: gewijzigd, rule: {at_least: 1}}",
    "{request: leden, rule: majority, counts: for}",
    "{request: leden, body: west.raad, counts: for}",
    "{request: leden, rule: {share: 1/2, of: cast}, counts: for}",
    "{request: leden, outcome: terug, rule: {at_least: 1}}",
]
SOME = process(f"{{any: [{', '.join(LEAVES)}]}}")
ANSWERS = st.lists(st.sampled_from(OUTCOMES), min_size=3, max_size=3)


def leaves() -> tuple[Gate, ...]:
    """Return the gates of ``LEAVES``."""
    slot = gate_of(SOME)
    assert not isinstance(slot, Decisions | InState)
    inner = getattr(slot, "gate", slot)
    assert isinstance(inner, AnyOf)
    return inner.gates


CHOSEN = st.lists(st.sampled_from(range(len(LEAVES))), min_size=1, max_size=4, unique=True)


@given(ANSWERS, CHOSEN, st.booleans())
def test_all_and_any_are_the_ends_of_so_many(
    said: list[str], chosen: list[int], negated: bool
) -> None:
    """One of them is any, as many as there are is all: whether it holds, and can hold."""
    gates = tuple(leaves()[each] for each in chosen)
    now = answered(SOME, *said)
    pairs: list[tuple[Gate, Gate]] = [
        (AnyOf(gates), AtLeast(1, gates)),
        (AllOf(gates), AtLeast(len(gates), gates)),
    ]
    if negated:
        pairs = [(Not(one), Not(other)) for one, other in pairs]
    for one, other in pairs:
        assert evaluate(one, now).holds is evaluate(other, now).holds is holds(other, now)
        assert reach_of(now, one) is reach_of(now, other)
        assert evaluate(one, now).waiting_for == evaluate(other, now).waiting_for


@given(ANSWERS, CHOSEN, st.integers(1, 4))
def test_so_many_hold_when_that_many_do(said: list[str], chosen: list[int], needed: int) -> None:
    """And one more in favour closes it only through a gate that asks for something else."""
    gates = tuple(leaves()[each] for each in chosen)
    gate = AtLeast(min(needed, len(gates)), gates)
    now = answered(SOME, *said)
    holding = [each for each in gates if evaluate(each, now).holds]

    assert (len(holding) >= gate.needed) is evaluate(gate, now).holds


@given(ANSWERS, st.text("AB.", min_size=3, max_size=3), st.sampled_from(["vast", "gewijzigd"]))
def test_one_more_in_favour_never_closes_them(said: list[str], texts: str, more: str) -> None:
    """Whatever it is called, and on whichever text: a gate on “terug” is the one exception."""
    gate = AtLeast(2, leaves()[:4])
    if not holds(gate, answered(SOME, *said, texts=texts)):
        return
    for place, outcome in enumerate(said):
        if outcome in ("", "terug"):
            another = [*said[:place], more, *said[place + 1 :]]
            assert holds(gate, answered(SOME, *another, texts=texts))


def test_what_can_hold_is_what_some_end_makes_hold() -> None:
    """Of all answers there can be, from each that is not whole."""
    gates = leaves()
    for needed in (1, 2, 3):
        gate = AtLeast(needed, gates[:3])
        for said in product(["", "vast", "gewijzigd", "nee"], repeat=3):
            ends = product(*([each] if each else OUTCOMES[1:4] for each in said))
            can = any(holds(gate, answered(SOME, *end)) for end in ends)
            found = reach_of(answered(SOME, *said), gate) is Reach.OPEN
            assert can <= found, (needed, said)


def test_its_slots_and_assumptions_are_found() -> None:
    """A structure may ask for so many of its slots; what is assumed in one of them is shown."""
    changed = example(
        (
            "nemen: {from: in-route, to: genomen, gate: {slot: besluit}}",
            "nemen: {from: in-route, to: genomen, "
            "gate: {at_least: 1, of: [{slot: besluit}, {date: goal, assumed: so}]}}",
        )
    )

    assert ["ronde/nemen"] == [each.where for each in load(changed).assumptions if each.gate]


# --- in a process ------------------------------------------------------------------------------


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Return a process that a province stops, or two of the three outcomes."""
    world.it_is("2026-12-01")
    definition = process(
        "{at_least: 2, of: [{request: leden, body: zuid.staten, counts: against}, "
        "{request: leden, outcome: gewijzigd, rule: {at_least: 1}}, {date: 2026-06-01}]}"
    )
    begun = Traject(database, definition, world, "begroting", "s")
    begun.start()
    return begun


def test_a_correction_takes_it_back_and_its_undoing_restores_it(traject: Traject) -> None:
    """As of each day it is what it was."""
    traject.record("m", "zuid.staten", "nee", "2026-03-02")
    with refused(traject, GateClosed):
        traject.advance("m", "2026-03-02")
    traject.record("m", "oost.raad", "gewijzigd", "2026-03-03")
    changed = traject.last
    traject.advance("m", "2026-03-04")
    gate = gate_of(traject.definition)
    for day, found in (("2026-03-02", False), ("2026-03-03", True), ("2026-06-01", True)):
        there = Snapshot(traject.definition, traject.as_of(day), date.fromisoformat(day))
        assert found is evaluate(gate, there).holds

    traject.correct(changed, outcome="vast")
    assert ("genomen", "in-question") == traject.stand("m")
    traject.correct(changed, outcome="gewijzigd")

    assert ("genomen", "decided") == traject.stand("m")
    assert [] == traject.problems


def test_a_province_that_leaves_stops_nothing_any_more(traject: Traject) -> None:
    """Its answer counted until the day it left."""
    traject.record("m", "zuid.staten", "nee", "2026-03-02")
    traject.leave("zuid", "2026-05-01")
    gate = gate_of(traject.definition)
    for day, found in (("2026-04-30", 1), ("2026-05-01", 0)):
        there = Snapshot(traject.definition, traject.as_of(day), date.fromisoformat(day))
        joined = evaluate(gate, there).children[0]
        assert found == sum(child.holds for child in joined.children)

    with refused(traject, GateClosed):
        traject.advance("m", "2026-06-01")
    assert [] == traject.problems
