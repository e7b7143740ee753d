"""Several programs at once on one process: their commands, times and results.

Their entries are checked to be one legal order: the journal, asked again from its beginning by one
program alone, is the same journal to the hash; and what was refused is refused there too, at some
moment between the question and the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from definitions.calendar.dates import parse_date
from definitions.language.errors import MijlpaalError
from definitions.model import Definition
from tests.support.engine import Traject, World, bodies, gr_sociaal_domein
from workflow.model.commands import AddNote, Advance, Command, Correct, Record, Replan, Request
from workflow.model.events import Entry
from workflow.model.person import Called
from workflow.rules.refusals import Refused
from workflow.storage.database import Database

MILESTONE = "principebesluit"
DUES = ("hoofdlijnennotitie.in-route", "concepttekst/raden")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one program asked, and what became of it.

    Attributes:
        called: the moment before it asked.
        returned: the moment after it had its answer.
        seq: the number of the entry it made; None where it was refused.
        refusal: the kind of refusal, where it was.
        tries: how often it was decided.
    """

    command: Command
    key: str | None
    called: datetime
    returned: datetime
    seq: int | None
    refusal: str | None


@dataclass
class Now(World):
    """A world in which time passes."""

    def clock(self) -> datetime:
        """Return the present."""
        return datetime.now(UTC)


def ask(traject: Traject, command: Command, key: str | None = None) -> Answer:
    """Ask one thing, and note when and what became of it."""
    called = datetime.now(UTC)
    seq, refusal = None, None
    try:
        receipt = traject.do(command, key=key)
        seq = receipt.entries[0].seq if receipt.entries else None
    except MijlpaalError as error:
        refusal = type(error).__name__
    return Answer(command, key, called, datetime.now(UTC), seq, refusal)


def ask_all(url: str, process: str, commands: Sequence[Command]) -> list[Answer]:
    """Open the database, and ask one thing after the other."""
    with Database(url) as database:
        traject = Traject(database, gr_sociaal_domein(), Now(), process)
        return [ask(traject, command) for command in commands]


def ask_with_key(url: str, process: str, command: Command, key: str) -> Answer:
    """Open the database, and ask one thing under a key."""
    with Database(url) as database:
        return ask(Traject(database, gr_sociaal_domein(), Now(), process), command, key)


def start(url: str, process: str, first_person: int) -> str:
    """Start a process; return what became of it."""
    with Database(url) as database:
        world = Now(people=first_person)
        try:
            Traject(database, gr_sociaal_domein(), world, process).start()
        except Refused as refusal:
            return type(refusal).__name__
    return "started"


def storm(url: str, process: str, seed: int, size: int) -> list[Answer]:
    """Ask a number of things as chance has it: a seed always asks the same."""
    dice = Random(seed)
    answers: list[Answer] = []
    with Database(url) as database:
        traject = Traject(database, gr_sociaal_domein(), Now(), process)
        for _ in range(size):
            own = [each.seq for each in answers if each.seq]
            answers.append(ask(traject, _anything(dice, traject.definition, own)))
    return answers


def _anything(dice: Random, definition: Definition, own: list[int]) -> Command:
    day = parse_date(f"2021-0{dice.randint(1, 6)}-1{dice.randint(0, 9)}")
    body = dice.choice(bodies(definition, "raad"))
    outcome = dice.choice(("ingestemd", "ingestemd", "verworpen", "aangehouden"))
    asked: list[Command] = [
        Record(MILESTONE, body, outcome, day, reference="a source"),
        Record(MILESTONE, body, "ingestemd", day, reference="a source"),
        Advance(MILESTONE, parse_date("2020-12-01")),
        Advance(MILESTONE, day, dice.choice((None, "aanpassen"))),
        Replan(dice.choice(DUES), day, f"it is {dice.random()}", day),
        AddNote(f"{dice.random()}", day, "a source"),
    ]
    if own:
        asked.append(Correct(dice.choice(own), "it was not so", withdraw=True))
    return dice.choice(asked)


# --- one legal order ---------------------------------------------------------------------------


def disorder(traject: Traject, alone: Traject, answers: list[Answer]) -> list[str]:
    """Return the reasons why the journal is not one legal order of the commands.

    Args:
        traject: where several programs wrote.
        alone: the same process, just started, in a database of its own.
        answers: the results of each program.
    """
    journal = traject.journal
    found = [f"{each} of one program" for each in traject.problems]
    found += _out_of_time(journal, answers)
    begun = len(alone.journal)
    made = {each.seq: each for each in answers if each.seq is not None}
    if [*range(begun + 1, len(journal) + 1)] != sorted(made):
        found.append(f"{sorted(made)} were acknowledged, and {len(journal)} entries are there")
        return found
    refused = [each for each in answers if each.refusal is not None]
    unexplained = _not_refused(alone, journal, begun, refused)
    for entry in journal[begun:]:
        answer = made[entry.seq]
        alone.world.now = entry.recorded_at
        alone.do(answer.command, key=answer.key)
        unexplained = _not_refused(alone, journal, entry.seq, unexplained)
    if alone.journal != journal:
        found.append("asked again by one program alone, it is another journal")
    return found + [f"{each} is refused nowhere there" for each in unexplained]


def _out_of_time(journal: list[Entry], answers: list[Answer]) -> list[str]:
    moments = [each.recorded_at for each in journal]
    found = [] if moments == sorted(moments) else ["the moments of recording go back"]
    entries = {each.seq: each for each in journal}
    return found + [
        f"{each} was recorded outside its own time"
        for each in answers
        if each.seq and not each.called <= entries[each.seq].recorded_at <= each.returned
    ]


def _not_refused(
    alone: Traject, journal: list[Entry], at: int, refused: list[Answer]
) -> list[Answer]:
    """Return the commands that are not refused here, or were given at another moment."""
    begins = journal[at - 1].recorded_at
    ends = journal[at].recorded_at if at < len(journal) else datetime.max.replace(tzinfo=UTC)
    return [
        each
        for each in refused
        if each.returned < begins or ends < each.called or not _is_refused(alone, each)
    ]


def _is_refused(alone: Traject, answer: Answer) -> bool:
    request = Request(answer.command, Called(alone.by))
    alone.world.now = answer.called
    try:
        alone.engine.execute(alone.id, [request], dry=True)
    except MijlpaalError as error:
        return type(error).__name__ == answer.refusal
    return False


def unnumbered(entry: Entry) -> Entry:
    """Return an entry without where it stands, to compare what it says."""
    return entry._replace(seq=0, prev_hash="", hash="")
