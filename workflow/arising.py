"""Tasks that arise: from a move, a decision or a replanning, and how long they then take.

No law or letter sets a term for informing a council (Gemeentewet 169, second paragraph); what
can be measured is the lag between the event and the day it was done.
"""

from dataclasses import dataclass
from datetime import date

from definitions.model import Arises, Definition, Task
from workflow.gates import task_round
from workflow.state import State, TaskState


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a task: for one party or group, or once.

    Attributes:
        arisen_on: the day it came into being; None where it has not.
        report: what was reported of it since; None where nothing was.
    """

    task: Task
    subject: str
    arisen_on: date | None
    report: TaskState | None

    @property
    def done(self) -> bool:
        """Whether it was reported done since it arose."""
        return self.report is not None and self.report.done

    @property
    def open(self) -> bool:
        """Whether it is there to be done. What comes back for ever is never an obstacle."""
        return self.arisen_on is not None and not self.done and not self.task.repeats


def instances_of(definition: Definition, state: State, task: Task) -> tuple[Instance, ...]:
    """Return every instance of a task, with whether it arose and what was reported."""
    return tuple(instance(definition, state, task, subject) for subject in task.subjects)


def instance(definition: Definition, state: State, task: Task, subject: str) -> Instance:
    """Return one instance of a task."""
    arisen = arisen_on(definition, state, task, subject)
    key = (task.ref.milestone, task.ref.task, subject, task_round(state, task))
    report = state.tasks.get(key)
    if report is not None and arisen is not None and report.effective_on < arisen:
        report = None
    return Instance(task, subject, arisen, report)


def arisen_on(definition: Definition, state: State, task: Task, subject: str) -> date | None:
    """Return the day on which a task came into being for somebody, or None."""
    arises = task.arises
    if arises is None or arises.kind == "every":
        return state.begins
    match arises.kind:
        case "state":
            return state.milestones[arises.milestone].entered.get(arises.name)
        case "decision":
            return _decided_on(definition, state, arises, subject)
        case _:
            return max((due.effective_on for due in state.dues.values()), default=None)


def _decided_on(definition: Definition, state: State, arises: Arises, subject: str) -> date | None:
    """Return the day on which the party's own body decided so."""
    number = state.milestones[arises.milestone].round
    request = definition.milestones[arises.milestone].requests[arises.name]
    for body in request.bodies:
        given = state.decisions.get((arises.milestone, arises.name, number, body))
        own = definition.party_of(body) in (subject, "") or not subject
        if given is not None and own and arises.outcome in (None, given.outcome):
            return given.effective_on
    return None
