"""A proof beside an explicit search: what each says of the same definition.

Two answers are compared. What can come about, milestone by milestone: which states are reached,
which gates are open and shut, where there is no way on. And every situation by what can be seen of
it: where the milestones stand, who answered, what is done, and which gates hold.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from definitions.model import (
    Decisions,
    Definition,
    Effect,
    Gate,
    InState,
    Milestone,
    TasksDone,
    TextsDiffer,
    adopting,
    gates_in,
)
from definitions.proving.parts import Part, Proof
from definitions.proving.proof import prove
from definitions.proving.situations import EACH, Answer
from definitions.proving.verdict import Act, ActKind, Verdict
from tests.support.explicit import Explored, as_chosen, choices, free_in
from workflow.rules.gates import holds

Fact = tuple[str, ...]
"""That something can come about: what, the milestone, and the state or the move."""
Look = tuple[object, ...]
"""What can be seen of a situation."""
Told = TypeVar("Told", bound=tuple[object, ...])
"""Something told of a definition."""
LIMIT = 2_000_000
"""The most nodes of a part: more than any small definition takes."""


def differences(explored: Explored) -> list[str]:
    """Return where a proof of a definition says something else than the search.

    It is proved in parts, and all of it at once; where it is so in parts only is told as well.
    """
    definition = explored.definition
    parts, once = Proof(definition, LIMIT), Proof(definition, LIMIT, together=True)
    facts = facts_found(explored)
    whole = once.part_of(next(iter(definition.milestones)))
    looks = set(looks_found(explored, whole))
    in_parts, at_once = prove(definition), prove(definition, together=True)
    expected = expected_findings(explored)
    return [
        *_unlike("what can come about, at once", facts, facts_proved(once)),
        *_unlike("what can come about, in parts", facts, facts_proved(parts)),
        *_unlike("the situations", looks, looks_proved(definition, whole)),
        *_unlike("findings, at once", expected, findings_told(at_once)),
        *_unlike("findings, in parts", expected, findings_told(in_parts)),
        *_without_end(explored, at_once),
        *_without_end(explored, in_parts),
        *_unlike("results", {(in_parts.result,)}, {(at_once.result,)}),
        *_unlike("what is sure, at once", least_found(explored), _least_told(at_once, explored)),
        *_unlike("what is sure, in parts", least_found(explored), _least_told(in_parts, explored)),
    ]


def _unlike(what: str, found: set[Told], proved: set[Told]) -> Iterator[str]:
    for each in found - proved:
        yield f"{what}: the proof lacks {each}"
    for each in proved - found:
        yield f"{what}: only the proof has {each}"


def _without_end(explored: Explored, verdict: Verdict) -> Iterator[str]:
    """Yield where a milestone has no way on by one and not by the other.

    A proof says so of a milestone that has none because of another only of that other one.
    """
    stuck = {each for each in explored.definition.milestones if explored.without_end([each])}
    told = {each.milestone for each in verdict.findings if each.kind == "no-way-on"}
    if not told <= stuck or bool(told) != bool(stuck):
        yield f"no way on: {sorted(stuck)}, and the proof says {sorted(told)}"


# --- what can come about -------------------------------------------------------------------------


def facts_found(explored: Explored) -> set[Fact]:
    """Return what can come about in a definition, by the search."""
    found: set[Fact] = {("state", *each) for each in explored.states}
    for at, milestone in enumerate(explored.definition.milestones.values()):
        for arm in milestone.arms:
            move = (milestone.id, arm.trigger, arm.source, arm.target)
            found |= {("open", *move)} if explored.able([arm]) else set()
            found |= {("shut", *move)} if explored.able([arm], shut=True) else set()
        for number in explored.without_end([milestone.id]):
            found.add(("no way on", milestone.id, explored.situations[number].states[at]))
    return found


def facts_proved(proof: Proof) -> set[Fact]:
    """Return what can come about in a definition, by the proof."""
    found: set[Fact] = set()
    for milestone in proof.definition.milestones.values():
        part = proof.part_of(milestone.id)
        situations, made = part.situations, part.diagrams
        ended = part.leading_to(situations.at(milestone.id, *milestone.final))
        for state in milestone.states:
            there = situations.at(milestone.id, state)
            found |= {("state", milestone.id, state)} if part.is_possible(there) else set()
            stuck = made.without(there, ended)
            found |= {("no way on", milestone.id, state)} if part.is_possible(stuck) else set()
        for arm in milestone.arms:
            move = (milestone.id, arm.trigger, arm.source, arm.target)
            there, gate = situations.at(milestone.id, arm.source), situations.gate(arm.gate)
            found |= {("open", *move)} if part.is_possible(made.both(there, gate)) else set()
            found |= {("shut", *move)} if part.is_possible(made.without(there, gate)) else set()
    return found


# --- situation by situation ----------------------------------------------------------------------


def looks_found(explored: Explored, part: Part) -> dict[Look, int]:
    """Return how the situations look that were searched, each with the number of one of those."""
    sight = _Sight(explored.definition, part)
    found: dict[Look, int] = {}
    for number, (now, values) in enumerate(zip(explored.nows, _values(explored), strict=True)):
        held = [holds(gate, now, party) for gate, party in sight.gates]
        found.setdefault(sight.look(values, held), number)
    return found


def looks_proved(definition: Definition, part: Part) -> set[Look]:
    """Return how the situations look that are reached by a proof of all milestones at once."""
    sight = _Sight(definition, part)
    cells, made = part.situations.cells, part.diagrams
    at_will = [each for key, each in cells.items() if key[0] in AT_WILL]
    free = frozenset(each.first + bit for each in at_will for bit in range(each.bits))
    gates = [part.situations.gate(gate, party) for gate, party in sight.gates]
    found: set[Look] = set()
    for each in _each_in(part, made.exist(free, part.reached), free):
        values = {key: cell.value(each) for key, cell in cells.items()}
        found.add(sight.look(values, [made.is_in(gate, each) for gate in gates]))
    return found


AT_WILL = frozenset({"passed", "parts", "replanned"})
"""The kinds of variables that may be so or not at any time."""
Values = dict[tuple[str, ...], object]
"""What each variable of a proof is in a situation."""


def _values(explored: Explored) -> Iterator[Values]:
    """Yield what the variables of a proof are in each situation that was searched."""
    definition, scope = explored.definition, explored.scope
    asked = [
        ("answer", *ref, body) for ref, request in scope.requests.items() for body in request.bodies
    ]
    tasks = [(str(task.ref), subject) for task in scope.tasks for subject in task.subjects]
    for situation in explored.situations:
        values: Values = {}
        for at, name in enumerate(definition.milestones):
            values["state", name] = situation.states[at]
            values["put", name] = situation.put[at]
        for key, given in zip(asked, situation.answers, strict=True):
            values[key] = Answer(given[0] if given else "")
        for (ref, subject), (_, done, _) in zip(tasks, situation.tasks, strict=True):
            values["task", ref, subject] = done
            values["task", ref, EACH] = done and values.get(("task", ref, EACH), True)
        yield values


class _Sight:
    """What is looked at: the variables of a proof, and the gates that chance does not decide.

    What a request was answered at which only its own milestone looks is not, once that has ended:
    a proof forgets it.
    """

    def __init__(self, definition: Definition, part: Part) -> None:
        self.gates = list(dict.fromkeys(_gates(definition, part)))
        self._keys = [key for key in part.situations.cells if key[0] in ("state", "put", "task")]
        self._answers = [key for key in part.situations.cells if key[0] == "answer"]
        self._private = part.situations.private_requests
        self._definition = definition
        self._part = part
        self._kinds: dict[tuple[tuple[str, ...], str], object] = {}

    def look(self, values: Values, held: list[bool]) -> Look:
        """Return how a situation looks.

        Args:
            values: of its variables.
            held: of each gate, whether it holds.
        """
        ended = {
            name
            for name, each in self._definition.milestones.items()
            if values["state", name] in each.final
        }
        gone = {ref for ref in self._private if ref[0] in ended}
        seen: list[object] = [values[key] for key in self._keys]
        for key in self._answers:
            given = values[key]
            outcome = given.outcome if isinstance(given, Answer) else ""
            seen.append(None if key[1:3] in gone else self._kind(key, outcome))
        for (gate, _), holding in zip(self.gates, held, strict=True):
            seen.append(holding and gone.isdisjoint(self._asked_by(gate)))
        return tuple(seen)

    def _asked_by(self, gate: Gate) -> Iterator[tuple[str, str]]:
        """Yield the requests at whose answers a gate looks, also by what arises from them."""
        match gate:
            case Decisions() | TextsDiffer():
                yield gate.milestone, gate.request
            case TasksDone(arisen=True):
                for ref in gate.tasks:
                    arises = self._definition.tasks[ref].arises
                    if arises is not None:
                        yield arises.milestone, arises.name
            case _:
                pass

    def _kind(self, key: tuple[str, ...], outcome: str) -> object:
        """Return what gates see of an answer but its text; None of one that they do not see."""
        if (key, outcome) not in self._kinds:
            self._kinds[key, outcome] = self._kind_of(key, outcome)
        return self._kinds[key, outcome]

    def _kind_of(self, key: tuple[str, ...], outcome: str) -> object:
        if not outcome:
            return None
        _, milestone, name, body = key
        request = self._definition.milestones[milestone].requests[name]
        effect = self._definition.instruments[request.instruments[body]].outcomes[outcome].effect
        seen = [
            gate.includes(outcome, effect)
            for gate, _ in self.gates
            if isinstance(gate, Decisions) and (gate.milestone, gate.request) == (milestone, name)
        ]
        rises = [
            arises.outcome in (None, outcome)
            for ref in self._part.situations.relevant.tasks
            if (arises := self._definition.tasks[ref].arises) is not None
            and (arises.milestone, arises.name) == (milestone, name)
        ]
        if effect == "pending" and not any((*seen, *rises)):
            return None
        return effect, *seen, *rises


def _gates(definition: Definition, part: Part) -> Iterator[tuple[Gate, str | None]]:
    """Yield the gates that are seen to hold or not, each with the party whose own they look at."""
    for milestone in definition.milestones.values():
        for arm in milestone.arms:
            yield from ((gate, None) for gate in _plain(arm.gate))
        for name, request in milestone.requests.items():
            if (milestone.id, name) in part.situations.relevant.requests:
                parties = dict.fromkeys(map(definition.party_of, request.bodies))
                for gate in _plain(request.after):
                    yield from ((gate, party) for party in parties)


def _plain(gate: Gate | None) -> Iterable[Gate]:
    kinds = (Decisions, TextsDiffer, TasksDone, InState)
    return (each for each in gates_in(gate) if isinstance(each, kinds))


def _each_in(part: Part, those: int, left_out: frozenset[int]) -> Iterator[dict[int, bool]]:
    """Yield each situation in a set, with no for the variables that are left out."""
    made = part.diagrams

    def rest(variable: int, those: int) -> Iterator[dict[int, bool]]:
        if not those:
            return
        if variable == part.situations.variables:
            yield {}
            return
        for yes in (False,) if variable in left_out else (False, True):
            for each in rest(variable + 1, made.given({variable: yes}, those)):
                each[variable] = yes
                yield each

    yield from rest(0, those)


# --- what is found -------------------------------------------------------------------------------


def expected_findings(explored: Explored) -> set[Fact]:
    """Return what a proof has to find in a definition, by the search."""
    facts = facts_found(explored)
    found: set[Fact] = set()
    for milestone in explored.definition.milestones.values():
        name = milestone.id
        closed = [
            arm
            for arm in milestone.arms
            if ("state", name, arm.source) in facts
            and ("open", name, arm.trigger, arm.source, arm.target) not in facts
        ]
        found |= {("never-opens", name, arm.trigger, arm.source, arm.target) for arm in closed}
        explained = {state for arm in closed for state in milestone.reached_from(arm.target)}
        found |= {
            ("never-reached", name, state)
            for state in milestone.states
            if ("state", name, state) not in facts and state not in explained
        }
        for one, two in combinations(milestone.arms, 2):
            if one.source != two.source or not explored.able([one, two]):
                continue
            if one.trigger == two.trigger:
                found.add(("two-ways", name, one.trigger, one.source, one.target, two.target))
            elif not one.explicit and not two.explicit:
                found.add(("several-open", name, one.source))
        found |= {("extra-yes-closes", name, *each) for each in _closing(explored, milestone)}
    return found


def _closing(explored: Explored, milestone: Milestone) -> Iterator[tuple[str, str]]:
    """Yield the moves that one more agreeing answer can close, of those it is asked for."""
    definition = explored.definition
    for arm in milestone.arms:
        free = free_in([arm.gate], definition)
        ways = [as_chosen(arm.gate, each) for each in choices(free)]
        if any(
            holds(gate, explored.nows[number]) and not holds(gate, explored.nows[after])
            for number in (explored.able([arm]) if arm.gate is not None else ())
            for act, after in explored.steps[number]
            if _is_yes(act, definition) and any(adopting(arm.gate, act.milestone, act.name))
            for gate in ways
        ):
            yield arm.trigger, arm.source


def _is_yes(act: Act, definition: Definition) -> bool:
    if act.kind is not ActKind.DECIDE:
        return False
    request = definition.milestones[act.milestone].requests[act.name]
    instrument = definition.instruments[request.instruments[act.who]]
    return instrument.outcomes[act.what].effect is Effect.FOR


def findings_told(verdict: Verdict) -> set[Fact]:
    """Return of a verdict what can be compared with what is expected of it."""
    found: set[Fact] = set()
    for each in verdict.findings:
        said = {key: str(value) for key, value in each.values.items()}
        match each.kind:
            case "never-opens":
                move = (said["trigger"], said["state"], said["target"])
                found.add((each.kind, each.milestone, *move))
            case "extra-yes-closes":
                found.add((each.kind, each.milestone, said["trigger"], said["state"]))
            case "never-reached" | "several-open":
                found.add((each.kind, each.milestone, said["state"]))
            case "two-ways":
                targets = each.values["targets"]
                assert isinstance(targets, tuple)
                found.add((each.kind, each.milestone, said["trigger"], said["state"], *targets))
            case _:
                pass
    return found


def least_found(explored: Explored) -> set[tuple[str, str, str, int]]:
    """Return how many at least agreed on each request wherever its milestone is reached."""
    found = set()
    for milestone in explored.definition.milestones.values():
        for state in milestone.good:
            coming = [arm for arm in milestone.arms if arm.target == state != arm.source]
            numbers = {number for arm in coming for number in explored.able([arm])}
            for asked in explored.scope.requests:
                if numbers and asked[0] == milestone.id:
                    least = min(_agreeing(explored, asked, number) for number in numbers)
                    found.add((milestone.id, state, asked[1], least))
    return found


def _agreeing(explored: Explored, asked: tuple[str, str], number: int) -> int:
    """Return how many agreed on a request; where none can, how many answered."""
    definition, state = explored.definition, explored.nows[number].state
    request = explored.scope.requests[asked]
    found = 0
    for body in request.bodies:
        outcomes = definition.instruments[request.instruments[body]].outcomes.values()
        able = any(each.effect is Effect.FOR for each in outcomes)
        given = state.decisions.get((*asked, state.round_of(asked[0]), body))
        found += given is not None and given.effect is (Effect.FOR if able else Effect.ANSWERED)
    return found


def _least_told(verdict: Verdict, explored: Explored) -> set[tuple[str, str, str, int]]:
    """Return the same of a verdict, of the states that are reached and what gates look at."""
    return {
        (each.milestone, each.state, each.request, each.least)
        for each in verdict.sure
        if (each.milestone, each.state) in explored.states
        and (each.milestone, each.request) in explored.scope.requests
    }
