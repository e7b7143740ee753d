"""Claiming: one message for each address, written once and held by one node."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import update

from definitions.language.actions import BLANK, action
from tests.support.databases import url_of
from tests.support.engine import SECRETARY
from tests.support.outbox import FIRST, Desk, put_the_question, reach, seat
from workflow import people
from workflow.model.person import Called
from workflow.model.reminders import Asked, Instead, Standing
from workflow.storage import messages, reminders, store, tables
from workflow.storage.database import Database, Patience
from workflow.storage.messages import Message


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
    held = people.erase(desk.traject.engine, Called("de griffier van oost"), Called(SECRETARY)).held
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
        store.lock_head(connection, desk.traject.id)
        there = [each.address for each in desk.claim()]
    later = [each.address for each in desk.claim()]

    assert ["west@example.example", "zuid@example.example"] == sorted(map(str, there))
    assert ["oost@example.example", "plv@example.example"] == sorted(map(str, later))


# --- while letters are written -----------------------------------------------------------------


OOST, WEST, ZUID = (f"{name}@example.example" for name in ("oost", "west", "zuid"))


def to(claimed: Iterable[Message]) -> list[str]:
    """Return where messages go, in order."""
    return sorted(str(each.address) for each in claimed)


def waiting_rows(desk: Desk) -> dict[str, tuple[object, ...]]:
    """Return of each council whose reminder is due or taken: when it is due, and in what."""
    return {
        row.subject: (row.status, row.next_at, row.message, row.why)
        for row in desk.rows
        if row.rung == "-14d" and row.subject
    }


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_is_written_than_was_asked(desk: Desk, most: int) -> None:
    """The other addresses wait as they were, for whoever asks next."""
    before = waiting_rows(desk)
    first = desk.claimed(most=most).messages
    assert most == len(first) == len(desk.pen.letters)
    left = {name: each for name, each in waiting_rows(desk).items() if each[2] is None}
    assert 3 - most == len(left)
    assert left.items() <= before.items()

    rest = desk.claim("other")
    assert [OOST, WEST, ZUID] == to([*first, *rest])


def test_a_letter_is_written_while_nothing_is_locked(desk: Desk) -> None:
    """Whoever writes to the database meanwhile does not wait."""
    hasty = Database(url_of(desk.traject.database), Patience(seconds=0))

    def write() -> None:
        with hasty, hasty.writing() as connection:
            reminders.retry_deferred(connection, "nothing", desk.now)

    desk.pen.meanwhile = write
    assert [OOST, WEST, ZUID] == to(desk.claim())


def test_what_is_decided_while_it_is_written_is_not_sent(desk: Desk) -> None:
    """Nothing is bound of a letter that says what is not asked any more."""
    put_the_question(desk.traject)
    desk.pen.meanwhile = lambda: desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    assert [WEST, ZUID] == to(desk.claim())
    assert [] == desk.claim("other")
    assert {Standing.CANCELLED} == {row.status for row in desk.rows if row.subject == "oost.raad"}
    assert desk.traject.problems == []


def test_who_moves_while_it_is_written_gets_it_where_they_are(desk: Desk) -> None:
    """Nobody mentioned in a letter moved before it was bound; the rows are as they were."""
    before = waiting_rows(desk)
    new = "oost@nieuw.example"
    during = []

    def move() -> None:
        reach(desk.traject, "de griffier van oost", new)
        during.append(waiting_rows(desk))

    desk.pen.meanwhile = move
    assert sorted([new, WEST, ZUID]) == to(desk.claim())
    assert [OOST] == [each.address for each in desk.pen.letters][:1]
    lease = desk.now + desk.policy.lease
    taken = {name: (each[0], lease, *each[2:]) for name, each in before.items()}
    assert [taken] == during
    assert desk.traject.problems == []


def test_who_is_forgotten_while_it_is_written_stands_in_no_letter(desk: Desk) -> None:
    """It is written anew, to whoever hears it instead, or nobody."""
    traject = desk.traject
    desk.pen.meanwhile = lambda: people.erase(
        traject.engine, Called("de griffier van oost"), Called(SECRETARY)
    )
    assert [WEST, ZUID] == to(desk.claim())
    with traject.database.reading() as connection:
        assert [WEST, ZUID] == to(messages.unsettled_messages(connection))
    assert traject.problems == []


def test_who_lost_the_lease_while_writing_binds_nothing(desk: Desk) -> None:
    """Another node wrote them after it; each is in one message."""
    other = []

    def be_late() -> None:
        desk.wait(minutes=6)
        other.extend(desk.claim("other"))

    desk.pen.meanwhile = be_late
    assert [] == desk.claim("slow")
    assert [OOST, WEST, ZUID] == to(other)
    with desk.traject.database.reading() as connection:
        assert {each.id for each in other} == {
            each.id for each in messages.unsettled_messages(connection)
        }


def test_who_dies_while_writing_delays_it_by_a_lease(desk: Desk) -> None:
    """Nothing is lost, and nothing was sent."""

    def die() -> None:
        raise KeyboardInterrupt

    desk.pen.meanwhile = die
    with pytest.raises(KeyboardInterrupt):
        desk.claim("dies")
    assert desk.traject.problems == []
    assert [] == desk.claim("other")
    assert desk.outbox.next_wake(desk.now) == desk.now + desk.policy.lease
    desk.wait(minutes=5)
    assert [OOST, WEST, ZUID] == to(desk.claim("other"))


def test_two_nodes_at_once_tell_each_holder_once(desk: Desk) -> None:
    """Of a seat that two hold: one node writes to one of them while another claims the rest."""
    seat(desk.traject, "griffier@oost", "de plaatsvervanger", "plv@example.example")
    other: list[Message] = []
    desk.pen.meanwhile = lambda: other.extend(desk.claim("other"))
    found = desk.claimed("one", most=1).messages
    for _ in range(3):
        found += desk.claim("one")

    assert sorted([OOST, WEST, ZUID, "plv@example.example"]) == to([*found, *other])
    assert desk.traject.problems == []
