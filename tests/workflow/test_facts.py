"""Replaying facts files: all or nothing, twice is once, and every refusal names its place."""

from hashlib import sha256

import pytest

from definitions.faults import DefinitionInvalid
from definitions.language.errors import MijlpaalError, NotFound
from definitions.library import facts_file
from tests.support.definitions import load
from tests.support.engine import ANSWERS, SECRETARY, Caught, Traject, refused, without_numbers
from workflow.facts import read_facts
from workflow.model.events import reference_of
from workflow.model.person import Called
from workflow.model.story import DatedFact
from workflow.rules.conflicts import KeyReused
from workflow.rules.fold import fold, in_order
from workflow.rules.refusals import (
    AlreadyDecided,
    DateRefused,
    GateClosed,
    NotAdmitted,
    NoTransition,
)
from workflow.storage.database import Database
from workflow.unit_of_work import Receipt

FILE = "story.yaml"


def replay(traject: Traject, file: str, content: bytes) -> Receipt:
    """Record the facts of a file."""
    story = read_facts(file, content)
    return traject.engine.execute(
        traject.id, [each.request(Called(SECRETARY)) for each in story.facts]
    )


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
    assert all(reference_of(each.event) for each in entries.values())


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

    with refused(gr, KeyReused) as caught:
        replay(gr, FILE, story(note(1), note(2, "something else"), note(3)))

    assert "story.yaml:4: fact “note-2”" == place_of(caught)
    assert "“fact:note-2” was recorded before with another content (entry 5)." == caught.sentence


@pytest.mark.parametrize(
    ("before", "now", "is_the_same"),
    [
        ("", "principebesluit", True),
        ("principebesluit", "[principebesluit, sliedrecht]", True),
        ("sliedrecht", "[principebesluit, sliedrecht, papendrecht.raad]", True),
        ("principebesluit", "[principebesluit]", True),
        ("[principebesluit, sliedrecht]", "[sliedrecht, principebesluit]", True),
        ("principebesluit", "sliedrecht", False),
        ("[principebesluit, sliedrecht]", "principebesluit", False),
        ("principebesluit", "", False),
    ],
)
def test_a_note_may_be_marked_as_being_about_more(
    gr: Traject, before: str, now: str, is_the_same: bool
) -> None:
    """It is the same fact, and recorded; one that is about something else, or less, is not."""

    def file(about: str) -> bytes:
        return story(note(1) + (f", about: {about}" if about else ""))

    replay(gr, FILE, file(before))
    if is_the_same:
        assert 1 == replay(gr, FILE, file(now)).repeated
    else:
        with refused(gr, KeyReused):
            replay(gr, FILE, file(now))


def test_a_fact_is_about_something_that_exists(gr: Traject) -> None:
    """A milestone, a party or a body; the refusal names what is none of them."""
    with refused(gr, NotFound) as caught:
        replay(gr, FILE, story(note(1) + ", about: [principebesluit, oost]"))

    assert "There is no milestone, party or body “oost”." == caught.sentence


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
        "id: x, on: ma 16 maart 2021, note: something, source: x",
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


# --- answers, departures, dates, years ----------------------------------------------------------

ROUND = (
    "id: ready, on: 2021-01-05, deliverable: stuk/kern, level: volledig, version: '0.9', source: x",
    "id: put, on: 2021-01-10, advance: vraag, source: x",
)
ANSWER = (
    "id: oost, on: 2021-02-01, record: vraag, body: oost.raad, outcome: reactie, "
    "points: [money, staff], signed_by: [griffier], source: x",
    "id: sent, on: 2021-02-03, sent: vraag, body: oost.raad, source: x",
    "id: received, on: 2021-02-05, received: vraag, body: oost.raad, source: x",
    "id: reply-1, on: 2021-02-08, answer: vraag, body: oost.raad, point: 1, source: x",
    "id: reply-2, on: 2021-02-08, answer: vraag, body: oost.raad, point: 2, source: x",
    "id: replied, on: 2021-02-08, task: vraag/reactie, for: oost, result: verzonden, source: x",
    "id: later, on: 2021-02-09, replan: besluit.rond, date: 2021-07-01, reason: late, source: x",
    "id: gone, on: 2021-02-10, leave: zuid, reason: it merged, source: x",
    "id: letter, on: 2022-02-01, task: brief, for: oost, year: 2022, result: gedaan, source: x",
)


def questions(*facts: str) -> bytes:
    """Return a facts file of the process of questions and answers."""
    return story(*facts).replace(b"gr-sociaal-domein", b"antwoorden", 1)


def test_every_new_kind_of_fact_is_recorded(database: Database) -> None:
    """An answer with what became of it, a departure, a date, a year; twice is once."""
    traject = Traject(database, load(ANSWERS))
    traject.start()
    receipt = replay(traject, FILE, questions(*ROUND, *ANSWER))
    assert (
        [
            "part-reported",
            "milestone-moved",
            "decision-recorded",
            *["answer-followed-up"] * 4,
            "task-reported",
            "due-moved",
            "party-left",
            "task-reported",
        ]
    ) == [entry.event.TYPE for entry in receipt.entries]
    assert 11 == replay(traject, FILE, questions(*ROUND, *ANSWER)).repeated
    assert "0.9" == traject.stored.parts["stuk", "kern", ""].version
    assert [] == traject.problems


@pytest.mark.parametrize("seed", range(8))
def test_facts_that_are_admitted_in_another_order_give_the_same_state(
    database: Database, seed: int
) -> None:
    """One by one, in any order: what is refused comes once it can, and the state is the same."""
    traject, other = (Traject(database, load(ANSWERS), id=name) for name in ("one", "other"))
    for each in (traject, other):
        each.start()
    facts = list(read_facts(FILE, questions(*ROUND, *ANSWER)).facts)
    traject.engine.execute(traject.id, [each.request(Called(SECRETARY)) for each in facts])
    facts.sort(key=lambda each: sha256(f"{seed}{each.key}".encode()).digest())
    while facts:
        facts = [each for each in facts if not is_admitted(other, each)]
    assert without_numbers(traject.stored) == without_numbers(other.stored)
    assert fold(other.definition, other.journal) == other.stored
    assert [] == other.problems


def is_admitted(traject: Traject, fact: DatedFact) -> bool:
    """Record a fact where it is admitted."""
    try:
        traject.engine.execute(traject.id, [fact.request(Called(SECRETARY))])
    except MijlpaalError:
        return False
    return True


@pytest.mark.parametrize(
    "fact",
    [
        "id: x, on: 2021-02-03, sent: vraag, source: x",
        "id: x, on: 2021-02-03, sent: vraag, body: oost.raad, point: 1, source: x",
        "id: x, on: 2021-02-03, answer: vraag, body: oost.raad, source: x",
        "id: x, on: 2021-02-03, answer: vraag, body: oost.raad, point: 0, source: x",
        "id: x, on: 2021-02-03, leave: zuid, source: x",
        "id: x, on: 2021-02-03, replan: besluit.rond, date: 2021-07-01, source: x",
        "id: x, on: 2021-02-03, replan: besluit.rond, reason: late, source: x",
        "id: x, on: 2021-02-03, task: brief, result: gedaan, year: 12, source: x",
        "id: x, on: 2021-02-03, note: something, version: '1', source: x",
    ],
)
def test_a_new_kind_of_fact_has_what_it_needs_and_nothing_else(fact: str) -> None:
    """Without a body, a point, a reason or a date; with what belongs to another kind."""
    with pytest.raises(DefinitionInvalid) as raised:
        read_facts(FILE, story(note(1), fact))

    assert {4} == {fault.position.line for fault in raised.value.faults if fault.position}


def test_a_scene_may_show_the_dates() -> None:
    """Where it says so; else it shows where the process stands alone."""
    scenes = b"\nscenes:\n  - {as_of: 2021-01-31, due: true}\n  - {as_of: 2021-02-28}\n"
    found = read_facts(FILE, story(note(1)) + scenes).scenes
    assert [(True, None), (False, None)] == [(scene.due, scene.explain) for scene in found]
