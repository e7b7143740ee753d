"""An SQLite file opened for reading, without SQLAlchemy.

Importing SQLAlchemy takes longer than all the rest of a query. Nothing here writes: the file is
never made, and never changed, except that SQLite itself rolls back an interrupted writer. The
queries are those of ``reading``, in one transaction, as through ``database``; and errors have the
same words.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from definitions.language.errors import MijlpaalError
from workflow.storage.network_files import network_file_system_of
from workflow.storage.places import plain_file
from workflow.storage.reading import SQLITE, Reader, Rows
from workflow.storage.revision import is_compatible
from workflow.storage.sqlite_driver import sqlite3

PATIENCE_S = 30.0
"""How many seconds another command is waited for."""


class _Dialect(NamedTuple):
    name: str = SQLITE


class _Connection:
    """A connection to the file, as questions are sent through it."""

    dialect = _Dialect()

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def exec_driver_sql(self, statement: str, parameters: Mapping[str, Any], /) -> Rows:
        """Send a statement."""
        return self._connection.execute(statement, parameters)


class SqliteFile:
    """An SQLite file, open to be read. Close it when done; it is a context manager."""

    def __init__(self, url: str, file: Path, patience: float) -> None:
        """Open a file that is there."""
        self._url = url
        self._file = file
        with self._in_our_words():
            # Not “ro”: then SQLite could not roll back an interrupted writer.
            where = f"{file.absolute().as_uri()}?mode=rw"
            self._connection = sqlite3.connect(
                where, uri=True, timeout=patience, isolation_level=None
            )
            self._connection.execute("PRAGMA query_only = ON")

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open a transaction that only reads; what it sees does not change under it."""
        with self._in_our_words():
            self._connection.execute("BEGIN")
            try:
                yield _Connection(self._connection)
            finally:
                if self._connection.in_transaction:  # SQLite ends it itself where a disk fails
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def __enter__(self) -> "SqliteFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise _explained(error, self._url, self._file) from error


def _explained(error: sqlite3.Error | UnicodeDecodeError, url: str, file: Path) -> MijlpaalError:
    # Imported here: it imports SQLAlchemy, 85 ms that only an error is worth.
    from workflow.storage.error_messages import damaged, explained_of_sqlite  # noqa: PLC0415
    from workflow.storage.urls import parse_url, shown  # noqa: PLC0415

    name = shown(parse_url(url))
    if isinstance(error, UnicodeDecodeError):
        return damaged(name, str(error))
    return explained_of_sqlite(error, name, file)


def sqlite_file(url: str) -> SqliteFile | None:
    """Open the SQLite file that a URL or a file name means, to be read.

    Args:
        url: a file name or a URL, as somebody typed it.

    Returns:
        None where there is more to do, or to say, than this can: it is no file, or not there, or
        has not the schema of this program. ``opening`` does, or says, that.

    Raises:
        DatabaseProblem: the file cannot be read.
    """
    file = plain_file(url)
    if file is None or not _is_there(file) or network_file_system_of(file) is not None:
        return None
    return opened_to_read(url, file)


def opened_to_read(url: str, file: Path, patience: float = PATIENCE_S) -> SqliteFile | None:
    """Open an SQLite file that is there; None where it has not the schema of this program.

    Args:
        url: what the file was named by.
        file: where it is.
        patience: how many seconds another command is waited for.

    Raises:
        DatabaseProblem: the file cannot be read.
    """
    opened = SqliteFile(url, file, patience)
    try:
        with opened.reading() as reader:
            revision = _revision_of(reader)
    except BaseException:
        opened.close()
        raise
    if not is_compatible(revision):
        opened.close()
        return None
    return opened


def _is_there(file: Path) -> bool:
    try:
        return not file.is_dir() and file.exists()
    except OSError:
        return False


def _revision_of(reader: Reader) -> str | None:
    """Return the revision of the schema in a file; None if it has no schema yet."""
    ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    with closing(reader.exec_driver_sql(ours, {})) as tables:
        if not tables.fetchall():
            return None
    with closing(reader.exec_driver_sql("SELECT version_num FROM alembic_version", {})) as found:
        rows = found.fetchall()
    return str(rows[0][0]) if rows else None
