"""The texts of the demo between its screens: explanations, and suggestions at the end."""

import shlex
from collections.abc import Sequence
from datetime import date

from definitions.language.text import Text, ntext, text
from screens.page import Mark, Page, joined


def heading(name: str, page: Page) -> str:
    """Return the introduction of a process."""
    said = text(
        "The process “{name}”, started in a throw-away database and replayed from its shipped "
        "facts, each with its source.",
        name=name,
    )
    return joined(["", page.paragraph(said, hanging=0, mark=Mark.HEADING)])


def scene(explanation: Text, command: str, page: Page) -> str:
    """Return the explanation of the next screen, and the command that prints it."""
    typed = page.command(*shlex.split(command), indent=0)
    return joined(["", page.paragraph(explanation, hanging=0), f"$ {typed}"])


def stood(day: date, *, first: bool) -> Text:
    """Return the explanation of a status of the past."""
    if not first:
        return text("The same on {day}, by what had happened then.", day=day)
    return text(
        "Where it stood on {day}: a line for each milestone. A bar has a place for each body that "
        "was asked, filled where its decision is on record and crossed where that is against; "
        "below it, who is missing.",
        day=day,
    )


def waited_for(milestone: str) -> Text:
    """Return the explanation of an ``explain`` screen."""
    return text(
        "What “{milestone}” was waiting for that day, and whom one would have rung: its gate as a "
        "tree, each part with why it holds or does not.",
        milestone=milestone,
    )


def agenda() -> Text:
    """Return the explanation of the dates."""
    return text("Its dates as an agenda: as the source writes them, and how each stood that day.")


def reminder_period(since: date, until: date) -> Text:
    """Return the explanation of the list of reminders."""
    return text(
        "The reminders that would have gone out from {since} to {until}, had every entry "
        "been recorded on its day. Really nothing is sent: the process was recorded "
        "afterwards.",
        since=since,
        until=until,
    )


def one_letter() -> Text:
    """Return the explanation of a preview."""
    return text("The first of those letters. Whose seat is empty stands for whoever holds it.")


def left_there(number: int, folder: str, page: Page) -> str:
    """Return where the letters are."""
    said = ntext(
        "The letter is in {folder}, to be opened with a mail program.",
        "All {n} letters are in {folder}, to be opened with a mail program.",
        number,
        folder=folder,
    )
    return page.paragraph(said, hanging=0)


def stands() -> Text:
    """Return the explanation of the present status."""
    return text(
        "Where it stands now. “Attested” is known on the word of a source only: what is not on "
        "record behind it is listed, and never counted as decided."
    )


def whole() -> Text:
    """Return the explanation of the verification."""
    return text("Last: has nobody changed anything since? Every entry holds on to the one before.")


def closing(names: Sequence[str], file: str, page: Page) -> str:
    """Return suggestions for next commands, and their database."""
    lines = ["", page.heading(text("Your turn. The database of this demo stays where it is:"))]
    lines += [f"  export MIJLPAAL_DATABASE_URL={shlex.quote(file)}"]
    for name in names[:1]:
        lines += [
            page.command("history", name),
            page.command("due", name),
            page.command("definitions", "show", name),
            page.command("start", name, "--id", f"{name}-2"),
        ]
    return joined(lines)
