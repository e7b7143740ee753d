"""Who hears a reminder: whoever holds its seat and can be told, or else the secretariat."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import WITHDRAWN, Addressee, Addressees, Delivery, Instead
from workflow.model.state import State, seat_name
from workflow.rules.deadlines import Seat, secretariat
from workflow.storage.agendas import Carried
from workflow.storage.reminders import Row

EMPTY = "empty"
"""Why a reminder waits: nobody holds its seat, and nobody who hears it instead."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Something due of which nobody can be told: neither at its seat, nor at one instead of it."""

    process: str
    due: str
    seat: str

    @property
    def said(self) -> str:
        """What it is, on a line."""
        return f"{self.process}: {self.due}, {self.seat}"


@dataclass(frozen=True, slots=True)
class AgendaHistory:
    """A deadline as one mailbox has it, or had it, in a calendar.

    What was said in a letter that was not sent for certain may have arrived, or not.

    Attributes:
        letters: each time it was said there, the oldest first; at least once as a deadline.
        still_recipient: whether its reader hears of it still, at a seat at which that was.
    """

    letters: tuple[Carried, ...]
    still_recipient: bool

    @property
    def deadline(self) -> date:
        """The date that it was said to have, last."""
        return next(each.deadline for each in reversed(self.letters) if each.rung != WITHDRAWN)

    @property
    def may_be_there(self) -> bool:
        """Whether it may be in that calendar: it was not taken back for certain since."""
        for each in reversed(self.letters):
            if each.rung != WITHDRAWN:
                return True
            if each.status is Delivery.SENT:
                return False
        return False

    def is_out_of_date(self, deadline: date) -> bool:
        """Return whether that calendar may lack a date, or have another, that its reader needs."""
        last = self.letters[-1]
        if last.rung != WITHDRAWN:
            return last.status is not Delivery.SENT or last.deadline != deadline
        return self.still_recipient or (self.may_be_there and self.deadline != deadline)

    @property
    def last_to_a_seat(self) -> Carried:
        """What was said last to a seat."""
        return next((each for each in reversed(self.letters) if each.role), self.letters[-1])


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is to hear a reminder; and why, where it was meant for another seat.

    Attributes:
        in_agenda: what they have of it in a calendar, where that is why they hear it.
    """

    addressee: Addressee
    instead: Instead | None
    meant_for: str | None
    in_agenda: AgendaHistory | None = None


@dataclass(frozen=True, slots=True)
class SeatHolders:
    """Who can be told at the seats of a process on a day."""

    definition: Definition
    state: State
    today: date
    addressees: Addressees

    def holders(self, seat: Seat) -> tuple[Addressee, ...]:
        """Return who holds a seat today and has an address: people, and mailboxes."""
        held = (
            (self.addressees.get(each.person), each.mailbox)
            for each in self.state.seats.values()
            if (each.role, each.place) == seat and each.held_on(self.today)
        )
        known = (
            replace(each, mailbox=True) if mailbox else each
            for each, mailbox in held
            if each is not None and each.address
        )
        return tuple(dict.fromkeys(known))

    def only_mailboxes(self, seat: Seat) -> bool:
        """Return whether a seat is held today, and by no person: nobody there can record."""
        held = [
            each.mailbox
            for each in self.state.seats.values()
            if (each.role, each.place) == seat and each.held_on(self.today)
        ]
        return bool(held) and all(held)

    def recipients(self, row: Row) -> Iterator[Recipient]:
        """Yield who hears a reminder; where a seat is empty, the secretariat, and is told so."""
        holders = _reachable(self.holders((row.role, row.place)))
        instead = Instead.UNDELIVERED if row.meant_for else None
        for each in holders:
            yield Recipient(each, instead, row.meant_for or None)
        if holders:
            return
        meant_for = row.meant_for or seat_name(row.role, row.place)
        for each in self.secretaries():
            yield Recipient(each, instead or Instead.EMPTY, meant_for)

    def is_reachable(self, seat: Seat) -> bool:
        """Say whether anybody hears what is meant for a seat: who holds it, or another instead."""
        return bool(_reachable(self.holders(seat)) or self.secretaries())

    def secretaries(self) -> list[Addressee]:
        """Return who hears what nobody else can be told; nobody, where none can be told either."""
        seats = secretariat(self.definition)
        return _reachable(dict.fromkeys(each for seat in seats for each in self.holders(seat)))


def _reachable(addressees: Iterable[Addressee]) -> list[Addressee]:
    """Return readers, each address once; also one that will prove to be none, which is told of.

    Where a person is reached at the mailbox of their function, it is the person who is addressed.
    """
    found: dict[str, Addressee] = {}
    for each in addressees:
        address = same_mailbox(str(each.address))
        if address not in found or not each.mailbox:
            found[address] = each
    return list(found.values())
