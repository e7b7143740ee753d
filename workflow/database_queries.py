"""Queries through SQLAlchemy, for callers that also send statements of their own."""

from collections.abc import Callable
from datetime import datetime

from definitions.compiled_cache import Kept
from workflow.model.openness import EVERYTHING, Looks
from workflow.queries import Queries
from workflow.storage.database import Database


class DatabaseQueries(Queries):
    """Answers queries about the processes in a database, and gives access to that database."""

    database: Database

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        kept: Kept | None = None,
        looks: Looks = EVERYTHING,
    ) -> None:
        """Take the database and the world around, as ``Queries`` does."""
        super().__init__(database, clock, kept, looks)
