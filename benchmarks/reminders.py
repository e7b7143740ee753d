"""Reminders beside what others do for as much: planning, a burst, waking up, starting.

APScheduler's own job store is measured on the same kind of database, which it opens with the same
settings; procrastinate beside it on PostgreSQL, where it is installed (``make compare``).
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text as sql

from benchmarks.measuring import Figure, compared, in_turns, seconds, shown
from benchmarks.processes import ACTOR, DEFINITION
from benchmarks.servers import databases, is_there
from benchmarks.wide import wide_definition
from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from definitions.model import Definition
from scheduler.mail.folder import FolderChannel
from scheduler.mail.letters import Writer
from scheduler.sending import AT_ONCE, Sender
from scheduler.settings import MailSettings
from screens.page import spoken
from workflow.database_queries import DatabaseQueries
from workflow.engine import Engine, Environment, Seating, Start
from workflow.model.journal import instant_text
from workflow.reminders.listing import preview
from workflow.reminders.outbox import Outbox
from workflow.storage.database import Connection, Database
from workflow.storage.opening import open_database
from workflow.storage.upgrading import upgrade

DUE, LADDER = "2021-09-15", "[-14d, -13d]"
EARLY = datetime(2018, 2, 1, 12, tzinfo=UTC)
PLANNED, JOBS = 10_000, 1_000
"""How many reminders are planned, and how many jobs added, of which each takes as long."""
PEOPLE, DEADLINES, RUNGS = 50, 20, 2
"""Who is told something in a burst, of how many deadlines, and of how many rungs of each: the
machine was off for a week."""
EACH = DEADLINES * RUNGS
LOCKED = 500
"""How many people are due when it is measured for how long a claim keeps others from writing."""
FEW, MANY = 1_000, 1_000_000
ROUNDS = 30
MEMORY_MB = 150


def measure(folder: Path) -> Iterator[Figure]:
    """Measure on SQLite, and on PostgreSQL where there is one."""
    yield from _on("SQLite", folder, lambda name: f"sqlite:///{folder / name}.sqlite3")
    if is_there():
        with databases(7) as urls:
            names = iter(urls)
            yield from _on("PostgreSQL", folder, lambda _: next(names))


def _on(kind: str, folder: Path, database: Callable[[str], str]) -> Iterator[Figure]:
    theirs = database("theirs")
    yield _planning(kind, database("planning"), theirs)
    yield _burst(kind, folder / kind, database("burst"), theirs)
    yield _lock(kind, database("lock"))
    few, many = database("few"), database("many")
    yield from _waking(kind, few, many)
    yield from _starting(kind, database("none"), many)
    if kind == "PostgreSQL" and find_spec("procrastinate") is not None:
        yield from _procrastinate(theirs)


@contextmanager
def _engine(url: str, clock: Callable[[], datetime]) -> Iterator[Engine]:
    with Database(url) as database:
        upgrade(database)
    ids = count(1)
    with open_database(url) as database:
        yield Engine(database, Environment(clock, lambda: f"{next(ids):032x}", ACTOR))


# --- planning ----------------------------------------------------------------------------------


def _planning(kind: str, url: str, theirs: str) -> Figure:
    """Measure a command that plans many reminders, against adding as many jobs."""
    definition = open_definition(DEFINITION)
    asked = sum(len(each.bodies) for each in _dated_requests(definition))
    long = tuple(f"-{days}d" for days in range(1, PLANNED // asked + 2))
    definition = replace(definition, ladders={"gewoon": long})
    begins = parse_date("2018-01-01")
    times = []
    with _engine(url, lambda: EARLY) as engine:
        for number in range(5):
            start = Start(definition, f"process-{number}", ACTOR, begins)
            times.append(seconds(lambda start=start: engine.start(start)))  # type: ignore[misc]
        with engine.database.reading() as connection:
            rows = connection.execute(sql("SELECT count(*) FROM reminders")).scalar_one() / 5
    with _apscheduler(theirs) as scheduler:
        when = datetime.now(UTC) + timedelta(days=365)
        other = seconds(lambda: _add_jobs(scheduler, JOBS, when))
    ours, job = median(times) / rows, other / JOBS
    remark = f"{shown(median(times))} for {rows:,.0f} against {shown(job * rows)}"
    return Figure(f"{kind}: planning, against add_job", ours / job, bound=1 / 10, remark=remark)


def _dated_requests(definition: Definition) -> Iterator[Any]:
    for milestone in definition.milestones.values():
        for request in milestone.requests.values():
            if request.due and request.due.ladder and request.due.date.deadline:
                yield request


@contextmanager
def _apscheduler(url: str, *, paused: bool = True) -> Iterator[Any]:
    background: Any = import_module("apscheduler.schedulers.background")
    stores: Any = import_module("apscheduler.jobstores.sqlalchemy")
    store = stores.SQLAlchemyJobStore(url.replace("postgresql://", "postgresql+psycopg://"))
    scheduler = background.BackgroundScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.start(paused=paused)
    scheduler.remove_all_jobs()
    try:
        yield scheduler
    finally:
        scheduler.shutdown()


def _add_jobs(scheduler: Any, number: int, when: datetime) -> None:
    for _ in range(number):
        scheduler.add_job(fired, "date", run_date=when, misfire_grace_time=None)


FIRED = threading.Semaphore(0)


def fired() -> None:
    """Be an empty job."""
    FIRED.release()


# --- a burst -----------------------------------------------------------------------------------


def _burst(kind: str, folder: Path, url: str, theirs: str) -> Figure:
    """Measure sending what is due to many people, against firing as many empty jobs."""
    now = [datetime(2021, 1, 4, 12, tzinfo=UTC)]
    with _engine(url, lambda: now[0]) as engine:
        definition = wide_definition(PEOPLE, DEADLINES, DUE, LADDER)
        engine.start(Start(definition, "wide", ACTOR))
        for number in range(PEOPLE):
            name, address = f"griffier {number}", f"griffie-{number}@example.example"
            engine.give_seat("wide", Seating(f"griffier@p{number}", name, ACTOR, address))
        now[0] = datetime(2021, 9, 2, 7, tzinfo=UTC)
        write = Writer(MailSettings(), spoken)
        # Once before: what is set up at the first letter is set up once in the life of a service.
        write(preview(engine, "wide", date(2021, 9, 1), date(2021, 9, 1), "nl")[0])
        ids = count(1)
        outbox = Outbox(engine, write, lambda: f"{next(ids):032x}", random.random)
        sender = Sender(outbox, FolderChannel(folder, make=True), "node", lambda: now[0])
        ours = seconds(sender.sweep)
        assert sender.tally.sent == PEOPLE, sender.tally
    with _apscheduler(theirs) as scheduler:
        _add_jobs(scheduler, PEOPLE * EACH, datetime.now(UTC))

        def fire() -> None:
            scheduler.resume()
            for _ in range(PEOPLE * EACH):
                FIRED.acquire()

        other = seconds(fire)
    remark = f"{shown(ours)} for {PEOPLE} letters against {shown(other)}"
    what = f"{kind}: {PEOPLE * EACH:,} due reminders, against jobs"
    return Figure(what, ours / other, bound=1 / 3, remark=remark)


class _Timed(Database):
    """A database that knows for how long it was written to at the longest, in seconds."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.longest = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction, and time it from when it holds the lock."""
        begun = time.perf_counter()
        with super().writing() as connection:
            begun = time.perf_counter()
            yield connection
        self.longest = max(self.longest, time.perf_counter() - begun)


def _lock(kind: str, url: str) -> Figure:
    """Measure for how long a claim of fifty keeps others from writing, of all who are due."""
    now = [datetime(2021, 1, 4, 12, tzinfo=UTC)]
    with _engine(url, lambda: now[0]) as engine:
        engine.start(Start(wide_definition(LOCKED, 1, DUE, LADDER), "wide", ACTOR))
        for number in range(LOCKED):
            name, address = f"griffier {number}", f"griffie-{number}@example.example"
            engine.give_seat("wide", Seating(f"griffier@p{number}", name, ACTOR, address))
    now[0] = datetime(2021, 9, 2, 7, tzinfo=UTC)
    ids = count(1)
    database = _Timed(url)
    with database:
        queries = DatabaseQueries(database, lambda: now[0])
        write = Writer(MailSettings(), spoken)
        outbox = Outbox(queries, write, lambda: f"{next(ids):032x}", random.random)
        claimed = len(outbox.claim("node", now[0], AT_ONCE).messages)
        assert claimed == AT_ONCE, claimed
        longest = database.longest
    what = f"{kind}: longest lock of a claim of {AT_ONCE}, {LOCKED} people due"
    return Figure(what, longest, "s", 0.1)


# --- waking up, and starting -------------------------------------------------------------------

_FILL = """
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
INSERT INTO reminders (process, due, subject, rung, role, place, meant_for, copy, version, deadline,
                       at, status, next_at)
SELECT 'measured', 'due', 'subject-' || n, '-14d', 'griffier', 'place', '', 0, 1, '2099-01-01',
       {at}, 'planned', {at} FROM numbers
"""


def _filled(url: str, rows: int) -> None:
    """Make a database in which many reminders are pending, the first of them in a year."""
    later = datetime.now(UTC) + timedelta(days=365)
    with _engine(url, lambda: datetime.now(UTC)) as engine:
        engine.start(Start(open_definition(DEFINITION), "measured", ACTOR))
        with engine.database.writing() as connection:
            server = connection.dialect.name == "postgresql"
            at = f"TIMESTAMPTZ '{later.isoformat()}'" if server else f"'{instant_text(later)}'"
            connection.execute(sql(_FILL.format(at=at)), {"rows": rows})


def _waking(kind: str, few: str, many: str) -> Iterator[Figure]:
    """Measure looking for something to do where nothing is due, with few and many pending."""
    _filled(few, FEW)
    _filled(many, MANY)
    with (
        _engine(few, lambda: datetime.now(UTC)) as one,
        _engine(many, lambda: datetime.now(UTC)) as other,
    ):
        actions = {str(rows): _wake(engine) for rows, engine in ((FEW, one), (MANY, other))}
        in_turns(actions, 3)
        times = in_turns(actions, ROUNDS)
    what = f"{kind}: waking, {MANY:,} pending against {FEW:,}"
    yield compared(what, times[str(MANY)], times[str(FEW)], 3)


def _wake(engine: Engine) -> Callable[[], object]:
    outbox = Outbox(engine, Writer(MailSettings(), spoken), lambda: "id", random.random)

    def wake() -> None:
        now = datetime.now(UTC)
        outbox.plan(now)
        outbox.claim("node", now)
        outbox.next_wake(now)

    return wake


def _starting(kind: str, none: str, many: str) -> Iterator[Figure]:
    """Measure how long the service takes to begin, and what memory it takes, from outside."""
    with _engine(none, lambda: datetime.now(UTC)):
        pass
    base = median(_begun(none)[0] for _ in range(3))
    found = [_begun(many) for _ in range(3)]
    value, memory = median(each[0] for each in found), max(each[1] for each in found)
    remark = f"{shown(value)} against {shown(base)} with none"
    what = f"{kind}: starting with {MANY:,} pending, over none"
    yield Figure(what, value - base, "s", 1, remark)
    yield Figure(f"{kind}: its memory", memory, "MB", MEMORY_MB)


def _begun(url: str) -> tuple[float, float]:
    """Start the service, let it look twice, and return the time to begin and its memory."""
    environment = {**os.environ, "MIJLPAAL_REMINDERS_POLL": "1s"}
    command = [sys.executable, "-c", "import cli; cli.main()", "--db", url, "remind", "run"]
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as service:
        assert service.stdout is not None
        service.stdout.readline()
        took = time.perf_counter() - begun
        time.sleep(2.5)
        status = Path(f"/proc/{service.pid}/status")
        peak = status.read_text() if status.exists() else "VmHWM: 0 kB"
        service.send_signal(signal.SIGTERM)
    line = next(each for each in peak.splitlines() if each.startswith("VmHWM"))
    return took, int(line.split()[1]) / 1024


# --- procrastinate -----------------------------------------------------------------------------


def _procrastinate(url: str) -> Iterator[Figure]:
    """Report how long procrastinate takes to plan jobs, and to run as many as a burst has."""
    library: Any = import_module("procrastinate")
    app = library.App(connector=library.SyncPsycopgConnector(conninfo=url))
    with app.open():
        app.schema_manager.apply_schema()
        task = app.task(name="empty")(fired)
        later = task.configure(schedule_at=datetime.now(UTC) + timedelta(days=365))
        planning = seconds(lambda: [later.defer() for _ in range(JOBS)])
        for _ in range(PEOPLE * EACH):
            task.defer()
    worker = app.with_connector(library.PsycopgConnector(conninfo=url))
    firing = seconds(
        lambda: worker.run_worker(wait=False, install_signal_handlers=False, concurrency=10)
    )
    yield Figure("procrastinate: planning one", planning / JOBS * 1000, "ms")
    yield Figure(f"procrastinate: {PEOPLE * EACH:,} empty jobs", firing * 1000, "ms")
