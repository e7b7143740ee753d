"""What is said to who wrote a word that cannot stand there: every word that can."""

import json
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from definitions import schema
from definitions.jsonschema import json_schema
from definitions.language.naming import LISTED, did_you_mean
from definitions.model import Effect, Permission
from definitions.schema import DueForm, GateKind
from tests.support.definitions import example, faults_of

ODD = "qwertyuiopasdfghjkl: 1"
"""A key that is a slip of none."""
PLACES: dict[str, tuple[str, str]] = {
    "ProcessFile": ("version: 1", f"version: 1\n{ODD}"),
    "Source": ("{id: brief,", f"{{{ODD}, id: brief,"),
    "Goal": ("goal: {", f"goal: {{{ODD}, "),
    "Parties": ("parties:\n  define:", f"parties:\n  {ODD}\n  define:"),
    "Joining": ("groups:", f"may_join: {{noord: {{{ODD}}}}}\ngroups:"),
    "Party": ("{name: Oost,", f"{{{ODD}, name: Oost,"),
    "RegionalBody": ("groups:", f"bodies: {{ab: {{name: AB, {ODD}}}}}\ngroups:"),
    "MajorityForm": ("groups:", f"bodies: {{ab: {{name: AB, majority: {{{ODD}}}}}}}\ngroups:"),
    "Group": ("juristen: {", f"juristen: {{{ODD}, "),
    "Role": ("griffier: {", f"griffier: {{{ODD}, "),
    "Parameter": ("version: 1", f"version: 1\nparameters: {{k: {{{ODD}}}}}"),
    "Deliverable": ("  tekst:\n", f"  tekst:\n    {ODD}\n"),
    "Part": ("kern: {", f"kern: {{{ODD}"),
    "OutcomeForm": ("tegen: {", f"tegen: {{{ODD}, "),
    "RepeatForm": ("{after: 3d", f"{{{ODD}, after: 3d"),
    "Structure": ("  ronde:\n", f"  ronde:\n    {ODD}\n"),
    "Final": ("final: {", f"final: {{{ODD}, "),
    "Transition": ("nemen: {", f"nemen: {{{ODD}, "),
    "Milestone": ("  voorstel:\n", f"  voorstel:\n    {ODD}\n"),
    "Entering": ("  voorstel:\n", f"  voorstel:\n    entering: {{besloten: {{{ODD}}}}}\n"),
    "Request": ("of: each raad", f"of: each raad\n        {ODD}"),
    "Options": ("of: each raad", f"of: each raad\n        options: {{{ODD}}}"),
    "BoundForm": ("due: 2021-09", f"due: {{earliest: [{{{ODD}}}, 2021-09]}}"),
    "DueForm": ("due: 2021-09", f"due: {{{ODD}}}"),
    "Gate": ("{request: raden, rule", f"{{{ODD}, request: raden, rule"),
    "RuleForm": ("rule: majority", f"rule: {{{ODD}}}"),
    "Task": ("nieuwsbrief: {", f"nieuwsbrief: {{{ODD}, "),
    "EachForm": ("of: each raad", f"of: {{each: raad, {ODD}}}"),
    "PerForm": ("vragen: {per: party,", f"vragen: {{per: {{each: party, {ODD}}},"),
    "Arises": ("arises: {", f"arises: {{{ODD}, "),
}
"""For each shape of a definition, a change that writes a key into one which it has not."""


def keys_of(shape: str) -> list[str]:
    """Return the keys of a shape, as they are written in a file."""
    model: type[BaseModel] = getattr(schema, shape)
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize("shape", PLACES)
def test_every_key_is_listed(shape: str) -> None:
    """However many there are: a key that is left out is one that nobody finds."""
    [said] = [each for each in faults_of(example(PLACES[shape])) if "There is no such key" in each]

    assert said.endswith(f"There is no such key here. There are: {', '.join(keys_of(shape))}.")


def test_every_shape_is_tried() -> None:
    """What the schema of a definition knows, and the file itself."""
    known = json.loads(json_schema("process"))["$defs"]

    assert {"ProcessFile", *(name for name in known if "properties" in known[name])} == set(PLACES)


def test_a_gate_has_all_its_kinds() -> None:
    """Also those that join others, and those of a date."""
    [said] = faults_of(example(("besluit: {date: goal}", f"besluit: {{{ODD}}}")))
    listed = re.findall(r"[a-z_]+", said.partition("There are: ")[2])

    assert {*GateKind, *("all", "any", "not", "date", "past")} <= set(listed)
    [said] = faults_of(example(("besluit: {date: goal}", "besluit: {}")))
    assert said.endswith(f"Exactly one is needed of: {', '.join(GateKind)}.")


# --- where a value may be one of several words, or something else ------------------------------


@pytest.mark.parametrize(
    ("change", "words", "keys"),
    [
        (("rule: majority", "rule: qwertyuiop"), ["all", "majority"], "RuleForm"),
        (("aangehouden: pending", "aangehouden: qwertyuiop"), list(Effect), "OutcomeForm"),
        (("{date: 2022-01-01, what: in force}", "qwertyuiop"), ["none"], "Goal"),
    ],
)
def test_what_has_keys_is_listed_beside_the_words(
    change: tuple[str, str], words: list[str], keys: str
) -> None:
    """Who wrote another word may have meant what takes more than a word to say."""
    [said] = faults_of(example(change))

    assert said.endswith(
        f"Expected one of: {', '.join(words)}; not “qwertyuiop”. "
        f"Keys and values can stand here too: {', '.join(keys_of(keys))}."
    )


def test_keys_and_a_list_are_both_named_beside_the_words() -> None:
    """Where either can stand."""
    [said] = faults_of(example(("{per: group, owner", "{per: qwertyuiop, owner")))

    assert said.endswith(
        "Expected one of: party, group; not “qwertyuiop”. Keys and values can stand here too: "
        "each, except. So can a list."
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("counts: for}\n  slot", "counts: qwertyuiop}\n  slot"), ["for", "against", "answered"]),
        (("raden, of: own", "raden, of: qwertyuiop"), ["own", "arisen"]),
    ],
)
def test_a_list_is_named_beside_the_words(change: tuple[str, str], words: list[str]) -> None:
    """As one fault."""
    [said] = faults_of(example(change))

    assert said.endswith(
        f"Expected one of: {', '.join(words)}; not “qwertyuiop”. A list can stand here too."
    )


def test_every_permission_is_listed() -> None:
    """Nothing else can stand there."""
    [said] = faults_of(example(("[advance, stop, replan", "[qwertyuiop, stop, replan")))

    assert said.endswith(f"Expected one of: {', '.join(Permission)}; not “qwertyuiop”.")


def test_a_due_may_be_more_than_a_date() -> None:
    """Words, and what has keys; of a gate on a date, the goal."""
    [due] = faults_of(example(("due: 2021-09", "due: qwertyuiop")))
    [gate] = faults_of(example(("{date: goal}", "{date: qwertyuiop}")))

    also = f"Keys and values can stand here too: {', '.join(DueForm.model_fields)}."
    assert due.endswith(f"or “unknown”. Here it can also be: goal, none. {also}")
    assert gate.endswith("or “unknown”. Here it can also be: goal.")


@pytest.mark.parametrize(
    ("change", "there"),
    [
        (
            ("of: each raad", "of: qwertyuiop"),
            "There is no body “qwertyuiop”. There are: each college, each raad, oost.raad,",
        ),
        (
            ("of: each raad", "of: each qwertyuiop"),
            "No party has a body “qwertyuiop”. There are: each college, each raad.",
        ),
        (
            ("due: 2021-09", "due: {after: qwertyuiop}"),
            "There are: nieuwsbrief, flyer, voorstel/overleg, voorstel/vragen, slot/overleg, "
            "voorstel.open, voorstel.in-route,",
        ),
    ],
)
def test_names_of_several_kinds_are_listed_together(change: tuple[str, str], there: str) -> None:
    """All bodies of a kind beside each; states beside tasks."""
    [said] = faults_of(example(change))

    assert there in said


def _many() -> Iterator[str]:
    yield from (f"name-{number}" for number in range(LISTED + 1))


def test_of_names_that_people_gave_a_few_are_listed() -> None:
    """Of four hundred councils nobody reads the list; that there are more is said."""
    few, all_ = did_you_mean("qwertyuiop", _many()), did_you_mean("qwertyuiop", _many(), most=None)

    assert str(few).endswith("name-11, ….")
    assert str(all_).endswith("name-11, name-12.")
