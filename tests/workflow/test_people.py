"""What is held on a person: all of it can be shown, and the name be forgotten."""

import pytest

from definitions.language.errors import NotFound
from tests.support.databases import rows_of
from tests.support.engine import SECRETARY, Traject, gr_sociaal_domein
from workflow.model.person import Called
from workflow.people import data_held_on, erase, set_contact
from workflow.rules.conflicts import HoldsSeats
from workflow.rules.refusals import NotAllowed

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
    held = data_held_on(seated.engine, Called(GRIFFIER))

    assert (GRIFFIER, None) == (held.name, held.address)
    assert [("griffier@dordrecht", None)] == [(each.seat, each.until) for each in held.seats]
    assert ["seat-given", "decision-recorded"] == [each.type for each in held.entries]


def test_a_person_is_forgotten_and_the_chain_stays(seated: Traject) -> None:
    """The name is nowhere any more; what was done still is, by somebody nobody knows."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    journal = seated.journal

    erase(seated.engine, Called(GRIFFIER), Called(SECRETARY))

    assert GRIFFIER not in str(rows_of(seated.database))
    assert (journal, []) == (seated.journal, seated.problems)
    with pytest.raises(NotFound):
        data_held_on(seated.engine, Called(GRIFFIER))


def test_who_comes_back_is_somebody_else(seated: Traject) -> None:
    """The same name later gets an id of its own, and the past of nobody."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    erase(seated.engine, Called(GRIFFIER), Called(SECRETARY))

    seated.seat("griffier@sliedrecht", GRIFFIER, "2022-05-15")

    assert ["seat-given"] == [
        each.type for each in data_held_on(seated.engine, Called(GRIFFIER)).entries
    ]
    assert [] == seated.problems


def test_trying_forgets_nothing(seated: Traject) -> None:
    """It says what would be forgotten."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")

    assert GRIFFIER == erase(seated.engine, Called(GRIFFIER), Called(SECRETARY), dry=True).name

    assert GRIFFIER in str(rows_of(seated.database))


def test_who_holds_a_seat_is_not_forgotten(seated: Traject) -> None:
    """It would be a seat of nobody knows whom."""
    with pytest.raises(HoldsSeats, match="griffier@dordrecht"):
        erase(seated.engine, Called(GRIFFIER), Called(SECRETARY))

    assert GRIFFIER in str(rows_of(seated.database))


def test_who_may_not_give_seats_does_not_forget(seated: Traject) -> None:
    """A griffier does not forget a colleague."""
    seated.seat("griffier@sliedrecht", "griffier S", "2020-12-01", until="2022-05-01")

    with pytest.raises(NotAllowed):
        erase(seated.engine, Called("griffier S"), Called(GRIFFIER))


def test_nobody_of_that_name(seated: Traject) -> None:
    """Said with the name that comes nearest."""
    with pytest.raises(NotFound) as raised:
        erase(seated.engine, Called("griffier E"), Called(SECRETARY))

    assert GRIFFIER in str(raised.value.advice)


@pytest.fixture
def elsewhere(seated: Traject) -> Traject:
    """Give that griffier a seat in another process too, of another secretary."""
    other = Traject(seated.database, gr_sociaal_domein(), seated.world, "elders", by="leider")
    other.start()
    other.seat("griffier@dordrecht", GRIFFIER, "2020-12-01")
    return other


@pytest.mark.parametrize("until", [None, "2022-06-01", "2022-09-01"])
def test_where_somebody_is_reached_concerns_each_process_of_theirs(
    seated: Traject, elsewhere: Traject, until: str | None
) -> None:
    """Who gives seats in one of them only does not say it, on their last day there either."""
    if until is not None:
        seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
        seated.seat("griffier@dordrecht", GRIFFIER, "2022-05-02", until=until)

    with pytest.raises(NotAllowed):
        set_contact(
            elsewhere.engine, Called(GRIFFIER), Called("leider"), address="d@dordrecht.example"
        )


def test_a_seat_that_ended_does_not_keep_others_from_saying_where_one_is_reached(
    seated: Traject, elsewhere: Traject
) -> None:
    """Where somebody was once, nobody has a say any more; forgetting them concerns that too."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")

    set_contact(elsewhere.engine, Called(GRIFFIER), Called("leider"), address="d@dordrecht.example")

    assert "d@dordrecht.example" == data_held_on(elsewhere.engine, Called(GRIFFIER)).address
    elsewhere.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    with pytest.raises(NotAllowed):
        erase(elsewhere.engine, Called(GRIFFIER), Called("leider"))


def test_who_left_every_seat_is_not_free_for_all(seated: Traject) -> None:
    """A colleague does not say where they are reached; who gave them their seat does."""
    seated.unseat("griffier@dordrecht", GRIFFIER, "2022-05-01")
    seated.seat("griffier@sliedrecht", "griffier S", "2020-12-01")
    with pytest.raises(NotAllowed):
        set_contact(
            seated.engine, Called(GRIFFIER), Called("griffier S"), address="d@dordrecht.example"
        )

    set_contact(seated.engine, Called(GRIFFIER), Called(SECRETARY), address="d@dordrecht.example")

    assert "d@dordrecht.example" == data_held_on(seated.engine, Called(GRIFFIER)).address
