"""Pages that are served: of an empty database, and of one in which much has happened."""

from collections.abc import Iterator

import pytest

from tests.support.databases import Site, opened
from tests.support.engine import SECRETARY, World
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
