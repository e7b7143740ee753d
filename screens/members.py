"""The screen of ``member list``."""

from definitions.language.text import day_in_short, ntext, text
from definitions.language.values import dataclass
from screens.page import Cell, Mark, Marked, Page, joined
from workflow.views.members import MembersView, SeatView


def members_screen(view: MembersView, page: Page) -> str:
    """Return all seats with their holders, also empty seats."""
    titles = (text("SEAT"), text("HELD BY"), text("FROM"), text("UNTIL"), text("ADDRESS"))
    rows: list[list[Cell]] = [
        [
            seat.seat,
            _holder(seat, page),
            page.say(day_in_short(seat.since)) if seat.since else "",
            page.say(day_in_short(seat.until)) if seat.until else "",
            seat.address or "",
        ]
        for seat in view.seats
    ]
    return page.table(titles, rows)


def _holder(seat: SeatView, page: Page) -> Cell:
    """Return the holder of a seat; a mailbox by its address, under that title."""
    if seat.name is None:
        return Marked(page.say(text("(empty)")), Mark.WAITING)
    return page.say(text("(mailbox)")) if seat.mailbox and seat.address else seat.name


@dataclass(frozen=True, slots=True)
class ReachedView:
    """Where somebody is reached from now on, and in which language.

    Attributes:
        dry_run: nothing was written: it was only tried.
        address: where reminders go; None leaves it as it was.
        language: in which they are written; None leaves it as it was.
        again: how many reminders that could not be delivered are tried again.
    """

    dry_run: bool
    name: str
    address: str | None
    language: str | None
    again: int


def reached(view: ReachedView, page: Page) -> str:
    """Return where somebody is reached from now on, in which language, and what goes there now."""
    name, address, language, again = view.name, view.address, view.language, view.again
    lines = [page.paragraph(text("Only tried; nothing was written."))] if view.dry_run else []
    if address is not None:
        said = text(
            "Reminders for “{name}” are addressed to {address}.", name=name, address=address
        )
        lines.append(page.paragraph(said))
    if again:
        said = ntext(
            "{n} reminder that could not be delivered is tried again.",
            "{n} reminders that could not be delivered are tried again.",
            again,
        )
        lines.append(page.paragraph(said))
    if language is not None:
        words = {"nl": text("Dutch"), "en": text("English")}
        said = text(
            "Reminders for “{name}” are in {language}.", name=name, language=words[language]
        )
        lines.append(page.paragraph(said))
    return joined(lines)
