"""What becomes of an answer: it is sent, it is received, each of its points is replied to."""

from datetime import date

import pytest

from definitions.language.errors import InvalidValue, NotFound
from tests.support.engine import Traject, refused
from workflow.decide.correct import CannotCorrect
from workflow.decide.follow_up import AlreadyTaken, NoAnswer
from workflow.decide.report import NotReplied
from workflow.model.commands import Change
from workflow.model.state import FollowUpState, Step
from workflow.rules.fold import fold
from workflow.rules.refusals import DateRefused, Missing, NotAllowed
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView
from workflow.views.requests import DecisionView
from workflow.views.seen import Seen
from workflow.views.status import status_view


@pytest.fixture
def answered(asked: Traject) -> Traject:
    """The council of Oost answers with two points, on 1 February."""
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01", points=("money", "staff"))
    return asked


def answer_of(traject: Traject, body: str) -> DecisionView:
    """Return what a body answered to the councils' request, as it is shown."""
    seen = Seen(traject.definition, traject.state, date(2021, 2, 20), traject.id)
    given = status_view(seen).milestones[0].requests[0].given
    return {each.body: each for each in given}[body]


def term_of(traject: Traject, on: date) -> DueView:
    """Return the term of the councils' answers, as it is shown on a day."""
    seen = Seen(traject.definition, traject.state, on, traject.id)
    return {each.id: each for each in dues_view(seen).dues}["vraag/raden"]


# --- the steps -----------------------------------------------------------------------------------


def test_each_step_has_its_own_day(answered: Traject) -> None:
    """Decided, sent, received and replied to: four days, all of them shown."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    answered.received("vraag", "oost.raad", "2021-02-05")
    answered.reply("vraag", "oost.raad", 2, "2021-02-10")

    shown = answer_of(answered, "oost.raad")
    assert ("2021-02-01", "2021-02-03", "2021-02-05") == (
        shown.effective,
        shown.sent,
        shown.received,
    )
    assert [(1, "money", None), (2, "staff", "2021-02-10")] == [
        (point.number, point.says, point.replied) for point in shown.points
    ]
    assert [] == answered.problems


def test_steps_are_recorded_in_any_order_that_the_dates_allow(answered: Traject) -> None:
    """The day of sending may become known after that of receipt; the state is the same."""
    answered.received("vraag", "oost.raad", "2021-02-05")
    answered.sent("vraag", "oost.raad", "2021-02-03")
    key = ("vraag", "raden", 1, "oost.raad")
    assert {
        (*key, Step.RECEIVED, 0): FollowUpState("2021-02-05", date(2021, 2, 5), 6),
        (*key, Step.SENT, 0): FollowUpState("2021-02-03", date(2021, 2, 3), 7),
    } == answered.stored.follow_ups
    assert fold(answered.definition, answered.journal) == answered.stored


def test_a_step_was_not_taken_before_its_day(answered: Traject) -> None:
    """Looking back to the day before, nobody had received anything."""
    answered.received("vraag", "oost.raad", "2021-02-05")
    assert {} == answered.as_of("2021-02-04").follow_ups
    assert 1 == len(answered.as_of("2021-02-05").follow_ups)


def test_a_step_is_withdrawn_and_comes_back(answered: Traject) -> None:
    """A correction and its correction back leave the state as if neither had been."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    before = answered.stored
    answered.withdraw(answered.last)
    assert {} == answered.stored.follow_ups
    answered.correct(6)
    assert before == answered.stored
    assert [] == answered.problems


def test_receipt_meets_a_term_where_it_says_so(asked: Traject) -> None:
    """Decided in time is not proved to be in time until the receipt is on record."""
    for body in ("oost.raad", "west.raad", "zuid.raad"):
        asked.record("vraag", body, "reactie", "2021-02-20")
    asked.received("vraag", "oost.raad", "2021-02-28")
    asked.received("vraag", "west.raad", "2021-03-02")
    due = term_of(asked, date(2021, 3, 10))
    assert (True, False) == (due.met, due.proved)
    assert (("zuid.raad",), ("west.raad",)) == (due.unreceived, due.late)
    asked.received("vraag", "zuid.raad", "2021-03-01")
    due = term_of(asked, date(2021, 3, 10))
    assert (True, True, ()) == (due.met, due.proved, due.unreceived)


def test_a_signature_that_is_asked_for_and_lacks_is_named(asked: Traject) -> None:
    """The letter has places for two signatures; one is on record."""
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01", signed_by=("griffier",))
    shown = answer_of(asked, "oost.raad")
    assert (("griffier",), ("voorzitter",)) == (shown.signed_by, shown.unsigned)
    asked.correct(asked.last, signed_by=("griffier", "voorzitter"))
    assert () == answer_of(asked, "oost.raad").unsigned


# --- what is refused -----------------------------------------------------------------------------


def test_what_was_not_answered_cannot_be_followed_up(answered: Traject) -> None:
    """No answer, held over, or answered only later than the step."""
    with refused(answered, NoAnswer) as caught:
        answered.sent("vraag", "west.raad", "2021-02-03")
    assert "No answer of west.raad is known on Wed 3 February 2021." == caught.sentence
    assert (
        "Record what it decided first: mijlpaal record PROCESS vraag west.raad OUTCOME "
        "--request raden --on DATE"
    ) == caught.advice
    answered.record("vraag", "west.raad", "aangehouden", "2021-02-03")
    with refused(answered, NoAnswer):
        answered.sent("vraag", "west.raad", "2021-02-03")
    with refused(answered, NoAnswer) as caught:
        answered.sent("vraag", "oost.raad", "2021-01-31")
    assert "No answer of oost.raad is known on Sun 31 January 2021." == caught.sentence


def test_a_step_is_taken_once(answered: Traject) -> None:
    """The second time names the first."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    with refused(answered, AlreadyTaken) as caught:
        answered.sent("vraag", "oost.raad", "2021-02-04")
    assert "That was recorded already: on Wed 3 February 2021, as entry 6." == caught.sentence
    assert "If that is wrong: mijlpaal correct PROCESS 6 --withdraw --reason WHY" == caught.advice
    answered.reply("vraag", "oost.raad", 1, "2021-02-04")
    with refused(answered, AlreadyTaken):
        answered.reply("vraag", "oost.raad", 1, "2021-02-05")


def test_received_is_not_before_sent(answered: Traject) -> None:
    """Whichever of the two is recorded first."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    with refused(answered, DateRefused) as caught:
        answered.received("vraag", "oost.raad", "2021-02-02")
    assert "It was sent on Wed 3 February 2021 (entry 6), after that." == caught.sentence
    answered.withdraw(answered.last)
    answered.received("vraag", "oost.raad", "2021-02-03")
    with refused(answered, DateRefused) as caught:
        answered.sent("vraag", "oost.raad", "2021-02-04")
    assert "It was received on Wed 3 February 2021 (entry 8), before that." == caught.sentence


@pytest.mark.parametrize("point", [0, 3, -1, None])
def test_a_reply_is_to_a_point_there_is(answered: Traject, point: int | None) -> None:
    """Two points, numbered from 1."""
    with refused(answered, NoAnswer) as caught:
        answered.reply("vraag", "oost.raad", point, "2021-02-03")
    assert f"The answer of oost.raad has no point {point or 0}." == caught.sentence
    assert "Its points are numbered from 1 to 2." == caught.advice


def test_a_reply_is_to_an_answer_with_points(asked: Traject) -> None:
    """Where none are on record there is nothing to reply to; correcting the answer adds them."""
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01")
    with refused(asked, NoAnswer) as caught:
        asked.reply("vraag", "oost.raad", 1, "2021-02-03")
    assert "The answer of oost.raad has no points on record." == caught.sentence
    assert (
        "Points are recorded with it; correct entry 5: mijlpaal correct PROCESS 5 "
        "--point TEXT --reason WHY"
    ) == caught.advice
    asked.correct(5, points=("money",))
    asked.reply("vraag", "oost.raad", 1, "2021-02-03")
    assert [] == asked.problems


def test_only_a_reply_is_about_a_point(answered: Traject) -> None:
    """An answer is sent as a whole."""
    with refused(answered, InvalidValue) as caught:
        answered.sent("vraag", "oost.raad", "2021-02-03", point=1)
    assert "Only a reply is about one point of an answer." == caught.sentence


def test_whose_business_a_step_is(answered: Traject) -> None:
    """Its own griffier says it was sent; for another party, or its receipt, nobody else does."""
    answered.seat("griffier@oost", "anna", "2021-01-04")
    answered.seat("griffier@west", "bea", "2021-01-04")
    with refused(answered.as_actor("bea"), NotAllowed):
        answered.as_actor("bea").sent("vraag", "oost.raad", "2021-02-03")
    with refused(answered.as_actor("anna"), NotAllowed):
        answered.as_actor("anna").received("vraag", "oost.raad", "2021-02-03")
    with refused(answered.as_actor("anna"), NotAllowed):
        answered.as_actor("anna").reply("vraag", "oost.raad", 1, "2021-02-03")
    with refused(answered, Missing):
        answered.sent("vraag", "oost.raad", "2021-02-03", reference=None)
    answered.as_actor("anna").sent("vraag", "oost.raad", "2021-02-03", reference=None)


def test_an_unknown_name_or_date_is_refused(answered: Traject) -> None:
    """No such milestone, body or request; no day, or one to come."""
    with refused(answered, NotFound):
        answered.sent("vragen", "oost.raad", "2021-02-03")
    with refused(answered, NotFound):
        answered.sent("vraag", "noord.raad", "2021-02-03")
    with refused(answered, NotFound):
        answered.sent("vraag", "oost", "2021-02-03")
    with refused(answered, DateRefused):
        answered.sent("vraag", "oost.raad", "unknown")
    with refused(answered, DateRefused):
        answered.sent("vraag", "oost.raad", "2023-01-01")


# --- a task that replies -------------------------------------------------------------------------


def test_a_reply_is_finished_when_each_point_has_one(answered: Traject) -> None:
    """Under way is no promise; done is refused with the numbers that wait."""
    answered.task("vraag/reactie", "bezig", "2021-02-05", "oost")
    with refused(answered, NotReplied) as caught:
        answered.task("vraag/reactie", "verzonden", "2021-02-05", "oost")
    assert "2 points of the answer of oost have no reply yet: 1, 2." == caught.sentence
    answered.reply("vraag", "oost.raad", 1, "2021-02-05")
    with refused(answered, NotReplied) as caught:
        answered.task("vraag/reactie", "verzonden", "2021-02-05", "oost")
    assert "One point of the answer of oost has no reply yet: 2." == caught.sentence
    answered.reply("vraag", "oost.raad", 2, "2021-02-06")
    answered.task("vraag/reactie", "verzonden", "2021-02-06", "oost")
    assert [] == answered.problems


def test_a_reply_of_later_does_not_finish_it_earlier(answered: Traject) -> None:
    """What counts is which points had a reply on the day it is said to be finished."""
    answered.reply("vraag", "oost.raad", 1, "2021-02-10")
    answered.reply("vraag", "oost.raad", 2, "2021-02-10")
    with refused(answered, NotReplied):
        answered.task("vraag/reactie", "verzonden", "2021-02-09", "oost")
    answered.task("vraag/reactie", "verzonden", "2021-02-10", "oost")


def test_a_finished_reply_keeps_its_points_answered(answered: Traject) -> None:
    """Neither a reply is withdrawn under it nor a point added; the last thing goes first."""
    for point in (1, 2):
        answered.reply("vraag", "oost.raad", point, "2021-02-10")
    answered.task("vraag/reactie", "verzonden", "2021-02-11", "oost")
    with refused(answered, CannotCorrect) as caught:
        answered.withdraw(7)
    assert "Later entries rest on that: vraag/reactie@oost (8)." == caught.sentence
    with refused(answered, CannotCorrect):
        answered.correct(5, points=("money", "staff", "time"))
    answered.withdraw(8)
    answered.withdraw(7)
    assert [] == answered.problems


# --- corrections of the answer -------------------------------------------------------------------


def test_an_answer_that_was_sent_stays_an_answer(answered: Traject) -> None:
    """It is neither withdrawn nor made into one held over while a step rests on it."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    changes: list[dict[str, Change]] = [{}, {"outcome": "aangehouden", "points": ()}]
    with refused(answered, CannotCorrect) as caught:
        answered.withdraw(5)
    assert "Later entries rest on that: oost.raad, sent (6)." == caught.sentence
    with refused(answered, CannotCorrect):
        answered.correct(5, **changes[1])
    answered.correct(5, votes="19-4")
    assert [] == answered.problems


def test_a_point_that_was_replied_to_stays(answered: Traject) -> None:
    """A reply is to what the point said: that is not taken away or changed under it."""
    answered.reply("vraag", "oost.raad", 2, "2021-02-05")
    for points in (("money",), ("money", "people"), ("staff", "money")):
        with refused(answered, CannotCorrect) as caught:
            answered.correct(5, points=points)
        assert "Later entries rest on that: oost.raad, replied (6)." == caught.sentence
    answered.correct(5, points=("funds", "staff"))
    assert ("funds", "staff") == answered.stored.decisions["vraag", "raden", 1, "oost.raad"].points


@pytest.mark.parametrize("name", ["points", "signed_by"])
def test_a_correction_to_what_is_there_already_is_none(asked: Traject, name: str) -> None:
    """Also where what is there is a list."""
    says = ("griffier", "voorzitter")
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01", **{name: says})
    with refused(asked, InvalidValue) as caught:
        asked.correct(asked.last, **{name: says})
    assert "Entry 5 already has that." == caught.sentence


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"points": ("a", " ")}, "A point is not empty."),
        ({"signed_by": ("koning",)}, "There is no signature on “raden” “koning”."),
        (
            {"outcome": "aangehouden", "points": ("a",)},
            "“aangehouden” answers nothing yet, so it has no points.",
        ),
    ],
)
def test_what_an_answer_cannot_say(asked: Traject, more: dict[str, str], sentence: str) -> None:
    """An empty point, a signature nobody asks for, points of what answers nothing."""
    asked_for = {"outcome": "reactie", **more}
    with refused(asked, NotFound if "signed_by" in more else InvalidValue) as caught:
        asked.record("vraag", "oost.raad", on="2021-02-01", **asked_for)
    assert sentence == caught.sentence


# --- rounds --------------------------------------------------------------------------------------


def test_a_new_round_has_no_answers_to_follow_up(answered: Traject) -> None:
    """What was sent belongs to the round it answers; the move that began it stands under it."""
    answered.sent("vraag", "oost.raad", "2021-02-03")
    answered.advance("vraag", "2021-03-01", "terug")
    answered.advance("vraag", "2021-03-02")
    with refused(answered, NoAnswer):
        answered.received("vraag", "oost.raad", "2021-03-05")
    answered.received("vraag", "oost.raad", "2021-02-05")
    assert [1, 1] == sorted(key[2] for key in answered.stored.follow_ups)
    with refused(answered, CannotCorrect):
        answered.withdraw(4)
    assert [] == answered.problems
