"""Folding a journal into a state: a function that applies one entry, and its fold.

The same function serves commands, rebuilding, as-of views and verification. It never refuses, since
recorded events happened. It does find the basis of each gated move, from the state of its effective
date, because later facts can change that basis.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import takewhile
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from definitions.calendar.dates import parse_date
from definitions.in_force import in_force
from definitions.language.values import replace
from definitions.model import (
    AllOf,
    AnyOf,
    Arm,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    DuePast,
    Gate,
    InState,
    Not,
    PartsAt,
    Slot,
    TaskRef,
    TasksDone,
    TextsDiffer,
)
from workflow.model.events import (
    EVENT_TYPES,
    Amended,
    AnswerFollowedUp,
    AnyEntry,
    CalendarFollowed,
    Dated,
    DatedEvent,
    DecisionRecorded,
    DueMoved,
    Entry,
    EntryCorrected,
    Event,
    MilestoneMoved,
    NoteAdded,
    PartReported,
    PartyJoined,
    PartyLeft,
    ProcessStarted,
    SeatEnded,
    SeatGiven,
    TaskReported,
    event_from,
)
from workflow.model.state import (
    ARRIVED,
    FIRST_ROUND,
    PROVED,
    AmendmentState,
    Answer,
    ArrivalState,
    Basis,
    DecisionState,
    DepartureState,
    DueState,
    FollowUpState,
    InOrderOnly,
    MilestoneState,
    MoveKey,
    MoveState,
    PartState,
    SeatState,
    ShiftKey,
    ShiftState,
    State,
    Step,
    TaskState,
    is_doubtful,
    is_put,
)
from workflow.rules.arms import arm_of
from workflow.rules.asked import over_at, put_again
from workflow.rules.gates import holds
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.undated import is_of_unknown_day, placed

_NUMBER = attrgetter("seq")
_EVENTS = frozenset(EVENT_TYPES.values())

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Doubt(NamedTuple):
    """A doubtful move, with what may prove it.

    Attributes:
        ignored: the types of events that cannot change whether its gate holds.
    """

    key: MoveKey
    move: MoveState
    gate: Gate | None
    ignored: frozenset[type[Event]]


class _Owned(dict[Key, Value]):
    """A mapping of a state that one fold alone holds, and so changes in place.

    Copied for each entry, the mappings would make a fold quadratic in the entries.

    Attributes:
        loose: of answers, whether any of them was ever recorded out of order.
        doubts: of moves, the doubtful ones of a day; None since another was made.
        doubted_on: that day.
        doubted_by: the definition that has their gates.
    """

    loose = False
    doubts: Sequence[_Doubt] | None = None
    doubted_on: date | None = None
    doubted_by: Definition | None = None


_OTHERS = ("begins", "last_day", "reconstruction")
_MAPPINGS = tuple(each.name for each in fields(State) if each.name not in _OTHERS)


def _copied(state: State, mapping: type[dict[Any, Any]]) -> State:
    """Return a state with mappings of its own, of a type: those of a fold, or of anybody."""
    copies: dict[str, Any] = {name: mapping(getattr(state, name)) for name in _MAPPINGS}
    return replace(state, **copies)


def _owned(state: State) -> State:
    """Return a state that a fold can go on from."""
    owned = _copied(state, _Owned)
    for answers in (owned.decisions, owned.tasks):
        if isinstance(answers, _Owned):
            answers.loose = any(each.out_of_order for each in answers.values())
    return owned


def _put(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Return a mapping with a value: itself where a fold owns it, else another one."""
    if isinstance(mapping, _Owned):
        mapping[key] = value
        return mapping
    return {**mapping, key: value}


def _put_all(mapping: Mapping[Key, Value], more: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return a mapping with some values: itself where a fold owns it, else another one."""
    if isinstance(mapping, _Owned):
        mapping.update(more)
        return mapping
    return {**mapping, **more} if more else mapping


def _answered(mapping: Mapping[Key, Answer], key: Key, answer: Answer) -> Mapping[Key, Answer]:
    """Return decisions or reports with one more, as ``_put`` does."""
    answers = _put(mapping, key, answer)
    if isinstance(answers, _Owned) and answer.out_of_order:
        answers.loose = True
    return answers


def _is_loose(answers: Mapping[Key, DecisionState] | Mapping[Key, TaskState]) -> bool:
    """Return whether any of some decisions or reports may have been recorded out of order."""
    if isinstance(answers, _Owned):
        return answers.loose
    return any(each.out_of_order for each in answers.values())


def _with(state: State, **mappings: Any) -> State:
    """Return a state with some mappings: itself where they are the ones that it has."""
    for name, mapping in mappings.items():
        if getattr(state, name) is not mapping:
            return replace(state, **mappings)
    return state


class When(NamedTuple):
    """When an entry is effective, and its number."""

    written: str
    day: date
    seq: int


def initial(definition: Definition, begins: date) -> State:
    """Return the state in which a process begins."""
    return State(
        begins=begins,
        last_day=begins,
        reconstruction=False,
        milestones={
            name: MilestoneState(
                milestone.initial,
                begins,
                "",
                0,
                None,
                FIRST_ROUND,
                entered={milestone.initial: begins},
            )
            for name, milestone in definition.milestones.items()
        },
    )


def fold(
    definition: Definition, entries: Iterable[AnyEntry], *, until: date | None = None
) -> State:
    """Return the state that follows from the entries of one journal.

    Args:
        definition: the one the process is pinned to.
        entries: all of the journal, in any order; the first one starts the process.
        until: only what is effective by this day; everything when None.
    """
    return as_it_stood(definition, entries, date.max, until=until).state


def as_it_stood(
    definition: Definition,
    entries: Iterable[AnyEntry],
    day: date,
    *,
    until: date | None = None,
    by: date | None = None,
) -> Snapshot:
    """Return a process on a day, as it follows from the entries of its journal.

    Args:
        definition: the one the process is pinned to; an entry by which a party joins changes which
            one is in force.
        entries: all of the journal, in any order; the first one starts the process.
        day: the day that counts as the present.
        until: only what is effective by this day; everything when None.
        by: a day from which decisions of an unknown day count at the latest; None for no such day.
    """
    ordered = in_turn(definition, entries, by)
    begins = ordered[0].effective_on or date.min
    effective = (entry for entry in ordered if until is None or is_by(entry, until))
    return fold_on(snapshot_of(definition, initial(definition, begins), day), effective)


def in_turn(
    definition: Definition, entries: Iterable[AnyEntry], by: date | None = None
) -> list[AnyEntry]:
    """Return entries as they happened, and as they read after all corrections among them.

    Args:
        definition: the one of the process.
        by: a day from which decisions of an unknown day count at the latest; None for no such day.
    """
    ordered = in_order(resolved(entries))
    undated = takewhile(lambda each: each.effective_on is None, reversed(ordered))
    return placed(definition, ordered, by) if any(map(is_of_unknown_day, undated)) else ordered


def fold_on(now: Snapshot, entries: Iterable[Entry | DatedEvent]) -> Snapshot:
    """Return a process after more entries, effective on the last day of its state or later.

    Args:
        now: the process before them.
        entries: as they happened, and as they read after all corrections.
    """
    now = now.with_state(_owned(now.state))
    for entry in entries:
        now = apply(now, entry, entry.seq)
    return now.with_state(_copied(now.state, dict))


def resolved(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """Return entries as they read after all corrections among them.

    The last correction of an entry wins. A withdrawn entry is gone; a corrected one keeps its
    number, and its date unless that was corrected.
    """
    entries = list(entries)
    corrections = _corrections(entries)
    if not corrections:
        return entries
    return [
        _corrected(entry, corrections.get(entry.seq))
        for entry in entries
        if not _is_gone(entry, corrections.get(entry.seq))
    ]


def redated(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """Return all entries, each on the date it has after all corrections among them.

    Their content stays as recorded. A correction has the date of the entry that it corrects.
    """
    entries = list(entries)
    corrections = _corrections(entries)
    first = {entry.seq: entry for entry in entries if entry.seq in corrections}

    def dated(entry: AnyEntry) -> AnyEntry:
        event = entry.event
        seq = event.corrects if isinstance(event, EntryCorrected) else entry.seq
        if seq not in first:
            return entry
        of = on_its_date(first[seq], corrections[seq])
        return entry._replace(effective=of.effective, effective_on=of.effective_on)

    return [dated(entry) for entry in entries]


def on_its_date(entry: AnyEntry, correction: EntryCorrected) -> AnyEntry:
    """Return an entry on the date that a correction of it says."""
    if correction.effective is None:
        return entry
    on = parse_date(correction.effective)
    return entry._replace(effective=on, effective_on=on.day)


def _corrections(entries: Iterable[AnyEntry]) -> dict[int, EntryCorrected]:
    """Return the last correction of each entry that has one."""
    return {
        entry.event.corrects: entry.event
        for entry in entries
        if isinstance(entry.event, EntryCorrected)
    }


def _is_gone(entry: AnyEntry, correction: EntryCorrected | None) -> bool:
    if isinstance(entry.event, EntryCorrected):
        return True
    return correction is not None and correction.replacement is None


def _corrected(entry: AnyEntry, correction: EntryCorrected | None) -> AnyEntry:
    if correction is None or correction.replacement is None:
        return entry
    reads = event_from(entry.event.TYPE, correction.replacement)
    return on_its_date(entry._replace(event=reads), correction)


def in_order(entries: Iterable[AnyEntry]) -> list[AnyEntry]:
    """Return entries as they happened: by effective date, then as they were recorded.

    Entries without a known date come last; they move nothing.
    """
    # Twice, each by one value: of entries that are in order already, that takes half the time.
    return sorted(sorted(entries, key=_NUMBER), key=lambda entry: entry.effective_on or date.max)


def apply_entry(now: Snapshot, entry: Entry | DatedEvent) -> Snapshot:
    """Return a process after one more entry, effective on the last day of its state or later."""
    return apply(now, entry, entry.seq)


def apply(now: Snapshot, happening: Dated, seq: int) -> Snapshot:
    """Return a process after one more event, effective on the last day of its state or later.

    Args:
        happening: what happened, and when; it need not be an entry of a journal.
        seq: the number of its entry, or the one it would have.
    """
    state = _after(now, happening, seq)
    # A state that changed in place is the same one; who joins changes the definition all the same.
    same = state is now.state and not isinstance(happening.event, PartyJoined)
    return now if same else now.with_state(state)


def _after(now: Snapshot, happening: Dated, seq: int) -> State:
    event, day, state = happening.event, happening.effective_on, now.state
    match event:  # the most frequent first: each case that does not match takes time
        case (
            DecisionRecorded()
            | TaskReported()
            | PartReported()
            | MilestoneMoved()
            | AnswerFollowedUp()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
        ):
            day = day or state.last_day
            if day > state.last_day:
                state = replace(state, last_day=day)
            when = When(happening.effective.written, day, seq)
            applied = _applied(now.definition, state, event, when)
            definition = now.definition
            if definition.whole is not None:
                definition = in_force(definition, applied.joined)
            return _prove(definition, applied, event)
        case ProcessStarted():
            return replace(state, reconstruction=event.reconstruction)
        case SeatGiven():
            return _seat_given(state, event, day or state.begins, seq)
        case SeatEnded():
            return _seat_ended(
                state, event, When(happening.effective.written, day or state.begins, seq)
            )
        case NoteAdded() | EntryCorrected():
            return state
        case CalendarFollowed():
            return with_shifts(state, event, day or state.begins, seq)
        case Amended():
            amended = AmendmentState(event.value, event.reason, day or state.begins, seq)
            return _with(state, amendments=_put(state.amendments, event.what, amended))


def with_shifts(state: State, event: CalendarFollowed, day: date, seq: int) -> State:
    """Return a state with the terms that end on another day by a calendar that is followed."""
    found = {
        (each.due, each.party): ShiftState(
            each.was,
            each.ends,
            each.counted_from.isoformat() if each.counted_from else "",
            written in event.ended,
            day,
            seq,
        )
        for each, written in zip(event.shifts, (*event.moved, *event.ended), strict=True)
    }
    return _with(state, shifts=_put_all(state.shifts, found))


def as_it_was(state: State, later: Iterable[CalendarFollowed]) -> State:
    """Return a state from before some calendars were followed, with the last days of that time.

    Dates follow from the present calendar; the journal has the former days for each calendar
    followed since.

    Args:
        later: the calendars followed since, the oldest first.
    """
    found: dict[ShiftKey, ShiftState] = {}
    for event in later:
        for each in event.shifts:
            key = (each.due, each.party)
            was = found[key].was if key in found else each.was
            begins = each.counted_from.isoformat() if each.counted_from else ""
            found[key] = ShiftState(was, each.ends, begins, True, state.last_day, 0)
    return replace(state, shifts={**state.shifts, **found}) if found else state


def is_by(entry: AnyEntry, day: date) -> bool:
    """Return whether what an entry says had happened by the end of a day, as far as is known."""
    return entry.effective_on is not None and entry.effective_on <= day


def _applied(
    definition: Definition,
    state: State,
    event: MilestoneMoved
    | DecisionRecorded
    | AnswerFollowedUp
    | TaskReported
    | PartReported
    | DueMoved
    | PartyJoined
    | PartyLeft,
    when: When,
) -> State:
    match event:
        case DecisionRecorded():
            return _decided(definition, state, event, when)
        case TaskReported():
            return _reported(definition, state, event, when)
        case PartReported():
            part = PartState(
                event.level, event.version, event.text, when.written, when.day, when.seq
            )
            where = (event.deliverable, event.part, event.subject)
            return _with(state, parts=_put(state.parts, where, part))
        case MilestoneMoved():
            return _moved(definition, state, event, when)
        case AnswerFollowedUp():
            return _followed_up(state, event, when)
        case DueMoved():
            moved = DueState(event.date, event.reason, when.written, when.day)
            return _with(state, dues=_put(state.dues, (event.due, when.seq), moved))
        case PartyJoined():
            joined = ArrivalState(
                when.written, when.day, event.reason, when.seq, over_at(definition, state)
            ).amendment
            key = f"{ARRIVED}{event.party}"
            return _with(state, amendments=_put(state.amendments, key, joined))
        case PartyLeft():
            left = DepartureState(when.written, when.day, event.reason, when.seq)
            return _with(state, departures=_put(state.departures, event.party, left))


def _reported(definition: Definition, state: State, event: TaskReported, when: When) -> State:
    task = definition.tasks[TaskRef(event.milestone, event.task)]
    report = TaskState(
        result=event.result,
        done=task.results[event.result],
        effective=when.written,
        effective_on=when.day,
        seq=when.seq,
        out_of_order=event.out_of_order is not None,
    )
    number = event.year or (_round_of(state, event) if task.each_round else 0)
    key = (event.milestone, event.task, event.subject, number)
    return _with(state, tasks=_answered(state.tasks, key, report))


def _round_of(state: State, event: DecisionRecorded | AnswerFollowedUp | TaskReported) -> int:
    """Return the round to which an event belongs: the open one, unless it names one.

    ``event.round`` is the round as known at the time of recording. A later entry or a correction
    may have opened another round by that date.
    """
    return event.of_round or state.round_of(event.milestone)


def _decided(definition: Definition, state: State, event: DecisionRecorded, when: When) -> State:
    # A body of a party that joined later by what is known now is looked up among everybody.
    request = definition.everybody.milestones[event.milestone].requests[event.request]
    outcomes = definition.instruments[request.instruments[event.body]].outcomes
    decision = DecisionState(
        outcome=event.outcome,
        effect=outcomes[event.outcome].effect,
        effective=when.written,
        effective_on=when.day,
        seq=when.seq,
        text=event.text,
        options=event.options,
        unnamed_options=event.unnamed_options or 0,
        points=event.points,
        signed_by=event.signed_by,
        out_of_order=event.out_of_order is not None,
    )
    key = (event.milestone, event.request, _round_of(state, event), event.body)
    known = state.decisions.get(key)
    if known is not None and known.closes and not known.day_known and not decision.closes:
        return state  # it was held over before it was decided, on whatever day that was
    return _with(state, decisions=_answered(state.decisions, key, decision))


def _followed_up(state: State, event: AnswerFollowedUp, when: When) -> State:
    """Keep when a step was taken."""
    answer = (event.milestone, event.request, _round_of(state, event), event.body)
    key = (*answer, Step(event.step), event.point or 0)
    step = FollowUpState(when.written, when.day, when.seq)
    return _with(state, follow_ups=_put(state.follow_ups, key, step))


# --- moves, and on what they rest --------------------------------------------------------------


def _moved(definition: Definition, state: State, event: MilestoneMoved, when: When) -> State:
    before = state.milestones[event.milestone]
    arm = arm_of(definition, event.milestone, event.trigger, event.source, event.target)
    basis, out_of_order = None, False
    if arm.gate is not None:
        basis, out_of_order = _basis(Snapshot(definition, state, when.day), arm, event)
    asked = state.round_of(event.milestone)
    that_day = tuple(dict.fromkeys(before.states_on(when.day)))
    opens = arm.opens_round and is_put(definition.milestones[event.milestone], before)
    after = MilestoneState(
        state=event.target,
        since=when.day,
        effective=when.written,
        seq=when.seq,
        basis=basis,
        round=asked + opens,
        that_day=that_day,
        entered={**before.entered, event.target: when.day},
        opened_on=when.day if opens else before.opened_on,
        opened_from=that_day if opens else before.opened_from,
        out_of_order=out_of_order,
    )
    milestones = _put(state.milestones, event.milestone, after)
    if definition.joined:
        put = put_again(definition, event.milestone, event.target, opens_round=opens)
        state = _with(state, amendments=_asked_again(state, put))
    if basis is None:
        return _with(state, milestones=milestones)
    key = (event.milestone, event.trigger, event.source, event.target)
    move = MoveState(when.written, when.day, when.seq, basis, asked, event.reference, out_of_order)
    return _with(state, milestones=milestones, moves=_made(state.moves, key, move))


def _made(
    moves: Mapping[MoveKey, MoveState], key: MoveKey, move: MoveState
) -> Mapping[MoveKey, MoveState]:
    """Return moves with one more, as ``_put`` does."""
    made = _put(moves, key, move)
    if isinstance(made, _Owned):
        made.doubts = None
    return made


def _asked_again(state: State, put: frozenset[str]) -> Mapping[str, AmendmentState]:
    """Return the amendments of a state after some requests and tasks were put again."""
    anew = {
        f"{ARRIVED}{party}": replace(each, over=each.over - put).amendment
        for party, each in state.arrivals.items()
        if not each.over.isdisjoint(put)
    }
    return _put_all(state.amendments, anew)


def _basis(then: Snapshot, arm: Arm, event: MilestoneMoved) -> tuple[Basis, bool]:
    """Return the basis of a move, and whether that includes entries recorded out of order."""
    held, out_of_order = _judged(arm.gate, then)
    if held:
        return Basis.DECIDED, out_of_order
    if event.attested:
        return Basis.ATTESTED, False
    return (Basis.LATCHED if arm.latch else Basis.IN_QUESTION), False


def _judged(gate: Gate | None, then: Snapshot) -> tuple[bool, bool]:
    """Return whether a gate holds, and whether it would not without what was out of order."""
    held, state = holds(gate, then), then.state
    if not held or not (_is_loose(state.decisions) or _is_loose(state.tasks)):
        return held, False
    decisions, tasks = InOrderOnly(state.decisions), InOrderOnly(state.tasks)
    in_order = replace(state, decisions=decisions, tasks=tasks)
    return True, not holds(gate, then.with_state(in_order))


def _prove(definition: Definition, state: State, event: Event | None = None) -> State:
    """Evaluate the moves of the last day again, after another event of that day.

    The day is the resolution of the law: a decision on the day of a move counts for it, in whatever
    order the two were recorded. A move that is proved may prove another.

    Args:
        definition: the one in force on that day.
        state: where the process stands after that event.
        event: the only change since the last evaluation; None where it is another.
    """
    for key, move, gate, ignored in _doubts(definition, state):
        if event is not None and type(event) in ignored:
            continue
        then = Snapshot(definition, in_round(state, key[0], move.round), state.last_day)
        held, out_of_order = _judged(gate, then)
        if held and (move.basis not in PROVED or move.out_of_order != out_of_order):
            return _prove(definition, _proved(state, key, move, out_of_order))
    return state


def _doubts(definition: Definition, state: State) -> Sequence[_Doubt]:
    """Return the doubtful moves of the last day.

    A fold looks for them once a day, and after each move: at each entry, that was a fifth of it.
    """
    moves, day = state.moves, state.last_day
    if not isinstance(moves, _Owned):
        return _doubts_among(definition, moves, day)
    if moves.doubts is None or moves.doubted_on != day or moves.doubted_by is not definition:
        moves.doubts = _doubts_among(definition, moves, day)
        moves.doubted_on, moves.doubted_by = day, definition
    return moves.doubts


def _doubts_among(
    definition: Definition, moves: Mapping[MoveKey, MoveState], day: date
) -> Sequence[_Doubt]:
    return [
        _Doubt(key, move, gate, _ignored_by(gate))
        for key, move in moves.items()
        if move.effective_on == day and is_doubtful(move)
        for gate in [arm_of(definition, *key).gate]
    ]


def _ignored_by(gate: Gate | None) -> frozenset[type[Event]]:
    """Return the types of events that cannot change whether a gate holds.

    A due may have moved with a calendar, after which nothing is evaluated: it is looked at always.
    """
    match gate:
        case None:
            return _EVENTS
        case DuePast() | DateReached():
            return frozenset()
        case InState():
            return _EVENTS - {MilestoneMoved}
        case Decisions() if gate.rule.cast:
            # Whether the voting is over depends on a due.
            return frozenset()
        case Decisions() | TextsDiffer():
            return frozenset({TaskReported, PartReported, AnswerFollowedUp})
        case TasksDone():
            return frozenset({PartReported, AnswerFollowedUp})
        case PartsAt():
            return frozenset({DecisionRecorded, TaskReported, AnswerFollowedUp})
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            return _EVENTS.intersection(*map(_ignored_by, gates))
        case Not(inner) | Slot(_, inner):
            return _ignored_by(inner)


def in_round(state: State, milestone: str, number: int) -> State:
    """Return a state in which the requests of a milestone are in a round."""
    now = state.milestones[milestone]
    if now.round == number:
        return state
    # When another round than the present one was opened is not known any more.
    there = replace(now, round=number, opened_on=None)
    return replace(state, milestones={**state.milestones, milestone: there})


def looks_back(state: State) -> bool:
    """Return whether an unproved move of the last day depends on the result of a past round.

    Later entries of that day can prove it, but only together with the answers of that round.
    """
    return any(
        move.effective_on == state.last_day and move.round < state.round_of(key[0])
        for key, move in state.moves.items()
        if is_doubtful(move)
    )


def _proved(state: State, key: MoveKey, move: MoveState, out_of_order: bool) -> State:
    milestone = state.milestones[key[0]]
    if milestone.seq == move.seq:
        milestone = replace(milestone, basis=Basis.DECIDED, out_of_order=out_of_order)
    proved = replace(move, basis=Basis.DECIDED, out_of_order=out_of_order)
    return _with(
        state,
        milestones=_put(state.milestones, key[0], milestone),
        moves=_made(state.moves, key, proved),
    )


# --- seats -------------------------------------------------------------------------------------


def _seat_given(state: State, event: SeatGiven, since: date, seq: int) -> State:
    until = None if event.until is None else date.fromisoformat(event.until)
    seat = SeatState(event.role, event.place, event.person, since, until, event.mailbox)
    return _with(state, seats=_put(state.seats, seq, seat))


def _seat_ended(state: State, event: SeatEnded, when: When) -> State:
    """End a seat that was given by then: a later entry may give it for an earlier day."""
    ended = {
        seq: replace(seat, until=when.day)
        for seq, seat in state.seats.items()
        if (seat.role, seat.place, seat.person) == (event.role, event.place, event.person)
        and seat.held_on(when.day)
        and seq < when.seq
    }
    return _with(state, seats=_put_all(state.seats, ended))
