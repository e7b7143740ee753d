"""A share of the votes cast: it holds when the voting is over, or nobody can change it any more."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.values import replace
from definitions.model import Decisions, Effect, Rule
from tests.support.definitions import load
from tests.support.engine import Traject, World, refused
from workflow.model.state import DecisionState, DepartureState, State
from workflow.rules.fold import initial
from workflow.rules.gates import Finding, evaluate
from workflow.rules.refusals import GateClosed
from workflow.rules.snapshot import Snapshot
from workflow.storage.database import Database

WRITTEN = """\
id: kaders
version: 1
title: {nl: Kaders, en: Framework}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, weight: 5, bodies: [raad]}
    west: {name: West, kind: gemeente, weight: 3, bodies: [raad]}
    zuid: {name: Zuid, kind: gemeente, weight: 2, bodies: [raad]}
    noord: {name: Noord, kind: gemeente, weight: 2, bodies: [raad]}
roles:
  s: {may: [advance, stop, replan, record-on-behalf, note, member, party]}
starter: [s]
deliverables: {nota: {levels: [leeg, vol], parts: {tekst: {}}}}
instruments:
  besluit: {voor: for, tegen: against, neutraal: answered, aangehouden: pending}
structures:
  x:
    states: [open, genomen]
    final: {good: [genomen]}
    slots: [besluit]
    transitions:
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
      opnieuw: {from: open, to: open, opens: round, explicit: true}
milestones:
  m:
    structure: x
    requests:
      raden: {of: each raad, instrument: besluit, text: nota/tekst, in: [open], due: 2026-06-01}
    gates:
      besluit: {request: raden, rule: {share: 2/3, of: cast}, counts: for}
"""
KADERS = load(WRITTEN)
RADEN = ("oost.raad", "west.raad", "zuid.raad", "noord.raad")
EARLY, DEADLINE, AFTER = date(2026, 3, 2), date(2026, 6, 1), date(2026, 6, 2)
EFFECTS = {"f": Effect.FOR, "a": Effect.AGAINST, "n": Effect.ANSWERED, "p": Effect.PENDING}


def rule(share: str, *, strict: bool = False, weighted: bool = False) -> Rule:
    """Return a rule that takes a share of the votes cast."""
    return Rule(share, share=Fraction(share), strict=strict, weighted=weighted, cast=True)


TWO_THIRDS, MAJORITY = rule("2/3"), rule("1/2", strict=True)
WEIGHED = rule("1/2", strict=True, weighted=True)


def decided(outcomes: str, texts: str = "....", on: Sequence[date] = (EARLY,) * 4) -> State:
    """Return a state in which councils decided: one letter, one text and one day for each."""
    decisions = {
        ("m", "raden", 1, body): DecisionState(
            outcome=letter,
            effect=EFFECTS[letter],
            effective=day.isoformat(),
            effective_on=day,
            seq=1,
            text=None if text == "." else text * 64,
            options=(),
            unnamed_options=0,
            points=(),
            signed_by=(),
            out_of_order=False,
        )
        for body, letter, text, day in zip(RADEN, outcomes, texts, on, strict=True)
        if letter != "."
    }
    return replace(initial(KADERS, date(2026, 1, 5)), decisions=decisions)


def found(state: State, of: Rule, day: date, counts: Effect = Effect.FOR) -> Finding:
    """Evaluate a share of the votes cast on a day."""
    gate = Decisions("m", "raden", of, frozenset({counts}))
    return evaluate(gate, Snapshot(KADERS, state, day))


@pytest.mark.parametrize(
    ("of", "outcomes", "day", "holds", "reason"),
    [
        (
            TWO_THIRDS,
            "f...",
            EARLY,
            False,
            "1 of 1 vote cast is for; 1 needed (2/3 of the votes cast); west.raad, zuid.raad, "
            "noord.raad can still change that, until Mon 1 June 2026",
        ),
        (TWO_THIRDS, "f...", DEADLINE, False, "can still change that, until Mon 1 June 2026"),
        (
            TWO_THIRDS,
            "f...",
            AFTER,
            True,
            "the voting is over: its term passed without an answer of west.raad, zuid.raad, "
            "noord.raad",
        ),
        (TWO_THIRDS, "fff.", EARLY, True, "noord.raad can no longer change that"),
        (
            TWO_THIRDS,
            "ffa.",
            EARLY,
            False,
            "noord.raad can still change that, until Mon 1 June 2026",
        ),
        (TWO_THIRDS, "ffa.", AFTER, True, "without an answer of noord.raad; against: zuid.raad"),
        (
            TWO_THIRDS,
            "ffan",
            EARLY,
            True,
            "2 of 3 votes cast are for; 2 needed (2/3 of the votes cast); the voting is over: "
            "nobody is still to answer; against: zuid.raad",
        ),
        (TWO_THIRDS, "ffap", EARLY, False, "noord.raad can still change that"),
        (TWO_THIRDS, "ffap", AFTER, True, "its term passed without an answer of noord.raad"),
        (TWO_THIRDS, "ffaa", EARLY, False, "2 of 4 votes cast are for; 3 needed"),
        (TWO_THIRDS, "faa.", EARLY, False, "out of reach in this round; still to decide: noord"),
        (TWO_THIRDS, "fa..", EARLY, False, "still to answer: zuid.raad, noord.raad"),
        (TWO_THIRDS, "nnnn", EARLY, False, "no vote has been cast; the voting is over"),
        (TWO_THIRDS, "....", AFTER, False, "no vote has been cast; the voting is over"),
        (TWO_THIRDS, "nnp.", EARLY, False, "no vote has been cast; still to answer"),
        (MAJORITY, "fann", EARLY, False, "1 of 2 votes cast are for; 2 needed (a majority of"),
        (MAJORITY, "ffan", EARLY, True, "2 of 3 votes cast are for"),
        (
            WEIGHED,
            "faan",
            EARLY,
            False,
            "weight 5 of 10 that voted is for; 6 needed (more than 1/2 by weight of the votes "
            "cast); the voting is over",
        ),
        (WEIGHED, "fana", EARLY, False, "weight 5 of 10 that voted is for; 6 needed"),
        (WEIGHED, "fan.", EARLY, False, "noord.raad can still change that"),
        (WEIGHED, "fanf", EARLY, True, "weight 7 of 10 that voted is for; 6 needed"),
    ],
)
def test_it_holds_when_nobody_can_change_it(
    of: Rule, outcomes: str, day: date, holds: bool, reason: str
) -> None:
    """Whether everybody answered, a term passed, or what is to come is too little; and it says."""
    finding = found(decided(outcomes), of, day)

    assert holds is finding.holds
    assert reason in str(finding.reason)
    undecided = tuple(body for body, each in zip(RADEN, outcomes, strict=True) if each in "p.")
    assert (() if holds else undecided) == finding.waiting_for


@pytest.mark.parametrize(
    ("texts", "outcomes", "holds"),
    [
        ("AAAB", "ffff", True),
        ("AABB", "ffff", False),
        ("AAB.", "fffa", False),
        ("A..A", "ffnf", True),
    ],
)
def test_votes_in_favour_of_another_text_are_cast(texts: str, outcomes: str, holds: bool) -> None:
    """Half for one text and half for another is two thirds for neither."""
    finding = found(decided(outcomes, texts), TWO_THIRDS, EARLY)

    assert holds is finding.holds
    assert holds or "they did not decide on the same text" in str(finding.reason)


def test_against_can_be_counted_as_well() -> None:
    """More than a third against, which two thirds in favour can no longer outweigh."""
    of = rule("1/3", strict=True)

    assert not found(decided("a..."), of, EARLY, Effect.AGAINST).holds
    assert found(decided("aa.."), of, EARLY, Effect.AGAINST).holds
    assert not found(decided("affn"), of, EARLY, Effect.AGAINST).holds


# --- what always holds -------------------------------------------------------------------------

RULES = st.builds(
    rule,
    st.sampled_from(["1/3", "1/2", "2/3", "3/5"]),
    strict=st.booleans(),
    weighted=st.booleans(),
)
DAYS = st.sampled_from([EARLY, DEADLINE, AFTER])
OUTCOMES = st.text("fanp.", min_size=4, max_size=4)
TEXTS = st.text("AB.", min_size=4, max_size=4)


def completed(outcomes: str, by: str) -> Iterator[str]:
    """Yield what may come of it yet: those who are still to decide do anything of ``by``."""
    places = [place for place, letter in enumerate(outcomes) if letter in "p."]
    for chosen in product(by, repeat=len(places)):
        letters = list(outcomes)
        for place, letter in zip(places, chosen, strict=True):
            letters[place] = letter
        yield "".join(letters)


def agreed(outcomes: str, of: Rule, counts: str) -> bool:
    """Return whether a share of the votes cast counts, as one would reckon it by hand."""
    weights = (5, 3, 2, 2) if of.weighted else (1, 1, 1, 1)
    cast = sum(n for n, letter in zip(weights, outcomes, strict=True) if letter in "fa")
    given_ = sum(n for n, letter in zip(weights, outcomes, strict=True) if letter == counts)
    assert of.share is not None
    if not cast:
        return False
    return given_ > of.share * cast if of.strict else given_ >= of.share * cast


@given(OUTCOMES, RULES, DAYS, st.sampled_from("fa"))
def test_it_is_as_one_would_reckon_by_trying_what_may_still_come(
    outcomes: str, of: Rule, day: date, counts: str
) -> None:
    """It holds when it does however the others vote; it is out of reach when nothing opens it."""
    finding = found(decided(outcomes), of, day, EFFECTS[counts])

    to_come = [outcomes] if day > DEADLINE else completed(outcomes, "fan")
    assert all(agreed(each, of, counts) for each in to_come) is finding.holds
    assert finding.reachable is any(
        agreed(each, of, counts) for each in completed(outcomes, "fan.")
    )


@given(OUTCOMES, TEXTS, RULES, DAYS, st.lists(DAYS, min_size=4, max_size=4), st.sampled_from("AB."))
def test_one_more_in_favour_never_closes_it(
    outcomes: str, texts: str, of: Rule, day: date, days: list[date], another: str
) -> None:
    """On whichever text, in time or late: who was still to decide, decides in favour."""
    days = [min(day, each) for each in days]
    if not found(decided(outcomes, texts, days), of, day).holds:
        return
    for place, letter in enumerate(outcomes):
        if letter in "p.":
            more = f"{outcomes[:place]}f{outcomes[place + 1 :]}"
            on = [*days[:place], day, *days[place + 1 :]]
            named = f"{texts[:place]}{another}{texts[place + 1 :]}"
            assert found(decided(more, named, on), of, day).holds


@given(OUTCOMES, RULES, DAYS, st.integers(0, 3))
def test_only_who_was_in_favour_can_close_it_by_leaving(
    outcomes: str, of: Rule, day: date, place: int
) -> None:
    """Whoever was against, or has not voted, takes nothing along that it rests on."""
    state = decided(outcomes)
    gone = DepartureState(day.isoformat(), day, "x", 9)
    without = replace(state, departures={RADEN[place].partition(".")[0]: gone})

    if found(state, of, day).holds and outcomes[place] != "f":
        assert found(without, of, day).holds


@given(OUTCOMES, RULES, st.integers(0, 300), st.integers(0, 300))
def test_time_alone_never_closes_it(outcomes: str, of: Rule, first: int, more: int) -> None:
    """A term that passes takes away what could change it."""
    day = date(2026, 3, 2) + timedelta(first)
    state = decided(outcomes)

    if found(state, of, day).holds:
        assert found(state, of, day + timedelta(more)).holds


# --- in a process ------------------------------------------------------------------------------


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Return a process that has begun."""
    world.it_is("2026-12-01")
    begun = Traject(database, KADERS, world, "kaders", "s")
    begun.start()
    return begun


def test_the_first_answer_opens_nothing(traject: Traject) -> None:
    """The day after the deadline it does; and of any day it is what it was on that day."""
    traject.record("m", "oost.raad", "voor", "2026-03-02")
    for day in ("2026-03-02", "2026-06-01"):
        with refused(traject, GateClosed):
            traject.advance("m", day)

    traject.advance("m", "2026-06-02")

    assert ("genomen", "decided") == traject.stand("m")
    gate = KADERS.milestones["m"].arms[0].gate
    for day, holds in (("2026-06-01", False), ("2026-06-02", True)):
        there = Snapshot(KADERS, traject.as_of(day), date.fromisoformat(day))
        assert holds is evaluate(gate, there).holds
    assert [] == traject.problems


def test_a_correction_brings_the_move_in_question_and_its_undoing_settles_it(
    traject: Traject,
) -> None:
    """Two of three in favour; one of two is no two thirds."""
    traject.record("m", "oost.raad", "voor", "2026-03-02")
    traject.record("m", "west.raad", "tegen", "2026-03-02")
    traject.record("m", "zuid.raad", "voor", "2026-03-02")
    slip = traject.last
    traject.advance("m", "2026-06-02")
    traject.correct(slip, outcome="neutraal")
    assert ("genomen", "in-question") == traject.stand("m")

    traject.correct(slip, outcome="voor")

    assert ("genomen", "decided") == traject.stand("m")
    assert [] == traject.problems


def test_a_later_term_lets_the_others_answer(traject: Traject) -> None:
    """Until then nobody knows what comes of it."""
    traject.record("m", "oost.raad", "voor", "2026-03-02")
    traject.replan("m/raden", "2026-07-01", "2026-05-04")

    with refused(traject, GateClosed):
        traject.advance("m", "2026-06-02")
    traject.advance("m", "2026-07-02")
    assert [] == traject.problems


def test_a_term_of_an_earlier_round_ends_no_later_one(traject: Traject) -> None:
    """The round was opened after it: whoever answers first would decide alone."""
    traject.advance("m", "2026-06-10", "opnieuw")
    traject.record("m", "oost.raad", "voor", "2026-06-15")
    with refused(traject, GateClosed):
        traject.advance("m", "2026-06-16")

    traject.replan("m/raden", "2026-07-01", "2026-06-16")
    traject.advance("m", "2026-07-02")
    assert [] == traject.problems


def test_a_late_no_still_counts(traject: Traject) -> None:
    """A council that answers after its term has answered."""
    traject.record("m", "oost.raad", "voor", "2026-03-02")
    traject.record("m", "west.raad", "tegen", "2026-06-03")

    with refused(traject, GateClosed):
        traject.advance("m", "2026-06-03")
    assert [] == traject.problems
    finding = evaluate(KADERS.milestones["m"].arms[0].gate, traject.snapshot(date(2026, 6, 3)))
    assert "1 of 2 votes cast are for; 2 needed (2/3 of the votes cast)" in str(
        next(finding.leaves()).reason
    )
