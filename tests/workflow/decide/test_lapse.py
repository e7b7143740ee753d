"""Terms that passed in silence: the engine says so when it is asked, dated as it happened."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.support.definitions import example, load
from tests.support.engine import ANSWERS, Traject, World, refused
from workflow.decide.lapse import lapse_commands
from workflow.model.state import Basis
from workflow.rules.fold import fold
from workflow.rules.refusals import DateRefused, GateClosed
from workflow.storage.database import Database
from workflow.unit_of_work import Receipt
from workflow.views.due_list import dues_view
from workflow.views.seen import Seen


@pytest.fixture
def late(asked: Traject) -> Traject:
    """The councils were asked until 1 March; it is August, and Oost answered."""
    asked.world.it_is("2021-08-01")
    asked.record("vraag", "oost.raad", "reactie", "2021-02-01")
    return asked


def found(traject: Traject) -> dict[str, str]:
    """Return of whom it can be said that the term passed, and as of when."""
    today = traject.world.now.date()
    return {each.body: str(each.on) for each in lapse_commands(traject.snapshot(today))}


def lapse(traject: Traject) -> Receipt:
    """Record it of all of them."""
    return traject.do_all(lapse_commands(traject.snapshot(traject.world.now.date())))


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


COUNCILS = {"oost.raad", "west.raad", "zuid.raad"}


def annexes(traject: Traject) -> None:
    """Bring every annex to its last level in November."""
    for party in ("oost", "west", "zuid"):
        traject.part("tekst/bijlage", "volledig", "2021-11-03", party)


@pytest.mark.parametrize(
    ("after", "happens", "lapses"),
    [
        ("{parts: tekst, level: volledig}", annexes, "2021-11-03"),
        ("{part: tekst/kern, level: volledig}", annexes, "2021-10-01"),
        (
            "{milestone: slot, state: vervallen}",
            lambda each: each.advance("slot", "2021-11-15", "stoppen"),
            "2021-11-15",
        ),
        (
            "{not: {milestone: slot, state: open}}",
            lambda each: each.advance("slot", "2021-11-15", "stoppen"),
            "2021-11-15",
        ),
        ("{date: 2021-11-01}", None, "2021-11-01"),
        ("{date: 2022-01-01}", None, None),
        (
            "{tasks: flyer}",
            lambda each: each.task("flyer", "verspreid", "2021-11-04"),
            "2021-11-04",
        ),
        ("{past: voorstel.in-route}", None, "2021-10-01"),
        (
            "{past: voorstel.in-route}",
            lambda each: each.replan("voorstel.in-route", "2021-11-30", "2021-02-15"),
            "2021-12-01",
        ),
        (
            "{all: [{date: 2021-11-01}, {any: [{date: 2021-11-20}, {tasks: flyer}]}]}",
            lambda each: each.task("flyer", "verspreid", "2021-11-18"),
            "2021-11-18",
        ),
    ],
)
def test_who_is_asked_after_the_term_lapses_when_what_comes_first_has(
    database: Database,
    world: World,
    after: str,
    happens: Callable[[Traject], object] | None,
    lapses: str | None,
) -> None:
    """Whatever that is: a part, a milestone, a task, a date; and it can be recorded so."""
    definition = load(
        example(
            (
                "besluit: {voor: for,",
                "besluit: {zwijgt: {counts: for, needs: past-due}, voor: for,",
            ),
            ("        ladder: gewoon\n", f"        after: {after}\n"),
        )
    )
    world.it_is("2021-12-20")
    traject = Traject(database, definition, world)
    traject.start()
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    if happens is not None:
        happens(traject)
    traject.advance("voorstel", "2021-03-01", "in-route")

    assert found(traject) == ({} if lapses is None else dict.fromkeys(sorted(COUNCILS), lapses))
    lapse(traject)
    assert [] == traject.problems


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
    """Who held it over has answered nothing when the term ends, nor when it did so after that."""
    late.record("vraag", "west.raad", "aangehouden", "2021-02-20")
    late.record("vraag", "zuid.raad", "aangehouden", "2021-03-20")
    assert {"west.raad": "2021-03-02", "zuid.raad": "2021-03-20", "oost.college": "2021-03-16"} == (
        found(late)
    )
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


def test_a_term_that_was_given_an_earlier_date_afterwards_lapses_when_it_was(
    late: Traject,
) -> None:
    """On the day after its new date nobody knew yet that it had passed."""
    late.replan("vraag/raden", "unknown", "2021-02-15")
    late.replan("vraag/raden", "2021-05-17", "2021-06-07")
    assert "2021-06-07" == found(late)["west.raad"]
    lapse(late)
    assert [] == late.problems


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
        for each in lapse_commands(traject.snapshot(date(2021, 8, 1)))
        if each.milestone == "besluit"
    )
    traject.advance("besluit", "2021-03-30", "nemen")
    assert [] == traject.problems


def test_a_term_is_not_said_to_have_passed_before_it_has(asked: Traject) -> None:
    """By hand neither: on its last day it has not."""
    with refused(asked, DateRefused) as caught:
        asked.record("vraag", "west.raad", "verstreken", "2021-03-01")
    assert (
        "The term of west.raad has not passed on Mon 1 March 2021: it ends Mon 1 March 2021."
        == caught.sentence
    )
    asked.record("vraag", "west.raad", "verstreken", "2021-03-02")


# --- terms in rounds that were opened anew -----------------------------------------------------

OWN_TERMS = """
id: termijnen
version: 1
title: {en: Terms}
timezone: Europe/Amsterdam
begins: 2021-01-01
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, replan, record-on-behalf, note, member, party]}
  griffier: {per: party, may: [record, task]}
starter: [secretaris]
instruments: {mening: {gegeven: answered, verstreken: {counts: answered, needs: past-due}}}
structures:
  vraag:
    states: [klaar, bij-de-raden, rond, gestopt]
    final: {good: [rond], bad: [gestopt]}
    slots: [voorbij]
    tasks:
      ontvangst:
        {per: party, owner: griffier, in: bij-de-raden, each: round, results: {ontvangen: done}}
    transitions:
      sturen: {from: klaar, to: bij-de-raden, opens: round}
      terug: {from: bij-de-raden, to: klaar, explicit: true}
      afronden: {from: bij-de-raden, to: rond, gate: {slot: voorbij}}
      stoppen: {from: [klaar, bij-de-raden], to: gestopt, explicit: true, permission: stop}
milestones:
  vraag:
    structure: vraag
    requests:
      raden:
        of: each raad
        instrument: mening
        in: [bij-de-raden]
        due: {after: vraag/ontvangst, weeks: 4}
    gates: {voorbij: {past: vraag/raden}}
"""


def test_a_term_of_a_round_that_is_over_is_over_too(database: Database) -> None:
    """It counts from what was reported in the present round, in the tables as in the journal."""
    traject = Traject(database, load(OWN_TERMS))
    traject.start()
    traject.advance("vraag", "2021-01-10")
    traject.task("vraag/ontvangst", "ontvangen", "2021-01-11", "oost")
    traject.task("vraag/ontvangst", "ontvangen", "2021-01-12", "west")
    traject.advance("vraag", "2021-01-20", "terug")
    traject.advance("vraag", "2021-05-01")
    with refused(traject, GateClosed):
        traject.advance("vraag", "2021-05-02")

    assert dues_view(seen_now(traject)).dues == dues_view(seen_now(traject, as_of=True)).dues
    traject.attest("vraag", "2021-05-02", "afronden")
    assert ("rond", Basis.ATTESTED) == traject.stand("vraag")
    assert fold(traject.definition, traject.journal) == traject.stored
    assert [] == traject.problems


def test_terms_of_each_their_own_are_over_when_the_last_is(database: Database) -> None:
    """A gate on such a term waits for everybody who is asked."""
    traject = Traject(database, load(OWN_TERMS))
    traject.start()
    traject.advance("vraag", "2021-01-10")
    traject.task("vraag/ontvangst", "ontvangen", "2021-01-11", "oost")
    with refused(traject, GateClosed):
        traject.advance("vraag", "2021-06-01")
    traject.task("vraag/ontvangst", "ontvangen", "2021-05-10", "west")
    with refused(traject, GateClosed):
        traject.advance("vraag", "2021-06-07")
    traject.advance("vraag", "2021-06-08")
    assert ("rond", Basis.DECIDED) == traject.stand("vraag")


def seen_now(traject: Traject, *, as_of: bool = False) -> Seen:
    """Return what a view is drawn from: the tables, or the journal until today."""
    today = traject.world.now.date()
    state = traject.as_of(today.isoformat()) if as_of else traject.state
    return Seen(traject.definition, state, today, traject.id)
