"""A process as it stands, to write reminders from; what many of them ask is found out once."""

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from definitions.language.values import dataclass
from definitions.model import Definition, Due
from workflow.model.reminders import Addressee, Addressees, Contact, First, Instead, Item, Waiting
from workflow.model.state import DecisionState, State
from workflow.reminders.recipients import SeatHolders
from workflow.rules.deadlines import Seat, ladder_of, next_rung

Key = TypeVar("Key")
Value = TypeVar("Value")
AllButRung = tuple[str, str, date, int, str, str, Instead | None, str | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What was found of a process as it stands: many reminders ask for the same.

    Attributes:
        dues: those of the definition, by their references.
        items: what a reminder is about, by all of it but its rung.
        decisions: what each body said last, by milestone and request.
        waits: what waits for a due, by its reference.
        contacts: whom to ask, by the seat of the reader and the seats it is asked of.
        replies: the addresses that hear what readers reply.
        rungs: when the next rung is due, by the ladder and the deadline.
        firsts: what comes before a decision, by milestone, request and whose own it is.
    """

    dues: dict[str, Due] = field(default_factory=dict)
    items: dict[AllButRung, Item] = field(default_factory=dict)
    decisions: dict[tuple[str, str], dict[str, DecisionState]] = field(default_factory=dict)
    waits: dict[str, tuple[Waiting, ...]] = field(default_factory=dict)
    contacts: dict[tuple[Seat, tuple[Seat, ...]], tuple[Contact, ...]] = field(default_factory=dict)
    replies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rungs: dict[tuple[tuple[str, ...], date], datetime | None] = field(default_factory=dict)
    firsts: dict[tuple[str, str, str], tuple[First, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A process as it stands: what a reminder is written from.

    Attributes:
        opening: the hash of its first entry, which it shares with no other process.
        seq: the number of its last entry; 0 where that is not known.
        known: what was found of it so far.
    """

    process: str
    definition: Definition
    state: State
    today: date
    addressees: Addressees
    opening: str = ""
    seq: int = 0
    known: Known = field(default_factory=Known, compare=False, repr=False)

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
    def seated(self) -> SeatHolders:
        """Who can be told at its seats."""
        return SeatHolders(self.definition, self.state, self.today, self.addressees)

    def holders(self, seat: Seat) -> tuple[Addressee, ...]:
        """Return who holds a seat today and has an address."""
        return self.seated.holders(seat)


def once(known: dict[Key, Value], key: Key, find: Callable[[], Value]) -> Value:
    """Find something, the first time it is asked for."""
    if key not in known:
        known[key] = find()
    return known[key]


def place_name(definition: Definition, place: str) -> str:
    """Return the name of a party or a group, as people write it; empty of anything else."""
    if place in definition.parties:
        return definition.parties[place].name
    return definition.groups.get(place, "")
