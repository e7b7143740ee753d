"""What ``explain`` and ``status`` say of what helps: whom to ring, and what to type."""

import pytest

from tests.support.cli import PROCESS, Terminal, folded

MOVE = "advance {process} {milestone} --attested --reference x --on 2021-03-01"


@pytest.fixture
def talking(started: Terminal) -> Terminal:
    """A milestone that waits for tasks of a group, of a griffier, and of the stuurgroep."""
    for _ in range(2):
        started.does(MOVE.format(process=PROCESS, milestone="hoofdlijnennotitie"))
    return started


def test_who_owns_a_task_is_rung_and_what_to_type_is_said(talking: Terminal) -> None:
    """The owner of each that waits, the empty seats too; a report on the first of each."""
    said = talking(f"explain {PROCESS} hoofdlijnennotitie")
    assert "secretaris, stuurgroep" in folded(said.out)
    assert "4 seats are empty: werkgroepleider of werkgroep-1," in folded(said.out)
    task = f"task {PROCESS} hoofdlijnennotitie"
    assert f"{task}/bestuurlijke-sessie gehouden" in said.suggestions
    assert f"{task}/ambtelijke-sessie RESULT --for werkgroep-1" in said.to_fill_in
    talking.follow(said)


def test_who_reports_parts_is_rung(talking: Terminal) -> None:
    """Each part that is not at its level can be reported as it stands there."""
    talking.does(MOVE.format(process=PROCESS, milestone="hoofdlijnennotitie"))
    said = talking(f"explain {PROCESS} hoofdlijnennotitie in-route")
    assert "Whom to ring" in said.out
    lines = [each for each in said.suggestions if each.startswith("deliverable")]
    assert lines
    for line in lines:
        talking.does(f"{line} --reference x --dry-run")


def test_another_milestone_is_where_to_look(started: Terminal) -> None:
    """What waits for another milestone says to look there; all of it can be typed."""
    said = started(f"explain {PROCESS} inwerkingtreding")
    assert f"explain {PROCESS} definitieve-tekst" in said.suggestions
    assert started.follow(said)


def test_looking_back_suggests_nothing_to_type(talking: Terminal) -> None:
    """What was missing on a day may be there by now."""
    said = talking(f"explain {PROCESS} hoofdlijnennotitie --as-of 2021-03-01")
    assert [] == [each for each in said.suggestions if each.startswith("task")]


# --- in question ---------------------------------------------------------------------------------

ADVANCE, WEST = "advance zwembad overeenkomst", "record zwembad overeenkomst west vastgesteld"


@pytest.fixture
def questioned(terminal: Terminal) -> Terminal:
    """A milestone whose adopting decision turned out to be held over."""
    terminal.world.it_is("2026-04-21")
    terminal.does("start docs/examples/zwembad.yaml")
    terminal.does(f"{ADVANCE} --on 2026-02-02")
    terminal.does("record zwembad overeenkomst oost vastgesteld --on 2026-03-10 --reference x")
    terminal.does(f"{WEST} --on 2026-03-10 --reference x")
    terminal.does(f"{ADVANCE} --on 2026-03-31")
    terminal.does("correct zwembad 5 --outcome aangehouden --reason x")
    return terminal


def test_what_settles_a_milestone_in_question_is_said(questioned: Terminal) -> None:
    """Correct what is against it, attest it, or withdraw it; status says where to look."""
    status = questioned("status zwembad")
    assert "Settle “overeenkomst”, which is in question, with:" in folded(status.out)
    assert "explain zwembad overeenkomst" in status.suggestions
    assert [
        "correct zwembad 5 --outcome OUTCOME --reason WHY",
        "correct zwembad 6 --attested --source SOURCE --reason WHY",
        "correct zwembad 6 --withdraw --reason WHY",
    ] == questioned("explain zwembad overeenkomst").to_fill_in


@pytest.mark.parametrize(
    "line",
    [
        "correct zwembad 5 --outcome vastgesteld --reason x",
        "correct zwembad 6 --attested --source x --reason x",
        "correct zwembad 6 --withdraw --reason x",
    ],
)
def test_each_of_these_settles_it(questioned: Terminal, line: str) -> None:
    """After any of them nothing is in question, and nothing more is suggested."""
    questioned.does(line)
    assert questioned.data("status zwembad")["milestones"][0]["basis"] != "in-question"
    assert [] == questioned.data("explain zwembad overeenkomst")["settling"]


def test_a_decision_that_was_withdrawn_is_to_be_recorded(questioned: Terminal) -> None:
    """With the day on which it was, for it has to come before the move."""
    questioned.does("correct zwembad 5 --withdraw --reason x")
    record = "record zwembad overeenkomst west.raad OUTCOME --on DATE --reference SOURCE"
    assert record in questioned("explain zwembad overeenkomst").to_fill_in
    questioned.does(f"{WEST} --on 2026-03-24 --reference x")
    assert "decided" == questioned.data("status zwembad")["milestones"][0]["basis"]
