"""What people ask of a long process: fourteen parties, ten thousand entries, in one process.

The change of a joint arrangement goes round again and again: the draft is sent, each party says
when it received it, most hold their opinion over, and the draft is taken back.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count, islice, repeat
from pathlib import Path

from benchmarks.measuring import Figure, in_turns, taking
from benchmarks.processes import (
    ACTOR,
    NOW,
    PROCESS,
    SOURCE,
    TODAY,
    asked,
    dated,
    opened,
    replayed,
)
from benchmarks.processes import DEFINITION as SHIPPED
from definitions.calendar.dates import day_of
from definitions.library import open_definition
from definitions.model import Definition
from screens.account import account_screen
from screens.explain import explain_screen
from screens.page import Page
from screens.status import status_screen
from workflow.engine import Engine, Start
from workflow.model.commands import AddNote, Advance, Ordinary, Record, ReportTask
from workflow.model.person import Called
from workflow.model.state import People
from workflow.rules.snapshot import Snapshot
from workflow.views.explain import explain_view
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view

DEFINITION = "wijziging-gr"
DRAFT = "ontwerp"
ENTRIES = 10_000
BEGINS = day_of(date(2023, 1, 2))
"""Early enough for each round to have days of its own."""
BATCH = 500
ROUNDS = 9
AT_ONCE = 150.0
LOOKING_BACK = 1000.0
WARM_UP, MANY = 20, 300
"""The number of warm-up runs, and of measured runs, of a query that takes a millisecond."""
VIEW = 1.3
"""In milliseconds of processor: 1.1 on a machine that does nothing else."""


def measure(folder: Path) -> Iterator[Figure]:
    """Measure each question, and print its median in milliseconds."""
    file = folder / "queries.sqlite3"
    _filled(file)
    with opened(file) as engine:
        actions = {name: (lambda ask=ask: ask(engine)) for name, (ask, _) in QUESTIONS.items()}
        in_turns(actions, 1)
        times = in_turns(actions, ROUNDS)
    for name, (_, bound) in QUESTIONS.items():
        yield taking(name, times[name], bound)
    yield _shipped(folder / "shipped.sqlite3")


def _shipped(file: Path) -> Figure:
    """Measure what the status of the shipped process takes to be found, with its facts."""
    replayed(file)
    with opened(file) as engine:
        present, head = engine.present(SHIPPED, past_rounds=True)
        people = engine.people()
    action = partial(_of_the_shipped, present.on(NOW.date()), head.id, people)
    in_turns({"status": action}, WARM_UP)
    times = in_turns({"status": action}, MANY)
    what = "the view of status, of the shipped process"
    return taking(what, times["status"], cpu_bound=VIEW)


def _of_the_shipped(present: Snapshot, process: str, people: People) -> StatusView:
    return status_view(Seen(*present.parts, process, past_rounds=True), (), people)


def _filled(file: Path) -> None:
    definition = open_definition(DEFINITION)
    with opened(file) as engine:
        begun = engine.start(Start(definition, PROCESS, Called(ACTOR), BEGINS)).head
        story = list(islice(_story(definition), ENTRIES - begun.head_seq))
        told = iter(dated(story, begun.begins))
        while batch := [asked(command) for command in islice(told, BATCH)]:
            engine.execute(PROCESS, batch)


def _story(definition: Definition) -> Iterator[Ordinary]:
    request = definition.milestones[DRAFT].requests["zienswijzen"]
    for number in count(1):
        yield Advance(DRAFT, TODAY, "toezenden")
        for party in definition.parties:
            yield ReportTask(f"{DRAFT}/ontvangst", "ontvangen", TODAY, party, SOURCE)
        for body in request.bodies:
            yield Record(DRAFT, body, "aangehouden", TODAY, reference=SOURCE)
        yield Advance(DRAFT, TODAY, "terugnemen")
        # On the day on which a round is opened the one before must be over.
        yield from repeat(AddNote(f"Round {number} is over.", TODAY, SOURCE, DRAFT), 10)


# --- what is asked -----------------------------------------------------------------------------


def _present(engine: Engine) -> Seen:
    present, head = engine.present(PROCESS)
    return Seen(*present.on(NOW.date()).parts, head.id)


def _status(engine: Engine) -> str:
    return status_screen(status_view(_present(engine)), Page())


def _explain(engine: Engine) -> str:
    seen = _present(engine)
    return explain_screen(explain_view(seen, seen.definition.milestones[DRAFT]), Page())


def _account(engine: Engine) -> str:
    seen = _present(engine)
    entries = engine.dated_events(PROCESS)
    return account_screen(entries, entries, status_view(seen), engine.people(), Page())


def _as_of(engine: Engine) -> StatusView:
    stood, head = engine.as_of(PROCESS, NOW.date())
    return status_view(Seen(*stood.parts, head.id))


def _known_at(engine: Engine) -> StatusView:
    stood, head = engine.as_of(PROCESS, None, NOW.date())
    return status_view(Seen(*stood.parts, head.id))


QUESTIONS: dict[str, tuple[Callable[[Engine], object], float]] = {
    "status, its screen": (_status, AT_ONCE),
    "explain, its screen": (_explain, AT_ONCE),
    "the account, read and told": (_account, AT_ONCE),
    "status as of a day": (_as_of, LOOKING_BACK),
    "status as known on a day": (_known_at, LOOKING_BACK),
}
