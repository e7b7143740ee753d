"""What is held on a person: all of it can be shown, and the name be forgotten."""

import pytest

from definitions.errors import NotFound
from tests.support.databases import rows_of
from tests.support.engine import SECRETARY, Traject
from workflow.people import erase, held_on
from workflow.refusals import Conflict, NotAllowed

GRIFFIER = "griffier D"


@pytest.fixture
def seated(gr: Traject) -> Traject:
    """Give a griffier a seat, and let them record what their council decided."""
    gr.seat("griffier@dordrecht", GRIFFIER, "2020-12-01")
    gr.advance("principebesluit", "2020-12-01")
    gr.as_actor(GRIFFIER).record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")
    return gr


def test_everything_that_is_held_is_shown(seated: Traject) -> None:
    """The name, the seats, and every entry that has their id: who wrote it, and whose seat."""
    held = held_on(seated.engine, GRIFFIER)

    assert (GRIFFIER, None) == (held.name, held.address)
    assert [("griffier@dordrecht", None)] == [(each.seat, each.until) for each in held.seats]
    assert ["seat-given", "decision-recorded"] == [each.type for each in held.entries]


def test_a_person_is_forgotten_and_the_chain_stays(seated: Traject) -> None:
    """The name is nowhere any more; what was done still is, by somebody nobody knows."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    journal = seated.journal

    erase(seated.engine, GRIFFIER, SECRETARY)

    assert GRIFFIER not in str(rows_of(seated.database))
    assert (journal, []) == (seated.journal, seated.problems)
    with pytest.raises(NotFound):
        held_on(seated.engine, GRIFFIER)


def test_who_comes_back_is_somebody_else(seated: Traject) -> None:
    """The same name later gets an id of its own, and the past of nobody."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    erase(seated.engine, GRIFFIER, SECRETARY)

    seated.seat("griffier@sliedrecht", GRIFFIER, "2022-05-15")

    assert ["seat-given"] == [each.type for each in held_on(seated.engine, GRIFFIER).entries]
    assert [] == seated.problems


def test_trying_forgets_nothing(seated: Traject) -> None:
    """It says what would be forgotten."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")

    assert GRIFFIER == erase(seated.engine, GRIFFIER, SECRETARY, dry=True).name

    assert GRIFFIER in str(rows_of(seated.database))


def test_who_holds_a_seat_is_not_forgotten(seated: Traject) -> None:
    """It would be a seat of nobody knows whom."""
    with pytest.raises(Conflict, match="griffier@dordrecht"):
        erase(seated.engine, GRIFFIER, SECRETARY)

    assert GRIFFIER in str(rows_of(seated.database))


def test_who_may_not_give_seats_does_not_forget(seated: Traject) -> None:
    """A griffier does not forget a colleague."""
    seated.seat("griffier@sliedrecht", "griffier S", "2020-12-01", until="2022-05-01")

    with pytest.raises(NotAllowed):
        erase(seated.engine, "griffier S", GRIFFIER)


def test_nobody_of_that_name(seated: Traject) -> None:
    """Said with the name that comes nearest."""
    with pytest.raises(NotFound) as raised:
        erase(seated.engine, "griffier E", SECRETARY)

    assert GRIFFIER in str(raised.value.advice)
