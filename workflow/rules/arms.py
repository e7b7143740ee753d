"""Which transition a recorded move took."""

from definitions.model import Arm, Definition


def arm_of(definition: Definition, milestone: str, trigger: str, source: str, target: str) -> Arm:
    """Return the transition that a recorded move took."""
    return next(
        arm
        for arm in definition.milestones[milestone].arms
        if arm.target == target and arm.source == source and arm.trigger == trigger
    )
