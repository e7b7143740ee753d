"""What a reminder is about: all that its reader needs to know, from where the process stands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from definitions.checking import gates_in
from definitions.dates import parse_date
from definitions.model import (
    Arm,
    Decisions,
    Definition,
    Due,
    Gate,
    InState,
    Milestone,
    Request,
    Task,
    TaskRef,
    TasksDone,
)
from definitions.text import Text, text
from workflow.arising import instances_of
from workflow.gates import decisions_on
from workflow.hearing import Seated
from workflow.plans import Seat, ladder_of, next_rung, seats_at, secretariat
from workflow.reminders import Asked, Contact, Instead, Item, Reader, Readers, Waiting
from workflow.state import DecisionState, State, seat_name
from workflow.storage.reminders import Row
from workflow.terms import due_date, due_named
from workflow.turns import recording

Key = TypeVar("Key")
Value = TypeVar("Value")
_AllButRung = tuple[str, str, date, int, str, str, Instead | None, str | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found of a process as it stands: many reminders ask for the same.

    Attributes:
        dues: those of the definition, by their references.
        items: what a reminder is about, by all of it but its rung.
        decisions: what each body said last, by milestone and request.
        waits: what waits for a due, by its reference.
        contacts: whom to ask, by the seat of the reader and the seats it is asked of.
        rungs: when the next rung is due, by the ladder and the deadline.
    """

    dues: dict[str, Due] = field(default_factory=dict)
    items: dict[_AllButRung, Item] = field(default_factory=dict)
    decisions: dict[tuple[str, str], dict[str, DecisionState]] = field(default_factory=dict)
    waits: dict[str, tuple[Waiting, ...]] = field(default_factory=dict)
    contacts: dict[tuple[Seat, tuple[Seat, ...]], tuple[Contact, ...]] = field(default_factory=dict)
    rungs: dict[tuple[tuple[str, ...], date], datetime | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A process as it stands: what a reminder is written from.

    Attributes:
        known: what was found of it so far.
    """

    process: str
    definition: Definition
    state: State
    today: date
    readers: Readers
    known: _Known = field(default_factory=_Known, compare=False, repr=False)

    def due(self, ref: str) -> Due:
        """Return a due of the definition."""
        if not self.known.dues:
            self.known.dues.update(self.definition.dues)
        return self.known.dues[ref]

    def next_rung(self, ref: str, deadline: date, now: datetime) -> datetime | None:
        """Return when the next rung of the ladder of a due comes; None where there is none."""
        ladder = ladder_of(self.definition, self.state, str(self.due(ref).ladder))
        find = partial(next_rung, self.definition, ladder, deadline, now)
        return once(self.known.rungs, (ladder, deadline), find)

    @property
    def seated(self) -> Seated:
        """Who can be told at its seats."""
        return Seated(self.definition, self.state, self.today, self.readers)

    def holders(self, seat: Seat) -> tuple[Reader, ...]:
        """Return who holds a seat today and has an address."""
        return self.seated.holders(seat)


def once(known: dict[Key, Value], key: Key, find: Callable[[], Value]) -> Value:
    """Find something, the first time it is asked for."""
    if key not in known:
        known[key] = find()
    return known[key]


def item_of(backdrop: Backdrop, row: Row, instead: Instead | None, meant_for: str | None) -> Item:
    """Return what a reminder is about.

    Args:
        row: the reminder; its due is one of the definition.
        instead: why the reader hears it, where it was meant for another seat.
        meant_for: that seat.
    """
    which = (row.due, row.subject, row.deadline, row.version, row.role, row.place)
    find = partial(_item_of, backdrop, row, instead, meant_for)
    item = once(backdrop.known.items, (*which, instead, meant_for), find)
    return item if item.rung == row.rung else replace(item, rung=row.rung)


def _item_of(backdrop: Backdrop, row: Row, instead: Instead | None, meant_for: str | None) -> Item:
    definition, state, known = backdrop.definition, backdrop.state, backdrop.known
    ref, year = due_named(row.due)
    due = backdrop.due(ref)
    subject = _subject(backdrop, due, row)
    moves = state.moves_of(ref)
    seat = (row.role, row.place)
    # Whoever hears it instead of another, or because nothing came of it, records it for them.
    for_others = instead is Instead.EMPTY or seat not in subject.seats
    ask = subject.seats if for_others else ()
    source = ("--reference", text("SOURCE")) if for_others else ()
    before = moves[-2].date if len(moves) > 1 else due.date.written
    place = definition.party_of(row.subject) if row.subject in definition.bodies else row.subject
    return Item(
        process=backdrop.process,
        process_titles=_process_titles(definition, state),
        due=row.due,
        subject=row.subject,
        subject_name=_name_of(definition, place),
        asked=subject.asked,
        milestone=subject.milestone.id if subject.milestone else "",
        titles=subject.milestone.title if subject.milestone else definition.title,
        what=subject.what,
        body=subject.body,
        instrument=subject.instrument,
        outcomes=subject.outcomes,
        deadline=row.deadline,
        written=_written(backdrop, due, place, year, row),
        target=due.target,
        rung=row.rung,
        today=backdrop.today,
        put=subject.put,
        moved_from=before if moves else None,
        moved_because=moves[-1].reason if moves else "",
        waiting=once(known.waits, ref, lambda: tuple(_waiting(backdrop, subject.waits))),
        command=subject.command if subject.asked is Asked.REACH else (*subject.command, *source),
        ask=once(known.contacts, (seat, ask), lambda: tuple(_contacts(backdrop, seat, ask))),
        meant_for=meant_for,
        instead=instead,
        uid=str(uuid5(NAMESPACE_URL, f"mijlpaal:{backdrop.process}:{row.due}:{row.subject}")),
        sequence=row.version,
    )


def _written(backdrop: Backdrop, due: Due, place: str, year: int | None, row: Row) -> str:
    """Return the date as its source has it; one that was moved since, as a day."""
    current = due_date(backdrop.definition, backdrop.state, due, place, year)
    return current.written if current.deadline == row.deadline else row.deadline.isoformat()


def _process_titles(definition: Definition, state: State) -> Mapping[str, str]:
    amended = state.amendments.get("title")
    return {"": amended.value} if amended is not None else definition.title


def _name_of(definition: Definition, place: str) -> str:
    if place in definition.parties:
        return definition.parties[place].name
    return definition.groups.get(place, "")


# --- what is asked -----------------------------------------------------------------------------

Command = tuple[str | Text, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a due is about.

    Attributes:
        seats: who can record it for themselves.
    """

    asked: Asked
    milestone: Milestone | None
    what: str
    command: Command
    put: bool
    waits: Callable[[Gate], bool]
    seats: tuple[Seat, ...] = ()
    body: str | None = None
    instrument: str | None = None
    outcomes: tuple[str, ...] = ()


def _subject(backdrop: Backdrop, due: Due, row: Row) -> _Subject:
    name, slash, rest = due.ref.partition("/")
    milestone = backdrop.definition.milestones.get(name if slash else name.partition(".")[0])
    if milestone is not None and not slash:
        return _state(backdrop, milestone, due.ref.partition(".")[2])
    if milestone is not None and rest in milestone.requests:
        return _request(backdrop, milestone, milestone.requests[rest], row.subject)
    ref = TaskRef(name, rest) if slash else TaskRef("", name)
    return _task(backdrop, milestone, backdrop.definition.tasks[ref], row)


def _state(backdrop: Backdrop, milestone: Milestone, state: str) -> _Subject:
    arms = milestone.arms_from(backdrop.state.milestones[milestone.id].state)

    def waits(gate: Gate) -> bool:
        return isinstance(gate, InState) and gate.milestone == milestone.id and state in gate.states

    return _Subject(
        asked=Asked.REACH,
        milestone=milestone,
        what=state,
        command=("advance", backdrop.process, milestone.id),
        put=any(arm.target == state for arm in arms),
        waits=waits,
    )


def _request(backdrop: Backdrop, milestone: Milestone, request: Request, body: str) -> _Subject:
    asked = (milestone.id, request.id)
    find = partial(decisions_on, backdrop.state, milestone.id, request)
    given = once(backdrop.known.decisions, asked, find)
    decided = body in given and given[body].closes
    instrument = request.instruments[body]
    at = backdrop.state.milestones[milestone.id]

    def waits(gate: Gate) -> bool:
        return isinstance(gate, Decisions) and (gate.milestone, gate.request) == asked

    command: Command = (backdrop.process, milestone.id, body)
    several = ("--request", request.id) if len(milestone.requests) > 1 else ()
    if decided:
        command = ("sent", *command, *several, "--on", text("DATE"))
    else:
        command = ("record", *command, text("OUTCOME"), *several, "--on", text("DATE"))
    roles, on_behalf = recording(backdrop.definition, body)
    party = backdrop.definition.party_of(body)
    seats = (seat for role in roles for seat in seats_at(backdrop.definition, role.id, party))
    return _Subject(
        asked=Asked.SEND if decided else Asked.DECIDE,
        milestone=milestone,
        what=request.id,
        command=command,
        put=at.state in request.admitted_in,
        waits=waits,
        seats=() if on_behalf else tuple(seats),
        body=body,
        instrument=instrument,
        outcomes=tuple(backdrop.definition.instruments[instrument].outcomes),
    )


def _task(backdrop: Backdrop, milestone: Milestone | None, task: Task, row: Row) -> _Subject:
    at = backdrop.state.milestones[milestone.id].state if milestone else ""
    (_, year), definition = due_named(row.due), backdrop.definition
    inside = task.owner in definition.roles
    instances = instances_of(backdrop.definition, backdrop.state, task, backdrop.today)

    def waits(gate: Gate) -> bool:
        return isinstance(gate, TasksDone) and task.ref in gate.tasks

    results = tuple(task.results)
    result = results[0] if len(results) == 1 else text("RESULT")
    whom = ("--for", row.subject) if row.subject else ()
    when = ("--year", str(year)) if year else ()
    return _Subject(
        asked=Asked.TASK,
        milestone=milestone,
        what=task.ref.task,
        command=("task", backdrop.process, str(task.ref), result, *whom, *when),
        put=any(each.open for each in instances) and at in (task.admitted_in or (at,)),
        waits=waits,
        seats=seats_at(definition, task.owner, row.subject) if inside else (),
        outcomes=results,
    )


# --- what waits for it -------------------------------------------------------------------------


def _waiting(backdrop: Backdrop, waits: Callable[[Gate], bool]) -> Iterator[Waiting]:
    """Yield the transitions that wait for something; each state they lead to once."""
    found: dict[tuple[str, str], Waiting] = {}
    for milestone in backdrop.definition.milestones.values():
        if backdrop.state.milestones[milestone.id].state in milestone.final:
            continue
        for arm in milestone.arms:
            if not arm.explicit and any(waits(gate) for gate in gates_in(arm.gate)):
                found.setdefault((milestone.id, arm.target), _wait(backdrop, milestone, arm))
    yield from found.values()


def _wait(backdrop: Backdrop, milestone: Milestone, arm: Arm) -> Waiting:
    due = milestone.dues.get(arm.target)
    when = due_date(backdrop.definition, backdrop.state, due) if due else parse_date("unknown")
    return Waiting(milestone.id, milestone.title, arm.target, when.deadline)


# --- whom to ask -------------------------------------------------------------------------------


def _contacts(backdrop: Backdrop, reader: Seat, seats: tuple[Seat, ...]) -> Iterator[Contact]:
    """Yield whom to ask: whose it is; of what is the reader's own, who keeps the records.

    Args:
        reader: the seat that is not to be asked: the reader's own.
        seats: whose it is, where it is not the reader's own.
    """
    for seat in seats or secretariat(backdrop.definition):
        if seat == reader and not seats:
            continue
        holders = backdrop.holders(seat)
        name = seat_name(*seat)
        for each in holders:
            yield Contact(name, each.name, each.address)
        if not holders:
            yield Contact(name, None, None)
