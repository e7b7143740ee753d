"""Nodes that send reminders while everything fails: the mail server, and they themselves.

Each node is ``remind run`` in a program of its own, as somebody would start it, but with shorter
times than settings allow and on a clock that is so far from ours as the test wants.
"""

import asyncio
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import cache, partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select
from sqlalchemy import text as sql

import cli
from definitions.calendar.dates import parse_date
from definitions.model import Definition
from scheduler import service
from scheduler.mail import smtp
from scheduler.settings import Settings, read_settings
from terminal.handlers import mailing, remind
from terminal.runtime.setup import Setup
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.faults import CONTEXT
from tests.support.mailserver import HOST, OK, Mailroom, hang_up
from tests.support.postbox import until
from workflow.engine import Seating
from workflow.model.commands import Command, Record, Replan
from workflow.model.person import Called
from workflow.model.reminders import Delivery, Letter, Standing, Written
from workflow.rules.refusals import Refused
from workflow.storage import reminders, tables
from workflow.storage.database import Database
from workflow.storage.messages import Message
from workflow.storage.reminders import Row
from workflow.verify import verify

DAY = "2021-09-16"
"""The day of the first rung: two weeks before the last working day of September."""
NINE = datetime(2021, 9, 16, 7, tzinfo=UTC)
"""The instant of most of them; of others an hour before."""
BODIES = ("oost", "west", "zuid")
HEADER = "X-Reminders"
"""Where a letter says which reminders it brings."""
BUSY = "451 busy, try later"
SLOW = 0.25
"""For how many seconds the server keeps quiet: longer than a node waits."""
LEASE, TIMEOUT, POLL = timedelta(seconds=2), timedelta(seconds=0.2), timedelta(seconds=0.5)
PAUSES = tuple(timedelta(seconds=each) for each in (0.05, 0.1, 0.2))


# --- what is to be sent ------------------------------------------------------------------------


def begin(url: str, processes: int) -> None:
    """Start processes of three councils; the griffiers of two are their own, one has all."""
    with Database(url) as database:
        for number in range(processes):
            _begin(traject(database, number, World(people=100 * number)))


def traject(database: Database, number: int, world: World) -> Traject:
    """Return one of the processes."""
    return Traject(database, _definition(early=number % 2 == 0), world, f"traject-{number}")


@cache
def _definition(*, early: bool) -> Definition:
    """Return a definition that reminds at nine, or an hour earlier."""
    if not early:
        return load(example())
    zone = "timezone: Europe/Amsterdam"
    return load(example(("id: example", "id: early"), (zone, f"{zone}\nremind_at: '08:00'")))


def _begin(traject: Traject) -> None:
    traject.world.it_is("2021-01-04")
    traject.start()
    for place in BODIES:
        whose = "regio" if place == "west" else f"{place}-{traject.id}"
        seating = Seating(
            f"griffier@{place}",
            Called(f"griffier {whose}"),
            Called(SECRETARY),
            address=f"{whose}@example.example",
        )
        traject.engine.give_seat(traject.id, seating)
    traject.world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")


@dataclass
class Shifted(World):
    """A world in which time passes as in ours, some time ago."""

    offset: timedelta = timedelta(0)

    def clock(self) -> datetime:
        """Return the present there."""
        return datetime.now(UTC) + self.offset


def record_something(database: Database, processes: int, dice: Random, offset: timedelta) -> bool:
    """Record a decision or another date, in one of the processes; say whether it was."""
    chosen = traject(database, dice.randrange(processes), Shifted(offset=offset))
    try:
        chosen.do(_anything(dice))
    except Refused:
        return False  # it was decided already, or has that date
    return True


def _anything(dice: Random) -> Command:
    if dice.random() < 0.6:
        return Record(
            "voorstel", f"{dice.choice(BODIES)}.raad", "voor", parse_date(DAY), reference="x"
        )
    day = parse_date(dice.choice(("2021-09-21", "2021-09-30", "2021-10")))
    return Replan("voorstel/raden", day, "it was late", parse_date(DAY))


# --- a mail server in bad weather --------------------------------------------------------------


@dataclass
class Weather(Mailroom):
    """A server that fails three times in ten, in every way that may pass.

    Attributes:
        dice: when, and how.
        offset: how far the clock of the nodes is from ours.
        arrivals: when each letter was taken, by that clock.
        nodes: the programs, by the name under which they come.
        kills: how many of them may still be killed while they talk to it.
        dying: those that were killed and not started again.
        faults: how often it may still fail; after that, everything works.
    """

    dice: Random = field(default_factory=Random)
    offset: timedelta = timedelta(0)
    arrivals: list[datetime] = field(default_factory=list)
    nodes: dict[str, ForkServerProcess] = field(default_factory=dict)
    kills: int = 0
    dying: set[str] = field(default_factory=set)
    fates: Counter[str] = field(default_factory=Counter)
    faults: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        """Let a node in, or not."""
        session.host_name = name
        return [BUSY] if await self._fails(server, session) else answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        """Take who sends, or not."""
        if await self._fails(server, session):
            return BUSY
        return await super().handle_MAIL(server, session, envelope, sender, options)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        """Take whom it is for, or not."""
        if await self._fails(server, session):
            return BUSY
        return await super().handle_RCPT(server, session, envelope, to, options)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or not; and say so, or not."""
        if await self._fails(server, session):
            return BUSY
        self.letters += [(to, envelope.original_content or b"") for to in envelope.rcpt_tos]
        self.arrivals.append(datetime.now(UTC) + self.offset)
        await self._fails(server, session)
        return OK

    async def _fails(self, server: SMTP, session: Session) -> bool:
        """Do something bad three times in ten; say whether the answer is that it is busy."""
        if self.kills and self.dice.random() < 0.06:
            self.kills -= 1
            self.kill(str(session.host_name))
            return False
        fails = self.faults > 0 and self.dice.random() < 0.3
        fate = self.dice.choice(("busy", "gone", "slow")) if fails else "fine"
        self.faults -= fails
        self.fates[fate] += 1
        if fate == "gone":
            hang_up(server)
        if fate == "slow":
            await asyncio.sleep(SLOW)
        return fate == "busy"

    def kill(self, name: str) -> None:
        """Kill a node, whatever it is doing."""
        self.fates["killed"] += 1
        self.dying.add(name)
        self.nodes[name].kill()


# --- nodes -------------------------------------------------------------------------------------


@dataclass
class Nodes:
    """Programs that send, on one database and to one server.

    Attributes:
        port: of the server.
        folder: where each leaves what it said.
        lease: for how long a letter is one node's.
        timeout: for how long a node waits for the server.
    """

    url: str
    port: int
    weather: Weather
    folder: Path
    lease: timedelta = LEASE
    timeout: timedelta = TIMEOUT

    def start(self, *names: str) -> None:
        """Start some of them."""
        for name in names:
            self._log(name).unlink(missing_ok=True)
            times = (self.weather.offset, self.lease, self.timeout)
            told = (name, *times, str(self._log(name)))
            asked = (self.url, self.port, *told)
            self.weather.nodes[name] = CONTEXT.Process(target=_send_reminders, args=asked)
            self.weather.nodes[name].start()

    def kill(self, name: str) -> None:
        """Kill one of them, whatever it is doing."""
        self.weather.kill(name)

    def start_again(self) -> None:
        """Start those again that were killed; nothing else may have ended them."""
        for name, node in self.weather.nodes.items():
            if node.exitcode is not None:
                assert -signal.SIGKILL == node.exitcode, self.said(name)
                node.close()
                self.weather.dying.discard(name)
                self.start(name)

    def end(self) -> list[int | None]:
        """Tell all of them to end once they have begun, and return how they did."""
        self.weather.kills = 0
        # One that was killed a moment ago may not be dead yet: only then is it started again.
        for name in tuple(self.weather.dying):
            self.weather.nodes[name].join(10)
        self.start_again()
        assert until(lambda: all("Ctrl-C" in self.said(name) for name in self.weather.nodes))
        for node in self.weather.nodes.values():
            node.terminate()
        for node in self.weather.nodes.values():
            node.join(10)
        codes = [node.exitcode for node in self.weather.nodes.values()]
        for node in self.weather.nodes.values():
            node.kill()
            node.join()
            node.close()
        return codes

    def said(self, name: str) -> str:
        """Return the output of one of them since its last start."""
        return self._log(name).read_text("utf-8") if self._log(name).exists() else ""

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def warm_up() -> None:
    """Wait until the fork server has loaded what nodes need, and starts them at once."""
    program = CONTEXT.Process(target=int)
    program.start()
    program.join()
    program.close()


def _send_reminders(
    url: str,
    port: int,
    name: str,
    offset: timedelta,
    lease: timedelta,
    timeout: timedelta,
    said: str,
) -> None:
    """Be ``mijlpaal remind run``."""
    log = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for each in (1, 2):
        os.dup2(log, each)
    patch, own = pytest.MonkeyPatch(), mailing.writer_of
    hasty = partial(_hasty_settings, lease=lease, timeout=timeout)
    patch.setattr(remind, "settings_of", hasty)
    patch.setattr(remind, "writer_of", lambda settings: _Listing(own(settings)))
    patch.setattr(smtp, "PATIENCE", timeout.total_seconds() / 2)
    patch.setattr(service, "AT_ONCE", 3)
    environment = {
        "MIJLPAAL_DATABASE_URL": url,
        "MIJLPAAL_MAIL_HOST": HOST,
        "MIJLPAAL_MAIL_PORT": str(port),
        "MIJLPAAL_MAIL_SENDER": "griffie@drechtsteden.example",
        "MIJLPAAL_MAIL_DOMAIN": name,
        "MIJLPAAL_SETTINGS": os.devnull,
    }
    world = Shifted(offset=offset)
    sys.exit(cli.run(["remind", "run"], Setup(environment, world.clock)))


def _hasty_settings(setup: Setup, lease: timedelta, timeout: timedelta) -> Settings:
    """Return settings with shorter times than they allow, in the same proportion."""
    settings = read_settings(setup.environment, Path(setup.environment["MIJLPAAL_SETTINGS"]))
    mail = settings.mail.model_copy(update={"timeout": timeout})
    hasty = {"poll": POLL, "lease": lease, "retry": PAUSES}
    asked = settings.reminders.model_copy(update=hasty)
    return settings.model_copy(update={"mail": mail, "reminders": asked})


@dataclass(frozen=True)
class _Listing:
    """Writes letters that say, where no reader looks, which reminders they bring."""

    write: Any

    def __call__(self, letter: Letter) -> Written:
        written: Written = self.write(letter)
        keys = "; ".join(
            f"{each.process} {each.due} {each.subject} {each.rung} {each.deadline}"
            for each in letter.items
        )
        return replace(written, content=f"{HEADER}: {keys}\r\n".encode() + written.content)

    def rest(self) -> None:
        """Release resources."""
        self.write.rest()


# --- what became of it -------------------------------------------------------------------------


def is_over(database: Database, now: datetime) -> bool:
    """Return whether every due reminder was sent, or is no longer needed."""
    rows, messages = _tables(database)
    waiting = any(each.status is Delivery.WAITING for each in messages)
    return not waiting and not any(_is_late(row, now) for row in rows)


def amiss(database: Database, weather: Weather, now: datetime) -> Iterator[str]:
    """Yield everything that is not as it was promised."""
    rows, messages = _tables(database)
    by_id = {each.id: each for each in messages}
    taken = defaultdict(list)
    for at, (to, content) in zip(weather.arrivals, weather.letters, strict=True):
        taken[_header(content, "Message-ID")].append((at, to, content))
    yield from (f"was not sent: {row}" for row in rows if _is_late(row, now))
    yield from (f"not delivered: {row}" for row in rows if row.status is Standing.UNDELIVERED)
    for row in rows:
        if row.status is Standing.SENT:
            yield from _not_told(row, by_id[str(row.message)], taken)
    yield from _other_bytes({each.message_id: each for each in messages}, taken)
    yield from _twice(taken)
    for verdict in verify(database):
        yield from (str(each) for each in verdict.problems)


def _tables(database: Database) -> tuple[list[Row], list[Message]]:
    with database.reading() as connection:
        processes = connection.execute(sql("SELECT id FROM processes ORDER BY id")).scalars().all()
        rows = [row for each in processes for row in reminders.rows_of(connection, each)]
        columns = [tables.messages.c[each.name] for each in fields(Message)]
        messages = [Message(*each) for each in connection.execute(select(*columns))]
    return rows, messages


def _is_late(row: Row, now: datetime) -> bool:
    return row.status is Standing.PLANNED and row.at <= now


def _header(content: bytes, name: str) -> str:
    return "".join(str(message_from_bytes(content)[name]).splitlines())


def _not_told(row: Row, message: Message, taken: dict[str, Any]) -> Iterator[str]:
    """Yield the reminders marked as sent that the server did not accept, or too early."""
    found = taken.get(message.message_id, [])
    key = f"{row.process} {row.due} {row.subject} {row.rung} {row.deadline}"
    if not any(key in _header(content, HEADER) for _, _, content in found):
        yield f"was not taken: {row}"
    if any(at < row.at for at, _, _ in found):
        yield f"too early: {row}"


def _other_bytes(messages: dict[str, Message], taken: dict[str, Any]) -> Iterator[str]:
    """Yield letters that came in other bytes, with another date, or for somebody else."""
    for id, copies in taken.items():
        message = messages.get(id)
        if message is None or any(
            (to, content) != (message.address, message.content) for _, to, content in copies
        ):
            yield f"not what was written: {id}"
        if len({_header(content, "Date") for _, _, content in copies}) != 1:
            yield f"several dates: {id}"


def _twice(taken: dict[str, Any]) -> Iterator[str]:
    """Yield reminders that a recipient got in two different messages.

    A reminder that was cancelled, and planned again before its moment, is another one.
    """
    told = defaultdict(set)
    for id, copies in taken.items():
        _, to, content = copies[0]
        for key in _header(content, HEADER).split("; "):
            told[to, key.strip()].add(id)
    yield from (f"told twice: {each} {ids}" for each, ids in told.items() if len(ids) > 1)
