"""Upgrades: every schema that was released, with data; and several nodes at once."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.databases import Folder, Site, dump, file_in, made, rows_of
from tests.support.engine import Traject, World, gr_sociaal_domein
from tests.support.faults import CONTEXT, ID
from workflow.storage.copying import copy
from workflow.storage.database import REVISION, Database, revision_of
from workflow.storage.health import examine
from workflow.storage.opening import open_database
from workflow.storage.upgrading import upgrade
from workflow.verifying import verify

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
NODES = 4


@pytest.fixture(scope="module")
def programs() -> Iterator[Executor]:
    """Start programs that share nothing with this one."""
    CONTEXT.set_forkserver_preload(["tests.support.preloaded"])
    with ProcessPoolExecutor(NODES, mp_context=CONTEXT) as pool:
        yield pool


def upgraded(url: str) -> tuple[str | None, str]:
    """Upgrade a database, as a node does that starts."""
    with Database(url) as database:
        return upgrade(database)


def opened_revision(url: str) -> str | None:
    """Open a database as a command does, which makes a file that is not there."""
    with open_database(url) as database, database.reading() as connection:
        return revision_of(connection)


def test_every_revision_there_was_is_kept() -> None:
    """Who adds a migration adds what a database of it looked like when it was released."""
    assert [f"{number:04}" for number in range(1, int(REVISION) + 1)] == [
        each.stem for each in RELEASED
    ]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each.stem)
def test_a_released_database_is_upgraded(site: Site, released: Path) -> None:
    """What an older program wrote is read, verified and gone on with."""
    with made(site) as url:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(released.read_text())
        assert (released.stem, REVISION) == upgraded(url)

        with open_database(url) as database:
            assert {()} == {each.problems for each in verify(database)}
            assert examine(database).healthy
            traject = Traject(database, gr_sociaal_domein(), World(people=100), ID)
            traject.note("life goes on", "2022-01-02")
            assert [] == traject.problems


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each.stem)
def test_a_released_database_moves_to_a_server(
    site: Site, template: str, files: Folder, released: Path
) -> None:
    """Upgraded, and copied to where several nodes can use it."""
    with made(files) as url, made(site, template) as there:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(released.read_text())
        upgraded(url)
        with Database(url) as source, Database(there) as target:
            copy(source, target)

            assert {()} == {each.problems for each in verify(target)}


def test_nodes_that_upgrade_at_once(site: Site, programs: Executor) -> None:
    """All of them succeed, and one of them did it."""
    with made(site) as url:
        results = [programs.submit(upgraded, url) for _ in range(NODES)]

        assert [(None, REVISION), *[(REVISION, REVISION)] * (NODES - 1)] == sorted(
            (each.result() for each in results), key=lambda found: str(found[0] or "")
        )
        with Database(url) as database:
            assert examine(database).healthy
            assert 1 == len(rows_of(database)["alembic_version"])


@pytest.mark.only("sqlite")
def test_programs_that_open_a_missing_file_at_once(site: Site, programs: Executor) -> None:
    """The first command of several people makes the file once."""
    with made(site) as url:
        results = [programs.submit(opened_revision, url) for _ in range(NODES)]

        assert [REVISION] * NODES == [each.result() for each in results]
        assert [(REVISION,)] == dump(file_in(url))["alembic_version"]
