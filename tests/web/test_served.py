"""The pages over the wire: that they are there, and that an act goes through."""

from tests.support.definitions import EXAMPLE, load
from tests.support.engine import Traject
from tests.support.web import Served
from workflow.model.events import NoteAdded


def test_an_act_goes_through_in_two_steps(served_everywhere: Served) -> None:
    """What was filled in is looked over, confirmed, and stands in the journal once."""
    served = served_everywhere
    traject = Traject(served.database, load(EXAMPLE), served.world)
    traject.start()
    page = served.enter().record(
        "/trajecten/traject/vastleggen/aantekening",
        note="De griffier belde.",
        on="31 mei 2022",
        reference="telefoonnotitie 3",
    )
    assert 200 == page.status
    assert "Vastgelegd" in page.words
    events = [each.event for each in traject.journal]
    assert [NoteAdded] == [type(each) for each in events if isinstance(each, NoteAdded)]


def test_a_page_of_a_rich_process_is_shown_in_dutch(rich: Served) -> None:
    """Where everything happened, its page can still be read; Dutch where nobody chose."""
    page = rich.enter().get("/trajecten/rijk")
    assert 200 == page.status
    assert "nl" == next(given["lang"] for tag, given in page.tags if tag == "html")
