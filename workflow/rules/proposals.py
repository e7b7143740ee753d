"""The way of a question inside its own party: who is next on it, until the body can decide.

A council decides on a proposal of its own college (*raadsvoorstel*): behandelaar and college are
next until it is at the griffie, and the griffier after that. A decision that is on record needs no
proposal on record: it was there.
"""

from definitions.model import Request, Task
from workflow.rules.gates import decisions_on
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import Instance, instances_of


def awaited_proposal(now: Snapshot, request: Request, body: str) -> Instance | None:
    """Return the proposal that a body waits for; None where it has it, or waits for none."""
    if request.proposal is None:
        return None
    task, party = now.definition.tasks[request.proposal], now.definition.party_of(body)
    found = (each for each in instances_of(now, task) if each.subject == party)
    return next((each for each in found if not each.done), None)


def is_past(now: Snapshot, task: Task, party: str) -> bool:
    """Return whether a task was a proposal to a body of a party that has decided since.

    Nobody is asked for it any more, whether or not it was reported.
    """
    milestone = now.definition.milestones.get(task.ref.milestone)
    if milestone is None:
        return False
    for request in milestone.requests.values():
        if request.proposal == task.ref:
            own = [each for each in request.bodies if now.definition.party_of(each) == party]
            given = decisions_on(now.state, milestone.id, request, own)
            if any(each.closes for each in given.values()):
                return True
    return False
