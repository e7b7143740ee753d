"""The ways on of a milestone from where it stands."""

from collections.abc import Iterable, Iterator, Mapping

from definitions.language.values import dataclass
from definitions.model import Arm, Milestone


@dataclass(frozen=True, slots=True)
class PathsAhead:
    """How a milestone goes on from where it stands.

    Attributes:
        now: the state it is in.
        into: the transitions by which each state that lies ahead is entered.
        beyond: the states that can come after each one.
    """

    now: str
    into: Mapping[str, tuple[Arm, ...]]
    beyond: Mapping[str, frozenset[str]]

    def onward(self) -> list[str]:
        """Return the states ahead to which it goes without being stopped; any where none is."""
        regular = [name for name, arms in self.into.items() if not all(a.explicit for a in arms)]
        return regular or list(self.into)

    def cut_off(self, states: Iterable[str]) -> Iterator[str]:
        """Yield the states ahead from which none of some states is reached any more."""
        wanted = set(states)
        if self.now not in wanted and not wanted & self.beyond[self.now]:
            return
        for each in self.into:
            if each not in wanted and not wanted & self.beyond[each]:
                yield each


def paths_ahead(milestone: Milestone, now: str) -> PathsAhead:
    """Return how a milestone goes on: along what need not be named, wherever that leads."""
    plain = [arm for arm in milestone.arms if not arm.explicit]
    regular = _reached(plain, now)
    named = [arm for arm in milestone.arms if arm.target not in regular]
    all_reached = _reached([*plain, *named], now)
    taken = [
        arm
        for arm in (*(arm for arm in plain if arm.target in regular), *named)
        if arm.source in all_reached or arm.source == now
    ]
    into: dict[str, list[Arm]] = {}
    for arm in taken:
        if arm.target != now:
            into.setdefault(arm.target, []).append(arm)
    beyond = {each: frozenset(_reached(taken, each)) for each in {now, *into}}
    return PathsAhead(now, {name: tuple(arms) for name, arms in into.items()}, beyond)


def _reached(arms: Iterable[Arm], start: str) -> set[str]:
    """Return the states that can come after one."""
    following: dict[str, set[str]] = {}
    for arm in arms:
        following.setdefault(arm.source, set()).add(arm.target)
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = following.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return found
