"""What is needed by a day and came later: refusals and screens name the entry, and the mending."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from screens.errors import error_screen
from screens.page import Page
from tests.support.definitions import load
from tests.support.engine import ANSWERS, ODD, Caught, Traject, World, refused
from workflow.decide.follow_up import AlreadyTaken, NoAnswer
from workflow.decide.report import AlreadyReported, NotReplied
from workflow.model.state import Basis
from workflow.rules.conflicts import AlreadyLeft
from workflow.rules.refusals import (
    AlreadyDecided,
    AskedTooSoon,
    GateClosed,
    NotAdmitted,
    NotArisen,
    Refused,
)
from workflow.rules.remedies import settling
from workflow.storage.database import Database
from workflow.views.explain import explain_view
from workflow.views.seen import Seen


def said_of(caught: Caught) -> list[str]:
    """Return what a refusal says of what came later."""
    assert isinstance(caught.error, Refused)
    return [str(each.sentence) for each in caught.error.later]


def typed(traject: Traject, caught: Caught) -> list[str]:
    """Return the corrections that a refusal shows, as they are typed."""
    assert caught.error is not None
    screen = error_screen(caught.error.of(traject.id), Page(width=500))
    lines = (line.strip() for line in screen.splitlines())
    return [line.removeprefix("mijlpaal ") for line in lines if line.startswith("mijlpaal correct")]


def mending(traject: Traject, seq: int, on: str) -> list[str]:
    """Return how the date of an entry is mended."""
    return [f"correct {traject.id} {seq} --on {on} --reason 'the date was wrong'"]


@pytest.fixture
def route(gr: Traject) -> Traject:
    """The outline memorandum is in route since 1 March; Sliedrecht closed its questions in May."""
    gr.attest("hoofdlijnennotitie", "2021-03-01", "voorbereiden")
    for _ in range(3):
        gr.attest("hoofdlijnennotitie", "2021-03-01")
    gr.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-05-25", "sliedrecht")
    return gr


def test_a_task_that_is_done_later_is_named(route: Traject) -> None:
    """Whoever records the decision of 15 May hears of 25 May, and mends it as it stands there."""
    done = route.last
    with refused(route, AskedTooSoon) as caught:
        route.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-05-15")
    task = "hoofdlijnennotitie/technische-vragen@sliedrecht"
    assert [
        f"{task} was reported “gesloten” on Tue 25 May 2021 (entry {done}), which is after "
        "Sat 15 May 2021."
    ] == said_of(caught)
    assert "First:" not in caught.advice
    assert mending(route, done, "2021-05-15") == typed(route, caught)

    with refused(route, AlreadyReported) as caught:
        route.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-05-14", "sliedrecht")
    assert mending(route, done, "2021-05-14") == typed(route, caught)

    route.correct(done, on=parse_date("2021-05-15"))
    route.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-05-15")


def test_a_state_that_was_entered_later_is_named(route: Traject) -> None:
    """A decision of before the route, and a task of before it."""
    moved = route.milestone("hoofdlijnennotitie").seq
    said = (
        f"“hoofdlijnennotitie” went to “in-route” on Mon 1 March 2021 (entry {moved}), which is "
        "after Mon 15 February 2021."
    )
    with refused(route, NotAdmitted) as caught:
        route.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-02-15")
    assert [said] == said_of(caught)
    with refused(route, NotAdmitted) as caught:
        route.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-02-15", "dordrecht")
    assert [said] == said_of(caught)


def test_a_decision_that_fell_later_is_named(gr: Traject) -> None:
    """Only those that a gate waits for, each with its entry; as of that day, too."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-01-26")
    mended = next(each.seq for each in gr.journal if "sliedrecht.raad" in str(each.event))
    gr.correct(mended, on=parse_date("2021-02-16"))
    said = [
        f"sliedrecht.raad decided “ingestemd” on Tue 16 February 2021 (entry {mended}), which is "
        "after Wed 10 February 2021."
    ]
    with refused(gr, GateClosed) as caught:
        gr.advance("principebesluit", "2021-02-10")
    assert said == said_of(caught)
    assert mending(gr, mended, "2021-02-10") == typed(gr, caught)
    with refused(gr, AlreadyDecided) as caught:
        gr.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-09")
    assert mending(gr, mended, "2021-02-09") == typed(gr, caught)
    with refused(gr, AlreadyDecided) as caught:
        gr.record("principebesluit", "sliedrecht", "verworpen", "2021-02-09")
    assert [] == typed(gr, caught)

    day = date(2021, 2, 10)
    seen = Seen(gr.definition, gr.as_of("2021-02-10"), day, gr.id, as_of=day)
    view = explain_view(seen, gr.definition.milestones["principebesluit"], present=gr.state)
    assert said == [str(each.sentence) for each in view.later]


def test_a_move_that_is_in_question_is_settled_by_a_date(gr: Traject) -> None:
    """What is there, later, is not to be recorded once more."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-10")
    gr.advance("principebesluit", "2021-02-20")
    gr.correct(5, on=parse_date("2021-02-21"), out_of_order="it met later")
    assert ("vastgesteld", Basis.IN_QUESTION) == gr.stand("principebesluit")

    now = gr.snapshot(date(2021, 3, 1))
    found = settling(gr.id, "principebesluit", now)
    assert "correct" == found[0].command
    given = {**found[0].values, "reason": ""}
    assert {"process": gr.id, "seq": "5", "on": "2021-02-20", "reason": ""} == given
    assert [] == [each for each in found if each.command == "record"]
    seen = Seen(gr.definition, gr.state, now.day, gr.id)
    (move,) = explain_view(seen, gr.definition.milestones["principebesluit"]).not_proved
    assert [5] == [each.seq for each in move.later]


def test_a_part_and_a_milestone_that_came_later_are_named(database: Database, world: World) -> None:
    """Of a gate with more than one way to hold."""
    odd = Traject(database, load(ODD), world)
    odd.start()
    odd.part("tekst/kern", "concept", "2021-01-10")
    part = odd.last
    with refused(odd, GateClosed) as caught:
        odd.advance("eerste", "2021-01-08", "beginnen")
    assert mending(odd, part, "2021-01-08") == typed(odd, caught)
    odd.advance("eerste", "2021-01-12", "beginnen")
    for body in ("oost.raad", "west.raad", "zuid.staten"):
        odd.record("eerste", body, "voor", "2021-01-13")
    odd.advance("eerste", "2021-01-20", to="genomen")
    moved = odd.last
    with refused(odd, GateClosed) as caught:
        odd.advance("tweede", "2021-01-15", "beginnen")
    assert [
        f"“eerste” went to “genomen” on Wed 20 January 2021 (entry {moved}), which is after "
        "Fri 15 January 2021."
    ] == said_of(caught)


@pytest.fixture
def answers(database: Database, world: World) -> Traject:
    """Oost answered on 1 February, in one point."""
    traject = Traject(database, load(ANSWERS), world)
    traject.start()
    traject.part("stuk/kern", "volledig", "2021-01-05")
    traject.advance("vraag", "2021-01-10")
    traject.record("vraag", "oost.raad", "reactie", "2021-02-01", points=("a",))
    return traject


def test_an_answer_that_was_given_later_is_named(answers: Traject) -> None:
    """By who sends it, by the task that arises from it, and by the reply."""
    decided = answers.last
    for kind in (NoAnswer, NotArisen):
        with refused(answers, kind) as caught:
            if kind is NoAnswer:
                answers.sent("vraag", "oost.raad", "2021-01-20")
            else:
                answers.task("vraag/reactie", "bezig", "2021-01-20", "oost")
        assert mending(answers, decided, "2021-01-20") == typed(answers, caught)
    answers.sent("vraag", "oost.raad", "2021-02-03")
    with refused(answers, AlreadyTaken) as caught:
        answers.sent("vraag", "oost.raad", "2021-02-02")
    assert mending(answers, answers.last, "2021-02-02") == typed(answers, caught)

    answers.reply("vraag", "oost.raad", 1, "2021-02-10")
    replied = answers.last
    with refused(answers, NotReplied) as caught:
        answers.task("vraag/reactie", "verzonden", "2021-02-08", "oost")
    assert mending(answers, replied, "2021-02-08") == typed(answers, caught)


def test_who_left_on_another_day_is_mended(answers: Traject) -> None:
    """It is not withdrawn and said anew."""
    answers.leave("zuid", "2021-02-20")
    with refused(answers, AlreadyLeft) as caught:
        answers.leave("zuid", "2021-02-15")
    assert mending(answers, answers.last, "2021-02-15") == typed(answers, caught)
