"""A proof says of a definition what a search of all its situations finds in the real engine."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.comparing import differences
from tests.support.definitions import load
from tests.support.explicit import explore
from tests.support.properties import examples
from tests.support.small_definitions import provable_at_random

MOST = 300
"""How many situations a definition has at the most, for there are many definitions."""


@examples(100)
@given(dice=st.randoms(use_true_random=True))
def test_a_proof_says_what_a_search_finds(dice: Random) -> None:
    """In parts, at once and one by one, it comes to the same."""
    assert differences(provable_at_random(dice, MOST)) == []


HEAD = """\
id: klein
version: 1
title: {en: Small}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    a: {name: a, kind: gemeente, bodies: [raad, college], weight: 2}
    b: {name: b, kind: gemeente, bodies: [raad, college], weight: 1}
    c: {name: c, kind: gemeente, bodies: [raad, college], weight: 1}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, note, member, task, record, deliverable]}
starter: [s]
deliverables: {stuk: {levels: [leeg, heel], parts: {kern: {}}}}
instruments:
  besluit: {ja: for, nee: against}
structures:
  x:
    states: [open, klaar]
    final: {good: [klaar]}
    slots: [besluit]
    transitions:
      nemen: {from: open, to: klaar, gate: {slot: besluit}}
  y:
    extends: x
    states: [open, klaar, weg]
    final: {good: [klaar], bad: [weg]}
    transitions:
      stoppen: {from: open, to: weg, explicit: true, permission: stop}
milestones:
"""
CASES = {
    "three texts, of which none is that of most": """\
  m:
    structure: x
    requests: {raden: {of: each raad, instrument: besluit, in: [open], due: none, text: stuk/kern}}
    gates:
      besluit:
        any:
          - {request: raden, rule: majority, counts: for}
          - {request: raden, rule: {at_least: 1}, counts: against}
""",
    "one on a text of its own that weighs enough": """\
  m:
    structure: y
    requests:
      raden:
        of: {each: raad, except: c}
        instrument: besluit
        in: [open]
        due: none
        text: stuk/kern
    gates: {besluit: {request: raden, rule: {weighted_share: 2/3}, counts: for}}
""",
    "what arose by an answer, once its milestone has ended": """\
  m:
    structure: x
    requests:
      raden: {of: {each: raad, except: c}, instrument: besluit, in: [open], due: none}
    tasks:
      werk:
        per: party
        owner: s
        due: none
        in: [open]
        arises: {decision: raden, outcome: nee}
        results: {af: done}
    gates: {besluit: {request: raden, rule: {at_least: 1}, counts: [for, against]}}
  n:
    structure: x
    gates: {besluit: {all: [{milestone: m, state: klaar}, {tasks: m/werk, of: arisen}]}}
""",
    "a milestone that is given up by the move it waits for": """\
  m:
    structure: x
    gates: {besluit: {part: stuk/kern, level: heel}}
    entering: {klaar: {stops: n}}
  n:
    structure: y
    gates: {besluit: {milestone: m, state: klaar}}
""",
    "an answer bound to one of a milestone that has ended": """\
  m:
    structure: x
    requests:
      raden: {of: a.raad, instrument: besluit, in: [open], due: none, text: stuk/kern}
      colleges:
        of: a.college
        instrument: besluit
        in: [open]
        due: none
        text: stuk/kern
        same_text_as: raden
    gates: {besluit: {request: raden, rule: {at_least: 1}, counts: [for, against]}}
  n:
    structure: y
    requests:
      raden:
        of: a.raad
        instrument: besluit
        in: [open]
        due: none
        after: {request: m/colleges, of: own, counts: for}
    gates: {besluit: {request: raden, rule: all, counts: for}}
""",
    "a part that goes down again": """\
  m:
    structure: x
    gates: {besluit: {not: {part: stuk/kern, level: heel}}}
""",
}


@pytest.mark.parametrize("case", CASES)
def test_a_proof_knows_of(case: str) -> None:
    """What a simpler proof does not see is seen, and what it does not know is not told."""
    assert differences(explore(load(HEAD + CASES[case]))) == []
