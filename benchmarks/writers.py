"""Many writers at once, each in a program of its own and on a process of its own.

On SQLite they share one file and take turns; on PostgreSQL the machine's cores are what there is.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure
from benchmarks.processes import ACTOR, SOURCE, TODAY, asked, opened
from benchmarks.servers import databases, is_there
from definitions.library import open_definition
from workflow.engine import Start
from workflow.model.commands import AddNote
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

DEFINITION = "gr-sociaal-domein"
WRITERS = (1, 2, 4, 8)
SECONDS = 3.0
TURNS = 3
SLOWER_ON_SQLITE = 1.25
"""How many times as long a command may take with more writers: 0.8 of the commands a second."""
LONGEST_WAIT_S = 10.0


def measure(folder: Path) -> Iterator[Figure]:
    """Measure how many commands a second there are with 1, 2, 4 and 8 writers."""
    yield from _measured("SQLite", str(folder / "writers.sqlite3"), SLOWER_ON_SQLITE, rises=False)
    if is_there():
        with databases(1) as (url,):
            with Database(url) as database:
                upgrade(database)
            yield from _measured("PostgreSQL", url, 1.0, rises=True)


def _measured(name: str, url: str, bound: float, *, rises: bool) -> Iterator[Figure]:
    definition = open_definition(DEFINITION)
    with opened(url) as engine:
        for number in range(max(WRITERS)):
            engine.start(Start(definition, f"writer-{number}", ACTOR))
    rates: dict[int, list[float]] = {writers: [] for writers in WRITERS}
    waits = []
    with ProcessPoolExecutor(max(WRITERS), mp_context=get_context("spawn")) as pool:
        for _ in range(TURNS):
            for writers in WRITERS:
                rate, wait = _together(pool, url, writers)
                rates[writers].append(rate)
                waits.append(wait)
    alone = median(rates[1])
    cores = os.cpu_count() or 1
    for writers in WRITERS[1:]:
        together = median(rates[writers])
        what = f"{name}: a command with {writers} writers, against 1"
        remark = f"{together:,.0f} a second against {alone:,.0f}"
        asked_for = bound if not rises or writers <= cores else None
        yield Figure(what, alone / together, bound=asked_for, remark=remark)
    yield Figure(f"{name}: the longest wait of anybody", max(waits), "s", LONGEST_WAIT_S)


def _together(pool: ProcessPoolExecutor, url: str, writers: int) -> tuple[float, float]:
    """Return how many commands a second some writers gave together, and the longest wait."""
    begin = time.time() + 1.0
    futures: list[Future[tuple[int, float]]] = [
        pool.submit(write, url, f"writer-{number}", begin) for number in range(writers)
    ]
    done = [future.result() for future in futures]
    return sum(number for number, _ in done) / SECONDS, max(wait for _, wait in done)


def write(url: str, process: str, begin: float) -> tuple[int, float]:
    """Write notes from one instant on, and return how many there were and the longest wait."""
    with opened(url) as engine:
        engine.present(process)
        time.sleep(max(begin - time.time(), 0))
        number, longest, ends = 0, 0.0, time.perf_counter() + SECONDS
        while (now := time.perf_counter()) < ends:
            engine.execute(process, [asked(AddNote("x", TODAY, SOURCE))])
            longest = max(longest, time.perf_counter() - now)
            number += 1
    return number, longest
