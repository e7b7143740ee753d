"""Replaying facts files: all or nothing, twice is once, and every refusal names its place."""

import pytest

from definitions.errors import MijlpaalError, NotFound
from definitions.faults import DefinitionInvalid
from definitions.library import facts_file
from tests.support.engine import SECRETARY, Caught, Traject, refused, without_numbers
from workflow.engine import Receipt
from workflow.facts import read_facts
from workflow.folding import in_order
from workflow.refusals import (
    AlreadyDecided,
    Conflict,
    DateRefused,
    GateClosed,
    NotAdmitted,
    NoTransition,
)

FILE = "story.yaml"


def replay(traject: Traject, file: str, content: bytes) -> Receipt:
    """Record the facts of a file."""
    story = read_facts(file, content)
    return traject.engine.execute(traject.id, [each.request(SECRETARY) for each in story.facts])


def shipped(traject: Traject) -> Receipt:
    """Record the facts that ship with the definition."""
    return replay(traject, *facts_file("gr-sociaal-domein"))


def story(*facts: str) -> bytes:
    """Return a facts file; each fact is given as its flow mapping."""
    lines = ["process: gr-sociaal-domein", "facts:", *(f"  - {{{fact}}}" for fact in facts)]
    return "\n".join(lines).encode()


def note(number: int, written: str = "something") -> str:
    """Return a fact that moves nothing."""
    return f"id: note-{number}, on: 2020-12-01, note: {written}, source: a newspaper"


def place_of(caught: Caught) -> str:
    """Return of which fact a refusal speaks."""
    assert isinstance(caught.error, MijlpaalError)
    return str(caught.error.place)


def test_replaying_twice_changes_nothing(gr: Traject) -> None:
    """The second time every fact is recognised, and not a row differs."""
    first = shipped(gr)
    journal, state = gr.journal, gr.stored

    again = shipped(gr)

    assert (33, 0) == (len(first.entries), first.repeated)
    assert (0, 33) == (len(again.entries), again.repeated)
    assert (journal, state) == (gr.journal, gr.stored)
    assert [] == gr.problems


def test_every_fact_keeps_its_source_and_the_words_of_its_date(gr: Traject) -> None:
    """“By 16 March 2021”, “November 2020” and “21 or 26 January” are recorded as such."""
    entries = {each.key: each for each in shipped(gr).entries}

    assert {
        "fact:work-begun": "2020-11",
        "fact:principebesluit-through": "by 2021-03-16",
        "fact:papendrecht-principebesluit": "2021-01-21/2021-01-26",
        "fact:principebesluit-confirmed": "unknown",
    } == {
        key: str(entries[key].effective)
        for key in (
            "fact:work-begun",
            "fact:principebesluit-through",
            "fact:papendrecht-principebesluit",
            "fact:principebesluit-confirmed",
        )
    }
    assert all(getattr(each.event, "reference", None) for each in entries.values())


def test_the_facts_are_recorded_as_they_happened(gr: Traject) -> None:
    """The order of the file is for its reader; the journal has that of the dates."""
    receipt = shipped(gr)

    assert list(receipt.entries) == in_order(receipt.entries)


def test_one_bad_fact_among_a_hundred_records_none(gr: Traject) -> None:
    """All or nothing; and the refusal names the file, the line and the fact."""
    facts = [note(number) for number in range(100)]
    facts[70] = (
        "id: too-early, on: 2020-12-01, record: principebesluit, body: dordrecht.raad, "
        "outcome: ingestemd, source: a newspaper"
    )

    with refused(gr, NotAdmitted) as caught:
        replay(gr, FILE, story(*facts))

    assert "story.yaml:73: fact “too-early”" == place_of(caught)
    assert str(caught.error).startswith("story.yaml:73: fact “too-early”: On Tue 1 December 2020 ")


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ("on: 2020-12-01, advance: principebesluit, trigger: vaststellen", NoTransition),
        ("on: 2020-12-01, advance: hoofdlijnen", NotFound),
        ("on: 2020-12-01, task: nieuwsbrief, result: gelezen", NotFound),
        ("on: 2020-12-01, deliverable: concepttekst/regeling, level: af", NotFound),
        ("on: 2022-12-01, note: in the future", DateRefused),
        ("on: unknown, task: nieuwsbrief, result: verzonden", DateRefused),
    ],
)
def test_every_kind_of_fact_that_is_refused_names_its_place(
    gr: Traject, fact: str, kind: type[MijlpaalError]
) -> None:
    """Whatever is refused, wherever: the line and the fact are named."""
    with pytest.raises(kind) as raised:
        replay(gr, FILE, story(note(1), f"id: bad, source: x, {fact}"))

    assert "story.yaml:4: fact “bad”" == str(raised.value.place)
    assert 3 == len(gr.journal)


def test_a_fact_does_not_change(gr: Traject) -> None:
    """The same id with another content is refused: what is recorded stays."""
    replay(gr, FILE, story(note(1), note(2)))

    with refused(gr, Conflict) as caught:
        replay(gr, FILE, story(note(1), note(2, "something else"), note(3)))

    assert "story.yaml:4: fact “note-2”" == place_of(caught)
    assert "“fact:note-2” was recorded before with another content (entry 5)." == caught.sentence


def test_a_file_that_grew_records_what_is_new(gr: Traject) -> None:
    """Facts are added to a file as they become known."""
    replay(gr, FILE, story(note(1)))

    receipt = replay(gr, FILE, story(note(1), note(2)))

    assert (1, 1) == (len(receipt.entries), receipt.repeated)


def test_two_facts_contradict_each_other(gr: Traject) -> None:
    """The second of two decisions of one council is refused, at its own line."""
    decision = "record: principebesluit, body: dordrecht.raad, source: x"

    with refused(gr, AlreadyDecided) as caught:
        replay(
            gr,
            FILE,
            story(
                "id: a, on: 2020-11-24, advance: principebesluit, source: x",
                f"id: b, on: 2021-01-12, outcome: verworpen, {decision}",
                f"id: c, on: 2021-01-05, outcome: ingestemd, {decision}",
            ),
        )

    assert "story.yaml:4: fact “b”" == place_of(caught)


def test_facts_of_one_process_can_come_in_two_files(gr: Traject) -> None:
    """What comes in a second file later, with earlier dates, proves what the first attested."""
    replay(
        gr,
        FILE,
        story(
            "id: a, on: 2020-11-24, advance: principebesluit, source: x",
            "id: b, on: 2021-02-09, advance: principebesluit, attested: true, source: x",
            "id: c, on: 2021-02-20, advance: hoofdlijnennotitie, source: x",
        ),
    )
    decisions = [
        f"id: {party}, on: 2021-02-09, record: principebesluit, body: {party}, "
        "outcome: ingestemd, source: x"
        for party in gr.definition.parties
    ]

    replay(gr, "second.yaml", story(*decisions))

    assert ("vastgesteld", "decided") == gr.stand("principebesluit")
    assert [] == gr.problems


def test_the_order_of_the_facts_in_their_file_does_not_matter(gr: Traject) -> None:
    """A file turned upside down tells the same story."""
    facts = [
        "id: a, on: 2020-11-24, advance: principebesluit, source: x",
        (
            "id: b, on: 2021-01-12, record: principebesluit, body: dordrecht, outcome: verworpen, "
            "source: x"
        ),
        "id: c, on: 2021-01-20, advance: principebesluit, trigger: aanpassen, source: x",
        "id: d, on: 2021-02-01, advance: principebesluit, source: x",
        "id: e, on: 2021-02-02, note: on its way again, source: x",
    ]
    other = Traject(gr.database, gr.definition, gr.world, id="upside-down")
    other.start()

    replay(gr, FILE, story(*facts))
    replay(other, FILE, story(*reversed(facts)))

    assert without_numbers(gr.stored) == without_numbers(other.stored)


@pytest.mark.parametrize(
    "fact",
    [
        "id: x, on: 2020-12-01, note: something, source: ''",
        "id: x, on: 2020-12-01, note: something",
        "id: x, on: soon, note: something, source: x",
        "id: x, note: something, source: x",
        "id: x, on: 2020-12-01, source: x",
        "id: x, on: 2020-12-01, source: x, task: nieuwsbrief, advance: principebesluit",
        "id: x, on: 2020-12-01, source: x, note: something, attested: true",
        "id: x, on: 2020-12-01, source: x, note: something, mood: good",
        "id: note-1, on: 2020-12-01, note: something, source: x",
    ],
)
def test_a_file_of_the_wrong_form_is_refused_before_anything(fact: str) -> None:
    """Without a source or date, of no kind or two, with what nobody knows, or the same id twice."""
    with pytest.raises(DefinitionInvalid) as raised:
        read_facts(FILE, story(note(1), fact))

    assert {4} == {fault.position.line for fault in raised.value.faults if fault.position}


def test_a_gate_is_no_less_closed_for_a_fact(gr: Traject) -> None:
    """What is not attested has to be proved, also in a file."""
    with refused(gr, GateClosed):
        replay(
            gr,
            FILE,
            story(
                "id: a, on: 2020-11-24, advance: principebesluit, source: x",
                "id: b, on: 2021-02-09, advance: principebesluit, source: x",
            ),
        )
