"""Recording the outcomes of messages: sent, permanently rejected, or to be retried.

A claim on a message lasts for a lease, and the number of the attempt is its fencing token: an
outcome with an older number is ignored.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from definitions.language.values import replace
from definitions.model import Definition
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import (
    Delivery,
    Standing,
)
from workflow.model.state import seat_name
from workflow.reminders.retry_policy import RetryPolicy
from workflow.rules.deadlines import secretariat
from workflow.storage import messages, reminders, store
from workflow.storage.database import Connection
from workflow.storage.messages import Message
from workflow.storage.reminders import Row

Result = TypeVar("Result")


class MessageSettler:
    """Records the outcomes of the messages of a database.

    Attributes:
        policy: when to retry.
    """

    def __init__(
        self, queries: DatabaseQueries, chance: Callable[[], float], policy: RetryPolicy
    ) -> None:
        """Take the processes, a source of random numbers from 0 to 1, and when to retry."""
        self._queries = queries
        self._database = queries.database
        self._chance = chance
        self.policy = policy

    def accepted(self, message: Message, now: datetime) -> bool:
        """Record that a mail server accepted a message.

        Returns:
            False if another node has claimed it since, which then records its outcome.
        """
        return self._written_down(
            lambda connection: messages.settle(
                connection, message, Delivery.SENT, _not_before(message, now)
            )
        )

    def filed(self, message: Message, folder: str, now: datetime) -> bool:
        """Record that a message was put in a folder, and sent to nobody.

        That settles it: no sweep puts it there again or sends it later.

        Returns:
            False if another node has claimed it since.
        """
        return self._written_down(
            lambda connection: messages.settle(
                connection, message, Delivery.SENT, _not_before(message, now), folder
            )
        )

    def filed_together(self, found: Sequence[tuple[Message, str]], now: datetime) -> int:
        """Record that several messages were put in a folder, in one transaction.

        Args:
            found: the messages, each with the folder.

        Returns:
            How many of them no other node has claimed since.
        """
        return self._written_down(
            lambda connection: sum(
                messages.settle(
                    connection, message, Delivery.SENT, _not_before(message, now), folder
                )
                for message, folder in found
            )
        )

    def refused(self, message: Message, why: str, now: datetime) -> bool:
        """Mark a message as permanently rejected and escalate its reminders to the secretariat.

        Returns:
            False if another node has claimed it since.
        """
        return self._written_down(
            lambda connection: self._undelivered(connection, message, why, now)
        )

    def again(self, message: Message, now: datetime) -> datetime | None:
        """Return when to retry a message that could not be sent; None if it is given up."""
        again = _not_before(message, now) + self.policy.pause(message.attempt, self._chance())
        return None if again > message.give_up_at else again

    def failed(self, message: Message, why: str, now: datetime, *, unsure: bool) -> bool:
        """Release a message that could not be sent, to be retried after a pause.

        A message that has been retried for long enough is rejected.

        Args:
            unsure: as in ``retry``.

        Returns:
            False if another node has claimed it since.
        """
        again = self.again(message, now)
        if again is None:
            return self.refused(replace(message, unsure=message.unsure or unsure), why, now)
        return self.retry(message, why, again, unsure=unsure)

    def retry(self, message: Message, why: str, again: datetime, *, unsure: bool) -> bool:
        """Release a message that could not be sent, to be retried at an instant.

        Args:
            unsure: it may have arrived, so the same bytes are sent again. That stays so: a certain
                failure of this attempt says nothing about earlier ones.

        Returns:
            False if another node has claimed it since.
        """
        unsure = unsure or message.unsure
        return self._written_down(
            lambda connection: messages.retry(connection, message, again, why, unsure=unsure)
        )

    def give_back(self, message: Message, now: datetime) -> bool:
        """Release a message that was claimed and not tried, for the next node that asks.

        Returns:
            False if another node has claimed it since.
        """
        at, fault, unsure = _not_before(message, now), message.fault, message.unsure
        return self._written_down(
            lambda connection: messages.retry(connection, message, at, fault, unsure=unsure)
        )

    def is_outcome_recorded(self, message: Message) -> bool:
        """Return whether the outcome of a message is recorded, and nobody claimed it since."""
        with self._database.reading() as connection:
            return messages.is_outcome_recorded(connection, message)

    def _written_down(self, write: Callable[[Connection], Result]) -> Result:
        """Record the outcome of messages; retry if a command has locked the same rows."""

        def once() -> Result:
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
        # The secretariat cannot be notified now, so it is kept until that succeeds; others go on.
        except Exception as error:  # noqa: BLE001
            at = _not_before(message, now) + self.policy.aside
            return messages.retry(connection, message, at, error_line(error), unsure=message.unsure)
        return True


def escalate(
    connection: Connection, queries: DatabaseQueries, rows: Iterable[Row], now: datetime
) -> None:
    """Plan reminders to the secretariat for those that could not be delivered."""
    for process, found in groupby(sorted(rows, key=process_of), key=process_of):
        stands, _ = queries.within(connection, process)
        reminders.add_missing(connection, list(_escalated(stands.definition, found, now)))


def error_line(error: Exception) -> str:
    """Return an error as one line."""
    return f"{type(error).__name__}: {error}"


def process_of(row: Row) -> str:
    """Return the id of the process of a reminder."""
    return row.process


def _not_before(message: Message, now: datetime) -> datetime:
    """Return the present, or the time of writing if a clock was set back since.

    Its reminders were due then, and not before.
    """
    return max(now, message.written_at)


def _escalated(definition: Definition, rows: Iterable[Row], now: datetime) -> Iterator[Row]:
    """Yield the reminders to the secretariat for those that could not be delivered."""
    others = secretariat(definition)
    for row in rows:
        if row.meant_for or row.for_agendas or (row.role, row.place) in others:
            continue
        for role, place in others:
            yield row._replace(
                role=role,
                place=place,
                meant_for=seat_name(row.role, row.place),
                copy=0,
                next_at=max(now, row.at),
                message=None,
                settled_at=None,
                why=None,
            )
