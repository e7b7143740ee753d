"""The connection to a database, its settings, and its transactions.

``reading()`` and ``writing()`` open a transaction and own it. A writing one takes SQLite's
write lock at once (BEGIN IMMEDIATE), so that what it reads is what it will change.
"""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
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
    OperationalError,
)

from definitions.documents import canonical
from definitions.errors import MijlpaalError, reason_of
from definitions.newfiles import new_file
from definitions.text import text
from workflow.storage.failures import (
    Damaged,
    DatabaseProblem,
    OutcomeUnknown,
    TemporarilyUnavailable,
    TryAnew,
)
from workflow.storage.revision import REVISION, is_newer
from workflow.storage.server import SERVER_SETTINGS, server_settings, set_up_server
from workflow.storage.urls import no_url, parse_url, shown

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

WAL_IS_SOUND_SINCE = (3, 51, 3)
"""Before this version of SQLite, two writers on a write-ahead log could corrupt it."""

TAKEN = "23505"
"""What PostgreSQL reports of a row that is there already: somebody else may just have added it."""
RETRIED = frozenset({"40001", "40P01", TAKEN})
"""What PostgreSQL reports when the same, decided anew, may well succeed at once: a serialization
failure, a deadlock, and a row that somebody else added at the same moment."""
PASSING = frozenset({*RETRIED, "55P03", "53300", "57014", "57P01", "57P02", "57P03"})
"""What it reports when the same may succeed later, also: a lock not had in time, too many
connections, an answer that took too long, a server that stops, has crashed or is starting."""
LOST = "08"
"""The class of what it reports, or the driver does, when the connection is gone."""
COMING_BACK = (
    "Connection refused",
    "timeout",
    "timed out",
    "too many clients",
    "too many connections",
    "remaining connection slots",
    "the database system is",  # starting up, shutting down, not yet accepting connections
    "not currently accepting connections",  # of one database, by whoever looks after it
    "Connection reset",
    "No route to host",
    "closed the connection",
)
"""Signs, in what a driver says of a server it could not reach, that it may be reached later."""

_CHECK_URL = text("Nothing was written. Check the URL (--db), and the role in it.")
_CHECK_DISK = text("Nothing was written. Make room, or name another place with --db.")
_PASSWORD = text("The password for {name} is wrong, or none was given.")
OTHERWISE = (
    text("The database {name} says: {why}."),
    text("Nothing was written. “mijlpaal doctor” looks at what is wrong."),
)
OF_SERVER = {
    "42501": (text("The role in {name} may not do that: {why}."), _CHECK_URL),
    "password authentication failed": (_PASSWORD, _CHECK_URL),
    "no password supplied": (_PASSWORD, _CHECK_URL),
    "FATAL:  role": (text("The server does not know the role in {name}: {why}."), _CHECK_URL),
    "FATAL:  database": (text("The server has no such database: {name}."), _CHECK_URL),
    "resolve host": (text("There is no such server: {name}."), _CHECK_URL),
    "25006": (
        text("The database {name} can only be read."),
        text("Nothing was written. Commands go to the primary, not to a standby."),
    ),
    "53100": (text("The disk of the server of {name} is full."), _CHECK_DISK),
}
"""What a server refuses for good, by its code or by a sign in what it says; the first that fits."""
OF_SQLITE = {
    sqlite3.SQLITE_READONLY: (
        text("The database {name} can only be read."),
        text("Nothing was written. Make the file and its folder writable, or copy it."),
    ),
    sqlite3.SQLITE_FULL: (text("There is no room left for the database {name}."), _CHECK_DISK),
    sqlite3.SQLITE_IOERR: (text("The disk of the database {name} fails: {why}."), _CHECK_DISK),
    sqlite3.SQLITE_CANTOPEN: (
        text("The database {name} cannot be opened."),
        text("Look whether its folder is there, and whether you may read and write it."),
    ),
}
"""The same of SQLite, by the code of its error."""

NO_TEXT = "Could not decode to UTF-8"
"""How Python says that what SQLite has as a text is none."""
CORRUPT = ("XX001", "XX002")
"""What PostgreSQL reports of damaged rows and indexes."""

NOT_READABLE = (
    text("The database {file} is there, and cannot be opened."),
    text("Look whether you may read and write that file, and its folder."),
)
"""The same where it is not the folder that is missing."""

"""The databases that we know, as SQLAlchemy names them."""

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
    """A database, open for use. Close it when done; it is a context manager."""

    def __init__(self, url: str, patience: Patience | None = None) -> None:
        """Open a database.

        Args:
            url: ``sqlite:///file``, a file name, or ``postgresql://user@host/name``.
            patience: how to wait for a turn to write.

        Raises:
            DatabaseProblem: no such kind of database, or its driver is not installed.
        """
        self.url = parse_url(url)
        if self.file is not None:
            _check_file(self.file)
        self.patience = patience or Patience()
        self.engine = _engine(self.url, self.patience)
        self._is_server = _is_server(self.url)

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

    def decided_anew(self, command: Callable[[], Result]) -> Result:
        """Do what opens a transaction that writes; again, where somebody else was there first.

        Args:
            command: reads, decides and writes from the start each time it is called.

        Raises:
            TryAnew: somebody else was there each time.
            DatabaseProblem: what was in the way each time is there to stay.
        """
        for pause in islice(self.patience.pauses(), TRIES):
            try:
                return command()
            except TryAnew:
                self.patience.sleep(pause)
        try:
            return command()
        except TryAnew as error:
            raise error.lasting or error from error.__cause__

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        decided = False
        try:
            with self._connected(writes) as connection, connection.begin():
                if not self._is_server:
                    _begin_sqlite(connection, self.patience if writes else None)
                yield connection
                decided = writes
        except DBAPIError as error:
            raise _explained(error, self.name, self.file, at_commit=decided) from error
        except UnicodeDecodeError as error:
            # What a driver could not even say: it quotes a schema or a row that was damaged.
            raise _damaged(self.name, str(error)) from error

    def _connected(self, writes: bool) -> Connection:
        """Return a connection; on a server, a reader asks for one moment."""
        connection = self.engine.connect()
        if writes or not self._is_server:
            return connection
        return connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )


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
            advice=text("Name a file in it, with --db."),
        )


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the schema in a database, or None where there is none yet."""
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
            advice=text("Nothing was written. Name another file, with --db."),
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


def _engine(url: URL, patience: Patience) -> Engine:
    server = _is_server(url)
    settings = {"connect_args": server_settings(url)} if server else {}
    try:
        engine = create_engine(url, json_serializer=canonical, **settings)
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
        event.listen(engine, "connect", set_up_server)
        event.listen(engine, "checkin", partial(_rested, patience))
        event.listen(engine, "checkout", partial(_woken, patience))
    else:
        if "uri" not in url.query:
            event.listen(engine, "do_connect", _make_file)
        event.listen(engine, "connect", _set_up_sqlite)
    return engine


_ADD_DRIVER = text(
    "Add it to the program's own environment: pip install 'psycopg[binary]'; or, where "
    "pipx made that: pipx inject mijlpaal 'psycopg[binary]'."
)


def _rested(patience: Patience, _connection: object, record: Any) -> None:
    """Note since when a connection is not in use."""
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
        advice=text("Nothing was written. Name the file itself, with --db."),
    )


def refuse_link(database: Database) -> None:
    """Refuse to make a schema through a link: who put it there may have meant another file.

    Raises:
        DatabaseProblem: the file of the database is a link.
    """
    if database.file is not None and database.file.is_symlink():
        raise _is_a_link(database.file)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    wal = sqlite3.sqlite_version_info >= WAL_IS_SOUND_SINCE
    for setting in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "foreign_keys = ON",
        f"journal_mode = {'WAL' if wal else 'DELETE'}",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection, patience: Patience | None) -> None:
    """Begin a transaction: one that writes waits for its turn, with patience; one that reads, not.

    Not when SQLAlchemy says that it begins one: whoever listens to it makes every statement dearer.
    """
    if patience is None:
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        _take_turn(patience, connection)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _take_turn(patience: Patience, connection: Connection) -> None:
    """Take the lock of who writes; wait for it where somebody else has it."""
    for pause in patience.pauses():
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not _is_busy(error):
                raise
            patience.sleep(pause)
        else:
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_busy(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_BUSY)


def _cannot_open(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return bool(code & 0xFF == sqlite3.SQLITE_CANTOPEN)


def _explained(
    error: DBAPIError, name: str, file: Path | None = None, *, at_commit: bool = False
) -> MijlpaalError:
    """Return an error of the database in our own words.

    Args:
        file: of an SQLite database.
        at_commit: whether everything had been written and only the commit was to come.
    """
    why = (str(error.orig).strip().splitlines() or [type(error).__name__])[0]
    state = str(getattr(error.orig, "sqlstate", None) or "")
    lost = error.connection_invalidated or state.startswith(LOST)
    if at_commit and lost:
        return _unknown(name)
    if state in RETRIED:
        return _anew(error, name, state)
    if isinstance(error.orig, sqlite3.Error) and _is_busy(error):
        return TemporarilyUnavailable(
            text("The database {name} is in use by another command.", name=name),
            advice=text("Nothing was written; try again."),
        )
    if lost or state in PASSING or any(sign in why for sign in COMING_BACK):
        return TemporarilyUnavailable(
            text("The database {name} is not available now: {why}.", name=name, why=why),
            advice=text("Nothing was written; try again."),
        )
    if file is not None and _cannot_open(error) and file.exists():
        sentence, advice = NOT_READABLE
        return DatabaseProblem(replace(sentence, values={"file": file}), advice=advice)
    return _lasting(error, name, state, why)


def _anew(error: DBAPIError, name: str, state: str) -> TryAnew:
    """Return that somebody else was there; of a row that is there, also what it is if it stays."""
    anew = TryAnew(text("Somebody else wrote to {name} at the same moment.", name=name))
    if state == TAKEN:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        anew.lasting = DatabaseProblem(
            text(
                "What is to be written is in {name} already, and can be there only once "
                "({constraint}).",
                name=name,
                constraint=constraint or "?",
            ),
            advice=OTHERWISE[1],
        )
    return anew


def _unknown(name: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        text("The connection to {name} was lost while it was being written.", name=name),
        advice=text(
            "Whether it was recorded is not known: look with “mijlpaal history”. With the same "
            "--key, giving the command again is safe."
        ),
    )


def _damaged(name: str, why: str) -> Damaged:
    return Damaged(text("The database {name} is damaged: {why}.", name=name, why=why))


def _lasting(error: DBAPIError, name: str, state: str, why: str) -> DatabaseProblem:
    """Return what somebody has to put right."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_CORRUPT or why.startswith(NO_TEXT):
            return _damaged(name, why)
        sentence, advice = OF_SQLITE.get(code, OTHERWISE)
    elif state in CORRUPT:
        return _damaged(name, why)
    else:
        sentence, advice = next(
            (said for sign, said in OF_SERVER.items() if sign == state or sign in why), OTHERWISE
        )
    return DatabaseProblem(replace(sentence, values={"name": name, "why": why}), advice=advice)
