"""What a new date does to the rest, and the dates that a due was given before."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from tests.support.engine import Traject, refused
from workflow.model.state import Basis
from workflow.rules.conflicts import SameDate
from workflow.rules.consequences import DueChange
from workflow.rules.fold import fold
from workflow.rules.knock_on import Clash, KnockOn, knock_on
from workflow.rules.refusals import Refused
from workflow.storage.database import Database
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView
from workflow.views.seen import Seen

TODAY = date(2026, 1, 6)
NOTHING = KnockOn((), (), (), (), (), unknown=("besluit/raden",))


def effect(traject: Traject, due: str, to: str, on: str = "2021-01-15") -> KnockOn:
    """Give a due another date, and return what that does."""
    receipt = traject.replan(due, to, on)
    return knock_on(receipt.before, receipt.after)


def due(traject: Traject, ref: str) -> DueView:
    """Return one due as it is shown."""
    seen = Seen(traject.definition, traject.state, date(2021, 1, 20), traject.id)
    return {each.id: each for each in dues_view(seen).dues}[ref]


# --- the rest ------------------------------------------------------------------------------------


def test_what_lies_before_a_due_moves_along(asked: Traject) -> None:
    """The answers are to be in before the decision is put: on whatever day that is planned."""
    assert date(2021, 6, 1) == due(asked, "vraag.genomen").date
    found = effect(asked, "besluit.rond", "2021-07-01")
    assert (DueChange("vraag.genomen", "2021-06-01", "2021-07-01"),) == found.dues
    assert date(2021, 7, 1) == due(asked, "vraag.genomen").date


def test_a_due_given_a_date_of_its_own_moves_along_no_more(asked: Traject) -> None:
    """From then on it has that date; withdrawn, it moves along again."""
    asked.replan("vraag.genomen", "2021-05-20", "2021-01-12")
    seq = asked.last
    assert () == effect(asked, "besluit.rond", "2021-07-01").dues
    assert date(2021, 5, 20) == due(asked, "vraag.genomen").date
    asked.withdraw(seq)
    assert date(2021, 7, 1) == due(asked, "vraag.genomen").date


def test_a_replanning_gives_everybody_something_to_tell(asked: Traject) -> None:
    """The first one; the second finds them still to be told."""
    names = ("vraag/bericht@oost", "vraag/bericht@west", "vraag/bericht@zuid")
    assert names == effect(asked, "besluit.rond", "2021-05-20").arisen
    assert () == effect(asked, "besluit.rond", "2021-05-21", on="2021-01-16").arisen


def test_who_left_has_nobody_to_tell(asked: Traject) -> None:
    """Only those who remain."""
    asked.leave("zuid", "2021-01-12")
    assert ("vraag/bericht@oost", "vraag/bericht@west") == (
        effect(asked, "besluit.rond", "2021-05-20").arisen
    )


def test_what_has_to_come_first_and_comes_later_is_told(asked: Traject) -> None:
    """The councils answer before the decision is put: in July that does not fit June."""
    found = effect(asked, "vraag/raden", "2021-07-15")
    assert Clash("vraag/raden", "2021-07-15", "besluit.rond", "2021-06-01") in found.clashes
    assert () == effect(asked, "vraag/raden", "2021-07-16", on="2021-01-16").clashes


def test_each_college_decides_after_its_own_council(database: Database) -> None:
    """The councils consent by September: the colleges cannot have decided in June."""
    traject = Traject(database, open_definition("wijziging-gr"))
    traject.world.it_is("2026-01-06")
    traject.start("2026-01-05")
    first = replanned(traject, "wijziging/besluit", "2026-06-01")
    assert ("ontwerp/zienswijzen", "wijziging/toestemming", "inwerkingtreding/registratie") == (
        first.unknown
    )
    clash = Clash("wijziging/toestemming", "2026-09-01", "wijziging/besluit", "2026-06-01")
    assert (clash,) == replanned(traject, "wijziging/toestemming", "2026-09-01").clashes
    assert (clash,) == dues_view(Seen(traject.definition, traject.state, TODAY, "x")).clashes
    assert () == replanned(traject, "wijziging/toestemming", "2026-06-01").still


def replanned(traject: Traject, due: str, to: str) -> KnockOn:
    """Give a due of the change another date, and return what that does."""
    receipt = traject.replan(due, to, "2026-01-06")
    return knock_on(receipt.before, receipt.after)


def test_what_was_past_the_goal_is_so_still(asked: Traject) -> None:
    """Another date does not make it fit; what moves along past the goal is named too."""
    assert ("besluit.rond", "vraag.genomen") == effect(
        asked, "besluit.rond", "2021-12-02"
    ).past_goal
    later = effect(asked, "vraag.rond", "2021-02-02", on="2021-01-16")
    assert ("besluit.rond",) == later.past_goal_still


def test_past_the_goal_is_told_each_time(asked: Traject) -> None:
    """The goal is 1 December; on it is not after it, and it is not said only the first time."""
    assert not effect(asked, "besluit.genomen", "2021-12-01").past_goal
    assert effect(asked, "besluit.genomen", "2021-12-02", on="2021-01-16").past_goal
    assert effect(asked, "besluit.genomen", "2021-12-03", on="2021-01-17").past_goal


def test_a_date_that_moves_nothing_moves_nothing(asked: Traject) -> None:
    """A day later than planned, with room enough, and everybody to be told already."""
    asked.replan("besluit.genomen", "2021-11-02", "2021-01-15")
    assert NOTHING == effect(asked, "besluit.genomen", "2021-11-03", on="2021-01-16")


# --- the dates it was given ----------------------------------------------------------------------


def test_a_due_tells_every_date_it_was_given(asked: Traject) -> None:
    """In the order in which they were decided, not in which they were recorded."""
    asked.replan("besluit.rond", "2021-08-01", "2021-03-01")
    asked.replan("besluit.rond", "2021-07-01", "2021-02-01")
    assert [("2021-06-01", "2021-07-01"), ("2021-07-01", "2021-08-01")] == [
        (move.before, move.after) for move in due(asked, "besluit.rond").moves
    ]
    assert fold(asked.definition, asked.journal) == asked.stored


def test_the_first_of_two_replannings_is_withdrawn(asked: Traject) -> None:
    """The second stays, and starts from the date of the definition."""
    asked.replan("besluit.rond", "2021-07-01", "2021-02-01")
    first = asked.last
    asked.replan("besluit.rond", "2021-08-01", "2021-03-01")
    before = asked.stored
    asked.withdraw(first)
    assert [("2021-06-01", "2021-08-01")] == [
        (move.before, move.after) for move in due(asked, "besluit.rond").moves
    ]
    asked.correct(first)
    assert before == asked.stored
    assert [] == asked.problems


def test_a_date_that_was_wrong_is_corrected(asked: Traject) -> None:
    """It reads otherwise, on the day on which it was decided."""
    asked.replan("besluit.rond", "2021-07-01", "2021-02-01")
    asked.correct(asked.last, date=parse_date("2021-07-08"))
    assert ("2021-07-08", "2021-02-01") == (
        due(asked, "besluit.rond").written,
        due(asked, "besluit.rond").moves[0].effective,
    )
    assert [] == asked.problems


def test_a_date_it_has_is_no_new_date(asked: Traject) -> None:
    """Neither that of the definition nor the one it was last given."""
    with refused(asked, SameDate) as caught:
        asked.replan("besluit.rond", "2021-06-01", "2021-02-01")
    assert "“besluit.rond” has that date already." == caught.sentence


def test_what_comes_back_each_year_is_not_replanned(asked: Traject) -> None:
    """Its definition gives the day; what is different in one year goes in a note."""
    with refused(asked, Refused) as caught:
        asked.replan("brief", "2022-03-15", "2021-02-01")
    assert "“brief” comes back every year, on the day its definition gives." == caught.sentence


# --- a gate that looks at a term -----------------------------------------------------------------


def test_a_term_moved_before_a_move_counts_for_it(asked: Traject) -> None:
    """The round was closed because its term was over; moved before that, it was not."""
    asked.advance("vraag", "2021-03-05", "nemen")
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    asked.replan("vraag/raden", "2021-04-01", "2021-02-15")
    assert ("genomen", Basis.IN_QUESTION) == asked.stand("vraag")
    asked.withdraw(asked.last)
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    assert [] == asked.problems


@pytest.mark.parametrize("to", ["2021-02-01", "2021-04-01"])
def test_a_term_moved_after_a_move_does_not_count_for_it(asked: Traject, to: str) -> None:
    """On 5 March the term of 1 March was over, and before it was not, whatever came later."""
    asked.replan("vraag/raden", to, "2021-03-20")
    with pytest.raises(Refused):
        asked.advance("vraag", "2021-03-01", "nemen")
    asked.advance("vraag", "2021-03-05", "nemen")
    assert ("genomen", Basis.DECIDED) == asked.stand("vraag")
    assert fold(asked.definition, asked.journal) == asked.stored
    assert [] == asked.problems
