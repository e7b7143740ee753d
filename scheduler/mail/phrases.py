"""The phrases of letters: deadlines, bodies and days in words."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from definitions.calendar.dates import PartialDate, Precision, date_in, dated
from definitions.language.characters import without_hidden
from definitions.language.text import (
    LONG_WEEKDAYS,
    MONTHS,
    Text,
    day_in_full,
    ntext,
    text,
    weekday_in_short,
)
from definitions.model import title_in
from workflow.model.reminders import Asked, Contact, First, Gone, Instead, Item, WhyGone

LONGEST = 200
"""How many characters of a title, a name or a reason a letter shows."""
MOST_NAMED = 3
"""How many bodies, parties or people are named of those that have to come first."""
_BREAKS = re.compile("[\t-\r\x85\u2028\u2029]")
_ARTICLE = re.compile(r"^(?:de|het|the) (?=[a-z])")
LINKS = ("van", "of")
"""What stands between a role and its place, in each language."""
_RIGHT_TO_LEFT = {"R", "AL"}
_NOT_KNOWN = {"onbekend", "unknown"}
_NEUTER = ("bestuur", "college", "overleg", "orgaan", "presidium", "comité")
"""How the Dutch words for bodies end that have “het”; all others have “de”."""


# --- what others wrote -------------------------------------------------------------------------


def plain(written: str, most: int = LONGEST) -> str:
    """Return a text made safe for one line, without control characters and line breaks."""
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
    """Return whether a text has right-to-left letters, which would affect their surroundings."""
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
    """Return the date as the source has it, with its meaning; None if that is simply the day."""
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
    """Return the subject in words: a body of a party, a party, a group; None if there is one."""
    return subject(item.body or item.subject, item.subject_name, is_body=item.body is not None)


def subject(of: str, name: str, *, is_body: bool) -> Text | None:
    """Return a body of a party, a party or a group in words; None if there is none.

    Args:
        of: the id.
        name: the name of its party or group; empty if none is known.
        is_body: whether it is a body.
    """
    name = plain(name)
    if not is_body:
        said = name or spaced(of)
        return text("{name}", name=said) if said else None
    kind = spaced(of.rpartition(".")[2])
    if "." in of:
        party = name or spaced(of.partition(".")[0])
        return text("{body} of {party}", body=_with_article(kind), party=party)
    return _with_article(name or kind)


def _with_article(body: str) -> Text:
    # The fields have names of their own: in Dutch one is “de”, the other “het”.
    if body.casefold().endswith(_NEUTER):
        return text("the {neuter}", neuter=body)
    return text("the {body}", body=body)


def gone(item: Item, of: Gone) -> Text:
    """Return that a date applies no longer, and why, in a sentence.

    Args:
        of: what ended it.
    """
    return text("This date no longer applies: {why}", why=_why(item, of))


def _why(item: Item, of: Gone) -> Text:
    who = whose(item) or ""
    party = text("{name}", name=plain(item.subject_name) or spaced(item.subject))
    when, state = _when(of.on), spaced(of.what)
    match of.why:
        case WhyGone.DECIDED:
            return text("{who} decided {when}.", who=who, when=when)
        case WhyGone.PASSED:
            return text("the term of {who} passed in silence {when}.", who=who, when=when)
        case WhyGone.RECEIVED:
            return text("the decision of {who} was received {when}.", who=who, when=when)
        case WhyGone.DONE:
            return text("it was done {when}.", when=when)
        case WhyGone.REACHED:
            return text("“{state}” was reached {when}.", state=state, when=when)
        case WhyGone.ENDED:
            return text(
                "since {on} this milestone is at “{state}”, and this is asked no longer.",
                on=dated(of.on),
                state=state,
            )
        case WhyGone.LEFT:
            return text("{party} takes part no longer since {on}.", party=party, on=dated(of.on))
        case WhyGone.UNKNOWN if of.reason:
            return text("its date is not known now. Why: {why}", why=plain(of.reason, 500))
        case WhyGone.UNKNOWN:
            return text("its date is not known now.")
        case WhyGone.NOT_ASKED:
            return text("it is asked no longer.")


def _when(written: str) -> Text:
    """Return the day of something in a sentence: “on 3 May”; what is no day, between brackets."""
    found = date_in(written)
    if found is not None and found.is_unknown:
        return text("on a day that is not known")
    if found is None or found.precision is not Precision.DAY:
        return text("({written})", written=dated(written))
    return text("on {day}", day=found.in_words())


def addressed(name: str, items: Iterable[Item]) -> str:
    """Return how a letter addresses its reader: by a name that people use, or else by function.

    Args:
        name: of the reader; who started a process has the name they logged in with.
        items: what the letter is about.

    Returns:
        Nothing where neither is known.
    """
    if name and not _is_login(name):
        return plain(_ARTICLE.sub("", name))
    roles = {item.role for item in items}
    return spaced(roles.pop()) if len(roles) == 1 else ""


def _is_login(name: str) -> bool:
    """Return whether a name is one that is typed to log in: a word without a capital, a number."""
    if any(each.isspace() for each in name.strip()):
        return False
    capital = name[:1] != name[:1].lower() and (len(name) == 1 or not name.isupper())
    cased = name.lower() != name.upper()
    return (cased and not capital) or any(each.isdigit() or each in "@_\\" for each in name)


def contact(of: Contact) -> Text:
    """Return a contact in words: the function, and its holder's name and address."""
    return text("{names}", names=[function(of.seat, of.place), *_holder(of)])


def function(seat: str, place: str, *, article: bool = False) -> Text:
    """Return a seat in words: a role and its place.

    Args:
        seat: the seat as typed: ``griffier@sliedrecht``.
        place: the name of its party or group; empty if none is known.
        article: whether the role has its article.
    """
    name, at, where = seat.partition("@")
    role = _with_article(plain(name)) if article else text("{name}", name=plain(name))
    if not at:
        return role
    return text("{role} of {place}", role=role, place=plain(place) or spaced(where))


def _holder(of: Contact) -> list[str]:
    """Return the name and address of a holder, without a name that repeats the function."""
    name = None if of.name is None or _names_function(of.name, of) else of.name
    return [plain(each) for each in (name, of.address) if each]


def _names_function(name: str, of: Contact) -> bool:
    """Return whether somebody is called by their function: “griffier van Oost”."""
    role, _, where = of.seat.partition("@")
    said = _ARTICLE.sub("", name.casefold())
    return said in {role, *(f"{role} {link} {of.place or where}".casefold() for link in LINKS)}


def meant_for(item: Item) -> Text | None:
    """Return why a recipient gets a reminder meant for another; None if it was meant for them."""
    seat = function(item.meant_for or "", item.subject_name, article=True)
    match item.instead:
        case None:
            return None
        case Instead.EMPTY:
            return text(
                "You get this for {seat}: nobody with a mail address holds that seat.", seat=seat
            )
        case Instead.UNDELIVERED:
            return text("You get this for {seat}: it could not be delivered there.", seat=seat)


# --- what comes first --------------------------------------------------------------------------


def first(of: First, language: str) -> Text:
    """Return a prerequisite in words: its subject, its due, and its contacts."""
    said = _what_first(of, language)
    if of.due is not None:
        said = text("{what}; by {day}", what=said, day=weekday_in_short(of.due))
    elif of.asked is not None:
        said = text("{what}; by when is not known", what=said)
    if not of.who:
        return said
    named = [_who(each) for each in dict.fromkeys(of.who)]
    who = named[:MOST_NAMED]
    if named[MOST_NAMED:]:
        more = len(named) - MOST_NAMED
        who.append(ntext("{n} more", "{n} more", more))
    return text("{what}. Done by: {who}", what=said, who=who)


def _who(of: Contact) -> Text:
    """Return a contact for a list of several: the seat, followed by its holder."""
    seat, held = function(of.seat, of.place), _holder(of)
    return text("{seat} ({holders})", seat=seat, holders=held) if held else seat


def _what_first(of: First, language: str) -> Text:
    title = plain(title_in(of.titles, language, of.milestone)) if of.milestone else ""
    is_body = of.asked is Asked.DECIDE or (of.asked is None and bool(of.milestone))
    names: list[str | Text] = [
        said
        for each, name in of.whose[:MOST_NAMED]
        if (said := subject(each, name, is_body=is_body)) is not None
    ]
    if of.whose[MOST_NAMED:]:
        names.append(ntext("{n} more", "{n} more", len(of.whose) - MOST_NAMED))
    values = {"title": title, "what": spaced(of.what), "who": names, "reason": of.reason}
    match of.asked:
        case Asked.REACH:
            return text("{title}: {reason}", **values)
        case Asked.DECIDE | Asked.TASK if title and names:
            return text("{title}, {what}: {who}", **values)
        case Asked.TASK if title:
            return text("{title}, {what}", **values)
        case _ if names:
            return text("{what}, {who}: {reason}", **values)
        case _ if of.what:
            return text("{what}: {reason}", **values)
        case _:
            return text("{reason}", **values)


# --- what --------------------------------------------------------------------------------------


def instrument(item: Item) -> str | None:
    """Return how it is to be decided; None where nobody knows."""
    if item.instrument is None or item.instrument in _NOT_KNOWN:
        return None
    return spaced(item.instrument)


def command(item: Item, say: Callable[[Text], str]) -> str:
    """Return how it is recorded; what is to be filled in, in the reader's language.

    Returns:
        Nothing where the reader cannot.
    """
    if item.command is None:
        return ""
    return _harmless(say(text("{command}", command=item.command)))
