"""Fixtures: how much chaos, from which seed; databases as the commands want to find them."""

from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import pytest

from tests.support.chaos import ROUNDS, SEED, Tried, tried_by
from tests.support.databases import Folder, Site
from tests.support.faults import BEGUN, make_found


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> Random:
    """Return dice that fall the same way for the same test and the same seed."""
    return Random(f"{SEED}/{request.node.name}")


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Tried:
    """Return what takes note of what this test tries."""
    return tried_by(request.node)


@pytest.fixture(scope="session")
def rounds() -> int:
    """Return how often what chance has a part in is repeated."""
    return ROUNDS


@pytest.fixture(scope="session")
def found(site: Site) -> Iterator[Callable[[str], str]]:
    """Return what makes, once, a database as a command wants to find it; copy that."""
    urls: list[str] = []

    @cache
    def make(finds: str) -> str:
        urls.append(make_found(site, finds))
        return urls[-1]

    yield make
    for url in urls:
        site.drop(url)


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a database that was begun, to copy from."""
    return make_found(Folder(tmp_path_factory.mktemp("source")), BEGUN)
