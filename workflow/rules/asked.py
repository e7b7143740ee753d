"""Who is asked: the bodies of a request and the subjects of a task, without who is not there.

A party that left is asked nothing any more. A party that joined is asked what is open then, and
what is put after that; not what was over when it joined.
"""

from datetime import date

from definitions.model import Arising, Definition, Request, Task, TaskRef
from workflow.model.state import ArrivalState, MilestoneState, State
from workflow.rules.arising import arisen_on, arrivals_of
from workflow.rules.snapshot import Snapshot


def asked_bodies(
    now: Snapshot,
    milestone: str,
    request: Request,
    over: date | None = None,
    of: tuple[str, ...] | None = None,
) -> tuple[str, ...]:
    """Return the bodies that are asked in the present round of a request.

    Args:
        over: the day on which the round was over, where it is: who left after it was there.
        of: only these; all that it is put to when None.
    """
    bodies, party_of = request.bodies, now.definition.party_of
    if of is not None:  # one that is named may be of a party that has not joined
        bodies = tuple(each for each in of if each in now.definition.bodies)
    gone = {
        party
        for party, left in now.state.departures.items()
        if over is None or left.effective_on <= over
    }
    gone |= {
        party
        for party, each in arrivals_of(now).items()
        if f"{milestone}/{request.id}" in each.over
    }
    if not gone:
        return bodies
    return tuple(each for each in bodies if party_of(each) not in gone)


def asked_subjects(now: Snapshot, task: Task) -> tuple[str, ...]:
    """Return the parties or groups of which a task is asked, also those that left and owe it."""
    departures, arrivals = now.state.departures, arrivals_of(now)
    if not departures and not arrivals:
        return task.subjects
    return tuple(
        each
        for each in task.subjects
        if (each not in departures or still_owes(now, task, each))
        and (each not in arrivals or not _is_before(now, task, each, arrivals[each]))
    )


def still_owes(now: Snapshot, task: Task, party: str) -> bool:
    """Return whether a party that left owes a task that outlives it, and is reminded of it."""
    left = now.state.departures.get(party)
    arisen = arisen_on(now, task, party) if task.outlives and left is not None else None
    return left is not None and arisen is not None and arisen <= left.effective_on


def _is_before(now: Snapshot, task: Task, party: str, arrival: ArrivalState) -> bool:
    """Return whether a task was over when a party joined, or had arisen before."""
    if str(task.ref) in arrival.over:
        return True
    if task.arises is None or task.arises.kind is Arising.EVERY:
        return False
    arisen = arisen_on(now, task, party)
    return arisen is not None and arisen < arrival.effective_on


def over_at(definition: Definition, state: State) -> frozenset[str]:
    """Return the requests and tasks whose present round is over, as ``milestone/name``."""
    found = []
    for milestone in definition.milestones.values():
        at = state.milestones[milestone.id]
        ended = at.state in milestone.final
        asked = [(each.id, each.admitted_in) for each in milestone.requests.values()]
        asked += [(each.ref.task, each.admitted_in) for each in definition.tasks_of(milestone.id)]
        for name, states in asked:
            if ended or (at.state not in states and _was_put(at, states)):
                found.append(f"{milestone.id}/{name}")
    return frozenset(found)


def _was_put(at: MilestoneState, states: tuple[str, ...]) -> bool:
    """Return whether a milestone entered one of some states in its present round."""
    opened = at.opened_on or date.min
    return any(state in states and day >= opened for state, day in at.entered.items())


def put_again(
    definition: Definition, milestone: str, target: str, *, opens_round: bool
) -> frozenset[str]:
    """Return the requests and tasks that a move puts, or puts anew, as ``milestone/name``.

    Args:
        target: the state into which the milestone moves.
        opens_round: whether a new round opens.
    """
    requests = definition.milestones[milestone].requests.values()
    found = [each.id for each in requests if opens_round or target in each.admitted_in]
    found += [
        task.ref.task
        for task in definition.tasks_of(milestone)
        if (opens_round and task.each_round) or target in task.admitted_in
    ]
    return frozenset(str(TaskRef(milestone, name)) for name in found)
