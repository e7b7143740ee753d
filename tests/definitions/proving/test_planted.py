"""Faults planted in the proof are seen: each makes it say something else than the search."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from definitions.language.values import replace
from definitions.model import Arm, Decisions, Definition, Gate, Milestone, Request
from definitions.proving import events
from definitions.proving.diagrams import Diagrams
from definitions.proving.events import Event
from definitions.proving.relevant import RequestRef, request_of
from definitions.proving.situations import Situations
from tests.support.comparing import differences
from tests.support.definitions import load
from tests.support.explicit import Explored, explore

DEFINITION = """\
id: geplant
version: 1
title: {en: Planted}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    a: {name: a, kind: gemeente, bodies: [raad, college]}
    b: {name: b, kind: gemeente, bodies: [raad, college]}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, amend, note, member, task, record]}
starter: [s]
instruments:
  besluit: {ja: for, nee: against}
structures:
  x:
    states: [open, genomen, anders]
    final: {good: [genomen, anders]}
    slots: [besluit, opnieuw, ook]
    transitions:
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
      opnieuw: {from: open, to: open, gate: {slot: opnieuw}, explicit: true, opens: round}
      afwijken: {from: open, to: anders, gate: {slot: ook}, explicit: true}
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
    gates:
      besluit: {request: colleges, counts: for}
      opnieuw: {request: raden, rule: {at_least: 1}, counts: against}
      ook: {request: raden, rule: {more_than: 1/2}, counts: for}
"""
Plant = Callable[[pytest.MonkeyPatch], None]
"""Plants a fault in the proof, until the end of a test."""
Items = Sequence[Sequence[tuple[int, int]]]
"""Things that are weighed: of each the ways it can be, with the weight of each."""


@pytest.fixture(scope="module")
def explored() -> Explored:
    """Return all situations of a definition that has a round, an ``after`` and two requests."""
    return explore(load(DEFINITION))


def a_round_that_keeps_answers(patch: pytest.MonkeyPatch) -> None:
    """Let a new round begin with what was answered in the one before."""
    patch.setattr(events, "_new_round", lambda *_: {})


def a_gate_that_reads_another_request(patch: pytest.MonkeyPatch) -> None:
    """Let a gate on what the colleges said look at what the councils said."""
    made = Situations._made

    def misread(of: Situations, gate: Gate, party: str | None) -> int:
        if isinstance(gate, Decisions) and gate.request == "colleges":
            gate = replace(gate, request="raden")
        return made(of, gate, party)

    patch.setattr(Situations, "_made", misread)


def an_after_that_is_skipped(patch: pytest.MonkeyPatch) -> None:
    """Let a body decide before what has to come first."""

    def hasty(definition: Definition, ref: RequestRef) -> Request:
        return replace(request_of(definition, ref), after=None)

    patch.setattr(events, "request_of", hasty)


def a_state_left_out(patch: pytest.MonkeyPatch) -> None:
    """Let no move come into one of the states."""
    moves = events._moves

    def fewer(of: Situations, milestone: Milestone, arm: Arm) -> Iterator[Event]:
        return iter(()) if arm.target == "anders" else moves(of, milestone, arm)

    patch.setattr(events, "_moves", fewer)


def a_threshold_off_by_one(patch: pytest.MonkeyPatch) -> None:
    """Let one less be enough."""
    weigh = Diagrams.weigh

    def lenient(made: Diagrams, items: Items, enough: Callable[[int], bool]) -> int:
        return weigh(made, items, lambda total: enough(total + 1))

    patch.setattr(Diagrams, "weigh", lenient)


def test_without_a_fault_nothing_is_seen(explored: Explored) -> None:
    """The search and the proof agree on the definition in which the faults are planted."""
    assert differences(explored) == []


@pytest.mark.parametrize(
    "plant",
    [
        a_round_that_keeps_answers,
        a_gate_that_reads_another_request,
        an_after_that_is_skipped,
        a_state_left_out,
        a_threshold_off_by_one,
    ],
)
def test_a_planted_fault_is_seen(
    plant: Plant, explored: Explored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a fault in the proof, it and the search do not agree."""
    plant(monkeypatch)
    assert differences(explored)
