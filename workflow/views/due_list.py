"""All dues of a process as an agenda, with those that do not fit together."""

from datetime import date

from definitions.language.values import dataclass
from workflow.rules.knock_on import Clash, check_dates
from workflow.views.days_off import DayOff, days_off
from workflow.views.dues import DueView, all_dues
from workflow.views.goal import GoalView, goal_view
from workflow.views.seen import Seen, process_title


@dataclass(frozen=True, slots=True)
class DuesView:
    """All dues of a process, the nearest first; those without a date last.

    Attributes:
        days_off: the future deadlines on a day that is no working day, each with the reason.
        not_proved: how many moves are not proved; a due may only seem to be met because of one.
        ahead: the requested day is in the future, so this is a projection.
    """

    process: str
    title: str
    as_of: date | None
    known_at: date | None
    goal: GoalView | None
    dues: tuple[DueView, ...]
    clashes: tuple[Clash, ...]
    days_off: tuple[DayOff, ...] = ()
    not_proved: int = 0
    ahead: bool = False


def dues_view(seen: Seen) -> DuesView:
    """Return the dues of a process as an agenda."""
    dues, goal = all_dues(seen), goal_view(seen)
    coming = (
        (due.id, due.date)
        for due in dues
        if due.date and not (due.met or due.overdue or due.target)
    )
    return DuesView(
        process=seen.process,
        title=process_title(seen),
        as_of=seen.as_of,
        known_at=seen.known_at,
        goal=goal,
        dues=tuple(dues),
        clashes=check_dates(seen).clashes,
        days_off=days_off(coming, goal.date if goal else None),
        not_proved=len(seen.state.unproved()),
        ahead=seen.ahead,
    )
