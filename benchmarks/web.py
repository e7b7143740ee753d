"""What a page in a browser takes: the program in a process of its own, asked over the wire.

The processor time is that of the program alone: what it had used before is taken off.
"""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import repeat
from pathlib import Path
from statistics import median

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.measuring import (
    MILLISECONDS,
    Figure,
    Spent,
    Times,
    compared,
    in_turns,
    memory_of,
    taking,
)
from benchmarks.overview import filled
from benchmarks.processes import ACTOR, DEFINITION, NOW, TODAY, opened, replayed
from benchmarks.servers import databases, is_there
from definitions.language.values import replace
from scheduler.settings import Settings
from web import running
from web.app import application
from web.desk import World, desk_of
from web.guard import Session
from workflow.database_queries import DatabaseQueries
from workflow.model.commands import AddNote
from workflow.model.commands import Request as Command
from workflow.model.person import Called
from workflow.status_queries import status_of
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

ROUNDS, ASKED = 5, 60
PAGES = 400
AT_ONCE, WRITERS, BESIDE = 8, 2, 5.0
NULL, REMEMBERED, COLD, OF_MANY = 2.0, 1.5, 2.0, 100.0
START, MEMORY = 1_500.0, 150.0
"""Milliseconds and megabytes that the program may take to start, and have."""
TICK = os.sysconf("SC_CLK_TCK")
LINK = re.compile(r"http://localhost:(\d+)(/start/\S+)")
NULL_ROUTE = "/static/theme.css"
PROGRAM = "import sys; from benchmarks.web import child; child(*sys.argv[1:])"


@dataclass(frozen=True, slots=True)
class Served:
    """A program that serves pages, and the cookie of whoever came in."""

    process: "subprocess.Popen[str]"
    port: int
    cookie: str

    def ask(self, path: str, connection: HTTPConnection) -> None:
        """Ask for a page, and see that it came."""
        connection.request("GET", path, headers={"host": self.host, "cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status in {200, 303}, (path, answer.status)

    @property
    def host(self) -> str:
        """The host and port of the server, as the ``Host`` header has them."""
        return f"localhost:{self.port}"

    def line(self) -> HTTPConnection:
        """Return a connection to it."""
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    @property
    def used(self) -> float:
        """How many seconds of processor it used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    @property
    def memory(self) -> float:
        """How many megabytes it had at most."""
        return memory_of(self.process.pid)


def measure(folder: Path) -> Iterator[Figure]:
    """Measure the guard, pages that are remembered or not, many at once, and the start."""
    file = folder / "web.sqlite3"
    replayed(file)
    with served("framework", "") as plain, served("pages", str(file)) as ours:
        yield from _null(plain, ours)
        yield from _one(ours, file)
    yield from _many(folder)
    yield from _start(file)
    yield from _beside(str(file), "SQLite")
    if is_there():
        with databases(1) as (url,):
            with Database(url) as database:
                upgrade(database)
            filled(url, 2)
            yield from _beside(url, "PostgreSQL")


def _null(plain: Served, ours: Served) -> Iterator[Figure]:
    """Measure a route that does nothing, in the framework alone and behind our guard."""
    actions = {"plain": _times(plain, ["/"]), "ours": _times(ours, [NULL_ROUTE])}
    times = _in_turns({"plain": plain, "ours": ours}, actions)
    yield compared(
        "null route, behind the guard",
        times["ours"],
        times["plain"],
        cpu_bound=NULL,
        beside="the framework by itself",
    )


def _one(ours: Served, file: Path) -> Iterator[Figure]:
    """Measure the page of a process: remembered, and made anew beside what it rests on."""
    path = f"/trajecten/{DEFINITION}"
    names = {"remembered": [path], "cold": [f"{path}?nr={number}" for number in range(9_999)]}
    actions = {name: _times(ours, paths) for name, paths in names.items()}
    times = _in_turns(dict.fromkeys(actions, ours), actions)
    yield taking("a page, remembered", times["remembered"], cpu_bound=REMEMBERED)
    yield taking("a page, made anew", times["cold"])
    with opened(file) as engine:
        queries = DatabaseQueries(engine.database, lambda: NOW)
        read = in_turns({"read": lambda: status_of(queries, DEFINITION)}, ASKED)["read"]
    more = (times["cold"].median.cpu - read.median.cpu) * 1000
    remark = f"its read model takes {read.median.cpu * 1000:.2f} ms of processor"
    yield Figure("a page made anew, beyond its read model", more, MILLISECONDS, COLD, remark)


def _many(folder: Path) -> Iterator[Figure]:
    url = str(folder / "many.sqlite3")
    filled(url, PAGES)
    with served("pages", url) as ours:
        times = _in_turns({"list": ours}, {"list": _times(ours, ["/trajecten"], 5)}, 5)
        yield taking("a page of 50 of 400 processes", times["list"], cpu_bound=OF_MANY)


def _start(file: Path) -> Iterator[Figure]:
    """Measure from the command to the first page, and how much memory the program has then."""
    begun: list[float] = []
    memory = 0.0
    for _ in range(ROUNDS):
        at = time.perf_counter()
        with served("program", str(file)) as ours:
            begun.append((time.perf_counter() - at) * 1000)
            with closing(ours.line()) as line:
                for path in ("/", "/trajecten", f"/trajecten/{DEFINITION}"):
                    ours.ask(path, line)
            memory = max(memory, ours.memory)
    yield Figure("start of the program, to its link", median(begun), MILLISECONDS, START)
    yield Figure("memory of the program", memory, "MB", MEMORY)


def _beside(url: str, database: str) -> Iterator[Figure]:
    """Measure how long eight readers wait at most but for one in a hundred, beside two writers."""
    path = "/trajecten" if database == "PostgreSQL" else f"/trajecten/{DEFINITION}"
    process = "story" if database == "PostgreSQL" else DEFINITION
    path = f"/trajecten/{process}"
    ends = time.monotonic() + BESIDE
    waited: list[float] = []
    written: list[int] = []

    def read(ours: Served) -> None:
        with closing(ours.line()) as line:
            while time.monotonic() < ends:
                begun = time.perf_counter()
                ours.ask(path, line)
                waited.append((time.perf_counter() - begun) * 1000)

    def write() -> None:
        with opened(url) as engine:
            while time.monotonic() < ends:
                note = AddNote("x", TODAY, "x")
                engine.execute(process, [Command(note, Called(ACTOR))])
                written.append(1)
                time.sleep(0.05)

    with served("pages", url) as ours:
        ends = time.monotonic() + BESIDE
        threads = [threading.Thread(target=read, args=(ours,)) for _ in range(AT_ONCE)]
        threads += [threading.Thread(target=write) for _ in range(WRITERS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    found = sorted(waited)
    remark = f"{len(found) / BESIDE:.0f} pages and {len(written) / BESIDE:.0f} notes a second"
    p99 = found[int(len(found) * 0.99)]
    yield Figure(f"p99 of 8 readers beside 2 writers, {database}", p99, MILLISECONDS, remark=remark)


# --- asking ------------------------------------------------------------------------------------


def _times(ours: Served, paths: Sequence[str], asked: int = ASKED) -> Callable[[], None]:
    """Return an action that asks for pages, one after the other, on one connection."""
    left = iter(paths) if len(paths) > 1 else repeat(paths[0])

    def action() -> None:
        with closing(ours.line()) as line:
            for _ in range(asked):
                ours.ask(next(left), line)

    return action


def _in_turns(
    programs: dict[str, Served], actions: dict[str, Callable[[], None]], asked: int = ASKED
) -> dict[str, Times]:
    """Measure actions in turns, by the processor of the programs that answer them."""
    times = {name: Times() for name in actions}
    for action in actions.values():
        action()
    for _ in range(ROUNDS):
        for name, action in actions.items():
            used, begun = programs[name].used, time.perf_counter()
            action()
            wall = time.perf_counter() - begun
            times[name].add(Spent(wall, programs[name].used - used) / asked)
    return times


# --- programs ----------------------------------------------------------------------------------


@contextmanager
def served(what: str, url: str) -> Iterator[Served]:
    """Start a program that serves, and come in."""
    command = [sys.executable, "-c", PROGRAM, what, url]
    if what == "program":
        said = "from mijlpaal import main; main()"
        command = [sys.executable, "-c", said, "serve", "--no-open", "--no-reminders"]
    environment = {**os.environ, "MIJLPAAL_DATABASE_URL": url, "MIJLPAAL_ACTOR": ACTOR}
    process = subprocess.Popen(  # noqa: S603 - our own code
        command, stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stdout is not None
        while (found := LINK.search(process.stdout.readline())) is None:
            assert process.poll() is None
        ours = Served(process, int(found[1]), "")
        with closing(ours.line()) as line:
            line.request("GET", found[2], headers={"host": ours.host})
            answer = line.getresponse()
            cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
            answer.read()
        yield replace(ours, cookie=cookie)
    finally:
        process.terminate()
        process.wait()


def child(what: str, url: str) -> None:
    """Serve, in a program of its own, with the clock of the benchmarks."""
    with closing(running.listening(0)) as at:
        if what == "framework":
            routes = [Route(path, _nothing) for path in ("/", "/start/x")]
            _serve(Starlette(routes=routes), at, "/start/x")
            return
        with opened(url) as engine:
            queries = DatabaseQueries(engine.database, lambda: NOW)
            world = World(Called(ACTOR), lambda: NOW, lambda: "x", Settings)
            desk = desk_of(engine, queries, world, None, b"")
            port = at.getsockname()[1]
            session = Session(port, iter(["link", "secret", "token"]).__next__)
            _serve(application(desk, session, (f"localhost:{port}",)), at, session.start)


def _nothing(_: Request) -> Response:
    return Response(b"", media_type="text/css")


def _serve(app: object, at: socket.socket, link: str) -> None:
    server = running.Server(running.config(app))
    said = json.dumps(f"http://localhost:{at.getsockname()[1]}{link} ")[1:-1]
    asyncio.run(running.serving(server, at, lambda: print(said, flush=True)))
