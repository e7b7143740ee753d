"""Planning reminders: in the transaction of the command, and by what follows from it."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import parse_date
from definitions.calendar.termijnenwet import FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR
from definitions.ladders import read_ladder
from tests.support.definitions import as_stored, example, load
from tests.support.engine import Traject, World
from workflow.model.commands import Amend, Correct, Replan
from workflow.model.reminders import Standing
from workflow.rules.deadlines import instant_of, plans_of, reminders_of
from workflow.storage import reminders
from workflow.storage.database import Database
from workflow.storage.reminders import Row

PLANNED, LAPSED, CANCELLED = Standing.PLANNED, Standing.LAPSED, Standing.CANCELLED
EXAMPLE = load(example())


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Start a process in which three councils decide by September 2021, early in that year."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start()
    return traject


def rows(traject: Traject, subject: str = "oost.raad", due: str = "voorstel/raden") -> list[Row]:
    """Return the reminders of one deadline, in the order of their instants."""
    with traject.database.reading() as connection:
        found = reminders.rows_of(connection, traject.id)
    found = [row for row in found if (row.due, row.subject) == (due, subject)]
    return sorted(found, key=lambda row: (row.at, row.version))


def told(found: list[Row]) -> list[tuple[str, str, str]]:
    """Return of reminders the rung, the seat and what became of it."""
    return [
        (row.rung, f"{row.role}@{row.place}" if row.place else row.role, row.status)
        for row in found
    ]


def test_each_council_has_its_own_ladder(traject: Traject) -> None:
    """A due of three parties makes three, each for that party's seat; afterwards it escalates."""
    found = rows(traject, "west.raad")

    assert told(found) == [
        ("-14d", "griffier@west", PLANNED),
        ("-3wd", "griffier@west", PLANNED),
        ("0d", "griffier@west", PLANNED),
        ("+3d", "secretaris", PLANNED),
        ("+10d", "secretaris", PLANNED),
        ("+17d", "secretaris", PLANNED),
        ("+24d", "secretaris", PLANNED),
    ]


def test_a_month_counts_back_from_its_last_working_day(traject: Traject) -> None:
    """At nine in the morning, by the clock of the process, which is two hours from UTC then."""
    found = {row.rung: row.at for row in rows(traject)}

    assert found["-14d"] == datetime(2021, 9, 16, 7, tzinfo=UTC)
    assert found["-3wd"] == datetime(2021, 9, 27, 7, tzinfo=UTC)
    assert found["0d"] == datetime(2021, 9, 30, 7, tzinfo=UTC)
    assert found["+24d"] == datetime(2021, 10, 24, 7, tzinfo=UTC)


def test_a_decision_cancels_what_is_left_of_its_own_ladder(traject: Traject) -> None:
    """In the transaction that records it, and nobody else's."""
    in_route(traject)
    traject.record("voorstel", "oost.raad", "voor", "2021-02-01")

    assert {row.status for row in rows(traject)} == {CANCELLED}
    assert {row.why for row in rows(traject)} == {"met"}
    assert {row.status for row in rows(traject, "west.raad")} == {PLANNED}
    assert traject.problems == []


def in_route(traject: Traject) -> None:
    """Let the question go round."""
    traject.part("tekst/kern", "volledig", "2021-01-04")
    traject.task("voorstel/overleg", "gehouden", "2021-01-04", "juristen")
    traject.world.it_is("2021-02-01")
    traject.advance("voorstel", "2021-01-20")


def test_held_over_cancels_nothing(traject: Traject) -> None:
    """Whoever holds it over has not decided."""
    in_route(traject)
    traject.record("voorstel", "oost.raad", "aangehouden", "2021-02-01")

    assert {row.status for row in rows(traject)} == {PLANNED}


def test_a_task_that_arises_from_a_decision(database: Database, world: World) -> None:
    """It is planned by the command that records the decision, and gone when that is withdrawn."""
    task = (
        "      antwoord:\n"
        "        per: party\n"
        "        owner: secretaris\n"
        "        arises: {decision: raden, outcome: voor}\n"
        "        due: 2021-06-01\n"
        "        ladder: gewoon\n"
        "        results: {verzonden: done}\n"
    )
    world.it_is("2021-01-04")
    definition = load(example(("    tasks:\n      vragen:", f"    tasks:\n{task}      vragen:")))
    traject = Traject(database, definition, world)
    traject.start()
    in_route(traject)

    recorded = traject.record("voorstel", "oost.raad", "voor", "2021-02-01")

    found = rows(traject, "oost", "voorstel/antwoord")
    assert [row.rung for row in found] == ["-14d", "-3wd", "0d", "+3d", "+10d", "+17d", "+24d"]
    assert {row.status for row in found} == {PLANNED}
    assert traject.problems == []

    traject.do(Correct(recorded.entries[0].seq, "a slip", withdraw=True))

    found = rows(traject, "oost", "voorstel/antwoord")
    assert {row.status for row in found} == {CANCELLED}
    assert traject.problems == []


def test_a_withdrawn_decision_plans_anew(traject: Traject) -> None:
    """What was cancelled by a slip is planned again, by the entry that put it right."""
    in_route(traject)
    recorded = traject.record("voorstel", "oost.raad", "voor", "2021-02-01")
    corrected = traject.do(Correct(recorded.entries[0].seq, "a slip", withdraw=True))

    assert [row.status for row in rows(traject)] == [CANCELLED, PLANNED] * 7
    assert {row.version for row in rows(traject) if row.status is PLANNED} == {
        corrected.entries[0].seq
    }
    assert traject.problems == []


def test_a_moved_due_is_planned_anew(traject: Traject) -> None:
    """What was planned for the old date is cancelled; what is past for the new one has lapsed."""
    traject.world.it_is("2021-03-08")
    traject.replan("voorstel/raden", "2021-03-18", "2021-03-08")

    found = rows(traject)

    old = [row for row in found if row.deadline == date(2021, 9, 30)]
    new = [row for row in found if row.deadline == date(2021, 3, 18)]
    assert {(row.status, row.why) for row in old} == {(CANCELLED, "moved")}
    assert [row.status for row in new] == [LAPSED, *[PLANNED] * 6]
    assert traject.problems == []


def test_a_date_that_becomes_unknown_reminds_nobody(traject: Traject) -> None:
    """And one that becomes known does."""
    traject.do(Replan("voorstel/raden", parse_date("unknown"), "wait", parse_date("2021-01-04")))
    assert {row.status for row in rows(traject)} == {CANCELLED}

    traject.replan("voorstel/raden", "2021-10-29", "2021-01-04")
    assert 7 == len([row for row in rows(traject) if row.status is PLANNED])


def test_a_date_set_back_to_what_it_was(traject: Traject) -> None:
    """It is planned again: what was cancelled meanwhile was not sent."""
    traject.replan("voorstel/raden", "2021-10-29", "2021-01-04")
    traject.replan("voorstel/raden", "2021-09", "2021-01-04")

    planned = [row for row in rows(traject) if row.status is PLANNED]
    assert {date(2021, 9, 30)} == {row.deadline for row in planned}
    assert 7 == len(planned)


def test_a_date_set_back_after_a_rung_was_past(traject: Traject) -> None:
    """What was cancelled meanwhile was not sent, and is not sent any more: it has lapsed."""
    traject.replan("voorstel/raden", "2021-10-29", "2021-01-04")
    traject.world.it_is("2021-09-20")
    traject.replan("voorstel/raden", "2021-09", "2021-09-20")

    found = [row for row in rows(traject) if row.rung == "-14d" and row.deadline.month == 9]
    assert [(row.status, row.why) for row in found] == [(CANCELLED, "moved"), (LAPSED, None)]
    assert traject.problems == []


def test_a_date_set_back_after_its_moment(traject: Traject) -> None:
    """What was cancelled, and is wanted again when its moment is past, has lapsed."""
    traject.replan("voorstel/raden", "2021-12-15", "2021-01-04")
    traject.world.it_is("2021-09-20")
    traject.replan("voorstel/raden", "2021-09", "2021-09-20")
    traject.replan("voorstel/raden", "2021-12-15", "2021-09-20")
    traject.replan("voorstel/raden", "2021-09", "2021-09-20")

    first = [row for row in rows(traject) if (row.rung, row.deadline.month) == ("-14d", 9)]
    assert [row.status for row in first] == [CANCELLED, LAPSED]
    assert traject.problems == []


def test_what_is_past_when_it_is_recorded_has_lapsed(database: Database, world: World) -> None:
    """Recording history mails nobody."""
    world.it_is("2022-06-01")
    traject = Traject(database, load(example()), world)
    traject.start()

    assert {row.status for row in rows(traject)} == {LAPSED}


def test_a_reconstruction_plans_nothing(database: Database, world: World) -> None:
    """Also what still lies ahead of the day on which it is recorded."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start(reconstruction=True)

    assert rows(traject) == []
    assert traject.problems == []


def test_an_amended_ladder_is_planned_anew(traject: Traject) -> None:
    """Rungs that stay are kept, others go, new ones come."""
    traject.do(Amend("ladder/gewoon", "-28d, 0d", "they asked", parse_date("2021-01-04")))

    assert [(row.rung, row.status) for row in rows(traject) if row.status is PLANNED] == [
        ("-28d", PLANNED),
        ("0d", PLANNED),
    ]
    assert {row.why for row in rows(traject) if row.status is CANCELLED} == {"amended"}
    assert traject.problems == []


def test_a_ladder_that_escalates_can_be_amended(traject: Traject) -> None:
    """As it is written in one line."""
    value = "-7d, +1d/2d*2@griffier"
    traject.do(Amend("ladder/gewoon", value, "they asked", parse_date("2021-01-04")))

    assert told([row for row in rows(traject) if row.status is PLANNED]) == [
        ("-7d", "griffier@oost", PLANNED),
        ("+1d", "griffier@oost", PLANNED),
        ("+3d", "griffier@oost", PLANNED),
    ]


def test_a_stopped_milestone_reminds_nobody(traject: Traject) -> None:
    """Of nothing in it, and the rest goes on."""
    traject.advance("voorstel", "2021-01-04", "stoppen")

    assert {row.why for row in rows(traject)} == {"stopped"}
    assert traject.problems == []


def test_a_party_that_leaves_is_not_reminded(traject: Traject) -> None:
    """It is not asked any more."""
    traject = traject_that_may_leave(traject)
    traject.leave("zuid", "2021-01-04")

    assert {(row.status, row.why) for row in rows(traject, "zuid.raad")} == {(CANCELLED, "left")}
    assert {row.status for row in rows(traject, "west.raad")} == {PLANNED}


def traject_that_may_leave(traject: Traject) -> Traject:
    """Start the same process, where the secretary may say that a party leaves."""
    definition = load(example(("note, member]", "note, member, party]")))
    other = Traject(traject.database, definition, traject.world, id="other")
    other.start()
    return other


def test_a_state_that_is_due(database: Database, world: World) -> None:
    """Whoever can move the milestone is reminded, until it was reached."""
    world.it_is("2021-01-04")
    definition = load(
        example(
            ("    due: {in-route: 2021-06}\n", "    due: {in-route: 2021-06}\n    ladder: gewoon\n")
        )
    )
    traject = Traject(database, definition, world)
    traject.start()
    found = rows(traject, "", "voorstel.in-route")
    assert told(found[:2]) == [("-14d", "secretaris", PLANNED), ("-3wd", "secretaris", PLANNED)]

    in_route(traject)
    assert {CANCELLED} == {row.status for row in rows(traject, "", "voorstel.in-route")}


def test_a_missing_reminder_is_found(traject: Traject) -> None:
    """Verifying compares what is planned with what follows from the journal."""
    with traject.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders WHERE rung = '-3wd'")

    assert ["a reminder is missing: voorstel/raden oost.raad -3wd"] == traject.problems


def test_a_reminder_too_many_is_found(traject: Traject) -> None:
    """One that is planned of what is not due any more."""
    in_route(traject)
    traject.record("voorstel", "oost.raad", "voor", "2021-02-01")
    with traject.database.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE reminders SET status = 'planned' WHERE rung = '0d' AND subject = 'oost.raad'"
        )

    assert [
        "a reminder is planned for something that is not due: voorstel/raden 0d"
    ] == traject.problems


# --- the calendar ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deadline", "rung", "instant"),
    [
        # The clock goes forward on 28 March 2021, and back on 31 October.
        ("2021-03-29", "-1wd", "2021-03-26T08:00"),
        ("2021-03-29", "-1d", "2021-03-28T07:00"),
        ("2021-11-01", "-2d", "2021-10-30T07:00"),
        ("2021-11-01", "-1d", "2021-10-31T08:00"),
        # 2024 has a 29 February, 2021 has none.
        ("2024-03-14", "-14d", "2024-02-29T08:00"),
        ("2021-03-14", "-14d", "2021-02-28T08:00"),
        ("2024-03-01", "-1wd", "2024-02-29T08:00"),
        # The turn of the year: 1 January is no working day, and 2 January 2022 a Sunday.
        ("2022-01-03", "-1wd", "2021-12-31T08:00"),
        ("2022-01-01", "0d", "2022-01-01T08:00"),
        # 5 May counts in a lustrum and outside one; so does Good Friday (2 April 2021).
        ("2020-05-06", "-1wd", "2020-05-04T07:00"),
        ("2021-05-06", "-1wd", "2021-05-04T07:00"),
        ("2021-04-06", "-1wd", "2021-04-01T07:00"),
    ],
)
def test_rungs_on_days_that_are_not_like_others(deadline: str, rung: str, instant: str) -> None:
    """Always nine o'clock on the clock in the town hall."""
    (found,) = read_ladder((rung,))

    at = instant_of(load(example()), found.on(date.fromisoformat(deadline)))

    assert at == datetime.fromisoformat(f"{instant}+00:00")


@pytest.mark.parametrize(
    ("written", "instant"),
    [("2021-03-28", "2021-03-28T01:30"), ("2021-10-31", "2021-10-31T00:30")],
)
def test_an_hour_that_a_clock_leaves_out_or_shows_twice(written: str, instant: str) -> None:
    """Half past two comes an hour later by that clock, and the first time of two."""
    definition = load(example(("begins: 2021-01-04\n", 'begins: 2021-01-04\nremind_at: "02:30"\n')))

    assert instant_of(definition, date.fromisoformat(written)) == datetime.fromisoformat(
        f"{instant}+00:00"
    )


DEADLINES = st.dates(date(FIRST_KNOWN_YEAR + 2, 1, 1), date(LAST_KNOWN_YEAR, 12, 31))
BEFORE = st.integers(0, 300)


@given(DEADLINES, BEFORE, st.booleans())
def test_never_after_its_deadline(deadline: date, days: int, working: bool) -> None:
    """Nor before the days it counts; a working day is a day at least."""
    rung = "0d" if days == 0 else f"-{days}{'wd' if working else 'd'}"
    (found,) = read_ladder((rung,))

    day = found.on(deadline)

    assert (deadline - day).days >= days
    assert working or (deadline - day).days == days


@given(DEADLINES)
def test_never_before_its_day(deadline: date) -> None:
    """The instant lies in that very day, by the clock of the process."""
    (found,) = read_ladder(("-14d",))

    at = instant_of(EXAMPLE, found.on(deadline))

    assert (deadline - at.date()).days == 14
    assert at.hour in (7, 8)


def test_a_term_begins_before_anybody_is_reminded_of_it(traject: Traject) -> None:
    """Rungs before the deadline lie inside the term."""
    traject.replan("voorstel/raden", "2021-01-10", "2021-01-04")
    plans = plans_of(traject.snapshot(date(2021, 1, 4)))

    found = list(reminders_of(traject.definition, plans["voorstel/raden", "oost.raad"]))

    assert [each.rung for each in found][:3] == ["-3wd", "0d", "+3d"]


def test_a_stored_ladder_that_tells_twice_reminds_once(database: Database, world: World) -> None:
    """What an earlier version let through can be started, planned anew and verified."""
    rung = "{after: 3d, every: 7d, times: 4, to: secretaris}"
    twice = as_stored(
        example((rung, f"{rung}, {{after: 10d, every: 7d, times: 1, to: secretaris}}"))
    )
    world.it_is("2021-01-04")
    traject = Traject(database, twice, world)
    traject.start()
    traject.replan("voorstel/raden", "2021-10-01", "2021-01-04")

    planned = [row.rung for row in rows(traject) if row.status is PLANNED]

    assert ["-14d", "-3wd", "0d", "+3d", "+10d", "+17d", "+24d"] == planned
    assert [] == traject.problems
