"""Faults of a state machine by itself."""

import pytest

from tests.support.definitions import example, faults_of

STOP = "stoppen: {from: [open, in-route], to: vervallen, explicit: true, permission: stop}"
TAKE = "nemen: {from: in-route, to: genomen, gate: {slot: besluit}}"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "states: [open, in",
            "states: [open, zwevend, in",
            [
                "32:20: states.1: No transition ever reaches the state “zwevend”.",
                (
                    "32:20: states.1: Nothing leaves the state “zwevend”, and it is not "
                    "final. Add a transition from it, or name it under “final”."
                ),
            ],
        ),
        (
            "bad: [vervallen]",
            "bad: []",
            [
                (
                    "32:39: states.3: Nothing leaves the state “vervallen”, and it is "
                    "not final. Add a transition from it, or name it under “final”."
                )
            ],
        ),
        (
            "nemen: {from: in-route,",
            "nemen: {from: [in-route, vervallen],",
            ["39:15: transitions.nemen.from: “vervallen” is final, and “nemen” leaves it."],
        ),
        (
            "bad: [vervallen]",
            "bad: [vervallen, genomen]",
            ["33:30: final.bad: “genomen” cannot be both good and bad."],
        ),
        (
            "{good: [genomen], bad: [vervallen]}",
            "{bad: [genomen, vervallen]}",
            ["33:5: final: No good final state: when is the milestone reached?"],
        ),
        (
            TAKE,
            f"{TAKE}\n      weer: [{{from: open, to: genomen}}, {{from: open, to: vervallen}}]",
            [
                (
                    "40:41: transitions.weer.1: “weer” from “open” stands here more than "
                    "once with the same gate: nothing tells which one is meant."
                )
            ],
        ),
        (
            TAKE,
            "nemen: {from: in-route, gate: {slot: besluit}}",
            ["39:7: transitions.nemen: A transition needs “from” and “to”."],
        ),
        (
            "gate: {slot: rijp}",
            "gate: {not: {any: [{all: [{slot: rijpp}]}]}}",
            [
                (
                    "38:85: transitions.in-route.gate.not.any.0.all.0.slot: There is no "
                    "slot “rijpp”. Did you mean “rijp”?"
                )
            ],
        ),
        (
            "gate: {slot: rijp}",
            "gate: {date: goal}",
            ["34:5: slots: No transition asks for the slot “rijp”."],
        ),
    ],
)
def test_a_machine_that_cannot_work_is_refused(old: str, new: str, faults: list[str]) -> None:
    """Each fault is named with its place, once, though two milestones follow the structure."""
    found = [fault.replace("structures.ronde.", "") for fault in faults_of(example((old, new)))]

    assert faults == found


def test_a_circle_without_a_way_to_the_end_is_refused() -> None:
    """States that lead to each other for ever are no better than one that nothing leaves."""
    circle = example(
        ("states: [open, in-route,", "states: [open, a, b, in-route,"),
        (STOP, f"{STOP}\n      kring: [{{from: [open, b], to: a}}, {{from: a, to: b}}]"),
    )

    assert [
        "32:20: structures.ronde.states.1: From the state “a” no final state can be reached.",
        "32:23: structures.ronde.states.2: From the state “b” no final state can be reached.",
    ] == faults_of(circle)


def test_a_structure_that_nothing_follows_is_checked_too() -> None:
    """A fault does not wait for the first milestone that comes upon it."""
    loose = "los: {states: [a, b], final: {good: [b]}, transitions: {x: {from: a, to: a}}}"

    assert [
        "31:18: structures.los.states.0: From the state “a” no final state can be reached.",
        "31:21: structures.los.states.1: No transition ever reaches the state “b”.",
    ] == faults_of(example(("structures:\n", f"structures:\n  {loose}\n")))


def test_what_is_wrong_below_is_not_said_again_above() -> None:
    """A structure has its faults from the one it extends only there; its own it has itself."""
    extended = "structures:\n  hoger: {extends: ronde, states: {vervallen: [vervallen, gestopt]}}\n"
    changed = example(("structures:\n", extended), ("states: [open, in", "states: [open, los, in"))

    assert ["31:59", "31:59", "33:20", "33:20"] == [
        fault.split(": ")[0] for fault in faults_of(changed)
    ]
