"""The connection to a database, its settings, and its transactions.

``reading()`` and ``writing()`` open a transaction and own it. A writing one takes SQLite's
write lock at once (BEGIN IMMEDIATE), so that what it reads is what it will change.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy import text as sql
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    DisconnectionError,
    PendingRollbackError,
)

from definitions.canonical_json import canonical
from definitions.language.actions import Field
from definitions.language.errors import MijlpaalError, reason_of
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.new_files import new_file
from workflow.model.standby import Standby
from workflow.storage.direct import PLAIN, attempt, send
from workflow.storage.error_messages import NOT_READABLE, damaged, explain_error, is_busy, unknown
from workflow.storage.errors import DatabaseGone, DatabaseProblem, NoPrimary, WriteConflict
from workflow.storage.revision import REVISION, is_newer
from workflow.storage.server import (
    SERVER_SETTINGS,
    WARNED,
    capture_warnings,
    connected_to,
    refuse_pooler,
    server_settings,
    set_up_server,
    settings_of_a_transaction,
)
from workflow.storage.sqlite_driver import keep_journal, sqlite3
from workflow.storage.standby import may_follow, standby_of
from workflow.storage.urls import is_pooled, no_url, parse_url, shown

__all__ = [
    "REVISION",
    "SERVER_SETTINGS",
    "Connection",
    "Database",
    "parse_url",
    "refuse_foreign",
    "refuse_link",
    "refuse_newer",
    "revision_of",
]

BUSY_TIMEOUT_MS = 30_000
"""How long a reader, or a commit, waits for others on SQLite."""

TRIES = 8
"""How often something is decided anew when somebody else was there at the same moment."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How to wait for a turn to write, and for how long.

    SQLite's own way makes who waits longest ask least often: of eight writers, one got through
    once in six seconds. Here who waits asks more and more often, at random moments; none of eight
    waited for a second, and together they wrote as much.

    Attributes:
        seconds: after so long, it is given up.
        first: the first pause, in seconds; each one after it is shorter.
        least: the shortest pause.
    """

    seconds: float = 30.0
    first: float = 0.01
    least: float = 0.003
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def pauses(self) -> Iterator[float]:
        """Yield the pauses to make, each a little at random, until patience is over."""
        begun, pause = self.clock(), self.first
        while self.clock() - begun < self.seconds:
            yield pause * (0.5 + self.chance())
            pause = max(pause * 0.8, self.least)


class Database:
    """A database, open for use. Close it when done; it is a context manager.

    Attributes:
        is_server: whether it is on a server, to which the connection can be lost.
    """

    def __init__(self, url: str, patience: Patience | None = None, *, plain: bool = False) -> None:
        """Open a database.

        Args:
            url: ``sqlite:///file``, a file name, or ``postgresql://user@host/name``.
            patience: how to wait for a turn to write.
            plain: send all of a command through SQLAlchemy: slower, and to compare with.

        Raises:
            DatabaseProblem: no such kind of database, or its driver is not installed.
        """
        self.url = parse_url(url)
        if self.file is not None:
            _check_file(self.file)
        self.patience = patience or Patience()
        self.engine = _engine(self.url, self.patience, plain=plain)
        self.is_server = _is_server(self.url)
        self._settings = settings_of_a_transaction(self.url) if self.is_server else None
        self._spare: list[Connection] = []
        self._place: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """The URL without its password."""
        return shown(self.url)

    @property
    def file(self) -> Path | None:
        """The file, of an SQLite database."""
        is_file = self.url.get_backend_name() == "sqlite" and self.url.database
        return Path(str(self.url.database)) if is_file else None

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that only reads; what it sees does not change under it."""
        return self._transaction(writes=False)

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction that writes; it commits at the end, or not at all."""
        return self._transaction(writes=True)

    def standby(self) -> Standby | None:
        """Return how far the server has followed another; None where nothing is read from one."""
        if not self.is_server:
            return None
        with self.reading() as connection:
            driver = connection.connection.dbapi_connection
            asked = is_pooled(self.url) or may_follow(driver)
            return standby_of(connection) if asked else None

    def retrying(self, command: Callable[[], Result]) -> Result:
        """Do what opens a transaction that writes; again, where somebody else was there first.

        Args:
            command: reads, decides and writes from the start each time it is called.

        Raises:
            WriteConflict: somebody else was there each time.
            DatabaseProblem: what was in the way each time is there to stay.
        """
        for pause in islice(self.patience.pauses(), TRIES):
            try:
                return command()
            except WriteConflict:
                self.patience.sleep(pause)
        try:
            return command()
        except WriteConflict as error:
            raise error.lasting or error from error.__cause__

    def check(self) -> None:
        """See whether the file is still where it was.

        A file that was removed can be read on as long as it is open, and what opens it anew makes
        an empty one. Where another took its place, as after a restore, that one is used from now
        on. A program that runs for long looks first.

        Raises:
            DatabaseGone: it is not there.
        """
        if self.file is None:
            return
        try:
            found = self.file.stat()
        except OSError:
            raise DatabaseGone(self.name) from None
        place = (found.st_dev, found.st_ino)
        if self._place not in (None, place):
            self.close()
        self._place = place

    def close(self) -> None:
        """Close all connections."""
        while self._spare:
            self._spare.pop().close()
        self.engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        decided = False
        try:
            with self._connected(writes) as connection:
                with connection.begin():
                    if not self.is_server:
                        _begin_sqlite(connection, self.patience if writes else None)
                    elif self._settings is not None:
                        connection.execute(self._settings)
                    yield connection
                    decided = writes
                    connection.info.pop(WARNED, None)
                if decided and WARNED in connection.info:
                    raise self._unconfirmed(str(connection.info.pop(WARNED)))
        except PendingRollbackError:
            raise NoPrimary(self.name) from None
        except DBAPIError as error:
            raise explain_error(
                error, self.name, self.file, writes=writes, at_commit=decided
            ) from error
        except UnicodeDecodeError as error:
            # The driver failed to decode its own message, which quotes a damaged schema or row.
            raise damaged(self.name, str(error)) from error

    def _unconfirmed(self, why: str) -> MijlpaalError:
        """Return that a commit was answered with a warning: a standby need not have it."""
        return unknown(
            text(
                "The database {name} did not confirm what was written: {why}.",
                name=self.name,
                why=why,
            )
        )

    def _connected(self, writes: bool) -> AbstractContextManager[Connection]:
        """Return a connection; on a server, a reader asks for one moment."""
        if not self.is_server:
            return self._kept() if writes else self.engine.connect()
        connection = self.engine.connect()
        if writes:
            return connection
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def _kept(self) -> Iterator[Connection]:
        """Yield a connection to a file, and keep one for the next command.

        To take one from the pool, and give it back, is a twelfth of the processor that a note
        takes. The pool has it again once anything goes wrong.
        """
        try:
            connection = self._spare.pop()
        except IndexError:
            connection = self.engine.connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if self._spare:
            connection.close()
        else:
            self._spare.append(connection)


def _check_file(file: Path) -> None:
    """Refuse a folder, and a file in a folder that we may not look into."""
    try:
        is_folder = file.is_dir()
    except OSError as error:
        raise DatabaseProblem(
            text("The database {file} cannot be found: {why}.", file=file, why=reason_of(error)),
            advice=NOT_READABLE[1],
        ) from None
    if is_folder:
        raise DatabaseProblem(
            text("“{file}” is a folder, not a database.", file=file),
            advice=text("Name a file in it, with {field}.", field=Field("database_url")),
        )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the schema in a database; None if it has no schema yet."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(sql("SELECT version_num FROM alembic_version")).scalar()


def refuse_foreign(connection: Connection, database: Database) -> None:
    """Refuse a file that has no schema of ours and yet has tables: another program's.

    On a server a schema may be shared; a file is one program's own.
    """
    theirs = set(connection.dialect.get_table_names(connection)) - {"alembic_version"}
    if database.file is not None and theirs:
        raise DatabaseProblem(
            text("The database {name} is that of another program.", name=database.name),
            advice=text(
                "Nothing was written. Name another file, with {field}.", field=Field("database_url")
            ),
        )


def refuse_newer(revision: str | None, name: str) -> None:
    """Refuse a database of a newer program; revisions are numbered in order."""
    if is_newer(revision):
        raise DatabaseProblem(
            text(
                "The database {name} was made by a newer mijlpaal (revision {revision}; this "
                "one knows {known}).",
                name=name,
                revision=revision,
                known=REVISION,
            ),
            advice=text("Use the newer program; this one would not understand what it wrote."),
        )


def _engine(url: URL, patience: Patience, *, plain: bool) -> Engine:
    server = _is_server(url)
    settings: dict[str, Any] = {"module": sqlite3}
    if server:
        settings = {"connect_args": server_settings(url)}
    if plain:
        settings["execution_options"] = {PLAIN: True}
    if is_pooled(url):
        settings["isolation_level"] = "READ COMMITTED"
    try:
        engine = create_engine(connected_to(url), json_serializer=canonical, **settings)
    except (ArgumentError, ValueError):
        raise no_url(shown(url)) from None
    except ModuleNotFoundError as error:
        raise DatabaseProblem(
            text("The driver “{driver}” is not installed.", driver=error.name or "?"),
            advice=_ADD_DRIVER,
        ) from None
    except ImportError as error:
        # It is there, and what it needs of the system (libpq, say) is not.
        raise DatabaseProblem(
            text("The driver of {url} cannot be loaded: {why}.", url=shown(url), why=str(error)),
            advice=_ADD_DRIVER,
        ) from None
    if server:
        if not is_pooled(url):
            event.listen(engine, "connect", partial(refuse_pooler, shown(url)))
            event.listen(engine, "connect", set_up_server)
        event.listen(engine, "connect", capture_warnings)
        event.listen(engine, "checkin", partial(_rested, patience))
        event.listen(engine, "checkout", partial(_woken, patience))
    else:
        if "uri" not in url.query:
            event.listen(engine, "do_connect", _make_file)
        event.listen(engine, "connect", partial(_set_up_sqlite, shown(url)))
    return engine


_ADD_DRIVER = text(
    "Add it to the program's own environment: pip install 'psycopg[binary]'; or, where "
    "pipx made that: pipx inject mijlpaal 'psycopg[binary]'."
)


def _rested(patience: Patience, _connection: object, record: Any) -> None:
    """Note when a connection was last used."""
    record.info[RESTED] = patience.clock()


def _woken(patience: Patience, connection: Any, record: Any, _proxy: object) -> None:
    """Look whether a connection that was long not in use is there still; else, get a new one.

    SQLAlchemy's own ``pool_pre_ping`` asks the server each time: a tenth of a command.
    """
    since = record.info.get(RESTED)
    if since is None or patience.clock() - since < LONG_S:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error


RESTED = "mijlpaal_rested"
LONG_S = 5.0
"""After so many seconds without use, a connection is looked at before it is used."""


def _is_server(url: URL) -> bool:
    return url.get_backend_name() != "sqlite"


def _make_file(_dialect: object, _record: object, given: Any, _more: object) -> None:
    """Make the file where it is not there: its owner's only, as its journals are by that.

    Raises:
        DatabaseProblem: there is a link that leads to nothing.
    """
    file = Path(given[0])
    if os.path.lexists(file) and not file.is_symlink():
        return
    try:
        if not file.exists():
            with new_file(file, private=True):
                pass
    except FileExistsError:
        if file.is_symlink() and not file.exists():
            raise _is_a_link(file) from None
    except OSError:
        return  # SQLite says it, as it does for a file that is there


def _is_a_link(file: Path) -> DatabaseProblem:
    return DatabaseProblem(
        text("“{file}” is a link, and no database is made through one.", file=file),
        advice=text(
            "Nothing was written. Name the file itself, with {field}.", field=Field("database_url")
        ),
    )


def refuse_link(database: Database) -> None:
    """Refuse to make a schema through a link: who put it there may have meant another file.

    Raises:
        DatabaseProblem: the file of the database is a link.
    """
    if database.file is not None and database.file.is_symlink():
        raise _is_a_link(database.file)


def _set_up_sqlite(name: str, connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for setting in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")
    keep_journal(connection, name)
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection, patience: Patience | None) -> None:
    """Begin a transaction; a writing one waits patiently for its turn.

    SQLAlchemy's own event is not used, since a listener makes every statement slower.
    """
    if patience is None:
        send(connection, "BEGIN")
        return
    send(connection, "PRAGMA busy_timeout = 0")
    try:
        _take_turn(patience, connection)
    finally:
        send(connection, f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _take_turn(patience: Patience, connection: Connection) -> None:
    """Take the write lock; wait if somebody else has it."""
    for pause in patience.pauses():
        if attempt(connection, "BEGIN IMMEDIATE", is_busy):
            return
        patience.sleep(pause)
    send(connection, "BEGIN IMMEDIATE")
