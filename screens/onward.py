"""What comes next after something was recorded: one command to type."""

from collections.abc import Iterator
from datetime import date

from definitions.language.text import text
from definitions.model import Arm, Deliverable, Milestone, PartsAt
from screens.page import Page
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
from workflow.rules.gates import Situation, closed_in, decisions_on, evaluate
from workflow.unit_of_work import Receipt


def onward(receipt: Receipt, today: date, page: Page) -> Iterator[str]:
    """Yield what is open now and was not; else, what follows on the last that was recorded."""
    process = receipt.head.id
    opened = list(newly_open(receipt, today))
    if opened:
        yield page.told(text("Open now:"))
        for milestone, trigger in opened:
            yield page.command("advance", process, milestone, trigger)
        return
    event = receipt.entries[-1].event if receipt.entries else None
    match event:
        case EntryCorrected() if (name := _in_question(receipt)) is not None:
            yield page.told(
                text("What settles “{milestone}”, which is in question:", milestone=name)
            )
            yield page.command("explain", process, name)
        case DueMoved():
            yield page.told(text("See all dates:"))
            yield page.command("due", process)
        case _:
            yield from _of_milestone(receipt, _concerned(event, receipt, today), today, page)


def newly_open(receipt: Receipt, today: date) -> Iterator[tuple[str, str]]:
    """Yield the gated transitions that are open now and were not before."""
    for name, milestone in receipt.definition.milestones.items():
        state = receipt.after.milestones[name].state
        same = receipt.before.milestones[name].state == state
        for arm in milestone.arms_from(state):
            if arm.gate is None or arm.explicit:
                continue
            now = Situation(receipt.definition, receipt.after, today)
            then = Situation(receipt.definition, receipt.before, today)
            was = same and evaluate(arm.gate, then).holds
            if evaluate(arm.gate, now).holds and not was:
                yield name, arm.trigger


def _in_question(receipt: Receipt) -> str | None:
    """Return a milestone of which a move is in question now and was not before."""
    before = receipt.before.unproved()
    for key, move in receipt.after.unproved().items():
        was = before.get(key)
        if move.basis is Basis.IN_QUESTION and (was is None or was.basis is not move.basis):
            return key[0]
    return None


def _concerned(event: Event | None, receipt: Receipt, today: date) -> Milestone | None:
    """Return the milestone that what was recorded is about, or that waits for it."""
    milestones = receipt.definition.milestones
    match event:
        case MilestoneMoved() | DecisionRecorded() | AnswerFollowedUp() | TaskReported():
            return milestones.get(event.milestone)
        case PartReported():
            deliverable = receipt.definition.deliverables[event.deliverable]
            waiting = (each for each in milestones.values())
            return next((m for m in waiting if _waits(m, deliverable, receipt, today)), None)
        case _:
            return None


def _waits(milestone: Milestone, of: Deliverable, receipt: Receipt, today: date) -> bool:
    """Say whether a milestone cannot move on because of the parts of a deliverable."""
    now = Situation(receipt.definition, receipt.after, today)
    return any(
        isinstance(gate, PartsAt) and gate.deliverable == of.id
        for arm in _ways_on(milestone, receipt)
        for gate in closed_in(arm.gate, now)
    )


def _of_milestone(
    receipt: Receipt, milestone: Milestone | None, today: date, page: Page
) -> Iterator[str]:
    """Yield the one way on from where a milestone is, or what it waits for."""
    process, now = receipt.head.id, Situation(receipt.definition, receipt.after, today)
    arms = [] if milestone is None else _ways_on(milestone, receipt)
    if milestone is not None and _awaits(milestone, receipt):
        # What nothing keeps from moving is not to be moved away from who is still to answer.
        arms = [arm for arm in arms if arm.gate is not None]
    open_ = [arm.trigger for arm in arms if evaluate(arm.gate, now).holds]
    if milestone is None or not arms:
        yield page.told(text("See where it stands:"))
        yield page.command("status", process)
    elif open_:
        yield page.told(text("To advance it:"))
        yield from (page.command("advance", process, milestone.id, each) for each in open_)
    else:
        yield page.told(text("What “{milestone}” waits for:", milestone=milestone.id))
        yield page.command("explain", process, milestone.id)


def _ways_on(milestone: Milestone, receipt: Receipt) -> list[Arm]:
    """Return the transitions from where a milestone is that need not be named."""
    state = receipt.after.milestones[milestone.id].state
    return [arm for arm in milestone.arms_from(state) if not arm.explicit]


def _awaits(milestone: Milestone, receipt: Receipt) -> bool:
    """Say whether a decision is still asked of somebody where a milestone is."""
    at = receipt.after.milestones[milestone.id]
    for request in milestone.requests.values():
        if at.state in request.admitted_in:
            known = decisions_on(receipt.after, milestone.id, request)
            bodies = receipt.after.asked(receipt.definition, request.bodies)
            if not all(body in known and known[body].closes for body in bodies):
                return True
    return False
