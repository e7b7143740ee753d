"""Reminders beside what others do for as much: planning, a burst, waking up, starting.

APScheduler's own job store is measured on the same kind of database, which it opens with the same
settings; procrastinate beside it on PostgreSQL, where it is installed (``make compare``).

A burst is no fair race. Ours finds the recipients of each reminder, writes whole letters with text,
HTML and calendar, forty reminders to a letter, keeps them, and puts each in a file that is on disk;
theirs run as many jobs that do nothing.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text as sql

from benchmarks.measuring import (
    Figure,
    Spent,
    Times,
    compared,
    in_turns,
    memory_of,
    seconds,
    shown,
    spent,
)
from benchmarks.processes import ACTOR, DEFINITION, SOURCE, TODAY, asked, opened
from benchmarks.servers import databases, is_there
from benchmarks.wide import DUE as LATER
from benchmarks.wide import LADDER as ELEVEN
from benchmarks.wide import wide_definition
from definitions.library import open_definition
from scheduler.mail.folder import FolderChannel
from scheduler.mail.letters import Writer
from scheduler.sending import AT_ONCE, Sender
from scheduler.settings import MailSettings
from screens.page import spoken
from workflow.database_queries import DatabaseQueries
from workflow.engine import Engine, Environment, Seating, Start
from workflow.model.commands import AddNote
from workflow.model.journal import instant_text
from workflow.model.person import Called
from workflow.reminders.listing import preview
from workflow.reminders.outbox import Outbox
from workflow.storage.database import Connection, Database
from workflow.storage.opening import open_database
from workflow.storage.upgrading import upgrade

DUE, LADDER = "2021-09-15", "[-14d, -13d]"
WIDE = (182, 10)
"""The number of parties and of milestones; each milestone has eleven reminders for each party."""
PLANNED, JOBS = 20_000, 1_000
"""How many reminders are planned, and how many jobs added, of which each takes as long."""
PEOPLE, DEADLINES, RUNGS = 500, 20, 2
"""The size of a burst: recipients, deadlines, and rungs of each; the machine was off for a week."""
DUE_AT_ONCE, FIRED_AT_ONCE = PEOPLE * DEADLINES * RUNGS, 4_000
"""The number of reminders in a burst, and of the peer's jobs; the time is that of one of each."""
PLANNING = {"SQLite": 1 / 28, "PostgreSQL": 1 / 20}
SENDING = {"SQLite": 0.17, "PostgreSQL": 0.2}
"""How many times as long a reminder may take as a job of APScheduler."""
AS_A_BATCH, THEIR_WORKER = 1.0, 0.1
"""The same as one of procrastinate's, deferred with many others, and when it runs."""
LOCK_S = 0.1
WATCHED_S = 4.0
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
    planned = _planned(database("planning"))
    sent = _sent(folder / kind, database("burst"))
    job, fired = _added(theirs), _fired(theirs)
    peer = "APScheduler"
    yield _each(f"{kind}: planning one of {PLANNED:,}", planned, job, PLANNING[kind], peer)
    yield _each(f"{kind}: sending one of {DUE_AT_ONCE:,}", sent, fired, SENDING[kind], peer)
    if kind == "PostgreSQL" and find_spec("procrastinate") is not None:
        one, of_many, run = _procrastinate(theirs)
        peer = "procrastinate"
        yield _each(f"{kind}: planning, one by one there", planned, one, None, peer)
        yield _each(f"{kind}: planning, in a batch there", planned, of_many, AS_A_BATCH, peer)
        yield _each(f"{kind}: sending one of {DUE_AT_ONCE:,}", sent, run, THEIR_WORKER, peer)
    yield from _locks(kind, database("lock"))
    few, many = database("few"), database("many")
    yield from _waking(kind, few, many)
    yield from _starting(kind, database("none"), many)


def _each(what: str, ours: Spent, other: Spent, bound: float | None, beside: str) -> Figure:
    """Return how many times as long one of many things takes as one of another."""
    remark = f"{ours.wall * 1e6:,.0f} µs against {other.wall * 1e6:,.0f} µs"
    value, cpu = ours.wall / other.wall, ours.cpu / other.cpu
    return Figure(what, value, bound=bound, remark=remark, cpu=cpu, beside=beside)


@contextmanager
def _engine(url: str, clock: Callable[[], datetime]) -> Iterator[Engine]:
    with Database(url) as database:
        upgrade(database)
    ids = count(1)
    with open_database(url) as database:
        yield Engine(database, Environment(clock, lambda: f"{next(ids):032x}", ACTOR))


# --- planning ----------------------------------------------------------------------------------


def _planned(url: str) -> Spent:
    """Return what one reminder takes of a command that plans many."""
    definition, times = wide_definition(*WIDE, LATER, ELEVEN), Times()
    with _engine(url, lambda: datetime.now(UTC)) as engine:
        for number in range(5):
            start = Start(definition, f"process-{number}", Called(ACTOR))
            times.add(spent(partial(engine.start, start)))
        with engine.database.reading() as connection:
            rows = int(connection.execute(sql("SELECT count(*) FROM reminders")).scalar_one()) / 5
    assert rows >= PLANNED, rows
    return times.median / rows


def _added(url: str) -> Spent:
    """Return what it takes to add one job to APScheduler's own store."""
    when = datetime.now(UTC) + timedelta(days=365)
    with _apscheduler(url) as scheduler:
        return spent(lambda: _add_jobs(scheduler, JOBS, when)) / JOBS


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


AT = datetime(2021, 9, 2, 7, tzinfo=UTC)
"""When all of them are due: both rungs are past, the deadline is not."""


def _all_due(url: str) -> None:
    """Make a database in which many people are to be reminded of many things, all at once."""
    with _engine(url, lambda: datetime(2021, 1, 4, 12, tzinfo=UTC)) as engine:
        engine.start(Start(wide_definition(PEOPLE, DEADLINES, DUE, LADDER), "wide", Called(ACTOR)))
        for number in range(PEOPLE):
            name, address = f"griffier {number}", f"griffie-{number}@example.example"
            engine.give_seat(
                "wide", Seating(f"griffier@p{number}", Called(name), Called(ACTOR), address)
            )


def _outbox(engine: DatabaseQueries) -> Outbox:
    ids = count(1)
    write = Writer(MailSettings(), spoken)
    return Outbox(engine, write, lambda: f"{next(ids):032x}", random.random, rest=write.rest)


def _sent(folder: Path, url: str) -> Spent:
    """Return what one reminder takes of all that are due to many people, with their letters."""
    _all_due(url)
    with _engine(url, lambda: AT) as engine:
        # Once before: what is set up at the first letter is set up once in the life of a service.
        write = Writer(MailSettings(), spoken)
        write(preview(engine, "wide", date(2021, 9, 1), date(2021, 9, 1), "nl")[0])
        channel = FolderChannel(folder, make=True)
        sender = Sender(_outbox(engine), channel, "node", lambda: AT)
        taken = spent(sender.sweep)
    assert sender.tally.filed == PEOPLE, sender.tally
    return taken / DUE_AT_ONCE


def _fired(url: str) -> Spent:
    """Return what one empty job takes of many that APScheduler fires at once."""
    with _apscheduler(url) as scheduler:
        _add_jobs(scheduler, FIRED_AT_ONCE, datetime.now(UTC))

        def fire() -> None:
            scheduler.resume()
            for _ in range(FIRED_AT_ONCE):
                FIRED.acquire()

        return spent(fire) / FIRED_AT_ONCE


# --- a claim, and who waits for it -------------------------------------------------------------


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


def _locks(kind: str, url: str) -> Iterator[Figure]:
    """Measure for how long a claim of fifty messages keeps others from writing."""
    _all_due(url)
    with opened(url) as engine:
        engine.start(Start(open_definition(DEFINITION), WRITER, Called(ACTOR)))
    database = _Timed(url)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool, database:
        begin = time.time() + 2.0
        undisturbed = pool.submit(longest_wait, url, begin).result()
        begin = time.time() + 1.0
        waited = pool.submit(longest_wait, url, begin)
        time.sleep(max(begin + WATCHED_S / 4 - time.time(), 0))
        outbox = _outbox(DatabaseQueries(database, lambda: AT))
        claimed = len(outbox.claim("node", AT, AT_ONCE).messages)
        longest = waited.result()
    assert claimed == AT_ONCE, claimed
    what = f"{kind}: a claim of {AT_ONCE}, {PEOPLE} people × {DEADLINES * RUNGS} due"
    yield Figure(f"{what}, its longest lock", database.longest, "s", LOCK_S)
    remark = f"{shown(undisturbed)} while nobody claims"
    yield Figure(f"{what}, another's longest wait", longest, "s", remark=remark)


WRITER = "writer"


def longest_wait(url: str, begin: float) -> float:
    """Write notes from one instant on, for some seconds, and return how long the longest took."""
    note, longest = asked(AddNote("x", TODAY, SOURCE)), 0.0
    with opened(url) as engine:
        engine.present(WRITER)
        time.sleep(max(begin - time.time(), 0))
        while time.time() < begin + WATCHED_S:
            longest = max(longest, seconds(lambda: engine.execute(WRITER, [note])))
    return longest


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
        engine.start(Start(open_definition(DEFINITION), "measured", Called(ACTOR)))
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
        peak = memory_of(service.pid) if Path("/proc").exists() else 0.0
        service.send_signal(signal.SIGTERM)
    return took, peak


# --- procrastinate -----------------------------------------------------------------------------


def _procrastinate(url: str) -> tuple[Spent, Spent, Spent]:
    """Return what one job takes to plan, alone and among many, and to run when it is due."""
    library: Any = import_module("procrastinate")
    app = library.App(connector=library.SyncPsycopgConnector(conninfo=url))
    with app.open():
        app.schema_manager.apply_schema()
        task = app.task(name="empty")(fired)
        later = task.configure(schedule_at=datetime.now(UTC) + timedelta(days=365))
        one = spent(lambda: [later.defer() for _ in range(JOBS)]) / JOBS
        of_many = spent(lambda: later.batch_defer(*([{}] * PLANNED))) / PLANNED
        task.batch_defer(*([{}] * FIRED_AT_ONCE))
    worker = app.with_connector(library.PsycopgConnector(conninfo=url))
    run = spent(
        lambda: worker.run_worker(wait=False, install_signal_handlers=False, concurrency=10)
    )
    return one, of_many, run / FIRED_AT_ONCE
