"""The moves of a milestone: those it can make, and those that are not proved."""

from collections.abc import Iterator
from datetime import date

from definitions.language.text import Text
from definitions.language.values import dataclass
from definitions.model import (
    Decisions,
    Gate,
    Milestone,
    TaskRef,
    TasksDone,
    TextsDiffer,
    gates_in,
)
from workflow.model.state import Basis
from workflow.rules.arms import arm_of
from workflow.rules.available_transitions import transitions_from
from workflow.rules.gates import Contrary, Finding, decisions_on, evaluate
from workflow.rules.grounds import grounds_of
from workflow.rules.later_entries import LaterEntry, later_than
from workflow.rules.reachability import Reach, reach_of
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import task_name
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class MissingView:
    """The evidence that a move lacks.

    Attributes:
        contrary: the recorded decisions against it.
        reachable: whether decisions yet to be recorded can prove it.
    """

    kind: str
    subject: str
    reason: Text
    waiting_for: tuple[str, ...]
    contrary: tuple[Contrary, ...] = ()
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class UnprovedView:
    """A move whose gate is not proved by the record.

    Attributes:
        basis: its basis.
        later: the entries that its gate waits for and that are dated after the move.
    """

    milestone: str
    trigger: str
    source: str
    target: str
    effective: str
    effective_on: date
    basis: Basis
    reference: str | None
    missing: tuple[MissingView, ...]
    later: tuple[LaterEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlyView:
    """A move whose gate depends on entries recorded out of order.

    Attributes:
        rests_on: the bodies and tasks with such a decision or report that the gate counts.
    """

    milestone: str
    source: str
    target: str
    effective: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """A transition that leaves the present state.

    Attributes:
        reachable: whether its gate holds, or can come to hold in this round.
    """

    trigger: str
    target: str
    open: bool
    explicit: bool
    reachable: bool = True


def ways(seen: Seen, milestone: Milestone) -> Iterator[WayView]:
    """Yield the transitions that leave the present state of a milestone."""
    for way in transitions_from(milestone, seen):
        arm, reach = way.arm, reach_of(seen, way.arm.gate)
        yield WayView(arm.trigger, arm.target, way.is_open, arm.explicit, reach is Reach.OPEN)


def unproved(seen: Seen, milestone: Milestone) -> Iterator[UnprovedView]:
    """Yield the moves of a milestone that are not proved, with the evidence that they lack."""
    for key, move in seen.state.unproved().items():
        if key[0] != milestone.id:
            continue
        _, trigger, source, target = key
        arm = arm_of(seen.definition, *key)
        then = grounds_of(seen, move, milestone.id)
        finding = evaluate(arm.gate, then)
        yield UnprovedView(
            milestone=milestone.id,
            trigger=trigger,
            source=source,
            target=target,
            effective=move.effective,
            effective_on=move.effective_on,
            basis=move.basis,
            reference=move.reference,
            missing=tuple(_missing(finding)),
            later=later_than(arm.gate, then, seen.state),
        )


def early(seen: Seen, milestone: Milestone) -> Iterator[EarlyView]:
    """Yield the moves of a milestone that depend on entries recorded out of order."""
    for key, move in seen.state.moves.items():
        if key[0] == milestone.id and move.out_of_order:
            arm = arm_of(seen.definition, *key)
            then = grounds_of(seen, move, milestone.id)
            found = dict.fromkeys(
                name for gate in gates_in(arm.gate) for name in _out_of_order(then, gate)
            )
            yield EarlyView(milestone.id, key[2], key[3], move.effective, tuple(found))


def _out_of_order(then: Snapshot, gate: Gate) -> Iterator[str]:
    match gate:
        case Decisions() | TextsDiffer():
            request = then.definition.milestones[gate.milestone].requests[gate.request]
            only = (gate.body,) if isinstance(gate, Decisions) and gate.body else request.bodies
            given = decisions_on(then.state, gate.milestone, request, only)
            yield from (body for body, each in given.items() if each.out_of_order)
        case TasksDone():
            for (milestone, task, subject, _), report in then.state.tasks.items():
                ref = TaskRef(milestone, task)
                if ref in gate.tasks and report.out_of_order:
                    yield task_name(ref, subject)
        case _:
            pass


def _missing(finding: Finding) -> Iterator[MissingView]:
    """Yield the innermost findings because of which one does not hold."""
    if finding.holds:
        return
    failing = [child for child in finding.children if not child.holds]
    for child in failing:
        yield from _missing(child)
    if not failing:
        subject = finding.subject or next(finding.leaves()).subject
        yield MissingView(
            finding.kind,
            subject,
            finding.reason,
            finding.waiting_for,
            finding.contrary,
            finding.reachable,
        )
