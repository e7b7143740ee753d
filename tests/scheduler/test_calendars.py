"""Calendars: what a calendar program reads in them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scheduler.calendars import calendar_of
from tests.support.letters import PRINCIPLE, QUESTIONS
from workflow.reminders import Item

AT = datetime(2021, 2, 12, 8, 0, 0, 123456, tzinfo=UTC)


def described(item: Item) -> tuple[str, str]:
    """Return something that is said of an item."""
    return item.titles["nl"], item.what


def events(*items: Item) -> list[Any]:
    """Return the events of a calendar, as the library reads them."""
    calendar: Any = Calendar.from_ical(calendar_of(items, AT, described))
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
    lines = calendar_of([item], AT, described).split(b"\r\n")
    assert 75 >= max(len(line) for line in lines)
    (event,) = events(item)
    assert (said, f"{said}\n{said}", sequence) == (
        event["SUMMARY"],
        event["DESCRIPTION"],
        event["SEQUENCE"],
    )
