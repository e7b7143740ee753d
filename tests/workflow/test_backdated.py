"""What is replanned or amended on an earlier day than the last time goes under it."""

from definitions.calendar.dates import parse_date
from tests.support.engine import Traject
from workflow.model.commands import Amend, Replan
from workflow.rules.fold import fold


def test_a_due_replanned_earlier_keeps_its_later_date(gr: Traject) -> None:
    """The last replanning is the last that happened, in the tables as in the journal."""
    due = next(iter(gr.definition.dues))
    gr.do(Replan(due, parse_date("2021-09-01"), "x", parse_date("2021-05-01")))
    gr.do(Replan(due, parse_date("2021-10-01"), "x", parse_date("2021-03-01")))
    moved = gr.stored.moved(due)
    assert moved is not None
    assert "2021-09-01" == moved.date
    assert fold(gr.definition, gr.journal) == gr.stored
    assert [] == gr.problems


def test_a_title_amended_earlier_keeps_its_later_reading(gr: Traject) -> None:
    """So is the last amendment."""
    gr.do(Amend("title", "a", "x", parse_date("2021-05-01")))
    gr.do(Amend("title", "b", "x", parse_date("2021-03-01")))
    assert "a" == gr.stored.amendments["title"].value
    assert fold(gr.definition, gr.journal) == gr.stored
    assert [] == gr.problems
