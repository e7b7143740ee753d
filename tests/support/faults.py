"""Faults at a chosen point of a command: before or after any statement, or around the commit.

A command is tried in a program of its own, which the fork server starts: it has loaded
everything once, so that a program that is killed at its hundredth point costs little.
"""

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from typing import Any

from definitions.calendar.dates import parse_date
from tests.support.databases import Site, make_schema
from tests.support.engine import SECRETARY, Traject, World, bodies, gr_sociaal_domein
from workflow.model.commands import (
    AddNote,
    Advance,
    Amend,
    Command,
    Correct,
    EndSeat,
    FollowUp,
    Leave,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.person import Called
from workflow.model.state import Step
from workflow.people import erase
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

ID = "gr-sociaal-domein"
MILESTONE = "principebesluit"
DAY = parse_date("2021-01-12")
GRIFFIER = "griffier D"
FORGET = "forget a person"

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.support.preloaded"])
"""How programs are started. There is one fork server: what it loads, all tests have in common."""

NOTHING, SCHEMA, BEGUN = "nothing", "schema", "begun"
"""What a command finds: no schema, no process, or a process that has begun."""


# --- every kind of command ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of command: what it needs to find, and how it is given."""

    finds: str
    give: Callable[[Database], object]


def traject_in(database: Database) -> Traject:
    """Return the process, in a world that gives the same ids and moments every time."""
    return Traject(database, gr_sociaal_domein(), World(people=10), ID)


def begin(database: Database) -> None:
    """Start the process, and do what the commands need to find."""
    traject = Traject(database, gr_sociaal_domein(), World(), ID)
    traject.start()
    traject.seat("griffier@dordrecht", GRIFFIER, "2020-11-01", until="2021-01-31")
    traject.advance(MILESTONE, "2020-11-24")
    traject.record(MILESTONE, "sliedrecht", "ingestemd", "2021-01-12", points=("one", "two"))
    traject.do(Replan("hoofdlijnennotitie.in-route", DAY, "later", parse_date("2021-01-11")))
    traject.note("something", "2021-01-12")


def _asks(*commands: Command) -> Kind:
    return Kind(BEGUN, lambda database: traject_in(database).do_all(commands))


def _withdraw(database: Database) -> object:
    traject = traject_in(database)
    return traject.do(Correct(_last(traject), "it was not so", withdraw=True))


def _change(database: Database) -> object:
    traject = traject_in(database)
    changes = (("note", "something else"),)
    return traject.do(Correct(_last(traject), "it was otherwise", changes))


def _last(traject: Traject) -> int:
    return traject.journal[-1].seq


def _unseat(database: Database) -> object:
    traject = traject_in(database)
    person = traject.engine.known_person(Called(SECRETARY))
    return traject.do(EndSeat("stuurgroep", person, parse_date("2021-03-01")))


def _copy(database: Database) -> object:
    # Beside the target, when that is a file; made by the parent, and only read.
    with Database(os.environ["MIJLPAAL_CHAOS_SOURCE"]) as source:
        return copy(source, database)


def _every_council() -> tuple[Command, ...]:
    return tuple(
        Record(MILESTONE, body, "ingestemd", DAY, reference="a source")
        for body in bodies(gr_sociaal_domein(), "raad")
        if body != "sliedrecht.raad"
    )


KINDS: Mapping[str, Kind] = {
    "start": Kind(SCHEMA, lambda database: traject_in(database).start()),
    "record": _asks(Record(MILESTONE, "dordrecht", "ingestemd", DAY, reference="x", votes="19-4")),
    "change an entry": Kind(BEGUN, _change),
    "withdraw an entry": Kind(BEGUN, _withdraw),
    "advance": _asks(Advance("hoofdlijnennotitie", DAY)),
    "advance on a source": _asks(
        Advance(MILESTONE, DAY, attested=True, reference="x", to="vastgesteld")
    ),
    "several at once": Kind(BEGUN, lambda database: traject_in(database).do_all(_every_council())),
    "late": _asks(AddNote("late", parse_date("2020-11-20"), "x")),
    "follow up": _asks(FollowUp(MILESTONE, "sliedrecht", Step.SENT, DAY, reference="x")),
    "task": _asks(ReportTask("informeer-raad", "verzonden", DAY, "sliedrecht", "x")),
    "part": _asks(ReportPart("hoofdlijnennotitie/waarom", "leidend", DAY, None, "x")),
    "note": _asks(AddNote("a note", DAY, "x")),
    "replan": _asks(Replan("hoofdlijnennotitie.in-route", parse_date("2021-05"), "late", DAY)),
    "leave": _asks(Leave("papendrecht", "it goes its own way", DAY)),
    "amend": _asks(Amend("title", "Another title", "it is clearer", DAY)),
    "give a seat": Kind(
        BEGUN, lambda database: traject_in(database).seat("griffier@sliedrecht", "S", "2021-01-12")
    ),
    "end a seat": Kind(BEGUN, _unseat),
    FORGET: Kind(
        BEGUN,
        lambda database: erase(traject_in(database).engine, Called(GRIFFIER), Called(SECRETARY)),
    ),
    "upgrade": Kind(NOTHING, upgrade),
    "copy": Kind(SCHEMA, _copy),
}


def make_found(site: Site, finds: str) -> str:
    """Make a database for a kind of command; copy it."""
    url = site.new()
    if finds == NOTHING:
        return url
    make_schema(url)
    if finds == BEGUN:
        with Database(url) as database:
            begin(database)
    return url


# --- the fuse ----------------------------------------------------------------------------------


@dataclass
class Fuse:
    """Counts the points of a command, and does something at one of them.

    Attributes:
        point: the point at which it blows; never when negative.
        blow: what it does then, with the name of the point.
        names: the points that were passed.
    """

    point: int
    blow: Callable[[str], None]
    names: list[str] = field(default_factory=list)

    def passes(self, name: str) -> None:
        """Pass a point."""
        self.names.append(name)
        if len(self.names) == self.point + 1:
            self.blow(name)

    def fit(self, database: Database) -> None:
        """Watch every statement and every commit of a database."""
        engine = database.engine

        # Not by SQLAlchemy's events: what a command writes goes past those.
        def told(execute: Callable[..., None]) -> Callable[..., None]:
            def watched(cursor: Any, statement: str, *more: Any) -> None:
                verb = statement.split(maxsplit=1)[0]
                self.passes(f"before {verb}")
                execute(cursor, statement, *more)
                self.passes(f"after {verb}")

            return watched

        for name in ("do_execute", "do_executemany"):
            setattr(engine.dialect, name, told(getattr(engine.dialect, name)))
        commit = engine.dialect.do_commit

        def watched(connection: Any) -> None:
            self.passes("before the commit")
            commit(connection)
            self.passes("after the commit")

        engine.dialect.do_commit = watched  # type: ignore[method-assign,assignment]


def _kill(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# --- programs that are killed ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a program: whether it was killed, and what it had said before."""

    killed: bool
    acknowledged: bool


def die_at(url: str, kind: str, point: int, source: str) -> Fate:
    """Give a command in a program of its own, which is killed at a point."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    program = CONTEXT.Process(target=_live_until, args=(url, kind, point, source, theirs))
    program.start()
    theirs.close()
    program.join()
    acknowledged = ours.poll() and _received(ours)
    ours.close()
    code = program.exitcode
    program.close()
    assert code in (0, -signal.SIGKILL), (kind, point, code)
    return Fate(code != 0, acknowledged)


def _received(pipe: Pipe) -> bool:
    try:
        return bool(pipe.recv())
    except EOFError:
        return False


def _live_until(url: str, kind: str, point: int, source: str, pipe: Pipe) -> None:
    os.environ["MIJLPAAL_CHAOS_SOURCE"] = source
    with Database(url) as database:
        Fuse(point, _kill).fit(database)
        KINDS[kind].give(database)
        pipe.send(True)


def backends_are_gone(database: Database) -> bool:
    """Return whether a server has noticed that a program died; for a file, always."""
    if database.file is not None:
        return True
    others = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with database.reading() as connection:
        return connection.exec_driver_sql(others).scalar() == 0
