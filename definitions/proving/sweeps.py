"""Which situations can be reached, and from which something can still come about."""

from collections.abc import Iterable, Sequence

from definitions.proving.diagrams import NOWHERE, Diagrams
from definitions.proving.events import Event

Groups = Sequence[Sequence[Event]]


def grouped(events: Iterable[Event]) -> list[list[Event]]:
    """Return events by their milestone: what belongs together is settled together."""
    found: dict[str, list[Event]] = {}
    for each in events:
        found.setdefault(each.milestone, []).append(each)
    return list(found.values())


def after(diagrams: Diagrams, event: Event, those: int) -> int:
    """Return where it comes to by an event, from some situations."""
    return diagrams.put(event.values, diagrams.both(those, event.guard))


def before(diagrams: Diagrams, event: Event, those: int) -> int:
    """Return from where an event leads to some situations."""
    return diagrams.both(event.guard, diagrams.given(event.values, those))


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


def _settled(diagrams: Diagrams, events: Sequence[Event], those: int) -> int:
    while True:
        found = those
        for event in events:
            found = diagrams.either(found, after(diagrams, event, found))
        if found == those:
            return found
        those = found


def leading_to(diagrams: Diagrams, groups: Groups, those: int, within: int) -> int:
    """Return the situations, among those reached, from which some can still come about."""
    those = diagrams.both(those, within)
    inward = [sorted(events, key=_lowest_first) for events in reversed(groups)]
    changed = True
    while changed:
        changed = False
        for events in inward:
            while True:
                found = those
                for event in events:
                    more = diagrams.both(before(diagrams, event, found), within)
                    found = diagrams.either(found, more)
                if found == those:
                    break
                those, changed = found, True
    return those


def _lowest_first(event: Event) -> tuple[bool, int]:
    """Return where an event comes in a sweep back: moves, then acts from the last variable up.

    Each party is then done with before the next one is begun, and the sets between stay small.
    """
    return event.arm is None, -min(event.values, default=0)


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
