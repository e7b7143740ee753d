"""The scope of names in a definition while it is compiled."""

from collections.abc import Callable, Collection, Mapping

from definitions import schema
from definitions.faults import Faults, Path
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.structures import Whole, resolve_structures


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a gate, and the milestone for which it is compiled.

    Attributes:
        in_structure: it is part of a structure, and compiled for each of its milestones.
        has_own: it applies to one body, which has an own party.
    """

    milestone: str
    path: Path
    in_structure: bool = False
    has_own: bool = False

    def inside(self, *steps: str | int) -> "Place":
        """Return a place inside this one."""
        return Place(self.milestone, (*self.path, *steps), self.in_structure, self.has_own)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a definition names, by name.

    Attributes:
        structures: resolved; those with faults are left out.
        bodies: per body, its party; empty for a regional one.
        tasks: per milestone its tasks, those of its structure included, with where they stand.
    """

    shape: schema.ProcessFile
    faults: Faults
    structures: Mapping[str, Whole]
    parties: tuple[str, ...]
    bodies: Mapping[str, str]
    tasks: Mapping[str, Mapping[str, tuple[schema.Task, Path]]]

    def structure_of(self, milestone: str) -> Whole | None:
        """Return the structure a milestone follows, or None where it is unknown or faulty."""
        return self.structures.get(self.shape.milestones[milestone].structure)

    def known_state(self, state: str, milestone: str, path: Path) -> None:
        """Note a fault where a milestone has no such state (as far as its states are known)."""
        structure = self.structure_of(milestone)
        if structure is not None and structure.states:
            self.faults.known(state, structure.states, path, text("state"))

    def known_here(
        self, name: str, names_of: Callable[[str], Collection[str]], place: Place, what: Text
    ) -> None:
        """Note a fault if a gate names something that its milestone does not have.

        Args:
            name: the name in the gate.
            names_of: returns the names of that kind in a milestone.
            place: the place of the name.
            what: the kind of name.
        """
        if name in names_of(place.milestone):
            return
        if place.in_structure and self._has_alike(name, names_of, place.milestone):
            self.faults.add(
                place.path,
                text(
                    "The milestone “{milestone}” has no {what} “{name}”; its structure needs it.",
                    milestone=place.milestone,
                    what=what,
                    name=name,
                ),
            )
        else:
            self.faults.known(name, names_of(place.milestone), place.path, what)

    def _has_alike(
        self, name: str, names_of: Callable[[str], Collection[str]], milestone: str
    ) -> bool:
        """Return whether another milestone that follows the same structure has such a name."""
        milestones = self.shape.milestones
        return any(
            spec.structure == milestones[milestone].structure and name in names_of(other)
            for other, spec in milestones.items()
        )


def scope_of(shape: schema.ProcessFile, faults: Faults) -> Scope:
    """Return the names in a file, with its structures resolved."""
    structures = resolve_structures(shape.structures, faults)
    parties = shape.parties.define
    return Scope(
        shape=shape,
        faults=faults,
        structures=structures,
        parties=tuple(parties),
        bodies={
            **{f"{party}.{body}": party for party, spec in parties.items() for body in spec.bodies},
            **dict.fromkeys(shape.bodies, ""),
        },
        tasks={
            name: {**_structure_tasks(structures.get(spec.structure)), **_own_tasks(name, spec)}
            for name, spec in shape.milestones.items()
        },
    )


def _structure_tasks(structure: Whole | None) -> Mapping[str, tuple[schema.Task, Path]]:
    return structure.tasks if structure else {}


def _own_tasks(milestone: str, spec: schema.Milestone) -> Mapping[str, tuple[schema.Task, Path]]:
    return {
        name: (task, ("milestones", milestone, "tasks", name)) for name, task in spec.tasks.items()
    }
