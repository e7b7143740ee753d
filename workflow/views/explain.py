"""Why a milestone can, or cannot, make a transition."""

from collections.abc import Iterator
from datetime import date

from definitions.language.actions import Action
from definitions.language.text import Text
from definitions.language.values import dataclass
from definitions.model import Arm, Decisions, Gate, Milestone, title_in
from workflow.model.state import Basis, People, State
from workflow.rules.cascades import SetOff, still_set_off
from workflow.rules.gates import Finding, closed_in, evaluate
from workflow.rules.later_entries import LaterEntry, distinct, later_than
from workflow.rules.remedies import owners, settling, steps
from workflow.rules.snapshot import Snapshot
from workflow.rules.worklist import Ring, at_seat, whom_to_ring
from workflow.views.moves import EarlyView, UnprovedView, WayView, early, unproved, ways
from workflow.views.remarks import AssumedView, assumed_in
from workflow.views.seen import Seen, looks_back


@dataclass(frozen=True, slots=True)
class FirstView:
    """The prerequisites of a body that a gate waits for, and who has to meet them."""

    request: str
    body: str
    subject: str
    reason: Text
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainView:
    """Whether a transition is open, and why.

    Attributes:
        basis: the basis of the move into the present state, as in a status.
        open: whether the transition can be made now.
        leaves: whether it leaves the state the milestone is in.
        tree: the finding on its gate; None if no transition is meant.
        first: the prerequisites of the bodies that it waits for.
        others: the other transitions from the present state.
        not_proved: earlier moves of the milestone that are not proved.
        ring: the seats that record for the awaited bodies, or report the tasks and parts, with
            their holders.
        steps: the commands that bring the transition nearer.
        settling: the commands that settle a move in question; none in a view of the past.
        assumed: the assumptions in the gate, each with its node of the tree.
        ahead: the requested day is in the future, so this is a projection.
        later: the entries that it waits for and that are dated after the requested day.
        round: the present round of the milestone.
        out_of_order: whether the move into the state depends on entries recorded out of order.
        early: all moves of the milestone that depend on such entries.
        sets_off: what entering the state it leads to would set off.
    """

    process: str
    milestone: str
    title: str
    state: str
    basis: Basis | None
    as_of: date | None
    known_at: date | None
    trigger: str | None
    target: str | None
    open: bool
    leaves: bool
    tree: Finding | None
    first: tuple[FirstView, ...]
    others: tuple[WayView, ...]
    not_proved: tuple[UnprovedView, ...]
    ring: tuple[Ring, ...] = ()
    steps: tuple[Action, ...] = ()
    settling: tuple[Action, ...] = ()
    assumed: tuple[AssumedView, ...] = ()
    ahead: bool = False
    later: tuple[LaterEntry, ...] = ()
    round: int = 0
    out_of_order: bool = False
    early: tuple[EarlyView, ...] = ()
    sets_off: tuple[SetOff, ...] = ()


def explain_view(
    seen: Seen,
    milestone: Milestone,
    trigger: str | None = None,
    people: People | None = None,
    present: State | None = None,
) -> ExplainView:
    """Return why a milestone can, or cannot, make a transition.

    Args:
        trigger: which one; when None, the one that leads on from the present state.
        people: the name and address of everybody, by their opaque id.
        present: all that is on record, where it looks back on a day; None where it does not.
    """
    now = seen.state.milestones[milestone.id]
    arm = _meant(milestone, now.state, trigger)
    finding = evaluate(arm.gate, seen) if arm is not None else None
    gate = arm.gate if arm is not None else None
    leaves = arm is not None and arm.source == now.state
    back = looks_back(seen)
    return ExplainView(
        process=seen.process,
        milestone=milestone.id,
        title=title_in(milestone.title, seen.language, milestone.id),
        state=now.state,
        basis=now.basis,
        as_of=seen.as_of,
        known_at=seen.known_at,
        trigger=arm.trigger if arm else None,
        target=arm.target if arm else None,
        open=leaves and finding is not None and finding.holds,
        leaves=leaves,
        tree=finding,
        first=tuple(_first(seen, finding)) if finding is not None else (),
        others=tuple(
            way
            for way in ways(seen, milestone)
            if arm is None or (way.trigger, way.target) != (arm.trigger, arm.target)
        ),
        not_proved=tuple(unproved(seen, milestone)),
        ring=tuple(dict.fromkeys(_ring(seen, gate, people or {}))) if leaves else (),
        steps=tuple(steps(seen.process, milestone.id, gate, seen)) if leaves and not back else (),
        settling=tuple(settling(seen.process, milestone.id, seen)) if not back else (),
        assumed=tuple(assumed_in(seen, milestone, arm, finding)) if arm and finding else (),
        ahead=seen.ahead,
        later=distinct(_later(gate, seen, present)) if leaves and present is not None else (),
        round=now.round,
        out_of_order=now.out_of_order,
        early=tuple(early(seen, milestone)),
        sets_off=tuple(still_set_off(seen, milestone.id, arm.target)) if arm and leaves else (),
    )


def _later(gate: Gate | None, then: Snapshot, present: State) -> Iterator[LaterEntry]:
    """Yield the later entries that a gate, or a body that it waits for, depends on."""
    yield from later_than(gate, then, present)
    for each in closed_in(gate, then):
        if isinstance(each, Decisions):
            request = then.definition.milestones[each.milestone].requests[each.request]
            for body in evaluate(each, then).waiting_for:
                party = then.definition.party_of(body)
                yield from later_than(request.way, then, present, party)


def _ring(seen: Seen, gate: Gate | None, people: People) -> Iterator[Ring]:
    """Yield the contacts for a closed gate: those for decisions first."""
    closed = list(closed_in(gate, seen))
    for each in closed:
        if isinstance(each, Decisions):
            request = seen.definition.milestones[each.milestone].requests[each.request]
            yield from whom_to_ring(seen, request, evaluate(each, seen).waiting_for, people)
    for each in closed:
        for about, seat in owners(each, seen):
            yield from at_seat(seen, about, seat, people)


def _first(seen: Seen, finding: Finding) -> Iterator[FirstView]:
    """Yield the prerequisites of the bodies that a gate waits for, each once.

    Several gates may wait for the same bodies, each for different ones of them.
    """
    said: set[tuple[str, ...]] = set()
    for leaf in finding.leaves():
        if leaf.kind != "decisions" or leaf.holds:
            continue
        milestone, _, name = leaf.subject.partition("/")
        request = seen.definition.milestones[milestone].requests[name]
        for body in leaf.waiting_for:
            party = seen.definition.party_of(body)
            own = evaluate(request.way, seen, party)
            missing = () if own.holds else tuple(each for each in own.leaves() if not each.holds)
            for each in missing:
                key = (leaf.subject, body, each.subject, str(each.reason))
                if key not in said:
                    said.add(key)
                    yield FirstView(leaf.subject, body, each.subject, each.reason, each.waiting_for)


def _meant(milestone: Milestone, state: str, trigger: str | None) -> Arm | None:
    """Return the transition that is meant: from here rather than from elsewhere."""
    arms = [arm for arm in milestone.arms if trigger in (None, arm.trigger)]
    here = [arm for arm in arms if arm.source == state]
    onward = [arm for arm in here if not arm.explicit]
    elsewhere = arms if trigger is not None else []
    return next(iter([*onward, *here, *elsewhere]), None)
