"""Terms that passed without an answer. The engine says so when it is asked, never by itself."""

from collections.abc import Iterator
from datetime import date, timedelta

from definitions.dates import day_of
from definitions.model import Definition, Milestone, Outcome, Request
from workflow.commands import Record
from workflow.gates import Situation, decisions_on, evaluate
from workflow.state import State
from workflow.terms import due_date


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
        first = max(due.deadline + timedelta(days=1), _round_began(state, milestone, request))
        on = _asked_from(definition, state, request, body, first)
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
    definition: Definition, state: State, request: Request, body: str, first: date
) -> date | None:
    """Return the first day from one on when what has to come first for a body had come."""
    party = definition.party_of(body)
    days = [each.effective_on for each in state.decisions.values()]
    days += [each.effective_on for each in state.tasks.values()]
    for day in sorted({first, *(day for day in days if day > first)}):
        situation = Situation(definition, state.by(day), day, party)
        if evaluate(request.after, situation).holds:
            return day
    return None


def _lapse(definition: Definition, request: Request, body: str) -> Outcome | None:
    """Return the outcome that says that a body's term has passed, where there is one."""
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    return next((outcome for outcome in outcomes if outcome.needs_past_due), None)
