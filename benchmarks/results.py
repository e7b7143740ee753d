"""The results of the benchmarks, kept in a file from which the documentation is made.

Each benchmark has a section of its own, with the day and the machine it was measured on: they need
not all be run together.
"""

import json
import os
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measuring import Figure, Point, Series
from benchmarks.servers import version

FILE = Path(__file__).with_name("results.json")
_DIGITS = 4
"""As many are kept of a value: more would differ between two runs by nothing that is known."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one benchmark found.

    Attributes:
        on: the day it was measured.
        machine: what it was measured on, in words.
        seconds: how long the benchmark took.
        figures: what it found.
        series: what grows, and how.
    """

    on: date
    machine: str
    seconds: float
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]


def section(found: Iterable[Figure | Series], on: date, seconds: float) -> Section:
    """Return the section with a benchmark's results on this machine."""
    found = tuple(found)
    figures = tuple(each for each in found if isinstance(each, Figure))
    series = tuple(each for each in found if isinstance(each, Series))
    return Section(on, machine(), seconds, figures, series)


def read_results(file: Path = FILE) -> dict[str, Section]:
    """Return every section that was kept, by the name of its benchmark."""
    if not file.exists():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    return {name: _section(data) for name, data in kept.items()}


def keep(found: dict[str, Section], file: Path = FILE) -> None:
    """Put sections in the place of those of the same benchmarks, and leave the others."""
    sections = {**read_results(file), **found}
    data = {name: _data(sections[name]) for name in sorted(sections)}
    written = json.dumps(data, ensure_ascii=False, indent=1)
    file.write_text(written + "\n", encoding="utf-8")


def machine() -> str:
    """Return a description of this machine that does not identify it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{os.cpu_count()} cores ({platform.machine()})",
        f"{memory:.0f} GiB of memory",
        platform.system(),
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
    ]
    if (server := version()) is not None:
        parts.append(f"PostgreSQL {server} on the same machine")
    return ", ".join(parts)


def _data(section: Section) -> dict[str, Any]:
    data = asdict(section)
    rounded = {"on": section.on.isoformat(), "seconds": round(section.seconds)}
    return {**_rounded(data), **rounded}


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return float(f"{value:.{_DIGITS}g}")
        case dict():
            return {key: _rounded(each) for key, each in value.items() if each not in (None, "")}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case _:
            return value


def _section(data: dict[str, Any]) -> Section:
    figures = (Figure(**each) for each in data["figures"])
    series = (
        Series(**{**each, "points": tuple(Point(**point) for point in each["points"])})
        for each in data["series"]
    )
    on = date.fromisoformat(data["on"])
    return Section(on, data["machine"], data["seconds"], tuple(figures), tuple(series))
