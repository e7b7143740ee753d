"""APScheduler as the alarm clock: a thin job store over the outbox.

The scheduler asks for due jobs, hands each to a thread, and forgets it. Nothing is lost by that,
since a job is only a view of a reminder. The job itself settles the row in our table, and a node
that holds it too long loses it to others.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NoReturn, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.jobstores.base import BaseJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from workflow.storage.messages import Message

ALIAS = "outbox"
RETRY = timedelta(seconds=1)
"""After how long a database that could not be asked is asked again; APScheduler waits ten seconds,
and says each time that it could not."""
MOST = 1_000
"""How often at once the scheduler lets a job run. It skips what is more, and we would wait for it;
that a message is sent by one at a time is seen to by its lease."""
LOG = logging.getLogger(__name__)


class ReadOnly(TypeError):
    """Jobs are not added or taken away here: commands plan reminders, and cancel them."""


class Work(Protocol):
    """The work for which the scheduler wakes."""

    def claim(self) -> Sequence[Message]:
        """Claim the messages to send now; if it raises, it is called again after a second."""
        ...

    def next_wake(self) -> datetime | None:
        """Return when there is something to do next."""
        ...

    def waiting(self) -> Sequence[Message]:
        """Return the messages that are waiting or held, the first to be sent first."""
        ...

    def send(self, message: Message) -> None:
        """Send a message that was claimed, and settle it."""
        ...


class OutboxStore(BaseJobStore):
    """The job store: due jobs are claimed messages, and nothing else can be done to a job."""

    def __init__(self, work: Work, clock: Callable[[], datetime], poll: timedelta) -> None:
        """Take the work, the clock, and the longest pause between two looks."""
        super().__init__()
        self._work = work
        self._clock = clock
        self._poll = poll
        self._open = True
        self._trouble: str | None = None

    def shutdown(self) -> None:
        """Give out nothing any more: a scheduler that is shut down asks once again."""
        self._open = False

    def get_due_jobs(self, now: datetime) -> list[Job]:
        """Claim what is due, and return a job for each message, the earliest first.

        None where the database could not be asked: it is asked again in a second.
        """
        if not self._open:
            return []
        try:
            claimed = self._work.claim()
        except Exception as error:  # noqa: BLE001 - whatever it is, it may be over in a second
            self._note(str(error))
            return []
        self._note(None)
        return [self._job(message, now) for message in claimed]

    def get_next_run_time(self) -> datetime:
        """Return when to wake: never None, and never later than the poll interval.

        It never raises: that would end the scheduler's thread silently. The scheduler uses the
            machine's own clock, whatever ours is.
        """
        return datetime.now(UTC) + min(max(self._wait(), timedelta(0)), self._poll)

    def _wait(self) -> timedelta:
        """Return for how long there is nothing to do, by our clock."""
        if self._trouble is not None:
            return RETRY
        try:
            wake = self._work.next_wake()
        except Exception as error:  # noqa: BLE001 - the same
            self._note(str(error))
            return RETRY
        return self._poll if wake is None else wake - self._clock()

    def _note(self, trouble: str | None) -> None:
        """Log the trouble with the database, and its end: each once, however long it lasts."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if trouble is None:
            LOG.warning("What is due is known again.")
        else:
            LOG.warning("What is due is not known; asked again every second: %s", trouble)

    def lookup_job(self, job_id: str) -> Job | None:
        """Return a message that is waiting or held, as a job."""
        return next((job for job in self.get_all_jobs() if job.id == job_id), None)

    def get_all_jobs(self) -> list[Job]:
        """Return the waiting and claimed messages as jobs, the earliest first."""
        return [self._job(each, each.next_at) for each in self._work.waiting()]

    def add_job(self, job: Job) -> NoReturn:
        """Refuse: reminders are planned by commands."""
        raise ReadOnly(f"Reminders are planned by commands, not by adding {job}.")

    def update_job(self, job: Job) -> None:
        """Do nothing: what we hold is settled by the job itself."""

    def remove_job(self, job_id: str) -> None:
        """Do nothing: what we hold is settled by the job itself."""

    def remove_all_jobs(self) -> NoReturn:
        """Refuse: reminders are cancelled by commands."""
        raise ReadOnly("Reminders are cancelled by commands.")

    def _job(self, message: Message, due: datetime | None) -> Job:
        job = Job(
            self._scheduler,
            id=message.id,
            name=message.subject,
            func=self._work.send,
            args=(message,),
            kwargs={},
            trigger=DateTrigger(due, UTC),
            executor="default",
            misfire_grace_time=None,
            coalesce=True,
            # It may come again while the scheduler still counts the last time as running.
            max_instances=MOST,
            next_run_time=due,
        )
        job._jobstore_alias = self._alias  # noqa: SLF001 - the contract of a job store says so
        return job


class _AlarmClock(BackgroundScheduler):
    """A scheduler that ends between two looks at what is due, never in the middle of one.

    APScheduler's own shutdown makes its thread fail there, after a claim and before sending.
    """

    def shutdown(self, wait: bool = True) -> None:
        """End; what was given out before is still sent, or given back."""
        with self._jobstores_lock:
            for each in self._jobstores.values():
                each.shutdown()
        super().shutdown(wait)


def alarm_clock(
    work: Work, clock: Callable[[], datetime], poll: timedelta, workers: int = 1
) -> BaseScheduler:
    """Return a scheduler that has nothing but our store; start it, and shut it down."""
    return _AlarmClock(
        timezone=UTC,
        daemon=True,
        jobstores={ALIAS: OutboxStore(work, clock, poll)},
        executors={"default": ThreadPoolExecutor(workers)},
    )
