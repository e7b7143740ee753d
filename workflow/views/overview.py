"""The list of all processes: the progress of each, and how many decisions it waits for."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import ClassVar

from definitions.in_force import in_force
from definitions.language.values import dataclass
from definitions.model import Definition, Milestone, title_in
from workflow.model.outline import Outline

Day = date
"""The type ``date``, for classes with a field of that name."""


@dataclass(frozen=True, slots=True)
class OverviewGoal:
    """The goal of a process.

    Attributes:
        date: the day; None where it is not known.
        days_left: the days until then; negative after it.
        ended_on: the day on which the last milestone came to an end; None when not all have.
        reached: whether the state with which it is reached was entered, and was not gone back on;
            None where its definition names none, or where a list of processes cannot tell.
        reached_on: the day on which it was, where it is in that state still.
    """

    date: Day | None
    days_left: int | None
    ended_on: Day | None
    reached: bool | None = None
    reached_on: Day | None = None


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A process in the list of all of them.

    Attributes:
        milestones: the number of its milestones.
        reached: how many of them are in a state in which they are reached.
        not_proved: how many moves are not proved by the record.
        out_of_order: how many moves depend on entries recorded out of order.
        awaited: how many requested decisions are not on record.
        goal: None where its definition has none.
    """

    ON_ONE_LINE: ClassVar[bool] = True
    """Its JSON is on one line."""

    process: str
    title: str
    milestones: int
    reached: int
    not_proved: int
    out_of_order: int
    awaited: int
    goal: OverviewGoal | None


@dataclass(frozen=True, slots=True)
class OverviewView:
    """All processes, ordered by id. The status of a process has the details."""

    processes: tuple[OverviewRow, ...]


def overview(
    outlines: Iterable[Outline],
    definitions: Mapping[str, Definition],
    today: Callable[[Definition], date],
    language: str = "en",
) -> OverviewView:
    """Return all processes in a list.

    Args:
        outlines: how far each of them is.
        definitions: those they are pinned to, by hash.
        today: returns the day it is for a process of a definition.
        language: in which titles are shown.
    """
    days = {sha256: today(definition) for sha256, definition in definitions.items()}
    return OverviewView(
        tuple(
            _row(each, definitions[each.definition], days[each.definition], language)
            for each in outlines
        )
    )


def _row(outline: Outline, definition: Definition, today: date, language: str) -> OverviewRow:
    milestones = definition.milestones.values()
    title = outline.title
    return OverviewRow(
        process=outline.process,
        title=title_in(definition.title, language, definition.id) if title is None else title,
        milestones=len(milestones),
        reached=sum(outline.states[each.id][0] in each.good for each in milestones),
        not_proved=outline.unproved,
        out_of_order=outline.out_of_order,
        awaited=_awaited(outline, definition),
        goal=_goal(outline, definition, today),
    )


def _awaited(outline: Outline, definition: Definition) -> int:
    """Return how many bodies that are asked now have not decided."""
    definition = in_force(definition, outline.joined)
    asked: dict[tuple[str, str], int] = {}
    for milestone in definition.milestones.values():
        state = outline.states[milestone.id][0]
        if state in milestone.final:
            continue
        for request in milestone.requests.values():
            # A milestone in a state that admits answers was in it on some day, so the request was
            # put.
            if state in request.admitted_in:
                asked[milestone.id, request.id] = sum(
                    definition.party_of(body) not in outline.left for body in request.bodies
                )
    decided = sum(
        number
        for (milestone, request, body), number in outline.decided.items()
        if (milestone, request) in asked
        and (body is None or definition.party_of(body) not in outline.left)
    )
    return sum(asked.values()) - decided


def _goal(outline: Outline, definition: Definition, today: date) -> OverviewGoal | None:
    goal = definition.goal
    if goal is None:
        return None
    day = goal.date.day
    ended = _ended(outline, definition)
    left = (day - today).days if day else None
    if goal.of is None:
        return OverviewGoal(day, left, ended)
    name, wanted = goal.of
    state, since = outline.states[name]
    if state == wanted:
        return OverviewGoal(day, left, ended, True, since)
    return OverviewGoal(day, left, ended, _is_past(definition.milestones[name], state, wanted))


def _is_past(milestone: Milestone, state: str, wanted: str) -> bool | None:
    """Return whether a milestone in one state was in another before, which it has left for good.

    Returns:
        None where it can have come to its state by way of the other, or without it.
    """
    if wanted in milestone.reached_from(state) or state not in milestone.reached_from(wanted):
        return False
    by_way_of_it = state not in milestone.reached_from(milestone.initial, without=wanted)
    return True if by_way_of_it else None


def _ended(outline: Outline, definition: Definition) -> date | None:
    """Return the day on which the last milestone came to an end; None when not all have."""
    days = []
    for milestone in definition.milestones.values():
        state, since = outline.states[milestone.id]
        if state not in milestone.final:
            return None
        days.append(since)
    return max(days)
