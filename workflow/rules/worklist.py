"""Whose turn it is: what each kind of actor can do now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum

from definitions.language.actions import BLANK, Action, Blank, action
from definitions.language.values import dataclass, replace
from definitions.model import Definition, Milestone, Per, Permission, Request, Role, Task
from workflow.model.state import (
    DecisionKey,
    MilestoneState,
    People,
    SeatState,
    Step,
    places_of,
    seat_name,
)
from workflow.rules.asked import asked_bodies
from workflow.rules.available_transitions import open_transitions
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.proposals import awaited_proposal, is_past
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instances_of, unanswered


class Doing(StrEnum):
    """The kinds of work."""

    ADVANCE = "advance"
    """A milestone can be moved."""
    RECORD = "record"
    """Record a body's decision."""
    TASK = "task"
    """A task can be reported."""
    REPLY = "reply"
    """A point of an answer can be replied to."""
    RECEIVE = "receive"
    """It can be said when answers were received, where receipt is what meets their term."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that can be done now, and whose it is.

    Attributes:
        roles: the roles whose seats may do it.
        subjects: the bodies that are waited for, or the parties or groups a task is for; none
            where there is only one of it.
        what: the transition, the request or the task.
        per: at which kind of place the subjects are: ``party`` or ``group``.
        outcomes: what can be said of it: the outcomes of a request, the results of a task.
        several: whether its milestone asks more than one thing of them.
        year: which one, of a task that arises every year.
        on_behalf: whether they say it for another, on the word of a source.
        point: the number of the point that is replied to.
        says: what that point says.
        action: the command that records it; None until a view says of which process.
    """

    doing: Doing
    roles: tuple[str, ...]
    milestone: str
    what: str
    subjects: tuple[str, ...] = ()
    per: str = "party"
    outcomes: tuple[str, ...] = ()
    several: bool = False
    year: int | None = None
    on_behalf: bool = False
    point: int | None = None
    says: str = ""
    # Neither compared nor hashed: it follows from the rest, and what is of somebody has another.
    action: Action | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """How what is done is written: the milestone, ``milestone/request`` or a task."""
        if self.doing is Doing.ADVANCE or not self.milestone:
            return self.milestone or self.what
        return f"{self.milestone}/{self.what}"


def in_process(process: str, turn: Turn) -> Turn:
    """Return a turn with the command that records it, in a process."""
    return replace(turn, action=_action(process, turn))


def _action(process: str, turn: Turn) -> Action:
    """Return the command that records what is done; what only they know who do it is left blank."""
    request = turn.what if turn.several else None
    reference = BLANK if turn.on_behalf else None
    match turn.doing:
        case Doing.ADVANCE:
            return action("advance", process=process, milestone=turn.milestone)
        case Doing.RECORD:
            body = _one(turn.subjects, Blank("party"))
            asked = action(
                "record", process=process, milestone=turn.milestone, body=body, outcome=BLANK
            )
            return asked.giving(request=request, on=BLANK, reference=reference)
        case Doing.TASK:
            result = _one(turn.outcomes, BLANK)
            done = action("task", process=process, task=turn.name, result=result)
            subject = _one(turn.subjects, Blank(turn.per)) if turn.subjects else None
            year = str(turn.year) if turn.year else None
            return done.giving(subject=subject, year=year, reference=reference)
        case Doing.RECEIVE:
            body = _one(turn.subjects, BLANK)
            came = action("received", process=process, milestone=turn.milestone, body=body)
            return came.giving(request=request, on=BLANK)
        case Doing.REPLY:
            (body,), point = turn.subjects, str(turn.point)
            said = action(
                "answer", process=process, milestone=turn.milestone, body=body, point=point
            )
            return said.giving(request=request, on=BLANK, reference=reference)


def _one(names: Sequence[str], many: Blank) -> str | Blank:
    return names[0] if len(names) == 1 else many


@dataclass(frozen=True, slots=True)
class Whose:
    """The owner of work: one party, one group, one role, or a seat: a role at one of them."""

    party: str | None = None
    group: str | None = None
    role: str | None = None

    @property
    def place(self) -> str | None:
        """The party or group; None for a role at all of its places."""
        return self.party or self.group

    def __str__(self) -> str:
        """Return the name of it."""
        if self.role and self.place:
            return seat_name(self.role, self.place)
        return self.place or self.role or ""


def whose_seat(definition: Definition, role: str, place: str) -> Whose:
    """Return the owner of the work that a seat does."""
    if definition.roles[role].per is Per.GROUP:
        return Whose(group=place, role=role)
    return Whose(party=place or None, role=role)


def worklist(now: Snapshot) -> Iterator[Turn]:
    """Yield the turns of now: moves first, then decisions, tasks, replies and receipts."""
    under_way = [
        each
        for each in now.definition.milestones.values()
        if now.state.milestones[each.id].state not in each.final
    ]
    for milestone in under_way:
        yield from _move(milestone, now)
    for milestone in under_way:
        yield from _decisions(milestone, now)
    for task in now.definition.tasks.values():
        found = now.definition.milestones.get(task.ref.milestone)
        if found is None or found in under_way:
            yield from _tasks(task, now)
    for task in now.definition.tasks.values():
        yield from _replies(task, now)
    for milestone in now.definition.milestones.values():
        yield from _receipts(milestone, now)


_OF_ALL = frozenset({Doing.REPLY, Doing.RECEIVE})
"""What a seat does for every party, not for its own."""


def turn_of(definition: Definition, turn: Turn, whose: Whose) -> Turn | None:
    """Return the part of a turn that belongs to an owner; None if no part does.

    Work with subjects belongs to the seats of its own party or group. Work without belongs to every
    such seat; and a seat that acts on behalf of others does so for all of them.
    """
    if whose.role is not None and whose.role not in turn.roles:
        return None
    if whose.place is None:
        return turn
    able = [whose.role] if whose.role is not None else turn.roles
    place = Per.PARTY if whose.party is not None else Per.GROUP
    is_at_place = any(definition.roles[role].per is place for role in able)
    if turn.doing in _OF_ALL or not turn.subjects:
        return turn if is_at_place else None
    if turn.on_behalf and whose.role is not None:
        return turn
    own = tuple(each for each in turn.subjects if whose.place in (each, party_in(definition, each)))
    return replace(turn, subjects=own) if own else None


def party_in(definition: Definition, subject: str) -> str:
    """Return the party of a body; of a party or group, that itself."""
    return definition.bodies.get(subject, subject)


def _move(milestone: Milestone, now: Snapshot) -> Iterator[Turn]:
    arms = [way.arm for way in open_transitions(milestone, now) if not way.arm.explicit]
    if len(arms) == 1:
        roles = roles_with(now.definition, arms[0].permission)
        yield Turn(Doing.ADVANCE, roles, milestone.id, arms[0].trigger)


def _decisions(milestone: Milestone, now: Snapshot) -> Iterator[Turn]:
    at = now.state.milestones[milestone.id]
    open_ = [each for each in milestone.requests.values() if _is_open(each, at)]
    for request in open_:
        awaited = list(_awaited(milestone, request, now))
        own = [body for body in awaited if now.definition.party_of(body)]
        for bodies in (own, [body for body in awaited if body not in own]):
            if bodies:
                outcomes = now.definition.instruments[request.instruments[bodies[0]]].outcomes
                recorders, on_behalf = recording(now.definition, bodies[0])
                yield Turn(
                    Doing.RECORD,
                    tuple(role.id for role in recorders),
                    milestone.id,
                    request.id,
                    tuple(bodies),
                    outcomes=tuple(outcomes),
                    several=len(milestone.requests) > 1,
                    on_behalf=on_behalf,
                )


def recording(definition: Definition, body: str) -> tuple[tuple[Role, ...], bool]:
    """Return the roles that record for a body, and whether they do so on its behalf.

    A role with a seat at each party records for that party's bodies; a body of no party has
    only those that may record for anybody.
    """
    at_party = bool(definition.party_of(body))
    roles = tuple(
        role
        for role in definition.roles.values()
        if Permission.RECORD in role.may
        and (role.per is None or (at_party and role.per is Per.PARTY))
    )
    if roles:
        return roles, False
    able = (each for each in definition.roles.values() if Permission.RECORD_ON_BEHALF in each.may)
    return tuple(able), True


def _is_open(request: Request, at: MilestoneState) -> bool:
    return at.state in request.admitted_in


def _awaited(milestone: Milestone, request: Request, now: Snapshot) -> Iterator[str]:
    """Yield the bodies that can decide and have not; nothing has to come first for them."""
    known = decisions_on(now.state, milestone.id, request)
    for body in asked_bodies(now, milestone.id, request):
        party = now.definition.party_of(body)
        decided = body in known and known[body].closes
        if not decided and evaluate(request.way, now, party).holds:
            yield body


def _tasks(task: Task, now: Snapshot) -> Iterator[Turn]:
    at = now.state.milestones.get(task.ref.milestone)
    if at is not None and at.state not in (task.admitted_in or (at.state,)):
        return
    roles, outside = reporting(task, now.definition)
    instances = [each for each in instances_of(now, task) if not is_past(now, task, each.subject)]
    for year in dict.fromkeys(each.year for each in instances if each.open):
        open_ = [each for each in instances if each.open and each.year == year]
        yield Turn(
            Doing.TASK,
            roles,
            task.ref.milestone,
            task.ref.task,
            tuple(each.subject for each in open_ if each.subject),
            "group" if set(task.subjects) & set(now.definition.groups) else "party",
            tuple(task.results),
            year=year,
            on_behalf=outside,
        )


def reporting(task: Task, definition: Definition) -> tuple[tuple[str, ...], bool]:
    """Return the roles that report a task, and whether they do so on behalf of its owner."""
    roles = (definition.roles.get(each) for each in task.owners)
    able = tuple(role.id for role in roles if role is not None and Permission.TASK in role.may)
    return able or roles_with(definition, Permission.RECORD_ON_BEHALF), not able


def _replies(task: Task, now: Snapshot) -> Iterator[Turn]:
    """Yield the points to which somebody still has to reply."""
    if task.replies_to is None:
        return
    milestone = now.definition.milestones[task.ref.milestone]
    request = milestone.requests[task.replies_to]
    roles, outside = reporting(task, now.definition)
    number = max(now.state.milestones[milestone.id].round, 1)
    for body in asked_bodies(now, milestone.id, request):
        key = (milestone.id, request.id, number, body)
        answer = now.state.decisions.get(key)
        if answer is None or not answer.closes:
            continue
        for point in unanswered(now.state, key):
            yield Turn(
                Doing.REPLY,
                roles,
                milestone.id,
                request.id,
                (body,),
                several=len(milestone.requests) > 1,
                on_behalf=outside,
                point=point,
                says=answer.points[point - 1],
            )


def _receipts(milestone: Milestone, now: Snapshot) -> Iterator[Turn]:
    """Yield the answers whose receipt meets their term, and is not on record."""
    number = max(now.state.milestones[milestone.id].round, 1)
    for request in milestone.requests.values():
        if not request.met_by_receipt or request.due is None:
            continue
        bodies = [
            body
            for body in asked_bodies(now, milestone.id, request)
            if _is_unreceived(now, request, (milestone.id, request.id, number, body))
        ]
        if bodies:
            yield Turn(
                Doing.RECEIVE,
                roles_with(now.definition, Permission.RECORD_ON_BEHALF),
                milestone.id,
                request.id,
                tuple(bodies),
                several=len(milestone.requests) > 1,
            )


def _is_unreceived(now: Snapshot, request: Request, key: DecisionKey) -> bool:
    """Return whether an answer was given of which no receipt is known; silence sends nothing."""
    answer = now.state.decisions.get(key)
    if answer is None or not answer.closes or (*key, Step.RECEIVED, 0) in now.state.follow_ups:
        return False
    outcomes = now.definition.instruments[request.instruments[key[-1]]].outcomes
    return not outcomes[answer.outcome].needs_past_due


def roles_with(definition: Definition, permission: Permission) -> tuple[str, ...]:
    """Return the roles that have a permission."""
    return tuple(role.id for role in definition.roles.values() if permission in role.may)


# --- whom to ring ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ring:
    """A contact to ring: a seat that records or reports something, and its holder.

    Attributes:
        body: the body, task, part or milestone that is waited for.
        holder: the holder's name; None if nobody is known to hold it.
        address: the holder's address; None if none is on record.
        mailbox: the holder is the mailbox of a function, named by its address.
    """

    body: str
    seat: str
    holder: str | None
    address: str | None = None
    mailbox: bool = False


def whom_to_ring(
    now: Snapshot, request: Request, bodies: Iterable[str], people: People
) -> Iterator[Ring]:
    """Yield the seats that are next on the way of a question to bodies, the empty ones too.

    They are those that record for a body; until its own party has brought the proposal, those that
    report that.
    """
    for body in bodies:
        for seat in _next_seats(now, request, body):
            yield from at_seat(now, body, seat, people)


def _next_seats(now: Snapshot, request: Request, body: str) -> Iterator[tuple[str, str]]:
    party = now.definition.party_of(body)
    proposal = awaited_proposal(now, request, body)
    if proposal is None:
        roles = [role.id for role in recording(now.definition, body)[0]]
    else:
        roles = [*reporting(proposal.task, now.definition)[0]]
    for role in roles:
        at_party = now.definition.roles[role].per is Per.PARTY
        yield role, party if at_party else ""


def in_roles(
    now: Snapshot,
    about: str,
    roles: Iterable[str],
    people: People,
) -> Iterator[Ring]:
    """Yield the contacts in all seats of some roles."""
    for role in roles:
        for place in places_of(now.definition, now.definition.roles[role]):
            yield from at_seat(now, about, (role, place), people)


def at_seat(now: Snapshot, about: str, seat: tuple[str, str], people: People) -> Iterator[Ring]:
    """Yield the contacts in one seat; a contact without holder if it is empty."""
    held = [each for each in now.state.seats.values() if _is(each, *seat, now.day)]
    for each in held:
        who = people.get(each.person, (each.person, None))
        yield Ring(about, seat_name(*seat), *who, mailbox=each.mailbox)
    if not held:
        yield Ring(about, seat_name(*seat), None)


def _is(seat: SeatState, role: str, place: str, today: date) -> bool:
    return (seat.role, seat.place) == (role, place) and seat.held_on(today)
