"""Senders and services in this very program, whose letters go into a box that a test opens."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Self

from scheduler.channels import Accepted, Channel, Outcome
from scheduler.sending import Sender
from scheduler.service import Service
from tests.support.engine import World
from tests.support.outbox import Pen
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import Write
from workflow.reminders.outbox import Outbox
from workflow.reminders.retry_policy import RetryPolicy
from workflow.storage.database import Database

POLL = timedelta(milliseconds=20)


@dataclass
class Postbox:
    """A channel that takes letters, or does with them as a test says.

    Attributes:
        letters: what was taken, in order: for whom, and the bytes.
        outcomes: what becomes of the next letters to an address, before any more are taken.
        before: called with the address, before each.
        closed: how often it was let go of.
    """

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    before: Callable[[str], None] = lambda _: None
    closed: int = 0

    def send(self, written: bytes, to: str) -> Outcome:
        """Take a letter, or not."""
        self.before(to)
        if self.outcomes.get(to):
            return self.outcomes[to].pop(0)
        self.letters.append((to, written))
        return Accepted()

    def check(self) -> Accepted:
        """Return success."""
        return Accepted()

    def close(self) -> None:
        """Count how often it was let go of."""
        self.closed += 1

    def __enter__(self) -> Self:
        """Begin a sweep."""
        return self

    def __exit__(self, *how: object) -> None:
        """End it."""
        self.close()

    @property
    def addresses(self) -> list[str]:
        """For whom letters were taken, in the order of the alphabet."""
        return sorted(to for to, _ in self.letters)


class Blocked:
    """Blocks the sending of a letter until it is released."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.free = threading.Event()

    def __call__(self, to: str) -> None:
        """Wait."""
        self.reached.set()
        assert self.free.wait(20)


_names = count(1)


def sender_on(
    database: Database,
    world: World,
    channel: Channel,
    *,
    write: Write | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Sender:
    """Return a node that sends what is due in a database."""
    node = f"node-{next(_names)}"
    ids = count(1)
    outbox = Outbox(
        DatabaseQueries(database, world.clock),
        write or Pen(),
        lambda: f"{node}-{next(ids)}",
        lambda: 0.0,
        RetryPolicy(),
    )
    return Sender(outbox, channel, node, world.clock, pause)


@dataclass
class Running:
    """A service that runs in a thread; ``done`` is what it returned."""

    service: Service
    done: bool | None = None

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.done = self.service.run()

    def end(self) -> bool:
        """Tell it to end, and return whether nothing was under way any more."""
        self.service.stopping.set()
        self._thread.join(20)
        assert self.done is not None
        return self.done

    def is_over(self) -> bool:
        """Wait until nothing is under way any more, also where it ended before."""
        self.service._ending.join(20)
        return not self.service._ending.is_alive()


@contextmanager
def running(sender: Sender, patience: float = 8) -> Iterator[Running]:
    """Run a service, and end it."""
    service = Running(Service(sender, POLL, timedelta(seconds=patience)))
    try:
        yield service
    finally:
        service.end()


def until(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait for something."""
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        time.sleep(0.005)
    return condition()
