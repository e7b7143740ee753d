"""Sending what the outbox gives out, and telling it what became of that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.channels import Accepted, Channel, Failed, Outcome, Refused, Unknown
from workflow.outbox import Outbox, Trouble
from workflow.storage.reminders import Message

AT_ONCE = 50
"""How many messages are claimed together: a lease is long enough for all of them."""


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
        self, outbox: Outbox, channel: Channel, node: str, clock: Callable[[], datetime]
    ) -> None:
        """Take the outbox, the way out, who we are, and what tells the instant."""
        self.outbox = outbox
        self.node = node
        self.clock = clock
        self._channel = channel
        self.tally = Tally()

    def send(self, message: Message) -> None:
        """Send a message that was claimed, and settle it.

        Where its lease has passed meanwhile, it is left to whoever claims it next.
        """
        if message.next_at is None or self.clock() >= message.next_at:
            self.tally.lost += 1
            return
        outcome = self._channel.send(message.content, str(message.address))
        if not self._settled(message, outcome):
            self.tally.lost += 1

    def _settled(self, message: Message, outcome: Outcome) -> bool:
        """Write down what became of a message; False where another node has it now."""
        now = self.clock()
        match outcome:
            case Accepted():
                self.tally.sent += 1
                return self.outbox.accepted(message, now)
            case Refused():
                self.tally.refused += 1
                return self.outbox.refused(message, str(outcome.why), now)
            case Failed() | Unknown():
                self.tally.failed += 1
                unsure = isinstance(outcome, Unknown)
                return self.outbox.failed(message, str(outcome.why), now, unsure=unsure)

    def claim(self, most: int = AT_ONCE) -> list[Message]:
        """Plan what is not planned yet, write what is due, and take what is to be sent now."""
        troubles = self.outbox.plan(self.clock())
        claim = self.outbox.claim(self.node, self.clock(), most)
        self.tally.troubles += (*troubles, *claim.troubles)
        return claim.messages

    def sweep(self) -> Tally:
        """Send everything that is due now, and say what it came to."""
        with self._channel:
            while messages := self.claim():
                for message in messages:
                    self.send(message)
        return self.tally
