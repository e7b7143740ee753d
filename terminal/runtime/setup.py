"""The set-up of the program: its only access to the world around it."""

import getpass
import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from definitions.language.errors import MijlpaalError, reason_of
from definitions.language.naming import PROGRAM
from definitions.language.text import LANGUAGES, text
from screens.page import Page
from workflow.model.openness import ANYBODY, EVERYTHING, Looks
from workflow.model.person import Called
from workflow.model.standby import Standby

COMPLETE = "_MIJLPAAL_COMPLETE"
"""The variable that a shell's script sets to ask for completions."""
PIPE_WIDTH = 100
NOBODY = "unknown"
"""The name of a user whom the system does not know at all."""
_LANGUAGE_OF = {"en": "en", "english": "en", "nl": "nl", "dutch": "nl"}
"""Also as Windows calls them."""
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where an environment names its locale; the first that says something counts."""


def _logged_in() -> str:
    """Return the user of the operating system; in a container it may have no name."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # where Windows knows no name, there is no “pwd”
        return str(os.getuid()) if hasattr(os, "getuid") else NOBODY


def _of_the_system() -> str:
    """Return the locale of a system that has it elsewhere than in the environment: Windows."""
    import locale

    return locale.getlocale()[0] or "" if sys.platform == "win32" else ""


def _own_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path(PROGRAM)


@dataclass
class Setup:
    """The values from the world around the program, and from its options.

    Attributes:
        clock: the present instant.
        new_id: returns a fresh opaque id.
        locale: the locale of the system, if the environment names none.
        cache: the folder for files that can be recreated.
        width: the number of characters on a line.
        shown: whether results go to a terminal.
        messages_on_terminal: whether messages go to a terminal.
        encoding: the encoding of the terminal.
        opened: the database that was opened last.
        standby: the standby server that was read from, if any.
        given_key: the key given with the command.
        own_key: the generated key, if none was given.
        as_json: whether the answer is JSON.
        public: whether only what everybody may see is shown.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = lambda: uuid4().hex
    user: Callable[[], str] = _logged_in
    locale: Callable[[], str] = _of_the_system
    cache: Callable[[], Path] = _own_cache
    width: int = PIPE_WIDTH
    shown: bool = False
    messages_on_terminal: bool = False
    encoding: str = "utf-8"
    database_url: str | None = None
    actor: str | None = None
    lang: str | None = None
    debug: bool = False
    opened: str | None = None
    standby: Standby | None = None
    given_key: str | None = None
    own_key: str | None = None
    as_json: bool = False
    public: bool = False

    @property
    def page(self) -> Page:
        """The page that screens are written on."""
        return self._page(drawn=self.shown)

    @property
    def margin(self) -> Page:
        """The page that messages are written on."""
        return self._page(drawn=self.messages_on_terminal)

    @property
    def asker(self) -> Called:
        """Who asks: as said with --as, as the environment says, or as logged in."""
        said = self.actor or self.environment.get("MIJLPAAL_ACTOR")
        return Called(said or self.user())

    @property
    def looks(self) -> Looks:
        """Who looks: whoever is named, or with --public anybody; else who has the database."""
        if self.public:
            return ANYBODY
        said = self.actor or self.environment.get("MIJLPAAL_ACTOR")
        return EVERYTHING if said is None else Called(said)

    def today(self, zone: str | None = None) -> date:
        """Return the day it is in a time zone; in that of the machine where none is named."""
        from definitions.calendar.zones import zone_of

        return self.clock().astimezone(None if zone is None else zone_of(zone)).date()

    @property
    def url(self) -> str:
        """The database: as said with --db, as the environment says, or the user's own file."""
        return self.named or _own_file()

    @property
    def named(self) -> str | None:
        """The database that somebody named; None where the user's own file is meant."""
        return self.database_url or self.environment.get("MIJLPAAL_DATABASE_URL")

    def url_to_make(self) -> str:
        """Return the database, where one may be made: the folder of the user's own is there then.

        Raises:
            MijlpaalError: that folder cannot be made.
        """
        return self.named or _own_file(make_folder=True)

    def _page(self, *, drawn: bool) -> Page:
        named = self.database_url or ""
        if not drawn or self.environment.get("TERM") == "dumb":
            return Page(self._language(), self.width, database=named)
        # Importing Rich takes as long as a whole short command, and output to a pipe does not need
        # it.
        from screens.terminal_page import TerminalPage

        return TerminalPage(
            self._language(), self.width, self.encoding, self.environment, database=named
        )

    def _language(self) -> str:
        """The language: as said with --lang, else as the environment says; else English."""
        ours = self.environment.get("MIJLPAAL_LANG", "")
        wanted = [self.lang or "", ours, *self._locales()]
        found = (_LANGUAGE_OF.get(re.split("[-_.@]", each.lower())[0]) for each in wanted)
        return next((each for each in found if each), LANGUAGES[0])

    def _locales(self) -> list[str]:
        """Return the locales that the environment asks for, as gettext reads them."""
        named = (self.environment.get(name) for name in LOCALES)
        locale = next((each for each in named if each), None)
        if locale is None:
            return [self.locale()]
        if locale in {"C", "POSIX"}:
            return []
        return [*self.environment.get("LANGUAGE", "").split(":"), locale]


def _own_file(*, make_folder: bool = False) -> str:
    from platformdirs import user_data_path

    folder = user_data_path(PROGRAM)
    if make_folder:
        from definitions.new_files import private_folder

        try:
            private_folder(folder)
        except OSError as error:
            raise MijlpaalError(
                text(
                    "Cannot make the folder {folder}: {why}.", folder=folder, why=reason_of(error)
                ),
                advice=text("Name another place for the database, with --db."),
            ) from None
    # As a path, not as a URL: a folder may have signs in it that mean something there.
    return str(folder / "mijlpaal.sqlite3")
