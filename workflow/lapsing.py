"""Terms that passed without an answer. The engine says so when it is asked, never by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from definitions.checking import gates_in
from definitions.dates import day_of, parse_date
from definitions.model import (
    DateReached,
    Definition,
    DuePast,
    Gate,
    Milestone,
    Outcome,
    Request,
)
from workflow.commands import Record
from workflow.gates import Situation, decisions_on, evaluate
from workflow.hindsight import by, days_of
from workflow.state import State
from workflow.terms import due_date

ONE_DAY = timedelta(days=1)


def lapsed(definition: Definition, state: State, today: date) -> tuple[Record, ...]:
    """Return the commands that record, for each body that is silent, that its term has passed.

    Each is dated on the day after its term ended; on the first day on which the body was asked in
    this round where that is later. Only requests that admit decisions now count, and only where
    their instrument has an outcome for it (``needs: past-due``).

    Args:
        state: the present one.
        today: the day that counts as the present.
    """
    return tuple(
        command
        for milestone in definition.milestones.values()
        for request in milestone.requests.values()
        for command in _of_request(definition, state, milestone, request, today)
    )


def _of_request(
    definition: Definition, state: State, milestone: Milestone, request: Request, today: date
) -> Iterator[Record]:
    now = state.milestones[milestone.id]
    if request.due is None or not now.round or now.state not in request.admitted_in:
        return
    given = decisions_on(state, milestone.id, request)
    for body in request.bodies:
        outcome = _lapse(definition, request, body)
        due = due_date(definition, state, request.due, definition.party_of(body))
        silent = body not in given or not given[body].closes
        if outcome is None or not silent or due.deadline is None or due.deadline >= today:
            continue
        first = max(due.deadline + ONE_DAY, _round_began(state, milestone, request))
        on = _asked_from(definition, state, request, body, first, today)
        left = state.departures.get(definition.party_of(body))
        if on is None or (left is not None and left.effective_on <= on):
            continue
        yield Record(
            milestone=milestone.id,
            body=body,
            outcome=outcome.id,
            on=day_of(on),
            request=request.id,
            reference=f"{request.due.ref}, {due.written}",
        )


def _round_began(state: State, milestone: Milestone, request: Request) -> date:
    """Return the first day, as far as is known, on which a request was put in its present round."""
    now = state.milestones[milestone.id]
    opening = {arm.target for arm in milestone.arms if arm.opens_round}
    opened = max((day for name, day in now.entered.items() if name in opening), default=now.since)
    admitted = (day for name, day in now.entered.items() if name in request.admitted_in)
    return min((day for day in admitted if day >= opened), default=now.since)


def _asked_from(
    definition: Definition, state: State, request: Request, body: str, first: date, last: date
) -> date | None:
    """Return the first day of a span on which what has to come first for a body had come."""
    party = definition.party_of(body)
    days = {first}
    if request.after is not None:
        days |= days_of(state) | set(_days_in(definition, state, request.after, party))
    for day in sorted(day for day in days if first <= day <= last):
        situation = Situation(definition, by(definition, state, day), day, party)
        if evaluate(request.after, situation).holds:
            return day
    return None


def _days_in(definition: Definition, state: State, gate: Gate, party: str) -> Iterator[date]:
    """Yield the days that a gate itself names: on which it can come to hold of its own accord."""
    for each in gates_in(gate):
        match each:
            case DateReached(when) if when.day is not None:
                yield when.day
            case DuePast(ref):
                due = definition.dues[ref]
                dates = [due.date, due_date(definition, state, due, party)]
                dates += [parse_date(moved.date) for moved in state.moves_of(ref)]
                yield from (on.deadline + ONE_DAY for on in dates if on.deadline is not None)
            case _:
                pass


def _lapse(definition: Definition, request: Request, body: str) -> Outcome | None:
    """Return the outcome that says that a body's term has passed, where there is one."""
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    return next((outcome for outcome in outcomes if outcome.needs_past_due), None)
