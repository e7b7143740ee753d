"""The words of letters: deadlines, bodies and days, as one says them to whoever is reminded."""

import re
import shlex
import unicodedata
from collections.abc import Callable
from datetime import date

from definitions.characters import without_hidden
from definitions.dates import PartialDate, Precision, date_in
from definitions.naming import PROGRAM
from definitions.text import LONG_WEEKDAYS, MONTHS, Text, day_in_full, ntext, text, weekday_in_short
from workflow.reminders import Contact, Instead, Item

LONGEST = 200
"""How many characters of a title, a name or a reason a letter shows."""
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]")
_RIGHT_TO_LEFT = {"R", "AL"}
_NOT_KNOWN = {"onbekend", "unknown"}
_NEUTER = ("bestuur", "college", "overleg", "orgaan", "presidium", "comité")
"""How the Dutch words for bodies end that have “het”; all others have “de”."""


# --- what others wrote -------------------------------------------------------------------------


def plain(written: str, most: int = LONGEST) -> str:
    """Return what somebody wrote as it can stand in a line: nothing in it steers or breaks it."""
    if not (written.isascii() and written.isprintable()):
        written = _harmless(written)
    written = " ".join(written.split())
    if len(written) > most:
        written = f"{written[: most - 1].rstrip()}…"
    return f"\u2068{written}\u2069" if _turns_round(written) else written


def _harmless(written: str) -> str:
    """Return a text without what cannot be seen; where a line would break, there is a space."""
    return without_hidden(_BREAKS.sub(" ", written))


def _turns_round(written: str) -> bool:
    """Say whether it has letters that run from right to left, and would take others along."""
    return not written.isascii() and any(
        unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in written
    )


def spaced(identifier: str) -> str:
    """Return an id as words: “technische-vragen” is two."""
    return plain(identifier.replace("-", " "))


# --- days --------------------------------------------------------------------------------------


def by_when(item: Item) -> Text:
    """Return the deadline: by when, or the day that is aimed at."""
    if item.target:
        return text("Target date {day}", day=day_in_full(item.deadline))
    return text("By {day} at the latest", day=day_in_full(item.deadline))


def by_when_in_short(item: Item) -> Text:
    """Return the deadline for a subject line: what counts first."""
    day = weekday_in_short(item.deadline)
    if item.target:
        return text("Target date {day}", day=day)
    if item.days_left < 0:
        return text("{late} ({day})", late=left(item), day=day)
    if item.days_left == 0:
        return text("Today, {day}", day=day)
    return text("By {day}", day=day)


def left(item: Item) -> Text:
    """Return how many days there are left, or how many it is late."""
    days = item.days_left
    if days < 0:
        if item.target:
            return ntext("{n} day ago", "{n} days ago", -days)
        return ntext("{n} day late", "{n} days late", -days)
    if days == 0:
        return text("today")
    if days == 1:
        return text("tomorrow")
    return ntext("in {n} day", "in {n} days", days)


def as_written(item: Item) -> Text | None:
    """Return what the source said where that is not simply the day, and what follows from it."""
    found = date_in(item.written)
    if found is not None and _is_that_day(found, item.deadline):
        return None
    day = item.deadline
    values = {
        "written": plain(item.written) if found is None else found.in_words(),
        "weekday": LONG_WEEKDAYS[day.weekday()],
        "day": day.day,
        "month": MONTHS[day.month - 1],
    }
    if item.target:
        return text("{written}, so {weekday} {day} {month}", **values)
    return text("{written}, so {weekday} {day} {month} at the latest", **values)


def _is_that_day(found: PartialDate, day: date) -> bool:
    exact = found.precision is Precision.DAY
    bounded = found.precision is Precision.BY and not found.by_span
    return (exact or bounded) and found.last == day


# --- who ---------------------------------------------------------------------------------------


def whose(item: Item) -> Text | None:
    """Return whose it is: a body of a party, a party, a group; None where it is one."""
    name = plain(item.subject_name)
    if item.body is None:
        said = name or spaced(item.subject)
        return text("{name}", name=said) if said else None
    kind = spaced(item.body.rpartition(".")[2])
    if "." in item.body:
        party = name or spaced(item.body.partition(".")[0])
        return text("{body} of {party}", body=_with_article(kind), party=party)
    return _with_article(name or kind)


def _with_article(body: str) -> Text:
    # The fields have names of their own: in Dutch one is “de”, the other “het”.
    if body.casefold().endswith(_NEUTER):
        return text("the {neuter}", neuter=body)
    return text("the {body}", body=body)


def contact(of: Contact) -> str:
    """Return whom to ask: the seat, and what is known of who holds it."""
    return ", ".join(plain(each) for each in (of.seat, of.name, of.address) if each)


def meant_for(item: Item) -> Text | None:
    """Return why somebody hears what was meant for another; None where it was meant for them."""
    match item.instead:
        case None:
            return None
        case Instead.EMPTY:
            return text(
                "You get this for {seat}: nobody with a mail address holds that seat.",
                seat=plain(item.meant_for or ""),
            )
        case Instead.UNDELIVERED:
            return text(
                "You get this for {seat}: it could not be delivered there.",
                seat=plain(item.meant_for or ""),
            )


# --- what --------------------------------------------------------------------------------------


def instrument(item: Item) -> str | None:
    """Return how it is to be decided; None where nobody knows."""
    if item.instrument is None or item.instrument in _NOT_KNOWN:
        return None
    return spaced(item.instrument)


def command(item: Item, say: Callable[[Text], str]) -> str:
    """Return what to type to record it; what is to be filled in, in the reader's language."""
    said = (say(word) if isinstance(word, Text) else word for word in item.command)
    return shlex.join([PROGRAM, *(_harmless(word) for word in said)])
