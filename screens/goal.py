"""The goal of a process in words: how far away it is, that it was reached, or that all ended."""

from datetime import date

from definitions.language.text import Text, ntext, text
from screens.words import days_away
from workflow.views.goal import GoalView


def goal_text(goal: GoalView) -> Text:
    """Return the goal and how far away it is; or that it was reached, or all of it ended."""
    if goal.reached_on is not None:
        return _with_doubts(_reached(goal, goal.reached_on), goal)
    if goal.ended_on is not None:
        return _with_doubts(_ended(goal, goal.ended_on), goal)
    if goal.date is None:
        return text("Goal: {what}; its date is not known.", what=goal.what)
    if goal.out_of_reach:
        return text(
            "The goal can no longer be reached: {what}, on {day}.", what=goal.what, day=goal.date
        )
    away = days_away(goal.days_left)
    return text("Goal: {what} on {day}, {away}.", what=goal.what, day=goal.date, away=away)


def _reached(goal: GoalView, on: date) -> Text:
    """Return when the goal was reached, and whether that was in time."""
    said = {"on": on, "what": goal.what, "day": goal.date}
    if goal.days_late is None:
        return text("Goal reached on {on}: {what}.", **said)
    if not goal.days_late:
        return text("Goal reached on {on}, in time for {day}: {what}.", **said)
    return ntext(
        "Goal reached on {on}, {n} day after {day}: {what}.",
        "Goal reached on {on}, {n} days after {day}: {what}.",
        goal.days_late,
        **said,
    )


def _ended(goal: GoalView, ended: date) -> Text:
    """Return when all milestones had ended, and what the goal was.

    That it was reached is said only where the definition names a state for it.
    """
    end = text("Ended on {ended}", ended=ended)
    if goal.given_up:
        end = text("Ended on {ended}, with {names} given up", ended=ended, names=goal.given_up)
    said = (
        text("{end}; the goal was {what}, its date not known.", end=end, what=goal.what)
        if goal.date is None
        else text("{end}; the goal was {day}: {what}.", end=end, day=goal.date, what=goal.what)
    )
    return said if goal.of is None else text("{said} It was not reached.", said=said)


def _with_doubts(said: Text, goal: GoalView) -> Text:
    """Return what came of a goal, and on what that rests where it is not proved."""
    if not goal.proved:
        return text("{said} Not all of it is proved.", said=said)
    if goal.in_order:
        return said
    return text("{said} Some of it rests on entries recorded out of order.", said=said)
