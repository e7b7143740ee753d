"""Opening the database for queries, without importing the engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from definitions.compiled_cache import Kept
from terminal.runtime.setup import Setup
from workflow.queries import Queries
from workflow.storage.sqlite_file import sqlite_file


@contextmanager
def queries_of(setup: Setup, url: str | None = None) -> Iterator[Queries]:
    """Open the database for queries, and close it again."""
    asked = url or setup.url
    file = sqlite_file(asked)
    if file is not None:
        setup.opened = asked
        with file:
            yield Queries(file, setup.clock, Kept(setup.cache()), setup.looks)
        return
    # Imported lazily: it imports SQLAlchemy, 85 ms that reading a file does not need.
    from terminal.runtime.open_database import database_queries_of

    with database_queries_of(setup, url) as queries:
        yield queries
