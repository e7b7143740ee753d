"""The outbox: which messages a node may send now, and what became of them.

The tables are the truth. Any number of nodes may ask at any time; none of these functions knows
what wakes them. What is given out is in ``claim``, what comes back in ``settle``.
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
from workflow.reminders.policy import Policy
from workflow.reminders.recipients import EMPTY
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
        policy: Policy | None = None,
        rest: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the processes, what writes a letter, fresh ids, and chance between 0 and 1.

        Args:
            rest: called when the letters of a claim were written: nothing is written for a while.
        """
        super().__init__(queries, chance, policy or Policy())
        self._claiming = MessageClaimer(queries, write, new_id, self.policy, rest)
        self._aside: dict[str, datetime] = {}

    # --- what to send --------------------------------------------------------------------------

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        """Write what is due into messages, and take messages to be sent now.

        Args:
            node: who takes them.
            now: the instant, by the clock of that node: nothing that is due later is touched.
            most: how many at most.

        Returns:
            Messages that only this node may send until their lease has passed. None: there is
            nothing to do now.
        """
        return self._claiming.claim(node, now, most)

    def retry_deferred(self, now: datetime) -> None:
        """Let what waits for somebody who can be told be claimed at once: somebody may be."""
        with self._database.writing() as connection:
            reminders.retry_deferred(connection, EMPTY, now)

    def plan(self, now: datetime) -> list[Trouble]:
        """Plan the reminders of processes for which that was not done yet, each by itself.

        A program of the release before wrote to them, which plans none; the next year of what comes
        back is to be planned; or the calendar is another one by now.
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
        """Return the processes to be planned, but for those of which that failed just now.

        Their instant may lie before or after this one: a clock may have been set.
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
        """Return when there is something to do next; None where nothing is planned at all."""
        with self._database.reading() as connection:
            if self._to_plan(connection, now):
                return now
            return reminders.next_wake(connection, now)

    def record_heartbeat(self, node: str, started_at: datetime, now: datetime) -> None:
        """Write down that a node is alive."""
        nodes.record_heartbeat(self._database, node, started_at, now)

    def sign_off(self, node: str) -> None:
        """Write down that a node ended as it should."""
        nodes.sign_off(self._database, node)
