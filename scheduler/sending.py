"""Sending what the outbox gives out, and telling it what became of that."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.channels import Accepted, Channel, Failed, Outcome, Refused, Unknown
from workflow.outbox import Claim, Outbox, Trouble
from workflow.storage.failures import TemporarilyUnavailable
from workflow.storage.reminders import Message

AT_ONCE = 50
"""How many messages are claimed together: a lease is long enough for all of them."""
PAUSE = 1.0
"""After how many seconds what became of a message is written down again, where that failed."""


@dataclass
class Tally:
    """What a sweep came to.

    Attributes:
        sent: messages that were accepted.
        failed: messages that are tried again later.
        refused: messages that were refused for good, or tried for long enough.
        lost: messages that took so long that another node has them now.
        troubles: what kept a reminder from being written as it should.
    """

    sent: int = 0
    failed: int = 0
    refused: int = 0
    lost: int = 0
    troubles: tuple[Trouble, ...] = ()

    @property
    def well(self) -> bool:
        """Whether everything went as it should."""
        return not (self.failed or self.refused or self.troubles)


class Sender:
    """Sends messages of an outbox through a channel, for one node."""

    def __init__(
        self,
        outbox: Outbox,
        channel: Channel,
        node: str,
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the outbox, the way out, who we are, what tells the instant, and what waits."""
        self.outbox = outbox
        self.node = node
        self.clock = clock
        self._channel = channel
        self._pause = pause
        self.tally = Tally()

    def send(self, message: Message) -> None:
        """Send a message that was claimed, and settle it.

        Where its lease has passed meanwhile, it is left to whoever claims it next.
        """
        if message.next_at is None or self.clock() >= message.next_at:
            self.tally.lost += 1
            return
        outcome = self._channel.send(message.content, str(message.address))
        self._count(outcome)
        if not self._settled(message, outcome):
            self.tally.lost += 1

    def _count(self, outcome: Outcome) -> None:
        match outcome:
            case Accepted():
                self.tally.sent += 1
            case Refused():
                self.tally.refused += 1
            case Failed() | Unknown():
                self.tally.failed += 1

    def _settled(self, message: Message, outcome: Outcome) -> bool:
        """Write down what became of a message; False where another node has it now.

        Where the database is away, that is tried again for as long as the message is ours: who
        has it after us sends it a second time.
        """
        while True:
            try:
                return self._write_down(message, outcome)
            except TemporarilyUnavailable:
                if message.next_at is None or self.clock() >= message.next_at:
                    raise
                self._pause(PAUSE)

    def _write_down(self, message: Message, outcome: Outcome) -> bool:
        now = self.clock()
        match outcome:
            case Accepted():
                return self.outbox.accepted(message, now)
            case Refused():
                return self.outbox.refused(message, str(outcome.why), now)
            case Failed() | Unknown():
                unsure = isinstance(outcome, Unknown)
                return self.outbox.failed(message, str(outcome.why), now, unsure=unsure)

    def claim(self, most: int) -> Claim:
        """Plan what is not planned yet, write what is due, and take what is to be sent now."""
        troubles = self.outbox.plan(self.clock())
        claim = self.outbox.claim(self.node, self.clock(), most)
        return Claim(claim.messages, [*troubles, *claim.troubles])

    def rest(self) -> None:
        """Let go of the way out until something is to be sent again."""
        self._channel.close()

    def sweep(self) -> Tally:
        """Send everything that is due now, and say what it came to."""
        with self._channel:
            while messages := self._claimed():
                for message in messages:
                    self.send(message)
        return self.tally

    def _claimed(self) -> list[Message]:
        claim = self.claim(AT_ONCE)
        self.tally.troubles += tuple(claim.troubles)
        return claim.messages
