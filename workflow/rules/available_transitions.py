"""The ways on from where milestones stand: each transition that can be made, and what keeps it."""

from definitions.language.values import dataclass
from definitions.model import Arm, Milestone
from workflow.model.state import MoveKey
from workflow.rules.gates import Finding, evaluate
from workflow.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class AvailableTransition:
    """A transition that leaves the state a milestone is in.

    Attributes:
        finding: what was found of its gate.
    """

    milestone: str
    arm: Arm
    finding: Finding

    @property
    def is_open(self) -> bool:
        """Whether its gate holds, so that a seat with the permission can make it."""
        return self.finding.holds

    @property
    def key(self) -> MoveKey:
        """The key of a move along it in a state."""
        return (self.milestone, self.arm.trigger, self.arm.source, self.arm.target)

    def __str__(self) -> str:
        """Return it as people type it: the trigger, and where it leads."""
        return f"{self.arm.trigger} → {self.arm.target}"


def transitions_from(milestone: Milestone, now: Snapshot) -> tuple[AvailableTransition, ...]:
    """Return the transitions that leave the state a milestone is in, open or not."""
    arms = milestone.arms_from(now.state.milestones[milestone.id].state)
    return tuple(AvailableTransition(milestone.id, arm, evaluate(arm.gate, now)) for arm in arms)


def open_transitions(milestone: Milestone, now: Snapshot) -> tuple[AvailableTransition, ...]:
    """Return the transitions that a milestone can make now."""
    return tuple(way for way in transitions_from(milestone, now) if way.is_open)


def all_open_transitions(now: Snapshot) -> tuple[AvailableTransition, ...]:
    """Return every move that can be made now, of every milestone, in the order of the definition.

    Those are the moves that ``advance`` accepts on that day from a seat with the permission, by
    trigger and target; attested moves are not included. A move from which a term would count into a
    year with unknown working days is included, although it is refused.
    """
    milestones = now.definition.milestones.values()
    return tuple(way for milestone in milestones for way in open_transitions(milestone, now))
