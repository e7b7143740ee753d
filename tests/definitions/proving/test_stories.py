"""Every story of a finding is done in the real program, and ends in what it is told for."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.in_force import without_parties
from definitions.proving.proof import prove
from definitions.proving.verdict import ActKind, Finding
from tests.support.acting import Acting, as_made
from tests.support.cli import Terminal
from tests.support.databases import copied
from tests.support.engine import Traject, World
from tests.support.explicit import Explored, situation_of
from tests.support.properties import examples
from tests.support.small_definitions import provable_at_random
from workflow.rules.available_transitions import open_transitions
from workflow.rules.gates import decisions_on


def told_in(explored: Explored) -> Iterator[Finding]:
    """Yield the findings that have a story, by a proof in parts and by one of all at once.

    Of texts in the answers to another milestone only a proof in parts, as it is used, tells.
    """
    yield from (each for each in prove(explored.definition).findings if each.story)
    if len(explored.definition.milestones) > 1:
        at_once = prove(explored.definition, together=True)
        told = (each for each in at_once.findings if each.kind != "two-texts")
        yield from (each for each in told if each.story)


def check_where_it_ended(finding: Finding, acting: Acting, explored: Explored) -> None:
    """Check that a process stands where the story of a finding leads."""
    now, definition = acting.now, explored.definition
    milestone = definition.milestones[finding.milestone]
    state = now.state.milestones[milestone.id].state
    assert state == finding.values["state"]
    open_ = [way.arm.trigger for way in open_transitions(milestone, now)]
    if finding.kind == "two-texts":
        # Texts may differ also of what is asked about none, which the search does not look at.
        assert tuple(dict.fromkeys(open_)) == finding.values["triggers"]
        return
    number = explored.numbers[situation_of(now, explored.scope)]
    match finding.kind:
        case "no-way-on":
            assert number in explored.without_end([milestone.id])
        case "only-a-stop" | "only-a-stop-once-refused":
            assert number not in explored.leading_to(explored.ended([milestone.id], well=True))
            assert number not in explored.without_end([milestone.id])
        case "two-ways":
            assert open_.count(str(finding.values["trigger"])) > 1
        case "extra-yes-closes":
            arms = [
                arm
                for arm in milestone.arms_from(state)
                if arm.trigger == finding.values["trigger"]
            ]
            assert any(number in explored.able([arm], shut=True) for arm in arms)
        case "answers-left-behind":
            assert finding.values["trigger"] in open_
            request = milestone.requests[str(finding.values["request"])]
            assert decisions_on(now.state, milestone.id, request)
        case _:
            raise AssertionError(f"nobody says where a story of {finding.kind} ends")


@settings(
    examples(25),
    # Each example has a database of its own, which it makes anew.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(dice=st.randoms(use_true_random=True))
def test_each_story_ends_where_it_says(dice: Random, empty_file: Path, tmp_path: Path) -> None:
    """The engine takes every act of it, and then stands in what was found."""
    explored = provable_at_random(dice)
    with copied(empty_file, tmp_path / "stories.db") as database:
        for index, finding in enumerate(told_in(explored)):
            traject = Traject(database, explored.definition, World(), id=f"story-{index}")
            acting = Acting(traject)
            acting.start()
            if finding.kind == "if-leaves":
                check_without(str(finding.values["party"]), finding, acting)
                continue
            acting.make_all(as_made(finding.story, explored.definition))
            check_where_it_ended(finding, acting, explored)


def check_without(party: str, finding: Finding, acting: Acting) -> None:
    """Check that a story of a process that a party left can happen once it has left."""
    definition = acting.traject.definition
    acting.traject.leave(party, str(acting.day))
    acting.make_all(as_made(finding.story, without_parties(definition, (party,))))
    state = acting.now.state.milestones[finding.milestone].state
    assert state == finding.values.get("state", state)


def test_a_story_can_be_typed(
    empty_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the engine takes of a story is taken when it is typed, line by line."""
    dice = Random(8)
    untyped = {ActKind.MOVE, ActKind.DECIDE, ActKind.REPORT, ActKind.DELIVER}
    while untyped:
        explored = provable_at_random(dice)
        for finding in told_in(explored):
            kinds = {act.kind for act in finding.story}
            if untyped & kinds and finding.kind != "if-leaves":
                file = tmp_path / f"typed-{len(untyped)}.db"
                with copied(empty_file, file) as database:
                    traject = Traject(database, explored.definition, World())
                    acting = Acting(traject, Terminal(file, capsys, traject.world))
                    acting.start()
                    acting.make_all(as_made(finding.story, explored.definition))
                    check_where_it_ended(finding, acting, explored)
                untyped -= kinds
