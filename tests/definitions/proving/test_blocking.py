"""Who can keep a gate shut: counted quickly, and one by one."""

from fractions import Fraction
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.model import Definition
from definitions.proving.blocking import (
    examples,
    minimal_sets,
    power_of,
    smallest_size,
    who_can_block,
)
from tests.support.definitions import load

GAMES = st.lists(st.integers(1, 9), min_size=1, max_size=6).flatmap(
    lambda weights: st.tuples(st.just(weights), st.integers(1, sum(weights)))
)


@given(GAMES)
def test_sets_are_counted_as_one_by_one(game: tuple[list[int], int]) -> None:
    """Counting by size and weight finds what writing out every set does."""
    weights, needed = game
    too_much = sum(weights) - needed

    def blocks(those: tuple[int, ...]) -> bool:
        return sum(weights[each] for each in those) > too_much

    minimal = [
        those
        for size in range(1, len(weights) + 1)
        for those in combinations(range(len(weights)), size)
        if blocks(those) and not any(blocks(tuple({*those} - {each})) for each in those)
    ]
    by_size = {len(those): 0 for those in minimal}
    for those in minimal:
        by_size[len(those)] += 1
    assert minimal_sets(weights, needed) == by_size
    assert smallest_size(weights, needed) == min(by_size)
    named = {str(at): weight for at, weight in enumerate(weights)}
    found = examples(named, needed, min(by_size))
    smallest = {frozenset(map(str, each)) for each in minimal if len(each) == min(by_size)}
    assert len({*map(frozenset, found)}) == len(found) == min(5, len(smallest))
    assert {*map(frozenset, found)} <= smallest


@given(GAMES)
def test_power_is_counted_as_one_by_one(game: tuple[list[int], int]) -> None:
    """Both indices are those of every order and every set."""
    weights, needed = game
    everybody = range(len(weights))
    first = [0] * len(weights)
    swings = [0] * len(weights)
    orders = list(permutations(everybody))
    for order in orders:
        together = 0
        for each in order:
            if together < needed <= together + weights[each]:
                first[each] += 1
            together += weights[each]
    for size in everybody:
        for those in combinations(everybody, size):
            together = sum(weights[each] for each in those)
            for each in {*everybody} - {*those}:
                swings[each] += together < needed <= together + weights[each]
    found = power_of({str(at): weight for at, weight in enumerate(weights)}, needed)
    assert [found[str(each)].shapley for each in everybody] == [
        Fraction(number, len(orders)) for number in first
    ]
    assert [found[str(each)].banzhaf for each in everybody] == [
        Fraction(number, sum(swings)) for number in swings
    ]


def _weighed(rule: str, after: str = "", of: str = "[each raad]", gate: str = "") -> Definition:
    gate = gate or f"{{request: raden, rule: {rule}, counts: for}}"
    return load(
        f"""\
id: proef
version: 1
title: {{en: Example}}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {{name: Oost, kind: gemeente, weight: 5, bodies: [raad, college]}}
    west: {{name: West, kind: gemeente, weight: 3, bodies: [raad, college]}}
    zuid: {{name: Zuid, kind: gemeente, weight: 2, bodies: [raad, college]}}
roles: {{secretaris: {{may: [advance, stop, record-on-behalf]}}}}
starter: [secretaris]
instruments: {{besluit: {{voor: for, tegen: against}}}}
structures:
  ronde:
    states: [open, klaar, weg]
    final: {{good: [klaar], bad: [weg]}}
    slots: [akkoord]
    transitions:
      nemen: {{from: open, to: klaar, gate: {{slot: akkoord}}}}
      stoppen: {{from: open, to: weg, explicit: true, permission: stop}}
milestones:
  m:
    structure: ronde
    requests:
      vooraf: {{of: each raad, instrument: besluit, in: [open], due: none}}
      raden: {{of: {of}, instrument: besluit, in: [open], due: none{after}}}
    gates: {{akkoord: {gate}}}
"""
    )


@pytest.mark.parametrize(
    ("share", "alone", "smallest", "sets", "minimal"),
    [("6/10", ("oost.raad",), 1, 1, 2), ("5/10", (), 2, 2, 2), ("9/10", None, 1, 3, 3)],
)
def test_a_gate_by_weight_says_who_can_block(
    share: str, alone: tuple[str, ...] | None, smallest: int, sets: int, minimal: int
) -> None:
    """Who weighs enough blocks alone; the others do together."""
    (found,) = who_can_block(_weighed(f"{{weighted_share: {share}}}"))
    assert found.alone == (("oost.raad", "west.raad", "zuid.raad") if alone is None else alone)
    assert (found.smallest, found.sets, found.minimal) == (smallest, sets, minimal)


@pytest.mark.parametrize(("rule", "smallest", "sets"), [("all", 1, 3), ("majority", 2, 3)])
def test_a_gate_that_counts_heads_is_blocked_by_any_so_many(
    rule: str, smallest: int, sets: int
) -> None:
    """Without weights everybody counts the same."""
    (found,) = who_can_block(_weighed(rule))
    assert (found.smallest, found.sets, found.minimal) == (smallest, sets, sets)


def test_a_gate_with_another_way_is_shut_by_nobody() -> None:
    """Where a gate holds otherwise too, no refusal shuts it."""
    gate = "{any: [{date: 2026-06-01}, {request: raden, rule: all, counts: for}]}"
    assert not list(who_can_block(_weighed("all", gate=gate)))


def test_a_college_behind_its_own_council_is_one_blocker_with_it() -> None:
    """A council that is silent silences its college."""
    after = ", after: {request: vooraf, of: own, counts: for}"
    rule = "{weighted_share: 6/10}"
    (found,) = who_can_block(_weighed(rule, after, "[each college]"))
    assert found.alone == ("oost",)
    (found,) = who_can_block(_weighed(rule, after, "[each raad, each college]"))
    assert (found.alone, found.minimal) == (("oost",), 2)
