"""Acts of a story or a trace as commands: given to the engine, or typed, each on a day of its own.

What a story leaves to chance is brought about on the way: a part is at the level at which a gate
holds that has to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from definitions.calendar.dates import day_of
from definitions.model import (
    DateReached,
    Definition,
    DuePast,
    Gate,
    PartsAt,
    TaskRef,
    gates_in,
)
from definitions.proving.situations import EACH, FIRST, OTHER
from definitions.proving.verdict import Act, ActKind
from tests.support.cli import Terminal
from tests.support.engine import Traject
from tests.support.explicit import BEGINS, as_chosen, choices, free_in
from workflow.model.commands import Advance, Command, Record, Replan, ReportPart, ReportTask
from workflow.rules.gates import holds, part_name
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_date

SOURCE = "a source"


def text_named(name: str) -> str | None:
    """Return the SHA-256 of a text that a story calls ``1`` or ``2``; None where it names none."""
    return sha256(name.encode()).hexdigest() if name else None


def command_of(act: Act, on: date) -> Command:
    """Return the command that an act is, on a day."""
    day = day_of(on)
    match act.kind:
        case ActKind.MOVE:
            return Advance(act.milestone, day, act.name, act.what or None)
        case ActKind.DECIDE:
            body = (act.milestone, act.who, act.what, day, act.name)
            text = text_named(act.text)
            return Record(*body, reference=SOURCE, ground=SOURCE, text=text)
        case ActKind.REPORT:
            ref = str(TaskRef(act.milestone, act.name))
            return ReportTask(ref, act.what, day, act.who or None, SOURCE)
        case ActKind.DELIVER:
            return ReportPart(act.name, act.what, day, act.who or None, SOURCE)
        case ActKind.WAIT | ActKind.REPLAN:
            raise AssertionError("a term is not a command")


def line_of(act: Act, process: str, on: date, folder: Path) -> list[str]:
    """Return the line that an act is, as people type it.

    Args:
        folder: where there are files with the texts that it names.
    """
    day = ["--on", on.isoformat()]
    source = ["--reference", SOURCE]
    match act.kind:
        case ActKind.MOVE:
            to = ["--to", act.what] if act.what else []
            return ["advance", process, act.milestone, act.name, *to, *day]
        case ActKind.DECIDE:
            more = ["--text", str(_file_of(act.text, folder))] if act.text else []
            what = [process, act.milestone, act.who, act.what]
            return ["record", *what, "--request", act.name, *more, *day, *source]
        case ActKind.REPORT:
            subject = ["--for", act.who] if act.who else []
            ref = str(TaskRef(act.milestone, act.name))
            return ["task", process, ref, act.what, *subject, *day, *source]
        case ActKind.DELIVER:
            subject = ["--for", act.who] if act.who else []
            return ["deliverable", process, act.name, act.what, *subject, *day, *source]
        case ActKind.WAIT | ActKind.REPLAN:
            raise AssertionError("a term is not typed")


def as_made(story: Iterable[Act], definition: Definition) -> Iterator[Act]:
    """Yield the acts of a story as they are made.

    What it tells of all together is made of each; a text that nobody else is on has a name of its
    own; and a part of which no more is told is brought there for everybody.
    """
    for act in story:
        match act.kind:
            case ActKind.REPORT if act.who == EACH:
                for subject in definition.tasks[TaskRef(act.milestone, act.name)].subjects:
                    yield replace(act, who=subject)
            case ActKind.DECIDE:
                request = definition.milestones[act.milestone].requests[act.name]
                named = f"that of {act.who}" if act.text == OTHER else FIRST
                yield replace(act, text=named if request.text or act.text else "")
            case ActKind.DELIVER:
                deliverable, _, parts = act.name.partition("/")
                for part in parts.split("+"):
                    for subject in definition.deliverables[deliverable].parts[part].subjects:
                        yield replace(act, name=f"{deliverable}/{part}", who=subject)
            case _:
                yield act


def _file_of(text: str, folder: Path) -> Path:
    """Return the file of a text, whose SHA-256 is that by which the engine knows it."""
    file = folder / f"{text}.txt"
    file.write_bytes(text.encode())
    return file


@dataclass
class Acting:
    """A process in which acts are made, each on a day of its own.

    Attributes:
        day: the day of the last of them.
        typed: the terminal at which they are typed; None where the engine is asked.
    """

    traject: Traject
    typed: Terminal | None = None
    day: date = field(default=BEGINS)

    @property
    def now(self) -> Snapshot:
        """How the process stands."""
        return self.traject.snapshot(self.day)

    def start(self) -> None:
        """Start the process."""
        self._it_is(self.day)
        self.traject.start()

    def make_all(self, acts: Iterable[Act]) -> None:
        """Make some acts, one after the other."""
        for act in acts:
            self.make(act)

    def make(self, act: Act) -> None:
        """Make an act, after what has to be so for it, which nothing keeps from being so."""
        if act.kind is ActKind.WAIT:
            self._wait(act.name)
            return
        if act.kind is ActKind.REPLAN:
            self._it_is(self.day + timedelta(1))
            self._replan(act.name, self.day + timedelta(FAR))
            return
        for gate, party in self.gates_of(act):
            self._bring_about(gate, party)
        self.make_alone(act)

    def make_alone(self, act: Act) -> None:
        """Make an act on the next day, whatever it takes."""
        self._it_is(self.day + timedelta(1))
        if self.typed is None:
            self.traject.do(command_of(act, self.day))
        else:
            self.typed.world.now = self.traject.world.now
            folder = self.typed.file.parent
            self.typed.does(*line_of(act, self.traject.id, self.day, folder))

    def _it_is(self, day: date) -> None:
        self.day = day
        self.traject.world.now = datetime.combine(day, time(10), UTC)

    def gates_of(self, act: Act) -> Iterator[tuple[Gate | None, str | None]]:
        """Yield the gates that an act has to pass, each with the party whose own it looks at."""
        milestone = self.traject.definition.milestones.get(act.milestone)
        if milestone is None:
            return
        if act.kind is ActKind.MOVE:
            at = self.traject.state.milestones[act.milestone].state
            for arm in milestone.arms_from(at):
                if arm.trigger == act.name and act.what in ("", arm.target):
                    yield arm.gate, None
        elif act.kind is ActKind.DECIDE:
            request = milestone.requests[act.name]
            yield request.after, self.traject.definition.party_of(act.who)

    def _bring_about(self, gate: Gate | None, party: str | None) -> None:
        """See to it that a gate holds, by what may hold or not at will."""
        if holds(gate, self.now, party):
            return
        definition = self.traject.definition
        for chosen in choices(free_in([gate], definition)):
            if not holds(as_chosen(gate, chosen), self.now, party):
                continue
            for free, wanted in chosen.items():
                match free:
                    case PartsAt():
                        self._deliver(free, wanted=wanted)
                    case DuePast(due) if wanted:
                        self._wait(due)
                    case DateReached(on) if wanted and on.day is not None:
                        self._it_is(max(self.day, on.day))
                    case _:
                        pass
            return

    def _deliver(self, gate: PartsAt, *, wanted: bool) -> None:
        if holds(gate, self.now) == wanted:
            return
        deliverable = self.traject.definition.deliverables[gate.deliverable]
        level = gate.level if wanted else deliverable.levels[0]
        for part in gate.parts:
            name = part_name(gate.deliverable, part, "")
            for subject in deliverable.parts[part].subjects:
                self.make_alone(Act(ActKind.DELIVER, "", name, subject, level))

    def _wait(self, due: str) -> None:
        """Let a term go by; first give it a date where it has none."""
        asked = self.traject.definition.dues[due]
        deadline = due_date(self.now, asked, "").deadline
        if deadline is None:
            self._it_is(self.day + timedelta(1))
            deadline = self.day + timedelta(1)
            self._replan(due, deadline)
        self._it_is(max(self.day, deadline + timedelta(1)))

    def _replan(self, due: str, to: date) -> None:
        self.traject.do(Replan(due, day_of(to), "it was set", day_of(self.day)))


FAR = 400
"""By how many days a due that goes by again is put off."""


def at_will_in(gate: Gate | None) -> bool:
    """Return whether a gate looks at what may hold or not at will."""
    return any(isinstance(each, PartsAt | DateReached | DuePast) for each in gates_in(gate))
