"""The service: sends what is due, all the time, until it is told to end."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduler.adapter import alarm_clock
from scheduler.sending import Sender
from workflow.storage.reminders import Message

LOG = logging.getLogger(__name__)
AT_ONCE = 20
"""How many messages a node takes together; what it cannot send in time, others can."""


@dataclass
class Service:
    """Sends what is due until it is stopped; several may run at once, on one machine or more.

    Attributes:
        sender: what sends.
        poll: after how long to look again at the latest.
        patience: for how long to wait, at the end, for what is being sent.
        wait: waits until it is stopped, or for a time; returns whether it is.
    """

    sender: Sender
    poll: timedelta
    patience: timedelta = timedelta(seconds=8)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._started = self.sender.clock()
        self._beaten: datetime | None = None
        self._busy = threading.Lock()

    # --- what the alarm clock asks -------------------------------------------------------------

    def claim(self) -> Sequence[Message]:
        """Take what is to be sent now, and show that this node is alive."""
        if self.stopping.is_set():
            return []
        self._beat()
        troubles = len(self.sender.tally.troubles)
        messages = self.sender.claim(AT_ONCE)
        for each in self.sender.tally.troubles[troubles:]:
            LOG.warning("Put aside: %s", each.said)
        return messages

    def next_wake(self) -> datetime | None:
        """Return when there is something to do next."""
        return self.sender.outbox.next_wake(self.sender.clock())

    def waiting(self) -> Sequence[Message]:
        """Return the messages that are waiting or held."""
        return self.sender.outbox.waiting()

    def send(self, message: Message) -> None:
        """Send a message; at the end, give it back instead."""
        if self.stopping.is_set():
            self.sender.outbox.give_back(message, self.sender.clock())
            return
        with self._busy:
            self.sender.send(message)
        LOG.info("Sent or tried: %s", message.message_id)

    def _beat(self) -> None:
        now = self.sender.clock()
        if self._beaten is None or abs(now - self._beaten) >= self.poll:
            self.sender.outbox.beat(self.sender.node, self._started, now)
            self._beaten = now

    # --- from beginning to end -----------------------------------------------------------------

    def run(self, ready: Callable[[], None] = lambda: None) -> bool:
        """Run until ``stopping`` is set.

        Args:
            ready: called once it has begun.

        Returns:
            Whether nothing was under way any more when it ended. What was is not lost: another
            node, or this one when it is started again, takes it when its lease has passed.
        """
        clock = alarm_clock(self, self.sender.clock, self.poll)
        clock.start()
        ready()
        while not self.stopping.wait(1):  # on Windows, no signal comes through a longer wait
            pass
        clock.shutdown(wait=False)
        done = self._busy.acquire(timeout=self.patience.total_seconds())
        if done:
            self.sender.outbox.leave(self.sender.node)
        return done
