"""Texts: whether they differ, and answers that are bound to the text of another request."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.library import open_definition
from definitions.model import (
    ALL,
    Decisions,
    Definition,
    Effect,
    Gate,
    Not,
    Rule,
    TextsDiffer,
)
from tests.support.engine import Traject, refused
from workflow.model.state import Basis, DecisionState, DepartureState, State
from workflow.rules.fold import initial
from workflow.rules.gates import Finding, TextRelation, evaluate, text_relation
from workflow.rules.later_entries import later_than
from workflow.rules.reachability import Reach, reach_of
from workflow.rules.refusals import GateClosed
from workflow.rules.snapshot import Snapshot
from workflow.storage.database import Database

EXAMPLE = Path(__file__).parents[3] / "docs/examples/afvalregeling.yaml"
BOUND = open_definition(str(EXAMPLE))
DAY = date(2026, 3, 2)
FOR = frozenset({Effect.FOR})
PARTIES = tuple(BOUND.parties)
MAJORITY = Rule("majority", share=Fraction(1, 2), strict=True)
RULES = (
    ALL,
    MAJORITY,
    Rule("2/3", share=Fraction(2, 3)),
    Rule("2/3 by weight", share=Fraction(2, 3), weighted=True),
    Rule("1/2 by weight", share=Fraction(1, 2), weighted=True),
    Rule("1", at_least=1),
    Rule("3", at_least=3),
)
COLLEGES = Decisions("regeling", "colleges", ALL, FOR)
RADEN_DIFFER = TextsDiffer("regeling", "raden", FOR)
COLLEGES_DIFFER = TextsDiffer("regeling", "colleges", FOR)

Given = dict[tuple[str, str], str]
"""Per request and party, the text on which it agreed: a letter, or ``.`` where none is known."""


def with_rule(rule: Rule, weights: tuple[int, ...] = (5, 2, 2, 1)) -> Definition:
    """Return the example, of which the councils come to a text by a rule."""
    milestone = BOUND.milestones["regeling"]
    raden = Decisions("regeling", "raden", rule, FOR)
    arms = tuple(
        replace(arm, gate=raden) if arm.trigger == "instemmen" else arm for arm in milestone.arms
    )
    parties = {
        name: replace(party, weight=weight)
        for (name, party), weight in zip(BOUND.parties.items(), weights, strict=True)
    }
    milestones = {"regeling": replace(milestone, arms=arms)}
    return replace(BOUND, milestones=milestones, parties=parties)


def agreed(given_: Given, definition: Definition = BOUND) -> Snapshot:
    """Return a process in which bodies agreed, each on a text."""
    body = {"raden": "raad", "colleges": "college"}
    decisions = {
        ("regeling", request, 1, f"{party}.{body[request]}"): DecisionState(
            "verleend",
            Effect.FOR,
            DAY.isoformat(),
            DAY,
            7,
            None if named == "." else named * 64,
            (),
            0,
            (),
            (),
            out_of_order=False,
        )
        for (request, party), named in given_.items()
    }
    state = replace(initial(definition, date(2026, 1, 5)), decisions=decisions)
    return Snapshot(definition, state, DAY)


def texts(raden: str, colleges: str = "") -> Given:
    """Return what the councils and colleges agreed on, one letter for each; a space for nothing."""
    found = {("raden", party): each for party, each in zip(PARTIES, raden, strict=False)}
    found |= {("colleges", party): each for party, each in zip(PARTIES, colleges, strict=False)}
    return {key: each for key, each in found.items() if each != " "}


# --- whether texts differ ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raden", "holds", "reason"),
    [
        ("", False, "nobody decided yet, so that no texts differ"),
        ("A", False, "no two texts are known to differ: AAAAAAAAAAAA (noord.raad)"),
        (
            "AA",
            False,
            "no two texts are known to differ: AAAAAAAAAAAA (noord.raad, oost.raad)",
        ),
        (
            "AAB",
            True,
            "they decided on different texts: AAAAAAAAAAAA (noord.raad, oost.raad), BBBBBBBBBBBB "
            "(west.raad)",
        ),
        ("....", False, "no text is known, so that none is known to differ; not known on which: "),
        (
            "A...",
            False,
            "no two texts are known to differ: AAAAAAAAAAAA (noord.raad); not known on which: "
            "oost.raad, west.raad, zuid.raad",
        ),
        ("A.B.", True, "they decided on different texts: "),
    ],
)
def test_only_texts_that_are_known_differ(raden: str, holds: bool, reason: str) -> None:
    """Of which it is not known on what text they are is said, and makes no difference."""
    finding = evaluate(RADEN_DIFFER, agreed(texts(raden)))
    assert (holds, True) == (finding.holds, str(finding.reason).startswith(reason))


def test_what_was_decided_against_and_by_who_left_is_not_compared() -> None:
    """Rejected texts may differ; of who takes part no longer nothing is asked."""
    now = agreed(texts("AB"))
    west = ("regeling", "raden", 1, "oost.raad")
    against = replace(now.state.decisions[west], effect=Effect.AGAINST)
    rejected = replace(now.state, decisions={**now.state.decisions, west: against})
    assert not evaluate(RADEN_DIFFER, now.with_state(rejected)).holds
    left = {"oost": DepartureState(DAY.isoformat(), DAY, "another region", 9)}
    gone = replace(now.state, departures=left)
    assert not evaluate(RADEN_DIFFER, now.with_state(gone)).holds
    assert evaluate(RADEN_DIFFER, now).holds


@pytest.mark.parametrize(
    ("raden", "reach"),
    [
        ("AAAA", Reach.NEXT_ROUND),
        ("AAA", Reach.OPEN),
        ("AAA.", Reach.OPEN),
        ("AAAB", Reach.OPEN),
    ],
)
def test_texts_can_differ_as_long_as_one_may_be_another(raden: str, reach: Reach) -> None:
    """Somebody decides still, or it is not known on which text somebody did."""
    assert reach is reach_of(agreed(texts(raden)), RADEN_DIFFER)
    assert (Reach.NEXT_ROUND if raden == "AAAB" else Reach.OPEN) is reach_of(
        agreed(texts(raden)), Not(RADEN_DIFFER)
    )


# --- bound to the text of another ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("raden", "colleges", "holds", "reason"),
    [
        ("AAAA", "AAAA", True, "4 of 4 for; 4 needed"),
        (
            "AAAA",
            "BBBB",
            False,
            "0 of 4 for; 4 needed, out of reach in this round: 0 still to decide; on another text "
            "than regeling/raden came to: BBBBBBBBBBBB (noord.college, oost.college, "
            "west.college, zuid.college)",
        ),
        (
            "AAAA",
            "AAA",
            False,
            "3 of 4 for; 4 needed",
        ),
        (
            "AAAA",
            "AAA.",
            True,
            "4 of 4 for; 4 needed; not known whether on the text of regeling/raden: zuid.college",
        ),
        (
            "....",
            "AAAA",
            True,
            "4 of 4 for; 4 needed; not known whether on the text of regeling/raden: "
            "noord.college, oost.college, west.college, zuid.college",
        ),
        (
            "AAA",
            "A",
            False,
            "0 of 4 for; 4 needed; not counted yet, as regeling/raden came to no text: "
            "AAAAAAAAAAAA (noord.college)",
        ),
        (
            "AAAB",
            "AAAA",
            False,
            "0 of 4 for; 4 needed, out of reach in this round: 0 still to decide; not counted yet, "
            "as regeling/raden came to no text: AAAAAAAAAAAA (noord.college, oost.college, "
            "west.college, zuid.college)",
        ),
    ],
)
def test_an_answer_counts_on_the_text_of_the_other(
    raden: str, colleges: str, holds: bool, reason: str
) -> None:
    """Only on that one; what is not known may be any, and that is said."""
    finding = evaluate(COLLEGES, agreed(texts(raden, colleges)))
    assert (holds, reason) == (finding.holds, str(finding.reason))


@pytest.mark.parametrize(
    ("raden", "college", "relation"),
    [
        ("AAAA", "A", TextRelation.SAME),
        ("AAAA", "B", TextRelation.OTHER),
        ("AAAA", ".", TextRelation.UNKNOWN),
        ("A...", "A", TextRelation.UNKNOWN),
        ("A...", "B", TextRelation.OTHER),
        ("....", "B", TextRelation.UNKNOWN),
        ("AAA", "A", TextRelation.PENDING),
        ("AAAB", "A", TextRelation.PENDING),
    ],
)
def test_the_relation_of_two_texts(raden: str, college: str, relation: TextRelation) -> None:
    """The same, another, not known, or none yet."""
    request = BOUND.milestones["regeling"].requests["colleges"]
    named = None if college == "." else college * 64
    assert relation is text_relation(request, named, agreed(texts(raden)))


def test_by_majority_the_text_is_that_of_the_majority() -> None:
    """One council on another text changes nothing."""
    definition = with_rule(MAJORITY)
    assert evaluate(COLLEGES, agreed(texts("AAAB", "AAAA"), definition)).holds
    assert not evaluate(COLLEGES, agreed(texts("AAAB", "BBBB"), definition)).holds


def test_colleges_on_another_text_open_the_way_back() -> None:
    """Their texts differ from that of the councils, though not among themselves."""
    assert evaluate(COLLEGES_DIFFER, agreed(texts("AAAA", "BBBB"))).holds
    assert not evaluate(COLLEGES_DIFFER, agreed(texts("AAAA", "AAAA"))).holds
    assert not evaluate(COLLEGES_DIFFER, agreed(texts("....", "BBBB"))).holds
    assert not evaluate(COLLEGES_DIFFER, agreed(texts("A...", "BBBB"))).holds
    assert reach_of(agreed(texts("AAAA", "BBBB")), COLLEGES) is Reach.NEXT_ROUND
    assert reach_of(agreed(texts("AAA", "BBBB")), COLLEGES) is Reach.NEXT_ROUND
    assert reach_of(agreed(texts("BBB", "BBBB")), COLLEGES) is Reach.OPEN


agreements = st.dictionaries(
    st.tuples(st.sampled_from(["raden", "colleges"]), st.sampled_from(PARTIES)),
    st.sampled_from("ABC."),
)
gates = st.one_of(
    st.builds(
        Decisions, st.just("regeling"), st.just("raden"), st.sampled_from(RULES), st.just(FOR)
    ),
    st.builds(
        Decisions, st.just("regeling"), st.just("colleges"), st.sampled_from(RULES), st.just(FOR)
    ),
    st.sampled_from([RADEN_DIFFER, COLLEGES_DIFFER]),
)


@given(
    known=agreements,
    order=st.permutations([(r, p) for r in ("raden", "colleges") for p in PARTIES]),
    rule=st.sampled_from(RULES),
    gate=gates,
    weights=st.tuples(*[st.integers(1, 9)] * 4),
)
def test_one_more_in_favour_never_closes_a_gate(
    known: Given,
    order: list[tuple[str, str]],
    rule: Rule,
    gate: Gate,
    weights: tuple[int, ...],
) -> None:
    """Whoever it is of, on whichever text, by whichever rule: also not by its effect on another."""
    definition, held, so_far = with_rule(rule, weights), False, Given()
    for key in order:
        if key in known:
            so_far[key] = known[key]
            now = agreed(so_far, definition)
            finding = evaluate(gate, now)
            assert finding.holds or not held
            assert not finding.holds or reach_of(now, gate) is Reach.OPEN
            held = finding.holds


@given(known=agreements, rule=st.sampled_from(RULES), gate=gates, more=agreements)
def test_what_is_out_of_reach_is_opened_by_no_decision(
    known: Given, rule: Rule, gate: Gate, more: Given
) -> None:
    """However those decide who have not yet."""
    definition = with_rule(rule)
    now = agreed(known, definition)
    if reach_of(now, gate) is not Reach.OPEN:
        assert not evaluate(gate, agreed({**more, **known}, definition)).holds


@given(raden=st.lists(st.sampled_from("AB"), min_size=4, max_size=4), rule=st.sampled_from(RULES))
def test_what_is_decided_is_on_a_text_on_which_enough_agreed(raden: list[str], rule: Rule) -> None:
    """Consent on one text and a decision on another is never decided."""
    definition = with_rule(rule)
    now = agreed(texts("".join(raden), "CCCC"), definition)
    assert not evaluate(COLLEGES, now).holds


@given(known=agreements, rule=st.sampled_from(RULES), gate=gates, leaver=st.sampled_from(PARTIES))
def test_who_left_counts_on_no_text(known: Given, rule: Rule, gate: Gate, leaver: str) -> None:
    """Nor for the text that the councils came to: it is as though it had never answered."""
    definition = with_rule(rule)
    left = {leaver: DepartureState(DAY.isoformat(), DAY, "another region", 9)}
    others = {key: named for key, named in known.items() if key[1] != leaver}
    now, without = agreed(known, definition), agreed(others, definition)
    gone = now.with_state(replace(now.state, departures=left))
    never = without.with_state(replace(without.state, departures=left))
    assert evaluate(gate, gone) == evaluate(gate, never)
    assert reach_of(gone, gate) is reach_of(never, gate)


# --- on the real engine --------------------------------------------------------------------------

ONE, OTHER = "1" * 64, "2" * 64


@pytest.fixture
def bound(database: Database) -> Traject:
    """The colleges decide, after all councils consented on one text."""
    traject = Traject(database, BOUND)
    traject.world.it_is("2026-12-01")
    traject.start()
    traject.advance("regeling", "2026-01-10")
    traject.all_record("regeling", "verleend", "2026-02-01", text=ONE)
    traject.advance("regeling", "2026-02-02")
    return traject


def found(traject: Traject, gate: Gate = COLLEGES, state: State | None = None) -> Finding:
    """Return the finding on a gate, by where a process stands."""
    return evaluate(gate, Snapshot(BOUND, state or traject.state, date(2026, 12, 1)))


def test_a_decision_on_another_text_is_recorded_and_does_not_count(bound: Traject) -> None:
    """It is a fact; corrected it counts, and counts no more once that is undone."""
    bound.all_record("regeling", "getroffen", "2026-03-01", kind="college", text=ONE)
    assert found(bound).holds
    seq = bound.last
    bound.correct(seq, text=OTHER)
    assert not found(bound).holds
    assert found(bound, COLLEGES_DIFFER).holds
    with refused(bound, GateClosed):
        bound.advance("regeling", "2026-03-02", "treffen")
    bound.correct(seq, text=ONE)
    assert found(bound).holds
    bound.advance("regeling", "2026-03-02", "treffen")
    assert bound.stand("regeling") == ("getroffen", Basis.DECIDED)
    bound.correct(2 + 5, text=OTHER)
    assert bound.stand("regeling") == ("getroffen", Basis.IN_QUESTION)
    assert not bound.problems


def test_it_reads_on_a_day_as_it_was_known_then(bound: Traject) -> None:
    """As of before and after, with the councils and colleges of that day."""
    bound.all_record("regeling", "getroffen", "2026-03-01", kind="college", text=OTHER)
    assert not found(bound, COLLEGES_DIFFER, bound.as_of("2026-02-28")).holds
    assert found(bound, COLLEGES_DIFFER, bound.as_of("2026-03-01")).holds
    now, then = bound.state, bound.snapshot(date(2026, 2, 28)).with_state(bound.as_of("2026-02-28"))
    assert 4 == len(later_than(COLLEGES_DIFFER, then, now))


def test_a_leaver_takes_its_text_with_it(bound: Traject) -> None:
    """The councils then came to the text of those who are left."""
    for seq in (4, 5, 6):
        bound.correct(seq, text=OTHER)
    bound.all_record("regeling", "getroffen", "2026-03-01", kind="college", text=OTHER)
    assert not found(bound).holds
    bound.leave("zuid", "2026-03-05")
    assert found(bound).holds
    assert not found(bound, COLLEGES, bound.as_of("2026-03-04")).holds


def test_the_receipt_says_what_the_text_of_another_makes_of_it(bound: Traject) -> None:
    """With what mends it, where it is another or not known."""
    said = {}
    for party, named in (("noord", ONE), ("oost", OTHER), ("west", None)):
        receipt = bound.record(
            "regeling", f"{party}.college", "getroffen", "2026-03-01", text=named
        )
        (entry,) = receipt.view("en").entries
        assert entry.bound is not None
        said[party] = (entry.bound.relation, entry.mending is not None)
    assert said == {
        "noord": (TextRelation.SAME, False),
        "oost": (TextRelation.OTHER, True),
        "west": (TextRelation.UNKNOWN, True),
    }
