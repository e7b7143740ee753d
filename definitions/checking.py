"""First faults: what makes a definition that reads well unable to work.

A definition with any of these cannot be started.
"""

from collections.abc import Iterable, Iterator

from definitions.due_checks import check_dues, check_known
from definitions.faults import Faults, Path
from definitions.gate_wording import counts_text, effects_text
from definitions.language.text import text
from definitions.model import (
    DateReached,
    Decisions,
    Definition,
    DuePast,
    Effect,
    Gate,
    Milestone,
    Per,
    Permission,
    Request,
    Rule,
    Slot,
    TasksDone,
    TextsDiffer,
    gates_in,
)


def check(definition: Definition, faults: Faults, *, may_wait: bool = True) -> None:
    """Note every fault of a compiled definition.

    Args:
        definition: compiled without faults.
        faults: where they are noted.
        may_wait: whether a request may be put to nobody until a party that it names joins.
    """
    waiting = frozenset(_waiting(definition)) if may_wait else frozenset()
    check_known(definition.begins.opening_day, ("begins",), faults)
    check_dues(definition, faults)
    _check_goal(definition, faults)
    _check_roles(definition, faults)
    _check_permissions(definition, faults)
    for milestone in definition.milestones.values():
        _check_asked(milestone, waiting, faults)
        _check_gates(definition, milestone, waiting, faults)


_Requests = frozenset[tuple[str, str]]
"""Requests, each by its milestone and its id."""


def _waiting(definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield the requests that are put to nobody until a party that may join has joined."""
    absent = definition.may_join.keys() - definition.joined
    every = definition.everybody
    for milestone in definition.milestones.values() if absent else ():
        for request in milestone.requests.values():
            named = every.milestones[milestone.id].requests[request.id].bodies
            if not request.bodies and any(every.bodies[each] in absent for each in named):
                yield milestone.id, request.id


# --- dates -------------------------------------------------------------------------------------


def _check_goal(definition: Definition, faults: Faults) -> None:
    """Note a fault where the goal lies before the beginning, or is of a state that is none."""
    goal, begins = definition.goal, definition.begins.opening_day
    if goal is None:
        return
    if goal.of is not None:
        _check_state_of_goal(definition.milestones[goal.of[0]], goal.of[1], faults)
    if goal.date.day is None or begins is None:
        return
    if goal.date.day < begins:
        faults.add(
            ("goal", "date"),
            text(
                "The goal ({goal}) lies before the beginning ({begins}).",
                goal=goal.date,
                begins=definition.begins,
            ),
            text("Give it a date on or after the beginning."),
        )


def _check_state_of_goal(milestone: Milestone, state: str, faults: Faults) -> None:
    """Note a fault where a goal would be reached by giving up, or from the start."""
    named = {"milestone": milestone.id, "state": state}
    advice = text("Reached is what is named under “good”: {states}.", states=milestone.good)
    if state in milestone.bad:
        said = text("With “{state}”, “{milestone}” is given up: no goal is reached by it.", **named)
        faults.add(("goal", "of"), said, advice)
    elif state == milestone.initial:
        said = text("“{milestone}” begins in “{state}”: it is never entered.", **named)
        faults.add(("goal", "of"), said, advice)


# --- roles and permissions ---------------------------------------------------------------------


def _check_roles(definition: Definition, faults: Faults) -> None:
    for role in definition.roles.values():
        if role.per is Per.GROUP and not definition.groups:
            faults.add(
                ("roles", role.id, "per"),
                text("Nobody can hold the role “{role}”: there are no groups.", role=role.id),
                text("Add “groups”, or leave out “per: group”."),
            )
    for index, name in enumerate(definition.starter):
        if definition.roles[name].per is not None:
            faults.add(
                ("starter", index),
                text(
                    "“{role}” has a seat at each place; a starter takes seats that are one.",
                    role=name,
                ),
            )


def _check_permissions(definition: Definition, faults: Faults) -> None:
    granted = {permission for role in definition.roles.values() for permission in role.may}
    for permission, why in sorted(_permissions_needed(definition).items()):
        if not granted & {permission, *_INSTEAD.get(permission, ())}:
            faults.add(
                ("roles",),
                text(
                    "No role may “{permission}”, and {why} needs it.",
                    permission=permission,
                    why=why,
                ),
            )
    if Permission.RECORD_ON_BEHALF not in granted:
        _check_owners(definition, faults)


_INSTEAD = {
    Permission.RECORD: (Permission.RECORD_ON_BEHALF,),
    Permission.DELIVERABLE: (Permission.RECORD_ON_BEHALF,),
}
"""What else lets somebody do it."""


def _permissions_needed(definition: Definition) -> dict[Permission, str]:
    """Return the permissions without which the process cannot go on, and what needs each."""
    needed: dict[Permission, str] = {}
    for milestone in definition.milestones.values():
        for arm in milestone.arms:
            needed.setdefault(arm.permission, f"{milestone.id} {arm.trigger}")
        for request in milestone.requests:
            needed.setdefault(Permission.RECORD, f"{milestone.id}/{request}")
    for deliverable in definition.deliverables:
        needed.setdefault(Permission.DELIVERABLE, deliverable)
    return needed


def _check_owners(definition: Definition, faults: Faults) -> None:
    for task in definition.tasks.values():
        for owner in task.owners:
            role = definition.roles.get(owner)
            if role is not None and Permission.TASK not in role.may:
                faults.add(
                    ("roles", owner, "may"),
                    text(
                        "“{role}” owns the task “{task}” and may not report it.",
                        role=owner,
                        task=task.ref.task,
                    ),
                    text("Add “task” to what it may."),
                )


# --- requests ----------------------------------------------------------------------------------


def _check_asked(milestone: Milestone, waiting: _Requests, faults: Faults) -> None:
    """Note a fault where a request is put to nobody, and waits for nobody who may join."""
    for request in milestone.requests.values():
        if not request.bodies and (milestone.id, request.id) not in waiting:
            path: Path = ("milestones", milestone.id, "requests", request.id, "of")
            said = text("“{request}” is put to no party that takes part.", request=request.id)
            faults.add(path, said)


# --- gates -------------------------------------------------------------------------------------


def _check_gates(
    definition: Definition, milestone: Milestone, waiting: _Requests, faults: Faults
) -> None:
    for path, gate, asked in _gates_of(milestone):
        for inner in gates_in(gate):
            match inner:
                case Decisions() | TextsDiffer() if (inner.milestone, inner.request) in waiting:
                    pass  # it holds only once somebody has joined
                case Decisions():
                    _check_decisions(definition, inner, asked, path, faults)
                case TextsDiffer():
                    _check_texts(definition, inner, path, faults)
                case TasksDone():
                    _check_tasks(definition, inner, asked, path, faults)
                case DuePast(ref):
                    faults.known(ref, definition.dues, path, text("due"))
                case DateReached(date) if date.day is None:
                    faults.add(path, text("This gate can never hold: its date is not known."))
                case _:
                    pass


def _gates_of(milestone: Milestone) -> Iterator[tuple[Path, Gate | None, tuple[str, ...]]]:
    """Yield every gate, where it is written, and the bodies of which it is asked one by one."""
    for arm in milestone.arms:
        if isinstance(arm.gate, Slot):
            yield ("milestones", milestone.id, "gates", arm.gate.name), arm.gate, ()
        else:
            path: Path = ("structures", milestone.structure, "transitions", arm.trigger, "gate")
            yield path, arm.gate, ()
    for name, request in milestone.requests.items():
        path = ("milestones", milestone.id, "requests", name, "after")
        yield path, request.after, request.bodies


def _check_decisions(
    definition: Definition, gate: Decisions, asked: tuple[str, ...], path: Path, faults: Faults
) -> None:
    request = definition.milestones[gate.milestone].requests[gate.request]
    if gate.rule.cast and not _counts_votes(gate):
        faults.add(
            path,
            text(
                "Votes cast are those for and those against: a share of them counts the one or "
                "the other, not {counts}.",
                counts=counts_text(gate),
            ),
            text("Write “counts: for” or “counts: against”, or leave out “of: cast”."),
        )
        return
    if gate.rule.weighted and _lack_weights(definition, request, path, faults):
        return
    if not gate.own:
        if gate.body and gate.body not in request.bodies:
            _check_there(definition, gate.body, path, faults)
            return
        asked = (gate.body,) if gate.body else request.bodies
        _check_outcomes(definition, request, [asked], gate, path, faults)
        return
    own = {
        party: tuple(body for body in request.bodies if definition.party_of(body) == party)
        for party in _parties_of(definition, asked)
    }
    without = [party for party, bodies in own.items() if not bodies]
    if without:
        faults.add(
            path,
            text(
                "This asks for the own decision of {parties}, and “{request}” is put to no body "
                "of theirs.",
                parties=without,
                request=request.id,
            ),
        )
    _check_outcomes(definition, request, filter(None, own.values()), gate, path, faults)


def _check_texts(definition: Definition, gate: TextsDiffer, path: Path, faults: Faults) -> None:
    """Note a fault where there can be no two texts."""
    request = definition.milestones[gate.milestone].requests[gate.request]
    able = [body for body in request.bodies if _can(definition, request, body, gate.counts)]
    needed = 2 if request.same_text_as is None else 1
    if len(able) < needed:
        faults.add(
            path,
            text(
                "This gate can never hold: two texts only differ where two bodies can decide "
                "{counts}, and of “{request}” {able} can.",
                counts=effects_text(gate.counts),
                request=gate.request,
                able=able or text("nobody"),
            ),
        )


def _counts_votes(gate: Decisions) -> bool:
    """Return whether a gate counts some of the votes cast, and not all of them."""
    votes = {Effect.FOR, Effect.AGAINST}
    return gate.counts <= votes if gate.outcomes else gate.counts < votes and bool(gate.counts)


def _check_there(definition: Definition, body: str, path: Path, faults: Faults) -> None:
    """Note a fault where a gate asks for a body that is not there, and cannot come any more."""
    party = definition.everybody.bodies.get(body)  # None of one that has left
    if party not in definition.may_join or party in definition.joined:
        faults.add(path, text("This gate can never hold: {body} takes no part.", body=body))


def _lack_weights(definition: Definition, request: Request, path: Path, faults: Faults) -> bool:
    """Return whether not every party that is asked has a weight, and note that as a fault."""
    parties = (definition.parties.get(party) for party in _parties_of(definition, request.bodies))
    without = [party.id for party in parties if party is not None and party.weight is None]
    if without:
        faults.add(
            path,
            text("A share by weight is asked, and {parties} have no weight.", parties=without),
            text("Give each party its “weight”; nobody’s is guessed."),
        )
    return bool(without)


def _check_tasks(
    definition: Definition, gate: TasksDone, asked: tuple[str, ...], path: Path, faults: Faults
) -> None:
    tasks = [definition.tasks[ref] for ref in gate.tasks]
    if gate.rule.cast or gate.rule.weighted:
        faults.add(
            path,
            text(
                "Tasks are counted one by one: they have no weight, and no votes are cast on them."
            ),
            text("Write “share” or “more_than” in their rule, without “of: cast”."),
        )
    for task in tasks:
        if task.repeats:
            said = text("“{task}” comes back for ever: no gate can wait for it.", task=task.ref)
            faults.add(path, said)
    for party in _parties_of(definition, asked) if gate.own else ("",):
        there = sum(1 if party in task.subjects else len(task.subjects) for task in tasks)
        _check_number(gate.rule, there, path, faults)


def _parties_of(definition: Definition, bodies: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(definition.party_of(body) for body in bodies))


def _check_outcomes(
    definition: Definition,
    request: Request,
    groups: Iterable[tuple[str, ...]],
    gate: Decisions,
    path: Path,
    faults: Faults,
) -> None:
    """Note a fault where too few of a group of bodies can decide in a way that counts."""
    unable: list[str] = []
    for asked in groups:
        cannot = [body for body in asked if not _can_count(definition, request, body, gate)]
        together = _weight(definition, asked, gate.rule)
        possible = _check_number(gate.rule, together, path, faults)
        able = together - _weight(definition, cannot, gate.rule)
        # Of the votes cast, those who cast none take nothing away.
        if possible and able < gate.rule.needed(1 if gate.rule.cast else together):
            unable += cannot
    if unable:
        faults.add(
            path,
            text(
                "This gate can never hold: it counts decisions {counts}, and the instrument of "
                "{unable} has no such outcome.",
                counts=counts_text(gate),
                unable=unable,
            ),
            text("Count other decisions too (“counts”), or ask them with another instrument."),
        )


def _weight(definition: Definition, bodies: Iterable[str], rule: Rule) -> int:
    return sum(definition.weight_of(body) if rule.weighted else 1 for body in bodies)


def _can(definition: Definition, request: Request, body: str, counts: Iterable[Effect]) -> bool:
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    return any(outcome.effect in counts for outcome in outcomes)


def _can_count(definition: Definition, request: Request, body: str, gate: Decisions) -> bool:
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    return any(gate.includes(outcome.id, outcome.effect) for outcome in outcomes)


def _check_number(rule: Rule, asked: int, path: Path, faults: Faults) -> bool:
    needed = rule.needed(asked)
    if needed > asked:
        faults.add(
            path,
            text(
                "This gate can never hold: it takes {needed}, and there are {asked}.",
                needed=needed,
                asked=asked,
            ),
        )
    return needed <= asked
