"""Where a process stands: what follows from its journal, as frozen values.

Every mapping here is a table: its key is the primary key, the fields of its values are the
columns.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from definitions.calendar.dates import COUNTED_FROM
from definitions.language.values import dataclass, replace
from definitions.model import FIRST_YEAR, Definition, Effect, Milestone, Per, Role

Day = date
"""The type, where a field is called ``date``."""

FIRST_ROUND = 1
"""The round that is open from the start."""


class Basis(StrEnum):
    """The basis of a gated move."""

    DECIDED = "decided"
    """Its gate held on its effective date, according to the record."""
    LATCHED = "latched"
    """Its gate held once and counts as passed, though it would not hold any more."""
    ATTESTED = "attested"
    """It is on the word of a source; what its gate asks is not on record."""
    IN_QUESTION = "in-question"
    """Its gate held according to the record at that time, but not according to the present
    record."""


PROVED = frozenset({None, Basis.DECIDED, Basis.LATCHED})
"""The bases on which something else may rest; None is a move that needs no gate."""


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """The state of one milestone.

    Attributes:
        since: the day it entered the state; the first day of the process at the start.
        effective: the same, as precise as the source has it; empty at the start.
        seq: the entry that moved it there; 0 at the start.
        basis: the basis of that move; None if it has no gate.
        round: the round of its requests; the first is open from the start.
        that_day: the states it was also in on the day of ``since``.
        entered: per state it was ever in, the last day on which it entered it.
        opened_on: the day on which the present round was opened; None for the first.
        opened_from: the states it was in on that day, before the round was opened.
        out_of_order: whether its basis depends on decisions or reports recorded out of order.
    """

    state: str
    since: date
    effective: str
    seq: int
    basis: Basis | None
    round: int
    that_day: tuple[str, ...] = ()
    entered: Mapping[str, date] = field(default_factory=dict)
    opened_on: date | None = None
    opened_from: tuple[str, ...] = ()
    out_of_order: bool = False

    def states_on(self, day: date) -> tuple[str, ...]:
        """Return the states it was in on a day not before ``since``."""
        return (*self.that_day, self.state) if day <= self.since else (self.state,)


@dataclass(frozen=True, slots=True)
class MoveState:
    """The last time a gated transition was taken, and its present basis.

    Attributes:
        effective: when it happened, as precise as the source has it.
        round: the round that its gate evaluated: that of the milestone before the move.
        out_of_order: whether the gate held only with decisions or reports recorded out of order.
    """

    effective: str
    effective_on: date
    seq: int
    basis: Basis
    round: int
    reference: str | None
    out_of_order: bool = False


@dataclass(frozen=True, slots=True)
class DecisionState:
    """The last answer of a body in a round.

    Attributes:
        effective: when it was given, as precise as the source has it.
        effective_on: the day from which it counts.
        text: the SHA-256 of the text it decided on.
        points: what the answer says point by point, each to be replied to.
        signed_by: the roles that signed it.
    """

    outcome: str
    effect: Effect
    effective: str
    effective_on: date
    seq: int
    text: str | None
    options: tuple[str, ...]
    unnamed_options: int
    points: tuple[str, ...]
    signed_by: tuple[str, ...]
    out_of_order: bool

    @property
    def closes(self) -> bool:
        """Whether the body has decided: held over closes nothing."""
        return self.effect is not Effect.PENDING

    @property
    def day_known(self) -> bool:
        """Whether a source says when: else ``effective_on`` is only from when it counts."""
        return not self.effective.startswith(COUNTED_FROM)


class Step(StrEnum):
    """The steps of following up an answer."""

    SENT = "sent"
    """It was sent to the asking party."""
    RECEIVED = "received"
    """The asking party has received it."""
    REPLIED = "replied"
    """One of its points was replied to."""


@dataclass(frozen=True, slots=True)
class FollowUpState:
    """When a step was taken with an answer."""

    effective: str
    effective_on: date
    seq: int


@dataclass(frozen=True, slots=True)
class TaskState:
    """The last result of a task."""

    result: str
    done: bool
    effective: str
    effective_on: date
    seq: int
    out_of_order: bool = False


Key = TypeVar("Key")
Answer = TypeVar("Answer", bound=DecisionState | TaskState)


class InOrderOnly(Mapping[Key, Answer]):
    """A view of decisions or reports without those recorded out of order.

    They are skipped on access instead of copying the rest, since most are never accessed.
    """

    def __init__(self, every: Mapping[Key, Answer]) -> None:
        """Take all of them."""
        self._every = every

    def __getitem__(self, key: Key) -> Answer:
        """Return one that was recorded in order."""
        found = self._every[key]
        if found.out_of_order:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        """Yield the keys of those that were recorded in order."""
        return (key for key, each in self._every.items() if not each.out_of_order)

    def __len__(self) -> int:
        """Return how many were recorded in order."""
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class PartState:
    """The level a part of a deliverable is at, and the version that is.

    Attributes:
        version: what its author calls it; None where nobody said.
        text: the SHA-256 of its text; None where no text was given.
    """

    level: str
    version: str | None
    text: str | None
    effective: str
    effective_on: date
    seq: int


@dataclass(frozen=True, slots=True)
class DueState:
    """A date that a due was given later.

    Attributes:
        date: as precise as it was given.
        effective: the day on which it was, as precise as the source has it.
    """

    date: str
    reason: str
    effective: str
    effective_on: Day


@dataclass(frozen=True, slots=True)
class DepartureState:
    """The departure of a party: its first day without it, and why."""

    effective: str
    effective_on: date
    reason: str
    seq: int


@dataclass(frozen=True, slots=True)
class AmendmentState:
    """What something of the definition reads for this process."""

    value: str
    reason: str
    effective_on: date
    seq: int


@dataclass(frozen=True, slots=True)
class ArrivalState:
    """The arrival of a party: its first day, and why.

    Attributes:
        over: the requests and tasks that were over by then, as ``milestone/name``; they are asked
            of it when they are put again.
    """

    effective: str
    effective_on: date
    reason: str
    seq: int
    over: frozenset[str] = frozenset()

    @property
    def amendment(self) -> AmendmentState:
        """The arrival as the tables hold it: what the definition reads for this process."""
        value = "\n".join((self.effective, *sorted(self.over)))
        return AmendmentState(value, self.reason, self.effective_on, self.seq)

    @classmethod
    def of(cls, amended: AmendmentState) -> "ArrivalState":
        """Return the arrival that an amendment holds."""
        effective, *over = amended.value.split("\n")
        return cls(effective, amended.effective_on, amended.reason, amended.seq, frozenset(over))


ARRIVED = "party/"
"""The beginning of what is amended where a party joined."""


@dataclass(frozen=True, slots=True)
class ShiftState:
    """That a term ends on another day, by a calendar that was followed.

    Attributes:
        was: its last day by the calendar before.
        ends: its last day by the one that was followed.
        counted_from: the day from which it is counted, as it is written; empty of a month, ….
        closed: it had ended by then, and its last day stays what it was.
    """

    was: date
    ends: date
    counted_from: str
    closed: bool
    effective_on: date
    seq: int


@dataclass(frozen=True, slots=True)
class SeatState:
    """A seat with its present or former holder.

    Attributes:
        person: the opaque id of the holder.
        mailbox: whether the holder is the mailbox of a function, which is reminded but cannot act.
    """

    role: str
    place: str
    person: str
    since: date
    until: date | None
    mailbox: bool = False

    def held_on(self, day: date) -> bool:
        """Return whether it is held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, first: date, last: date | None) -> bool:
        """Return whether it is held on one of some days; without a last one where None."""
        begun = last is None or self.since <= last
        return begun and (self.until is None or first <= self.until)


DecisionKey = tuple[str, str, int, str]
"""Milestone, request, round, body."""
FollowUpKey = tuple[str, str, int, str, Step, int]
"""Milestone, request, round, body, what was done, the number of the point (0 for all of it)."""
TaskKey = tuple[str, str, str, int]
"""Milestone (empty for the process), task, subject (empty for once), round or year."""
DueKey = tuple[str, int]
"""The due, and the entry that moved it."""
ShiftKey = tuple[str, str]
"""The due, and the party that has its own (empty where it is one for all)."""
PartKey = tuple[str, str, str]
"""Deliverable, part, party (empty for a part that is one)."""
MoveKey = tuple[str, str, str, str]
"""Milestone, trigger, source, target."""


@dataclass(frozen=True, slots=True)
class State:
    """The state of a process.

    Attributes:
        begins: its first day.
        last_day: the last day with an event that gates or commands depend on.
        moves: the gated transitions that were taken.
        seats: seats by the number of the entry that gave them.
        dues: the later dates that dues were given, each with its entry.
        departures: the parties that left.
        amendments: the parts of the definition that were amended, and the parties that joined.
        shifts: the terms that a new calendar moved, by due and, if each party has its own, party.
    """

    begins: date
    last_day: date
    reconstruction: bool
    milestones: Mapping[str, MilestoneState]
    decisions: Mapping[DecisionKey, DecisionState] = field(default_factory=dict)
    follow_ups: Mapping[FollowUpKey, FollowUpState] = field(default_factory=dict)
    tasks: Mapping[TaskKey, TaskState] = field(default_factory=dict)
    parts: Mapping[PartKey, PartState] = field(default_factory=dict)
    moves: Mapping[MoveKey, MoveState] = field(default_factory=dict)
    seats: Mapping[int, SeatState] = field(default_factory=dict)
    dues: Mapping[DueKey, DueState] = field(default_factory=dict)
    departures: Mapping[str, DepartureState] = field(default_factory=dict)
    amendments: Mapping[str, AmendmentState] = field(default_factory=dict)
    shifts: Mapping[ShiftKey, ShiftState] = field(default_factory=dict)

    @property
    def arrivals(self) -> Mapping[str, ArrivalState]:
        """The parties that joined."""
        return {
            what.removeprefix(ARRIVED): ArrivalState.of(each)
            for what, each in self.amendments.items()
            if what.startswith(ARRIVED)
        }

    @property
    def joined(self) -> frozenset[str]:
        """The ids of the parties that joined."""
        found = (what for what in self.amendments if what.startswith(ARRIVED))
        return frozenset(what.removeprefix(ARRIVED) for what in found)

    def round_of(self, milestone: str) -> int:
        """Return the round that the requests of a milestone are in.

        A program of the release before kept 0 where nothing had been asked yet.
        """
        return max(self.milestones[milestone].round, FIRST_ROUND)

    def of_present_rounds(self) -> "State":
        """Return it without the decisions, steps and tasks of rounds that are over."""
        rounds = {name: self.round_of(name) for name in self.milestones}

        def is_present(milestone: str, number: int) -> bool:
            return number == rounds[milestone]

        return replace(
            self,
            decisions={k: each for k, each in self.decisions.items() if is_present(k[0], k[2])},
            follow_ups={k: each for k, each in self.follow_ups.items() if is_present(k[0], k[2])},
            tasks={
                key: each
                for key, each in self.tasks.items()
                if key[3] == 0 or key[3] >= FIRST_YEAR or key[3] == rounds[key[0]]
            },
        )

    def last_gated(self, milestone: str) -> MoveState | None:
        """Return the last move of a milestone that has a gate: on that its state rests."""
        gated = [move for key, move in self.moves.items() if key[0] == milestone]
        return max(gated, key=lambda move: move.seq, default=None)

    def moves_of(self, due: str) -> tuple[DueState, ...]:
        """Return the dates that a due was given later, as they were given."""
        return tuple(self.dues[key] for key in self._moves_of(due))

    def last_move(self, due: str) -> DueKey | None:
        """Return which of the dates that a due was given later is in force."""
        return next(reversed(self._moves_of(due)), None)

    def _moves_of(self, due: str) -> list[DueKey]:
        found = (key for key in self.dues if key[0] == due)
        return sorted(found, key=lambda key: (self.dues[key].effective_on, key[1]))

    def moved(self, due: str) -> DueState | None:
        """Return the date that a due was last given, or None where it was never moved."""
        return next(reversed(self.moves_of(due)), None)

    def remaining(self, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of some parties and groups that have not left."""
        if not self.departures:
            return subjects
        return tuple(each for each in subjects if each not in self.departures)

    def unproved(self) -> dict[MoveKey, MoveState]:
        """Return the moves that are not proved, in the order in which they were made."""
        found = ((key, move) for key, move in self.moves.items() if move.basis not in PROVED)
        return dict(sorted(found, key=lambda item: item[1].seq))

    def seats_of(self, person: str, day: date) -> tuple[SeatState, ...]:
        """Return the seats a person, or a mailbox, holds on a day."""
        return tuple(
            seat for seat in self.seats.values() if seat.person == person and seat.held_on(day)
        )

    def acting_seats_of(self, person: str, day: date) -> tuple[SeatState, ...]:
        """Return the seats in which a person can act on a day; a mailbox can in none."""
        return tuple(seat for seat in self.seats_of(person, day) if not seat.mailbox)

    def is_mailbox(self, person: str) -> bool:
        """Return whether an opaque id is that of a mailbox, which holds or held a seat here."""
        return any(seat.mailbox for seat in self.seats.values() if seat.person == person)


def is_put(milestone: Milestone, at: MilestoneState) -> bool:
    """Return whether anything was asked in a milestone: a state that admits an answer was entered.

    Until then a transition that opens a round finds the first one unused, and opens that.
    """
    return not milestone.admitting.isdisjoint(at.entered)


def is_doubtful(move: MoveState) -> bool:
    """Return whether a move is unproved, or proved only by entries recorded out of order."""
    return move.basis not in PROVED or move.out_of_order


People = Mapping[str, tuple[str, str | None]]
"""The name and address of everybody, by their opaque id."""


def seat_name(role: str, place: str) -> str:
    """Return a seat as people write it: ``griffier@sliedrecht``, or ``stuurgroep``."""
    return f"{role}@{place}" if place else role


def places_of(definition: Definition, role: Role) -> tuple[str, ...]:
    """Return the places at which a role has seats; one empty place where it has just one."""
    match role.per:
        case Per.PARTY:
            return tuple(definition.parties)
        case Per.GROUP:
            return tuple(definition.groups)
        case None:
            return ("",)
