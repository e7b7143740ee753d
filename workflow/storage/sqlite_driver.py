"""The driver of SQLite, and which journal it may keep.

Python's own driver has the SQLite of the system. Where ``pysqlite3`` is installed (the extra
``wal``), the whole program takes that instead, for the newer SQLite in it. Never both: two copies
of SQLite in one program do not see one another's locks on a file.

A write-ahead log makes a commit wait for the disk once instead of four times. Up to 3.51.2, two
connections that write and checkpoint at the same moment can lose what was committed and damage the
file (https://www.sqlite.org/wal.html#walresetbug); so there it is never used.
"""

import sqlite3
from contextlib import suppress
from typing import Any

from definitions.language.text import Text, text
from workflow.storage.errors import DatabaseProblem

with suppress(ImportError):
    import pysqlite3.dbapi2 as sqlite3  # type: ignore[no-redef]

__all__ = ["keep_journal", "sqlite3", "wal_is_sound", "why_kept"]

WAL, ROLLBACK = "wal", "delete"
SOUND = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}
"""The earlier releases for which a later patch also fixes the fault."""
IS_OURS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"


def wal_is_sound(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Return whether several programs can write to a write-ahead log by a version of SQLite."""
    mended = BACKPORTED.get((version[0], version[1]))
    return version >= SOUND or (mended is not None and version[2] >= mended)


def keep_journal(connection: Any, name: str) -> None:
    """Have a file keep the journal that is right for this SQLite; as it is, where others use it.

    That is written in the file, so it is left alone where there is no schema of ours yet: it may be
    another program's, or what a link leads to.

    Args:
        connection: of the driver.
        name: of the database, for people.

    Raises:
        DatabaseProblem: others keep a write-ahead log, which is not sound by this SQLite.
    """
    wanted, kept = WAL if wal_is_sound() else ROLLBACK, ""
    try:
        (kept,) = connection.execute("PRAGMA journal_mode").fetchone()
        if kept != wanted and connection.execute(IS_OURS).fetchone():
            connection.execute(f"PRAGMA journal_mode = {wanted}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        if wanted == ROLLBACK:
            if kept != WAL:
                raise  # somebody has the lock, and keeps no log
            raise log_in_use(name) from None


def why_kept(journal: str) -> Text | None:
    """Return why a file keeps the journal that it does; None where that is the better one."""
    if not wal_is_sound():
        return text(
            "A write-ahead log, which is faster, is sound from SQLite {since}: "
            "pip install 'pysqlite3>=0.6.1'.",
            since=".".join(map(str, SOUND)),
        )
    if journal != WAL:
        return text("It keeps a write-ahead log as soon as nobody else is at work in it.")
    return None


def log_in_use(name: str) -> DatabaseProblem:
    """Return that a file is being used with a write-ahead log, and not by this SQLite."""
    return DatabaseProblem(
        text(
            "The database {name} is in use with a write-ahead log, by programs with a newer "
            "SQLite; with that of this one ({version}) the file could be damaged.",
            name=name,
            version=sqlite3.sqlite_version,
        ),
        advice=text(
            "Nothing was written. Install the newer one here too: pip install "
            "'pysqlite3>=0.6.1'; or try again when nobody else is at work in it."
        ),
    )
