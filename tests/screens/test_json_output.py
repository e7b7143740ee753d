"""JSON as it is written, against pydantic_core, which knows nothing of how ours is made."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from definitions.calendar.dates import parse_date
from definitions.language.actions import Blank, action
from definitions.language.text import text
from definitions.language.values import dataclass
from screens.json_output import envelope
from screens.page import Page
from workflow.views.overview import OverviewGoal, OverviewRow, OverviewView


class _Word(StrEnum):
    LATE = "te laat"


class _Kind(Enum):
    ONE = "één"


@dataclass(frozen=True, slots=True)
class _Alone:
    only: object


@dataclass(frozen=True, slots=True)
class _Several:
    first: object
    second: object
    last: tuple[object, ...] = ()


VISIBLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Co", "Zl", "Zp"])
)
SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    VISIBLE,
    st.dates(),
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))])),
    st.sampled_from([*_Word, *_Kind]),
)
VALUES = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(VISIBLE, inner, max_size=3),
        st.builds(_Alone, inner),
        st.builds(_Several, inner, inner, st.lists(inner, max_size=2).map(tuple)),
    ),
)


@given(VALUES)
def test_it_is_what_others_write(value: object) -> None:
    """Byte for byte: keys, order, indents, dates, and letters of any alphabet as they are."""
    expected = to_json({"schema": "mijlpaal/x/v1", "data": value}, indent=2).decode()
    assert expected == envelope("x", value, Page())


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ((), "[]"),
        ({}, "{}"),
        (text("No “{what}”.", what="x"), '"No “x”."'),
        (parse_date("by 2021-08"), '"by 2021-08"'),
        (Blank(), "null"),
        (
            'a\nb\t"c" \\ \x7f\u200b\U000e0041',
            '"a\\nb\\t\\"c\\" \\\\ \\u007f\\u200b\\udb40\\udc41"',
        ),
        (1.5, "1.5"),
        (date(2021, 3, 16), '"2021-03-16"'),
        (datetime(2021, 3, 16, 9, tzinfo=UTC), '"2021-03-16T09:00:00Z"'),
    ],
)
def test_how_values_are_written(value: object, written: str) -> None:
    """Sentences in words, dates as they were given, and what cannot be seen as an escape."""
    assert f'  "data": {written}\n}}' in envelope("x", value, Page())


def test_a_command_is_its_name_and_its_fields() -> None:
    """With null for what is still to be filled in."""
    given_ = action("record", process="p", body=Blank(), text=text("in words"), withdraw=True)
    said = json.loads(envelope("x", [given_, action("doctor")], Page()))["data"]
    fields = {"process": "p", "body": None, "text": "in words", "withdraw": True}
    assert [
        {"command": "record", "fields": fields},
        {"command": "doctor", "fields": {}},
    ] == said


def test_sentences_are_in_the_language_of_the_reader() -> None:
    """One after the other: nothing of the last reader is remembered."""
    said = text("Nothing is late.")
    assert "Nothing is late." in envelope("x", said, Page())
    assert "Nothing is late." not in envelope("x", said, Page("nl"))
    assert "Nothing is late." in envelope("x", said, Page())


def test_what_is_no_read_model_is_refused() -> None:
    """Rather than written as something."""
    with pytest.raises(TypeError):
        envelope("x", {1, 2}, Page())


def test_beside_what_was_read_stands_the_server() -> None:
    """Where it follows another."""
    said = json.loads(envelope("x", 1, Page(), _Alone("y")))
    assert {"schema": "mijlpaal/x/v1", "data": 1, "standby": {"only": "y"}} == said


def test_a_row_of_a_list_that_may_be_long_is_on_one_line() -> None:
    """A list of thousands of processes is small, and the same to a program."""
    goal = OverviewGoal(date(2022, 1, 1), 3, None)
    row = OverviewRow("gr", "A title", 5, 2, 0, 0, 7, goal)
    written = envelope("overview", OverviewView((row, row)), Page())
    assert 2 == written.count('{"process": "gr", "title": "A title", "milestones": 5, ')
    assert 9 == len(written.splitlines())
    found = json.loads(written)["data"]["processes"]
    assert [7, 7] == [each["awaited"] for each in found]
    assert {"date": "2022-01-01", "days_left": 3} == {
        name: found[0]["goal"][name] for name in ("date", "days_left")
    }
