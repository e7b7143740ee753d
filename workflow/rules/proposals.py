"""The way of a question inside its own party: who is next on it, until the body can decide.

A council decides on a proposal of its own college (*raadsvoorstel*): behandelaar and college are
next until it is at the griffie, and the griffier after that. A decision that is on record needs no
proposal on record: it was there.
"""

from definitions.model import Request
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import Instance, instances_of


def awaited_proposal(now: Snapshot, request: Request, body: str) -> Instance | None:
    """Return the proposal that a body waits for; None where it has it, or waits for none."""
    if request.proposal is None:
        return None
    task, party = now.definition.tasks[request.proposal], now.definition.party_of(body)
    found = (each for each in instances_of(now, task) if each.subject == party)
    return next((each for each in found if not each.done), None)
