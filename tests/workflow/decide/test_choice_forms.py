"""Options and amendments of odd forms."""

from typing import Any

import pytest

from definitions.calendar.dates import parse_date
from tests.support.definitions import load
from tests.support.engine import ODD, Traject, refused
from workflow.decide.amend import CannotAmend
from workflow.model.commands import Amend
from workflow.rules.refusals import OptionsRefused
from workflow.storage.database import Database

ASKED = "of: [oost.raad, west.raad, zuid.staten], instrument: besluit, in: [rond]"


@pytest.mark.parametrize(
    "named",
    [
        {"options": ("a", "b", "c"), "unnamed_options": -1},
        {"options": ("a", "a")},
        {"options": ("a", " ")},
        {"unnamed_options": 10**30},
    ],
)
@pytest.mark.parametrize("count", ["", ", count: 2"])
def test_options_are_counted_honestly(
    database: Database, named: dict[str, Any], count: str
) -> None:
    """Fewer than none, the same twice, no name, more than a database holds."""
    options = f"{ASKED}, options: {{named_by: decision{count}}}"
    traject = Traject(database, load(ODD.replace(ASKED, options)))
    traject.start()
    traject.part("tekst/kern", "concept", "2021-01-05")
    traject.advance("eerste", "2021-01-06")
    with refused(traject, OptionsRefused):
        traject.record("eerste", "oost.raad", "voor", "2021-01-07", **named)


def test_an_amendment_has_one_name(gr: Traject) -> None:
    """“title/” would be kept beside the title, and read by nobody."""
    with refused(gr, CannotAmend):
        gr.do(Amend("title/", "a", "x", parse_date("2021-03-01")))
