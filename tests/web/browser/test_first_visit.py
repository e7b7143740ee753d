"""The first minute in a browser: the link opens, and an act goes through without a script."""

from tests.support.definitions import EXAMPLE, load
from tests.support.engine import Traject
from tests.support.visits import Visits
from tests.support.web import Served


def test_an_act_goes_through_without_a_script(served: Served, plainly: Visits) -> None:
    """The form is filled in, looked over and confirmed, and the receipt is shown."""
    Traject(served.database, load(EXAMPLE), served.world).start()
    page = plainly.enter(served, "/trajecten/traject/vastleggen/aantekening")
    page.get_by_label("Wat er gebeurde").fill("De griffier belde.")
    page.get_by_label("Datum").fill("31 mei 2022")
    page.get_by_label("Vindplaats").fill("telefoonnotitie 3")
    page.get_by_role("button", name="Bekijk wat wordt vastgelegd").click()
    page.get_by_role("button", name="Vastleggen").click()
    assert page.get_by_role("heading", name="Vastgelegd").is_visible()
