"""Remembered pages: what was drawn of a process, as long as nothing about it has changed.

Drawing the status of a process takes five times as long as all the rest of a request. What a page
shows follows from the journal, the day, the language and what is not in the journal (names and
undelivered reminders): those are its key, so that nothing has to be cleared.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Found = TypeVar("Found")
MOST = 256
"""How many pages are remembered; one is 5 to 100 KB."""


class Remembered(Generic[Found]):
    """Remembers what was made by its key; safe in threads."""

    def __init__(self, most: int = MOST) -> None:
        """Remember so many at most, the last used ones."""
        self._most = most
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, Found] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """Return what was made of a key; make it where it is not remembered.

        Two threads may make the same at once; what it is follows from the key, so either will do.
        """
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        made = make()
        with self._lock:
            self._found[key] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made

    def take(self, key: Hashable) -> Found | None:
        """Return what is remembered of a key, and forget it; None where nothing is."""
        with self._lock:
            return self._found.pop(key, None)
