"""Structures, and what one has of another that it extends."""

from typing import Any

import pytest

from definitions import schema
from definitions.faults import Faults
from definitions.structures import Whole, resolve_structures

BASE: dict[str, Any] = {
    "states": ["open", "genomen", "vervallen"],
    "final": {"good": ["genomen"], "bad": ["vervallen"]},
    "slots": ["besluit"],
    "tasks": {"overleg": {"owner": "secretaris", "results": {"gehouden": "done"}}},
    "transitions": {
        "nemen": {"from": "open", "to": "genomen", "gate": {"slot": "besluit"}, "latch": True},
        "stoppen": {"from": "open", "to": "vervallen", "explicit": True},
    },
}


def test_a_structure_by_itself_is_what_it_says() -> None:
    """Nothing is added to a structure that extends no other."""
    [base] = _resolve(base=BASE).values()

    assert ["open", "genomen", "vervallen"] == list(base.states)
    assert ("genomen", "vervallen") == base.final
    assert ("besluit",) == base.slots
    assert [
        ("nemen", "open", "genomen"),
        ("stoppen", "open", "vervallen"),
    ] == [(trigger, source, target) for trigger, source, target, _ in base.edges()]


def test_states_are_replaced_where_they_stand() -> None:
    """One state may become several; the others keep their places, and where they are written."""
    above = _resolve(base=BASE, above={"extends": "base", "states": {"genomen": ["a", "b"]}})[
        "above"
    ]

    assert {
        "open": ("structures", "base", "states", 0),
        "a": ("structures", "above", "states", "genomen", 0),
        "b": ("structures", "above", "states", "genomen", 1),
        "vervallen": ("structures", "base", "states", 2),
    } == above.states


def test_a_list_of_states_replaces_them_all() -> None:
    """A structure that lists its states has those and no others."""
    above = _resolve(base=BASE, above={"extends": "base", "states": ["x", "y"]})["above"]

    assert ["x", "y"] == list(above.states)


def test_slots_and_tasks_come_on_top() -> None:
    """What a structure adds stands after what it has from below; the same task is replaced."""
    task = {"owner": "griffier", "results": {"klaar": "done"}}
    above = _resolve(
        base=BASE,
        above={
            "extends": "base",
            "slots": ["rijp", "besluit"],
            "tasks": {"extra": task, "overleg": task},
        },
    )["above"]

    assert ("besluit", "rijp") == above.slots
    assert {"overleg": "griffier", "extra": "griffier"} == {
        name: spec.owner for name, (spec, _) in above.tasks.items()
    }


def test_a_transition_keeps_what_the_overlay_does_not_write() -> None:
    """Only what is written differs, and each key is known to stand where it is written."""
    above = _resolve(
        base=BASE, above={"extends": "base", "transitions": {"nemen": {"to": "vervallen"}}}
    )["above"]
    [nemen] = above.transitions["nemen"]

    assert ("open", "vervallen", True) == (nemen.shape.from_, nemen.shape.to, nemen.shape.latch)
    assert ("structures", "above", "transitions", "nemen", "to") == nemen.at("to")
    assert ("structures", "base", "transitions", "nemen", "from") == nemen.at("from")
    assert ["nemen", "stoppen"] == list(above.transitions)


def test_a_list_of_transitions_replaces_one() -> None:
    """Where a trigger has several transitions, nothing tells which would be overlaid."""
    several = [{"from": "open", "to": "genomen"}, {"from": "open", "to": "vervallen"}]
    above = _resolve(base=BASE, above={"extends": "base", "transitions": {"nemen": several}})[
        "above"
    ]

    assert [None, None] == [each.shape.gate for each in above.transitions["nemen"]]


def test_order_in_the_file_does_not_matter() -> None:
    """A structure may stand before the one it extends, and a chain may be long."""
    chain = {f"s{n}": {"extends": f"s{n + 1}"} for n in range(90)}
    found = _resolve(**chain, s90=BASE)

    assert list(found["s90"].states) == list(found["s0"].states)


@pytest.mark.parametrize(
    ("structures", "faults"),
    [
        ({"a": {"extends": "a"}}, ["a.extends: Structures extend each other: a → a."]),
        (
            {"c": {"extends": "a"}, "a": {"extends": "b"}, "b": {"extends": "a"}},
            ["b.extends: Structures extend each other: a → b → a."],
        ),
        (
            {"base": BASE, "a": {"extends": "bas"}, "b": {"extends": "a"}},
            ["a.extends: There is no structure “bas”. Did you mean “base”?"],
        ),
        ({"a": {}}, ["a: A structure needs a list of “states”."]),
        ({"a": {"states": {"b": ["c"]}}}, ["a: A structure needs a list of “states”."]),
        (
            {"base": BASE, "a": {"extends": "base", "states": {"opn": ["b"]}}},
            ["a.states.opn: “base” has no state “opn”. Did you mean “open”?"],
        ),
        (
            {"base": BASE, "a": {"extends": "base", "states": {"genomen": ["open", "b"]}}},
            ["a.states.genomen.0: “a” has “open” twice."],
        ),
    ],
)
def test_faults_of_extending_are_noted_once(structures: dict[str, Any], faults: list[str]) -> None:
    """A circle, an unknown name and states that do not fit are each one fault."""
    found = Faults("f", {})
    resolve_structures(_shapes(structures), found)

    assert [f"f:1:1: structures.{fault}" for fault in faults] == [
        str(fault.describe()) for fault in found.found
    ]


def _resolve(**structures: dict[str, Any]) -> dict[str, Whole]:
    faults = Faults("f", {})
    found = resolve_structures(_shapes(structures), faults)
    assert [] == faults.found
    return found


def _shapes(structures: dict[str, Any]) -> dict[str, schema.Structure]:
    return {name: schema.Structure.model_validate(each) for name, each in structures.items()}
