"""Refused forms without a script: the summary has focus, the field is marked, nothing is lost."""

import re

import pytest

from tests.support.visits import Visits
from tests.support.web import Answer, Served, addresses
from web.face import TITLES
from web.links import SLUGS

PARTS = {"process": "rijk", "milestone": "voorstel", "definition": "gr-sociaal-domein"}
COMMAND_LINE = re.compile(rf"(?<![\w-])--[a-z]|\bmijlpaal ({'|'.join(TITLES)})\b")
"""What nobody types in a browser."""
LETTER = re.compile("<pre.*?</pre>", re.DOTALL)
"""A letter as it will be sent: it says what it says."""


@pytest.mark.parametrize(
    ("act", "fields", "wrong"),
    [
        ("besluit", {"milestone": "voorstel", "body": "oost.raad"}, ["outcome", "on"]),
        ("aantekening", {"note": "Iets.", "on": "2030-01-01"}, ["on"]),
        ("aantekening", {"note": "Iets.", "on": "31 februari"}, ["on"]),
        ("overgang", {"milestone": "slot", "trigger": "nemen", "on": "2021-09-01"}, []),
    ],
)
def test_a_refusal_has_focus_and_marks_the_field(
    rich: Served, visits: Visits, act: str, fields: dict[str, str], wrong: list[str]
) -> None:
    """The summary comes first and is read out; each fault leads to its field."""
    address = "&".join(f"{name}={value}" for name, value in fields.items())
    page = visits.enter(rich, f"/trajecten/rijk/vastleggen/{act}?{address}")
    page.locator("button[value=show]").click()
    summary = page.locator(".notice.error")
    assert summary.evaluate("node => node === document.activeElement")
    marked = page.locator("[aria-invalid=true]").evaluate_all("all => all.map(e => e.name)")
    assert wrong == marked
    for name in wrong:
        said = page.locator(f"#fault-{name}").inner_text()
        assert said
        page.locator(f"a[href='#field-{name}']").click()
        assert page.locator(f"#field-{name}").evaluate("e => e === document.activeElement")
    for name, value in fields.items():
        assert value == page.locator(f"[name={name}]").input_value()


def test_no_page_speaks_command_line(rich: Served) -> None:
    """No flag and no command of the terminal, on any page or refused form."""
    visitor = rich.enter()
    found: list[str] = []
    for path in addresses(**PARTS):
        found += _typed(path, visitor.get(path))
    for slug in SLUGS.values():
        path = f"/trajecten/rijk/vastleggen/{slug}"
        found += _typed(path, visitor.fill_in(path))
    assert [] == found


def _typed(path: str, answer: Answer) -> list[str]:
    words = LETTER.sub("", answer.html)
    return [
        f"{path}: {words[max(0, each.start() - 40) : each.end() + 30]}"
        for each in COMMAND_LINE.finditer(words)
    ]
