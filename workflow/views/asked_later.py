"""What somebody will be asked in one process and cannot do yet, and what others wait for."""

from collections.abc import Iterator

from definitions.language.values import dataclass, replace
from definitions.model import Arising, Arm, Milestone, Request, Task
from workflow.model.state import seat_name
from workflow.rules.asked import asked_bodies, asked_subjects
from workflow.rules.available_transitions import transitions_from
from workflow.rules.gates import decisions_on
from workflow.rules.tasks import Instance, first_year, instances_of, years_of
from workflow.rules.terms import due_name
from workflow.rules.worklist import Doing, roles_with
from workflow.views.dues import DueView, due_view
from workflow.views.open_questions import questions
from workflow.views.prerequisites import (
    Kind,
    PrerequisiteView,
    before_gate,
    before_state,
    before_task,
    merge_alike,
)
from workflow.views.seat_holder import SeatHolderView
from workflow.views.seen import Seen, process_title


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """Future work that cannot be done yet.

    Attributes:
        doing: whether it is a decision, a task or a move.
        name: ``milestone/request``, ``milestone/task``, or the milestone.
        subjects: the bodies that decide, or its parties or groups.
        due: its due; None if it has none.
        first: its prerequisites.
        instrument: the instrument of a decision.
        target: the state to which a move leads.
    """

    process: str
    title: str
    seats: tuple[str, ...]
    doing: Doing
    name: str
    subjects: tuple[str, ...]
    due: DueView | None
    first: tuple[PrerequisiteView, ...]
    instrument: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class AwaitedView:
    """Something of theirs that others wait for.

    Attributes:
        name: the milestone that cannot move, or the ``milestone/request`` that cannot be decided.
        body: who cannot decide that; None of a milestone.
        target: the state to which that milestone would move; None of a body.
        what: what it waits for: bodies, tasks, parts, or a milestone.
        due: its due; None if it has none.
    """

    process: str
    title: str
    seats: tuple[str, ...]
    name: str
    body: str | None
    target: str | None
    what: tuple[str, ...]
    due: DueView | None


def upcoming(desk: SeatHolderView) -> Iterator[UpcomingView]:
    """Yield the future work in one process; work that differs only in its subject once."""
    found: dict[tuple[object, ...], UpcomingView] = {}
    for each in (*_decisions(desk), *_tasks(desk), *_moves(desk)):
        key = (each.doing, each.name, each.due, each.instrument, each.target)
        known = found.get(key)
        if known is None:
            found[key] = each
            continue
        found[key] = replace(
            known,
            seats=tuple(dict.fromkeys((*known.seats, *each.seats))),
            subjects=tuple(dict.fromkeys((*known.subjects, *each.subjects))),
            first=merge_alike([known.first, each.first]),
        )
    yield from found.values()


def _decisions(desk: SeatHolderView) -> Iterator[UpcomingView]:
    """Yield the decisions that are still to come."""
    seen = desk.seen
    now = {
        (turn.name, body)
        for turn, _ in desk.turns
        if turn.doing is Doing.RECORD
        for body in turn.subjects
    }
    for seat, whose in desk.theirs():
        for each in questions(seen, whose, desk.people):
            name = f"{each.milestone}/{each.request}"
            if each.decided or each.over or each.left or (name, each.body) in now:
                continue
            yield UpcomingView(
                seen.process,
                process_title(seen),
                (seat,),
                Doing.RECORD,
                name,
                (each.body,),
                each.due,
                each.first,
                instrument=each.instrument,
            )


def _tasks(desk: SeatHolderView) -> Iterator[UpcomingView]:
    """Yield the tasks that cannot be reported yet, or have not arisen."""
    seen = desk.seen
    owned = [(seat, task) for seat in desk.seats for task in seen.definition.tasks.values()]
    for seat, task in owned:
        if seat.role not in task.owners or _is_over(seen, task):
            continue
        for each, first in _not_yet(desk, task):
            if not each.subject or seat.place in ("", each.subject):
                yield UpcomingView(
                    seen.process,
                    process_title(seen),
                    (seat_name(seat.role, seat.place),),
                    Doing.TASK,
                    due_name(str(task.ref), each.year),
                    (each.subject,) if each.subject else (),
                    _until(seen, each),
                    first,
                )


def _is_over(seen: Seen, task: Task) -> bool:
    milestone = seen.definition.milestones.get(task.ref.milestone)
    return milestone is not None and seen.state.milestones[milestone.id].state in milestone.final


def _not_yet(
    desk: SeatHolderView, task: Task
) -> Iterator[tuple[Instance, tuple[PrerequisiteView, ...]]]:
    """Yield the future instances of a task, each with its prerequisites."""
    seen, arises = desk.seen, task.arises
    if task.yearly:
        yield from ((each, ()) for each in _next_year(seen, task))
        return
    for each in instances_of(seen, task):
        first: tuple[PrerequisiteView, ...] = ()
        if each.done or task.repeats:
            continue
        if each.arisen_on is not None:
            first = tuple(before_task(seen, task, desk.people))
        elif arises is not None and arises.kind is Arising.STATE:
            milestone = seen.definition.milestones[arises.milestone]
            first = tuple(before_state(seen, milestone, (arises.name,), desk.people))
        if first:
            yield each, first


def _next_year(seen: Seen, task: Task) -> Iterator[Instance]:
    """Yield the instances of a yearly task that arise next, where it is known that they do."""
    first = first_year(seen.state, task)
    years = years_of(seen, task)
    year = years.stop if years else first
    last = task.arises.until.day if task.arises is not None and task.arises.until else None
    if year is not None and (last is None or year <= last.year):
        for subject in asked_subjects(seen, task):
            yield Instance(task, subject, None, None, year)


def _until(seen: Seen, each: Instance) -> DueView | None:
    due = each.task.due
    if due is None:
        return None
    view = due_view(seen, due, met=False, party=each.subject, year=each.year)
    if each.arisen_on is not None or each.year is not None:
        return view
    return replace(view, date=None, days_left=None, overdue=False, arisen=False)


def _moves(desk: SeatHolderView) -> Iterator[UpcomingView]:
    """Yield the moves that they may make once a gate is open."""
    seen = desk.seen
    for milestone, arm in _closed(seen):
        able = roles_with(seen.definition, arm.permission)
        seats = [seat_name(each.role, each.place) for each in desk.seats if each.role in able]
        if seats:
            due = milestone.dues.get(arm.target)
            yield UpcomingView(
                seen.process,
                process_title(seen),
                tuple(seats),
                Doing.ADVANCE,
                milestone.id,
                (),
                None if due is None else due_view(seen, due, met=False),
                tuple(before_gate(seen, arm.gate, desk.people)),
                target=arm.target,
            )


def _closed(seen: Seen) -> Iterator[tuple[Milestone, Arm]]:
    """Yield the ways on from where milestones are that are closed."""
    for milestone in seen.definition.milestones.values():
        for way in transitions_from(milestone, seen):
            if not way.arm.explicit and not way.is_open:
                yield milestone, way.arm


# --- what others wait for ------------------------------------------------------------------------


def awaited(desk: SeatHolderView) -> Iterator[AwaitedView]:
    """Yield their work that a closed gate waits for, of a milestone or of a decision."""
    seen = desk.seen
    moving = {turn.milestone for turn, _ in desk.turns if turn.doing is Doing.ADVANCE}
    for milestone, arm in _closed(seen):
        for first in before_gate(seen, arm.gate, desk.people):
            yield from _waits(desk, first, moving, milestone.id, target=arm.target)
    for milestone, request in _open(seen):
        given = decisions_on(seen.state, milestone.id, request)
        for body in asked_bodies(seen, milestone.id, request):
            if body in given and given[body].closes:
                continue
            party = seen.definition.party_of(body)
            for first in before_gate(seen, request.way, desk.people, party):
                name = f"{milestone.id}/{request.id}"
                yield from _waits(desk, first, moving, name, body=body)


def _open(seen: Seen) -> Iterator[tuple[Milestone, Request]]:
    """Yield the requests that are open."""
    for milestone in seen.definition.milestones.values():
        now = seen.state.milestones[milestone.id]
        for request in milestone.requests.values():
            if now.round and now.state in request.admitted_in and now.state not in milestone.final:
                yield milestone, request


def _waits(
    desk: SeatHolderView,
    first: PrerequisiteView,
    moving: set[str],
    name: str,
    body: str | None = None,
    target: str | None = None,
) -> Iterator[AwaitedView]:
    """Yield the part of a prerequisite that is their work."""
    if first.kind is Kind.MOVE and not moving & set(first.what):
        return  # Others come first there, too.
    own = [ring for ring in first.who if ring.seat in desk.names]
    if own:
        yield AwaitedView(
            desk.seen.process,
            process_title(desk.seen),
            tuple(dict.fromkeys(ring.seat for ring in own)),
            name,
            body,
            target,
            tuple(dict.fromkeys(ring.body for ring in own)),
            first.due,
        )
