"""The screen of ``member list``."""

from definitions.text import text
from screens.page import Page
from workflow.views import MembersView


def members_screen(view: MembersView, page: Page) -> str:
    """Return the seats and who holds them; empty ones too."""
    titles = (text("SEAT"), text("HELD BY"), text("FROM"), text("UNTIL"), text("ADDRESS"))
    rows = [
        [
            seat.seat,
            seat.name or page.say(text("(empty)")),
            seat.since.isoformat() if seat.since else "",
            seat.until.isoformat() if seat.until else "",
            seat.address or "",
        ]
        for seat in view.seats
    ]
    return page.table(titles, rows)
