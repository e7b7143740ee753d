"""The screen of ``due``: the dates of a process as an agenda."""

from collections.abc import Iterator
from datetime import date

from definitions.text import WEEKDAYS, Text, day_in_short, text
from screens.page import Page, joined, unbroken
from screens.words import as_known, command_line, dated, dated_in_short, standing_text
from workflow.views import DuesView, DueView


def due_screen(view: DuesView, page: Page) -> str:
    """Return the dues, the nearest first; those without a date last."""
    return joined(_lines(view, page))


def _lines(view: DuesView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process})")
    yield from (page.told(said) for said in as_known(view.as_of, view.known_at))
    if not view.dues:
        yield page.told(text("This process has no dues."))
        return
    titles = (
        text("DATE"),
        text("AS WRITTEN"),
        text("WHAT"),
        text("HOW IT STANDS"),
        text("MOVED"),
    )
    rows = [_row(due, page) for due in view.dues]
    yield ""
    yield page.table(titles, rows)
    if any(due.met and not due.proved for due in view.dues):
        yield ""
        yield page.told(text("Not proved: not all that it rests on is on record. What is missing:"))
        yield command_line("status", view.process)


def _row(due: DueView, page: Page) -> list[str]:
    moved = ""
    if due.moved is not None:
        moved = page.say(
            text("from {before}: {why}", before=dated(due.moved.before), why=due.moved.reason)
        )
    day = unbroken(page.say(_agenda_day(due.date))) if due.date else ""
    return [day, page.say(dated_in_short(due.written)), due.id, page.say(_standing(due)), moved]


def _agenda_day(day: date) -> Text:
    return text("{weekday} {day}", weekday=WEEKDAYS[day.weekday()], day=day_in_short(day))


def _standing(due: DueView) -> Text:
    if due.met:
        return text("done") if due.proved else text("passed, not proved")
    return standing_text(due)
