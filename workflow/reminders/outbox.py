"""The outbox: which messages a node may send now, and their outcomes.

The tables are the truth. Any number of nodes may ask at any time; no function here knows what wakes
them. ``claim`` hands messages out, ``settle`` takes their outcomes.
"""

from collections.abc import Callable
from datetime import datetime

from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import (
    Write,
)
from workflow.reminders import nodes
from workflow.reminders.catch_up import plan_process, to_plan
from workflow.reminders.claim import Claim, MessageClaimer, Trouble
from workflow.reminders.recipients import EMPTY
from workflow.reminders.retry_policy import RetryPolicy
from workflow.reminders.settle import MessageSettler, error_line
from workflow.storage import messages, reminders
from workflow.storage.database import Connection
from workflow.storage.messages import Message


class Outbox(MessageSettler):
    """The messages of a database."""

    def __init__(
        self,
        queries: DatabaseQueries,
        write: Write,
        new_id: Callable[[], str],
        chance: Callable[[], float],
        policy: RetryPolicy | None = None,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the processes, what writes a letter, fresh ids, and chance between 0 and 1.

        Args:
            rest: called once the letters of a claim are written, to free resources.
        """
        super().__init__(queries, chance, policy or RetryPolicy())
        self._claiming = MessageClaimer(queries, write, new_id, self.policy, rest)
        self._aside: dict[str, datetime] = {}

    # --- what to send --------------------------------------------------------------------------

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        """Write due reminders into messages, and claim messages to send now.

        Args:
            node: the claiming node.
            now: the instant, by the clock of that node; nothing due later is claimed.
            most: the largest number of messages.

        Returns:
            Messages that only this node may send until their lease has passed. None: there is
            nothing to do now.
        """
        return self._claiming.claim(node, now, most)

    def retry_deferred(self, now: datetime) -> None:
        """Retry reminders that had no reachable recipient; one may exist now."""
        with self._database.writing() as connection:
            reminders.retry_deferred(connection, EMPTY, now)

    def plan(self, now: datetime) -> list[Trouble]:
        """Plan the reminders of processes that are not planned yet, each in its own transaction.

        A program of the release before, which plans none, wrote to them; the next year of recurring
        tasks has to be planned; or the calendar has changed.
        """
        with self._database.reading() as connection:
            found = self._to_plan(connection, now)
        troubles = []
        for process in found:
            try:
                self._plan(process, now)
            except Exception as error:  # noqa: BLE001
                self._aside[process] = now
                troubles.append(Trouble(process, None, error_line(error)))
        return troubles

    def _to_plan(self, connection: Connection, now: datetime) -> list[str]:
        """Return the processes to plan, except those for which planning has just failed.

        Their instant may lie before or after this one, since a clock may have been set.
        """
        self._aside = {
            process: since
            for process, since in [*self._aside.items()]  # a thread may add one meanwhile
            if abs(now - since) < self.policy.aside
        }
        found = to_plan(connection, now)
        return [process for process in found if process not in self._aside]

    def _plan(self, process: str, now: datetime) -> None:
        def once() -> None:
            with self._database.writing() as connection:
                plan_process(connection, self._queries, process, now)

        self._database.retrying(once)

    def waiting(self) -> list[Message]:
        """Return the messages that are waiting or held, the first to be sent first."""
        with self._database.reading() as connection:
            return messages.unsettled_messages(connection)

    # --- when ----------------------------------------------------------------------------------

    def next_wake(self, now: datetime) -> datetime | None:
        """Return when there is work next; None if nothing is planned."""
        with self._database.reading() as connection:
            if self._to_plan(connection, now):
                return now
            return reminders.next_wake(connection, now)

    def record_heartbeat(self, node: str, started_at: datetime, now: datetime) -> None:
        """Record that a node is alive."""
        nodes.record_heartbeat(self._database, node, started_at, now)

    def sign_off(self, node: str) -> None:
        """Record that a node ended normally."""
        nodes.sign_off(self._database, node)
