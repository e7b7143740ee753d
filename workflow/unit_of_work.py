"""Writing: what a transaction is about to add to a process, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime

from definitions.language.actions import BLANK, action
from definitions.language.errors import InvalidValue
from definitions.language.length_limits import KEY
from definitions.language.text import text
from definitions.language.values import dataclass, replace
from definitions.proving.verdict import Verdict
from workflow.decide.case import Case, Decided, because, is_late, possible_day
from workflow.decide.chronology import check_order
from workflow.decide.correct import (
    amended,
    as_read,
    before_and_after,
    case_of,
    changed_command,
    check_nothing_of,
    check_preconditions,
    entry_to_correct,
    in_its_round,
    with_date,
    with_who_was_there,
    withdraw,
    without,
)
from workflow.decide.imprecise_dates import decide_with_imprecise_dates
from workflow.model.commands import (
    Actor,
    AddNote,
    Command,
    Correct,
    Ordinary,
    Record,
    Request,
    digest_of,
)
from workflow.model.events import (
    CalendarFollowed,
    Entry,
    MilestoneMoved,
    NoteAdded,
    PartyJoined,
    names_in,
)
from workflow.model.journal import Writer
from workflow.model.normal_form import in_normal_form
from workflow.model.person import Who
from workflow.model.state import State
from workflow.reminders.new_calendar import MIJLPAAL, NewCalendar, new_calendar
from workflow.reminders.planning import Occasion, plan_anew, plan_change
from workflow.rules.cascades import command_for, is_needed, set_off_by
from workflow.rules.conflicts import KeyReused, VersionPassed
from workflow.rules.fold import apply_entry, as_it_stood, fold_on, looks_back, redated
from workflow.rules.past import Past
from workflow.rules.refusals import Missing
from workflow.rules.snapshot import Snapshot
from workflow.rules.visibility import visible
from workflow.storage import reading, reminders, store
from workflow.storage.calendars import forget_calendar, mark_calendar
from workflow.storage.database import Connection
from workflow.storage.errors import written_meanwhile
from workflow.storage.names import asker_known
from workflow.storage.reading import Head
from workflow.views.change import Change
from workflow.views.receipt import ReceiptView, receipt_view
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of commands.

    Attributes:
        entries: the entries they made, in order.
        repeated: how many had been recorded before and made none.
        before: the process before.
        after: the process after.
        head: where the journal ends.
        dry: nothing was written: it was only tried.
        spoiled: the verdict on the definition in force from now on, where it was sound before and
            is not any more, by who joined or left; else None.
    """

    entries: tuple[Entry, ...]
    repeated: int
    before: Snapshot
    after: Snapshot
    head: Head
    dry: bool
    spoiled: Verdict | None = None

    @property
    def recorded(self) -> int:
        """How many entries the commands made: a calendar that is followed is no command."""
        return sum(not isinstance(each.event, CalendarFollowed) for each in self.entries)

    def view(self, language: str, hidden: frozenset[int] = frozenset()) -> ReceiptView:
        """Return it as people and programs read it.

        Args:
            language: in which titles are shown.
            hidden: the numbers of the entries that whoever reads it may not see.
        """
        after = self.after.with_state(visible(self.after.state, hidden))
        seen = Seen(*after.parts, self.head.id, language=language)
        change = Change(
            seen,
            self.before.with_state(visible(self.before.state, hidden)),
            self.entries,
            self.recorded,
            self.repeated,
            self.head.head_seq,
            self.head.head_hash,
            self.dry,
            self.spoiled,
        )
        return receipt_view(change)


class UnitOfWork:
    """The entries and changes that a transaction is about to write to one process."""

    def __init__(
        self,
        connection: Connection,
        writer: Writer,
        head: Head,
        process: Snapshot,
        past: Past | None = None,
    ) -> None:
        """Take a process as the transaction finds it, and what makes its next entries.

        Args:
            past: that of its journal, where it is known.
        """
        self._connection = connection
        self._head = head
        self._writer = writer
        self._before = process
        self._now = process
        self._written: list[Entry] = []
        self.entries: list[Entry] = []
        self.askers: dict[Who, tuple[str, str]] = {}
        self.repeated = 0
        self._known = past
        self._past: Past | None = None
        self._since: date | None = None
        self._then: tuple[date, State] | None = None
        self._calendar: NewCalendar | None = None

    @property
    def today(self) -> date:
        """The day it is for the process."""
        return self._now.day

    def follow(self) -> None:
        """Begin by following a new calendar, if it has changed.

        Unplanned entries, and plans by an unknown calendar, are left to the next sweep.
        """
        head, connection = self._head, self._connection
        if head.calendar is None:
            return
        new = new_calendar(connection, head, self._now)
        if new is None or not new.known:
            return
        if reminders.planning_of(connection, head.id).seq != head.head_seq:
            return
        self._calendar = new
        if new.happening is not None:
            entry = self._writer.entry(new.happening, MIJLPAAL, MIJLPAAL)
            self.entries.append(entry)
            self._now = apply_entry(self._now, entry)

    def take(self, request: Request) -> None:
        """Decide one command, and let what follows from it follow."""
        typed, command = request, in_normal_form(request.command)
        if command is not typed.command:
            request = replace(request, command=command)
        digest = None if request.key is None else request.asked or digest_of(request.command)
        if self._is_repetition(request, typed.command):
            self.repeated += 1
            return
        ours = sum(isinstance(each.event, CalendarFollowed) for each in self.entries)
        if request.expect is not None and request.expect != self._writer.seq - ours:
            raise VersionPassed(self._writer.seq, request.expect)
        person, name = self._asker(request.actor)
        actor = Actor(person, name, self._now.day)
        late = is_late(request.command, self._now)
        anew = late or looks_back(self._now.state)
        if isinstance(request.command, Correct) or _is_undated(request.command):
            self._recall()
        elif anew:
            self._look_back(request.command.on.day if late else None)
        if isinstance(request.command, Correct):
            decided = self._correct(request.command, actor)
        else:
            decided = self._decide(request.command, actor, late=late)
        before = self._now
        entry = self._add(decided, person, (request.key, digest), anew=anew)
        if isinstance(request.command, Correct):
            check_order(self._now.definition, [*self._written, *self.entries])
            check_preconditions(before, self._now)
        else:
            self._set_off(entry, actor)

    def _add(
        self, decided: Decided, person: str, key: tuple[str | None, str | None], *, anew: bool
    ) -> Entry:
        """Add what was decided to the entries, and fold it; return its entry."""
        entry = self._writer.entry(decided.happening, person, decided.seat, *key)
        self.entries.append(entry)
        anew = self._add_to_past(entry) or anew
        self._now = self._fold_with(entry) if anew else apply_entry(self._now, entry)
        return entry

    def _set_off(self, cause: Entry, actor: Actor) -> None:
        """Record what a move sets off by its definition, and what that sets off in turn.

        Whoever may make the move may make those: the definition says that they follow.
        """
        moved = cause.event
        if not isinstance(moved, MilestoneMoved):
            return
        why = f"{moved.milestone}.{moved.target}"
        for each in set_off_by(self._now.definition, moved.milestone, moved.target):
            if not is_needed(self._now, each):
                continue
            command = command_for(each, self._now, cause.effective, why, moved.reference)
            late = is_late(command, self._now)
            anew = late or looks_back(self._now.state)
            if anew:
                self._look_back(command.on.day if late else None)
            decided = self._decide(command, actor, late=late, granted=cause.role)
            follows = because(decided, cause.seq)
            self._set_off(self._add(follows, cause.actor, (None, None), anew=anew), actor)

    def _asker(self, asker: Who) -> tuple[str, str]:
        if asker not in self.askers:
            self.askers[asker] = asker_known(self._connection, asker)
        return self.askers[asker]

    def _decide(
        self, command: Ordinary, actor: Actor, *, late: bool, granted: str | None = None
    ) -> Decided:
        now, day = self._now, command.on.day
        undated = late and day is not None and self._has_undated
        if undated:
            # Which of them counts by then depends on what is decided here.
            then = as_it_stood(now.definition, self._on_record(), now.day, until=day, by=day)
        else:
            then = self._fold(day) if late else now
        then = then.on(day or now.day)
        self._then = (day, then.state) if late and day is not None and not undated else None
        case = Case(then, now, actor, granted)
        return decide_with_imprecise_dates(case, command, self._on_record)

    @property
    def _has_undated(self) -> bool:
        """Whether any decision is of an unknown day, where the past is looked at."""
        if self._past is not None:
            return self._past.has_undated
        return any(not each.day_known for each in self._now.state.decisions.values())

    def _on_record(self) -> list[Entry]:
        if self._past is not None:
            return list(self._past.written)
        written = self._written or reading.read_journal(self._connection, self._head.id)
        return [*written, *self.entries]

    def _correct(self, command: Correct, actor: Actor) -> Decided:
        """Decide a correction, on the process as it would be without the entry."""
        entries = [*self._written, *self.entries]
        entry = entry_to_correct(entries, command.seq)
        if not command.reason.strip():
            raise Missing(text("A correction needs a reason."), field="reason")
        reading = as_read(entries, command.seq)
        changed = None if command.withdraw else changed_command(command, entry, entries)
        on = (reading or entry).effective if changed is None else changed.on
        if on.day is not None:
            possible_day(on, on.day, self._now.state.begins, self._now.day)
        joined = (reading or entry).event
        if isinstance(joined, PartyJoined) and reading is not None:
            check_nothing_of(joined.party, entry, None if changed is None else on, entries)
        rest = without(entries, command.seq)
        earlier, later = before_and_after(self._now.definition, rest, with_date(entry, on))
        then = self._stood(earlier)
        now = fold_on(then, later)
        then = then.on(on.day or now.day)
        case = Case(with_who_was_there(then, now.state, on.day), now, actor)
        if changed is None:
            return withdraw(case, command, entry, entries)
        changed = in_its_round(changed, then, _round_of(self._now.state, entry))
        case = case_of(case, command, changed, reading)
        decided = decide_with_imprecise_dates(case, changed, lambda: rest)
        return amended(case, command, entry, decided, entries)

    @property
    def past(self) -> Past | None:
        """The past with what was added to it, where it was looked at."""
        return self._past

    @property
    def to_remember(self) -> State:
        """The state without the rounds that are over, with which it would grow for ever."""
        same_rounds = all(
            milestone.round == self._before.state.milestones[name].round
            for name, milestone in self._now.state.milestones.items()
        )
        whole = self._written or self._since is not None or not same_rounds
        return self._now.state.of_present_rounds() if whole else self._now.state

    def write(self) -> None:
        """Write the entries, the head, and what differs in the tables."""
        heads, states = (self._head, self._moved_head()), (self._before.state, self._now.state)
        now = self.entries[-1].recorded_at
        before = self._plan_by_calendar(now)
        planned = plan_change(self._connection, heads[1], before, self._now, now)
        if not store.write(self._connection, self.entries, heads, states, planned):
            raise written_meanwhile()

    def _plan_by_calendar(self, now: datetime) -> Snapshot:
        """Plan what another calendar changes; return the process that the command sets out from."""
        new = self._calendar
        if new is None:
            return self._before
        if not new.newer:
            forget_calendar(self._connection, self._head.id)
            return self._before
        before = self._before
        if new.happening is not None:
            first = self.entries[0]
            head = replace(self._head, head_seq=first.seq, head_hash=first.hash)
            before = apply_entry(before, first)
            occasion = Occasion(before.day, now, now, by_calendar=True)
            planned = plan_anew(self._connection, head, before, occasion)
            reminders.mark_planned(self._connection, head.id, self._head.head_seq, *planned)
        mark_calendar(self._connection, self._head.id, new.calendar)
        return before

    def receipt(self, *, dry: bool) -> Receipt:
        """Return its receipt."""
        return Receipt(
            tuple(self.entries),
            self.repeated,
            self._before,
            self._now,
            self._moved_head(),
            dry,
        )

    def _moved_head(self) -> Head:
        return replace(
            self._head,
            last_day=self._now.state.last_day,
            head_seq=self._writer.seq,
            head_hash=self._writer.hash,
        )

    def _is_repetition(self, request: Request, typed: Command) -> bool:
        key = request.key
        if key is None or request.new_key:
            return False
        check_key(key)
        found = next((entry for entry in self.entries if entry.key == key), None)
        found = found or reading.entry_with_key(self._connection, self._head.id, key)
        if found is None:
            return False
        if request.asked is not None:
            check_same(request.asked, found)
            return True
        # An earlier version recorded texts as they were typed.
        asked = (request.command, typed)
        if not any(_is_the_same(each, found) for each in asked):
            self._check_mended(asked, found)
        return True

    def _check_mended(self, asked: Sequence[Command], found: Entry) -> None:
        """Refuse another command by a key, unless it has the date that its entry was given since.

        Args:
            asked: the command, in the forms in which it can have been recorded.

        Raises:
            KeyReused: with how the date is mended, where only that is different.
        """
        advice = None
        for command in asked:
            if isinstance(command, Correct):
                continue
            if _is_the_same(replace(command, on=found.effective), found):
                self._recall()
                dated = redated([*self._written, *self.entries])
                if next(each.effective for each in dated if each.seq == found.seq) == command.on:
                    return
                advice = text(
                    "Only its date is different. To mend it: {command}",
                    command=action(
                        "correct",
                        process=self._head.id,
                        seq=str(found.seq),
                        on=command.on.written,
                        reason=BLANK,
                    ),
                )
        raise KeyReused(str(found.key), found.seq, advice)

    def _recall(self) -> None:
        """Read the whole past: what is late may belong to a round that is over."""
        if not self._written:
            known = self._known
            if known is None:
                self._written = reading.read_journal(self._connection, self._head.id)
            else:
                self._written = list(known.written)
            before = reading.read_state(self._connection, self._head, past_rounds=True)
            self._before = self._before.with_state(before)
            self._past = None
            self._now = self._fold(None)

    def _look_back(self, day: date | None) -> None:
        """See what can matter to something of an earlier day, or of the last one.

        From a past that is known, not from the beginning; unless the tables say something else than
        follows from it, as they can where a program of the release before wrote them.

        Args:
            day: that day; None for the last one.
        """
        if self._known is None or self._written:
            self._recall()
            return
        days = (each.effective_on for each in self.entries if each.effective_on is not None)
        since = min(day or self._now.state.last_day, self._since or date.max, *days)
        if since == self._since:
            return
        before = self._known.stood(since)
        if self._since is None and not _are_alike(before, self._before.state):
            self._recall()
            return
        self._since = since
        self._before = self._before.with_state(before)
        self._past = self._past or self._known.followed_by(self.entries)
        self._now = self._fold(None) if self.entries else self._now.with_state(before)

    def _add_to_past(self, entry: Entry) -> bool:
        """Add an entry to the past that is looked at; return whether it lies before that."""
        if self._past is None or self._known is None or self._since is None:
            return False
        self._past = self._past.followed_by([entry])
        if entry.effective_on is None or entry.effective_on >= self._since:
            return False
        self._since = entry.effective_on
        self._before = self._before.with_state(self._known.stood(self._since))
        return True

    def _fold_with(self, entry: Entry) -> Snapshot:
        """Return the process of now with a new entry, from the state that it was decided on."""
        day, then = self._then or (None, None)
        if self._past is None or then is None or day is None or day != entry.effective_on:
            return self._fold(None)
        return self._now.with_state(self._past.stood_after(then, day))

    def _fold(self, until: date | None) -> Snapshot:
        """Return the process of a day, or of now, from the journal and what is added to it."""
        if self._past is not None and self._since is not None:
            return self._now.with_state(self._past.stood(self._since, until))
        return self._stood([*self._written, *self.entries], until)

    def _stood(self, entries: Sequence[Entry], until: date | None = None) -> Snapshot:
        return as_it_stood(self._now.definition, entries, self._now.day, until=until)


def _is_undated(command: Command) -> bool:
    """Return whether a command records a decision of an unknown day."""
    return isinstance(command, Record) and command.on.is_unknown


def _round_of(state: State, entry: Entry) -> int | None:
    """Return the round in which a decision counts; None where that is not known."""
    counts = (key[2] for key, each in state.decisions.items() if each.seq == entry.seq)
    return next(counts, getattr(entry.event, "of_round", None))


def _are_alike(one: State, other: State) -> bool:
    """Return whether two states are the same but for rounds that are over."""
    return one.of_present_rounds() == other.of_present_rounds()


def check_key(key: str) -> None:
    """Refuse an invalid key.

    Raises:
        InvalidValue: it is empty or too long.
    """
    if not key or len(key) > KEY:
        raise InvalidValue(text("A key has 1 to {most} characters.", most=KEY), field="key")


def check_same(asked: str, found: Entry) -> None:
    """Refuse a key whose entry was made by another command.

    Args:
        asked: a hash of the command.
        found: the entry that has its key.

    Raises:
        KeyReused: another command made it.
    """
    if asked != found.digest:
        raise KeyReused(str(found.key), found.seq)


def _is_the_same(command: Command, found: Entry) -> bool:
    """Return whether a command is the one that made an entry.

    A note that now names more subjects is still the same fact, and one that says who may see it.
    """
    noted = found.event
    if isinstance(command, AddNote) and isinstance(noted, NoteAdded):
        about = set(names_in(noted.about))
        if about <= set(names_in(command.about)):
            command = replace(command, about=noted.about)
        if noted.openness is None:
            command = replace(command, openness=None)
    return digest_of(command) == found.digest
