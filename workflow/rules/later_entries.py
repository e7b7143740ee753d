"""Entries that are needed by a day but dated later: one of the dates may be wrong.

An evaluation as of an earlier day does not see later entries. The user knows that the fact is on
record, so the refusal has to name its entry.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from definitions.calendar.dates import parse_date
from definitions.language.actions import Action, action
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import (
    Arising,
    Decisions,
    Gate,
    InState,
    PartsAt,
    Task,
    TasksDone,
    TextsDiffer,
)
from workflow.model.state import DecisionState, State, Step
from workflow.rules.gates import closed_in, evaluate, is_asked, part_name
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import Instance, instances_of, task_round


@dataclass(frozen=True, slots=True)
class LaterEntry:
    """An entry that is dated later than the day by which it is needed.

    Attributes:
        name: its name in the list that a finding waits for.
        day: the day by which it is needed.
        sentence: the content and date of the entry.
        seq: the number of the entry; None if the tables no longer know it.
        on: the date it should have instead, as written; None for the day itself.
    """

    name: str
    day: date
    sentence: Text
    seq: int | None
    on: str | None = None


def later_than(
    gate: Gate | None, then: Snapshot, now: State, party: str | None = None
) -> tuple[LaterEntry, ...]:
    """Return the later entries that a closed gate waits for on a day.

    Args:
        then: the process on that day.
        party: the party whose own decisions and tasks it looks at, if it is asked for one party.
        now: the process with everything on record.
    """
    if then.state is now:
        return ()
    closed = closed_in(gate, then, party)
    return distinct(each for inner in closed for each in _of_gate(inner, then, now, party))


def _of_gate(gate: Gate, then: Snapshot, now: State, party: str | None) -> Iterator[LaterEntry]:
    match gate:
        case Decisions():
            waiting = evaluate(gate, then, party).waiting_for
            yield from _decisions(gate.milestone, gate.request, waiting, then, now)
        case TextsDiffer():
            request = then.definition.milestones[gate.milestone].requests[gate.request]
            yield from _decisions(gate.milestone, gate.request, request.bodies, then, now)
        case TasksDone(refs):
            for ref in refs:
                task = then.definition.tasks[ref]
                own = party if gate.own and party in task.subjects else None
                asked = (each for each in instances_of(then, task) if is_asked(each, gate))
                mine = [each for each in asked if own in (None, each.subject)]
                yield from _reports(task, mine, then, now)
        case PartsAt():
            yield from _parts(gate, then, now)
        case InState(milestone, states):
            yield from entered_later(milestone, states, then.day, now)
        case _:
            pass


def _decisions(
    milestone: str, request: str, bodies: Iterable[str], then: Snapshot, now: State
) -> Iterator[LaterEntry]:
    number = then.state.round_of(milestone)
    for body in bodies:
        given = now.decisions.get((milestone, request, number, body))
        if given is not None and given.closes and given.effective_on > then.day:
            yield decided_later(body, given, then.day)


def decided_later(body: str, given: DecisionState, day: date) -> LaterEntry:
    """Return that a body decided after a day, or that what it decided counts only after it."""
    if not given.day_known:
        said = text(
            "{body} decided “{outcome}” on a day that is not known (entry {seq}): it counts from "
            "{day}.",
            body=body,
            outcome=given.outcome,
            seq=given.seq,
            day=given.effective_on,
        )
        return LaterEntry(body, day, said, None)
    said = text(
        "{body} decided “{outcome}” on {on} (entry {seq}), which is after {day}.",
        body=body,
        outcome=given.outcome,
        on=parse_date(given.effective),
        seq=given.seq,
        day=day,
    )
    return LaterEntry(body, day, said, given.seq)


def _reports(
    task: Task, instances: Iterable[Instance], then: Snapshot, now: State
) -> Iterator[LaterEntry]:
    number = task_round(then.state, task)
    for each in instances:
        key = (task.ref.milestone, task.ref.task, each.subject, each.year or number)
        report = now.tasks.get(key)
        if not each.done and report and report.done and report.effective_on > then.day:
            said = text(
                "{task} was reported “{result}” on {on} (entry {seq}), which is after {day}.",
                task=each.name,
                result=report.result,
                on=parse_date(report.effective),
                seq=report.seq,
                day=then.day,
            )
            yield LaterEntry(each.name, then.day, said, report.seq)


def _parts(gate: PartsAt, then: Snapshot, now: State) -> Iterator[LaterEntry]:
    levels = then.definition.deliverables[gate.deliverable].levels
    waiting = set(evaluate(gate, then).waiting_for)
    for (deliverable, part, subject), reached in now.parts.items():
        name = part_name(deliverable, part, subject)
        if name not in waiting or levels.index(reached.level) < levels.index(gate.level):
            continue
        if reached.effective_on > then.day:
            said = text(
                "{part} was at “{level}” on {on} (entry {seq}), which is after {day}.",
                part=name,
                level=reached.level,
                on=parse_date(reached.effective),
                seq=reached.seq,
                day=then.day,
            )
            yield LaterEntry(name, then.day, said, reached.seq)


def entered_later(
    milestone: str, states: Iterable[str], day: date, now: State
) -> Iterator[LaterEntry]:
    """Yield the states that a milestone entered after a day, as far as the tables know."""
    at = now.milestones[milestone]
    found = {at.state: (at.since, at.effective, at.seq)}
    for (of, _, _, target), move in now.moves.items():
        if of == milestone:
            found.setdefault(target, (move.effective_on, move.effective, move.seq))
    for state, since in at.entered.items():
        found.setdefault(state, (since, since.isoformat(), 0))
    for state in states:
        since, effective, seq = found.get(state, (day, "", 0))
        if since > day:
            yield _entered(milestone, state, effective, seq, day)


def _entered(milestone: str, state: str, effective: str, seq: int, day: date) -> LaterEntry:
    values = {"milestone": milestone, "state": state, "on": parse_date(effective), "day": day}
    said = (
        text(
            "“{milestone}” went to “{state}” on {on} (entry {seq}), which is after {day}.",
            **values,
            seq=seq,
        )
        if seq
        else text("“{milestone}” went to “{state}” on {on}, which is after {day}.", **values)
    )
    return LaterEntry(milestone, day, said, seq or None)


def arises_later(task: Task, subject: str, then: Snapshot, now: State) -> Iterator[LaterEntry]:
    """Yield the later entries from which a task arises.

    Args:
        then: the process on that day.
        now: the process with everything on record.
    """
    definition, day, arises = then.definition, then.day, task.arises
    if arises is None:
        return
    match arises.kind:
        case Arising.STATE | Arising.EVERY:
            if arises.milestone:
                yield from entered_later(arises.milestone, [arises.name], day, now)
        case Arising.DECISION:
            for (milestone, request, _, body), given in now.decisions.items():
                own = not subject or definition.party_of(body) in (subject, "")
                asked = (milestone, request) == (arises.milestone, arises.name)
                counts = arises.outcome in (None, given.outcome)
                if own and asked and counts and given.effective_on > day:
                    yield decided_later(body, given, day)
        case Arising.JOINING | Arising.LEAVING:
            pass  # a party is there, or gone, on the day of the entry itself
        case Arising.REPLANNED:
            for (due, seq), moved in now.dues.items():
                if moved.effective_on > day:
                    said = text(
                        "{due} was replanned on {on} (entry {seq}), which is after {day}.",
                        due=due,
                        on=parse_date(moved.effective),
                        seq=seq,
                        day=day,
                    )
                    yield LaterEntry(due, day, said, seq)


MOST = 3
"""How many dates are mended at once."""


def date_remedies(process: str, later: Iterable[LaterEntry]) -> list[Action]:
    """Return the commands that correct the dates of later entries."""
    reason = text("the date was wrong")
    found: list[Action] = [
        action(
            "correct",
            process=process,
            seq=str(each.seq),
            on=each.on or each.day.isoformat(),
            reason=reason,
        )
        for each in later
        if each.seq is not None
    ]
    return found[:MOST]


def replied_later(task: Task, party: str, then: Snapshot, now: State) -> Iterator[LaterEntry]:
    """Yield the replies to points of a party's answer that came after a day.

    Args:
        then: the process on that day.
        now: the process with everything on record.
    """
    definition, day = then.definition, then.day
    asked = (task.ref.milestone, task.replies_to)
    for (milestone, request, _, body, step, point), reply in now.follow_ups.items():
        own = (milestone, request) == asked and definition.party_of(body) == party
        if own and step is Step.REPLIED and reply.effective_on > day:
            said = text(
                "Point {point} of the answer of {body} was replied to on {on} (entry {seq}), which "
                "is after {day}.",
                point=point,
                body=body,
                on=parse_date(reply.effective),
                seq=reply.seq,
                day=day,
            )
            yield LaterEntry(f"{body} {point}", day, said, reply.seq)


def distinct(found: Iterable[LaterEntry]) -> tuple[LaterEntry, ...]:
    """Return later entries, each once."""
    return tuple({(each.name, each.seq): each for each in found}.values())
