"""What comes back each year is planned before its year begins, as far as ladders reach."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import parse_date
from definitions.ladders import read_ladder
from tests.support.databases import Site, opened
from tests.support.definitions import load
from tests.support.engine import SECRETARY, Traject, World, refused
from tests.support.outbox import Desk
from tests.support.properties import examples
from workflow.engine import Seating
from workflow.model.commands import Amend
from workflow.model.person import Called
from workflow.model.reminders import WITHDRAWN, Standing
from workflow.rules.deadlines import last_year, plans_valid_until
from workflow.rules.fold import initial
from workflow.rules.refusals import NotArisen
from workflow.rules.snapshot import Snapshot
from workflow.storage import reminders
from workflow.storage.database import Database
from workflow.views.due_list import dues_view
from workflow.views.seen import Seen

DEFINITION = """\
id: jaren
version: 1
title: {en: Every year}
timezone: ZONE
begins: BEGINS
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, note, member, replan, task, amend]}
starter: [secretaris]
instruments:
  besluit: {voor: for}
ladders:
  gewoon: [LADDER]
structures:
  ronde:
    states: [open, klaar]
    final: {good: [klaar]}
    slots: [af]
    transitions:
      sluiten: {from: open, to: klaar, gate: {slot: af}}
milestones:
  m: {structure: ronde, gates: {af: {date: 2031-01-01}}}
tasks:
  jaarbericht:
    owner: secretaris
    arises: {every: year, until: UNTIL}
    due: {each_year: DUE}
    results: {verzonden: done}
    ladder: gewoon
"""
HOUR = timedelta(hours=9)
"""When people are reminded on a day, where a definition does not say so."""


def yearly(
    database: Database,
    *,
    ladder: str = "-14d",
    due: str = "01-05",
    begins: str = "2026-12-01",
    until: str = "2033-12-31",
    zone: str = "Europe/Amsterdam",
    on: str | None = None,
) -> Desk:
    """Start a process with a yearly report; whoever owes it can be told.

    Args:
        on: the day on which that is; its first one when None.
    """
    written = DEFINITION
    parts = {"LADDER": ladder, "DUE": due, "BEGINS": begins, "UNTIL": until, "ZONE": zone}
    for name, value in parts.items():
        written = written.replace(name, value)
    world = World()
    world.it_is(on or begins)
    traject = Traject(database, load(written), world, id="jaren")
    traject.start()
    traject.engine.give_seat(
        "jaren",
        Seating("secretaris", Called("anna"), Called(SECRETARY), address="anna@example.example"),
    )
    return Desk(traject)


def sweep(desk: Desk, day: str) -> list[str]:
    """Let a node plan and send on the afternoon of a day; return what was said, in order."""
    desk.traject.world.it_is(day)
    assert [] == desk.outbox.plan(desk.now)
    said = []
    for message in desk.claim():
        desk.outbox.accepted(message, desk.now)
        said += message.content.decode().splitlines()
    assert [] == desk.traject.problems
    return said


def listed(desk: Desk) -> list[tuple[str, str, Standing]]:
    """Return the reminders there are: of what, on which day, and how they stand."""
    rows = sorted(desk.rows, key=lambda row: row.at)
    return [(row.due, row.at.date().isoformat(), row.status) for row in rows if not row.copy]


def test_a_rung_before_new_year_is_planned_and_sent(database: Database) -> None:
    """On the day itself, which lies in the year before."""
    desk = yearly(database)
    assert [("jaarbericht (2027)", "2026-12-22", Standing.PLANNED)] == listed(desk)
    assert [] == sweep(desk, "2026-12-21")
    assert ["jaarbericht (2027)  -14d"] == sweep(desk, "2026-12-22")
    assert [] == sweep(desk, "2026-12-23")
    assert [] == sweep(desk, "2027-01-02")


def test_the_year_after_is_listed_in_december(database: Database) -> None:
    """Every year, by the sweep that comes when its time has come."""
    desk = yearly(database)
    sweep(desk, "2027-01-10")
    assert [] == [each for each in listed(desk) if "2028" in each[0]]
    sweep(desk, "2027-12-01")
    assert ("jaarbericht (2028)", "2027-12-22", Standing.PLANNED) in listed(desk)
    assert ["jaarbericht (2028)  -14d"] == sweep(desk, "2027-12-22")


@pytest.mark.parametrize("day", ["2027-12-22", "2027-12-31", "2028-01-01", "2028-01-04"])
def test_a_sweep_after_a_long_sleep_sends_what_is_late(database: Database, day: str) -> None:
    """Before and after New Year: what should have been planned meanwhile is late, not lost."""
    desk = yearly(database)
    sweep(desk, "2026-12-22")
    assert ["jaarbericht (2028)  -14d"] == sweep(desk, day)


def test_nobody_is_told_of_what_lies_before_the_process(database: Database) -> None:
    """Nor of a rung that had passed when it began to be recorded."""
    desk = yearly(database, ladder="-56d, -14d, 0d", on="2026-12-28")
    assert [Standing.LAPSED, Standing.PLANNED] == [each[2] for each in listed(desk)]
    assert ["2026-12-22", "2027-01-05"] == [each[1] for each in listed(desk)]


def test_it_ends_with_its_last_year(database: Database) -> None:
    """No reminder is planned of a year that does not come."""
    desk = yearly(database, until="2027-12-31")
    sweep(desk, "2027-12-22")
    assert ["jaarbericht (2027)"] == [each[0] for each in listed(desk)]


def test_a_longer_ladder_reaches_further(database: Database) -> None:
    """What an amendment reaches into is planned with it; a shorter one takes no year back."""
    desk = yearly(database, due="03-20")
    sweep(desk, "2027-09-01")
    before = listed(desk)
    assert not [each for each in before if "2028" in each[0]]
    change = Amend("ladder/gewoon", "-250d, -7d", "earlier", parse_date("2027-09-01"))
    desk.traject.do(change)
    assert [("2027-07-14", Standing.LAPSED), ("2028-03-13", Standing.PLANNED)] == [
        each[1:] for each in listed(desk) if "2028" in each[0]
    ]
    assert [] == desk.traject.problems
    desk.traject.do(Amend("ladder/gewoon", "-5d", "later", parse_date("2027-09-01")))
    assert [] == desk.traject.problems
    assert ("jaarbericht (2028)", "2028-03-15", Standing.PLANNED) in listed(desk)
    assert ["jaarbericht (2028)  -5d"] == sweep(desk, "2028-03-16")


def test_a_clock_that_was_ahead_takes_nothing_back(database: Database) -> None:
    """What one node planned by the clock of next year stands, whoever sweeps after it."""
    desk = yearly(database)
    sweep(desk, "2027-12-10")
    known = listed(desk)
    sweep(desk, "2027-03-01")
    assert known == listed(desk)
    desk.traject.note("something", "2027-03-01")
    desk.traject.do(Amend("ladder/gewoon", "-13d", "later", parse_date("2027-03-01")))
    assert [] == desk.traject.problems


def test_done_before_its_first_reminder_it_is_cancelled(database: Database) -> None:
    """A report of January needs no reminder, and is refused in December."""
    desk = yearly(database, ladder="-14d, -1d")
    desk.traject.world.it_is("2026-12-22")
    with refused(desk.traject, NotArisen):
        desk.traject.task("jaarbericht", "verzonden", "2026-12-22", year=2027)
    assert ["jaarbericht (2027)  -14d"] == sweep(desk, "2026-12-22")
    desk.traject.world.it_is("2027-01-02")
    desk.traject.task("jaarbericht", "verzonden", "2027-01-02")
    rungs = {row.rung: row.status for row in desk.rows}
    assert {"-14d": Standing.SENT, "-1d": Standing.CANCELLED} == {
        rung: status for rung, status in rungs.items() if rung != WITHDRAWN
    }
    assert Standing.PLANNED is rungs[WITHDRAWN], "a calendar has it since the first reminder"
    assert [] == desk.traject.problems


@pytest.mark.parametrize(
    ("day", "command", "opens"),
    [("2026-12-22", False, date(2027, 1, 1)), ("2027-01-01", True, None)],
)
def test_a_letter_asks_only_what_can_be_reported_that_day(
    database: Database, day: str, command: bool, opens: date | None
) -> None:
    """In December it says from which day on; from then on, what to type."""
    desk = yearly(database, ladder="-14d, -4d")
    sweep(desk, day)
    item = desk.pen.letters[-1].items[0]
    assert (command, opens) == (bool(item.command), item.opens_on)
    assert command == item.put


def test_the_due_list_has_what_people_are_reminded_of(database: Database) -> None:
    """From December on, and once: nothing is listed that a year does not hold."""
    desk = yearly(database, begins="2025-06-01")
    definition, state = desk.traject.definition, desk.traject.state

    def on(day: date) -> list[str]:
        view = dues_view(Seen(definition, state, day, "jaren"))
        return [each.id for each in view.dues if each.date is not None]

    assert ["jaarbericht (2026)"] == on(date(2026, 11, 16))
    assert ["jaarbericht (2026)", "jaarbericht (2027)"] == on(date(2026, 11, 17))
    assert ["jaarbericht (2026)", "jaarbericht (2027)"] == on(date(2027, 1, 1))


def test_what_an_older_program_planned_is_planned_anew(database: Database) -> None:
    """It planned nothing of the year to come, and left no year; nobody is accused of that."""
    desk = yearly(database)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
        connection.exec_driver_sql("UPDATE processes SET planned_year = NULL")
    assert [] == desk.traject.problems
    desk.traject.note("life goes on", "2026-12-01")
    sweep(desk, "2026-12-02")
    assert [("jaarbericht (2027)", "2026-12-22", Standing.PLANNED)] == listed(desk)


def test_plans_end_with_the_calendar(database: Database) -> None:
    """Of years whose working days are not known nothing is planned, and no sweep tries again."""
    desk = yearly(database, ladder="-3wd", begins="2049-11-01", until="2055-12-31")
    sweep(desk, "2050-12-20")
    assert {"jaarbericht (2050)"} == {each[0] for each in listed(desk)}
    with database.reading() as connection:
        assert [] == reminders.to_plan(connection, desk.now)


# --- any ladder, any day -------------------------------------------------------------------------

RUNGS = st.one_of(
    st.integers(0, 420).map(lambda days: f"-{days}d" if days else "0d"),
    st.integers(1, 25).map(lambda days: f"-{days}wd"),
)
FIRST = date(2026, 1, 1)


@pytest.mark.only("sqlite")
@examples(30)
@given(
    ladder=st.lists(RUNGS, min_size=1, max_size=3, unique=True),
    due=st.tuples(st.integers(1, 12), st.integers(1, 28)),
    begins=st.integers(300, 364),
    zone=st.sampled_from(["Europe/Amsterdam", "Pacific/Auckland", "America/New_York"]),
    sleeps=st.lists(st.integers(1, 300), min_size=1, max_size=6),
)
def test_each_rung_is_told_once_and_at_the_first_sweep_after_it(
    files: Site,
    file_template: str,
    ladder: list[str],
    due: tuple[int, int],
    begins: int,
    zone: str,
    sleeps: list[int],
) -> None:
    """As somebody would tell it who looks at every day of every year."""
    began = FIRST + timedelta(days=begins)
    with opened(files, file_template) as database:
        desk = yearly(
            database,
            ladder=", ".join(ladder),
            due=f"{due[0]:02}-{due[1]:02}",
            begins=began.isoformat(),
            zone=zone,
            on=(began + timedelta(days=1)).isoformat(),
        )
        last, now = began + timedelta(days=1), began + timedelta(days=1)
        for sleep in sleeps:
            now += timedelta(days=sleep)
            expected = _told(ladder, due, zone, _at(last), _at(now))
            assert expected == sorted(sweep(desk, now.isoformat()))
            last = now


def _at(day: date) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


def _told(
    ladder: list[str], due: tuple[int, int], zone: str, since: datetime, now: datetime
) -> list[str]:
    found = []
    for year in range(2027, 2034):
        for rung in read_ladder(tuple(ladder)):
            on = rung.on(date(year, *due))
            at = datetime.combine(on, datetime.min.time(), ZoneInfo(zone)) + HOUR
            if since <= at <= now:
                found.append(f"jaarbericht ({year})  {rung.name}")
    return sorted(found)


@examples(200)
@given(days=st.integers(0, 9000), ladder=st.lists(RUNGS, min_size=1, max_size=3, unique=True))
def test_plans_hold_until_a_year_more_is_planned(days: int, ladder: list[str]) -> None:
    """And on that day one more is: no sweep finds nothing to do, or the same again."""
    written = DEFINITION.replace("LADDER", ", ".join(ladder)).replace("ZONE", "Europe/Amsterdam")
    definition = load(
        written.replace("BEGINS", "2026-12-01")
        .replace("UNTIL", "2049-12-31")
        .replace("DUE", "01-05")
    )
    state = initial(definition, date(2026, 12, 1))
    today = FIRST + timedelta(days=days)
    now = Snapshot(definition, state, today)
    year = last_year(now)
    until = plans_valid_until(now, year)
    if until is None:
        return
    turns = until.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    assert today < turns
    assert year == last_year(now.on(turns - timedelta(days=1)))
    assert year + 1 == last_year(now.on(turns))
