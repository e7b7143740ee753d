"""Several commands tried at once: each refusal is found, and nothing is written."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import NotFound
from tests.support.databases import rows_of
from tests.support.engine import Traject, gr_sociaal_domein
from workflow.model.commands import AddNote, Command, Record, Request
from workflow.model.person import Called
from workflow.rules.refusals import AlreadyDecided, Missing, NotAllowed
from workflow.storage.database import Database


def decided(body: str, source: str | None = "a source") -> Record:
    """Return the decision of a council on the draft arrangement."""
    return Record("principebesluit", body, "ingestemd", parse_date("2021-01-12"), reference=source)


def requests(*commands: Command, by: str = "secretaris") -> list[Request]:
    """Return commands of somebody."""
    return [Request(each, Called(by)) for each in commands]


@pytest.fixture
def traject(database: Database) -> Traject:
    """Return the shipped process, whose councils are asked for a decision in principle."""
    found = Traject(database, gr_sociaal_domein())
    found.start()
    found.advance("principebesluit", "2020-12-01")
    return found


def test_each_refusal_is_found_and_nothing_is_written(traject: Traject) -> None:
    """A command is decided after those before it that are not refused."""
    commands: list[Command] = [
        decided("dordrecht"),
        decided("dordrecht"),
        decided("nergens"),
        decided("sliedrecht", None),
        decided("sliedrecht"),
        AddNote("a note", parse_date("2021-02-01")),
    ]
    before = rows_of(traject.database)
    found = traject.engine.refusals_of(traject.id, requests(*commands))
    assert before == rows_of(traject.database)
    assert [(1, AlreadyDecided), (2, NotFound), (3, Missing)] == [
        (at, type(error)) for at, error in found
    ]


def test_what_is_not_refused_is_then_recorded(traject: Traject) -> None:
    """Trying it leaves nothing behind that the engine remembers."""
    good = requests(decided("dordrecht"), decided("sliedrecht"))
    assert [] == traject.engine.refusals_of(traject.id, good)
    receipt = traject.engine.execute(traject.id, good)
    assert 2 == receipt.recorded
    assert [] == traject.problems


def test_who_may_nothing_is_refused_everything(traject: Traject) -> None:
    """Every command, and not only the first."""
    traject.seat("griffier@papendrecht", "Jo van Dam", "2021-01-01")
    asked = requests(decided("dordrecht"), decided("sliedrecht"), by="Jo van Dam")
    found = traject.engine.refusals_of(traject.id, asked)
    assert [(0, NotAllowed), (1, NotAllowed)] == [(at, type(error)) for at, error in found]


def test_no_process_is_no_refusal_of_a_command(traject: Traject) -> None:
    """It is raised."""
    with pytest.raises(NotFound):
        traject.engine.refusals_of("nergens", requests(decided("dordrecht")))
