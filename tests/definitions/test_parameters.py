"""Parameters that are numbers: wherever a number can stand, and what is said of a bad one."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from definitions.faults import DefinitionInvalid
from definitions.jsonschema import PLACE_OF_NUMBER, json_schema
from definitions.language.errors import NotFound
from definitions.language.text import text
from definitions.loading import load_definition
from definitions.model import Definition

DEFINITION = """\
id: getallen
version: 5
title: {nl: Met 5, en: With 5}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, weight: 5, bodies: [raad]}
    west: {name: West, kind: gemeente, weight: 2, bodies: [raad]}
    zuid: {name: Zuid, kind: gemeente, weight: 2, bodies: [raad]}
    noord: {name: Noord, kind: gemeente, weight: 2, bodies: [raad]}
    midden: {name: Midden, kind: gemeente, weight: 2, bodies: [raad]}
bodies:
  ab: {name: AB, members: {oost: 5, west: 3}, quorum: 5}
  db: {name: DB, votes: 5}
roles: {secretaris: {may: [advance, record-on-behalf, task]}}
starter: [secretaris]
instruments: {stemming: {voor: for, tegen: against}}
ladders:
  na: [-5d, {after: 5d, every: 5d, times: 5, to: secretaris}]
structures:
  vorm:
    states: [open, klaar]
    final: {good: [klaar]}
    slots: [akkoord]
    transitions: {sluiten: {from: open, to: klaar, gate: {slot: akkoord}}}
milestones:
  besluit:
    structure: vorm
    requests:
      raden:
        of: each raad
        instrument: stemming
        in: [open]
        due: {after: besluit.open, weeks: 5}
        options: {named_by: decision, count: 5}
    tasks:
      dagen: {owner: secretaris, due: {after: besluit.open, days: 5}, results: {ja: done}}
      werk: {owner: secretaris, due: {after: besluit.open, working_days: 5}, results: {ja: done}}
      maanden: {owner: secretaris, due: {after: besluit.open, months: 5}, results: {ja: done}}
      jaren: {owner: secretaris, due: {after: besluit.open, years: 5}, results: {ja: done}}
    gates:
      akkoord:
        all:
          - {request: raden, rule: {at_least: 5}, counts: for}
          - {request: raden, rule: {share: 5/9}, counts: for}
          - {request: raden, rule: {weighted_share: 5/6}, counts: for}
"""
FIVE = re.compile(r"(?<![\d-])5(?=[,}/d\n])")
"""Each 5 that is a number, or stands in the text of a share, a title or days."""


def no_parties(name: str) -> tuple[str, bytes]:
    """Know of no shared file."""
    raise NotFound(text("There is no party file “{name}”.", name=name))


def with_parameter(written: str, declared: str, **given: str) -> Definition:
    """Load a definition with its parameters declared, and some of them given."""
    content = written.replace("title:", f"parameters: {{{declared}}}\ntitle:", 1)
    return load_definition(content.encode(), "f.yaml", no_parties, given)


def faults(written: str, declared: str, **given: str) -> list[str]:
    """Return what is wrong with one, without where it is in the file."""
    with pytest.raises(DefinitionInvalid) as raised:
        with_parameter(written, declared, **given)
    return [str(each.describe()).split(": ", 1)[1] for each in raised.value.faults]


NUMBER = "k: {type: number, description: k}"
WITH_K = FIVE.sub("${k}", DEFINITION)
# Between brackets, what has one in it stands in quotes.
WITH_K = re.sub(r"(?<=[ \[])(-?\$\{k\}(?:d|/[69])?|(?:Met|With) \$\{k\})", r'"\1"', WITH_K)


def test_a_number_stands_wherever_one_can() -> None:
    """What comes out is the definition in which the number was written, with the same hash."""
    plain = load_definition(DEFINITION.encode(), "f.yaml", no_parties)

    assert plain == with_parameter(WITH_K, NUMBER, k="5")
    assert plain.sha256 == with_parameter(WITH_K, NUMBER, k="5").sha256


@pytest.mark.parametrize("default", ["5", '"5"'])
def test_a_default_may_be_written_as_a_number_or_as_text(default: str) -> None:
    """Quoted or not, it is the number; what is given goes before it."""
    declared = f"k: {{type: number, default: {default}, description: k}}"
    plain = load_definition(DEFINITION.encode(), "f.yaml", no_parties)

    assert plain == with_parameter(WITH_K, declared)
    assert plain == with_parameter(WITH_K, declared.replace("5", "6"), k="5")


def test_every_place_of_a_number_is_tried() -> None:
    """The definition above has each key that the schema knows to be a number."""
    keys = {
        key for key, place in _properties(json.loads(json_schema("process"))) if _numeric(place)
    }

    assert {
        *("version", "weight", "members", "votes", "quorum"),
        *("times", "count", "at_least"),
        *("days", "working_days", "weeks", "months", "years"),
    } == keys
    assert keys == {key for key in keys if re.search(rf'{key}: (\{{oost: )?"\$\{{k\}}"', WITH_K)}


def _properties(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for kind in (schema, *schema["$defs"].values()):
        yield from kind.get("properties", {}).items()


def _numeric(place: Any) -> bool:
    """Say whether a number stands there, alone or as what is said per name; a default is text."""
    inner = place.get("additionalProperties", place)
    return isinstance(inner, dict) and PLACE_OF_NUMBER in inner.get("anyOf", ())


# --- what is wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "value", "said"),
    [
        ("weeks: 5", 'weeks: "${k}"', "0", "due.weeks: Expected 1 or more, not 0."),
        ("weeks: 5", 'weeks: "${k}"', "521", "due.weeks: Expected 520 or less, not 521."),
        ("times: 5", 'times: "${k}"', "53", "ladders.na.1.times: Expected 52 or less, not 53."),
        ("version: 5", "version: ${k}", "0", "version: Expected 1 or more, not 0."),
        (
            "weight: 5",
            'weight: "${k}"',
            "9999999",
            "Expected 1000000 or less, not 9999999.",
        ),
        ("quorum: 5", 'quorum: "${k}"', "9", "bodies.ab.quorum: A quorum of 9, of 8 votes."),
        ("oost: 5, west: 3", 'oost: "${k}"', "4", "bodies.ab.quorum: A quorum of 5, of 4 votes."),
        ("5/9", '"${k}/9"', "0", "share: “0/9” is not a share: write a fraction such as 2/3."),
        ("5/9", '"${k}/9"', "12", "share: “12/9” is more than the whole."),
        ("[-5d", '["-${k}d"', "0", "“-0d” is not a rung: write -14d, -3wd (working days) or 0d."),
        ("at_least: 5", 'at_least: "${k}"', "6", "it takes 6, and there are 5."),
    ],
)
def test_a_number_that_does_not_fit_is_said_with_its_parameter(
    old: str, new: str, value: str, said: str
) -> None:
    """The file does not have the number that is wrong, so the fault says where it comes from."""
    assert 1 == DEFINITION.count(old)
    (found,) = faults(DEFINITION.replace(old, new), NUMBER, k=value)

    assert said in found
    assert f"Filled in here: the parameter k={value}." in found


def test_several_parameters_in_one_place_are_all_named() -> None:
    """Each once."""
    declared = f"{NUMBER}, n: {{type: number, default: 3, description: n}}"
    (found,) = faults(DEFINITION.replace("5/9", '"${k}/${n}"'), declared, k="4")

    assert found.endswith("“4/3” is more than the whole. Filled in here: the parameters k=4, n=3.")


def test_what_is_wrong_elsewhere_names_no_parameter() -> None:
    """Beside a place where one was filled in, too."""
    written = DEFINITION.replace("weeks: 5", 'weeks: "${k}"').replace("in: [open]", "in: [opn]")
    (found,) = faults(written, NUMBER, k="5")

    assert "Filled in" not in found


@pytest.mark.parametrize("value", ["x", "-1", "+1", "1.5", "1e3", "", " 5", "٣", "5" * 10])
def test_what_is_no_number_is_refused_as_the_parameter(value: str) -> None:
    """Given, or as the default: where it is declared, and not where it is used."""
    said = (
        f"parameters.k: The parameter “k” is a whole number, and “{value}” is not. "
        "Write it in digits, nine at most."
    )
    declared = f"k: {{type: number, default: '{value}', description: k}}"

    assert [said] == faults(WITH_K, NUMBER, k=value)
    assert [said] == faults(WITH_K, declared)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("k: {type: text, default: 5, description: k}", "Expected text, not 5. Put it in quotes"),
        ("k: {type: number, default: true, description: k}", "Expected text, not true."),
        ("k: {type: number, default: [5], description: k}", "Expected text, not a list."),
    ],
)
def test_a_default_of_another_type_is_refused(declared: str, said: str) -> None:
    """Only a number is a number."""
    (found,) = faults(WITH_K, declared)

    assert found.startswith(f"parameters.k.default: {said}")


def test_a_text_is_no_number() -> None:
    """Only a parameter that is declared a number stands where one is wanted."""
    written = DEFINITION.replace("weeks: 5", 'weeks: "${k}"')
    (found,) = faults(written, "k: {type: text, description: k}", k="5")

    assert found.endswith(
        "due.weeks: Expected a whole number, not “5”. Filled in here: the parameter k=5."
    )
