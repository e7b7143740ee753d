"""What we rely on at a server: set for every connection, whatever the default is elsewhere."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import make_url
from sqlalchemy import text as sql

from tests.support.cli import PROCESS, Terminal, folded
from tests.support.databases import SERVER, Server, Site, made, need_server, on_server
from workflow.storage.database import Database
from workflow.storage.health import examine

pytestmark = pytest.mark.only("postgresql")
OTHERWISE = {
    "datestyle": "German",
    "timezone": "Asia/Kolkata",
    "client_encoding": "LATIN1",
    "standard_conforming_strings": "off",
    "array_nulls": "off",
    "default_transaction_isolation": "serializable",
    "bytea_output": "escape",
    "intervalstyle": "sql_standard",
    "extra_float_digits": "-10",
}
"""Defaults that somebody may have, for other programs or from long ago."""
OURS = {
    "datestyle": "ISO, MDY",
    "timezone": "UTC",
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "array_nulls": "on",
    "transaction_isolation": "read committed",
}
LETTERS = "Zoë ŽIŽEK, Ω"


@contextmanager
def set_otherwise(url: str, of: str) -> Iterator[str]:
    """Give a database, or the role that asks, other defaults; give the URL to ask by."""
    parsed = make_url(url)
    role = f"mijlpaal_test_{uuid4().hex[:12]}"
    on_server(f"CREATE ROLE {role} LOGIN SUPERUSER")
    name = f"DATABASE {parsed.database}" if of == "database" else f"ROLE {role}"
    on_server(*(f"ALTER {name} SET {key} = '{value}'" for key, value in OTHERWISE.items()))
    try:
        yield parsed.set(username=role).render_as_string(hide_password=False)
    finally:
        on_server(f"ALTER DATABASE {parsed.database} RESET ALL", f"DROP ROLE {role}")


@pytest.mark.parametrize("of", ["database", "role"])
def test_what_we_rely_on_is_set_for_every_connection(
    site: Site, template: str, of: str, terminal: Terminal
) -> None:
    """Whatever the database or the role has: the settings, and what a process does there."""
    with made(site, template) as plain, set_otherwise(plain, of) as url:
        with Database(url) as database, database.writing() as connection:
            found = {name: connection.execute(sql(f"SHOW {name}")).scalar() for name in OURS}
            assert OURS == found
        terminal.does(f"start {PROCESS} --on 2020-11-24 --db {url}")
        terminal.does("note", PROCESS, LETTERS, "--db", url)
        terminal.does("member", "add", PROCESS, "griffier@dordrecht", "a", "--db", url)
        assert LETTERS in folded(terminal.does(f"history {PROCESS} --db {url}"))
        terminal.does(f"remind list {PROCESS} --db {url}")
        assert "whole" in terminal.does(f"verify --db {url}")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PGDATESTYLE", "German"), ("PGTZ", "Asia/Kolkata"), ("PGCLIENTENCODING", "LATIN1")],
)
def test_the_environment_does_not_change_it(
    site: Site, template: str, name: str, value: str
) -> None:
    """What libpq takes from there goes before what a connection asks for."""
    look = (
        "import sys; from workflow.storage.database import Database; from sqlalchemy import text\n"
        "with Database(sys.argv[1]) as found, found.reading() as connection:\n"
        "    for each in sys.argv[2:]: print(connection.execute(text(f'SHOW {each}')).scalar())"
    )
    wanted = ["datestyle", "timezone", "client_encoding"]
    with made(site, template) as url:
        done = subprocess.run(
            [sys.executable, "-c", look, url, *wanted],
            env={**os.environ, name: value},
            capture_output=True,
            check=True,
            text=True,
        )
    assert [OURS[each] for each in wanted] == done.stdout.splitlines()


def test_what_a_url_says_does_not_change_it_either(site: Site, template: str) -> None:
    """It may make us wait longer, and not read dates otherwise."""
    options = "-c datestyle=German -c statement_timeout=5min -c timezone=Asia/Kolkata"
    with made(site, template) as url:
        own = make_url(url).update_query_dict({"options": options})
        with (
            Database(own.render_as_string(hide_password=False)) as database,
            database.reading() as connection,
        ):
            names = ("datestyle", "timezone", "statement_timeout")
            found = [connection.execute(sql(f"SHOW {name}")).scalar() for name in names]
    assert ["ISO, MDY", "UTC", "5min"] == found


# --- encodings ---------------------------------------------------------------------------------


@pytest.fixture(params=["SQL_ASCII", "LATIN1"])
def other(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Give the URL of a database with another encoding, and which one it is."""
    need_server()
    name = f"mijlpaal_test_{uuid4().hex[:16]}"
    on_server(
        f"CREATE DATABASE {name} ENCODING '{request.param}' LC_COLLATE 'C' LC_CTYPE 'C' "
        "TEMPLATE template0"
    )
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    yield url, request.param
    Server().drop(url)


@pytest.mark.usefixtures("site")
def test_a_database_with_another_encoding_is_refused(
    other: tuple[str, str], terminal: Terminal
) -> None:
    """When it is set up, and when a copy is to go there; also where that is only tried."""
    url, encoding = other
    shown = make_url(url).render_as_string()
    terminal.does(f"start {PROCESS} --on 2020-11-24 --reconstruction")
    for line in (f"db upgrade --db {url}", f"db copy {terminal.file} {url}"):
        for dry in ("", " --dry-run"):
            said = folded(terminal.refused(1, f"{line}{dry}"))
            assert f"The database {shown} has the encoding {encoding}, and not UTF8." in said
            assert "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0" in said
    with Database(url) as database, database.reading() as connection:
        assert [] == connection.dialect.get_table_names(connection)


@pytest.mark.usefixtures("site")
def test_a_database_that_has_another_encoding_is_said_to_be_wrong(
    other: tuple[str, str], terminal: Terminal
) -> None:
    """Somebody set it up with an earlier version: doctor and db check both say so."""
    url, encoding = other
    for command in ("doctor", "db check"):
        said = terminal(f"{command} --db {url}")
        assert 1 == said.code
        assert f"[WRONG] encoding: {encoding} (Make another one: CREATE DATABASE" in folded(
            said.out
        )


def test_our_encoding_is_well(database: Database) -> None:
    """It is shown."""
    (check,) = [each for each in examine(database).checks if each.name == "encoding"]
    assert ("UTF8", True, None) == (check.found, check.well, check.remark)
