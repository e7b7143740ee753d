"""Letters, whole, as they are stored in ``golden/``: text, HTML and calendar, in both languages.

After a change that is meant, write them anew with ``UPDATE_GOLDEN=1 pytest tests/scheduler`` and
look at the difference.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.letters import LETTERS, Read, read, writer

GOLDEN = Path(__file__).parent / "golden"
FORMS = ("txt", "html", "ics")


def written(name: str, language: str) -> Read:
    """Return a letter as it is read."""
    return read(writer()(replace(LETTERS[name], language=language)).content)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter(name: str, language: str, form: str) -> None:
    """A whole letter is what is stored, to the letter."""
    found = getattr(written(name, language), form)
    stored = GOLDEN / language / f"{name}.{form}"
    if os.environ.get("UPDATE_GOLDEN"):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(found, encoding="utf-8", newline="")
    assert stored.read_bytes().decode() == found


def test_the_bytes_of_a_letter() -> None:
    """Headers, boundaries and encodings too: nothing in it is of the moment, or of chance."""
    found = writer()(LETTERS["griffier"]).content
    stored = GOLDEN / "griffier.eml"
    if os.environ.get("UPDATE_GOLDEN"):
        stored.write_bytes(found)
    assert stored.read_bytes() == found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_both_forms_say_the_same(name: str, language: str) -> None:
    """Whatever is said in text is said in HTML, and the other way round."""
    found = written(name, language)
    assert words(found.txt, "-") == words(found.in_html, "•")


def words(said: str, listed: str) -> list[str]:
    """Return the words of a form, without what only lays them out."""
    plain = said.replace(": ", " ").replace(":\n", " ")
    return sorted(word for word in plain.split() if word.strip("-") and word != listed)
