"""The simulation of the nodes that send reminders, with many seeds."""

from tests.support.chaos import EVERYTHING, SEED
from tests.support.databases import POSTGRESQL, Site, opened
from tests.support.simulation import Simulation


def test_what_was_promised_is_true(site: Site, template: str, rounds: int) -> None:
    """However nodes, clocks, servers and databases fail; the seed of a failure stands in it."""
    each = 3 if site.kind == POSTGRESQL else 12
    first = SEED * 1000
    for seed in range(first, first + (rounds * each if EVERYTHING else 1)):
        with opened(site, template) as database:
            Simulation(database, seed).run()
