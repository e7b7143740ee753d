"""A primary that is lost and a standby that takes over: nothing acknowledged is lost, nobody waits.

Every failure is one that passes, and letters that a mail server took are settled.
"""

import io
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cli import run
from definitions.calendar.dates import parse_date
from scheduler.sending import Sender
from terminal.runtime.setup import Setup
from tests.support.clusters import IN_STEP, Cluster, Pair, a_pair
from tests.support.databases import make_schema, on_server
from tests.support.engine import Traject, World
from tests.support.faults import begin as begin_process
from tests.support.faults import traject_in
from tests.support.mailstorm import NINE
from tests.support.mailstorm import begin as begin_reminders
from tests.support.postbox import Postbox, running, sender_on, until
from workflow.model.commands import AddNote
from workflow.storage.database import Database
from workflow.storage.errors import OutcomeUnknown, TemporarilyUnavailable
from workflow.verify import verify

DAY = parse_date("2021-03-01")
NONE_NOW = "has no primary just now."
PROCESS = "gr-sociaal-domein"
HERE = "127.0.0.1"
WRITERS = 4
LETTERS = 5
"""How many are due then: for griffiers of two councils in each process, and for one of all."""


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """Give a primary and a standby, with a process and with reminders that are due."""
    with a_pair() as pair:
        make_schema(pair.url)
        with Database(pair.url) as database:
            begin_process(database)
        begin_reminders(pair.url, 2)
        yield pair


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


def typed(url: str, *line: str) -> Said:
    """Type a command on a database."""
    environment = {"MIJLPAAL_DATABASE_URL": url, "MIJLPAAL_SETTINGS": os.devnull}
    setup = Setup(environment, cache=lambda: Path("/nowhere"), user=lambda: "secretaris")
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = run([*line], setup)
    return Said(code, out.getvalue(), " ".join(err.getvalue().split()))


def note(url: str, said: str) -> Said:
    """Type a note."""
    return typed(url, "note", PROCESS, said, "--on", "2021-03-01")


# --- a standby alone ---------------------------------------------------------------------------


@pytest.mark.parametrize("others", ["", ",127.0.0.1:1"])
def test_a_standby_takes_nothing_that_is_written(pair: Pair, others: str) -> None:
    """Whatever writes ends with 75 and the one sentence, on one server or among several."""
    url = f"postgresql://postgres@{pair.standby.address}{others}/postgres?connect_timeout=2"
    for line in (
        ("note", PROCESS, "x", "--on", "2021-03-01"),
        ("start", PROCESS, "--id", "another"),
        ("member", "reach", "griffier D", "--address", "d@example.example"),
        ("remind", "run-due"),
    ):
        said = typed(url, *line)
        assert (75, "") == (said.code, said.out), said
        assert NONE_NOW in said.err
        assert "If it stays: the URL (--db) has to lead to a server that takes" in said.err


def test_what_is_read_from_a_standby_says_as_of_when(pair: Pair) -> None:
    """On standard error, and beside the answer in JSON; from the primary nothing is said."""
    for line in ("status", "history", "verify", "member list", "definitions graph --process"):
        words = (*line.split(), PROCESS)
        here, there = (typed(each.url, *words) for each in (pair.primary, pair.standby))
        assert (0, "", 0) == (here.code, here.err, there.code)
        assert here.out == there.out
        assert there.err.startswith("Read from a standby, which has what was committed until ")
        assert there.err.endswith(" Later entries are not in this answer.")
    answer = json.loads(typed(pair.standby.url, "status", PROCESS, "--json").out)
    assert ["schema", "data", "standby"] == [*answer]
    until = datetime.fromisoformat(answer["standby"]["until"])
    assert timedelta(0) < datetime.now(UTC) - until < timedelta(hours=1)
    answer = json.loads(typed(pair.primary.url, "status", PROCESS, "--json").out)
    assert ["schema", "data"] == [*answer]


def test_doctor_knows_a_primary_from_a_standby(pair: Pair) -> None:
    """How far a standby has come; and whether what is acknowledged can be lost."""
    said = typed(pair.standby.url, "db", "check")
    assert 0 == said.code
    assert "[NOTE] server: standby (it takes nothing that is written; the last commit" in said.out
    said = typed(pair.url, "db", "check")
    assert 0 == said.code
    assert "[ok] server: primary\n[ok] standbys that confirm a commit: *\n" in said.out


@pytest.mark.parametrize(
    ("role", "settings", "found"),
    [
        ("a", "synchronous_commit = local", "[ok] {}: synchronous_commit=local (a commit waits"),
        ("b", "synchronous_commit = remote_apply", "[ok] {}: *"),
    ],
)
def test_a_role_whose_commits_wait_for_nobody(
    pair: Pair, role: str, settings: str, found: str
) -> None:
    """The setting that holds is that of whoever asks."""
    on_server(
        f"CREATE ROLE {role} LOGIN SUPERUSER",
        f"ALTER ROLE {role} SET {settings}",
        url=pair.primary.url,
    )
    said = typed(pair.url.replace("postgres@", f"{role}@"), "db", "check")
    assert found.format("standbys that confirm a commit") in said.out


def test_doctor_says_that_no_standby_is_there_that_confirms(pair: Pair) -> None:
    """To a role that may see it: whatever writes would hang."""
    made = ("CREATE ROLE plain LOGIN", "CREATE ROLE sees LOGIN", "GRANT pg_read_all_stats TO sees")
    on_server(*made, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain, sees", url=here(pair))
    on_server(*OTHER_STANDBY, url=here(pair))
    try:
        assert until(lambda: [("else",)] == asked(pair.primary, "SHOW synchronous_standby_names"))
        said = [typed(pair.url.replace("postgres@", f"{who}@"), "db", "check") for who in WHO]
    finally:
        on_server(*IN_STEP, url=here(pair))
    assert [0, 1] == [each.code for each in said]
    assert "[ok] standbys that confirm a commit: else\n" in said[0].out
    assert "[WRONG] standbys that confirm a commit: else (none of them is there" in said[1].out


OTHER_STANDBY = ("ALTER SYSTEM SET synchronous_standby_names = 'else'", "SELECT pg_reload_conf()")
WHO = ("plain", "sees")


def here(pair: Pair) -> str:
    """Return the URL of the primary alone, as a driver reads it."""
    return pair.primary.url


# --- a commit that no standby confirms ---------------------------------------------------------


def test_a_commit_that_no_standby_confirms_is_not_acknowledged(pair: Pair) -> None:
    """Who cancels the wait makes the outcome unknown; with the same key it is one entry."""
    with (
        stopped(receiver_of(pair.standby)),
        Database(pair.url) as database,
        ThreadPoolExecutor(1) as pool,
    ):
        writing = pool.submit(traject_in(database).do, AddNote("x", DAY, "a source"), key="cut")
        assert until(lambda: bool(asked(pair.primary, WAITING)))
        asked(pair.primary, f"SELECT pg_cancel_backend(pid) FROM ({WAITING}) AS waiting")
        with pytest.raises(OutcomeUnknown, match="did not confirm what was written: cancel") as it:
            writing.result(20)
    assert "With the same key" in str(it.value.advice)

    with Database(pair.url) as database:
        again = traject_in(database)
        assert 1 == again.do(AddNote("x", DAY, "a source"), key="cut").repeated
        assert 1 == sum(each.key == "cut" for each in again.journal)


WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
"""Who waits for a standby: somebody may see that it hangs, and cancel it."""


def receiver_of(standby: Cluster) -> int:
    """Return the program that receives what a standby is sent."""
    ((pid,),) = asked(standby, "SELECT pid FROM pg_stat_wal_receiver")
    return int(pid)


def asked(server: Cluster, query: str) -> list[Any]:
    """Return what a server answers."""
    with psycopg.connect(server.url) as connection:
        return connection.execute(query.encode()).fetchall()


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """Stop a program, and let it go on."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


# --- a network that is cut ---------------------------------------------------------------------


@dataclass
class Wire:
    """A proxy between us and a server: it hands on what it gets, until it is cut or hung up."""

    to: int
    cut: threading.Event = field(default_factory=threading.Event)
    ends: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.door = socket.create_server((HERE, 0))
        self.threads: list[threading.Thread] = []
        self._begin(self._open)

    def _begin(self, what: Callable[..., None], *ends: socket.socket) -> None:
        self.threads.append(threading.Thread(target=what, args=ends))
        self.threads[-1].start()

    def _open(self) -> None:
        while True:
            try:
                here = self.door.accept()[0]
                there = socket.create_connection((HERE, self.to))
            except OSError:
                return
            self.ends += [here, there]
            for pair in ((here, there), (there, here)):
                self._begin(self._hand_on, *pair)

    def _hand_on(self, one: socket.socket, other: socket.socket) -> None:
        while True:
            try:
                said = one.recv(65536)
                if not self.cut.is_set():
                    other.sendall(said)
            except OSError:
                return
            if not said:
                return

    def hang_up(self) -> None:
        """Close everything, as a proxy does that finds its server gone."""
        self.door.shutdown(socket.SHUT_RDWR)
        for each in self.ends:
            each.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(10)
        for each in (self.door, *self.ends):
            each.close()


def test_a_cut_is_noticed_by_the_system(pair: Pair) -> None:
    """What tells a cut from a long wait reaches the socket itself: seconds, not hours."""
    with Database(pair.url) as database, database.reading() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        with socket.socket(fileno=os.dup(driver.fileno())) as wire:
            options = ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
            set_so = [wire.getsockopt(socket.IPPROTO_TCP, getattr(socket, o)) for o in options]
    assert [5, 2, 3, 10_000] == set_so


def test_a_way_in_that_hangs_up_is_a_primary_that_is_gone(pair: Pair) -> None:
    """As a proxy with health checks does: whoever waits hears it at once, and it passes."""
    wire = Wire(pair.primary.port)
    url = f"postgresql://postgres@127.0.0.1:{wire.door.getsockname()[1]}/postgres"
    with Database(url) as database, ThreadPoolExecutor(1) as pool:
        traject = traject_in(database)
        traject.do(AddNote("before", DAY, "a source"), key="wire-1")
        wire.cut.set()
        waiting = pool.submit(traject.do, AddNote("after", DAY, "a source"), key="wire-2")
        time.sleep(0.05)
        wire.hang_up()
        began = time.monotonic()
        with pytest.raises(TemporarilyUnavailable, match=NONE_NOW):
            waiting.result(20)
    assert time.monotonic() - began < 5
    said = note(url, "x")
    assert 75 == said.code
    assert NONE_NOW in said.err


# --- a primary that is killed ------------------------------------------------------------------


@dataclass
class Load:
    """Writers that go on whatever happens; half of their notes are given again where unsure."""

    url: str
    over: threading.Event = field(default_factory=threading.Event)
    there: set[str] = field(default_factory=set)
    not_there: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def write(self, writer: int) -> None:
        """Write one note after the other, each under a key of its own."""
        number = 0
        with Database(self.url) as database:
            traject = traject_in(database)
            while not self.over.is_set():
                number += 1
                self._note(traject, f"{writer}/{number}")

    def _note(self, traject: Traject, key: str) -> None:
        try:
            traject.do(AddNote(key, DAY, "a source"), key=key)
        except OutcomeUnknown:
            self.unknown.add(key)
        except TemporarilyUnavailable:
            self.not_there.add(key)
            time.sleep(0.02)
        else:
            self.there.add(key)

    def goes_on(self) -> bool:
        """Wait until more was acknowledged."""
        enough = len(self.there) + 5
        return until(lambda: len(self.there) >= enough, 30)


@contextmanager
def under_load(url: str) -> Iterator[Load]:
    """Have others write meanwhile; nothing but what passes may happen to them."""
    load = Load(url)
    with ThreadPoolExecutor(WRITERS) as pool:
        writers: list[Future[None]] = [pool.submit(load.write, each) for each in range(WRITERS)]
        try:
            yield load
        finally:
            load.over.set()
    for each in writers:
        each.result()


def test_a_primary_that_is_killed_under_load(pair: Pair) -> None:
    """What was acknowledged is there once, what was refused is not; then all goes on."""
    with under_load(pair.url) as load:
        assert load.goes_on()
        pair.primary.kill()
        said = note(pair.url, "meanwhile")
        assert (75, "") == (said.code, said.out)
        assert NONE_NOW in said.err
        pair.take_over()
        assert load.goes_on()

    with Database(pair.url) as database:
        keys = [each.key for each in traject_in(database).journal if "/" in (each.key or "")]
        problems = [str(each) for verdict in verify(database) for each in verdict.problems]
    assert len(keys) == len(set(keys))
    assert set() == load.there - set(keys)
    assert set() == load.not_there & set(keys)
    assert load.not_there | load.unknown
    assert [] == problems
    assert 0 == note(pair.url, "afterwards").code


# --- letters -----------------------------------------------------------------------------------


@dataclass
class Failing(Postbox):
    """A box that takes a letter, and meanwhile the primary is lost."""

    lose: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.before = self._lose_once

    def _lose_once(self, _: str) -> None:
        lose, self.lose = self.lose, lambda: None
        lose()


def test_a_letter_that_was_taken_while_the_primary_was_lost_is_settled(pair: Pair) -> None:
    """The node waits until there is a primary again, goes on by itself, and sends nothing twice."""
    if not pair.standby.is_running:
        pair.rejoin()
    box = Failing(lose=pair.primary.kill)
    world = World(now=NINE + timedelta(minutes=1))
    waited: list[float] = []

    def takes_over(seconds: float) -> None:
        if not waited:
            pair.take_over()
        waited.append(seconds)

    with Database(pair.url) as database:
        sender: Sender = sender_on(database, world, box, pause=takes_over)
        with running(sender):
            assert until(lambda: sender.tally.sent == LETTERS and bool(waited))
        assert waited
        assert 0 == sender.tally.lost
        assert LETTERS == len(set(box.letters)) == len(box.letters) == sender.tally.sent
        world.now += timedelta(days=1)
        assert [] == sender.outbox.claim("another", world.now).messages
