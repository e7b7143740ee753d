"""The screen of ``member list``."""

from definitions.text import day_in_short, text
from screens.page import Cell, Mark, Marked, Page
from workflow.views import MembersView


def members_screen(view: MembersView, page: Page) -> str:
    """Return the seats and who holds them; empty ones too."""
    titles = (text("SEAT"), text("HELD BY"), text("FROM"), text("UNTIL"), text("ADDRESS"))
    rows: list[list[Cell]] = [
        [
            seat.seat,
            seat.name or Marked(page.say(text("(empty)")), Mark.WAITING),
            page.say(day_in_short(seat.since)) if seat.since else "",
            page.say(day_in_short(seat.until)) if seat.until else "",
            seat.address or "",
        ]
        for seat in view.seats
    ]
    return page.table(titles, rows)
