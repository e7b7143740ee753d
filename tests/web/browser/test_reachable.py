"""With a keyboard alone, on a small screen, with large text, and in forced colours."""

import pytest
from playwright.sync_api import Page

from tests.support.visits import Visits
from tests.support.web import Served, addresses

PARTS = {"process": "rijk", "milestone": "voorstel", "definition": "gr-sociaal-domein"}
FORM = "/trajecten/rijk/vastleggen/besluit?milestone=voorstel&body=oost.raad"
PATHS = [*addresses(**PARTS), FORM, "/nergens"]
STOP = """() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const look = getComputedStyle(at);
    const top = document.elementFromPoint(
        box.left + Math.min(box.width, 20) / 2, box.top + Math.min(box.height, 20) / 2);
    return {
        what: at.tagName + " " + (at.id || at.getAttribute("href") || at.textContent || "").trim(),
        y: box.top + window.scrollY,
        seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0,
        marked: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
        free: !top || at === top || at.contains(top) || top.contains(at)
            || (at.labels && [...at.labels].some((label) => label.contains(top))),
    };
}"""
"""Where the focus is: what has it, whether it is seen, marked and not under something else."""
WIDE = """() => {
    const page = document.documentElement;
    return page.scrollWidth <= page.clientWidth ? [] : [...document.querySelectorAll("body *")]
        .filter((node) => !node.closest(".table") && node.getBoundingClientRect().right
            > page.clientWidth + 1)
        .map((node) => node.outerHTML.slice(0, 100));
}"""
"""What makes a page move sideways."""
CAN_BE_USED = "a[href], button, input:not([type=hidden]), select, textarea, summary, .table"


def stops(page: Page) -> list[dict[str, object]]:
    """Return where one comes with the Tab key, from the top of a page to its end."""
    found: list[dict[str, object]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(STOP)
        if str(at["what"]).startswith("BODY") or (found and at["what"] == found[0]["what"]):
            return found
        found.append(at)
    raise AssertionError(page.url)


@pytest.mark.parametrize("path", ["/trajecten/rijk", FORM])
def test_the_keyboard_alone_is_enough(rich: Served, visits: Visits, path: str) -> None:
    """The skip link comes first; every stop is seen, marked and not under something else."""
    page = visits.enter(rich, path)
    page.evaluate("document.activeElement.blur()")
    found = stops(page)
    assert "#main" in str(found[0]["what"])
    for flaw in ("seen", "marked", "free"):
        assert [] == [each["what"] for each in found if not each[flaw]], flaw
    reached = page.locator(CAN_BE_USED).evaluate_all(
        "all => all.filter((each) => each.checkVisibility()).length"
    )
    assert reached == len(found)


def test_an_act_goes_through_with_the_keyboard_alone(rich: Served, plainly: Visits) -> None:
    """From the field to the receipt, without a pointer and without a script."""
    page = plainly.enter(rich, "/trajecten/rijk/vastleggen/aantekening")
    page.locator("#field-note").focus()
    page.keyboard.type("Met het toetsenbord.")
    page.keyboard.press("Tab")
    page.keyboard.type("1 september 2021")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[value=confirm]")
    at = "document.activeElement"
    assert page.evaluate(f"{at}.tagName") == "H2"  # to be read before anything is recorded
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate(f"{at}.value") == "confirm":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.done")


def test_the_skip_link_leads_to_the_content(rich: Served, visits: Visits) -> None:
    """It shows itself when it has focus, and what comes next lies in the content."""
    page = visits.enter(rich, "/trajecten/rijk")
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("how", ["320 px", "200 % text"])
def test_no_page_moves_sideways(rich: Served, visits: Visits, how: str) -> None:
    """Only tables do, each in a box of its own."""
    page = visits.enter(rich)
    page.set_viewport_size({"width": 320 if how == "320 px" else 1280, "height": 700})
    found: list[str] = []
    for path in PATHS:
        page.goto(rich.origin + path)
        if how != "320 px":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += [f"{path}: {each}" for each in page.evaluate(WIDE)]
    assert [] == found


def test_in_forced_colours_marks_are_still_seen(rich: Served, visits: Visits) -> None:
    """A focus has an outline, a button a border; a state is also a word."""
    page = visits.enter(rich, FORM)
    page.emulate_media(forced_colors="active")
    page.evaluate("document.activeElement.blur()")
    assert [] == [each["what"] for each in stops(page) if not each["marked"]]
    borders = page.locator("button").evaluate_all(
        "all => all.map((each) => getComputedStyle(each).borderStyle)"
    )
    assert "none" not in borders
    page.goto(f"{rich.origin}/trajecten/rijk/besluiten")
    signs = page.locator("[class^=mark-]").evaluate_all("all => all.map((e) => e.textContent)")
    assert all(each.strip() for each in signs)
