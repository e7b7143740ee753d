"""Rebuilding and verifying a long journal, in a process of its own: how long, how much memory."""

import json
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measuring import Figure, seconds
from benchmarks.processes import PROCESS, grown, opened
from workflow.engine import Engine
from workflow.verify import verify

ROOT = Path(__file__).parents[1]
ENTRIES = 10_000
ROUNDS = 5
SECONDS = 2
MEGABYTES = 200
MEGABYTE = 1024 if platform.system() == "Linux" else 1024 * 1024
"""How many of what ``getrusage`` counts memory in: kibibytes on Linux, bytes elsewhere."""


def measure(folder: Path) -> Iterator[Figure]:
    """Measure ``verify``: it reads every entry, recomputes the chain and rebuilds the state."""
    file = folder / "long.sqlite3"
    grown(file, ENTRIES)
    runs = [_in_a_process(file) for _ in range(ROUNDS)]
    what = f"verify of {ENTRIES:,} entries"
    taken = median(duration for duration, _ in runs)
    peak = max(memory for _, memory in runs)
    yield Figure(f"{what}, time", taken, "s", SECONDS, "the chain, and the state rebuilt")
    yield Figure(f"{what}, memory", peak, "MB", MEGABYTES, "the most the process had")


def _in_a_process(file: Path) -> tuple[float, float]:
    """Return the seconds and the megabytes it takes in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.rebuild", str(file)]
    done = subprocess.run(  # noqa: S603 - our own code
        command, cwd=ROOT, check=True, capture_output=True, text=True
    )
    duration, memory = json.loads(done.stdout)
    return float(duration), float(memory)


def main() -> None:
    """Verify the file named on the command line, and print what it took."""
    with opened(Path(sys.argv[1])) as engine:
        duration = seconds(lambda: _verify(engine))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps([duration, peak / MEGABYTE]))


def _verify(engine: Engine) -> None:
    (verdict,) = verify(engine.database, PROCESS)
    assert (verdict.entries, verdict.problems) == (ENTRIES, ())


if __name__ == "__main__":
    main()
