"""Another calendar is followed by whoever writes next, and the journal says what it changed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar import zones
from definitions.calendar.dates import parse_date
from tests.support.databases import Site, force, opened
from tests.support.decrees import DEFINITION, EIGHT_WEEKS_AFTER_16_MARCH, LAST_OF_MAY, decreed
from tests.support.definitions import load
from tests.support.engine import SECRETARY, Traject, refused
from tests.support.outbox import Desk
from tests.support.properties import examples
from workflow.decide.correct import CannotCorrect
from workflow.engine import Engine, Seating
from workflow.model import calendars
from workflow.model.commands import AddNote, Request
from workflow.model.events import CalendarFollowed, Entry
from workflow.model.person import Called
from workflow.model.reminders import Standing
from workflow.reminders.catch_up import plan_all
from workflow.reminders.new_calendar import MIJLPAAL
from workflow.reminders.outbox import Outbox
from workflow.rules import deadlines
from workflow.rules.terms import due_date
from workflow.storage.database import Database
from workflow.verify import verify

MAY_11, MAY_14 = EIGHT_WEEKS_AFTER_16_MARCH, date(2029, 5, 14)
TERM = "besluit/raden"
ABLE = DEFINITION.replace("replan]", "replan, member, note]")


def term(database: Database) -> Desk:
    """Start a process whose councils have until 11 May 2029; all of them can be told."""
    traject = Traject(database, load(ABLE), id="termijn")
    traject.world.it_is("2029-03-16")
    traject.start("2028-12-01")
    force(database, "UPDATE people SET address = 'secretaris@example.example'")
    for seat in ("griffier@oost", "griffier@west"):
        address = f"{seat.replace('@', '.')}@example.example"
        traject.engine.give_seat(
            "termijn", Seating(seat, Called(seat), Called(SECRETARY), address=address)
        )
    traject.advance("besluit", "2029-03-16")
    return Desk(traject)


@pytest.fixture
def desk(database: Database) -> Desk:
    """Return the desk of such a process."""
    return term(database)


def sweep(desk: Desk, day: str) -> list[str]:
    """Let a node plan and send on the morning of a day; return what was said, in order."""
    desk.traject.world.it_is(day)
    assert [] == desk.outbox.plan(desk.now)
    said = []
    for message in desk.claim():
        desk.outbox.accepted(message, desk.now)
        said += message.content.decode().splitlines()
    return sorted(said)


def followed(desk: Desk) -> list[Entry]:
    """Return the entries that say that a calendar was followed."""
    return [each for each in desk.traject.journal if isinstance(each.event, CalendarFollowed)]


def event_of(desk: Desk) -> CalendarFollowed:
    """Return the one of them that there is."""
    (entry,) = followed(desk)
    assert isinstance(entry.event, CalendarFollowed)
    return entry.event


def ends(desk: Desk) -> date | None:
    """Return the last day of the term of the councils."""
    now, _ = desk.traject.engine.present("termijn")
    return due_date(now, now.definition.dues[TERM]).deadline


def planned(desk: Desk) -> set[tuple[str, date, str]]:
    """Return the reminders of the councils that are still to be sent."""
    return {
        (row.rung, row.deadline, row.at.date().isoformat())
        for row in desk.rows
        if row.status is Standing.PLANNED and row.due == TERM
    }


# --- who follows ---------------------------------------------------------------------------------


def test_the_next_command_follows(desk: Desk) -> None:
    """It begins with an entry of nobody's hand: which days, and which dates from what to what."""
    with decreed(MAY_11):
        desk.traject.world.it_is("2029-04-02")
        receipt = desk.traject.replan("besluit.genomen", "2029-06", "2029-04-02")
        first, second = receipt.entries
        event = event_of(desk)
        assert (MIJLPAAL, MIJLPAAL, date(2029, 4, 2)) == (
            first.actor,
            first.role,
            first.effective_on,
        )
        assert (first.event, "due-moved") == (event, second.event.TYPE)
        assert (("2029-05-11",), (), None) == (event.off, event.working, event.clock)
        assert (f"2029-05-11 2029-05-14 2029-03-16 {TERM}",) == event.moved
        assert ((), 10) == (event.ended, event.reminders)
        assert {MAY_14} == {deadline for _, deadline, _ in planned(desk)}
        assert [] == desk.traject.problems
        desk.traject.replan("besluit.genomen", "2029-07", "2029-04-02")
        assert 1 == len(followed(desk))


def test_a_sweep_follows_once(desk: Desk) -> None:
    """The next one finds nothing to do."""
    with decreed(MAY_11):
        assert [] == sweep(desk, "2029-04-02")
        assert (f"2029-05-11 2029-05-14 2029-03-16 {TERM}",) == event_of(desk).moved
        assert MAY_14 == ends(desk)
        assert {
            ("-14d", MAY_14, "2029-04-30"),
            ("-3wd", MAY_14, "2029-05-07"),
            ("0d", MAY_14, "2029-05-14"),
            ("+1d", MAY_14, "2029-05-15"),
            ("+2d", MAY_14, "2029-05-16"),
        } == planned(desk)
        assert [] == desk.traject.problems
        sweep(desk, "2029-04-03")
        assert 1 == len(followed(desk))


def test_an_upgrade_follows(desk: Desk) -> None:
    """So does whoever starts the newer program with it."""
    with decreed(MAY_11):
        assert [] == plan_all(desk.traject.engine)
        assert [] == plan_all(desk.traject.engine)
        assert 1 == len(followed(desk))
        assert [] == desk.traject.problems


def test_nodes_that_follow_at_once_write_one_entry(desk: Desk) -> None:
    """Commands and sweeps of several nodes, each with its own view of the database."""
    with decreed(MAY_11):
        desk.traject.world.it_is("2029-04-02")
        surroundings = desk.traject.world.surroundings
        engines = [Engine(desk.traject.database, surroundings) for _ in range(4)]
        outbox = Outbox(desk.traject.engine, desk.pen, desk.traject.world.new_id, lambda: 0.0)

        def note(engine: Engine) -> None:
            command = AddNote("something", parse_date("2029-04-02"), "a source")
            engine.execute("termijn", [Request(command, Called(SECRETARY))])

        with ThreadPoolExecutor(6) as pool:
            upgrades = [pool.submit(plan_all, each) for each in engines[:2]]
            sweeps = [pool.submit(outbox.plan, desk.now) for _ in range(2)]
            notes = [pool.submit(note, each) for each in engines[2:]]
            assert [[], []] == [each.result() for each in upgrades]
            assert [[], []] == [each.result() for each in sweeps]
            assert [None] * 2 == [each.result() for each in notes]
        assert 1 == len(followed(desk))
        assert [] == desk.traject.problems


def test_no_query_follows_and_no_trial_does(desk: Desk) -> None:
    """A remark says what the next command does; what is only tried writes nothing."""
    with decreed(MAY_11):
        before, rows = desk.traject.journal, desk.rows
        (found,) = verify(desk.traject.database)
        assert () == found.problems
        assert "the next command or sweep follows the present one" in str(found.remarks[-1])
        command = AddNote("something", parse_date("2029-03-16"), "a source")
        asked = [Request(command, Called(SECRETARY))]
        receipt = desk.traject.engine.execute("termijn", asked, dry=True)
        assert ["calendar-followed", "note-added"] == [each.event.TYPE for each in receipt.entries]
        assert (before, rows) == (desk.traject.journal, desk.rows)


def test_what_changes_nothing_is_no_entry(desk: Desk) -> None:
    """A day off on which nothing ends and no working days are counted."""
    with decreed(date(2029, 7, 2)):
        sweep(desk, "2029-04-02")
        desk.traject.replan("besluit.genomen", "2029-05-20", "2029-04-02")
    assert [] == followed(desk)
    assert [] == desk.traject.problems


def test_who_named_the_entry_before_it_is_not_refused(desk: Desk) -> None:
    """What the program writes first is not somebody who was here before."""
    with decreed(MAY_11):
        last = desk.traject.journal[-1].seq
        command = AddNote("something", parse_date("2029-03-16"), "a source")
        desk.traject.do(command, expect=last)
        assert last + 2 == desk.traject.journal[-1].seq


def test_it_is_followed_while_an_upgrade_is_not_finished(desk: Desk) -> None:
    """Programs of the release before, which still read the journal, know such an entry."""
    force(desk.traject.database, "UPDATE alembic_version SET version_num = '0005_pre'")
    with decreed(MAY_11):
        sweep(desk, "2029-04-02")
        assert 1 == len(followed(desk))
        assert [] == desk.traject.problems


# --- what is said --------------------------------------------------------------------------------


def test_what_was_sent_stays_sent_and_a_new_letter_says_the_date(desk: Desk) -> None:
    """At its own moment where that is still to come; else by the next sweep, once to each."""
    first = [f"{TERM} oost.raad -14d", f"{TERM} west.raad -14d"]
    assert first == sweep(desk, "2029-04-27")
    with decreed(MAY_11):
        assert first == sweep(desk, "2029-05-02")
        item = desk.pen.letters[-1].items[0]
        assert ("2029-05-11", True, MAY_14) == (
            item.moved_from,
            item.moved_by_calendar,
            item.deadline,
        )
        sent = [row.deadline for row in desk.rows if row.status is Standing.SENT]
        assert [MAY_11, MAY_11, MAY_14, MAY_14] == sorted(sent)
        assert [] == sweep(desk, "2029-05-03")
        assert [] == desk.traject.problems


def test_a_rung_that_moves_into_the_past_is_sent(desk: Desk) -> None:
    """It was not said yet, and there is no other moment for it."""
    sweep(desk, "2029-04-27")
    with decreed(date(2029, 5, 9)):  # then it was 7 May, and is 4 May
        assert [f"{TERM} oost.raad -3wd", f"{TERM} west.raad -3wd"] == sweep(desk, "2029-05-05")
        assert [] == sweep(desk, "2029-05-07")
        assert [] == desk.traject.problems


def test_a_date_that_people_chose_stays(desk: Desk) -> None:
    """A replanning to a day is theirs; no calendar moves it, and no entry says so."""
    desk.traject.replan(TERM, "2029-05-25", "2029-03-16")
    desk.traject.replan("besluit.genomen", "2029-05-30", "2029-03-16")
    with decreed(MAY_11, date(2029, 5, 25), date(2029, 5, 30)):
        sweep(desk, "2029-04-02")
        assert date(2029, 5, 25) == ends(desk)
        assert () == event_of(desk).moved  # three working days before them are others
        assert {date(2029, 5, 25)} == {deadline for _, deadline, _ in planned(desk)}
        assert [] == desk.traject.problems


def test_a_month_ends_on_another_working_day(desk: Desk) -> None:
    """Its last one: the day before, where its last day is off."""
    with decreed(LAST_OF_MAY):
        sweep(desk, "2029-04-02")
        assert ("2029-05-31 2029-05-30 - besluit.genomen",) == event_of(desk).moved
        assert [] == desk.traject.problems


# --- the past ------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2029-05-11", "2029-05-12", "2029-05-14"])
def test_a_term_that_is_still_running_moves(desk: Desk, day: str) -> None:
    """Also where it had ended by the calendar before: by the law it had not."""
    with decreed(MAY_11):
        sweep(desk, day)
        assert (1, 0) == (len(event_of(desk).moved), len(event_of(desk).ended))
        assert MAY_14 == ends(desk)
        assert [] == desk.traject.problems


def test_a_term_that_has_ended_is_only_reported(desk: Desk) -> None:
    """Its last day and its reminders stay what they were, and nobody hears of it."""
    for day in ("2029-04-27", "2029-05-08", "2029-05-11", "2029-05-12", "2029-05-13"):
        sweep(desk, day)
    before = [row for row in desk.rows if row.due == TERM]
    with decreed(MAY_11):
        assert [] == sweep(desk, "2029-05-15")
        event = event_of(desk)
        assert ((), (f"2029-05-11 2029-05-14 2029-03-16 {TERM}",)) == (event.moved, event.ended)
        assert MAY_11 == ends(desk)
        assert before == [row for row in desk.rows if row.due == TERM]
        assert [] == desk.traject.problems
        desk.traject.replan(TERM, "2029-05-14", "2029-05-15", "the decree of 11 May")
        assert MAY_14 == ends(desk)
        assert [] == desk.traject.problems
    with decreed(MAY_11, MAY_14):
        sweep(desk, "2029-05-16")
        assert [] == desk.traject.problems


def test_an_ended_term_that_was_counted_from_a_wrong_day_is_counted_anew(desk: Desk) -> None:
    """What a calendar left as it was is the term from that day, and no other."""
    with decreed(MAY_11):
        sweep(desk, "2029-05-20")
        assert MAY_11 == ends(desk)
        journal = desk.traject.journal
        seq = next(each.seq for each in journal if each.event.TYPE == "milestone-moved")
        desk.traject.correct(seq, on=parse_date("2029-03-19"))
        assert MAY_14 == ends(desk)
        assert [] == desk.traject.problems


def test_what_was_known_before_is_shown_as_it_was_known(desk: Desk) -> None:
    """As of a day before it was followed, and as known then."""
    engine = desk.traject.engine
    with decreed(MAY_11):
        sweep(desk, "2029-04-02")

        def on(day: date | None, known: date | None) -> date | None:
            stood, _ = engine.as_of("termijn", day, known)
            return due_date(stood, stood.definition.dues[TERM]).deadline

        assert MAY_14 == on(None, None)
        assert (MAY_11, MAY_11) == (on(date(2029, 4, 1), None), on(None, date(2029, 4, 1)))
        assert (MAY_14, MAY_14) == (on(date(2029, 4, 2), None), on(None, date(2029, 4, 2)))


def test_it_is_not_corrected(desk: Desk) -> None:
    """It follows from a calendar; a date that should be another is replanned."""
    with decreed(MAY_11):
        sweep(desk, "2029-04-02")
        seq = followed(desk)[0].seq
        with refused(desk.traject, CannotCorrect):
            desk.traject.withdraw(seq)


# --- other calendars -----------------------------------------------------------------------------


def test_a_day_that_is_worked_on_again(database: Database) -> None:
    """A decree that was withdrawn, or a slip in the table that was mended."""
    with decreed(MAY_11):
        desk = term(database)
        assert MAY_14 == ends(desk)
    sweep(desk, "2029-04-02")
    event = event_of(desk)
    assert (("2029-05-11",), (f"2029-05-14 2029-05-11 2029-03-16 {TERM}",)) == (
        event.working,
        event.moved,
    )
    assert MAY_11 == ends(desk)
    assert [] == desk.traject.problems


def test_there_and_back(desk: Desk) -> None:
    """Each is an entry; what each day was known to be is on record."""
    with decreed(MAY_11):
        sweep(desk, "2029-04-02")
    sweep(desk, "2029-04-09")
    with decreed(MAY_11, MAY_14):
        sweep(desk, "2029-04-16")
        assert 3 == len(followed(desk))
        assert date(2029, 5, 15) == ends(desk)
        assert [] == desk.traject.problems
        stood, _ = desk.traject.engine.as_of("termijn", None, date(2029, 4, 10))
        assert MAY_11 == due_date(stood, stood.definition.dues[TERM]).deadline


def test_a_command_leaves_what_it_does_not_know_to_a_sweep(desk: Desk) -> None:
    """Without the calendar of then, all is planned anew, and not only what is said to differ."""
    with decreed(date(2029, 5, 9)):  # no term ends on another day, and a rung is on one
        force(desk.traject.database, "DELETE FROM calendars")
        desk.traject.replan("besluit.genomen", "2029-06-20", "2029-03-16")
        assert "is not kept" in str(desk.traject.problems)
        sweep(desk, "2029-04-02")
        assert [] == desk.traject.problems
        assert "2029-05-04" in {on for rung, _, on in planned(desk) if rung == "-3wd"}


@contextmanager
def clock_of(other: str) -> Iterator[None]:
    """Let the data on zones say of each that it runs as another one does."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(zones, "ZoneInfo", lambda _: ZoneInfo(other))
            deadlines._moments.cache_clear()
            yield
    finally:
        deadlines._moments.cache_clear()


def test_a_clock_that_is_set_otherwise(desk: Desk) -> None:
    """Reminders keep their hour of the day; no date moves, and nobody is accused."""
    with clock_of("Europe/Helsinki"):
        (found,) = verify(desk.traject.database)
        assert () == found.problems
        sweep(desk, "2029-04-02")
        event = event_of(desk)
        assert ("Europe/Amsterdam", (), ()) == (event.clock, event.moved, event.off)
        assert event.reminders
        assert {6} == {row.at.hour for row in desk.rows if row.status is Standing.PLANNED}
        assert [] == desk.traject.problems


@pytest.mark.parametrize("other", ["Europe/London", "Europe/Helsinki", "Africa/Lagos"])
def test_an_hour_that_the_clock_leaves_out_or_shows_twice(database: Database, other: str) -> None:
    """A reminder of such a night is at a moment of its own, by either clock."""
    night = ABLE.replace("starter:", 'remind_at: "02:30"\nstarter:')
    traject = Traject(database, load(night), id="termijn")
    traject.world.it_is("2028-12-01")
    traject.start()
    for day in ("2029-04-08", "2029-11-11"):  # two weeks after the clock is set
        traject.replan("besluit.genomen", day, "2028-12-01")
        with clock_of(other):
            (found,) = verify(database)
            assert () == found.problems
            assert [] == plan_all(traject.engine)
            assert [] == traject.problems
        assert [] == plan_all(traject.engine)
        assert [] == traject.problems


def test_what_was_sent_is_not_sent_again_for_another_clock(desk: Desk) -> None:
    """Two hours later by the new clock is still the same reminder."""
    desk.traject.world.it_is("2029-04-27")
    sweep(desk, "2029-04-27")
    with clock_of("America/New_York"):
        assert [] == sweep(desk, "2029-04-28")
        assert [] == desk.traject.problems


def test_an_older_program_does_not_take_it_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on, and what it planned is planned anew by a newer one."""
    with decreed(MAY_11):
        monkeypatch.setattr(calendars, "EDITION", 2)
        calendars._made.clear()
        sweep(desk, "2029-04-02")
    monkeypatch.setattr(calendars, "EDITION", 1)
    calendars._made.clear()
    sweep(desk, "2029-04-03")
    (found,) = verify(desk.traject.database)
    assert ((), 1) == (found.problems, len(followed(desk)))
    assert "a newer program planned it" in str(found.remarks[-1])
    desk.traject.replan("besluit.genomen", "2029-06", "2029-04-03")
    assert [] == desk.traject.problems
    with decreed(MAY_11):
        monkeypatch.setattr(calendars, "EDITION", 2)
        calendars._made.clear()
        sweep(desk, "2029-04-04")
        assert [] == desk.traject.problems
        assert {MAY_14} == {deadline for _, deadline, _ in planned(desk)}
    calendars._made.clear()


def test_what_another_calendar_would_explain_is_damage_all_the_same(desk: Desk) -> None:
    """Where the calendar by which it was planned is that of now, no other one planned it."""
    force(
        desk.traject.database,
        "UPDATE reminders SET deadline = '2029-05-14' WHERE subject = 'oost.raad'",
    )
    assert desk.traject.problems


def test_a_zone_of_the_machine_has_no_clock_to_follow() -> None:
    """It is another one on each: they would follow each other for ever."""
    if not zones.has_zone("localtime"):
        pytest.skip("no localtime on this machine")
    assert () == calendars.calendar_of("localtime").clock
    assert calendars.calendar_of("Europe/Amsterdam").clock


def test_a_calendar_that_somebody_took_away_is_named(desk: Desk) -> None:
    """What was planned by it cannot be compared; the next sweep plans it anew."""
    force(desk.traject.database, "DELETE FROM calendars")
    with decreed(MAY_11):
        assert ["termijn: the calendar by which reminders were planned is not kept"] == [
            f"termijn: {each}" for each in desk.traject.problems
        ]
        sweep(desk, "2029-04-02")
        assert [] == desk.traject.problems
        assert (f"2029-05-11 2029-05-14 2029-03-16 {TERM}",) == event_of(desk).moved


# --- any decree, any day -------------------------------------------------------------------------

DAYS = st.integers(0, 60).map(lambda number: date(2029, 4, 20) + timedelta(days=number))


@pytest.mark.only("sqlite")
@examples(25)
@given(
    before=st.lists(DAYS, max_size=3, unique=True),
    after=st.lists(DAYS, max_size=3, unique=True),
    sweeps=st.lists(DAYS, min_size=1, max_size=5, unique=True).map(sorted),
)
def test_after_it_all_is_as_if_it_had_always_been(
    files: Site, file_template: str, before: list[date], after: list[date], sweeps: list[date]
) -> None:
    """Of what still runs; whoever was told of another day is told of this one, and all is whole."""
    with opened(files, file_template) as database:
        with decreed(*before):
            desk = term(database)
            for day in sweeps[:-1]:
                sweep(desk, day.isoformat())
            was = ends(desk)
        with decreed(*after):
            (found,) = verify(database)
            assert () == found.problems
            told = {row.deadline for row in desk.rows if row.due == TERM and row.message}
            sweep(desk, sweeps[-1].isoformat())
            assert [] == desk.traject.problems
            assert len(followed(desk)) <= 1
            sweep(desk, sweeps[-1].isoformat())
            assert len(followed(desk)) <= 1
            now, rows = ends(desk), [row for row in desk.rows if row.due == TERM]
            said = {row.deadline for row in rows if row.status is not Standing.CANCELLED}
            assert {row.deadline for row in rows if row.status is Standing.PLANNED} <= {now}
            assert now in said
            assert told <= said
            moved = event_of(desk).moved if followed(desk) else ()
            assert (was != now) == any(each.endswith(f" {TERM}") for each in moved)
