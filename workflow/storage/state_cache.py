"""What an engine knew last of processes, for its next commands; several threads may share it."""

from threading import Lock
from typing import Generic, TypeVar

from workflow.model.state import State
from workflow.rules.past import Past
from workflow.storage.reading import Head

MOST = 64
"""Of how many processes the last state is remembered, the latest used."""
MOST_PASTS = 8
"""Of how many the whole past is: it is as large as the journal."""

Known = TypeVar("Known")


class _Cache(Generic[Known]):
    """What was known of some processes after their last command."""

    def __init__(self, most: int = MOST) -> None:
        """Remember nothing yet.

        Args:
            most: of how many processes.
        """
        self._most = most
        self._lock = Lock()
        self._known: dict[str, tuple[Head, Known]] = {}

    def last_of(self, process: str) -> tuple[Head, Known] | None:
        """Return what is known last of a process, and the head it is at.

        It follows from its journal, and the hash of the head is of all of that.
        """
        with self._lock:
            return self._known.get(process)

    def keep(self, head: Head, known: Known) -> None:
        """Remember what is at a head; the process that was used longest ago makes room."""
        with self._lock:
            self._known.pop(head.id, None)
            self._known[head.id] = (head, known)
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]


class StateCache(_Cache[State]):
    """Where some processes stood after their last command."""


class PastCache(_Cache[Past]):
    """The pasts of some processes of which something of an earlier day was recorded."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        super().__init__(MOST_PASTS)
