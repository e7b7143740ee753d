"""Rounds: which one is open, what counts in it, and that the order of writing decides nothing."""

from itertools import permutations

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, MijlpaalError
from definitions.loading import load_definition
from definitions.model import Definition
from tests.support.definitions import no_parties
from tests.support.engine import Traject, World, refused
from workflow.model.commands import Advance, Command, Record, ReportTask
from workflow.model.state import Basis, State
from workflow.rules.refusals import TwiceADay
from workflow.rules.rounds import AmbiguousRound
from workflow.storage.database import Database

COUNCILS = """\
id: rondes
version: 1
title: {nl: Rondes, en: Rounds}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: none
parties:
  define:
    a: {name: A, kind: gemeente, bodies: [raad, college]}
    b: {name: B, kind: gemeente, bodies: [raad, college]}
    c: {name: C, kind: gemeente, bodies: [raad, college]}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, amend, note, member, party, task, record]}
starter: [s]
instruments:
  besluit: {ja: for, nee: against, later: pending}
structures:
  x:
    states: [voor, open, bijna, genomen, weg]
    final: {good: [genomen], bad: [weg]}
    slots: [besluit]
    tasks:
      vragen: {owner: s, in: [voor, open, bijna], each: round, results: {gesloten: done}}
    transitions:
      vervroegd: {from: voor, to: genomen, gate: {slot: besluit}, explicit: true}
      openen: {from: voor, to: open, opens: round}
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
      terug: {from: open, to: bijna, explicit: true}
      opnieuw: {from: bijna, to: open, opens: round}
      stoppen: {from: [voor, open, bijna], to: weg, explicit: true, permission: stop}
milestones:
  m:
    structure: x
    requests:
      raden: {of: each raad, instrument: besluit, in: [open], due: none}
    gates: {besluit: {all: [{request: raden, rule: all, counts: for}, {tasks: vragen}]}}
"""
EARLY = COUNCILS.replace("in: [open], due", "in: [voor, open], due").replace(
    "{all: [{request: raden, rule: all, counts: for}, {tasks: vragen}]}",
    "{request: raden, rule: all, counts: for}",
)
"""The same, but answers are admitted before any round is opened, and no task is asked."""


def of(written: str) -> Definition:
    """Return a definition of this page."""
    return load_definition(written.encode(), "rondes.yaml", no_parties)


def begun(database: Database, world: World, written: str) -> Traject:
    """Return a process that has begun."""
    found = Traject(database, of(written), world, "rondes", "s")
    found.start()
    return found


@pytest.fixture
def councils(database: Database, world: World) -> Traject:
    """Return a process in which councils are asked once a round is opened."""
    return begun(database, world, COUNCILS)


@pytest.fixture
def early(database: Database, world: World) -> Traject:
    """Return a process in which an answer is admitted before a round is opened."""
    return begun(database, world, EARLY)


def rounds(state: State) -> dict[str, int]:
    """Return in which round the answer of each body counts, by its party."""
    return {body.partition(".")[0]: number for _, _, number, body in state.decisions}


# --- the first round ---------------------------------------------------------------------------


def test_the_first_round_is_open_from_the_start(councils: Traject) -> None:
    """A transition that opens a round finds it unused, and opens that one."""
    assert 1 == councils.milestone("m").round
    councils.task("m/vragen", "gesloten", "2021-01-05")
    councils.advance("m", "2021-01-11", "openen")
    assert 1 == councils.milestone("m").round
    councils.all_record("m", "ja", "2021-01-18")

    councils.advance("m", "2021-01-25", "nemen")

    assert ("genomen", Basis.DECIDED) == councils.stand("m")
    assert [] == councils.problems


def test_an_answer_admitted_before_a_round_is_opened_counts(early: Traject) -> None:
    """It is of the first round: the gate that asks it sees it."""
    early.all_record("m", "ja", "2021-01-11")

    early.advance("m", "2021-01-18", "vervroegd")

    assert ("genomen", Basis.DECIDED) == early.stand("m")
    assert {"a": 1, "b": 1, "c": 1} == rounds(early.state)


def test_an_answer_of_the_first_round_does_not_count_in_the_next(early: Traject) -> None:
    """Where an answer could be given before, what opens a round opens the second."""
    early.record("m", "a", "nee", "2021-01-11")
    early.advance("m", "2021-01-18", "openen")
    assert 2 == early.milestone("m").round

    for party in "abc":
        early.record("m", party, "ja", "2021-01-25")
    early.advance("m", "2021-02-01", "nemen")

    assert ("genomen", Basis.DECIDED) == early.stand("m")
    assert [] == early.problems


def test_a_late_answer_is_of_the_round_that_was_open_on_its_day(early: Traject) -> None:
    """What is recorded after the second round was opened, and happened before, is of the first."""
    early.advance("m", "2021-01-18", "openen")
    early.record("m", "b", "ja", "2021-01-12")
    early.record("m", "b", "nee", "2021-01-19")

    answers = {key[2]: each.outcome for key, each in early.stored.decisions.items()}

    assert {1: "ja", 2: "nee"} == answers
    assert [] == early.problems


# --- one day -----------------------------------------------------------------------------------


def again(councils: Traject) -> None:
    """Bring it to the day on which a second round is about to be opened."""
    councils.advance("m", "2021-01-11", "openen")
    councils.record("m", "a", "nee", "2021-01-18")


def test_an_answer_of_the_day_of_a_new_round_says_of_which_it_is(councils: Traject) -> None:
    """Both rounds were open on that day; the date does not tell them apart."""
    again(councils)
    councils.advance("m", "2021-01-25", "terug")
    councils.advance("m", "2021-01-25", "opnieuw")

    with refused(councils, AmbiguousRound):
        councils.do(Record("m", "b", "ja", parse_date("2021-01-25"), reference="list"))
    councils.record("m", "b", "ja", "2021-01-25", round=1)
    councils.record("m", "c", "ja", "2021-01-25", round=2)
    councils.record("m", "a", "ja", "2021-01-25")

    found = {(key[3], key[2]): each.outcome for key, each in councils.stored.decisions.items()}
    assert {
        ("a.raad", 1): "nee",
        ("a.raad", 2): "ja",
        ("b.raad", 1): "ja",
        ("c.raad", 2): "ja",
    } == found
    assert [] == councils.problems


def test_only_a_round_that_was_open_can_be_named(councils: Traject) -> None:
    """On any other day there is one, and a wrong one is a slip."""
    again(councils)
    for number in (2, 7):
        with refused(councils, InvalidValue):
            councils.record("m", "b", "ja", "2021-01-25", round=number)
    councils.record("m", "b", "ja", "2021-01-25", round=1)


def test_on_a_day_on_which_only_one_round_was_open_none_is_named(councils: Traject) -> None:
    """The milestone had left the state that admits answers before that day."""
    again(councils)
    councils.advance("m", "2021-01-19", "terug")
    councils.advance("m", "2021-01-25", "opnieuw")

    councils.record("m", "b", "ja", "2021-01-25")

    assert 2 == rounds(councils.state)["b"]
    assert [] == councils.problems


def test_a_task_of_each_round_says_of_which_it_is(councils: Traject) -> None:
    """It was there to be done in both."""
    again(councils)
    councils.advance("m", "2021-01-25", "terug")
    councils.advance("m", "2021-01-25", "opnieuw")

    asked = ReportTask("m/vragen", "gesloten", parse_date("2021-01-25"), None, "list")
    with refused(councils, AmbiguousRound):
        councils.do(asked)
    councils.task("m/vragen", "gesloten", "2021-01-25", round=1)
    councils.task("m/vragen", "gesloten", "2021-01-25")

    assert {1, 2} == {key[3] for key in councils.stored.tasks}
    assert [] == councils.problems


def test_what_is_corrected_stays_in_its_round(councils: Traject) -> None:
    """Its place in the journal says which one, also where its date does not."""
    again(councils)
    councils.advance("m", "2021-01-25", "terug")
    before = councils.record("m", "b", "later", "2021-01-25").entries[0].seq
    councils.advance("m", "2021-01-25", "opnieuw")
    after = councils.record("m", "c", "ja", "2021-01-25", round=2).entries[0].seq

    councils.correct(before, outcome="nee")
    councils.correct(after, outcome="nee")

    found = {key[3]: (key[2], each.outcome) for key, each in councils.stored.decisions.items()}
    assert {"a.raad": (1, "nee"), "b.raad": (1, "nee"), "c.raad": (2, "nee")} == found
    assert [] == councils.problems


def test_a_step_of_that_day_is_of_the_round_that_has_the_answer(councils: Traject) -> None:
    """Whether it was written down before the new round was opened or after it."""
    again(councils)
    councils.advance("m", "2021-01-25", "terug")
    councils.advance("m", "2021-01-25", "opnieuw")

    councils.sent("m", "a", "2021-01-25")

    assert {1} == {key[2] for key in councils.stored.follow_ups}
    assert [] == councils.problems


@pytest.mark.only("sqlite")
def test_the_order_of_writing_does_not_change_what_a_day_came_to(
    database: Database, world: World
) -> None:
    """Every order in which a day is written down comes to the same, or is refused with a reason."""
    day = parse_date("2021-01-25")
    commands: tuple[Command, ...] = (
        Record("m", "b", "ja", day, reference="list"),
        Record("m", "c", "later", day, reference="list"),
        Advance("m", day, "terug"),
        Advance("m", day, "opnieuw"),
    )
    outcomes, refusals = [], []
    for number, order in enumerate(permutations(commands)):
        traject = Traject(database, of(COUNCILS), world, f"rondes-{number}", "s")
        traject.start()
        again(traject)
        try:
            traject.do_all(order)
        except MijlpaalError as refusal:
            refusals.append(refusal)
        else:
            outcomes.append(_told(traject.stored))
            assert [] == traject.problems
    # The two answers and the way back in any order, and then the new round; nothing else.
    assert (6, 18) == (len(outcomes), len(refusals))
    assert 1 == len(set(outcomes))


def _told(state: State) -> tuple[object, ...]:
    """Return what a state says, without the numbers of entries."""
    decisions = sorted((key, each.outcome) for key, each in state.decisions.items())
    at = state.milestones["m"]
    return (tuple(decisions), at.state, at.round, at.opened_on)


def test_two_answers_that_decide_nothing_on_one_day_are_refused(councils: Traject) -> None:
    """Which of them came last cannot be told; the second one is not there in either order."""
    councils.advance("m", "2021-01-11", "openen")
    councils.record("m", "a", "later", "2021-01-18")
    with refused(councils, TwiceADay) as caught:
        councils.record("m", "a", "later", "2021-01-18")
    assert "correct" in str(caught.error and caught.error.advice)

    councils.record("m", "a", "later", "2021-01-19")
    councils.record("m", "a", "ja", "2021-01-19")
