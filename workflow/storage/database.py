"""The connection to a database, its settings, and its transactions.

``reading()`` and ``writing()`` open a transaction and own it. A writing one takes SQLite's
write lock at once (BEGIN IMMEDIATE), so that what it reads is what it will change.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy import text as sql
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from definitions.loading import canonical
from definitions.text import text
from workflow.storage.failures import DatabaseProblem, TemporarilyUnavailable
from workflow.storage.revision import REVISION

__all__ = [
    "REVISION",
    "Connection",
    "Database",
    "parse_url",
    "refuse_foreign",
    "refuse_newer",
    "revision_of",
]

WAL_IS_SOUND_SINCE = (3, 51, 3)
"""Before this version of SQLite, two writers on a write-ahead log could corrupt it."""

PASSING = frozenset({"40001", "40P01", "55P03", "53300"})
"""What PostgreSQL reports when the same may succeed later: a serialization failure, a deadlock,
a lock not had in time, too many connections."""

KINDS = ("sqlite", "postgresql")
"""The databases that we know, as SQLAlchemy names them."""

BUSY_TIMEOUT_MS = 30_000


class Database:
    """A database, open for use. Close it when done; it is a context manager."""

    def __init__(self, url: str) -> None:
        """Open a database.

        Args:
            url: ``sqlite:///file``, a file name, or ``postgresql://user@host/name``.

        Raises:
            DatabaseProblem: no such kind of database, or its driver is not installed.
        """
        self.url = parse_url(url)
        if self.file is not None and self.file.is_dir():
            raise DatabaseProblem(
                text("“{file}” is a folder, not a database.", file=str(self.file)),
                advice=text("Name a file in it, with --db."),
            )
        self.engine = _engine(self.url)

    @property
    def name(self) -> str:
        """The URL without its password."""
        return self.url.render_as_string(hide_password=True)

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

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with (
                self.engine.connect().execution_options(**self._options(writes)) as connection,
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise _explained(error, self.name) from error

    def _options(self, writes: bool) -> dict[str, Any]:
        """Return what kind of transaction it is: on a server, a reader asks for one moment."""
        if writes or not _is_server(self.url):
            return {"mijlpaal_writes": writes}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def parse_url(url: str) -> URL:
    """Return a URL; a file name means an SQLite file.

    Raises:
        DatabaseProblem: it is neither.
    """
    if "://" not in url:
        return URL.create("sqlite", database=str(Path(url).expanduser()))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseProblem(
            text("“{url}” is not the URL of a database.", url=url),
            advice=text("Write sqlite:///FILE or postgresql://USER@HOST/NAME."),
        ) from None
    if parsed.get_backend_name() not in KINDS:
        raise DatabaseProblem(
            text("“{kind}” is not a kind of database we know.", kind=parsed.drivername),
            advice=text("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        )
    if parsed.get_backend_name() == "sqlite" and not parsed.database:
        raise DatabaseProblem(
            text("A database in memory is gone when the command ends."),
            advice=text("Name a file: sqlite:///FILE."),
        )
    return parsed


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
    if revision is not None and revision > REVISION:
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


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, json_serializer=canonical, pool_pre_ping=_is_server(url))
    except (ArgumentError, NoSuchModuleError):
        raise DatabaseProblem(
            text("“{kind}” is not a kind of database we know.", kind=url.drivername),
            advice=text("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        ) from None
    except ModuleNotFoundError as error:
        raise DatabaseProblem(
            text("The driver “{driver}” is not installed.", driver=error.name or "?"),
            advice=text("Install it with: pip install 'mijlpaal[postgres]'"),
        ) from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_server(url: URL) -> bool:
    return url.get_backend_name() != "sqlite"


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


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("mijlpaal_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _explained(error: DBAPIError, name: str) -> DatabaseProblem | TemporarilyUnavailable:
    why = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
    busy = isinstance(error, OperationalError) and "locked" in why
    if busy or getattr(error.orig, "sqlstate", None) in PASSING:
        return TemporarilyUnavailable(
            text("The database {name} is in use by another command.", name=name),
            advice=text("Nothing was written; try again."),
        )
    return DatabaseProblem(
        text("The database {name} says: {why}.", name=name, why=why),
        advice=text("Nothing was written. “mijlpaal doctor” looks at what is wrong."),
    )
