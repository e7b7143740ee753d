"""Recording terms that passed without an answer: only on command, never automatically."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial

from definitions.calendar.dates import day_of, parse_date
from definitions.model import (
    DateReached,
    Definition,
    Due,
    DuePast,
    Gate,
    Milestone,
    Outcome,
    Request,
    gates_in,
)
from workflow.model.commands import Record
from workflow.model.state import State
from workflow.rules.arising import arrivals_of
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.grounds import days_with_facts, snapshot_by_day
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_date

ONE_DAY = timedelta(days=1)


def lapse_commands(now: Snapshot) -> tuple[Record, ...]:
    """Return the commands that record, for each body that is silent, that its term has passed.

    Each is dated on the day after its term ended; where that is later, on the first day on which
    the body was asked in this round, that was known, or it had held it over. Only requests that
    admit decisions now count, and only where their instrument has an outcome for it
    (``needs: past-due``).

    """
    then = cache(partial(snapshot_by_day, now))
    return tuple(
        command
        for milestone in now.definition.milestones.values()
        for request in milestone.requests.values()
        for command in _of_request(milestone, request, now, then)
    )


def _of_request(
    milestone: Milestone, request: Request, now: Snapshot, then: Callable[[date], Snapshot]
) -> Iterator[Record]:
    definition, state, today = now.definition, now.state, now.day
    at = state.milestones[milestone.id]
    if request.due is None or at.state not in request.admitted_in:
        return
    began = _round_began(state, milestone, request)
    given = decisions_on(state, milestone.id, request)
    for body in request.bodies:
        outcome, party = _lapse(definition, request, body), definition.party_of(body)
        due = due_date(now, request.due, party)
        said = given.get(body)
        silent = said is None or not said.closes
        if outcome is None or not silent or due.deadline is None or due.deadline >= today:
            continue
        # Who held it over let its term pass after that, not before.
        joined = arrivals_of(now).get(party)
        there = began if joined is None else joined.effective_on
        asked = began if said is None else said.effective_on
        first = max(due.deadline + ONE_DAY, began, asked, there)
        days = {first, *days_with_facts(state), *_days_in(request.after, party, now)}
        possible = (then(day) for day in sorted(days) if first <= day <= today)
        on = _passed_on(party, request.due, request.after, possible)
        left = state.departures.get(party)
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
    admitted = (day for name, day in now.entered.items() if name in request.admitted_in)
    opened = now.opened_on or date.min
    return min((day for day in admitted if day >= opened), default=now.since)


def _passed_on(
    party: str, due: Due, after: Gate | None, possible: Iterable[Snapshot]
) -> date | None:
    """Return the first day on which a party can have let a term pass.

    By then the term had passed, by its date as of that day, and its prerequisites were met.

    Args:
        possible: the process by the end of each day on which that can be, in order.
    """
    for then in possible:
        ends = due_date(then, due, party).deadline
        if ends is not None and ends < then.day and evaluate(after, then, party).holds:
            return then.day
    return None


def _days_in(gate: Gate | None, party: str, now: Snapshot) -> Iterator[date]:
    """Yield the days that a gate itself names: on which it can come to hold of its own accord."""
    for each in gates_in(gate):
        match each:
            case DateReached(when) if when.day is not None:
                yield when.day
            case DuePast(ref):
                due = now.definition.dues[ref]
                dates = [*(each.date for each in due.bounds), due_date(now, due, party)]
                dates += [parse_date(moved.date) for moved in now.state.moves_of(ref)]
                yield from (on.deadline + ONE_DAY for on in dates if on.deadline is not None)
            case _:
                pass


def _lapse(definition: Definition, request: Request, body: str) -> Outcome | None:
    """Return the outcome that says that a body's term has passed, where there is one."""
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    return next((outcome for outcome in outcomes if outcome.needs_past_due), None)
