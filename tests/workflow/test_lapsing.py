"""Terms that passed in silence: the engine says so when it is asked, dated as it happened."""

from datetime import date

import pytest

from tests.support.definitions import load
from tests.support.engine import ANSWERS, Traject, refused
from workflow.engine import Receipt
from workflow.lapsing import lapsed
from workflow.refusals import DateRefused
from workflow.storage.database import Database


@pytest.fixture
def late(asked: Traject) -> Traject:
    """The councils were asked until 1 March; it is August, and Oost answered."""
    asked.world.it_is("2021-08-01")
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01")
    return asked


def found(traject: Traject) -> dict[str, str]:
    """Return of whom it can be said that the term passed, and as of when."""
    today = traject.world.now.date()
    return {each.body: str(each.on) for each in lapsed(traject.definition, traject.state, today)}


def lapse(traject: Traject) -> Receipt:
    """Record it of all of them."""
    return traject.do_all(lapsed(traject.definition, traject.state, traject.world.now.date()))


def test_who_is_silent_lapses_on_the_day_after_the_term(late: Traject) -> None:
    """Not who answered; the college of Oost was asked by its council's answer, and is silent."""
    assert {
        "west.raad": "2021-03-02",
        "zuid.raad": "2021-03-02",
        "oost.college": "2021-03-16",
    } == found(late)
    lapse(late)
    given = late.stored.decisions["vraag", "raden", 1, "west.raad"]
    assert ("verstreken", date(2021, 3, 2)) == (given.outcome, given.effective_on)
    assert [] == late.problems


def test_a_term_that_ends_today_has_not_passed(asked: Traject) -> None:
    """Tomorrow it has."""
    asked.world.it_is("2021-03-01")
    assert {} == found(asked)
    asked.world.it_is("2021-03-02")
    assert {"oost.raad", "west.raad", "zuid.raad"} == set(found(asked))


def test_lapsing_opens_what_had_to_come_first(late: Traject) -> None:
    """The colleges of the councils that let their term pass are asked then; once more, no more."""
    lapse(late)
    assert {"west.college": "2021-03-16", "zuid.college": "2021-03-16"} == found(late)
    lapse(late)
    assert {} == found(late)


def test_who_was_asked_after_the_term_lapses_when_it_was(late: Traject) -> None:
    """The term of the colleges ended in March, and this council answered in May."""
    late.record("vraag", "west.raad", "reactie", "2021-05-03")
    assert "2021-05-03" == found(late)["west.college"]
    lapse(late)
    assert [] == late.problems


def test_held_over_is_silence(late: Traject) -> None:
    """Who held it over has answered nothing when the term ends."""
    late.record("vraag", "west.raad", "aangehouden", "2021-02-20")
    assert "2021-03-02" == found(late)["west.raad"]
    lapse(late)


def test_a_round_that_was_opened_after_the_term_lapses_in_that_round(late: Traject) -> None:
    """Not in the one before it, in which this council had answered."""
    late.advance("vraag", "2021-04-01", "terug")
    assert {} == found(late)
    late.advance("vraag", "2021-05-01")
    assert {"oost.raad": "2021-05-01", "west.raad": "2021-05-01", "zuid.raad": "2021-05-01"} == (
        found(late)
    )
    lapse(late)
    assert {1: 1, 2: 3} == {
        round_: sum(key[2] == round_ for key in late.stored.decisions) for round_ in (1, 2)
    }
    assert [] == late.problems


def test_a_term_that_was_moved_lapses_on_its_new_date(late: Traject) -> None:
    """And not before it."""
    late.replan("vraag/raden", "2021-07-01", "2021-02-15")
    assert "2021-07-02" == found(late)["west.raad"]
    late.replan("vraag/raden", "2021-09-01", "2021-02-16")
    assert "west.raad" not in found(late)


def test_who_left_is_not_silent(late: Traject) -> None:
    """Nothing was asked of it any more."""
    late.leave("zuid", "2021-02-10")
    assert {"west.raad", "oost.college"} == set(found(late))


def test_a_term_that_counts_from_an_event_lapses_by_it(database: Database) -> None:
    """Eight weeks after the text was put; before it was, nothing can lapse."""
    traject = Traject(database, load(ANSWERS))
    traject.start()
    traject.attest("besluit", "2021-02-01")
    assert "2021-03-30" == found(traject)["oost.raad"]
    traject.do_all(
        each
        for each in lapsed(traject.definition, traject.state, date(2021, 8, 1))
        if each.milestone == "besluit"
    )
    traject.advance("besluit", "2021-03-30", "nemen")
    assert [] == traject.problems


def test_a_term_is_not_said_to_have_passed_before_it_has(asked: Traject) -> None:
    """By hand neither: on its last day it has not."""
    with refused(asked, DateRefused) as caught:
        asked.record("vraag", "west.raad", "verstreken", "2021-03-01")
    assert (
        "The term of west.raad has not passed on 2021-03-01: it ends 2021-03-01." == caught.sentence
    )
    asked.record("vraag", "west.raad", "verstreken", "2021-03-02")
