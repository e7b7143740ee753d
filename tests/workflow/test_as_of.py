"""Folding: where a process stood on any day, from its journal alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import facts_file
from tests.support.databases import Site, opened
from tests.support.engine import (
    SECRETARY,
    Traject,
    World,
    gr_sociaal_domein,
    refused,
    through_principle,
    without_numbers,
)
from workflow.facts import read_facts
from workflow.model.commands import Command, Record
from workflow.model.person import Called
from workflow.model.state import State
from workflow.rules.fold import fold
from workflow.rules.gates import decisions_on
from workflow.rules.refusals import DateRefused
from workflow.storage.database import Database

Row = tuple[str, str | None, int, int]
"""Of a milestone: state, basis, decisions recorded in its round, unproved moves."""


@pytest.fixture(scope="module")
def replayed(site: Site, template: str) -> Iterator[Traject]:
    """Replay what is publicly known of the shipped process, once."""
    with opened(site, template) as database:
        traject = Traject(database, gr_sociaal_domein(), World(), id="gr-sociaal-domein")
        traject.start(reconstruction=True)
        story = read_facts(*facts_file("gr-sociaal-domein"))
        traject.engine.execute(
            traject.id, [fact.request(Called(SECRETARY)) for fact in story.facts]
        )
        yield traject


def rows(traject: Traject, state: State) -> list[Row]:
    """Return a row for each milestone, in the order of the definition."""
    unproved = [key[0] for key in state.unproved()]
    return [
        (
            state.milestones[each.id].state,
            state.milestones[each.id].basis,
            sum(len(decisions_on(state, each.id, request)) for request in each.requests.values()),
            unproved.count(each.id),
        )
        for each in traject.definition.milestones.values()
    ]


# By hand, from the facts: what is dated by each day, and nothing of the day after.
BEGIN: Row = ("gepland", None, 0, 0)
AS_OF: dict[str, list[Row]] = {
    "2020-11-01": [("in-voorbereiding", None, 0, 0), BEGIN, BEGIN, BEGIN, BEGIN],
    "2020-11-23": [("in-voorbereiding", None, 0, 0), BEGIN, BEGIN, BEGIN, BEGIN],
    "2020-11-24": [("in-route", None, 0, 0), BEGIN, BEGIN, BEGIN, BEGIN],
    # The day of Papendrecht's vote cannot be told: it counts from the second of the two.
    "2021-01-25": [("in-route", None, 0, 0), BEGIN, BEGIN, BEGIN, BEGIN],
    "2021-01-26": [("in-route", None, 1, 0), BEGIN, BEGIN, BEGIN, BEGIN],
    "2021-02-01": [("in-route", None, 1, 0), ("voorbereiding", None, 0, 0), BEGIN, BEGIN, BEGIN],
    "2021-02-15": [("in-route", None, 2, 0), ("voorbereiding", None, 0, 0), BEGIN, BEGIN, BEGIN],
    "2021-03-15": [("in-route", None, 2, 0), ("voorbereiding", None, 0, 0), BEGIN, BEGIN, BEGIN],
    "2021-03-16": [
        ("vastgesteld", "attested", 2, 1),
        ("in-route", "attested", 0, 2),
        BEGIN,
        BEGIN,
        BEGIN,
    ],
    "2021-04-01": [
        ("vastgesteld", "attested", 2, 1),
        ("in-route", "attested", 1, 2),
        BEGIN,
        BEGIN,
        BEGIN,
    ],
    "2021-08-30": [
        ("vastgesteld", "attested", 2, 1),
        ("in-route", "attested", 1, 2),
        BEGIN,
        ("voorbereiding", None, 0, 0),
        BEGIN,
    ],
    "2021-12-01": [
        ("vastgesteld", "attested", 2, 1),
        ("in-route", "attested", 1, 2),
        BEGIN,
        ("voorbereiding", None, 0, 0),
        BEGIN,
    ],
    "2021-12-02": [
        ("vastgesteld", "attested", 2, 1),
        ("vastgesteld", "attested", 1, 3),
        ("vastgesteld", "attested", 0, 3),
        ("getroffen", "attested", 0, 4),
        ("ondertekend", "attested", 0, 1),
    ],
    "2022-01-01": [
        ("vastgesteld", "attested", 2, 1),
        ("vastgesteld", "attested", 1, 3),
        ("vastgesteld", "attested", 0, 3),
        ("getroffen", "attested", 0, 4),
        ("in-werking", "decided", 0, 1),
    ],
}


@pytest.mark.parametrize("day", AS_OF)
def test_where_the_shipped_process_stood(replayed: Traject, day: str) -> None:
    """State, basis and counts of every milestone on the days on which something changed."""
    assert AS_OF[day] == rows(replayed, replayed.as_of(day))


def test_as_of_without_a_date_is_what_the_tables_say(replayed: Traject) -> None:
    """The fold of the whole journal and the tables are one state."""
    assert replayed.stored == fold(replayed.definition, replayed.journal)
    assert replayed.stored == replayed.as_of("2022-06-01")
    assert AS_OF["2022-01-01"] == rows(replayed, replayed.state)
    assert [] == replayed.problems


def test_no_day_before_the_beginning(replayed: Traject) -> None:
    """A process did not stand anywhere before it began."""
    with refused(replayed, DateRefused) as caught:
        replayed.as_of("2020-10-31")

    assert "“gr-sociaal-domein” began on Sun 1 November 2020." == caught.sentence


def test_a_seat_is_seen_on_its_days(gr: Traject) -> None:
    """As-of knows who held a seat then: not yet before, and still on the last day."""
    gr.seat("griffier@dordrecht", "griffier D", "2021-01-01", until="2021-06-30")

    def held(day: str) -> int:
        seats = gr.as_of(day).seats.values()
        return sum(seat.place == "dordrecht" for seat in seats if seat.held_on(_day(day)))

    assert [0, 1, 1, 0] == [
        held(day) for day in ("2020-12-31", "2021-01-01", "2021-06-30", "2021-07-01")
    ]


def _day(written: str) -> date:
    return date.fromisoformat(written)


def test_the_order_of_writing_settles_one_day(gr: Traject) -> None:
    """Two things of one day are folded as they were written down."""
    gr.part("hoofdlijnennotitie/waarom", "leidend", "2021-01-11")
    gr.part("hoofdlijnennotitie/waarom", "volledig", "2021-01-11")
    gr.part("hoofdlijnennotitie/waarom", "uitgangspunten", "2021-01-10")

    part = gr.state.parts["hoofdlijnennotitie", "waarom", ""]
    assert "volledig" == part.level
    assert (
        "uitgangspunten" == gr.as_of("2021-01-10").parts["hoofdlijnennotitie", "waarom", ""].level
    )
    assert [] == gr.problems


# --- any order ---------------------------------------------------------------------------------

DECISIONS = [
    ("alblasserdam", "ingestemd", "2021-01-12"),
    ("dordrecht", "aangehouden", "2021-01-12"),
    ("dordrecht", "gewijzigd-ingestemd", "2021-01-26"),
    ("sliedrecht", "ingestemd", "2021-02-10"),
    ("zwijndrecht", "verworpen", "2021-01-26"),
]


def _commands(order: Sequence[int]) -> list[Command]:
    return [
        Record("principebesluit", body, outcome, parse_date(on), reference="a source")
        for body, outcome, on in (DECISIONS[index] for index in order)
    ]


def test_decisions_of_a_round_in_any_order_give_one_state(database: Database, world: World) -> None:
    """Whoever's letter comes first: the state is that of the dates, in every order admitted."""
    orders = [
        order
        for order in permutations(range(len(DECISIONS)))
        if order.index(1) < order.index(2)  # after a decision nothing is held over any more
    ]
    states = []
    for number, order in enumerate(orders):
        traject = Traject(database, gr_sociaal_domein(), world, id=f"order-{number}")
        traject.start()
        traject.advance("principebesluit", "2020-11-24")
        traject.do_all(_commands(order))
        traject.advance("principebesluit", "2021-02-20", "aanpassen")
        states.append(without_numbers(traject.stored))

    assert 60 == len(states)
    assert states[:1] * 60 == states


def test_late_facts_give_the_state_that_timely_ones_would(database: Database, world: World) -> None:
    """Attested first and proved by late decisions, or decided in order: the same in the end."""
    timely = Traject(database, gr_sociaal_domein(), world, id="timely")
    timely.start()
    through_principle(timely, on="2020-11-24", decided="2021-02-09")
    late = Traject(database, gr_sociaal_domein(), world, id="late")
    late.start()
    late.advance("principebesluit", "2020-11-24")
    late.attest("principebesluit", "2021-02-09")
    late.advance("hoofdlijnennotitie", "2021-02-20")
    timely.advance("hoofdlijnennotitie", "2021-02-20")
    late.all_record("principebesluit", "ingestemd", "2021-02-09")

    def comparable(traject: Traject) -> State:
        state = without_numbers(traject.stored)
        moves = {key: replace(move, reference=None) for key, move in state.moves.items()}
        return replace(state, moves=moves)

    assert comparable(timely) == comparable(late)
