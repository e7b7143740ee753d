"""A day is chosen in the form of a page, and the page is of that day: its numbers, no form."""

import re

from definitions.library import facts_file
from tests.support.engine import SECRETARY, Traject, gr_sociaal_domein
from tests.support.visits import Visits
from tests.support.web import Served
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.status_queries import status_of


def test_a_day_is_chosen_and_its_numbers_are_those_of_the_status(
    served: Served, plainly: Visits
) -> None:
    """As of 15 February 2021, without a script; the address can be mailed."""
    traject = Traject(served.database, gr_sociaal_domein(), served.world, id="gr-sociaal-domein")
    traject.start(reconstruction=True)
    traject.engine.replay(read_facts(*facts_file("gr-sociaal-domein")), Called(SECRETARY))
    page = plainly.enter(served, "/trajecten/gr-sociaal-domein")
    page.get_by_label("Stand van").fill("15 februari 2021")
    page.get_by_role("button", name="Toon").first.click()
    day = traject.engine.calendar_day("gr-sociaal-domein").replace(year=2021, month=2, day=15)
    view = status_of(traject.engine, "gr-sociaal-domein", day, None, "nl")
    said = page.locator("main").inner_text()
    asked = [each for milestone in view.milestones for each in milestone.requests if each.open]
    assert [f"{each.recorded} van {each.asked}" for each in asked] == re.findall(
        r"\d+ van \d+", said
    )
    assert "Zoals het stond op ma 15 februari 2021" in said
    assert 0 == page.locator("a[href*='/vastleggen/']").count()
    mailed = plainly.also(page.url.removeprefix(served.origin))
    assert said == mailed.locator("main").inner_text()
