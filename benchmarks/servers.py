"""A PostgreSQL server to measure on, where there is one: databases that are made and dropped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

SERVER = os.environ.get("MIJLPAAL_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def is_there() -> bool:
    """Return whether there is a server to measure on."""
    return version() is not None


def version() -> str | None:
    """Return the version of the server to measure on, or None where there is no server."""
    try:
        with psycopg.connect(SERVER, connect_timeout=3) as connection:
            return str(connection.info.parameter_status("server_version")).partition(" ")[0]
    except psycopg.Error:
        return None


@contextmanager
def databases(number: int) -> Iterator[list[str]]:
    """Make some empty databases and yield their URLs; drop them in the end."""
    names = [f"mijlpaal_bench_{uuid4().hex[:12]}" for _ in range(number)]
    for name in names:
        _on_server(f"CREATE DATABASE {name}")
    try:
        yield [
            make_url(SERVER).set(database=name).render_as_string(hide_password=False)
            for name in names
        ]
    finally:
        for name in names:
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement.encode())
