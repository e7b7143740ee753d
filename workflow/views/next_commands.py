"""The next commands after something was recorded, as data."""

from collections.abc import Iterator
from enum import Enum

from definitions.language.actions import Action, action
from definitions.language.values import dataclass
from definitions.model import Deliverable, Milestone, PartsAt
from workflow.model.events import (
    AnswerFollowedUp,
    DecisionRecorded,
    DueMoved,
    EntryCorrected,
    Event,
    MilestoneMoved,
    PartReported,
    TaskReported,
)
from workflow.model.state import Basis
from workflow.rules.asked import asked_bodies
from workflow.rules.available_transitions import (
    AvailableTransition,
    all_open_transitions,
    transitions_from,
)
from workflow.rules.gates import closed_in, decisions_on
from workflow.views.change import Change


class Follows(Enum):
    """Why commands come next."""

    OPENED = "opened"
    """They make the transitions that became open."""
    SETTLE = "settle"
    """The commands that settle a milestone that came in question."""
    DATES = "dates"
    """They show all dates."""
    ADVANCE = "advance"
    """They move the milestone on that was recorded of."""
    WAITS = "waits"
    """The commands that show what that milestone waits for."""
    STATUS = "status"
    """They show where the process stands."""


@dataclass(frozen=True, slots=True)
class NextView:
    """The next commands.

    Attributes:
        follows: why they come next.
        milestone: their milestone; None for the whole process.
        actions: the commands.
    """

    follows: Follows
    milestone: str | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class OpenedView:
    """A transition that is open and was not before."""

    milestone: str
    trigger: str
    target: str


def next_view(change: Change) -> NextView:
    """Return the newly opened transitions; or else the commands that follow the last entry."""
    process = change.seen.process
    opened = tuple(newly_open(change))
    if opened:
        moves = ((each.milestone, each.trigger) for each in opened)
        return NextView(Follows.OPENED, None, tuple(_advance(process, *each) for each in moves))
    event = change.entries[-1].event if change.entries else None
    match event:
        case None if not change.repeated:
            return _dates(process)
        case EntryCorrected() if found := in_question(change):
            name = found[0][0]
            explain = action("explain", process=process, milestone=name)
            return NextView(Follows.SETTLE, name, (explain,))
        case DueMoved():
            return _dates(process)
        case _:
            return _of_milestone(change, _concerned(event, change))


def newly_open(change: Change) -> Iterator[OpenedView]:
    """Yield the gated transitions that are open now and were not before."""
    before = {way.key for way in all_open_transitions(change.before)}
    for way in all_open_transitions(change.seen):
        if way.arm.gate is not None and not way.arm.explicit and way.key not in before:
            yield OpenedView(way.milestone, way.arm.trigger, way.arm.target)


def in_question(change: Change) -> list[tuple[str, str, str, str]]:
    """Return the moves that are in question now and were not before."""
    before = change.before.state.unproved()
    return [
        key
        for key, move in change.seen.state.unproved().items()
        if move.basis is Basis.IN_QUESTION
        and (key not in before or before[key].basis is not move.basis)
    ]


def _dates(process: str) -> NextView:
    return NextView(Follows.DATES, None, (action("due", process=process),))


def _advance(process: str, milestone: str, trigger: str) -> Action:
    return action("advance", process=process, milestone=milestone, trigger=trigger)


def _concerned(event: Event | None, change: Change) -> Milestone | None:
    """Return the milestone that what was recorded is about, or that waits for it."""
    milestones = change.seen.definition.milestones
    match event:
        case MilestoneMoved() | DecisionRecorded() | AnswerFollowedUp() | TaskReported():
            return milestones.get(event.milestone)
        case PartReported():
            deliverable = change.seen.definition.deliverables[event.deliverable]
            return next((m for m in milestones.values() if _waits(m, deliverable, change)), None)
        case _:
            return None


def _waits(milestone: Milestone, of: Deliverable, change: Change) -> bool:
    """Return whether a milestone cannot move on because of the parts of a deliverable."""
    return any(
        isinstance(gate, PartsAt) and gate.deliverable == of.id
        for way in _ways_on(milestone, change)
        for gate in closed_in(way.arm.gate, change.seen)
    )


def _of_milestone(change: Change, milestone: Milestone | None) -> NextView:
    """Return the one way on from where a milestone is, or what it waits for."""
    process = change.seen.process
    ways = [] if milestone is None else _ways_on(milestone, change)
    if milestone is not None and _awaits(milestone, change):
        # Do not suggest a transition without a gate while a body still has to answer.
        ways = [way for way in ways if way.arm.gate is not None]
    if milestone is None or not ways:
        return NextView(Follows.STATUS, None, (action("status", process=process),))
    open_ = [way.arm.trigger for way in ways if way.is_open]
    if open_:
        moves = tuple(_advance(process, milestone.id, each) for each in open_)
        return NextView(Follows.ADVANCE, milestone.id, moves)
    explain = action("explain", process=process, milestone=milestone.id)
    return NextView(Follows.WAITS, milestone.id, (explain,))


def _ways_on(milestone: Milestone, change: Change) -> list[AvailableTransition]:
    """Return the transitions from where a milestone is that need not be named."""
    return [way for way in transitions_from(milestone, change.seen) if not way.arm.explicit]


def _awaits(milestone: Milestone, change: Change) -> bool:
    """Return whether a decision is still asked of somebody where a milestone is."""
    state = change.seen.state
    for request in milestone.requests.values():
        if state.milestones[milestone.id].state in request.admitted_in:
            known = decisions_on(state, milestone.id, request)
            bodies = asked_bodies(change.seen, milestone.id, request)
            if not all(body in known and known[body].closes for body in bodies):
                return True
    return False
