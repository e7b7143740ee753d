"""A verdict in words: nothing is left unsaid, in either language, and a story is told in short."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from definitions.library import open_definition
from definitions.model import Definition
from definitions.proving import proof, wording
from definitions.proving.verdict import Act, ActKind, Blocking, Finding, Severity, Sure, Unproved
from screens.page import Page
from tests.support.definitions import EXAMPLE, load

KINDS = sorted(wording.KINDS)
PROVING = Path(wording.__file__).parent


@pytest.fixture
def definition() -> Definition:
    """Return the example, in which three councils are asked."""
    return load(EXAMPLE)


def finding(kind: str, **values: str | int | tuple[str, ...]) -> Finding:
    """Return a finding of a kind."""
    return Finding("0", kind, Severity.ERROR, "vraag", values)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sentence_of_its_own(kind: str) -> None:
    """In both languages; what a finding does not say is a question mark."""
    said = wording.finding_text(finding(kind))
    assert said.message != wording.finding_text(finding("unheard-of")).message
    assert Page("nl").say(said) != Page("en").say(said)


def test_every_kind_that_is_found_has_a_sentence() -> None:
    """Those that the data of a verdict lists, and no others."""
    table = (Finding.__doc__ or "").partition("A kind that ends")[0]
    listed = set(re.findall(r"^ +\S.*? ``([a-z-]+)`` ", table, re.MULTILINE))
    assert {"never-opens", "nobody-holds", "if-leaves"} <= listed
    assert set() == wording.KINDS ^ listed


def test_every_reason_that_something_is_not_proved_has_a_sentence() -> None:
    """Each says what stood in the way."""
    source = Path(proof.__file__).read_text()
    named = set(re.findall(r'Unproved\(\s*"([a-z-]+)"', source))
    assert {"too-large"} <= named
    unknown = wording.unproved_text(Unproved("unheard-of", ("m",))).message
    assert unknown not in {wording.unproved_text(Unproved(each, ("m",))).message for each in named}


def test_if_somebody_leaves_it_is_said_what_is_found_then() -> None:
    """In the words of that finding."""
    said = str(wording.finding_text(finding("if-leaves", party="oost", what="never-opens")))
    assert "If oost leaves: " in said
    assert "can never be made" in said


def test_it_is_said_with_which_parties_it_is_so() -> None:
    """Where some may join: until one does, or once they have."""
    plain = str(wording.finding_text(finding("never-reached", state="x")))
    assert f"Until a party joins that may: {plain}" == str(
        wording.finding_text(finding("never-reached-until-joined", state="x"))
    )
    assert f"Once noord takes part: {plain}" == str(
        wording.finding_text(finding("never-reached", state="x", joined=("noord",)))
    )


# --- stories -------------------------------------------------------------------------------------


def decided(*answers: tuple[str, str, str]) -> list[Act]:
    """Return what bodies answered: who, the outcome, the text."""
    return [Act(ActKind.DECIDE, "vraag", "raden", *each) for each in answers]


def told(story: list[Act], definition: Definition | None = None) -> list[str]:
    """Return a story as it is told."""
    return [str(each) for each in wording.story_texts(story, definition)]


def test_what_many_answer_is_one_step() -> None:
    """With those who answered otherwise after them, and on which text where there are two."""
    same = decided(*((f"{party}.raad", "ja", "1") for party in "abcdef"))
    other = decided(("g.raad", "ja", "2"))
    assert ["vraag/raden: 6 bodies “ja”, on one text; g.raad “ja”, on a text of its own"] == told(
        [*same, *other]
    )


def test_texts_are_named_only_where_there_are_two() -> None:
    """One text is that of all."""
    assert ["vraag/raden: a.raad “ja”; b.raad “nee”"] == told(
        decided(("a.raad", "ja", "1"), ("b.raad", "nee", "1"))
    )


def test_bodies_are_named_in_the_order_of_the_definition(definition: Definition) -> None:
    """And not in that of the proof, which means nothing."""
    bodies = definition.milestones["voorstel"].requests["raden"].bodies
    backwards = [Act(ActKind.DECIDE, "voorstel", "raden", each, "voor") for each in bodies[::-1]]
    assert [f"voorstel/raden: {', '.join(bodies)} “voor”"] == told(backwards, definition)


def test_a_move_and_a_term_are_steps_of_their_own() -> None:
    """A trigger that is called as its state is named once."""
    story = [
        Act(ActKind.MOVE, "vraag", "open", what="open"),
        Act(ActKind.WAIT, "vraag", "vraag/raden"),
        Act(ActKind.REPORT, "vraag", "nieuwsbrief", "oost", "verzonden"),
        Act(ActKind.MOVE, "vraag", "sluiten", what="gesloten"),
    ]
    assert [
        "vraag comes to “open”",
        "vraag/raden passes",
        "nieuwsbrief of oost: “verzonden”",
        "vraag comes to “gesloten” (sluiten)",
    ] == told(story)


# --- who can keep it shut, and what is sure ------------------------------------------------------


def test_who_can_keep_a_gate_shut() -> None:
    """By themselves; or together, where nobody can alone."""
    alone = Blocking("m", "nemen", "raden", ("a", "b"), 1, 2)
    together = replace(alone, alone=(), smallest=2, sets=3, examples=(("a", "b"), ("a", "c")))
    assert "m, “nemen”: a, b, each of them alone" == str(wording.blocking_text(alone))
    assert "in 3 ways, such as a + b, a + c" in str(wording.blocking_text(together))


def test_an_opinion_is_answered_and_not_agreed_on() -> None:
    """What has no outcome in favour adopts nothing."""
    definition = open_definition("zienswijze-regionale-visie")
    opinion = Sure("zienswijzeronde", "gesloten", "raden", 7, 7)
    decision = Sure("visie", "genomen", "drechtraad", 1, 1)
    assert "all 7 answered “raden”" in str(wording.sure_text(opinion, definition))
    assert "the only one asked agreed on" in str(wording.sure_text(decision, definition))
