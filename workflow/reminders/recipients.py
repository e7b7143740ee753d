"""The recipients of a reminder: the reachable holders of its seat, or else the secretariat."""

from collections.abc import Iterable, Iterator
from datetime import date

from definitions.language.values import dataclass, replace
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import WITHDRAWN, Addressee, Addressees, Delivery, Instead
from workflow.model.state import SeatState, seat_name
from workflow.rules.deadlines import Seat, secretariat
from workflow.rules.snapshot import Snapshot
from workflow.storage.agendas import Carried
from workflow.storage.reminders import Row

EMPTY = "empty"
"""Why a reminder waits: nobody holds its seat, and the secretariat cannot be reached either."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A due reminder without a reachable recipient, at its seat or at the secretariat."""

    process: str
    due: str
    seat: str

    @property
    def said(self) -> str:
        """The reminder on one line."""
        return f"{self.process}: {self.due}, {self.seat}"


@dataclass(frozen=True, slots=True)
class AgendaHistory:
    """What letters told one mailbox about a deadline, for its calendar.

    A letter whose delivery is uncertain may or may not have arrived.

    Attributes:
        letters: its reminders in those letters, the oldest first; at least one has the deadline.
        still_recipient: whether it is still a recipient, at a seat at which it was one then.
    """

    letters: tuple[Carried, ...]
    still_recipient: bool

    @property
    def deadline(self) -> date:
        """The last date that a letter gave for it."""
        return next(each.deadline for each in reversed(self.letters) if each.rung != WITHDRAWN)

    @property
    def may_be_there(self) -> bool:
        """Whether it may still be in that calendar: no withdrawal has certainly arrived."""
        for each in reversed(self.letters):
            if each.rung != WITHDRAWN:
                return True
            if each.status is Delivery.SENT:
                return False
        return False

    def is_out_of_date(self, deadline: date) -> bool:
        """Return whether the calendar may lack the deadline, or have another date for it."""
        last = self.letters[-1]
        if last.rung != WITHDRAWN:
            return last.status is not Delivery.SENT or last.deadline != deadline
        return self.still_recipient or (self.may_be_there and self.deadline != deadline)

    @property
    def last_to_a_seat(self) -> Carried:
        """The last of its reminders that was for a seat."""
        return next((each for each in reversed(self.letters) if each.role), self.letters[-1])


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets a reminder, and why, if it was meant for another seat.

    Attributes:
        in_agenda: the history of their calendar, if that is why they get it.
    """

    addressee: Addressee
    instead: Instead | None
    meant_for: str | None
    in_agenda: AgendaHistory | None = None


@dataclass(frozen=True, slots=True)
class SeatHolders(Snapshot):
    """The people and mailboxes that can be reached at the seats of a process on a day."""

    addressees: Addressees

    def holders(self, seat: Seat) -> tuple[Addressee, ...]:
        """Return the people and mailboxes that hold a seat today and have an address."""
        held = ((self.addressees.get(each.person), each.mailbox) for each in self._held(seat))
        known = (
            replace(each, mailbox=True) if mailbox else each
            for each, mailbox in held
            if each is not None and each.address
        )
        return tuple(dict.fromkeys(known))

    def only_mailboxes(self, seat: Seat) -> bool:
        """Return whether only mailboxes hold a seat today, so that nobody there can record."""
        held = [each.mailbox for each in self._held(seat)]
        return bool(held) and all(held)

    def _held(self, seat: Seat) -> list[SeatState]:
        """Return how a seat is held today; all seats are looked through only once."""
        return self.once("held", self._all_held).get(seat, [])

    def _all_held(self) -> dict[Seat, list[SeatState]]:
        found: dict[Seat, list[SeatState]] = {}
        for each in self.state.seats.values():
            if each.held_on(self.day):
                found.setdefault((each.role, each.place), []).append(each)
        return found

    def recipients(self, row: Row) -> Iterator[Recipient]:
        """Yield the recipients of a reminder: the holders of its seat, or else the secretariat."""
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
        """Return whether a reminder for a seat reaches anybody: a holder, or the secretariat."""
        return bool(_reachable(self.holders(seat)) or self.secretaries())

    def secretaries(self) -> list[Addressee]:
        """Return the reachable members of the secretariat, to whom undeliverable reminders go."""
        seats = secretariat(self.definition)
        return _reachable(dict.fromkeys(each for seat in seats for each in self.holders(seat)))


def _reachable(addressees: Iterable[Addressee]) -> list[Addressee]:
    """Return addressees, each mailbox once; an unusable address stays, since it gets reported.

    If a person is reached at the mailbox of a function, the letter addresses the person.
    """
    found: dict[str, Addressee] = {}
    for each in addressees:
        address = same_mailbox(str(each.address))
        if address not in found or not each.mailbox:
            found[address] = each
    return list(found.values())
