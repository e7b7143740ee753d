"""Fixtures: an outbox of a process that asks three councils."""

import pytest

from tests.support.definitions import example, load
from tests.support.engine import Traject, World
from tests.support.outbox import FIRST, Desk, seat
from workflow.storage.database import Database


@pytest.fixture
def desk(database: Database, world: World) -> Desk:
    """Start a process of three councils; the griffiers of oost and west have an address."""
    world.it_is("2021-01-04")
    traject = Traject(database, load(example()), world)
    traject.start()
    seat(traject, "griffier@oost", "de griffier van oost", "oost@example.example")
    seat(traject, "griffier@west", "de griffier van west", "west@example.example")
    seat(traject, "griffier@zuid", "de griffier van zuid", "zuid@example.example")
    world.it_is(FIRST)
    return Desk(traject)
