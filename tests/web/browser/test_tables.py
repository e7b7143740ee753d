"""Tables in a browser: what was taken along is filled in, sent back, and recorded whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World
from tests.support.visits import Visits
from tests.support.web import Served, serving

PAGE = "/trajecten/sportpark/invoegen"
WRONG = (
    "Mijlpaal\tVraag\tGemeente\tOrgaan\tUitkomst\tDatum\tKeuzes\tBron\n"
    "Locatie\tvoorkeur\t\tRegio-overleg\tgekozen\t1 februari 2026\tnoord\tlijst 1\n"
    "Locatie\tkeuze\tOost\tcolege\tgekozen\t3 februari 2026\tnoord\tlijst 2"
)


@pytest.fixture
def park(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve the sports park."""
    world.it_is("2026-06-01")
    with opened(files, file_template) as database, serving(database, world, language="nl") as it:
        definition = open_definition("docs/examples/sportpark.yaml")
        Traject(database, definition, world, "sportpark").start()
        yield it


def faults_of(page: Page) -> list[str]:
    """Return what makes a page hard to use for some."""
    return [str(each["id"]) for each in Axe().run(page).response["violations"]]


def test_a_pasted_table_is_mended_and_recorded_without_a_script(
    park: Served, plainly: Visits
) -> None:
    """The faults have the focus, each leads to its cell, and the field has the table still."""
    page = plainly.enter(park, PAGE)
    page.get_by_label("Plak de tabel hier").fill(WRONG)
    page.get_by_role("button", name="Bekijk wat wordt vastgelegd").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Rij 3, Orgaan").click()
    assert page.url.endswith("#row-3-body")
    expect(page.locator("#row-3-body")).to_contain_text("Oost heeft geen orgaan “colege”.")
    field = page.get_by_label("Plak de tabel hier")
    field.fill(field.input_value().replace("colege", "college"))
    page.get_by_role("button", name="Bekijk wat wordt vastgelegd").click()
    page.get_by_role("button", name="Alle 2 rijen vastleggen").click()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()


def test_a_table_is_taken_along_filled_in_and_sent_back(
    park: Served, visits: Visits, tmp_path: Path
) -> None:
    """As a workbook, by the links under the matrix of decisions."""
    page = visits.enter(park, "/trajecten/sportpark/besluiten")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    (row,) = (each for each in sheet.iter_rows(min_row=2) if each[4].value == "Regio-overleg")
    for title, said in (("Uitkomst", "gekozen"), ("Datum", "1 feb. 2026"), ("Bron", "lijst 1")):
        sheet.cell(row[0].row, titles.index(title) + 1, said)
    book.save(file)

    page.get_by_role("link", name="Een tabel invoegen").click()
    page.get_by_label("of kies een bestand").set_input_files(file)
    page.get_by_role("button", name="Bekijk wat wordt vastgelegd").click()
    expect(page.get_by_text("1 rij legt iets vast")).to_be_visible()
    page.get_by_role("button", name="1 rij vastleggen").click()
    expect(page.get_by_role("heading", name="Vastgelegd")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_can_be_used_by_everybody(
    park: Served, visits: Visits, language: str, width: int
) -> None:
    """The empty form, a table that is refused, and one that is looked over."""
    page = visits.enter(park, f"{PAGE}?taal={language}")
    page.set_viewport_size({"width": width, "height": 900})
    for table in ("", WRONG, WRONG.replace("colege", "college")):
        if table:
            page.locator("textarea").fill(table)
            page.locator("button[value=show]").click()
        assert [] == faults_of(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
