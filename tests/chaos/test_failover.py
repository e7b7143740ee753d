"""A primary that is killed again and again while letters go out: each is taken once, none early."""

import asyncio
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.chaos import EVERYTHING, REPEAT
from tests.support.clusters import Pair, a_pair
from tests.support.databases import make_schema
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
from workflow.storage.errors import TemporarilyUnavailable

NAMES = ("node-1.example", "node-2.example")
PROCESSES, KILLS, COMMANDS = 60, 10, 40
SLOWLY = 0.5
"""How many seconds the mail server takes for a letter: they last until the last primary is lost."""
BEFORE = timedelta(seconds=3)
"""How long before nine it begins: half of the letters are for then, half for an hour before."""
LEASE, TIMEOUT = timedelta(seconds=30), timedelta(seconds=10)
PATIENCE = 180.0
"""After how many seconds it should be over."""


@dataclass
class Losing(Weather):
    """A mail server that takes every letter, and the primary is killed before it says so.

    Attributes:
        pair: the servers.
        lost: when the primary was killed, by our clock, and for how long there was none.
    """

    pair: Pair | None = None
    lost: list[float] = field(default_factory=list)
    repairs: list[threading.Thread] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter; with the primary gone, it has to be settled at the next one."""
        await asyncio.sleep(SLOWLY)
        answer = await super().handle_DATA(server, session, envelope)
        ready = not any(each.is_alive() for each in self.repairs)
        if ready and len(self.lost) < KILLS:
            assert self.pair is not None
            self.pair.primary.kill()
            self.lost.append(time.monotonic())
            self.repairs.append(threading.Thread(target=self._repair, args=(self.pair,)))
            self.repairs[-1].start()
        return answer

    def _repair(self, pair: Pair) -> None:
        """Let the standby take over, and give it one."""
        time.sleep(self.dice.uniform(0, 2))
        pair.take_over()
        self.lost[-1] = time.monotonic() - self.lost[-1]
        pair.rejoin()


@pytest.mark.skipif(not EVERYTHING, reason="takes minutes: make chaos")
def test_letters_go_out_once_while_the_primary_is_killed(dice: Random, tmp_path: Path) -> None:
    """Two nodes and a mail server that takes everything; nobody has to help."""
    warm_up()
    with a_pair() as pair:
        make_schema(pair.url)
        begin(pair.url, PROCESSES)
        offset = NINE - BEFORE - datetime.now(UTC)
        mail = Losing(dice=Random(dice.random()), offset=offset, pair=pair)
        with mail_server(mail) as port, Database(pair.url) as database:
            nodes = Nodes(pair.url, port, mail, tmp_path, LEASE, TIMEOUT)
            try:
                nodes.start(*NAMES)
                _go_on(database, mail, dice)
            finally:
                codes = nodes.end()
            now = datetime.now(UTC) + offset
            wrong = list(amiss(database, mail, now))
    taken = Counter(content for _, content in mail.letters)
    told = f"{len(taken)} letters, {len(mail.lost)} primaries lost, none for {mail.lost}; {REPEAT}"
    print(told)  # noqa: T201 - shown with -s: how much was tried
    assert [] == wrong, told
    assert KILLS == len(mail.lost), told
    assert {1} == set(taken.values()), told
    assert [0] * len(NAMES) == codes


def _go_on(database: Database, mail: Losing, dice: Random) -> None:
    """Record decisions meanwhile, until every primary was lost and everything was sent."""
    ends, commands = time.monotonic() + PATIENCE, COMMANDS
    while not (len(mail.lost) == KILLS and not commands and _is_done(database, mail)):
        assert time.monotonic() < ends, f"{mail.lost}, {len(mail.letters)}; again: {REPEAT}"
        time.sleep(dice.uniform(0.1, 0.3))
        if commands:
            commands -= _recorded(database, dice, mail.offset)
    for each in mail.repairs:
        each.join()


def _is_done(database: Database, mail: Losing) -> bool:
    try:
        return is_over(database, max(NINE, datetime.now(UTC) + mail.offset))
    except TemporarilyUnavailable:
        return False


def _recorded(database: Database, dice: Random, offset: timedelta) -> int:
    """Record something; say how many commands that was."""
    try:
        record_something(database, PROCESSES, dice, offset)
    except TemporarilyUnavailable:
        return 0
    return 1
