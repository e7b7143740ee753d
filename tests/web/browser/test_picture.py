"""The picture at the top of the README: made by a test, and held to what the page says.

The pixels of another version of the browser differ; what stands on the page does not. So its words
are kept beside it, and a picture whose words are old is made anew: UPDATE_GOLDEN=1 pytest, and this
file.
"""

import os
import struct
from pathlib import Path

from playwright.sync_api import Browser

from definitions.library import facts_file
from tests.support.engine import SECRETARY, Traject, gr_sociaal_domein
from tests.support.web import Served
from workflow.facts import read_facts
from workflow.model.person import Called

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "docs" / "static" / "traject.png"
WORDS = PICTURE.with_suffix(".txt")
WIDE, HIGH = 1100, 760
HEADER = slice(16, 24)
"""Where the width and the height of a PNG are."""


def test_the_picture_of_the_readme_shows_what_the_page_says(
    served: Served, browser: Browser
) -> None:
    """The stand of 15 February 2021, as the screen below it has it."""
    traject = Traject(served.database, gr_sociaal_domein(), served.world, id="gr-sociaal-domein")
    traject.start(reconstruction=True)
    traject.engine.replay(read_facts(*facts_file("gr-sociaal-domein")), Called(SECRETARY))
    context = browser.new_context(
        viewport={"width": WIDE, "height": HIGH}, locale="nl-NL", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(served.origin + served.link)
    page.goto(f"{served.origin}/trajecten/gr-sociaal-domein?as_of=2021-02-15")
    said = "\n".join(filter(None, map(str.strip, page.locator("main").inner_text().splitlines())))
    if os.environ.get("UPDATE_GOLDEN"):
        page.screenshot(path=PICTURE)
        WORDS.write_text(f"{said}\n", encoding="utf-8")
    context.close()
    assert WORDS.read_text(encoding="utf-8") == f"{said}\n"
    assert (WIDE, HIGH) == struct.unpack(">II", PICTURE.read_bytes()[HEADER])


def test_the_readme_opens_with_it() -> None:
    """With words for whoever does not see it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    before, _, _ = readme.partition("```console")
    assert "![De stand van zaken van een traject](docs/static/traject.png)" in before
