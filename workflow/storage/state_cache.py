"""The states that an engine wrote last, for its next commands; several threads may share them."""

from threading import Lock

from workflow.model.state import State
from workflow.storage.reading import Head

MOST = 64
"""Of how many processes the last state is remembered, the latest used."""


class StateCache:
    """Where some processes stood after their last command."""

    def __init__(self, most: int = MOST) -> None:
        """Remember nothing yet.

        Args:
            most: of how many processes.
        """
        self._most = most
        self._lock = Lock()
        self._states: dict[str, tuple[Head, State]] = {}

    def last_of(self, process: str) -> tuple[Head, State] | None:
        """Return the last state that is known of a process, and the head it is at.

        A state follows from its journal, and the hash of the head is of all of that.
        """
        with self._lock:
            return self._states.get(process)

    def keep(self, head: Head, state: State) -> None:
        """Remember the state at a head; the process that was used longest ago makes room."""
        with self._lock:
            self._states.pop(head.id, None)
            self._states[head.id] = (head, state)
            if len(self._states) > self._most:
                del self._states[next(iter(self._states))]
