"""What somebody sees of a process: what is public, what their seats allow, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import parse_date
from tests.support.engine import Traject, refused
from workflow.decide.openness import NotOurs
from workflow.model.commands import AddNote
from workflow.model.events import (
    DatedEvent,
    DecisionRecorded,
    EntryCorrected,
    Event,
    MilestoneMoved,
    NoteAdded,
    openness_of,
    payload_of,
    secrecy_of,
)
from workflow.model.openness import ANYBODY, EVERYTHING, Audience, Looks, Onlooker, Openness
from workflow.model.person import Called
from workflow.queries import Queries
from workflow.rules.fold import resolved
from workflow.rules.refusals import Missing
from workflow.rules.visibility import hidden_entries, visible, visible_entries

TODAY = date(2021, 3, 1)
PARTIES = ("oost", "west")
SEATED = Onlooker.at(["", "oost"])

openness = st.one_of(
    st.none(),
    st.just("public"),
    st.just("internal"),
    st.builds(
        lambda party, days: str(
            Openness(Audience.OWN, party, None if days is None else TODAY + timedelta(days))
        ),
        st.sampled_from(PARTIES),
        st.one_of(st.none(), st.integers(-2, 2)),
    ),
)


def decision(body: str, of: str | None, secret: str | None) -> DecisionRecorded:
    """Return a decision that says who may see it."""
    return DecisionRecorded("m", "q", 1, body, "voor", openness=of, secrecy=secret)


events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        decision,
        st.sampled_from(["oost.raad", "west.raad"]),
        openness,
        st.sampled_from([None, "art. 87"]),
    ),
    st.builds(NoteAdded, st.just("x"), openness=openness),
    st.just(MilestoneMoved("m", "t", "a", "b")),
)


@st.composite
def journals(draw: st.DrawFn) -> list[DatedEvent]:
    """Draw the entries of a journal, some of which are corrected or withdrawn."""
    said: list[Event] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        known = [
            (n, each)
            for n, each in enumerate(said, 1)
            if isinstance(each, DecisionRecorded | NoteAdded)
        ]
        if number > 1 and known and draw(st.booleans()):
            seq, of = draw(st.sampled_from(known))
            withdrawn, anew = draw(st.booleans()), replace(of, openness=draw(openness))
            content = None if withdrawn else payload_of(anew)
            said.append(EntryCorrected(seq, of.TYPE, "a slip", content))
        else:
            said.append(draw(events))
    at = datetime(2021, 1, 1, tzinfo=UTC)
    on = parse_date("2021-01-01")
    return [DatedEvent(seq, each, at, on, on.day) for seq, each in enumerate(said, 1)]


def seen(journal: Sequence[DatedEvent], onlooker: Onlooker) -> set[int]:
    """Return the numbers of what somebody sees."""
    return {each.seq for each in visible_entries(journal, journal, onlooker, TODAY)}


@given(journals())
def test_more_seats_show_more(journal: list[DatedEvent]) -> None:
    """Anybody sees less than whoever has a seat, and nobody more than whoever has the database."""
    everything = seen(journal, EVERYTHING)
    assert {each.seq for each in journal} == everything
    assert seen(journal, ANYBODY) <= seen(journal, Onlooker.at([""])) <= seen(journal, SEATED)
    assert seen(journal, SEATED) <= everything


@given(journals())
def test_how_an_entry_reads_now_says_who_sees_it(journal: list[DatedEvent]) -> None:
    """By a naive reading: the entry as resolved, or, where withdrawn, as it last read."""
    readings = {each.seq: each.event for each in resolved(journal)}
    for onlooker in (ANYBODY, Onlooker.at([""]), SEATED, Onlooker.at(["west"])):
        shown = seen(journal, onlooker)
        for seq, event in readings.items():
            if secrecy_of(event) is None:
                assert (seq in shown) is _may(onlooker, openness_of(event))
        for entry in journal:
            if isinstance(entry.event, EntryCorrected) and entry.seq in shown:
                reads = readings.get(entry.event.corrects)
                assert reads is None or _may(onlooker, openness_of(reads))


def _may(onlooker: Onlooker, of: Openness) -> bool:
    if of.audience is Audience.PUBLIC:
        return True
    if of.audience is Audience.INTERNAL:
        return onlooker.seated
    return of.party in onlooker.parties or (of.until is not None and of.until <= TODAY)


@given(journals())
def test_what_was_said_before_it_was_secret_is_shown_to_nobody(journal: list[DatedEvent]) -> None:
    """But to whoever has the database: there the journal is what it is."""
    last = {each.seq: each.event for each in resolved(journal)}
    for onlooker in (ANYBODY, SEATED):
        for entry in visible_entries(journal, journal, onlooker, TODAY):
            reads = last.get(entry.seq)
            if reads is not None and secrecy_of(reads) is not None:
                assert secrecy_of(entry.event) is not None


@given(openness.filter(lambda written: written is not None))
def test_openness_is_read_as_it_is_written(written: str) -> None:
    """In an entry, and as a command asks for it."""
    read = Openness.read(written)
    assert written == str(read)
    assert read == Openness.asked_for(read.asked, read.party)


# --- on a process ------------------------------------------------------------------------------


def looking(traject: Traject, looks: Looks) -> Queries:
    """Return the queries of somebody who looks."""
    return Queries(traject.database, traject.world.clock, looks=looks)


@pytest.fixture
def two(asked: Traject) -> Traject:
    """A process with a griffier of Oost and one of West, each in a seat."""
    asked.seat("griffier@oost", "gea", "2021-01-05")
    asked.seat("griffier@west", "wim", "2021-01-05")
    return asked


def answers(traject: Traject, looks: Looks, day: date | None = None) -> set[str]:
    """Return the bodies whose answers somebody sees."""
    seen = looking(traject, looks).look_at(traject.id, day)
    return {body for *_, body in seen.state.decisions}


def test_what_is_ones_own_is_seen_by_ones_own_until_the_day(two: Traject) -> None:
    """Now, as of a day, in the journal and in the list of all processes."""
    two.world.it_is("2021-02-10")
    gea = two.as_actor("gea")
    gea.record("vraag", "oost.raad", "reactie", "2021-02-01", openness="own 2021-02-15")
    two.record("vraag", "west.raad", "reactie", "2021-02-01")
    for looks, oost in ((EVERYTHING, True), (Called("gea"), True), (Called("wim"), False)):
        for day in (None, date(2021, 2, 5)):
            assert ("oost.raad" in answers(two, looks, day)) is oost
        _, journal = looking(two, looks).journal(two.id)
        assert oost is any(getattr(each.event, "body", "") == "oost.raad" for each in journal)
        (outline,), _ = looking(two, looks).outlined()
        assert (2 if oost else 1) == sum(outline.decided.values())
    two.world.it_is("2021-02-15")
    assert {"oost.raad", "west.raad"} == answers(two, ANYBODY)


def test_who_is_unknown_or_has_no_seat_sees_what_is_public(two: Traject) -> None:
    """A name that nobody has, one of a person without a seat here, and nobody at all."""
    two.note("heard on the telephone", "2021-01-11")
    two.record("vraag", "west.raad", "reactie", "2021-02-01", openness="internal")
    for looks in (ANYBODY, Called("nobody")):
        assert set() == answers(two, looks)
        kinds = {each.event.TYPE for each in looking(two, looks).journal(two.id)[1]}
        assert "note-added" not in kinds
    assert {"west.raad"} == answers(two, Called("gea"))


def test_a_gate_counts_what_not_everybody_sees(two: Traject) -> None:
    """The milestone moved for everybody, and rests on what is on record."""
    for body in ("oost.raad", "west.raad", "zuid.raad"):
        two.record("vraag", body, "reactie", "2021-02-01", openness="internal")
    two.advance("vraag", "2021-02-02")
    state = looking(two, ANYBODY).look_at(two.id).state
    assert {} == state.decisions
    assert two.state.milestones == state.milestones
    assert [] == two.problems


def test_a_correction_opens_and_closes_an_entry(two: Traject) -> None:
    """Also in a view of the day before it: what was taken back is not shown there either."""
    two.record("vraag", "west.raad", "reactie", "2021-02-01")
    seq = two.last
    two.correct(seq, openness="internal")
    assert set() == answers(two, ANYBODY)
    assert set() == answers(two, ANYBODY, date(2021, 2, 1))
    assert not {seq, seq + 1} & {e.seq for e in looking(two, ANYBODY).journal(two.id)[1]}
    two.correct(seq, openness="public")
    assert {"west.raad"} == answers(two, ANYBODY)


def test_only_its_own_party_keeps_something_to_itself(two: Traject) -> None:
    """Not whoever records on its behalf, and not of what is of no party."""
    with refused(two, NotOurs) as refusal:
        two.record("vraag", "west.raad", "reactie", "2021-02-01", openness="own")
    assert "Only a seat of west can keep this to west." == refusal.sentence
    with refused(two, NotOurs) as refusal:
        two.do(AddNote("x", parse_date("2021-02-01"), openness="own"))
    assert "of no party" in refusal.sentence


@pytest.mark.parametrize("secrecy", [" ", ""])
def test_secrecy_has_a_ground_and_somebody_who_imposed_it(two: Traject, secrecy: str) -> None:
    """And a note that says nothing at all is none."""
    for note in (
        AddNote("", parse_date("2021-02-01"), about="oost.raad", secrecy=secrecy),
        AddNote("", parse_date("2021-02-01"), secrecy="Gemeentewet 25"),
        AddNote(" ", parse_date("2021-02-01")),
    ):
        with refused(two, Missing):
            two.do(note)


def test_a_state_without_what_is_hidden_has_nothing_of_it(two: Traject) -> None:
    """Neither the answer nor what was done with it."""
    two.record("vraag", "west.raad", "reactie", "2021-02-01", openness="internal")
    two.sent("vraag", "west.raad", "2021-02-02")
    hidden = hidden_entries(two.journal, ANYBODY, TODAY)
    shown = visible(two.state, hidden)
    assert ({}, {}) == (shown.decisions, shown.follow_ups)
    assert two.state == visible(two.state, hidden_entries(two.journal, EVERYTHING, TODAY))
