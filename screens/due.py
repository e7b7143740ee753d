"""The screen of ``due``: the dates of a process as an agenda."""

from collections.abc import Iterator

from definitions.text import Text, text
from screens.page import Page, joined
from screens.words import command_line, days_away
from workflow.views import DuesView, DueView


def due_screen(view: DuesView, page: Page) -> str:
    """Return the dues, the nearest first; those without a date last."""
    return joined(_lines(view, page))


def _lines(view: DuesView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process})")
    if view.as_of is not None:
        yield page.told(text("As it stood on {day}.", day=view.as_of))
    if not view.dues:
        yield page.told(text("This process has no dues."))
        return
    titles = (text("DATE"), text("AS WRITTEN"), text("WHAT"), text("HOW IT STANDS"))
    rows = [_row(due, page) for due in view.dues]
    yield ""
    yield page.table(titles, rows)
    if any(due.met and not due.proved for due in view.dues):
        yield ""
        yield page.told(text("Not proved: not all that it rests on is on record. What is missing:"))
        yield command_line("status", view.process)


def _row(due: DueView, page: Page) -> list[str]:
    return [due.date.isoformat() if due.date else "", due.written, due.id, page.say(_standing(due))]


def _standing(due: DueView) -> Text:
    if due.met:
        return text("done") if due.proved else text("passed, not proved")
    if due.date is None:
        if due.waits_for:
            return text("not known; waits for {what}", what=due.waits_for)
        return text("not known")
    if due.overdue:
        return text("late: {away}", away=days_away(due.days_left))
    return days_away(due.days_left)
