"""The deadlines that letters put in the calendars of recipients, and did not take back since.

Each letter has its deadlines for a calendar. A recipient has what the last letter about a deadline
that reached their mailbox said. A letter of which the delivery is not certain counts as well: a
cancellation does no harm to a recipient who never got it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from definitions.language.values import dataclass, replace
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import WITHDRAWN, Addressees, Delivery
from workflow.reminders.recipients import AgendaHistory, Recipient, SeatHolders
from workflow.rules.deadlines import PlanKey
from workflow.storage.agendas import Carried
from workflow.storage.reminders import Row


@dataclass(frozen=True, slots=True)
class Agendas:
    """The deadlines of a process as they stand in the calendars of recipients.

    Attributes:
        letters: the reminders that reached mailboxes, or may still do so, by deadline; the oldest
            first.
        addressees: all people and mailboxes on record; letters go to nobody else.
    """

    letters: Mapping[PlanKey, tuple[Carried, ...]]
    addressees: Addressees

    def unsettled_until(self, row: Row) -> datetime | None:
        """Return until when the contents of calendars are uncertain; None if they are certain.

        Until then a letter about the same deadline is under way, or waits for another attempt.
        """
        waiting = (each for each in self._of(row) if each.status is Delivery.WAITING)
        return max((each.next_at for each in waiting if each.next_at is not None), default=None)

    def outdated_recipients(self, row: Row, seated: SeatHolders) -> Iterator[Recipient]:
        """Yield the recipients whose calendar is out of date on a deadline, each mailbox once.

        Everybody who may have the deadline in a calendar is notified when it lapses or moves. When
        it moves, so are current recipients from whose calendar it was taken back.

        Args:
            row: the reminder that updates calendars; it is for no seat.
            seated: the recipients at each seat today.
        """
        for recipient, calendar in self._calendars(row, seated):
            withdrawn = row.rung == WITHDRAWN
            if calendar.may_be_there if withdrawn else calendar.is_out_of_date(row.deadline):
                yield recipient

    def _calendars(
        self, row: Row, seated: SeatHolders
    ) -> Iterator[tuple[Recipient, AgendaHistory]]:
        """Yield everybody on record who was sent a deadline, each mailbox once."""
        mailboxes: dict[str, list[Carried]] = {}
        for each in self._of(row):
            if each.address is not None and each.person in self.addressees:
                mailboxes.setdefault(same_mailbox(each.address), []).append(each)
        for mailbox, told in mailboxes.items():
            if all(each.rung == WITHDRAWN for each in told):
                continue  # the earlier recipient has been erased
            addressee = replace(self.addressees[str(told[-1].person)], address=told[-1].address)
            found = _as_recipient(seated, row, mailbox, told)
            calendar = AgendaHistory(tuple(told), still_recipient=found is not None)
            found = found or Recipient(addressee, None, None)
            yield replace(found, addressee=addressee, in_agenda=calendar), calendar

    def _of(self, row: Row) -> Iterator[Carried]:
        """Yield the reminders of a deadline that letters carried, except this one."""
        for each in self.letters.get(row.plan, ()):
            if (each.rung, each.version) != (row.rung, row.version):
                yield each


def agendas_of(letters: Iterable[Carried], addressees: Addressees) -> Agendas:
    """Return the contents of calendars that follow from the letters that were written."""
    found: dict[PlanKey, list[Carried]] = {}
    for each in letters:
        found.setdefault(each.plan, []).append(each)
    return Agendas({key: tuple(each) for key, each in found.items()}, addressees)


def _as_recipient(
    seated: SeatHolders, row: Row, mailbox: str, told: Iterable[Carried]
) -> Recipient | None:
    """Return the mailbox as a recipient today, at a seat at which it was one before; else None."""
    seats = dict.fromkeys((each.role, each.place, each.meant_for) for each in told if each.role)
    for role, place, meant_for in seats:
        at_seat = row._replace(role=role, place=place, meant_for=meant_for)
        for each in seated.recipients(at_seat):
            if same_mailbox(str(each.addressee.address)) == mailbox:
                return each
    return None
