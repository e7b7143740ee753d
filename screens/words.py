"""Words and short phrases that several screens use."""

from collections.abc import Iterable, Iterator, Sequence

from definitions.text import Text, ntext, text
from screens.page import Page
from workflow.state import Basis
from workflow.views import DueView, MissingView, UnprovedView


def basis_word(basis: Basis) -> Text:
    """Return the word for what a move rests on."""
    match basis:
        case Basis.DECIDED:
            return text("decided")
        case Basis.LATCHED:
            return text("latched")
        case Basis.ATTESTED:
            return text("attested")
        case Basis.IN_QUESTION:
            return text("in question")


def days_away(days: int | None) -> Text:
    """Return how far away a day is: “in 12 days”, “today”, “3 days ago”."""
    if days is None:
        return text("not known when")
    if days == 0:
        return text("today")
    if days > 0:
        return ntext("in {n} day", "in {n} days", days)
    return ntext("{n} day ago", "{n} days ago", -days)


def due_text(due: DueView) -> Text:
    """Return a due as one phrase: the date as written, how far away, and whether late."""
    if due.date is None:
        return text("not known")
    if due.overdue:
        return text("{written}, late: {away}", written=due.written, away=days_away(due.days_left))
    return text("{written}, {away}", written=due.written, away=days_away(due.days_left))


def names_text(names: Sequence[str]) -> Text:
    """Return names as people would list them: the bodies of one kind by their parties.

    ``a.raad, b.raad`` becomes ``raad of a, b``; anything else is listed as it is.
    """
    kinds = {name.partition(".")[2] for name in names}
    if len(kinds) != 1 or not all(kinds) or len(names) == 1:
        return text("{names}", names=names)
    parties = [name.partition(".")[0] for name in names]
    return text("{kind} of {parties}", kind=kinds.pop(), parties=parties)


def unproved_text(move: UnprovedView) -> Text:
    """Return a move that is not proved, when it was made, and on whose word."""
    way = {"source": move.source, "target": move.target, "on": move.effective}
    if move.basis is Basis.IN_QUESTION:
        return text("{source} → {target}, {on}: in question", **way)
    return text(
        "{source} → {target}, {on}, on the word of {reference}", **way, reference=move.reference
    )


def missing_lines(missing: Iterable[MissingView], page: Page, indent: int) -> Iterator[str]:
    """Yield what is not on record behind a move; the missing decisions each by name."""
    for each in missing:
        yield page.wrapped(page.say(missing_text(each)), indent)


def missing_text(missing: MissingView) -> Text:
    """Return what is missing for one part of a gate."""
    number = len(missing.waiting_for)
    match missing.kind:
        case "decisions":
            names = names_text(missing.waiting_for)
            return text("no decision on {subject} of {names}", subject=missing.subject, names=names)
        case "tasks":
            return ntext(
                "{n} task not reported done: {subject}",
                "{n} tasks not reported done: {subject}",
                number,
                subject=missing.subject,
            )
        case "parts":
            return ntext(
                "{n} part not reported at its level: {subject}",
                "{n} parts not reported at their level: {subject}",
                number,
                subject=missing.subject,
            )
        case _:
            return text("{subject}: {reason}", subject=missing.subject, reason=missing.reason)
