"""Calendars: what a calendar program reads in them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.mail.calendars import Method, Organizer, calendar_of, cancelled, in_calendar
from tests.support.agendas import events_of
from tests.support.letters import PRINCIPLE, QUESTIONS
from workflow.model.reminders import Item

AT = datetime(2021, 2, 12, 8, 0, 0, 123456, tzinfo=UTC)


ORGANIZER = Organizer("griffie@drechtsteden.example", "Griffie Drechtsteden")


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
    written = calendar_of([PRINCIPLE, QUESTIONS][:number], AT, ORGANIZER, described)
    assert ["PUBLISH"] * number == [each.method for each in events_of(written)]


def test_what_applies_no_longer_is_cancelled_as_calendars_want_it() -> None:
    """By its own id and organizer, with a number that only rises; and why."""
    written = cancelled(PRINCIPLE, "an-id", AT, ORGANIZER, lambda _: ("what", "why"))
    (said,) = events_of(written)
    wanted = {"UID": "an-id", "STATUS": "CANCELLED", "SUMMARY": "what", "COMMENT": "why"}
    assert wanted.items() <= said.properties.items()
    assert ("CANCEL", ORGANIZER.address) == (said.method, said.properties["ORGANIZER"])
    assert (PRINCIPLE.sequence, date(2021, 2, 26)) == (said.newness[0], said.day)


@pytest.mark.parametrize("method", list(Method))
def test_another_library_reads_the_same(method: Method) -> None:
    """One that shares no code with the one we write with."""
    other = pytest.importorskip("ical.calendar_stream", reason="make test installs it")
    name = Organizer("griffie@a.example", 'G;,: "é" van Ö')
    item = replace(PRINCIPLE, titles={"nl": "Ö, een; titel\\ met : alles"}, what="één\ntwee")
    if method is Method.PUBLISH:
        written = calendar_of([item, QUESTIONS], AT, name, described)
    else:
        written = cancelled(item, item.uid, AT, name, described)
    calendar = other.IcsCalendarStream.calendar_from_ics(written.decode())
    event = calendar.events[0]
    assert method.value == calendar.method
    assert (item.uid, item.sequence) == (event.uid, event.sequence)
    assert (date(2021, 2, 26), date(2021, 2, 27)) == (event.dtstart, event.dtend)
    assert item.titles["nl"] == event.summary
    assert "mailto:griffie@a.example" == str(event.organizer.uri)
    assert AT.replace(microsecond=0) == event.dtstamp
    if method is Method.PUBLISH:
        assert ([item.uid, QUESTIONS.uid], "één\ntwee") == (
            [each.uid for each in calendar.events],
            event.description,
        )
    else:
        assert ("CANCELLED", ["één\ntwee"]) == (event.status, event.comment)


def test_what_a_calendar_has_follows_from_what_was_sent() -> None:
    """The last thing that was said of an event counts."""
    published = calendar_of([PRINCIPLE, QUESTIONS], AT, ORGANIZER, described)
    taken_out = cancelled(PRINCIPLE, PRINCIPLE.uid, AT, ORGANIZER, described)
    again = calendar_of([PRINCIPLE], AT, ORGANIZER, described)
    assert {PRINCIPLE.uid, QUESTIONS.uid} == in_calendar([published])
    assert {QUESTIONS.uid} == in_calendar([published, taken_out])
    assert {PRINCIPLE.uid, QUESTIONS.uid} == in_calendar([published, taken_out, again])


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
