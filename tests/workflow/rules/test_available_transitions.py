"""Which moves can be made: every one that is open, whether or not it has to be named."""

from datetime import date

import pytest

from tests.support.definitions import example, load
from tests.support.moves import accepted, assert_enabled_is_what_is_accepted
from workflow.rules.available_transitions import (
    all_open_transitions,
    open_transitions,
    transitions_from,
)
from workflow.rules.fold import initial
from workflow.rules.snapshot import Snapshot
from workflow.rules.worklist import Doing, worklist

IN_ROUTE = "      in-route: {from: open, to: in-route, opens: round, gate: {slot: rijp}}\n"
AT_ONCE = "      meteen: {from: open, to: genomen, gate: {slot: rijp}}\n"
RIPE = "{all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}"
SEVERAL = load(example((IN_ROUTE, IN_ROUTE + AT_ONCE), (RIPE, "{date: 2021-02-01}")))
"""One whose proposal can go on in two ways from 1 February, and be stopped on any day."""


def on(day: date) -> Snapshot:
    """Return it as it begins, on a day."""
    return Snapshot(SEVERAL, initial(SEVERAL, date(2021, 1, 4)), day)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2021, 1, 31), ["stoppen → vervallen"]),
        (date(2021, 2, 1), ["in-route → in-route", "meteen → genomen", "stoppen → vervallen"]),
    ],
)
def test_every_way_that_is_open_is_enabled(day: date, open_: list[str]) -> None:
    """Also where it is for somebody to choose, and where a way has to be named."""
    now = on(day)
    proposal = SEVERAL.milestones["voorstel"]
    assert open_ == [str(way) for way in open_transitions(proposal, now)]
    assert 3 == len(transitions_from(proposal, now))
    assert ["voorstel"] * len(open_) + ["slot"] == [
        way.milestone for way in all_open_transitions(now)
    ]
    assert_enabled_is_what_is_accepted(now)


def test_what_is_enabled_need_not_be_anybodys_turn() -> None:
    """The list of work has only what is not for somebody to choose."""
    now = on(date(2021, 2, 1))
    assert [] == [turn.what for turn in worklist(now) if turn.doing is Doing.ADVANCE]
    assert 4 == len(all_open_transitions(now))


def test_of_several_ways_none_is_taken_that_was_not_named() -> None:
    """Each is accepted by its trigger and by its target, and none without either."""
    now = on(date(2021, 2, 1))
    found = [way.key for way in all_open_transitions(now)]
    assert sorted(found * 2) == sorted(accepted(now, named=False))


def test_what_is_found_of_a_gate_is_found_once() -> None:
    """However often it is asked for; on another day, anew."""
    now = on(date(2021, 1, 31))
    proposal = SEVERAL.milestones["voorstel"]
    (once, *_), (again, *_) = transitions_from(proposal, now), transitions_from(proposal, now)
    assert once.finding is again.finding
    later = transitions_from(proposal, now.on(date(2021, 2, 1)))
    assert (False, True) == (once.is_open, later[0].is_open)
