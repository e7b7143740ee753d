"""Pages that are served: of an empty database, and of one in which much has happened."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.databases import Site, opened, rows_of
from tests.support.definitions import EXAMPLE, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.rich import live_richly
from tests.support.web import Served, Visitor, serving
from workflow.storage.database import Database


@pytest.fixture
def served(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve the pages of an empty database, to whoever starts processes in tests."""
    with opened(files, file_template) as database, serving(database, world) as served:
        yield served


@pytest.fixture
def served_everywhere(database: Database, world: World) -> Iterator[Served]:
    """Serve the pages of an empty database, once for every kind of database."""
    with serving(database, world) as served:
        yield served


@pytest.fixture(scope="session")
def untouched(files: Site, file_template: str) -> Iterator[Served]:
    """Serve the pages of a process that has begun, in a database that no test changes."""
    with _begun(files, file_template) as served:
        yield served


@pytest.fixture(scope="session")
def untouched_everywhere(site: Site, template: str) -> Iterator[Served]:
    """Serve the same, once for every kind of database."""
    with _begun(site, template) as served:
        yield served


@contextmanager
def _begun(site: Site, template: str) -> Iterator[Served]:
    with opened(site, template) as database, serving(database, World()) as served:
        Traject(database, load(EXAMPLE), served.world).start()
        before = rows_of(database)
        yield served
        assert before == rows_of(database)


@pytest.fixture
def visitor(served: Served) -> Visitor:
    """Return somebody who came in."""
    return served.enter()


@pytest.fixture(scope="session")
def rich_file(files: Site, file_template: str) -> Iterator[tuple[str, World]]:
    """Return a database in which everything happened, and the world it was in; copy it."""
    url = files.new(file_template)
    with Database(url) as database:
        desk = live_richly(database)
    yield url, desk.traject.world
    files.drop(url)


@pytest.fixture
def rich(files: Site, rich_file: tuple[str, World]) -> Iterator[Served]:
    """Serve the pages of a process in which everything happened: ``/trajecten/rijk``."""
    url, lived = rich_file
    world = World(lived.now, lived.people)
    with opened(files, url) as database, serving(database, world, SECRETARY) as served:
        yield served
