"""A decision of which no source says the day: it counts from the next thing that presupposes it."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import UNKNOWN, given_date, parse_date
from definitions.language.errors import InvalidValue
from definitions.loading import load_definition
from definitions.model import Definition
from screens.page import Page
from screens.status import status_screen
from tests.support.databases import copied
from tests.support.definitions import no_parties
from tests.support.engine import Traject, World, refused
from tests.support.properties import examples
from workflow.decide.correct import CannotCorrect
from workflow.facts import read_facts
from workflow.model.events import DecisionRecorded
from workflow.model.person import Called
from workflow.model.state import Basis, DecisionState
from workflow.rules.fold import fold, in_turn
from workflow.rules.refusals import AlreadyDecided, DateRefused, GateClosed, Missing, NotAdmitted
from workflow.rules.rounds import AmbiguousRound
from workflow.storage.database import Database
from workflow.views.requests import decision_view
from workflow.views.seen import Seen
from workflow.views.status import status_view

WRITTEN = """\
id: regeling
version: 1
title: {nl: Regeling, en: Arrangement}
timezone: Europe/Amsterdam
begins: 2026-01-05
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
  besluit: {ja: for, nee: against, aangehouden: pending}
structures:
  x:
    states: [klaar, open, genomen, getroffen]
    final: {good: [getroffen]}
    slots: [besluit, colleges]
    transitions:
      sturen: {from: klaar, to: open, opens: round}
      terugnemen: {from: open, to: klaar, explicit: true}
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
      treffen: {from: genomen, to: getroffen, gate: {slot: colleges}}
milestones:
  m:
    structure: x
    requests:
      raden: {of: each raad, instrument: besluit, in: [open], due: none}
      colleges:
        of: each college
        instrument: besluit
        in: [open, genomen]
        due: none
        after: {request: raden, of: own, counts: for}
    gates:
      besluit: {request: raden, rule: all, counts: for}
      colleges: {request: colleges, rule: majority, counts: for}
"""
RECORDED = date(2026, 12, 1)
RADEN = ("a.raad", "b.raad", "c.raad")
DAYS = ("unknown", "2026-03-03")


def of(rule: str = "all") -> Definition:
    """Return the definition of this page, with a rule for its councils."""
    written = WRITTEN.replace("rule: all", f"rule: {rule}")
    return load_definition(written.encode(), "regeling.yaml", no_parties)


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Return a process in which the councils are asked."""
    world.it_is("2026-12-01")
    found = Traject(database, of(), world, "regeling", "s")
    found.start()
    found.advance("m", "2026-02-01", "sturen")
    return found


def undated(traject: Traject, body: str, outcome: str = "ja", **more: object) -> int:
    """Record a decision of an unknown day, and return the number of its entry."""
    request = "colleges" if body.endswith("college") else "raden"
    traject.record("m", body, outcome, "unknown", request=request, **more)
    return traject.last


def decided(traject: Traject, body: str = "a.raad", number: int = 1) -> DecisionState:
    """Return a decision as it stands."""
    request = "colleges" if body.endswith("college") else "raden"
    return traject.stored.decisions["m", request, number, body]


def counts_from(traject: Traject, body: str = "a.raad", number: int = 1) -> date | None:
    """Return the day from which a decision counts; None where its day is known."""
    found = decided(traject, body, number)
    return None if found.day_known else found.effective_on


def others(traject: Traject, *bodies: str, on: str = "2026-03-10") -> None:
    """Record that other councils agreed, on a day that is known."""
    for body in bodies:
        traject.record("m", body, "ja", on, request="raden")


def test_by_itself_it_counts_from_the_day_it_was_recorded(traject: Traject) -> None:
    """Nothing presupposes it yet: nobody can know it earlier."""
    undated(traject, "a.raad")
    assert counts_from(traject) == RECORDED
    assert traject.as_of("2026-11-30").decisions == {}
    assert [each.day_known for each in traject.as_of("2026-12-01").decisions.values()] == [False]
    assert [] == traject.problems


def test_a_move_counts_it_that_is_recorded_later(traject: Traject) -> None:
    """The gate holds on the day of the move, which presupposes that all agreed."""
    undated(traject, "a.raad")
    others(traject, "b.raad", "c.raad")
    traject.advance("m", "2026-04-10")
    assert Basis.DECIDED is traject.milestone("m").basis
    assert counts_from(traject) == date(2026, 4, 10)
    before = traject.as_of("2026-04-09")
    assert ["b.raad", "c.raad"] == sorted(key[3] for key in before.decisions)
    assert "open" == before.milestones["m"].state
    assert [] == traject.problems


def test_it_proves_a_move_that_was_attested(traject: Traject) -> None:
    """Until it was on record, that was not known."""
    others(traject, "b.raad", "c.raad")
    traject.attest("m", "2026-04-10")
    assert Basis.ATTESTED is traject.milestone("m").basis
    undated(traject, "a.raad")
    assert (Basis.DECIDED, date(2026, 4, 10)) == (
        traject.milestone("m").basis,
        counts_from(traject),
    )
    assert [] == traject.problems


def test_a_decision_that_had_to_wait_for_it_counts_it(traject: Traject) -> None:
    """A college decides after its own council: that had agreed by then; not so of another."""
    undated(traject, "a.raad")
    undated(traject, "b.raad")
    traject.record("m", "a.college", "ja", "2026-03-03", request="colleges")
    assert (date(2026, 3, 3), RECORDED) == (counts_from(traject), counts_from(traject, "b.raad"))
    assert [] == traject.problems


def test_a_step_with_the_answer_counts_it(traject: Traject) -> None:
    """What was sent had been decided."""
    undated(traject, "a.raad")
    traject.sent("m", "a.raad", "2026-03-05", request="raden")
    assert date(2026, 3, 5) == counts_from(traject)
    assert [] == traject.problems


def test_what_no_gate_counts_was_decided_while_it_was_asked(traject: Traject) -> None:
    """A council that said no did so before the milestone went on; out of order, nobody knows."""
    traject.attest("m", "2026-04-10")
    undated(traject, "a.raad", "nee")
    undated(traject, "b.raad", "nee", out_of_order="the minutes say so")
    assert (date(2026, 4, 10), RECORDED) == (counts_from(traject), counts_from(traject, "b.raad"))
    assert Basis.ATTESTED is traject.milestone("m").basis
    assert [] == traject.problems


def test_it_is_of_a_round_that_is_named_where_there_were_several(traject: Traject) -> None:
    """Its day cannot say which; the next round presupposes what belongs to the one before."""
    traject.advance("m", "2026-03-01", "terugnemen")
    traject.advance("m", "2026-03-20", "sturen")
    with refused(traject, AmbiguousRound):
        undated(traject, "a.raad")
    with refused(traject, InvalidValue) as caught:
        undated(traject, "a.raad", round=3)
    assert "“m” has not been in round 3: it is in round 2." == caught.sentence
    undated(traject, "a.raad", "nee", round=1)
    undated(traject, "b.raad", "nee", round=1, out_of_order="the minutes say so")
    undated(traject, "a.raad")
    assert date(2026, 3, 1) == counts_from(traject)
    assert date(2026, 3, 20) == counts_from(traject, "b.raad")
    assert RECORDED == counts_from(traject, number=2)
    assert [] == traject.problems


def test_it_takes_a_source_and_an_outcome_that_decides(traject: Traject) -> None:
    """What was held over has a day, or is a note."""
    with refused(traject, Missing) as caught:
        undated(traject, "a.raad", reference=None)
    assert "takes a source" in caught.sentence
    with refused(traject, DateRefused) as caught:
        undated(traject, "a.raad", "aangehouden")
    assert "“aangehouden” is not recorded without its day." == caught.sentence


def test_it_is_not_admitted_where_it_never_was(database: Database, world: World) -> None:
    """Nor twice in a round, whichever of both has a day."""
    world.it_is("2026-12-01")
    traject = Traject(database, of(), world, "regeling", "s")
    traject.start()
    with refused(traject, NotAdmitted):
        undated(traject, "a.raad")
    traject.advance("m", "2026-02-01", "sturen")
    undated(traject, "a.raad")
    for on in ("unknown", "2026-02-03"):
        with refused(traject, AlreadyDecided):
            traject.record("m", "a.raad", "nee", on, request="raden")


def test_nothing_else_has_an_unknown_day(traject: Traject) -> None:
    """A move happens on a day, and so does a step."""
    with refused(traject, DateRefused) as caught:
        traject.advance("m", "unknown", "terugnemen")
    assert "Only a decision and a note can have an unknown date." == caught.sentence


def test_it_was_held_over_before_it_was_decided(traject: Traject) -> None:
    """Whichever is written down first, and whatever day it counts from."""
    traject.record("m", "a.raad", "aangehouden", "2026-04-10", request="raden")
    undated(traject, "a.raad")
    undated(traject, "b.raad")
    traject.record("m", "b.raad", "aangehouden", "2026-03-01", request="raden")
    others(traject, "c.raad")
    traject.advance("m", "2026-04-10")
    assert Basis.DECIDED is traject.milestone("m").basis
    assert ["ja"] * 3 == [each.outcome for each in traject.stored.decisions.values()]
    assert [] == traject.problems


def test_its_day_can_become_known_and_unknown_again(traject: Traject) -> None:
    """A correction gives it the day; nothing is different once that is taken back."""
    seq = undated(traject, "a.raad")
    others(traject, "b.raad", "c.raad")
    traject.advance("m", "2026-04-10")
    before = traject.stored
    traject.correct(seq, on=parse_date("2026-03-03"))
    assert (None, "2026-03-03") == (counts_from(traject), decided(traject).effective)
    assert Basis.DECIDED is traject.milestone("m").basis
    assert [] == traject.problems
    traject.correct(seq, on=UNKNOWN)
    assert before == traject.stored
    traject.correct(seq, on=parse_date("2026-04-10"))
    with refused(traject, NotAdmitted):
        traject.correct(seq, on=parse_date("2026-04-11"))
    assert [] == traject.problems


def test_a_correction_of_what_presupposes_it_moves_it(traject: Traject) -> None:
    """The move is of another day, or was never made."""
    undated(traject, "a.raad")
    others(traject, "b.raad", "c.raad")
    traject.advance("m", "2026-04-10")
    move = traject.last
    traject.correct(move, on=parse_date("2026-05-01"))
    assert date(2026, 5, 1) == counts_from(traject)
    traject.withdraw(move)
    assert RECORDED == counts_from(traject)
    assert [] == traject.problems


def test_a_move_into_the_state_that_admits_it_is_not_taken_back_under_it(traject: Traject) -> None:
    """It was decided while that was asked."""
    move = traject.last
    seq = undated(traject, "a.raad")
    with refused(traject, CannotCorrect):
        traject.withdraw(move)
    traject.withdraw(seq)
    traject.withdraw(move)
    assert [] == traject.problems


def test_a_party_leaves_before_the_day_from_which_it_counts(traject: Traject) -> None:
    """Nobody knows that it decided after that."""
    undated(traject, "a.raad")
    traject.leave("a", "2026-06-01")
    assert [] == traject.problems


def test_no_screen_and_no_program_is_told_a_day(traject: Traject) -> None:
    """In either language; JSON has apart from when it counts."""
    traject.advance("m", "2026-03-01", "terugnemen")
    undated(traject, "a.raad", "nee")
    traject.advance("m", "2026-03-20", "sturen")
    state = traject.stored
    request = traject.definition.milestones["m"].requests["raden"]
    view = decision_view(state, "m", request, "a.raad", decided(traject), 1)
    assert (None, date(2026, 3, 1)) == (view.effective_on, view.counted_from)
    assert "unknown, counted from 2026-03-01" == view.effective
    seen = Seen(traject.definition, state, RECORDED, "regeling", past_rounds=True)
    english, dutch = (
        " ".join(status_screen(status_view(seen), Page(each)).split()) for each in ("en", "nl")
    )
    assert "nee, an unknown day, counted from Sun 1 March 2026" in english
    assert "nee, een onbekende dag, meegeteld vanaf zo 1 maart 2026" in dutch


def test_nobody_types_from_when_something_counts() -> None:
    """It is kept in the tables; as a date that is given it is none."""
    assert parse_date("unknown, counted from 2026-03-01").is_unknown
    with pytest.raises(InvalidValue):
        given_date("unknown, counted from 2026-03-01")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_it_is_written_down(
    database: Database, world: World, order: tuple[int, ...]
) -> None:
    """Decisions of known and of unknown days come to the same, with the move after them."""
    world.it_is("2026-12-01")
    traject = Traject(database, of(), world, "regeling", "s")
    traject.start()
    traject.advance("m", "2026-02-01", "sturen")
    ways = (("a.raad", "unknown"), ("b.raad", "2026-03-03"), ("c.raad", "unknown"))
    for body, on in (ways[each] for each in order):
        traject.record("m", body, "ja", on, request="raden")
    traject.advance("m", "2026-03-10")
    found = {body: decided(traject, body).effective for body, _ in ways}
    assert {
        "a.raad": "unknown, counted from 2026-03-10",
        "b.raad": "2026-03-03",
        "c.raad": "unknown, counted from 2026-03-10",
    } == found
    assert Basis.DECIDED is traject.milestone("m").basis
    assert traject.stored == fold(traject.definition, traject.journal)


def test_a_file_of_facts_tells_it_where_it_stands(traject: Traject) -> None:
    """After the fact before it: the move below it, of a later day, presupposes it."""
    lines = [
        "process: regeling",
        "facts:",
        "  - {id: m, on: 2026-04-10, advance: m, source: minutes}",
        "  - {id: a, on: 2026-03-02, record: m, request: raden, body: a, outcome: ja, source: x}",
        "  - {id: b, on: onbekend, record: m, request: raden, body: b, outcome: ja, source: x}",
        "  - {id: n, on: unknown, note: it was heard, source: newspaper}",
        "  - {id: c, on: 2026-03-09, record: m, request: raden, body: c, outcome: ja, source: x}",
    ]
    story = read_facts("facts.yaml", "\n".join(lines).encode())
    assert ["fact:a", "fact:b", "fact:c", "fact:m", "fact:n"] == [each.key for each in story.facts]
    traject.engine.replay(story, Called("s"))
    assert (Basis.DECIDED, date(2026, 4, 10)) == (
        traject.milestone("m").basis,
        counts_from(traject, "b.raad"),
    )
    last = traject.last
    assert 5 == traject.engine.replay(story, Called("s")).repeated
    assert last == traject.last
    assert [] == traject.problems


def test_what_counts_from_one_day_has_the_order_in_which_it_was_recorded(traject: Traject) -> None:
    """Of a month, and of days that nobody knows, which come before what else was on that day."""
    lines = [
        "process: regeling",
        "facts:",
        "  - {id: c, on: 2026-03, record: m, request: raden, body: c, outcome: ja, source: x}",
        "  - {id: b, on: unknown, record: m, request: raden, body: b, outcome: ja, source: x}",
        "  - {id: a, on: 2026-03, record: m, request: raden, body: a, outcome: ja, source: x}",
        "  - {id: d, on: unknown, record: m, request: colleges, body: b, outcome: ja, source: x}",
        "  - {id: m, on: 2026-03-31, advance: m, source: minutes}",
        "  - {id: e, on: unknown, record: m, request: colleges, body: a, outcome: ja, source: x}",
        "  - {id: f, on: 2026-05-01, advance: m, source: minutes}",
    ]
    traject.engine.replay(read_facts("facts.yaml", "\n".join(lines).encode()), Called("s"))
    ordered = [
        each.event.body
        for each in in_turn(traject.definition, traject.journal)
        if isinstance(each.event, DecisionRecorded)
    ]
    assert ["b.raad", "c.raad", "a.raad", "b.college", "a.college"] == ordered
    assert "getroffen" == traject.milestone("m").state
    assert [] == traject.problems


def test_the_journal_as_of_a_day_has_it_from_then(traject: Traject) -> None:
    """With its corrections; what was withdrawn stays where it was recorded."""

    def there(day: str) -> set[int]:
        _, entries = traject.engine.journal("regeling", None, date.fromisoformat(day))
        return {each.seq for each in entries}

    seq = undated(traject, "a.raad")
    traject.correct(seq, votes="9-?")
    mended = traject.last
    traject.attest("m", "2026-04-10")
    assert not there("2026-04-09") & {seq, mended}
    assert {seq, mended} <= there("2026-04-10")
    traject.correct(seq, on=parse_date("2026-03-03"))
    assert {seq, mended, traject.last} <= there("2026-03-03")
    traject.correct(seq, on=UNKNOWN)
    traject.withdraw(seq)
    assert not there("2026-04-10") & {seq, mended}
    assert {seq, mended} <= there("2026-12-01")


@examples(40)
@given(
    said=st.lists(
        st.tuples(st.sampled_from(["ja", "ja", "nee", ""]), st.sampled_from([*DAYS])),
        min_size=3,
        max_size=3,
    ),
    rule=st.sampled_from(["all", "majority", "{share: 2/3}", "{share: 2/3, of: cast}"]),
    attested=st.booleans(),
    more=st.sampled_from([*DAYS, "2026-03-10"]),
)
def test_one_more_yes_closes_nothing(
    empty_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, str]],
    rule: str,
    attested: bool,
    more: str,
) -> None:
    """Of a known day or not; nor does who leaves, and what is taken back was never there."""
    with copied(empty_file, tmp_path_factory.mktemp("yes") / "yes.db") as database:
        traject = Traject(database, of(rule), World(), "regeling", "s")
        traject.world.it_is("2026-12-01")
        traject.start()
        traject.advance("m", "2026-02-01", "sturen")
        for body, (outcome, on) in zip(RADEN, said, strict=True):
            if outcome:
                traject.record("m", body, outcome, on, request="raden")
        try:
            traject.advance("m", "2026-03-10", "nemen", attested=attested, reference="x")
        except GateClosed:
            return
        basis = traject.milestone("m").basis
        assert attested or basis is Basis.DECIDED
        silent = [body for body, (outcome, _) in zip(RADEN, said, strict=True) if not outcome]
        for body in silent:
            before = traject.stored
            traject.record("m", body, "ja", more, request="raden")
            if basis is Basis.DECIDED:
                assert Basis.DECIDED is traject.milestone("m").basis
            seq = traject.last
            traject.withdraw(seq)
            assert before == traject.stored
            traject.record("m", body, "ja", more, request="raden")
        proved = traject.milestone("m").basis
        traject.leave("a", "2026-04-01")
        assert proved is traject.milestone("m").basis
        assert [] == traject.problems
