"""A goal that names its state: only entering that reaches it, wherever it is shown."""

from pathlib import Path

import pytest

from definitions.calendar_checks import doubts_about
from tests.support.cli import Terminal, folded
from tests.support.definitions import example, faults_of, load

MARKET = "docs/examples/marktregels.yaml"
GOAL = "goal: {date: 2022-01-01, what: in force}"


def of(state: str) -> tuple[str, str]:
    """Return the change by which the goal of the example is of a state."""
    return GOAL, f"{GOAL[:-1]}, of: {state}}}"


@pytest.fixture
def market(terminal: Terminal) -> Terminal:
    """An ordinance that is to be in force on 1 January 2027; the councils agreed in June."""
    terminal.world.it_is("2027-02-01")
    terminal.does(f"start {MARKET}")
    terminal.does("advance marktregels verordening --on 2026-06-01")
    for party in ("oost", "west", "zuid"):
        record = f"record marktregels verordening {party}.raad vastgesteld --reference x"
        terminal.does(f"{record} --on 2026-06-08")
    return terminal


def adopted(terminal: Terminal) -> None:
    """Let it be adopted, and published everywhere."""
    terminal.does("advance marktregels verordening --on 2026-06-10")
    for party in ("oost", "west", "zuid"):
        task = f"task marktregels verordening/publicatie geplaatst --for {party} --reference x"
        terminal.does(f"{task} --on 2026-06-15")


@pytest.mark.parametrize(
    ("on", "said", "dutch"),
    [
        (
            "2027-01-01",
            "Goal reached on Fri 1 January 2027, in time for Fri 1 January 2027: the ordinance",
            "Doel bereikt op vr 1 januari 2027, op tijd voor vr 1 januari 2027: de verordening",
        ),
        (
            "2027-01-04",
            "Goal reached on Mon 4 January 2027, 3 days after Fri 1 January 2027: the ordinance",
            "Doel bereikt op ma 4 januari 2027, 3 dagen na vr 1 januari 2027: de verordening",
        ),
    ],
)
def test_a_goal_is_reached_on_the_day_its_state_is_entered(
    market: Terminal, on: str, said: str, dutch: str
) -> None:
    """The receipt says so, and each screen from then on; the day before it is still to come."""
    adopted(market)
    assert said in folded(market.does(f"advance marktregels verordening --on {on}"))
    assert said in folded(market.does("status marktregels"))
    assert dutch in folded(market.does("status marktregels --lang nl"))
    assert "; reached " in folded(market.does("status"))
    goal = market.data("status marktregels")["goal"]
    assert ("verordening.in-werking", on) == (goal["of"], goal["reached_on"])
    assert {"1": 0, "4": 3}[on[-1]] == goal["days_late"]
    before = market.data("status marktregels --as-of 2026-12-31")["goal"]
    assert (None, None, False) == (
        before["reached_on"],
        before["days_late"],
        before["out_of_reach"],
    )


def test_a_goal_that_was_given_up_is_not_reached(market: Terminal) -> None:
    """The process ended otherwise: when, and what the goal was."""
    receipt = folded(market.does("advance marktregels verordening stoppen --on 2026-06-09"))
    said = (
        "Ended on Tue 9 June 2026, with verordening given up; the goal was Fri 1 January 2027: the "
        "ordinance is in force. It was not reached."
    )
    assert said in receipt
    assert said in folded(market.does("status marktregels"))
    assert "ended 9 Jun 2026" in folded(market.does("status"))
    assert market.data("status marktregels")["goal"]["out_of_reach"]


def test_a_goal_that_is_attested_says_that_it_is_not_proved(market: Terminal) -> None:
    """And a withdrawn move reached nothing."""
    market.does("advance marktregels verordening --on 2026-06-10")
    move = "advance marktregels verordening --attested --reference x --on 2027-01-01"
    receipt = folded(market.does(move))
    assert "the ordinance is in force. Not all of it is proved." in receipt
    market.does("correct marktregels 8 --withdraw --reason x --reference x")
    assert "Goal: the ordinance is in force on Fri 1 January 2027, 31 days ago." in folded(
        market.does("status marktregels")
    )


@pytest.fixture
def two(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A process of two milestones, the first of which reaches the goal; its day has passed."""
    file = tmp_path / "example.yaml"
    file.write_text(example(of("voorstel.genomen")))
    terminal.world.it_is("2022-02-01")
    terminal.does(f"start {file}")
    return terminal


def test_a_goal_out_of_reach_is_said_while_others_go_on(two: Terminal) -> None:
    """It is not late then; the end of another milestone has nothing to do with it."""
    assert "Late: the day of the goal has passed." in two.does("status example")
    said = "The goal can no longer be reached: in force, on Sat 1 January 2022."
    assert said in folded(two.does("advance example voorstel stoppen --on 2021-03-01"))
    shown = folded(two.does("status example"))
    assert said in shown
    assert "the day of the goal has passed" not in shown
    ended = folded(two.does("advance example slot stoppen --on 2021-04-01"))
    assert "The goal can no longer be reached" not in ended
    assert "It was not reached." in folded(two.does("status example"))


def test_pictures_mark_the_state_of_the_goal(two: Terminal) -> None:
    """In that of its milestone, and as the way to the goal in that of the process."""
    picture = two.does("definitions graph --process example example voorstel")
    (state,) = [each for each in picture.splitlines() if "state__genomen[" in each]
    assert "Goal: in force, Sat 1 January 2022" in state.replace("<br>", " ")
    assert "Goal" not in two.does("definitions graph --process example example slot")
    whole = two.does("definitions graph --process example example")
    (way,) = [each for each in whole.splitlines() if each.endswith(" goal")]
    assert way.strip().startswith("milestone__voorstel")
    assert "genomen" in way


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ("slot.genomn", "There is no state “genomn”. Did you mean “genomen”?"),
        ("slto.genomen", "There is no milestone “slto”. Did you mean “slot”?"),
        ("genomen", "There is no milestone “genomen”. There are: voorstel, slot."),
        (
            "slot.vervallen",
            "With “vervallen”, “slot” is given up: no goal is reached by it. Reached is what is "
            "named under “good”: genomen.",
        ),
        (
            "slot.open",
            "“slot” begins in “open”: it is never entered. Reached is what is named under “good”: "
            "genomen.",
        ),
    ],
)
def test_a_goal_of_what_never_reaches_it_is_refused(state: str, fault: str) -> None:
    """With its place, and what was probably meant."""
    [said] = faults_of(example(of(state)))
    assert said.endswith(f"goal.of: {fault}")


def test_a_goal_of_a_state_that_nothing_reaches_is_refused() -> None:
    """As any such state is."""
    states = ("states: [open, in-route,", "states: [open, eiland, in-route,")
    said = faults_of(example(of("slot.eiland"), states))
    assert any("No transition ever reaches the state “eiland”." in each for each in said)


def test_a_goal_needs_words_or_a_state() -> None:
    """Of a state alone, the state is what it is."""
    [said] = faults_of(example((GOAL, "goal: {date: 2022-01-01}")))
    assert said.endswith("goal.what: “what” is missing.")
    goal = load(example((GOAL, "goal: {date: 2022-01-01, of: slot.genomen}"))).goal
    assert goal is not None
    assert "slot.genomen" == goal.what.in_("nl")


@pytest.mark.parametrize(
    ("due", "says"),
    [
        (
            "{genomen: 2022-02}",
            "This is due after the goal (Sat 1 January 2022), which it reaches.",
        ),
        ("{in-route: goal}", "This is due on the day of the goal, which “genomen” reaches."),
    ],
)
def test_what_is_odd_beside_a_goal_is_remarked_on(due: str, says: str) -> None:
    """A state that is due after the goal that it reaches, or another one on its day."""
    changes = (of("slot.genomen"), ("due: {genomen: goal}", f"due: {due}"))
    assert any(says in str(each.says) for each in doubts_about(load(example(*changes))))
    assert [] == doubts_about(load(example(changes[0])))
