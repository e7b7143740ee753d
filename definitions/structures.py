"""Resolving structures (*vaste structuren*) that extend others.

A structure that extends another replaces some states by several, adds slots and tasks, and
overrides transitions key by key: only the keys that it has differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from definitions import schema
from definitions.faults import Faults, Path
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class WrittenTransition:
    """A transition of a structure, and where in the file it is written.

    Attributes:
        inherited: where those of its keys are written that it takes over from below.
    """

    shape: schema.Transition
    path: Path
    inherited: Mapping[str, Path] = field(default_factory=dict)

    def at(self, key: str) -> Path:
        """Return where a key of the transition is written."""
        return (*self.inherited.get(key, self.path), key)


@dataclass(frozen=True, slots=True)
class Whole:
    """A structure with everything it has, its own and inherited.

    Attributes:
        base: the name of the structure it extends.
        states: in their order, each with the place it is written at.
        tasks: per task, with the place it is written at.
        transitions: per trigger its transitions.
    """

    name: str
    base: str | None
    states: Mapping[str, Path]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    slots: tuple[str, ...]
    tasks: Mapping[str, tuple[schema.Task, Path]]
    transitions: Mapping[str, Sequence[WrittenTransition]]

    @property
    def final(self) -> tuple[str, ...]:
        """The states that nothing leaves."""
        return self.good + self.bad

    def written(self) -> Iterator[WrittenTransition]:
        """Yield every transition, once."""
        for transitions in self.transitions.values():
            yield from transitions

    def edges(self) -> Iterator[tuple[str, str, str, WrittenTransition]]:
        """Yield every transition, for each of its sources: trigger, source, target, itself."""
        for trigger, transitions in self.transitions.items():
            for each in transitions:
                for source in names(each.shape.from_):
                    if each.shape.to is not None:
                        yield trigger, source, each.shape.to, each


def names(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of a value that may be one name or a list of them."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def placed(value: str | Sequence[str] | None, path: Path) -> list[tuple[str, Path]]:
    """Return the names of such a value, each with where it is written."""
    if value is None or isinstance(value, str):
        return [(name, path) for name in names(value)]
    return [(name, (*path, index)) for index, name in enumerate(value)]


def resolve_structures(
    structures: Mapping[str, schema.Structure], faults: Faults
) -> dict[str, Whole]:
    """Return every structure merged with the one it extends; faulty ones are left out."""
    whole: dict[str, Whole] = {}
    for name in structures:
        for each in reversed(_chain(name, structures, faults)):
            if each not in whole:
                _fill_in(each, structures[each], whole, faults)
    return whole


def _chain(name: str, structures: Mapping[str, schema.Structure], faults: Faults) -> list[str]:
    """Return a structure, what it extends, and so on; nothing where that has no end."""
    chain = [name]
    while (base := structures[chain[-1]].extends) is not None:
        path: Path = ("structures", chain[-1], "extends")
        if not faults.known(base, structures, path, text("structure")):
            return []
        if base in chain:
            circle = " → ".join([*chain[chain.index(base) :], base])
            if base == min(chain[chain.index(base) :]):
                faults.add(path, text("Structures extend each other: {circle}.", circle=circle))
            return []
        chain.append(base)
    return chain


def _fill_in(name: str, shape: schema.Structure, whole: dict[str, Whole], faults: Faults) -> None:
    if shape.extends is None:
        whole[name] = _alone(name, shape, faults)
    else:
        whole[name] = _extended(name, shape, whole[shape.extends], faults)


def _alone(name: str, shape: schema.Structure, faults: Faults) -> Whole:
    if not isinstance(shape.states, list):
        faults.add(("structures", name), text("A structure needs a list of “states”."))
    return Whole(
        name=name,
        base=None,
        states=_listed(name, shape.states) if isinstance(shape.states, list) else {},
        good=tuple(shape.final.good or ()),
        bad=tuple(shape.final.bad or ()),
        slots=tuple(shape.slots),
        tasks=_tasks(name, shape),
        transitions=_transitions(name, shape),
    )


def _extended(name: str, shape: schema.Structure, base: Whole, faults: Faults) -> Whole:
    return Whole(
        name=name,
        base=base.name,
        states=_states(name, shape, base, faults),
        good=base.good if shape.final.good is None else tuple(shape.final.good),
        bad=base.bad if shape.final.bad is None else tuple(shape.final.bad),
        slots=base.slots + tuple(slot for slot in shape.slots if slot not in base.slots),
        tasks={**base.tasks, **_tasks(name, shape)},
        transitions=_overlay(base.transitions, _transitions(name, shape)),
    )


def _listed(name: str, states: Sequence[str]) -> dict[str, Path]:
    return {state: ("structures", name, "states", index) for index, state in enumerate(states)}


def _states(name: str, shape: schema.Structure, base: Whole, faults: Faults) -> Mapping[str, Path]:
    if shape.states is None:
        return base.states
    if isinstance(shape.states, list):
        return _listed(name, shape.states)
    for state in shape.states:
        if state not in base.states:
            faults.add(
                ("structures", name, "states", state),
                text("“{base}” has no state “{state}”.", base=base.name, state=state),
                did_you_mean(state, base.states),
            )
    return dict(_replaced(name, shape.states, base, faults))


def _replaced(
    name: str, replacements: Mapping[str, list[str]], base: Whole, faults: Faults
) -> Iterator[tuple[str, Path]]:
    """Yield the states of the base, replaced ones by their replacements."""
    seen: set[str] = set()
    for state, path in base.states.items():
        there: Path = ("structures", name, "states", state)
        new = [(each, (*there, index)) for index, each in enumerate(replacements.get(state, []))]
        for each, place in new or [(state, path)]:
            if each in seen:
                faults.add(place, text("“{name}” has “{state}” twice.", name=name, state=each))
            seen.add(each)
            yield each, place


def _tasks(name: str, shape: schema.Structure) -> dict[str, tuple[schema.Task, Path]]:
    return {task: (spec, ("structures", name, "tasks", task)) for task, spec in shape.tasks.items()}


def _transitions(name: str, shape: schema.Structure) -> dict[str, Sequence[WrittenTransition]]:
    found: dict[str, Sequence[WrittenTransition]] = {}
    for trigger, value in shape.transitions.items():
        path: Path = ("structures", name, "transitions", trigger)
        if isinstance(value, list):
            found[trigger] = [
                WrittenTransition(each, (*path, index)) for index, each in enumerate(value)
            ]
        else:
            found[trigger] = [WrittenTransition(value, path)]
    return found


def _overlay(
    base: Mapping[str, Sequence[WrittenTransition]], own: Mapping[str, Sequence[WrittenTransition]]
) -> dict[str, Sequence[WrittenTransition]]:
    merged = dict(base)
    for trigger, transitions in own.items():
        below = base.get(trigger, [])
        if len(below) == len(transitions) == 1:
            merged[trigger] = [_laid_over(below[0], transitions[0])]
        else:
            merged[trigger] = transitions
    return merged


def _laid_over(below: WrittenTransition, above: WrittenTransition) -> WrittenTransition:
    written = {key: getattr(above.shape, key) for key in above.shape.model_fields_set}
    inherited = {
        key.rstrip("_"): below.at(key.rstrip("_"))[:-1]
        for key in below.shape.model_fields_set
        if key not in written
    }
    return WrittenTransition(below.shape.model_copy(update=written), above.path, inherited)
