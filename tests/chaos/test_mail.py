"""Reminders in bad weather: real programs, a real mail server, kill -9; everybody is told."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.support.chaos import EVERYTHING, REPEAT
from tests.support.databases import Site, made
from tests.support.mailserver import mail_server
from tests.support.mailstorm import (
    NINE,
    Nodes,
    Weather,
    amiss,
    begin,
    is_over,
    record_something,
    warm_up,
)
from workflow.storage.database import Database

NAMES = ("node-1.example", "node-2.example", "node-3.example")
PROCESSES, FAULTS, KILLS, COMMANDS = (12, 200, 20, 20) if EVERYTHING else (6, 30, 3, 6)
BEFORE = timedelta(seconds=1.5)
"""How long before nine it begins."""
PATIENCE = 90.0
"""After how many seconds it should be over; mostly it is in a tenth of that."""


def test_everybody_is_told_in_bad_weather(
    site: Site, template: str, dice: Random, rounds: int, tmp_path: Path
) -> None:
    """Each in time and once, but for copies of the same bytes that any mail program shows as one.

    Nodes are killed, the server fails three times in ten, and meanwhile decisions are recorded and
    dates moved.
    """
    with made(site, template) as begun:
        begin(begun, PROCESSES)
        warm_up()
        for number in range(rounds):
            folder = tmp_path / str(number)
            folder.mkdir()
            with made(site, begun) as url, Database(url) as database:
                _storm(database, url, Random(dice.random()), folder)


def _storm(database: Database, url: str, dice: Random, folder: Path) -> None:
    offset = NINE - BEFORE - datetime.now(UTC)
    weather = Weather(dice=Random(dice.random()), offset=offset, faults=FAULTS, kills=KILLS)
    with mail_server(weather) as port:
        nodes = Nodes(url, port, weather, folder)
        try:
            nodes.start(*NAMES)
            _rage(database, nodes, dice)
        finally:
            codes = nodes.end()
    now = datetime.now(UTC) + offset
    assert [] == list(amiss(database, weather, now)), f"{weather.fates}; again: {REPEAT}"
    assert [0] * len(NAMES) == codes
    assert weather.fates["killed"]
    assert now > NINE


def _rage(database: Database, nodes: Nodes, dice: Random) -> None:
    """Let everything happen, until nothing is left to be sent."""
    offset, commands, kills = nodes.weather.offset, COMMANDS, KILLS
    ends = time.monotonic() + PATIENCE
    while commands or not is_over(database, max(NINE, datetime.now(UTC) + offset)):
        assert time.monotonic() < ends, f"{nodes.weather.fates}; again: {REPEAT}"
        time.sleep(dice.uniform(0.05, 0.2))
        nodes.start_again()
        if commands and dice.random() < 0.5:
            commands -= 1
            record_something(database, PROCESSES, dice, offset)
        if kills and dice.random() < 0.2:
            kills -= 1
            nodes.kill(dice.choice(NAMES))
