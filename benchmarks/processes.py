"""Processes to measure with: made up, of any length, recorded through the engine like real ones.

They follow the shipped definition of the GR sociaal domein. Its questions are rejected, mended
and put again, as often as it takes to fill a journal.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import chain, count, repeat
from pathlib import Path
from uuid import uuid4

from definitions.calendar.dates import PartialDate, day_of
from definitions.library import facts_file, open_definition
from definitions.model import Definition, Effect
from workflow.engine import Engine, Environment, Start
from workflow.facts import read_facts
from workflow.model.commands import (
    AddNote,
    Advance,
    Ordinary,
    Record,
    ReportPart,
    ReportTask,
    Request,
)
from workflow.model.events import (
    DecisionRecorded,
    Entry,
    Event,
    Happening,
    NoteAdded,
    TaskReported,
)
from workflow.model.journal import Writer
from workflow.model.person import Called
from workflow.reminders.planning import plan_change
from workflow.rules.fold import as_it_stood
from workflow.storage import reading, store
from workflow.storage.database import Database
from workflow.storage.opening import open_database

DEFINITION = "gr-sociaal-domein"
PROCESS = "measured"
ACTOR = "benchmark"
SOURCE = "made up, to measure with"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY = day_of(NOW.date())
BATCH = 500
"""How many commands go into one transaction where a journal is only being filled."""
DECIDED = 3
"""How many rounds of a long journal are decided by the engine."""

QUESTION, PAPER = "principebesluit", "hoofdlijnennotitie"


class Days:
    """A clock that moves only when a benchmark asks for the next day."""

    def __init__(self, last: date) -> None:
        """Take the last day on which anything happened: it is not before that."""
        self._now = max(NOW, datetime.combine(last, NOW.timetz()))

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self._now

    def go_on(self) -> PartialDate:
        """Let a day go by, and return the new one."""
        self._now += timedelta(days=1)
        return day_of(self._now.date())


class MeasuredEngine(Engine):
    """An engine and its clock."""

    def __init__(self, database: Database) -> None:
        ids = (f"{number:032x}" for number in count(1))
        with database.reading() as connection:
            heads = reading.get_heads(connection)
        self.days = Days(max((head.last_day for head in heads), default=NOW.date()))
        super().__init__(database, Environment(self.days, lambda: next(ids), ACTOR))


@contextmanager
def opened(url: Path | str) -> Iterator[MeasuredEngine]:
    """Open an engine on a database file, which is made when missing, or on a server's database."""
    with open_database(str(url)) as database:
        yield MeasuredEngine(database)


def replayed(file: Path) -> None:
    """Make a database with the shipped process and its facts, as ``demo`` shows it."""
    with opened(file) as engine:
        engine.start(
            Start(open_definition(DEFINITION), DEFINITION, Called(ACTOR), reconstruction=True)
        )
        facts = read_facts(*facts_file(DEFINITION)).facts
        engine.execute(DEFINITION, [fact.request(Called(ACTOR)) for fact in facts])


def live_definition(folder: Path) -> Definition:
    """Return the shipped definition with every deadline ahead of the clock of a benchmark."""
    file = folder / f"{DEFINITION}.yaml"
    shipped = files("definitions").joinpath("processes", file.name).read_text(encoding="utf-8")
    file.write_text(shipped.replace("2021-", "2040-"), encoding="utf-8")
    return open_definition(str(file))


def grown(file: Path, entries: int, definition: Definition | None = None) -> None:
    """Make a database with one process whose journal has a number of entries.

    The engine decides and records its beginning and some rounds. The rounds that follow say what
    the last of those says, each on days and with a number of its own, in entries that are chained
    and folded like any others: to decide every one would take hours where there are 100,000.
    """
    definition = definition or open_definition(DEFINITION)
    with opened(file) as engine:
        begun = engine.start(Start(definition, PROCESS, Called(ACTOR))).head
        story = _story(definition, entries - begun.head_seq)
        told = list(dated(story, begun.begins))
        period = len(_round(definition))
        first = 1 + len(_beginning(definition)) + DECIDED * period
        for at in range(0, min(first, len(told)), BATCH):
            some = told[at : min(at + BATCH, first)]
            engine.execute(PROCESS, [asked(command) for command in some])
        _repeat(engine, told[first:], period)


def _repeat(engine: MeasuredEngine, told: Sequence[Ordinary], period: int) -> None:
    """Record the last round of a process once more, as far as its commands can be repeated.

    Args:
        told: the commands, in order; notes once there are no more rounds.
        period: the number of commands in a round.
    """
    if not told:
        return
    present, head = engine.present(PROCESS)
    with engine.database.writing() as connection:
        written = reading.read_journal(connection, PROCESS)
        pattern, noted = written[-period:], next(e for e in written if _is_note(e.event))
        rounds = sum(isinstance(each, Record) for each in told) // _answers_in(pattern)
        writer = Writer(engine.now, ACTOR, PROCESS, head.head_seq, head.head_hash)
        entries = []
        for at, command in enumerate(told):
            number, place = divmod(at, period)
            of = pattern[place] if number < rounds else noted
            said = Happening(_of_round(of.event, number + 1), command.on, command.on.day)
            entries.append(writer.entry(said, of.actor, of.role))
        before = present.with_state(reading.read_state(connection, head, past_rounds=True))
        after = as_it_stood(present.definition, [*written, *entries], present.day)
        states = (before.state, after.state)
        last_day = after.state.last_day
        moved = replace(head, last_day=last_day, head_seq=writer.seq, head_hash=writer.hash)
        planned = plan_change(connection, moved, before, after, engine.now())
        store.write(connection, entries, (head, moved), states, planned)


def _is_note(event: Event) -> bool:
    return isinstance(event, NoteAdded)


def _answers_in(entries: Iterable[Entry]) -> int:
    return sum(isinstance(each.event, DecisionRecorded) for each in entries)


def _of_round(event: Event, later: int) -> Event:
    """Return an event as it reads so many rounds later."""
    if isinstance(event, (DecisionRecorded, TaskReported)) and event.round:
        return replace(event, round=event.round + later)
    return event


def crowded(file: Path, processes: int, entries: int) -> None:
    """Make a database with a number of processes, of which one has a number of entries."""
    grown(file, entries)
    definition = open_definition(DEFINITION)
    with opened(file) as engine:
        starts = (
            Start(definition, f"other-{number}", Called(ACTOR)) for number in range(1, processes)
        )
        receipts = [engine.start(start, dry=True) for start in starts]
        with engine.database.writing() as connection:
            for receipt in receipts:
                store.put_head(connection, receipt.head)
                store.append(connection, list(receipt.entries))
                store.write_state(connection, receipt.head.id, receipt.after.state)


def execute(engine: MeasuredEngine, commands: Iterable[Ordinary]) -> None:
    """Give commands to the process that is measured, each in a transaction and on a day of its own.

    Moves back and forth on one day would be refused, since their order is not known. On a server
    each has a key of its own, as from the command line.
    """
    for command in commands:
        request = asked(replace(command, on=engine.days.go_on()))
        if engine.database.is_server:
            request = replace(request, key=uuid4().hex, new_key=True)
        engine.execute(PROCESS, [request])


def asked(command: Ordinary) -> Request:
    """Return the request by which we ask for a command."""
    return Request(command, Called(ACTOR))


# --- commands of every kind that can be given for ever, each day once ----------------------------


def repeatable(definition: Definition) -> dict[str, tuple[Ordinary, ...]]:
    """Return commands by kind. They change where nothing stands: moves go back and forth."""
    back = Advance(QUESTION, TODAY, "aanpassen", attested=True, reference=SOURCE)
    return {
        "note": (_note(),),
        "record": (_decision(definition, QUESTION, 0, Effect.PENDING),),
        "advance": (back, Advance(QUESTION, TODAY, "opnieuw")),
    }


def live_round(definition: Definition) -> dict[str, tuple[Ordinary, ...]]:
    """Return the commands of one round by kind, in order: it can be given for ever."""
    back, again = repeatable(definition)["advance"]
    return {
        **{kind: repeatable(definition)[kind] for kind in ("note", "record")},
        "closing record": (_decision(definition, QUESTION, 0, Effect.FOR),),
        "advance": (back,),
        "again": (again,),
    }


def _note() -> Ordinary:
    return AddNote("Somebody said something.", TODAY, SOURCE, QUESTION)


# --- the story of a process --------------------------------------------------------------------


def _story(definition: Definition, length: int) -> list[Ordinary]:
    """Return so many commands: a beginning, rounds while they fit, then notes."""
    story: list[Ordinary] = [Advance(QUESTION, TODAY, "in-route")]
    for chapter in chain([_beginning(definition)], repeat(_round(definition))):
        if len(story) + len(chapter) > length:
            break
        story += chapter
    return [*story, *repeat(_note(), length - len(story))]


def dated(story: list[Ordinary], begins: date) -> Iterator[Ordinary]:
    """Spread a story over the days from the beginning until today."""
    days = (NOW.date() - begins).days
    for index, command in enumerate(story):
        yield replace(command, on=day_of(begins + timedelta(days * index // len(story))))


def _beginning(definition: Definition) -> list[Ordinary]:
    """Bring the outline memorandum to where it can go in route."""
    return [
        Advance(PAPER, TODAY, "voorbereiden"),
        Advance(PAPER, TODAY, "dialoog"),
        *_tasks(definition, ("ambtelijke-sessie", "bestuurlijke-sessie", "raadsgesprek")),
        Advance(PAPER, TODAY, "opleveren"),
    ]


def _round(definition: Definition) -> list[Ordinary]:
    """Put both questions to everybody once; one body rejects each, and they are mended."""
    return [
        *_answers(definition, QUESTION),
        Advance(QUESTION, TODAY, "aanpassen"),
        Advance(QUESTION, TODAY, "opnieuw"),
        *repeat(_note(), 6),
        *_parts(definition),
        Advance(PAPER, TODAY, "in-route", attested=True, reference=SOURCE),
        *_tasks(definition, ("technische-vragen",)),
        *_answers(definition, PAPER),
        Advance(PAPER, TODAY, "aanpassen"),
        Advance(PAPER, TODAY, "opnieuw"),
        ReportTask("nieuwsbrief", "verzonden", TODAY, reference=SOURCE),
    ]


def _answers(definition: Definition, milestone: str) -> Iterator[Ordinary]:
    (request,) = definition.milestones[milestone].requests.values()
    last = len(request.bodies) - 1
    for index in range(last):
        yield _decision(definition, milestone, index, Effect.FOR, Effect.ANSWERED)
    yield _decision(definition, milestone, last, Effect.AGAINST)


def _decision(definition: Definition, milestone: str, index: int, *effects: Effect) -> Ordinary:
    """Return a decision of one of the bodies asked, with an outcome of one of these effects."""
    (request,) = definition.milestones[milestone].requests.values()
    body = request.bodies[index]
    outcomes = definition.instruments[request.instruments[body]].outcomes.values()
    outcome = next(each.id for each in outcomes if each.effect in effects)
    return Record(milestone, body, outcome, TODAY, reference=SOURCE)


def _tasks(definition: Definition, names: tuple[str, ...]) -> Iterator[Ordinary]:
    for task in definition.tasks_of(PAPER):
        if task.ref.task in names:
            result = next(name for name, done in task.results.items() if done)
            for subject in task.subjects:
                yield ReportTask(str(task.ref), result, TODAY, subject or None, SOURCE)


def _parts(definition: Definition) -> Iterator[Ordinary]:
    deliverable = definition.deliverables[PAPER]
    for part in deliverable.parts.values():
        for subject in part.subjects:
            written = f"{deliverable.id}/{part.id}"
            yield ReportPart(written, deliverable.levels[1], TODAY, subject or None, SOURCE)
