"""When a task comes into being: at once, by a move, a decision, a replanning, or each year."""

from collections.abc import Mapping
from datetime import date

from definitions.model import Arises, Arising, Task
from workflow.model.state import ArrivalState, State
from workflow.rules.snapshot import Snapshot


def arrivals_of(now: Snapshot) -> Mapping[str, ArrivalState]:
    """Return the parties that joined a process."""
    if not now.definition.joined:
        return {}
    return now.once("arrivals", lambda: now.state.arrivals)


def begins_on(state: State, arises: Arises) -> date | None:
    """Return the day from which on something comes back."""
    if not arises.milestone:
        return state.begins
    return state.milestones[arises.milestone].entered.get(arises.name)


def arisen_on(now: Snapshot, task: Task, subject: str) -> date | None:
    """Return the day on which a task came into being for somebody, or None."""
    arises = task.arises
    if arises is None:
        joined = arrivals_of(now).get(subject)
        return now.state.begins if joined is None else joined.effective_on
    match arises.kind:
        case Arising.EVERY:
            return begins_on(now.state, arises)
        case Arising.STATE:
            return now.state.milestones[arises.milestone].entered.get(arises.name)
        case Arising.DECISION:
            return _decided_on(now, arises, subject)
        case Arising.JOINING:
            arrival = arrivals_of(now).get(subject)
            return None if arrival is None else arrival.effective_on
        case Arising.LEAVING:
            left = now.state.departures.get(subject)
            return None if left is None else left.effective_on
        case Arising.REPLANNED:
            return max((due.effective_on for due in now.state.dues.values()), default=None)


def _decided_on(now: Snapshot, arises: Arises, subject: str) -> date | None:
    """Return the day on which the party's own body decided so."""
    number = now.state.round_of(arises.milestone)
    request = now.definition.milestones[arises.milestone].requests[arises.name]
    for body in request.bodies:
        given = now.state.decisions.get((arises.milestone, arises.name, number, body))
        own = now.definition.party_of(body) in (subject, "") or not subject
        if given is not None and own and arises.outcome in (None, given.outcome):
            return given.effective_on
    return None
