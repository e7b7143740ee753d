"""Fixtures: an empty SQLite file to copy, and the shipped process in a database of its own."""

from pathlib import Path

import pytest

from tests.support.databases import make_template
from tests.support.definitions import load
from tests.support.engine import ANSWERS, Traject, World, gr_sociaal_domein
from workflow.storage.database import Database


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with the schema and nothing in it; copy it."""
    return make_template(tmp_path_factory.mktemp("template") / "empty.db")


@pytest.fixture
def gr(database: Database, world: World) -> Traject:
    """Start the shipped process."""
    traject = Traject(database, gr_sociaal_domein(), world, id="gr-sociaal-domein")
    traject.start()
    return traject


@pytest.fixture
def asked(database: Database, world: World) -> Traject:
    """Start a process of questions and answers, and put its first question."""
    traject = Traject(database, load(ANSWERS), world)
    traject.start()
    traject.part("stuk/kern", "volledig", "2021-01-05")
    traject.advance("vraag", "2021-01-10")
    return traject
