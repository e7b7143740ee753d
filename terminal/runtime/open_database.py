"""Opening the database with all that can be done in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from definitions.compiled_cache import Kept
from terminal.runtime.setup import Setup
from workflow.database_queries import DatabaseQueries
from workflow.storage.database import Database
from workflow.storage.opening import open_database, open_existing


@contextmanager
def database_queries_of(setup: Setup, url: str | None = None) -> Iterator[DatabaseQueries]:
    """Open the database for queries with statements of their own, and close it again."""
    with open_named(setup, url) as database:
        setup.standby = database.standby()
        yield DatabaseQueries(database, setup.clock, Kept(setup.cache()), setup.looks)


def open_named(setup: Setup, url: str | None, *, make: bool = False) -> Database:
    """Open a database; the user's own file is made, one that was named may be misspelt."""
    named = url or setup.named
    setup.opened = named if named and not make else url or setup.url_to_make()
    return open_existing(setup.opened) if named and not make else open_database(setup.opened)
