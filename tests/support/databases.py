"""Databases for tests: SQLite files and databases on a PostgreSQL server, made by copying.

Migrating takes time; copying a database that was migrated before takes less, and using a copy on a
server again hardly any.
``MIJLPAAL_TEST_POSTGRES`` names a server where databases and roles may be made and dropped;
without it, one on this machine is tried. With ``MIJLPAAL_REQUIRE_POSTGRES`` a server that is
missing is a failure and not a reason to skip.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event, make_url
from sqlalchemy import text as sql

from tests.support.reuse import Contents, contents, made_anew
from workflow.storage.database import Database
from workflow.storage.opening import open_database
from workflow.storage.sqlite_driver import sqlite3
from workflow.storage.upgrading import upgrade

SERVER = os.environ.get("MIJLPAAL_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
REQUIRED = bool(os.environ.get("MIJLPAAL_REQUIRE_POSTGRES"))
NO_SERVER = "no PostgreSQL server to test on"
"""How the reason begins for which the half on PostgreSQL is left out."""

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)

NO_CHECKS = """
    DO $$ DECLARE found record; BEGIN
        FOR found IN SELECT conrelid::regclass AS of, conname FROM pg_constraint
            WHERE contype = 'c' AND connamespace = 'public'::regnamespace
        LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.of, found.conname); END LOOP;
    END $$
"""
"""Takes away every CHECK of a database on a server."""

Dump = Mapping[str, list[tuple[Any, ...]]]
"""The rows of every table."""


class Site(Protocol):
    """Where databases of one kind are made."""

    kind: str

    def new(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of another that nobody uses; return its URL."""

    def drop(self, url: str) -> None:
        """Take a database away."""


@dataclass
class Folder:
    """A folder in which SQLite files are made."""

    folder: Path
    kind: str = SQLITE

    def new(self, template: str | None = None) -> str:
        """Copy the file, or name one that is not there yet."""
        file = self.folder / f"{uuid4().hex}.db"
        if template is not None and file_in(template).exists():
            shutil.copy(file_in(template), file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Delete the file and what lies beside it."""
        for file in self.folder.glob(f"{file_in(url).name}*"):
            file.unlink()


@dataclass
class Model:
    """A database that is copied.

    Attributes:
        contents: what a copy is when it is new.
        spare: copies that are as good as new, and that nobody uses.
    """

    contents: Contents
    spare: list[str] = field(default_factory=list)


@dataclass
class Server:
    """A server on which databases are made.

    Attributes:
        models: what was copied, by its URL.
        copies: of which model a database in use is a copy.
    """

    kind: str = POSTGRESQL
    models: dict[str, Model] = field(default_factory=dict)
    copies: dict[str, str] = field(default_factory=dict)

    def new(self, template: str | None = None) -> str:
        """Make a database on the server, from another one where that is named."""
        if template is None:
            return self._make("")
        if template not in self.models:
            self.models[template] = Model(contents(native(template)))
        spare = self.models[template].spare
        url = spare.pop() if spare else self._make(f" TEMPLATE {make_url(template).database}")
        self.copies[url] = template
        return url

    def drop(self, url: str) -> None:
        """Drop a database in spite of connections; a copy is kept for reuse."""
        if url in self.models:
            self._forget(url)
        model = self.models.get(self.copies.pop(url, ""))
        if model is not None and made_anew(native(url), model.contents):
            model.spare.append(url)
        else:
            self._drop(url)

    def close(self) -> None:
        """Drop the copies that were kept."""
        for url in list(self.models):
            self._forget(url)

    def _forget(self, model: str) -> None:
        """Drop what was kept of a database that is copied no more."""
        for url in self.models.pop(model).spare:
            self._drop(url)

    def _make(self, how: str) -> str:
        name = f"mijlpaal_test_{uuid4().hex[:16]}"
        on_server(f"CREATE DATABASE {name}{how}")
        return make_url(SERVER).set(database=name).render_as_string(hide_password=False)

    def _drop(self, url: str) -> None:
        on_server(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@cache
def why_no_server() -> str | None:
    """Return why there is no server to test on, or None where there is one."""
    try:
        on_server("SELECT 1")
    except psycopg.Error as error:
        return f"{NO_SERVER}: {str(error).strip().splitlines()[0]}"
    return None


def need_server() -> None:
    """Skip the test where there is no server; fail where one is required."""
    why = why_no_server()
    if why is not None and REQUIRED:
        pytest.fail(f"MIJLPAAL_REQUIRE_POSTGRES is set, and there is {why}", pytrace=False)
    if why is not None:
        pytest.skip(why)


@contextmanager
def made(site: Site, template: str | None = None) -> Iterator[str]:
    """Make a database, give its URL, and take it away again."""
    url = site.new(template)
    try:
        yield url
    finally:
        site.drop(url)


@contextmanager
def opened(site: Site, template: str) -> Iterator[Database]:
    """Open a copy of a database, and take it away again."""
    with made(site, template) as url, Database(url) as database:
        yield database


def make_schema(url: str) -> None:
    """Make the schema in an empty database."""
    with Database(url) as database:
        upgrade(database)


def make_template(file: Path) -> Path:
    """Make an SQLite file with the schema and nothing in it, to copy."""
    open_database(str(file)).close()
    return file


@contextmanager
def copied(template: Path, file: Path) -> Iterator[Database]:
    """Open a copy of an SQLite file."""
    shutil.copy(template, file)
    with Database(str(file)) as database:
        yield database


def on_server(*statements: str, url: str = SERVER) -> None:
    """Run statements on the server, each in a transaction of its own."""
    with psycopg.connect(native(url), autocommit=True, connect_timeout=5) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def native(url: str) -> str:
    """Return a URL as the server's own programs read it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def url_of(database: Database) -> str:
    """Return the URL of a database, its password included."""
    return database.url.render_as_string(hide_password=False)


def file_in(url: str) -> Path:
    """Return the file that the URL of an SQLite database names."""
    return Path(str(make_url(url).database))


def file_of(database: Database) -> Path:
    """Return the file of an SQLite database."""
    file = database.file
    assert file is not None
    return file


# --- rows --------------------------------------------------------------------------------------


def rows_of(database: Database) -> Dump:
    """Return every row of every table of a database, as it lies there."""
    if database.file is not None:
        return dump(database.file)
    tables = sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    with database.reading() as connection:
        names = connection.execute(tables).scalars().all()
        return {
            name: [
                tuple(row)
                for row in connection.execute(sql(f'SELECT t::text FROM "{name}" t ORDER BY 1'))
            ]
            for name in names
        }


def dump(file: Path) -> Dump:
    """Return every row of every table of an SQLite file, as it lies there."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = sorted(name for (name,) in tables)
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for name in names
        }


def force(database: Database, *statements: str) -> None:
    """Change a database against its triggers and keys, as its owner can."""
    if database.file is not None:
        tamper(database.file, *statements)
        return
    with psycopg.connect(native(url_of(database))) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            _whatever_is_checked(connection, statement.encode())


def _whatever_is_checked(connection: psycopg.Connection, statement: bytes) -> None:
    try:
        with connection.transaction():
            connection.execute(statement)
    except psycopg.errors.CheckViolation:
        connection.execute(NO_CHECKS)
        connection.execute(statement)


def tamper(file: Path, *statements: str) -> None:
    """Change an SQLite file against its triggers and keys, as its owner can.

    The triggers are restored, so that only the change itself can be found.
    """
    with closing(sqlite3.connect(file)) as connection:
        kept = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(kept).fetchall()
        for trigger, _ in triggers:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)
        for _, made in triggers:
            connection.execute(made)
        connection.commit()


@contextmanager
def heard(database: Database) -> Iterator[list[str]]:
    """Yield the statements that are executed meanwhile, with their parameters."""
    found: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(*said: object) -> None:
        found.append(f"{said[2]} {said[3]}")

    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
