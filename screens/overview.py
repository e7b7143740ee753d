"""The screen of ``status`` without a process: all of them in a list."""

from collections.abc import Iterator, Sequence

from definitions.language.text import Text, day_in_short, ntext, text
from screens.page import Page, joined, unbroken
from screens.words import days_away
from workflow.views.overview import OverviewGoal, OverviewRow


def overview_screen(rows: Sequence[OverviewRow], shipped: Sequence[str], page: Page) -> str:
    """Return a list of processes: milestones reached, moves not proved, decisions awaited.

    Args:
        shipped: the names of shipped definitions, shown if there is no process yet.
    """
    if not rows:
        lines = [page.paragraph(text("No processes yet. Begin one:"))]
        return joined([*lines, *(page.command("start", name) for name in shipped)])
    titles = (
        text("PROCESS"),
        text("REACHED"),
        text("NOT PROVED"),
        text("AWAITED"),
        text("GOAL"),
        text("TITLE"),
    )
    lines = [page.table(titles, [_cells(row, page) for row in rows])]
    if page.narrow:
        lines += ["", page.heading(text("Titles"))]
        lines += [page.wrapped(f"{row.process}: {row.title}", 2) for row in rows]
    return joined(lines)


def _cells(row: OverviewRow, page: Page) -> list[str]:
    awaited = row.awaited
    return [
        row.process,
        page.say(text("{reached} of {all}", reached=row.reached, all=row.milestones)),
        ", ".join(map(page.say, _doubts(row))),
        unbroken(page.say(ntext("{n} decision", "{n} decisions", awaited))) if awaited else "",
        page.say(_goal_in_short(row.goal)) if row.goal else "",
        "" if page.narrow else row.title,
    ]


def _doubts(row: OverviewRow) -> Iterator[Text]:
    """Yield how many moves are not proved, and how many depend on entries out of order."""
    if row.not_proved:
        yield ntext("{n} move", "{n} moves", row.not_proved)
    if row.out_of_order:
        yield text("{n} out of order", n=row.out_of_order)


def _goal_in_short(goal: OverviewGoal) -> Text:
    if goal.reached and goal.date is not None:
        day, on = day_in_short(goal.date), goal.reached_on
        if on is None:
            return text("{day}; reached", day=day)
        return text("{day}; reached {on}", day=day, on=day_in_short(on))
    if goal.ended_on is not None and goal.date is not None:
        return text(
            "{day}; ended {ended}", day=day_in_short(goal.date), ended=day_in_short(goal.ended_on)
        )
    if goal.ended_on is not None:
        return text("ended {ended}", ended=day_in_short(goal.ended_on))
    if goal.date is None:
        return days_away(None)
    return text("{day}, {away}", day=day_in_short(goal.date), away=days_away(goal.days_left))
