"""Definitions to start from: written without a fault, or not at all."""

import re
import string
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.errors import InvalidValue
from definitions.language.text import LANGUAGES
from definitions.model import Definition, Prose
from definitions.new_definition import draft, today_there
from tests.support.definitions import load
from tests.support.properties import examples

WORDS = st.one_of(
    st.sampled_from(
        [
            "Zoë",
            "Zoe",
            "北京",
            "true",
            "Null",
            "No",
            "112",
            "1e5",
            "0x1f",
            "2027",
            "- a",
            "a: b # c",
            'de "Hoeksche" \\ Waard',
            "${jaar}",
            "$jaar $$",
            "'s-Gravendeel",
            "{nl: x}",
            "a\x07b",
            "a\nb",
            "\ud800x",
            "x" * 150,
            " ",
            "",
        ]
    ),
    st.text(max_size=20),
    st.text(string.ascii_letters + "{}[],:#&*!|>'\"%@`$ -", min_size=1, max_size=20),
)
DATES = st.one_of(
    st.sampled_from(
        [
            "2021-01-04",
            "2021-01",
            "2021",
            "16-3-2021",
            "di, 16 maart 2021",
            "begin 2021-03",
            "by 2021-03-16",
            "2021-01-21/2021-01-26",
            "unknown",
            "onbekend",
            "1999-12-31",
            "2051",
            "2021-02-31",
            "${jaar}",
        ]
    ),
    st.text(max_size=10),
)


@examples(150)
@given(WORDS, WORDS, st.lists(WORDS, max_size=4), DATES, st.none() | DATES)
def test_what_is_drafted_is_sound(
    id: str, title: str, parties: list[str], begins: str, goal: str | None
) -> None:
    """Whatever is asked: it is refused in our own words, or it can be started as it is."""
    written, refused = "", None
    try:
        written = draft(id, title, parties, begins, goal)
    except InvalidValue as error:
        refused = error
    if refused is not None:
        assert refused.field in {"id", "title", "parties", "begins", "goal"}
        return
    found = load(written)

    assert " ".join(begins.split()) == found.begins.written
    assert (goal is None) == (found.goal is None)
    assert len(set(parties)) == len(found.parties)


@pytest.mark.parametrize(
    ("parties", "says"),
    [
        (["Zoë", "Zoe"], "“Zoë” and “Zoe” would both have the id “zoe”."),
        (["Sint Anna", "Oost", "sint-anna"], "“Sint Anna” and “sint-anna” would both have the id"),
        (["Oost", "北京"], "“北京” has no letter or digit to make an id of."),
        (["${naam}"], "In “${naam}” stands the place of a parameter, and there are none yet."),
        (["Oost\x07"], "stands what cannot be printed."),
        (["Oost", "x" * 100], "xxx…” has at most 99 characters, and not 100."),
        ([], "A process needs at least one party."),
    ],
)
def test_every_party_is_there_under_its_own_id(parties: list[str], says: str) -> None:
    """No name is left out, or takes the place of another, without a word."""
    with pytest.raises(InvalidValue) as raised:
        draft("samen", "Samen", parties, "2021-01-04")

    assert says in str(raised.value)


def test_a_party_that_is_named_twice_is_there_once() -> None:
    """Nothing is lost by that."""
    written = draft("samen", "Samen", ["Oost", "West", "Oost"], "2021-01-04")

    assert ["Oost", "West"] == [party.name for party in load(written).parties.values()]


@pytest.mark.parametrize(
    ("asked", "field", "says"),
    [
        ({"title": "Plan ${jaar}"}, "title", "In “Plan ${jaar}” stands the place of a parameter"),
        ({"title": " "}, "title", "A process needs a title. Give the process"),
        ({"id": "?"}, "id", "“?” has no letter or digit to make an id of. Use at least one of a–z"),
        ({"id": "x" * 101}, "id", "has at most 99 characters"),
        ({"parties": []}, "parties", "A process needs at least one party. Name each"),
        ({"parties": ["Zoë", "zoe"]}, "parties", "“Zoë” and “zoe” would both have the id “zoe”."),
        ({"begins": "unknown"}, "begins", "A process begins on a date that is known. Write a day"),
        (
            {"begins": "1999"},
            "begins",
            "the calendar has 2000 to 2050. Give a date in those years.",
        ),
        ({"begins": "medio"}, "begins", "or the first and the last day it can be (2021-01-"),
        ({"goal": "onbekend"}, "goal", "The date of a goal is one that is known. Leave it out"),
        ({"goal": "morgen"}, "goal", "“morgen” is not a date. Which day that is"),
        (
            {"begins": "16-3-2021", "goal": "2021-01-04"},
            "goal",
            "The goal (Mon 4 January 2021) lies before the beginning (Tue 16 March 2021). Give it",
        ),
        ({"begins": "2021-02", "goal": "2021-01"}, "goal", "The goal (January 2021) lies"),
    ],
)
def test_what_would_be_a_fault_is_refused(asked: dict[str, Any], field: str, says: str) -> None:
    """At once, as what it was asked with, and not as a fault of a file that is not there."""
    given = {"id": "samen", "title": "Samen", "parties": ["Oost"], "begins": "2021-01-04", **asked}
    with pytest.raises(InvalidValue) as raised:
        draft(**given)

    assert says in str(raised.value)
    assert field == raised.value.field


def test_a_goal_may_be_in_the_month_it_begins_in() -> None:
    """A month counts from its last day where it is a goal, and from its first as a beginning."""
    goal = load(draft("samen", "Samen", ["Oost"], "2021-02", "2021-02")).goal

    assert goal is not None
    assert date(2021, 2, 28) == goal.date.day


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Zoë", "zoe"),
        ("ZOË", "zoe"),
        ("Súdwest-Fryslân", "sudwest-fryslan"),
        ("Ĳsselstein", "ijsselstein"),
        ("Sjøholm", "sjoholm"),
        ("ÆRØ", "aero"),
        ("Große Straße", "grosse-strasse"),
        ("Łódź", "lodz"),
        ("'s-Gravendeel", "s-gravendeel"),
    ],
)
def test_a_name_becomes_an_id(name: str, id: str) -> None:
    """Letters keep what they are without their signs; none is lost."""
    assert [id] == list(load(draft("samen", "Samen", [name], "2021-01-04")).parties)


def test_today_is_that_of_the_zone_in_the_file() -> None:
    """Shortly after midnight in Amsterdam it is the day before in UTC."""
    assert "2026-07-01" == today_there(datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert "2026-06-30" == today_there(datetime(2026, 6, 30, 21, 30, tzinfo=UTC))


# --- in each language ---------------------------------------------------------------------------

COMMENT = re.compile(r"(?m)\s*#.*$")


def drafted(language: str) -> str:
    """Return a draft for two parties."""
    return draft("plan", "Een plan", ["Oost", "West"], "2026-03", "2027-01-01", language)


def loaded(language: str) -> Definition:
    """Return a draft as the program reads it."""
    return load(drafted(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_sound_and_reminds(language: str) -> None:
    """It can be started as it is, and its deadline has a ladder."""
    due = loaded(language).milestones["voorstel"].requests["raden"].due
    assert due is not None
    assert due.ladder in loaded(language).ladders


def test_drafts_say_the_same_in_every_language() -> None:
    """Only their comments are in another language, and those are."""
    ours, *others = [loaded(language) for language in LANGUAGES]
    assert all(ours == other for other in others)
    assert 1 == len({COMMENT.sub("", drafted(language)) for language in LANGUAGES})
    assert len(LANGUAGES) == len({drafted(language) for language in LANGUAGES})
    assert ours.goal is not None
    assert Prose.of({"nl": "in werking", "en": "in force"}) == ours.goal.what


def test_a_draft_for_who_reads_another_language_is_english() -> None:
    """There is none in Frisian."""
    assert drafted("en") == drafted("fy")
