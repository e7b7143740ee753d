"""Seats: who holds which, from when to when, and who may give them."""

from datetime import date

import pytest

from definitions.language.errors import NotFound
from tests.support.engine import Traject, refused
from workflow.engine import Seating
from workflow.model.person import Called
from workflow.rules.conflicts import LastSeatGiver, SeatHeld, SeatNotHeld
from workflow.rules.refusals import DateRefused, NotAllowed

SEAT = "griffier@dordrecht"


def held(traject: Traject, on: str) -> list[str]:
    """Return the seats at Dordrecht that are held on a day."""
    day = date.fromisoformat(on)
    return [
        seat.person for seat in traject.state.seats.values() if seat.place and seat.held_on(day)
    ]


def test_who_starts_a_process_gets_the_seats_of_a_starter(gr: Traject) -> None:
    """Without them nobody could do anything."""
    assert [("projectsecretaris", "person-1"), ("stuurgroep", "person-1")] == [
        (seat.role, seat.person) for seat in gr.state.seats.values()
    ]


def test_the_journal_knows_nobody_by_name(gr: Traject) -> None:
    """Names stand in a table that can be erased; the journal has opaque ids."""
    gr.engine.give_seat(
        gr.id,
        Seating(SEAT, Called("griffier D"), Called(gr.by), address="griffier@dordrecht.example"),
    )

    written = repr(gr.journal)

    assert "griffier D" not in written
    assert "dordrecht.example" not in written
    assert {
        "person-1": ("secretaris", None),
        "person-2": ("griffier D", "griffier@dordrecht.example"),
    } == gr.engine.people()


def test_a_seat_is_held_from_its_first_day_to_its_last(gr: Traject) -> None:
    """The last day is one on which it is still held."""
    gr.seat(SEAT, "griffier D", "2021-01-01")
    gr.unseat(SEAT, "griffier D", "2021-06-30")

    assert [[], ["person-2"], ["person-2"], []] == [
        held(gr, on) for on in ("2020-12-31", "2021-01-01", "2021-06-30", "2021-07-01")
    ]
    assert [] == gr.problems


def test_a_seat_can_be_given_for_a_period(gr: Traject) -> None:
    """A deputy holds it for some weeks; the holder all the time."""
    gr.seat(SEAT, "griffier D", "2021-01-01")
    gr.seat(SEAT, "deputy", "2021-07-01", until="2021-08-31")

    assert [1, 2, 1] == [len(held(gr, on)) for on in ("2021-06-30", "2021-07-15", "2021-09-01")]


def test_what_one_may_do_depends_on_the_day_it_is(gr: Traject) -> None:
    """A seat that ended, or has not begun, lets nobody record anything today."""
    gr.advance("principebesluit", "2020-11-24")
    gr.seat(SEAT, "griffier D", "2021-01-01", until="2021-12-31")
    griffier = gr.as_actor("griffier D")

    with refused(gr, NotAllowed) as caught:
        griffier.record("principebesluit", "dordrecht", "ingestemd", "2021-02-09")
    gr.world.it_is("2021-03-01")
    griffier.record("principebesluit", "dordrecht", "ingestemd", "2021-02-09")

    assert "griffier D holds no seat here" in caught.sentence


def test_a_seat_is_not_given_twice(gr: Traject) -> None:
    """Who holds it already is told so; after it ended it can be given again."""
    gr.seat(SEAT, "griffier D", "2021-01-01")

    with refused(gr, SeatHeld) as caught:
        gr.seat(SEAT, "griffier D", "2021-02-01")
    gr.unseat(SEAT, "griffier D", "2021-06-30")
    gr.seat(SEAT, "griffier D", "2021-07-01")

    assert "They hold the seat “griffier@dordrecht” already." == caught.sentence
    assert ["person-2"] == held(gr, "2022-01-01")


def test_two_periods_of_one_holder_do_not_overlap(gr: Traject) -> None:
    """A period that would run into one that was given before is refused as well."""
    gr.seat(SEAT, "griffier D", "2021-06-01")

    with refused(gr, SeatHeld):
        gr.seat(SEAT, "griffier D", "2021-01-01")
    with refused(gr, SeatHeld):
        gr.seat(SEAT, "griffier D", "2021-01-01", until="2021-06-01")
    gr.seat(SEAT, "griffier D", "2021-01-01", until="2021-05-31")

    assert [1, 1] == [len(held(gr, on)) for on in ("2021-05-31", "2021-06-01")]
    assert [] == gr.problems


def test_a_seat_that_was_not_held_does_not_end(gr: Traject) -> None:
    """Nor does one end on a day on which it was not held."""
    gr.seat(SEAT, "griffier D", "2021-06-01")

    with refused(gr, SeatNotHeld) as caught:
        gr.unseat(SEAT, "griffier D", "2021-05-31")
    with refused(gr, SeatNotHeld):
        gr.unseat("griffier@sliedrecht", "griffier D", "2021-06-30")
    with refused(gr, NotFound):
        gr.unseat(SEAT, "nobody", "2021-06-30")

    assert (
        "On Mon 31 May 2021 there is no seat “griffier@dordrecht” of theirs to end."
        == caught.sentence
    )


@pytest.mark.parametrize(
    ("seat", "sentence"),
    [
        ("griffierr@dordrecht", "There is no role “griffierr”."),
        ("griffier", "There is no seat “griffier”."),
        ("griffier@rotterdam", "There is no seat “griffier@rotterdam”."),
        ("griffier@werkgroep-1", "There is no seat “griffier@werkgroep-1”."),
        ("stuurgroep@dordrecht", "There is no seat “stuurgroep@dordrecht”."),
        ("", "There is no role “”."),
    ],
)
def test_a_seat_that_does_not_exist(gr: Traject, seat: str, sentence: str) -> None:
    """A role that is there once has no places, and one per party has no other."""
    with refused(gr, NotFound) as caught:
        gr.seat(seat, "griffier D", "2021-01-01")

    assert sentence == caught.sentence


def test_giving_seats_takes_the_permission(gr: Traject) -> None:
    """A griffier cannot name a successor; and who is not known is not entered either."""
    gr.seat(SEAT, "griffier D", "2021-01-01")

    with refused(gr, NotAllowed) as caught:
        gr.as_actor("griffier D").seat(SEAT, "successor", "2021-02-01")
    with refused(gr, NotAllowed):
        gr.as_actor("griffier D").unseat(SEAT, "griffier D", "2021-02-01")

    assert "griffier D may not give seats as griffier@dordrecht." == caught.sentence


@pytest.mark.parametrize(
    ("on", "until"),
    [
        ("2021-01-01", "2020-12-31"),
        ("2022-06-02", None),
        ("2020-10-31", None),
        ("unknown", None),
    ],
)
def test_a_seat_has_a_possible_period(gr: Traject, on: str, until: str | None) -> None:
    """It does not end before it begins, nor begin in the future, before the process, or ever."""
    with refused(gr, DateRefused):
        gr.seat(SEAT, "griffier D", on, until)


def test_seats_are_the_same_in_whatever_order_they_were_given(gr: Traject) -> None:
    """A period before one that ended already is not ended along with it."""
    gr.seat(SEAT, "griffier D", "2021-01-01")
    gr.unseat(SEAT, "griffier D", "2021-06-30")
    gr.seat(SEAT, "griffier D", "2020-11-15", until="2020-12-31")
    gr.unseat(SEAT, "griffier D", "2020-12-15")

    assert [[], ["person-2"], []] == [
        held(gr, on) for on in ("2020-12-16", "2021-06-30", "2021-07-01")
    ]
    assert [] == gr.problems


def test_ending_sooner_than_was_said_before(gr: Traject) -> None:
    """An end can be followed by an earlier one: the seat was not held as long as was thought."""
    gr.seat(SEAT, "griffier D", "2021-01-01")
    gr.unseat(SEAT, "griffier D", "2021-06-30")
    gr.unseat(SEAT, "griffier D", "2021-03-31")

    assert [["person-2"], []] == [held(gr, on) for on in ("2021-03-31", "2021-04-01")]
    assert [] == gr.problems


def test_an_end_does_not_end_what_was_given_after_it(gr: Traject) -> None:
    """Corrected to an earlier end, the seat is free from then on: who gets it keeps it."""
    gr.seat(SEAT, "griffier D", "2021-01-01")
    gr.unseat(SEAT, "griffier D", "2021-06-30")
    gr.unseat(SEAT, "griffier D", "2021-03-31")
    gr.seat(SEAT, "griffier D", "2021-04-15")

    assert ["person-2"] == held(gr, "2021-07-01")
    assert [] == gr.problems


def test_the_last_who_can_give_seats_stays(gr: Traject) -> None:
    """A process in which nobody could be given a seat any more would be lost."""
    with refused(gr, LastSeatGiver) as caught:
        gr.unseat("projectsecretaris", gr.by, "2022-01-01")
    gr.seat("projectsecretaris", "successor", "2022-01-01")
    gr.unseat("projectsecretaris", gr.by, "2022-01-01")

    assert "After that nobody could give seats any more." == caught.sentence
    assert [] == gr.problems


def test_dry_runs_enter_nobody(gr: Traject) -> None:
    """Trying to give a seat leaves no name behind."""
    seating = Seating(
        SEAT, Called("griffier D"), Called(gr.by), address="griffier@dordrecht.example"
    )

    receipt = gr.engine.give_seat(gr.id, seating, dry=True)

    assert 1 == len(receipt.entries)
    assert {"person-1": ("secretaris", None)} == gr.engine.people()
