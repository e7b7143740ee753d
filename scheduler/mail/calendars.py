"""Deadlines for a calendar: an iCalendar file that any calendar program takes in.

It is one of RFC 5545, published as RFC 5546 has it (3.2.1): each event has an organizer.

A deadline keeps its id for ever, so that a moved one replaces its former date. A lapsed one is
cancelled (RFC 5546, 3.2.5; 4.1.3 shows one), each in a file of its own, since a cancellation
concerns one event.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from icalendar import Calendar, Component, Event, vCalAddress, vDate, vDatetime, vInt, vText

from definitions.language.values import dataclass
from scheduler.mail.phrases import plain
from workflow.model.reminders import Item


class Method(StrEnum):
    """The method of a calendar: publish or cancel (RFC 5546, 1.4)."""

    PUBLISH = "PUBLISH"
    """They are there."""
    CANCEL = "CANCEL"
    """They are not there any more."""


PRODUCT = "-//mijlpaal//deadlines//NL"
WIDEST = 75
"""How many bytes fit on a line (RFC 5545, 3.1)."""
_CONTINUES = 0b10
"""How a byte begins that is not the first of its character in UTF-8."""
_IN_A_MAILTO = "@!$'*+-._~"
"""The characters that such a URI contains unescaped (RFC 6068, 2)."""

Describe = Callable[[Item], tuple[str, str]]
"""Returns the summary and the description of an item."""


@dataclass(frozen=True, slots=True)
class Organizer:
    """Whose calendar it is: the same in every letter, for a program takes changes from no other.

    Attributes:
        address: a mail address.
        name: the name that goes with it; may be empty.
    """

    address: str
    name: str


def calendar_of(
    items: Iterable[Item], written_at: datetime, organizer: Organizer, describe: Describe
) -> bytes:
    """Return a calendar with a whole day for each deadline; nobody is kept from being asked.

    Args:
        items: each deadline once.
        written_at: the instant of the letter.
        organizer: who publishes it.
        describe: says what is asked.
    """
    calendar, stamp = _empty(Method.PUBLISH), _stamp(written_at)
    for item in items:
        summary, description = describe(item)
        event = _event(item, item.uid, stamp, summary)
        event["DESCRIPTION"] = vText(description)
        event["TRANSP"] = vText("TRANSPARENT")
        event["ORGANIZER"] = _published_by(organizer)
        calendar.add_component(event)
    return _as_bytes(calendar)


def cancelled(
    item: Item, uid: str, written_at: datetime, organizer: Organizer, explain: Describe
) -> bytes:
    """Return a calendar that cancels an event.

    Args:
        item: the deadline.
        uid: the id by which it is to be taken out.
        written_at: the instant of the letter.
        organizer: who published it.
        explain: says what was asked, and why that applies no longer.
    """
    calendar = _empty(Method.CANCEL)
    summary, why = explain(item)
    event = _event(item, uid, _stamp(written_at), summary)
    event["STATUS"] = vText("CANCELLED")
    if why:
        event["COMMENT"] = vText(why)
    event["ORGANIZER"] = _published_by(organizer)
    calendar.add_component(event)
    return _as_bytes(calendar)


def in_calendar(written: Iterable[bytes]) -> set[str]:
    """Return the ids of the events that a calendar has once it took in some calendars of ours.

    Args:
        written: as they were sent, the oldest first.
    """
    there: set[str] = set()
    for each in written:
        lines = each.replace(b"\r\n ", b"").splitlines()
        uids = {line[len(_UID) :].decode() for line in lines if line.startswith(_UID)}
        there = there - uids if _CANCELS in lines else there | uids
    return there


_UID, _CANCELS = b"UID:", b"METHOD:CANCEL"


def _empty(method: Method) -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODUCT)
    calendar["METHOD"] = vText(method.value)
    return calendar


def _stamp(written_at: datetime) -> vDatetime:
    return vDatetime(written_at.astimezone(UTC).replace(microsecond=0))


def _event(item: Item, uid: str, stamp: vDatetime, summary: str) -> Event:
    event = Event()
    event["UID"] = vText(plain(uid))
    event["SEQUENCE"] = vInt(item.sequence)
    event["DTSTAMP"] = stamp
    event["DTSTART"] = _whole(vDate(item.deadline))
    event["DTEND"] = _whole(vDate(item.deadline + timedelta(days=1)))
    event["SUMMARY"] = vText(summary)
    return event


def _published_by(organizer: Organizer) -> vCalAddress:
    said = vCalAddress(f"mailto:{quote(organizer.address, safe=_IN_A_MAILTO)}")
    name = plain(organizer.name).replace('"', "'")  # in quotes there are none (RFC 5545, 3.2)
    if name:
        said.params["CN"] = name
    return said


def _whole(day: vDate) -> vDate:
    day.params["VALUE"] = "DATE"
    return day


def _as_bytes(calendar: Calendar) -> bytes:
    """Return a calendar as it is sent.

    What the library does here itself takes three times as long, most of it for folding a character
    at a time: a letter may have forty deadlines, and a morning fifty letters.
    """
    return b"\r\n".join([*_lines(calendar), b""])


def _lines(component: Component) -> Iterator[bytes]:
    name = str(component.name).encode()
    yield b"BEGIN:" + name
    for each, value in component.items():
        yield _folded(_line(each, value))
    for within in component.subcomponents:
        yield from _lines(within)
    yield b"END:" + name


def _line(name: str, value: object) -> bytes:
    if not isinstance(value, (vCalAddress, vDate, vDatetime, vInt, vText)):
        raise TypeError(name)
    said: bytes = value.to_ical()
    more: bytes = b";" + value.params.to_ical() if value.params else b""
    return name.encode() + more + b":" + said


def _folded(line: bytes) -> bytes:
    if len(line) <= WIDEST:
        return line
    parts = []
    while len(line) > WIDEST:
        at = WIDEST
        while line[at] >> 6 == _CONTINUES:
            at -= 1
        parts.append(line[:at])
        line = b" " + line[at:]
    return b"\r\n".join([*parts, line])
