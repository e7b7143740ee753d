"""Seats that the mailbox of a function holds: it is told, it cannot act, and it is no person."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from definitions.language.errors import MijlpaalError
from tests.support.databases import force, rows_of
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World, refused
from tests.support.outbox import Desk
from workflow import people
from workflow.engine import Seating, Start
from workflow.model.events import SeatEnded, SeatGiven, payload_of
from workflow.model.mail_address import UnusableAddress
from workflow.model.person import Called
from workflow.model.reminders import Instead
from workflow.rules.conflicts import IsMailbox, LastSeatGiver, NameTaken
from workflow.rules.refusals import MailboxCannotAct
from workflow.storage.database import Database
from workflow.views.members import members_view
from workflow.views.seen import Seen

SEAT, BOX = "griffier@oost", "griffie@oost.example"
FIRST = "2021-09-16"
"""The day of the first rung: two weeks before the last working day of September."""


@pytest.fixture
def desk(database: Database, world: World) -> Desk:
    """Start a process of three councils, of which nobody has a seat yet."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start()
    return Desk(traject)


def given(traject: Traject, box: str = BOX, seat: str = SEAT, **more: object) -> None:
    """Give a mailbox a seat."""
    seating = Seating(seat, None, Called(SECRETARY), mailbox=box, **more)  # type: ignore[arg-type]
    traject.engine.give_seat(traject.id, seating)


def seat(traject: Traject, name: str, address: str, at: str = SEAT) -> None:
    """Give a person a seat."""
    traject.engine.give_seat(
        traject.id, Seating(at, Called(name), Called(SECRETARY), address=address)
    )


def told(desk: Desk) -> list[tuple[str, str | None]]:
    """Return who is written to on the day of the first rung: the address, and by what name."""
    desk.traject.world.it_is(FIRST)
    desk.claim()
    return [(each.address, each.name) for each in desk.pen.letters]


@contextmanager
def refuses(traject: Traject, kind: type[MijlpaalError], why: str) -> Iterator[None]:
    """Expect a refusal of a kind, in these words, by which nothing changes."""
    with refused(traject, kind) as caught:
        yield
    assert why in str(caught.error)


# --- letters -----------------------------------------------------------------------------------


def test_letters_go_to_the_mailbox(desk: Desk) -> None:
    """It is called by no name; nobody else is told instead."""
    given(desk.traject)
    people.set_contact(
        desk.traject.engine, Called(SECRETARY), Called(SECRETARY), address="s@regio.example"
    )

    letters = dict(told(desk))

    assert None is letters[BOX]
    items = {each.address: each.items for each in desk.pen.letters}
    assert {None} == {each.instead for each in items[BOX]}
    assert {Instead.EMPTY} == {each.instead for each in items["s@regio.example"]}
    assert "oost.raad" not in {each.subject for each in items["s@regio.example"]}


def test_a_person_and_a_mailbox_are_each_told_once(desk: Desk) -> None:
    """They stand beside each other, each at their own address."""
    given(desk.traject)
    seat(desk.traject, "Anna de Wit", "anna@oost.example")
    assert [("anna@oost.example", "Anna de Wit"), (BOX, None)] == sorted(told(desk))


@pytest.mark.parametrize("first", ["person", "mailbox"])
def test_a_person_who_is_reached_at_the_mailbox_gets_one_letter(desk: Desk, first: str) -> None:
    """By name, whichever of the two was given the seat first."""
    if first == "mailbox":
        given(desk.traject)
    seat(desk.traject, "Anna de Wit", "Griffie@Oost.example")
    if first == "person":
        given(desk.traject)
    [(address, name)] = told(desk)
    assert ("griffie@oost.example", "Anna de Wit") == (address.lower(), name)


def test_a_mailbox_is_told_within_its_period(desk: Desk) -> None:
    """After its last day the seat is empty again."""
    given(desk.traject, until=date(2021, 6, 30))
    assert [] == told(desk)


def test_what_to_type_is_said_only_where_somebody_can(desk: Desk) -> None:
    """A mailbox cannot record; with a person beside it, what is typed is said to both."""
    put_the_question(desk.traject)
    given(desk.traject)
    told(desk)
    assert desk.pen.letters
    assert not any(each.command for letter in desk.pen.letters for each in letter.items)


def test_what_to_type_is_said_where_a_person_holds_the_seat_too(desk: Desk) -> None:
    """Whoever reads the mailbox may be that person."""
    put_the_question(desk.traject)
    given(desk.traject)
    seat(desk.traject, "Anna de Wit", "anna@oost.example")
    told(desk)
    commands = {letter.address: letter.items[0].command for letter in desk.pen.letters}
    assert commands[BOX]
    assert commands[BOX] == commands["anna@oost.example"]


def put_the_question(traject: Traject) -> None:
    """Ask the councils, on the first of February."""
    traject.world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")


# --- it cannot act -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [BOX, "Griffie@OOST.example"])
def test_a_mailbox_cannot_act(desk: Desk, name: str) -> None:
    """However its address is written; the refusal says why, and nothing is written."""
    given(desk.traject, seat="secretaris")
    desk.traject.by = name
    with refuses(desk.traject, MailboxCannotAct, "it receives reminders, and cannot record"):
        desk.traject.note("a note", "2021-01-04")


def test_a_mailbox_starts_no_process(desk: Desk) -> None:
    """It would get the seats of a starter."""
    given(desk.traject)
    with pytest.raises(MailboxCannotAct):
        desk.traject.engine.start(Start(desk.traject.definition, "other", Called(BOX)))


def test_a_mailbox_does_not_say_where_it_is_reached(desk: Desk) -> None:
    """Who gives seats does."""
    given(desk.traject)
    with pytest.raises(MailboxCannotAct):
        people.set_contact(
            desk.traject.engine, Called(BOX), Called(BOX), address="other@oost.example"
        )
    with pytest.raises(MailboxCannotAct):
        people.erase(desk.traject.engine, Called(SECRETARY), Called(BOX))


def test_a_mailbox_is_not_the_last_that_can_give_seats(desk: Desk) -> None:
    """A person has to be left."""
    given(desk.traject, seat="secretaris")
    with refuses(desk.traject, LastSeatGiver, "nobody could give seats any more"):
        desk.traject.unseat("secretaris", SECRETARY, "2021-01-04")
    desk.traject.unseat("secretaris", BOX, "2021-01-04")
    assert [] == desk.traject.problems


# --- it is no person ---------------------------------------------------------------------------


def test_a_mailbox_gets_no_seat_as_a_person(desk: Desk) -> None:
    """Nor does a person as a mailbox."""
    given(desk.traject)
    with refuses(desk.traject, IsMailbox, "is the mailbox of a function"):
        desk.traject.seat("griffier@west", BOX, "2021-01-04")
    desk.traject.seat("griffier@west", "naam@west.example", "2021-01-04")
    with refuses(desk.traject, NameTaken, "is a name on record already"):
        given(desk.traject, "naam@west.example", "griffier@zuid")
    with pytest.raises(UnusableAddress):
        given(desk.traject, "griffie", "griffier@zuid")


def test_one_mailbox_holds_several_seats(desk: Desk) -> None:
    """It is one, also where it is written in another way; a letter has both."""
    given(desk.traject)
    given(desk.traject, "Griffie@Oost.Example", "griffier@west")
    assert [BOX] == [name for name, _ in desk.traject.engine.people().values() if "@" in name]
    assert [(BOX, None)] == told(desk)


def test_a_mailbox_is_listed_as_what_it_is(desk: Desk) -> None:
    """In the members, and in the journal, whose entries of people are as they were."""
    given(desk.traject)
    seat(desk.traject, "Anna", "anna@oost.example")
    traject = desk.traject
    day = date(2021, 1, 4)
    seen = Seen(traject.definition, traject.state, day, traject.id, day)
    held = [each for each in members_view(seen, traject.engine.people()).seats if each.name]
    assert [(BOX, True), ("Anna", False)] == [
        (each.name, each.mailbox) for each in held if each.seat == SEAT
    ]
    assert {"role": "r", "place": "", "person": "p"} == payload_of(SeatGiven("r", "", "p"))
    assert {"role": "r", "place": "", "person": "p"} == payload_of(SeatEnded("r", "", "p"))
    assert [] == traject.problems


def test_a_mailbox_is_moved(desk: Desk) -> None:
    """It is called by its new address, and what is due goes there."""
    given(desk.traject)
    given(desk.traject, "griffie@west.example", "griffier@west")
    people.set_contact(
        desk.traject.engine, Called(BOX), Called(SECRETARY), address="raad@oost.example"
    )
    assert (
        "raad@oost.example"
        == people.data_held_on(desk.traject.engine, Called("raad@oost.example")).name
    )
    with refuses(desk.traject, NameTaken, "is a name on record already"):
        people.set_contact(
            desk.traject.engine,
            Called("raad@oost.example"),
            Called(SECRETARY),
            address="griffie@west.example",
        )
    assert "raad@oost.example" in dict(told(desk))


def test_a_mailbox_is_forgotten(desk: Desk) -> None:
    """As a person is; the journal still says that a mailbox held the seat."""
    given(desk.traject)
    told(desk)
    desk.traject.unseat(SEAT, BOX, FIRST)
    desk.wait(days=1)
    people.erase(desk.traject.engine, Called(BOX), Called(SECRETARY))
    assert BOX not in str(rows_of(desk.traject.database))
    assert [True] == [
        each.event.mailbox for each in desk.traject.journal if isinstance(each.event, SeatEnded)
    ]
    assert [] == desk.traject.problems


def test_programs_of_the_release_before_know_a_mailbox(desk: Desk) -> None:
    """One gets a seat also while they may still work on the database."""
    force(desk.traject.database, "UPDATE alembic_version SET version_num = '0005_pre'")
    given(desk.traject)
    assert [] == desk.traject.problems
