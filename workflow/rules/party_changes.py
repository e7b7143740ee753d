"""What a party that joins or leaves changes in the definition in force: faults that were not there.

A definition was checked with the parties that it begins with, and with those that may join. Who
leaves can make it impossible all the same: a number that is out of reach, a question to nobody.
That is no reason to refuse a departure, which is a fact; but whoever records it has to know.
"""

from collections.abc import Iterator

from definitions.faults import Fault, Faults, Path
from definitions.in_force import without_parties
from definitions.language.text import Text
from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.state import State
from workflow.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class NewFault:
    """A fault that the definition in force has by who joined or left.

    Attributes:
        where: what it is of: ``milestones.besluit.gates.akkoord``.
        says: what is wrong.
        milestones: those that it concerns and that have not ended; none where it is of none.
    """

    where: str
    says: Text
    milestones: tuple[str, ...]


def are_other_parties(before: State, after: State) -> bool:
    """Return whether other parties take part in one state than in another."""
    others = before.departures.keys() != after.departures.keys()
    return others or before.joined != after.joined


def new_faults(before: Snapshot, after: Snapshot) -> tuple[NewFault, ...]:
    """Return the faults of the definition in force that it had not before.

    Those of milestones that have ended are left out.
    """
    known = {(each.path, str(each.sentence)) for each in _faults(before)}
    found = [each for each in _faults(after) if (each.path, str(each.sentence)) not in known]
    return tuple(_in_progress(found, after))


def _in_progress(found: list[Fault], now: Snapshot) -> Iterator[NewFault]:
    """Yield faults, but those of milestones that have ended."""
    for fault in found:
        concerned = tuple(_milestones_at(fault.path, now.definition))
        going_on = tuple(
            each
            for each in concerned
            if now.state.milestones[each].state not in now.definition.milestones[each].final
        )
        if going_on or not concerned:
            yield NewFault(".".join(map(str, fault.path)), fault.sentence, going_on)


def _faults(now: Snapshot) -> list[Fault]:
    # Imported lazily: no other command needs it, and each would start a fiftieth later.
    from definitions.checking import check  # noqa: PLC0415

    faults = Faults("", {})
    check(_of_those_who_remain(now), faults, may_wait=False)
    return faults.found


def _of_those_who_remain(now: Snapshot) -> Definition:
    return without_parties(now.definition, now.state.departures)


def _milestones_at(path: Path, definition: Definition) -> Iterator[str]:
    match path:
        case ("milestones", str(name), *_):
            yield name
        case ("structures", str(structure), *_):
            for milestone in definition.milestones.values():
                if milestone.structure == structure:
                    yield milestone.id
        case _:
            pass
