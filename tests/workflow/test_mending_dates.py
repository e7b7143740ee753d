"""A date that was wrong: the entry happened on another day, and all that follows from it is seen.

What would have been refused on that day is refused now, and so is what would leave something
standing on what came after it.
"""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import MijlpaalError
from tests.support.definitions import example, load
from tests.support.engine import ANSWERS, SECRETARY, Traject, World, close_questions, refused
from workflow.decide.correct import CannotCorrect
from workflow.decide.leave import PartyHasLeft
from workflow.facts import read_facts
from workflow.model.events import EntryCorrected, payload_of
from workflow.model.person import Called
from workflow.model.reminders import Standing
from workflow.model.state import Basis
from workflow.rules.conflicts import KeyReused
from workflow.rules.consequences import DueChange, consequences
from workflow.rules.deadlines import deadlines_of
from workflow.rules.fold import fold
from workflow.rules.refusals import (
    AlreadyDecided,
    AskedTooSoon,
    DateRefused,
    GateClosed,
    NotAdmitted,
)
from workflow.storage import reminders
from workflow.storage.database import Database


@pytest.fixture
def asked(gr: Traject) -> Traject:
    """The decision in principle is in route, and Sliedrecht has decided as entry 5."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")
    return gr


def mend(traject: Traject, seq: int, on: str, **changes: str) -> None:
    """Give an entry another date, and what else is changed."""
    traject.correct(seq, on=parse_date(on), **changes)


def decided_by(traject: Traject, day: str) -> list[str]:
    """Return the dates of the decisions that there were by a day."""
    return [each.effective for each in traject.as_of(day).decisions.values()]


def test_an_entry_stands_on_its_mended_date(asked: Traject) -> None:
    """As of the days before it the decision is not there; as known before, it stood as written."""
    asked.world.it_is("2022-06-02")
    mend(asked, 5, "2021-02-17")

    assert [[], [], ["2021-02-17"]] == [
        decided_by(asked, day) for day in ("2021-02-10", "2021-02-16", "2021-02-17")
    ]
    known = asked.known_at("2022-06-01").decisions.values()
    assert ["2021-02-10"] == [each.effective for each in known]
    (decision,) = asked.stored.decisions.values()
    assert ("ingestemd", date(2021, 2, 17), 5) == (
        decision.outcome,
        decision.effective_on,
        decision.seq,
    )
    assert [] == asked.problems
    assert fold(asked.definition, asked.journal) == asked.stored == asked.as_of("9999-12-31")


def test_the_journal_of_a_day_has_an_entry_from_its_mended_date(asked: Traject) -> None:
    """With the correction of it, which has that date too; the entry reads as it was written."""
    mend(asked, 5, "2021-02-17")

    def numbers(day: str) -> list[int]:
        entries = asked.engine.journal(asked.id, day=date.fromisoformat(day))[1]
        return [each.seq for each in entries]

    assert ([1, 2, 3, 4], [1, 2, 3, 4, 5, 6]) == (numbers("2021-02-16"), numbers("2021-02-17"))
    assert ["2021-02-10", "2021-02-17"] == [each.effective.written for each in asked.journal[4:]]


def test_a_correction_that_follows_keeps_the_mended_date(asked: Traject) -> None:
    """Unless it changes it; back on its own date nothing of it is left."""
    before = asked.stored
    mend(asked, 5, "by 2021-02-17", outcome="verworpen")
    asked.correct(5, outcome="ingestemd")
    (decision,) = asked.stored.decisions.values()
    assert ("ingestemd", "by 2021-02-17") == (decision.outcome, decision.effective)

    mend(asked, 5, "2021-02-10")
    assert before == asked.stored
    event = asked.journal[-1].event
    assert isinstance(event, EntryCorrected)
    assert "effective" not in payload_of(event)


def test_what_is_withdrawn_is_withdrawn_of_its_mended_date(asked: Traject) -> None:
    """The day of the withdrawal is the day the decision had by then."""
    mend(asked, 5, "2021-02-17")
    asked.withdraw(5)
    assert ({}, "2021-02-17") == (dict(asked.stored.decisions), str(asked.journal[-1].effective))
    assert [] == asked.problems


@pytest.mark.parametrize(
    ("seq", "on", "kind", "says"),
    [
        (5, "2022-06-02", DateRefused, "is in the future"),
        (5, "2020-10-01", DateRefused, "is before the process began"),
        (4, "unknown", DateRefused, "Only a decision and a note can have an unknown date."),
        (5, "2020-11-23", NotAdmitted, "“principebesluit/raden” is admitted in “in-route”"),
        (4, "2021-02-11", CannotCorrect, "would not fit any more: sliedrecht.raad (5)"),
        (1, "2020-11-12", CannotCorrect, "Entry 1 says how the process began"),
        (3, "2020-11-12", CannotCorrect, "Entry 3 says who holds a seat"),
    ],
)
def test_what_would_have_been_refused_is_refused_now(
    asked: Traject, seq: int, on: str, kind: type[MijlpaalError], says: str
) -> None:
    """A day that cannot be, one that did not admit it, one past what rests on it."""
    with refused(asked, kind) as caught:
        mend(asked, seq, on)
    assert says in caught.sentence


def test_a_move_keeps_its_place_among_the_moves_of_its_milestone(gr: Traject) -> None:
    """Any of them can be mended, not only the last; none goes past another, or its decisions."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-10")
    gr.advance("principebesluit", "2021-02-20")
    last = gr.last

    mend(gr, 4, "2020-12-01")
    mend(gr, last, "2021-02-10")
    entered = gr.milestone("principebesluit").entered
    assert (date(2020, 12, 1), date(2021, 2, 10)) == (entered["in-route"], entered["vastgesteld"])
    gr.correct(4, remark="an earlier move can say more")
    for seq, on, kind, says in (
        (last, "2020-11-30", DateRefused, "and this move leaves “in-route”"),
        (last, "2021-02-09", GateClosed, "its gate does not hold"),
        (4, "2021-02-11", DateRefused, "was in “vastgesteld”"),
    ):
        with refused(gr, kind) as caught:
            mend(gr, seq, on)
        assert says in caught.sentence
    assert [] == gr.problems


def test_what_a_decision_waited_for_does_not_go_past_it(gr: Traject) -> None:
    """The questions of Sliedrecht were closed first; what does not change that is admitted."""
    gr.attest("hoofdlijnennotitie", "2021-03-01", "voorbereiden")
    for _ in range(3):
        gr.attest("hoofdlijnennotitie", "2021-03-01")
    close_questions(gr, "hoofdlijnennotitie", "2021-03-10")
    closed = next(
        each.seq for each in gr.journal if payload_of(each.event).get("subject") == "sliedrecht"
    )
    gr.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-03-11")
    decided = gr.last

    with refused(gr, CannotCorrect) as caught:
        mend(gr, closed, "2021-03-12")
    assert f"would not fit any more: sliedrecht.raad ({decided})" in caught.sentence
    with refused(gr, AskedTooSoon):
        mend(gr, decided, "2021-03-09")
    mend(gr, closed, "2021-03-11")
    assert [] == gr.problems


def test_a_body_answers_once_in_a_round_whatever_its_dates(asked: Traject) -> None:
    """What was held over comes before what was decided; neither date goes past the other."""
    asked.record("principebesluit", "dordrecht", "aangehouden", "2021-01-26")
    held = asked.last
    asked.record("principebesluit", "dordrecht", "ingestemd", "2021-02-09")
    decided = asked.last
    with refused(asked, AlreadyDecided):
        mend(asked, held, "2021-02-10")
    with refused(asked, DateRefused):
        mend(asked, decided, "2021-01-25")


def test_a_move_can_lose_or_find_its_proof_by_a_date(gr: Traject) -> None:
    """A council that decided after the move does not carry it; what differs is told."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-10")
    gr.advance("principebesluit", "2021-02-20")
    receipt = gr.correct(5, on=parse_date("2021-02-20"))
    assert not consequences(receipt.before, receipt.after).any
    with refused(gr, NotAdmitted):
        mend(gr, 5, "2021-02-21")

    receipt = gr.correct(5, on=parse_date("2021-02-21"), out_of_order="it sat a day later")
    told = consequences(receipt.before, receipt.after)
    assert [False] == [each.proved for each in told.moves]
    assert ("vastgesteld", Basis.IN_QUESTION) == gr.stand("principebesluit")
    assert [] == gr.problems
    mend(gr, 5, "2021-02-10")
    assert ("vastgesteld", Basis.DECIDED) == gr.stand("principebesluit")


# --- answers, terms and departures ---------------------------------------------------------------


@pytest.fixture
def answers(database: Database, world: World) -> Traject:
    """A question was put on 10 January; its term for the councils ends on 1 March."""
    traject = Traject(database, load(ANSWERS), world)
    traject.start()
    traject.part("stuk/kern", "volledig", "2021-01-05")
    traject.advance("vraag", "2021-01-10")
    return traject


def test_a_term_has_passed_before_it_is_said_so(answers: Traject) -> None:
    """On the day on which it ends it has not."""
    answers.record("vraag", "oost.raad", "verstreken", "2021-03-05")
    with refused(answers, DateRefused) as caught:
        mend(answers, answers.last, "2021-03-01")
    assert "has not passed on 1" in caught.sentence.replace("Mon ", "")
    mend(answers, answers.last, "2021-03-02")


def test_a_date_of_a_replanning_decides_whether_a_term_had_passed(answers: Traject) -> None:
    """What was said to have passed, had not, if the term was put off before that."""
    answers.replan("vraag/raden", "2021-04-01", "2021-03-10")
    moved = answers.last
    answers.record("vraag", "oost.raad", "verstreken", "2021-03-05")
    said = answers.last
    with refused(answers, CannotCorrect) as caught:
        mend(answers, moved, "2021-02-20")
    assert f"oost.raad ({said})" in caught.sentence


def test_a_party_does_not_leave_before_what_it_decided(answers: Traject) -> None:
    """Nor does it decide after it left."""
    answers.record("vraag", "oost.raad", "reactie", "2021-02-01")
    decided = answers.last
    answers.leave("oost", "2021-02-20")
    with refused(answers, DateRefused) as caught:
        mend(answers, answers.last, "2021-02-01")
    assert f"as entry {decided}: it was there then" in caught.sentence
    with refused(answers, PartyHasLeft) as caught:
        mend(answers, decided, "2021-02-20")
    assert "takes part no longer" in caught.sentence
    mend(answers, decided + 1, "2021-02-02")
    assert [] == answers.problems


def test_the_steps_of_an_answer_keep_their_order(answers: Traject) -> None:
    """It is decided, sent, received and replied to; a reply is finished after its points."""
    answers.record("vraag", "oost.raad", "reactie", "2021-02-01", points=("a",))
    decided = answers.last
    answers.sent("vraag", "oost.raad", "2021-02-03")
    answers.received("vraag", "oost.raad", "2021-02-05")
    answers.reply("vraag", "oost.raad", 1, "2021-02-10")
    replied = answers.last
    answers.task("vraag/reactie", "verzonden", "2021-02-12", "oost")
    finished = answers.last
    for seq, on, kind in (
        (decided, "2021-02-04", CannotCorrect),
        (decided + 1, "2021-02-06", DateRefused),
        (decided + 2, "2021-02-02", DateRefused),
        (replied, "2021-02-13", CannotCorrect),
    ):
        with refused(answers, kind):
            mend(answers, seq, on)
    mend(answers, finished, "2021-02-10")
    mend(answers, decided, "2021-02-03")
    assert [] == answers.problems


def test_a_task_does_not_come_before_what_it_arises_from(answers: Traject) -> None:
    """The reply arises from the answer: neither can be dated past the other."""
    answers.record("vraag", "oost.raad", "reactie", "2021-02-01")
    decided = answers.last
    answers.task("vraag/reactie", "verzonden", "2021-02-12", "oost")
    with refused(answers, CannotCorrect) as caught:
        mend(answers, decided, "2021-02-13")
    assert f"vraag/reactie@oost ({answers.last})" in caught.sentence


def test_anything_with_a_date_can_have_another(answers: Traject) -> None:
    """A part, a note, a replanning, an amendment, a departure; only a note without one."""
    answers.part("stuk/bijlage", "volledig", "2021-01-20", "west")
    answers.note("something", "2021-01-20")
    noted = answers.last
    answers.replan("vraag.genomen", "2021-05-01", "2021-01-20")
    answers.leave("zuid", "2021-01-25")
    for seq in range(noted - 1, answers.last + 1):
        mend(answers, seq, "2021-01")
    mend(answers, noted, "unknown")
    assert [] == answers.problems
    assert {date(2021, 1, 31)} == {
        answers.state.departures["zuid"].effective_on,
        answers.state.parts["stuk", "bijlage", "west"].effective_on,
        *(each.effective_on for each in answers.state.dues.values()),
    }
    assert answers.journal[-1].effective_on is None


# --- what counts from it -------------------------------------------------------------------------

QUESTIONS = (
    "vragen: {per: party, owner: griffier, in: in-route, each: round, results: {gesloten: done}}"
)
ANSWER = (
    QUESTIONS.replace("in: in-route, each: round, ", "in: in-route, ")
    + """
      antwoord:
        per: party
        owner: griffier
        due: {after: voorstel/vragen, weeks: 4}
        ladder: gewoon
        results: {gegeven: done}"""
)


@pytest.fixture
def terms(database: Database, world: World) -> Traject:
    """Oost closed its questions on 10 December, and has until 7 January to answer."""
    world.it_is("2021-12-20")
    traject = Traject(database, load(example((QUESTIONS, ANSWER))), world)
    traject.start()
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-03-01")
    traject.task("voorstel/vragen", "gesloten", "2021-12-10", "oost")
    return traject


def planned(traject: Traject) -> list[tuple[str, date]]:
    """Return the reminders of the answer of Oost that are still to be sent, each with its day."""
    with traject.database.reading() as connection:
        found = reminders.rows_of(connection, traject.id)
    return [
        (row.rung, row.at.date())
        for row in sorted(found, key=lambda row: row.at)
        if (row.due, row.subject, row.status) == ("voorstel/antwoord", "oost", Standing.PLANNED)
    ]


def test_a_term_moves_along_and_its_reminders_are_planned_anew(terms: Traject) -> None:
    """Four weeks from a week earlier is a week earlier; of what is past nothing is sent."""
    ahead = [date(2021, 12, 24), date(2022, 1, 4), date(2022, 1, 7), date(2022, 1, 10)]
    assert ahead == [day for _, day in planned(terms)][:4]

    receipt = terms.correct(terms.last, on=parse_date("2021-12-03"))
    told = consequences(receipt.before, receipt.after)
    assert told.dues == (DueChange("voorstel/antwoord@oost", "2022-01-07", "2021-12-31"),)
    ahead = [date(2021, 12, 28), date(2021, 12, 31), date(2022, 1, 3)]
    assert ahead == [day for _, day in planned(terms)][:3]
    plans = deadlines_of(terms.snapshot(date(2021, 12, 20))).values()
    assert [date(2021, 12, 31)] == [
        each.deadline for each in plans if (each.ref, each.subject) == ("voorstel/antwoord", "oost")
    ]
    assert [] == terms.problems


# --- facts ---------------------------------------------------------------------------------------


def replay(traject: Traject, on: str, outcome: str = "ingestemd") -> None:
    """Record the facts of a file in which Dordrecht decided on a day."""
    content = f"""\
process: {traject.id}
facts:
  - {{id: naar-de-raden, on: 2020-11-24, advance: principebesluit, source: a}}
  - {{id: dordrecht, on: {on}, record: principebesluit, body: dordrecht, outcome: {outcome},
     source: a}}
"""
    facts = read_facts("story.yaml", content.encode()).facts
    traject.engine.execute(traject.id, [each.request(Called(SECRETARY)) for each in facts])


def test_a_fact_whose_date_was_mended_is_the_same_fact(gr: Traject) -> None:
    """With its first date and with the one it has now; another one says how it is mended."""
    replay(gr, "2021-02-10")
    recorded = gr.last
    with refused(gr, KeyReused) as caught:
        replay(gr, "2021-02-17")
    assert (
        f"Only its date is different. To mend it: mijlpaal correct {gr.id} {recorded} "
        "--on 2021-02-17 --reason WHY"
    ) == caught.advice

    mend(gr, recorded, "2021-02-17")
    written = gr.journal
    for on in ("2021-02-10", "2021-02-17"):
        replay(gr, on)
    assert written == gr.journal
    for on, outcome in (("2021-02-18", "ingestemd"), ("2021-02-17", "verworpen")):
        with refused(gr, KeyReused):
            replay(gr, on, outcome)
