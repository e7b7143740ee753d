"""What a definition shows without a search: who may do what, tasks that come too late, circles."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from definitions.calendar.lengths import Length, Unit
from definitions.calendar.workdays import LONGEST_REST
from definitions.ladders import Rung, read_ladder
from definitions.model import (
    Arising,
    Decisions,
    Definition,
    Due,
    DuePast,
    Gate,
    Milestone,
    PartsAt,
    Per,
    Permission,
    Relation,
    Request,
    Role,
    Task,
    TasksDone,
    gates_in,
)
from definitions.proving.required import required_in
from definitions.proving.verdict import Finding, Severity, Value


def static_findings(definition: Definition) -> Iterator[Finding]:
    """Yield what is found in a definition by looking at it, without a story.

    Args:
        definition: with its own parties.
    """
    yield from _somebody_may(definition)
    yield from _too_late(definition)
    yield from _without_deadline(definition)
    yield from _rungs_before(definition)
    yield from _tasks_of_others(definition)
    yield from _options_in_circles(definition)
    yield from _dues_in_circles(definition)
    yield from _never_dated(definition)


def _gates_of(milestone: Milestone) -> Iterator[Gate]:
    """Yield the gates of a milestone, and those that come before its answers."""
    for arm in milestone.arms:
        if arm.gate is not None:
            yield arm.gate
    for request in milestone.requests.values():
        if request.after is not None:
            yield request.after


def _required(definition: Definition) -> dict[Gate, str]:
    """Return what gates cannot do without, each with the milestone of the first."""
    found: dict[Gate, str] = {}
    for milestone in definition.milestones.values():
        for gate in _gates_of(milestone):
            for inner in required_in(gate):
                found.setdefault(inner, milestone.id)
    return found


# --- 8: somebody may ---------------------------------------------------------------------------

_Able = Callable[[Role], bool]


def held_roles(definition: Definition) -> frozenset[str]:
    """Return the roles of which somebody can hold a seat.

    The starter has seats, and who may give seats can give any, also one that may give seats.
    """
    roles = definition.roles
    if any(Permission.MEMBER in roles[name].may for name in definition.starter):
        return frozenset(name for name, role in roles.items() if _has_places(definition, role))
    return frozenset(definition.starter)


def _has_places(definition: Definition, role: Role) -> bool:
    match role.per:
        case Per.PARTY:
            return bool(definition.everybody.parties)
        case Per.GROUP:
            return bool(definition.groups)
        case None:
            return True


class _Holders:
    """Who can do what, and which roles are lacking because nobody can hold them."""

    def __init__(self, definition: Definition) -> None:
        self._roles = definition.roles
        self._held = held_roles(definition)
        self.lacking: dict[str, Permission] = {}

    def can(self, able: _Able, permission: Permission, *, needed: bool) -> bool:
        """Return whether somebody can do something; note whose absence keeps it from happening."""
        those = [name for name, role in self._roles.items() if able(role)]
        found = not self._held.isdisjoint(those)
        if not found and needed:
            for name in those:
                self.lacking.setdefault(name, permission)
        return found

    def knows(self, able: _Able) -> bool:
        """Return whether a role may do something, held or not."""
        return any(able(role) for role in self._roles.values())

    def unheld(self) -> Iterator[str]:
        """Yield the roles that nobody can hold."""
        yield from (name for name in self._roles if name not in self._held)


def _somebody_may(definition: Definition) -> Iterator[Finding]:
    holders = _Holders(definition)
    required = _required(definition)
    found = [
        *_moves(definition, holders),
        *_records(definition, holders, required),
        *_reports(definition, holders, required),
        *_parts(holders, required),
    ]
    for role in holders.unheld():
        values: dict[str, Value] = {"role": role}
        grave = role in holders.lacking
        if grave:
            values["permission"] = holders.lacking[role].value
        severity = Severity.ERROR if grave else Severity.WARNING
        yield Finding("8", "nobody-holds", severity, "", values)
    yield from found


def _moves(definition: Definition, holders: _Holders) -> Iterator[Finding]:
    """Yield the moves that no role may make."""
    for milestone in definition.milestones.values():
        for arm in milestone.arms:
            able = _with(arm.permission)
            if not holders.can(able, arm.permission, needed=True) and not holders.knows(able):
                values = {"trigger": arm.trigger, "state": arm.source}
                values["permission"] = arm.permission.value
                yield Finding("8", "nobody-moves", Severity.ERROR, milestone.id, values)


def _with(*permissions: Permission) -> _Able:
    return lambda role: not role.may.isdisjoint(permissions)


def _records(
    definition: Definition, holders: _Holders, required: Collection[Gate]
) -> Iterator[Finding]:
    """Yield the requests of which nobody can record what some bodies decide."""
    for milestone in definition.milestones.values():
        for request in milestone.requests.values():
            unable = [
                body
                for body in request.bodies
                if not holders.can(_recording(definition, body), Permission.RECORD, needed=False)
            ]
            if not unable:
                continue
            grave = any(
                isinstance(gate, Decisions)
                and (gate.milestone, gate.request) == (milestone.id, request.id)
                and _too_few(definition, request, gate, unable)
                for gate in required
            )
            known = [holders.knows(_recording(definition, body)) for body in unable]
            if grave and any(known):
                for body in unable:
                    holders.can(_recording(definition, body), Permission.RECORD, needed=True)
            if all(known):
                continue  # said of the roles that nobody can hold
            values: dict[str, Value] = {"request": request.id, "body": tuple(unable)}
            severity = Severity.ERROR if grave else Severity.WARNING
            yield Finding("8", "nobody-records", severity, milestone.id, values)


def _recording(definition: Definition, body: str) -> _Able:
    """Return what a role has to be to record for a body: a seat at another place does not do."""
    places = (None, Per.PARTY) if definition.party_of(body) else (None,)

    def able(role: Role) -> bool:
        own = Permission.RECORD in role.may and role.per in places
        return own or Permission.RECORD_ON_BEHALF in role.may

    return able


def _too_few(
    definition: Definition, request: Request, gate: Decisions, unable: Collection[str]
) -> bool:
    """Return whether a gate cannot hold without the answers of some bodies."""
    if gate.body:
        return gate.body in unable
    if gate.own:
        return True
    weighted = gate.rule.weighted
    weights = {body: definition.weight_of(body) if weighted else 1 for body in request.bodies}
    able = sum(weight for body, weight in weights.items() if body not in unable)
    return able < gate.rule.needed(1 if gate.rule.cast else sum(weights.values()))


def _reports(
    definition: Definition, holders: _Holders, required: Mapping[Gate, str]
) -> Iterator[Finding]:
    """Yield the tasks that nobody can report."""
    for ref, task in definition.tasks.items():
        grave = any(_needs(definition, gate, task) for gate in required)
        unable = [
            subject
            for subject in task.subjects
            if not holders.can(_reporting(definition, task, subject), Permission.TASK, needed=grave)
        ]
        if unable and not all(
            holders.knows(_reporting(definition, task, subject)) for subject in unable
        ):
            severity = Severity.ERROR if grave else Severity.WARNING
            values: dict[str, Value] = {"task": ref.task, "subjects": tuple(filter(None, unable))}
            yield Finding("8", "nobody-reports", severity, ref.milestone, values)


def _needs(definition: Definition, gate: Gate, task: Task) -> bool:
    """Return whether a gate never holds without a task, each time that it is there."""
    if not isinstance(gate, TasksDone) or task.ref not in gate.tasks:
        return False
    asked = sum(len(definition.tasks[ref].subjects) for ref in gate.tasks)
    return gate.own or gate.rule.needed(asked) > asked - len(task.subjects)


def _reporting(definition: Definition, task: Task, subject: str) -> _Able:
    """Return what a role has to be to report a task of one subject."""
    places: tuple[Per | None, ...] = (None, Per.PARTY, Per.GROUP)
    if subject:
        places = (None, Per.PARTY if subject in definition.everybody.parties else Per.GROUP)

    def able(role: Role) -> bool:
        own = role.id in task.owners and Permission.TASK in role.may and role.per in places
        return own or Permission.RECORD_ON_BEHALF in role.may

    return able


def _parts(holders: _Holders, required: Mapping[Gate, str]) -> Iterator[Finding]:
    """Yield the deliverables that gates need and of which nobody can report a part."""
    able = _with(Permission.DELIVERABLE, Permission.RECORD_ON_BEHALF)
    told: set[str] = set()
    for gate, milestone in required.items():
        if not isinstance(gate, PartsAt) or gate.deliverable in told:
            continue
        told.add(gate.deliverable)
        if not holders.can(able, Permission.DELIVERABLE, needed=True) and not holders.knows(able):
            values = {"deliverable": gate.deliverable}
            yield Finding("8", "nobody-delivers", Severity.ERROR, milestone, values)


# --- 8b: tasks that arise too late -------------------------------------------------------------


def _too_late(definition: Definition) -> Iterator[Finding]:
    """Yield the tasks that arise when their milestone has left every state that admits them."""
    for ref, task in definition.tasks.items():
        arises = task.arises
        if arises is None or not task.admitted_in or arises.milestone != ref.milestone:
            continue
        milestone = definition.milestones[ref.milestone]
        match arises.kind:
            case Arising.STATE | Arising.EVERY:
                begins: tuple[str, ...] = (arises.name,)
            case Arising.DECISION:
                begins = milestone.requests[arises.name].admitted_in
            case _:
                continue
        after = {state for each in begins for state in milestone.reached_from(each)}
        if after.isdisjoint(task.admitted_in):
            values: dict[str, Value] = {
                "task": ref.task,
                "arises": begins,
                "states": task.admitted_in,
            }
            yield Finding("8b", "arises-too-late", Severity.ERROR, ref.milestone, values)


# --- 8d: deadlines and reminders ---------------------------------------------------------------


def _without_deadline(definition: Definition) -> Iterator[Finding]:
    """Yield the states in which answers are awaited, and nothing says until when.

    That there is no deadline can be said too; only the document tells the one from the other.
    """
    document: dict[str, Any] = json.loads(definition.document) if definition.document else {}
    for name, written in document.get("milestones", {}).items():
        milestone = definition.milestones.get(name)
        if milestone is None:
            continue
        for state in milestone.states:
            asked = [each for each in milestone.requests.values() if state in each.admitted_in]
            if not asked or any(_says_when(written, each) for each in asked):
                continue
            tasks = [task for task in definition.tasks_of(name) if state in task.admitted_in]
            after = milestone.reached_from(state) - {state}
            if after.isdisjoint(milestone.dues) and not any(task.due for task in tasks):
                values = {"state": state}
                yield Finding("8d", "no-deadline", Severity.INFORMATION, name, values)


def _says_when(written: Mapping[str, Any], request: Request) -> bool:
    said = written.get("requests", {}).get(request.id, {})
    return request.due is not None or said.get("due") is not None


_MOST_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}
"""How many days a unit of a term has at most."""


def _rungs_before(definition: Definition) -> Iterator[Finding]:
    """Yield the dues with a reminder that would come before their term begins."""
    for ref, due in definition.dues.items():
        if due.ladder is None or not all(each.is_counted for each in due.bounds):
            continue
        rungs = [each for each in read_ladder(definition.ladders[due.ladder]) if each.days > 0]
        early = [rung for rung in rungs if all(_is_before(rung, each) for each in due.bounds)]
        if early:
            first = max(early, key=lambda rung: rung.days)
            where = ref.partition("/")[0] if "/" in ref else ref.partition(".")[0]
            milestone = where if where in definition.milestones else ""
            values = {"due": ref, "rung": first.name}
            what = ("8d", "rung-before-the-term", Severity.INFORMATION)
            yield Finding(*what, milestone, values)


def _is_before(rung: Rung, due: Due) -> bool:
    """Return whether a reminder comes before a term, however many days it turns out to have."""
    length = due.distance
    if not isinstance(length, Length):
        return False
    if length.unit is Unit.WORKING_DAYS:
        return rung.working and rung.days > length.number
    most = length.number * _MOST_DAYS[length.unit] + (LONGEST_REST if due.statutory else 0)
    return rung.days > most


# --- 8e: what waits for what never comes -------------------------------------------------------


def _tasks_of_others(definition: Definition) -> Iterator[Finding]:
    """Yield the requests that wait for tasks of the own party, which some parties do not have.

    A gate on no task holds at once if it asks for all of them, and never if it asks for a number.
    """
    for milestone in definition.milestones.values():
        for request in milestone.requests.values():
            needed = set(required_in(request.after))
            for gate in gates_in(request.after):
                if not isinstance(gate, TasksDone) or not gate.own:
                    continue
                tasks = [definition.tasks[ref] for ref in gate.tasks]
                without = [
                    body
                    for body in request.bodies
                    if not any(_is_own(definition, task, body) for task in tasks)
                ]
                if without:
                    never = gate in needed and gate.rule.needed(0) > 0
                    severity = Severity.ERROR if never else Severity.WARNING
                    values: dict[str, Value] = {
                        "request": request.id,
                        "tasks": tuple(map(str, gate.tasks)),
                        "bodies": tuple(without),
                    }
                    yield Finding("8e", "own-task-of-others", severity, milestone.id, values)


def _is_own(definition: Definition, task: Task, body: str) -> bool:
    """Return whether a party has a task, or it is not one of each party."""
    parties = definition.everybody.parties
    return definition.party_of(body) in task.subjects or parties.keys().isdisjoint(task.subjects)


def _options_in_circles(definition: Definition) -> Iterator[Finding]:
    """Yield the requests whose options are named by decisions that need theirs."""
    within: dict[str, list[str]] = {}
    for milestone in definition.milestones.values():
        for request in milestone.requests.values():
            if request.options is not None and request.options.within is not None:
                within[f"{milestone.id}/{request.id}"] = ["/".join(request.options.within)]
    for circle in _circles(within):
        values: dict[str, Value] = {"requests": circle}
        where = circle[0].partition("/")[0]
        yield Finding("8e", "options-in-a-circle", Severity.ERROR, where, values)


def _dues_in_circles(definition: Definition) -> Iterator[Finding]:
    """Yield the dues that count from each other, of a definition from before that was a fault."""
    for relation in Relation:
        anchors = {
            ref: [each.anchor for each in due.bounds if each.anchor and _is(each, relation)]
            for ref, due in definition.dues.items()
        }
        for circle in _circles(anchors):
            values: dict[str, Value] = {"dues": circle}
            yield Finding("8e", "dues-in-a-circle", Severity.WARNING, "", values)


def _is(due: Due, relation: Relation) -> bool:
    """Return whether a due counts from its anchor: after it has happened, or before it is due."""
    return due.is_counted if relation is Relation.AFTER else due.relation is relation


def _circles(after: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle once, from what is written first in it."""
    told: set[str] = set()
    for first in after:
        ways: list[tuple[str, ...]] = [(first,)]
        seen: set[str] = set()
        while ways and first not in told:
            way = ways.pop(0)
            for each in after.get(way[-1], ()):
                if each == first:
                    told.update(way)
                    yield way
                    break
                if each not in seen:
                    seen.add(each)
                    ways.append((*way, each))


def _never_dated(definition: Definition) -> Iterator[Finding]:
    """Yield the gates on the end of a term that gets no date unless somebody gives it one."""
    replanned = any(
        Permission.REPLAN in definition.roles[name].may for name in held_roles(definition)
    )
    for gate, milestone in _required(definition).items():
        if not isinstance(gate, DuePast):
            continue
        due = definition.dues.get(gate.due)
        if due is None or _gets_a_date(definition, due, ()):
            continue
        values = {"due": gate.due}
        if replanned:
            yield Finding("8e", "replanning-needed", Severity.WARNING, milestone, values)
        else:
            yield Finding("8e", "past-never-dated", Severity.ERROR, milestone, values)


def _gets_a_date(definition: Definition, due: Due, way: tuple[str, ...]) -> bool:
    """Return whether a due has a date, or gets one when something happens."""
    if due.ref in way:
        return False
    return any(_is_dated(definition, bound, (*way, due.ref)) for bound in due.bounds)


def _is_dated(definition: Definition, bound: Due, way: tuple[str, ...]) -> bool:
    if bound.yearly is not None or bound.is_counted or bound.date.deadline is not None:
        return True
    anchor = definition.dues.get(bound.anchor or "")
    return anchor is not None and _gets_a_date(definition, anchor, way)
