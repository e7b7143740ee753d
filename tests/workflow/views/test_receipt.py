"""Receipts: what became of commands, what they changed and what comes next, as data."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.actions import BLANK, action
from tests.support.engine import Traject, bodies
from workflow.model.commands import Advance, Record, Request
from workflow.model.person import Called
from workflow.model.state import Basis
from workflow.unit_of_work import Receipt
from workflow.views.next_commands import Follows, NextView, OpenedView
from workflow.views.receipt import OtherTextView, ReceiptView

TODAY = date(2021, 3, 1)


def told(receipt: Receipt) -> ReceiptView:
    """Return what a receipt tells."""
    return receipt.view("en")


@pytest.fixture
def asked(gr: Traject) -> Traject:
    """The councils are asked for a decision in principle."""
    gr.advance("principebesluit", "2020-11-24")
    return gr


def agreed(traject: Traject, number: int, text: str | None = None) -> list[Record]:
    """Return the commands by which some councils agree."""
    councils = list(bodies(traject.definition, "raad"))[:number]
    on = parse_date("2021-01-26")
    return [
        Record("principebesluit", body, "ingestemd", on, reference="a source", text=text)
        for body in councils
    ]


# --- entries -------------------------------------------------------------------------------------


def test_a_decision_tells_how_far_its_request_is(asked: Traject) -> None:
    """Of several at once, the last does; whose turn it is then, is there too."""
    view = told(asked.do_all(agreed(asked, 2)))
    waiting = tuple(bodies(asked.definition, "raad"))[2:]
    first, last = (each.progress for each in view.entries)
    assert first is None
    assert last is not None
    assert (2, 7, waiting) == (last.recorded, last.asked, last.waiting_for)
    assert view.seq == view.entries[-1].entry.seq == asked.last
    assert (2, 0, False) == (view.recorded, view.repeated, view.dry_run)
    turn = next(each for each in view.turns if each.what == "raadsvoorstel")
    assert {body.partition(".")[0] for body in waiting} <= set(turn.subjects)


def test_the_last_decision_opens_what_waited_for_it(asked: Traject) -> None:
    """What is open and was not is told, with the command that makes the move."""
    view = told(asked.do_all(agreed(asked, 7)))
    assert (OpenedView("principebesluit", "vaststellen", "vastgesteld"),) == view.opened
    moves = action("advance", process=asked.id, milestone="principebesluit", trigger="vaststellen")
    assert NextView(Follows.OPENED, None, (moves,)) == view.next


def test_a_move_tells_the_round_it_opens(gr: Traject) -> None:
    """And what the milestone then waits for comes next."""
    view = told(gr.advance("principebesluit", "2020-11-24"))
    assert [(True, 1)] == [(each.opens_round, each.round) for each in view.entries]
    explain = action("explain", process=gr.id, milestone="principebesluit")
    assert NextView(Follows.WAITS, "principebesluit", (explain,)) == view.next


def test_an_attested_move_tells_what_is_missing(asked: Traject) -> None:
    """All that its gate asks and is not on record."""
    view = told(asked.attest("principebesluit", "2021-02-20"))
    (move,) = view.entries[0].not_proved
    assert Basis.ATTESTED is move.basis
    assert tuple(bodies(asked.definition, "raad")) == move.missing[0].waiting_for


def test_another_text_is_told_with_what_mends_it(asked: Traject) -> None:
    """The command is there, with what only the reader knows still to be filled in."""
    one, other = "1" * 64, "2" * 64
    first, second = agreed(asked, 2)
    asked.do_all([agreed(asked, 1, text=one)[0]])
    view = told(asked.do_all([agreed(asked, 2, text=other)[1]]))
    (entry,) = view.entries
    assert (OtherTextView(one, (first.body,)),) == entry.other_texts
    mending = action("correct", process=asked.id, seq=str(view.seq), text=BLANK, reason=BLANK)
    assert mending == entry.mending
    assert second.body == entry.entry.payload["body"]


# --- what is otherwise ---------------------------------------------------------------------------


def test_a_correction_tells_what_came_in_question(asked: Traject) -> None:
    """What differs by it, which moves, and where to read what settles them."""
    asked.do_all(agreed(asked, 7))
    asked.advance("principebesluit", "2021-02-20")
    view = told(asked.correct(asked.last - 1, outcome="verworpen"))
    (move,) = view.in_question
    assert ("principebesluit", "in-route", "vastgesteld") == (
        move.milestone,
        move.source,
        move.target,
    )
    assert view.different is not None
    (change,) = view.different.milestones
    assert (Basis.DECIDED, Basis.IN_QUESTION) == (change.before.basis, change.after.basis)
    assert view.next is not None
    assert (Follows.SETTLE, "principebesluit") == (view.next.follows, view.next.milestone)


def test_a_new_date_tells_what_it_does_to_the_rest(gr: Traject) -> None:
    """Its goal is there in the language of the reader; all dates come next."""
    receipt = gr.replan("hoofdlijnennotitie.in-route", "2022-04", "2021-02-01")
    goals = {}
    for language in ("en", "nl"):
        view = receipt.view(language)
        replanned = view.entries[0].replanned
        assert replanned is not None
        assert ("hoofdlijnennotitie.in-route",) == replanned.knock_on.past_goal[:1]
        assert "2022-01-01" == replanned.goal
        goals[language] = replanned.goal_is
        assert view.next == NextView(Follows.DATES, None, (action("due", process=gr.id),))
    assert goals["en"] != goals["nl"]


def test_what_differs_is_told_of_corrections_alone(asked: Traject) -> None:
    """Of anything else it would be all that was recorded."""
    assert told(asked.do_all(agreed(asked, 1))).different is None


# --- tried, and repeated -------------------------------------------------------------------------


def test_a_dry_run_tells_what_would_be_and_nothing_to_do(gr: Traject) -> None:
    """Nothing follows on what was not recorded."""
    request = Request(Advance("principebesluit", parse_date("2020-11-24")), Called(gr.by))
    view = told(gr.engine.execute(gr.id, [request], dry=True))
    assert (True, 1, None) == (view.dry_run, view.recorded, view.next)
    assert view.seq == gr.last + 1


def test_a_command_that_is_repeated_by_its_key(gr: Traject) -> None:
    """It made no entry; where the process stands comes next."""
    on = parse_date("2020-11-24")
    gr.do(Advance("principebesluit", on), key="k")
    view = told(gr.do(Advance("principebesluit", on), key="k"))
    assert ((), 0, 1, gr.last) == (view.entries, view.recorded, view.repeated, view.seq)
    assert view.next == NextView(Follows.STATUS, None, (action("status", process=gr.id),))
