"""What it takes to look at many processes at once, and at one of them: as a screen and as JSON.

The processes are copies of two of the shipped definition: one with its facts, of which little is
proved, and one in which the councils are asked now. The copies have no journal, for the list reads
none.
"""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from sqlalchemy import event
from sqlalchemy import text as sql

from benchmarks.measuring import Figure, in_turns, taking
from benchmarks.processes import ACTOR, NOW, TODAY, asked, opened
from benchmarks.servers import databases, is_there
from definitions.library import facts_file, open_definition
from screens.json_output import envelope
from screens.overview import overview_screen
from screens.page import Page
from workflow.engine import Engine, Start
from workflow.facts import read_facts
from workflow.model.commands import Advance, Ordinary, Record
from workflow.model.person import Called
from workflow.queries import Queries
from workflow.status_queries import overview_of, status_of
from workflow.storage import tables
from workflow.storage.database import Database
from workflow.storage.reading import STATE_TABLES
from workflow.storage.upgrading import upgrade
from workflow.views.status import StatusView

DEFINITION = "gr-sociaal-domein"
STORY, ASKED = "story", "asked"
BOUNDS = {400: 100.0, 4_000: 600.0}
"""How many milliseconds of processor the list of so many processes may take, with its screen."""
MOST_STATEMENTS = 15
MOST_BYTES = 400
STATUS_JSON = 0.6
"""How many milliseconds of processor the JSON of the status of the shipped process may take."""
ROUNDS = 5


def measure(folder: Path) -> Iterator[Figure]:
    """Measure the list of 400 and of 4,000 processes on each kind of database, and one process."""
    for size in BOUNDS:
        yield from _of(size, str(folder / f"{size}.sqlite3"), "SQLite")
    if is_there():
        with databases(len(BOUNDS)) as urls:
            for size, url in zip(BOUNDS, urls, strict=True):
                with Database(url) as database:
                    upgrade(database)
                yield from _of(size, url, "PostgreSQL")
    yield from _of_one(str(folder / "one.sqlite3"))


def _of(size: int, url: str, database: str) -> Iterator[Figure]:
    """Measure the list of so many processes, as a command makes it: with nothing known before."""
    filled(url, size)
    name = f"overview of {size:,}, {database}"
    with opened(url) as engine:
        times = in_turns({name: partial(_listed, engine.database)}, ROUNDS)[name]
        yield taking(name, times, cpu_bound=BOUNDS[size])
        number = _statements(engine.database)
        yield Figure(f"{name}: statements", number, "", MOST_STATEMENTS)
        if database == "SQLite":
            view = overview_of(Queries(engine.database, lambda: NOW))
            written = len(envelope("overview", view, Page()).encode())
            yield Figure(f"{name}: JSON a process", written / size, "bytes", MOST_BYTES)


def _listed(database: Database) -> str:
    view = overview_of(Queries(database, lambda: NOW))
    return overview_screen(view.processes, (), Page())


def _statements(database: Database) -> int:
    found = count()
    heard = lambda *_: next(found)  # noqa: E731 - the same object is taken away again
    event.listen(database.engine, "before_cursor_execute", heard)
    _listed(database)
    event.remove(database.engine, "before_cursor_execute", heard)
    return next(found)


def _of_one(url: str) -> Iterator[Figure]:
    filled(url, 2)
    with opened(url) as engine:
        view = status_of(engine, STORY)
        read = in_turns({"read": partial(status_of, engine, STORY)}, 20 * ROUNDS)["read"]
        yield taking("status of one, read and viewed", read)
    # By itself: after reading, what it needs has to be fetched into the cache of the processor.
    written = in_turns({"JSON": partial(_as_json, view)}, 20 * ROUNDS)["JSON"]
    yield taking("status of one, as JSON", written, cpu_bound=STATUS_JSON)


def _as_json(view: StatusView) -> str:
    return envelope("status", view, Page())


# --- many processes ----------------------------------------------------------------------------


def filled(url: str, size: int) -> None:
    """Make a database with so many processes: each of the two, and copies of them."""
    definition = open_definition(DEFINITION)
    with opened(url) as engine:
        engine.start(Start(definition, STORY, Called(ACTOR), reconstruction=True))
        facts = read_facts(*facts_file(DEFINITION)).facts
        engine.execute(STORY, [fact.request(Called(ACTOR)) for fact in facts])
        engine.start(Start(definition, ASKED, Called(ACTOR)))
        bodies = definition.milestones["principebesluit"].requests["raden"].bodies
        given = [
            Record("principebesluit", each, "ingestemd", TODAY, reference="x")
            for each in bodies[:3]
        ]
        commands: list[Ordinary] = [Advance("principebesluit", TODAY), *given]
        engine.execute(ASKED, [asked(each) for each in commands])
        for process in (STORY, ASKED):
            _copied(engine, process, size // 2 - 1)


def _copied(engine: Engine, process: str, times: int) -> None:
    """Copy a process so many times, without its journal, to which the copies do not look."""
    with engine.database.engine.connect() as connection:
        if engine.database.is_server:
            connection.execute(sql("SET session_replication_role = replica"))
        else:
            connection.execute(sql("PRAGMA foreign_keys = OFF"))
        for name in ("processes", *(each.field for each in STATE_TABLES)):
            columns = [each.name for each in tables.metadata.tables[name].c]
            key = "id" if name == "processes" else "process"
            others = ", ".join(f'"{each}"' for each in columns if each != key)
            connection.execute(
                sql(
                    f"INSERT INTO {name} ({key}, {others})"  # noqa: S608 - names of our tables
                    " WITH RECURSIVE numbers(n) AS"
                    " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :times)"
                    f" SELECT {key} || '-' || n, {others} FROM {name}, numbers"
                    f" WHERE {key} = :process AND :times > 0"
                ),
                {"process": process, "times": times},
            )
        connection.commit()
