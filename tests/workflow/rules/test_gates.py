"""Gates: every kind of them, when it holds, why, and who is awaited where it does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import UNKNOWN, parse_date
from definitions.model import (
    ALL,
    AllOf,
    AnyOf,
    AtLeast,
    DateReached,
    Decisions,
    Effect,
    Gate,
    InState,
    Not,
    PartsAt,
    Rule,
    Slot,
    TaskRef,
    TasksDone,
)
from tests.support.definitions import example, load
from tests.support.engine import Traject, World
from workflow.model.state import Basis, DecisionState, PartState, State, TaskState
from workflow.rules.fold import initial
from workflow.rules.gates import Finding, evaluate, holds
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instance
from workflow.storage.database import Database

DAY = date(2021, 5, 3)
EXAMPLE = load(example())
MAJORITY = Rule("majority", share=Fraction(1, 2), strict=True)
TWO_THIRDS = Rule("2/3", share=Fraction(2, 3))
ONE = Rule("1", at_least=1)
FOR, AGAINST, ANSWERED = (
    frozenset({Effect.FOR}),
    frozenset({Effect.AGAINST}),
    frozenset({Effect.ANSWERED}),
)
RADEN = ("oost.raad", "west.raad", "zuid.raad")
TASK = TaskRef("voorstel", "vragen")
OVERLEG = TaskRef("voorstel", "overleg")


def begun() -> State:
    """Return a state in which the proposal is in its first round."""
    state = initial(EXAMPLE, date(2021, 1, 4))
    proposal = replace(state.milestones["voorstel"], state="in-route", round=1)
    return replace(state, milestones={**state.milestones, "voorstel": proposal})


def decided(outcomes: str, texts: str = "...", round_: int = 1) -> State:
    """Return a state in which councils decided, one letter for each.

    Args:
        outcomes: ``f`` for, ``a`` against, ``n`` answered, ``p`` held over, ``.`` nothing.
        texts: one letter for the text each decided on.
    """
    effects = {"f": Effect.FOR, "a": Effect.AGAINST, "n": Effect.ANSWERED, "p": Effect.PENDING}
    decisions = {
        ("voorstel", "raden", round_, body): DecisionState(
            outcome=letter,
            effect=effects[letter],
            effective=DAY.isoformat(),
            effective_on=DAY,
            seq=1,
            text=None if text == "." else text * 64,
            options=(),
            unnamed_options=0,
            points=(),
            signed_by=(),
            out_of_order=False,
        )
        for body, letter, text in zip(RADEN, outcomes, texts, strict=True)
        if letter != "."
    }
    return replace(begun(), decisions=decisions)


def found(gate: Gate, state: State, *, day: date = DAY, party: str | None = None) -> Finding:
    """Evaluate a gate of the example."""
    return evaluate(gate, Snapshot(EXAMPLE, state, day), party)


# --- decisions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "counts", "outcomes", "holds", "reason", "waiting"),
    [
        (ALL, FOR, "fff", True, "3 of 3 for; 3 needed", ()),
        (ALL, FOR, "ff.", False, "2 of 3 for; 3 needed", ("zuid.raad",)),
        (ALL, FOR, "ffp", False, "2 of 3 for; 3 needed", ("zuid.raad",)),
        (ALL, FOR, "...", False, "0 of 3 for; 3 needed", RADEN),
        (
            ALL,
            FOR,
            "fa.",
            False,
            "1 of 3 for; 3 needed, out of reach in this round: 1 still to decide; "
            "against: west.raad",
            ("zuid.raad",),
        ),
        (
            ALL,
            FOR,
            "ffn",
            False,
            "2 of 3 for; 3 needed, out of reach in this round: 0 still to decide",
            (),
        ),
        (ALL, FOR | ANSWERED, "ffn", True, "3 of 3 answered or for; 3 needed", ()),
        (MAJORITY, FOR, "ff.", True, "2 of 3 for; 2 needed", ()),
        (MAJORITY, FOR, "ffa", True, "2 of 3 for; 2 needed; against: zuid.raad", ()),
        (MAJORITY, FOR, "f..", False, "1 of 3 for; 2 needed", ("west.raad", "zuid.raad")),
        (
            MAJORITY,
            FOR,
            "faa",
            False,
            "1 of 3 for; 2 needed, out of reach in this round: 0 still to decide; "
            "against: west.raad, zuid.raad",
            (),
        ),
        (TWO_THIRDS, FOR, "ff.", True, "2 of 3 for; 2 needed", ()),
        (TWO_THIRDS, FOR, "f.a", False, "1 of 3 for; 2 needed; against: zuid.raad", ("west.raad",)),
        (ONE, AGAINST, "ff.", False, "0 of 3 against; 1 needed", ("zuid.raad",)),
        (ONE, AGAINST, "ffa", True, "1 of 3 against; 1 needed", ()),
        (ONE, ANSWERED, "n..", True, "1 of 3 answered; 1 needed", ()),
    ],
)
def test_decisions_are_counted_by_a_rule(
    rule: Rule,
    counts: frozenset[Effect],
    outcomes: str,
    holds: bool,
    reason: str,
    waiting: tuple[str, ...],
) -> None:
    """How many count, how many it takes, whether that can still be, and who is awaited."""
    finding = found(Decisions("voorstel", "raden", rule, counts), decided(outcomes))

    assert ("decisions", "voorstel/raden") == (finding.kind, finding.subject)
    assert (holds, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


@pytest.mark.parametrize(
    ("rule", "counts", "outcomes", "texts", "holds"),
    [
        (ALL, FOR, "fff", "aaa", True),
        (ALL, FOR, "fff", "aab", False),
        (ALL, FOR, "fff", "aa.", True),
        (MAJORITY, FOR, "ffa", "aab", True),
        (MAJORITY, FOR, "ff.", "ab.", False),
        (ONE, AGAINST, "aa.", "ab.", True),
    ],
)
def test_they_decide_on_one_text(
    rule: Rule, counts: frozenset[Effect], outcomes: str, texts: str, holds: bool
) -> None:
    """What is agreed is one text; what is rejected may be several."""
    finding = found(Decisions("voorstel", "raden", rule, counts), decided(outcomes, texts))

    assert holds is finding.holds


def test_different_texts_are_named() -> None:
    """Which body decided on which text, by the beginning of its hash."""
    finding = found(Decisions("voorstel", "raden", ALL, FOR), decided("fff", "aab"))

    assert (
        "they did not decide on the same text: aaaaaaaaaaaa (oost.raad, west.raad), "
        "bbbbbbbbbbbb (zuid.raad)"
    ) == str(finding.reason)


def test_only_the_round_that_is_open_counts() -> None:
    """What was decided in an earlier round, or one that is to come, says nothing in this one."""
    gate = Decisions("voorstel", "raden", ALL, FOR)

    assert found(gate, decided("fff", round_=1)).holds
    assert not found(gate, decided("fff", round_=2)).holds


@pytest.mark.parametrize(
    ("party", "holds", "waiting"),
    [("oost", True, ()), ("west", False, ()), ("zuid", False, ("zuid.raad",))],
)
def test_own_asks_the_body_of_the_own_party(
    party: str, holds: bool, waiting: tuple[str, ...]
) -> None:
    """Of three councils, the one of the party that is looked at."""
    gate = Decisions("voorstel", "raden", ALL, FOR, own=True)

    finding = found(gate, decided("fa."), party=party)

    assert (holds, waiting) == (finding.holds, finding.waiting_for)


@given(
    st.text("fanp.", min_size=3, max_size=3),
    st.sampled_from([ALL, MAJORITY, TWO_THIRDS, ONE]),
    st.sampled_from([FOR, AGAINST, ANSWERED, FOR | ANSWERED]),
)
def test_a_gate_counts_as_one_would_by_hand(
    outcomes: str, rule: Rule, counts: frozenset[Effect]
) -> None:
    """Whatever was decided: the share of those asked, held over not counting, decides."""
    letters = {Effect.FOR: "f", Effect.AGAINST: "a", Effect.ANSWERED: "n"}
    counting = sum(letter in {letters[each] for each in counts} for letter in outcomes)
    share = Fraction(counting, 3)
    expected = {
        ALL.written: counting == 3,
        MAJORITY.written: share > Fraction(1, 2),
        TWO_THIRDS.written: share >= Fraction(2, 3),
        ONE.written: counting >= 1,
    }[rule.written]

    finding = found(Decisions("voorstel", "raden", rule, counts), decided(outcomes))

    assert expected is finding.holds
    undecided = tuple(body for body, letter in zip(RADEN, outcomes, strict=True) if letter in "p.")
    assert (() if expected else undecided) == finding.waiting_for


# --- tasks -------------------------------------------------------------------------------------


def done(*tasks: tuple[TaskRef, str, int, bool]) -> State:
    """Return a state in which tasks were reported: which, for whom, in which round, done or not."""
    reported = {
        (ref.milestone, ref.task, subject, round_): TaskState("x", is_done, DAY.isoformat(), DAY, 1)
        for ref, subject, round_, is_done in tasks
    }
    return replace(begun(), tasks=reported)


@pytest.mark.parametrize(
    ("rule", "reported", "holds", "reason", "waiting"),
    [
        (ALL, "yyy", True, "3 of 3 tasks done; 3 needed", ()),
        (ALL, "yyn", False, "2 of 3 tasks done; 3 needed", ("voorstel/vragen@zuid",)),
        (ALL, "yy.", False, "2 of 3 tasks done; 3 needed", ("voorstel/vragen@zuid",)),
        (MAJORITY, "yy.", True, "2 of 3 tasks done; 2 needed", ()),
        (
            ONE,
            "...",
            False,
            "0 of 3 tasks done; 1 needed",
            ("voorstel/vragen@oost", "voorstel/vragen@west", "voorstel/vragen@zuid"),
        ),
    ],
)
def test_tasks_are_counted_one_for_each(
    rule: Rule, reported: str, holds: bool, reason: str, waiting: tuple[str, ...]
) -> None:
    """A task per party is as many tasks; “not done” is not done."""
    state = done(
        *(
            (TASK, party, 1, letter == "y")
            for party, letter in zip(("oost", "west", "zuid"), reported, strict=True)
            if letter != "."
        )
    )

    finding = found(TasksDone((TASK,), rule), state)

    assert ("tasks", "voorstel/vragen") == (finding.kind, finding.subject)
    assert (holds, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


def test_a_task_of_each_round_is_done_anew() -> None:
    """What was closed in the first round is open in the second."""
    state = done(*((TASK, party, 1, True) for party in ("oost", "west", "zuid")))
    again = replace(state.milestones["voorstel"], round=2)

    assert found(TasksDone((TASK,), ALL), state).holds
    assert not found(
        TasksDone((TASK,), ALL),
        replace(state, milestones={**state.milestones, "voorstel": again}),
    ).holds


def test_several_tasks_are_told_apart() -> None:
    """Each of the tasks named is a finding of its own inside the gate."""
    state = done((OVERLEG, "juristen", 0, True), (TASK, "oost", 1, True))

    finding = found(TasksDone((OVERLEG, TASK), ALL), state)

    assert "2 of 4 tasks done; 4 needed" == str(finding.reason)
    assert [
        ("voorstel/overleg", True, "1 of 1 done"),
        ("voorstel/vragen", False, "1 of 3 done"),
    ] == [(child.subject, child.holds, str(child.reason)) for child in finding.children]


def test_the_own_task_is_that_of_the_party() -> None:
    """Of a task per party the own one counts; one that is there once counts for everybody."""
    state = done((TASK, "oost", 1, True), (OVERLEG, "juristen", 0, True))

    assert found(TasksDone((TASK,), ALL, own=True), state, party="oost").holds
    assert not found(TasksDone((TASK,), ALL, own=True), state, party="west").holds
    assert found(TasksDone((OVERLEG,), ALL, own=True), state, party="west").holds


@pytest.mark.parametrize("again", [False, True])
def test_a_task_that_arose_anew_is_to_be_done_anew(
    database: Database, world: World, again: bool
) -> None:
    """A gate, and who sees what is open, say the same of it."""
    definition = load(
        example(
            ("arises: {every: unknown}", "arises: {event: replanned}"),
            (
                "rijp: {all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}",
                "rijp: {tasks: nieuwsbrief}",
            ),
        )
    )
    traject = Traject(database, definition, world)
    traject.start()
    traject.replan("voorstel/raden", "2021-10", "2021-02-01")
    traject.task("nieuwsbrief", "verzonden", "2021-02-10")
    if again:
        traject.replan("voorstel/raden", "2021-11", "2021-03-01")

    gate = definition.milestones["voorstel"].arms[0].gate
    found_now = evaluate(gate, Snapshot(definition, traject.state, DAY))
    task = definition.tasks[TaskRef("", "nieuwsbrief")]
    assert (not again) is found_now.holds
    assert again is instance(Snapshot(definition, traject.state, DAY), task, "").open


# --- parts, milestones, dates ------------------------------------------------------------------


def at(levels: Mapping[tuple[str, str], str]) -> State:
    """Return a state in which parts of the text are at levels."""
    parts = {
        ("tekst", *where): PartState(level, None, None, DAY.isoformat(), DAY, 1)
        for where, level in levels.items()
    }
    return replace(begun(), parts=parts)


@pytest.mark.parametrize(
    ("parts", "level", "levels", "holds", "reason", "waiting"),
    [
        (("kern",), "concept", {}, False, "0 of 1 at “concept”", ("tekst/kern",)),
        (("kern",), "leeg", {}, True, "1 of 1 at “leeg”", ()),
        (("kern",), "concept", {("kern", ""): "concept"}, True, "1 of 1 at “concept”", ()),
        (("kern",), "concept", {("kern", ""): "volledig"}, True, "1 of 1 at “concept”", ()),
        (
            ("kern",),
            "volledig",
            {("kern", ""): "concept"},
            False,
            "0 of 1 at “volledig”",
            ("tekst/kern",),
        ),
        (
            ("kern", "bijlage"),
            "concept",
            {("kern", ""): "concept", ("bijlage", "west"): "volledig"},
            False,
            "2 of 4 at “concept”",
            ("tekst/bijlage@oost", "tekst/bijlage@zuid"),
        ),
    ],
)
def test_parts_are_at_a_level_or_above(
    parts: tuple[str, ...],
    level: str,
    levels: dict[tuple[str, str], str],
    holds: bool,
    reason: str,
    waiting: tuple[str, ...],
) -> None:
    """Levels have an order; a part per party is as many parts; nothing known is the lowest."""
    finding = found(PartsAt("tekst", parts, level), at(levels))

    assert ("parts", "tekst" if len(parts) > 1 else "tekst/kern") == (finding.kind, finding.subject)
    assert (holds, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


@pytest.mark.parametrize(
    ("state", "basis", "holds", "reason"),
    [
        ("genomen", Basis.DECIDED, True, "it is in “genomen”"),
        ("genomen", Basis.LATCHED, True, "it is in “genomen”"),
        ("genomen", None, True, "it is in “genomen”"),
        (
            "genomen",
            Basis.ATTESTED,
            False,
            "it is in “genomen” on the word of a source: not proved",
        ),
        ("genomen", Basis.IN_QUESTION, False, "it is in “genomen”, but that is in question"),
        ("in-route", None, False, "it is in “in-route”, not in “genomen, vervallen”"),
    ],
)
def test_a_milestone_is_in_a_state_and_on_what(
    state: str, basis: Basis | None, holds: bool, reason: str
) -> None:
    """Attested and in question are never counted as satisfied."""
    there = begun()
    proposal = replace(there.milestones["voorstel"], state=state, basis=basis)
    there = replace(there, milestones={**there.milestones, "voorstel": proposal})

    finding = found(InState("voorstel", ("genomen", "vervallen")), there)

    assert ("milestone", "voorstel") == (finding.kind, finding.subject)
    assert (holds, reason) == (finding.holds, str(finding.reason))
    assert (() if holds else ("voorstel",)) == finding.waiting_for


@pytest.mark.parametrize(
    ("written", "holds", "reason", "waiting"),
    [
        ("2021-05-03", True, "Mon 3 May 2021 has come", ()),
        ("2021-05-02", True, "Sun 2 May 2021 has come", ()),
        ("2021-05-04", False, "Tue 4 May 2021 is 1 day away", ("2021-05-04",)),
        ("2021-06-03", False, "Thu 3 June 2021 is 31 days away", ("2021-06-03",)),
        ("2021-05", False, "May 2021 is 28 days away", ("2021-05-31",)),
        ("begin 2021-05", True, "the beginning of May 2021 has come", ()),
    ],
)
def test_a_date_has_come(written: str, holds: bool, reason: str, waiting: tuple[str, ...]) -> None:
    """A month has come when it is over; its beginning on the first day."""
    finding = found(DateReached(parse_date(written)), begun())

    assert "date" == finding.kind
    assert (holds, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


def test_a_date_that_is_not_known_has_not_come() -> None:
    """And what is awaited is the date."""
    finding = found(DateReached(UNKNOWN), begun())

    assert (False, "the date is not known yet", ("date",)) == (
        finding.holds,
        str(finding.reason),
        finding.waiting_for,
    )


# --- joined ------------------------------------------------------------------------------------

YES, NO, ALSO_NO = (DateReached(parse_date(f"2021-05-0{day}")) for day in (1, 4, 5))


@pytest.mark.parametrize(
    ("gate", "holds", "reason", "waiting"),
    [
        (AllOf(()), True, "0 of 0 hold; all needed", ()),
        (AllOf((YES, YES)), True, "2 of 2 hold; all needed", ()),
        (
            AllOf((YES, NO, ALSO_NO, NO)),
            False,
            "1 of 4 hold; all needed",
            ("2021-05-04", "2021-05-05"),
        ),
        (AnyOf((YES, NO)), True, "1 of 2 hold; one needed", ()),
        (AnyOf((NO, ALSO_NO)), False, "0 of 2 hold; one needed", ("2021-05-04", "2021-05-05")),
        (AtLeast(2, (YES, NO, YES)), True, "2 of 3 hold; 2 needed", ()),
        (AtLeast(1, (NO, YES)), True, "1 of 2 hold; 1 needed", ()),
        (
            AtLeast(2, (NO, ALSO_NO, YES)),
            False,
            "1 of 3 hold; 2 needed",
            ("2021-05-04", "2021-05-05"),
        ),
        (Not(NO), True, "it is not the case", ()),
        (Not(YES), False, "what should not be the case is", ()),
        (Not(Not(YES)), True, "it is not the case", ()),
        (Slot("x", YES), True, "it holds", ()),
        (Slot("x", NO), False, "it does not hold", ("2021-05-04",)),
        (
            AllOf((AnyOf((YES, NO)), Not(YES), ALSO_NO)),
            False,
            "1 of 3 hold; all needed",
            ("2021-05-05",),
        ),
    ],
)
def test_gates_are_joined(gate: Gate, holds: bool, reason: str, waiting: tuple[str, ...]) -> None:
    """All, any, not, and the slot of a structure; each says who is awaited, once."""
    finding = found(gate, begun())

    assert (holds, reason, waiting) == (finding.holds, str(finding.reason), finding.waiting_for)


def test_no_gate_is_open() -> None:
    """A transition without a gate asks nothing."""
    finding = evaluate(None, Snapshot(EXAMPLE, begun(), DAY))

    assert (True, "nothing is asked") == (finding.holds, str(finding.reason))


def test_a_finding_has_the_shape_of_its_gate() -> None:
    """A tree, with a node for each node, and its leaves in order."""
    finding = found(Slot("x", AllOf((AnyOf((NO, YES)), Not(ALSO_NO)))), begun())

    assert ["slot", "all", "any", "date", "date", "not", "date"] == _kinds(finding)
    assert ["2021-05-04", "2021-05-01", "2021-05-05"] == [leaf.subject for leaf in finding.leaves()]


def _kinds(finding: Finding) -> list[str]:
    return [finding.kind, *(kind for child in finding.children for kind in _kinds(child))]


GATES = st.recursive(
    st.integers(-3, 3).map(
        lambda days: DateReached(parse_date((DAY + timedelta(days)).isoformat()))
    ),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda gates: AllOf(tuple(gates)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda gates: AnyOf(tuple(gates)))
        | st.tuples(st.integers(1, 3), st.lists(inner, min_size=3, max_size=3)).map(
            lambda some: AtLeast(some[0], tuple(some[1]))
        )
        | inner.map(Not)
        | inner.map(lambda gate: Slot("x", gate))
    ),
    max_leaves=8,
)


@given(GATES)
def test_joined_gates_follow_logic(gate: Gate) -> None:
    """However deep: all is and, any is or, not is not; and who holds awaits nobody.

    A fold is told the same, without why.
    """

    def value(inner: Gate) -> bool:
        match inner:
            case AllOf(gates):
                return all(value(each) for each in gates)
            case AnyOf(gates):
                return any(value(each) for each in gates)
            case AtLeast(needed, gates):
                return sum(value(each) for each in gates) >= needed
            case Not(each) | Slot(_, each):
                return value(each) ^ isinstance(inner, Not)
            case DateReached(when) if when.day is not None:
                return when.day <= DAY
            case _:
                raise AssertionError(inner)

    finding = found(gate, begun())

    assert value(gate) is finding.holds is holds(gate, Snapshot(EXAMPLE, begun(), DAY))
    assert not (finding.holds and finding.waiting_for)


# --- texts, and one's own ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "rule", "holds"),
    [
        ("AAB", MAJORITY, True),
        ("ABA", MAJORITY, True),
        ("AB.", MAJORITY, True),
        ("ABC", MAJORITY, False),
        ("AAB", ALL, False),
        ("AA.", ALL, True),
        ("A.B", ALL, False),
        ("ABB", ONE, True),
        ("ABC", ONE, True),
        ("ABC", TWO_THIRDS, False),
        ("ABB", TWO_THIRDS, True),
    ],
)
def test_enough_of_them_decide_on_one_text(texts: str, rule: Rule, holds: bool) -> None:
    """As many as it takes, on the same text; who names none can have had any."""
    gate = Decisions("voorstel", "raden", rule, FOR)
    found = evaluate(gate, Snapshot(EXAMPLE, decided("fff", texts), DAY))
    assert holds is found.holds


@given(
    texts=st.lists(st.sampled_from("ABC."), min_size=3, max_size=3),
    order=st.permutations(range(3)),
    rule=st.sampled_from([ALL, MAJORITY, TWO_THIRDS, ONE]),
)
def test_one_more_in_favour_never_closes_a_gate(
    texts: list[str], order: list[int], rule: Rule
) -> None:
    """Whichever text it was on, and in whatever order they decided."""
    gate, held = Decisions("voorstel", "raden", rule, FOR), False
    outcomes = ["."] * 3
    for place in order:
        outcomes[place] = "f"
        state = decided("".join(outcomes), "".join(texts))
        holds = evaluate(gate, Snapshot(EXAMPLE, state, DAY)).holds
        assert holds or not held
        held = holds


def test_own_waits_for_no_task_of_another_party() -> None:
    """A party for which there is none waits for nothing; what is nobody’s is everybody’s."""
    gate = TasksDone((TASK,), ALL, own=True)
    some = replace(EXAMPLE.tasks[TASK], subjects=("oost",))
    definition = replace(EXAMPLE, tasks={**EXAMPLE.tasks, TASK: some})
    state = begun()

    assert not evaluate(gate, Snapshot(definition, state, DAY), "oost").holds
    assert evaluate(gate, Snapshot(definition, state, DAY), "west").holds
    shared = replace(EXAMPLE.tasks[TASK], subjects=("",))
    definition = replace(EXAMPLE, tasks={**EXAMPLE.tasks, TASK: shared})
    assert not evaluate(gate, Snapshot(definition, state, DAY), "west").holds
