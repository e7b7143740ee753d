"""What a letter says to type of an answer: what its reader can, at each step."""

from datetime import date

import pytest

from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject
from tests.support.outbox import Desk
from tests.support.typed import is_accepted
from workflow.model.reminders import Asked, Item
from workflow.reminders.content import item_of
from workflow.reminders.context import ReminderContext
from workflow.storage.database import Database

BY_RECEIPT = example(
    ("        due: 2021-09\n", "        due: 2021-09\n        met_by: receipt\n"),
    (
        "        after: {request: raden",
        "        due: 2021-09-30\n        ladder: gewoon\n        after: {request: raden",
    ),
)
GRIFFIER, LATER = ("griffier", "oost"), (SECRETARY, "")


@pytest.fixture
def asked(database: Database) -> Traject:
    """Return a process whose councils are asked, and whose colleges wait for theirs."""
    traject = Traject(database, load(BY_RECEIPT))
    traject.world.it_is("2021-02-01")
    traject.start()
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")
    traject.world.it_is("2021-02-10")
    return traject


def read_by(traject: Traject, seat: tuple[str, str], body: str) -> Item:
    """Return what one seat is reminded of, about one body; what it says to type is accepted."""
    day = traject.world.now.date()
    context = ReminderContext(traject.definition, traject.state, day, traject.id, {})
    rows = [each for each in Desk(traject).rows if each.subject == body]
    row = next(each for each in rows if (each.role, each.place) == seat)
    item = item_of(context, row, None, None)
    assert not item.command or is_accepted(context, item, seat)
    return item


def typed(item: Item) -> str:
    """Return the name of the command it says to give; empty where there is none."""
    return item.command.command if item.command else ""


def test_an_answer_is_recorded_then_sent_then_received(asked: Traject) -> None:
    """Its griffier records and sends it; that it was received, only others say."""
    steps = [("record", "record"), ("sent", "sent"), ("", "received")]
    seen = []
    for step in ("", "2021-02-02", "2021-02-03"):
        if step == "2021-02-02":
            asked.record("voorstel", "oost.raad", "voor", step, request="raden")
        elif step:
            asked.sent("voorstel", "oost.raad", step, request="raden")
        seen.append(tuple(typed(read_by(asked, each, "oost.raad")) for each in (GRIFFIER, LATER)))
    assert steps == seen


def test_who_waits_for_another_is_told_for_whom_and_until_when(asked: Traject) -> None:
    """A college waits for its own council, and is asked once that is in favour."""
    item = read_by(asked, GRIFFIER, "oost.college")
    (first,) = item.first
    assert (None, False) == (item.command, item.put)
    assert (Asked.DECIDE, "raden", (("oost.raad", "Oost"),), date(2021, 9, 30)) == (
        first.asked,
        first.what,
        first.whose,
        first.due,
    )
    assert ["griffier@oost"] == [each.seat for each in first.who]

    asked.record("voorstel", "oost.raad", "voor", "2021-02-02", request="raden")

    assert "record" == typed(read_by(asked, GRIFFIER, "oost.college"))
    assert "" == typed(read_by(asked, ("griffier", "west"), "west.college"))
