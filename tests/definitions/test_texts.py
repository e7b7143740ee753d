"""Texts of requests: that they may differ, and that one is bound to that of another."""

import pytest

from definitions.model import Effect, TextsDiffer
from tests.support.definitions import example, faults_of, load

RULE = "{request: raden, rule: majority, counts: for}"
BINDS = ("after: {request", "same_text_as: raden\n        after: {request")
GATE = "63:7: milestones.voorstel.gates.besluit"


def test_a_gate_asks_whether_texts_differ() -> None:
    """Of the decisions in favour, where it does not say of which."""
    definition = load(example((RULE, "{request: raden, differ: text}")))
    arm = next(e for e in definition.milestones["voorstel"].arms if e.trigger == "nemen")
    assert [TextsDiffer("voorstel", "raden", frozenset({Effect.FOR}))] == [
        getattr(arm.gate, "gate", None)
    ]


def test_a_bound_request_is_about_the_text_of_the_other() -> None:
    """Which it need not say again; of another milestone it is named with that."""
    for written in ("raden", "voorstel/raden"):
        binds = (BINDS[0], BINDS[1].replace("raden", written, 1))
        request = load(example(binds)).milestones["voorstel"].requests["colleges"]
        assert ("tekst/kern", ("voorstel", "raden")) == (request.text, request.same_text_as)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            [(RULE, "{request: colleges, differ: text}")],
            "63:36: milestones.voorstel.gates.besluit.differ: “colleges” is about no text, so that "
            "none can differ. Give that request its “text”: the deliverable that is decided on.",
        ),
        (
            [(RULE, "{request: raden, differ: text, rule: all}")],
            "63:47: milestones.voorstel.gates.besluit.rule: “rule” does not go with “differ”.",
        ),
        (
            [(RULE, "{request: raden, differ: text, of: own}")],
            "63:47: milestones.voorstel.gates.besluit.of: “of” does not go with “differ”.",
        ),
        (
            [(RULE, "{request: raden, differ: outcome}")],
            "63:33: milestones.voorstel.gates.besluit.differ: Expected one of: text; not "
            "“outcome”.",
        ),
        (
            [(RULE, "{tasks: vragen, differ: text}")],
            "63:32: milestones.voorstel.gates.besluit.differ: “differ” does not go with “tasks”.",
        ),
        (
            [(RULE, "{request: raden, differ: text, counts: against}")],
            "63:47: milestones.voorstel.gates.besluit.counts: Of what was decided against, the "
            "texts may differ: they are not compared. Write: counts: for; or leave it out.",
        ),
        (
            [(RULE, "{request: raad, differ: text}")],
            "63:17: milestones.voorstel.gates.besluit.request: There is no request “raad”. There "
            "are: raden, colleges.",
        ),
        (
            [(RULE, "{request: raden, rule: all}")],
            "63:7: milestones.voorstel.gates.besluit: “request” needs “counts”. Or “outcome”, for "
            "the outcomes by their names.",
        ),
        (
            [
                (RULE, "{request: raden, differ: text}"),
                ("raden, of: own", "raden"),
                ("of: each raad", "of: oost.raad"),
            ],
            "63:7: milestones.voorstel.gates.besluit: This gate can never hold: two texts only "
            "differ where two bodies can decide for, and of “raden” oost.raad can.",
        ),
        (
            [(RULE, "{request: raden, differ: text, counts: answered}")],
            "63:7: milestones.voorstel.gates.besluit: This gate can never hold: two texts only "
            "differ where two bodies can decide answered, and of “raden” nobody can.",
        ),
        (
            [(BINDS[0], f"same_text_as: rade\n        {BINDS[0]}")],
            "58:9: milestones.voorstel.requests.colleges.same_text_as: There is no request "
            "“rade”. Did you mean “raden”?",
        ),
        (
            [(BINDS[0], f"same_text_as: voorstl/raden\n        {BINDS[0]}")],
            "58:9: milestones.voorstel.requests.colleges.same_text_as: There is no milestone "
            "“voorstl”. Did you mean “voorstel”?",
        ),
        (
            [BINDS, ("        text: tekst/kern\n", "")],
            "57:9: milestones.voorstel.requests.colleges.same_text_as: “raden” is about no text, "
            "so that none can be the same. Give that request its “text”: the deliverable that is "
            "decided on.",
        ),
        (
            [(BINDS[0], f"text: tekst\n        {BINDS[1]}")],
            "59:9: milestones.voorstel.requests.colleges.same_text_as: This is about “tekst”, and "
            "“raden” about “tekst/kern”: those are two texts. Leave out “text” here: it is that of "
            "the other.",
        ),
        (
            [(BINDS[0], f"same_text_as: colleges\n        {BINDS[0]}")],
            "58:9: milestones.voorstel.requests.colleges.same_text_as: Requests are bound to the "
            "text of each other: voorstel/colleges → voorstel/colleges. One of them has to come "
            "first, and is bound to none.",
        ),
        (
            [BINDS, ("text: tekst/kern", "same_text_as: colleges")],
            "58:9: milestones.voorstel.requests.colleges.same_text_as: Requests are bound to the "
            "text of each other: voorstel/colleges → voorstel/raden → voorstel/colleges. One of "
            "them has to come first, and is bound to none.",
        ),
    ],
)
def test_what_has_no_text_or_no_end_is_refused(changes: list[tuple[str, str]], fault: str) -> None:
    """With its place, and what would mend it."""
    assert [fault] == faults_of(example(*changes))
