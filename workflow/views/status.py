"""The status of a process."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from definitions.calendar.dates import Precision, parse_date
from definitions.language.values import dataclass
from definitions.model import Decisions, Milestone, Task, TextsDiffer, gates_in, title_in
from workflow.model.events import Event, ProcessStarted
from workflow.model.reminders import Undelivered
from workflow.model.state import Basis, MilestoneState, People
from workflow.rules.asked import asked_bodies
from workflow.rules.gates import decisions_on
from workflow.rules.proposals import awaited_proposal, is_past
from workflow.rules.tasks import Instance, instances_of
from workflow.rules.terms import due_name, due_named
from workflow.rules.worklist import Doing, Ring, Turn, in_process, whom_to_ring, worklist
from workflow.views.dues import DueView, dues_by_milestone, nearest_first
from workflow.views.goal import GoalView, goal_view
from workflow.views.moves import EarlyView, UnprovedView, WayView, early, unproved, ways
from workflow.views.remarks import RemarkView, remark_views
from workflow.views.requests import RequestView, requests_of
from workflow.views.seen import Seen, looks_back, process_title


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """Which definition a process is pinned to."""

    id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """The status of a milestone.

    Attributes:
        since: when it entered the state, as written; empty if it never moved.
        basis: the basis of the move into that state, if it has a gate: ``decided`` means that
            everything the gate requires is on record. It says nothing about requests in the state
            itself.
        next_due: the nearest unmet due with a date; of a state, a request or a task, as its id
            shows.
        dues: all unmet dues with a date, the nearest first.
        decisions: the main request: the one that its next gate waits for; else an open one, or the
            last with a decision on record.
        out_of_order: whether the move into the state depends on entries recorded out of order.
        early: all its moves that depend on such entries.
    """

    id: str
    title: str
    state: str
    since: str
    final: bool
    good: bool
    basis: Basis | None
    next_due: DueView | None
    requests: tuple[RequestView, ...]
    decisions: RequestView | None
    next: tuple[WayView, ...]
    not_proved: tuple[UnprovedView, ...]
    open_tasks: tuple[str, ...]
    dues: tuple[DueView, ...] = ()
    out_of_order: bool = False
    early: tuple[EarlyView, ...] = ()


@dataclass(frozen=True, slots=True)
class LagView:
    """The time from an event to the task that arose from it, for which no term is set.

    Attributes:
        days: the days until it was done, or until today.
        exact: whether the day it was done is known; otherwise ``days`` is a maximum.
    """

    task: str
    arisen_on: date
    done_on: date | None
    days: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class PartView:
    """The level of a part of a deliverable, and the version that is at it.

    Attributes:
        text: the SHA-256 of that version; None where no text was given.
        effective: since when, as written; None where nothing was reported.
    """

    deliverable: str
    part: str
    subject: str
    level: str
    last_level: bool
    version: str | None
    text: str | None
    effective: str | None


@dataclass(frozen=True, slots=True)
class ArrivalView:
    """A party that joined, since when (as written) and why."""

    party: str
    effective: str
    reason: str


@dataclass(frozen=True, slots=True)
class DepartureView:
    """A party that takes part no longer, since when (as written) and why."""

    party: str
    effective: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndeliveredView:
    """An undeliverable reminder, or one without a reachable recipient, of an unmet deadline.

    Attributes:
        why: the answer of the mail server; ``empty`` if nobody in this seat has an address, nor has
            the secretariat.
    """

    due: str
    subject: str
    seat: str
    deadline: date
    why: str | None


@dataclass(frozen=True, slots=True)
class AllowedView:
    """Why a process was started though its definition was not sound.

    Attributes:
        verdict: ``unsound`` or ``not-verified``.
    """

    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """The status of a process.

    Attributes:
        late: the deadlines that passed without being met, the oldest first.
        coming: the next deadline; None if none has a date.
        undated: how many dues have no known date, so that nobody can say whether they are late.
        unknown: the unknowns that its definition lists.
        assumed: the assumptions that its definition lists.
        turns: the present turns; none in a view of the past.
        ring: the seats that record for the bodies that can decide now, with their holders.
        unreceived: the terms that receipt meets, for answers without a receipt on record.
        ahead: the requested day is in the future, so this is a projection.
        allowed: why it was started though its definition was not sound; None where that was sound,
            or nothing was proved then.
    """

    process: str
    title: str
    definition: DefinitionRef
    as_of: date | None
    known_at: date | None
    goal: GoalView | None
    milestones: tuple[MilestoneView, ...]
    open_tasks: tuple[str, ...]
    parts: tuple[PartView, ...]
    departures: tuple[DepartureView, ...]
    lags: tuple[LagView, ...]
    unknown: tuple[RemarkView, ...]
    assumed: tuple[RemarkView, ...]
    late: tuple[DueView, ...] = ()
    coming: DueView | None = None
    turns: tuple[Turn, ...] = ()
    undelivered: tuple[UndeliveredView, ...] = ()
    unreceived: tuple[DueView, ...] = ()
    ahead: bool = False
    undated: int = 0
    ring: tuple[Ring, ...] = ()
    arrivals: tuple[ArrivalView, ...] = ()
    allowed: AllowedView | None = None


def status_view(
    seen: Seen,
    undelivered: Iterable[Undelivered] = (),
    people: People | None = None,
    started: Event | None = None,
) -> StatusView:
    """Return the status of a process: its milestones, their basis, and the next steps.

    Args:
        seen: the process.
        undelivered: the reminders that could not be delivered, of any deadline.
        people: the name and address of everybody, by their opaque id; None to list no contacts.
        started: the first event of the process; None where nobody asks what it says.
    """
    definition = seen.definition
    now = () if looks_back(seen) else tuple(worklist(seen))
    requests = requests_of(seen)
    by_milestone = dues_by_milestone(seen, requests)
    dues = nearest_first(chain.from_iterable(by_milestone.values()))
    waiting = [due for due in dues if not due.met]
    open_dues = [due for due in waiting if due.date is not None]
    return StatusView(
        process=seen.process,
        title=process_title(seen),
        definition=DefinitionRef(definition.id, definition.version, definition.sha256),
        as_of=seen.as_of,
        known_at=seen.known_at,
        goal=goal_view(seen),
        milestones=tuple(
            _milestone(seen, each, requests[each.id], by_milestone[each.id])
            for each in definition.milestones.values()
        ),
        open_tasks=tuple(
            name for task in definition.tasks_of("") for name in _not_done(seen, task)
        ),
        parts=tuple(_parts(seen)),
        departures=tuple(
            DepartureView(party, left.effective, left.reason)
            for party, left in sorted(seen.state.departures.items(), key=lambda one: one[1].seq)
        ),
        lags=tuple(_lags(seen)),
        unknown=remark_views(seen, definition.unknowns),
        assumed=remark_views(seen, definition.assumptions),
        late=tuple(due for due in open_dues if due.overdue and not due.target),
        coming=next((due for due in open_dues if not due.overdue), None),
        turns=tuple(in_process(seen.process, turn) for turn in now),
        undelivered=tuple(
            UndeliveredView(**each._asdict()) for each in undelivered if _is_open(each, open_dues)
        ),
        unreceived=tuple(due for due in dues if due.unreceived),
        ahead=seen.ahead,
        undated=sum(due.date is None and due.arisen for due in waiting),
        ring=() if people is None else tuple(_ring(seen, now, people)),
        arrivals=tuple(
            ArrivalView(party, joined.effective, joined.reason)
            for party, joined in sorted(seen.state.arrivals.items(), key=lambda one: one[1].seq)
        ),
        allowed=_allowed(started),
    )


def _allowed(started: Event | None) -> AllowedView | None:
    if not isinstance(started, ProcessStarted) or started.verdict is None:
        return None
    return AllowedView(started.verdict, started.allowed or "")


def _ring(seen: Seen, now: Iterable[Turn], people: People) -> Iterator[Ring]:
    """Yield the contacts for the decisions that can be made now."""
    found: dict[Ring, None] = {}
    for turn in now:
        if turn.doing is Doing.RECORD:
            request = seen.definition.milestones[turn.milestone].requests[turn.what]
            found.update(dict.fromkeys(whom_to_ring(seen, request, turn.subjects, people)))
    yield from found
    if not looks_back(seen):
        yield from _bringing(seen, people)


def _bringing(seen: Seen, people: People) -> Iterator[Ring]:
    """Yield the contacts for the proposals that bodies wait for, and that can be brought now."""
    for milestone in seen.definition.milestones.values():
        at = seen.state.milestones[milestone.id].state
        for request in milestone.requests.values() if at in milestone.admitting else ():
            known = decisions_on(seen.state, milestone.id, request)
            waiting = [
                body
                for body in asked_bodies(seen, milestone.id, request)
                if not (body in known and known[body].closes)
                and awaited_proposal(seen, request, body) is not None
            ]
            yield from whom_to_ring(seen, request, waiting, people)


def _parts(seen: Seen) -> Iterator[PartView]:
    for deliverable in seen.definition.deliverables.values():
        for part in deliverable.parts.values():
            for subject in seen.state.remaining(part.subjects):
                now = seen.state.parts.get((deliverable.id, part.id, subject))
                level = now.level if now else deliverable.levels[0]
                yield PartView(
                    deliverable=deliverable.id,
                    part=part.id,
                    subject=subject,
                    level=level,
                    last_level=level == deliverable.levels[-1],
                    version=now.version if now else None,
                    text=now.text if now else None,
                    effective=now.effective if now else None,
                )


def _is_open(reminder: Undelivered, dues: Iterable[DueView]) -> bool:
    """Return whether the deadline of a reminder is unmet and has not moved."""
    return any(_called(due.id) == reminder.due and due.date == reminder.deadline for due in dues)


def _called(name: str) -> str:
    """Return the name of a due in reminders, which is without its party."""
    ref, year = due_named(name)
    return due_name(ref.partition("@")[0], year)


def _milestone(
    seen: Seen,
    milestone: Milestone,
    requests: tuple[RequestView, ...],
    all_of_it: tuple[DueView, ...],
) -> MilestoneView:
    now = seen.state.milestones[milestone.id]
    dues = nearest_first(due for due in all_of_it if due.date is not None and not due.met)
    return MilestoneView(
        id=milestone.id,
        title=title_in(milestone.title, seen.language, milestone.id),
        state=now.state,
        since=now.effective,
        final=now.state in milestone.final,
        good=now.state in milestone.good,
        basis=now.basis,
        next_due=next(iter(dues), None),
        requests=requests,
        decisions=_foremost(requests, set(_wanted(milestone, now.state))),
        next=tuple(ways(seen, milestone)),
        not_proved=tuple(unproved(seen, milestone)),
        open_tasks=tuple(_open_tasks(seen, milestone, now)),
        dues=tuple(dues),
        out_of_order=now.out_of_order,
        early=tuple(early(seen, milestone)),
    )


def _foremost(requests: tuple[RequestView, ...], wanted: set[str]) -> RequestView | None:
    """Return the request that says most of where a milestone is.

    Args:
        requests: those of the milestone.
        wanted: those by which it can move on.
    """
    asked = [each for each in requests if each.round]
    waiting = [each for each in asked if each.waiting_for]
    now = [each for each in asked if each.open]
    first = [
        *(each for each in waiting if each.id in wanted),
        *(each for each in waiting if each.open),
        *(each for each in now if each.id in wanted),
        *now,
        *(each for each in reversed(asked) if each.recorded),
        *asked[-1:],
        *requests[-1:],
    ]
    return first[0] if first else None


def _wanted(milestone: Milestone, state: str) -> Iterator[str]:
    """Yield the requests that the gates out of a state look at, where they lead on."""
    for arm in milestone.arms_from(state):
        for gate in () if arm.explicit else gates_in(arm.gate):
            if isinstance(gate, Decisions | TextsDiffer) and gate.milestone == milestone.id:
                yield gate.request


def _open_tasks(seen: Seen, milestone: Milestone, now: MilestoneState) -> Iterator[str]:
    """Yield the tasks that arose, can be reported in the present state and are not done."""
    for task in seen.definition.tasks_of(milestone.id):
        if now.state in (task.admitted_in or (now.state,)):
            yield from _not_done(seen, task)


def _not_done(seen: Seen, task: Task) -> Iterator[str]:
    """Yield each open instance of a task."""
    for each in instances_of(seen, task):
        if each.open and not is_past(seen, task, each.subject):
            yield each.name


def _lags(seen: Seen) -> Iterator[LagView]:
    for task in seen.definition.tasks.values():
        if task.arises is None or task.repeats or task.due is not None:
            continue
        for each in instances_of(seen, task):
            if each.arisen_on is not None:
                done = each.report.effective_on if each.report and each.done else None
                days = ((done or seen.day) - each.arisen_on).days
                exact = done is None or _to_the_day(each)
                yield LagView(each.name, each.arisen_on, done, days, exact)


def _to_the_day(instance: Instance) -> bool:
    report = instance.report
    return report is not None and parse_date(report.effective).precision is Precision.DAY
