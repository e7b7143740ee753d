"""The goal of a process, and how far away it is."""

from collections.abc import Iterator
from datetime import date

from definitions.language.values import dataclass
from workflow.rules.snapshot import Snapshot
from workflow.views.seen import Seen

Day = date
"""The type, where a field is called ``date``."""


@dataclass(frozen=True, slots=True)
class GoalView:
    """The goal of a process, and the days until its date.

    Whether it is reached is known only where a definition says with which state.

    Attributes:
        ended_on: the day on which the last milestone came to an end; None when not all have.
        in_order: whether no move up to the end, or to the goal, rests on entries recorded out of
            order; None while neither has come.
        given_up: the milestones that ended without being reached.
        proved: whether every move up to the end, or to the goal, is proved by the record; None
            while neither has come.
        of: the state with which it is reached, as ``milestone.state``; None where that is not said.
        reached_on: the day on which that was entered; None as long as it was not.
        days_late: how many days after its date that was; 0 where it was in time.
        out_of_reach: whether that state was not entered and cannot be any more.
    """

    date: Day | None
    what: str
    days_left: int | None
    ended_on: Day | None
    proved: bool | None
    given_up: tuple[str, ...] = ()
    in_order: bool | None = None
    of: str | None = None
    reached_on: Day | None = None
    days_late: int | None = None
    out_of_reach: bool = False


def goal_view(seen: Seen) -> GoalView | None:
    """Return the goal of a process and how far away it is; None where it has none."""
    goal = seen.definition.goal
    if goal is None:
        return None
    day = goal.date.day
    ended = _ended(seen)
    reached, lost = (None, False) if goal.of is None else reached_or_lost(seen, goal.of)
    is_over = ended is not None or reached is not None
    return GoalView(
        date=day,
        what=goal.what.in_(seen.language),
        days_left=(day - seen.day).days if day else None,
        ended_on=ended,
        proved=not seen.state.unproved() if is_over else None,
        given_up=tuple(_given_up(seen)),
        in_order=not _early(seen) if is_over else None,
        of=None if goal.of is None else ".".join(goal.of),
        reached_on=reached,
        days_late=max((reached - day).days, 0) if reached and day else None,
        out_of_reach=lost,
    )


def reached_or_lost(now: Snapshot, of: tuple[str, str]) -> tuple[date | None, bool]:
    """Return when the state of a goal was entered, and whether that can never be any more.

    Where the milestone went back and has to enter it again, it is not reached.
    """
    name, state = of
    at = now.state.milestones[name]
    if at.state != state and state in now.definition.milestones[name].reached_from(at.state):
        return None, False
    entered = at.entered.get(state)
    return entered, entered is None


def _early(seen: Seen) -> bool:
    return any(move.out_of_order for move in seen.state.moves.values())


def _ended(seen: Seen) -> date | None:
    states = seen.state.milestones
    milestones = seen.definition.milestones.values()
    if not all(states[each.id].state in each.final for each in milestones):
        return None
    return max(states[each.id].since for each in milestones)


def _given_up(seen: Seen) -> Iterator[str]:
    for each in seen.definition.milestones.values():
        state = seen.state.milestones[each.id].state
        if state in each.final and state not in each.good:
            yield each.id
