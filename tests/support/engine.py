"""An engine on a database of its own: a clock that stands still, ids that count, real SQLite.

A test runs a process through ``Traject``: one word for each thing that can happen, dates as
people write them. ``refused`` also sees to it that a refusal wrote nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import MijlpaalError
from definitions.language.text import Text
from definitions.library import open_definition
from definitions.model import Definition
from screens.page import Page
from tests.support.databases import rows_of
from workflow.engine import Engine, Environment, Seating, Start
from workflow.model.commands import (
    AddNote,
    Advance,
    Change,
    Command,
    Correct,
    EndSeat,
    FollowUp,
    Join,
    Leave,
    Record,
    Replan,
    ReportPart,
    ReportTask,
    Request,
)
from workflow.model.events import Entry
from workflow.model.person import Called
from workflow.model.state import DueKey, DueState, MilestoneState, SeatState, State, Step
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.storage import reading
from workflow.storage.database import Database
from workflow.unit_of_work import Receipt
from workflow.verify import verify

SECRETARY = "secretaris"
"""Whoever starts the processes of the tests, and holds the seats of a starter."""


@cache
def gr_sociaal_domein() -> Definition:
    """Return the shipped definition, loaded once."""
    return open_definition("gr-sociaal-domein")


def typed(said: Text | None) -> str:
    """Return a sentence as the command line shows it; empty if there is none."""
    return Page().say(said) if said else ""


@dataclass
class World:
    """What the engine takes from outside, in the hands of the test."""

    now: datetime = datetime(2022, 6, 1, 10, 0, tzinfo=UTC)
    people: int = 0

    def clock(self) -> datetime:
        """Return the present, which passes only when the test says so."""
        return self.now

    def new_id(self) -> str:
        """Return an id that was not used before."""
        self.people += 1
        return f"person-{self.people}"

    def it_is(self, day: str) -> None:
        """Make it the morning of a day."""
        self.now = datetime.fromisoformat(f"{day}T10:00:00+00:00")

    @property
    def surroundings(self) -> Environment:
        """Return it as the engine wants it."""
        return Environment(self.clock, self.new_id, "tester")


@dataclass
class Traject:
    """One process in one database, and the words in which tests speak of it."""

    database: Database
    definition: Definition
    world: World = field(default_factory=World)
    id: str = "traject"
    by: str = SECRETARY

    def __post_init__(self) -> None:
        self.engine = Engine(self.database, self.world.surroundings)

    # --- what can happen ---------------------------------------------------------------------

    def start(self, on: str | None = None, *, reconstruction: bool = False) -> Receipt:
        """Start the process."""
        begins = None if on is None else parse_date(on)
        return self.engine.start(
            Start(self.definition, self.id, Called(self.by), begins, reconstruction=reconstruction)
        )

    def do(self, command: Command, **conditions: Any) -> Receipt:
        """Ask for one thing, as the actor of this traject."""
        return self.engine.execute(self.id, [Request(command, Called(self.by), **conditions)])

    def do_all(self, commands: Iterable[Command]) -> Receipt:
        """Ask for several things, all or nothing."""
        return self.engine.execute(self.id, [Request(each, Called(self.by)) for each in commands])

    def advance(self, milestone: str, on: str, trigger: str | None = None, **more: Any) -> Receipt:
        """Move a milestone."""
        return self.do(Advance(milestone, parse_date(on), trigger, **more))

    def attest(self, milestone: str, on: str, trigger: str | None = None) -> Receipt:
        """Move a milestone on the word of a source."""
        return self.advance(milestone, on, trigger, attested=True, reference="a source")

    def record(self, milestone: str, body: str, outcome: str, on: str, **more: Any) -> Receipt:
        """Record a decision, on behalf of the body."""
        more = {"reference": "a source", **more}
        return self.do(Record(milestone, body, outcome, parse_date(on), **more))

    def all_record(
        self, milestone: str, outcome: str, on: str, *, kind: str = "raad", **more: Any
    ) -> None:
        """Record the same decision of every council (or college)."""
        commands = [
            Record(milestone, body, outcome, parse_date(on), **{"reference": "a source", **more})
            for body in bodies(self.definition, kind)
        ]
        self.do_all(commands)

    def sent(self, milestone: str, body: str, on: str, **more: Any) -> Receipt:
        """Record that the answer of a body was sent, on its behalf."""
        return self._follow_up(milestone, body, Step.SENT, on, **more)

    def received(self, milestone: str, body: str, on: str, **more: Any) -> Receipt:
        """Record that the answer of a body was received."""
        return self._follow_up(milestone, body, Step.RECEIVED, on, **more)

    def reply(self, milestone: str, body: str, point: int | None, on: str, **more: Any) -> Receipt:
        """Record that a point of the answer of a body was replied to."""
        return self._follow_up(milestone, body, Step.REPLIED, on, point=point, **more)

    def _follow_up(self, milestone: str, body: str, step: Step, on: str, **more: Any) -> Receipt:
        more = {"reference": "a source", **more}
        return self.do(FollowUp(milestone, body, step, parse_date(on), **more))

    def join(self, party: str, on: str, reason: str = "it asked to") -> Receipt:
        """Record that a party joins."""
        return self.do(Join(party, reason, parse_date(on)))

    def leave(self, party: str, on: str, reason: str = "it joined another region") -> Receipt:
        """Record that a party leaves."""
        return self.do(Leave(party, reason, parse_date(on)))

    def replan(self, due: str, to: str, on: str, reason: str = "the papers were late") -> Receipt:
        """Give a due another date."""
        return self.do(Replan(due, parse_date(to), reason, parse_date(on)))

    def correct(self, seq: int, **changes: Change) -> Receipt:
        """Let an entry say something else, or, where it was withdrawn, what it said."""
        return self.do(Correct(seq, "a slip", tuple(changes.items()), reference="a source"))

    def withdraw(self, seq: int) -> Receipt:
        """Let an entry say nothing."""
        return self.do(Correct(seq, "a slip", withdraw=True, reference="a source"))

    def task(
        self, task: str, result: str, on: str, subject: str | None = None, **more: Any
    ) -> Receipt:
        """Report a task, on behalf of its owner."""
        return self.do(ReportTask(task, result, parse_date(on), subject, "a source", **more))

    def part(
        self, part: str, level: str, on: str, subject: str | None = None, **more: Any
    ) -> Receipt:
        """Report the level of a part, on behalf of its group."""
        return self.do(ReportPart(part, level, parse_date(on), subject, "a source", **more))

    def note(self, note: str, on: str, about: str | None = None) -> Receipt:
        """Write a note."""
        return self.do(AddNote(note, parse_date(on), "a source", about))

    def seat(self, seat: str, name: str, on: str, until: str | None = None) -> Receipt:
        """Give somebody a seat."""
        last = None if until is None else date.fromisoformat(until)
        seating = Seating(seat, Called(name), Called(self.by), on=parse_date(on), until=last)
        return self.engine.give_seat(self.id, seating)

    def unseat(self, seat: str, name: str, on: str) -> Receipt:
        """End somebody's seat."""
        return self.do(EndSeat(seat, self.engine.known_person(Called(name)), parse_date(on)))

    def as_actor(self, name: str) -> "Traject":
        """Return the same process, as somebody else would speak to it."""
        return replace(self, by=name)

    # --- how it stands -----------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Where it stands, from the tables."""
        return self.engine.present(self.id)[0].state

    def snapshot(self, day: date) -> Snapshot:
        """The process as it stands, on a day."""
        return snapshot_of(self.definition, self.state, day)

    @property
    def stored(self) -> State:
        """Where it stands, from the tables, with the rounds that are over."""
        with self.database.reading() as connection:
            head = reading.get_head(connection, self.id)
            assert head is not None
            return reading.read_state(connection, head, past_rounds=True)

    def as_of(self, day: str) -> State:
        """Where it stood on a day, from the journal."""
        return self.engine.as_of(self.id, date.fromisoformat(day))[0].state

    def known_at(self, day: str | None) -> State:
        """The state as known on a day."""
        return self.engine.as_of(self.id, None, date.fromisoformat(day) if day else None)[0].state

    def milestone(self, milestone: str) -> MilestoneState:
        """Where a milestone stands."""
        return self.state.milestones[milestone]

    def stand(self, milestone: str) -> tuple[str, str | None]:
        """The state of a milestone, and its basis."""
        now = self.milestone(milestone)
        return now.state, now.basis

    @property
    def journal(self) -> list[Entry]:
        """The entries, in the order of recording."""
        return self.engine.journal(self.id)[1]

    @property
    def last(self) -> int:
        """The number of the last entry."""
        return self.journal[-1].seq

    @property
    def problems(self) -> list[str]:
        """What ``verify`` finds wrong with it."""
        return [
            str(each)
            for verdict in verify(self.database, self.id, now=self.world.now)
            for each in verdict.problems
        ]


# --- refusals ----------------------------------------------------------------------------------


@dataclass
class Caught:
    """The refusal that was met, once it was."""

    error: MijlpaalError | None = None

    @property
    def sentence(self) -> str:
        """The sentence."""
        assert self.error is not None
        return str(self.error.sentence)

    @property
    def advice(self) -> str:
        """The advice; empty if there is none."""
        assert self.error is not None
        return typed(self.error.advice)


@contextmanager
def refused(traject: Traject, kind: type[MijlpaalError]) -> Iterator[Caught]:
    """Expect a refusal of a kind, and that not one row of the database changed by it."""
    caught = Caught()
    before = rows_of(traject.database)
    with pytest.raises(kind) as raised:
        yield caught
    caught.error = raised.value
    assert kind is type(raised.value)
    assert before == rows_of(traject.database)


# --- other programs ----------------------------------------------------------------------------


def write_in_another_program(url: str, process: str, writer: str, notes: int) -> None:
    """Write notes to a process, one after the other."""
    with Database(url) as database:
        traject = Traject(database, gr_sociaal_domein(), id=process)
        for number in range(notes):
            traject.note(f"{writer}/{number}", "2021-03-01")


def decide_in_another_program(url: str, process: str, outcome: str) -> str:
    """Record a decision of Dordrecht's council; return the result."""
    with Database(url) as database:
        traject = Traject(database, gr_sociaal_domein(), id=process)
        try:
            traject.record("principebesluit", "dordrecht", outcome, "2021-01-12")
        except MijlpaalError as refusal:
            return type(refusal).__name__
        return "recorded"


# --- the lives of the shipped process ----------------------------------------------------------


def bodies(definition: Definition, kind: str) -> list[str]:
    """Return the bodies of a kind: every ``raad``."""
    return [body for body in definition.bodies if body.endswith(f".{kind}")]


def through_principle(traject: Traject, *, on: str = "2020-12-01", decided: str) -> None:
    """Take the decision in principle from its beginning to vastgesteld."""
    traject.advance("principebesluit", on)
    traject.all_record("principebesluit", "ingestemd", decided)
    traject.advance("principebesluit", decided)


def through_dialogue(traject: Traject, milestone: str, on: str) -> None:
    """Take a milestone with the fixed structure from gepland to oplevering."""
    day = parse_date(on)
    traject.advance(milestone, on)
    traject.advance(milestone, on)
    groups, parties = traject.definition.groups, traject.definition.parties
    traject.do_all(
        [
            ReportTask(f"{milestone}/ambtelijke-sessie", "gehouden", day, group, "a source")
            for group in groups
        ]
        + [ReportTask(f"{milestone}/bestuurlijke-sessie", "gehouden", day)]
        + [ReportTask(f"{milestone}/raadsgesprek", "afgeslagen", day, party) for party in parties]
    )
    traject.advance(milestone, on)


def deliver(traject: Traject, deliverable: str, level: str, on: str) -> None:
    """Bring every part of a deliverable to a level."""
    parts = traject.definition.deliverables[deliverable].parts.values()
    traject.do_all(
        ReportPart(f"{deliverable}/{part.id}", level, parse_date(on), subject or None, "a source")
        for part in parts
        for subject in part.subjects
    )


def close_questions(traject: Traject, milestone: str, on: str) -> None:
    """Close the technical questions of every council."""
    traject.do_all(
        ReportTask(f"{milestone}/technische-vragen", "gesloten", parse_date(on), party, "a source")
        for party in traject.definition.parties
    )


def adopt_outlines(traject: Traject, on: str) -> None:
    """Take the outline memorandum from in-route to vastgesteld."""
    close_questions(traject, "hoofdlijnennotitie", on)
    day = parse_date(on)
    traject.do_all(
        Record(
            "hoofdlijnennotitie",
            body,
            "reactie" if body == "papendrecht.raad" else "vastgesteld",
            day,
            reference="a source",
        )
        for body in bodies(traject.definition, "raad")
    )
    traject.advance("hoofdlijnennotitie", on)


def to_final_text_in_route(traject: Traject) -> None:
    """Take a process that has just started to where the final text goes round."""
    through_principle(traject, decided="2021-02-09")
    through_dialogue(traject, "hoofdlijnennotitie", "2021-02-10")
    deliver(traject, "hoofdlijnennotitie", "leidend", "2021-03-01")
    traject.advance("hoofdlijnennotitie", "2021-03-02")
    adopt_outlines(traject, "2021-04-20")
    through_dialogue(traject, "concepttekst", "2021-04-21")
    deliver(traject, "hoofdlijnennotitie", "volledig", "2021-05-03")
    deliver(traject, "concepttekst", "concept", "2021-05-03")
    traject.advance("concepttekst", "2021-05-04")
    close_questions(traject, "concepttekst", "2021-06-30")
    traject.all_record("concepttekst", "ingestemd", "2021-06-30")
    traject.advance("concepttekst", "2021-07-01")
    through_dialogue(traject, "definitieve-tekst", "2021-07-02")
    deliver(traject, "definitieve-tekst", "volledig", "2021-08-30")
    traject.advance("definitieve-tekst", "2021-08-31")


def everything_rests_on(state: State) -> dict[str, str | None]:
    """Return the basis of every milestone."""
    return {name: milestone.basis for name, milestone in state.milestones.items()}


def without_numbers(state: State) -> State:
    """Return a state without the numbers of the entries, to compare journals of another order."""

    def numberless(values: Mapping[Any, Any]) -> dict[Any, Any]:
        return {
            key: value if isinstance(value, SeatState | DueState) else replace(value, seq=0)
            for key, value in values.items()
        }

    return replace(
        state,
        milestones=numberless(state.milestones),
        decisions=numberless(state.decisions),
        follow_ups=numberless(state.follow_ups),
        dues=_in_their_order(state.dues),
        departures=numberless(state.departures),
        tasks=numberless(state.tasks),
        parts=numberless(state.parts),
        moves=numberless(state.moves),
        seats=dict(enumerate(state.seats.values())),
    )


def _in_their_order(dues: Mapping[DueKey, DueState]) -> dict[DueKey, DueState]:
    """Return the dates that dues were given, numbered as they were given."""
    ordered = sorted(dues.items(), key=lambda item: (item[0][0], item[1].effective_on, item[0][1]))
    return {(due, index): moved for index, ((due, _), moved) in enumerate(ordered)}


# --- an odd process ------------------------------------------------------------------------------

ODD = """\
id: vreemd
version: 1
title: {en: Odd}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {date: 2021-06-01, what: ready}
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college]}
    west: {name: West, kind: gemeente, bodies: [raad]}
    zuid: {name: Zuid, kind: provincie, bodies: [staten]}
roles:
  secretaris:
    may: [advance, stop, record-on-behalf, task, deliverable, note, member, replan, amend]
  griffier: {per: party, may: [record, task]}
starter: [secretaris]
deliverables:
  tekst: {levels: [leeg, concept, volledig], parts: {kern: {}, bijlage: {per: party}}}
instruments:
  besluit: {voor: for, tegen: {counts: against, needs: ground}, aangehouden: pending}
  mening: {reactie: answered, geen: answered}
structures:
  lus: # a new round in one step, a way back, two ways by one name
    states: [open, rond, genomen, klaar, weg]
    final: {good: [klaar], bad: [weg]}
    slots: [rijp, besluit, verworpen, rustig]
    tasks:
      vragen: {per: party, owner: griffier, in: rond, each: round, results: {ja: done, nee: open}}
    transitions:
      beginnen: {from: open, to: rond, opens: round, gate: {slot: rijp}}
      opnieuw: {from: rond, to: rond, opens: round, gate: {slot: verworpen}}
      verder:
        - {from: rond, to: genomen, gate: {slot: besluit}}
        - {from: rond, to: klaar, gate: {all: [{slot: besluit}, {slot: rustig}]}, latch: true}
      heropenen: {from: genomen, to: rond, explicit: true}
      sluiten: {from: genomen, to: klaar, gate: {slot: rustig}}
      weggooien: {from: [open, rond], to: weg, explicit: true, permission: stop}
milestones:
  eerste:
    structure: lus
    requests:
      raden: {of: [oost.raad, west.raad, zuid.staten], instrument: besluit, in: [rond]}
      college:
        of: oost.college
        instrument: mening
        in: [rond, genomen]
        after: {any: [{request: raden, of: own, counts: for}, {tasks: vragen, of: own}]}
    gates:
      rijp: {part: tekst/kern, level: concept}
      besluit: {request: raden, rule: majority, counts: for}
      verworpen: {request: raden, rule: {at_least: 1}, counts: against}
      rustig: {not: {request: raden, rule: {at_least: 1}, counts: against}}
  tweede:
    structure: lus
    requests:
      allen:
        of: [oost.raad, west.raad, zuid.staten]
        instrument: besluit
        instrument_for: {zuid: mening}
        text: tekst
        in: [rond, genomen]
    gates:
      rijp:
        any:
          - {milestone: eerste, state: [genomen, klaar]}
          - {all: [{parts: tekst, level: volledig}, {not: {milestone: eerste, state: weg}}]}
      besluit: {request: allen, rule: {share: 2/3}, counts: [for, answered]}
      verworpen: {all: [{request: allen, rule: {at_least: 1}, counts: against}, {tasks: vragen}]}
      rustig: {date: goal}
"""
"""Gates with “not”, latches, two ways by one name, and a new round in one step."""

# --- a process of questions and answers ----------------------------------------------------------

ANSWERS = """\
id: antwoorden
version: 1
title: {en: Answers}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {date: 2021-12-01, what: in force}
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college], weight: 3}
    west: {name: West, kind: gemeente, bodies: [raad, college], weight: 2}
    zuid: {name: Zuid, kind: gemeente, bodies: [raad, college], weight: 2}
roles:
  secretaris:
    may: [advance, stop, record-on-behalf, task, deliverable, note, member, replan, amend, party]
  griffier: {per: party, may: [record, task]}
starter: [secretaris]
deliverables:
  stuk: {levels: [leeg, volledig], parts: {kern: {}, bijlage: {per: party}}}
instruments:
  mening:
    reactie: answered
    verstreken: {counts: answered, needs: past-due}
    aangehouden: pending
  besluit: {voor: for, tegen: against, stil: {counts: for, needs: past-due}}
structures:
  ronde:
    states: [open, rond, genomen, weg]
    final: {good: [genomen], bad: [weg]}
    slots: [rijp, besluit]
    transitions:
      beginnen: {from: open, to: rond, opens: round, gate: {slot: rijp}}
      nemen: {from: rond, to: genomen, gate: {slot: besluit}}
      terug: {from: rond, to: open, explicit: true}
      weggooien: {from: [open, rond], to: weg, explicit: true, permission: stop}
milestones:
  vraag:
    structure: ronde
    due: {rond: 2021-02-01, genomen: {before: besluit.rond}}
    requests:
      raden:
        of: each raad
        instrument: mening
        in: [rond]
        due: 2021-03-01
        met_by: receipt
        signed_by: [griffier, voorzitter]
      colleges:
        of: each college
        instrument: besluit
        in: [rond]
        after: {request: raden, of: own, counts: answered}
        due: 2021-03-15
    tasks:
      reactie:
        per: party
        replies_to: raden
        owner: secretaris
        arises: {decision: raden, outcome: reactie}
        results: {bezig: open, verzonden: done}
      bericht:
        per: party
        owner: griffier
        in: [rond, genomen]
        arises: {event: replanned}
        results: {nee: open, ja: done}
    gates:
      rijp: {part: stuk/kern, level: volledig}
      besluit: {any: [{request: raden, rule: all, counts: answered}, {past: vraag/raden}]}
  besluit:
    structure: ronde
    due: {rond: 2021-06-01, genomen: 2021-11-01}
    requests:
      raden:
        of: each raad
        instrument: besluit
        in: [rond, genomen]
        due: {after: besluit.rond, weeks: 8}
    gates:
      rijp: {all: [{milestone: vraag, state: genomen}, {parts: stuk, level: volledig}]}
      besluit: {request: raden, rule: {weighted_share: 2/3}, counts: for}
tasks:
  verslag:
    owner: secretaris
    arises: {every: year, from: besluit.genomen, until: 2026-06-30}
    due: {each_year: 04-15}
    results: {bezig: open, gedaan: done}
  brief:
    per: party
    owner: griffier
    arises: {every: year}
    due: {each_year: 02-28}
    results: {bezig: open, gedaan: done}
"""
"""Answers that are followed up, terms that lapse, weights, and what comes back each year."""
