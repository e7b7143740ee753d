"""Measuring in turns, and what comes of it: a figure with its bound, or a series that grows.

Time is measured by the clock and by the processor. The processor's is what this program used, with
the programs it started and waited for; what a database server used is not in it.
"""

import re
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeVar

Key = TypeVar("Key", bound=str | tuple[str, int])

RATIO = "×"
MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True)
class Spent:
    """What an action took.

    Attributes:
        wall: seconds by the clock.
        cpu: seconds of processor.
    """

    wall: float
    cpu: float

    def __truediv__(self, number: float) -> "Spent":
        """Return the cost of one of a number of equal things."""
        return Spent(self.wall / number, self.cpu / number)


@dataclass(frozen=True, slots=True)
class Times:
    """The cost of one action, each time that it was measured."""

    each: list[Spent] = field(default_factory=list)

    def add(self, spent: Spent) -> None:
        """Keep one more measurement."""
        self.each.append(spent)

    @property
    def median(self) -> Spent:
        """The median by the clock, and the median of the processor."""
        return Spent(
            median(each.wall for each in self.each), median(each.cpu for each in self.each)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a benchmark.

    Attributes:
        what: the measured thing.
        value: the value; a time is by the clock.
        unit: its unit; empty for a ratio.
        bound: the maximum; None if there is none.
        remark: a note on the measurement.
        cpu: the value by processor time, in the same unit; None if that is meaningless.
        cpu_bound: its maximum; None if there is none.
        beside: the thing it is compared with; empty if there is none.
    """

    what: str
    value: float
    unit: str = RATIO
    bound: float | None = None
    remark: str = ""
    cpu: float | None = None
    cpu_bound: float | None = None
    beside: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it is within its bounds; None where it has none."""
        bounded = [
            value <= bound
            for value, bound in ((self.value, self.bound), (self.cpu, self.cpu_bound))
            if value is not None and bound is not None
        ]
        return all(bounded) if bounded else None


@dataclass(frozen=True, slots=True)
class Point:
    """What something took at one size, in the unit of its series."""

    size: int
    value: float
    cpu: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The growth of a cost.

    Attributes:
        what: the measured thing ("note").
        along: the growing quantity, in the plural ("entries").
        points: the costs, from the smallest size to the largest.
        database: the kind of database; empty if none was involved.
        unit: of the values.
    """

    what: str
    along: str
    points: tuple[Point, ...]
    database: str = ""
    unit: str = MILLISECONDS

    @classmethod
    def of(cls, what: str, along: str, times: Mapping[int, Times], database: str = "") -> "Series":
        """Return the series of the medians at each size."""
        medians = ((size, times[size].median) for size in sorted(times))
        points = (Point(size, spent.wall * 1000, spent.cpu * 1000) for size, spent in medians)
        return cls(what, along, tuple(points), database)


def spent(action: Callable[[], object]) -> Spent:
    """Return the cost of an action."""
    begun, used = time.perf_counter(), _processor()
    action()
    return Spent(time.perf_counter() - begun, _processor() - used)


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes by the clock."""
    return spent(action).wall


def memory_of(process: int) -> float:
    """Return how many megabytes a program had at most, since it was started; on Linux.

    The system's account of resources begins with what its parent had, and so says too much.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def in_turns(actions: Mapping[Key, Callable[[], object]], rounds: int) -> dict[Key, Times]:
    """Measure every action once a round, so that all of them meet the same weather."""
    times: dict[Key, Times] = {name: Times() for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            times[name].add(spent(action))
    return times


def compared(
    what: str,
    ours: Times,
    other: Times,
    bound: float | None = None,
    *,
    cpu_bound: float | None = None,
    beside: str = "",
) -> Figure:
    """Return how many times as long one thing takes as another, by their medians.

    Args:
        what: the measured thing.
        ours: what it took.
        other: what was measured beside it, in turns.
        bound: how many times as long it may take by the clock.
        cpu_bound: and of the processor.
        beside: what the other thing is.
    """
    one, two = ours.median, other.median
    remark = f"{shown(one.wall)} against {shown(two.wall)}"
    value, cpu = one.wall / two.wall, one.cpu / two.cpu
    return Figure(
        what, value, bound=bound, remark=remark, cpu=cpu, cpu_bound=cpu_bound, beside=beside
    )


def taking(
    what: str, times: Times, bound: float | None = None, *, cpu_bound: float | None = None
) -> Figure:
    """Return a figure of the median in milliseconds, like its bounds."""
    value, cpu = times.median.wall * 1000, times.median.cpu * 1000
    return Figure(what, value, MILLISECONDS, bound, cpu=cpu, cpu_bound=cpu_bound)


def shown(duration: float) -> str:
    """Return a duration in milliseconds, for people."""
    return f"{duration * 1000:,.{0 if duration >= 0.1 else 2}f} ms"


def amount(value: float) -> str:
    """Return a number for people: with no more digits than are known, and none that say nothing."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:,.{digits}f}"


def _processor() -> float:
    """Return the seconds of processor used by this program and those it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
