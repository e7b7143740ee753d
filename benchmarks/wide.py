"""Processes of many parties and milestones, and those that went round many times.

Every deadline lies ahead, and every body is reminded of each eleven times: with 342 parties and ten
milestones a start plans 37,620 reminders.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.measuring import Figure, Series, Times, in_turns, taking
from benchmarks.processes import (
    ACTOR,
    PROCESS,
    SOURCE,
    TODAY,
    MeasuredEngine,
    execute,
    opened,
)
from benchmarks.servers import databases, is_there
from definitions.loading import load_definition
from definitions.model import Definition
from screens.json_output import envelope
from screens.page import Page
from workflow.engine import Start
from workflow.model.commands import AddNote, Advance, Record
from workflow.model.person import Called
from workflow.status_queries import status_of
from workflow.storage.database import Database
from workflow.storage.upgrading import upgrade

PARTIES, FEW_MILESTONES = (7, 40, 120, 342), 3
MILESTONES, FEW_PARTIES = (3, 10, 30), 7
GONE_ROUND = (1, 10, 100)
WIDE, LONG = 342, 10
TURNS = 7
LOAD_MS, START_MS = 45.0, 300.0
DUE = "2040-09-15"
LADDER = (
    "[-28d, -21d, -14d, -10d, -7d, -5d, -3wd, -2wd, -1wd, 0d, "
    "{after: 3d, every: 7d, times: 1, to: secretaris}]"
)


Action = Callable[[], object]


def measure(folder: Path) -> Iterator[Figure | Series]:
    """Measure loading, and everything else on each kind of database that is there."""
    yield from _loading()
    yield from _on("SQLite", lambda name: str(folder / f"{name}.sqlite3"))
    if is_there():
        number = len({*PARTIES}) + len(MILESTONES) + len(GONE_ROUND) + 1
        with databases(number) as urls:
            for url in urls:
                with Database(url) as database:
                    upgrade(database)
            names = iter(urls)
            yield from _on("PostgreSQL", lambda _: next(names))


def _on(kind: str, database: Callable[[str], str]) -> Iterator[Figure | Series]:
    what = f"{kind}: start of {WIDE} parties × {LONG} milestones"
    definition = _definition(WIDE, LONG)
    with opened(database("start")) as engine:
        (times,) = in_turns({what: _starting(engine, definition)}, TURNS).values()
    yield taking(what, times, START_MS)
    wide = {size: _definition(size, FEW_MILESTONES) for size in PARTIES}
    yield from _grown(kind, "parties", wide, database)
    long = {size: _definition(FEW_PARTIES, size) for size in MILESTONES}
    yield from _grown(kind, "milestones", long, database)
    yield from _gone_round(kind, database)


def _loading() -> Iterator[Figure | Series]:
    """Measure reading a definition: from YAML to what the program runs by."""
    of_parties = {size: partial(_definition, size, FEW_MILESTONES) for size in PARTIES}
    of_milestones = {size: partial(_definition, FEW_PARTIES, size) for size in MILESTONES}
    for along, actions in (("parties", of_parties), ("milestones", of_milestones)):
        named = {("load", size): action for size, action in actions.items()}
        in_turns(named, 1)
        times = {size: taken for (_, size), taken in in_turns(named, TURNS).items()}
        if along == "parties":
            yield taking(f"loading a definition of {WIDE} parties", times[WIDE], LOAD_MS)
        yield Series.of("load", along, times)


def _grown(
    kind: str, along: str, definitions: Mapping[int, Definition], database: Callable[[str], str]
) -> Iterator[Series]:
    with ExitStack() as stack:
        engines = {
            size: stack.enter_context(opened(database(f"{along}-{size}"))) for size in definitions
        }
        actions: dict[tuple[str, int], Action] = {}
        for size, engine in engines.items():
            _begin(engine, definitions[size])
            actions |= {(name, size): action for name, action in _actions(engine).items()}
            actions["start", size] = _starting(engine, definitions[size])
        yield from _series(kind, along, actions)


def _gone_round(kind: str, database: Callable[[str], str]) -> Iterator[Series]:
    """Measure commands on a process whose question was put again and again."""
    definition = _definition(FEW_PARTIES, FEW_MILESTONES)
    with ExitStack() as stack:
        actions: dict[tuple[str, int], Action] = {}
        for rounds in GONE_ROUND:
            engine = stack.enter_context(opened(database(f"rounds-{rounds}")))
            _begin(engine, definition)
            for _ in range(rounds - 1):
                execute(engine, [_stop, _again])
            actions |= {(name, rounds): action for name, action in _actions(engine).items()}
        yield from _series(kind, "rounds", actions)


def _series(kind: str, along: str, actions: Mapping[tuple[str, int], Action]) -> Iterator[Series]:
    in_turns(actions, 1)
    times = in_turns(actions, TURNS)
    for name in dict.fromkeys(name for name, _ in actions):
        sizes: dict[int, Times] = {size: times[each, size] for each, size in times if each == name}
        yield Series.of(name, along, sizes, kind)


# --- actions -----------------------------------------------------------------------------------

_open = Advance("m0", TODAY, "rond")
_stop = Advance("m0", TODAY, "herzien")
_again = Advance("m0", TODAY, "weer")


def _begin(engine: MeasuredEngine, definition: Definition) -> None:
    engine.start(Start(definition, PROCESS, Called(ACTOR)))
    execute(engine, [_open])


def _starting(engine: MeasuredEngine, definition: Definition) -> Action:
    numbers = count(1)
    return lambda: engine.start(Start(definition, f"other-{next(numbers)}", Called(ACTOR)))


def _status(engine: MeasuredEngine) -> str:
    return envelope("status", status_of(engine, PROCESS), Page())


def _actions(engine: MeasuredEngine) -> dict[str, Action]:
    """Return the actions of a turn, in order: a round is closed, and the next one opened."""
    note = AddNote("Somebody said something.", TODAY, SOURCE, "m0")
    decision = Record("m0", "p0.raad", "aangehouden", TODAY, reference=SOURCE)
    return {
        "note": partial(execute, engine, [note]),
        "record": partial(execute, engine, [decision]),
        "round closed": partial(execute, engine, [_stop]),
        "round opened": partial(execute, engine, [_again]),
        "status": partial(_status, engine),
    }


# --- wide definitions --------------------------------------------------------------------------


def _definition(parties: int, milestones: int) -> Definition:
    return wide_definition(parties, milestones, DUE, LADDER)


def wide_definition(parties: int, milestones: int, due: str, ladder: str) -> Definition:
    """Load a definition of many councils that decide many things, all by the same day.

    Args:
        parties: how many councils there are.
        milestones: how many things they decide.
        due: by when.
        ladder: when they are reminded of it, as it is written in a definition.
    """
    lines = [
        "id: wide",
        "version: 1",
        "title: {nl: Breed, en: Wide}",
        "timezone: Europe/Amsterdam",
        "begins: 2021-01-04",
        "goal: none",
        "parties:",
        "  define:",
        *(
            f"    p{each}: {{name: Gemeente {each}, kind: gemeente, bodies: [raad]}}"
            for each in range(parties)
        ),
        "roles:",
        "  secretaris: {may: [advance, record-on-behalf, member, note]}",
        "  griffier: {per: party, may: [record]}",
        "starter: [secretaris]",
        "instruments:",
        "  besluit: {voor: for, tegen: against, aangehouden: pending}",
        "ladders:",
        f"  een: {ladder}",
        "structures:",
        "  ronde:",
        "    states: [open, rond, herzien, klaar]",
        "    final: {good: [klaar]}",
        "    slots: [besluit]",
        "    transitions:",
        "      rond: {from: open, to: rond, opens: round}",
        "      herzien: {from: rond, to: herzien, explicit: true}",
        "      weer: {from: herzien, to: rond, opens: round}",
        "      klaar: {from: rond, to: klaar, gate: {slot: besluit}}",
        "milestones:",
    ]
    for each in range(milestones):
        lines += [
            f"  m{each}:",
            f"    title: {{nl: Mijlpaal {each}, en: Milestone {each}}}",
            "    structure: ronde",
            "    requests:",
            "      raden:",
            f"        {{of: each raad, instrument: besluit, in: [rond], due: {due},",
            "         ladder: een}",
            "    gates: {besluit: {request: raden, rule: all, counts: for}}",
        ]
    return load_definition("\n".join(lines).encode(), "wide.yaml", lambda name: (name, b""))
