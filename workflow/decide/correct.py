"""Correcting: an entry says something else, happened on another day, or says nothing.

A correction is the same command decided anew, on the process as it would be without the entry.
So whatever would be refused in the first place is refused now.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Blank, Field, action
from definitions.language.errors import InvalidValue, NotFound
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import Definition, InState, Role, gates_in
from workflow.decide.case import Case, Decided, because, own_or_on_behalf
from workflow.decide.openness import without_content
from workflow.decide.report import task_named
from workflow.model.commands import (
    AddNote,
    Advance,
    Amend,
    Correct,
    FollowUp,
    Join,
    Leave,
    Ordinary,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.events import (
    Amended,
    AnswerFollowedUp,
    CalendarFollowed,
    DecisionRecorded,
    DueMoved,
    Entry,
    EntryCorrected,
    Event,
    Happening,
    MilestoneMoved,
    NoteAdded,
    PartReported,
    PartyJoined,
    PartyLeft,
    ProcessStarted,
    SeatEnded,
    SeatGiven,
    TaskReported,
    because_of,
    milestone_of,
    payload_of,
)
from workflow.model.openness import Openness
from workflow.model.state import (
    ARRIVED,
    ArrivalState,
    DecisionKey,
    DecisionState,
    DepartureState,
    FollowUpKey,
    State,
    Step,
    seat_name,
)
from workflow.rules.arms import arm_of
from workflow.rules.asked import asked_subjects
from workflow.rules.fold import in_turn, resolved
from workflow.rules.gates import evaluate
from workflow.rules.grounds import snapshot_by_day
from workflow.rules.refusals import DateRefused, Refused
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instance, waiting_replies
from workflow.rules.undated import is_counted


class CannotCorrect(Refused):
    """The entry is not one that can be corrected, or something rests on it."""


def entry_to_correct(entries: Iterable[Entry], seq: int) -> Entry:
    """Return the entry with a number.

    Raises:
        NotFound: there is no such entry.
        CannotCorrect: it is a correction itself, or about a seat, or the start of the process.
    """
    known = {entry.seq: entry for entry in entries}
    found = known.get(seq)
    if found is None:
        raise NotFound(
            text("There is no entry {seq}.", seq=seq),
            advice=text("There are entries 1 to {last}; “history” shows them.", last=max(known)),
        )
    match found.event:
        case EntryCorrected():
            raise CannotCorrect(
                text("Entry {seq} is a correction itself.", seq=seq),
                advice=text("Correct entry {seq} once more.", seq=found.event.corrects),
            )
        case (
            MilestoneMoved()
            | DecisionRecorded()
            | AnswerFollowedUp()
            | TaskReported()
            | PartReported()
            | NoteAdded()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
            | Amended()
        ):
            return found
        case ProcessStarted():
            raise CannotCorrect(
                text(
                    "Entry {seq} says how the process began: all of it counts from there.", seq=seq
                ),
                advice=text(
                    "If it began differently, start another process: {command}",
                    command=action("start", definition=BLANK, process=Blank("id"), on=BLANK),
                ),
            )
        case CalendarFollowed():
            raise CannotCorrect(
                text(
                    "Entry {seq} says what followed from a calendar, which is not corrected.",
                    seq=seq,
                ),
                advice=text("A term that should end on another day is replanned, with a reason."),
            )
        case SeatGiven() | SeatEnded():
            raise CannotCorrect(
                text("Entry {seq} says who holds a seat, which is not corrected.", seq=seq),
                advice=text(
                    "Days that are missing are added: {add}; a seat is ended: {end}",
                    add=action(
                        "member add", process=BLANK, seat=BLANK, name=BLANK, on=BLANK, until=BLANK
                    ),
                    end=action("member end", process=BLANK, seat=BLANK, name=BLANK, on=BLANK),
                ),
            )


def without(entries: Iterable[Entry], seq: int) -> list[Entry]:
    """Return the entries as if one of them, and every correction of it, had not been."""
    return [entry for entry in entries if seq not in (entry.seq, _corrects(entry))]


def before_and_after(
    definition: Definition, entries: Iterable[Entry], entry: Entry
) -> tuple[list[Entry], list[Entry]]:
    """Return the entries that come before one, and those that come after it, as they happened.

    A later entry of the same day may have opened another round, to which it does not belong.
    """
    ordered = in_turn(definition, [*resolved(entries), entry])
    at = next(index for index, each in enumerate(ordered) if each.seq == entry.seq)
    return ordered[:at], ordered[at + 1 :]


def _corrects(entry: Entry) -> int | None:
    return entry.event.corrects if isinstance(entry.event, EntryCorrected) else None


def with_date(entry: Entry, on: PartialDate) -> Entry:
    """Return an entry as it would be on another date."""
    return entry._replace(effective=on, effective_on=on.day)


def with_who_was_there(then: Snapshot, now: State, day: date | None) -> Snapshot:
    """Return a process with all who had joined or left by a day: on the first day of that too."""

    def is_by(each: ArrivalState | DepartureState) -> bool:
        return day is not None and each.effective_on <= day

    left = {party: each for party, each in now.departures.items() if is_by(each)}
    joined = {
        f"{ARRIVED}{party}": each.amendment
        for party, each in now.arrivals.items()
        if is_by(each) and party not in then.state.joined
    }
    amended = {**then.state.amendments, **joined}
    return then.with_state(replace(then.state, departures=left, amendments=amended))


def check_nothing_of(
    party: str, entry: Entry, on: PartialDate | None, entries: Iterable[Entry]
) -> None:
    """Refuse to take a party out of the days on which something of it is on record.

    Args:
        entry: the one by which it joined.
        on: the day on which it joins from now on; None where it does not.
        entries: all of the journal.

    Raises:
        CannotCorrect: with the entries of it that would come before it joined.
    """
    day = None if on is None else on.day
    first = (day or date.max, entry.seq)
    # What is of an unknown day may have been on any day, as long as the party joins at all.
    unknown = date.max if day else date.min
    resting = [
        each.seq
        for each in resolved(entries)
        if _party_in(each.event) == party
        and each.seq != entry.seq
        and (each.effective_on or unknown, each.seq) < first
    ]
    if resting:
        raise CannotCorrect(
            text(
                "Entry {seq} says that {party} joined, and other entries rest on that: {resting}.",
                seq=entry.seq,
                party=party,
                resting=resting,
            ),
            advice=text("Correct those first, the last one first."),
        )


def _party_in(event: Event) -> str:
    """Return the party of which an event says something; empty for other events."""
    match event:
        case DecisionRecorded() | AnswerFollowedUp():
            return event.body.partition(".")[0]
        case TaskReported() | PartReported():
            return event.subject
        case PartyLeft():
            return event.party
        case Amended():
            return event.what.partition("/")[2]
        case _:
            return ""


def as_read(entries: Iterable[Entry], seq: int) -> Entry | None:
    """Return an entry as it reads after the corrections there are; None where withdrawn."""
    return next((entry for entry in resolved(entries) if entry.seq == seq), None)


def withdraw(case: Case, command: Correct, entry: Entry, entries: Sequence[Entry]) -> Decided:
    """Decide whether an entry can be withdrawn.

    Args:
        case: on the process as it would be without the entry.
        entry: as it is in the journal.
        entries: all of the journal.

    Raises:
        NotAllowed: neither did the actor record it in a seat they hold, nor may they act for
            others.
        Missing: acting for others without naming a source.
        CannotCorrect: it is withdrawn already, or something rests on it.
    """
    reading = as_read(entries, entry.seq)
    if reading is None:
        raise CannotCorrect(text("Entry {seq} is withdrawn already.", seq=entry.seq))
    _check_set_off(entry.seq, entries)
    _check_resting(case, reading, entries)

    def own(role: Role, place: str) -> bool:
        return (case.actor.person, seat_name(role.id, place)) == (entry.actor, entry.role)

    wanted = text("withdraw entry {seq}", seq=entry.seq)
    seat, _ = own_or_on_behalf(case, wanted, own, command.reference)
    return _corrected(command, entry, None, reading.effective, seat)


def _corrected(
    command: Correct,
    entry: Entry,
    replacement: dict[str, Any] | None,
    on: PartialDate,
    seat: str,
) -> Decided:
    """Return the correction of an entry, which happened on some date by what is known now."""
    event = EntryCorrected(
        corrects=entry.seq,
        kind=entry.event.TYPE,
        reason=command.reason,
        replacement=replacement,
        reference=command.reference,
        effective=None if on == entry.effective else on.written,
    )
    return Decided(Happening(event, on, on.day), seat)


def changed_command(command: Correct, entry: Entry, entries: Sequence[Entry]) -> Ordinary:
    """Return the command of an entry with the changes of a correction.

    Raises:
        InvalidValue: nothing changes, or the entry has no such thing to change.
    """
    reading = as_read(entries, entry.seq)
    asked = command_of((reading or entry).event, (reading or entry).effective)
    if any(name == "secrecy" for name, _ in command.changes):
        asked = without_content(asked)
    known = {each.name for each in fields(asked)} - FIXED
    for name, value in command.changes:
        if name not in known:
            raise InvalidValue(
                text("Entry {seq} has no “{name}” to change.", seq=entry.seq, name=_field(name)),
                advice=text("It can be corrected with: {options}.", options=_fields(known)),
                field=name,
            )
        if not isinstance(value, FORMS.get(name, str)):
            raise InvalidValue(
                text("“{name}” cannot be changed to {value}.", name=_field(name), value=value),
                field=name,
            )
    # The names were looked up just now; their values are what the fields take.
    changed: Ordinary = replace(asked, **dict(command.changes))  # type: ignore[arg-type]
    if reading is not None and not command.changes:
        raise InvalidValue(
            text("This does not say what entry {seq} should say instead.", seq=entry.seq),
            advice=text(
                "Its own source is corrected with {source}; or say {withdraw}.",
                source=Field("source"),
                withdraw=Field("withdraw"),
            ),
            field="changes",
        )
    if reading is not None and changed == asked:
        raise InvalidValue(
            text("Entry {seq} already has that.", seq=entry.seq),
            advice=text("Give the correct value, or {withdraw}.", withdraw=Field("withdraw")),
            field="changes",
        )
    return changed


PARTS = (
    *("on", "outcome", "votes", "ground", "options", "unnamed_options", "points", "signed_by"),
    *("result", "level", "version", "date", "about", "text", "note", "attested", "reference"),
    *("remark", "out_of_order", "openness", "secrecy"),
)
"""The parts of an entry that can be corrected, in the order of its sentence."""


def _field(name: str) -> Field:
    # The reference of a correction is its own: that of the entry has another name there.
    return Field("source" if name == "reference" else name)


def _fields(known: Collection[str]) -> list[Field]:
    return [*(_field(name) for name in PARTS if name in known), Field("withdraw")]


FORMS: dict[str, type | tuple[type, ...]] = {
    "about": (str, tuple),
    "date": PartialDate,
    "on": PartialDate,
    "options": tuple,
    "points": tuple,
    "signed_by": tuple,
    "unnamed_options": int,
    "attested": bool,
}
"""The parts that are not text, with their types."""
FIXED = frozenset(
    {
        "milestone",
        "request",
        "body",
        "step",
        "point",
        "task",
        "part",
        "subject",
        "year",
        "round",
        "due",
        "party",
        "what",
    }
)
"""The subject of an entry cannot be changed: withdraw it, and record another one."""


def in_its_round(command: Ordinary, before: Snapshot, counts_in: int | None) -> Ordinary:
    """Return a command that is decided anew, in the round to which its entry belongs.

    Its place in the journal says which that is also where its date alone does not.

    Args:
        before: the process just before the entry.
        counts_in: the round in which a decision counts now; None where that is not known.
    """
    match command:
        case Record() if command.on.is_unknown:
            return replace(command, round=counts_in) if command.round is None else command
        case Record() | FollowUp():
            milestone = command.milestone
        case ReportTask() if task_named(before.definition, command.task).each_round:
            milestone = command.task.rpartition("/")[0]
        case _:
            return command
    at = before.state.milestones.get(milestone)
    if command.round is None and at is not None and at.opened_on == command.on.day:
        return replace(command, round=before.state.round_of(milestone))
    return command


def amended(
    case: Case, command: Correct, entry: Entry, anew: Decided, entries: Sequence[Entry]
) -> Decided:
    """Return the correction that a command decided anew amounts to.

    Raises:
        CannotCorrect: a move would lead elsewhere, and something rests on it.
    """
    cause = because_of(entry.event)
    anew = anew if cause is None else because(anew, cause)
    event = anew.happening.event
    reading = as_read(entries, entry.seq)
    same_day = reading is not None and reading.effective == anew.happening.effective
    if not same_day or not _same_way(event, reading):
        _check_set_off(entry.seq, entries)
    if isinstance(event, MilestoneMoved) and not _same_way(event, reading):
        _check_resting(case, reading or entry, entries)
    return _corrected(command, entry, payload_of(event), anew.happening.effective, anew.seat)


def case_of(case: Case, command: Correct, changed: Ordinary, reading: Entry | None) -> Case:
    """Return the case for deciding a corrected command.

    A move to the same state as before is not refused for later entries: ``check_order`` makes sure
        that those are still possible.

    Args:
        case: on the process as it would be without the entry.
        changed: the command that the entry would have been.
        reading: the entry as it reads now; None if it is withdrawn.

    Raises:
        DateRefused: on its new date the milestone was in another state.
    """
    moved = None if reading is None else reading.event
    changes = {name for name, _ in command.changes}
    if not isinstance(moved, MilestoneMoved) or changes & {"trigger", "to"}:
        return case
    at = case.then.state.milestones[moved.milestone]
    if at.state != moved.source:
        raise DateRefused(
            text(
                "“{milestone}” was in “{state}” then ({on}), and this move leaves “{source}”.",
                on=changed.on,
                milestone=moved.milestone,
                state=at.state,
                source=moved.source,
            ),
            field="on",
            advice=text(
                "The moves of one milestone keep their order: give a date between those of the "
                "move before it and of the move after it."
            ),
        )
    now = replace(case.then.state, seats=case.now.state.seats)
    return replace(case, now=case.now.with_state(now))


def check_preconditions(before: Snapshot, after: Snapshot) -> None:
    """Refuse a correction that takes away what something later was built on.

    A body's decision had to wait for its own party's; an answer was sent, or replied to; a reply
    was finished, because each of its points had one.

    Raises:
        CannotCorrect: with the decisions, steps or replies that rest on it.
    """
    steps = [
        f"{body}, {step.value} ({taken.seq})"
        for key, taken in after.state.follow_ups.items()
        for _, _, _, body, step, point in [key]
        if not _has_answer(after.state, key[:4], point)
        or _says(after.state, key, point) != _says(before.state, key, point)
    ]
    finished = set(_unreplied(before))
    steps += [each for each in _unreplied(after) if each not in finished]
    if steps:
        raise CannotCorrect(
            text("Later entries rest on that: {resting}.", resting=steps),
            advice=text("Correct those first, the last one first."),
        )
    resting = [
        f"{body} ({given.seq})"
        for key, given in after.state.decisions.items()
        for milestone, request, _, body in [key]
        if not given.out_of_order
        and before.state.decisions.get(key) == given
        and _could(before, key, given)
        and not _could(after, key, given)
    ]
    if resting:
        raise CannotCorrect(
            text("Later decisions rest on that: {resting}.", resting=resting),
            advice=text("Correct those first; each decision has its entry behind it."),
        )


def _unreplied(now: Snapshot) -> Iterator[str]:
    """Yield the replies that are finished although points of the answer wait for one."""
    for task in now.definition.tasks.values():
        for party in asked_subjects(now, task) if task.replies_to is not None else ():
            reply = instance(now, task, party)
            if reply.done and reply.report and waiting_replies(now, task, party):
                yield f"{reply.name} ({reply.report.seq})"


def _says(state: State, key: FollowUpKey, point: int) -> str | None:
    """Return the text of a point of an answer that has a reply."""
    answer = state.decisions.get(key[:4])
    known = answer is not None and 1 <= point <= len(answer.points)
    return answer.points[point - 1] if known and answer is not None else None


def _has_answer(state: State, key: DecisionKey, point: int) -> bool:
    """Return whether there is an answer with at least that point."""
    answer = state.decisions.get(key)
    return answer is not None and answer.closes and len(answer.points) >= point


def _could(now: Snapshot, key: DecisionKey, given: DecisionState) -> bool:
    """Return whether the prerequisites of a body's party were met on the day of its decision."""
    milestone, request, number, body = key
    after = now.definition.milestones[milestone].requests[request].after
    if after is None or now.state.milestones[milestone].round != number:
        return True
    party = now.definition.party_of(body)
    return evaluate(after, snapshot_by_day(now, given.effective_on), party).holds


def _same_way(event: Event, reading: Entry | None) -> bool:
    """Return whether an event leads to the state that its entry reads now, if it is a move."""
    if not isinstance(event, MilestoneMoved):
        return True
    was = None if reading is None else reading.event
    return isinstance(was, MilestoneMoved) and (event.trigger, event.source, event.target) == (
        was.trigger,
        was.source,
        was.target,
    )


def _check_set_off(seq: int, entries: Sequence[Entry]) -> None:
    """Refuse to take away, or to redate, a move that set off others that still stand."""
    follows = [each.seq for each in resolved(entries) if because_of(each.event) == seq]
    if follows:
        raise CannotCorrect(
            text(
                "Entry {seq} set off others, which still stand: {follows}.",
                seq=seq,
                follows=follows,
            ),
            advice=text("Withdraw those first, the last one first."),
        )


def _check_resting(case: Case, entry: Entry, entries: Sequence[Entry]) -> None:
    """Refuse to take away a move on which something rests: all that came after it."""
    event = entry.event
    if not isinstance(event, MilestoneMoved):
        return
    later = [other for other in in_turn(case.definition, entries) if _after(other, entry)]
    resting = [
        other.seq
        for other in later
        if (milestone_of(other.event) == event.milestone and _rests(case, other, event))
        or _depends(case, other.event, event.milestone)
    ]
    if resting:
        raise CannotCorrect(
            text(
                "Entry {seq} moved “{milestone}”, and later entries rest on that: {resting}.",
                seq=entry.seq,
                milestone=event.milestone,
                resting=resting,
            ),
            advice=text("Correct those first, the last one first."),
        )


def _rests(case: Case, other: Entry, event: MilestoneMoved) -> bool:
    """Return whether a later entry of a milestone rests on a move of it.

    A decision of an unknown day does where the move led to where it was admitted: else it may have
    been before that.
    """
    if not is_counted(other) or not isinstance(other.event, DecisionRecorded):
        return True
    milestone = case.definition.milestones[event.milestone]
    return event.target in milestone.requests[other.event.request].admitted_in


def _after(other: Entry, entry: Entry) -> bool:
    if other.effective_on is None or entry.effective_on is None:
        return False
    return (other.effective_on, other.seq) > (entry.effective_on, entry.seq)


def _depends(case: Case, event: Event, milestone: str) -> bool:
    """Return whether a move passed a gate that depends on the milestone."""
    if not isinstance(event, MilestoneMoved):
        return False
    arm = arm_of(case.definition, event.milestone, event.trigger, event.source, event.target)
    return any(
        isinstance(gate, InState) and gate.milestone == milestone for gate in gates_in(arm.gate)
    )


def command_of(event: Event, on: PartialDate) -> Ordinary:
    """Return the command that an event was.

    Raises:
        CannotCorrect: it was none that can be corrected.
    """
    payload = _given(event)
    payload["round"] = payload.get("of_round")
    match event:
        case MilestoneMoved():
            return Advance(on=on, to=event.target, **_only(payload, Advance))
        case DecisionRecorded():
            return record_of(event, on)
        case AnswerFollowedUp():
            return FollowUp(on=on, **{**_only(payload, FollowUp), "step": Step(event.step)})
        case PartyJoined():
            return Join(on=on, **_only(payload, Join))
        case PartyLeft():
            return Leave(on=on, **_only(payload, Leave))
        case TaskReported():
            return report_of(event, on)
        case PartReported():
            part = f"{event.deliverable}/{event.part}"
            rest = {**_only(payload, ReportPart), "part": part, "subject": event.subject or None}
            return ReportPart(on=on, **rest)
        case NoteAdded():
            return AddNote(on=on, **_only(payload, AddNote))
        case Amended():
            return Amend(on=on, **_only(payload, Amend))
        case DueMoved():
            from_words = _only(payload, Replan)
            return Replan(on=on, **{**from_words, "date": parse_date(event.date)})
        case _:
            raise CannotCorrect(text("This entry cannot be corrected."))


def record_of(event: DecisionRecorded, on: PartialDate) -> Record:
    """Return the command that a decision was."""
    return Record(on=on, **_only(_given(event), Record))


def report_of(event: TaskReported, on: PartialDate) -> ReportTask:
    """Return the command that the report of a task was."""
    task = f"{event.milestone}/{event.task}" if event.milestone else event.task
    rest = {**_only(_given(event), ReportTask), "task": task, "subject": event.subject or None}
    return ReportTask(on=on, **rest)


def _given(event: Event) -> dict[str, Any]:
    """Return the fields of an event that were given, without those derived from the state."""
    given = {name: value for name, value in payload_of(event).items() if name not in _DERIVED}
    if "openness" in given:
        given["openness"] = Openness.read(given["openness"]).asked
    return given


_DERIVED = frozenset({"round", "on_behalf", "source", "target"})


def _only(payload: dict[str, Any], kind: type[Ordinary]) -> dict[str, Any]:
    known = {each.name for each in fields(kind)}
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in payload.items()
        if name in known
    }
