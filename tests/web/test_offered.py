"""What pages offer is what the engine would allow: to each role its own, and on no other day."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.support.databases import Site, opened
from tests.support.engine import SECRETARY, World
from tests.support.web import Served, Visitor, addresses, serving

PARTS = {"process": "rijk", "milestone": "voorstel", "definition": "gr-sociaal-domein"}
PAGES = [each for each in addresses(**PARTS) if each.startswith("/trajecten/rijk")]
FORM = re.compile(r'href="(/trajecten/rijk/vastleggen/[^"]+)"')
NOT_ALLOWED = "geen functie die dit mag"
READER = "nobody in particular"


def offered(visitor: Visitor, query: str = "") -> set[str]:
    """Return the address of every form that any page leads to."""
    pages = (visitor.get(f"{path}{query}").html for path in PAGES)
    return {unescape(each) for page in pages for each in FORM.findall(page)}


@pytest.fixture(params=[SECRETARY, "griffier west", READER])
def at_a_desk(
    request: pytest.FixtureRequest, files: Site, rich_file: tuple[str, World]
) -> Iterator[Served]:
    """Serve the pages of a process in which everything happened, to each of these."""
    url, lived = rich_file
    world = World(lived.now, lived.people)
    with opened(files, url) as database, serving(database, world, request.param) as served:
        yield served


def test_whoever_is_offered_a_form_may_fill_it_in(at_a_desk: Served) -> None:
    """No form that a page leads to says that they have no role for it."""
    visitor = at_a_desk.enter()
    found = offered(visitor)
    refused = [each for each in sorted(found) if NOT_ALLOWED in visitor.get(each).words]
    assert [] == refused
    assert (at_a_desk.asker == READER) == (not found)


def test_nothing_is_offered_on_another_day(at_a_desk: Served) -> None:
    """What happened is looked at, and not done."""
    assert set() == offered(at_a_desk.enter(), "?as_of=2021-09-20")
