"""Claiming: one message for each address, written once and held by one node."""

from datetime import date

import pytest
from sqlalchemy import update

from definitions.language.actions import BLANK, action
from tests.support.engine import SECRETARY
from tests.support.outbox import FIRST, Desk, put_the_question, reach, seat
from workflow import people
from workflow.model.reminders import Asked, Instead
from workflow.storage import store, tables


def test_one_message_for_each_address(desk: Desk) -> None:
    """Three councils, three griffiers, three messages."""
    messages = desk.claim()

    assert sorted(str(each.address) for each in messages) == [
        "oost@example.example",
        "west@example.example",
        "zuid@example.example",
    ]
    assert {each.attempt for each in messages} == {1}


def test_all_that_is_due_for_an_address_is_one_message(desk: Desk) -> None:
    """Who holds two seats hears of both at once, and of a rung that was missed only once more."""
    seat(desk.traject, "griffier@west", "de griffier van oost", None)
    desk.traject.unseat("griffier@west", "de griffier van west", FIRST)
    desk.wait(days=11)  # the second rung is due too: the machine was off
    messages = [each for each in desk.claim() if each.address == "oost@example.example"]

    assert [each.content.decode().splitlines() for each in messages] == [
        [
            "voorstel/raden oost.raad -14d",
            "voorstel/raden oost.raad -3wd",
            "voorstel/raden west.raad -14d",
            "voorstel/raden west.raad -3wd",
        ]
    ]


def test_nothing_early(desk: Desk) -> None:
    """By the clock of the node that claims."""
    desk.wait(hours=-4)

    assert desk.claim() == []
    assert desk.pen.letters == []


def test_what_is_held_is_left_alone(desk: Desk) -> None:
    """Until its lease has passed; then another node takes it, with the same bytes."""
    first = desk.claim("one")
    assert desk.claim("two") == []

    desk.wait(minutes=6)
    second = desk.claim("two")

    assert [(each.message_id, each.content) for each in second] == [
        (each.message_id, each.content) for each in first
    ]
    assert {each.attempt for each in second} == {2}


def test_an_empty_seat_goes_to_the_secretariat(desk: Desk) -> None:
    """Which is told whose it was."""
    desk.traject.unseat("griffier@zuid", "de griffier van zuid", FIRST)
    desk.wait(days=1)
    reach(desk.traject, SECRETARY, "secretaris@example.example")

    addresses = [each.address for each in desk.claim()]

    assert sorted(map(str, addresses)) == [
        "oost@example.example",
        "secretaris@example.example",
        "west@example.example",
    ]
    (item,) = next(
        each.items for each in desk.pen.letters if each.address == "secretaris@example.example"
    )
    assert (item.instead, item.meant_for) == (Instead.EMPTY, "griffier@zuid")


def test_where_nobody_can_be_told_it_waits(desk: Desk) -> None:
    """It is not lost: as soon as somebody has the seat they hear of it."""
    desk.traject.unseat("griffier@zuid", "de griffier van zuid", FIRST)
    desk.wait(days=1)
    assert 2 == len(desk.claim())
    assert desk.standing("zuid.raad", "-14d") == [("griffier@zuid", "planned")]

    seat(desk.traject, "griffier@zuid", "de nieuwe griffier", "nieuw@example.example")
    desk.wait(minutes=15)

    assert "nieuw@example.example" in [each.address for each in desk.claim()]


def test_every_holder_of_a_seat_hears_it(desk: Desk) -> None:
    """Deputies too, each in a message of their own, and once."""
    seat(desk.traject, "griffier@oost", "de plaatsvervanger", "plv@example.example")
    messages = desk.claim()

    assert "plv@example.example" in [each.address for each in messages]
    for each in messages:
        desk.outbox.accepted(each, desk.now)
    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", "sent")] * 2


@pytest.mark.parametrize("spelled", ["Oost@Example.EXAMPLE", "oost@EXAMPLE.example"])
def test_one_mailbox_one_letter(desk: Desk, spelled: str) -> None:
    """Two people at one mailbox, spelled in two ways, get one letter; a seat of both, one copy."""
    seat(desk.traject, "griffier@oost", "de plaatsvervanger", spelled)
    seat(desk.traject, "griffier@west", "de plaatsvervanger", None)
    desk.traject.unseat("griffier@west", "de griffier van west", FIRST)
    desk.wait(days=1)
    messages = desk.claim()

    assert ["oost", "zuid"] == sorted(str(each.address).casefold()[:4] for each in messages)
    told = next(each for each in messages if str(each.address).casefold().startswith("oost"))
    assert told.content.decode().splitlines() == [
        "voorstel/raden oost.raad -14d",
        "voorstel/raden west.raad -14d",
    ]
    for each in messages:
        desk.outbox.accepted(each, desk.now)
    reach(desk.traject, "de plaatsvervanger", spelled.upper())
    assert desk.claim() == []


@pytest.mark.parametrize(
    "recorded",
    ["oost@example.example\nBcc: x@example.example", "a..b@example.example", "oost", "oost@-x.nl"],
)
def test_an_address_of_before_that_can_be_none(desk: Desk, recorded: str) -> None:
    """Nothing goes there, whatever it was meant to do; that is visible, and the others are told."""
    with desk.traject.database.writing() as connection:
        theirs = tables.people.c.address == "oost@example.example"
        connection.execute(update(tables.people).where(theirs).values(address=recorded))

    assert ["west@example.example", "zuid@example.example"] == sorted(
        str(each.address) for each in desk.claim()
    )
    assert desk.standing("oost.raad", "-14d") == [
        ("griffier@oost", "undelivered"),
        ("secretaris", "planned"),
    ]


def test_an_address_that_no_letter_can_be_made_for(desk: Desk) -> None:
    """That one is undelivered and visible, the secretariat hears it, and the others are sent."""
    desk.pen.unusable.add("oost@example.example")
    reach(desk.traject, SECRETARY, "secretaris@example.example")

    assert 2 == len(desk.claim())

    assert desk.standing("oost.raad", "-14d") == [
        ("griffier@oost", "undelivered"),
        ("secretaris", "planned"),
    ]
    assert [each.address for each in desk.claim()] == ["secretaris@example.example"]


def test_a_letter_that_cannot_be_written_keeps_nobody_waiting(desk: Desk) -> None:
    """It is put aside, reported, and tried again."""
    desk.pen.blots.add("oost@example.example")
    claim = desk.claimed()

    assert 2 == len(claim.messages)
    assert [(each.address, each.why) for each in claim.troubles] == [
        ("oost@example.example", "ValueError: oost@example.example")
    ]
    desk.pen.blots.clear()
    desk.wait(minutes=15)
    assert "oost@example.example" in [each.address for each in desk.claim()]


def test_who_hears_it_for_another_is_told_what_they_can_do(desk: Desk) -> None:
    """Whoever records it for a griffier names a source, and rings that griffier."""
    put_the_question(desk.traject)
    desk.wait(days=17)  # after the deadline: the secretariat is told
    reach(desk.traject, SECRETARY, "secretaris@example.example")
    desk.claim()
    (letter,) = [each for each in desk.pen.letters if each.name == SECRETARY]
    item = letter.items[0]

    assert item.command == action(
        "record",
        process="traject",
        milestone="voorstel",
        body="oost.raad",
        outcome=BLANK,
        request="raden",
        on=BLANK,
        reference=BLANK,
    )
    assert [(each.seat, each.name) for each in item.ask] == [
        ("griffier@oost", "de griffier van oost")
    ]


def test_what_cannot_be_recorded_yet_says_what_comes_first(desk: Desk) -> None:
    """The councils are not asked before the milestone is in route, and that not before its part."""
    desk.claim()
    (item,) = next(each for each in desk.pen.letters if each.name == "de griffier van oost").items

    assert (False, None) == (item.put, item.command)
    assert [
        (None, "", "tekst/kern", ["trekker@juristen"]),
        (Asked.TASK, "voorstel", "overleg", ["trekker@juristen"]),
        (Asked.REACH, "voorstel", "", [SECRETARY]),
    ] == [
        (each.asked, each.milestone, each.what, [who.seat for who in each.who])
        for each in item.first
    ]
    assert [date(2021, 6, 30)] == [each.due for each in item.first if each.due]


def test_a_person_who_is_forgotten(desk: Desk) -> None:
    """What was written to them goes with them; what was not sent finds its way to others."""
    desk.claim()
    desk.traject.unseat("griffier@oost", "de griffier van oost", FIRST)
    desk.wait(days=1)
    held = people.erase(desk.traject.engine, "de griffier van oost", SECRETARY).held
    assert ["voorstel/raden"] == [each.subject for each in held.messages]
    reach(desk.traject, SECRETARY, "secretaris@example.example")

    assert "secretaris@example.example" in [each.address for each in desk.claim()]
    with desk.traject.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT address FROM messages").scalars().all()
    assert "oost@example.example" not in kept


def test_a_letter_knows_its_reader_and_who_hears_the_answer(desk: Desk) -> None:
    """A griffier by that function, and whoever hears it for another by their own."""
    desk.traject.unseat("griffier@west", "de griffier van west", FIRST)
    reach(desk.traject, SECRETARY, "secretaris@oost.example")
    desk.wait(days=1)
    desk.claim()
    found = {
        letter.address: {(each.role, each.answers_to) for each in letter.items}
        for letter in desk.pen.letters
    }

    answers_to = ("secretaris@oost.example",)
    assert found["oost@example.example"] == {("griffier", answers_to)}
    assert found["secretaris@oost.example"] == {("secretaris", answers_to)}


def test_a_letter_that_cannot_be_kept_keeps_nobody_waiting(desk: Desk) -> None:
    """Somebody's own template made something of it that no database takes."""
    desk.pen.unkept.add("oost@example.example")
    claim = desk.claimed()

    assert 2 == len(claim.messages)
    assert ["oost@example.example"] == [each.address for each in claim.troubles]


@pytest.mark.only("postgresql")
def test_a_process_that_is_written_to_is_left_alone(desk: Desk) -> None:
    """Where copies would have to be added: they wait, and nobody for them; the others go on."""
    seat(desk.traject, "griffier@oost", "de plaatsvervanger", "plv@example.example")
    with desk.traject.database.writing() as connection:
        store.hold_head(connection, desk.traject.id, "")
        there = [each.address for each in desk.claim()]
    later = [each.address for each in desk.claim()]

    assert ["west@example.example", "zuid@example.example"] == sorted(map(str, there))
    assert ["oost@example.example", "plv@example.example"] == sorted(map(str, later))
