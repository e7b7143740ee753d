"""“What is mine?”: what is asked of one party, group or role, and what it did so far."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from definitions.errors import NotFound
from definitions.model import Definition, Effect, Milestone, Request, Task, known_prose
from definitions.naming import did_you_mean
from definitions.text import text
from workflow.arising import Instance, instances_of, unanswered
from workflow.gates import Situation, decisions_on, evaluate
from workflow.state import MilestoneState, places_of, seat_name
from workflow.views.dues import DueView, due_view
from workflow.views.requests import DecisionView, decision_view
from workflow.views.seen import Seen, process_title


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whom: one party, one group, or one role; the others are None."""

    party: str | None = None
    group: str | None = None
    role: str | None = None

    def __str__(self) -> str:
        """Return the name of it."""
        return self.party or self.group or self.role or ""


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that is asked of a body.

    Attributes:
        ready: whether what has to come first for this party has.
        given: what it decided, or that nothing is known of it.
        over: whether the milestone has ended, so that nothing is asked any more.
        left: whether its party has left since, so that it is not asked; what it decided stands.
    """

    milestone: str
    request: str
    body: str
    instrument: str
    outcomes: tuple[str, ...]
    open: bool
    ready: bool
    given: DecisionView
    due: DueView | None
    over: bool = False
    left: bool = False

    @property
    def decided(self) -> bool:
        """Whether the body has decided: held over decides nothing."""
        return self.given.effect not in (None, Effect.PENDING)


@dataclass(frozen=True, slots=True)
class ToDo:
    """A task that is there to be done, with the results it can have."""

    task: str
    name: str
    subject: str
    owner: str
    results: tuple[str, ...]
    due: DueView | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ToReply:
    """A point of an answer to which nobody replied yet."""

    milestone: str
    request: str
    body: str
    point: int
    says: str


@dataclass(frozen=True, slots=True)
class MineView:
    """What is asked of somebody now, what comes later, and what is behind them.

    Attributes:
        awaited: the tasks that others do for a party.
        left: since when a party takes part no longer, as written.
        party: which one it is about; None where that is a group or a role.
        route: the stages on the way to the council of a party; None where they are not known.
        papers_due: how long before a meeting it wants papers; None where that is not known.
        as_of, known_at: the days by which it is seen; None where it is as it is.
        ahead: the day asked for is still to come: it is as it would stand then.
    """

    process: str
    title: str
    whose: str
    asked: tuple[Question, ...]
    tasks: tuple[ToDo, ...]
    awaited: tuple[str, ...]
    replies: tuple[ToReply, ...]
    seats: tuple[str, ...]
    left: str | None = None
    party: str | None = None
    route: str | None = None
    papers_due: str | None = None
    as_of: date | None = None
    known_at: date | None = None
    ahead: bool = False


def mine(seen: Seen, whose: Whose) -> MineView:
    """Return what concerns one party, group or role.

    Raises:
        NotFound: there is none of that name.
    """
    definition = seen.definition
    _check(definition, whose)
    todo = list(_tasks(seen, whose))
    left = seen.state.departures.get(whose.party or "")
    return MineView(
        process=seen.process,
        title=process_title(seen),
        whose=str(whose),
        asked=tuple(_asked(seen, whose)),
        tasks=tuple(each for each in todo if _is_theirs(definition, each, whose)),
        awaited=tuple(each.name for each in todo if not _is_theirs(definition, each, whose)),
        replies=tuple(_replies(seen, whose)),
        seats=tuple(_seats(definition, whose)),
        left=None if left is None else left.effective,
        party=whose.party,
        route=_reading(seen, whose, "route"),
        papers_due=_reading(seen, whose, "papers-due"),
        as_of=seen.as_of,
        known_at=seen.known_at,
        ahead=seen.ahead,
    )


def _reading(seen: Seen, whose: Whose, what: str) -> str | None:
    """Return what is said of a party, as amended or as the definition has it."""
    party = seen.definition.parties.get(whose.party or "")
    if party is None:
        return None
    amended = seen.state.amendments.get(f"{what}/{party.id}")
    if amended is not None:
        known = known_prose(amended.value)
    elif what == "route":
        known = known_prose(", ".join(party.route) or "unknown")
    else:
        known = party.papers_due
    return None if known is None else known.in_(seen.language)


def _check(definition: Definition, whose: Whose) -> None:
    for name, known, what in (
        (whose.party, definition.parties, text("party")),
        (whose.group, definition.groups, text("group")),
        (whose.role, definition.roles, text("role")),
    ):
        if name is not None and name not in known:
            raise NotFound(
                text("There is no {what} “{name}”.", what=what, name=name),
                advice=did_you_mean(name, known),
            )


def _asked(seen: Seen, whose: Whose) -> Iterator[Question]:
    if whose.party is None:
        return
    left = whose.party in seen.state.departures
    for milestone in seen.definition.milestones.values():
        for request in milestone.requests.values():
            for body in request.bodies:
                if seen.definition.party_of(body) == whose.party:
                    asked = _of_body(seen, milestone, request, body)
                    if not left:
                        yield asked
                    elif asked.decided:
                        yield replace(asked, open=False, left=True)


def _of_body(seen: Seen, milestone: Milestone, request: Request, body: str) -> Question:
    now: MilestoneState = seen.state.milestones[milestone.id]
    situation = Situation(seen.definition, seen.state, seen.today, seen.definition.party_of(body))
    instrument = seen.definition.instruments[request.instruments[body]]
    given = decisions_on(seen.state, milestone.id, request).get(body)
    return Question(
        milestone=milestone.id,
        request=request.id,
        body=body,
        instrument=instrument.id,
        outcomes=tuple(instrument.outcomes),
        open=now.state in request.admitted_in,
        ready=evaluate(request.after, situation).holds,
        over=now.state in milestone.final,
        given=decision_view(seen.state, milestone.id, request, body, given),
        due=None
        if request.due is None
        else due_view(
            seen,
            request.due,
            met=given is not None and given.closes,
            party=seen.definition.party_of(body),
        ),
    )


def _tasks(seen: Seen, whose: Whose) -> Iterator[ToDo]:
    for task in seen.definition.tasks.values():
        if not _admitted(seen, task):
            continue
        for each in instances_of(seen.definition, seen.state, task, seen.today):
            if each.open and _concerns(task, each.subject, whose):
                yield ToDo(
                    task=str(task.ref),
                    name=each.name,
                    subject=each.subject,
                    owner=task.owner,
                    results=tuple(task.results),
                    due=_due(seen, task, each),
                    year=each.year,
                )


def _due(seen: Seen, task: Task, instance: Instance) -> DueView | None:
    if task.due is None:
        return None
    return due_view(seen, task.due, met=False, party=instance.subject, year=instance.year)


def _replies(seen: Seen, whose: Whose) -> Iterator[ToReply]:
    """Yield the points to which a role still has to reply."""
    for task in seen.definition.tasks.values():
        if task.replies_to is None or task.owner != whose.role:
            continue
        milestone = task.ref.milestone
        request = seen.definition.milestones[milestone].requests[task.replies_to]
        number = seen.state.round_of(milestone)
        for body in seen.state.asked(seen.definition, request.bodies):
            key = (milestone, request.id, number, body)
            for point in unanswered(seen.state, key):
                says = seen.state.decisions[key].points[point - 1]
                yield ToReply(milestone, request.id, body, point, says)


def _admitted(seen: Seen, task: Task) -> bool:
    if not task.admitted_in:
        return True
    return seen.state.milestones[task.ref.milestone].state in task.admitted_in


def _is_theirs(definition: Definition, todo: ToDo, whose: Whose) -> bool:
    """Say whether somebody of a party reports a task, and not others who do it for the party."""
    role = definition.roles.get(todo.owner)
    return whose.party is None or (role is not None and role.per == "party")


def _concerns(task: Task, subject: str, whose: Whose) -> bool:
    if whose.role is not None:
        return task.owner == whose.role
    return subject in (whose.party, whose.group)


def _seats(definition: Definition, whose: Whose) -> Iterator[str]:
    for role in definition.roles.values():
        for place in places_of(definition, role):
            if whose.role == role.id or (place and place in (whose.party, whose.group)):
                yield seat_name(role.id, place)
