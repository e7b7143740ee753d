"""An explicit search: every situation that a process can come into, one after the other.

It asks the engine itself: a situation is held by a real state, an act is a real event that is
folded into it, and a gate is judged as a move is judged. So it knows nothing of how a proof goes
about it, and is what a proof is compared with. It is slow, and for small definitions.

Two states are one situation where nothing that a gate sees can tell them apart. Days are left
out: each act is made on a day of its own, and what a day, a term or a part decides is taken to
hold or not, at will.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import NamedTuple

from definitions.calendar.dates import day_of
from definitions.model import (
    AllOf,
    AnyOf,
    Arising,
    Arm,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    DuePast,
    Effect,
    Gate,
    Not,
    Outcome,
    PartsAt,
    Permission,
    Request,
    Slot,
    Task,
    TaskRef,
    TasksDone,
    TextsDiffer,
    gates_in,
)
from definitions.proving.verdict import Act, ActKind
from workflow.model.events import DecisionRecorded, Event, Happening, MilestoneMoved, TaskReported
from workflow.model.state import DecisionState, is_put
from workflow.rules.cascades import is_needed, set_off_by
from workflow.rules.fold import apply, initial
from workflow.rules.gates import holds
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.tasks import instance, task_round

YES, NO = AllOf(()), AnyOf(())
"""A gate that always holds, and one that never does."""
BEGINS = date(2026, 1, 5)
Asked = tuple[str, str]
"""A request: its milestone, and its id."""
Free = PartsAt | DateReached | DuePast
"""What is taken to hold or not, at will."""
MOST = 20_000
"""More situations than this are not looked for."""


class TooMany(Exception):
    """There are more situations than were asked for."""


class NotModelled(Exception):
    """A definition says something of which the situations are not told apart."""


class Situation(NamedTuple):
    """How a process stands, as far as a gate can see.

    Attributes:
        states: where each milestone stands.
        put: of each, whether anything was asked in it yet, so that the next round is another.
        answers: of each body asked, what it answered and on which text; None where it is to answer.
        tasks: of each task and whoever it is for, whether it has arisen, whether it is done, and
            whether it was ever reported: what was done before it arose anew counts again where it
            has not arisen any more.
    """

    states: tuple[str, ...]
    put: tuple[bool, ...]
    answers: tuple[tuple[str, str] | None, ...]
    tasks: tuple[tuple[bool, bool, bool], ...]


# --- what is true or false at will -------------------------------------------------------------


def free_in(gates: Iterable[Gate | None], definition: Definition) -> tuple[Free, ...]:
    """Return what some gates ask that may hold or not, at will."""
    found = (each for gate in gates for each in gates_in(gate))
    free = (each for each in found if isinstance(each, Free))
    return tuple(dict.fromkeys(each for each in free if not _never(each, definition)))


def as_chosen(gate: Gate | None, chosen: dict[Free, bool]) -> Gate:
    """Return a gate in which what is at will holds as chosen; what is not chosen never does."""
    match gate:
        case None:
            return YES
        case PartsAt() | DateReached() | DuePast():
            return YES if chosen.get(gate) else NO
        case AllOf(gates):
            return AllOf(tuple(as_chosen(each, chosen) for each in gates))
        case AnyOf(gates):
            return AnyOf(tuple(as_chosen(each, chosen) for each in gates))
        case AtLeast(needed, gates):
            return AtLeast(needed, tuple(as_chosen(each, chosen) for each in gates))
        case Not(inner):
            return Not(as_chosen(inner, chosen))
        case Slot(_, inner):
            return as_chosen(inner, chosen)
        case _:
            return gate


def choices(free: Sequence[Free]) -> Iterator[dict[Free, bool]]:
    """Yield each way in which what is at will can hold or not."""
    for held in product((False, True), repeat=len(free)):
        yield dict(zip(free, held, strict=True))


def at_will(gate: Gate | None, definition: Definition) -> tuple[Gate, ...]:
    """Return what a gate can come to, by what holds at will."""
    free = free_in([gate], definition)
    return tuple(as_chosen(gate, each) for each in choices(free))


def _never(free: Free, definition: Definition) -> bool:
    """Return whether something never holds: a day that is not known, and that nobody may set."""
    if isinstance(free, DateReached):
        return free.date.day is None
    if isinstance(free, PartsAt):
        return False
    due = definition.dues.get(free.due)
    if due is None:
        return True
    if any(Permission.REPLAN in role.may for role in definition.roles.values()):
        return False
    return all(each.relation is None and each.date.day is None for each in due.bounds)


# --- what is told apart ------------------------------------------------------------------------


@dataclass(frozen=True)
class Scope:
    """What the gates of a definition look at, and so what has to be told apart.

    Attributes:
        possible: the definition, with each gate open wherever it can be.
        answers: per body that is asked something, the outcomes that differ for a gate.
        alike: of each outcome that is told apart from another, the one that stands for it.
        linked: of each request about a text, those whose texts are compared with its own.
    """

    possible: Definition
    requests: dict[Asked, Request]
    tasks: tuple[Task, ...]
    answers: dict[tuple[Asked, str], tuple[Outcome, ...]]
    alike: dict[tuple[Asked, str, str], str]
    linked: dict[Asked, Asked]

    @classmethod
    def of(cls, definition: Definition) -> "Scope":
        """Return what the gates of a definition look at."""
        gates = [arm.gate for each in definition.milestones.values() for arm in each.arms]
        requests, tasks = _seen(definition, gates)
        afters = [each.after for each in requests.values()]
        looked_at = [each for gate in (*gates, *afters) for each in gates_in(gate)]
        arisings = [task.arises for task in tasks if task.arises is not None]
        answers, alike = {}, {}
        for asked, request in requests.items():
            of_it = [
                each
                for each in looked_at
                if isinstance(each, Decisions) and (each.milestone, each.request) == asked
            ]
            named = {
                each.outcome
                for each in arisings
                if each.kind is Arising.DECISION and (each.milestone, each.name) == asked
            }
            for body in request.bodies:
                outcomes = definition.instruments[request.instruments[body]].outcomes.values()
                kinds: dict[object, Outcome] = {}
                for each in sorted(outcomes, key=lambda each: each.needs_past_due):
                    counted = tuple(gate.includes(each.id, each.effect) for gate in of_it)
                    rises = tuple(name in (None, each.id) for name in named)
                    if each.effect is Effect.PENDING and not any((*counted, *rises)):
                        continue  # as if nothing had been said
                    kind = (each.effect, counted, rises)
                    kinds.setdefault(kind, each)
                    alike[(asked, body, each.id)] = kinds[kind].id
                answers[(asked, body)] = tuple(kinds.values())
        linked = {each: _root(each, requests) for each in requests}
        return cls(_as_possible(definition), requests, tasks, answers, alike, linked)


def _seen(
    definition: Definition, gates: Iterable[Gate | None]
) -> tuple[dict[Asked, Request], tuple[Task, ...]]:
    """Return the requests and tasks that gates look at, or that decide over one of those."""
    requests: dict[Asked, Request] = {}
    tasks: dict[TaskRef, Task] = {}
    ahead = [each for gate in gates for each in gates_in(gate)]
    wanted: list[Asked] = []
    while ahead or wanted:
        while ahead:
            match ahead.pop():
                case Decisions() | TextsDiffer() as gate:
                    if isinstance(gate, Decisions) and gate.rule.cast:
                        _check_no_term(definition, gate)
                    wanted.append((gate.milestone, gate.request))
                case TasksDone() as gate:
                    for ref in gate.tasks:
                        tasks[ref] = definition.tasks[ref]
                        arises = tasks[ref].arises
                        if arises is not None and arises.kind is Arising.DECISION:
                            wanted.append((arises.milestone, arises.name))
                case _:
                    pass
        while wanted:
            asked = wanted.pop()
            if asked in requests:
                continue
            requests[asked] = definition.milestones[asked[0]].requests[asked[1]]
            ahead += gates_in(requests[asked].after)
            bound = requests[asked].same_text_as
            wanted += [] if bound is None else [bound]
    ordered = {
        (milestone.id, name): each
        for milestone in definition.milestones.values()
        for name, each in milestone.requests.items()
        if (milestone.id, name) in requests
    }
    return ordered, tuple(each for ref, each in definition.tasks.items() if ref in tasks)


def _check_no_term(definition: Definition, gate: Decisions) -> None:
    if definition.milestones[gate.milestone].requests[gate.request].due is not None:
        raise NotModelled("a share of the votes cast, within a term")


def _root(asked: Asked, requests: dict[Asked, Request]) -> Asked:
    """Return the request with whose texts those of a request are compared in the end."""
    bound = requests[asked].same_text_as
    return asked if bound is None else _root(bound, requests)


def _as_possible(definition: Definition) -> Definition:
    """Return a definition in which each gate is open wherever it can be."""

    def open_if_possible(gate: Gate | None) -> Gate | None:
        return None if gate is None else AnyOf(at_will(gate, definition))

    return replace(
        definition,
        milestones={
            name: replace(
                each,
                arms=tuple(replace(arm, gate=open_if_possible(arm.gate)) for arm in each.arms),
                requests={
                    key: replace(request, after=open_if_possible(request.after))
                    for key, request in each.requests.items()
                },
            )
            for name, each in definition.milestones.items()
        },
    )


# --- the search --------------------------------------------------------------------------------


@dataclass
class Explored:
    """All situations of a definition, and how one leads to another.

    Attributes:
        nows: of each situation, a process that stands so.
        steps: of each, what can happen then, and which situation that leads to.
        came: of each, the situation before it on a shortest way, and the act; None of the first.
    """

    definition: Definition
    scope: Scope
    numbers: dict[Situation, int] = field(default_factory=dict)
    nows: list[Snapshot] = field(default_factory=list)
    steps: list[list[tuple[Act, int]]] = field(default_factory=list)
    came: list[tuple[int, Act] | None] = field(default_factory=list)

    @property
    def situations(self) -> list[Situation]:
        """The situations, in the order in which they were found: the nearest first."""
        return list(self.numbers)

    @cached_property
    def states(self) -> set[tuple[str, str]]:
        """The states that are reached, each with its milestone."""
        names = list(self.definition.milestones)
        return {pair for each in self.numbers for pair in zip(names, each.states, strict=True)}

    @property
    def moves(self) -> set[tuple[str, str, str, str]]:
        """The moves that can be made: milestone, trigger, source and target."""
        found = set()
        names = list(self.definition.milestones)
        for situation, steps in zip(self.numbers, self.steps, strict=True):
            at = dict(zip(names, situation.states, strict=True))
            for act, _ in steps:
                if act.kind is ActKind.MOVE:
                    found.add((act.milestone, act.name, at[act.milestone], act.what))
        return found

    def where(self, true: Callable[[Snapshot], bool]) -> set[int]:
        """Return the situations of which something is true."""
        return {number for number, now in enumerate(self.nows) if true(now)}

    def ended(self, milestones: Collection[str], *, well: bool = False) -> set[int]:
        """Return the situations in which all of some milestones are in a final state.

        Args:
            well: only in a good one.
        """
        ends = {
            name: each.good if well else each.final
            for name, each in self.definition.milestones.items()
            if name in milestones
        }
        return self.where(
            lambda now: all(
                now.state.milestones[name].state in states for name, states in ends.items()
            )
        )

    def leading_to(
        self, targets: Collection[int], *, unless: Callable[[Act], bool] = lambda _: False
    ) -> set[int]:
        """Return the situations from which one of some others can come about, with those.

        Args:
            unless: returns whether an act is left out.
        """
        before: list[list[int]] = [[] for _ in self.steps]
        for number, steps in enumerate(self.steps):
            for act, after in steps:
                if not unless(act):
                    before[after].append(number)
        found, ahead = set(targets), list(targets)
        while ahead:
            for each in before[ahead.pop()]:
                if each not in found:
                    found.add(each)
                    ahead.append(each)
        return found

    def without_end(self, milestones: Collection[str] = ()) -> set[int]:
        """Return the situations after which some milestones (all, by default) never all end."""
        names = milestones or self.definition.milestones
        return set(range(len(self.steps))) - self.leading_to(self.ended(names))

    def trace(self, number: int) -> tuple[Act, ...]:
        """Return a shortest way to a situation."""
        acts: list[Act] = []
        came = self.came[number]
        while came is not None:
            number, act = came
            acts.append(act)
            came = self.came[number]
        return tuple(reversed(acts))

    def opening(self, arm: Arm, *, shut: bool = False) -> set[int]:
        """Return the situations, at its source, in which a gate can be open.

        Args:
            shut: those in which it can be shut instead.
        """
        return self.able([arm], shut=shut)

    def able(self, arms: Sequence[Arm], *, shut: bool = False) -> set[int]:
        """Return the situations, at their source, in which some gates can be open together.

        Args:
            shut: those in which they can all be shut instead.
        """
        (milestone,) = {
            each.id
            for each in self.definition.milestones.values()
            if all(any(arm is own for own in each.arms) for arm in arms)
        }
        free = free_in([arm.gate for arm in arms], self.definition)
        ways = [[as_chosen(arm.gate, each) for arm in arms] for each in choices(free)]

        def is_able(now: Snapshot) -> bool:
            if any(now.state.milestones[milestone].state != arm.source for arm in arms):
                return False
            return any(all(holds(gate, now) != shut for gate in gates) for gates in ways)

        return self.where(is_able)

    def decided(self, asked: Asked, gate: Decisions, number: int) -> int:
        """Return how many answers to a request count for a gate, in a situation."""
        state = self.nows[number].state
        given = (
            state.decisions.get((*asked, state.round_of(asked[0]), body))
            for body in self.scope.requests[asked].bodies
        )
        return sum(each is not None and gate.includes(each.outcome, each.effect) for each in given)


def explore(definition: Definition, most: int = MOST) -> Explored:
    """Find every situation of a definition, and every step from one to another.

    Raises:
        TooMany: there are more situations than asked for.
        NotModelled: the definition says something that is not told apart.
    """
    scope = Scope.of(definition)
    found = Explored(definition, scope)
    begins = snapshot_of(scope.possible, initial(scope.possible, BEGINS), BEGINS)
    found.numbers[situation_of(begins, scope)] = 0
    found.nows.append(begins)
    found.came.append(None)
    ahead = deque([0])
    while ahead:
        number = ahead.popleft()
        steps = []
        for act, after in steps_from(found.nows[number], scope):
            situation = situation_of(after, scope)
            if situation not in found.numbers:
                if len(found.numbers) >= most:
                    raise TooMany(most)
                found.numbers[situation] = len(found.numbers)
                found.nows.append(after)
                found.came.append((number, act))
                ahead.append(found.numbers[situation])
            steps.append((act, found.numbers[situation]))
        found.steps.append(steps)
    return found


def situation_of(now: Snapshot, scope: Scope) -> Situation:
    """Return the situation in which a process is."""
    state = now.state
    milestones = scope.possible.milestones
    answers: list[tuple[str, str] | None] = []
    names: dict[tuple[Asked, str], str] = {}
    for asked, request in scope.requests.items():
        number = state.round_of(asked[0])
        for body in request.bodies:
            given = state.decisions.get((*asked, number, body))
            answers.append(_answer(scope, (asked, body), given, names))
    tasks = (_task(now, task, subject) for task in scope.tasks for subject in task.subjects)
    return Situation(
        tuple(state.milestones[name].state for name in milestones),
        tuple(is_put(each, state.milestones[name]) for name, each in milestones.items()),
        tuple(answers),
        tuple(tasks),
    )


def _task(now: Snapshot, task: Task, subject: str) -> tuple[bool, bool, bool]:
    there = instance(now, task, subject)
    key = (task.ref.milestone, task.ref.task, subject, task_round(now.state, task))
    report = now.state.tasks.get(key)
    return there.arisen_on is not None, there.done, report is not None and report.done


def _answer(
    scope: Scope,
    of: tuple[Asked, str],
    given: DecisionState | None,
    names: dict[tuple[Asked, str], str],
) -> tuple[str, str] | None:
    """Return what a body answered; texts are called by the order in which they are met."""
    asked, body = of
    if given is None:
        return None
    alike = scope.alike.get((asked, body, given.outcome))
    if alike is None:
        return None
    if given.text is None or given.effect not in COMPARED:
        return alike, ""
    key = (scope.linked[asked], given.text)
    names.setdefault(key, str(sum(group == key[0] for group, _ in names) + 1))
    return alike, names[key]


COMPARED = frozenset({Effect.FOR, Effect.ANSWERED})
"""The effects of the answers whose texts are compared."""


# --- what can happen ---------------------------------------------------------------------------


def steps_from(now: Snapshot, scope: Scope) -> Iterator[tuple[Act, Snapshot]]:
    """Yield what can happen in a process on the next day, and how it stands then."""
    then = now.on(now.day + timedelta(1))
    yield from _moves(then)
    yield from _decisions(then, scope)
    yield from _reports(then, scope)


def _moves(now: Snapshot) -> Iterator[tuple[Act, Snapshot]]:
    for milestone in now.definition.milestones.values():
        for arm in milestone.arms_from(now.state.milestones[milestone.id].state):
            if holds(arm.gate, now):
                act = Act(ActKind.MOVE, milestone.id, arm.trigger, what=arm.target)
                yield act, _moved(now, milestone.id, arm)


def _moved(now: Snapshot, milestone: str, arm: Arm) -> Snapshot:
    """Return a process after a move, and after what that sets off."""
    now = _after(now, MilestoneMoved(milestone, arm.trigger, arm.source, arm.target))
    for each in set_off_by(now.definition, milestone, arm.target):
        if each.kind != "stops":
            raise NotModelled("who takes part changes along the way")
        if is_needed(now, each):
            other = now.definition.milestones[each.what]
            ways = other.arms_from(now.state.milestones[each.what].state)
            way = next(one for one in ways if one.target == each.state and one.explicit)
            now = _moved(now, each.what, way)
    return now


def _decisions(now: Snapshot, scope: Scope) -> Iterator[tuple[Act, Snapshot]]:
    for asked, request in scope.requests.items():
        if now.state.milestones[asked[0]].state not in request.admitted_in:
            continue
        number = now.state.round_of(asked[0])
        # The scope has the request as it is written; what comes first is judged as it can be.
        after = now.definition.milestones[asked[0]].requests[asked[1]].after
        for body in request.bodies:
            given = now.state.decisions.get((*asked, number, body))
            if given is not None and given.closes:
                continue
            if not holds(after, now, now.definition.party_of(body)):
                continue
            for outcome in scope.answers[(asked, body)]:
                for named in _texts(now, scope, asked, outcome):
                    act = Act(ActKind.DECIDE, *asked, body, outcome.id, named)
                    event = DecisionRecorded(*asked, number, body, outcome.id, text=named or None)
                    yield act, _after(now, event)


def _texts(now: Snapshot, scope: Scope, asked: Asked, outcome: Outcome) -> Iterator[str]:
    """Yield the texts that an answer can be on: those there are, and one more."""
    if scope.requests[asked].text is None or outcome.effect not in COMPARED:
        yield ""
        return
    group = scope.linked[asked]
    used = {
        given.text
        for (milestone, request, number, _), given in now.state.decisions.items()
        if (milestone, request) in scope.linked
        and scope.linked[(milestone, request)] == group
        and number == now.state.round_of(milestone)
        and given.text is not None
    }
    yield from sorted(used)
    yield next(str(each) for each in range(1, len(used) + 2) if str(each) not in used)


def _reports(now: Snapshot, scope: Scope) -> Iterator[tuple[Act, Snapshot]]:
    for task in scope.tasks:
        where = task.ref.milestone
        if task.admitted_in and now.state.milestones[where].state not in task.admitted_in:
            continue
        done = next((each for each, is_done in task.results.items() if is_done), None)
        busy = next((each for each, is_done in task.results.items() if not is_done), None)
        for subject in task.subjects:
            arisen, is_done, reported = _task(now, task, subject)
            if not arisen or is_done:
                continue
            # That it is under way makes a difference only to what was done before it arose anew.
            for result in (done, busy if reported else None):
                if result is not None:
                    number = now.state.round_of(where) if task.each_round else 0
                    act = Act(ActKind.REPORT, where, task.ref.task, subject, result)
                    event = TaskReported(where, task.ref.task, subject, number, result)
                    yield act, _after(now, event)


def _after(now: Snapshot, event: Event) -> Snapshot:
    return apply(now, Happening(event, day_of(now.day), now.day), (now.day - BEGINS).days * 8)
