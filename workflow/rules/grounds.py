"""Grounds: the evidence that existed by a day, reconstructed from the present state.

The tables hold the present. For an unproved move the screens show the missing evidence, as of the
day of the move: a later decision is no ground for it. If a milestone made the same move more than
once, the tables know only the last time, and so does this module; the journal decides the basis of
the move itself.
"""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Protocol, TypeVar

from definitions.language.values import replace
from definitions.model import Milestone
from workflow.model.state import ARRIVED, MilestoneState, MoveState, State
from workflow.rules.fold import in_round
from workflow.rules.snapshot import Snapshot, snapshot_of


class _Dated(Protocol):
    """Something that is known since a day."""

    @property
    def effective_on(self) -> date: ...


Key = TypeVar("Key")
Fact = TypeVar("Fact", bound=_Dated)


def snapshot_by_day(now: Snapshot, day: date) -> Snapshot:
    """Return a process with only the evidence of a day, as far as the tables know.

    Later decisions, follow-ups, tasks, parts, moves, new dates of dues, arrivals and departures are
    left out, and milestones are in their former state. Rounds, seats and other amendments stay as
    they are. If a thing changed more than once, a part for instance, the tables know only the
    last time.
    """
    state = now.state
    there = replace(
        state,
        milestones={
            name: _where_it_was(now.definition.milestones[name], state, day)
            for name in state.milestones
        },
        decisions=_by(day, state.decisions),
        follow_ups=_by(day, state.follow_ups),
        tasks=_by(day, state.tasks),
        parts=_by(day, state.parts),
        moves=_by(day, state.moves),
        dues=_by(day, state.dues),
        departures=_by(day, state.departures),
        amendments={
            what: each
            for what, each in state.amendments.items()
            if not what.startswith(ARRIVED) or each.effective_on <= day
        },
    )
    return snapshot_of(now.definition, there, day)


def days_with_facts(state: State) -> set[date]:
    """Return the days on which something happened, as far as the tables know."""
    facts: chain[_Dated] = chain(
        state.decisions.values(),
        state.tasks.values(),
        state.parts.values(),
        state.dues.values(),
        state.departures.values(),
        state.arrivals.values(),
    )
    entered = chain.from_iterable(each.entered.values() for each in state.milestones.values())
    return {*entered, *(each.effective_on for each in facts)}


def grounds_of(now: Snapshot, move: MoveState, of: str) -> Snapshot:
    """Return a process with only what a move could rest on: of its round, and by its day.

    Args:
        now: the present one, with the decisions of the round that the move ended or was in.
        of: which milestone moved.
    """
    then = snapshot_by_day(now, move.effective_on)
    return then.with_state(in_round(then.state, of, move.round))


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
    ways_in = (
        move
        for (of, _, _, target), move in state.moves.items()
        if (of, target) == (milestone.id, there) and move.effective_on <= day
    )
    last = max(ways_in, key=lambda move: (move.effective_on, move.seq), default=None)
    basis = None if last is None else last.basis
    return replace(now, state=there, basis=basis, that_day=(), entered=by_then)
