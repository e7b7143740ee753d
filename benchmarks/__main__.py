"""Run the benchmarks named on the command line, or all of them, and print what they find."""

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import (
    cold_start,
    command_cost,
    floor,
    growth,
    others,
    overview,
    proofs,
    queries,
    rebuild,
    reminders,
    web,
    wide,
    writers,
)
from benchmarks.measuring import Figure, Series, amount
from benchmarks.results import FILE, Section, keep, section

BENCHMARKS: dict[str, Callable[[Path], Iterator[Figure | Series]]] = {
    "cold-start": cold_start.measure,
    "command-cost": command_cost.measure,
    "floor": floor.measure,
    "writers": writers.measure,
    "others": others.measure,
    "rebuild": rebuild.measure,
    "queries": queries.measure,
    "overview": overview.measure,
    "web": web.measure,
    "proofs": proofs.measure,
    "reminders": reminders.measure,
    "wide": wide.measure,
    "journal-growth": growth.in_a_journal,
    "database-growth": growth.in_a_database,
}
QUICK = ("cold-start", "command-cost", "queries")
"""The most informative benchmarks for their time."""
WIDTH = 46
GARBAGE = 100_000
"""After how many objects garbage is looked for, as in the program itself."""


def main() -> None:
    """Run benchmarks and print a line for every figure as it comes."""
    parser = _arguments()
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - {*BENCHMARKS, "quick"}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    names = [*QUICK] if "quick" in arguments.names else [*(arguments.names or BENCHMARKS)]
    gc.set_threshold(GARBAGE)  # as the program itself does
    head = f"{'what':{WIDTH}} {'is':>9}  {'at most':>9}  {'processor':>9}  {'at most':>7}  met"
    print(f"{head}  medians")
    for name in names:
        print(f"\n{name}", flush=True)
        found = _run(name)
        if arguments.keep and (found.figures or found.series):
            keep({name: found})
    if arguments.keep:
        print(f"\nKept in {FILE.name}, from which `make docs` makes the page.")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    there_are = f"{', '.join(BENCHMARKS)}; quick: {', '.join(QUICK)}"
    parser.add_argument("names", nargs="*", metavar="NAME", help=there_are)
    parser.add_argument(
        "--keep", action="store_true", help="keep what is found, for the documentation"
    )
    return parser


def _run(name: str) -> Section:
    """Run one benchmark, print what it finds and return it."""
    begun = time.perf_counter()
    found = []
    with TemporaryDirectory(prefix="mijlpaal-benchmark-") as folder:
        for each in BENCHMARKS[name](Path(folder)):
            found.append(each)
            print(_line(each) if isinstance(each, Figure) else _growth(each), flush=True)
    return section(found, date.today(), time.perf_counter() - begun)  # noqa: DTZ011 - the day by this machine's clock


def _line(figure: Figure) -> str:
    met = {None: "", True: "yes", False: "NO"}[figure.met]
    value = f"{amount(figure.value)} {figure.unit}"
    bound = "" if figure.bound is None else f"{amount(figure.bound)} {figure.unit}"
    cpu = "" if figure.cpu is None else f"{amount(figure.cpu)} {figure.unit}"
    cpu_bound = "" if figure.cpu_bound is None else amount(figure.cpu_bound)
    start = f"  {figure.what:{WIDTH - 2}} {value:>9}  {bound:>9}  {cpu:>9}  {cpu_bound:>7}"
    return f"{start}  {met:3}  {figure.remark}".rstrip()


def _growth(series: Series) -> str:
    points = " · ".join(f"{point.size:,}: {point.value:.3g}" for point in series.points)
    where = f", {series.database}" if series.database else ""
    return f"  {series.what} by {series.along}{where}, {series.unit}: {points}"


if __name__ == "__main__":
    main()
