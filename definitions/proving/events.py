"""What can happen in a process: acts, where each is possible, and what is so afterwards."""

from collections.abc import Iterator
from itertools import product

from definitions.language.values import dataclass
from definitions.model import Arising, Arm, Milestone, TaskRef
from definitions.proving.diagrams import EVERYWHERE
from definitions.proving.relevant import RequestRef, request_of
from definitions.proving.situations import NONE, OTHER, Answer, Key, Situations
from definitions.proving.verdict import Act, ActKind

Changes = dict[Key, object]
"""What is so afterwards: the new value of each cell that an act changes."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act, as far as it changes what gates see.

    Attributes:
        milestone: in which it happens; empty for what belongs to the process itself.
        guard: the situations in which it is possible.
        values: the variables that it sets.
        arm: the transition that it is; None for other acts.
    """

    act: Act
    milestone: str
    guard: int
    values: dict[int, bool]
    arm: Arm | None = None


def events_of(of: Situations) -> list[Event]:
    """Return everything that can happen, milestone by milestone."""
    found: list[Event] = []
    for name in of.milestones:
        milestone = of.definition.milestones[name]
        for arm in milestone.arms:
            found += _moves(of, milestone, arm)
        for ref in of.relevant.requests:
            if ref[0] == milestone.id:
                found += _decisions(of, ref)
        for task in of.relevant.tasks:
            if task.milestone == milestone.id:
                found += _reports(of, task)
    for task in of.relevant.tasks:
        if not task.milestone:
            found += _reports(of, task)
    return [*found, *_terms(of), *_parts(of), *_replanning(of)]


def _event(of: Situations, act: Act, guard: int, changes: Changes, arm: Arm | None = None) -> Event:
    values: dict[int, bool] = {}
    for key, value in changes.items():
        values |= of.cells[key].setting(value)
    return Event(act, act.milestone, guard, values, arm)


# --- moves ---------------------------------------------------------------------------------------


def _moves(of: Situations, milestone: Milestone, arm: Arm) -> Iterator[Event]:
    """Yield a transition: apart where it opens a round, and for what it sets off."""
    act = Act(ActKind.MOVE, milestone.id, arm.trigger, what=arm.target)
    guard = of.diagrams.both(of.at(milestone.id, arm.source), of.gate(arm.gate))
    for opens, where in _rounds(of, milestone, arm):
        changes = _new_round(of, milestone.id) if opens else {}
        changes |= _entering(of, milestone, arm.target)
        entering = milestone.entering.get(arm.target)
        for more, there in _set_off(of, entering.stops if entering else ()):
            everything = of.diagrams.all([guard, where, there])
            yield _event(of, act, everything, {**more, **changes}, arm)


def _rounds(of: Situations, milestone: Milestone, arm: Arm) -> Iterator[tuple[bool, int]]:
    """Yield whether a transition opens a round, with where it does and does not."""
    if not arm.opens_round:
        yield False, EVERYWHERE
        return
    put = of.holds(("put", milestone.id))
    yield True, put
    yield False, of.diagrams.no(put)


def _entering(of: Situations, milestone: Milestone, state: str) -> Changes:
    """Return what is so once a milestone has entered a state."""
    changes: Changes = {("state", milestone.id): state}
    if ("put", milestone.id) in of.cells and state in milestone.admitting:
        changes["put", milestone.id] = True
    if ("entered", milestone.id, state) in of.cells:
        changes["entered", milestone.id, state] = True
    if state in milestone.final:
        # Nothing asks for its answers any more: which they were tells no situations apart.
        for ref in of.private_requests:
            if ref[0] == milestone.id:
                changes |= {("answer", *ref, body): NONE for body in of.bodies_of(ref)}
    entering = milestone.entering.get(state)
    if entering is not None:
        changes |= {("here", party): False for party in entering.leaves}
        changes |= {("here", party): True for party in entering.joins}
    for task in of.relevant.tasks:
        arises = of.definition.tasks[task].arises
        entered = None if arises is None else (arises.kind, arises.milestone, arises.name)
        if entered == (Arising.STATE, milestone.id, state):
            changes |= _undone(of, task)
    return changes


def _undone(of: Situations, ref: TaskRef, subjects: tuple[str, ...] | None = None) -> Changes:
    """Return that a task has arisen anew, so that an earlier report is of another one."""
    of_whom = of.subjects_of(ref) if subjects is None else subjects
    return {("task", str(ref), subject): False for subject in of_whom}


def _new_round(of: Situations, milestone: str) -> Changes:
    """Return what is so once the requests of a milestone are put anew."""
    changes: Changes = {}
    for ref in of.relevant.requests:
        if ref[0] == milestone:
            changes |= {("answer", *ref, body): NONE for body in of.bodies_of(ref)}
            due = request_of(of.definition, ref).due
            if due is not None and due.ref in of.relevant.dues:
                changes["passed", due.ref] = False
    for task in of.relevant.tasks:
        whole = of.definition.tasks[task]
        if whole.each_round and task.milestone == milestone:
            changes |= _undone(of, task)
    return changes


def _set_off(of: Situations, stops: tuple[tuple[str, str], ...]) -> Iterator[tuple[Changes, int]]:
    """Yield what else is so then, with where: milestones that had not ended are given up.

    Those that are not looked at are left out: each could have been given up by itself before.
    """
    ways: list[list[tuple[Changes, int]]] = []
    for stopped, state in stops:
        if stopped not in of.milestones:
            continue
        milestone = of.definition.milestones[stopped]
        ended = of.at(stopped, *milestone.final)
        changes = _entering(of, milestone, state)
        entering = milestone.entering.get(state)
        further = [
            ({**changes, **more}, of.diagrams.without(there, ended))
            for more, there in _set_off(of, entering.stops if entering else ())
        ]
        ways.append([({}, ended), *further])
    for each in product(*ways):
        changes = {}
        for more, _ in each:
            changes |= more
        where = of.diagrams.all([there for _, there in each])
        yield changes, where


# --- answers, reports ----------------------------------------------------------------------------


def _decisions(of: Situations, ref: RequestRef) -> Iterator[Event]:
    """Yield each answer of each body to a request."""
    request = request_of(of.definition, ref)
    admitted = of.at(ref[0], *request.admitted_in)
    for body in of.bodies_of(ref):
        key = ("answer", *ref, body)
        party = of.definition.party_of(body)
        after = of.diagrams.both(of.gate(request.after, party), of.there(party))
        outcomes = of.definition.instruments[request.instruments[body]].outcomes
        for answer in of.answers_of(ref, body)[1:]:
            waiting = [each for each in of.answers_of(ref, body) if _waits(each)]
            guard = of.diagrams.all([admitted, after, of.is_any(key, waiting)])
            if answer.text == OTHER and request.same_text_as is None:
                guard = of.diagrams.both(guard, of.somebody_on_the_first(ref))
            if outcomes[answer.outcome].needs_past_due and request.due is not None:
                guard = of.diagrams.both(guard, of.can_pass(request.due.ref))
            act = Act(ActKind.DECIDE, *ref, body, answer.outcome, answer.text)
            yield _event(of, act, guard, {key: answer, **_arising_by(of, ref, body, answer)})


def _waits(answer: Answer) -> bool:
    """Return whether a body may still answer."""
    return answer.effect is NONE.effect


def _arising_by(of: Situations, ref: RequestRef, body: str, answer: Answer) -> Changes:
    """Return that the tasks that an answer makes arise have arisen anew."""
    changes: Changes = {}
    party = of.definition.party_of(body)
    for task in of.relevant.tasks:
        arises = of.definition.tasks[task].arises
        if arises is None or arises.kind is not Arising.DECISION:
            continue
        its = arises.outcome in (None, answer.outcome)
        if its and (arises.milestone, arises.name) == ref:
            whose = [each for each in of.subjects_of(task) if not party or each in (party, "")]
            changes |= _undone(of, task, tuple(whose))
    return changes


def _reports(of: Situations, ref: TaskRef) -> Iterator[Event]:
    """Yield that a task is reported done, for each of those it is for."""
    task = of.definition.tasks[ref]
    result = next((name for name, done in task.results.items() if done), None)
    if result is None:
        return
    admitted = of.at(ref.milestone, *task.admitted_in) if task.admitted_in else EVERYWHERE
    for subject in of.subjects_of(ref):
        guard = of.diagrams.all([admitted, of.arisen(task, subject), of.there(subject)])
        act = Act(ActKind.REPORT, ref.milestone, ref.task, subject, result)
        yield _event(of, act, guard, {("task", str(ref), subject): True})


# --- terms, days, parts --------------------------------------------------------------------------


def _terms(of: Situations) -> Iterator[Event]:
    """Yield that terms and days go by; a term may get another day again."""
    for due in of.relevant.dues:
        guard = of.can_pass(due)
        yield _event(of, Act(ActKind.WAIT, "", due), guard, {("passed", due): True})
        if of.replannable:
            act = Act(ActKind.REPLAN, "", due)
            yield _event(of, act, of.holds(("passed", due)), {("passed", due): False})
    for at, date in enumerate(of.relevant.dates):
        earlier: Changes = {("passed", each): True for each in of.relevant.dates[: at + 1]}
        yield _event(of, Act(ActKind.WAIT, "", date), EVERYWHERE, earlier)


def _parts(of: Situations) -> Iterator[Event]:
    """Yield that a part comes to another level, a higher or a lower one."""
    for (deliverable, part), levels in of.levels.items():
        for level in levels:
            act = Act(ActKind.DELIVER, "", f"{deliverable}/{part}", what=level)
            yield _event(of, act, EVERYWHERE, {("part", deliverable, part): level})


def _replanning(of: Situations) -> Iterator[Event]:
    """Yield that a due gets another date, where a task arises by that."""
    if ("replanned",) not in of.cells or not of.replannable:
        return
    changes: Changes = {("replanned",): True}
    for ref in of.relevant.tasks:
        arises = of.definition.tasks[ref].arises
        if arises is not None and arises.kind is Arising.REPLANNED:
            changes |= _undone(of, ref)
    due = next(iter(of.definition.dues), "")
    yield _event(of, Act(ActKind.REPLAN, "", due), EVERYWHERE, changes)
