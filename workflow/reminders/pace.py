"""The pace of a claim: how much one of its transactions does, by how long others took.

While a transaction writes, nobody else does on SQLite, and nobody to the same rows elsewhere. So it
is to be short; but each costs a commit, which waits for the disk.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

HELD_S = 0.03
"""For how long a transaction works, in seconds; its commit comes to that."""
FEWEST, MOST = 100, 1_000
"""How many reminders a transaction takes: the first time, and at least; and at most."""
Result = TypeVar("Result")
Thing = TypeVar("Thing")


@dataclass
class Pace:
    """How many reminders the next transaction takes.

    A thread that reads ``size`` while another changes it only gets the one or the other.

    Attributes:
        clock: the time in seconds, from any moment on.
        size: how many.
    """

    clock: Callable[[], float] = time.perf_counter
    size: int = FEWEST

    def timing(self, number: int, work: Callable[[], Result]) -> Result:
        """Do the work of a transaction, and set the size of the next one by how long it took.

        Args:
            number: how many reminders it takes.
        """
        begun = self.clock()
        result = work()
        self._took(number, self.clock() - begun)
        return result

    def _took(self, number: int, seconds: float) -> None:
        """Set the size to what fits; it doubles at most, and few reminders do not change it."""
        if 2 * number < self.size and seconds < HELD_S:
            return
        fits = MOST if number * HELD_S > MOST * seconds else int(number * HELD_S / seconds)
        self.size = max(FEWEST, min(fits, 2 * self.size, MOST))

    def batches(
        self, things: Iterable[Thing], size: Callable[[Thing], int]
    ) -> Iterator[list[Thing]]:
        """Yield things in lists of the size of one transaction, each set by those before it.

        Args:
            size: how many reminders one of them is; one that is more than fits is a list by itself.
        """
        batch: list[Thing] = []
        total = 0
        for each in things:
            if batch and total + size(each) > self.size:
                yield batch
                batch, total = [], 0
            batch.append(each)
            total += size(each)
        if batch:
            yield batch
