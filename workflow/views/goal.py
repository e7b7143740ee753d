"""What it is all for, and how far away that is."""

from dataclasses import dataclass
from datetime import date

from workflow.views.seen import Seen

Day = date
"""The type, where a field is called ``date``."""


@dataclass(frozen=True, slots=True)
class GoalView:
    """What it is all for, and how many days there are until then.

    Attributes:
        reached_on: the day on which the last milestone was reached; None when not all are.
        proved: whether every move up to it is proved by what is on record; None while it is not
            reached.
    """

    date: Day | None
    what: str
    days_left: int | None
    reached_on: Day | None
    proved: bool | None


def goal_view(seen: Seen) -> GoalView | None:
    """Return the goal of a process and how far away it is; None where it has none."""
    goal = seen.definition.goal
    if goal is None:
        return None
    day = goal.date.day
    reached = _reached(seen)
    return GoalView(
        date=day,
        what=goal.what.in_(seen.language),
        days_left=(day - seen.today).days if day else None,
        reached_on=reached,
        proved=None if reached is None else not seen.state.unproved(),
    )


def _reached(seen: Seen) -> date | None:
    states = seen.state.milestones
    milestones = seen.definition.milestones.values()
    if not all(states[each.id].state in each.good for each in milestones):
        return None
    return max(states[each.id].since for each in milestones)
