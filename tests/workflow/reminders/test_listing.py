"""Who is reminded of what: what is planned, what would have been, what would be said."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from definitions.library import facts_file
from tests.support.databases import heard, tamper
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World, gr_sociaal_domein, typed
from tests.support.outbox import Desk
from workflow.engine import Seating
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.people import set_contact
from workflow.reminders.health import reminder_checks
from workflow.reminders.listing import WOULD, WhyNoReminder, empty_seats, listed, preview
from workflow.reminders.recipients import SeatHolders
from workflow.reminders.undelivered import undelivered
from workflow.rules.deadlines import deadlines_of
from workflow.storage import reading
from workflow.storage.database import Database
from workflow.views.dues import all_dues
from workflow.views.seen import Seen

FIRST, LAST = date(2021, 2, 1), date(2021, 2, 14)


@pytest.fixture
def replayed(database: Database, world: World) -> Traject:
    """Record the shipped process afterwards, from its facts."""
    traject = Traject(database, gr_sociaal_domein(), world, id="gr-sociaal-domein")
    traject.start(reconstruction=True)
    facts = read_facts(*facts_file("gr-sociaal-domein")).facts
    traject.engine.execute(traject.id, [each.request(Called(SECRETARY)) for each in facts])
    return traject


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Start a process in which three councils decide by September 2021."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start()
    return traject


def test_what_would_have_been_said(replayed: Traject) -> None:
    """Each morning by what had happened the day before: Sliedrecht decided on 10 February."""
    view = listed(replayed.engine, replayed.id, "nl", FIRST, LAST)

    days = dict.fromkeys(each.at.date() for each in view.reminders)
    assert {
        day: list(dict.fromkeys(each.subject for each in view.reminders if each.at.date() == day))
        for day in days
    } == {
        date(2021, 2, 5): [
            "alblasserdam.raad",
            "dordrecht.raad",
            "hardinxveld-giessendam.raad",
            "hendrik-ido-ambacht.raad",
            "sliedrecht.raad",
            "zwijndrecht.raad",
        ],
        date(2021, 2, 12): [
            "alblasserdam.raad",
            "dordrecht.raad",
            "hardinxveld-giessendam.raad",
            "hendrik-ido-ambacht.raad",
            "zwijndrecht.raad",
        ],
    }
    assert {WOULD} == {each.status for each in view.reminders}
    assert [True] == [each.reconstruction for each in view.processes]


def test_of_what_nobody_is_reminded(traject: Traject) -> None:
    """What has no date, no deadline or no ladder is listed, and says so."""
    traject.replan("voorstel/raden", "unknown", "2021-01-04")
    view = listed(traject.engine, None, "en")

    assert {(each.due, each.why) for each in view.silent} == {
        ("voorstel/raden", WhyNoReminder.UNKNOWN),
        ("voorstel/colleges", WhyNoReminder.NONE),
        ("voorstel/vragen", WhyNoReminder.NONE),
        ("voorstel/overleg", WhyNoReminder.NONE),
        ("slot/overleg", WhyNoReminder.NONE),
        ("nieuwsbrief", WhyNoReminder.NONE),
        ("flyer", WhyNoReminder.NONE),
        ("voorstel.in-route", WhyNoReminder.NO_LADDER),
        ("slot.genomen", WhyNoReminder.NO_LADDER),
    }


NEWSLETTER = (
    "nieuwsbrief: {owner: secretaris, arises: {every: unknown}, results: {verzonden: done}}",
    "nieuwsbrief: {owner: secretaris, arises: {every: year}, due: %s, ladder: gewoon, "
    "results: {verzonden: done}}",
)


def with_newsletter(database: Database, world: World, due: str) -> Traject:
    """Return a process with a task that arises every year, and is due then."""
    definition = load(example((NEWSLETTER[0], NEWSLETTER[1] % due)))
    return Traject(database, definition, world)


def test_of_a_yearly_task_without_a_date_nobody_is_reminded(
    database: Database, world: World
) -> None:
    """It is named once, however many years have come, with what its date waits for."""
    traject = with_newsletter(database, world, "{unknown: not said, waits_for: [a plan]}")
    world.it_is("2021-01-10")
    traject.start()
    world.it_is("2023-03-01")

    silent = {each.due: each for each in listed(traject.engine, traject.id, "nl").silent}
    assert (WhyNoReminder.UNKNOWN, ("a plan",)) == (
        silent["nieuwsbrief"].why,
        silent["nieuwsbrief"].waits_for,
    )


def test_a_yearly_task_is_due_when_it_is_shown_to_be(database: Database, world: World) -> None:
    """Each year on a day of it."""
    planned = [date(2022, 3, 15), date(2023, 3, 15)]
    traject = with_newsletter(database, world, "{each_year: 03-15}")
    traject.start(reconstruction=True)
    today = date(2023, 1, 1)

    plans = deadlines_of(traject.snapshot(today)).values()
    assert planned == [each.deadline for each in plans if each.ref == "nieuwsbrief"]
    dues = all_dues(Seen(traject.definition, traject.state, today, traject.id))
    assert planned == [each.date for each in dues if each.id.startswith("nieuwsbrief")]


@pytest.mark.parametrize("busy", [False, True])
def test_what_comes_back_would_have_been_said_each_year(
    database: Database, world: World, busy: bool
) -> None:
    """Also in a year in which nothing else happened."""
    traject = with_newsletter(database, world, "{each_year: 07-15}")
    world.it_is("2023-12-20")
    traject.start(reconstruction=True)
    traject.task("flyer", "verspreid", "2021-02-01")
    if busy:
        traject.note("a note", "2022-02-01")
    span = date(2021, 1, 1), date(2023, 12, 31)

    said = listed(traject.engine, traject.id, "nl", *span).reminders
    assert [
        (f"nieuwsbrief ({year})", date(year, 7, day))
        for year in (2022, 2023)
        for day in (1, 12, 15)
    ] == [
        (each.due, each.at.date())
        for each in said
        if each.due.startswith("nieuwsbrief") and not each.rung.startswith("+")
    ]


def test_years_are_looked_at_as_far_as_calendars_go(database: Database, world: World) -> None:
    """Whoever asks for more than that is told what is known."""
    traject = with_newsletter(database, world, "{each_year: 07-15}")
    traject.start(reconstruction=True)
    traject.task("flyer", "verspreid", "2021-02-01")

    said = listed(traject.engine, traject.id, "nl", None, date(9999, 12, 31)).reminders
    last = max(each.at.year for each in said if each.due.startswith("nieuwsbrief"))
    assert 2050 == last


def test_of_whoever_holds_a_seat_together_each_reminder_is_told_apart(traject: Traject) -> None:
    """Before it is written there is one for both; then one for each, and whose it is."""
    desk = Desk(traject)
    for name in ("een griffier", "een plaatsvervanger"):
        address = f"{name.split()[1]}@oost.example"
        seating = Seating("griffier@oost", Called(name), Called(SECRETARY), address=address)
        traject.engine.give_seat(traject.id, seating)
    day = date(2021, 9, 16)

    def those_of_oost() -> list[tuple[str | None, str]]:
        view = listed(traject.engine, traject.id, "nl", day, day)
        return [(each.reader, each.status) for each in view.reminders if "oost" in each.seat]

    assert [(None, "planned")] == those_of_oost()
    traject.world.it_is("2021-09-16")
    first, *others = desk.claim()
    desk.outbox.filed(first, "/srv/mail", desk.now)
    for each in others:
        desk.outbox.accepted(each, desk.now)

    assert {"filed", "sent"} == {status for _, status in those_of_oost()}
    assert ["een griffier", "een plaatsvervanger"] == [name for name, _ in those_of_oost()]
    view = listed(traject.engine, traject.id, "nl", day, day)
    assert {("sent", "server", None), ("filed", "folder", "/srv/mail")} == {
        (each.status, each.way, each.folder) for each in view.reminders if each.way
    }
    letters = preview(traject.engine, traject.id, day, day, "nl")
    assert [1, 1] == [len(each.items) for each in letters if "oost" in each.address]


def test_every_reminder_is_listed_in_order(traject: Traject) -> None:
    """With whose it is, when it is, and how it stands."""
    view = listed(traject.engine, traject.id, "en", date(2021, 9, 1), date(2021, 9, 30))

    assert [(each.at, each.subject, each.rung, each.seat) for each in view.reminders] == [
        (datetime(2021, 9, day, 7, tzinfo=UTC), f"{party}.raad", rung, f"griffier@{party}")
        for day, rung in ((16, "-14d"), (27, "-3wd"), (30, "0d"))
        for party in ("oost", "west", "zuid")
    ]


def test_a_preview_has_a_letter_for_each_seat_and_day(traject: Traject) -> None:
    """Also for a seat that nobody holds, at an address that cannot exist."""
    traject.engine.give_seat(
        traject.id,
        Seating(
            "griffier@oost",
            Called("griffier van oost"),
            Called(SECRETARY),
            address="griffie@oost.example",
        ),
    )
    letters = preview(
        traject.engine, traject.id, date(2021, 9, 16), date(2021, 9, 27), language="en"
    )

    assert [(each.written_at.date(), each.address, each.name) for each in letters] == [
        (day, address, name)
        for day in (date(2021, 9, 16), date(2021, 9, 27))
        for address, name in (
            ("griffie@oost.example", "griffier van oost"),
            ("griffier@west.example", None),
            ("griffier@zuid.example", None),
        )
    ]
    assert letters[0].items[0].uid == letters[3].items[0].uid


def test_a_process_may_call_things_what_it_likes(database: Database, world: World) -> None:
    """What waits for a task is not mixed up with what a council of a like name decided."""
    written = (
        example(
            (
                "flyer: {owner: external,",
                "raden: {owner: secretaris, due: 2021-10-14, ladder: ver,",
            ),
            ("ladders:\n", "ladders:\n  ver: [-28d]\n"),
        )
    ).replace("voorstel", "waits")
    world.it_is("2021-03-02")
    traject = Traject(database, load(written), world)
    traject.start()

    letters = preview(traject.engine, traject.id, date(2021, 9, 16), date(2021, 9, 16), "nl")
    waiting = {item.due: item.waiting for letter in letters for item in letter.items}
    assert () == waiting["raden"]
    assert ["waits"] == [each.milestone for each in waiting["waits/raden"]]


def test_a_preview_sends_and_changes_nothing(traject: Traject) -> None:
    """It can be looked at as often as one likes."""
    before = Desk(traject).rows
    preview(traject.engine, traject.id, date(2021, 9, 1), date(2021, 10, 31), language="nl")

    assert before == Desk(traject).rows


def test_empty_seats_are_those_that_will_be_reminded(traject: Traject) -> None:
    """And at which nobody can be told anything."""
    with traject.database.reading() as connection:
        addressees = reading.addressees(connection)

    assert ("griffier@oost", "griffier@west", "griffier@zuid") == empty_seats(
        SeatHolders(*traject.snapshot(date(2021, 1, 4)).parts, addressees)
    )


def test_a_service_that_does_not_run_is_seen(traject: Traject) -> None:
    """What should have been sent lies there, and for how long."""
    traject.world.it_is("2021-09-17")
    found = {each.name: each for each in reminder_checks(traject.engine)}

    assert ("27:00", False) == (found["reminders"].found, found["reminders"].well)
    assert "is “mijlpaal remind run” running?" in typed(found["reminders"].remark)


def test_what_could_not_be_delivered_is_seen_until_the_deadline_is_over(traject: Traject) -> None:
    """As long as more is planned of the same deadline."""
    set_contact(
        traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@example.example"
    )
    desk = Desk(traject)
    traject.engine.give_seat(
        traject.id,
        Seating(
            "griffier@oost",
            Called("griffier van oost"),
            Called(SECRETARY),
            address="griffie@oost.example",
        ),
    )
    traject.world.it_is("2021-09-16")
    for each in desk.claim():
        if each.address == "griffie@oost.example":
            desk.outbox.refused(each, "no such mailbox", desk.now)

    assert [("1", False)] == [
        (each.found, each.well)
        for each in reminder_checks(traject.engine)
        if each.name == "undelivered"
    ]
    assert [
        ("voorstel/raden", "oost.raad", "griffier@oost", date(2021, 9, 30), "no such mailbox")
    ] == undelivered(traject.engine, traject.id)


def test_a_mail_server_that_is_down_is_seen(traject: Traject) -> None:
    """A letter that is written and cannot be sent is late too, and what keeps it is said."""
    set_contact(
        traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@example.example"
    )
    desk = Desk(traject)
    seat = Seating(
        "griffier@oost",
        Called("griffier van oost"),
        Called(SECRETARY),
        address="griffie@oost.example",
    )
    traject.engine.give_seat(traject.id, seat)
    traject.world.it_is("2021-09-16")
    for each in desk.claim():
        desk.outbox.failed(each, "the server is away", desk.now, unsure=False)
    desk.wait(minutes=30)

    (found,) = [each for each in reminder_checks(traject.engine) if each.name == "reminders"]

    assert ("0:30", False) == (found.found, found.well)
    assert "The oldest could not be sent yet: the server is away" == str(found.remark)


def test_what_cannot_be_written_is_seen(traject: Traject) -> None:
    """It is put aside, and tried again until somebody mends it."""
    desk = Desk(traject)
    seat = Seating(
        "griffier@oost",
        Called("griffier van oost"),
        Called(SECRETARY),
        address="griffie@oost.example",
    )
    traject.engine.give_seat(traject.id, seat)
    traject.world.it_is("2021-09-16")
    desk.pen.blots.add("griffie@oost.example")
    desk.claim()

    assert [("1", "They cannot be written: ValueError: griffie@oost.example")] == [
        (each.found, str(each.remark))
        for each in reminder_checks(traject.engine)
        if each.name == "put_aside"
    ]


def test_what_nobody_can_be_told_of_is_seen(traject: Traject) -> None:
    """From the moment it is due, whether or not anything looked at it, and for how long."""
    traject.world.it_is("2021-09-16")
    traject.world.now += timedelta(hours=1)
    for look in (False, True):
        if look:
            Desk(traject).claim()
        found = {each.name: each for each in reminder_checks(traject.engine)}
        seats = "griffier@oost, griffier@west, griffier@zuid"

        assert ("4:00", False) == (found["reminders"].found, found["reminders"].well)
        assert "waits for a recipient" in str(found["reminders"].remark) or not look
        assert (f"{traject.id}: 3", False) == (found["unheard"].found, found["unheard"].well)
        assert f"Nobody in {seats} has an address, nor has the secretariat." in str(
            found["unheard"].remark
        )
        assert "member reach" in str(found["unheard"].remark)
        assert "empty_seats" not in found
        assert [
            ("voorstel/raden", f"{each}.raad", f"griffier@{each}", date(2021, 9, 30), "empty")
            for each in ("oost", "west", "zuid")
        ] == undelivered(traject.engine, traject.id)


def test_the_secretariat_hears_it_where_it_can(traject: Traject) -> None:
    """An empty seat says who hears it instead: somebody of the secretariat with an address."""
    before = {each.name: each for each in reminder_checks(traject.engine)}
    assert before["empty_seats"].well
    assert "a reminder would reach nobody" in str(before["empty_seats"].remark)

    set_contact(
        traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@example.example"
    )
    traject.world.it_is("2021-09-16")

    after = {each.name: each for each in reminder_checks(traject.engine)}
    assert "the secretariat is notified instead" in str(after["empty_seats"].remark)
    assert "unheard" not in after
    assert [] == undelivered(traject.engine, traject.id)


def test_a_node_that_fell_silent_is_seen(traject: Traject) -> None:
    """One that ended as it should is not."""
    outbox = Desk(traject).outbox
    now = traject.world.now
    outbox.record_heartbeat("silent", now, now)
    outbox.record_heartbeat("ended", now, now)
    outbox.sign_off("ended")
    traject.world.now = now + timedelta(minutes=20)
    outbox.record_heartbeat("alive", now, traject.world.now)

    assert {("silent, 0:20", False), ("alive", True)} == {
        (each.found, each.well) for each in reminder_checks(traject.engine) if each.name == "node"
    }


def test_a_process_that_cannot_be_read_hides_nothing(
    traject: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Doctor says of its journal what is wrong; how the reminders are is looked at all the same."""
    monkeypatch.setattr(traject.engine, "within", None)

    assert "reminders" in [each.name for each in reminder_checks(traject.engine)]


# --- of all processes ----------------------------------------------------------------------------


@pytest.fixture
def several(replayed: Traject, traject: Traject) -> list[Traject]:
    """Return some processes in one database: one live, one recorded afterwards, one like it."""
    other = Traject(traject.database, load(example()), traject.world, id="other")
    other.start()
    return [replayed, other, traject]


def test_all_processes_are_listed_as_each_is(several: list[Traject]) -> None:
    """By id; what is read together is what is read of each."""
    engine = several[0].engine
    together = listed(engine, None, "nl", date(2021, 1, 1), date(2021, 12, 31))
    alone = [listed(engine, each.id, "nl", together.since, together.until) for each in several]

    assert [each.id for each in several] == [each.process for each in together.processes]
    assert together.processes == tuple(one for each in alone for one in each.processes)
    assert together.reminders == tuple(one for each in alone for one in each.reminders)
    assert together.silent == tuple(one for each in alone for one in each.silent)
    assert {each.id for each in several} == {each.process for each in together.reminders}


def test_live_processes_are_listed_and_checked_in_few_statements(several: list[Traject]) -> None:
    """In as many of five as of three."""
    replayed, other, _ = several
    asks: list[Callable[[], object]] = [
        lambda: listed(other.engine, None, "nl"),
        lambda: reminder_checks(other.engine),
    ]
    for number, ask in enumerate(asks):
        ask()  # which reads the definitions
        with heard(replayed.database) as before:
            ask()
        Traject(other.database, other.definition, other.world, f"more-{number}").start()
        with heard(replayed.database) as after:
            ask()
        assert len(before) == len(after)


@pytest.mark.only("sqlite")
def test_a_damaged_process_hides_no_other(several: list[Traject]) -> None:
    """Nobody holds the seats of either; that is said of the one that can be read."""
    database = several[0].database
    assert database.file is not None
    tamper(database.file, "UPDATE milestones SET since = 'soon' WHERE process = 'other'")
    checked = [each.found for each in reminder_checks(several[0].engine)]

    assert [True, False] == [
        any(found.startswith(f"{name}:") for found in checked) for name in ("traject", "other")
    ]
