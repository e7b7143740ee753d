"""Calendars: what a calendar program reads in them."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.mail.calendars import Organizer, calendar_of
from tests.support.letters import PRINCIPLE, QUESTIONS
from workflow.model.reminders import Item

AT = datetime(2021, 2, 12, 8, 0, 0, 123456, tzinfo=UTC)


ORGANIZER = Organizer("griffie@drechtsteden.example", "Griffie Drechtsteden")
OF_THE_CALENDAR = {"VERSION": (1, 1), "PRODID": (1, 1), "METHOD": (1, 1), "CALSCALE": (0, 1)}
OF_AN_EVENT = {
    **dict.fromkeys(("DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"), (1, 1)),
    **dict.fromkeys(("SEQUENCE", "CATEGORIES", "CLASS", "CREATED", "DESCRIPTION"), (0, 1)),
    **dict.fromkeys(("DTEND", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION"), (0, 1)),
    **dict.fromkeys(("PRIORITY", "RECURRENCE-ID", "RESOURCES", "STATUS", "TRANSP"), (0, 1)),
    **dict.fromkeys(("URL",), (0, 1)),
    **dict.fromkeys(("ATTENDEE", "REQUEST-STATUS"), (0, 0)),
}
"""How many of each property a published event has: RFC 5546, 3.2.1, as its table has it."""


def described(item: Item) -> tuple[str, str]:
    """Return something that is said of an item."""
    return item.titles["nl"], item.what


def events(*items: Item) -> list[Any]:
    """Return the events of a calendar, as the library reads them."""
    calendar: Any = Calendar.from_ical(calendar_of(items, AT, ORGANIZER, described))
    assert ("2.0", "PUBLISH") == (calendar["VERSION"], calendar["METHOD"])
    return list(calendar.events)


def test_a_deadline_is_a_whole_day() -> None:
    """That keeps nobody from being asked elsewhere, and rings no bell."""
    (event,) = events(PRINCIPLE)
    assert (date(2021, 2, 26), date(2021, 2, 27)) == (event["DTSTART"].dt, event["DTEND"].dt)
    assert "TRANSPARENT" == event["TRANSP"]
    assert [] == event.subcomponents


def test_a_moved_deadline_takes_the_place_of_what_was_there() -> None:
    """The same id, a higher number, another day."""
    later = replace(PRINCIPLE, deadline=date(2021, 3, 26), sequence=PRINCIPLE.sequence + 1)
    (before,), (after,) = events(PRINCIPLE), events(later)
    assert before["UID"] == after["UID"]
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert date(2021, 3, 26) == after["DTSTART"].dt


@pytest.mark.parametrize("number", [1, 2])
def test_a_calendar_is_published_as_calendars_want_it(number: int) -> None:
    """Each property is there as often as the table says, and no other; counted in its lines."""
    written = calendar_of([PRINCIPLE, QUESTIONS][:number], AT, ORGANIZER, described).decode()
    lines = written.replace("\r\n ", "").splitlines()
    head, *bodies = "\n".join(lines).split("\nBEGIN:VEVENT\n")
    bodies[-1] = bodies[-1].removesuffix("\nEND:VCALENDAR")
    assert number == len(bodies)
    assert head.splitlines()[0] == "BEGIN:VCALENDAR"
    check_numbers(head.splitlines()[1:], OF_THE_CALENDAR)
    for body in bodies:
        *properties, end = body.splitlines()
        assert "END:VEVENT" == end
        check_numbers(properties, OF_AN_EVENT)


def check_numbers(lines: list[str], allowed: dict[str, tuple[int, int]]) -> None:
    """Check that each property is there as often as it may be."""
    found = Counter(re.split("[:;]", line)[0] for line in lines)
    assert set() == set(found) - set(allowed)
    for name, (least, most) in allowed.items():
        assert (name, True) == (name, least <= found[name] <= most)


@pytest.mark.parametrize(
    ("address", "name", "line"),
    [
        ("griffie@a.example", "", "ORGANIZER:mailto:griffie@a.example"),
        ("griffie@a.example", "Griffie", "ORGANIZER;CN=Griffie:mailto:griffie@a.example"),
        ("a%b/c@a.example", "G;,:", 'ORGANIZER;CN="G;,:":mailto:a%25b%2Fc@a.example'),
        ("jürgen@a.example", 'De "G"\r\nX:y', None),
    ],
)
def test_who_publishes_it_is_one_address(address: str, name: str, line: str | None) -> None:
    """Whatever their name has in it."""
    written = calendar_of([PRINCIPLE], AT, Organizer(address, name), described).decode()
    (found,) = [each for each in written.splitlines() if each.startswith("ORGANIZER")]
    if line is None:
        line = "ORGANIZER;CN=\"De 'G' X:y\":mailto:j%C3%BCrgen@a.example"
    assert line == found


def test_the_stamp_is_the_instant_of_the_letter() -> None:
    """To the second: calendars know nothing smaller."""
    (event,) = events(PRINCIPLE)
    assert AT.replace(microsecond=0) == event["DTSTAMP"].dt


def test_each_deadline_is_an_event() -> None:
    """In the order of the letter."""
    assert [PRINCIPLE.uid, QUESTIONS.uid] == [each["UID"] for each in events(PRINCIPLE, QUESTIONS)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200), st.integers(0, 10**6))
def test_whatever_is_said_is_read_again(said: str, sequence: int) -> None:
    """In lines that are not too long, broken between characters only."""
    item = replace(PRINCIPLE, titles={"nl": said}, what=f"{said}\n{said}", sequence=sequence)
    lines = calendar_of([item], AT, ORGANIZER, described).split(b"\r\n")
    assert 75 >= max(len(line) for line in lines)
    (event,) = events(item)
    assert (said, f"{said}\n{said}", sequence) == (
        event["SUMMARY"],
        event["DESCRIPTION"],
        event["SEQUENCE"],
    )
