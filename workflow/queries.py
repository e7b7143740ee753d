"""Queries: where a process stands, or stood, and what is on record of it.

Nothing here writes, or knows what a command is, so that a query starts fast; the engine adds
the commands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from definitions.calendar.dates import PartialDate, day_of
from definitions.calendar.zones import zone_of
from definitions.compiled_cache import Kept
from definitions.language.actions import BLANK, Field, action
from definitions.language.errors import NotFound, given_as
from definitions.language.naming import did_you_mean, guess_at
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import Definition
from definitions.stored import stored_definition
from workflow.model.events import (
    AnyEntry,
    CalendarFollowed,
    DatedEvent,
    Entry,
    EntryCorrected,
    Event,
)
from workflow.model.holder import Holder
from workflow.model.openness import ANYBODY, EVERYTHING, Looks, Onlooker
from workflow.model.outline import Outline
from workflow.model.person import Who
from workflow.model.state import People, SeatState, State, is_doubtful
from workflow.rules.fold import as_it_stood, as_it_was, in_turn, is_by, redated
from workflow.rules.refusals import DateRefused
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.undated import is_counted, is_of_unknown_day, recorded_on
from workflow.rules.visibility import hidden_entries, visible, visible_entries
from workflow.storage import reading
from workflow.storage.names import person_of
from workflow.storage.outlines import closed_by, read_outlines
from workflow.storage.reading import Head, Readable, Reader
from workflow.views.seen import Seen


class Queries:
    """Answers queries about the processes in a database."""

    def __init__(
        self,
        database: Readable,
        clock: Callable[[], datetime],
        kept: Kept | None = None,
        looks: Looks = EVERYTHING,
    ) -> None:
        """Take the database and the world around.

        Args:
            database: the database with the processes.
            clock: returns the present instant, aware.
            kept: the cache of compiled definitions; None to compile them from their documents, as
                writers do.
            looks: who looks: a person, who sees what their seats in a process allow, or what
                anybody sees in all of them.
        """
        self.database = database
        self._clock = clock
        self._kept = kept
        self._looks = looks
        self._definitions: dict[str, Definition] = {}

    def present(self, process: str, *, past_rounds: bool = False) -> tuple[Snapshot, Head]:
        """Return the present state of a process, from the tables.

        Args:
            process: its id.
            past_rounds: include the results of past rounds.
        """
        with self.database.reading() as reader:
            head = self._head(reader, process)
            state = _present(reader, head, past_rounds=past_rounds)
            return self._stands(reader, head, state), head

    def as_of(
        self, process: str, day: date | None = None, known: date | None = None
    ) -> tuple[Snapshot, Head]:
        """Return the state of a process at the end of a day, as known on another day.

        Args:
            process: its id.
            day: entries effective by then count; None for all.
            known: entries recorded by then count; None for all.

        Raises:
            DateRefused: the process did not exist, or was not known, on that day; or ``known`` is
                in the future.
        """
        with self.database.reading() as reader, reading.uncollected():
            return self._as_of(reader, process, day, known)

    def _as_of(
        self, reader: Reader, process: str, day: date | None, known: date | None
    ) -> tuple[Snapshot, Head]:
        head = self._head(reader, process)
        if day is not None and day < head.begins:
            raise DateRefused(
                text("“{process}” began on {begins}.", process=process, begins=head.begins),
                field="as_of",
                advice=text("Ask for that day or a later one."),
            )
        definition = self._definition(reader, head.definition)
        written = reading.read_dated_events(reader, process)
        entries = self._known(definition, written, known)
        present = day or known or self.today(definition)
        stood = as_it_stood(definition, entries, present, until=day)
        was = as_it_was(stood.state, _followed_since(written, entries, day))
        seen_by = self._onlooker(reader, process, definition)
        hidden = hidden_entries(written, seen_by, self.today(definition))
        return stood.with_state(visible(was, hidden)), head

    def journal(
        self, process: str, known: date | None = None, day: date | None = None
    ) -> tuple[Definition, list[Entry]]:
        """Return the journal of a process as it was written, or was by the end of a day.

        Args:
            process: its id.
            known: entries recorded by then count; None for all.
            day: what is effective by then is in it; all of it when None.
        """
        with self.database.reading() as reader:
            head = self._head(reader, process)
            definition = self._definition(reader, head.definition)
            entries = reading.read_journal(reader, process)
            found = _effective(definition, self._known(definition, entries, known), day)
            return definition, self._visible(reader, process, definition, found, entries)

    def first_event(self, process: str) -> Event:
        """Return what a process began with."""
        with self.database.reading() as reader:
            return reading.entry_numbered(reader, process, 1).event

    def dated_events(
        self, process: str, known: date | None = None, day: date | None = None
    ) -> list[DatedEvent]:
        """Return the dated events of a process, by the same days."""
        with self.database.reading() as reader:
            head = self._head(reader, process)
            definition = self._definition(reader, head.definition)
            events = reading.read_dated_events(reader, process)
            found = _effective(definition, self._known(definition, events, known), day)
            return self._visible(reader, process, definition, found, events)

    def look_at(
        self,
        process: str,
        day: date | None = None,
        known: date | None = None,
        *,
        language: str = "en",
        past_rounds: bool = False,
    ) -> Seen:
        """Return the source of a view of a process: now, on a day, or as known on a day.

        Args:
            process: its id.
            day: the day at whose end it is seen, projected if in the future; None for the present.
            known: entries recorded by then count; None for all.
            language: the language of titles.
            past_rounds: include the results of past rounds.

        Raises:
            NotFound: no such process.
            DateRefused: the process did not exist, or was not known, on that day; or ``known`` is
                in the future.
        """
        if day is None and known is None:
            stands, head = self.present(process, past_rounds=past_rounds)
            seen = self.seen_now((self._as_seen(stands, process), head), language)
            return replace(seen, past_rounds=past_rounds)
        stood, head = self.as_of(process, day, known)
        return Seen(
            *stood.parts,
            head.id,
            day,
            known,
            language,
            ahead=day is not None and day > self.today(stood.definition),
            past_rounds=past_rounds,
        )

    def hidden_from(self, looks: Looks, process: str) -> frozenset[int]:
        """Return the numbers of the entries that somebody may not see, of those that say so."""
        if looks is EVERYTHING:
            return frozenset()
        with self.database.reading() as reader:
            said = reading.read_said_for_whom(reader, process)
            if not said:
                return frozenset()
            definition = self._definition(reader, self._head(reader, process).definition)
            seen_by = self._onlooker(reader, process, definition, looks)
            return hidden_entries(said, seen_by, self.today(definition))

    def _as_seen(self, stands: Snapshot, process: str) -> Snapshot:
        """Return a process as it stands, without what its onlooker may not see."""
        hidden = self.hidden_from(self._looks, process)
        return stands.with_state(visible(stands.state, hidden)) if hidden else stands

    def _outline_seen(self, reader: Reader, outline: Outline, definition: Definition) -> Outline:
        """Return how far a process is, without the decisions that the onlooker may not see."""
        process = outline.process
        said = reading.read_said_for_whom(reader, process)
        seen_by = self._onlooker(reader, process, definition)
        hidden = hidden_entries(said, seen_by, self.today(definition))
        decided = dict(outline.decided)
        for milestone, request, body in closed_by(reader, process, hidden):
            counted = (milestone, request, body if outline.left else None)
            decided[counted] -= 1
        return replace(outline, decided=decided)

    def _visible(
        self,
        reader: Reader,
        process: str,
        definition: Definition,
        found: list[AnyEntry],
        entries: Sequence[AnyEntry],
    ) -> list[AnyEntry]:
        """Return those of some entries that the onlooker may see; ``entries`` are all there are."""
        seen_by = self._onlooker(reader, process, definition)
        return visible_entries(found, entries, seen_by, self.today(definition))

    def _onlooker(
        self, reader: Reader, process: str, definition: Definition, looks: Looks | None = None
    ) -> Onlooker:
        """Return what somebody may see of a process today; who is unknown sees what is public.

        Args:
            looks: who; the one these queries are made for when None.
        """
        looks = looks or self._looks
        if isinstance(looks, Onlooker):
            return looks
        person = person_of(reader, looks)
        if person is None:
            return ANYBODY
        today = self.today(definition)
        seats = reading.seats_of_person(reader, person)
        return Onlooker.at(
            seat.place for of, seat in seats if of == process and seat.held_on(today)
        )

    def seen_now(self, present: tuple[Snapshot, Head], language: str) -> Seen:
        """Return the source of a view from a result of ``present``."""
        stands, head = present
        return Seen(*stands.parts, head.id, language=language)

    def pinned(self) -> list[tuple[str, Definition]]:
        """Return the id of every process, each with the definition it is pinned to."""
        with self.database.reading() as reader:
            heads = reading.get_heads(reader)
            known = self._known_definitions(reader, (head.definition for head in heads))
        return [(head.id, known[head.definition]) for head in heads]

    def outlined(self) -> tuple[list[Outline], Mapping[str, Definition]]:
        """Return how far every process is, and the definitions they are pinned to, by hash.

        However many there are, it takes a statement for each table, and one for the definitions.
        """
        with self.database.reading() as reader:
            outlines = read_outlines(reader)
            known = self._known_definitions(reader, (each.definition for each in outlines))
            if self._looks is EVERYTHING:
                return outlines, known
            told = set(reading.processes_with_openness(reader))
            return [
                self._outline_seen(reader, each, known[each.definition])
                if each.process in told
                else each
                for each in outlines
            ], known

    def known_person(self, who: Who, *, guess: bool = True) -> str:
        """Return the opaque id of a person; raise NotFound if there is none.

        Args:
            who: the person.
            guess: suggest the person who was probably meant; not for commands that cannot be
                undone.
        """
        with self.database.reading() as reader:
            with given_as("name"):
                person = person_of(reader, who)
            if person is None:
                name = str(who)
                known = [known for known, _ in reading.people(reader).values()]
                raise NotFound(
                    text("There is nobody called “{name}”.", name=name),
                    advice=did_you_mean(name, known, () if guess else known),
                )
            return person

    def held_by(self, who: Who) -> tuple[Holder, list[tuple[Snapshot, Head]]] | None:
        """Return a person, and where the processes stand in which they hold a seat today.

        However many there are, it takes a statement for each table; no other process is read.

        Returns:
            None where there is no process at all, and so nobody.

        Raises:
            NotFound: there is nobody of that name.
        """
        with self.database.reading() as reader:
            processes = reading.count_processes(reader)
            if not processes:
                return None
            people = reading.people(reader)
            person = person_of(reader, who)
            if person is None:
                raise _nobody(str(who), people)
            seats = reading.seats_of_person(reader, person)
            held = self._held_today(reader, seats)
            states = reading.read_states(reader, held)
            holder = Holder(person, people[person][0], tuple(seats), people, processes)
            stand = [(self._stands(reader, head, states[head.id]), head) for head in held]
        return holder, [(self._as_seen(stands, head.id), head) for stands, head in stand]

    def _held_today(self, reader: Reader, seats: Iterable[tuple[str, SeatState]]) -> list[Head]:
        """Return the rows of the processes in which one of some seats is held today."""
        of: dict[str, list[SeatState]] = {}
        for process, seat in seats:
            of.setdefault(process, []).append(seat)
        heads = reading.heads_of(reader, list(of))
        self._known_definitions(reader, (head.definition for head in heads))
        found = []
        for head in heads:
            today = self.today(self._definition(reader, head.definition))
            if any(seat.held_on(today) for seat in of[head.id]):
                found.append(head)
        return found

    def people(self) -> dict[str, tuple[str, str | None]]:
        """Return the name and address of everybody, by their opaque id."""
        with self.database.reading() as reader:
            return reading.people(reader)

    def now(self) -> datetime:
        """Return the present instant."""
        return self._clock()

    def today_of(self, process: str) -> PartialDate:
        """Return the day it is for a process, as commands are dated."""
        return day_of(self.calendar_day(process))

    def calendar_day(self, process: str) -> date:
        """Return the day it is for a process."""
        with self.database.reading() as reader:
            head = self._head(reader, process)
            return self.today(self._definition(reader, head.definition))

    def today(self, definition: Definition) -> date:
        """Return the day it is in a process's time zone."""
        return self._clock().astimezone(zone_of(definition.timezone)).date()

    def head_within(self, reader: Reader, process: str) -> tuple[Head, date]:
        """Return the head of a journal and the day it is for its process, in a transaction.

        Raises:
            NotFound: no such process.
        """
        head = self._head(reader, process)
        return head, self.today(self._definition(reader, head.definition))

    def within(self, reader: Reader, process: str) -> tuple[Snapshot, Head]:
        """Return a process as it stands, in a transaction that is under way.

        Raises:
            NotFound: no such process.
        """
        head = self._head(reader, process)
        return self._stands(reader, head, reading.read_state(reader, head)), head

    def several_within(self, reader: Reader, processes: Sequence[str]) -> dict[str, Snapshot]:
        """Return some processes as they stand, as ``within`` returns each: in a few statements.

        Those that are not there are left out.
        """
        heads = reading.heads_of(reader, processes)
        self._known_definitions(reader, (head.definition for head in heads))
        states = reading.read_states(reader, heads)
        present = ((head, states[head.id].of_present_rounds()) for head in heads)
        return {head.id: self._stands(reader, head, state) for head, state in present}

    def _known(
        self, definition: Definition, entries: list[AnyEntry], known: date | None
    ) -> list[AnyEntry]:
        """Return the entries that were recorded by the end of a day that is not still to come."""
        today = self.today(definition)
        if known is not None and known > today:
            raise DateRefused(
                text("{known} is in the future.", known=known),
                field="known_at",
                advice=text("Today is {today}: ask for that day or an earlier one.", today=today),
            )
        return _known(definition, entries, known)

    # --- inside --------------------------------------------------------------------------------

    def _stands(self, reader: Reader, head: Head, state: State) -> Snapshot:
        """Return a process as it stands today; the definition in force is that of its head."""
        definition = self._definition(reader, head.definition)
        return snapshot_of(definition, state, self.today(definition))

    def _head(self, reader: Reader, process: str) -> Head:
        head = reading.get_head(reader, process)
        if head is None:
            raise no_process(reader, process)
        return head

    def _known_definitions(self, reader: Reader, hashes: Iterable[str]) -> Mapping[str, Definition]:
        """Return some definitions; those that were not read before are read together."""
        wanted = set(hashes)
        missing = sorted(wanted - set(self._definitions))
        documents = reading.get_documents(reader, missing) if missing else {}
        for sha256 in missing:
            document = documents.get(sha256, "")
            self._definitions[sha256] = stored_definition(document, sha256, self._kept)
        return {sha256: self._definitions[sha256] for sha256 in wanted}

    def _definition(self, reader: Reader, sha256: str) -> Definition:
        if sha256 not in self._definitions:
            document = reading.get_document(reader, sha256)
            self._definitions[sha256] = stored_definition(document, sha256, self._kept)
        return self._definitions[sha256]


def _nobody(name: str, people: People) -> NotFound:
    """Return the refusal of an unknown name, with the most similar one as advice."""
    return NotFound(
        text("There is nobody called “{name}”.", name=name),
        advice=guess_at(name, [known for known, _ in people.values()])
        or text(
            "Say who you are with {field}, or once with MIJLPAAL_ACTOR.",
            field=Field("actor", BLANK),
        ),
    )


def no_process(reader: Reader, process: str) -> NotFound:
    """Return that there is no process of an id, with the nearest one there is as advice."""
    known = [each.id for each in reading.get_heads(reader)]
    return NotFound(
        text("There is no process “{process}”.", process=process),
        advice=did_you_mean(process, known)
        or text(
            "There is none yet: {command} begins one.", command=action("start", definition=BLANK)
        ),
    )


def _present(reader: Reader, head: Head, *, past_rounds: bool = False) -> State:
    """Return the present state; with all past rounds if requested, or with those a move needs.

    Most processes are in their first round, so nothing more is read.
    """
    state = reading.read_state(reader, head)
    if past_rounds and any(each.round > 1 for each in state.milestones.values()):
        return reading.with_past_rounds(reader, head.id, state)
    doubtful = (key for key, move in state.moves.items() if is_doubtful(move))
    if any(state.moves[key].round < state.round_of(key[0]) for key in doubtful):
        return reading.with_doubtful_rounds(reader, head.id, state)
    return state


def _known(definition: Definition, entries: list[AnyEntry], known: date | None) -> list[AnyEntry]:
    """Return the entries that were recorded by the end of a day, in the process's zone."""
    if known is None:
        return entries
    zone = zone_of(definition.timezone)
    found = [each for each in entries if each.recorded_at.astimezone(zone).date() <= known]
    if not found:
        first = entries[0].recorded_at.astimezone(zone).date()
        raise DateRefused(
            text("Nothing of this process had been recorded on {known}.", known=known),
            field="known_at",
            advice=text("Its first entry was recorded on {day}.", day=first),
        )
    return found


def _followed_since(
    written: Iterable[DatedEvent], known: Iterable[DatedEvent], day: date | None
) -> list[CalendarFollowed]:
    """Return the calendars that were followed after a past view's last known entry.

    Args:
        written: all entries.
        known: those that were recorded by then.
        day: those effective by then count; None for all.
    """
    followed = [(e.seq, e.event) for e in written if isinstance(e.event, CalendarFollowed)]
    if not followed:  # as in most processes
        return []
    then = {each.seq for each in known if day is None or is_by(each, day)}
    return [event for seq, event in followed if seq not in then]


def _effective(definition: Definition, entries: list[AnyEntry], day: date | None) -> list[AnyEntry]:
    """Return the entries that say what had happened by the end of a day, as far as is known now.

    An entry of which the date was corrected is there from its new date on, with its corrections.
    A decision of an unknown day is there from the day from which it counts.
    """
    if day is None:
        return entries
    counted = _counted(definition, entries)
    return [
        entry
        for entry, dated in zip(entries, redated(entries), strict=True)
        if (dated.effective_on or counted.get(_corrected_by(entry), date.max)) <= day
    ]


def _counted(definition: Definition, entries: list[AnyEntry]) -> dict[int, date]:
    """Return the day from which each decision of an unknown day counts, by its number.

    One that was withdrawn stays where it was recorded.
    """
    if not any(map(is_of_unknown_day, entries)) and not any(map(_corrects_date, entries)):
        return {}
    placed = in_turn(definition, entries)
    found = {each.seq: recorded_on(definition, each) for each in entries if is_of_unknown_day(each)}
    return found | {each.seq: each.effective_on or date.max for each in placed if is_counted(each)}


def _corrects_date(entry: AnyEntry) -> bool:
    return isinstance(entry.event, EntryCorrected) and entry.event.effective is not None


def _corrected_by(entry: AnyEntry) -> int:
    """Return the number of the entry that one corrects, or its own."""
    return entry.event.corrects if isinstance(entry.event, EntryCorrected) else entry.seq
