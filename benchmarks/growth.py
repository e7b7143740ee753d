"""What grows with a journal and with a database: commands of today, and looking at the past.

The sizes are measured in turns. On SQLite that is done on copies that are renewed now and then, so
that what was small stays small; on PostgreSQL the smallest is a little larger for that.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks.measuring import Figure, Series, Spent, Times, compared, in_turns, taking
from benchmarks.processes import (
    NOW,
    PROCESS,
    QUESTION,
    MeasuredEngine,
    asked,
    crowded,
    execute,
    grown,
    opened,
    repeatable,
)
from benchmarks.servers import databases, is_there
from workflow.engine import Engine
from workflow.model.commands import Record
from workflow.storage.copying import copy
from workflow.storage.database import Connection, Database
from workflow.storage.upgrading import upgrade
from workflow.verify import verify
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view

ENTRIES, ENTRIES_ON_SERVER = (10, 100, 1_000, 10_000), (100, 1_000, 10_000)
LONG = (100, 1_000, 10_000, 100_000)
PROCESSES, PROCESSES_ON_SERVER = (1, 100, 10_000), (1, 100, 2_000)
ENTRIES_IN_A_CROWD = 100
COPIES, LOOKS_BACK = 8, 3
WARM_UP = 2
ROUNDS, ROUNDS_ON_SERVER = 10, 20
BOUND = 1.5
LATE = "record of an earlier day"
WHOLE = ("as of a day", "verify")
LOOKING_BACK = {
    "as of a day": {10_000: 150.0, 100_000: 1_500.0},
    "verify": {10_000: 400.0, 100_000: 4_000.0},
    LATE: {10_000: 6.0},
    "present": {10_000: 2.0},
}
"""How many milliseconds of processor each may take of journals of some lengths."""
TENFOLD = 12.0
"""How many times as much ten times the entries may take of what reads all of them."""
LOCKED, LOCKED_BOUND = f"lock held by a {LATE}", 6.0
LATE_BOUND, LATE_AT = 3.0, 10_000
"""How many times as long a decision of an earlier day may take in so long a journal.

In a longer one several rounds are open on one day, as in no process, and all of it is read.
"""

Action = Callable[[], object]
Measured = Mapping[tuple[str, int], Times]
ActionsOf = Callable[[MeasuredEngine], Mapping[str, Action]]


def in_a_journal(folder: Path) -> Iterator[Figure | Series]:
    """Measure commands of today, and looking back, from the 10th entry of a process on."""
    files = {size: folder / f"journal-{size}.sqlite3" for size in {*ENTRIES, *LONG}}
    for size, file in files.items():
        grown(file, size)
    yield from _compared(_on_copies(_of(files, ENTRIES), _commands), "entries", "SQLite")
    if is_there():
        times = _on_server(_of(files, ENTRIES_ON_SERVER), _commands)
        yield from _compared(times, "entries", "PostgreSQL")
    yield from _looked_back(_of(files, LONG))


def in_a_database(folder: Path) -> Iterator[Figure | Series]:
    """Measure commands and ``status`` from the 1st process of a database on."""
    files = {
        size: folder / f"database-{size}.sqlite3" for size in {*PROCESSES, *PROCESSES_ON_SERVER}
    }
    for size, file in files.items():
        crowded(file, size, ENTRIES_IN_A_CROWD)
    times = _on_copies(_of(files, PROCESSES), _commands_and_status)
    yield from _compared(times, "processes", "SQLite")
    if is_there():
        times = _on_server(_of(files, PROCESSES_ON_SERVER), _commands_and_status)
        yield from _compared(times, "processes", "PostgreSQL")


def _of(files: Mapping[int, Path], sizes: tuple[int, ...]) -> dict[int, Path]:
    return {size: files[size] for size in sizes}


# --- actions -----------------------------------------------------------------------------------


def _commands(engine: MeasuredEngine) -> dict[str, Action]:
    definition = engine.present(PROCESS)[0].definition
    return {
        kind: partial(execute, engine, commands)
        for kind, commands in repeatable(definition).items()
    }


def _commands_and_status(engine: MeasuredEngine) -> dict[str, Action]:
    return {**_commands(engine), "status": partial(_status, engine)}


def _status(engine: Engine) -> StatusView:
    present, head = engine.present(PROCESS)
    return status_view(Seen(*present.on(NOW.date()).parts, head.id))


def _looked_back(files: Mapping[int, Path]) -> Iterator[Figure | Series]:
    """Measure what reads a whole journal, or records what comes before most of it."""
    held: dict[int, Times] = {}
    with ExitStack() as stack:
        actions: dict[tuple[str, int], Action] = {}
        for size, file in files.items():
            engine = stack.enter_context(opened(file))
            actions["as of a day", size] = partial(_as_of, engine)
            actions["verify", size] = partial(verify, engine.database)
            if size <= LATE_AT:
                actions[LATE, size] = _late(engine, held.setdefault(size, Times()))
                actions["present", size] = partial(engine.present, PROCESS)
        times = in_turns(actions, LOOKS_BACK)
    shortest = min(files)
    for what, bounds in LOOKING_BACK.items():
        for size, bound in bounds.items():
            yield taking(f"{what}, {size:,} entries", times[what, size], cpu_bound=bound)
        sizes = {size: taken for (each, size), taken in times.items() if each == what}
        yield Series.of(what, "entries", sizes, "SQLite")
    for what in WHOLE:
        for size in (10_000, 100_000):
            name = f"{what} at {size:,} entries, against {size // 10:,}"
            more, fewer = times[what, size], times[what, size // 10]
            yield compared(name, more, fewer, cpu_bound=TENFOLD)
    yield taking(f"{LOCKED}, {LATE_AT:,} entries", held[LATE_AT], cpu_bound=LOCKED_BOUND)
    yield Series.of(LOCKED, "entries", held, "SQLite")
    name = f"{LATE} at {LATE_AT:,} entries, against {shortest}"
    yield compared(name, times[LATE, LATE_AT], times[LATE, shortest], LATE_BOUND)


def _as_of(engine: MeasuredEngine) -> object:
    return engine.as_of(PROCESS, NOW.date())


def _late(engine: MeasuredEngine, held: Times) -> Action:
    """Return an action that records a decision of before the last day of the journal.

    Args:
        held: the times to which it adds how long the write lock was held, without the commit.
    """
    definition = engine.present(PROCESS)[0].definition
    (decision,) = repeatable(definition)["record"]
    (request,) = definition.milestones[QUESTION].requests.values()
    *before, last = (engine.days.go_on() for _ in range(LOOKS_BACK + 2))
    if not isinstance(decision, Record):
        raise TypeError(decision)
    other = replace(decision, body=request.bodies[1])
    engine.execute(PROCESS, [asked(replace(other, on=last))])
    engine.execute(PROCESS, [asked(replace(decision, on=before[0]))])
    days = iter(before[1:])

    def act() -> None:
        with _watched(engine.database, held):
            engine.execute(PROCESS, [asked(replace(decision, on=next(days)))])

    return act


@contextmanager
def _watched(database: Database, held: Times) -> Iterator[None]:
    """Measure how long the write lock is held, without the commit."""
    writing = database.writing

    @contextmanager
    def timed() -> Iterator[Connection]:
        with writing() as connection:
            begun, used = time.perf_counter(), time.process_time()
            yield connection
            held.add(Spent(time.perf_counter() - begun, time.process_time() - used))

    with patch.object(database, "writing", timed):
        yield


# --- measuring ---------------------------------------------------------------------------------


def _on_copies(files: Mapping[int, Path], actions_of: ActionsOf) -> Measured:
    times: dict[tuple[str, int], Times] = {}
    for _ in range(COPIES):
        copies = {
            size: str(shutil.copy(file, file.with_suffix(".copy"))) for size, file in files.items()
        }
        for key, taken in _in_turns(copies, actions_of, ROUNDS).items():
            times.setdefault(key, Times()).each.extend(taken.each)
    return times


def _on_server(files: Mapping[int, Path], actions_of: ActionsOf) -> Measured:
    with databases(len(files)) as urls:
        for file, url in zip(files.values(), urls, strict=True):
            with Database(str(file)) as source, Database(url) as target:
                upgrade(target)
                copy(source, target)
        return _in_turns(dict(zip(files, urls, strict=True)), actions_of, ROUNDS_ON_SERVER)


def _in_turns(urls: Mapping[int, str], actions_of: ActionsOf, rounds: int) -> Measured:
    with ExitStack() as stack:
        actions = {
            (kind, size): action
            for size, url in urls.items()
            for kind, action in actions_of(stack.enter_context(opened(url))).items()
        }
        in_turns(actions, WARM_UP)
        return in_turns(actions, rounds)


def _compared(times: Measured, what: str, database: str) -> Iterator[Figure | Series]:
    """Compare the largest size with the smallest, and show what lies between."""
    for kind in sorted({kind for kind, _ in times}):
        sizes = {size: taken for (each, size), taken in times.items() if each == kind}
        smallest, largest = min(sizes), max(sizes)
        name = f"{database}: {kind} at {largest:,} {what}, against {smallest}"
        yield compared(name, sizes[largest], sizes[smallest], BOUND)
        yield Series.of(kind, what, sizes, database)
