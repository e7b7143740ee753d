"""Amending: what a running process may read otherwise, and what it never may."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, MijlpaalError, NotFound
from tests.support.engine import Traject, refused
from workflow.decide.amend import CannotAmend
from workflow.model.commands import Amend
from workflow.rules.refusals import Missing, NotAllowed
from workflow.views.seen import Seen
from workflow.views.status import status_view


def amend(traject: Traject, what: str, value: str, reason: str = "it was renamed") -> None:
    """Amend something, on 1 March 2021."""
    traject.do(Amend(what, value, reason, parse_date("2021-03-01")))


def title(traject: Traject) -> str:
    """Return what the process is called today."""
    return status_view(Seen(traject.definition, traject.state, date(2021, 3, 2), traject.id)).title


def test_a_process_can_be_called_something_else(gr: Traject) -> None:
    """The title changes for this process; the definition keeps its hash."""
    before = gr.definition.sha256
    amend(gr, "title", "GR Sociaal")
    assert ("GR Sociaal", before) == (title(gr), gr.engine.present(gr.id)[1].definition)
    assert [] == gr.problems


@pytest.mark.parametrize(
    "what",
    ["gates", "principebesluit/besluit", "structures/mijlpaal", "roles", "instruments/treffen", ""],
)
def test_an_amendment_never_touches_a_gate_or_a_machine(gr: Traject, what: str) -> None:
    """The refusal says what can be amended, and how the rest is changed."""
    with refused(gr, CannotAmend) as caught:
        amend(gr, what, "anything")
    assert "These can be amended: title, ladder, papers-due, route" in caught.advice


@pytest.mark.parametrize(
    ("what", "value", "kind"),
    [
        ("title", " ", InvalidValue),
        ("ladder/gewoon", "-14d, morgen", InvalidValue),
        ("ladder/gewoon", "-14d, -14d", InvalidValue),
        ("ladder/gewoon", "+3d/7d*2@projectsecretaris, +10d/7d*1@projectsecretaris", InvalidValue),
        ("ladder/gewon", "-14d", NotFound),
        ("route/nergens", "raad", NotFound),
    ],
)
def test_an_amendment_has_a_form(
    gr: Traject, what: str, value: str, kind: type[MijlpaalError]
) -> None:
    """Names that do not exist and values of the wrong form are refused."""
    with refused(gr, kind):
        amend(gr, what, value)


def test_an_amendment_needs_a_reason_and_a_seat(gr: Traject) -> None:
    """Without either nothing is written."""
    with refused(gr, Missing):
        amend(gr, "title", "GR Sociaal", reason="")
    gr.seat("griffier@sliedrecht", "anna", "2020-11-01")
    with refused(gr.as_actor("anna"), NotAllowed):
        amend(gr.as_actor("anna"), "title", "GR Sociaal")
