"""The alarm clock: APScheduler wakes us, and nothing is lost by what it forgets."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.base import BaseScheduler

from scheduler.alarm_clock import ReadOnly, alarm_clock
from workflow.model.reminders import Delivery
from workflow.storage.messages import Message

POLL = timedelta(milliseconds=50)


def message(name: str) -> Message:
    """Return a message that is due."""
    now = datetime.now(UTC)
    return Message(
        id=name,
        person=None,
        address=f"{name}@example.example",
        message_id=f"<{name}@example>",
        subject=name,
        content=b"",
        status=Delivery.WAITING,
        written_at=now,
        give_up_at=now,
        next_at=now,
        attempt=1,
        unsure=False,
        holder="node",
        settled_at=None,
        fault=None,
    )


@dataclass
class Tray:
    """Work that the tests lay out.

    Attributes:
        lying: what the next claim takes.
        broken: whether the database can be asked.
    """

    lying: list[Message] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    broken: bool = False
    asked: int = 0
    next: Callable[[], datetime | None] = lambda: None

    def claim(self) -> Sequence[Message]:
        """Take all of it."""
        self.asked += 1
        if self.broken:
            raise OSError("gone")
        taken, self.lying = self.lying, []
        return taken

    def next_wake(self) -> datetime | None:
        """Return what the test says."""
        if self.broken:
            raise OSError("gone")
        return self.next()

    def waiting(self) -> Sequence[Message]:
        """Return what was not taken yet."""
        return self.lying

    def send(self, message: Message) -> None:
        """Send it; one of them cannot be."""
        if message.id == "bad":
            raise ValueError(message.id)
        self.sent.append(message.id)


@pytest.fixture
def tray() -> Tray:
    """Lay out nothing."""
    return Tray()


@pytest.fixture
def clock(tray: Tray) -> Iterator[BaseScheduler]:
    """Start the scheduler, and stop it."""
    clock = alarm_clock(tray, lambda: datetime.now(UTC), POLL)
    clock.start()
    yield clock
    clock.shutdown()


def until(condition: Callable[[], bool]) -> bool:
    """Wait for something, ten seconds at most."""
    ends = time.monotonic() + 10
    while not condition() and time.monotonic() < ends:
        time.sleep(0.005)
    return condition()


def test_what_is_due_is_sent_in_order(tray: Tray, clock: BaseScheduler) -> None:
    """By one thread, each once."""
    tray.lying = [message(f"letter-{number}") for number in range(50)]

    assert until(lambda: len(tray.sent) == 50)
    assert [f"letter-{number}" for number in range(50)] == tray.sent


def test_one_that_fails_keeps_nobody_waiting(tray: Tray, clock: BaseScheduler) -> None:
    """It is still ours: nobody settled it."""
    tray.lying = [message("bad"), message("good")]

    assert until(lambda: tray.sent == ["good"])


def test_it_looks_again_though_nothing_is_planned(tray: Tray, clock: BaseScheduler) -> None:
    """What another process plans is seen: it never sleeps longer than the poll interval."""
    assert until(lambda: tray.asked > 3)
    assert tray.next_wake() is None


def test_it_survives_a_database_that_is_gone(
    tray: Tray, clock: BaseScheduler, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither question may end its thread; that it is gone is said once, and that it is back."""
    tray.broken = True
    asked = tray.asked
    assert until(lambda: tray.asked > asked + 1)
    tray.broken = False
    tray.lying = [message("late")]

    assert until(lambda: tray.sent == ["late"])
    assert [
        "What is due is not known; asked again every second: gone",
        "What is due is known again.",
    ] == [each.message for each in caplog.records if each.name == "scheduler.alarm_clock"]


def test_a_wake_in_the_past_is_now(tray: Tray) -> None:
    """And one far away is no further than the poll interval; whatever our own clock says."""
    ours = datetime(2021, 3, 28, 1, tzinfo=UTC)
    clock = alarm_clock(tray, lambda: ours, timedelta(minutes=1))
    clock.start(paused=True)
    store = clock._jobstores["outbox"]
    day, second = timedelta(days=1), timedelta(seconds=5)
    expected = {-day: timedelta(0), second: second, day: timedelta(minutes=1)}
    for distance, wait in expected.items():
        tray.next = lambda wake=ours + distance: wake  # type: ignore[misc]
        before = datetime.now(UTC)
        found = store.get_next_run_time()
        assert before + wait <= found <= datetime.now(UTC) + wait
    clock.shutdown()


# --- the contract of a job store, as far as a view that is only read can keep it ---------------


def test_jobs_can_be_read(tray: Tray) -> None:
    """Sorted, and each with its scheduler and store."""
    clock = alarm_clock(tray, lambda: datetime.now(UTC), POLL)
    clock.start(paused=True)
    tray.lying = [message("one"), message("two")]

    jobs = clock.get_jobs("outbox")
    found = clock.get_job("two")
    missing = clock.get_job("three")
    clock.shutdown()

    assert ["one", "two"] == [job.id for job in jobs]
    assert ("two", "outbox") == (found.id, found._jobstore_alias)
    assert missing is None
    assert all(job.next_run_time is not None for job in jobs)


def test_jobs_cannot_be_added_or_taken_away(tray: Tray) -> None:
    """Commands plan reminders and cancel them; nobody can put code into the table."""
    clock = alarm_clock(tray, lambda: datetime.now(UTC), POLL)
    clock.start(paused=True)
    tray.lying = [message("one")]

    with pytest.raises(ReadOnly):
        clock.add_job(print, jobstore="outbox")
    with pytest.raises(ReadOnly):
        clock.remove_all_jobs("outbox")
    clock.remove_job("one", "outbox")
    still = clock.get_job("one")
    clock.shutdown()

    assert still is not None


def test_shutting_down_leaves_our_database_alone(tray: Tray) -> None:
    """Our store holds nothing that APScheduler could close."""
    clock = alarm_clock(tray, lambda: datetime.now(UTC), POLL)
    clock.start()
    clock.shutdown()

    assert tray.claim() == []
    assert "APScheduler" not in [each.name for each in threading.enumerate()]
