"""What stands in calendars: deadlines that letters brought there are set right, or taken out."""

from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from definitions.calendar.dates import day_of
from tests.support.databases import copied, force
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.outbox import Desk
from workflow import people
from workflow.engine import Seating
from workflow.model.commands import Amend
from workflow.model.person import Called
from workflow.model.reminders import (
    CHANGED,
    WITHDRAWN,
    Ended,
    Gone,
    Item,
    Letter,
    Standing,
    WhyGone,
)
from workflow.storage import reminders
from workflow.storage.database import Database

FIRST = "2021-09-16"
"""The day of the first rung, two weeks before the end of September."""
NEXT = "2021-09-17"
OLD, NEW = date(2021, 9, 30), date(2021, 11, 30)
OF_ALL = ["oost", "west", "zuid"]


@pytest.fixture
def unsent(database: Database, world: World) -> Desk:
    """Ask three councils for a decision; the first reminder of their griffiers is due."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example(("note, member]", "note, member, party]"))), world)
    traject.start()
    for party in OF_ALL:
        seating = Seating(
            f"griffier@{party}", Called(party), Called(SECRETARY), address=f"{party}@a.example"
        )
        traject.engine.give_seat(traject.id, seating)
    world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")
    world.it_is(FIRST)
    return Desk(traject)


@pytest.fixture
def desk(unsent: Desk) -> Desk:
    """Send the griffiers of three councils the first reminder of a decision."""
    assert OF_ALL == sorted(who for who, _ in sent(unsent))
    return unsent


def sent(desk: Desk) -> list[tuple[str, Letter]]:
    """Send what is due, and return it, each with the name before the address it went to."""
    before = len(desk.pen.letters)
    for message in desk.claim():
        assert desk.outbox.accepted(message, desk.now)
    return [(each.address.partition("@")[0], each) for each in desk.pen.letters[before:]]


def items(desk: Desk, day: str = NEXT) -> dict[str, list[tuple[str, date, Gone | None]]]:
    """Return what letters say on the morning of a day: the rung, the date, and why it is gone."""
    desk.traject.world.it_is(day)
    return {
        who: [(each.rung, each.deadline, each.gone) for each in letter.items]
        for who, letter in sent(desk)
    }


def planned(desk: Desk) -> list[tuple[str, str]]:
    """Return what is planned for calendars."""
    rows = (each for each in desk.rows if each.for_agendas and each.status is Standing.PLANNED)
    return [(each.rung, each.subject) for each in rows]


def gone(why: WhyGone, on: str = FIRST, what: str = "") -> Gone:
    """Return why a deadline is gone."""
    return Gone(why, on, what)


# --- what ends a deadline ------------------------------------------------------------------------


def test_a_decision_takes_its_deadline_out_of_the_calendar(desk: Desk) -> None:
    """Of whoever has it, on the next morning, in a letter that says who decided and when."""
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)

    assert [(WITHDRAWN, "oost.raad")] == planned(desk)
    assert [] == sent(desk)
    assert {"oost": [(WITHDRAWN, OLD, gone(WhyGone.DECIDED))]} == items(desk)
    assert {} == items(desk, "2021-09-18")


@pytest.mark.only("sqlite")
def test_nothing_is_taken_back_that_nobody_was_sent(desk: Desk, database: Database) -> None:
    """A deadline that was met before its first reminder is in nobody's calendar."""
    other = Traject(database, desk.traject.definition, desk.traject.world, id="other")
    other.start()
    other.advance("voorstel", FIRST, "stoppen")

    assert [] == planned(Desk(other))


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("party", "why"), [("oost", WhyGone.LEFT), ("west", WhyGone.LEFT), ("zuid", WhyGone.LEFT)]
)
def test_who_leaves_has_nothing_to_meet(desk: Desk, party: str, why: WhyGone) -> None:
    """And the others have what they had."""
    desk.traject.leave(party, FIRST)
    assert {party: [(WITHDRAWN, OLD, gone(why))]} == items(desk)


def test_what_is_stopped_is_taken_out_everywhere(desk: Desk) -> None:
    """With the state in which it is not asked any more."""
    desk.traject.advance("voorstel", FIRST, "stoppen")
    ended = gone(WhyGone.ENDED, what="vervallen")
    assert {each: [(WITHDRAWN, OLD, ended)] for each in OF_ALL} == items(desk)


@pytest.mark.only("sqlite")
def test_a_date_that_is_not_known_any_more(desk: Desk) -> None:
    """Is in no calendar, with the reason that was given for it."""
    desk.traject.replan("voorstel/raden", "unknown", FIRST, "the law is late")
    why = Gone(WhyGone.UNKNOWN, reason="the law is late")
    assert {each: [(WITHDRAWN, OLD, why)] for each in OF_ALL} == items(desk)
    desk.traject.world.it_is("2021-09-18")
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-18")
    assert [] == planned(desk)


@pytest.mark.only("sqlite")
def test_who_decides_when_the_date_is_not_known_yet_to_be_gone(desk: Desk) -> None:
    """Hears it once."""
    desk.traject.replan("voorstel/raden", "unknown", FIRST)
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    assert [(WITHDRAWN, OLD, gone(WhyGone.DECIDED))] == items(desk)["oost"]


@pytest.mark.only("sqlite")
def test_a_reconstruction_sends_nothing_ever(database: Database, world: World) -> None:
    """Nor what takes something back."""
    traject = Traject(database, load(example()), world)
    traject.start(reconstruction=True)
    traject.advance("voorstel", "2021-09-16", "stoppen")
    assert [] == Desk(traject).rows


# --- what moves a deadline -----------------------------------------------------------------------


@pytest.mark.only("sqlite")
def test_a_moved_deadline_is_moved_in_the_calendar(desk: Desk) -> None:
    """Before the first reminder of its new date, which can be months ahead."""
    desk.traject.replan("voorstel/raden", "2021-11-30", FIRST)
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)

    said = items(desk)
    assert [(CHANGED, NEW, None)] == said["west"] == said["zuid"]
    assert [(WITHDRAWN, OLD, gone(WhyGone.DECIDED))] == said["oost"]


def test_what_was_moved_back_by_the_morning_is_said_to_nobody(desk: Desk) -> None:
    """Nor what was met by mistake."""
    desk.traject.replan("voorstel/raden", "2021-11-30", FIRST)
    desk.traject.withdraw(desk.traject.last)
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.traject.withdraw(desk.traject.last)

    assert {} == items(desk)
    ended = {each.why for each in desk.rows if each.for_agendas}
    assert {Ended.MOVED, Ended.MET, Ended.AGAIN, Ended.NOBODY} == ended
    assert [] == desk.traject.problems


def test_a_deadline_that_is_open_again_is_there_again(desk: Desk) -> None:
    """For whoever it was taken from, as often as it is needed, each time with a higher number."""
    numbers = [desk.pen.letters[0].items[0].sequence]
    day = 17
    for _ in range(2):
        desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
        assert WITHDRAWN == items(desk, f"2021-09-{day}")["oost"][0][0]
        numbers.append(desk.pen.letters[-1].items[-1].sequence)
        desk.traject.withdraw(desk.traject.last)
        assert (CHANGED, OLD, None) == items(desk, f"2021-09-{day + 1}")["oost"][0]
        numbers.append(desk.pen.letters[-1].items[-1].sequence)
        day += 2

    assert sorted(set(numbers)) == numbers
    assert 1 == len({each.uid for each in of_oost(desk)})


def of_oost(desk: Desk) -> list[Item]:
    """Return all that was said of the deadline of one council."""
    found = (item for letter in desk.pen.letters for item in letter.items)
    return [item for item in found if item.subject == "oost.raad"]


@pytest.mark.only("sqlite")
def test_another_round_is_the_same_deadline(desk: Desk) -> None:
    """Withdrawn with the move back, and there again with the next one."""
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    items(desk)
    before = of_oost(desk)[-1]
    desk.traject.advance("voorstel", NEXT, "stoppen")
    desk.traject.withdraw(desk.traject.last)
    said = items(desk, "2021-09-18")
    assert {} == said, "stopped and started again by the morning"
    assert before.gone is not None


@pytest.mark.only("sqlite")
def test_numbers_never_fall_between_the_rungs_of_a_ladder(desk: Desk) -> None:
    """Also where an amended ladder has one that was planned later before one planned earlier."""
    reason = "the papers come later"
    desk.traject.do(Amend("ladder/gewoon", "-14d, -7d, 0d", reason, day_of(date(2021, 9, 16))))
    items(desk, "2021-09-23")
    desk.traject.note("something", "2021-09-23")
    items(desk, "2021-09-30")
    found = of_oost(desk)

    assert ["-14d", "-7d", "0d"] == [each.rung for each in found]
    assert sorted(each.sequence for each in found) == [each.sequence for each in found]
    assert found[0].sequence < found[1].sequence < found[2].sequence


# --- to whom -------------------------------------------------------------------------------------


@pytest.mark.only("sqlite")
def test_who_left_the_seat_has_it_in_the_calendar_still(desk: Desk) -> None:
    """And hears that it is gone; whoever came after and was told nothing does not."""
    engine, id = desk.traject.engine, desk.traject.id
    desk.traject.unseat("griffier@oost", "oost", FIRST)
    engine.give_seat(
        id, Seating("griffier@oost", Called("na"), Called(SECRETARY), address="na@a.example")
    )
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)

    assert ["oost"] == list(items(desk))


@pytest.mark.only("sqlite")
def test_who_left_the_seat_is_not_asked_to_record_it(desk: Desk) -> None:
    """They hear of the new date, for it is in their calendar; and not again when it is back."""
    desk.traject.world.it_is(NEXT)
    desk.traject.unseat("griffier@oost", "oost", FIRST)
    desk.traject.replan("voorstel/raden", "2021-11-30", NEXT)
    assert (CHANGED, NEW, None) == items(desk, "2021-09-18")["oost"][0]
    assert [None] == [each.command for each in of_oost(desk)[1:]]
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-18")
    assert ["oost"] == list(items(desk, "2021-09-19"))
    desk.traject.withdraw(desk.traject.last)
    assert {} == items(desk, "2021-09-20")


@pytest.mark.only("sqlite")
def test_it_goes_to_where_it_was_sent(desk: Desk) -> None:
    """Also where that person is reached elsewhere now."""
    people.set_contact(
        desk.traject.engine, Called("oost"), Called(SECRETARY), address="nieuw@a.example"
    )
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.traject.world.it_is(NEXT)
    (message,) = desk.claim()
    desk.outbox.failed(message, "busy", desk.now, unsure=False)
    desk.wait(hours=1)
    (again,) = desk.claim()

    assert (message.id, "oost@a.example") == (again.id, again.address)


@pytest.mark.only("sqlite")
def test_nothing_goes_to_who_is_forgotten(desk: Desk) -> None:
    """Neither before it is written nor after."""
    desk.traject.unseat("griffier@oost", "oost", "2021-09-15")
    people.erase(desk.traject.engine, Called("oost"), Called(SECRETARY))
    desk.traject.advance("voorstel", FIRST, "stoppen")

    assert ["west", "zuid"] == sorted(items(desk))
    assert [Ended.NOBODY] == [each.why for each in desk.rows if each.subject == "oost.raad"][-1:]


@pytest.mark.only("sqlite")
def test_a_letter_that_waits_is_not_sent_to_who_is_forgotten(desk: Desk) -> None:
    """It is dropped."""
    desk.traject.unseat("griffier@oost", "oost", "2021-09-15")
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.traject.world.it_is(NEXT)
    (message,) = desk.claim()
    desk.outbox.failed(message, "busy", desk.now, unsure=False)
    people.erase(desk.traject.engine, Called("oost"), Called(SECRETARY))

    assert {} == items(desk, "2021-09-18")


@pytest.mark.only("sqlite")
def test_what_lies_in_a_folder_was_not_sent(database: Database, desk: Desk) -> None:
    """Nobody has it in a calendar."""
    other = Traject(database, desk.traject.definition, desk.traject.world, id="other")
    other.start()
    other.engine.give_seat("other", Seating("griffier@oost", Called("oost"), Called(SECRETARY)))
    desk.traject.world.it_is("2021-09-27")
    for message in desk.claim():
        desk.outbox.filed(message, "/somewhere", desk.now)
    other.advance("voorstel", "2021-09-27", "stoppen")

    assert [] == planned(Desk(other))


@pytest.mark.only("sqlite")
def test_several_who_hold_a_seat_each_hear_it(desk: Desk) -> None:
    """Once, whatever seats they were told at."""
    engine, id = desk.traject.engine, desk.traject.id
    engine.give_seat(
        id, Seating("griffier@oost", Called("tweede"), Called(SECRETARY), address="twee@a.example")
    )
    items(desk, "2021-09-27")
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-27")

    assert ["oost", "twee"] == sorted(items(desk, "2021-09-28"))


@pytest.mark.only("sqlite")
def test_one_letter_for_all_that_is_gone(desk: Desk) -> None:
    """Also of several processes, along with what is due that morning."""
    engine, id = desk.traject.engine, desk.traject.id
    for party in ("west", "zuid"):
        engine.give_seat(id, Seating(f"griffier@{party}", Called("oost"), Called(SECRETARY)))
    items(desk, "2021-09-27")
    for party in ("oost", "west"):
        desk.traject.record("voorstel", f"{party}.raad", "voor", "2021-09-27")
    said = items(desk, "2021-09-30")

    assert ["0d", WITHDRAWN, WITHDRAWN] == [rung for rung, _, _ in said["oost"]]


# --- what is not certain -------------------------------------------------------------------------


@pytest.mark.only("sqlite")
def test_a_letter_that_may_have_arrived_is_taken_back(desk: Desk) -> None:
    """Its deadline was met while nobody knew; it is not sent again."""
    desk.traject.world.it_is("2021-09-27")
    held = {each.address: each for each in desk.claim()}
    desk.outbox.failed(held["oost@a.example"], "no answer", desk.now, unsure=True)
    for party in ("west", "zuid"):
        desk.outbox.accepted(held[f"{party}@a.example"], desk.now)
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-27")

    assert ["oost"] == list(items(desk, "2021-09-28"))


def test_a_letter_that_was_dropped_leaves_nothing_to_take_back(unsent: Desk) -> None:
    """A node holds the first letter while the council decides; the server never takes it."""
    held = {each.address: each for each in unsent.claim()}
    unsent.traject.record("voorstel", "oost.raad", "voor", FIRST)
    for message in held.values():
        unsent.outbox.failed(message, "busy", unsent.now, unsure=False)
    unsent.wait(hours=1)

    again = unsent.claim()
    assert ["west@a.example", "zuid@a.example"] == sorted(str(each.address) for each in again)
    assert [] == unsent.traject.problems
    assert all(unsent.outbox.accepted(each, unsent.now) for each in again)
    assert {} == items(unsent)
    assert [] == unsent.traject.problems


def test_what_is_on_its_way_is_waited_for(desk: Desk) -> None:
    """A node holds the letter while the council decides: it arrives, and is then taken back."""
    desk.traject.world.now = datetime(2021, 9, 28, 6, 58, tzinfo=UTC)
    held = {each.address: each for each in desk.claim()}
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-28")
    desk.wait(minutes=3)
    assert [] == desk.claim("other"), "it is not known yet who has what"
    assert desk.outbox.accepted(held["oost@a.example"], desk.now)
    assert desk.now < (desk.outbox.next_wake(desk.now) or desk.now)
    desk.wait(minutes=3)

    assert ["oost"] == [who for who, letter in sent(desk) if letter.items[0].gone]


def test_what_nobody_planned_for_is_taken_back_by_the_next_sweep(desk: Desk) -> None:
    """A letter that arrived although its deadline was met is looked at again."""
    desk.traject.world.it_is("2021-09-27")
    held = {each.address: each for each in desk.claim()}
    desk.traject.record("voorstel", "oost.raad", "voor", "2021-09-27")
    force(desk.traject.database, f"delete from reminders where rung = '{WITHDRAWN}'")
    for message in held.values():
        assert desk.outbox.accepted(message, desk.now)
    desk.outbox.plan(desk.now)

    assert [(WITHDRAWN, "oost.raad")] == planned(desk)
    assert ["oost"] == list(items(desk, "2021-09-28"))


@pytest.mark.only("sqlite")
def test_it_is_planned_once(desk: Desk) -> None:
    """Also where a program that plans nothing opened the deadline again in between."""
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    with patch("workflow.unit_of_work.plan_change", return_value=[]):
        desk.traject.withdraw(desk.traject.last)
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)

    assert [(WITHDRAWN, "oost.raad")] == planned(desk)


@pytest.mark.only("sqlite")
def test_what_cannot_be_delivered_is_seen(desk: Desk) -> None:
    """And told to nobody else: the secretariat has it in no calendar."""
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    desk.traject.world.it_is(NEXT)
    (message,) = desk.claim()
    desk.outbox.refused(message, "no such mailbox", desk.now)

    assert {} == items(desk, "2021-09-18")
    (row,) = [each for each in desk.rows if each.rung == WITHDRAWN]
    assert (Standing.UNDELIVERED, "no such mailbox") == (row.status, row.why)


@pytest.mark.only("sqlite")
def test_verify_knows_what_is_for_calendars(desk: Desk) -> None:
    """It follows from the journal and from what was sent; what does not is an alarm."""
    desk.traject.record("voorstel", "oost.raad", "voor", FIRST)
    assert [] == desk.traject.problems
    with desk.traject.database.writing() as connection:
        (row,) = [each for each in desk.rows if each.rung == WITHDRAWN]
        reminders.add_rows(connection, [row._replace(subject="west.raad")])
    assert 1 == len(desk.traject.problems)


# --- whose calendar ------------------------------------------------------------------------------


@pytest.mark.only("sqlite")
def test_two_databases_share_no_event(tmp_path: Path, desk: Desk, empty_file: Path) -> None:
    """Though their processes have the same id, and begin on the same day."""
    with copied(empty_file, tmp_path / "other.db") as database:
        world = World(desk.now)
        world.new_id()
        other = Traject(database, desk.traject.definition, world, id=desk.traject.id)
        other.start()
        seating = Seating(
            "griffier@oost", Called("oost"), Called(SECRETARY), address="oost@a.example"
        )
        other.engine.give_seat(other.id, seating)
        ours = {each.uid for letter in desk.pen.letters for each in letter.items}
        theirs = Desk(other)
        theirs.wait(days=11)
        letters = [letter for _, letter in sent(theirs)]

    assert letters
    assert ours.isdisjoint(each.uid for letter in letters for each in letter.items)
