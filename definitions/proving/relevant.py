"""What the gates of a definition see: all else can be left out of a proof."""

from collections.abc import Collection, Iterator

from definitions.language.values import dataclass
from definitions.model import (
    Arising,
    DateReached,
    Decisions,
    Definition,
    Due,
    DuePast,
    Gate,
    PartsAt,
    Request,
    TaskRef,
    TasksDone,
    TextsDiffer,
    gates_in,
)

RequestRef = tuple[str, str]
"""A request, by its milestone and its id."""


@dataclass(frozen=True, slots=True)
class Relevant:
    """What can make a difference to a move.

    Attributes:
        gates: every gate, those that have to hold before a body decides included.
        requests: the requests whose answers are looked at, in the order of the definition.
        tasks: the tasks that are.
        dues: the dues whose passing is, by their references.
        dates: the days whose coming is, as ISO dates.
        parts: what parts are looked at, as one gate does.
        states: the states of which it matters whether they were ever entered.
    """

    gates: tuple[Gate, ...]
    requests: tuple[RequestRef, ...]
    tasks: tuple[TaskRef, ...]
    dues: tuple[str, ...]
    dates: tuple[str, ...]
    parts: tuple[PartsAt, ...]
    states: frozenset[tuple[str, str]]


def relevant_in(definition: Definition, milestones: Collection[str]) -> Relevant:
    """Return what the moves of some milestones depend on, directly and through each other."""
    gates = [
        gate
        for each in milestones
        for arm in definition.milestones[each].arms
        for gate in gates_in(arm.gate)
    ]
    requests: dict[RequestRef, None] = {}
    tasks: dict[TaskRef, None] = {}
    dues: dict[str, None] = {}
    at = 0
    while at < len(gates):
        gate = gates[at]
        at += 1
        for request in _requests_of(gate):
            gates += _with_request(definition, request, requests)
        if isinstance(gate, TasksDone):
            for ref in gate.tasks:
                gates += _with_task(definition, ref, tasks, requests)
        if isinstance(gate, DuePast):
            gates += _with_due(definition, gate.due, dues, tasks, requests)
    dues |= {
        due.ref: None
        for gate in gates
        if isinstance(gate, Decisions) and gate.rule.cast
        if (due := definition.milestones[gate.milestone].requests[gate.request].due) is not None
    }
    return Relevant(
        tuple(gates),
        tuple(each for each in _every_request(definition) if each in requests),
        tuple(each for each in definition.tasks if each in tasks),
        tuple(dues),
        tuple(
            sorted(
                {d.date.day.isoformat() for d in gates if isinstance(d, DateReached) and d.date.day}
            )
        ),
        tuple(dict.fromkeys(gate for gate in gates if isinstance(gate, PartsAt))),
        frozenset(_states(definition, tasks, dues)),
    )


def request_of(definition: Definition, ref: RequestRef) -> Request:
    """Return a request."""
    return definition.milestones[ref[0]].requests[ref[1]]


def bounds_of(due: Due) -> Iterator[Due]:
    """Yield the dues of which one is the earliest, by themselves."""
    for each in due.bounds:
        yield from (each,) if each.bounds == (each,) else bounds_of(each)


def _every_request(definition: Definition) -> Iterator[RequestRef]:
    for milestone in definition.milestones.values():
        for request in milestone.requests:
            yield milestone.id, request


def _requests_of(gate: Gate) -> Iterator[RequestRef]:
    if isinstance(gate, Decisions | TextsDiffer):
        yield gate.milestone, gate.request


def _with_request(
    definition: Definition, ref: RequestRef, requests: dict[RequestRef, None]
) -> list[Gate]:
    """Add a request, and that to whose text it is bound; return the gates that come before it."""
    if ref in requests:
        return []
    requests[ref] = None
    request = request_of(definition, ref)
    found = list(gates_in(request.after))
    if request.same_text_as is not None:
        found += _with_request(definition, request.same_text_as, requests)
    return found


def _with_task(
    definition: Definition,
    ref: TaskRef,
    tasks: dict[TaskRef, None],
    requests: dict[RequestRef, None],
) -> list[Gate]:
    """Add a task, and the request whose answers make it arise."""
    if ref in tasks:
        return []
    tasks[ref] = None
    arises = definition.tasks[ref].arises
    if arises is None or arises.kind is not Arising.DECISION:
        return []
    return _with_request(definition, (arises.milestone, arises.name), requests)


def _with_due(
    definition: Definition,
    ref: str,
    dues: dict[str, None],
    tasks: dict[TaskRef, None],
    requests: dict[RequestRef, None],
) -> list[Gate]:
    """Add a due, and the task from which it counts."""
    if ref in dues:
        return []
    dues[ref] = None
    found: list[Gate] = []
    for each in bounds_of(definition.dues[ref]):
        task = _task_named(definition, each.anchor)
        if task is not None:
            found += _with_task(definition, task, tasks, requests)
    return found


def _task_named(definition: Definition, anchor: str | None) -> TaskRef | None:
    return next((ref for ref in definition.tasks if str(ref) == anchor), None)


def _states(
    definition: Definition, tasks: dict[TaskRef, None], dues: dict[str, None]
) -> Iterator[tuple[str, str]]:
    """Yield the states of which it matters whether they were entered before."""
    for ref in tasks:
        arises = definition.tasks[ref].arises
        if (
            arises is not None
            and arises.kind in (Arising.STATE, Arising.EVERY)
            and arises.milestone
        ):
            yield arises.milestone, arises.name
    for due in dues:
        for each in bounds_of(definition.dues[due]):
            milestone, dot, state = (each.anchor or "").partition(".")
            if dot and milestone in definition.milestones:
                yield milestone, state
