"""A process, as it stands, on a day: the one value that rules and views are asked about."""

from collections.abc import Callable, Hashable
from dataclasses import field
from datetime import date
from typing import Any, TypeVar

from definitions.in_force import in_force
from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.state import State

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A process, as it stands, on a day.

    Attributes:
        definition: the one in force on that day.
        state: where the process stands.
        day: the day that counts as the present.
        found: what was found of it so far, for nothing in it changes.
    """

    definition: Definition
    state: State
    day: date
    found: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def parts(self) -> tuple[Definition, State, date]:
        """What a value that extends this one begins with: ``Seen(*now.parts, process)``."""
        return self.definition, self.state, self.day

    def once(self, key: Hashable, find: Callable[[], Value]) -> Value:
        """Return what is found of the process, found once however often it is asked for."""
        if key not in self.found:
            self.found[key] = find()
        found: Value = self.found[key]
        return found

    def on(self, day: date) -> "Snapshot":
        """Return the same process, in the same state, on another day."""
        return Snapshot(self.definition, self.state, day)

    def with_state(self, state: State) -> "Snapshot":
        """Return the same process on the same day, in another state."""
        return snapshot_of(self.definition, state, self.day)


def snapshot_of(definition: Definition, state: State, day: date) -> Snapshot:
    """Return a process in a state, with the definition that is in force in it.

    Args:
        definition: the one the process is pinned to, or one that was in force.
        state: where the process stands.
        day: the day that counts as the present.
    """
    if definition.whole is not None:
        definition = in_force(definition, state.joined)
    return Snapshot(definition, state, day)
