"""Replanning: a due gets another date, with a reason, and what arises from that arises."""

from datetime import date

from definitions.dates import parse_date
from definitions.errors import NotFound
from tests.support.engine import Traject, refused
from workflow.commands import Replan
from workflow.refusals import Conflict, Missing, NotAllowed
from workflow.views.agenda import dues_view
from workflow.views.dues import DueView
from workflow.views.seen import Seen
from workflow.views.status import LagView, status_view


def replan(traject: Traject, due: str, to: str, reason: str = "the papers were late") -> None:
    """Give a due another date, on 1 March 2021."""
    traject.do(Replan(due, parse_date(to), reason, parse_date("2021-03-01")))


def seen(traject: Traject) -> Seen:
    """Return the process as it stands, for a view."""
    return Seen(traject.id, traject.definition, traject.state, date(2021, 3, 20))


def due(traject: Traject, ref: str) -> DueView:
    """Return one due as it is shown."""
    return {each.id: each for each in dues_view(seen(traject)).dues}[ref]


def test_a_due_counts_from_its_new_date(gr: Traject) -> None:
    """A month still ends on its last working day."""
    replan(gr, "hoofdlijnennotitie.in-route", "2021-05")
    found = due(gr, "hoofdlijnennotitie.in-route")
    assert ("2021-05", date(2021, 5, 31), 72) == (found.written, found.date, found.days_left)
    assert [] == gr.problems


def test_an_unknown_date_becomes_known(gr: Traject) -> None:
    """Of the draft text no source says when it is decided, until somebody does."""
    assert None is due(gr, "concepttekst/raden").date
    replan(gr, "concepttekst/raden", "2021-06-24")
    assert date(2021, 6, 24) == due(gr, "concepttekst/raden").date


def test_a_moved_date_makes_every_council_somebody_to_inform(gr: Traject) -> None:
    """Informing the council has no term; the days since the replanning are counted."""
    assert () == status_view(seen(gr)).lags
    replan(gr, "hoofdlijnennotitie.in-route", "2021-05")
    gr.task("informeer-raad", "verzonden", "2021-03-11", "sliedrecht")

    lags = {each.task: each for each in status_view(seen(gr)).lags}
    assert 7 == len(lags)
    moved = date(2021, 3, 1)
    assert (
        LagView("informeer-raad@sliedrecht", moved, date(2021, 3, 11), 10)
        == (lags["informeer-raad@sliedrecht"])
    )
    assert LagView("informeer-raad@dordrecht", moved, None, 19) == lags["informeer-raad@dordrecht"]


def test_what_cannot_be_replanned(gr: Traject) -> None:
    """No such due, no reason, no change, no seat: refused, and nothing is written."""
    with refused(gr, NotFound):
        replan(gr, "hoofdlijnennotitie.in-rout", "2021-05")
    with refused(gr, Missing):
        replan(gr, "hoofdlijnennotitie.in-route", "2021-05", reason=" ")
    with refused(gr, Conflict):
        replan(gr, "hoofdlijnennotitie.in-route", "2021-03")
    gr.seat("griffier@sliedrecht", "anna", "2020-11-01")
    with refused(gr.as_actor("anna"), NotAllowed):
        replan(gr.as_actor("anna"), "hoofdlijnennotitie.in-route", "2021-05")
