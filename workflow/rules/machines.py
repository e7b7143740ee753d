"""The state machines: one compiled ``transitions.Machine`` per definition and structure.

The only module that knows ``transitions``. A machine has no models and no side effects; it is
shared by every process and milestone that follows the structure, and moves a token. Whether a
gate holds is found before; the machine sees to it that nothing moves that is not drawn.
"""

from dataclasses import dataclass
from functools import partial

from transitions import EventData, Machine

from definitions.model import Arm, Definition

_machines: dict[tuple[str, str], Machine] = {}


@dataclass(slots=True)
class _Token:
    """What a machine moves: a state, and the one arm that is open."""

    state: str
    arm: Arm


def fire(definition: Definition, milestone: str, arm: Arm) -> str:
    """Take a transition and return the state it leads to.

    Args:
        definition: whose structure it is.
        milestone: which milestone moves.
        arm: a transition that was found open, from the state the milestone is in.

    Raises:
        transitions.MachineError: the structure draws no such transition. A bug: the arm came
            from the same definition.
    """
    token = _Token(arm.source, arm)
    machine = machine_for(definition, milestone)
    if not machine.events[arm.trigger].trigger(token):
        raise ValueError(arm)
    return token.state


def machine_for(definition: Definition, milestone: str) -> Machine:
    """Return the machine of a milestone's structure, compiled once per definition."""
    key = (definition.sha256, definition.milestones[milestone].structure)
    if key not in _machines:
        _machines[key] = _compile(definition, milestone)
    return _machines[key]


def _compile(definition: Definition, milestone: str) -> Machine:
    shape = definition.milestones[milestone]
    return Machine(
        model=None,
        states=list(shape.states),
        initial=shape.initial,
        transitions=[
            {
                "trigger": arm.trigger,
                "source": arm.source,
                "dest": arm.target,
                "conditions": partial(_goes_to, arm.target),
            }
            for arm in shape.arms
        ],
        auto_transitions=False,
        send_event=True,
    )


def _goes_to(target: str, event: EventData) -> bool:
    """Let through only the transition that the token was given for."""
    return isinstance(event.model, _Token) and event.model.arm.target == target
