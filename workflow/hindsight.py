"""What a move could rest on, found back in the present state.

The tables hold the present. Of a move that is not proved the screens show what is missing, and
that is judged by the day of the move: what was decided later is no ground for it. Where a
milestone went the same way more than once, the tables know only the last time, and what is
found back here is of that time too; on what the move rests was settled by the journal.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from definitions.model import Arm, Definition, Milestone
from workflow.state import (
    DecisionState,
    DepartureState,
    MilestoneState,
    MoveState,
    PartState,
    State,
    TaskState,
)

Key = TypeVar("Key")
Fact = TypeVar("Fact", DecisionState, TaskState, PartState, DepartureState)


def grounds_of(definition: Definition, state: State, arm: Arm, move: MoveState, of: str) -> State:
    """Return a state with only what a move could rest on: of its round, and by its day.

    Args:
        state: the present one, with the decisions of the round that the move ended or was in.
        arm: the transition that was taken.
        of: which milestone moved.
    """
    day = move.effective_on
    milestones = {
        name: _where_it_was(definition.milestones[name], state, day) for name in state.milestones
    }
    asked = move.round - 1 if arm.opens_round else move.round
    return replace(
        state,
        milestones={**milestones, of: replace(milestones[of], round=asked)},
        decisions=_by(day, state.decisions),
        tasks=_by(day, state.tasks),
        parts=_by(day, state.parts),
        departures=_by(day, state.departures),
    )


def _by(day: date, facts: Mapping[Key, Fact]) -> dict[Key, Fact]:
    return {key: fact for key, fact in facts.items() if fact.effective_on <= day}


def _where_it_was(milestone: Milestone, state: State, day: date) -> MilestoneState:
    """Return where a milestone stood at the end of a day, as far as the tables know."""
    now = state.milestones[milestone.id]
    if now.since <= day:
        return now
    visited = {**now.entered, milestone.initial: now.entered.get(milestone.initial, state.begins)}
    by_then = {each: since for each, since in visited.items() if since <= day}
    there = max(by_then, key=lambda each: by_then[each], default=milestone.initial)
    bases = (
        move.basis
        for (of, _, _, target), move in state.moves.items()
        if (of, target) == (milestone.id, there) and move.effective_on <= day
    )
    return replace(now, state=there, basis=next(bases, None))
