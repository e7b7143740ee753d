"""Two people at once, and a double click: nothing lost, nothing doubled."""

import pytest
from playwright.sync_api import Page

from tests.support.definitions import EXAMPLE, load
from tests.support.engine import Traject
from tests.support.visits import Visits
from tests.support.web import Served
from workflow.model.events import NoteAdded

NOTE = "/trajecten/traject/vastleggen/aantekening"
SHOW, CONFIRM = "button[value=show]", "button[value=confirm]"


@pytest.fixture
def traject(served: Served) -> Traject:
    """Start a process in what is served."""
    traject = Traject(served.database, load(EXAMPLE), served.world)
    traject.start()
    return traject


def notes(traject: Traject) -> list[str]:
    """Return the notes in the journal."""
    events = (each.event for each in traject.journal)
    return [each.note for each in events if isinstance(each, NoteAdded) and each.note]


def fill_in(page: Page, note: str) -> None:
    """Fill in the form of a note, and see what it would record."""
    page.locator("#field-note").fill(note)
    page.locator("#field-on").fill("2022-05-30")
    page.locator(SHOW).click()


def test_the_second_sees_what_the_first_did(
    served: Served, traject: Traject, plainly: Visits
) -> None:
    """Before anything of the second is written; then the second goes on, and both are kept."""
    first = plainly.enter(served, NOTE)
    second = plainly.also(NOTE)
    for page, note in ((first, "De eerste."), (second, "De tweede.")):
        fill_in(page, note)
    first.locator(CONFIRM).click()
    second.locator(CONFIRM).click()
    assert "De eerste." in second.locator(".notice.warning").inner_text()
    assert "De tweede." == second.locator("#field-note").input_value()
    assert ["De eerste."] == notes(traject)
    second.locator(SHOW).click()
    second.locator(CONFIRM).click()
    assert ["De eerste.", "De tweede."] == notes(traject)


def test_a_double_click_is_one_entry(served: Served, traject: Traject, plainly: Visits) -> None:
    """Also where the second click is sent before the first is answered."""
    page = plainly.enter(served, NOTE)
    fill_in(page, "Twee keer geklikt.")
    page.locator(CONFIRM).dblclick()
    page.locator("section.standing").wait_for()  # the first way there may have been broken off
    assert ["Twee keer geklikt."] == notes(traject)


def test_a_receipt_is_shown_once(served: Served, traject: Traject, plainly: Visits) -> None:
    """Whoever loads the page again sees the process alone."""
    page = plainly.enter(served, NOTE)
    fill_in(page, "Eén keer getoond.")
    page.locator(CONFIRM).click()
    assert 1 == page.locator(".notice.done").count()
    page.reload()
    assert 0 == page.locator(".notice.done").count()
