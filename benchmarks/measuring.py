"""Measuring in turns, and what comes of it: a figure, its bound, and whether it is met."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Key = TypeVar("Key", str, tuple[str, int])

RATIO = "×"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a benchmark.

    Attributes:
        what: what was measured.
        value: how much it was.
        unit: of what; a ratio when not said.
        bound: how much it may be; None where nothing is asked.
        remark: what was measured behind it.
    """

    what: str
    value: float
    unit: str = RATIO
    bound: float | None = None
    remark: str = ""

    @property
    def met(self) -> bool | None:
        """Whether it is within its bound; None where it has none."""
        return None if self.bound is None else self.value <= self.bound


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def in_turns(actions: Mapping[Key, Callable[[], object]], rounds: int) -> dict[Key, list[float]]:
    """Time every action once a round, so that all of them meet the same weather."""
    times: dict[Key, list[float]] = {name: [] for name in actions}
    for _ in range(rounds):
        for name, action in actions.items():
            times[name].append(seconds(action))
    return times


def compared(
    what: str, times: Sequence[float], others: Sequence[float], bound: float | None = None
) -> Figure:
    """Return how many times as long one thing takes as another, by their medians."""
    value, other = median(times), median(others)
    remark = f"{shown(value)} against {shown(other)}"
    return Figure(what, value / other, bound=bound, remark=remark)


def shown(duration: float) -> str:
    """Return a duration in milliseconds, for people."""
    return f"{duration * 1000:,.{0 if duration >= 0.1 else 2}f} ms"
