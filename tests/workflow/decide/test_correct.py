"""Corrections: an entry says something else, or nothing, and what rests on it is seen anew."""

import pytest

from definitions.language.errors import InvalidValue, NotFound
from tests.support.engine import Traject, bodies, refused, through_principle
from workflow.decide.correct import CannotCorrect
from workflow.model.commands import Correct
from workflow.model.events import EntryCorrected
from workflow.model.state import Basis
from workflow.rules.fold import fold
from workflow.rules.refusals import AlreadyDecided, GateClosed, Missing, NotAllowed


def correct(traject: Traject, seq: int, reason: str = "a slip", **changes: str | bool) -> None:
    """Correct an entry."""
    traject.do(Correct(seq, reason, tuple(changes.items())))


def withdraw(traject: Traject, seq: int) -> None:
    """Withdraw an entry."""
    traject.do(Correct(seq, "it never was", withdraw=True))


@pytest.fixture
def asked(gr: Traject) -> Traject:
    """The decision in principle is in route, and Sliedrecht has decided as entry 5."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")
    return gr


def test_a_corrected_decision_says_something_else_from_its_own_date(asked: Traject) -> None:
    """The outcome changes, the date and the number stay, and the journal keeps both."""
    correct(asked, 5, outcome="verworpen")

    (decision,) = asked.state.decisions.values()
    assert ("verworpen", "2021-02-10", 5) == (decision.outcome, decision.effective, decision.seq)
    assert "2021-02-10" == asked.journal[-1].effective.written
    assert [] == asked.problems
    assert fold(asked.definition, asked.journal) == asked.stored


def test_a_correction_and_its_correction_back_leave_nothing(asked: Traject) -> None:
    """After both, the tables are as if neither had been."""
    before = asked.stored
    correct(asked, 5, outcome="verworpen")
    correct(asked, 5, outcome="ingestemd")
    assert before == asked.stored


def test_a_withdrawn_decision_makes_room_for_another(asked: Traject) -> None:
    """What was withdrawn is no decision; the body can decide."""
    withdraw(asked, 5)
    assert {} == dict(asked.state.decisions)

    asked.record("principebesluit", "sliedrecht", "verworpen", "2021-02-11")
    assert ["verworpen"] == [each.outcome for each in asked.state.decisions.values()]
    with refused(asked, AlreadyDecided):
        correct(asked, 5, outcome="ingestemd")


def test_a_correction_can_put_what_rests_on_it_in_question(gr: Traject) -> None:
    """A gate lost through a correction questions its move, and stops whoever builds on it."""
    through_principle(gr, decided="2021-02-09")
    first = next(entry.seq for entry in gr.journal if entry.event.TYPE == "decision-recorded")
    correct(gr, first, outcome="aangehouden")
    assert ("vastgesteld", Basis.IN_QUESTION) == gr.stand("principebesluit")

    for _ in range(2):
        gr.advance("hoofdlijnennotitie", "2021-02-10")
    gr.attest("hoofdlijnennotitie", "2021-02-10")
    with refused(gr, GateClosed) as caught:
        gr.advance("hoofdlijnennotitie", "2021-02-10")
    assert "its gate does not hold" in caught.sentence

    correct(gr, first, outcome="gewijzigd-ingestemd")
    assert ("vastgesteld", Basis.DECIDED) == gr.stand("principebesluit")


def test_a_questioned_move_is_settled_by_attesting_it(gr: Traject) -> None:
    """Whoever has a source for the move itself can say so, and it is shown as attested."""
    through_principle(gr, decided="2021-02-09")
    entries = gr.journal
    withdraw(gr, next(each.seq for each in entries if each.event.TYPE == "decision-recorded"))
    move = max(each.seq for each in entries if each.event.TYPE == "milestone-moved")
    correct(gr, move, attested=True, reference="list of decisions")
    assert ("vastgesteld", Basis.ATTESTED) == gr.stand("principebesluit")


def test_a_move_is_withdrawn_only_as_the_last_with_nothing_resting_on_it(asked: Traject) -> None:
    """A decision was admitted by the state that the move led to: it rests on it."""
    with refused(asked, CannotCorrect) as caught:
        withdraw(asked, 4)
    assert "later entries rest on that: 5" in caught.sentence

    withdraw(asked, 5)
    withdraw(asked, 4)
    assert ("in-voorbereiding", None) == asked.stand("principebesluit")


@pytest.mark.parametrize(
    ("seq", "kind", "says"),
    [
        (1, CannotCorrect, "says how the process began"),
        (99, NotFound, "There is no entry 99."),
        (6, CannotCorrect, "Entry 6 is a correction itself. Correct entry 5 once more."),
    ],
)
def test_what_cannot_be_corrected(
    asked: Traject, seq: int, kind: type[CannotCorrect | NotFound], says: str
) -> None:
    """The start, seats, corrections and what is not there are refused, each with why."""
    correct(asked, 5, outcome="verworpen")
    with refused(asked, kind) as caught:
        correct(asked, seq, outcome="ingestemd")
    assert says in str(caught.error)


def test_a_correction_is_decided_like_the_command_it_corrects(asked: Traject) -> None:
    """An outcome the instrument lacks, a field the entry lacks, no change, no reason: refused."""
    for changes, kind in (
        ({"outcome": "verleend"}, NotFound),
        ({"level": "volledig"}, InvalidValue),
        ({"outcome": "ingestemd"}, InvalidValue),
    ):
        with refused(asked, kind):
            correct(asked, 5, **changes)
    with refused(asked, Missing):
        correct(asked, 5, reason=" ", outcome="verworpen")


def test_nobody_corrects_what_is_not_theirs(asked: Traject) -> None:
    """Another party's griffier can neither change nor withdraw the entry."""
    asked.seat("griffier@dordrecht", "bea", "2020-11-01")
    bea = asked.as_actor("bea")
    with refused(bea, NotAllowed):
        correct(bea, 5, outcome="verworpen")
    with refused(bea, NotAllowed):
        withdraw(bea, 5)


def test_known_at_reads_the_journal_as_it_was_known(asked: Traject) -> None:
    """Before the correction was written, the process stood as the entry first said."""
    asked.world.it_is("2022-06-02")
    correct(asked, 5, outcome="verworpen")

    def outcome(known: str | None) -> list[str]:
        return [each.outcome for each in asked.known_at(known).decisions.values()]

    assert ["ingestemd"] == outcome("2022-06-01")
    assert ["verworpen"] == outcome("2022-06-02")
    assert ["verworpen"] == outcome(None)


def test_a_correction_is_an_entry_like_any_other(asked: Traject) -> None:
    """It is numbered, hashed, and says what it corrects and why."""
    correct(asked, 5, outcome="verworpen")
    event = asked.journal[-1].event
    assert isinstance(event, EntryCorrected)
    assert (5, "a slip", "verworpen") == (
        event.corrects,
        event.reason,
        (event.replacement or {})["outcome"],
    )
    assert [1, 2, 3, 4, 5, 6] == [entry.seq for entry in asked.journal]


def test_every_council_can_be_corrected_and_back(gr: Traject) -> None:
    """Over a whole round: each correction there and back leaves the tables as they were."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-01")
    before = gr.stored
    decided = [entry.seq for entry in gr.journal if entry.event.TYPE == "decision-recorded"]
    assert len(bodies(gr.definition, "raad")) == len(decided)
    for seq in decided:
        correct(gr, seq, outcome="verworpen")
    for seq in reversed(decided):
        correct(gr, seq, outcome="ingestemd")
    assert before == gr.stored


def test_what_a_decision_had_to_wait_for_is_not_taken_from_under_it(gr: Traject) -> None:
    """The technical questions came first; they cannot be withdrawn behind the decision's back."""
    gr.attest("hoofdlijnennotitie", "2021-03-01", "voorbereiden")
    for _ in range(3):
        gr.attest("hoofdlijnennotitie", "2021-03-01")
    gr.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-03-10", "sliedrecht")
    closed = gr.journal[-1].seq
    gr.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-03-11")
    decided = gr.journal[-1].seq

    with refused(gr, CannotCorrect) as caught:
        withdraw(gr, closed)
    assert f"Later decisions rest on that: sliedrecht.raad ({decided})." == caught.sentence
    withdraw(gr, decided)
    withdraw(gr, closed)
    assert {} == dict(gr.state.tasks)
