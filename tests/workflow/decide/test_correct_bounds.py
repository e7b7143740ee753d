"""Corrections that reach further than they look: rounds, ways back, seats that ended."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue
from tests.support.definitions import load
from tests.support.engine import ODD, Traject, refused
from workflow.decide.correct import CannotCorrect
from workflow.model.commands import Correct, Replan
from workflow.rules.refusals import Missing, NotAllowed
from workflow.storage.database import Database


@pytest.fixture
def odd(database: Database) -> Traject:
    """The odd process, with its first milestone in its first round."""
    traject = Traject(database, load(ODD))
    traject.start()
    traject.part("tekst/kern", "concept", "2021-01-05")
    traject.advance("eerste", "2021-01-06")
    return traject


def test_a_corrected_decision_stays_in_its_round(odd: Traject) -> None:
    """Even where the next round was opened on the same day."""
    odd.record("eerste", "oost.raad", "tegen", "2021-01-10", ground="g")
    seq = odd.journal[-1].seq
    odd.advance("eerste", "2021-01-10", "opnieuw")
    odd.do(Correct(seq, "x", (("votes", "3-4"),)))
    assert [1] == [round_ for _, _, round_, _ in odd.stored.decisions]
    assert [] == odd.problems


def test_what_rests_on_a_corrected_move_rests_on_how_it_reads_now(odd: Traject) -> None:
    """A move cannot go back to its first reading under what rests on its second."""
    for body in ("oost.raad", "west.raad", "zuid.staten"):
        odd.record("eerste", body, "voor", "2021-01-10")
    odd.advance("eerste", "2021-01-11", "weggooien")
    seq = odd.journal[-1].seq
    odd.do(Correct(seq, "x", (("trigger", "verder"), ("to", "genomen"))))
    odd.advance("tweede", "2021-01-13")
    with refused(odd, CannotCorrect):
        odd.do(Correct(seq, "x", (("trigger", "weggooien"), ("to", "weg"))))


def test_an_entry_is_withdrawn_in_the_seat_it_was_made_in(gr: Traject) -> None:
    """Who went to another party leaves the decisions of the first alone."""
    gr.advance("principebesluit", "2020-11-24")
    gr.seat("griffier@sliedrecht", "bea", "2020-11-24")
    bea = gr.as_actor("bea")
    bea.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")
    seq = gr.journal[-1].seq
    gr.unseat("griffier@sliedrecht", "bea", "2021-03-01")
    gr.seat("griffier@dordrecht", "bea", "2021-03-02")
    with refused(bea, NotAllowed):
        bea.do(Correct(seq, "x", withdraw=True))


def test_a_date_is_not_corrected_by_a_text(gr: Traject) -> None:
    """A date is corrected by a date; anything else is refused in our own words."""
    due = next(iter(gr.definition.dues))
    gr.do(Replan(due, parse_date("2021-09-01"), "x", parse_date("2021-03-01")))
    with refused(gr, InvalidValue):
        gr.do(Correct(gr.journal[-1].seq, "x", (("date", "2021-08-01"),)))


def test_withdrawing_what_another_recorded_takes_a_source(gr: Traject) -> None:
    """The secretary may, as for recording on behalf, and says where it can be found."""
    gr.seat("griffier@sliedrecht", "anna", "2020-11-01")
    gr.advance("principebesluit", "2020-11-24")
    gr.as_actor("anna").record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")
    seq = gr.journal[-1].seq
    with refused(gr, Missing):
        gr.do(Correct(seq, "it never was", withdraw=True))
    gr.do(Correct(seq, "it never was", withdraw=True, reference="list of decisions"))
    assert {} == dict(gr.state.decisions)
