"""The goal of a process, and how far away it is."""

from collections.abc import Iterator
from datetime import date

from definitions.language.values import dataclass
from workflow.views.seen import Seen

Day = date
"""The type, where a field is called ``date``."""


@dataclass(frozen=True, slots=True)
class GoalView:
    """The goal of a process, and the days until its date.

    It does not include whether the goal was reached, since a definition does not say how that
    shows.

    Attributes:
        ended_on: the day on which the last milestone came to an end; None when not all have.
        in_order: whether no move up to the end rests on entries recorded out of order; None while
            it has not ended.
        given_up: the milestones that ended without being reached.
        proved: whether every move up to the end is proved by the record; None while it has not
            ended.
    """

    date: Day | None
    what: str
    days_left: int | None
    ended_on: Day | None
    proved: bool | None
    given_up: tuple[str, ...] = ()
    in_order: bool | None = None


def goal_view(seen: Seen) -> GoalView | None:
    """Return the goal of a process and how far away it is; None where it has none."""
    goal = seen.definition.goal
    if goal is None:
        return None
    day = goal.date.day
    ended = _ended(seen)
    return GoalView(
        date=day,
        what=goal.what.in_(seen.language),
        days_left=(day - seen.day).days if day else None,
        ended_on=ended,
        proved=None if ended is None else not seen.state.unproved(),
        given_up=tuple(_given_up(seen)),
        in_order=None if ended is None else not _early(seen),
    )


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
