"""What a new date does to the rest: which dues move along, what arises, what no longer fits.

Dues of different milestones fit together where the one that has to come first is due first. What
has to come first follows from the order of the states of a milestone, and from the gates that
look at another one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from definitions.checking import gates_in
from definitions.model import Definition, Due, InState, Milestone
from workflow.arising import instances_of
from workflow.consequences import DueChange, due_changes
from workflow.state import State
from workflow.terms import due_date


@dataclass(frozen=True, slots=True)
class Clash:
    """Two dues in the wrong order: what has to come first is due later."""

    first: str
    first_date: str
    then: str
    then_date: str


@dataclass(frozen=True, slots=True)
class KnockOn:
    """What the new date of a due does to the rest.

    Attributes:
        dues: other dues that move along.
        arisen: tasks that arise from the replanning.
        clashes: dues that did fit together and do not any more.
        still: those that did not fit together before either.
        past_goal: whether it lies after the goal.
    """

    dues: tuple[DueChange, ...]
    arisen: tuple[str, ...]
    clashes: tuple[Clash, ...]
    still: tuple[Clash, ...]
    past_goal: bool

    @property
    def any(self) -> bool:
        """Whether it does anything."""
        return bool(self.dues or self.arisen or self.clashes or self.still or self.past_goal)


def knock_on(definition: Definition, before: State, after: State, today: date) -> KnockOn:
    """Return what a replanning does to everything else.

    Args:
        before: the state before it.
        after: the state after it.
        today: the day that counts as the present.
    """
    moved = {due for due, _ in after.dues.keys() - before.dues.keys()}
    before_it = {(each.first, each.then) for each in clashes_in(definition, before)}
    now = list(clashes_in(definition, after))
    return KnockOn(
        dues=tuple(e for e in due_changes(definition, before, after) if e.due not in moved),
        arisen=tuple(_arisen(definition, before, after, today)),
        clashes=tuple(each for each in now if (each.first, each.then) not in before_it),
        still=tuple(each for each in now if (each.first, each.then) in before_it),
        past_goal=any(_past_goal(definition, after, due) for due in moved),
    )


def _arisen(definition: Definition, before: State, after: State, today: date) -> Iterator[str]:
    for task in definition.tasks.values():
        if task.arises is None or task.arises.kind != "replanned":
            continue
        there = {each.name for each in instances_of(definition, before, task, today) if each.open}
        for each in instances_of(definition, after, task, today):
            if each.open and each.name not in there:
                yield each.name


def _past_goal(definition: Definition, after: State, ref: str) -> bool:
    goal = definition.goal.date.day if definition.goal else None
    now = due_date(definition, after, definition.dues[ref]).deadline
    return goal is not None and now is not None and now > goal


# --- what has to come first --------------------------------------------------------------------


Node = tuple[str, int]
"""A milestone, and the number of one of its states."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A due that is not over, its date, and between which states it lies."""

    due: Due
    written: str
    day: date
    opens: Node
    closes: Node


def clashes_in(definition: Definition, state: State) -> Iterator[Clash]:
    """Yield each pair of dues that is in the wrong order."""
    dated = list(_dated(definition, state))
    ways = _ways(definition)
    ends = {end for each in dated for end in (each.opens, each.closes)}
    after = {end: _reachable(ways, end) for end in ends}
    for one in dated:
        for other in dated:
            follows = other.opens in after[one.closes] and one.closes not in after[other.opens]
            follows = follows or (one.closes == other.opens and one is not other)
            if follows and one.day > other.day:
                yield Clash(one.due.ref, one.written, other.due.ref, other.written)


def _dated(definition: Definition, state: State) -> Iterator[_Dated]:
    for milestone in definition.milestones.values():
        now = state.milestones[milestone.id].state
        if now in milestone.final:
            continue
        for due, opens, closes in _places(milestone):
            date = due_date(definition, state, due)
            if date.deadline is not None and milestone.states.index(now) < closes:
                ends = (milestone.id, opens), (milestone.id, closes)
                yield _Dated(due, date.written, date.deadline, *ends)


def _places(milestone: Milestone) -> Iterator[tuple[Due, int, int]]:
    """Yield the dues of a milestone with the numbers of the states between which they lie."""
    for name, due in milestone.dues.items():
        index = milestone.states.index(name)
        yield due, index, index
    for request in milestone.requests.values():
        if request.due is not None:
            index = milestone.states.index(request.admitted_in[0])
            yield request.due, index, index + 1


def _ways(definition: Definition) -> Mapping[Node, set[Node]]:
    """Return which states come right after which, by their order and by the gates."""
    ways: dict[Node, set[Node]] = {}
    for milestone in definition.milestones.values():
        for index in range(1, len(milestone.states)):
            ways.setdefault((milestone.id, index - 1), set()).add((milestone.id, index))
        for arm in milestone.arms:
            target = (milestone.id, milestone.states.index(arm.target))
            for gate in gates_in(arm.gate):
                if isinstance(gate, InState):
                    states = definition.milestones[gate.milestone].states
                    first = min(states.index(state) for state in gate.states)
                    ways.setdefault((gate.milestone, first), set()).add(target)
    return ways


def _reachable(ways: Mapping[Node, set[Node]], start: Node) -> set[Node]:
    """Return the states that come after one, directly or not."""
    found: set[Node] = set()
    ahead = [start]
    while ahead:
        for node in ways.get(ahead.pop(), ()):
            if node not in found:
                found.add(node)
                ahead.append(node)
    return found
