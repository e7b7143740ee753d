"""A command beside what others do for as much: making one step durable.

``dbos`` runs a workflow of one step; ``SpiffWorkflow`` completes a user task of a process that is
kept as JSON in a row; ``python-statemachine`` makes a transition whose state an ORM keeps.
They are an optional group (``make compare``); without them nothing is measured here.

On SQLite all keep the same journal and wait for the disk (``synchronous = FULL``): a rollback
journal, as each of them does by itself; and where the extra ``wal`` is installed, all of them a
write-ahead log too. On PostgreSQL all take the server as it is.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, make_url

from benchmarks.measuring import Figure, compared, in_turns
from benchmarks.processes import PROCESS, SOURCE, execute, grown, opened, repeatable
from benchmarks.servers import databases, is_there
from workflow.storage.copying import copy
from workflow.storage.database import Database
from workflow.storage.sqlite_driver import sqlite3, wal_is_sound
from workflow.storage.upgrading import upgrade

ENTRIES = 100
WARM_UP, ROUNDS = 10, 120
ONE_TASK, COUNCILS = "SpiffWorkflow", "SpiffWorkflow, seven tasks"
BOUNDS = {"dbos": 0.22, ONE_TASK: 0.7, COUNCILS: None, "python-statemachine": None}
"""How many times as long as each a decision may take."""
PRAGMAS = ("foreign_keys = ON", "synchronous = FULL")
ROLLBACK, LOG = "DELETE", "WAL"
"""The journals of SQLite."""
ROOT = Path(__file__).parents[1]
WITHOUT_LOG = """\
import sys
sys.modules["pysqlite3"] = None  # as where the extra is not installed
from benchmarks.others import tell
tell(sys.argv[1])
"""

Action = Callable[[], object]


def measure(folder: Path) -> Iterator[Figure]:
    """Measure a recorded decision against a step of each of the others, in the same database."""
    if find_spec("dbos") is None:
        return
    file = folder / "ours.sqlite3"
    grown(file, ENTRIES)
    if wal_is_sound():
        yield from _without_log(folder)
        yield from _beside("SQLite with WAL", str(file), _theirs(folder, LOG))
    else:
        yield from _beside("SQLite", str(file), _theirs(folder, ROLLBACK))
    if is_there():
        with databases(2) as (ours, theirs):
            with Database(str(file)) as source, Database(ours) as target:
                upgrade(target)
                copy(source, target)
            yield from _beside("PostgreSQL", ours, theirs)


def _without_log(folder: Path) -> Iterator[Figure]:
    """Measure on SQLite without the extra, in a program of its own: one has one copy of SQLite."""
    asked = [sys.executable, "-c", WITHOUT_LOG, str(folder)]
    told = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own
    yield from (Figure(**each) for each in json.loads(told.stdout.splitlines()[-1]))


def tell(folder: str) -> None:
    """Measure on SQLite with a rollback journal, and print the figures as JSON."""
    file = Path(folder, "without-log.sqlite3")
    grown(file, ENTRIES)
    found = _beside("SQLite", str(file), _theirs(Path(folder), ROLLBACK))
    print(json.dumps([asdict(each) for each in found]))


def _theirs(folder: Path, journal: str) -> str:
    """Return the URL of a new SQLite file with a journal, which is kept in the file itself."""
    file = folder / f"theirs-{journal}.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
    return f"sqlite:///{file}"


def _beside(name: str, ours: str, theirs: str) -> Iterator[Figure]:
    with ExitStack() as stack:
        engine = stack.enter_context(opened(ours))
        (command,) = repeatable(engine.present(PROCESS)[0].definition)["record"]
        actions: dict[str, Action] = {
            "ours": lambda: execute(engine, [command]),
            "dbos": _dbos(stack, theirs),
            ONE_TASK: _spiffworkflow(stack, theirs, 1),
            COUNCILS: _spiffworkflow(stack, theirs, 7),
            "python-statemachine": _statemachine(stack, theirs),
        }
        in_turns(actions, WARM_UP)
        times = in_turns(actions, ROUNDS)
    for other, bound in BOUNDS.items():
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


_BPMN = """\
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="all" targetNamespace="x">
  <process id="process" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="begin" sourceRef="start" targetRef="asked"/>
    <parallelGateway id="asked"/>
    {tasks}
    <parallelGateway id="answered"/>
    <sequenceFlow id="finish" sourceRef="answered" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>"""
_TASK = """\
    <sequenceFlow id="to-{number}" sourceRef="asked" targetRef="task-{number}"/>
    <userTask id="task-{number}"/>
    <sequenceFlow id="from-{number}" sourceRef="task-{number}" targetRef="answered"/>"""


def _spiffworkflow(stack: ExitStack, url: str, number: int) -> Action:
    """Return an action that reads a process, completes a user task of it, and commits it.

    It is read as it waits and written beside, so that each turn finds the same.

    Args:
        number: how many tasks wait in it.
    """
    xml: Any = import_module("lxml.etree")
    parser: Any = import_module("SpiffWorkflow.bpmn.parser").BpmnParser()
    serializer: Any = import_module("SpiffWorkflow.bpmn.serializer").BpmnWorkflowSerializer()
    ready: Any = import_module("SpiffWorkflow.util.task").TaskState.READY
    tasks = "\n".join(_TASK.format(number=each) for each in range(number))
    parser.add_bpmn_xml(xml.fromstring(_BPMN.format(tasks=tasks)))
    begun = import_module("SpiffWorkflow.bpmn").BpmnWorkflow(parser.get_spec("process"))
    begun.do_engine_steps()
    engine = _connected(url)
    driver: Any = stack.enter_context(closing(engine.raw_connection()))
    mark = "?" if engine.dialect.positional else "%s"
    read, change = driver.cursor(), driver.cursor()
    read.execute(f"CREATE TABLE spiff_{number} (id INTEGER PRIMARY KEY, process TEXT)")
    for row in (1, 2):
        values = (row, serializer.serialize_json(begun))
        change.execute(f"INSERT INTO spiff_{number} VALUES ({mark}, {mark})", values)  # noqa: S608 - our number
    driver.commit()

    def complete() -> None:
        read.execute(f"SELECT process FROM spiff_{number} WHERE id = 1")  # noqa: S608 - our number
        process = serializer.deserialize_json(read.fetchone()[0])
        task = process.get_tasks(state=ready)[0]
        task.set_data(outcome="aangehouden", reference=SOURCE)
        task.run()
        process.do_engine_steps()
        written = serializer.serialize_json(process)
        change.execute(f"UPDATE spiff_{number} SET process = {mark} WHERE id = 2", (written,))  # noqa: S608 - our number
        driver.commit()

    return complete


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

    engine = _connected(url)
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


def _connected(url: str) -> Any:
    """Return an engine of SQLAlchemy, with our driver and the settings of our files on SQLite."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url)
    engine = create_engine(url, module=sqlite3)
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
