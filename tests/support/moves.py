"""Which moves are accepted on a day, found out by asking for each of them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from definitions.calendar.dates import day_of
from definitions.language.errors import MijlpaalError
from definitions.model import Milestone
from workflow.decide.advance import advance
from workflow.decide.case import Case
from workflow.model.commands import Actor, Advance
from workflow.model.events import MilestoneMoved
from workflow.model.state import MoveKey, SeatState, places_of
from workflow.rules.available_transitions import all_open_transitions
from workflow.rules.snapshot import Snapshot


def assert_enabled_is_what_is_accepted(now: Snapshot) -> None:
    """Assert that what is enabled is just what is accepted of somebody who may do anything.

    Each transition there is is asked for by its trigger and its target; and where only one of the
    two is named, or neither, nothing else is accepted.
    """
    found = [way.key for way in all_open_transitions(now)]
    assert sorted(found) == sorted(accepted(now, named=True))
    assert set(accepted(now, named=False)) <= set(found)


def accepted(now: Snapshot, *, named: bool) -> Iterator[MoveKey]:
    """Yield the moves that are accepted, each time they are.

    Args:
        named: they are asked for by their trigger and their target; else by at most one of the two.
    """
    case = Case(_of_everybody(now), _of_everybody(now), Actor("any", "any", now.day))
    for milestone in now.definition.milestones.values():
        for trigger, target in _names(milestone, named=named):
            command = Advance(milestone.id, day_of(now.day), trigger, target)
            try:
                event = advance(case, command).happening.event
            except MijlpaalError:
                continue
            assert isinstance(event, MilestoneMoved)
            yield (event.milestone, event.trigger, event.source, event.target)


def _names(milestone: Milestone, *, named: bool) -> set[tuple[str | None, str | None]]:
    """Return the triggers and targets by which the moves of a milestone can be asked for."""
    arms = milestone.arms
    if named:
        return set(product({arm.trigger for arm in arms}, {arm.target for arm in arms}))
    alone = {*((arm.trigger, None) for arm in arms), *((None, arm.target) for arm in arms)}
    return {(None, None), *alone}


def _of_everybody(now: Snapshot) -> Snapshot:
    """Return a process in which one person holds every seat."""
    roles = now.definition.roles.values()
    seats = [(role.id, place) for role in roles for place in places_of(now.definition, role)]
    held = {at: SeatState(*seat, "any", now.state.begins, None) for at, seat in enumerate(seats)}
    return now.with_state(replace(now.state, seats=held))
