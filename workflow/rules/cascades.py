"""What entering a state sets off, as its definition says: commands that follow from a move."""

from collections.abc import Iterator

from definitions.calendar.dates import PartialDate
from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.commands import Advance, Join, Leave
from workflow.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SetOff:
    """Something that entering a state sets off.

    Attributes:
        what: the milestone that is stopped, or the party.
        kind: ``stops``, ``leaves`` or ``joins``.
        state: the state in which the milestone is given up; empty of a party.
    """

    kind: str
    what: str
    state: str = ""


def set_off_by(definition: Definition, milestone: str, state: str) -> Iterator[SetOff]:
    """Yield all that entering a state sets off, whether or not it is still needed."""
    entering = definition.milestones[milestone].entering.get(state)
    if entering is None:
        return
    for stopped, target in entering.stops:
        yield SetOff("stops", stopped, target)
    for party in entering.leaves:
        yield SetOff("leaves", party)
    for party in entering.joins:
        yield SetOff("joins", party)


def still_set_off(now: Snapshot, milestone: str, state: str) -> Iterator[SetOff]:
    """Yield what entering a state sets off in a process as it stands.

    A milestone that has ended is left alone, and so is a party that left, or joined, already.
    """
    for each in set_off_by(now.definition, milestone, state):
        if is_needed(now, each):
            yield each


def is_needed(now: Snapshot, each: SetOff) -> bool:
    """Return whether something that is set off would change anything."""
    match each.kind:
        case "stops":
            stopped = now.definition.milestones[each.what]
            return now.state.milestones[each.what].state not in stopped.final
        case "leaves":
            return each.what in now.definition.parties and each.what not in now.state.departures
        case _:
            gone = each.what in now.state.departures
            return each.what not in now.definition.parties and not gone


def command_for(
    each: SetOff, now: Snapshot, on: PartialDate, why: str, reference: str | None
) -> Advance | Leave | Join:
    """Return the command that does what is set off.

    Args:
        each: what.
        now: the process as it stands.
        on: the day of the move that sets it off.
        why: that move, as the reason.
        reference: where that move can be found.
    """
    match each.kind:
        case "stops":
            return Advance(
                each.what, on, trigger=_way_out(each, now), to=each.state, reference=reference
            )
        case "leaves":
            return Leave(each.what, why, on, reference=reference)
        case _:
            return Join(each.what, why, on, reference=reference)


def _way_out(each: SetOff, now: Snapshot) -> str:
    """Return the transition by which a milestone is given up from where it is."""
    milestone = now.definition.milestones[each.what]
    state = now.state.milestones[each.what].state
    arms = milestone.arms_from(state)
    return next(
        arm.trigger
        for arm in arms
        if arm.target == each.state and arm.explicit and arm.gate is None
    )
