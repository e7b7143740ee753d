"""Prerequisites: everything needed before a decision or task, and who has to do it."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import (
    Arm,
    DateReached,
    Decisions,
    Gate,
    InState,
    Milestone,
    PartsAt,
    Request,
    Task,
    TasksDone,
)
from workflow.model.state import People
from workflow.rules.gates import Finding, closed_in, evaluate
from workflow.rules.remedies import owners
from workflow.rules.worklist import Ring, at_seat, in_roles, roles_with, whom_to_ring
from workflow.views.dues import DueView, due_view
from workflow.views.seen import Seen


class Kind(StrEnum):
    """The kinds of prerequisites."""

    MOVE = "move"
    """A milestone moves to another state."""
    DECISION = "decision"
    """Bodies decide."""
    TASK = "task"
    """A task is done."""
    PART = "part"
    """A part of a deliverable reaches a level."""
    OTHER = "other"
    """A date comes, or something else than all that."""


@dataclass(frozen=True, slots=True)
class PrerequisiteView:
    """A prerequisite.

    Attributes:
        what: the bodies, tasks or parts that it waits for, or the milestone that has to move.
        reason: its present status.
        who: the seats that have to act, with their holders; empty if nobody has to.
        due: its due; None if it has none.
        about: the request that the bodies decide on; otherwise empty.
    """

    kind: Kind
    what: tuple[str, ...]
    reason: Text
    who: tuple[Ring, ...]
    due: DueView | None = None
    about: str = ""


def merge_alike(of_each: Iterable[Sequence[PrerequisiteView]]) -> tuple[PrerequisiteView, ...]:
    """Return the prerequisites of several bodies, equal ones merged."""
    found: dict[tuple[Kind, str, DueView | None], PrerequisiteView] = {}
    for each in (first for those in of_each for first in those):
        key = (each.kind, str(each.reason), each.due)
        known = found.get(key)
        if known is None:
            found[key] = each
            continue
        what = tuple(dict.fromkeys((*known.what, *each.what)))
        who = tuple(dict.fromkeys((*known.who, *each.who)))
        found[key] = replace(known, what=what, who=who)
    return tuple(found.values())


def before_decision(
    seen: Seen, milestone: Milestone, request: Request, body: str, people: People
) -> Iterator[PrerequisiteView]:
    """Yield the prerequisites of a body's decision."""
    now = seen.state.milestones[milestone.id]
    if now.state not in request.admitted_in:
        yield from before_state(seen, milestone, request.admitted_in, people)
    party = seen.definition.party_of(body)
    yield from before_gate(seen, request.way, people, party)


def before_task(seen: Seen, task: Task, people: People) -> Iterator[PrerequisiteView]:
    """Yield the prerequisites of reporting a task."""
    milestone = seen.definition.milestones.get(task.ref.milestone)
    if milestone is None or not task.admitted_in:
        return
    if seen.state.milestones[milestone.id].state not in task.admitted_in:
        yield from before_state(seen, milestone, task.admitted_in, people)


def before_state(
    seen: Seen, milestone: Milestone, wanted: Sequence[str], people: People
) -> Iterator[PrerequisiteView]:
    """Yield the prerequisites of a milestone's being in one of some states."""
    path = path_to(milestone, seen.state.milestones[milestone.id].state, wanted)
    if not path:
        return
    yield from before_gate(seen, path[0].gate, people)
    due = milestone.dues.get(path[-1].target)
    roles = roles_with(seen.definition, path[0].permission)
    yield PrerequisiteView(
        Kind.MOVE,
        (milestone.id,),
        _way(path),
        tuple(in_roles(seen, milestone.id, roles, people)),
        None if due is None else due_view(seen, due, met=False),
    )


def path_to(milestone: Milestone, state: str, wanted: Sequence[str]) -> list[Arm]:
    """Return the shortest path from a state to one of some others; empty if there is none.

    It avoids transitions that must be named to be taken, such as stop and rework.
    """
    ways: deque[list[Arm]] = deque([[arm] for arm in _onward(milestone, state)])
    passed = {state}
    while ways:
        way = ways.popleft()
        at = way[-1].target
        if at in wanted:
            return way
        if at not in passed:
            passed.add(at)
            ways.extend([*way, arm] for arm in _onward(milestone, at))
    return []


def _onward(milestone: Milestone, state: str) -> Iterator[Arm]:
    return (arm for arm in milestone.arms_from(state) if not arm.explicit)


def _way(path: Sequence[Arm]) -> Text:
    values = {"source": path[0].source, "target": path[-1].target}
    if len(path) == 1:
        return text("from “{source}” to “{target}”", **values)
    between = [arm.target for arm in path[:-1]]
    return text("from “{source}” by way of “{between}” to “{target}”", **values, between=between)


def before_gate(
    seen: Seen, gate: Gate | None, people: People, party: str | None = None
) -> Iterator[PrerequisiteView]:
    """Yield what a closed gate waits for; nothing where it is open.

    Args:
        party: whose own decisions and tasks count, where a body's own is asked.
    """
    for each in closed_in(gate, seen, party):
        finding = evaluate(each, seen, party)
        yield PrerequisiteView(
            _kind(each),
            _what(each, finding),
            finding.reason,
            tuple(_who(seen, each, people, party)),
            _due(seen, each, party),
            f"{each.milestone}/{each.request}" if isinstance(each, Decisions) else "",
        )


def _what(gate: Gate, finding: Finding) -> tuple[str, ...]:
    """Return the names that a gate waits for; empty for a date, which the reason has."""
    if isinstance(gate, DateReached):
        return ()
    return finding.waiting_for or tuple(name for name in (finding.subject,) if name)


def _kind(gate: Gate) -> Kind:
    match gate:
        case Decisions():
            return Kind.DECISION
        case TasksDone():
            return Kind.TASK
        case PartsAt():
            return Kind.PART
        case InState():
            return Kind.MOVE
        case _:
            return Kind.OTHER


def _who(seen: Seen, gate: Gate, people: People, party: str | None) -> Iterator[Ring]:
    """Yield the seats that a gate waits for."""
    match gate:
        case Decisions():
            waiting = evaluate(gate, seen, party).waiting_for
            request = seen.definition.milestones[gate.milestone].requests[gate.request]
            yield from whom_to_ring(seen, request, waiting, people)
        case InState():
            milestone = seen.definition.milestones[gate.milestone]
            state = seen.state.milestones[gate.milestone].state
            for arm in path_to(milestone, state, gate.states)[:1]:
                roles = roles_with(seen.definition, arm.permission)
                yield from in_roles(seen, milestone.id, roles, people)
        case _:
            for about, seat in owners(gate, seen, party):
                yield from at_seat(seen, about, seat, people)


def _due(seen: Seen, gate: Gate, party: str | None) -> DueView | None:
    """Return the due of the thing that a gate waits for."""
    definition = seen.definition
    match gate:
        case Decisions():
            found = [definition.milestones[gate.milestone].requests[gate.request].due]
        case TasksDone():
            found = [definition.tasks[ref].due for ref in gate.tasks]
        case InState():
            dues = definition.milestones[gate.milestone].dues
            found = [dues.get(state) for state in gate.states]
        case _:
            found = []
    views = [due_view(seen, due, met=False, party=party or "") for due in found if due is not None]
    dated = [each for each in views if each.date is not None]
    return min(dated, key=lambda each: str(each.date), default=next(iter(views), None))
