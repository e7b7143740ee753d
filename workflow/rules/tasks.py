"""Tasks that arise: from a move, a decision, a replanning or each year, and how long they take.

No law or letter sets a term for informing a council (Gemeentewet 169, second paragraph); what
can be measured is the lag between the event and the day it was done.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from definitions.language.values import dataclass
from definitions.model import Task, TaskRef
from workflow.model.state import DecisionKey, State, Step, TaskState
from workflow.rules.arising import arisen_on, arrivals_of, begins_on
from workflow.rules.asked import asked_subjects
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_name


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a task: for one party or group, or once.

    Attributes:
        year: which one, of a task that arises every year.
        arisen_on: the day it came into being; None where it has not.
        report: what was reported of it since; None where nothing was.
    """

    task: Task
    subject: str
    arisen_on: date | None
    report: TaskState | None
    year: int | None = None

    @property
    def name(self) -> str:
        """How it is written: ``milestone/task@party (2027)``."""
        return task_name(self.task.ref, self.subject, self.year)

    @property
    def done(self) -> bool:
        """Whether it was reported done since it arose."""
        return self.report is not None and self.report.done

    @property
    def open(self) -> bool:
        """Whether it is open. A task that recurs at unknown times never is."""
        comes_back = self.task.repeats and self.year is None
        return self.arisen_on is not None and not self.done and not comes_back


def instances_of(now: Snapshot, task: Task, ahead: int | None = None) -> tuple[Instance, ...]:
    """Return every instance of a task, with whether it arose and what was reported.

    Of a task that arises every year, those of the years that have come; of a party or group
    that left, none.

    Args:
        ahead: until which year those of years to come are returned too, on the day on which each
            arises; none of them when None.
    """
    return now.once(("instances", task.ref, ahead), lambda: _instances(now, task, ahead))


def _instances(now: Snapshot, task: Task, ahead: int | None) -> tuple[Instance, ...]:
    subjects = asked_subjects(now, task)
    if not task.yearly:
        return tuple(instance(now, task, subject) for subject in subjects)
    arrivals = arrivals_of(now)
    last = now.day.year if ahead is None else max(now.day.year, ahead)
    return tuple(
        Instance(task, subject, date(year, 1, 1), _report(now.state, task, subject, year), year)
        for year in _years(now.state, task, last)
        for subject in subjects
        if subject not in arrivals or date(year, 1, 1) >= arrivals[subject].effective_on
    )


def instance(now: Snapshot, task: Task, subject: str) -> Instance:
    """Return one instance of a task that does not arise every year."""
    arisen = arisen_on(now, task, subject)
    report = _report(now.state, task, subject, task_round(now.state, task))
    if report is not None and arisen is not None and report.effective_on < arisen:
        report = None
    return Instance(task, subject, arisen, report)


def task_name(ref: TaskRef, subject: str, year: int | None = None) -> str:
    """Return how one instance of a task is written: ``milestone/task@party``, with its year."""
    return due_name(f"{ref}@{subject}" if subject else str(ref), year)


def task_round(state: State, task: Task) -> int:
    """Return the round a task is in: 0 for one that is not done anew each round."""
    return state.round_of(task.ref.milestone) if task.each_round else 0


def _report(state: State, task: Task, subject: str, number: int) -> TaskState | None:
    return state.tasks.get((task.ref.milestone, task.ref.task, subject, number))


def years_of(now: Snapshot, task: Task) -> range:
    """Return the years in which a yearly task arose: each one after it began, until today.

    It begins with the state it names, or with the process. The first is that of the next calendar
    year, and each arises on 1 January: no source says when in a year, so the year is the unit.
    """
    return _years(now.state, task, now.day.year)


def _years(state: State, task: Task, last: int) -> range:
    """Return the years in which a yearly task arises, as far as one year."""
    arises = task.arises
    begins = comes_back_from(state, task)
    if begins is None or arises is None:
        return range(0)
    until = arises.until.day if arises.until is not None else None
    ends = last if until is None else min(last, until.year)
    return range(begins.year + 1, ends + 1)


def comes_back_from(state: State, task: Task) -> date | None:
    """Return the day from which on a yearly task comes back; None where that is not known."""
    return begins_on(state, task.arises) if task.arises is not None else None


def first_year(state: State, task: Task) -> int | None:
    """Return the first year of a yearly task; None if none is known."""
    begins = begins_on(state, task.arises) if task.arises is not None else None
    if begins is None or task.arises is None:
        return None
    year = begins.year + 1
    last = task.arises.until.day if task.arises.until is not None else None
    return None if last is not None and last.year < year else year


def waiting_replies(now: Snapshot, task: Task, party: str) -> list[int]:
    """Return the numbers of the points of a party's answer to which nobody replied yet."""
    if task.replies_to is None:
        return []
    milestone, request = task.ref.milestone, task.replies_to
    number = now.state.round_of(milestone)
    bodies = now.definition.milestones[milestone].requests[request].bodies
    keys = ((milestone, request, number, body) for body in bodies)
    own = (key for key in keys if now.definition.party_of(key[-1]) == party)
    return list(chain.from_iterable(unanswered(now.state, key) for key in own))


def unanswered(state: State, key: DecisionKey) -> Iterator[int]:
    """Yield the numbers of the points of one answer to which nobody replied yet."""
    answer = state.decisions.get(key)
    for number in range(1, len(answer.points) + 1 if answer else 1):
        if (*key, Step.REPLIED, number) not in state.follow_ups:
            yield number
