"""Queries for whoever also has statements of their own, sent through SQLAlchemy."""

from collections.abc import Callable
from datetime import datetime

from definitions.compiled_cache import Kept
from workflow.queries import Queries
from workflow.storage.database import Database


class DatabaseQueries(Queries):
    """Answers what is asked of the processes in a database, and has that database at hand."""

    database: Database

    def __init__(
        self, database: Database, clock: Callable[[], datetime], kept: Kept | None = None
    ) -> None:
        """Take the database and the world around, as ``Queries`` does."""
        super().__init__(database, clock, kept)
