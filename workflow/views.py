"""Read models: what the screens and the JSON show, drawn from a definition and a state.

The same functions serve the present (from the tables) and any day in the past (from the
journal). A field that ends in an underscore would be a Python keyword without it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from definitions.checking import gates_in
from definitions.dates import Precision, parse_date
from definitions.model import (
    Arm,
    Decisions,
    Definition,
    Due,
    Effect,
    Milestone,
    Remark,
    Request,
    Task,
    title_in,
)
from definitions.text import Text
from workflow.arising import Instance, first_year, instances_of
from workflow.events import Entry, payload_of
from workflow.folding import arm_of
from workflow.gates import Finding, Situation, decisions_on, evaluate
from workflow.hindsight import grounds_of
from workflow.knock_on import Clash, clashes_in
from workflow.state import (
    Basis,
    DecisionState,
    MilestoneState,
    SeatState,
    State,
    Step,
    places_of,
    seat_name,
)
from workflow.terms import anchor_of, due_date, in_year, is_each_their_own
from workflow.turns import People, Ring, Turn, turns, whom_to_ring


@dataclass(frozen=True, slots=True)
class Seen:
    """What a view is drawn from.

    Attributes:
        today: the day that counts as the present: today, or the day asked for.
        as_of: the day asked for, or None for the present.
        known_at: only what was recorded by then counts; None for all of it.
        language: in which titles are shown.
    """

    process: str
    definition: Definition
    state: State
    today: date
    as_of: date | None = None
    known_at: date | None = None
    language: str = "en"


Day = date
"""The type, where a field is called ``date``."""


# --- status ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DefinitionRef:
    """Which definition a process is pinned to."""

    id: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class GoalView:
    """What it is all for, and how many days there are until then.

    Attributes:
        reached_on: the day on which the last milestone was reached; None when not all are.
        proved: whether every move is proved by what is on record.
    """

    date: Day | None
    what: str
    days_left: int | None
    reached_on: Day | None
    proved: bool


@dataclass(frozen=True, slots=True)
class MovedView:
    """That a due was given another date: from what to what, when (as written), and why."""

    before: str
    after: str
    effective: str
    effective_on: Day
    reason: str


@dataclass(frozen=True, slots=True)
class DueView:
    """Until when something is to be done, and whether it is.

    Attributes:
        date: the day the deadline ends; None where it is not known.
        written: the date as the source has it.
        met: whether it is done, or passed by.
        proved: whether all that makes it so is on record.
        moves: every other date it was given, in order.
        waits_for: what must become clear before the date can be known.
        waiting_for: who has not done it yet.
        unreceived: whose answer is not known to have been received, where receipt meets it.
        late: whose answer was given, or received, after it had ended.
    """

    id: str
    date: Day | None
    written: str
    precision: str
    target: bool
    days_left: int | None
    overdue: bool
    met: bool
    proved: bool
    why_unknown: str | None
    relation: str | None
    anchor: str | None
    weeks: int | None
    moves: tuple[MovedView, ...]
    waits_for: tuple[str, ...]
    waiting_for: tuple[str, ...]
    unreceived: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    arisen: bool = True


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of an answer, and when it was replied to; None where it was not."""

    number: int
    says: str
    replied: str | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What one body decided, or that nothing is known of it (an empty outcome).

    Attributes:
        unsigned: the roles whose signature is asked for and not on record.
        sent: when it was sent, as written; None where that is not known.
        received: when it was received; None where that is not known.
    """

    body: str
    outcome: str | None
    effect: Effect | None
    effective: str | None
    effective_on: date | None
    options: tuple[str, ...]
    unnamed_options: int
    out_of_order: bool
    signed_by: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    sent: str | None = None
    received: str | None = None
    points: tuple[PointView, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestView:
    """How far a request is in its round.

    Attributes:
        needed: how many decisions the gate that adopts it takes; None where it goes by weight.
        recorded: how many bodies have decided; held over does not count.
        waiting_for: the bodies from which no decision is known, once they are asked.
        open: whether decisions are admitted now.
    """

    id: str
    round: int
    asked: int
    needed: int | None
    recorded: int
    for_: int
    against: int
    answered: int
    pending: int
    out_of_order: int
    open: bool
    waiting_for: tuple[str, ...]
    given: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    """What is not on record behind a move."""

    kind: str
    subject: str
    reason: Text
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnprovedView:
    """A move whose gate is not proved by what is on record."""

    milestone: str
    trigger: str
    source: str
    target: str
    effective: str
    effective_on: date
    basis: Basis
    reference: str | None
    missing: tuple[MissingView, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """A transition that leaves the present state."""

    trigger: str
    target: str
    open: bool
    explicit: bool


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """Where a milestone stands; ``since`` as written, empty where it never moved."""

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


@dataclass(frozen=True, slots=True)
class LagView:
    """How long it took from an event to what arose from it; no term exists for it.

    Attributes:
        days: until it was done; until today where it is not.
        exact: whether the day it was done is known; else it took so many days at most.
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
class DepartureView:
    """A party that takes part no longer, since when (as written) and why."""

    party: str
    effective: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """Where a process stands.

    Attributes:
        late: the deadlines that have passed without being met, the longest ago first.
        coming: the first deadline to come; None where no date is known of one.
        turns: what can be done now, and whose it is; none where it looks back.
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
    unknown: tuple[Remark, ...]
    assumed: tuple[Remark, ...]
    late: tuple[DueView, ...] = ()
    coming: DueView | None = None
    turns: tuple[Turn, ...] = ()


def status(seen: Seen) -> StatusView:
    """Return where a process stands: each milestone, on what it rests, and what is next."""
    definition = seen.definition
    open_dues = [due for due in dues(seen).dues if not due.met and due.date is not None]
    return StatusView(
        process=seen.process,
        title=process_title(seen),
        definition=DefinitionRef(definition.id, definition.version, definition.sha256),
        as_of=seen.as_of,
        known_at=seen.known_at,
        goal=_goal(seen),
        milestones=tuple(_milestone(seen, each) for each in definition.milestones.values()),
        open_tasks=tuple(
            name for task in definition.tasks_of("") for name in _not_done(seen, task)
        ),
        parts=tuple(_parts(seen)),
        departures=tuple(
            DepartureView(party, left.effective, left.reason)
            for party, left in sorted(seen.state.departures.items(), key=lambda one: one[1].seq)
        ),
        lags=tuple(_lags(seen)),
        unknown=definition.unknowns,
        assumed=definition.assumptions,
        late=tuple(due for due in open_dues if due.overdue and not due.target),
        coming=next((due for due in open_dues if not due.overdue), None),
        turns=() if seen.as_of else tuple(turns(definition, seen.state, seen.today)),
    )


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


def process_title(seen: Seen) -> str:
    """Return what a process is called: as amended, or as its definition has it."""
    amended = seen.state.amendments.get("title")
    if amended is not None:
        return amended.value
    return title_in(seen.definition.title, seen.language, seen.definition.id)


def _goal(seen: Seen) -> GoalView | None:
    goal = seen.definition.goal
    if goal is None:
        return None
    day = goal.date.day
    return GoalView(
        date=day,
        what=goal.what,
        days_left=(day - seen.today).days if day else None,
        reached_on=_reached(seen),
        proved=not seen.state.unproved(),
    )


def _reached(seen: Seen) -> date | None:
    states = seen.state.milestones
    milestones = seen.definition.milestones.values()
    if not all(states[each.id].state in each.good for each in milestones):
        return None
    return max(states[each.id].since for each in milestones)


def _milestone(seen: Seen, milestone: Milestone) -> MilestoneView:
    now = seen.state.milestones[milestone.id]
    requests = tuple(_request(seen, milestone, each) for each in milestone.requests.values())
    return MilestoneView(
        id=milestone.id,
        title=title_in(milestone.title, seen.language, milestone.id),
        state=now.state,
        since=now.effective,
        final=now.state in milestone.final,
        good=now.state in milestone.good,
        basis=now.basis,
        next_due=_next_due(seen, milestone),
        requests=requests,
        decisions=_foremost(requests),
        next=tuple(_ways(seen, milestone, now)),
        not_proved=tuple(_unproved(seen, milestone)),
        open_tasks=tuple(_open_tasks(seen, milestone, now)),
    )


def _next_due(seen: Seen, milestone: Milestone) -> DueView | None:
    waiting = [due for due in _dues_of(seen, milestone) if due.date is not None and not due.met]
    return min(waiting, key=lambda due: due.date or date.max, default=None)


def _foremost(requests: tuple[RequestView, ...]) -> RequestView | None:
    """Return the open request, preferring one that waits; else the last one asked."""
    candidates = [each for each in requests if each.open and each.waiting_for]
    candidates += [each for each in requests if each.open]
    asked = [each for each in requests if each.round]
    return next(iter([*candidates, *asked[-1:], *requests[-1:]]), None)


def _request(seen: Seen, milestone: Milestone, request: Request) -> RequestView:
    now = seen.state.milestones[milestone.id]
    over = None if not now.round or now.state in request.admitted_in else now.since
    bodies = seen.state.asked(seen.definition, request.bodies, over)
    known = decisions_on(seen.state, milestone.id, request)
    given = {body: known[body] for body in bodies if body in known}
    closed = [each for each in given.values() if each.closes]
    asked = now.round > 0
    return RequestView(
        id=request.id,
        round=now.round,
        asked=len(bodies),
        needed=_needed(milestone, request, len(bodies)),
        recorded=len(closed),
        for_=_count(given.values(), Effect.FOR),
        against=_count(given.values(), Effect.AGAINST),
        answered=_count(given.values(), Effect.ANSWERED),
        pending=_count(given.values(), Effect.PENDING),
        out_of_order=sum(each.out_of_order for each in given.values()),
        open=asked and now.state in request.admitted_in,
        waiting_for=tuple(
            body for body in bodies if asked and not (body in given and given[body].closes)
        ),
        given=tuple(
            decision_view(seen.state, milestone.id, request, body, given.get(body))
            for body in bodies
        ),
    )


def _count(given: Iterable[DecisionState], effect: Effect) -> int:
    return sum(each.effect is effect for each in given)


def decision_view(
    state: State, milestone: str, request: Request, body: str, given: DecisionState | None
) -> DecisionView:
    """Return what a body decided and what became of it, or that nothing is known of it."""
    if given is None:
        return DecisionView(body, None, None, None, None, (), 0, out_of_order=False)
    key = (milestone, request.id, max(state.milestones[milestone].round, 1), body)

    def when(step: Step, point: int = 0) -> str | None:
        found = state.follow_ups.get((*key, step, point))
        return found.effective if found else None

    return DecisionView(
        body,
        given.outcome,
        given.effect,
        given.effective,
        given.effective_on,
        given.options,
        given.unnamed_options,
        given.out_of_order,
        signed_by=given.signed_by,
        unsigned=tuple(role for role in request.signed_by if role not in given.signed_by),
        sent=when(Step.SENT),
        received=when(Step.RECEIVED),
        points=tuple(
            PointView(number, says, when(Step.REPLIED, number))
            for number, says in enumerate(given.points, 1)
        ),
    )


def _needed(milestone: Milestone, request: Request, asked: int) -> int | None:
    """Return how many decisions the gate that adopts a request takes; all where none says."""
    for arm in milestone.arms:
        for gate in gates_in(arm.gate):
            if isinstance(gate, Decisions) and _adopts(gate, milestone, request):
                return None if gate.rule.weighted else gate.rule.needed(asked)
    return asked


def _adopts(gate: Decisions, milestone: Milestone, request: Request) -> bool:
    asked = (gate.milestone, gate.request) == (milestone.id, request.id)
    return asked and Effect.AGAINST not in gate.counts


def _ways(seen: Seen, milestone: Milestone, now: MilestoneState) -> Iterator[WayView]:
    situation = Situation(seen.definition, seen.state, seen.today)
    for arm in milestone.arms_from(now.state):
        holds = evaluate(arm.gate, situation).holds
        yield WayView(arm.trigger, arm.target, holds, arm.explicit)


def _unproved(seen: Seen, milestone: Milestone) -> Iterator[UnprovedView]:
    for key, move in seen.state.unproved().items():
        if key[0] != milestone.id:
            continue
        _, trigger, source, target = key
        arm = arm_of(seen.definition, *key)
        then = grounds_of(seen.definition, seen.state, arm, move, milestone.id)
        finding = evaluate(arm.gate, Situation(seen.definition, then, move.effective_on))
        yield UnprovedView(
            milestone=milestone.id,
            trigger=trigger,
            source=source,
            target=target,
            effective=move.effective,
            effective_on=move.effective_on,
            basis=move.basis,
            reference=move.reference,
            missing=tuple(_missing(finding)),
        )


def _missing(finding: Finding) -> Iterator[MissingView]:
    """Yield the innermost findings because of which one does not hold."""
    if finding.holds:
        return
    failing = [child for child in finding.children if not child.holds]
    for child in failing:
        yield from _missing(child)
    if not failing:
        subject = finding.subject or next(finding.leaves()).subject
        yield MissingView(finding.kind, subject, finding.reason, finding.waiting_for)


def _open_tasks(seen: Seen, milestone: Milestone, now: MilestoneState) -> Iterator[str]:
    """Yield the tasks that arose, can be reported in the present state and are not done."""
    for task in seen.definition.tasks_of(milestone.id):
        if now.state in (task.admitted_in or (now.state,)):
            yield from _not_done(seen, task)


def _not_done(seen: Seen, task: Task) -> Iterator[str]:
    """Yield each instance of a task that is there to be done."""
    for each in instances_of(seen.definition, seen.state, task, seen.today):
        if each.open:
            yield each.name


def _lags(seen: Seen) -> Iterator[LagView]:
    for task in seen.definition.tasks.values():
        if task.arises is None or task.repeats or task.due is not None:
            continue
        for each in instances_of(seen.definition, seen.state, task, seen.today):
            if each.arisen_on is not None:
                done = each.report.effective_on if each.report and each.done else None
                days = ((done or seen.today) - each.arisen_on).days
                exact = done is None or _to_the_day(each)
                yield LagView(each.name, each.arisen_on, done, days, exact)


def _to_the_day(instance: Instance) -> bool:
    report = instance.report
    return report is not None and parse_date(report.effective).precision is Precision.DAY


# --- explain -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstView:
    """What a body that is waited for has to wait for itself, and who does that."""

    request: str
    body: str
    subject: str
    reason: Text
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainView:
    """Whether a transition is open, and why.

    Attributes:
        open: whether it can be made now.
        leaves: whether it leaves the state the milestone is in.
        tree: what was found of its gate; None where no transition is meant.
        first: for bodies that are waited for, what has to come first for their own party.
        others: the other transitions from the present state.
        not_proved: earlier moves of the milestone that are not proved.
        ring: the seats that record for the bodies that are waited for, and who holds them.
    """

    process: str
    milestone: str
    title: str
    state: str
    basis: Basis | None
    as_of: date | None
    known_at: date | None
    trigger: str | None
    target: str | None
    open: bool
    leaves: bool
    tree: Finding | None
    first: tuple[FirstView, ...]
    others: tuple[WayView, ...]
    not_proved: tuple[UnprovedView, ...]
    ring: tuple[Ring, ...] = ()


def explain(
    seen: Seen, milestone: Milestone, trigger: str | None = None, people: People | None = None
) -> ExplainView:
    """Return why a milestone can, or cannot, make a transition.

    Args:
        trigger: which one; when None, the one that leads on from the present state.
        people: the name and address of everybody, by their opaque id.
    """
    now = seen.state.milestones[milestone.id]
    arm = _meant(milestone, now.state, trigger)
    finding = None
    if arm is not None:
        finding = evaluate(arm.gate, Situation(seen.definition, seen.state, seen.today))
    leaves = arm is not None and arm.source == now.state
    return ExplainView(
        process=seen.process,
        milestone=milestone.id,
        title=title_in(milestone.title, seen.language, milestone.id),
        state=now.state,
        basis=now.basis,
        as_of=seen.as_of,
        known_at=seen.known_at,
        trigger=arm.trigger if arm else None,
        target=arm.target if arm else None,
        open=leaves and finding is not None and finding.holds,
        leaves=leaves,
        tree=finding,
        first=tuple(_first(seen, finding)) if finding is not None else (),
        others=tuple(
            way
            for way in _ways(seen, milestone, now)
            if arm is None or (way.trigger, way.target) != (arm.trigger, arm.target)
        ),
        not_proved=tuple(_unproved(seen, milestone)),
        ring=tuple(_ring(seen, finding, people or {})) if finding is not None and leaves else (),
    )


def _ring(seen: Seen, finding: Finding, people: People) -> Iterator[Ring]:
    """Return whom to ring about the decisions that a gate waits for."""
    waiting = dict.fromkeys(
        body
        for leaf in finding.leaves()
        if leaf.kind == "decisions" and not leaf.holds
        for body in leaf.waiting_for
    )
    return whom_to_ring(seen.definition, seen.state, seen.today, tuple(waiting), people)


def _first(seen: Seen, finding: Finding) -> Iterator[FirstView]:
    """Yield what keeps the bodies that a gate waits for from deciding."""
    for leaf in finding.leaves():
        if leaf.kind != "decisions" or leaf.holds:
            continue
        milestone, _, name = leaf.subject.partition("/")
        request = seen.definition.milestones[milestone].requests[name]
        for body in leaf.waiting_for:
            party = seen.definition.party_of(body)
            own = evaluate(request.after, Situation(seen.definition, seen.state, seen.today, party))
            missing = () if own.holds else tuple(each for each in own.leaves() if not each.holds)
            for each in missing:
                yield FirstView(leaf.subject, body, each.subject, each.reason, each.waiting_for)


def _meant(milestone: Milestone, state: str, trigger: str | None) -> Arm | None:
    """Return the transition that is meant: from here rather than from elsewhere."""
    arms = [arm for arm in milestone.arms if trigger in (None, arm.trigger)]
    here = [arm for arm in arms if arm.source == state]
    onward = [arm for arm in here if not arm.explicit]
    elsewhere = arms if trigger is not None else []
    return next(iter([*onward, *here, *elsewhere]), None)


# --- dues --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DuesView:
    """All dues of a process, the nearest first; those without a date last."""

    process: str
    title: str
    as_of: date | None
    known_at: date | None
    goal: GoalView | None
    dues: tuple[DueView, ...]
    clashes: tuple[Clash, ...]


def dues(seen: Seen) -> DuesView:
    """Return the dues of a process as an agenda."""
    found = [
        due
        for milestone in seen.definition.milestones.values()
        for due in _dues_of(seen, milestone)
    ]
    found += [due for task in seen.definition.tasks_of("") for due in _task_dues(seen, task)]
    return DuesView(
        process=seen.process,
        title=process_title(seen),
        as_of=seen.as_of,
        known_at=seen.known_at,
        goal=_goal(seen),
        dues=tuple(sorted(found, key=lambda due: due.date or date.max)),
        clashes=tuple(clashes_in(seen.definition, seen.state)),
    )


def _dues_of(seen: Seen, milestone: Milestone) -> Iterator[DueView]:
    now = seen.state.milestones[milestone.id]
    over = now.state in milestone.final
    unproved = [key for key in seen.state.unproved() if key[0] == milestone.id]
    for state, due in milestone.dues.items():
        proved = not any(target == state for _, _, _, target in unproved)
        yield due_view(seen, due, met=over or state in now.entered, proved=proved)
    for request in milestone.requests.values():
        if request.due is not None:
            view = _request(seen, milestone, request)
            undecided = _undecided(view)
            past = over or (now.round > 0 and not view.open)
            passed = any(source in request.admitted_in for _, _, source, _ in unproved)
            if is_each_their_own(seen.definition, request.due):
                yield from _own_dues(seen, request, request.due, over=over)
                continue
            asked = due_view(
                seen,
                request.due,
                met=past or not undecided,
                proved=not (undecided and passed),
                of=undecided,
            )
            yield _with_receipts(seen.definition, asked, request, view.given)
    for task in seen.definition.tasks_of(milestone.id):
        yield from _task_dues(seen, task, over=over)


def _is_silence(definition: Definition, request: Request, given: DecisionView) -> bool:
    """Say whether what is on record is only that a term passed: nothing was sent, then."""
    outcomes = definition.instruments[request.instruments[given.body]].outcomes
    return outcomes[str(given.outcome)].needs_past_due


def _with_receipts(
    definition: Definition, due: DueView, request: Request, given: tuple[DecisionView, ...]
) -> DueView:
    """Return a due of a request with whose answers came late, or are not known to have come.

    Where receipt meets the term, an answer that was decided in time is not proved to be in time
    until its receipt is on record.
    """
    answers = [
        each
        for each in given
        if each.effect not in (None, Effect.PENDING) and not _is_silence(definition, request, each)
    ]
    if request.met_by_receipt:
        came = {each.body: each.received for each in answers if each.received}
        unreceived = tuple(each.body for each in answers if not each.received)
    else:
        came, unreceived = {each.body: str(each.effective) for each in answers}, ()
    late = tuple(body for body, on in came.items() if _is_after(on, due.date))
    proved = due.proved and not (due.met and unreceived)
    return replace(due, proved=proved, unreceived=unreceived, late=late)


def _is_after(written: str, day: date | None) -> bool:
    on = parse_date(written).day
    return day is not None and on is not None and on > day


def _own_dues(seen: Seen, request: Request, due: Due, *, over: bool) -> Iterator[DueView]:
    """Yield the due of each body: counted from what its own party reported."""
    milestone = due.ref.partition("/")[0]
    given = decisions_on(seen.state, milestone, request)
    for body in seen.state.asked(seen.definition, request.bodies):
        party = seen.definition.party_of(body)
        done = over or (body in given and given[body].closes)
        view = due_view(seen, due, met=done, of=(body,), party=party)
        answer = decision_view(seen.state, milestone, request, body, given.get(body))
        view = _with_receipts(seen.definition, view, request, (answer,))
        yield replace(view, id=f"{due.ref}@{party}")


def _task_dues(seen: Seen, task: Task, *, over: bool = False) -> Iterator[DueView]:
    """Yield the due of a task; of one that arises every year, one for each year that came."""
    if task.due is None:
        return
    arisen = [
        each
        for each in instances_of(seen.definition, seen.state, task, seen.today)
        if each.arisen_on is not None
    ]
    if not arisen and task.yearly and (first := first_year(seen.state, task)):
        due = replace(task.due, date=in_year(task.due, first))
        yield replace(due_view(seen, due, met=over), id=f"{due.ref} ({first})")
        return
    if not arisen:
        view = due_view(seen, task.due, met=over)
        yield replace(view, date=None, days_left=None, overdue=False, arisen=False)
        return
    for year in dict.fromkeys(each.year for each in arisen):
        of = [each for each in arisen if each.year == year]
        done = all(each.done for each in of) and not (task.repeats and year is None)
        waiting = tuple(each.subject for each in of if each.subject and not each.done)
        due = replace(task.due, date=in_year(task.due, year)) if year else task.due
        view = due_view(seen, due, met=over or done, of=waiting)
        yield view if year is None else replace(view, id=f"{due.ref} ({year})")


def _undecided(view: RequestView) -> tuple[str, ...]:
    return tuple(each.body for each in view.given if each.effect in (None, Effect.PENDING))


def due_view(
    seen: Seen,
    due: Due,
    *,
    met: bool,
    proved: bool = True,
    of: tuple[str, ...] = (),
    party: str = "",
) -> DueView:
    """Return a due as it stands, with the date it was last given.

    Args:
        met: whether what it is about is done.
        proved: whether that rests on what is on record.
        of: who still has to do it.
        party: whose, where each party has its own term.
    """
    current = due_date(seen.definition, seen.state, due, party)
    planned = anchor_of(seen.definition, due)
    day = current.deadline
    left = (day - seen.today).days if day else None
    return DueView(
        id=due.ref,
        date=day,
        written=current.written,
        precision=current.precision.value,
        target=due.target or (planned is not None and planned.target),
        days_left=left,
        overdue=left is not None and left < 0 and not met,
        met=met,
        proved=proved,
        why_unknown=due.why_unknown,
        relation=due.relation,
        anchor=due.anchor,
        weeks=due.weeks,
        moves=tuple(_moves(seen, due)),
        waits_for=due.waits_for,
        waiting_for=() if met else of,
    )


def _moves(seen: Seen, due: Due) -> Iterator[MovedView]:
    before = due.date.written
    for move in seen.state.moves_of(due.ref):
        yield MovedView(before, move.date, move.effective, move.effective_on, move.reason)
        before = move.date


# --- history and members -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the journal, as others rely on it."""

    seq: int
    type: str
    actor: str
    role: str
    os_user: str
    recorded_at: datetime
    effective_on: date | None
    precision: str
    effective: str
    hash: str
    prev_hash: str
    payload: dict[str, Any]


def entry_view(entry: Entry) -> EntryView:
    """Return an entry of the journal with its event as plain data."""
    return EntryView(
        seq=entry.seq,
        type=entry.event.TYPE,
        actor=entry.actor,
        role=entry.role,
        os_user=entry.os_user,
        recorded_at=entry.recorded_at,
        effective_on=entry.effective_on,
        precision=entry.effective.precision.value,
        effective=entry.effective.written,
        hash=entry.hash,
        prev_hash=entry.prev_hash,
        payload=payload_of(entry.event),
    )


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat, and who holds it when; nobody where ``name`` is None."""

    seat: str
    name: str | None
    address: str | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class MembersView:
    """The seats of a process: those held, those that were, and those that are empty."""

    process: str
    seats: tuple[SeatView, ...]


def members(seen: Seen, people: People) -> MembersView:
    """Return the seats of a process in the order of its definition, empty ones included.

    Args:
        people: the name and address of everybody, by their opaque id.
    """
    views = []
    for role in seen.definition.roles.values():
        for place in places_of(seen.definition, role):
            held = [
                seat
                for seat in seen.state.seats.values()
                if (seat.role, seat.place) == (role.id, place)
            ]
            name = seat_name(role.id, place)
            views += [_seat(name, seat, people) for seat in held] or [
                SeatView(name, None, None, None, None)
            ]
    return MembersView(seen.process, tuple(views))


def _seat(name: str, seat: SeatState, people: People) -> SeatView:
    who, address = people.get(seat.person, (seat.person, None))
    return SeatView(name, who, address, seat.since, seat.until)
