"""A list of processes, made the long way: from the whole status of each of them."""

from tests.support.engine import World
from workflow.queries import Queries
from workflow.storage.database import Database
from workflow.views.goal import GoalView
from workflow.views.overview import OverviewGoal, OverviewRow
from workflow.views.status import StatusView, status_view


def _goal_of(goal: GoalView) -> OverviewGoal:
    reached = None if goal.of is None else goal.reached_on is not None
    return OverviewGoal(goal.date, goal.days_left, goal.ended_on, reached, goal.reached_on)


def looking_into(database: Database) -> Queries:
    """Return queries about a database, on the day of the tests."""
    return Queries(database, World().clock)


def rows_one_by_one(database: Database) -> tuple[OverviewRow, ...]:
    """Return the rows of all processes, by id."""
    queries = looking_into(database)
    return tuple(row_of(status_view(queries.look_at(process))) for process, _ in queries.pinned())


def row_of(status: StatusView) -> OverviewRow:
    """Return the row of a process that follows from its status."""
    going = [milestone for milestone in status.milestones if not milestone.final]
    goal = status.goal
    return OverviewRow(
        process=status.process,
        title=status.title,
        milestones=len(status.milestones),
        reached=sum(milestone.good for milestone in status.milestones),
        not_proved=sum(len(milestone.not_proved) for milestone in status.milestones),
        out_of_order=sum(len(milestone.early) for milestone in status.milestones),
        awaited=sum(
            len(request.waiting_for)
            for milestone in going
            for request in milestone.requests
            if request.open
        ),
        goal=None if goal is None else _goal_of(goal),
    )
