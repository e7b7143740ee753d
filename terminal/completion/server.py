"""Looking into a database that only SQLAlchemy can read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from definitions.language.text import Text
from definitions.model import title_in
from screens.history import describe
from terminal.completion.candidates import Known
from terminal.runtime.open_queries import queries_of
from terminal.runtime.setup import Setup
from workflow.queries import Queries
from workflow.rules.namesakes import told_apart


@contextmanager
def in_a_server(setup: Setup, url: str) -> Iterator["InAServer"]:
    """Open the database of a server; that takes the time it takes."""
    with queries_of(setup, url) as queries:
        yield InAServer(setup, queries)


class InAServer:
    """A database that only SQLAlchemy can read; that takes the time it takes."""

    def __init__(self, setup: Setup, queries: Queries) -> None:
        self._setup = setup
        self._queries = queries

    def processes(self) -> Iterable[tuple[str, str]]:
        """Return the processes, each with its title."""
        for process, definition in self._queries.pinned():
            yield process, title_in(definition.title, self._setup.page.language, "")

    def people(self) -> dict[str, str]:
        """Return the name of everybody, by their opaque id."""
        return {person: name for person, (name, _) in told_apart(self._queries.people()).items()}

    def entries(self, process: str) -> Iterable[tuple[int, Text]]:
        """Return the entries of a process with their sentences, the last first."""
        people = told_apart(self._queries.people())
        _, entries = self._queries.journal(process)
        return [(each.seq, describe(each.event, people)) for each in reversed(entries)]

    def known(self, process: str) -> Known:
        """Return a process in its present state."""
        stands, _ = self._queries.present(process)
        return Known(*stands.parts, self.people(), self._setup.page.language)
