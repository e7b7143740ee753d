"""The pages in Dutch for the people who work in Dutch: every word in bold stands on a screen."""

import re
from pathlib import Path

import pytest

from catalogues.messages import read

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "nl").glob("*.md"))
SAID = {
    said
    for message in read(ROOT / "screens/locale/nl/LC_MESSAGES/mijlpaal.po")
    for said in ([message.string] if isinstance(message.string, str) else message.string or ())
}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
STEP = re.compile(r"^\*\*\d+\. ([^*]+)\*\*", re.MULTILINE)
"""The beginning of a step, which is the page's own."""
TERMS = {
    "Corrigeer vermelding",  # with the number of the entry behind it
    "Wie u bent",
    "Waar alles staat",
    "Een huisstijl",
    "Wat niet bekend is",
}
"""What is in bold and is no label."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_stands_in_bold_stands_on_a_screen(page: Path) -> None:
    """A page that names a button by another word sends its reader looking."""
    written = STEP.sub("", page.read_text(encoding="utf-8"))
    named = {" ".join(each.split()).rstrip(".:") for each in BOLD.findall(written)}
    assert set() == named - SAID - TERMS


def test_every_desk_has_its_page() -> None:
    """And all of them are in the list of the first page."""
    first = (ROOT / "docs" / "nl" / "index.md").read_text(encoding="utf-8")
    names = {each.stem for each in PAGES} - {"index"}
    assert {
        "projectsecretaris",
        "griffier",
        "werkgroepleider",
        "stuurgroep",
        "feitenrelaas",
    } <= names
    assert names <= set(re.findall(r"^[a-z]+$", first, re.MULTILINE))
