"""Databases on a server that are used again: their rows are made what they were, nothing else.

Making and dropping a database copies, and writes to disk, some thousand pages of catalogues; the
rows of a test are few. A database of which anything but rows was changed is not used again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

CATALOGUES = (
    *("pg_attrdef", "pg_attribute", "pg_class", "pg_constraint", "pg_default_acl", "pg_depend"),
    *("pg_event_trigger", "pg_extension", "pg_index", "pg_inherits", "pg_namespace", "pg_operator"),
    *("pg_policy", "pg_proc", "pg_rewrite", "pg_sequence", "pg_trigger", "pg_type"),
)
"""Where a server keeps what a database is, besides its rows: tables, rights, functions and such."""
STRUCTURE = "SELECT {}, (SELECT (datacl, datconnlimit) FROM pg_database WHERE {})::text".format(
    ", ".join(
        f"(SELECT (count(*), max(xmin::text::bigint)) FROM {each})::text" for each in CATALOGUES
    ),
    "datname = current_database()",
)
"""The query that shows whether the structure changed: the number of objects, and the last
writer."""
SETTINGS = """
    SELECT count(*) FROM pg_db_role_setting JOIN pg_database ON pg_database.oid = setdatabase
    WHERE datname = current_database()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
OTHERS_ARE_GONE = """
    SELECT bool_and(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Contents:
    """The structure and the rows of a database.

    Attributes:
        structure: the same for a copy of which only rows were changed.
        rows: of each table, as the server copies them out and in.
    """

    structure: tuple[object, ...]
    rows: Mapping[str, bytes]


def contents(url: str) -> Contents:
    """Read the structure and rows of a database, to restore its copies.

    Args:
        url: of the database, as the server's own programs read it.
    """
    with psycopg.connect(url) as connection:
        tables = [name for (name,) in connection.execute(TABLES)]
        return Contents(_structure(connection), {each: _rows(connection, each) for each in tables})


def made_anew(url: str, was: Contents) -> bool:
    """Restore the rows of a copy; return whether it is as good as a new one.

    Args:
        url: of the copy, as the server's own programs read it; whoever uses it is cut off.
        was: the contents of the original.
    """
    try:
        with psycopg.connect(url) as connection:
            connection.execute("SET LOCAL lock_timeout = '5s'")
            connection.execute(OTHERS_ARE_GONE)
            if _structure(connection) != was.structure:
                return False
            # Without triggers, which guard what is written, and without keys between tables.
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute("; ".join(f'DELETE FROM "{each}"' for each in was.rows).encode())
            for table, rows in was.rows.items():
                if rows:
                    _put(connection, table, rows)
    except psycopg.Error:
        return False
    return True


def _structure(connection: psycopg.Connection) -> tuple[object, ...]:
    found = connection.execute(STRUCTURE.encode()).fetchone()
    assert found is not None
    return (*found, connection.execute(SETTINGS).fetchone())


def _rows(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
        return b"".join(bytes(each) for each in copy)


def _put(connection: psycopg.Connection, table: str, rows: bytes) -> None:
    with connection.cursor().copy(f'COPY "{table}" FROM STDIN'.encode()) as copy:
        copy.write(rows)
