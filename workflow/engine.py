"""The engine: one transaction per command, from the tables to the journal and back.

Everything that reaches outside (the database, the clock, fresh ids, who is logged in) is
handed in. What may be and what follows is decided by pure functions.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from definitions.dates import PartialDate, day_of
from definitions.errors import InvalidValue, MijlpaalError, NotFound
from definitions.loading import stored_definition
from definitions.model import Definition
from definitions.naming import did_you_mean
from definitions.schema import IDENTIFIER
from definitions.text import text
from workflow.cases import Case, Decided, is_late, possible_day
from workflow.commands import Actor, Correct, GiveSeat, Ordinary, Request, digest_of
from workflow.correcting import (
    amended,
    changed_command,
    check_preconditions,
    entry_to_correct,
    preceding,
    withdraw,
    without,
)
from workflow.events import AnyEntry, Entry, Event, Happening, ProcessStarted, SeatGiven, Told
from workflow.folding import apply, fold, initial
from workflow.journal import GENESIS, entry_hash
from workflow.refusals import Conflict, DateRefused, Missing
from workflow.state import State
from workflow.storage import store
from workflow.storage.database import Connection, Database
from workflow.storage.failures import TryAnew
from workflow.storage.store import Head
from workflow.storage.tables import KEY, NAME

REMEMBERED = 64
"""Of how many processes the last state is remembered, the latest used."""
TRIES = 8
"""How often a command is decided anew when somebody else was there at the same moment."""
Result = TypeVar("Result")

STARTER = "starter"
"""The seat in which a process is started: that of nobody in particular."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the engine takes from the world around it.

    Attributes:
        clock: returns the present instant, aware.
        new_id: returns an opaque id that was never used.
        os_user: the user of the operating system.
    """

    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    os_user: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of commands.

    Attributes:
        entries: the entries they made, in order.
        repeated: how many had been recorded before and made none.
        before: the state before.
        after: the state after.
        head: where the journal ends.
        dry: nothing was written: it was only tried.
    """

    definition: Definition
    entries: tuple[Entry, ...]
    repeated: int
    before: State
    after: State
    head: Head
    dry: bool


@dataclass(frozen=True, slots=True)
class Start:
    """A process to be started.

    Attributes:
        on: its first day; as the definition has it when None.
        reconstruction: it is recorded afterwards: nobody is reminded of anything.
    """

    definition: Definition
    process: str
    actor: str
    on: PartialDate | None = None
    reconstruction: bool = False


@dataclass(frozen=True, slots=True)
class Seating:
    """A seat to be given.

    Attributes:
        seat: ``role`` or ``role@place``.
        name: to whom, by name.
        address: where reminders go; None leaves it as it is.
        on: the first day; today when None.
        until: the last day, where that is known.
    """

    seat: str
    name: str
    actor: str
    address: str | None = None
    on: PartialDate | None = None
    until: date | None = None


class Engine:
    """Runs processes in a database."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        """Take the database and the world around."""
        self.database = database
        self._around = surroundings
        self._definitions: dict[str, Definition] = {}
        self._recent: dict[str, tuple[str, State]] = {}

    # --- commands ------------------------------------------------------------------------------

    def start(self, start: Start, *, dry: bool = False) -> Receipt:
        """Start a process; whoever does gets the seats that the definition gives a starter.

        Raises:
            InvalidValue: the id is not of the form of one.
            Conflict: there is a process with that id.
            DateRefused: it would begin on an unknown day or in the future.
        """
        _check_id(start.process)
        begins = start.on or start.definition.begins
        if begins.opening_day is None:
            raise DateRefused(
                text("A process begins on a date that is known."),
                advice=text("Give its first day, with --on."),
            )
        possible_day(begins, begins.opening_day, date.min, self.today(start.definition))
        return self.decided_anew(lambda: self._start(start, begins, dry=dry))

    def _start(self, start: Start, begins: PartialDate, *, dry: bool) -> Receipt:
        with self._transaction(dry) as connection:
            if store.get_head(connection, start.process) is not None:
                raise Conflict(
                    text("There is a process “{process}” already.", process=start.process),
                    advice=text("Give this one another id, with --id."),
                )
            person = self._person(connection, start.actor, dry=dry)
            receipt = self._started(start, begins, person, dry=dry)
            if not dry:
                store.put_definition(connection, start.definition)
                store.put_head(connection, receipt.head)
                store.append(connection, list(receipt.entries))
                store.write_state(connection, start.process, None, receipt.after)
        return receipt

    def execute(self, process: str, requests: Sequence[Request], *, dry: bool = False) -> Receipt:
        """Decide commands one after the other and record all of them, or none.

        Args:
            dry: only try: nothing is written.

        Raises:
            NotFound: no such process.
            Refused: one of them may not be.
            Conflict: somebody else was first, or a key was used for something else.
        """
        return self.decided_anew(lambda: self._execute(process, requests, dry=dry))

    def _execute(self, process: str, requests: Sequence[Request], *, dry: bool) -> Receipt:
        with self._transaction(dry) as connection:
            asker = requests[0].actor if requests else ""
            draft = self._draft(connection, process, asker, dry=dry)
            for request in requests:
                _take(draft, request)
            if draft.entries and not dry:
                draft.write()
        return self._settled(draft, dry=dry)

    def give_seat(self, process: str, seating: Seating, *, dry: bool = False) -> Receipt:
        """Give somebody a seat; who is not known yet is entered, in the same transaction.

        Raises:
            NotFound: no such process or seat.
            Refused: the actor may not, they hold it already, or the date is impossible.
        """
        return self.decided_anew(lambda: self._give_seat(process, seating, dry=dry))

    def _give_seat(self, process: str, seating: Seating, *, dry: bool) -> Receipt:
        with self._transaction(dry) as connection:
            draft = self._draft(connection, process, seating.actor, dry=dry)
            person = self._person(connection, seating.name, seating.address, dry=dry)
            on = seating.on or day_of(self.today(draft.definition))
            command = GiveSeat(seating.seat, person, on, seating.until)
            draft.take(Request(command, seating.actor))
            if not dry:
                if seating.address is not None:
                    store.set_address(connection, person, seating.address)
                draft.write()
        return self._settled(draft, dry=dry)

    def decided_anew(self, command: Callable[[], Result]) -> Result:
        """Give a command, and give it again where somebody else was there at the same moment."""
        patience = self.database.patience
        for pause in islice(patience.pauses(), TRIES):
            try:
                return command()
            except TryAnew:
                patience.sleep(pause)
        return command()

    # --- queries -------------------------------------------------------------------------------

    def present(self, process: str) -> tuple[Definition, State, Head]:
        """Return where a process stands now, from the tables."""
        with self.database.reading() as connection:
            head = self._head(connection, process)
            definition = self._definition(connection, head.definition)
            return definition, _present(connection, head), head

    def as_of(
        self, process: str, day: date | None = None, known: date | None = None
    ) -> tuple[Definition, State, Head]:
        """Return where a process stood at the end of a day, by what was known on another.

        Args:
            process: its id.
            day: what is effective by then counts; all of it when None.
            known: what was recorded by then counts; all of it when None.

        Raises:
            DateRefused: the process did not exist, or was not known, on that day.
        """
        with self.database.reading() as connection:
            head = self._head(connection, process)
            if day is not None and day < head.begins:
                raise DateRefused(
                    text("“{process}” began on {begins}.", process=process, begins=head.begins),
                    advice=text("Ask for that day or a later one."),
                )
            definition = self._definition(connection, head.definition)
            entries = _known(definition, list(store.read_journal(connection, process)), known)
            return definition, fold(definition, entries, until=day), head

    def journal(self, process: str, known: date | None = None) -> tuple[Definition, list[Entry]]:
        """Return the journal of a process as it was written, or was by the end of a day."""
        with self.database.reading() as connection:
            head = self._head(connection, process)
            definition = self._definition(connection, head.definition)
            entries = store.read_journal(connection, process)
            return definition, _known(definition, entries, known)

    def told(self, process: str, known: date | None = None) -> list[Told]:
        """Return what the journal of a process tells, or told by the end of a day."""
        with self.database.reading() as connection:
            head = self._head(connection, process)
            definition = self._definition(connection, head.definition)
            return _known(definition, store.read_told(connection, process), known)

    def processes(self) -> list[tuple[Definition, State, Head]]:
        """Return all processes, and where they stand now."""
        with self.database.reading() as connection:
            return [
                (
                    self._definition(connection, head.definition),
                    _present(connection, head),
                    head,
                )
                for head in store.get_heads(connection)
            ]

    def known_person(self, name: str) -> str:
        """Return the opaque id of a person, or raise NotFound."""
        with self.database.reading() as connection:
            person = store.person_named(connection, name)
            if person is None:
                known = [known for known, _ in store.people(connection).values()]
                raise NotFound(
                    text("There is nobody called “{name}”.", name=name),
                    advice=did_you_mean(name, known),
                )
            return person

    def people(self) -> dict[str, tuple[str, str | None]]:
        """Return the name and address of everybody, by their opaque id."""
        with self.database.reading() as connection:
            return store.people(connection)

    def today_of(self, process: str) -> PartialDate:
        """Return the day it is for a process."""
        with self.database.reading() as connection:
            head = self._head(connection, process)
            return day_of(self.today(self._definition(connection, head.definition)))

    def today(self, definition: Definition) -> date:
        """Return the day it is in a process's time zone."""
        return self._around.clock().astimezone(ZoneInfo(definition.timezone)).date()

    # --- inside --------------------------------------------------------------------------------

    def _transaction(self, dry: bool) -> AbstractContextManager[Connection]:
        return self.database.reading() if dry else self.database.writing()

    def _head(self, connection: Connection, process: str) -> Head:
        head = store.get_head(connection, process)
        if head is None:
            raise _no_process(connection, process)
        return head

    def _definition(self, connection: Connection, sha256: str) -> Definition:
        if sha256 not in self._definitions:
            document = store.get_document(connection, sha256)
            self._definitions[sha256] = stored_definition(document, sha256)
        return self._definitions[sha256]

    def _person(
        self, connection: Connection, name: str, address: str | None = None, *, dry: bool
    ) -> str:
        known = store.person_named(connection, name, keep=not dry)
        if known is not None:
            return known
        if not name.strip() or len(name) > NAME or not name.isprintable():
            raise InvalidValue(
                text("A name is one line of 1 to {most} characters.", most=NAME),
                advice=text("Leave out line breaks and control characters."),
            )
        person = self._around.new_id()
        if not dry:
            store.add_person(connection, person, name, address)
        return person

    def _started(self, start: Start, begins: PartialDate, person: str, *, dry: bool) -> Receipt:
        definition = start.definition
        first_day = begins.opening_day or date.min
        state = initial(definition, first_day)
        events: list[Event] = [
            ProcessStarted(
                definition.id, definition.version, definition.sha256, start.reconstruction
            ),
            *(SeatGiven(role, "", person) for role in definition.starter),
        ]
        writer = _Writer(self._around, start.process)
        entries = [
            writer.entry(Happening(each, begins, first_day), person, STARTER) for each in events
        ]
        for entry in entries:
            state = apply(definition, state, entry)
        head = Head(
            start.process,
            definition.sha256,
            first_day,
            first_day,
            start.reconstruction,
            entries[-1].seq,
            entries[-1].hash,
        )
        return Receipt(
            definition, tuple(entries), 0, initial(definition, first_day), state, head, dry
        )

    def _draft(self, connection: Connection, process: str, actor: str, *, dry: bool) -> "_Draft":
        if dry:
            head, person = self._head(connection, process), store.person_named(connection, actor)
        else:
            held = store.hold_head(connection, process, actor)
            if held is None:
                raise _no_process(connection, process)
            head, person = held
        definition = self._definition(connection, head.definition)
        state = self._remembered(head) or store.read_state(connection, head)
        draft = _Draft(connection, self._around, definition, head, self.today(definition), state)
        draft.people[actor] = person or ""
        return draft

    def _remembered(self, head: Head) -> State | None:
        """Return the state at a head, where we wrote it last and nobody has written since.

        A state follows from its journal, and the hash of the head is of all of that.
        """
        known, state = self._recent.get(head.id, ("", None))
        return state if known == head.head_hash else None

    def _settled(self, draft: "_Draft", *, dry: bool) -> Receipt:
        """Return what became of a draft, and remember the state for the next command."""
        receipt = draft.receipt(dry=dry)
        self._recent.pop(receipt.head.id, None)
        if not dry:
            self._recent[receipt.head.id] = (receipt.head.head_hash, draft.to_remember)
            if len(self._recent) > REMEMBERED:
                self._recent.pop(next(iter(self._recent)))
        return receipt


def _no_process(connection: Connection, process: str) -> NotFound:
    known = [each.id for each in store.get_heads(connection)]
    return NotFound(
        text("There is no process “{process}”.", process=process),
        advice=did_you_mean(process, known)
        or text("There is none yet: mijlpaal start DEFINITION begins one."),
    )


def _present(connection: Connection, head: Head) -> State:
    """Return the present state; with what is past where an unproved move lies there."""
    state = store.read_state(connection, head)
    if any(move.round < state.milestones[key[0]].round for key, move in state.unproved().items()):
        return store.read_state(connection, head, past_rounds=True)
    return state


def _check_id(process: str) -> None:
    if not re.fullmatch(IDENTIFIER, process) or len(process) > NAME:
        raise InvalidValue(
            text("“{id}” cannot be the id of a process.", id=process),
            advice=text("Use small letters, digits and single hyphens, as in gr-jeugd-2027."),
        )


def _known(definition: Definition, entries: list[AnyEntry], known: date | None) -> list[AnyEntry]:
    """Return the entries that were recorded by the end of a day, in the process's zone."""
    if known is None:
        return entries
    zone = ZoneInfo(definition.timezone)
    found = [each for each in entries if each.recorded_at.astimezone(zone).date() <= known]
    if not found:
        first = entries[0].recorded_at.astimezone(zone).date()
        raise DateRefused(
            text("Nothing of this process had been recorded on {known}.", known=known),
            advice=text("Its first entry was recorded on {day}.", day=first),
        )
    return found


def _decided(case: Case, command: Ordinary) -> Decided:
    # Late: deciding knows the state machines, which a query has no use for.
    from workflow.deciding import decide  # noqa: PLC0415

    return decide(case, command)


def _take(draft: "_Draft", request: Request) -> None:
    try:
        draft.take(request)
    except MijlpaalError as error:
        if request.label is not None:
            error.at(request.label)
        raise


class _Writer:
    """Makes entries that follow one another."""

    def __init__(
        self, around: Surroundings, process: str, seq: int = 0, head: str = GENESIS
    ) -> None:
        self._around = around
        self._process = process
        self.seq = seq
        self.hash = head

    def entry(
        self,
        happening: Happening,
        person: str,
        seat: str,
        key: str | None = None,
        digest: str | None = None,
    ) -> Entry:
        entry = Entry(
            process=self._process,
            seq=self.seq + 1,
            event=happening.event,
            actor=person,
            role=seat,
            os_user=self._around.os_user,
            recorded_at=self._around.clock(),
            effective=happening.effective,
            effective_on=happening.effective_on,
            key=key,
            digest=digest,
            prev_hash=self.hash,
            hash="",
        )
        entry = entry._replace(hash=entry_hash(entry))
        self.seq, self.hash = entry.seq, entry.hash
        return entry


class _Draft:
    """What a transaction is about to write to one process."""

    def __init__(
        self,
        connection: Connection,
        around: Surroundings,
        definition: Definition,
        head: Head,
        today: date,
        state: State,
    ) -> None:
        self._connection = connection
        self.definition = definition
        self._head = head
        self._today = today
        self._writer = _Writer(around, head.id, head.head_seq, head.head_hash)
        self._before = state
        self._now = state
        self._written: list[Entry] = []
        self.entries: list[Entry] = []
        self.people: dict[str, str] = {}
        self._repeated = 0

    def take(self, request: Request) -> None:
        """Decide one command, and let what follows from it follow."""
        digest = digest_of(request.command) if request.key is not None else None
        if self._is_repetition(request.key, digest):
            self._repeated += 1
            return
        if request.expect is not None and request.expect != self._writer.seq:
            raise Conflict(
                text(
                    "The process is at entry {at}, not at {expect}: somebody was here before you.",
                    at=self._writer.seq,
                    expect=request.expect,
                ),
                advice=text("Look at “history” and decide again."),
            )
        person = self._person(request.actor)
        actor = Actor(person, request.actor, self._today)
        late = is_late(request.command, self._now)
        if late:
            self._recall()
        if isinstance(request.command, Correct):
            decided = self._correct(request.command, actor)
        else:
            decided = self._decide(request.command, actor, late=late)
        entry = self._writer.entry(decided.happening, person, decided.seat, request.key, digest)
        self.entries.append(entry)
        before = self._now
        self._now = self._fold(None) if late else apply(self.definition, self._now, entry)
        if isinstance(request.command, Correct):
            check_preconditions(self.definition, before, self._now)

    def _person(self, name: str) -> str:
        if name not in self.people:
            self.people[name] = store.person_named(self._connection, name) or ""
        return self.people[name]

    def _decide(self, command: Ordinary, actor: Actor, *, late: bool) -> Decided:
        then = self._fold(command.on.day) if late else self._now
        return _decided(Case(self.definition, then, self._now, actor), command)

    def _correct(self, command: Correct, actor: Actor) -> Decided:
        """Decide a correction, on the process as it would be without the entry."""
        entries = [*self._written, *self.entries]
        entry = entry_to_correct(entries, command.seq)
        rest = without(entries, command.seq)
        then = fold(self.definition, preceding(rest, entry))
        case = Case(self.definition, then, fold(self.definition, rest), actor)
        if not command.reason.strip():
            raise Missing(text("A correction needs a reason."))
        if command.withdraw:
            return withdraw(case, command, entry, entries)
        changed = changed_command(command, entry, entries)
        return amended(case, command, entry, _decided(case, changed), entries)

    @property
    def to_remember(self) -> State:
        """The state without the rounds that are over, with which it would grow for ever."""
        same_rounds = all(
            milestone.round == self._before.milestones[name].round
            for name, milestone in self._now.milestones.items()
        )
        whole = self._written or not same_rounds
        return self._now.of_present_rounds() if whole else self._now

    def write(self) -> None:
        """Write the entries, the head, and what differs in the tables."""
        head = self._moved_head()
        store.append(self._connection, self.entries)
        store.write_state(self._connection, head.id, self._before, self._now)
        if not store.move_head(self._connection, self._head, head):
            raise TryAnew(text("Somebody else was first."), advice=text("Try again."))

    def receipt(self, *, dry: bool) -> Receipt:
        """Return what became of it."""
        return Receipt(
            self.definition,
            tuple(self.entries),
            self._repeated,
            self._before,
            self._now,
            self._moved_head(),
            dry,
        )

    def _moved_head(self) -> Head:
        return replace(
            self._head,
            last_day=self._now.last_day,
            head_seq=self._writer.seq,
            head_hash=self._writer.hash,
        )

    def _is_repetition(self, key: str | None, digest: str | None) -> bool:
        if key is None:
            return False
        if not key or len(key) > KEY:
            raise InvalidValue(text("A key has 1 to {most} characters.", most=KEY))
        found = next((entry for entry in self.entries if entry.key == key), None)
        found = found or store.entry_with_key(self._connection, self._head.id, key)
        if found is not None and found.digest != digest:
            raise Conflict(
                text(
                    "“{key}” was recorded before with another content (entry {seq}).",
                    key=key,
                    seq=found.seq,
                ),
                advice=text("What is recorded stays; give what is different another id."),
            )
        return found is not None

    def _recall(self) -> None:
        """Read the whole past: what is late may belong to a round that is over."""
        if not self._written:
            self._written = store.read_journal(self._connection, self._head.id)
            self._before = store.read_state(self._connection, self._head, past_rounds=True)
            self._now = self._fold(None)

    def _fold(self, until: date | None) -> State:
        """Return the state of a day, or of now, from the journal and what is added to it."""
        return fold(self.definition, [*self._written, *self.entries], until=until)
