"""The reminders that go to one address in one letter."""

from dataclasses import dataclass, field
from datetime import datetime

from workflow.model.reminders import Addressee, Delivery, Item, Letter, Written
from workflow.reminders.selection import Assignment
from workflow.storage.messages import Message
from workflow.storage.reminders import Row


@dataclass
class Bundle:
    """The reminders for one mailbox, and until when delivery is attempted."""

    addressee: Addressee
    until: datetime
    assignments: list[Assignment] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    earlier: dict[str, None] = field(default_factory=dict)
    """The messages that put the deadlines in the calendar which this one changes."""

    @property
    def address(self) -> str:
        """The address of the mailbox, spelled as its first addressee has it."""
        return str(self.addressee.address)

    @property
    def rows(self) -> list[Row]:
        """The reminders, as they were taken."""
        return [each.row for each in self.assignments]

    @property
    def people(self) -> set[str]:
        """Everybody whom the letter may name: its addressee, and all past and present holders."""
        contexts = {each.context.process: each.context for each in self.assignments}
        seats = (seat for each in contexts.values() for seat in each.state.seats.values())
        return {self.addressee.id, *(seat.person for seat in seats)}

    @property
    def processes(self) -> list[str]:
        """The ids of the processes it is about, sorted."""
        return sorted({row.process for row in self.rows})

    def add(self, assignment: Assignment, item: Item, next_rung: datetime | None) -> None:
        """Add a reminder; delivery is attempted until the next reminder of its ladder."""
        self.assignments.append(assignment)
        self.items.append(item)
        self.until = max(self.until, next_rung or self.until)
        calendar = assignment.recipient.in_agenda
        if calendar is not None:
            self.earlier.update(dict.fromkeys(each.message for each in calendar.letters))

    def most_urgent_first(self) -> tuple[Item, ...]:
        """Return the items, the nearest deadline first; for equal deadlines as they were planned.

        Lapsed deadlines come last, since they ask for nothing.
        """
        together = zip(self.items, self.rows, strict=True)
        ordered = sorted(
            together,
            key=lambda each: (
                each[0].gone is not None,
                each[0].deadline,
                each[1].due,
                *_when(each[1]),
            ),
        )
        return tuple(item for item, _ in ordered)

    def letter(self, id: str, earlier: tuple[bytes, ...], now: datetime) -> Letter:
        """Return the letter to be written.

        Args:
            id: a fresh one.
            earlier: the letters that put the deadlines in the calendar which this one changes.
        """
        return Letter(
            id=id,
            written_at=now,
            address=self.address,
            name=self.addressee.called,
            language=self.addressee.language,
            items=self.most_urgent_first(),
            earlier=earlier,
        )

    def message(self, letter: Letter, written: Written) -> Message:
        """Return a written letter as a message that no node has claimed."""
        return Message(
            id=letter.id,
            person=self.addressee.id,
            address=self.address,
            message_id=written.message_id,
            subject=written.subject,
            content=written.content,
            status=Delivery.WAITING,
            written_at=letter.written_at,
            give_up_at=self.until,
            next_at=letter.written_at,
            attempt=0,
            unsure=False,
            holder=None,
            settled_at=None,
            fault=written.fault,
        )


def _when(row: Row) -> tuple[str, datetime]:
    return row.subject, row.at
