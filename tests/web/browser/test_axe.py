"""Every page, as axe sees it: with data, empty, refused and of another day, in both languages.

What differs between the languages is words, and the pages with data are seen in both: the others
are seen in one among the other tests, and in both by ``make chaos``.
"""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from definitions.language.text import LANGUAGES
from tests.support.axe import violations
from tests.support.chaos import EVERYTHING
from tests.support.visits import Visits
from tests.support.web import Served, addresses
from web.links import SLUGS

PARTS = {"process": "rijk", "milestone": "voorstel", "definition": "gr-sociaal-domein"}
PAGES = addresses(**PARTS)
LOOKS = [each for each in PAGES if each.startswith("/trajecten/rijk")]
FORMS = [f"/trajecten/rijk/vastleggen/{each}" for each in SLUGS.values()]
FORBIDDEN = 403
FEW = LANGUAGES if EVERYTHING else ("nl",)
MISSING = {"process": "niets", "milestone": "niets", "definition": "niets"}


def look(visits: Visits, served: Served, language: str, paths: Iterable[str]) -> list[str]:
    """Return what is wrong with pages, in a language."""
    page = visits.enter(served, f"/trajecten?taal={language}")
    found: list[str] = []
    for path in paths:
        response = page.goto(served.origin + path)
        assert response is not None
        assert response.status != FORBIDDEN
        assert language == page.locator("html").get_attribute("lang")
        found += violations(page)
        found += visits.forbidden(page)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_with_data_have_nothing_wrong(rich: Served, visits: Visits, language: str) -> None:
    """A process in which everything happened."""
    assert [] == look(visits, rich, language, PAGES)


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_empty_pages_have_nothing_wrong(served: Served, visits: Visits, language: str) -> None:
    """No process at all; the pages of one that has only begun come with the others."""
    assert [] == look(visits, served, language, [e for e in PAGES if e not in LOOKS])


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_pages_of_what_has_only_begun_have_nothing_wrong(
    untouched: Served, visits: Visits, language: str
) -> None:
    """A process without a decision, a task or a person beside the starter."""
    paths = [each.replace("rijk", "traject") for each in LOOKS]
    assert [] == look(visits, untouched, language, paths)


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_pages_that_refuse_have_nothing_wrong(rich: Served, visits: Visits, language: str) -> None:
    """A day that is none, and what is not there."""
    days = [f"{each}?as_of=gisteren%20of%20zo" for each in LOOKS]
    missing = [each for each in addresses(**MISSING) if "niets" in each]
    assert [] == look(visits, rich, language, [*days, *missing, "/nergens"])


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_pages_of_another_day_have_nothing_wrong(
    rich: Served, visits: Visits, language: str
) -> None:
    """As it stood on a day, and as was known by another."""
    days = "as_of=2021-02-20&known_at=2021-03-01"
    assert [] == look(visits, rich, language, [f"{each}?{days}" for each in LOOKS])


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_forms_have_nothing_wrong(rich: Served, visits: Visits, language: str) -> None:
    """As they come back when nothing was filled in, with all of what a form shows."""
    page = visits.enter(rich, f"/trajecten?taal={language}")
    found: list[str] = []
    for path in FORMS:
        page.goto(rich.origin + path)
        _send(page)
        found += violations(page)
    assert [] == found


@pytest.mark.chaos
@pytest.mark.parametrize("language", FEW)
def test_the_steps_of_a_form_have_nothing_wrong(
    rich: Served, visits: Visits, language: str
) -> None:
    """What will be recorded, the receipt, and what somebody else did meanwhile."""
    page = visits.enter(rich, f"/trajecten?taal={language}")
    stale = visits.also("/trajecten/rijk/vastleggen/aantekening")
    found: list[str] = []
    page.goto(f"{rich.origin}/trajecten/rijk/vastleggen/aantekening")
    found += violations(page)
    _fill_in(page)
    _send(page)
    found += violations(page)
    page.locator("button[value=confirm]").click()
    found += violations(page)
    _fill_in(stale)
    _send(stale)
    assert 1 == stale.locator(".notice.warning[role=alert]").count()
    found += violations(stale)
    assert [] == found


def _fill_in(page: Page) -> None:
    page.locator("#field-note").fill("De griffier belde.")
    page.locator("#field-on").fill("2021-09-01")
    page.locator("#field-reference").fill("telefoonnotitie 3")


def _send(page: Page) -> None:
    page.locator("main form[method=post] button[value=show]").click()
