"""A command beside what others do for as much: making one step durable.

``dbos`` runs a workflow of one step; ``python-statemachine`` makes a transition whose state
SQLAlchemy's ORM keeps. They are an optional group (``make compare``); without them nothing is
measured here.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, make_url

from benchmarks.measuring import Figure, compared, in_turns
from benchmarks.processes import PROCESS, execute, grown, opened, repeatable
from benchmarks.servers import databases, is_there
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

ENTRIES = 100
WARM_UP, ROUNDS = 10, 120
BOUND = 1 / 3
"""At least three times as fast as a workflow of one step."""
PRAGMAS = ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = FULL")

Action = Callable[[], object]


def measure(folder: Path) -> Iterator[Figure]:
    """Measure a recorded decision against a step of each of the others, in the same database."""
    if find_spec("dbos") is None:
        return
    file = folder / "ours.sqlite3"
    grown(file, ENTRIES)
    yield from _beside("SQLite", str(file), f"sqlite:///{folder / 'theirs.sqlite3'}")
    if is_there():
        with databases(2) as (ours, theirs):
            with Database(str(file)) as source, Database(ours) as target:
                upgrade(target)
                copy(source, target)
            yield from _beside("PostgreSQL", ours, theirs)


def _beside(name: str, ours: str, theirs: str) -> Iterator[Figure]:
    with ExitStack() as stack:
        engine = stack.enter_context(opened(ours))
        (command,) = repeatable(engine.present(PROCESS)[0].definition)["record"]
        actions: dict[str, Action] = {
            "ours": lambda: execute(engine, [command]),
            "dbos": _dbos(stack, theirs),
            "python-statemachine": _statemachine(stack, theirs),
        }
        in_turns(actions, WARM_UP)
        times = in_turns(actions, ROUNDS)
    for other, bound in (("dbos", BOUND), ("python-statemachine", None)):
        what = f"{name}: a decision, against {other}"
        yield compared(what, times["ours"], times[other], bound, beside=other)


def _dbos(stack: ExitStack, url: str) -> Action:
    """Return an action that runs a workflow of one step."""
    dbos: Any = import_module("dbos").DBOS
    dbos(config={"name": "benchmark", "system_database_url": url, "log_level": "ERROR"})

    def one(number: int) -> int:
        return number

    step: Callable[[int], int] = dbos.step()(one)

    def all_of_it(number: int) -> int:
        return step(number)

    workflow: Callable[[int], int] = dbos.workflow()(all_of_it)
    dbos.launch()
    stack.callback(dbos.destroy, destroy_registry=True)
    return lambda: workflow(1)


def _statemachine(stack: ExitStack, url: str) -> Action:
    """Return an action that makes a transition and commits the state, through the ORM."""
    orm: Any = import_module("sqlalchemy.orm")
    statemachine: Any = import_module("statemachine")
    base = orm.declarative_base()
    columns: Any = import_module("sqlalchemy")

    row_fields = {
        "__tablename__": "theirs",
        "id": columns.Column(columns.Integer, primary_key=True),
        "state": columns.Column(columns.String(20)),
    }
    row_type: Any = type("Row", (base,), row_fields)
    here = statemachine.State("here", initial=True, value="here")
    there = statemachine.State("there", value="there")
    states = {"here": here, "there": there, "turn": here.to(there) | there.to(here)}
    machine: Any = type(statemachine.StateMachine)("Machine", (statemachine.StateMachine,), states)

    engine = create_engine(url)
    if make_url(url).get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_up)
    base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add(row_type(id=1, state="here"))
        session.commit()
    stack.callback(engine.dispose)

    def turn() -> None:
        with orm.Session(engine) as session:
            row = session.get(row_type, 1)
            machine(row, state_field="state").send("turn")
            session.commit()

    return turn


def _set_up(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
