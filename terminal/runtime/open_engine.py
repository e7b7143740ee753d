"""Opening the engine, for commands that write."""

from collections.abc import Iterator
from contextlib import contextmanager

from definitions.compiled_cache import Kept
from terminal.runtime.open_database import open_named
from terminal.runtime.open_prover import prover_of
from terminal.runtime.setup import Setup
from workflow.engine import Engine, Environment


@contextmanager
def engine_of(setup: Setup, url: str | None = None, *, make: bool = False) -> Iterator[Engine]:
    """Open the engine on the database, and close it again.

    Args:
        setup: what names the database.
        url: another database than the one that is meant.
        make: a file that is not there is made, though it was named.
    """
    with open_named(setup, url, make=make) as database:
        environment = Environment(setup.clock, setup.new_id, setup.user())
        yield Engine(database, environment, Kept(setup.cache()), prover_of(setup))
