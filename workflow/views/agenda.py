"""All dues of a process as an agenda, with those that do not fit together."""

from dataclasses import dataclass
from datetime import date

from workflow.knock_on import Clash, clashes_in
from workflow.views.dues import DueView, all_dues
from workflow.views.goal import GoalView, goal_view
from workflow.views.seen import Seen, process_title


@dataclass(frozen=True, slots=True)
class DuesView:
    """All dues of a process, the nearest first; those without a date last."""

    process: str
    title: str
    as_of: date | None
    known_at: date | None
    goal: GoalView | None
    dues: tuple[DueView, ...]
    clashes: tuple[Clash, ...]


def dues_view(seen: Seen) -> DuesView:
    """Return the dues of a process as an agenda."""
    return DuesView(
        process=seen.process,
        title=process_title(seen),
        as_of=seen.as_of,
        known_at=seen.known_at,
        goal=goal_view(seen),
        dues=tuple(all_dues(seen)),
        clashes=tuple(clashes_in(seen.definition, seen.state)),
    )
