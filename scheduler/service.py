"""The service: sends due reminders until it is stopped."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from definitions.language.errors import MijlpaalError
from scheduler.alarm_clock import alarm_clock
from scheduler.sending import Sender
from workflow.reminders.claim import trouble_lines
from workflow.reminders.recipients import Unreachable
from workflow.storage.messages import Message

LOG = logging.getLogger(__name__)
AT_ONCE = 20
"""How many messages a node holds at once; the rest is for others, or for when these are sent."""


@dataclass
class Service:
    """Sends due reminders until it is stopped; several may run at once, on several machines.

    Attributes:
        sender: the sender of messages.
        poll: the longest pause between two looks.
        patience: how long to wait at the end for messages that are being sent.
        stopping: set it to end the service.
    """

    sender: Sender
    poll: timedelta
    patience: timedelta = timedelta(seconds=8)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._started = self.sender.clock()
        self._beaten: datetime | None = None
        self._held = 0
        self._unreachable: set[Unreachable] = set()
        self._released = threading.Condition()
        self._wake: Callable[[], None] = lambda: None

    # --- what the alarm clock asks -------------------------------------------------------------

    def claim(self) -> Sequence[Message]:
        """Claim the messages to send now, and record that this node is alive."""
        if self.stopping.is_set():
            return []
        if self._beaten is None:
            self.sender.outbox.retry_deferred(self.sender.clock())
        self._beat()
        if self._held:
            return []
        claim = self.sender.claim(AT_ONCE)
        for said in trouble_lines(claim.troubles):
            LOG.warning("Put aside: %s", said)
        for unreachable in claim.unreachable:
            self._say_once(unreachable)
        self._held = len(claim.messages)
        return claim.messages

    def next_wake(self) -> datetime | None:
        """Return when there is something to do next; nothing, before all that is held is sent."""
        return None if self._held else self.sender.outbox.next_wake(self.sender.clock())

    def waiting(self) -> Sequence[Message]:
        """Return the messages that are waiting or held."""
        return self.sender.outbox.waiting()

    def send(self, message: Message) -> None:
        """Send a message; at the end, give it back instead."""
        try:
            if self.stopping.is_set():
                self.sender.outbox.give_back(message, self.sender.clock())
            else:
                fate = self.sender.send(message)
                LOG.log(logging.INFO if fate.went_well else logging.WARNING, "%s", fate.said)
        finally:
            self._release()

    def _say_once(self, unreachable: Unreachable) -> None:
        """Log a reminder without a recipient, once instead of at every look."""
        if unreachable not in self._unreachable:
            self._unreachable.add(unreachable)
            LOG.warning("No recipient in its seat, nor at the secretariat: %s", unreachable.said)

    def _release(self) -> None:
        """Be done with a message; with the last one, look for more."""
        try:
            if self._held == 1:
                self.sender.rest()
        finally:
            with self._released:
                self._held -= 1
                self._released.notify_all()
            if not self._held:
                self._wake()

    def _beat(self) -> None:
        now = self.sender.clock()
        if self._beaten is None or abs(now - self._beaten) >= self.poll:
            self.sender.outbox.record_heartbeat(self.sender.node, self._started, now)
            self._beaten = now

    # --- from beginning to end -----------------------------------------------------------------

    def run(self, ready: Callable[[], None] = lambda: None) -> bool:
        """Run until ``stopping`` is set.

        Args:
            ready: called once it has begun.

        Returns:
            Whether nothing was under way when it ended. A message under way is not lost: another
            node, or this one after a restart, claims it when its lease ends. But a thread may be
            stuck: end the program without waiting for it.
        """
        clock = alarm_clock(self, self.sender.clock, self.poll)
        self._wake = clock.wakeup
        clock.start()
        ready()
        while not self.stopping.wait(1):  # on Windows, no signal comes through a longer wait
            pass
        # Ending may wait for the mail server or the database, so it has a thread of its own.
        self._ending = threading.Thread(
            target=self._end, args=(partial(clock.shutdown, wait=False),), daemon=True
        )
        self._ending.start()
        self._ending.join(self.patience.total_seconds())
        return not self._ending.is_alive()

    def _end(self, shut_down: Callable[[], None]) -> None:
        """Claim nothing any more, wait until nothing is held, and say that this node ended."""
        shut_down()
        with self._released:
            self._released.wait_for(lambda: not self._held)
        try:
            self.sender.outbox.sign_off(self.sender.node)
        except MijlpaalError as error:
            LOG.warning("This node could not say that it ended: %s", error)
