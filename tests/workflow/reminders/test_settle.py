"""What became of a message: it is tried until it was sent, or others are told."""

from datetime import date
from threading import Thread

import pytest

from tests.support.engine import SECRETARY
from tests.support.outbox import FIRST, Desk, put_the_question, reach, seat
from workflow import people
from workflow.model.person import Called
from workflow.model.reminders import Ended, Instead, Standing
from workflow.storage import reminders, store
from workflow.storage.messages import Message


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
    again = people.set_contact(
        desk.traject.engine,
        Called("de griffier van oost"),
        Called(SECRETARY),
        address="griffie@oost.example",
    )
    (message,) = desk.claim()
    desk.outbox.accepted(message, desk.now)

    assert (1, "griffie@oost.example") == (again, message.address)
    assert ("griffier@oost", "sent") in desk.standing("oost.raad", "-14d")
    assert 0 == people.set_contact(
        desk.traject.engine,
        Called("de griffier van oost"),
        Called(SECRETARY),
        address="oost@example.example",
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
        name: people.set_contact(
            desk.traject.engine,
            Called(f"de griffier van {name}"),
            Called(SECRETARY),
            address=address,
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


def test_what_is_met_while_it_is_refused_does_not_escalate(desk: Desk) -> None:
    """A decision that is being written when a message comes back cancels what would follow."""
    reach(desk.traject, SECRETARY, "secretaris@example.example")
    held = next(each for each in desk.claim() if each.address == "oost@example.example")
    refused = Thread(target=desk.outbox.refused, args=(held, "no such mailbox", desk.now))
    with desk.traject.database.writing() as connection:
        store.lock_head(connection, desk.traject.id)
        rows = reminders.brief_rows_of(
            connection, desk.traject.id, 0, [("voorstel/raden", "oost.raad")]
        )
        reminders.cancel_rows(connection, rows, Ended.MET, desk.now)
        refused.start()
        refused.join(0.3)  # it waits for us, or it is too early
    refused.join()

    assert {Standing.CANCELLED} == {row.status for row in desk.rows if row.subject == "oost.raad"}
