"""The cost of a command effective today, as its journal grows and as the database fills up.

The sizes are measured in turns, on copies that are renewed now and then, so that what was small
stays small.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from benchmarks.measuring import Figure, Series, Times, compared, in_turns
from benchmarks.processes import (
    NOW,
    PROCESS,
    MeasuredEngine,
    crowded,
    execute,
    grown,
    opened,
    repeatable,
)
from workflow.engine import Engine
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view

ENTRIES = (10, 100, 1_000, 10_000)
PROCESSES = (1, 100, 10_000)
ENTRIES_IN_A_CROWD = 100
COPIES = 8
WARM_UP = 2
ROUNDS = 10
BOUND = 1.5

Action = Callable[[], object]
Measured = Mapping[tuple[str, int], Times]


def in_a_journal(folder: Path) -> Iterator[Figure | Series]:
    """Measure commands from the 10th to the 10,000th entry of a process."""
    files = {size: folder / f"journal-{size}.sqlite3" for size in ENTRIES}
    for size, file in files.items():
        grown(file, size)
    yield from _compared(_measured(files, _commands), "entries")


def in_a_database(folder: Path) -> Iterator[Figure | Series]:
    """Measure commands and ``status`` from the 1st to the 10,000th process of a database."""
    files = {size: folder / f"database-{size}.sqlite3" for size in PROCESSES}
    for size, file in files.items():
        crowded(file, size, ENTRIES_IN_A_CROWD)
    yield from _compared(_measured(files, _commands_and_status), "processes")


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


def _measured(
    files: Mapping[int, Path], actions_of: Callable[[MeasuredEngine], Mapping[str, Action]]
) -> Measured:
    times: dict[tuple[str, int], Times] = {}
    for _ in range(COPIES):
        with ExitStack() as stack:
            actions = {}
            for size, file in files.items():
                copy = Path(shutil.copy(file, file.with_suffix(".copy")))
                for kind, action in actions_of(stack.enter_context(opened(copy))).items():
                    actions[kind, size] = action
            in_turns(actions, WARM_UP)
            for key, taken in in_turns(actions, ROUNDS).items():
                times.setdefault(key, Times()).each.extend(taken.each)
    return times


def _compared(times: Measured, what: str) -> Iterator[Figure | Series]:
    """Compare the largest size with the smallest, and show what lies between."""
    for kind in sorted({kind for kind, _ in times}):
        sizes = {size: taken for (each, size), taken in times.items() if each == kind}
        smallest, largest = min(sizes), max(sizes)
        name = f"{kind} at {largest:,} {what}, against {smallest}"
        yield compared(name, sizes[largest], sizes[smallest], BOUND)
        yield Series.of(kind, what, sizes, "SQLite")
