"""Many writers at once: programs with a process each or on one process, and threads of a program.

On SQLite they share one file and take turns, and so do those who write to one process anywhere; on
PostgreSQL the machine's cores are what there is for others. How fair it is stands beside it: how
much the one who wrote least wrote of what the one who wrote most did.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure, Point, Series
from benchmarks.processes import ACTOR, SOURCE, TODAY, asked, opened
from benchmarks.servers import databases, is_there
from definitions.library import open_definition
from workflow.engine import Engine, Start
from workflow.model.commands import AddNote
from workflow.model.person import Called
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

DEFINITION = "gr-sociaal-domein"
WRITERS = (1, 2, 4, 8)
SECONDS = 2.0
TURNS = 3
IN_TURNS = 1 / 0.8
"""How many times as long a command may take where they take turns: 0.8 of the commands a second."""
OF_ONE = 1 / 0.6
"""The same of those that write to one process, or are threads of one program."""
LONGEST_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Way:
    """A way of writing concurrently.

    Attributes:
        what: its name.
        bound: the maximum time of a command, relative to a single writer.
        is_threads: they are threads of one program, with one engine.
        shares: they write to one process; else each has its own.
        rises: more of them write more, as long as there are cores: only then the bound holds.
    """

    what: str
    bound: float
    is_threads: bool = False
    shares: bool = False
    rises: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What came of some writers: how much each wrote, and how long one of them had to wait."""

    numbers: tuple[int, ...]
    longest: float

    @property
    def rate(self) -> float:
        """How many commands a second they gave together."""
        return sum(self.numbers) / SECONDS

    @property
    def fairness(self) -> float:
        """The number of commands of the slowest writer, relative to that of the fastest."""
        return min(self.numbers) / max(*self.numbers, 1)


ON_FILE = (Way("writers", IN_TURNS), Way("writers of one process", OF_ONE, shares=True))
ON_SERVER = (
    Way("writers", 1.0, rises=True),
    Way("writers of one process", OF_ONE, shares=True),
    Way("threads", OF_ONE, is_threads=True),
    Way("threads on one process", OF_ONE, is_threads=True, shares=True),
)


def measure(folder: Path) -> Iterator[Figure | Series]:
    """Measure how many commands a second there are with 1, 2, 4 and 8 writers."""
    file = str(folder / "writers.sqlite3")
    _begun(file)
    for way in ON_FILE:
        yield from _measured("SQLite", file, way)
    if is_there():
        with databases(1) as (url,):
            with Database(url) as database:
                upgrade(database)
            _begun(url)
            for way in ON_SERVER:
                yield from _measured("PostgreSQL", url, way)


def _measured(name: str, url: str, way: Way) -> Iterator[Figure | Series]:
    found: dict[int, list[Written]] = {writers: [] for writers in WRITERS}
    with ExitStack() as stack:
        engine = stack.enter_context(opened(url)) if way.is_threads else None
        pool: Executor = (
            ThreadPoolExecutor(max(WRITERS))
            if way.is_threads
            else ProcessPoolExecutor(max(WRITERS), mp_context=get_context("spawn"))
        )
        stack.enter_context(pool)
        _together(pool, url, way, max(WRITERS), engine)  # all programs start, and import
        for _ in range(TURNS):
            for writers in WRITERS:
                found[writers].append(_together(pool, url, way, writers, engine))
    rates = {writers: median(each.rate for each in found[writers]) for writers in WRITERS}
    points = tuple(Point(writers, rate) for writers, rate in rates.items())
    yield Series(f"notes of {way.what}", "writers", points, name, "a second")
    cores = os.cpu_count() or 1
    for writers in WRITERS[1:]:
        fairness = median(each.fairness for each in found[writers])
        what = f"{name}: {writers} {way.what}, against 1"
        remark = f"{rates[writers]:,.0f} a second against {rates[1]:,.0f}; fairness {fairness:.2f}"
        bound = way.bound if not way.rises or writers <= cores else None
        yield Figure(what, rates[1] / rates[writers], bound=bound, remark=remark)
    longest = max(each.longest for of in found.values() for each in of)
    yield Figure(f"{name}: {way.what}, longest wait", longest, "s", LONGEST_WAIT_S)


def _begun(url: str) -> None:
    """Start a process for each writer."""
    definition = open_definition(DEFINITION)
    with opened(url) as engine:
        for number in range(max(WRITERS)):
            engine.start(Start(definition, f"writer-{number}", Called(ACTOR)))


def _together(pool: Executor, url: str, way: Way, writers: int, engine: Engine | None) -> Written:
    """Let some writers write, from one instant on."""
    begin = time.time() + 0.5
    write = partial(write_to, url) if engine is None else partial(write_by, engine)
    futures: list[Future[tuple[int, float]]] = [
        pool.submit(write, f"writer-{0 if way.shares else number}", begin)
        for number in range(writers)
    ]
    done = [future.result() for future in futures]
    return Written(tuple(number for number, _ in done), max(wait for _, wait in done))


def write_to(url: str, process: str, begin: float) -> tuple[int, float]:
    """Write notes by an engine of our own; see ``write_by``."""
    with opened(url) as engine:
        engine.present(process)
        return write_by(engine, process, begin)


def write_by(engine: Engine, process: str, begin: float) -> tuple[int, float]:
    """Write notes from one instant on, and return how many there were and the longest wait."""
    time.sleep(max(begin - time.time(), 0))
    number, longest, ends = 0, 0.0, time.perf_counter() + SECONDS
    while (now := time.perf_counter()) < ends:
        engine.execute(process, [asked(AddNote("x", TODAY, SOURCE))])
        longest = max(longest, time.perf_counter() - now)
        number += 1
    return number, longest
