"""Terms in every unit, the next such day, and the earliest of some days: from event to letter."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.values import replace
from definitions.model import Definition
from tests.support.decrees import decreed
from tests.support.definitions import load
from tests.support.engine import Traject, World, refused
from tests.support.outbox import Desk
from tests.support.properties import examples
from workflow.model.events import CalendarFollowed
from workflow.model.reminders import Standing
from workflow.model.state import DepartureState
from workflow.rules.fold import initial
from workflow.rules.gates import evaluate
from workflow.rules.knock_on import check_dates
from workflow.rules.refusals import DateRefused
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_date
from workflow.storage.database import Database
from workflow.views.dues import DueView, all_dues
from workflow.views.seen import Seen

DEFINITION = """\
id: termijnen
version: 1
title: {en: Terms}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, task, replan, member, party]}
  griffier: {per: party, may: [record, task]}
starter: [secretaris]
instruments:
  besluit: {voor: for, tegen: against}
ladders:
  kort: [-7d, 0d]
structures:
  ronde:
    states: [open, rond, vastgesteld, in-werking, weg]
    final: {good: [in-werking], bad: [weg]}
    slots: [akkoord, ingang]
    transitions:
      beginnen: {from: open, to: rond, opens: round}
      vaststellen: {from: rond, to: vastgesteld, gate: {slot: akkoord}}
      ingaan: {from: vastgesteld, to: in-werking, gate: {slot: ingang}}
      weggooien: {from: [open, rond], to: weg, explicit: true, permission: stop}
milestones:
  regeling:
    structure: ronde
    due: {rond: 2026-06-01, in-werking: {next: 01-01, after: regeling.vastgesteld}}
    ladder: kort
    requests:
      raden:
        of: each raad
        instrument: besluit
        in: [rond]
        due: RADEN
        ladder: kort
    tasks:
      ontvangst: {per: party, owner: griffier, in: [rond], results: {ja: done}}
      stukken:
        owner: secretaris
        due: {before: regeling.rond, working_days: 5}
        results: {ja: done}
      toezending:
        owner: secretaris
        due: {earliest: [{after: regeling.vastgesteld, weeks: 2}, {by: 2026-09-14}]}
        ladder: kort
        results: {ja: done}
    gates:
      akkoord: {request: raden, rule: all, counts: for}
      ingang: {past: regeling/toezending}
"""
ONE_MONTH = "{after: regeling.rond, months: 1}"
BY_THEN, EARLIER = date(2026, 9, 14), date(2026, 7, 24)
TOEZENDING, RADEN = "regeling/toezending", "regeling/raden"


def begun(database: Database, world: World, raden: str = ONE_MONTH) -> Traject:
    """Start the process on 5 January, as seen from 1 August."""
    world.it_is("2026-08-01")
    traject = Traject(database, load(DEFINITION.replace("RADEN", raden)), world)
    traject.start()
    return traject


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Return a process of which nothing has happened yet."""
    return begun(database, world)


def adopted(traject: Traject, on: str = "2026-07-10") -> None:
    """Let both councils agree, and the milestone move, by a day."""
    traject.advance("regeling", "2026-01-31")
    for body in ("oost.raad", "west.raad"):
        traject.record("regeling", body, "voor", "2026-02-16")
    traject.advance("regeling", on)


def shown(traject: Traject, ref: str, day: str | None = None) -> DueView:
    """Return a due as it is shown, as of a day."""
    state = traject.state if day is None else traject.as_of(day)
    today = date.fromisoformat(day or "2026-08-01")
    seen = Seen(traject.definition, state, today, traject.id)
    return next(each for each in all_dues(seen) if each.id == ref)


# --- in every unit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        ("{after: regeling.rond, days: 10}", date(2026, 2, 10)),
        ("{after: regeling.rond, working_days: 10}", date(2026, 2, 13)),
        ("{after: regeling.rond, months: 1}", date(2026, 2, 28)),
        ("{after: regeling.rond, months: 3, statutory: true}", date(2026, 4, 30)),
        ("{after: regeling.rond, months: 1, statutory: true}", date(2026, 3, 2)),
        ("{after: regeling.rond, years: 1}", date(2027, 1, 31)),
        ("{after: regeling/ontvangst, working_days: 3}", date(2026, 2, 6)),
        ("{next: 02-01, after: regeling.rond}", date(2026, 2, 1)),
        ("{next: 01-31, after: regeling.rond}", date(2027, 1, 31)),
    ],
)
def test_a_term_ends_so_long_after_what_it_counts_from(
    database: Database, world: World, due: str, ends: date
) -> None:
    """From a state or one's own task; before that it has no date, and as of then it had none."""
    traject = begun(database, world, due)
    ref = f"{RADEN}@oost" if "ontvangst" in due else RADEN
    assert None is shown(traject, ref).date

    traject.advance("regeling", "2026-01-31")
    traject.task("regeling/ontvangst", "ja", "2026-02-03", "oost")

    assert ends == shown(traject, ref).date
    assert None is shown(traject, ref, "2026-01-30").date
    assert [] == traject.problems


def test_working_days_are_counted_back_from_what_is_planned(traject: Traject) -> None:
    """Five before 1 June are back past Whit Monday; another day moves them along."""
    assert date(2026, 5, 22) == shown(traject, "regeling/stukken").date
    traject.replan("regeling.rond", "2026-06-02", "2026-02-02")
    assert date(2026, 5, 26) == shown(traject, "regeling/stukken").date


def test_the_first_of_january_after_an_event_comes_after_it(traject: Traject) -> None:
    """It is known from the event on, in time to be reminded of it."""
    assert None is shown(traject, "regeling.in-werking").date
    adopted(traject)
    assert date(2027, 1, 1) == shown(traject, "regeling.in-werking").date
    assert ("regeling.in-werking", date(2027, 1, 1)) in planned(traject)
    assert [] == traject.problems


def test_a_term_of_the_law_in_months_is_not_shortened(database: Database, world: World) -> None:
    """Its length is said as it was written."""
    traject = begun(database, world, "{after: regeling.rond, months: 3, statutory: true}")
    traject.advance("regeling", "2026-01-31")

    with refused(traject, DateRefused) as refusal:
        traject.replan(RADEN, "2026-04-01", "2026-02-02")

    assert (
        "“regeling/raden” is a term of the law (3 months after regeling.rond) and cannot be "
        "shortened: it ends on Thu 30 April 2026 at the earliest."
    ) == refusal.sentence


# --- the earliest of some days -----------------------------------------------------------------


def planned(traject: Traject) -> set[tuple[str, date]]:
    """Return the deadlines of which somebody is still to be reminded."""
    rows = [each for each in Desk(traject).rows if each.status is Standing.PLANNED]
    return {(row.due, row.deadline) for row in rows}


def test_a_bound_that_is_known_is_the_latest_day(traject: Traject) -> None:
    """It stands there as “by”, beside what may make it earlier; then as the day it is."""
    before = shown(traject, TOEZENDING)
    assert (BY_THEN, "by 2026-09-14") == (before.date, before.written)
    assert [(None, "regeling.vastgesteld"), (BY_THEN, None)] == [
        (each.date, each.anchor) for each in before.earliest
    ]
    assert (TOEZENDING, BY_THEN) in planned(traject)

    adopted(traject)

    after = shown(traject, TOEZENDING)
    assert (EARLIER, "2026-07-24") == (after.date, after.written)
    assert BY_THEN == shown(traject, TOEZENDING, "2026-07-09").date
    assert {(TOEZENDING, EARLIER)} >= {each for each in planned(traject) if each[0] == TOEZENDING}
    assert [] == traject.problems


def test_a_later_bound_changes_nothing(traject: Traject) -> None:
    """Two weeks after 5 September are past the latest day, which stays."""
    traject.world.it_is("2026-09-06")
    adopted(traject, "2026-09-05")
    assert BY_THEN == shown(traject, TOEZENDING).date
    assert [] == traject.problems


def test_a_correction_and_its_undoing_leave_the_day_as_it_was(traject: Traject) -> None:
    """Withdrawn, the move counts for nothing; moved to another day, it counts from that."""
    adopted(traject)
    seq = traject.last
    traject.withdraw(seq)
    assert BY_THEN == shown(traject, TOEZENDING).date
    traject.advance("regeling", "2026-07-06")
    assert date(2026, 7, 20) == shown(traject, TOEZENDING).date
    traject.withdraw(traject.last)
    traject.advance("regeling", "2026-07-10")
    assert EARLIER == shown(traject, TOEZENDING).date
    traject.leave("west", "2026-07-20")
    assert EARLIER == shown(traject, TOEZENDING).date
    assert [] == traject.problems


def test_a_gate_on_its_passing_goes_by_the_latest_day(traject: Traject) -> None:
    """It opens on the day after it, or after the earlier day once that is known."""
    gate = traject.definition.milestones["regeling"].arms_from("vastgesteld")[0].gate
    nothing = initial(traject.definition, date(2026, 1, 5))
    for day in (BY_THEN, BY_THEN + timedelta(1)):
        finding = evaluate(gate, Snapshot(traject.definition, nothing, day))
        assert (day > BY_THEN) == finding.holds
    adopted(traject)
    assert evaluate(gate, traject.snapshot(EARLIER + timedelta(1))).holds
    assert not evaluate(gate, traject.snapshot(EARLIER)).holds


def test_what_comes_first_may_not_be_due_after_the_latest_day(
    database: Database, world: World
) -> None:
    """A decision of October comes too late for what is sent by 14 September."""
    late = DEFINITION.replace("rond: 2026-06-01", "rond: 2026-10-01, vastgesteld: 2026-10-05")
    late = late.replace("due: {earliest", "arises: {state: vastgesteld}\n        due: {earliest")
    world.it_is("2026-08-01")
    traject = Traject(database, load(late.replace("RADEN", "none")), world)
    traject.start()

    clashes = check_dates(traject.snapshot(date(2026, 8, 1))).clashes

    assert ("regeling.vastgesteld", TOEZENDING) in [(each.first, each.then) for each in clashes]
    traject.replan("regeling.vastgesteld", "2026-10-02", "2026-02-02")


@examples(25)
@given(seed=st.integers(0, 10**9))
def test_the_earliest_is_the_first_of_the_days_that_are_known(seed: int) -> None:
    """What happens makes it earlier or leaves it; somebody who leaves changes nothing."""
    dice = Random(seed)
    number, unit = dice.randint(1, 9), dice.choice(["days", "working_days", "weeks", "months"])
    law = dice.choice(["", ", statutory: true"])
    by = date(2026, 1, 6) + timedelta(dice.randint(0, 300))
    counted = f"{{after: regeling.rond, {unit}: {number}{law}}}"
    alone = load(DEFINITION.replace("RADEN", counted))
    both = load(DEFINITION.replace("RADEN", f"{{earliest: [{counted}, {{by: {by}}}]}}"))
    begun = date(2026, 1, 6) + timedelta(dice.randint(0, 200))

    before, after = _ends(both, None), _ends(both, begun)

    assert by == before
    assert min(by, _ends(alone, begun)) == after <= before
    assert after == _ends(both, begun, frozenset({"west"}))


def _ends(definition: Definition, begun: date | None, left: frozenset[str] = frozenset()) -> date:
    """Return the deadline of the councils, once the round began on a day and some had left."""
    state = initial(definition, date(2026, 1, 5))
    if begun is not None:
        at = state.milestones["regeling"]
        at = replace(at, state="rond", entered={**at.entered, "rond": begun})
        state = replace(state, milestones={**state.milestones, "regeling": at})
    gone = {party: DepartureState(str(begun), begun or date.min, "x", 9) for party in left}
    state = replace(state, departures=gone)
    due = definition.dues[RADEN]
    return due_date(Snapshot(definition, state, date(2026, 8, 1)), due).deadline or date.max


# --- another calendar --------------------------------------------------------------------------

TEN_DAYS = "{after: regeling.rond, working_days: 10}"
FOLLOWING = [
    (TEN_DAYS, RADEN, "2026-02-13 2026-02-16 2026-01-31 regeling/raden"),
    (
        "{earliest: [{after: regeling.rond, working_days: 10}, {by: 2026-05-29}]}",
        RADEN,
        "2026-02-13 2026-02-16 2026-01-31 regeling/raden",
    ),
]
BY_DECREE = date(2026, 2, 11)


@pytest.mark.parametrize(("due", "ref", "shift"), FOLLOWING)
def test_a_term_in_working_days_follows_another_calendar(
    database: Database, world: World, due: str, ref: str, shift: str
) -> None:
    """A day that is equated with a holiday makes it a day longer, by an entry, while it runs."""
    traject = begun(database, world, due)
    world.it_is("2026-02-02")
    traject.advance("regeling", "2026-01-31")
    with decreed(BY_DECREE):
        traject.task("regeling/ontvangst", "ja", "2026-02-02", "oost")
        (event,) = [e.event for e in traject.journal if isinstance(e.event, CalendarFollowed)]
        assert ((shift,), ()) == (event.moved, event.ended)
        assert date(2026, 2, 16) == shown(traject, ref).date
        assert [] == traject.problems


@pytest.mark.parametrize(("due", "ref", "shift"), FOLLOWING)
def test_a_term_in_working_days_that_is_over_stays_as_it_ended(
    database: Database, world: World, due: str, ref: str, shift: str
) -> None:
    """The entry says what it would have been."""
    traject = begun(database, world, due)
    traject.advance("regeling", "2026-01-31")
    with decreed(BY_DECREE):
        traject.task("regeling/ontvangst", "ja", "2026-02-02", "oost")
        (event,) = [e.event for e in traject.journal if isinstance(e.event, CalendarFollowed)]
        assert ((), (shift,)) == (event.moved, event.ended)
        assert date(2026, 2, 13) == shown(traject, ref).date
        assert [] == traject.problems


@pytest.mark.parametrize(("today", "ends"), [("2026-02-02", 21), ("2026-08-01", 22)])
def test_working_days_that_are_counted_back_follow_another_calendar(
    traject: Traject, today: str, ends: int
) -> None:
    """A day that is off before 1 June makes the papers due a day earlier; what is over stays."""
    traject.world.it_is(today)
    traject.advance("regeling", "2026-01-31")
    with decreed(date(2026, 5, 27)):
        traject.task("regeling/ontvangst", "ja", "2026-02-02", "oost")
        (event,) = [e.event for e in traject.journal if isinstance(e.event, CalendarFollowed)]
        assert ["2026-05-22 2026-05-21 - regeling/stukken"] == [*event.moved, *event.ended]
        assert date(2026, 5, ends) == shown(traject, "regeling/stukken").date
        assert [] == traject.problems
