"""Who can keep a gate shut by refusing, or by saying nothing, and how much the weights matter.

A gate is kept shut by a set of those asked if the others are too few, or weigh too little.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from math import comb

from definitions.language.values import dataclass
from definitions.model import Arm, Decisions, Definition, Milestone, Request, gates_in
from definitions.proving.required import required_in
from definitions.proving.verdict import Blocking

MOST = 100
"""The most parties of which sets are counted."""
EXAMPLES = 5
"""The most sets that are named."""

_SEARCHED = 100_000
"""The most steps in looking for sets to name."""


def who_can_block(definition: Definition) -> Iterator[Blocking]:
    """Yield, for each gate that has to count answers, who can keep it shut.

    Only what a gate cannot do without is looked at, and no share of the votes cast: who casts none
    blocks nothing there. A body that has to wait for another of its own party is one blocker with
    it, under the name of the party.

    Args:
        definition: with its own parties.
    """
    for milestone in definition.milestones.values():
        told: set[tuple[str, Decisions]] = set()
        for arm in milestone.arms:
            for gate in required_in(arm.gate):
                if isinstance(gate, Decisions) and (arm.trigger, gate) not in told:
                    told.add((arm.trigger, gate))
                    yield from _blocking(definition, milestone, arm, gate)


def _blocking(
    definition: Definition, milestone: Milestone, arm: Arm, gate: Decisions
) -> Iterator[Blocking]:
    rule, request = gate.rule, definition.milestones[gate.milestone].requests[gate.request]
    if rule.cast or gate.own or gate.body or not gate.compares_texts:
        return
    blockers = _blockers(definition, request, weighted=rule.weighted)
    weights = {name: weight for name, weight in blockers if weight}
    needed = rule.needed(sum(weights.values()))
    if not 0 < needed <= sum(weights.values()):
        return
    counted = minimal_sets(tuple(weights.values()), needed) if len(weights) <= MOST else {}
    smallest = smallest_size(tuple(weights.values()), needed)
    yield Blocking(
        milestone.id,
        arm.trigger,
        gate.request,
        tuple(name for name, weight in weights.items() if sum(weights.values()) - weight < needed),
        smallest,
        counted.get(smallest, 0),
        sum(counted.values()) if counted else None,
        tuple(examples(weights, needed, smallest)),
    )


def _blockers(
    definition: Definition, request: Request, *, weighted: bool
) -> Iterator[tuple[str, int]]:
    """Yield those who can block, each with the weight that is lost with them.

    Two bodies of one party are one, where one has to wait for the other.
    """
    together: dict[str, list[str]] = {}
    for body in request.bodies:
        waits = any(isinstance(each, Decisions) and each.own for each in gates_in(request.after))
        party = definition.party_of(body)
        together.setdefault(party if waits and party else body, []).append(body)
    for name, bodies in together.items():
        yield name, sum(definition.weight_of(body) if weighted else 1 for body in bodies)


# --- sets that block ---------------------------------------------------------------------------


def smallest_size(weights: Sequence[int], needed: int) -> int:
    """Return the size of the smallest set without which the rest weighs too little."""
    too_much = sum(weights) - needed
    sums = accumulate(sorted(weights, reverse=True))
    return next(size for size, weight in enumerate(sums, 1) if weight > too_much)


def minimal_sets(weights: Sequence[int], needed: int) -> dict[int, int]:
    """Return the number of sets that block and of which none can be missed, by their size.

    Those are counted with the heaviest first: the last that was added is then the lightest, and a
    set is minimal if it does not block without that one.

    Args:
        weights: of each, one or more.
        needed: the weight that has to agree.
    """
    too_much = sum(weights) - needed
    open_: dict[tuple[int, int], int] = {(0, 0): 1}
    found: dict[int, int] = {}
    for weight in sorted(weights, reverse=True):
        more: dict[tuple[int, int], int] = {}
        for (size, together), number in open_.items():
            if together + weight > too_much:
                found[size + 1] = found.get(size + 1, 0) + number
            else:
                at = (size + 1, together + weight)
                more[at] = more.get(at, 0) + number
        for at, number in more.items():
            open_[at] = open_.get(at, 0) + number
    return dict(sorted(found.items()))


def examples(weights: Mapping[str, int], needed: int, size: int) -> list[tuple[str, ...]]:
    """Return some of the smallest sets that block, those with the heaviest first."""
    too_much = sum(weights.values()) - needed
    ordered = sorted(weights, key=lambda name: -weights[name])
    sums = [0, *accumulate(weights[name] for name in ordered)]
    found: list[tuple[str, ...]] = []
    ahead: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for _ in range(_SEARCHED):
        if not ahead or len(found) == EXAMPLES:
            break
        at, together, those = ahead.pop()
        missing = size - len(those)
        if not missing:
            found.append(those)
        elif at + missing <= len(ordered) and together + sums[at + missing] - sums[at] > too_much:
            ahead.append((at + 1, together, those))
            name = ordered[at]
            ahead.append((at + 1, together + weights[name], (*those, name)))
    return found


# --- power -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Power:
    """How much one matters where weights are counted.

    Attributes:
        weight: its share of the weight.
        banzhaf: its share of all the times that somebody makes the difference.
        shapley: how often it is the one that makes the difference, when they agree one by one.
    """

    weight: Fraction
    banzhaf: Fraction
    shapley: Fraction


def power_of(weights: Mapping[str, int], needed: int) -> dict[str, Power]:
    """Return how much each matters.

    All sets are counted by size and weight, once; each one is then divided out again.

    Args:
        weights: of each, one or more.
        needed: the weight that has to agree; no more than there is.
    """
    total, count = sum(weights.values()), len(weights)
    every = _counted(tuple(weights.values()), needed)
    of_weight = {weight: _decides(every, weight, needed) for weight in set(weights.values())}
    swings = sum(sum(of_weight[weight]) for weight in weights.values())
    return {
        name: Power(
            Fraction(weight, total),
            Fraction(sum(of_weight[weight]), swings),
            sum(
                (
                    Fraction(number, count * comb(count - 1, size))
                    for size, number in enumerate(of_weight[weight])
                ),
                Fraction(0),
            ),
        )
        for name, weight in weights.items()
    }


def _counted(weights: Sequence[int], needed: int) -> list[list[int]]:
    """Return the number of sets by size, and by weight as long as that is too little."""
    every = [[0] * needed for _ in range(len(weights) + 1)]
    every[0][0] = 1
    for done, weight in enumerate(weights):
        for size in range(done, -1, -1):
            below, above = every[size], every[size + 1]
            for at in range(needed - weight):
                if below[at]:
                    above[at + weight] += below[at]
    return every


def _decides(every: list[list[int]], weight: int, needed: int) -> list[int]:
    """Return, by the size of the others, how many sets of them one weight makes enough."""
    without = [list(every[0])]
    for size in range(1, len(every) - 1):
        row, below = list(every[size]), without[-1]
        for at in range(weight, needed):
            row[at] -= below[at - weight]
        without.append(row)
    return [sum(row[max(0, needed - weight) :]) for row in without]
