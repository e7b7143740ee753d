"""A definition to start from: sound, reminding of its deadlines, and the same in each language."""

import re

import pytest

from definitions.drafting import LANGUAGES, draft
from definitions.model import Definition, Prose
from tests.support.definitions import load

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
