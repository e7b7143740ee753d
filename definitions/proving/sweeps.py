"""Which situations can be reached, and from which something can still come about."""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import count

from definitions.language.values import dataclass
from definitions.proving.diagrams import NOWHERE, Diagrams
from definitions.proving.events import Event
from definitions.proving.verdict import ActKind

REMEMBERED = 400_000
"""The most results in the caches between two passes over the events: some 50 MB."""


@dataclass(frozen=True, slots=True)
class Step:
    """Events that are possible in the same situations and set the same variables, taken together.

    Attributes:
        is_move: whether it is a transition.
        guard: the situations in which they are possible.
        variables: those that they set.
        result: how these are afterwards: one way for each event.
        values: the same, where there is one event only.
    """

    is_move: bool
    guard: int
    variables: frozenset[int]
    result: int
    values: dict[int, bool] | None


Groups = Sequence[Sequence[Step]]


def grouped(diagrams: Diagrams, events: Iterable[Event]) -> list[list[Step]]:
    """Return events by their milestone: what belongs together is settled together."""
    found: dict[str, dict[tuple[int, frozenset[int]], list[Event]]] = {}
    for each in events:
        alike = found.setdefault(each.milestone, {})
        alike.setdefault((each.guard, frozenset(each.values)), []).append(each)
    return [
        [_step(diagrams, guard, variables, those) for (guard, variables), those in alike.items()]
        for alike in found.values()
    ]


def _step(
    diagrams: Diagrams, guard: int, variables: frozenset[int], events: Sequence[Event]
) -> Step:
    result = diagrams.any([diagrams.cube(event.values) for event in events])
    values = events[0].values if len(events) == 1 else None
    return Step(events[0].arm is not None, guard, variables, result, values)


def after(diagrams: Diagrams, event: Event | Step, those: int) -> int:
    """Return where it comes to by an event, from some situations."""
    possible = diagrams.both(those, event.guard)
    if event.values is not None:
        return diagrams.put(event.values, possible)
    return diagrams.both(diagrams.exist(event.variables, possible), event.result)


def before(diagrams: Diagrams, event: Event | Step, those: int) -> int:
    """Return from where an event leads to some situations."""
    if event.values is not None:
        return diagrams.both(event.guard, diagrams.given(event.values, those))
    there = diagrams.both(those, event.result)
    return diagrams.both(event.guard, diagrams.exist(event.variables, there))


def reached_from(diagrams: Diagrams, groups: Groups, those: int) -> int:
    """Return all situations that can be reached from some, with these.

    Each group is settled before the next is looked at (saturation): most of what happens in one
    milestone is then done once.
    """
    done: list[int] = [NOWHERE] * len(groups)
    at = 0
    while at < len(groups):
        if done[at] == those:
            at += 1
            continue
        found = _settled(diagrams, groups[at], those)
        done[at] = found
        at = at + 1 if found == those else 0
        those = found
    return those


def _settled(diagrams: Diagrams, steps: Sequence[Step], those: int) -> int:
    while True:
        found = those
        for step in steps:
            found = diagrams.either(found, after(diagrams, step, found))
        _make_room(diagrams)
        if found == those:
            return found
        those = found


def leading_to(diagrams: Diagrams, groups: Groups, those: int, within: int) -> int:
    """Return the situations, among those reached, from which some can still come about."""
    those = diagrams.both(those, within)
    inward = [sorted(steps, key=_lowest_first) for steps in reversed(groups)]
    changed = True
    while changed:
        changed = False
        for steps in inward:
            while True:
                found = those
                for step in steps:
                    more = diagrams.both(before(diagrams, step, found), within)
                    found = diagrams.either(found, more)
                _make_room(diagrams)
                if found == those:
                    break
                those, changed = found, True
    return those


def _make_room(diagrams: Diagrams) -> None:
    if diagrams.remembered > REMEMBERED:
        diagrams.forget()


def _lowest_first(step: Step) -> tuple[bool, int]:
    """Return where a step comes in a sweep back: moves, then acts from the last variable up.

    Each party is then done with before the next one is begun, and the sets between stay small.
    """
    return not step.is_move, -min(step.variables, default=0)


MOST_TRIED = 2_000
"""How many situations are looked at one by one for a way to one of them."""


def way_to(
    diagrams: Diagrams,
    events: Sequence[Event],
    start: dict[int, bool],
    wanted: dict[int, bool],
) -> list[Event] | None:
    """Return a way from one situation to another, by moves and by what is so there in the end.

    All that can become so as it is there is made so at once, or else a single move is made
    (Dijkstra, by the number of acts). The way is short, and nothing says that it is the shortest.

    Returns:
        None where no such way is found.
    """
    moves = [event for event in events if event.act.kind is ActKind.MOVE]
    helping = [
        event
        for event in events
        if event.act.kind is not ActKind.MOVE and event.values.items() <= wanted.items()
    ]
    number = count()
    ahead: list[tuple[int, int, dict[int, bool], list[Event]]] = [(0, next(number), start, [])]
    seen: set[tuple[bool, ...]] = set()
    while ahead and len(seen) < MOST_TRIED:
        acts, _, here, way = heappop(ahead)
        if here == wanted:
            return way
        key = tuple(here[variable] for variable in sorted(here))
        if key in seen:
            continue
        seen.add(key)
        for more in (_helped(diagrams, helping, here), *([each] for each in moves)):
            if more and diagrams.is_in(more[0].guard, here):
                then = {**here}
                for event in more:
                    then |= event.values
                heappush(ahead, (acts + len(more), next(number), then, way + more))
    return None


def _helped(diagrams: Diagrams, helping: Sequence[Event], here: dict[int, bool]) -> list[Event]:
    """Return all acts by which something becomes as it is wanted, one after the other."""
    found: list[Event] = []
    here = {**here}
    changed = True
    while changed:
        changed = False
        for event in helping:
            if not event.values.items() <= here.items() and diagrams.is_in(event.guard, here):
                here |= event.values
                found.append(event)
                changed = True
    return found


def story_to(
    diagrams: Diagrams, events: Sequence[Event], start: int, wanted: int
) -> list[Event] | None:
    """Return a shortest way from a situation to one of some: the events in their order.

    Returns:
        None where there is no such way.
    """
    rings = [start]
    seen = start
    while diagrams.both(rings[-1], wanted) == NOWHERE:
        new = diagrams.any([after(diagrams, event, rings[-1]) for event in events])
        new = diagrams.without(new, seen)
        if new == NOWHERE:
            return None
        seen = diagrams.either(seen, new)
        rings.append(new)
    return _back_through(diagrams, events, rings, diagrams.both(rings[-1], wanted))


def _back_through(
    diagrams: Diagrams, events: Sequence[Event], rings: list[int], there: int
) -> list[Event]:
    """Return the events by which the last ring is reached, one ring at a time."""
    found: list[Event] = []
    for ring in reversed(rings[:-1]):
        for event in events:
            came = diagrams.both(before(diagrams, event, there), ring)
            if came != NOWHERE:
                found.append(event)
                there = came
                break
    return found[::-1]
