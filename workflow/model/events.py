"""The events of a process: the typed entries of the journal.

An event has what happened, never its consequences, which ``fold`` derives. The fields are texts,
whole numbers and booleans, so that an event is its own JSON.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar, get_args, get_origin

from definitions.calendar.dates import PartialDate
from definitions.language.values import dataclass
from workflow.model.openness import INTERNAL, PUBLIC, Openness


@dataclass(frozen=True)
class ProcessStarted:
    """A process began, pinned to a definition.

    Attributes:
        verdict: ``unsound`` or ``not-verified``, where it began all the same; None where its
            definition was sound, or nothing was proved then.
        allowed: why it began all the same.
    """

    TYPE: ClassVar[str] = "process-started"
    definition: str
    version: int
    sha256: str
    reconstruction: bool = False
    verdict: str | None = None
    allowed: str | None = None


@dataclass(frozen=True)
class SeatGiven:
    """Somebody holds a seat from the effective date on: a person, or the mailbox of a function."""

    TYPE: ClassVar[str] = "seat-given"
    role: str
    place: str
    person: str
    until: str | None = None
    mailbox: bool = False


@dataclass(frozen=True)
class SeatEnded:
    """Somebody holds a seat no longer; the effective date is the last day."""

    TYPE: ClassVar[str] = "seat-ended"
    role: str
    place: str
    person: str
    mailbox: bool = False


@dataclass(frozen=True)
class MilestoneMoved:
    """A milestone went from one state to another.

    Attributes:
        because: the number of the entry that set it off; None where somebody made it by itself.
    """

    TYPE: ClassVar[str] = "milestone-moved"
    milestone: str
    trigger: str
    source: str
    target: str
    attested: bool = False
    reference: str | None = None
    remark: str | None = None
    because: int | None = None


@dataclass(frozen=True)
class DecisionRecorded:
    """A body answered a request (*besluit*).

    Attributes:
        round: the round that was open at the time of recording; folding determines the actual one.
        of_round: its round, if the date alone does not determine it.
        openness: who may see it, as ``Openness`` writes it; everybody when None.
        secrecy: the ground on which it is under secrecy (*geheimhouding*); then nothing of its
            content is in the journal.
    """

    TYPE: ClassVar[str] = "decision-recorded"
    milestone: str
    request: str
    round: int
    body: str
    outcome: str
    votes: str | None = None
    reference: str | None = None
    ground: str | None = None
    text: str | None = None
    options: tuple[str, ...] = ()
    unnamed_options: int | None = None
    points: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    on_behalf: bool = False
    out_of_order: str | None = None
    remark: str | None = None
    of_round: int | None = None
    openness: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True)
class AnswerFollowedUp:
    """An answer of a body was sent, was received, or a point of it was replied to.

    Attributes:
        step: ``sent``, ``received`` or ``replied``.
        point: the number of the point; None where it is about all of the answer.
        of_round: the round of the answer, where the date alone does not say that.
    """

    TYPE: ClassVar[str] = "answer-followed-up"
    milestone: str
    request: str
    round: int
    body: str
    step: str
    point: int | None = None
    reference: str | None = None
    on_behalf: bool = False
    remark: str | None = None
    of_round: int | None = None
    openness: str | None = None


@dataclass(frozen=True)
class TaskReported:
    """A task has a result: held, offered, sent, declined.

    Attributes:
        round: of the milestone, for a task that is done anew each round; else 0.
        year: which one, of a task that arises every year.
        of_round: its round, if the date alone does not determine it.
    """

    TYPE: ClassVar[str] = "task-reported"
    milestone: str
    task: str
    subject: str
    round: int
    result: str
    year: int | None = None
    reference: str | None = None
    on_behalf: bool = False
    out_of_order: str | None = None
    remark: str | None = None
    of_round: int | None = None
    openness: str | None = None


@dataclass(frozen=True)
class PartReported:
    """A part of a deliverable reached a level."""

    TYPE: ClassVar[str] = "part-reported"
    deliverable: str
    part: str
    subject: str
    level: str
    reference: str | None = None
    text: str | None = None
    version: str | None = None
    on_behalf: bool = False
    remark: str | None = None
    openness: str | None = None
    secrecy: str | None = None


About = str | tuple[str, ...] | None
"""The subjects of a note: milestones, parties, bodies. A single one is a text, as it was when there
could be only one, so that old entries keep their hash."""


def about_of(names: Sequence[str]) -> About:
    """Return the subjects of a note, or None where it has none."""
    different = tuple(dict.fromkeys(names))
    return different if len(different) > 1 else next(iter(different), None)


def names_in(about: About) -> tuple[str, ...]:
    """Return the things that a note is about, each by its name."""
    if about is None:
        return ()
    return (about,) if isinstance(about, str) else about


@dataclass(frozen=True)
class NoteAdded:
    """A dated, sourced fact that moves nothing (*aantekening*).

    Attributes:
        openness: who may see it; whoever has a seat in the process when None.
        secrecy: the ground on which what it is about is secret; then the note has no text.
    """

    TYPE: ClassVar[str] = "note-added"
    note: str
    reference: str | None = None
    about: About = None
    openness: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True)
class DueMoved:
    """A due got another date (*herplanning*); its target stays what it was."""

    TYPE: ClassVar[str] = "due-moved"
    due: str
    date: str
    reason: str
    reference: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class PartyJoined:
    """A party joined (*toetreding*): from the effective date on it is asked what others are.

    Attributes:
        because: the number of the entry that set it off; None where it was recorded by itself.
    """

    TYPE: ClassVar[str] = "party-joined"
    party: str
    reason: str
    reference: str | None = None
    remark: str | None = None
    because: int | None = None


@dataclass(frozen=True)
class PartyLeft:
    """A party left: from the effective date on it is asked nothing any more.

    Attributes:
        because: the number of the entry that set it off; None where it was recorded by itself.
    """

    TYPE: ClassVar[str] = "party-left"
    party: str
    reason: str
    reference: str | None = None
    remark: str | None = None
    because: int | None = None


@dataclass(frozen=True)
class Amended:
    """Something of the definition reads otherwise for this process, never a gate or a machine."""

    TYPE: ClassVar[str] = "amended"
    what: str
    value: str
    reason: str
    reference: str | None = None


@dataclass(frozen=True)
class CalendarFollowed:
    """A new calendar of working days, or another clock, was followed.

    Attributes:
        calendar: the hash of the new calendar.
        off: the days that are newly off.
        working: the days that are no longer off.
        clock: the zone whose clock changed; None if none did.
        moved: the terms that end on another day, as ``Shift`` writes them.
        ended: the moved terms that had ended by then; a statutory term keeps its day.
        reminders: how many reminders moved.
    """

    TYPE: ClassVar[str] = "calendar-followed"
    calendar: str
    off: tuple[str, ...] = ()
    working: tuple[str, ...] = ()
    clock: str | None = None
    moved: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    reminders: int = 0

    @property
    def shifts(self) -> tuple["Shift", ...]:
        """The terms that end on another day by the new calendar, also those that had ended."""
        return tuple(map(Shift.read, (*self.moved, *self.ended)))


class Shift(NamedTuple):
    """A term that ends on another day by another calendar.

    Attributes:
        was: its last day by the calendar before.
        ends: its last day by the new one.
        counted_from: the day from which it is counted; None where it is a month, a year, ….
        due: the reference of its due.
        party: whose, where each party has its own; else empty.
    """

    was: date
    ends: date
    counted_from: date | None
    due: str
    party: str

    def __str__(self) -> str:
        """Return it as an entry has it: ``2029-05-11 2029-05-14 2029-03-16 besluit/raden``."""
        name = f"{self.due}@{self.party}" if self.party else self.due
        return f"{self.was} {self.ends} {self.counted_from or NOT_COUNTED} {name}"

    @classmethod
    def read(cls, written: str) -> "Shift":
        """Read it from an entry."""
        was, ends, begins, name = written.split(" ", 3)
        due, _, party = name.partition("@")
        begun = None if begins == NOT_COUNTED else date.fromisoformat(begins)
        return cls(date.fromisoformat(was), date.fromisoformat(ends), begun, due, party)


NOT_COUNTED = "-"
"""The placeholder for the first day of a term that does not count from one."""


@dataclass(frozen=True)
class EntryCorrected:
    """An earlier entry says something else, happened on another day, or says nothing.

    It has the effective date that the entry has from now on. The last correction of an entry says
    all of how it reads: one that follows repeats what an earlier one mended.

    Attributes:
        corrects: the number of the entry.
        kind: the type of that entry.
        replacement: the payload it has from now on; None where it is withdrawn.
        effective: the date it has from now on, as it was written; None where that is the date it
            was recorded with.
    """

    TYPE: ClassVar[str] = "entry-corrected"
    corrects: int
    kind: str
    reason: str
    replacement: dict[str, Any] | None = None
    reference: str | None = None
    effective: str | None = None


Event = (
    ProcessStarted
    | SeatGiven
    | SeatEnded
    | MilestoneMoved
    | DecisionRecorded
    | AnswerFollowedUp
    | TaskReported
    | PartReported
    | NoteAdded
    | DueMoved
    | PartyJoined
    | PartyLeft
    | Amended
    | CalendarFollowed
    | EntryCorrected
)
EVENT_TYPES: dict[str, type[Event]] = {
    kind.TYPE: kind
    for kind in (
        ProcessStarted,
        SeatGiven,
        SeatEnded,
        MilestoneMoved,
        DecisionRecorded,
        AnswerFollowedUp,
        TaskReported,
        PartReported,
        NoteAdded,
        DueMoved,
        PartyJoined,
        PartyLeft,
        Amended,
        CalendarFollowed,
        EntryCorrected,
    )
}


def reference_of(event: Event) -> str | None:
    """Return the source reference of an event; None if its type has none."""
    match event:
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
            | EntryCorrected()
        ):
            return event.reference
        case ProcessStarted() | SeatGiven() | SeatEnded() | CalendarFollowed():
            return None


def remark_of(event: Event) -> str | None:
    """Return the remark that is kept with an event."""
    match event:
        case (
            MilestoneMoved()
            | DecisionRecorded()
            | AnswerFollowedUp()
            | TaskReported()
            | PartReported()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
        ):
            return event.remark
        case (
            NoteAdded()
            | Amended()
            | EntryCorrected()
            | CalendarFollowed()
            | ProcessStarted()
            | SeatGiven()
            | SeatEnded()
        ):
            return None


def out_of_order_of(event: Event) -> str | None:
    """Return why something was recorded although the state did not admit it."""
    match event:
        case DecisionRecorded() | TaskReported():
            return event.out_of_order
        case (
            MilestoneMoved()
            | AnswerFollowedUp()
            | PartReported()
            | NoteAdded()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
            | Amended()
            | EntryCorrected()
            | CalendarFollowed()
            | ProcessStarted()
            | SeatGiven()
            | SeatEnded()
        ):
            return None


def openness_of(event: Event) -> Openness:
    """Return who may see an event: everybody, but for what was recorded otherwise, and notes.

    That something is secret is public, as are the body that said so and its ground.
    """
    match event:
        case NoteAdded(openness=None, secrecy=None):
            return INTERNAL
        case (
            DecisionRecorded() | AnswerFollowedUp() | TaskReported() | PartReported() | NoteAdded()
        ):
            return PUBLIC if event.openness is None else Openness.read(event.openness)
        case (
            MilestoneMoved()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
            | Amended()
            | EntryCorrected()
            | CalendarFollowed()
            | ProcessStarted()
            | SeatGiven()
            | SeatEnded()
        ):
            return PUBLIC


def secrecy_of(event: Event) -> str | None:
    """Return the ground on which an event is under secrecy; None where it is not."""
    match event:
        case DecisionRecorded() | PartReported() | NoteAdded():
            return event.secrecy
        case (
            MilestoneMoved()
            | AnswerFollowedUp()
            | TaskReported()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
            | Amended()
            | EntryCorrected()
            | CalendarFollowed()
            | ProcessStarted()
            | SeatGiven()
            | SeatEnded()
        ):
            return None


def milestone_of(event: Event) -> str | None:
    """Return the milestone in which something happened; empty for a task of the process itself."""
    match event:
        case MilestoneMoved() | DecisionRecorded() | AnswerFollowedUp() | TaskReported():
            return event.milestone
        case (
            PartReported()
            | NoteAdded()
            | DueMoved()
            | PartyJoined()
            | PartyLeft()
            | Amended()
            | EntryCorrected()
            | CalendarFollowed()
            | ProcessStarted()
            | SeatGiven()
            | SeatEnded()
        ):
            return None


def because_of(event: Event) -> int | None:
    """Return the number of the entry that set an event off; None where none did."""
    match event:
        case MilestoneMoved() | PartyJoined() | PartyLeft():
            return event.because
        case _:
            return None


def payload_of(event: Event) -> dict[str, Any]:
    """Return an event as plain data; what is empty is left out."""
    values = ((each.name, getattr(event, each.name)) for each in fields(event))
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values
        if value is not None and value is not False and value != ()
    }


def event_from(kind: str, payload: dict[str, Any]) -> Event:
    """Return the event that plain data means.

    Raises:
        KeyError: there is no such type of event.
        TypeError: the data does not fit it.
    """
    return event_holding(kind, {**payload})


def event_holding(kind: str, payload: dict[str, Any]) -> Event:
    """Return the event that plain data means, which nobody else may use from now on.

    Raises:
        KeyError: there is no such type of event.
        TypeError: the data does not fit it.
    """
    of, lists = _fitting(kind, tuple(payload))
    for name in lists:
        if isinstance(payload[name], list):
            payload[name] = tuple(payload[name])
    # Filled as a whole: of a frozen one the fields are set one by one, in four times the time.
    event = object.__new__(of)
    object.__setattr__(event, "__dict__", payload)
    return event


@lru_cache(maxsize=1024)
def _fitting(kind: str, names: tuple[str, ...]) -> tuple[type[Event], tuple[str, ...]]:
    """Return the type of an event that has these fields, and which of them are lists.

    Raises:
        KeyError: there is no such type of event.
        TypeError: they are not its fields, or one that it needs is not among them.
    """
    of = EVENT_TYPES[kind]
    made: Callable[..., Event] = of
    made(**dict.fromkeys(names))
    lists = {each.name for each in fields(of) if _may_be_list(each.type)}
    return of, tuple(name for name in names if name in lists)


def _may_be_list(kind: object) -> bool:
    return any(get_origin(each) is tuple for each in (kind, *get_args(kind)))


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and the date on which it happened.

    Attributes:
        effective: the date, as precise as the source has it.
        effective_on: the day it counts from; None where the date is not known.
    """

    event: Event
    effective: PartialDate
    effective_on: date | None


class Dated(Protocol):
    """An event with the date on which it happened: one that is decided, or that is recorded."""

    @property
    def event(self) -> Event:
        """What happened."""
        ...

    @property
    def effective(self) -> PartialDate:
        """When, as precise as the source has it."""
        ...

    @property
    def effective_on(self) -> date | None:
        """The day it counts from; None where the date is not known."""
        ...


STARTER = "starter"
"""The seat in which a process is started: that of nobody in particular."""


class Entry(NamedTuple):
    """One entry of the journal of one process (*logboek*).

    Attributes:
        seq: its number; from 1, without gaps.
        recorded_at: when it was recorded (aware, UTC).
        effective: when it happened, as precise as known.
        effective_on: the day from which it counts; None if unknown.
        actor: the opaque id of the person who recorded it.
        role: the seat in which they did so.
        os_user: their user name in the operating system.
        key: the idempotency key of the command, or None.
        digest: the hash of the command, with a key.
        prev_hash: the hash of the entry before it.
        hash: over all of the above and the event.
    """

    process: str
    seq: int
    event: Event
    recorded_at: datetime
    effective: PartialDate
    effective_on: date | None
    actor: str
    role: str
    os_user: str
    key: str | None
    digest: str | None
    prev_hash: str
    hash: str


class DatedEvent(NamedTuple):
    """The event and dates of an entry, without its actor and its hashes.

    An account of the facts needs no more, and reads it in two thirds of the time.

    Attributes:
        seq: that of the entry, like all other fields.
    """

    seq: int
    event: Event
    recorded_at: datetime
    effective: PartialDate
    effective_on: date | None


AnyEntry = TypeVar("AnyEntry", Entry, DatedEvent)
