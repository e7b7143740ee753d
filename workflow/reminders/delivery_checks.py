"""Checks for ``verify``: can the rows of reminders and their messages be right?

The outcome of a message does not follow from the journal: only these tables have it. But not every
outcome is possible. A reminder lapses only if its moment had passed, is sent only in a message that
was sent, and is postponed for a day at most; each rule below checks one of those bounds. Together
they ensure that no recipient is skipped without a trace.

A new kind of reminder adds its rule to ``RULES``.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from functools import cached_property
from typing import NamedTuple

from definitions.calendar.workdays import could_have_been_before
from definitions.calendar.zones import zone_of
from definitions.ladders import Rung, rung_named
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.calendars import Calendar
from workflow.model.events import CalendarFollowed, Entry, SeatEnded, SeatGiven
from workflow.model.journal import instant_text
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import WITHDRAWN, Delivery, Ended, Standing
from workflow.model.state import places_of, seat_name
from workflow.rules.deadlines import Seat, instant_of, secretariat
from workflow.rules.terms import due_named
from workflow.storage.messages import Posted
from workflow.storage.reminders import Row
from workflow.storage.undelivered import PUT_OFF

LONGEST_TRY = timedelta(days=30)
"""The longest time that the settings allow for attempts at a message."""
LONGEST_LEASE = timedelta(days=1)
"""The longest lease that the settings allow."""
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_FORMER = {each.value for each in Ended}


class DeliveryFault(NamedTuple):
    """A value that a row cannot have.

    Attributes:
        row: the name of the row for people.
        column: its column.
        value: the value.
    """

    table: str
    row: str
    column: str
    value: object

    @property
    def says(self) -> Text:
        """The fault as a sentence."""
        value = instant_text(self.value) if isinstance(self.value, datetime) else self.value
        return text(
            "table {table} cannot be right: {row}, {column} = {value}",
            table=self.table,
            row=self.row,
            column=self.column,
            value="–" if value is None else str(value),
        )


@dataclass(frozen=True)
class Deliveries:
    """The reminders of a process and their messages, as the tables have them.

    Attributes:
        rows: all of them.
        messages: the messages that contain them, by id.
        last_moments: for each message, the latest moment of a reminder of its deadlines.
        entries: the journal of the process.
        now: the present; None if unknown.
        calendars: all calendars by which reminders in its zone were ever planned.
    """

    definition: Definition
    rows: Sequence[Row]
    messages: Mapping[str, Posted]
    last_moments: Mapping[str, datetime]
    entries: Sequence[Entry]
    now: datetime | None
    calendars: Sequence[Calendar] = ()

    @cached_property
    def followed(self) -> frozenset[int]:
        """The entries by which a calendar was followed."""
        found = (each for each in self.entries if isinstance(each.event, CalendarFollowed))
        return frozenset(each.seq for each in found)

    @cached_property
    def dues(self) -> frozenset[str]:
        """The dues that have a ladder."""
        return frozenset(ref for ref, due in self.definition.dues.items() if due.ladder)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Every possible subject of a due: bodies, parties and groups."""
        definition = self.definition
        return frozenset((*definition.bodies, *definition.parties, *definition.groups))

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The places at which each role has seats."""
        return {
            role.id: places_of(self.definition, role) for role in self.definition.roles.values()
        }

    @cached_property
    def keys(self) -> frozenset[tuple[object, ...]]:
        """The keys of all rows."""
        return frozenset(row.key for row in self.rows)

    @cached_property
    def versions(self) -> Mapping[tuple[str, str], frozenset[int]]:
        """The versions there are of each plan."""
        found: dict[tuple[str, str], set[int]] = {}
        for row in self.rows:
            found.setdefault(row.plan, set()).add(row.version)
        return {plan: frozenset(each) for plan, each in found.items()}

    @cached_property
    def stood(self) -> Mapping[tuple[str, str, int], datetime]:
        """The first moment that had not passed yet, among the reminders planned at one time."""
        found: dict[tuple[str, str, int], datetime] = {}
        for row in self.rows:
            if is_of_plan(row) and row.status is not Standing.LAPSED:
                key = (*row.plan, row.version)
                found[key] = min(found.get(key, row.at), row.at)
        return found

    @cached_property
    def recorded(self) -> Mapping[int, datetime]:
        """When each entry was recorded."""
        return {each.seq: each.recorded_at for each in self.entries}

    @cached_property
    def seated(self) -> frozenset[tuple[Seat, str]]:
        """Everybody who was ever given a seat, also by an entry that was corrected since."""
        events = (each.event for each in self.entries)
        seats = (each for each in events if isinstance(each, SeatGiven | SeatEnded))
        return frozenset(((each.role, each.place), each.person) for each in seats)

    @cached_property
    def others(self) -> tuple[Seat, ...]:
        """The seats of the secretariat, to which undeliverable reminders go."""
        return secretariat(self.definition)

    def first_version(self, row: Row) -> int:
        """Return the first of the versions that lead up to that of a reminder, one by one.

        Planned twice by the same entry, the later ones get the numbers after it.
        """
        version, known = row.version, self.versions[row.plan]
        while version - 1 in known:
            version -= 1
        return version

    def recorded_within(self, row: Row) -> list[datetime]:
        """Return the recording times of the entries that may have planned a reminder."""
        first = self.first_version(row)
        return [
            self.recorded[each] for each in range(first, row.version + 1) if each in self.recorded
        ]


def is_of_plan(row: Row) -> bool:
    """Return whether a reminder follows from a plan: no copy, stand-in or calendar update."""
    return not row.meant_for and not row.copy and not row.for_agendas


def delivery_faults(kept: Deliveries) -> Iterator[DeliveryFault]:
    """Yield every impossible value in the reminders of a process and in their messages."""
    for row in kept.rows:
        for rule in RULES:
            for column in rule(kept, row):
                yield DeliveryFault("reminders", named(row), column, getattr(row, column))
    brought: dict[str, list[Row]] = {}
    for row in kept.rows:
        if row.message is not None:
            brought.setdefault(row.message, []).append(row)
    for id, message in kept.messages.items():
        for column in _message(kept, message, brought.get(id, ())):
            yield DeliveryFault("messages", message.message_id, column, getattr(message, column))


def named(row: Row) -> str:
    """Return the name of a reminder for people."""
    seat = seat_name(row.role, row.place)
    return " ".join(each for each in (row.due, row.subject, row.rung, seat) if each)


Rule = Callable[[Deliveries, Row], Iterator[str]]
"""Yields the columns of a reminder that have an impossible value."""


# --- what it is of -----------------------------------------------------------------------------


def _is_of_something(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that the due, its subject and the seat of a reminder exist."""
    if _due_of(row)[0] not in kept.dues:
        yield "due"
    if row.subject and row.subject not in kept.subjects:
        yield "subject"
    places = ("",) if row.for_agendas and not row.role else kept.places.get(row.role)
    if places is None:
        yield "role"
    elif row.place not in places:
        yield "place"


def _due_of(row: Row) -> tuple[str, int | None]:
    """Return the due of a reminder and its year; an empty name if that is malformed."""
    try:
        return due_named(row.due)
    except ValueError:
        return "", None


def _is_at_its_rung(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that its moment is that of its rung, by some calendar of working days."""
    if row.for_agendas:
        yield from () if _days_of(kept, row) else ("at",)
        return
    rung = rung_named(row.rung)
    if rung is None:
        yield "rung"
        return
    if not any(_is_on(kept, rung, day, row) for day in _days_of(kept, row)):
        yield "at"


def _days_of(kept: Deliveries, row: Row) -> set[date]:
    """Return the days whose reminder hour is this moment, by the present clock or a former one."""
    day = row.at.astimezone(zone_of(kept.definition.timezone)).date()
    now = {day} if row.at == instant_of(kept.definition, day) else set()
    hour = kept.definition.remind_at
    return now.union(*(each.days_at(row.at, hour) for each in kept.calendars))


def _is_on(kept: Deliveries, rung: Rung, day: date, row: Row) -> bool:
    """Return whether a rung can have been on a day."""
    if not rung.working:
        return day == rung.on(row.deadline)
    if could_have_been_before(day, rung.days, row.deadline):
        return True
    return any(day == rung.on(row.deadline, each.works) for each in kept.calendars)


def _is_of_an_entry(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that an entry planned it; planned again by the same entry, it has the next number."""
    if kept.first_version(row) not in kept.recorded:
        yield "version"


def _stands_for_another(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that a copy has an original, and a stand-in's reminder the undelivered one."""
    if row.copy:
        if row._replace(copy=row.copy - 1).key not in kept.keys:
            yield "copy"
    elif row.for_agendas and row.meant_for:
        yield "meant_for"
    elif row.meant_for:
        role, _, place = row.meant_for.partition("@")
        origin = row._replace(role=role, place=place, meant_for="")
        if origin.key not in kept.keys or (row.role, row.place) not in kept.others:
            yield "meant_for"


# --- what became of it -------------------------------------------------------------------------


def _stands(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that its status is possible."""
    match row.status:
        case Standing.PLANNED:
            yield from _planned(kept, row)
        case Standing.LAPSED:
            yield from _lapsed(kept, row)
        case Standing.SENT | Standing.UNDELIVERED:
            yield from _tried(kept, row)
        case Standing.CANCELLED:
            if row.why not in _FORMER or not _was_for_nobody(kept, row):
                yield "status"
    if row.next_at is not None and row.status is not Standing.PLANNED:
        yield "next_at"
    if (row.settled_at is None) != (row.status in (Standing.PLANNED, Standing.LAPSED)):
        yield "settled_at"


def _planned(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that a planned reminder is in a waiting message, or will be within a day.

    While its letter is being written it is in no message yet, and due again when the lease ends.
    """
    if row.message is not None:
        if row.next_at is not None:
            yield "next_at"
        if _status_of(kept, row) is not Delivery.WAITING:
            yield "message"
    elif (
        row.next_at is None
        or row.next_at < row.at
        or (kept.now is not None and row.next_at > max(row.at, kept.now + PUT_OFF))
    ):
        yield "next_at"
    yield from _not_past(kept, row)


def _not_past(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that a moment already past when it was recorded has lapsed.

    Except if it should have been planned before: a program that plans nothing leaves that to the
        next sweep, and so does the turn of a year. A reminder that another calendar moved is sent
        in any case.
    """
    if kept.first_version(row) in kept.followed:
        return
    yearly = _due_of(row)[1] is not None
    if yearly or not is_of_plan(row) or row.at >= min(kept.recorded_within(row), default=row.at):
        return
    before = {each for found in kept.versions.values() for each in found}
    last = max((each for each in before if each < kept.first_version(row)), default=0)
    since = [kept.recorded[each] for each in range(last + 1, row.version) if each in kept.recorded]
    if row.at < min(since, default=row.at + PUT_OFF):
        yield "status"


def _lapsed(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check that a lapsed reminder was past when it was planned, and was in no message.

    It can be planned after its entry was recorded: by the first sweep after an upgrade. Then every
        later reminder of the same plan had not passed yet, and none that lies ahead has lapsed.
    """
    if not is_of_plan(row) or row.message is not None or row.why is not None:
        yield "status"
    elif not _was_past(kept, row):
        ahead = kept.now is not None and row.at >= kept.now
        if ahead or row.at >= kept.stood.get((*row.plan, row.version), row.at + PUT_OFF):
            yield "status"


def _was_past(kept: Deliveries, row: Row) -> bool:
    """Return whether the moment of a reminder had passed when its entry was recorded.

    For a recurring task: or when its year began.
    """
    if row.at < max(kept.recorded_within(row), default=row.at):
        return True
    _, year = _due_of(row)
    return year is not None and row.at.astimezone(zone_of(kept.definition.timezone)).year < year


def lapsed_later(kept: Deliveries) -> list[Row]:
    """Return the reminders that lapsed though their moment came after their entry was recorded.

    That happens if they were planned later: by the first sweep after an upgrade.
    """
    lapsed = (row for row in kept.rows if row.status is Standing.LAPSED)
    return [row for row in lapsed if not _was_past(kept, row)]


def sent_ahead(kept: Deliveries) -> list[Posted]:
    """Return the messages that were sent at an instant in the future.

    Then the clock of a node was ahead, or somebody tampered with the table.
    """
    if kept.now is None:
        return []
    soon = kept.now + LONGEST_LEASE
    sent = (each for each in kept.messages.values() if each.status is Delivery.SENT)
    return [each for each in sent if each.settled_at is not None and each.settled_at > soon]


def _tried(kept: Deliveries, row: Row) -> Iterator[str]:
    """Check a sent reminder against its message, and an undelivered one against the escalation."""
    message = kept.messages.get(row.message or "")
    if row.message is None:
        if row.status is Standing.SENT:
            yield "message"
        elif row.why is None or row.why in _FORMER:
            yield "why"
        elif row.settled_at is not None and row.settled_at < row.at:
            yield "settled_at"
    elif message is None or message.status.value != row.status.value:
        yield "message" if message is None else "status"
    else:
        if row.settled_at != message.settled_at:
            yield "settled_at"
        if row.why != message.fault and message.person is not None:
            yield "why"
    if row.status is Standing.UNDELIVERED and not _is_told_of(kept, row):
        yield "status"
    yield from _not_past(kept, row)


def _is_told_of(kept: Deliveries, row: Row) -> bool:
    """Return whether an undelivered reminder was escalated to the secretariat.

    Calendar updates are not escalated: they concern only the owner of the calendar.
    """
    if row.for_agendas or row.meant_for or (row.role, row.place) in kept.others:
        return True
    told = row._replace(meant_for=seat_name(row.role, row.place), copy=0)
    return all(
        told._replace(role=role, place=place).key in kept.keys for role, place in kept.others
    )


def _was_for_nobody(kept: Deliveries, row: Row) -> bool:
    """Return whether a reminder cancelled for want of recipients really had none.

    A withdrawal goes to everybody who was sent the deadline and from whom it was not withdrawn in
    between.
    """
    if row.rung != WITHDRAWN or row.why != Ended.NOBODY:
        return True
    last: dict[str, str] = {}
    for each in sorted(kept.rows, key=lambda each: each.version):
        message = kept.messages.get(each.message or "")
        if each.plan != row.plan or each.version >= row.version or message is None:
            continue
        sent = message.status is Delivery.SENT and message.fault is None
        if sent and message.person is not None and message.address is not None:
            last[same_mailbox(message.address)] = each.rung
    return all(rung == WITHDRAWN for rung in last.values())


def _status_of(kept: Deliveries, row: Row) -> Delivery | None:
    message = kept.messages.get(row.message or "")
    return None if message is None else message.status


RULES: list[Rule] = [
    _is_of_something,
    _is_at_its_rung,
    _is_of_an_entry,
    _stands_for_another,
    _stands,
]
"""The rules that hold for every reminder."""


# --- the messages ------------------------------------------------------------------------------


def _message(kept: Deliveries, message: Posted, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the columns of a message that have an impossible value."""
    if not _MESSAGE_ID.fullmatch(message.message_id):
        yield "message_id"
    if any(message.written_at < row.at for row in rows):
        yield "written_at"
    yield from _held(message)
    yield from _reader(kept, message, rows)
    match message.status:
        case Delivery.WAITING:
            yield from _waiting(kept, message)
        case Delivery.SENT:
            yield from _settled(message, message.written_at)
        case Delivery.UNDELIVERED | Delivery.DROPPED:
            yield from _settled(message, None)


def _held(message: Posted) -> Iterator[str]:
    """Check that a claimed message counts an attempt, and may have arrived."""
    held = message.holder is not None
    if held and message.status is not Delivery.WAITING:
        yield "holder"
    tried = message.status in (Delivery.SENT, Delivery.UNDELIVERED)
    if message.attempt < (1 if held or tried else 0):
        yield "attempt"
    sent = message.status is Delivery.SENT
    if (held and not message.unsure) or (sent and message.unsure):
        yield "unsure"


def _reader(kept: Deliveries, message: Posted, rows: Iterable[Row]) -> Iterator[str]:
    """Check that it goes to a holder of the seat or a stand-in, or to somebody erased since."""
    if message.person is None:
        if message.address is not None or message.status is Delivery.WAITING:
            yield "person"
        return
    if message.address is None:
        yield "address"
    if not message.size:
        yield "content"
    everybody = {person for _, person in kept.seated}
    for row in rows:
        if row.for_agendas and message.person in everybody:
            continue  # whoever has the deadline in a calendar need not hold a seat any more
        seats = {(row.role, row.place), *kept.others}
        if not any((seat, message.person) in kept.seated for seat in seats):
            yield "person"
            return


def _waiting(kept: Deliveries, message: Posted) -> Iterator[str]:
    """Check that a waiting message is tried until the next reminder, or for some days."""
    if message.settled_at is not None:
        yield "settled_at"
    last = kept.last_moments.get(message.id, message.written_at)
    if not message.written_at < message.give_up_at <= max(last, message.written_at + LONGEST_TRY):
        yield "give_up_at"
    if message.next_at is None or message.next_at < message.written_at:
        yield "next_at"
    elif kept.now is not None:
        soon = max(kept.now, message.written_at) + LONGEST_LEASE
        if message.next_at > max(soon, message.give_up_at):
            yield "next_at"
    yield from _envelope(message)


def _envelope(message: Posted) -> Iterator[str]:
    """Check that its headers have its own id and its own addressee."""
    headers = BytesHeaderParser().parsebytes(message.content or b"")
    id, to = headers.get("Message-ID"), headers.get("To")
    if id is not None and id.strip() != message.message_id:
        yield "message_id"
    if to is not None and message.address is not None and message.address.isascii():
        _, address = parseaddr(" ".join(str(to).split()))
        if same_mailbox(address) != same_mailbox(message.address):
            yield "address"


def _settled(message: Posted, since: datetime | None) -> Iterator[str]:
    """Check that a settled message has an instant of settlement, and no further attempt.

    A clock may have been set back meanwhile, and two machines may differ: by a day at most.
    """
    if message.next_at is not None:
        yield "next_at"
    at = message.settled_at
    if at is None or (since is not None and at < since - LONGEST_LEASE):
        yield "settled_at"
