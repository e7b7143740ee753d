"""The outbox: one message for each address, held by one node, kept until it was sent."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import update

from definitions.language.actions import BLANK, action
from tests.support.databases import force
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.outbox import Desk
from workflow import people
from workflow.engine import Seating
from workflow.model.reminders import Asked, Ended, Instead, Standing
from workflow.storage import reminders, store, tables
from workflow.storage.database import Database
from workflow.storage.reminders import Message

FIRST = "2021-09-16"
"""The day of the first rung: two weeks before the last working day of September."""


@pytest.fixture
def desk(database: Database, world: World) -> Desk:
    """Start a process of three councils; the griffiers of oost and west have an address."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start()
    seat(traject, "griffier@oost", "de griffier van oost", "oost@example.example")
    seat(traject, "griffier@west", "de griffier van west", "west@example.example")
    seat(traject, "griffier@zuid", "de griffier van zuid", "zuid@example.example")
    world.it_is(FIRST)
    return Desk(traject)


def seat(traject: Traject, name: str, holder: str, address: str | None, by: str = "") -> None:
    """Give somebody a seat, and say where they are reached."""
    traject.engine.give_seat(traject.id, Seating(name, holder, by or SECRETARY, address=address))


def put_the_question(traject: Traject) -> None:
    """Ask the councils, on the first of February."""
    now = traject.world.now
    traject.world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")
    traject.world.now = now


def reach(traject: Traject, name: str, address: str) -> None:
    """Say where somebody is reached who has a seat already."""
    people.reach(traject.engine, name, SECRETARY, address=address)


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


def test_a_clock_that_was_set_back(desk: Desk) -> None:
    """What was claimed before it was is not early by it: not again, and not for somebody else."""
    reach(desk.traject, SECRETARY, "secretaris@example.example")
    refused, failed, unneeded = desk.claim()
    desk.wait(days=-1)
    desk.outbox.refused(refused, "no such mailbox", desk.now)
    desk.outbox.failed(failed, "busy", desk.now, unsure=False)
    desk.outbox.give_back(unneeded, desk.now)
    desk.wait(hours=12)

    assert desk.claim() == []
    desk.wait(hours=13)
    assert 3 == len(desk.claim())


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


def test_who_lost_its_lease_settles_nothing(desk: Desk) -> None:
    """Its answer comes with an older number."""
    old = desk.claim("one")[0]
    desk.wait(minutes=6)
    new = next(each for each in desk.claim("two") if each.id == old.id)

    assert not desk.outbox.accepted(old, desk.now)
    assert not desk.outbox.refused(old, "no", desk.now)
    assert not desk.outbox.failed(old, "no", desk.now, unsure=False)
    assert desk.outbox.accepted(new, desk.now)
    assert not desk.outbox.accepted(new, desk.now)


def test_what_was_sent_is_sent(desk: Desk) -> None:
    """And never claimed again."""
    for each in desk.claim():
        assert desk.outbox.accepted(each, desk.now)
    desk.wait(hours=12)

    assert desk.claim() == []
    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", "sent")]


def test_a_failure_is_tried_again_after_a_pause(desk: Desk) -> None:
    """1, 5 and 15 minutes, 1 hour, 4 hours, and 4 hours again."""
    pauses = []
    for _ in range(6):
        held = desk.claim()
        begun = desk.now
        assert 3 == len(held)
        for each in held:
            desk.outbox.failed(each, "busy", desk.now, unsure=False)
        wake = desk.outbox.next_wake(desk.now)
        assert wake is not None
        pauses.append((wake - begun).total_seconds() / 60)
        desk.traject.world.now = wake

    assert pauses == [1, 5, 15, 60, 240, 240]


def test_what_cannot_be_delivered_escalates(desk: Desk) -> None:
    """Refused for good: visible, and the secretariat hears it instead; the others were sent."""
    reach(desk.traject, SECRETARY, "secretaris@example.example")
    for each in desk.claim():
        if each.address == "oost@example.example":
            desk.outbox.refused(each, "no such mailbox", desk.now)
        else:
            desk.outbox.accepted(each, desk.now)

    (escalated,) = desk.claim()

    assert desk.standing("oost.raad", "-14d") == [
        ("griffier@oost", "undelivered"),
        ("secretaris", "planned"),
    ]
    assert escalated.address == "secretaris@example.example"
    (item,) = desk.pen.letters[-1].items
    assert (item.instead, item.meant_for) == (Instead.UNDELIVERED, "griffier@oost")


@pytest.mark.parametrize("refused", ["by a server", "by us"])
def test_a_corrected_address_gets_what_could_not_be_delivered(desk: Desk, refused: str) -> None:
    """At once, and once; also where nobody could even have tried it."""
    if refused == "by us":
        desk.pen.unusable.add("oost@example.example")
    for each in desk.claim():
        if each.address == "oost@example.example":
            desk.outbox.refused(each, "no such mailbox", desk.now)
        else:
            desk.outbox.accepted(each, desk.now)
    assert ("griffier@oost", "undelivered") in desk.standing("oost.raad", "-14d")

    desk.wait(days=1)
    again = people.reach(
        desk.traject.engine, "de griffier van oost", SECRETARY, address="griffie@oost.example"
    )
    (message,) = desk.claim()
    desk.outbox.accepted(message, desk.now)

    assert (1, "griffie@oost.example") == (again, message.address)
    assert ("griffier@oost", "sent") in desk.standing("oost.raad", "-14d")
    assert 0 == people.reach(
        desk.traject.engine, "de griffier van oost", SECRETARY, address="oost@example.example"
    )


def test_a_corrected_address_gets_nothing_of_what_is_over(desk: Desk) -> None:
    """A deadline that was met, a seat that is held no more, an address that is the same."""
    put_the_question(desk.traject)
    for each in desk.claim():
        desk.outbox.refused(each, "no such mailbox", desk.now)
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.traject.unseat("griffier@zuid", "de griffier van zuid", FIRST)
    desk.wait(days=1)

    told = {
        name: people.reach(
            desk.traject.engine, f"de griffier van {name}", SECRETARY, address=address
        )
        for name, address in {
            "oost": "griffie@oost.example",
            "zuid": "griffie@zuid.example",
            "west": "west@example.example",
        }.items()
    }

    assert {"oost": 0, "zuid": 0, "west": 0} == told


def test_what_cannot_be_escalated_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process has a fault: the others go on, and it is escalated once that is mended."""
    (message,) = [each for each in desk.claim() if each.address == "oost@example.example"]
    with monkeypatch.context() as broken:
        broken.setattr(desk.traject.engine, "within", None)
        assert desk.outbox.refused(message, "550 no such user", desk.now)
    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", Standing.PLANNED)]
    assert message.id not in [each.id for each in desk.claim()]

    desk.wait(minutes=15)
    (again,) = [each for each in desk.claim() if each.id == message.id]
    assert desk.outbox.refused(again, "550 no such user", desk.now)

    assert ("secretaris", Standing.PLANNED) in desk.standing("oost.raad", "-14d")


def test_it_is_tried_until_the_next_rung(desk: Desk) -> None:
    """The server was down for a week: what was to be said is said when it is back."""
    tries = 0
    while held := desk.claim():
        tries += 1
        for each in held:
            desk.outbox.failed(each, "down", desk.now, unsure=True)
        wake = desk.outbox.next_wake(desk.now)
        assert wake is not None
        if wake.date() >= date(2021, 9, 23):
            break
        desk.traject.world.now = wake

    assert tries > 40
    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", "planned")]


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


def test_a_decision_after_the_claim_stops_what_was_not_sent(desk: Desk) -> None:
    """A message that certainly did not arrive, and is not true any more, is not sent."""
    held = desk.claim()
    for each in held:
        desk.outbox.failed(each, "busy", desk.now, unsure=False)
    desk.traject.advance("voorstel", FIRST, "stoppen")
    desk.wait(minutes=2)

    assert desk.claim() == []
    assert desk.outbox.next_wake(desk.now) is None


def one_fails(desk: Desk, *, unsure: bool) -> Message:
    """Try in vain to send what there is for oost, and wait for a while."""
    (held,) = [each for each in desk.claim() if each.address == "oost@example.example"]
    desk.outbox.failed(held, "busy", desk.now, unsure=unsure)
    desk.wait(minutes=5)
    return held


def one_of_two_is_decided(desk: Desk, *unsure: bool) -> tuple[Message, Message | None]:
    """Let one of two things in a message be done after it failed; return it before and after.

    Args:
        unsure: of each time in vain, whether it may have arrived.
    """
    traject = desk.traject
    put_the_question(traject)
    traject.world.it_is("2021-02-01")
    traject.unseat("griffier@west", "de griffier van west", "2021-02-01")
    traject.world.it_is("2021-02-02")
    seat(traject, "griffier@west", "de griffier van oost", None)
    traject.world.it_is(FIRST)
    held = [one_fails(desk, unsure=each) for each in unsure][-1]
    traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.wait(minutes=2)
    desk.claim()
    desk.wait(minutes=6)
    again = [each for each in desk.claim() if each.address == "oost@example.example"]
    return held, again[0] if again else None


def test_what_may_have_arrived_is_sent_as_it_is(desk: Desk) -> None:
    """The same bytes, also when part of it is not true any more."""
    before, after = one_of_two_is_decided(desk, True)

    assert after is not None
    assert (before.message_id, before.content) == (after.message_id, after.content)


def test_what_may_have_arrived_the_first_time_is_sent_as_it_is(desk: Desk) -> None:
    """Though it certainly did not the second: else somebody would have it as two messages."""
    before, after = one_of_two_is_decided(desk, True, False)

    assert after is not None
    assert (before.message_id, before.content) == (after.message_id, after.content)


def test_what_may_have_arrived_once_may_have_arrived(desk: Desk) -> None:
    """Also when a later attempt certainly failed: what was unsure stays unsure."""
    desk.claim()
    desk.wait(minutes=6)  # its node is heard of no more
    held = desk.claim()
    for each in held:
        assert desk.outbox.failed(each, "busy", desk.now, unsure=False)
    desk.wait(minutes=6)

    assert [(each.attempt, each.unsure) for each in held] == [(2, True)] * 3
    assert [(each.attempt, each.unsure) for each in desk.claim()] == [(3, True)] * 3


def test_what_certainly_did_not_arrive_is_written_anew(desk: Desk) -> None:
    """Without what is done meanwhile, and as another message."""
    before, after = one_of_two_is_decided(desk, False)

    assert after is not None
    assert before.message_id != after.message_id
    assert after.content.decode() == "voorstel/raden west.raad -14d"


def test_a_corrected_address_gets_what_failed_at_the_old_one(desk: Desk) -> None:
    """A slip in an address is put right while the letter is still tried."""
    for each in desk.claim():
        desk.outbox.failed(each, "no such host", desk.now, unsure=False)
    reach(desk.traject, "de griffier van oost", "griffie@oost.example")
    desk.wait(minutes=2)
    desk.claim()
    desk.wait(minutes=6)

    assert "griffie@oost.example" in [each.address for each in desk.claim()]
    assert "oost@example.example" not in [each.address for each in desk.claim()]


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


def test_nodes_beat_and_leave(desk: Desk) -> None:
    """So that a silent one is seen."""
    desk.outbox.beat("one", desk.now, desk.now)
    desk.wait(minutes=1)
    desk.outbox.beat("one", desk.now, desk.now)
    desk.outbox.leave("one")

    assert desk.outbox.next_wake(desk.now) is not None


def test_a_program_that_plans_nothing_is_made_up_for(desk: Desk) -> None:
    """A node of the release before records a decision; the next sweep plans anew."""
    with desk.traject.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
        connection.exec_driver_sql("UPDATE processes SET planned_seq = NULL")
    assert desk.outbox.next_wake(desk.now) == desk.now

    assert desk.outbox.plan(desk.now) == []

    assert 21 == len(desk.rows)
    assert {Standing.PLANNED, Standing.LAPSED} == {row.status for row in desk.rows}
    assert desk.traject.problems == []


def test_what_was_planned_late_is_sent_late(desk: Desk) -> None:
    """Nothing that was due lapses because the machine was off when it should have been planned."""
    desk.traject.world.it_is("2021-09-20")
    with desk.traject.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
        connection.exec_driver_sql("UPDATE processes SET planned_seq = 1")

    assert desk.outbox.plan(desk.now) == []

    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", "planned")]
    assert 3 == len(desk.claim())


def test_a_process_that_cannot_be_planned_keeps_nobody_awake(desk: Desk) -> None:
    """It is reported and put aside, and the others go on; after a while it is tried again."""
    broken = Traject(desk.traject.database, desk.traject.definition, World(people=50), "broken")
    broken.world.it_is("2021-01-04")
    broken.start()
    force(
        broken.database,
        "UPDATE processes SET planned_seq = NULL",
        "UPDATE processes SET definition = 'gone' WHERE id = 'broken'",
    )

    (trouble,) = desk.outbox.plan(desk.now)

    assert trouble.process == "broken"
    assert desk.outbox.plan(desk.now) == []
    assert desk.outbox.next_wake(desk.now) != desk.now
    desk.wait(days=-1)
    assert ["broken"] == [each.process for each in desk.outbox.plan(desk.now)]
    desk.wait(minutes=15)
    assert desk.outbox.next_wake(desk.now) == desk.now


def test_a_letter_that_cannot_be_kept_keeps_nobody_waiting(desk: Desk) -> None:
    """Somebody's own template made something of it that no database takes."""
    desk.pen.unkept.add("oost@example.example")
    claim = desk.claimed()

    assert 2 == len(claim.messages)
    assert ["oost@example.example"] == [each.address for each in claim.troubles]


def test_what_is_met_while_it_is_refused_does_not_escalate(desk: Desk) -> None:
    """A decision that is being written when a message comes back cancels what would follow."""
    reach(desk.traject, SECRETARY, "secretaris@example.example")
    held = next(each for each in desk.claim() if each.address == "oost@example.example")
    refused = Thread(target=desk.outbox.refused, args=(held, "no such mailbox", desk.now))
    with desk.traject.database.writing() as connection:
        store.hold_head(connection, desk.traject.id, "")
        rows = reminders.kept_of(connection, desk.traject.id, 0, [("voorstel/raden", "oost.raad")])
        reminders.cancel_rows(connection, rows, Ended.MET, desk.now)
        refused.start()
        refused.join(0.3)  # it waits for us, or it is too early
    refused.join()

    assert {Standing.CANCELLED} == {row.status for row in desk.rows if row.subject == "oost.raad"}


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
