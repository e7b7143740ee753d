"""A party leaves: nothing is asked of it any more, and the past stays as it was."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import NotFound
from tests.support.engine import Traject, refused
from workflow.decide.correct import CannotCorrect
from workflow.decide.leave import PartyHasLeft
from workflow.model.commands import Record, ReportPart, ReportTask
from workflow.model.state import Basis
from workflow.rules.conflicts import AlreadyLeft, LastParty
from workflow.rules.fold import fold
from workflow.rules.refusals import DateRefused, Missing, NotAllowed
from workflow.views.seen import Seen
from workflow.views.status import DepartureView, StatusView, status_view


def shown(traject: Traject, on: date = date(2021, 6, 1)) -> StatusView:
    """Return where it stands, as it is shown."""
    return status_view(Seen(traject.definition, traject.state, on, traject.id))


def decide_all(traject: Traject) -> None:
    """Take the first question through, and put the second."""
    for party in ("oost", "west", "zuid"):
        traject.record("vraag", f"{party}.raad", "reactie", "2021-02-01")
    traject.advance("vraag", "2021-02-02")
    for party in ("oost", "west", "zuid"):
        traject.part("stuk/bijlage", "volledig", "2021-02-03", party)
    traject.advance("besluit", "2021-02-04")


# --- what counts without it ----------------------------------------------------------------------


def test_a_gate_counts_without_who_left(asked: Traject) -> None:
    """All of three had to answer, and all of two after one left."""
    for body in ("oost.raad", "west.raad"):
        asked.record("vraag", body, "reactie", "2021-02-01")
    assert ("zuid.raad",) == shown(asked).milestones[0].requests[0].waiting_for
    asked.leave("zuid", "2021-02-10")
    assert () == shown(asked).milestones[0].requests[0].waiting_for
    asked.advance("vraag", "2021-02-10")
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    assert [] == asked.problems


def test_weights_count_without_who_left(asked: Traject) -> None:
    """Three of seven is no two thirds; three of five is not either, five of five is."""
    decide_all(asked)
    asked.record("besluit", "west.raad", "voor", "2021-03-01")
    asked.record("besluit", "zuid.raad", "voor", "2021-03-01")
    asked.record("besluit", "oost.raad", "tegen", "2021-03-02")
    assert not any(way.open for way in shown(asked).milestones[1].next if way.trigger == "nemen")
    asked.leave("oost", "2021-03-10")
    asked.advance("besluit", "2021-03-10", "nemen")
    assert ("genomen", Basis.DECIDED) == asked.stand("besluit")


def test_parts_tasks_and_dues_wait_for_nobody_who_left(asked: Traject) -> None:
    """Its part of a deliverable, its own term and its tasks are gone."""
    for party in ("oost", "west", "zuid"):
        asked.record("vraag", f"{party}.raad", "reactie", "2021-02-01")
    asked.advance("vraag", "2021-02-02")
    asked.replan("besluit.rond", "2021-07-01", "2021-02-03")
    asked.leave("zuid", "2021-02-10")
    for party in ("oost", "west"):
        asked.part("stuk/bijlage", "volledig", "2021-02-11", party)
    asked.advance("besluit", "2021-02-11")
    assert ("rond", Basis.DECIDED) == asked.stand("besluit")
    status = shown(asked)
    assert ["oost.raad", "west.raad"] == [
        each.body for each in status.milestones[1].requests[0].given
    ]
    assert {"vraag/bericht@oost", "vraag/bericht@west"} == {
        lag.task for lag in status.lags if lag.task.startswith("vraag/bericht")
    }


def test_who_left_is_shown_with_the_reason(asked: Traject) -> None:
    """The screen names the party, the first day without it, and why."""
    asked.leave("zuid", "2021-02-10")
    assert (DepartureView("zuid", "2021-02-10", "it joined another region"),) == shown(
        asked
    ).departures


def test_the_day_before_it_left_it_was_there(asked: Traject) -> None:
    """As of then nobody had left, and all three are asked."""
    asked.leave("zuid", "2021-02-10")
    assert {} == asked.as_of("2021-02-09").departures
    assert {"zuid"} == set(asked.as_of("2021-02-10").departures)
    asked.record("vraag", "zuid.raad", "aangehouden", "2021-02-09")
    assert [] == asked.problems


def test_a_move_made_before_stays_what_it_was(asked: Traject) -> None:
    """What was decided with a party stays decided; leaving earlier than that is refused."""
    decide_all(asked)
    asked.leave("zuid", "2021-03-01")
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    assert fold(asked.definition, asked.journal) == asked.stored


def test_an_answer_of_before_can_still_be_followed_up(asked: Traject) -> None:
    """What it sent while it was there may be received after it left."""
    asked.record("vraag", "zuid.raad", "reactie", "2021-02-01")
    asked.leave("zuid", "2021-02-10")
    asked.received("vraag", "zuid.raad", "2021-02-11")
    assert [] == asked.problems


# --- what is refused -----------------------------------------------------------------------------


def test_nothing_is_recorded_of_who_left(asked: Traject) -> None:
    """Neither a decision nor a part nor a task, from the first day without it on."""
    asked.leave("zuid", "2021-02-10")
    day = parse_date("2021-02-10")
    for command in (
        Record("vraag", "zuid.raad", "reactie", day, reference="a source"),
        ReportPart("stuk/bijlage", "volledig", day, "zuid", "a source"),
        ReportTask("vraag/bericht", "ja", day, "zuid", "a source"),
    ):
        with refused(asked, PartyHasLeft) as caught:
            asked.do(command)
        assert (
            "zuid takes part no longer since Wed 10 February 2021: it joined another region"
            == caught.sentence
        )
        advice = "If that is wrong: mijlpaal correct PROCESS 5 --withdraw --reason WHY"
        if not isinstance(command, ReportPart):
            advice += " If zuid did this all the same, add --out-of-order REASON."
        assert advice == caught.advice


def test_a_party_leaves_once(asked: Traject) -> None:
    """The second time names the first."""
    asked.leave("zuid", "2021-02-10")
    with refused(asked, AlreadyLeft) as caught:
        asked.leave("zuid", "2021-02-11")
    assert "zuid left on Wed 10 February 2021 already (entry 5)." == caught.sentence


def test_somebody_stays(asked: Traject) -> None:
    """The last party does not leave."""
    asked.leave("zuid", "2021-02-10")
    asked.leave("oost", "2021-02-11")
    with refused(asked, LastParty) as caught:
        asked.leave("west", "2021-02-12")
    assert "Nobody would take part any more." == caught.sentence


def test_a_party_does_not_leave_under_what_it_decided(asked: Traject) -> None:
    """On the day of its decision, or before it: it was there then."""
    asked.record("vraag", "zuid.raad", "reactie", "2021-02-10")
    with refused(asked, DateRefused) as caught:
        asked.leave("zuid", "2021-02-10")
    assert (
        "zuid.raad decided on “raden” on Wed 10 February 2021, as entry 5: it was there then."
        == caught.sentence
    )
    asked.leave("zuid", "2021-02-11")


def test_a_party_does_not_leave_under_what_was_reported_of_it(asked: Traject) -> None:
    """A part or a task of later says that it was there, too."""
    asked.part("stuk/bijlage", "volledig", "2021-02-10", "zuid")
    with refused(asked, DateRefused) as caught:
        asked.leave("zuid", "2021-02-09")
    assert (
        "“stuk/bijlage@zuid” was reported on Wed 10 February 2021, as entry 5: it was there then."
        == caught.sentence
    )
    asked.replan("besluit.rond", "2021-07-01", "2021-02-12")
    asked.task("vraag/bericht", "ja", "2021-02-12", "zuid")
    with refused(asked, DateRefused) as caught:
        asked.leave("zuid", "2021-02-11")
    assert (
        "“vraag/bericht@zuid” was reported on Fri 12 February 2021, as entry 7: it was there then."
        == caught.sentence
    )
    asked.leave("zuid", "2021-02-13")
    assert [] == asked.problems


def test_who_may_say_so_of_whom_and_when(asked: Traject) -> None:
    """No such party, no reason, no seat that may, a day to come."""
    with refused(asked, NotFound):
        asked.leave("noord", "2021-02-10")
    with refused(asked, Missing) as caught:
        asked.leave("zuid", "2021-02-10", reason=" ")
    assert "A party does not leave without a reason." == caught.sentence
    with refused(asked, DateRefused):
        asked.leave("zuid", "2023-02-10")
    asked.seat("griffier@zuid", "anna", "2021-01-04")
    with refused(asked.as_actor("anna"), NotAllowed):
        asked.as_actor("anna").leave("zuid", "2021-02-10")


# --- a departure that was wrong ------------------------------------------------------------------


def test_a_departure_is_withdrawn_and_what_rested_on_it_is_in_question(asked: Traject) -> None:
    """All of two is not all of three; brought back, it is as if neither had been."""
    for body in ("oost.raad", "west.raad"):
        asked.record("vraag", body, "reactie", "2021-02-01")
    asked.leave("zuid", "2021-02-10")
    seq = asked.last
    asked.advance("vraag", "2021-02-10")
    before = asked.stored
    asked.withdraw(seq)
    assert ("genomen", Basis.IN_QUESTION) == asked.stand("vraag")
    asked.correct(seq)
    assert before == asked.stored
    assert [] == asked.problems


def test_a_withdrawn_departure_does_not_come_back_over_a_decision(asked: Traject) -> None:
    """Who decided in the meantime was there."""
    asked.leave("zuid", "2021-02-10")
    seq = asked.last
    asked.withdraw(seq)
    asked.record("vraag", "zuid.raad", "reactie", "2021-02-11")
    with refused(asked, DateRefused):
        asked.correct(seq)
    with refused(asked, CannotCorrect):
        asked.withdraw(seq)


def test_a_departure_gets_another_reason(asked: Traject) -> None:
    """Only its reason and source can be corrected; not of which party it is."""
    asked.leave("zuid", "2021-02-10")
    asked.correct(asked.last, reason="it merged with Oost")
    assert "it merged with Oost" == asked.stored.departures["zuid"].reason
    assert fold(asked.definition, asked.journal) == asked.stored


@pytest.mark.parametrize("late", [True, False])
def test_leaving_in_a_round_is_the_same_whenever_it_is_recorded(
    asked: Traject, *, late: bool
) -> None:
    """Recorded before or after the decision that followed it, the state is the same."""
    for body in ("oost.raad", "west.raad"):
        asked.record("vraag", body, "reactie", "2021-02-01")
    if not late:
        asked.leave("zuid", "2021-02-10")
    asked.attest("vraag", "2021-02-15", "nemen")
    if late:
        asked.leave("zuid", "2021-02-10")
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    assert [] == asked.problems
