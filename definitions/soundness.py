"""Faults of a state machine by itself: states nobody comes into or out of, and the like."""

from collections.abc import Iterable, Iterator, Mapping

from definitions import schema
from definitions.faults import Fault, Faults, Path
from definitions.language.text import text
from definitions.structures import Whole, WrittenTransition, placed

Key = tuple[str, ...]
"""The kind of a fault, with its state, trigger or slot."""


def check_structures(structures: Mapping[str, Whole], faults: Faults) -> None:
    """Note the faults of structures, also of those that no milestone follows.

    A fault inherited from an extended structure is noted once, for that one.

    Args:
        structures: the resolved structures; each comes after the one that it extends.
        faults: collects the faults.
    """
    sound: dict[str, dict[Key, Fault]] = {}
    for name, structure in structures.items():
        if structure.base is not None and structure.base not in sound:
            continue
        if not _names_are_known(structure, faults):
            continue
        sound[name] = dict(_faults_of(structure))
        below = sound[structure.base] if structure.base else {}
        for key, fault in sound[name].items():
            if key not in below:
                faults.add(fault.path, fault.sentence, fault.advice)


# --- names -------------------------------------------------------------------------------------


def _names_are_known(structure: Whole, faults: Faults) -> bool:
    if not structure.states:
        return False
    known = [
        faults.known(name, structure.states, path, text("state"))
        for name, path in _states_named(structure)
    ]
    known += [
        faults.known(name, structure.slots, path, text("slot"))
        for transition in structure.written()
        for name, path in _slots_in(transition.shape.gate, transition.at("gate"))
    ]
    whole = [_is_whole(transition, faults) for transition in structure.written()]
    final: Path = ("structures", structure.name, "final")
    if not structure.good:
        faults.add(final, text("No good final state: when is the milestone reached?"))
    return all(known) and all(whole) and bool(structure.good)


def _states_named(structure: Whole) -> Iterator[tuple[str, Path]]:
    final: Path = ("structures", structure.name, "final")
    yield from placed(structure.good, (*final, "good"))
    yield from placed(structure.bad, (*final, "bad"))
    for transition in structure.written():
        yield from placed(transition.shape.from_, transition.at("from"))
        yield from placed(transition.shape.to, transition.at("to"))
    for task, path in structure.tasks.values():
        yield from placed(task.in_, (*path, "in"))


def _slots_in(gate: schema.Gate | None, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the slots a gate asks for, each with where it does."""
    if gate is None:
        return
    if gate.slot is not None:
        yield gate.slot, (*path, "slot")
    for index, inner in enumerate(gate.all or ()):
        yield from _slots_in(inner, (*path, "all", index))
    for index, inner in enumerate(gate.any or ()):
        yield from _slots_in(inner, (*path, "any", index))
    for index, inner in enumerate(gate.of_gates):
        yield from _slots_in(inner, (*path, "of", index))
    yield from _slots_in(gate.not_, (*path, "not"))


def _is_whole(transition: WrittenTransition, faults: Faults) -> bool:
    if transition.shape.from_ is None or transition.shape.to is None:
        faults.add(transition.path, text("A transition needs “from” and “to”."))
        return False
    return True


# --- the graph ---------------------------------------------------------------------------------


def _faults_of(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    """Yield the faults of the graph, each with its key."""
    yield from _unreachable(structure)
    yield from _without_way_out(structure)
    yield from _left(structure)
    yield from _good_and_bad(structure)
    yield from _ambiguous(structure)
    yield from _unused_slots(structure)


def _unreachable(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    steps = [(source, target) for _, source, target, _ in structure.edges()]
    reached = _closure([next(iter(structure.states))], steps)
    for state, path in structure.states.items():
        if state not in reached:
            sentence = text("No transition ever reaches the state “{state}”.", state=state)
            yield ("unreachable", state), Fault(path, sentence)


def _without_way_out(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    back = [(target, source) for _, source, target, _ in structure.edges()]
    ending = _closure(structure.final, back)
    left = {source for _, source in back}
    for state, path in structure.states.items():
        if state in ending:
            continue
        if state in left:
            sentence = text("From the state “{state}” no final state can be reached.", state=state)
            yield ("endless", state), Fault(path, sentence)
        else:
            sentence = text("Nothing leaves the state “{state}”, and it is not final.", state=state)
            advice = text("Add a transition from it, or name it under “final”.")
            yield ("endless", state), Fault(path, sentence, advice)


def _closure(starts: Iterable[str], steps: Iterable[tuple[str, str]]) -> set[str]:
    """Return all that can be reached from the starts, with them."""
    following: dict[str, list[str]] = {}
    for source, target in steps:
        following.setdefault(source, []).append(target)
    reached: set[str] = set()
    frontier = list(starts)
    while frontier:
        state = frontier.pop()
        if state not in reached:
            reached.add(state)
            frontier += following.get(state, [])
    return reached


def _left(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    for trigger, source, _, transition in structure.edges():
        if source in structure.final:
            sentence = text(
                "“{state}” is final, and “{trigger}” leaves it.", state=source, trigger=trigger
            )
            yield ("left", source, trigger), Fault(transition.at("from"), sentence)


def _good_and_bad(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    for state in structure.good:
        if state in structure.bad:
            sentence = text("“{state}” cannot be both good and bad.", state=state)
            path: Path = ("structures", structure.name, "final", "bad")
            yield ("good and bad", state), Fault(path, sentence)


def _ambiguous(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    seen: set[tuple[str, str, str]] = set()
    ways: set[tuple[str, str, str]] = set()
    for trigger, source, target, transition in structure.edges():
        arm = (trigger, source, repr(transition.shape.gate))
        if arm not in seen and (trigger, source, target) in ways:
            sentence = text(
                "“{trigger}” leads twice from “{source}” to “{target}”: join the gates with “any”.",
                trigger=trigger,
                source=source,
                target=target,
            )
            yield ("twice", source, trigger, target), Fault(transition.path, sentence)
        ways.add((trigger, source, target))
        if arm in seen:
            sentence = text(
                "“{trigger}” from “{source}” stands here more than once with the same gate: "
                "nothing tells which one is meant.",
                trigger=trigger,
                source=source,
            )
            yield ("ambiguous", source, trigger), Fault(transition.path, sentence)
        seen.add(arm)


def _unused_slots(structure: Whole) -> Iterator[tuple[Key, Fault]]:
    used = {
        slot
        for transition in structure.written()
        for slot, _ in _slots_in(transition.shape.gate, ())
    }
    for slot in structure.slots:
        if slot not in used:
            sentence = text("No transition asks for the slot “{slot}”.", slot=slot)
            yield ("unused slot", slot), Fault(("structures", structure.name, "slots"), sentence)
