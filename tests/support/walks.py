"""Walks at random through a process, by acts that the engine takes or refuses.

Each act is of the next day. What is taken has to lead to a situation that a search found, by a
step that it found; and what is refused is no step of it.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from definitions.language.errors import MijlpaalError
from definitions.proving.verdict import Act, ActKind
from tests.support.acting import Acting, at_will_in
from tests.support.explicit import Explored, Situation, situation_of
from workflow.rules.snapshot import Snapshot


def walk(acting: Acting, explored: Explored, dice: Random, tries: int) -> Iterator[Situation]:
    """Try acts at random, and yield the situation after each that is taken.

    Half of them are steps that the search found, which have to be taken; the others are any act.
    The walk ends where no step is left.

    Args:
        tries: how many are tried.

    Raises:
        AssertionError: the engine does what the search did not find, or does not do what it found.
    """
    before = _situation(acting, explored)
    assert before in explored.numbers
    for _ in range(tries):
        steps = explored.steps[explored.numbers[before]]
        if not steps:
            return
        found = dice.random() < DIRECTED
        act = _found(acting, explored, steps, dice) if found else _any(acting.now, dice)
        try:
            if found:
                acting.make(act)
            else:
                acting.make_alone(act)
        except MijlpaalError as refusal:
            if found:
                raise AssertionError(f"{act} was found, and is refused: {refusal}") from refusal
            _check_refused(act, before, acting, explored)
            continue
        after = _situation(acting, explored)
        assert after in explored.numbers, f"{act} leads out of what was found, to {after}"
        follow = {each for _, each in steps}
        assert after == before or explored.numbers[after] in follow, f"no step by {act}"
        before = after
        yield after


DIRECTED = 0.6
"""How often a step is taken that the search found."""


def _found(acting: Acting, explored: Explored, steps: list[tuple[Act, int]], dice: Random) -> Act:
    """Return a step that the search found, seldom one after which little is left to happen."""
    ends = {
        (each.id, state)
        for each in acting.traject.definition.milestones.values()
        for state in each.final
    }
    weights = [1 if (act.milestone, act.what) in ends else 6 for act, _ in steps]
    ((act, _),) = dice.choices(steps, weights)
    # The search may have called the texts that are there by other names.
    return replace(act, text=dice.choice("123")) if act.text else act


def _situation(acting: Acting, explored: Explored) -> Situation:
    return situation_of(acting.now, explored.scope)


def _check_refused(act: Act, before: Situation, acting: Acting, explored: Explored) -> None:
    """Check of an act that was refused that the search did not find it, unless chance decides."""
    if any(at_will_in(gate) for gate, _ in acting.gates_of(act)):
        return
    what = act.what
    if act.kind is ActKind.DECIDE:
        what = explored.scope.alike.get(((act.milestone, act.name), act.who, what), "")
    refused = (act.kind, act.milestone, act.name, act.who, what)
    for each, _ in explored.steps[explored.numbers[before]]:
        assert refused != (each.kind, each.milestone, each.name, each.who, each.what), act


def _any(now: Snapshot, dice: Random) -> Act:
    """Return an act that can be tried: a move, an answer, a report or a level."""
    kinds = [list(_moves(now)), list(_answers(now, dice)), list(_reports(now)), list(_levels(now))]
    weights = [2 * bool(kinds[0]), 6 * bool(kinds[1]), 3 * bool(kinds[2]), bool(kinds[3])]
    (kind,) = dice.choices(kinds, weights)
    return dice.choice(kind)


def _moves(now: Snapshot) -> Iterator[Act]:
    for milestone in now.definition.milestones.values():
        for arm in milestone.arms:
            here = now.state.milestones[milestone.id].state == arm.source
            for _ in range(3 if here else 1):
                yield Act(ActKind.MOVE, milestone.id, arm.trigger, what=arm.target)


def _answers(now: Snapshot, dice: Random) -> Iterator[Act]:
    for milestone in now.definition.milestones.values():
        for request in milestone.requests.values():
            for body in request.bodies:
                instrument = now.definition.instruments[request.instruments[body]]
                outcome = dice.choice(list(instrument.outcomes))
                text = dice.choice("123") if request.text else ""
                yield Act(ActKind.DECIDE, milestone.id, request.id, body, outcome, text)


def _reports(now: Snapshot) -> Iterator[Act]:
    for task in now.definition.tasks.values():
        for subject in task.subjects:
            for result in task.results:
                yield Act(ActKind.REPORT, task.ref.milestone, task.ref.task, subject, result)


def _levels(now: Snapshot) -> Iterator[Act]:
    for deliverable in now.definition.deliverables.values():
        for part in deliverable.parts.values():
            for subject in part.subjects:
                for level in deliverable.levels:
                    name = f"{deliverable.id}/{part.id}"
                    yield Act(ActKind.DELIVER, "", name, subject, level)
