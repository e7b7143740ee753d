"""Selecting the letters to write next: the due reminders, their recipients and addresses.

Nothing here holds a lock, so ``claim`` checks again what it takes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from datetime import datetime
from itertools import groupby
from typing import Any, Self

from definitions.calendar.zones import zone_of
from definitions.language.values import dataclass
from workflow.database_queries import DatabaseQueries
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import Addressees, Item
from workflow.reminders.agendas import Agendas, agendas_of
from workflow.reminders.content import agenda_update, item_of
from workflow.reminders.context import ReminderContext
from workflow.reminders.recipients import Recipient, SeatHolders
from workflow.rules.terms import due_named
from workflow.storage import agendas, reading, reminders
from workflow.storage.database import Database
from workflow.storage.errors import TemporarilyUnavailable
from workflow.storage.reminders import Copy, Row

AT_ONCE = 100
"""How many reminders are looked up, or changed, in one transaction."""
Copies = dict[tuple[Any, ...], list[Copy]]


@dataclass(frozen=True, slots=True)
class ReminderGroup:
    """A reminder and its copies, as far as they are due, and their recipients.

    Attributes:
        context: the process as it stood.
        left: the recipients who have not been sent another copy.
        missing: the numbers of the copies that have to be added.
        has_recipients: whether it has any recipient at all.
        until: until when the recipients are uncertain; None if they are certain.
    """

    context: ReminderContext
    rows: tuple[Row, ...]
    left: tuple[Recipient, ...] = ()
    missing: range = range(0)
    has_recipients: bool = False
    until: datetime | None = None

    @property
    def process(self) -> str:
        """The id of its process."""
        return self.rows[0].process

    @property
    def spare(self) -> tuple[Row, ...]:
        """The copies that no recipient needs any more."""
        return self.rows[len(self.left) :] if self.has_recipients else ()

    def assigned(self, now: datetime) -> list[tuple[Row, Recipient]]:
        """Return each copy with its recipient; missing copies are due now."""
        if not self.missing:
            return list(zip(self.rows, self.left, strict=False))
        others = [self.rows[0]._replace(copy=number, next_at=now) for number in self.missing]
        return list(zip([*self.rows, *others], self.left, strict=False))


@dataclass(slots=True)
class DueReminders:
    """The reminders that are due at one moment.

    Attributes:
        addressees: everybody who could be reached at that moment.
        groups: the reminders, the oldest first.
        broken: the reminders of processes that could not be read, each with its error.
    """

    addressees: Addressees = field(default_factory=dict)
    groups: list[ReminderGroup] = field(default_factory=list)
    broken: list[tuple[tuple[Row, ...], Exception]] = field(default_factory=list)


def due_at(queries: DatabaseQueries, now: datetime) -> DueReminders:
    """Return the reminders that are due at an instant, with their recipients."""
    with queries.database.reading() as connection:
        rows = reminders.due_rows(connection, now)
        due = DueReminders(reading.addressees(connection) if rows else {})
    for _, found in groupby(sorted(rows, key=_process), key=_process):
        of_process = tuple(found)
        try:
            due.groups += list(_groups(queries, of_process, due.addressees, now))
        except TemporarilyUnavailable:
            raise
        # An error in one process must not delay the others.
        except Exception as error:  # noqa: BLE001
            due.broken.append((of_process, error))
    due.groups.sort(key=lambda group: min(row.next_at or now for row in group.rows))
    return due


def _groups(
    queries: DatabaseQueries, rows: Sequence[Row], addressees: Addressees, now: datetime
) -> Iterator[ReminderGroup]:
    """Yield the reminders of one process, each with its copies."""
    context, there = _standing(queries, rows, addressees, now)
    copied: dict[tuple[Any, ...], list[Row]] = {}
    for row in sorted(rows, key=_copy):
        copied.setdefault(row.of_all, []).append(row)
    grouped = [tuple(copied[key]) for key in sorted(copied)]
    certain = []
    for group in grouped:
        until = there.unsettled_until(group[0]) if group[0].for_agendas else None
        if until is None:
            certain.append(group)
        else:
            yield ReminderGroup(context, group, until=until)
    found = list(_recipients_of(context.seated, there, (group[0] for group in certain)))
    several = [
        group[0]
        for group, recipients in zip(certain, found, strict=True)
        if len(recipients) > 1 or any(row.copy or row.next_at != row.at for row in group)
    ]
    copies = _copies(queries.database, several)
    for group, recipients in zip(certain, found, strict=True):
        yield _each_once(context, group, recipients, copies.get(group[0].of_all, []))


def _standing(
    queries: DatabaseQueries, rows: Sequence[Row], addressees: Addressees, now: datetime
) -> tuple[ReminderContext, Agendas]:
    """Return the present state of a process, and the contents of the calendars to be updated."""
    plans = {row.plan for row in rows if row.for_agendas}
    with queries.database.reading() as connection:
        stands, head = queries.within(connection, rows[0].process)
        opening = reading.opening_hash(connection, head.id)
        carried = agendas.carried(connection, head.id, plans)
    today = now.astimezone(zone_of(stands.definition.timezone)).date()
    context = ReminderContext(*stands.on(today).parts, head.id, addressees, opening, head.head_seq)
    return context, agendas_of(carried, addressees)


def _copies(database: Database, rows: Sequence[Row]) -> Copies:
    found: Copies = {}
    for some in batches(rows):
        with database.reading() as connection:
            found.update(reminders.copies_of(connection, some))
    return found


def _each_once(
    context: ReminderContext,
    rows: tuple[Row, ...],
    recipients: list[Recipient],
    copies: list[Copy],
) -> ReminderGroup:
    """Return a reminder for each recipient who has not been sent another copy of it.

    Args:
        rows: a reminder and its copies, as far as they are due.
        recipients: everybody who has to receive it.
        copies: all its copies, with the recipients of those that are in a message.
    """
    if len(rows) == len(recipients) == 1 and not copies:  # almost all of a burst
        return ReminderGroup(context, rows, tuple(recipients), has_recipients=True)
    left = tuple(each for each in recipients if not is_notified(rows[0], each, copies))
    numbers = {row.copy for row in rows}
    later = [copy for copy in copies if copy.waits and copy.number not in numbers]
    first = 1 + max((copy.number for copy in copies), default=0)
    missing = range(first, first + len(left) - len(rows) - len(later))
    return ReminderGroup(context, rows, left, missing, has_recipients=bool(recipients))


def is_notified(row: Row, recipient: Recipient, copies: Iterable[Copy]) -> bool:
    """Return whether a recipient was sent a reminder, or has a message that contains it."""
    return any(copy.is_for(recipient.addressee, by_address=row.for_agendas) for copy in copies)


def _recipients_of(
    seated: SeatHolders, there: Agendas, rows: Iterable[Row]
) -> Iterator[list[Recipient]]:
    """Yield the recipients of each reminder; computed once a seat, as most share one."""
    known: dict[tuple[str, str, str], list[Recipient]] = {}
    for row in rows:
        if row.for_agendas:
            yield list(there.outdated_recipients(row, seated))
            continue
        seat = (row.role, row.place, row.meant_for)
        if seat not in known:
            known[seat] = list(seated.recipients(row))
        yield known[seat]


# --- for whom ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a reminder and its copies that is claimed.

    Attributes:
        assigned: each copy with its recipient now; other recipients receive theirs later.
    """

    group: ReminderGroup
    assigned: tuple[tuple[Row, Recipient], ...]

    @property
    def size(self) -> int:
        """How many rows are changed."""
        return len(self.group.rows) + len(self.group.missing)


def shares(groups: Iterable[ReminderGroup], most: int, now: datetime) -> Iterator[Share]:
    """Yield what to write now: all due reminders of the addresses that have waited longest.

    Reminders without a recipient are included, so that this is recorded.

    Args:
        most: the number of addresses.
    """
    mailboxes: set[str] = set()
    for group in groups:
        assigned = []
        for row, recipient in group.assigned(now):
            mailbox = same_mailbox(str(recipient.addressee.address))
            if mailbox in mailboxes or len(mailboxes) < most:
                mailboxes.add(mailbox)
                assigned.append((row, recipient))
        if assigned or not group.left:
            yield Share(group, tuple(assigned))


def batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield rows in lists of the size of one transaction."""
    for at in range(0, len(rows), AT_ONCE):
        yield list(rows[at : at + AT_ONCE])


# --- what it says ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assignment:
    """A reminder that was claimed, and its recipient.

    Attributes:
        row: the reminder as claimed: due again when the lease ends.
        before: when it was due.
        several: whether there are, or may be, other recipients.
    """

    row: Row
    before: datetime | None
    recipient: Recipient
    context: ReminderContext
    several: bool

    @classmethod
    def of(cls, row: Row, recipient: Recipient, group: ReminderGroup, until: datetime) -> Self:
        """Return a reminder as claimed until a lease ends."""
        several = len(group.left) > 1 or bool(row.copy) or row.next_at != row.at
        return cls(row._replace(next_at=until), row.next_at, recipient, group.context, several)

    @property
    def item(self) -> Item:
        """The content of the reminder."""
        if self.recipient.in_agenda is not None:
            return agenda_update(self.context, self.row, self.recipient, self.recipient.in_agenda)
        return item_of(self.context, self.row, self.recipient.instead, self.recipient.meant_for)

    def next_rung(self, now: datetime) -> datetime | None:
        """Return when the next reminder of its ladder is planned."""
        ref, _ = due_named(self.row.due)
        return self.context.next_rung(ref, self.row.deadline, now)

    @property
    def as_it_was(self) -> Row:
        """The row as it was before the claim."""
        return self.row._replace(next_at=self.before)


def _process(row: Row) -> str:
    return row.process


def _copy(row: Row) -> int:
    return row.copy
