"""Sending what the outbox gives out, and telling it what became of that."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from definitions.language.values import dataclass, replace
from scheduler.channels import Accepted, Channel, Failed, Filed, Outcome, Refused, Unknown
from workflow.reminders.claim import Claim, Trouble
from workflow.reminders.outbox import Outbox
from workflow.reminders.recipients import Unreachable
from workflow.storage.errors import OutcomeUnknown, TemporarilyUnavailable
from workflow.storage.messages import Message

AT_ONCE, MOST_AT_ONCE = 50, 200
"""How many messages are claimed together, at first and at most: a lease is long enough for all."""
QUICK = timedelta(seconds=10)
"""If they were sent so quickly, twice as many are claimed the next time: each claim reads all that
is due."""
FILED_TOGETHER = 20
"""How many letters in a folder are recorded as filed in one transaction. Whoever dies before that
puts the same letters in the same files again; what a mail server accepted would be sent twice, so
that is recorded at once."""
PAUSE = 1.0
"""The pause in seconds before recording an outcome is retried."""


@dataclass(slots=True)
class Tally:
    """The result of a sweep.

    Attributes:
        sent: messages that a mail server accepted.
        filed: messages that were put in a folder instead, as no mail server is set.
        folder: which one that is; empty where none was.
        failed: messages that will be retried.
        refused: messages that were permanently rejected, or retried for long enough.
        lost: messages that took so long that another node has claimed them.
        troubles: errors in writing reminders.
        unreachable: due reminders without a reachable recipient.
    """

    sent: int = 0
    filed: int = 0
    folder: str = ""
    failed: int = 0
    refused: int = 0
    lost: int = 0
    troubles: tuple[Trouble, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()

    @property
    def well(self) -> bool:
        """Whether everything went as it should."""
        return not (self.failed or self.refused or self.troubles or self.unreachable)

    @property
    def passing(self) -> bool:
        """Whether what went wrong may go well the next time, without anybody doing anything."""
        return not (self.refused or self.troubles or self.unreachable)


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of a claimed message.

    Attributes:
        outcome: the outcome from the channel; None if its lease had ended before it was tried.
        again: when it is retried; None if it is not.
        lost: its lease had ended, so another node has it and records its outcome.
    """

    message: Message
    outcome: Outcome | None = None
    again: datetime | None = None
    lost: bool = False

    @property
    def went_well(self) -> bool:
        """Whether it was accepted, or put in a folder where that is asked."""
        return isinstance(self.outcome, Accepted | Filed)

    @property
    def said(self) -> str:
        """What became of it, of which message and to whom, on a line of a log."""
        about = f"“{self.message.subject}” to {self.message.address} ({self.message.message_id})"
        lost = "; its lease had passed, and another node has it now" if self.lost else ""
        return "".join(
            each if each.isprintable() else " " for each in f"{self._became}: {about}{lost}"
        )

    @property
    def _became(self) -> str:
        match self.outcome:
            case None:
                return "Not tried"
            case Accepted():
                return "Sent"
            case Filed():
                return f"Put in the folder {self.outcome.folder}, not sent"
            case Failed() | Unknown() if self.again is not None:
                again = self.again.isoformat(timespec="seconds")
                return f"Not sent, tried again at {again} because {self.outcome.why}"
            case Failed() | Unknown():
                return f"Given up because {self.outcome.why}"
            case Refused():
                return f"Refused for good because {self.outcome.why}"


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
        """Take the outbox, the channel, the node's name, the clock, and a function that waits."""
        self.outbox = outbox
        self.node = node
        self.clock = clock
        self._channel = channel
        self._pause = pause
        self.tally = Tally()

    def send(self, message: Message) -> SendResult:
        """Send a claimed message, settle it, and return the result.

        If its lease has ended meanwhile, it is left to the next node that claims it.
        """
        outcome = self._tried_now(message)
        if outcome is None:
            return SendResult(message, lost=True)
        fate = self._settled(message, outcome)
        self.tally.lost += fate.lost
        return fate

    def _tried_now(self, message: Message) -> Outcome | None:
        """Try to send a message and return the outcome; None if its lease has ended."""
        if message.next_at is None or self.clock() >= message.next_at:
            self.tally.lost += 1
            return None
        outcome = self._channel.send(message.content, str(message.address))
        self._count(outcome)
        return outcome

    def _send_all(self, messages: Iterable[Message]) -> None:
        """Send claimed messages and settle them, those in a folder several at a time."""
        filed: list[tuple[Message, str]] = []
        try:
            for message in messages:
                outcome = self._tried_now(message)
                if isinstance(outcome, Filed):
                    filed.append((message, outcome.folder))
                elif outcome is not None:
                    self.tally.lost += self._settled(message, outcome).lost
                if len(filed) == FILED_TOGETHER:
                    together, filed = filed, []
                    self._settle_filed(together)
        finally:
            self._settle_filed(filed)

    def _settle_filed(self, filed: Sequence[tuple[Message, str]]) -> None:
        """Record that messages were put in a folder; one by one while the database is away."""
        if not filed:
            return
        try:
            ours = self.outbox.filed_together(filed, self.clock())
            self.tally.lost += len(filed) - ours
        except TemporarilyUnavailable as error:
            unsure = isinstance(error, OutcomeUnknown)
            for message, folder in filed:
                fate = self._settled(message, Filed(folder), unsure=unsure)
                self.tally.lost += fate.lost

    def _count(self, outcome: Outcome) -> None:
        match outcome:
            case Accepted():
                self.tally.sent += 1
            case Filed():
                self.tally.filed += 1
                self.tally.folder = outcome.folder
            case Refused():
                self.tally.refused += 1
            case Failed() | Unknown():
                self.tally.failed += 1

    def _settled(self, message: Message, outcome: Outcome, *, unsure: bool = False) -> SendResult:
        """Record the outcome of a message.

        While the database is away that is retried for as long as our lease lasts, since the next
        node would send it a second time. If it is uncertain whether a commit succeeded, a later
        look may show that it did.

        Args:
            unsure: that is so from the beginning.
        """
        while True:
            try:
                fate = self._write_down(message, outcome)
                ours = fate.lost and unsure and self.outbox.is_outcome_recorded(message)
                return replace(fate, lost=False) if ours else fate
            except TemporarilyUnavailable as error:
                unsure = unsure or isinstance(error, OutcomeUnknown)
                if message.next_at is None or self.clock() >= message.next_at:
                    raise
                self._pause(PAUSE)

    def _write_down(self, message: Message, outcome: Outcome) -> SendResult:
        now = self.clock()
        match outcome:
            case Accepted():
                return SendResult(message, outcome, lost=not self.outbox.accepted(message, now))
            case Filed():
                ours = self.outbox.filed(message, outcome.folder, now)
                return SendResult(message, outcome, lost=not ours)
            case Refused():
                ours = self.outbox.refused(message, str(outcome.why), now)
                return SendResult(message, outcome, lost=not ours)
            case Failed() | Unknown():
                again = self.outbox.again(message, now)
                ours = self._tried(message, outcome, again, now)
                return SendResult(message, outcome, again, lost=not ours)

    def _tried(
        self, message: Message, outcome: Failed | Unknown, again: datetime | None, now: datetime
    ) -> bool:
        why, unsure = str(outcome.why), isinstance(outcome, Unknown)
        if again is None:
            unsure = unsure or message.unsure
            return self.outbox.refused(replace(message, unsure=unsure), why, now)
        return self.outbox.retry(message, why, again, unsure=unsure)

    def claim(self, most: int) -> Claim:
        """Plan what is not planned yet, write what is due, and take what is to be sent now."""
        troubles = self.outbox.plan(self.clock())
        claim = self.outbox.claim(self.node, self.clock(), most)
        return replace(claim, troubles=[*troubles, *claim.troubles])

    def rest(self) -> None:
        """Let go of the way out until something is to be sent again."""
        self._channel.close()

    def sweep(self) -> Tally:
        """Send everything that is due now, and say what it came to."""
        self.outbox.retry_deferred(self.clock())
        with self._channel:
            most = AT_ONCE
            while messages := self._claimed(most):
                begun = self.clock()
                self._send_all(messages)
                quick = self.clock() - begun < QUICK
                most = min(2 * most, MOST_AT_ONCE) if quick else AT_ONCE
        return self.tally

    def _claimed(self, most: int) -> list[Message]:
        claim = self.claim(most)
        self.tally.troubles += tuple(claim.troubles)
        self.tally.unreachable += tuple(claim.unreachable)
        return claim.messages
