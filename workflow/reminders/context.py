"""The present state of a process, from which reminders are written."""

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from definitions.language.values import dataclass
from definitions.model import Definition, Due
from workflow.model.reminders import Addressee, Addressees, Contact, First, Instead, Item, Waiting
from workflow.model.state import DecisionState
from workflow.reminders.recipients import SeatHolders
from workflow.rules.deadlines import Seat, ladder_of, next_rung
from workflow.rules.snapshot import Snapshot

Key = TypeVar("Key")
Value = TypeVar("Value")
AllButRung = tuple[str, str, date, int, str, str, Instead | None, str | None]


@dataclass(frozen=True, slots=True)
class Computed:
    """Answers that were computed for a process: its reminders ask the same many times.

    Attributes:
        dues: those of the definition, by their references.
        items: the content of a reminder, by everything in it except its rung.
        decisions: the last decision of each body, by milestone and request.
        waits: the transitions that wait for a due, by its reference.
        contacts: the contacts, by the recipient's seat and the seats that have to act.
        replies: the addresses to which replies go.
        rungs: when the next rung is due, by the ladder and the deadline.
        firsts: the prerequisites of a decision, by milestone, request and party.
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
class ReminderContext(Snapshot):
    """The present state of a process, from which a reminder is written.

    Attributes:
        opening: the hash of its first entry, which it shares with no other process.
        seq: the number of its last entry; 0 if that is not known.
        known: the answers that were computed so far.
    """

    process: str
    addressees: Addressees
    opening: str = ""
    seq: int = 0
    known: Computed = field(default_factory=Computed, compare=False, repr=False)

    def due(self, ref: str) -> Due:
        """Return a due of the definition."""
        if not self.known.dues:
            self.known.dues.update(self.definition.dues)
        return self.known.dues[ref]

    def next_rung(self, ref: str, deadline: date, now: datetime) -> datetime | None:
        """Return when the next reminder of a due is planned; None if no rung is left."""
        ladder = ladder_of(self, str(self.due(ref).ladder))
        find = partial(next_rung, self.definition, ladder, deadline, now)
        return once(self.known.rungs, (ladder, deadline), find)

    @property
    def seated(self) -> SeatHolders:
        """The people and mailboxes that can be reached at its seats."""
        return self.once("seated", lambda: SeatHolders(*self.parts, self.addressees))

    def holders(self, seat: Seat) -> tuple[Addressee, ...]:
        """Return the holders of a seat today who have an address."""
        return self.seated.holders(seat)


def once(known: dict[Key, Value], key: Key, find: Callable[[], Value]) -> Value:
    """Return a value, computed the first time that it is needed."""
    if key not in known:
        known[key] = find()
    return known[key]


def place_name(definition: Definition, place: str) -> str:
    """Return the name of a party or a group; empty if the place is neither."""
    parties = definition.everybody.parties
    if place in parties:
        return parties[place].name
    return definition.groups.get(place, "")
