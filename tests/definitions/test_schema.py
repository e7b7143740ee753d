"""Facts: one thing each, with what goes with it."""

from typing import Any

import pytest

from definitions.faults import DefinitionInvalid
from definitions.loading import read_shape
from definitions.schema import Fact, FactsFile

HEAD = "process: example\nfacts:\n  - {id: a, on: 2021-03, source: a letter, "


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("note: seen", "note"),
        ("note: seen, about: voorstel", "note"),
        ("advance: voorstel", "advance"),
        (
            "advance: voorstel, trigger: nemen, to: genomen, attested: true, note: as told",
            "advance",
        ),
        ("record: voorstel, body: oost.raad, outcome: voor", "record"),
        ("record: v, body: b, outcome: o, request: r, votes: 19-4, ground: g", "record"),
        ("record: v, body: b, outcome: o, out_of_order: late, note: n", "record"),
        ("task: voorstel/vragen, for: oost, result: gesloten", "task"),
        ("task: nieuwsbrief, result: verzonden", "task"),
        ("deliverable: tekst/kern, level: concept", "deliverable"),
        ("deliverable: tekst/bijlage, for: oost, level: concept", "deliverable"),
    ],
)
def test_a_fact_tells_one_thing(written: str, kind: str) -> None:
    """Its kind follows from what it has; a note beside a move is a remark."""
    assert kind == Fact.model_validate(_read(written)["facts"][0]).kind


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            "attested: true",
            "3:5: facts.0: Exactly one is needed of: advance, record, sent, received, answer, "
            "task, deliverable, replan, join, leave, note.",
        ),
        (
            "advance: a, task: b, result: c",
            "3:56: facts.0.task: Exactly one is needed of: advance, record",
        ),
        ("record: a, outcome: b", "3:5: facts.0: “record” needs “body”."),
        ("record: a, body: b", "3:5: facts.0: “record” needs “outcome”."),
        ("task: a", "3:5: facts.0: “task” needs “result”."),
        ("deliverable: a", "3:5: facts.0: “deliverable” needs “level”."),
        ("advance: a, body: b", "3:56: facts.0.body: “body” does not go with “advance”."),
        ("note: a, attested: true", "3:53: facts.0.attested: “attested” does not go with “note”."),
        ("note: a, attested: false", "3:53: facts.0.attested: “attested” does not go with “note”."),
        ("advance: a, about: b", "3:56: facts.0.about: “about” does not go with “advance”."),
        ("advance: a, attested: yes", "3:56: facts.0.attested: Expected true or false, not “yes”."),
        ("advance: a, tot: b", "3:56: facts.0.tot: There is no such key here. Did you mean “to”?"),
        ("note: a}\n  - {id: a, on: x, source: b, note: c", "4:13: facts.1.on: “x” is not a date."),
        (
            "note: a}\n  - {id: a, on: 2021, source: b, note: c",
            "4:13: facts.1.on: Expected text, not 2021. Put it in quotes if text is meant.",
        ),
        (
            "note: a}\n  - {id: a, on: 2021-04, source: b, note: c",
            "4:6: facts.1.id: This stands here twice.",
        ),
        ("note: a}\n  - {id: b, on: 2021-04, note: c", "4:5: facts.1.source: “source” is missing."),
        (
            "note: a}\n  - {id: b, on: 2021-04, source: '', note: c",
            "4:26: facts.1.source: Some text",
        ),
    ],
)
def test_a_fact_that_does_not_fit_is_refused(written: str, fault: str) -> None:
    """What is missing, too much or of another kind of fact is named with its place."""
    with pytest.raises(DefinitionInvalid) as raised:
        _read(written)

    faults = [str(each.describe()).removeprefix("facts.yaml:") for each in raised.value.faults]
    assert [fault] == [each[: len(fault)] for each in faults]


def _read(written: str) -> dict[str, Any]:
    data, _ = read_shape(f"{HEAD}{written}}}\n".encode(), "facts.yaml", FactsFile)
    return data
