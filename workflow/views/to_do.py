"""The work that can be done now, with its due and its instrument."""

from collections.abc import Iterator

from definitions.language.values import dataclass, replace
from definitions.model import Due, Effect, Milestone, Task, TaskRef
from workflow.rules.available_transitions import open_transitions
from workflow.rules.gates import decisions_on
from workflow.rules.worklist import Doing, Turn, in_process
from workflow.views.dues import DueView, due_view
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class ToDoView:
    """A piece of work that can be done now.

    Attributes:
        turn: the turn; all its subjects have the same status.
        due: its due; None if it has none.
        instrument: the instrument of a decision; None for other work.
        outcome: an outcome that left it open, such as held over; None if there is none.
        effective: the date of that outcome, as written.
        target: the state to which a move leads.
    """

    turn: Turn
    due: DueView | None
    instrument: str | None = None
    outcome: str | None = None
    effective: str | None = None
    target: str | None = None


def to_do_views(seen: Seen, turn: Turn) -> Iterator[ToDoView]:
    """Yield a turn, once for each of the ways in which its subjects stand."""
    for each in _to_do(seen, turn):
        yield replace(each, turn=in_process(seen.process, each.turn))


def _to_do(seen: Seen, turn: Turn) -> Iterator[ToDoView]:
    match turn.doing:
        case Doing.ADVANCE:
            milestone = seen.definition.milestones[turn.milestone]
            for target in _targets(seen, milestone, turn):
                yield ToDoView(turn, _until(seen, milestone.dues.get(target)), target=target)
        case Doing.REPLY:
            task = _replying(seen, turn)
            party = seen.definition.party_of(turn.subjects[0])
            own = party if task is not None and party in task.subjects else ""
            yield ToDoView(turn, _until(seen, None if task is None else task.due, own))
        case Doing.TASK:
            task = seen.definition.tasks[TaskRef(turn.milestone, turn.what)]
            dues = {
                each: _until(seen, task.due, each, turn.year) for each in turn.subjects or ("",)
            }
            for until in dict.fromkeys(dues.values()):
                alike = tuple(each for each in turn.subjects if dues[each] == until)
                yield ToDoView(replace(turn, subjects=alike), until)
        case Doing.RECORD:
            yield from _decisions(seen, turn)
        case Doing.RECEIVE:
            yield ToDoView(turn, None)


def _targets(seen: Seen, milestone: Milestone, turn: Turn) -> Iterator[str]:
    """Yield the state to which a move leads: the one way that is open."""
    for way in open_transitions(milestone, seen):
        if way.arm.trigger == turn.what and not way.arm.explicit:
            yield way.arm.target


def _decisions(seen: Seen, turn: Turn) -> Iterator[ToDoView]:
    request = seen.definition.milestones[turn.milestone].requests[turn.what]
    given = decisions_on(seen.state, turn.milestone, request)
    found: dict[ToDoView, list[str]] = {}
    for body in turn.subjects:
        due = _until(seen, request.due, seen.definition.party_of(body))
        asked = ToDoView(replace(turn, subjects=()), due, request.instruments[body])
        if body in given and given[body].effect is Effect.PENDING:
            said = given[body]
            asked = replace(asked, outcome=said.outcome, effective=said.effective)
        found.setdefault(asked, []).append(body)
    for asked, bodies in found.items():
        outcomes = tuple(seen.definition.instruments[asked.instrument or ""].outcomes)
        of_these = replace(turn, subjects=tuple(bodies), outcomes=outcomes)
        yield replace(asked, turn=of_these)


def _replying(seen: Seen, turn: Turn) -> Task | None:
    """Return the task by which an answer is replied to."""
    tasks = seen.definition.tasks_of(turn.milestone)
    return next((task for task in tasks if task.replies_to == turn.what), None)


def _until(seen: Seen, due: Due | None, party: str = "", year: int | None = None) -> DueView | None:
    return None if due is None else due_view(seen, due, met=False, party=party, year=year)
