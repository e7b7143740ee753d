"""Entering a state sets off what its definition says: stops, departures, arrivals."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from definitions.model import Definition, Entering
from tests.support.engine import Traject, refused
from workflow.decide.correct import CannotCorrect
from workflow.model.commands import Advance, Request
from workflow.model.events import because_of
from workflow.model.person import Called
from workflow.rules.refusals import DateRefused, NotAllowed, Refused
from workflow.storage.database import Database
from workflow.storage.opening import open_database

DECIDED = 4
"""The last entry before Zuid leaves."""


@cache
def ontvlechting() -> Definition:
    """Return the example, loaded once."""
    return open_definition("docs/examples/ontvlechting.yaml")


def decided(database: Database) -> Traject:
    """Return a process in which Zuid has decided to leave."""
    traject = Traject(database, ontvlechting())
    traject.world.it_is("2026-12-01")
    traject.start()
    traject.record("uittreding", "zuid", "vastgesteld", "2026-03-01")
    traject.advance("uittreding", "2026-03-02", "besluiten")
    return traject


@pytest.fixture
def leaving(database: Database) -> Traject:
    """Return that process, on every kind of database."""
    return decided(database)


def set_off(traject: Traject) -> list[tuple[str, int | None]]:
    """Return the entries since Zuid decided: their types, and what set each off."""
    return [(each.event.TYPE, because_of(each.event)) for each in traject.journal[DECIDED:]]


def test_a_move_sets_off_what_its_definition_says(leaving: Traject) -> None:
    """In one transaction and on one day, each an entry that names its cause."""
    receipt = leaving.advance("uittreding", "2026-06-01", "uittreden")
    assert [
        ("milestone-moved", None),
        ("milestone-moved", 5),
        ("party-left", 5),
        ("party-joined", 5),
    ] == set_off(leaving)
    assert (4, {"2026-06-01"}) == (receipt.recorded, {e.effective.written for e in receipt.entries})
    assert ("gestopt", {"zuid"}, {"noord"}) == (
        leaving.milestone("groeiplan").state,
        set(leaving.state.departures),
        set(leaving.state.joined),
    )
    assert [] == leaving.problems


def test_a_dry_run_shows_all_of_it_and_writes_nothing(leaving: Traject) -> None:
    """What is shown before it is confirmed is what is recorded then."""
    command = Advance("uittreding", parse_date("2026-06-01"), "uittreden")
    request = Request(command, Called(leaving.by))
    tried = leaving.engine.execute(leaving.id, [request], dry=True)
    assert DECIDED == leaving.last
    done = leaving.engine.execute(leaving.id, [request])
    assert [each.event for each in tried.entries] == [each.event for each in done.entries]


def test_on_the_day_before_nothing_of_it_was_so(leaving: Traject) -> None:
    """As of a day before, and as of the day itself."""
    leaving.advance("uittreding", "2026-06-01", "uittreden")
    before, after = leaving.as_of("2026-05-31"), leaving.as_of("2026-06-01")
    assert ("voorbereiding", "gestopt") == tuple(
        each.milestones["groeiplan"].state for each in (before, after)
    )
    assert (set(), {"zuid"}) == (set(before.departures), set(after.departures))
    assert (set(), {"noord"}) == (set(before.joined), set(after.joined))


def test_what_has_ended_or_left_already_is_left_alone(leaving: Traject) -> None:
    """A cascade does what is still needed."""
    leaving.advance("groeiplan", "2026-04-01", "stoppen")
    leaving.leave("zuid", "2026-05-01")
    leaving.advance("uittreding", "2026-06-01", "uittreden")
    assert [("milestone-moved", None), ("party-joined", 7)] == set_off(leaving)[2:]
    assert [] == leaving.problems


def test_a_consequence_that_cannot_be_refuses_the_whole(leaving: Traject) -> None:
    """What would be stopped moved after the day of the cause."""
    leaving.advance("groeiplan", "2026-07-01", "toezenden")
    with refused(leaving, DateRefused) as refusal:
        leaving.advance("uittreding", "2026-06-01", "uittreden")
    assert "groeiplan" in refusal.sentence


def test_a_move_of_an_earlier_day_sets_off_the_same(leaving: Traject) -> None:
    """Also where something of a later day was recorded before."""
    leaving.advance("afbouwplan", "2026-08-01", "toezenden")
    leaving.record("afbouwplan", "oost", "vastgesteld", "2026-09-01")
    leaving.advance("uittreding", "2026-06-01", "uittreden")
    assert ({"zuid"}, {"noord"}) == (set(leaving.state.departures), set(leaving.state.joined))
    assert [] == leaving.problems


def test_the_cause_stays_while_something_that_it_set_off_stands(leaving: Traject) -> None:
    """It is neither withdrawn nor redated; what it set off is withdrawn first."""
    leaving.advance("uittreding", "2026-06-01", "uittreden")
    with refused(leaving, CannotCorrect) as refusal:
        leaving.withdraw(5)
    assert "Entry 5 set off others, which still stand: 6, 7, 8." == refusal.sentence
    with refused(leaving, CannotCorrect):
        leaving.correct(5, on=parse_date("2026-05-01"))
    leaving.correct(5, remark="signed that day")
    for seq in (8, 7, 6, 5):
        leaving.withdraw(seq)
    assert ("besloten", "voorbereiding", set(), set()) == (
        leaving.milestone("uittreding").state,
        leaving.milestone("groeiplan").state,
        set(leaving.state.departures),
        set(leaving.state.joined),
    )
    assert [] == leaving.problems


def test_a_consequence_that_is_put_better_still_names_its_cause(leaving: Traject) -> None:
    """A correction takes over what set it off."""
    leaving.advance("uittreding", "2026-06-01", "uittreden")
    leaving.correct(7, remark="by the letter of the board")
    with refused(leaving, CannotCorrect) as refusal:
        leaving.withdraw(5)
    assert "6, 7, 8" in refusal.sentence


def test_whoever_may_not_make_the_move_sets_nothing_off(leaving: Traject) -> None:
    """Whoever may needs no other permission: the definition says what follows."""
    leaving.seat("griffier@oost", "Oost", "2026-03-02")
    with refused(leaving, NotAllowed):
        leaving.as_actor("Oost").advance("uittreding", "2026-06-01", "uittreden")


def test_a_key_sets_it_off_once(leaving: Traject) -> None:
    """The same command twice is one, with all that it set off."""
    command = Advance("uittreding", parse_date("2026-06-01"), "uittreden")
    leaving.do(command, key="once")
    again = leaving.do(command, key="once")
    assert (0, 1, 8) == (again.recorded, again.repeated, leaving.last)


def test_a_stop_may_set_off_another(leaving: Traject) -> None:
    """Withdrawing the announcement stops the plan to wind down, wherever that is."""
    leaving.advance("afbouwplan", "2026-04-01", "toezenden")
    leaving.advance("uittreding", "2026-06-01", "intrekken")
    assert ("gestopt", "voorbereiding") == (
        leaving.milestone("afbouwplan").state,
        leaving.milestone("groeiplan").state,
    )


# --- whatever is tried -------------------------------------------------------------------------

MOVES = [
    ("groeiplan", "toezenden"),
    ("groeiplan", "stoppen"),
    ("afbouwplan", "toezenden"),
    ("afbouwplan", "stoppen"),
    ("uittreding", "uittreden"),
    ("uittreding", "intrekken"),
]
DAYS = st.integers(0, 30).map(lambda days: (date(2026, 3, 2) + timedelta(days)).isoformat())


@given(st.lists(st.tuples(st.sampled_from(MOVES), DAYS), max_size=6), st.booleans())
def test_whatever_is_tried_all_that_is_set_off_is_so(
    tried: list[tuple[tuple[str, str], str]], undone: bool
) -> None:
    """Moves in any order and of any day, refused or taken as a whole; and their undoing."""
    with TemporaryDirectory() as folder, open_database(str(Path(folder) / "f.sqlite3")) as database:
        traject = decided(database)
        for (milestone, trigger), on in tried:
            try:
                traject.advance(milestone, on, trigger)
            except Refused:
                continue
        _check(traject)
        while undone and traject.last > DECIDED:
            standing = [each.seq for each in traject.journal[DECIDED:]]
            if not _withdrawn(traject, standing):
                break
        assert [] == traject.problems


def _withdrawn(traject: Traject, entries: list[int]) -> bool:
    """Withdraw the last entry that can be; return whether there was one."""
    for seq in reversed(entries):
        try:
            traject.withdraw(seq)
        except Refused:
            continue
        return True
    return False


def _check(traject: Traject) -> None:
    """See that what a state sets off is so, in the process as it stands."""
    state, definition = traject.state, ontvlechting()
    for milestone in definition.milestones.values():
        entering = milestone.entering.get(state.milestones[milestone.id].state, Entering())
        for stopped, _ in entering.stops:
            assert state.milestones[stopped].state in definition.milestones[stopped].final
        assert set(entering.leaves) <= set(state.departures)
        assert set(entering.joins) <= set(state.joined)
