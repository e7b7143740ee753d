"""A party joins: from its day on it is asked what is open, and the past stays as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, NotFound
from definitions.library import open_definition
from tests.support.engine import Traject, World, refused
from workflow.decide.correct import CannotCorrect
from workflow.decide.join import NothingLeft, NotJoined
from workflow.model.state import Basis, DepartureState
from workflow.rules.conflicts import AlreadyJoined, AlreadyParty, NoReturn
from workflow.rules.deadlines import plans_of
from workflow.rules.fold import fold
from workflow.rules.party_changes import new_faults
from workflow.rules.refusals import DateRefused, GateClosed, Missing, NotAllowed, NotArisen
from workflow.rules.worklist import Doing
from workflow.storage.database import Database
from workflow.views.requests import RequestView, requests_of
from workflow.views.seen import Seen
from workflow.views.status import ArrivalView, status_view

EXAMPLE = Path(__file__).parents[3] / "docs/examples/toetreding.yaml"


@pytest.fixture
def area(database: Database) -> Traject:
    """A process that Noord may join, with its first question put."""
    traject = Traject(
        database,
        open_definition(str(EXAMPLE)),
        World(datetime(2026, 12, 1, 10, tzinfo=UTC)),
        "toetreding",
    )
    traject.start()
    traject.advance("startnotitie", "2026-01-06", "toezenden")
    return traject


def answer(area: Traject, *parties: str, on: str = "2026-02-01") -> None:
    """Record what some councils answered to the first question."""
    for party in parties:
        area.record("startnotitie", f"{party}.raad", "zienswijze", on)


def asked(area: Traject, milestone: str) -> RequestView:
    """Return how far the councils are with the question of a milestone."""
    return requests_of(Seen(*area.snapshot(date(2026, 6, 1)).parts, "x"))[milestone][0]


def deliver(area: Traject, on: str) -> None:
    """Bring every part of the plan to its last level."""
    area.part("plan/kaart", "volledig", on)
    for party in area.snapshot(date(2026, 6, 1)).definition.parties:
        area.part("plan/bijlage", "volledig", on, party)


# --- what is asked of it -------------------------------------------------------------------------


def test_who_joins_is_asked_what_is_open(area: Traject) -> None:
    """A gate that all had to answer waits for it; the day before, nobody knew of it."""
    answer(area, "oost", "west")
    area.join("noord", "2026-02-10")

    assert ("noord.raad",) == asked(area, "startnotitie").waiting_for
    then = area.engine.as_of("toetreding", date(2026, 2, 9))[0]
    assert (["oost", "west"], frozenset()) == ([*then.definition.parties], then.state.joined)
    answer(area, "noord", on="2026-02-11")
    area.advance("startnotitie", "2026-02-12")
    assert ("gesloten", Basis.DECIDED) == area.stand("startnotitie")
    assert [] == area.problems


def test_who_joins_is_not_asked_what_was_over(area: Traject) -> None:
    """The first question was closed: it stays proved, and two councils were asked."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-02")
    area.join("noord", "2026-02-10")

    assert ("gesloten", Basis.DECIDED) == area.stand("startnotitie")
    assert (2, ()) == (asked(area, "startnotitie").asked, asked(area, "startnotitie").waiting_for)


def test_a_question_that_is_put_anew_is_put_to_who_joined_meanwhile(area: Traject) -> None:
    """Taken back before it joined, and put again after that: in a round of its own."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-02")
    deliver(area, "2026-02-03")
    area.advance("beheerplan", "2026-02-04")
    area.advance("beheerplan", "2026-02-05", "terugnemen")
    area.join("noord", "2026-02-10")
    assert ("oost.raad", "west.raad") == asked(area, "beheerplan").waiting_for
    deliver(area, "2026-02-11")
    area.advance("beheerplan", "2026-02-12")

    assert ("oost.raad", "west.raad", "noord.raad") == asked(area, "beheerplan").waiting_for
    assert [] == area.problems


def test_parts_tasks_weights_and_seats_count_it(area: Traject) -> None:
    """Its own part is waited for, its own talk comes first, and its weight is in the balance."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-02")
    deliver(area, "2026-02-03")
    area.join("noord", "2026-02-10")
    with refused(area, GateClosed) as caught:
        area.advance("beheerplan", "2026-02-11")
    assert isinstance(caught.error, GateClosed)
    assert ("plan/bijlage@noord",) == caught.error.ways[0].finding.waiting_for
    area.part("plan/bijlage", "volledig", "2026-02-11", "noord")
    area.advance("beheerplan", "2026-02-12")
    area.seat("griffier@noord", "piet", "2026-02-12")
    for party in ("oost", "noord"):
        area.task("beheerplan/gesprek", "gehouden", "2026-02-13", party)
        area.record("beheerplan", f"{party}.raad", "vastgesteld", "2026-02-14")
    area.record("beheerplan", "bestuur", "vastgesteld", "2026-02-14")

    # 4 and 2 of 9 are two thirds; without Noord, 4 of 7 would not be.
    area.advance("beheerplan", "2026-02-15")
    assert ("vastgesteld", Basis.DECIDED) == area.stand("beheerplan")
    assert [] == area.problems


@pytest.mark.parametrize(("votes", "says"), [("5-0", "at least 6"), ("8-2", "has 9")])
def test_a_board_has_its_votes_and_the_same_part_as_quorum(
    area: Traject, votes: str, says: str
) -> None:
    """Four of seven were needed; of nine, six are no smaller a part."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-02")
    deliver(area, "2026-02-03")
    area.advance("beheerplan", "2026-02-04")
    area.record("beheerplan", "bestuur", "aangehouden", "2026-02-05", votes="4-0")
    area.join("noord", "2026-02-10")

    with refused(area, InvalidValue) as caught:
        area.record("beheerplan", "bestuur", "vastgesteld", "2026-02-11", votes=votes)
    assert says in str(caught.error)
    area.record("beheerplan", "bestuur", "vastgesteld", "2026-02-11", votes="6-3")


def test_who_joined_and_left_again_leaves_all_as_it_was(area: Traject) -> None:
    """The votes, the quorum and who is asked are those of the beginning."""
    area.join("noord", "2026-02-10")
    area.leave("noord", "2026-03-01")

    assert ("oost.raad", "west.raad") == asked(area, "startnotitie").waiting_for
    with refused(area, NoReturn):
        area.join("noord", "2026-03-10")
    assert [] == area.problems


def test_it_is_shown_with_the_reason(area: Traject) -> None:
    """The screen names the party, its first day, and why."""
    area.join("noord", "2026-02-10", "its council decided so")
    shown = status_view(Seen(*area.snapshot(date(2026, 6, 1)).parts, "x"))

    assert (ArrivalView("noord", "2026-02-10", "its council decided so"),) == shown.arrivals


def test_reminders_are_planned_for_its_seats(area: Traject) -> None:
    """From its day on; what was over for it is not planned, and the check of plans agrees."""
    receipt = area.join("noord", "2026-02-10")

    assert "noord" in receipt.after.definition.parties
    assert [] == area.problems


# --- late, and corrected -------------------------------------------------------------------------


def test_joining_on_an_earlier_day_puts_moves_in_question(area: Traject) -> None:
    """It was there when the question was closed, and had not answered: the receipt says so."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-15")
    receipt = area.join("noord", "2026-02-10")

    assert ("gesloten", Basis.IN_QUESTION) == area.stand("startnotitie")
    view = receipt.view("en")
    assert view.different is not None
    assert [("startnotitie", False)] == [(e.milestone, e.proved) for e in view.different.moves]
    answer(area, "noord", on="2026-02-12")
    assert ("gesloten", Basis.DECIDED) == area.stand("startnotitie")


def test_a_receipt_says_which_gate_waits_for_it_now(area: Traject) -> None:
    """It could be closed, and has to wait for who joined."""
    answer(area, "oost", "west")
    (held,) = area.join("noord", "2026-02-10").view("en").delayed

    assert ("startnotitie", "gesloten") == (held.milestone, held.target)


def test_undone_all_is_as_if_it_had_never_joined(area: Traject) -> None:
    """Withdrawn, and said again: the tables follow each time."""
    answer(area, "oost")
    before = area.stored
    seq = area.join("noord", "2026-02-10").head.head_seq
    joined = area.stored
    area.withdraw(seq)
    assert before.amendments == area.stored.amendments
    assert ("west.raad",) == asked(area, "startnotitie").waiting_for
    area.correct(seq)
    assert joined.arrivals == area.stored.arrivals
    assert fold(area.definition, area.journal) == area.stored
    assert [] == area.problems


def test_it_cannot_be_taken_out_of_days_on_which_it_decided(area: Traject) -> None:
    """Neither withdrawn nor dated later; earlier is fine."""
    seq = area.join("noord", "2026-02-10").head.head_seq
    answer(area, "noord", on="2026-02-12")
    with refused(area, CannotCorrect) as caught:
        area.withdraw(seq)
    assert str(seq + 1) in str(caught.error)
    with refused(area, CannotCorrect):
        area.correct(seq, on=parse_date("2026-02-13"))
    area.correct(seq, on=parse_date("2026-02-11"))
    assert date(2026, 2, 11) == area.stored.arrivals["noord"].effective_on


# --- refused -------------------------------------------------------------------------------------


def test_it_joins_once(area: Traject) -> None:
    """The refusal says when it did, and how to mend the day."""
    area.join("noord", "2026-02-10")
    with refused(area, AlreadyJoined):
        area.join("noord", "2026-02-11")


def test_only_who_may_joins(area: Traject) -> None:
    """Not who takes part already, and nobody whom the definition does not name."""
    with refused(area, AlreadyParty):
        area.join("oost", "2026-02-10")
    with refused(area, NotFound) as caught:
        area.join("noort", "2026-02-10")
    assert "Did you mean “noord”?" in caught.advice


def test_nothing_is_recorded_of_it_before_it_joins(area: Traject) -> None:
    """No decision, report, part, seat, amendment or departure; the refusal says what is missing."""
    with refused(area, NotJoined) as caught:
        answer(area, "noord")
    assert "may join" in str(caught.error)
    area.join("noord", "2026-02-10")
    with refused(area, NotJoined) as caught:
        answer(area, "noord", on="2026-02-09")
    assert "10 February 2026 (entry" in str(caught.error)
    with refused(area, NotJoined):
        area.part("plan/bijlage", "volledig", "2026-02-09", "noord")
    with refused(area, NotJoined):
        area.leave("noord", "2026-02-09")
    with refused(area, DateRefused):
        area.leave("noord", "2026-02-10")


def test_no_seat_is_given_at_a_party_that_did_not_join(area: Traject) -> None:
    """It has none yet."""
    with refused(area, NotJoined):
        area.seat("griffier@noord", "piet", "2026-02-10")


def test_a_note_can_be_about_who_may_join(area: Traject) -> None:
    """That it asked to, for example."""
    area.note("it asked to join", "2026-02-01", "noord")
    assert [] == area.problems


def test_a_reason_and_a_permission_are_needed(area: Traject) -> None:
    """As for whoever leaves."""
    with refused(area, Missing):
        area.join("noord", "2026-02-10", " ")
    area.seat("griffier@oost", "piet", "2026-01-07")
    with refused(area.as_actor("piet"), NotAllowed):
        area.as_actor("piet").join("noord", "2026-02-10")


def test_nobody_joins_where_everything_has_ended(area: Traject) -> None:
    """Nothing would be asked of it."""
    answer(area, "oost", "west")
    area.advance("startnotitie", "2026-02-02")
    area.advance("beheerplan", "2026-02-03", "stoppen")
    with refused(area, NothingLeft):
        area.join("noord", "2026-02-10")


# --- what is owed for it -------------------------------------------------------------------------


def turns_of(area: Traject) -> list[tuple[str, tuple[str, ...]]]:
    """Return the tasks that are asked now, and of whom."""
    shown = status_view(Seen(*area.snapshot(date(2026, 6, 1)).parts, "x"))
    return [(turn.what, turn.subjects) for turn in shown.turns if turn.doing is Doing.TASK]


def test_joining_gives_rise_to_a_task_of_who_joined(area: Traject) -> None:
    """Of nobody else, and not before."""
    assert [] == turns_of(area)
    area.join("noord", "2026-02-10")
    assert [("inleg", ("noord",))] == turns_of(area)
    area.task("inleg", "betaald", "2026-02-11", "noord")
    assert [] == turns_of(area)
    assert [] == area.problems


def test_who_left_owes_what_arose_by_leaving(area: Traject) -> None:
    """It is asked and reminded of that, though of nothing else; then it is done with."""
    area.seat("griffier@west", "piet", "2026-02-01")
    with refused(area, NotArisen):
        area.task("uittreedsom", "betaald", "2026-02-09", "west")
    area.leave("west", "2026-03-01")

    assert [("uittreedsom", ("west",))] == turns_of(area)
    plans = plans_of(area.snapshot(date(2026, 6, 1)))
    assert ["uittreedsom"] == [ref for ref, subject in plans if subject in ("west", "west.raad")]
    area.task("uittreedsom", "betaald", "2026-05-01", "west")
    assert ([], []) == (turns_of(area), area.problems)


def test_a_departure_that_is_withdrawn_takes_the_debt_along(area: Traject) -> None:
    """Nothing is owed for it any more."""
    seq = area.leave("west", "2026-03-01").head.head_seq
    area.withdraw(seq)
    assert ([], []) == (turns_of(area), area.problems)


def test_both_check_the_definition_in_force_anew(area: Traject) -> None:
    """A board of nobody, a question to nobody: said, and not refused."""
    view = area.leave("west", "2026-03-01").view("en")
    assert () == view.faults
    now = area.snapshot(date(2026, 6, 1))
    gone = now.with_state(replace(now.state, departures={"west": _LEFT, "oost": _LEFT}))
    found = {each.where: each.milestones for each in new_faults(now, gone)}

    assert ("beheerplan",) == found["milestones.beheerplan.requests.raden.of"]
    assert ("startnotitie",) == found["milestones.startnotitie.requests.raden.of"]
    closed = now.state.milestones["startnotitie"]
    over = {**now.state.milestones, "startnotitie": replace(closed, state="gesloten")}
    then = gone.with_state(replace(gone.state, milestones=over))
    assert {"beheerplan"} == {name for each in new_faults(now, then) for name in each.milestones}


_LEFT = DepartureState("2026-04-01", date(2026, 4, 1), "x", 9)
