"""What the program was given by the world around it: the only way in for all of it."""

import getpass
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from screens.page import Page

PROGRAM = "mijlpaal"
PIPE_WIDTH = 100
LANGUAGES = ("en", "nl")
LANGUAGE_SOURCES = ("MIJLPAAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def _logged_in() -> str:
    """Return the user of the operating system; in a container it may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


@dataclass
class Setup:
    """What the program was given by the world around it, and by its options.

    Attributes:
        clock: the present instant.
        new_id: an opaque id that was never used.
        width: how many characters fit on a line.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = lambda: uuid4().hex
    user: Callable[[], str] = _logged_in
    width: int = PIPE_WIDTH
    database_url: str | None = None
    actor: str | None = None
    language: str | None = None
    debug: bool = False

    @property
    def page(self) -> Page:
        """The page that screens are written on."""
        return Page(self._language(), self.width)

    @property
    def asker(self) -> str:
        """Who asks: as said with --as, as the environment says, or as logged in."""
        return self.actor or self.environment.get("MIJLPAAL_ACTOR") or self.user()

    @property
    def url(self) -> str:
        """The database: as said with --db, as the environment says, or the user's own file."""
        named = self.database_url or self.environment.get("MIJLPAAL_DATABASE_URL")
        return named or _own_file()

    @contextmanager
    def engine(self, url: str | None = None) -> Iterator[Any]:
        """Open the engine on the database, and close it again."""
        from workflow.engine import Engine, Surroundings
        from workflow.storage.opening import open_database

        with open_database(url or self.url) as database:
            yield Engine(database, Surroundings(self.clock, self.new_id, self.user()))

    def _language(self) -> str:
        """The language: as said with --lang, else as the environment says; else English."""
        named = (self.environment.get(name) for name in LANGUAGE_SOURCES)
        wanted = [self.language, *named]
        found = (each[:2].lower() for each in wanted if each)
        return next((each for each in found if each in LANGUAGES), LANGUAGES[0])


def _own_file() -> str:
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path(PROGRAM) / 'mijlpaal.sqlite3'}"
