"""Terms beside the calendar: what runs on, what is counted back, and which years are refused."""

from datetime import date

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue
from tests.support.definitions import load
from tests.support.engine import ANSWERS, Traject, World, refused
from workflow.model.commands import Replan
from workflow.rules.conflicts import SameDate
from workflow.storage.database import Database
from workflow.views.days_off import days_off
from workflow.views.due_list import DuesView, dues_view
from workflow.views.dues import DueView
from workflow.views.seen import Seen

TERM = "{after: besluit.rond, weeks: 8}"
UNKNOWN_YEAR = "Which days of 2051 are working days is not known: the calendar has 2000 to 2050."


def with_term(database: Database, world: World, term: str) -> Traject:
    """Start the process of questions and answers, the term of whose decision is another one."""
    assert 1 == ANSWERS.count(TERM)
    traject = Traject(database, load(ANSWERS.replace(TERM, term)), world)
    traject.start()
    traject.part("stuk/kern", "volledig", "2021-01-05")
    return traject


def agenda(traject: Traject, today: date) -> DuesView:
    """Return the dues as they are shown on a day."""
    return dues_view(Seen(traject.definition, traject.state, today, traject.id))


def due(traject: Traject, ref: str) -> DueView:
    """Return one due as it is shown."""
    return {each.id: each for each in agenda(traject, date(2021, 1, 20)).dues}[ref]


@pytest.mark.parametrize(
    ("term", "ends"),
    [
        ("{after: vraag.rond, weeks: 12, statutory: true}", date(2021, 4, 6)),
        ("{after: vraag.rond, weeks: 12}", date(2021, 4, 4)),
        ("{after: vraag.rond, weeks: 13, statutory: true}", date(2021, 4, 11)),
        ("{before: besluit.rond, weeks: 8}", date(2021, 4, 4)),
        ("{before: besluit.rond, weeks: 8, statutory: true}", date(2021, 4, 4)),
        ("{before: besluit.rond}", date(2021, 5, 30)),
    ],
)
def test_only_a_term_of_the_law_runs_on(
    database: Database, world: World, term: str, ends: date
) -> None:
    """Counted from an event and of twelve weeks at most; from Easter Sunday to the Tuesday."""
    traject = with_term(database, world, term)
    traject.advance("vraag", "2021-01-10")
    traject.do(Replan("besluit.rond", parse_date("2021-05-30"), "x", parse_date("2021-01-12")))

    assert ends == due(traject, "besluit/raden").date
    assert [] == traject.problems


def test_a_term_is_counted_back_from_the_first_day_it_can_be(
    database: Database, world: World
) -> None:
    """Of a month the first; of a date that is not known yet, nothing."""
    traject = with_term(database, world, "{before: besluit.rond, weeks: 2}")
    traject.do(Replan("besluit.rond", parse_date("2021-06"), "x", parse_date("2021-01-12")))
    assert date(2021, 5, 18) == due(traject, "besluit/raden").date
    traject.do(Replan("besluit.rond", parse_date("unknown"), "x", parse_date("2021-01-12")))
    assert None is due(traject, "besluit/raden").date


# --- years that are not known ------------------------------------------------------------------


def test_no_date_is_given_in_a_year_that_is_not_known(gr: Traject) -> None:
    """Nothing is written; the year, the years there are, and what to do instead are said."""
    for written in ("2051-03-16", "2051-03", "by 2051"):
        with refused(gr, InvalidValue) as refusal:
            gr.do(Replan("concepttekst/raden", parse_date(written), "x", parse_date("2021-03-01")))
        assert UNKNOWN_YEAR == refusal.sentence
    with refused(gr, SameDate):
        gr.do(Replan("concepttekst/raden", parse_date("unknown"), "x", parse_date("2021-03-01")))


def test_no_process_begins_in_a_year_that_is_not_known(database: Database, world: World) -> None:
    """Nothing of it could be counted."""
    traject = Traject(database, load(ANSWERS), world)
    with pytest.raises(InvalidValue, match="Which days of 1999 are working days is not known"):
        traject.start("1999-12-31")
    traject.start("2000-01-01")


def test_no_term_is_counted_into_a_year_that_is_not_known(database: Database, world: World) -> None:
    """The event from which it would count is refused; a day earlier it is not."""
    world.it_is("2050-12-31")
    traject = with_term(database, world, "{after: vraag.rond, weeks: 8, statutory: true}")
    with refused(traject, InvalidValue) as refusal:
        traject.advance("vraag", "2050-11-06")
    assert UNKNOWN_YEAR == refusal.sentence  # it ends on 1 January, a Sunday
    traject.advance("vraag", "2050-11-04")
    assert date(2050, 12, 30) == due(traject, "besluit/raden").date


def test_a_query_survives_a_date_that_would_be_refused_now(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older version may have let it in: then the day is not known, and nothing breaks."""
    traject = with_term(database, world, "{after: vraag.rond, weeks: 8, statutory: true}")
    traject.advance("vraag", "2021-01-10")
    traject.do(Replan("besluit.genomen", parse_date("2030-06"), "x", parse_date("2021-01-12")))
    monkeypatch.setattr("definitions.calendar.workdays.LAST_KNOWN_YEAR", 2020)
    monkeypatch.setattr("definitions.calendar.workdays.holidays", _no_holidays)

    shown = {each.id: each for each in agenda(traject, date(2021, 1, 20)).dues}

    assert (None, "unknown") == (shown["besluit/raden"].date, shown["besluit/raden"].written)
    assert (None, "2030-06") == (shown["besluit.genomen"].date, shown["besluit.genomen"].written)


def _no_holidays(year: int) -> None:
    raise InvalidValue(parse_date("unknown").in_words())


# --- days off ----------------------------------------------------------------------------------


def test_the_agenda_remarks_on_days_off_that_are_still_to_come(
    database: Database, world: World
) -> None:
    """What is done or late is left alone; what ends on a working day too."""
    traject = with_term(database, world, TERM)
    for to in ("2021-05-29", "2021-05-14"):
        traject.do(Replan("besluit.rond", parse_date(to), "x", parse_date("2021-01-12")))

    says = "14 May 2021 is equated with a holiday by royal decree"
    found = agenda(traject, date(2021, 5, 13)).days_off
    assert ("besluit.rond", says) in [(each.due, str(each.says)) for each in found]
    later = agenda(traject, date(2021, 5, 15)).days_off
    assert "besluit.rond" not in [each.due for each in later]


def test_parties_with_the_same_day_off_are_remarked_on_once() -> None:
    """And each by itself where their days differ; a goal may be on any day."""
    sunday, monday, saturday = date(2021, 4, 4), date(2021, 4, 5), date(2021, 4, 3)
    dated = [("v/r@oost", sunday), ("v/r@west", sunday), ("v/r@zuid", monday), ("v.in", saturday)]

    found = days_off([*dated, ("v/q", date(2021, 4, 6))], goal=saturday)

    assert [("v/r", "4 April 2021 is a Sunday"), ("v/r", "5 April 2021 is Easter Monday")] == [
        (each.due, str(each.says)) for each in found
    ]
