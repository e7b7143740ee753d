"""Rewriting a database, so that nothing remains of changed or deleted rows.

SQLite overwrites freed pages, as we ask it to, and rewriting the file removes those from before we
asked. A server keeps dead rows, and values in its column statistics; rewriting a table removes
both.
"""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from workflow.storage.database import Database

STATISTICS = "pg_statistic"
"""Where a server keeps the values of columns that stand there most."""
WAIT = "5s"
"""How long to wait for others to let go of a table."""
TRIES, PAUSE_S = 6, 0.5
"""How often it is tried where others still see what is to go, and after how many seconds."""


def rewrite_tables(
    database: Database, tables: Sequence[str], pause: Callable[[float], None] = time.sleep
) -> tuple[str, ...]:
    """Write tables anew, outside any transaction.

    Args:
        pause: waits for so many seconds, where somebody still sees what is to go.

    Returns:
        What could not be: the tables, or the file; empty where nothing of before is left.
    """
    whole = tuple(tables) if database.file is None else (str(database.file),)
    try:
        with database.engine.connect() as connection:
            if database.file is None:
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                return tuple(_on_server(alone, tables, pause))
            return () if _file(connection) else whole
    except SQLAlchemyError:
        return whole


def _file(connection: Connection) -> bool:
    """Write an SQLite file anew; return whether its write-ahead log, if any, is empty as well.

    It is not where somebody still reads what is to go; that raises nothing.
    """
    connection.exec_driver_sql("VACUUM")
    busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


def _on_server(
    connection: Connection, tables: Sequence[str], pause: Callable[[float], None]
) -> Iterator[str]:
    """Rewrite tables; yield those that failed, or whose dead rows a transaction still sees.

    A missing privilege raises nothing: the server warns, and leaves the table as it is.
    """
    connection.exec_driver_sql(f"SET lock_timeout = '{WAIT}'")
    connection.exec_driver_sql("SET statement_timeout = 0")
    for table in (*tables, STATISTICS):
        if not _is_anew(connection, table, pause):
            yield table
    connection.exec_driver_sql("RESET lock_timeout")
    connection.exec_driver_sql("RESET statement_timeout")


def _is_anew(connection: Connection, table: str, pause: Callable[[float], None]) -> bool:
    """Rewrite a table; return whether that succeeded and left no dead rows."""
    for _ in range(TRIES):
        before = _place(connection, table)
        try:
            left = _left_in(connection, table)
        except SQLAlchemyError:
            return False
        if _place(connection, table) == before:
            return False
        if not left:
            return True
        pause(PAUSE_S)
    return False


def _left_in(connection: Connection, table: str) -> int:
    """Rewrite a table; return how many of its dead rows a transaction still sees.

    Any earlier transaction sees them, also one that gathers column statistics. The server reports
    their number in a notice, and nowhere else.
    """
    details: list[str] = []

    def hear(said: Any) -> None:
        details.append(str(said.message_detail or ""))

    driver = connection.connection.driver_connection
    if driver is None:
        return 0
    driver.add_notice_handler(hear)
    try:
        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE, VERBOSE) {table}")
    finally:
        driver.remove_notice_handler(hear)
    numbers = (re.search(r"\d+", each) for each in details)
    return max((int(each[0]) for each in numbers if each), default=0)


def _place(connection: Connection, table: str) -> int:
    """Return the location of a table's file, which changes when it is rewritten."""
    found = connection.execute(sql("SELECT pg_relation_filenode(:of)"), {"of": table})
    return int(found.scalar_one())
