"""What came first: a refusal says so only where it is known of every day that it can have been."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import overlap, parse_date
from tests.support.cli import Terminal, folded
from tests.support.definitions import load
from tests.support.properties import examples
from workflow.decide.case import Case
from workflow.decide.imprecise_dates import decide_with_imprecise_dates
from workflow.model.commands import Actor, Record
from workflow.model.events import Entry, Event, Happening, MilestoneMoved, ProcessStarted, SeatGiven
from workflow.model.journal import Writer
from workflow.rules.fold import as_it_stood
from workflow.rules.refusals import NotAdmitted, OrderUnknown

FILE = Path(__file__).parents[1] / "kept" / "entered-between-two-days" / "span.yaml"
DEFINITION = load(FILE.read_text(encoding="utf-8"))
FIRST, LAST = date(2015, 1, 5), date(2016, 1, 1)
NUMBERS = st.integers(1, 8)
SPANS = st.tuples(NUMBERS, st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))
"""The first and the last day of May on which something can have been."""


def written(span: tuple[int, int]) -> str:
    """Return the days of a span as they are written."""
    first, last = (f"2015-05-{day:02}" for day in span)
    return first if first == last else f"{first}/{last}"


def journal(opened: str, decided: str) -> list[Entry]:
    """Return the journal of a process that was opened on one date, and decided on another."""
    writer = Writer(lambda: datetime(2016, 1, 1, tzinfo=UTC), "tester", "span")
    happened: list[tuple[Event, str]] = [
        (ProcessStarted(DEFINITION.id, 1, DEFINITION.sha256), "2015-01-05"),
        (SeatGiven("secretaris", "", "somebody"), "2015-01-05"),
        (MilestoneMoved("voorstel", "toezenden", "voor", "open"), opened),
        (MilestoneMoved("voorstel", "nemen", "open", "genomen", attested=True), decided),
    ]
    entries = []
    for event, on in happened:
        when = parse_date(on)
        entries.append(writer.entry(Happening(event, when, when.day), "somebody", "secretaris"))
    return entries


def refusal(entries: Sequence[Entry], on: str) -> type[Exception] | None:
    """Return as what a decision of a council is refused; None where it is not."""
    when = parse_date(on)
    then = as_it_stood(DEFINITION, entries, when.day or LAST, until=when.day)
    now = as_it_stood(DEFINITION, entries, LAST)
    case = Case(then, now, Actor("somebody", "anna", LAST))
    try:
        decide_with_imprecise_dates(
            case, Record("voorstel", "oost.raad", "voor", when, reference="x"), lambda: entries
        )
    except (NotAdmitted, OrderUnknown) as refused:
        return type(refused)
    return None


@given(SPANS, SPANS, SPANS)
@examples(300)
def test_what_is_known_is_what_is_so_on_every_day_that_can_have_been(
    opened: tuple[int, int], decided: tuple[int, int], recorded: tuple[int, int]
) -> None:
    """By trying all of them: a council may decide from the day of opening to that of deciding."""
    if decided[1] < opened[1]:
        opened, decided = decided, opened
    days = product(*(range(first, last + 1) for first, last in (opened, decided, recorded)))
    can_be = {one <= at <= other for one, other, at in days if one <= other}
    match refusal(journal(written(opened), written(decided)), written(recorded)):
        case None:
            assert True in can_be
        case kind:
            assert ({True, False} <= can_be or can_be == {True}) == (kind is OrderUnknown)


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        ("2015-04-30", NotAdmitted),
        ("by 2015-04-30", NotAdmitted),
        ("2015-04", NotAdmitted),
        ("begin 2015-05", OrderUnknown),
        ("2015-05-01", OrderUnknown),
        ("2015-05-14", OrderUnknown),
        ("2015-05", OrderUnknown),
        ("2015-05-20", None),
        ("2015-05-21", NotAdmitted),
        ("2015-06", NotAdmitted),
        ("2015-05-20/2015-06-30", OrderUnknown),
        ("by 2015-06-30", OrderUnknown),
        ("Q2 2015", OrderUnknown),
    ],
)
def test_dates_of_any_precision_are_compared_by_all_their_days(
    on: str, kind: type[Exception] | None
) -> None:
    """Opened between the first and the fifteenth of May, decided on the twentieth."""
    assert kind is refusal(journal("2015-05-01/2015-05-15", "2015-05-20"), on)


@pytest.mark.parametrize(
    ("on", "kind"),
    [("2015-03-01", OrderUnknown), ("2015-05-15", None), ("2015-05-21", NotAdmitted)],
)
def test_by_a_day_can_have_been_any_day_before(on: str, kind: type[Exception] | None) -> None:
    """But not after it; and what came after it was not before what came first."""
    assert kind is refusal(journal("by 2015-05-15", "2015-05-20"), on)


def test_what_came_after_a_known_day_was_not_before_it() -> None:
    """It was decided “by” the twentieth, but not before it was opened on the tenth."""
    assert NotAdmitted is refusal(journal("2015-05-10", "by 2015-05-20"), "2015-05-09")


@pytest.mark.parametrize(
    ("one", "other", "unknown"),
    [
        ("2015-05-01", "2015-05-01", False),
        ("2015-05-01", "2015-05-02", False),
        ("2015-05", "2015-05-31", True),
        ("2015-05", "2015-06-01", False),
        ("2015-05", "2015-05", True),
        ("2015", "begin 2016-01", False),
        ("begin 2015-05", "end 2015-05", True),
        ("medio mei 2015", "2015-05-01/2015-05-02", True),
        ("by 2015-05-15", "2015-05-15", True),
        ("by 2015-05-15", "2015-05-16", False),
        ("by 2015-05-15", "by 2015-12-31", True),
    ],
)
def test_two_dates_have_an_order_where_no_day_is_of_both(
    one: str, other: str, unknown: bool
) -> None:
    """What is known to be of one day has the order in which it was written down."""
    for pair in ((one, other), (other, one)):
        assert unknown is overlap(*map(parse_date, pair))


# --- on the command line -----------------------------------------------------------------------


@pytest.fixture
def span(terminal: Terminal) -> Terminal:
    """A milestone that was entered between two days, as the oldest minutes have it."""
    terminal.does(f"start {FILE} --reconstruction")
    terminal.does(
        "advance",
        "span",
        "voorstel",
        "toezenden",
        "--on",
        "3 Nov 2015 – 1 Jan 2018",
        "--reference",
        "x",
    )
    return terminal


UNKNOWN_ORDER = "Which came first is not known: this ({0}), or entry {1} ({2})."
ENTERED = "3 Nov 2015 – 1 Jan 2018"


def unknown(terminal: Terminal, line: str, *parts: str) -> bool:
    """Return whether a line is refused because it is not known which came first."""
    return UNKNOWN_ORDER.format(*parts) in folded(terminal.refused(4, f"{line} --reference x"))


def test_a_decision_in_the_days_of_a_move_is_not_said_to_be_before_it(span: Terminal) -> None:
    """It may be recorded out of order, with the reason; or with a narrower date."""
    line = "record span voorstel oost.raad voor --on"
    assert unknown(span, f"{line} 2017", "2017", "3", ENTERED)
    assert unknown(span, f"{line} 2016-05-12", "Thu 12 May 2016", "3", ENTERED)
    said = folded(span.refused(4, f"{line} 2017 --reference x"))
    assert "Give a narrower date; if none is known, add --out-of-order REASON." in said
    before = folded(span.refused(4, f"{line} 2015-11-02 --reference x"))
    assert "On Mon 2 November 2015 “voorstel” was in “voor”" in before
    span.does(f"{line} 2017 --reference x --out-of-order 'the minutes have no day'")
    span.does("record span voorstel west.raad voor --on 2018-01-02 --reference x")


def test_no_move_is_said_to_come_too_late_that_may_not(span: Terminal) -> None:
    """Neither of two moves, nor one under a decision."""
    line = "advance span voorstel nemen --attested --on"
    assert unknown(span, f"{line} 2017-12-31", "Sun 31 December 2017", "3", ENTERED)
    assert "a move before that (Mon 2 November 2015) comes too late." in folded(
        span.refused(4, f"{line} 2015-11-02 --reference x")
    )
    span.does("record span voorstel oost.raad voor --on 2018-06 --reference x")
    assert unknown(span, f"{line} 2018-06-15", "Fri 15 June 2018", "4", "June 2018")
    assert "a move before that (Thu 31 May 2018) comes too late." in folded(
        span.refused(4, f"{line} 2018-05-31 --reference x")
    )


def test_a_party_is_said_to_have_been_there_only_where_it_was(span: Terminal) -> None:
    """A decision of a month, and a departure in it; and a decision after a departure."""
    span.does("record span voorstel oost.raad voor --on 2018-06 --reference x")
    assert unknown(
        span, "leave span oost --reason x --on 2018-06-15", "Fri 15 June 2018", "4", "June 2018"
    )
    assert "it was there then." in folded(
        span.refused(4, "leave span oost --reason x --on 2018-05-31 --reference x")
    )
    span.does("leave span west --reason x --on 2018-09 --reference x")
    line = "record span voorstel west.raad voor --reference x --on"
    assert "west takes part no longer" in folded(span.refused(4, f"{line} 2018-10-01"))
    late = folded(span.refused(4, f"{line} 2018-09-30"))
    assert UNKNOWN_ORDER.format("Sun 30 September 2018", "5", "September 2018") in late


def test_an_answer_is_said_to_come_too_late_only_where_it_does(span: Terminal) -> None:
    """After it was held over in the same month."""
    span.does("record span voorstel oost.raad aangehouden --on 2018-06 --reference x")
    line = "record span voorstel oost.raad voor --on"
    assert unknown(span, f"{line} 2018-06-15", "Fri 15 June 2018", "4", "June 2018")
    assert "comes too late." in folded(span.refused(4, f"{line} 2018-05-31 --reference x"))


def test_a_month_that_has_begun_is_not_in_the_future(span: Terminal) -> None:
    """It is not over; and what may lie before the process is not said to."""
    span.world.it_is("2018-06-15")
    line = "record span voorstel oost.raad voor --reference x --on"
    assert "June 2018 is not over: today is" in folded(span.refused(4, f"{line} 2018-06"))
    assert "July 2018 is in the future: today is" in folded(span.refused(4, f"{line} 2018-07"))
    early = "note span x --on"
    assert "may be before the process began" in folded(span.refused(4, f"{early} 'begin 2015-01'"))
    assert "is before the process began" in folded(span.refused(4, f"{early} 2014-12"))
