"""Plans: which deadlines people are reminded of, and when, as follows from the state.

A plan is one deadline of one body, party, group or of the process itself that is not met yet. From
its ladder follow the reminders: one for each rung and seat.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from typing import NamedTuple, TypeVar

from definitions.calendar.termijnenwet import LAST_KNOWN_YEAR
from definitions.calendar.zones import zone_of
from definitions.ladders import Rung, read_ladder, rungs_of
from definitions.language.values import dataclass
from definitions.model import Definition, Due, Milestone, Permission, Request, Role, Task
from workflow.model.state import DecisionKey, MilestoneState, State, Step, is_put, places_of
from workflow.rules.asked import asked_bodies
from workflow.rules.gates import decisions_on
from workflow.rules.proposals import awaited_proposal, is_past
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import comes_back_from, instances_of
from workflow.rules.terms import begun_on, due_date, due_name, is_counted_per_party
from workflow.rules.worklist import recording, reporting

PlanKey = tuple[str, str]
"""The due (with its year, of one that comes back), and whose it is."""
Answer = tuple[str, str, str]
"""The key of an answer: the milestone, the request, and the body."""
Key = TypeVar("Key")
Seat = tuple[str, str]
"""A role, and the place it is at; empty where there is only one."""
_MONTH = timedelta(days=31)
"""How long before its first reminder can come a year is planned, so that it is seen coming."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An unmet deadline, of which people are reminded.

    Attributes:
        ref: the reference of its due.
        year: the year of a yearly task.
        subject: the body, party or group that has to meet it; empty if there is only one.
        place: the party or group of the subject.
        seats: the seats that have to meet it.
        deadline: its last day; None if unknown, and then nobody is reminded.
        written: its date as written.
        ladder: the rungs, as written.
        begins: the first day of the term; nobody is reminded before it.
    """

    ref: str
    year: int | None
    subject: str
    place: str
    seats: tuple[Seat, ...]
    deadline: date | None
    written: str
    ladder: tuple[str, ...]
    begins: date

    @property
    def due(self) -> str:
        """The name of its due, with the year of a yearly task."""
        return due_name(self.ref, self.year)

    @property
    def key(self) -> PlanKey:
        """Its key among the plans of a process."""
        return (self.due, self.subject)


class Planned(NamedTuple):
    """A reminder that follows from a plan: which rung, for which seat, and at which instant."""

    rung: str
    role: str
    place: str
    at: datetime


Plans = Mapping[PlanKey, Plan]


@dataclass(frozen=True, slots=True)
class AffectedPlans:
    """What a command changed, as far as plans follow from it.

    Attributes:
        answers: which answers were closed or opened, or followed up; they concern the plans of
            nobody else.
        places: the milestones that moved or of which a task was reported; empty for a task of none.
        decided: the milestones with other answers by which tasks arise or are over.
    """

    answers: frozenset[Answer]
    places: frozenset[str]
    decided: frozenset[str]


NOTHING = AffectedPlans(frozenset(), frozenset(), frozenset())


def plans_of(now: Snapshot, concerned: AffectedPlans | None = None) -> dict[PlanKey, Plan]:
    """Return the deadlines of which people are reminded.

    Args:
        now: the process on a day in its zone; another year of recurring tasks is planned in due
            time.
        concerned: only plans that can depend on these changes; None for all plans.

    Returns:
        The unmet deadlines with a ladder, also those without a date; none for a process that was
        recorded afterwards.
    """
    if now.state.reconstruction or not now.definition.ladders:
        return {}
    if concerned is None:
        return deadlines_of(now)
    found = [plan for each in concerned.answers for plan in _of_answer(each, now)]
    for milestone in now.definition.milestones.values() if concerned.places else ():
        if not concerned.places.isdisjoint(_places_of(milestone)):
            found += _of_milestone(milestone, now)
    for task in now.definition.tasks.values():
        if task.due is not None and task.due.ladder and _depends(task, task.due, concerned):
            found += _of_task(task, now)
    return {plan.key: plan for plan in found}


def deadlines_of(now: Snapshot) -> dict[PlanKey, Plan]:
    """Return the same, also of a process that was recorded afterwards."""
    found = [
        plan for each in now.definition.milestones.values() for plan in _of_milestone(each, now)
    ]
    for task in now.definition.tasks.values():
        found += _of_task(task, now)
    return {plan.key: plan for plan in found}


def _is_over(milestone: str, now: Snapshot) -> bool:
    """Return whether a milestone is in a final state."""
    return now.state.milestones[milestone].state in now.definition.milestones[milestone].final


def _places_of(milestone: Milestone) -> set[str | None]:
    """Return on which milestones the plans of a milestone depend; none where it has none."""
    asked = (request.due for request in milestone.requests.values())
    dues = [due for due in (*milestone.dues.values(), *asked) if due is not None and due.ladder]
    return {milestone.id, *chain.from_iterable(map(_places_counted_from, dues))} if dues else set()


def _depends(task: Task, due: Due, concerned: AffectedPlans) -> bool:
    """Return whether the plans of a task can depend on some changes."""
    arises = task.arises
    places = {task.ref.milestone, *_places_counted_from(due), arises and arises.milestone}
    if not concerned.places.isdisjoint(places):
        return True
    if task.ref.milestone in concerned.decided:
        return True
    return (
        _arises_from_answers(task) and arises is not None and arises.milestone in concerned.decided
    )


def _arises_from_answers(task: Task) -> bool:
    return task.arises is not None and task.arises.kind == "decision"


def _places_counted_from(due: Due) -> Iterator[str]:
    """Yield the milestones of the events that a due counts from; empty for a task without one."""
    for anchor in (each.anchor for each in due.bounds):
        if anchor is not None:
            milestone, dot, _ = anchor.partition(".")
            yield milestone if dot else anchor.rpartition("/")[0]


def _of_milestone(milestone: Milestone, now: Snapshot) -> Iterator[Plan]:
    if _is_over(milestone.id, now):
        return
    at = now.state.milestones[milestone.id]
    for name, due in milestone.dues.items():
        if due.ladder and name not in at.entered:
            able = {arm.permission for arm in milestone.arms if arm.target == name}
            seats = seats_allowed_to(able, now.definition)
            yield Plan(due.ref, None, "", "", seats, *_term(due, now, ""))
    for request in milestone.requests.values():
        if request.due is not None and request.due.ladder and not _is_past(milestone, request, at):
            yield from _of_request(milestone, request, request.due, now, request.bodies)


def _of_answer(answer: Answer, now: Snapshot) -> Iterator[Plan]:
    """Yield the deadline of one answer, where it is to be given still."""
    name, request, body = answer
    milestone, at = now.definition.milestones[name], now.state.milestones[name]
    asked = milestone.requests[request]
    if _is_over(name, now) or _is_past(milestone, asked, at):
        return
    if asked.due is not None and asked.due.ladder:
        yield from _of_request(milestone, asked, asked.due, now, (body,))


def _is_past(milestone: Milestone, request: Request, at: MilestoneState) -> bool:
    """Return whether the requests of a milestone were put, and this one is not any more."""
    return is_put(milestone, at) and at.state not in request.admitted_in


def _of_request(
    milestone: Milestone, request: Request, due: Due, now: Snapshot, bodies: tuple[str, ...]
) -> Iterator[Plan]:
    definition, state = now.definition, now.state
    known = decisions_on(state, milestone.id, request)
    number = state.round_of(milestone.id)
    each_their_own = is_counted_per_party(definition, due)
    roles: dict[bool, tuple[Role, ...]] = {}
    term: _Term | None = None
    for body in asked_bodies(now, milestone.id, request, of=bodies):
        given = known.get(body)
        if given is not None and given.closes:
            outcomes = definition.instruments[request.instruments[body]].outcomes
            silence = outcomes[given.outcome].needs_past_due
            came = (milestone.id, request.id, number, body, Step.RECEIVED, 0) in state.follow_ups
            if came or silence or not request.met_by_receipt:
                continue
        party = definition.party_of(body)
        if bool(party) not in roles:
            roles[bool(party)], _ = recording(definition, body)
        able = roles[bool(party)]
        closed = given is not None and given.closes
        proposal = None if closed else awaited_proposal(now, request, body)
        if proposal is None:
            seats = tuple(seat for role in able for seat in seats_at(definition, role.id, party))
        else:
            seats = seats_reporting(proposal.task, definition, party)
        if term is None or each_their_own:
            term = _term(due, now, party)
        yield Plan(due.ref, None, body, party, seats, *term)


def _of_task(task: Task, now: Snapshot) -> Iterator[Plan]:
    definition, due = now.definition, task.due
    if due is None or not due.ladder or (task.ref.milestone and _is_over(task.ref.milestone, now)):
        return
    ahead = last_year(now) if task.yearly else None
    for each in instances_of(now, task, ahead):
        if not each.open or each.arisen_on is None or is_past(now, task, each.subject):
            continue
        # A recurring task can be reported from 1 January on; reminders may come earlier.
        begins = comes_back_from(now.state, task) if task.yearly else each.arisen_on
        seats = seats_reporting(task, definition, each.subject)
        term = _term(due, now, each.subject, begins, each.year)
        yield Plan(due.ref, each.year, each.subject, each.subject, seats, *term)


class _Term(NamedTuple):
    """The values that the plans of a due share, unless each party has its own term."""

    deadline: date | None
    written: str
    ladder: tuple[str, ...]
    begins: date


def _term(
    due: Due, now: Snapshot, place: str, begins: date | None = None, year: int | None = None
) -> _Term:
    when = due_date(now, due, place, year)
    if begins is None:
        begins = begun_on(now, due, place)
    ladder = ladder_of(now, str(due.ladder))
    return _Term(when.deadline, when.written, ladder, begins or now.state.begins)


def ladder_of(now: Snapshot, name: str) -> tuple[str, ...]:
    """Return the rungs of a ladder, as they are written, for this process."""
    amended = now.state.amendments.get(f"ladder/{name}")
    return rungs_of(amended.value) if amended else now.definition.ladders[name]


def seats_at(definition: Definition, role: str, place: str) -> tuple[Seat, ...]:
    """Return the seats of a role at a place; all of them where it has none there."""
    places = places_of(definition, definition.roles[role])
    return ((role, place),) if place in places else tuple((role, each) for each in places)


def seats_reporting(task: Task, definition: Definition, subject: str) -> tuple[Seat, ...]:
    """Return the seats that report a task for a party or group; on its behalf where it has none."""
    roles, on_behalf = reporting(task, definition)
    if on_behalf:
        return seats_allowed_to({Permission.RECORD_ON_BEHALF}, definition)
    found = (seat for role in roles for seat in seats_at(definition, role, subject))
    return tuple(dict.fromkeys(found))


def seats_allowed_to(able: set[Permission], definition: Definition) -> tuple[Seat, ...]:
    """Return the seats of all roles that may do one of some things."""
    roles = (each for each in definition.roles.values() if able & each.may)
    return tuple((role.id, place) for role in roles for place in places_of(definition, role))


def secretariat(definition: Definition) -> tuple[Seat, ...]:
    """Return the seats of the secretariat, to which undeliverable reminders go.

    They are the seats that record on behalf of others, or else those of the starter of a process.
    """
    able = seats_allowed_to({Permission.RECORD_ON_BEHALF}, definition)
    return able or tuple(
        (role, place)
        for role in definition.starter
        for place in places_of(definition, definition.roles[role])
    )


def reminders_of(definition: Definition, plan: Plan) -> Iterator[Planned]:
    """Yield the reminders of a plan, in the order of its ladder; none where no date is known."""
    if plan.deadline is None:
        return
    hour = (definition.remind_at, definition.timezone)
    whose: dict[str | None, dict[Seat, None]] = {None: dict.fromkeys(plan.seats)}
    for rung, at in _moments(plan.ladder, plan.deadline, plan.begins, *hour):
        if rung.to not in whose:
            whose[rung.to] = dict.fromkeys(seats_at(definition, str(rung.to), plan.place))
        for role, place in whose[rung.to]:
            yield Planned(rung.name, role, place, at)


@lru_cache(maxsize=1024)
def _moments(
    ladder: tuple[str, ...], deadline: date, begins: date, hour: time, timezone: str
) -> tuple[tuple[Rung, datetime], ...]:
    """Return the rungs of a ladder that lie within a term, each with its instant.

    Cached, since all bodies of a request share them.
    """
    days = ((rung, rung.on(deadline)) for rung in read_ladder(ladder))
    return tuple(
        (rung, _instant(day, hour, timezone))
        for rung, day in days
        if rung.days < 0 or day >= begins
    )


def next_rung(
    definition: Definition, ladder: tuple[str, ...], deadline: date, now: datetime
) -> datetime | None:
    """Return when the next rung of a ladder is due; None if none is left."""
    instants = (instant_of(definition, rung.on(deadline)) for rung in read_ladder(ladder))
    return min((each for each in instants if each > now), default=None)


def instant_of(definition: Definition, day: date) -> datetime:
    """Return at which instant of a day people are reminded.

    In the hour that a clock going forward leaves out, it is an hour later by that clock; in the
    hour that a clock going back shows twice, it is the first.
    """
    return _instant(day, definition.remind_at, definition.timezone)


def next_hour(definition: Definition, now: datetime) -> datetime:
    """Return when people are reminded next: today, or tomorrow where that is past."""
    today = now.astimezone(zone_of(definition.timezone)).date()
    at = instant_of(definition, today)
    return at if at >= now else instant_of(definition, today + timedelta(days=1))


def _instant(day: date, hour: time, timezone: str) -> datetime:
    return datetime.combine(day, hour, zone_of(timezone)).astimezone(UTC)


# --- what comes back each year --------------------------------------------------------------------


def last_year(now: Snapshot) -> int:
    """Return the last year of which tasks that come back are planned on a day.

    It is planned once the longest ladder of the process may reach into it, and a month before.
    """
    year = (now.day + longest_lead(now)).year
    return max(now.day.year, min(year, LAST_KNOWN_YEAR))


def longest_lead(now: Snapshot) -> timedelta:
    """Return how long before a deadline its reminders are planned, by the longest ladder."""
    ladders = (ladder_of(now, name) for name in now.definition.ladders)
    days = (rung.most_days for ladder in ladders for rung in read_ladder(ladder))
    return max((timedelta(days=each) for each in days), default=timedelta(0)) + _MONTH


def day_of_year(now: Snapshot, year: int) -> date:
    """Return the last day on which no year after a given one is planned."""
    return date(year, 12, 31) - longest_lead(now)


def plans_valid_until(now: Snapshot, year: int) -> datetime | None:
    """Return until when plans hold if nothing happens: until the next year has to be planned.

    Args:
        year: the last year that is planned.

    Returns:
        None if no recurring task has reminders, or no later year is known.
    """
    if year >= LAST_KNOWN_YEAR or not recurs_yearly(now.definition):
        return None
    day = day_of_year(now, year) + timedelta(days=1)
    return datetime.combine(day, time(), zone_of(now.definition.timezone)).astimezone(UTC)


def recurs_yearly(definition: Definition) -> bool:
    """Return whether people are reminded each year of a task that comes back."""
    yearly = (task.due for task in definition.tasks.values() if task.yearly)
    return any(due is not None and due.ladder for due in yearly)


# --- what changed ---------------------------------------------------------------------------------


def affected_plans(definition: Definition, before: State, after: State) -> AffectedPlans | None:
    """Return the changes on which plans depend; None if any plan may depend on them.

    A new date, a departure and an amendment may affect any plan. An answer that closes nothing, and
    did not before, affects its own plan in nothing.
    """
    same = ("dues", "departures", "amendments", "shifts", "reconstruction")
    if any(getattr(before, each) != getattr(after, each) for each in same):
        return None
    given = _changed(before.decisions, after.decisions)
    closed = (key for key in given if _closes(before, key) or _closes(after, key))
    followed_up = (key[:4] for key in _changed(before.follow_ups, after.follow_ups))
    moved = _changed(before.milestones, after.milestones)
    reported = (key[0] for key in _changed(before.tasks, after.tasks))
    return AffectedPlans(
        frozenset(
            (milestone, request, body) for milestone, request, _, body in chain(closed, followed_up)
        ),
        frozenset({*moved, *reported}),
        _changing_tasks(definition, {key[0] for key in given}),
    )


def _closes(state: State, key: DecisionKey) -> bool:
    given = state.decisions.get(key)
    return given is not None and given.closes


def _changing_tasks(definition: Definition, milestones: set[str]) -> frozenset[str]:
    """Return those of some milestones from whose answers tasks arise, or after which they are over.

    A proposal is over once the body has decided that it was for.
    """
    if not milestones:
        return frozenset()
    tasks = definition.tasks.values()
    arising = {
        each.arises.milestone for each in tasks if each.arises and _arises_from_answers(each)
    }
    proposing = {
        name
        for name in milestones
        for request in definition.milestones[name].requests.values()
        if request.proposal is not None
    }
    return frozenset(milestones & arising | proposing)


def _changed(before: Mapping[Key, object], after: Mapping[Key, object]) -> list[Key]:
    """Return the items of one mapping that differ from another."""
    if before is after:
        return []
    gone = [key for key in before if key not in after]
    return gone + [
        key for key, each in after.items() if (old := before.get(key)) is not each and old != each
    ]
