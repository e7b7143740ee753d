"""The screen of ``member list``."""

from definitions.text import day_in_short, ntext, text
from screens.page import Cell, Mark, Marked, Page, joined
from workflow.people import Held
from workflow.views.members import MembersView


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


def reached(
    name: str, address: str | None, language: str | None, again: int, page: Page, *, dry: bool
) -> str:
    """Return where somebody is reached from now on, in which language, and what goes there now."""
    lines = [page.told(text("Only tried; nothing was written."))] if dry else []
    if address is not None:
        said = text(
            "Reminders for “{name}” are addressed to {address}.", name=name, address=address
        )
        lines.append(page.told(said))
    if again:
        said = ntext(
            "{n} reminder that could not be delivered is tried again.",
            "{n} reminders that could not be delivered are tried again.",
            again,
        )
        lines.append(page.told(said))
    if language is not None:
        words = {"nl": text("Dutch"), "en": text("English")}
        said = text(
            "Reminders for “{name}” are in {language}.", name=name, language=words[language]
        )
        lines.append(page.told(said))
    return joined(lines)


def erased(held: Held, page: Page, *, dry: bool) -> str:
    """Return what was forgotten of a person, and what stays."""
    values = {"name": held.name, "id": held.id}
    said = (
        text("Only tried; “{name}” would be forgotten.", **values)
        if dry
        else text("“{name}” is forgotten; what they did stands under {id}.", **values)
    )
    stays = ntext(
        "{n} entry of the journals has that id, and no name.",
        "{n} entries of the journals have that id, and no name.",
        len(held.entries),
    )
    return joined([page.told(said), page.told(stays)])
