"""What helps: whom to ring about a gate that is closed, and the commands that open or settle it.

A command is data: what is known of its fields is given, and the rest is left blank.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from definitions.language.actions import BLANK, Action, action
from definitions.model import (
    Decisions,
    Definition,
    Gate,
    InState,
    PartsAt,
    Permission,
    Task,
    TasksDone,
    TextsDiffer,
)
from workflow.model.state import Basis
from workflow.rules.arms import arm_of
from workflow.rules.deadlines import Seat, seats_at
from workflow.rules.gates import (
    Contrary,
    Finding,
    candidates_awaited,
    closed_in,
    evaluate,
    is_asked,
    without_text,
)
from workflow.rules.grounds import grounds_of
from workflow.rules.later_entries import date_remedies, later_than
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import Instance, instances_of
from workflow.rules.worklist import reporting

MOST = 3
"""How many slips are shown at once."""


# --- whom to ring ------------------------------------------------------------------------------


def owners(gate: Gate, now: Snapshot, party: str | None = None) -> Iterator[tuple[str, Seat]]:
    """Yield the tasks and parts that a closed gate waits for, with each seat that reports them."""
    definition = now.definition
    match gate:
        case TasksDone(tasks):
            for ref in tasks:
                task = definition.tasks[ref]
                open_ = (each for each in _to_do(task, gate, now, party) if each.open)
                for each in open_:
                    for role in reporting(task, definition)[0]:
                        for seat in seats_at(definition, role, each.subject):
                            yield each.name, seat
        case PartsAt():
            able = _roles_with(Permission.DELIVERABLE, definition)
            roles = able or _roles_with(Permission.RECORD_ON_BEHALF, definition)
            for name in evaluate(gate, now, party).waiting_for:
                for role in roles:
                    for seat in seats_at(definition, role, name.partition("@")[2]):
                        yield name, seat
        case _:
            pass


def _to_do(
    task: Task, gate: TasksDone, now: Snapshot, party: str | None = None
) -> Iterator[Instance]:
    """Yield the instances of a task that a gate waits for."""
    own = party if gate.own and party in task.subjects else None
    found = instances_of(now, task)
    return (
        each
        for each in found
        if not each.done and own in (None, each.subject) and is_asked(each, gate)
    )


def _roles_with(permission: Permission, definition: Definition) -> list[str]:
    return [role.id for role in definition.roles.values() if permission in role.may]


# --- what opens a gate -------------------------------------------------------------------------


def steps(
    process: str,
    milestone: str,
    gate: Gate | None,
    now: Snapshot,
    party: str | None = None,
    asked: frozenset[str] = frozenset(),
) -> list[Action]:
    """Return the commands that bring a gate of a milestone nearer, each once.

    Decisions are not among them: they are for others to make.

    Args:
        party: whose own decisions and tasks count, where a body's own is asked.
        asked: the requests whose prerequisites led to this gate: bodies may wait for each other.
    """
    closed = closed_in(gate, now, party)
    return _once(
        step for each in closed for step in _steps(process, milestone, each, now, party, asked)
    )


def _steps(
    process: str,
    milestone: str,
    gate: Gate,
    now: Snapshot,
    party: str | None,
    asked: frozenset[str],
) -> Iterator[Action]:
    match gate:
        case Decisions():
            for each in candidates_awaited(gate, now.definition):
                yield action("join", process=process, party=each, reason=BLANK)
            finding = evaluate(gate, now, party)
            yield from differing_texts(process, [finding])
            if gate.request not in asked:
                yield from _first(process, milestone, gate, finding, now, asked)
        case TextsDiffer():
            yield from _texts(process, gate, now)
        case TasksDone(tasks):
            for ref in tasks:
                task = now.definition.tasks[ref]
                yield from _tasks(process, milestone, task, _to_do(task, gate, now, party), now)
        case PartsAt():
            yield from _parts(process, gate, now)
        case InState():
            yield action("explain", process=process, milestone=gate.milestone)
        case _:
            pass


def _first(
    process: str,
    milestone: str,
    gate: Decisions,
    finding: Finding,
    now: Snapshot,
    asked: frozenset[str],
) -> Iterator[Action]:
    """Yield the remedies for the prerequisites of one of the bodies that it waits for."""
    if gate.milestone != milestone:
        yield action("explain", process=process, milestone=gate.milestone)
        return
    request = now.definition.milestones[gate.milestone].requests[gate.request]
    for body in finding.waiting_for:
        party = now.definition.party_of(body)
        first = steps(process, milestone, request.way, now, party, asked | {request.id})
        if first:
            yield from first
            return


def _tasks(
    process: str, milestone: str, task: Task, to_do: Iterable[Instance], now: Snapshot
) -> Iterator[Action]:
    """Yield the report on the first instance of a task that can be reported now."""
    of = task.ref.milestone
    at = now.state.milestones[of].state if of else ""
    if at not in (task.admitted_in or (at,)):
        if of != milestone:
            yield action("explain", process=process, milestone=of)
        return
    for each in islice((each for each in to_do if each.open), 1):
        yield _reported(process, each, now.definition)


def _reported(process: str, each: Instance, definition: Definition) -> Action:
    results = [result for result, done in each.task.results.items() if done]
    _, on_behalf = reporting(each.task, definition)
    return action(
        "task",
        process=process,
        task=str(each.task.ref),
        result=results[0] if len(results) == 1 else BLANK,
        subject=each.subject or None,
        year=str(each.year) if each.year else None,
        reference=BLANK if on_behalf else None,
    )


def _parts(
    process: str, gate: PartsAt, now: Snapshot, there: Collection[str] = ()
) -> Iterator[Action]:
    """Yield the report on the first part that is not at its level."""
    on_behalf = not _roles_with(Permission.DELIVERABLE, now.definition)
    missing = (name for name in evaluate(gate, now).waiting_for if name not in there)
    for name in islice(missing, 1):
        part, _, subject = name.partition("@")
        yield action(
            "deliverable",
            process=process,
            part=part,
            level=gate.level,
            subject=subject or None,
            reference=BLANK if on_behalf else None,
        )


def differing_texts(process: str, findings: Iterable[Finding]) -> list[Action]:
    """Return how decisions on another text than the others are corrected; not all, if many."""
    slips = (
        slip
        for finding in findings
        for leaf in finding.leaves()
        for slip in leaf.contrary
        if slip.text
    )
    return _once(_mended(process, each) for each in islice(slips, MOST))


def _texts(process: str, gate: TextsDiffer, now: Snapshot) -> list[Action]:
    """Return how the text is added to decisions of which it is not known; not all, if many."""
    return [
        action("correct", process=process, seq=str(each.seq), text=BLANK, reason=BLANK)
        for each in without_text(gate, now)[:MOST]
    ]


def _mended(process: str, slip: Contrary) -> Action:
    """Return how a decision is corrected because of which a gate does not hold."""
    what = "text" if slip.text else "outcome"
    return action("correct", process=process, seq=str(slip.seq), **{what: BLANK}, reason=BLANK)


# --- what settles a move -----------------------------------------------------------------------


def settling(process: str, milestone: str, now: Snapshot) -> list[Action]:
    """Return the remedies for the moves of a milestone that are in question.

    They correct the entries that contradict a move or are dated after it, record the missing
    evidence, attest the move with a source, or withdraw it.
    """
    found: list[Action] = []
    for key, move in now.state.unproved().items():
        if key[0] != milestone or move.basis is not Basis.IN_QUESTION:
            continue
        arm = arm_of(now.definition, *key)
        then = grounds_of(now, move, milestone)
        later = later_than(arm.gate, then, now.state)
        found += date_remedies(process, later)
        there = {each.name for each in later}
        for gate in closed_in(arm.gate, then):
            found += _proofs(process, gate, then, there)
        itself = action("correct", process=process, seq=str(move.seq))
        found.append(itself.giving(attested=True, source=BLANK, reason=BLANK))
        found.append(itself.giving(withdraw=True, reason=BLANK))
    return _once(found)


def _proofs(process: str, gate: Gate, then: Snapshot, there: Collection[str]) -> Iterator[Action]:
    """Yield the commands that would make a gate hold on the day of a move.

    Args:
        there: the later entries, which are not recorded once more.
    """
    match gate:
        case Decisions():
            finding = evaluate(gate, then)
            against = {each.body for each in finding.contrary}
            yield from (_mended(process, each) for each in finding.contrary[:MOST])
            missing = (body for body in finding.waiting_for if body not in {*against, *there})
            for body in islice(missing, 1):
                several = len(then.definition.milestones[gate.milestone].requests) > 1
                yield action(
                    "record",
                    process=process,
                    milestone=gate.milestone,
                    body=body,
                    outcome=BLANK,
                    request=gate.request if several else None,
                    on=BLANK,
                    reference=BLANK,
                )
        case TextsDiffer():
            yield from _texts(process, gate, then)
        case TasksDone(tasks):
            for ref in tasks:
                to_do = _to_do(then.definition.tasks[ref], gate, then)
                for each in islice((each for each in to_do if each.name not in there), 1):
                    yield _reported(process, each, then.definition).giving(on=BLANK)
        case PartsAt():
            yield from (each.giving(on=BLANK) for each in _parts(process, gate, then, there))
        case InState():
            yield action("explain", process=process, milestone=gate.milestone)
        case _:
            pass


def _once(commands: Iterable[Action]) -> list[Action]:
    """Return commands without those that came before: sentences cannot be looked up."""
    found: list[Action] = []
    for each in commands:
        if each not in found:
            found.append(each)
    return found
