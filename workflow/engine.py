"""The engine: one transaction per command, from the tables to the journal and back.

Everything that reaches outside (the database, the clock, fresh ids, who is logged in) is handed in.
Pure functions decide what is admitted and what follows.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import reduce

from definitions.calendar.dates import PartialDate, day_of
from definitions.calendar.workdays import check_year
from definitions.compiled_cache import Kept
from definitions.language.actions import BLANK, Field, action
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue, MijlpaalError, NotFound, given_as
from definitions.language.length_limits import NAME, check_length
from definitions.language.naming import IDENTIFIER
from definitions.language.text import text
from definitions.language.values import dataclass, replace
from definitions.model import Definition
from definitions.proving.kept_verdicts import Prove, as_changed
from definitions.proving.verdict import Result, Verdict
from workflow.database_queries import DatabaseQueries
from workflow.decide.case import is_late
from workflow.decide.lapse import lapse_commands
from workflow.decide.seats import check_reach
from workflow.model.commands import (
    AddNote,
    Command,
    Correct,
    EndSeat,
    GiveSeat,
    Record,
    Request,
    digest_of_values,
)
from workflow.model.events import STARTER, Event, Happening, ProcessStarted, SeatGiven
from workflow.model.journal import GENESIS, Writer
from workflow.model.mail_address import same_mailbox
from workflow.model.person import PersonId, Who
from workflow.model.state import State
from workflow.model.story import Story
from workflow.queries import no_process
from workflow.reminders.planning import plan_start
from workflow.rules.conflicts import (
    IdTaken,
    IsMailbox,
    KeyReused,
    ReachedElsewhere,
    ReleaseUnfinished,
)
from workflow.rules.continuation import continued
from workflow.rules.fold import apply_entry, initial, looks_back
from workflow.rules.party_changes import are_other_parties
from workflow.rules.past import Past, past_of
from workflow.rules.refusals import DateRefused, MailboxCannotAct, Missing, Refused
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.unsound import NotSound
from workflow.storage import reading, store
from workflow.storage.database import Connection, Database, revision_of
from workflow.storage.direct import reader_of
from workflow.storage.names import asker_known, new_mailbox, new_name, person_named, person_of
from workflow.storage.reading import Head
from workflow.storage.revision import PRE
from workflow.storage.state_cache import PastCache, StateCache
from workflow.unit_of_work import Receipt, UnitOfWork, check_key, check_same

FEW, FEW_ON_SERVER = 16, 128
"""Up to how many new entries of others are folded onto a known state; reading the whole state is
faster than folding more. On a server that takes a dozen round trips, with the head locked."""


@dataclass(frozen=True, slots=True)
class Environment:
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
class Start:
    """A process to be started.

    Attributes:
        actor: the starter; a new name is entered.
        on: its first day; None for that of the definition.
        reconstruction: it is recorded afterwards, so no reminders are sent.
        key: an idempotency key: repeating a start with the same key has no effect.
        new_key: the key was made for this start: nothing can be recorded under it yet.
        allow_unsound: why it is started though its definition is not sound; None to start it only
            if that is.
    """

    definition: Definition
    process: str
    actor: Who
    on: PartialDate | None = None
    reconstruction: bool = False
    key: str | None = None
    new_key: bool = False
    allow_unsound: str | None = None

    @property
    def digest(self) -> str:
        """A hash of the start, to distinguish a repetition from another start."""
        values = {
            "process": self.process,
            "definition": self.definition.sha256,
            "on": (self.on or self.definition.begins).written,
            "reconstruction": self.reconstruction,
        }
        if self.allow_unsound is not None:  # else the hash is that of earlier releases
            values["allow_unsound"] = normal(self.allow_unsound)
        return digest_of_values("Start", values)


@dataclass(frozen=True, slots=True)
class Seating:
    """A seat to be given.

    Attributes:
        seat: ``role`` or ``role@place``.
        name: to whom; None where it is a mailbox. Whoever is not known yet by that name is
            entered.
        actor: who gives it.
        address: where reminders go; None leaves it as it is.
        language: in which they are written; None leaves it as it is.
        on: the first day; today when None.
        until: the last day, where that is known.
        mailbox: the address of a mailbox of a function, which gets it instead of a person.
        another: they are none of those on record by that name, and are entered as somebody new.
        key: an idempotency key: the same seat with the same key is given once.
        new_key: the key was made for this seat: nothing can be recorded under it yet.
    """

    seat: str
    name: Who | None
    actor: Who
    address: str | None = None
    on: PartialDate | None = None
    until: date | None = None
    language: str | None = None
    mailbox: str | None = None
    another: bool = False
    key: str | None = None
    new_key: bool = False


class Engine(DatabaseQueries):
    """Runs processes in a database."""

    def __init__(
        self,
        database: Database,
        surroundings: Environment,
        kept: Kept | None = None,
        prove: Prove | None = None,
    ) -> None:
        """Take the database and the world around.

        Args:
            kept: the definitions that were compiled before; None to compile them anew.
            prove: returns the verdict on a definition; None where nothing is asked of one.
        """
        super().__init__(database, surroundings.clock, kept)
        self._prove = prove
        self._around = surroundings
        self._recent = StateCache()
        self._pasts = PastCache()
        self._few = FEW_ON_SERVER if database.is_server else FEW

    # --- commands ------------------------------------------------------------------------------

    def start(self, start: Start, *, dry: bool = False) -> Receipt:
        """Start a process; the actor gets the seats that the definition gives a starter.

        Raises:
            InvalidValue: the id is malformed, or the working days of its year are not known.
            IdTaken: there is already a process with that id.
            KeyReused: the key was used for another command.
            MailboxCannotAct: the actor is the mailbox of a function.
            DateRefused: the first day is unknown or in the future.
            NotSound: its definition is not sound, and it is not said why it starts all the same.
        """
        _check_id(start.process)
        if start.key is not None:
            check_key(start.key)
        begins = start.on or start.definition.begins
        if begins.opening_day is None:
            raise DateRefused(
                text("A process begins on a date that is known."),
                field="on",
                advice=text("Give its first day, with {field}.", field=Field("on")),
                see=None,
            )
        _check_begun(start, begins, begins.opening_day, self.today(start.definition))
        with given_as("on"):
            check_year(begins.opening_day)
        if start.allow_unsound is not None and not start.allow_unsound.strip():
            raise Missing(text("It is not said why it starts all the same."), field="allow_unsound")
        # Before anything is locked: a proof takes long.
        verdict = None if self._prove is None else self._prove(start.definition)
        return self.database.retrying(lambda: self._start(start, begins, verdict, dry=dry))

    def _start(
        self, start: Start, begins: PartialDate, verdict: Verdict | None, *, dry: bool
    ) -> Receipt:
        with self._transaction(dry) as connection:
            if self._is_started(connection, start):
                return self._repeated(connection, start.process, dry=dry)
            if reading.get_head(connection, start.process) is not None:
                raise IdTaken(start.process)
            with given_as("actor"):
                person = self._person(connection, start.actor, dry=dry)
            if reading.is_mailbox(connection, person):
                raise MailboxCannotAct(str(start.actor))
            event = _start_of(start, verdict)
            receipt = self._started(start, event, begins, person, dry=dry)
            if not dry:
                store.put_definition(connection, start.definition)
                store.put_head(connection, receipt.head)
                store.append(connection, list(receipt.entries))
                store.write_state(connection, start.process, receipt.after.state)
                now = receipt.entries[-1].recorded_at
                plan_start(connection, receipt.head, receipt.after, now)
        return receipt

    def execute(self, process: str, requests: Sequence[Request], *, dry: bool = False) -> Receipt:
        """Decide commands one after the other and record all of them, or none.

        Args:
            dry: only try: nothing is written.

        Raises:
            NotFound: no such process.
            Refused: one of them may not be.
            VersionPassed: somebody else was first.
            KeyReused: a key was used for something else.
        """
        return self.database.retrying(lambda: self._execute(process, requests, dry=dry))

    def _execute(self, process: str, requests: Sequence[Request], *, dry: bool) -> Receipt:
        self._read_ahead(process, dry=dry)
        self._fold_ahead(process, requests)
        with self._transaction(dry) as connection:
            asker = requests[0].actor if requests else None
            work = self._unit_of_work(connection, process, asker, dry=dry)
            for request in requests:
                _take(work, request)
            if work.entries and not dry:
                work.write()
        return self._settled(work, dry=dry)

    def refusals_of(
        self, process: str, requests: Sequence[Request]
    ) -> list[tuple[int, MijlpaalError]]:
        """Return which of some commands would be refused, and why; nothing is written.

        Each is decided after those before it that are not refused.

        Returns:
            The place of each among the commands, from 0, with its refusal.

        Raises:
            NotFound: no such process.
        """
        found: list[tuple[int, MijlpaalError]] = []
        with self._transaction(dry=True) as connection:
            asker = requests[0].actor if requests else None
            work = self._unit_of_work(connection, process, asker, dry=True)
            for at, request in enumerate(requests):
                try:
                    work.take(request)
                except (InvalidValue, NotFound, Refused) as error:
                    found.append((at, error))
        return found

    def replay(
        self, story: Story, actor: Who, process: str | None = None, *, dry: bool = False
    ) -> Receipt:
        """Record dated, sourced facts: all of them or none, and each only once.

        Args:
            process: in which process; the one that the facts name when None.

        Raises:
            NotFound: no such process.
            Refused: one of them may not be.
            KeyReused: one of them was recorded with another content.
        """
        requests = [fact.request(actor) for fact in story.facts]
        return self.execute(process or story.process, requests, dry=dry)

    def lapse(
        self,
        process: str,
        actor: Who,
        reference: str | None = None,
        *,
        key: str | None = None,
        dry: bool = False,
    ) -> Receipt:
        """Record, of every body that is silent, that its term has passed.

        Args:
            reference: where that can be found; the term itself when None.
            key: an idempotency key, kept with the first of the entries: with the same key it
                happens once, also where other terms have passed since.

        Returns:
            A receipt without entries where no term is known to have passed in silence.

        Raises:
            NotFound: no such process.
            Refused: the actor may not.
            VersionPassed: somebody recorded something meanwhile, perhaps an answer.
            KeyReused: the key was used for another command.
        """
        asked = digest_of_values("lapse", {"reference": reference})
        if key is not None:
            check_key(key)
            with self.database.reading() as connection:
                found = reading.entry_with_key(connection, process, key)
                if found is not None:
                    check_same(asked, found)
                    return self._repeated(connection, process, dry=dry)
        now, head = self.present(process)
        commands = lapse_commands(now)
        if not commands:
            return Receipt((), 0, now, now, head, dry)
        requests = [
            Request(replace(each, reference=reference or each.reference), actor)
            for each in commands
        ]
        first = replace(requests[0], expect=head.head_seq, key=key, asked=asked)
        return self.execute(process, [first, *requests[1:]], dry=dry)

    def give_seat(self, process: str, seating: Seating, *, dry: bool = False) -> Receipt:
        """Give a person a seat; a new person is entered in the same transaction.

        Raises:
            NotFound: no such process or seat.
            Refused: the actor has no permission, they already hold it, or the date is impossible.
            InvalidValue: the address or the language is unusable.
        """
        check_reach(seating.address, seating.language)
        return self.database.retrying(lambda: self._give_seat(process, seating, dry=dry))

    def _give_seat(self, process: str, seating: Seating, *, dry: bool) -> Receipt:
        self._read_ahead(process, dry=dry)
        with self._transaction(dry) as connection:
            work = self._unit_of_work(connection, process, seating.actor, dry=dry)
            on = seating.on or day_of(work.today)
            person = self._seated(connection, process, seating, dry=dry)
            is_mailbox = seating.mailbox is not None
            command = GiveSeat(seating.seat, person, on, seating.until, is_mailbox)
            request = Request(command, seating.actor, seating.key, new_key=seating.new_key)
            work.take(request)
            if work.repeated:
                _check_reached(connection, process, person, seating)
            else:
                _check_reach_on_record(connection, person, seating)
                if not dry:
                    store.set_reach(connection, person, seating.address, seating.language)
            if work.entries and not dry:
                work.write()
        return self._settled(work, dry=dry)

    # --- inside --------------------------------------------------------------------------------

    @staticmethod
    def _is_started(connection: Connection, start: Start) -> bool:
        """Return whether a process was started by the same command before.

        Raises:
            KeyReused: the key was used for something else, in this process or to start another.
        """
        if start.key is None or start.new_key:
            return False
        other = store.started_with_key(connection, start.key)
        if other is not None and other[0] != start.process:
            raise KeyReused(start.key, other[1]).of(other[0])
        found = reading.entry_with_key(connection, start.process, start.key)
        if found is not None:
            check_same(start.digest, found)
        return found is not None

    def _repeated(self, connection: Connection, process: str, *, dry: bool) -> Receipt:
        """Return the receipt of a command that was recorded before."""
        now, head = self.within(connection, process)
        return Receipt((), 1, now, now, head, dry)

    def _transaction(self, dry: bool) -> AbstractContextManager[Connection]:
        return self.database.reading() if dry else self.database.writing()

    def _seated(self, connection: Connection, process: str, seating: Seating, *, dry: bool) -> str:
        """Return the opaque id of the future holder of a seat: a person, or a mailbox.

        Raises:
            IsMailbox: a person was asked for.
            NameTaken: a mailbox was asked for, and a person has that name.
            ReleaseUnfinished: another person of a name was asked for, and programs that know one
                at most may still work on the database.
        """
        if seating.mailbox is not None:
            with given_as("mailbox"):
                return self._mailbox(connection, seating.mailbox, dry=dry)
        if seating.name is None:
            raise Missing(text("Nobody is named who gets the seat."), field="name")
        with given_as("name"):
            if seating.another:
                return self._another(connection, process, seating, dry=dry)
            person = self._person(connection, seating.name, seating.address, dry=dry)
        if reading.is_mailbox(connection, person):
            raise IsMailbox(str(seating.name))
        return person

    def _another(self, connection: Connection, process: str, seating: Seating, *, dry: bool) -> str:
        """Return the opaque id of a person who is none of those on record by a name.

        By the same key that is who was entered then.
        """
        if str(revision_of(connection)).endswith(PRE):
            raise ReleaseUnfinished
        name = new_name(str(seating.name))
        if seating.key is not None and not seating.new_key:
            found = reading.entry_with_key(connection, process, seating.key)
            given = None if found is None else found.event
            if isinstance(given, SeatGiven) and reading.name_of(connection, given.person) == name:
                return given.person
        person = self._around.new_id()
        if not dry:
            store.add_person(connection, person, name, seating.address)
        return person

    def _mailbox(self, connection: Connection, address: str, *, dry: bool) -> str:
        if not dry:
            store.hold_name(connection, normal(address))
        known = person_named(connection, address, keep=not dry)
        if known is not None and reading.is_mailbox(connection, known):
            return known
        name, mailbox = new_mailbox(connection, address), self._around.new_id()
        if not dry:
            store.add_person(connection, mailbox, name, name)
        return mailbox

    def _person(
        self, connection: Connection, who: Who, address: str | None = None, *, dry: bool
    ) -> str:
        known = person_of(connection, who, keep=not dry)
        if known is not None:
            return known
        if isinstance(who, PersonId):
            raise NotFound(text("There is nobody with the id “{id}”.", id=who.id), advice=None)
        kept, person = new_name(who.written), self._around.new_id()
        if dry:
            return person
        # A transaction that enters the same name was here before us, or waits for us.
        store.hold_name(connection, kept)
        known = person_named(connection, kept, keep=True)
        if known is None:
            store.add_person(connection, person, kept, address)
        return known or person

    def _started(
        self, start: Start, event: ProcessStarted, begins: PartialDate, person: str, *, dry: bool
    ) -> Receipt:
        definition = start.definition
        first_day = begins.opening_day or date.min
        before = snapshot_of(definition, initial(definition, first_day), self.today(definition))
        events: list[Event] = [
            event,
            *(SeatGiven(role, "", person) for role in definition.starter),
        ]
        writer = self._writer(start.process)
        digest = None if start.key is None else start.digest
        # One entry has the key: it is that of the whole start.
        entries = [
            writer.entry(
                Happening(each, begins, first_day),
                person,
                STARTER,
                *((start.key, digest) if isinstance(each, ProcessStarted) else ()),
            )
            for each in events
        ]
        after = reduce(apply_entry, entries, before)
        head = Head(
            start.process,
            definition.sha256,
            first_day,
            first_day,
            start.reconstruction,
            entries[-1].seq,
            entries[-1].hash,
        )
        return Receipt(tuple(entries), 0, before, after, head, dry)

    def _unit_of_work(
        self, connection: Connection, process: str, actor: Who | None, *, dry: bool
    ) -> UnitOfWork:
        if dry:
            head, asker = self._head(connection, process), None
        else:
            held = store.lock_head(connection, process, actor)
            if held is None:
                raise no_process(connection, process)
            head, asker = held
        state = self._state_at(connection, head)
        writer = self._writer(head.id, head.head_seq, head.head_hash)
        stands, past = self._stands(connection, head, state), self._past_at(connection, head)
        work = UnitOfWork(connection, writer, head, stands, past)
        if actor is not None:
            work.askers[actor] = asker or asker_known(connection, actor)
        work.follow()
        return work

    def _read_ahead(self, process: str, *, dry: bool) -> None:
        """Read and cache the state of a process that is not cached, before its head is locked.

        On a server that takes a dozen round trips, for which nobody else has to wait. It is read as
        of one moment; what is written between that and the lock is read later.
        """
        if dry or not self.database.is_server or self._recent.last_of(process) is not None:
            return
        with self.database.reading() as reader:
            head = reading.get_head(reader, process)
            if head is not None:
                self._definition(reader, head.definition)
                self._recent.keep(head, reading.read_state(reader, head))

    def _fold_ahead(self, process: str, requests: Sequence[Request]) -> None:
        """Fold the journal before the head is locked, if a command needs the past of the process.

        That takes time linear in the journal, unless the past is cached; then only the entries
        that others wrote since are read. The caller compares the head once it is locked.
        """
        commands = [each.command for each in requests]
        if not self._may_look_back(process, commands):
            return
        with self.database.reading() as reader:
            head = reading.get_head(reader, process)
            if head is None or self._past_at(reader, head) is not None:
                return
            stands = self._stands(reader, head, reading.read_state(reader, head))
            if looks_back(stands.state) or any(is_late(each, stands) for each in commands):
                written = reading.read_journal(reader, process)
                self._pasts.keep(head, past_of(stands.definition, written))

    def _may_look_back(self, process: str, commands: Sequence[Command]) -> bool:
        """Return whether a command may need the past, without asking the database."""
        known = self._recent.last_of(process)
        if known is None:
            today = self._clock().date()
            return any(_is_of_the_past(each, today) for each in commands)
        head, state = known
        past = self._pasts.last_of(process)
        if past is not None and past[0].head_hash == head.head_hash:
            return False
        stands = snapshot_of(self._definitions[head.definition], state, head.last_day)
        return looks_back(state) or any(is_late(each, stands) for each in commands)

    def _past_at(self, connection: Connection, head: Head) -> Past | None:
        """Return the past at a head; None unless all but a few entries of it are cached."""
        known = self._pasts.last_of(head.id)
        if known is None or known[0].head_hash == head.head_hash:
            return None if known is None else known[1]
        before, past = known
        if not 0 < head.head_seq - before.head_seq <= self._few:
            return None
        entries = reading.read_since(reader_of(connection), before, head)
        return past.followed_by(entries) if entries else None

    def _state_at(self, connection: Connection, head: Head) -> State:
        """Return the state at a head: the cached one, or that of the tables.

        If others wrote only a few entries since it was cached, only those are read.
        """
        known = self._recent.last_of(head.id)
        if known is None:
            return reading.read_state(connection, head)
        before, state = known
        if before.head_hash == head.head_hash:
            return state
        if 0 < head.head_seq - before.head_seq <= self._few:
            entries = reading.read_since(reader_of(connection), before, head)
            stands = self._stands(connection, before, state)
            found = continued(stands, entries) if entries else None
            if found is not None:
                return found
        return reading.read_state(connection, head)

    def _writer(self, process: str, seq: int = 0, head: str = GENESIS) -> Writer:
        user = self._around.os_user
        check_length(user, NAME, text("The name you are logged in by"), field=None)
        return Writer(self._around.clock, user, process, seq, head)

    def _settled(self, work: UnitOfWork, *, dry: bool) -> Receipt:
        """Return the receipt of a unit of work, and cache the state for the next command."""
        receipt = work.receipt(dry=dry)
        if not dry:
            self._recent.keep(receipt.head, work.to_remember)
            if work.past is not None:
                self._pasts.keep(receipt.head, work.past.marked())
        spoiled = self._spoiled(receipt.before, receipt.after)
        return receipt if spoiled is None else replace(receipt, spoiled=spoiled)

    def _spoiled(self, before: Snapshot, after: Snapshot) -> Verdict | None:
        """Return the verdict on a definition that is not sound any more by who joined or left."""
        if self._prove is None or not are_other_parties(before.state, after.state):
            return None
        if self._prove(_as_they_take_part(before)).result is not Result.SOUND:
            return None
        verdict = self._prove(_as_they_take_part(after))
        return None if verdict.result is Result.SOUND else verdict


def _start_of(start: Start, verdict: Verdict | None) -> ProcessStarted:
    """Return the event of a start.

    Raises:
        NotSound: its definition is not sound, and it is not said why it starts all the same.
    """
    definition = start.definition
    event = ProcessStarted(
        definition.id, definition.version, definition.sha256, start.reconstruction
    )
    if verdict is None or verdict.result is Result.SOUND:
        return event
    if start.allow_unsound is None:
        raise NotSound(definition, verdict)
    return replace(event, verdict=verdict.result.value, allowed=normal(start.allow_unsound))


def _as_they_take_part(process: Snapshot) -> Definition:
    return as_changed(process.definition, process.state.departures)


def _check_begun(start: Start, begins: PartialDate, day: date, today: date) -> None:
    """Refuse to start a process ahead: its day could still be moved, and nobody would see that."""
    if day <= today:
        return
    values = {"process": start.process, "begins": begins, "today": today}
    raise DateRefused(
        text(
            "A process cannot be started ahead: today is {today}, {field} says {begins}.",
            **values,
            field=Field("on"),
        )
        if start.on is not None
        else text(
            "A process cannot be started ahead: today is {today}, and “{process}” begins on "
            "{begins}.",
            **values,
        ),
        field="on",
        advice=text(
            "Start it when that day has come; or say when it did begin, with {field} or with "
            "“begins” in its definition.",
            field=Field("on"),
        ),
        see=None,
    )


def _check_reach_on_record(connection: Connection, person: str, seating: Seating) -> None:
    """Refuse to change the address or language on record of whoever is given a seat.

    It may be somebody else of that name, and their letters concern other processes too.

    Raises:
        ReachedElsewhere: another address or language is on record.
    """
    address, language = store.reach_of(connection, person)
    name = seating.mailbox or str(seating.name)
    is_certain = seating.mailbox is not None or isinstance(seating.name, PersonId)
    if seating.address and address and same_mailbox(seating.address) != same_mailbox(address):
        raise ReachedElsewhere(
            text("“{name}” has another address on record: {known}.", name=name, known=address),
            action("member reach", name=name, address=seating.address),
            "address",
            is_certain=is_certain,
        )
    if seating.language and language and seating.language != language:
        raise ReachedElsewhere(
            text("“{name}” has another language on record: {known}.", name=name, known=language),
            action("member reach", name=name, language=seating.language),
            "language",
            is_certain=is_certain,
        )


def _check_reached(connection: Connection, process: str, person: str, seating: Seating) -> None:
    """Refuse another address or language under a key by which a seat was given before.

    Neither is hashed with the command: the journal would keep what can be forgotten.

    Raises:
        KeyReused: it is not where they are reached now.
    """
    address, language = store.reach_of(connection, person)
    asked = (seating.address or address, seating.language or language)
    found = reading.entry_with_key(connection, process, str(seating.key))
    if found is not None and asked != (address, language):
        raise KeyReused(
            str(seating.key),
            found.seq,
            text(
                "Where somebody is reached is changed with: {command}",
                command=action(
                    "member reach",
                    name=person if seating.another else str(seating.name),
                    address=BLANK,
                ),
            ),
        )


def _check_id(process: str) -> None:
    check_length(process, NAME, text("The id of a process"), field="process")
    if not re.fullmatch(IDENTIFIER, process):
        raise InvalidValue(
            text("“{id}” cannot be the id of a process.", id=process),
            advice=text("Use small letters, digits and single hyphens, as in gr-jeugd-2027."),
            field="process",
        )


def _is_of_the_past(command: Command, today: date) -> bool:
    """Return whether a command may be of an earlier day than something that happened."""
    match command:
        case Correct():
            return True
        case AddNote() | GiveSeat() | EndSeat():
            return False
        case Record() if command.on.is_unknown:
            return True
        case _:
            return command.on.day is not None and command.on.day < today


def _take(work: UnitOfWork, request: Request) -> None:
    try:
        work.take(request)
    except MijlpaalError as error:
        if request.label is not None:
            error.at(request.label)
        raise
