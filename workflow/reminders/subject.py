"""The subject of a reminder: what it asks for, the command that records it, prerequisites."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from definitions.language.actions import BLANK, Action, action
from definitions.language.text import ntext, text
from definitions.language.values import dataclass
from definitions.model import (
    Arm,
    Decisions,
    Due,
    DuePast,
    Effect,
    Gate,
    InState,
    Milestone,
    Permission,
    Request,
    Task,
    TaskRef,
    TasksDone,
    gates_in,
)
from workflow.model.reminders import Asked, Contact, First
from workflow.model.state import People, Step
from workflow.reminders.context import ReminderContext, once, place_name
from workflow.rules.asked import asked_bodies
from workflow.rules.available_transitions import open_transitions, transitions_from
from workflow.rules.deadlines import Seat, seats_allowed_to, seats_at
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.proposals import awaited_proposal
from workflow.rules.tasks import instances_of, unanswered
from workflow.rules.terms import due_named
from workflow.rules.worklist import recording, reporting
from workflow.storage.reminders import Row
from workflow.views.prerequisites import (
    Kind,
    PrerequisiteView,
    before_decision,
    before_gate,
    before_state,
    before_task,
    path_to,
)
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a due.

    Attributes:
        command: the command that records it; None if that would be refused now.
        put: whether it can be done now.
        seats: the seats that can record it for themselves.
        permission: the permission to record it on behalf of others, for which a source is required.
        opens_on: the first day on which it can be reported, if that is in the future.
    """

    asked: Asked
    milestone: Milestone | None
    what: str
    command: Action | None
    put: bool
    waits: Callable[[Gate], bool]
    seats: tuple[Seat, ...] = ()
    permission: Permission | None = Permission.RECORD_ON_BEHALF
    first: tuple[First, ...] = ()
    body: str | None = None
    instrument: str | None = None
    outcomes: tuple[str, ...] = ()
    opens_on: date | None = None


def subject_of(context: ReminderContext, due: Due, row: Row) -> Subject:
    """Return the subject of the due of a reminder, as of today."""
    name, slash, rest = due.ref.partition("/")
    milestone = context.definition.milestones.get(name if slash else name.partition(".")[0])
    if milestone is not None and not slash:
        return _state(context, milestone, due.ref.partition(".")[2])
    if milestone is not None and rest in milestone.requests:
        return _request(context, milestone, milestone.requests[rest], row.subject)
    ref = TaskRef(name, rest) if slash else TaskRef("", name)
    return _task(context, milestone, context.definition.tasks[ref], row)


def command_for_seats(
    context: ReminderContext, subject: Subject, seats: Iterable[Seat]
) -> Action | None:
    """Return the command that any of some seats can give; None if one of them may not.

    Args:
        subject: the thing to record.
        seats: the seats of the recipients.
    """
    roles = context.definition.roles
    others = [seat for seat in seats if seat not in subject.seats]
    if not all(subject.permission in roles[role].may for role, _ in others):
        return None
    if others and subject.command is not None:
        return subject.command.giving(reference=BLANK)
    return subject.command


# --- a state -----------------------------------------------------------------------------------


def _state(context: ReminderContext, milestone: Milestone, state: str) -> Subject:
    def waits(gate: Gate) -> bool:
        return isinstance(gate, InState) and gate.milestone == milestone.id and state in gate.states

    seen = _seen(context)
    at = context.state.milestones[milestone.id].state
    path = path_to(milestone, at, [state])
    ways = [way for way in transitions_from(milestone, context) if way.arm.target == state]
    if path:
        ways = [
            way
            for way in transitions_from(milestone, context)
            if way.arm.target == path[0].target and not way.arm.explicit
        ]
    open_ = [way for way in ways if way.is_open]
    first: list[PrerequisiteView] = []
    if len(path) > 1:
        first += before_state(seen, milestone, [path[-2].target], _people(context))
    elif ways and not open_:
        first += before_gate(seen, ways[0].arm.gate, _people(context))
    seats = tuple(
        seats_allowed_to({way.arm.permission for way in open_ or ways}, context.definition)
    )
    return Subject(
        asked=Asked.REACH,
        milestone=milestone,
        what=state,
        command=_move(context, milestone, open_[0].arm) if open_ else None,
        put=bool(open_) and len(path) <= 1,
        waits=waits,
        seats=seats,
        permission=None,
        first=tuple(_first_of(context, each) for each in first),
    )


def _move(context: ReminderContext, milestone: Milestone, arm: Arm) -> Action:
    """Return the command that takes an open transition of a milestone."""
    alike = [
        way.arm for way in open_transitions(milestone, context) if way.arm.trigger == arm.trigger
    ]
    return action(
        "advance",
        process=context.process,
        milestone=milestone.id,
        trigger=arm.trigger,
        to=arm.target if len(alike) > 1 else None,
    )


# --- a decision --------------------------------------------------------------------------------


def _request(
    context: ReminderContext, milestone: Milestone, request: Request, body: str
) -> Subject:
    asked = (milestone.id, request.id)
    find = partial(decisions_on, context.state, milestone.id, request)
    given = once(context.known.decisions, asked, find)
    decided = body in given and given[body].closes

    def waits(gate: Gate) -> bool:
        return isinstance(gate, Decisions) and (gate.milestone, gate.request) == asked

    definition = context.definition
    roles, on_behalf = recording(definition, body)
    party = definition.party_of(body)
    own = [seat for role in roles for seat in seats_at(definition, role.id, party)]
    proposal = None if decided else awaited_proposal(context, request, body)
    put = decided or _can_decide(context, milestone, request, body)
    if proposal is not None:
        own = list(_owners(context, proposal.task, party))
    if decided and _was_sent(context, milestone, request, body):
        own = list(seats_allowed_to({Permission.RECORD_ON_BEHALF}, definition))
        name = "received"
    else:
        name = "sent" if decided else "record"
    instrument = request.instruments[body]
    command = action(
        name,
        process=context.process,
        milestone=milestone.id,
        body=body,
        outcome=None if decided else BLANK,
        request=request.id if len(milestone.requests) > 1 else None,
        on=BLANK,
    )
    return Subject(
        asked=Asked.SEND if decided else Asked.DECIDE,
        milestone=milestone,
        what=request.id,
        command=command if put else None,
        put=put,
        waits=waits,
        seats=() if on_behalf and name != "received" else tuple(own),
        first=() if put else _before_decision(context, milestone, request, body),
        body=body,
        instrument=instrument,
        outcomes=tuple(definition.instruments[instrument].outcomes),
    )


def _was_sent(context: ReminderContext, milestone: Milestone, request: Request, body: str) -> bool:
    number = context.state.round_of(milestone.id)
    key = (milestone.id, request.id, number, body, Step.SENT, 0)
    return key in context.state.follow_ups


def _can_decide(
    context: ReminderContext, milestone: Milestone, request: Request, body: str
) -> bool:
    """Return whether a decision of a body would be admitted today."""
    if context.state.milestones[milestone.id].state not in request.admitted_in:
        return False
    if _options_of(context, request):
        return False
    return evaluate(request.way, context, context.definition.party_of(body)).holds


def _options_of(context: ReminderContext, request: Request) -> tuple[str, ...]:
    """Return the bodies whose decision has to name the options, if none did yet."""
    if request.options is None or request.options.within is None:
        return ()
    milestone, name = request.options.within
    earlier = context.definition.milestones[milestone].requests[name]
    given = decisions_on(context.state, milestone, earlier)
    if any(each.effect is Effect.FOR for each in given.values()):
        return ()
    return asked_bodies(context, milestone, earlier)


def _before_decision(
    context: ReminderContext, milestone: Milestone, request: Request, body: str
) -> tuple[First, ...]:
    """Return the prerequisites of a body's decision; computed once if all bodies share them."""
    party = context.definition.party_of(body)
    own = any(_is_own(gate) for gate in gates_in(request.way))

    def find() -> tuple[First, ...]:
        seen, people = _seen(context), _people(context)
        views = list(before_decision(seen, milestone, request, body, people))
        bodies = _options_of(context, request)
        if bodies and request.options is not None and request.options.within is not None:
            said = text("nothing to choose from yet")
            where = "/".join(request.options.within)
            views.append(PrerequisiteView(Kind.DECISION, bodies, said, (), None, where))
        return tuple(_first_of(context, each) for each in views)

    return once(context.known.firsts, (milestone.id, request.id, party if own else ""), find)


def _is_own(gate: Gate) -> bool:
    return isinstance(gate, DuePast) or (isinstance(gate, Decisions | TasksDone) and gate.own)


# --- a task ------------------------------------------------------------------------------------


def _task(context: ReminderContext, milestone: Milestone | None, task: Task, row: Row) -> Subject:
    at = context.state.milestones[milestone.id].state if milestone else ""
    _, year = due_named(row.due)
    instances = instances_of(context, task)

    def waits(gate: Gate) -> bool:
        return isinstance(gate, TasksDone) and task.ref in gate.tasks

    results = tuple(task.results)
    there = any(each.open for each in instances if each.subject == row.subject)
    put = there and at in (task.admitted_in or (at,))
    command = action(
        "task",
        process=context.process,
        task=str(task.ref),
        result=results[0] if len(results) == 1 else BLANK,
        subject=row.subject or None,
        year=str(year) if year else None,
    )
    first: list[First] = []
    points = list(_points(context, task, row.subject)) if put else []
    if points:
        body, number = points[0]
        command = action(
            "answer",
            process=context.process,
            milestone=task.ref.milestone,
            body=body,
            point=str(number),
            request=str(task.replies_to),
            on=BLANK,
        )
        first.append(_replies(context, task, [body for body, _ in points]))
    opens_on = date(year, 1, 1) if year is not None and year > context.day.year else None
    if not put and opens_on is None:
        views = before_task(_seen(context), task, _people(context))
        first += (_first_of(context, each) for each in views)
    return Subject(
        asked=Asked.TASK,
        milestone=milestone,
        what=task.ref.task,
        command=command if put else None,
        put=put and not points,
        waits=waits,
        seats=tuple(_owners(context, task, row.subject)),
        first=tuple(first),
        outcomes=() if points else results,
        opens_on=opens_on,
    )


def _owners(context: ReminderContext, task: Task, subject: str) -> Iterator[Seat]:
    """Yield the seats that report a task as their own."""
    roles, on_behalf = reporting(task, context.definition)
    for role in () if on_behalf else roles:
        for seat in seats_at(context.definition, role, subject):
            if not seat[1] or not subject or seat[1] == subject:
                yield seat


def _points(context: ReminderContext, task: Task, party: str) -> Iterator[tuple[str, int]]:
    """Yield the unanswered points of a party's answers, each with its owner."""
    if task.replies_to is None:
        return
    milestone = task.ref.milestone
    number = context.state.round_of(milestone)
    for body in context.definition.milestones[milestone].requests[task.replies_to].bodies:
        if context.definition.party_of(body) == party:
            for point in unanswered(context.state, (milestone, task.replies_to, number, body)):
                yield body, point


def _replies(context: ReminderContext, task: Task, bodies: list[str]) -> First:
    """Return the prerequisite that each point of an answer has a reply."""
    milestone = context.definition.milestones[task.ref.milestone]
    said = ntext("{n} point has no reply yet", "{n} points have no reply yet", len(bodies))
    whose = tuple((body, _name_of(context, body)) for body in dict.fromkeys(bodies))
    return First(None, milestone.id, milestone.title, str(task.replies_to), whose, said, None, ())


# --- what comes first --------------------------------------------------------------------------


def _first_of(context: ReminderContext, view: PrerequisiteView) -> First:
    """Return a prerequisite in the form that letters use."""
    ref, subjects = _about(view)
    where, slash, what = ref.partition("/")
    milestone = context.definition.milestones.get(where)
    kinds = {Kind.DECISION: Asked.DECIDE, Kind.TASK: Asked.TASK, Kind.MOVE: Asked.REACH}
    inside = milestone is not None and (slash or view.kind is Kind.MOVE)
    return First(
        asked=kinds.get(view.kind),
        milestone=where if inside else "",
        titles=milestone.title if milestone is not None and inside else {},
        what=what if inside else ref,
        whose=tuple((each, _name_of(context, each)) for each in subjects),
        reason=view.reason,
        due=view.due.date if view.due is not None else None,
        who=tuple(
            Contact(
                each.seat,
                None if each.mailbox else each.holder,
                each.address,
                place_name(context.definition, each.seat.partition("@")[2]),
            )
            for each in view.who
        ),
    )


def _about(view: PrerequisiteView) -> tuple[str, tuple[str, ...]]:
    """Return the request, task, part or milestone of a prerequisite, and its owner."""
    if view.kind is Kind.DECISION:
        return view.about, view.what
    if view.kind is Kind.OTHER or not view.what:
        return "", ()
    places = tuple(each.partition("@")[2].partition(" (")[0] for each in view.what)
    return view.what[0].partition("@")[0], tuple(each for each in places if each)


def _name_of(context: ReminderContext, subject: str) -> str:
    place = context.definition.everybody.bodies.get(subject, subject)
    return place_name(context.definition, place)


def _seen(context: ReminderContext) -> Seen:
    return Seen(*context.parts, context.process)


def _people(context: ReminderContext) -> People:
    """Return the name and address of everybody on record, by their opaque id."""
    return {each.id: (each.name, each.address) for each in context.addressees.values()}
