"""Run the benchmarks named on the command line, or all of them, and print what they find."""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import (
    cold_start,
    command_cost,
    floor,
    growth,
    others,
    queries,
    rebuild,
    reminders,
    writers,
)
from benchmarks.measuring import Figure

BENCHMARKS: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "cold-start": cold_start.measure,
    "command-cost": command_cost.measure,
    "floor": floor.measure,
    "writers": writers.measure,
    "others": others.measure,
    "rebuild": rebuild.measure,
    "queries": queries.measure,
    "reminders": reminders.measure,
    "journal-growth": growth.in_a_journal,
    "database-growth": growth.in_a_database,
}
WIDTH = 46
GARBAGE = 100_000
"""After how many objects garbage is looked for, as in the program itself."""


def main(names: list[str]) -> None:
    """Run benchmarks and print a line for every figure as it comes."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    gc.set_threshold(GARBAGE)  # as the program itself does
    print(f"{'what':{WIDTH}} {'is':>9}  {'at most':>9}  {'met':3}  medians")
    for name in names or BENCHMARKS:
        print(f"\n{name}")
        with TemporaryDirectory(prefix="mijlpaal-benchmark-") as folder:
            for figure in BENCHMARKS[name](Path(folder)):
                print(_line(figure), flush=True)


def _line(figure: Figure) -> str:
    bound = "" if figure.bound is None else f"{figure.bound:g} {figure.unit}"
    met = {None: "", True: "yes", False: "NO"}[figure.met]
    value = f"{figure.value:.2f} {figure.unit}"
    return f"  {figure.what:{WIDTH - 2}} {value:>9}  {bound:>9}  {met:3}  {figure.remark}".rstrip()


if __name__ == "__main__":
    main(sys.argv[1:])
