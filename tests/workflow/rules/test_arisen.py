"""Tasks that have arisen by now, and gates that ask for those alone."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.values import replace
from definitions.library import open_definition
from definitions.model import ALL, Effect, Rule, TaskRef, TasksDone
from tests.support.engine import Traject, refused
from workflow.model.state import Basis, DecisionState, DepartureState, TaskState
from workflow.rules.fold import initial
from workflow.rules.gates import Finding, evaluate
from workflow.rules.reachability import Reach, reach_of
from workflow.rules.refusals import GateClosed
from workflow.rules.remedies import owners, steps
from workflow.rules.snapshot import Snapshot
from workflow.storage.database import Database

FILE = Path(__file__).parents[3] / "docs/examples/afvalregeling.yaml"
EXAMPLE = open_definition(str(FILE), {"opstellers": ""})
"""The example in which nobody is excepted."""
DAY = date(2026, 3, 2)
TASK = TaskRef("ontwerp", "reactie")
ARISEN = TasksDone((TASK,), ALL, arisen=True)
MAJORITY = Rule("majority", share=Fraction(1, 2), strict=True)
PARTIES = tuple(EXAMPLE.parties)


def process(answers: str, replies: str = "") -> Snapshot:
    """Return a process in which councils gave a view (``z``) or none (``a``), and had replies.

    Args:
        answers: one letter for each council; a space for nothing.
        replies: the same, of replies sent: ``r``.
    """
    decisions = {
        ("ontwerp", "raden", 1, f"{party}.raad"): DecisionState(
            "zienswijze" if answer == "z" else "ziet-af",
            Effect.ANSWERED,
            DAY.isoformat(),
            DAY,
            7,
            None,
            (),
            0,
            (),
            (),
            out_of_order=False,
        )
        for party, answer in zip(PARTIES, answers, strict=False)
        if answer != " "
    }
    sent = TaskState("verzonden", True, DAY.isoformat(), DAY, 8, out_of_order=False)
    tasks = {
        (TASK.milestone, TASK.task, party, 0): sent
        for party, reply in zip(PARTIES, replies, strict=False)
        if reply == "r"
    }
    state = replace(initial(EXAMPLE, date(2026, 1, 5)), decisions=decisions, tasks=tasks)
    at = replace(state.milestones["ontwerp"], state="open")
    milestones = {**state.milestones, "ontwerp": at}
    return Snapshot(EXAMPLE, replace(state, milestones=milestones), DAY)


@pytest.mark.parametrize(
    ("rule", "answers", "replies", "holds", "reason"),
    [
        (
            ALL,
            "    ",
            "",
            True,
            "none has arisen, so that none has to be done; more may arise by ontwerp/raden",
        ),
        (ALL, "aaaa", "", True, "none has arisen, so that none has to be done"),
        (MAJORITY, "aaaa", "", True, "none has arisen, so that none has to be done"),
        (Rule("1", at_least=1), "aaaa", "", False, "none has arisen; 1 needed"),
        (
            ALL,
            "zz  ",
            "r",
            False,
            "1 of 2 tasks that have arisen done; 2 needed; more may arise by ontwerp/raden",
        ),
        (ALL, "zaaa", "r", True, "1 of 1 task that has arisen done; 1 needed"),
        (MAJORITY, "zzza", "rr", True, "2 of 3 tasks that have arisen done; 2 needed"),
    ],
)
def test_it_asks_for_those_that_have_arisen(
    rule: Rule, answers: str, replies: str, holds: bool, reason: str
) -> None:
    """None has arisen: then it holds, also while more may arise, and it says so."""
    finding = evaluate(replace(ARISEN, rule=rule), process(answers, replies))
    assert (holds, reason) == (finding.holds, str(finding.reason))


def test_whoever_waits_for_all_is_told_which_have_not_arisen() -> None:
    """And nobody is sent to report those: only what has arisen is offered."""
    gate, now = TasksDone((TASK,), ALL), process("zaaa")
    finding = evaluate(gate, now)
    assert str(finding.reason) == (
        "0 of 4 tasks done; 4 needed; not arisen: ontwerp/reactie@oost, ontwerp/reactie@west, "
        "ontwerp/reactie@zuid"
    )
    for each in (gate, ARISEN):
        assert ["ontwerp/reactie@noord"] == [name for name, _ in owners(each, now)]
        assert ["noord"] == [
            dict(each.given)["subject"] for each in steps("p", "ontwerp", each, now)
        ]


@given(
    answers=st.text(alphabet="za ", min_size=4, max_size=4),
    replies=st.text(alphabet="r ", min_size=4, max_size=4),
)
def test_it_holds_just_when_nothing_that_arose_is_open(answers: str, replies: str) -> None:
    """Of all parties, or of one; an answer that makes nothing arise changes nothing."""
    now = process(answers, replies)
    asked = [reply == "r" for answer, reply in zip(answers, replies, strict=True) if answer == "z"]
    assert evaluate(ARISEN, now).holds is all(asked)
    one = evaluate(replace(ARISEN, own=True), now, PARTIES[0]).holds
    assert one is (answers[0] != "z" or replies[0] == "r")
    assert reach_of(now, ARISEN) is Reach.OPEN
    if " " in answers:
        more = process(answers.replace(" ", "a"), replies)
        assert evaluate(ARISEN, more).holds is evaluate(ARISEN, now).holds


@given(
    answers=st.text(alphabet="za ", min_size=4, max_size=4),
    replies=st.text(alphabet="r ", min_size=4, max_size=4),
    at=st.integers(0, 3),
)
def test_who_left_is_owed_nothing(answers: str, replies: str, at: int) -> None:
    """It is as though it had never answered."""
    left = {PARTIES[at]: DepartureState(DAY.isoformat(), DAY, "another region", 9)}
    now, without = (
        process(each, replies) for each in (answers, f"{answers[:at]} {answers[at + 1 :]}")
    )
    gone = now.with_state(replace(now.state, departures=left))
    never = without.with_state(replace(without.state, departures=left))
    assert evaluate(ARISEN, gone) == evaluate(ARISEN, never)


# --- on the real engine --------------------------------------------------------------------------


@pytest.fixture
def asked(database: Database) -> Traject:
    """Two councils gave their view, and two gave none."""
    traject = Traject(database, EXAMPLE)
    traject.world.it_is("2026-12-01")
    traject.start()
    traject.advance("ontwerp", "2026-01-10")
    for party, outcome in zip(
        PARTIES, ("zienswijze", "zienswijze", "ziet-af", "ziet-af"), strict=True
    ):
        traject.record("ontwerp", f"{party}.raad", outcome, "2026-02-01", request="raden")
    return traject


def test_what_nobody_asked_for_keeps_nothing_shut(asked: Traject) -> None:
    """The replies that arose are enough; a corrected answer brings the move in question."""
    with refused(asked, GateClosed):
        asked.advance("ontwerp", "2026-03-01")
    last = asked.last
    asked.task("ontwerp/reactie", "verzonden", "2026-02-10", "noord")
    asked.task("ontwerp/reactie", "verzonden", "2026-02-11", "oost")
    asked.advance("ontwerp", "2026-03-01")
    assert asked.stand("ontwerp") == ("verwerkt", Basis.DECIDED)
    asked.correct(last, outcome="zienswijze")
    assert asked.stand("ontwerp") == ("verwerkt", Basis.IN_QUESTION)
    asked.correct(last, outcome="ziet-af")
    assert asked.stand("ontwerp") == ("verwerkt", Basis.DECIDED)
    assert not asked.problems


def test_as_of_a_day_it_asks_for_what_had_arisen_by_then(asked: Traject) -> None:
    """And of who left, for nothing."""

    def found(day: str) -> Finding:
        return evaluate(ARISEN, Snapshot(EXAMPLE, asked.as_of(day), date.fromisoformat(day)))

    assert (True, False) == (found("2026-01-31").holds, found("2026-02-01").holds)
    asked.task("ontwerp/reactie", "verzonden", "2026-02-10", "noord")
    asked.leave("oost", "2026-02-20")
    assert (False, True) == (found("2026-02-19").holds, found("2026-02-20").holds)
