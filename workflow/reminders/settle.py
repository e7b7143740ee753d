"""What became of messages: sent, refused for good, or to be tried again.

Who claims a message holds it for a while, and the number of the attempt is the fencing token: what
comes with an older one is not taken.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from definitions.model import Definition
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import (
    Delivery,
    Standing,
)
from workflow.model.state import seat_name
from workflow.reminders.policy import Policy
from workflow.rules.deadlines import secretariat
from workflow.storage import messages, reminders, store
from workflow.storage.database import Connection
from workflow.storage.messages import Message
from workflow.storage.reminders import Row


class MessageSettler:
    """Writes down what became of the messages of a database.

    Attributes:
        policy: when to try again.
    """

    def __init__(
        self, queries: DatabaseQueries, chance: Callable[[], float], policy: Policy
    ) -> None:
        """Take the processes, chance between 0 and 1, and when to try again."""
        self._queries = queries
        self._database = queries.database
        self._chance = chance
        self.policy = policy

    def accepted(self, message: Message, now: datetime) -> bool:
        """Write down that a message was accepted by a mail server.

        Returns:
            False where another node has claimed it since: then it writes what became of it.
        """
        return self._written_down(
            lambda connection: messages.settle(
                connection, message, Delivery.SENT, _not_before(message, now)
            )
        )

    def filed(self, message: Message, folder: str, now: datetime) -> bool:
        """Write down that a message was put in a folder, and nobody was sent it.

        It is done with: a sweep does not put it there again, nor send it later.

        Returns:
            False where another node has claimed it since.
        """
        return self._written_down(
            lambda connection: messages.settle(
                connection, message, Delivery.SENT, _not_before(message, now), folder
            )
        )

    def refused(self, message: Message, why: str, now: datetime) -> bool:
        """Write down that a message is refused for good; who cannot be told is told of.

        Returns:
            False where another node has claimed it since.
        """
        return self._written_down(
            lambda connection: self._undelivered(connection, message, why, now)
        )

    def again(self, message: Message, now: datetime) -> datetime | None:
        """Return when to try a message again that could not be sent; None where it is given up."""
        again = _not_before(message, now) + self.policy.pause(message.attempt, self._chance())
        return None if again > message.give_up_at else again

    def failed(self, message: Message, why: str, now: datetime, *, unsure: bool) -> bool:
        """Give a message back that could not be sent now, to be tried again after a pause.

        What has been tried for long enough is refused.

        Args:
            unsure: as in ``retry``.

        Returns:
            False where another node has claimed it since.
        """
        again = self.again(message, now)
        if again is None:
            return self.refused(replace(message, unsure=message.unsure or unsure), why, now)
        return self.retry(message, why, again, unsure=unsure)

    def retry(self, message: Message, why: str, again: datetime, *, unsure: bool) -> bool:
        """Give a message back that could not be sent now, to be tried again at an instant.

        Args:
            unsure: it may have arrived all the same; then the same bytes are sent again. That stays
                so: what is certain of this attempt says nothing of those before it.

        Returns:
            False where another node has claimed it since.
        """
        unsure = unsure or message.unsure
        return self._written_down(
            lambda connection: messages.retry(connection, message, again, why, unsure=unsure)
        )

    def give_back(self, message: Message, now: datetime) -> bool:
        """Give back a message that was claimed and not tried, for whoever asks next.

        Returns:
            False where another node has claimed it since.
        """
        at, fault, unsure = _not_before(message, now), message.fault, message.unsure
        return self._written_down(
            lambda connection: messages.retry(connection, message, at, fault, unsure=unsure)
        )

    def is_outcome_recorded(self, message: Message) -> bool:
        """Return whether what became of a message is written down, and nobody claimed it since."""
        with self._database.reading() as connection:
            return messages.is_outcome_recorded(connection, message)

    def _written_down(self, write: Callable[[Connection], bool]) -> bool:
        """Write down what became of a message; again where a command wants the same rows."""

        def once() -> bool:
            with self._database.writing() as connection:
                return write(connection)

        return self._database.retrying(once)

    def _undelivered(
        self, connection: Connection, message: Message, why: str, now: datetime
    ) -> bool:
        bound = messages.reminders_of(connection, [message.id])[message.id]
        for process in sorted({row.process for row in bound}):
            store.block_commands(connection, process)
        rows = messages.reminders_of(connection, [message.id])[message.id]
        planned = [row for row in rows if row.status is Standing.PLANNED]
        try:
            with connection.begin_nested():
                if not messages.settle(connection, message, Delivery.UNDELIVERED, now, why):
                    return False
                escalate(connection, self._queries, planned, now)
        # Nobody can be told of it now: it is kept until that can be, and others go on.
        except Exception as error:  # noqa: BLE001
            at = _not_before(message, now) + self.policy.aside
            return messages.retry(connection, message, at, error_line(error), unsure=message.unsure)
        return True


def escalate(
    connection: Connection, queries: DatabaseQueries, rows: Iterable[Row], now: datetime
) -> None:
    """Plan that the secretariat hears what could not be delivered to others."""
    for process, found in groupby(sorted(rows, key=process_of), key=process_of):
        definition, _, _ = queries.within(connection, process)
        reminders.add_missing(connection, list(_escalated(definition, found, now)))


def error_line(error: Exception) -> str:
    """Return what went wrong, on a line."""
    return f"{type(error).__name__}: {error}"


def process_of(row: Row) -> str:
    """Return of which process a reminder is."""
    return row.process


def _not_before(message: Message, now: datetime) -> datetime:
    """Return the present, or when a message was written where a clock was set back since.

    What it says was due then, and by no clock before.
    """
    return max(now, message.written_at)


def _escalated(definition: Definition, rows: Iterable[Row], now: datetime) -> Iterator[Row]:
    """Yield reminders for the secretariat, of what could not be delivered to others."""
    others = secretariat(definition)
    for row in rows:
        if row.meant_for or row.for_agendas or (row.role, row.place) in others:
            continue
        for role, place in others:
            yield replace(
                row,
                role=role,
                place=place,
                meant_for=seat_name(row.role, row.place),
                copy=0,
                next_at=max(now, row.at),
                message=None,
                settled_at=None,
                why=None,
            )
