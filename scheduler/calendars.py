"""Deadlines for a calendar: an iCalendar file (RFC 5545) that any calendar program takes in.

A deadline keeps its id for ever, so that a moved one takes the place of what was there.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Component, Event, vDate, vDatetime, vInt, vText

from scheduler.words import plain
from workflow.reminders import Item

PRODUCT = "-//mijlpaal//deadlines//NL"
WIDEST = 75
"""How many bytes fit on a line (RFC 5545, 3.1)."""
_CONTINUES = 0b10
"""How a byte begins that is not the first of its character in UTF-8."""

Describe = Callable[[Item], tuple[str, str]]
"""Returns what is asked in a few words, and in more."""


def calendar_of(items: Iterable[Item], written_at: datetime, describe: Describe) -> bytes:
    """Return a calendar with a whole day for each deadline; nobody is kept from being asked.

    Args:
        items: each deadline once.
        written_at: the instant of the letter.
        describe: says what is asked.
    """
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODUCT)
    calendar["METHOD"] = vText("PUBLISH")
    stamp = vDatetime(written_at.astimezone(UTC).replace(microsecond=0))
    for item in items:
        calendar.add_component(_event(item, stamp, *describe(item)))
    return _as_bytes(calendar)


def _event(item: Item, stamp: vDatetime, summary: str, description: str) -> Event:
    event = Event()
    event["UID"] = vText(plain(item.uid))
    event["SEQUENCE"] = vInt(item.sequence)
    event["DTSTAMP"] = stamp
    event["DTSTART"] = _whole(vDate(item.deadline))
    event["DTEND"] = _whole(vDate(item.deadline + timedelta(days=1)))
    event["SUMMARY"] = vText(summary)
    event["DESCRIPTION"] = vText(description)
    event["TRANSP"] = vText("TRANSPARENT")
    return event


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
    if not isinstance(value, (vDate, vDatetime, vInt, vText)):
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
