"""Words of a definition for people: in one language, or in each of several."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import open_definition, shipped
from definitions.model import Definition, Goal, Prose, known_prose
from definitions.stored import stored_definition
from tests.support.definitions import EXAMPLE, example, faults_of, load

SAID = Prose((("nl", "wat er staat"), ("en", "what it says")))
BOTH = "{nl: wat er staat, en: what it says}"
LANGUAGES = {"nl", "en"}
PROSE = ("assumed", "unknown", "what", "papers_due")


def _goal(definition: Definition) -> Prose | None:
    return definition.goal.what if definition.goal else None


def _why(definition: Definition) -> Prose | None:
    due = definition.milestones["voorstel"].requests["raden"].due
    return due.why_unknown if due else None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("what: in force", f"what: {BOTH}"), _goal),
        (("what: a letter", f"what: {BOTH}"), lambda found: found.sources[0].what),
        (("due: 2021-09", f"due: {{unknown: {BOTH}}}"), _why),
        (
            ("{date: goal}", f"{{date: goal, assumed: {BOTH}}}"),
            lambda found: found.assumptions[0].what,
        ),
        (
            ("{date: goal}", f"{{date: goal}}\n    unknown: [{BOTH}]"),
            lambda found: found.unknowns[0].what,
        ),
        (
            ("tasks:\n  nieuw", f"unknown: [{BOTH}]\ntasks:\n  nieuw"),
            lambda it: it.unknowns[0].what,
        ),
        (
            ("oost: {name: Oost,", f"oost: {{name: Oost, papers_due: {BOTH},"),
            lambda found: found.parties["oost"].papers_due,
        ),
    ],
)
def test_words_for_people_can_be_in_several_languages(
    change: tuple[str, str], said: Callable[[Definition], Prose | None]
) -> None:
    """Each place of them takes a single text, or one for each language."""
    assert SAID == said(load(example(change)))
    alone = (change[0], change[1].replace(BOTH, "what it says"))
    assert Prose.of("what it says") == said(load(example(alone)))


@pytest.mark.parametrize(
    ("prose", "language", "words"),
    [
        (SAID, "nl", "wat er staat"),
        (SAID, "en", "what it says"),
        (SAID, "fy", "what it says"),
        (Prose.of({"nl": "alleen dit"}), "en", "alleen dit"),
        (Prose.of("one language"), "nl", "one language"),
        (Prose.of(""), "nl", ""),
    ],
)
def test_words_are_read_in_the_language_asked(prose: Prose, language: str, words: str) -> None:
    """Else in English, else in whatever language there is."""
    assert words == prose.in_(language)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("[a, b]", "8:26: goal.what: Expected a single value or keys and values, not a list."),
        ("{}", "8:26: goal.what: At least 1 needed."),
        ("{Dutch: in werking}", "“Dutch” is not a language: write nl, en…"),
        ("{nl: 3}", "8:33: goal.what.nl: Expected text, not 3."),
    ],
)
def test_what_is_no_prose_is_refused(written: str, fault: str) -> None:
    """A list, nothing at all, no language, or no words."""
    (found,) = faults_of(example(("what: in force", f"what: {written}")))
    assert fault in found


def test_the_same_words_twice_are_refused() -> None:
    """In several languages as in one."""
    twice = faults_of(example(("tasks:\n  nieuw", f"unknown: [{BOTH}, {BOTH}]\ntasks:\n  nieuw")))
    assert ["unknown.1: This stands here twice."] == [each.split(": ", 1)[1] for each in twice]


@pytest.mark.parametrize("written", ["unknown", "onbekend"])
def test_who_says_unknown_says_nothing(written: str) -> None:
    """In either language; other words are what is known."""
    assert known_prose(written) is None
    assert Prose.of("three weeks") == known_prose("three weeks")


def test_what_was_stored_before_is_read_as_it_was() -> None:
    """A definition of a program that knew one language keeps its hash and its words."""
    old = load(EXAMPLE)
    found = stored_definition(old.document, old.sha256)
    assert old == found
    assert Goal(parse_date("2022-01-01"), Prose.of("in force")) == found.goal


@pytest.mark.parametrize("name", shipped())
def test_shipped_definitions_say_everything_in_both_languages(name: str) -> None:
    """Titles, sources, goals, unknowns and assumptions: none of them in one language only."""
    document = stored_document(name)
    assert [] == [each for each in prose_in(document) if set(each) != LANGUAGES]
    assert [] != list(prose_in(document))


def stored_document(name: str) -> Any:
    """Return what a shipped definition and the files it uses say."""
    return json.loads(open_definition(name).document)


def prose_in(data: Any) -> Iterator[Any]:
    """Yield all words for people in a document: per language, or as they stand."""
    if isinstance(data, list):
        for each in data:
            yield from prose_in(each)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        told = value if isinstance(value, list) else [value]
        if key == "title" or (key in PROSE and value != "unknown"):
            yield from told
        else:
            yield from prose_in(value)
