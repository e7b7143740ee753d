"""What stands in whose calendar: deadlines that letters brought there, and did not take back since.

Each letter has its deadlines for a calendar. What a reader has there is what the last letter about
a deadline said that reached their mailbox. Letters that may have arrived unheard count as well:
whoever did not get one has nothing to take back, and no harm is done.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from definitions.language.values import dataclass
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import WITHDRAWN, Addressees, Delivery
from workflow.reminders.recipients import AgendaHistory, Recipient, SeatHolders
from workflow.rules.deadlines import PlanKey
from workflow.storage.agendas import Carried
from workflow.storage.reminders import Row


@dataclass(frozen=True, slots=True)
class Agendas:
    """What stands in calendars of the deadlines of a process.

    Attributes:
        letters: what letters brought, or may bring still, by the deadline; the oldest first.
        addressees: everybody of whom a name is kept; nothing goes to anybody else.
    """

    letters: Mapping[PlanKey, tuple[Carried, ...]]
    addressees: Addressees

    def unsettled_until(self, row: Row) -> datetime | None:
        """Return until when it is not known what calendars have; None where it is.

        Until then a letter about the same deadline is on its way, or is not tried again.
        """
        waiting = (each for each in self._of(row) if each.status is Delivery.WAITING)
        return max((each.next_at for each in waiting if each.next_at is not None), default=None)

    def outdated_recipients(self, row: Row, seated: SeatHolders) -> Iterator[Recipient]:
        """Yield who has a deadline otherwise in a calendar than it is, each mailbox once.

        Of a deadline that applies no longer that is everybody who has it. Of one that has another
        date it is too; and where it was taken back, whoever hears of it still.

        Args:
            row: what says how it is; it is for no seat.
            seated: who hears what today.
        """
        for recipient, calendar in self._calendars(row, seated):
            withdrawn = row.rung == WITHDRAWN
            if calendar.may_be_there if withdrawn else calendar.is_out_of_date(row.deadline):
                yield recipient

    def _calendars(
        self, row: Row, seated: SeatHolders
    ) -> Iterator[tuple[Recipient, AgendaHistory]]:
        """Yield who was told of a deadline, and is known still; each mailbox once."""
        mailboxes: dict[str, list[Carried]] = {}
        for each in self._of(row):
            if each.address is not None and each.person in self.addressees:
                mailboxes.setdefault(same_mailbox(each.address), []).append(each)
        for mailbox, told in mailboxes.items():
            if all(each.rung == WITHDRAWN for each in told):
                continue  # it was forgotten who was told before
            addressee = replace(self.addressees[str(told[-1].person)], address=told[-1].address)
            found = _as_recipient(seated, row, mailbox, told)
            calendar = AgendaHistory(tuple(told), still_recipient=found is not None)
            found = found or Recipient(addressee, None, None)
            yield replace(found, addressee=addressee, in_agenda=calendar), calendar

    def _of(self, row: Row) -> Iterator[Carried]:
        """Yield what letters brought of a deadline, but for this row itself and its copies."""
        for each in self.letters.get(row.plan, ()):
            if (each.rung, each.version) != (row.rung, row.version):
                yield each


def agendas_of(letters: Iterable[Carried], addressees: Addressees) -> Agendas:
    """Return what stands in calendars, by the letters that were written."""
    found: dict[PlanKey, list[Carried]] = {}
    for each in letters:
        found.setdefault(each.plan, []).append(each)
    return Agendas({key: tuple(each) for key, each in found.items()}, addressees)


def _as_recipient(
    seated: SeatHolders, row: Row, mailbox: str, told: Iterable[Carried]
) -> Recipient | None:
    """Return how a mailbox would hear of a deadline today, at a seat at which it did."""
    seats = dict.fromkeys((each.role, each.place, each.meant_for) for each in told if each.role)
    for role, place, meant_for in seats:
        at_seat = replace(row, role=role, place=place, meant_for=meant_for)
        for each in seated.recipients(at_seat):
            if same_mailbox(str(each.addressee.address)) == mailbox:
                return each
    return None
