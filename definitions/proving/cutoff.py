"""Many parties that no gate tells apart: so many of them as can make a difference.

Where every gate asks of some parties only whether all of them did something, or whether one of them
did, one more party that does what another does opens and closes nothing. Of the columns of answers
that a party can have, it is then enough to have as many parties as there are such gates for each:
what holds for so many, holds for more.
"""

from collections.abc import Iterator
from math import prod

from definitions.in_force import without_parties
from definitions.language.values import dataclass, replace
from definitions.model import (
    AtLeast,
    Decisions,
    Definition,
    Gate,
    Rule,
    TasksDone,
    TextsDiffer,
)
from definitions.proving.relevant import relevant_in, request_of
from definitions.proving.verdict import Act

FEWEST = 12
"""The least number of parties of a kind that are kept."""


@dataclass(frozen=True, slots=True)
class Fewer:
    """A definition with fewer parties. What is proved of it holds with all of them.

    Attributes:
        definition: with those that are left.
        parties: how many there were of the kind.
        kept: those of them that are left.
        gone: those that are not.
    """

    definition: Definition
    parties: int
    kept: tuple[str, ...]
    gone: tuple[str, ...]

    def told(self, story: tuple[Act, ...]) -> tuple[Act, ...]:
        """Return a story with all parties: those that were left out do as the last one does."""
        return tuple(self._cloned(story))

    def _cloned(self, story: tuple[Act, ...]) -> Iterator[Act]:
        model = self.kept[-1]
        for act in story:
            yield act
            party, dot, body = act.who.partition(".")
            if party == model:
                for other in self.gone:
                    yield replace(act, who=f"{other}{dot}{body}")


def fewer_parties(definition: Definition) -> Fewer | None:
    """Return a definition with so many parties as can make a difference; None where that is all.

    Only of definitions of a shape that the tests try with fewer parties and with more: each gate
    asks for all or for one, none asks for tasks, nobody is named alone, and nobody joins or leaves.
    """
    relevant = relevant_in(definition, tuple(definition.milestones))
    if definition.may_join or not all(map(_asks_for_all_or_one, relevant.gates)):
        return None
    if any(each.entering for each in definition.milestones.values()):
        return None
    kinds: dict[tuple[object, ...], list[str]] = {}
    for party in definition.parties:
        kinds.setdefault(_kind(definition, party), []).append(party)
    alike = max(kinds.values(), key=len, default=[])
    ones = sum(map(_asks_for_one, relevant.gates))
    columns = prod(
        len(definition.instruments[name].outcomes) + 2
        for ref in relevant.requests
        for name in sorted(_instruments(definition, ref, alike))
    )
    enough = max(ones * columns + 1, FEWEST)
    if len(alike) <= enough:
        return None
    gone = tuple(alike[enough:])
    some = without_parties(definition, frozenset(gone))
    return Fewer(some, len(alike), tuple(alike[:enough]), gone)


def _instruments(
    definition: Definition, ref: tuple[str, str], parties: list[str]
) -> frozenset[str]:
    request = request_of(definition, ref)
    return frozenset(
        instrument
        for body, instrument in request.instruments.items()
        if definition.party_of(body) in parties
    )


def _asks_for_all_or_one(gate: Gate) -> bool:
    """Return whether a gate asks of parties no more than whether all of them did, or one."""
    match gate:
        case Decisions(body=""):
            return not gate.rule.cast and (_is_all(gate.rule) or gate.rule.at_least == 1)
        case Decisions() | TasksDone() | AtLeast():
            return False
        case _:
            return True


def _is_all(rule: Rule) -> bool:
    return rule.at_least is None and rule.share == 1 and not rule.strict


def _asks_for_one(gate: Gate) -> bool:
    return isinstance(gate, TextsDiffer) or (
        isinstance(gate, Decisions) and gate.rule.at_least == 1
    )


def _kind(definition: Definition, party: str) -> tuple[object, ...]:
    """Return all by which a party differs from others, but for its name and its weight."""
    asked = [
        (milestone.id, request.id, body.partition(".")[2], request.instruments[body])
        for milestone in definition.milestones.values()
        for request in milestone.requests.values()
        for body in request.bodies
        if definition.party_of(body) == party
    ]
    tasks = [str(ref) for ref, task in definition.tasks.items() if party in task.subjects]
    return tuple(sorted(asked)), tuple(sorted(tasks))
