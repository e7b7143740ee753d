"""Listing reminders: those planned, their outcomes, and those that would have been sent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from definitions.calendar.termijnenwet import LAST_KNOWN_YEAR
from definitions.calendar.zones import zone_of
from definitions.language.values import dataclass, replace
from definitions.model import Definition, Due
from workflow.database_queries import DatabaseQueries
from workflow.model.events import Entry
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import FILED, Addressee, Addressees, Instead, Letter, Standing, Way
from workflow.model.state import State, seat_name
from workflow.reminders.agendas import Agendas, agendas_of
from workflow.reminders.content import agenda_update, item_of
from workflow.reminders.context import ReminderContext
from workflow.reminders.planning import planned_row
from workflow.reminders.recipients import EMPTY, Recipient, SeatHolders
from workflow.rules.deadlines import Plan, deadlines_of, reminders_of
from workflow.rules.fold import as_it_stood, in_turn
from workflow.rules.snapshot import Snapshot
from workflow.storage import agendas, messages, reading, reminders, store
from workflow.storage.database import Connection
from workflow.storage.reminders import Row
from workflow.views.seen import Seen, process_title

WOULD = "would"
"""How a reminder stands that would have been sent, of a process that was recorded afterwards."""

TOGETHER = 100
"""Of how many processes the reminders are read at a time."""


class WhyNoReminder(StrEnum):
    """Why something has no reminders."""

    UNKNOWN = "unknown"
    """Its date is not known."""
    NONE = "none"
    """It has no deadline."""
    NO_LADDER = "no-ladder"
    """It has a deadline, and no ladder."""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """One reminder: its due, its recipient, its moment and its outcome.

    Attributes:
        subject: the body, party or group whose deadline it is; empty if there is only one.
        rung: which reminder of the ladder it is.
        seat: the seat it goes to.
        holders: the names of those who hold that seat today.
        reader: the name of its recipient, once a letter is written; each recipient has a reminder
            of their own. None until then.
        deadline: the last day of the due.
        at: the planned moment.
        status: ``planned``, ``sent``, ``filed`` (put in a folder, and not sent), ``lapsed``,
            ``cancelled``, ``undelivered``, or ``would``.
        settled_at: when it got that status, which can be long after ``at``; None while it is
            planned.
        why: why it was cancelled or could not be delivered; None otherwise.
        meant_for: the seat it was meant for, if that is another.
        way: how it left: accepted by a mail server, or put in a folder; None if it did not leave.
        folder: that folder.
    """

    process: str
    due: str
    subject: str
    rung: str
    seat: str
    holders: tuple[str, ...]
    reader: str | None
    deadline: date
    at: datetime
    status: str
    settled_at: datetime | None
    why: str | None
    meant_for: str | None
    way: Way | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class NoReminderView:
    """Something without reminders, and why.

    Attributes:
        waits_for: what must become clear before its date is known.
    """

    process: str
    due: str
    why: WhyNoReminder
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemindedProcess:
    """A process whose reminders are listed.

    Attributes:
        timezone: the zone in which its instants are shown.
        reconstruction: it was recorded afterwards, so its reminders are never sent.
    """

    process: str
    title: str
    timezone: str
    reconstruction: bool


@dataclass(frozen=True, slots=True)
class RemindersView:
    """The reminders of processes, those of each in the order of their instants.

    Attributes:
        since: the first day shown; None for all.
        until: the last day shown; None for all.
        silent: everything without reminders.
    """

    processes: tuple[RemindedProcess, ...]
    since: date | None
    until: date | None
    reminders: tuple[ReminderView, ...]
    silent: tuple[NoReminderView, ...]


def listed(
    queries: DatabaseQueries,
    process: str | None,
    language: str,
    since: date | None = None,
    until: date | None = None,
) -> RemindersView:
    """Return the reminders of a process, or of all.

    Args:
        process: its id; None for all processes.
        language: of the titles.
        since: the first day of those asked for, in the zone of the process; None for all.
        until: the last day.

    Raises:
        NotFound: no such process.
    """
    with queries.database.reading() as connection:
        addressees = reading.addressees(connection)
        found = [
            each
            for some in _present(queries, connection, process)
            for each in _listed(connection, some, addressees, since, until)
        ]
    return RemindersView(
        processes=tuple(_named(context, language) for context, _ in found),
        since=since,
        until=until,
        reminders=tuple(each for _, views in found for each in views),
        silent=tuple(each for context, _ in found for each in without_reminder(context)),
    )


def _present(
    queries: DatabaseQueries, connection: Connection, process: str | None
) -> Iterator[Mapping[str, Snapshot]]:
    """Yield one process as it stands, or all of them, some at a time."""
    if process is not None:
        yield {process: queries.within(connection, process)[0]}
        return
    ids = store.process_ids(connection)
    for at in range(0, len(ids), TOGETHER):
        yield queries.several_within(connection, ids[at : at + TOGETHER])


def _listed(
    connection: Connection,
    present: Mapping[str, Snapshot],
    addressees: Addressees,
    since: date | None,
    until: date | None,
) -> Iterator[tuple[ReminderContext, list[ReminderView]]]:
    """Yield what reminders of some processes are drawn from, and those reminders."""
    planned = reminders.rows_of_several(connection, list(present))
    persons = messages.recipients_of(connection, list(present))
    for process, stands in present.items():
        entries = _recorded_afterwards(connection, process, stands.state)
        rows = sorted(
            _rows(stands.definition, entries, planned[process], process, since, until),
            key=lambda row: (row.at, row.due, row.subject, row.role, row.version, row.copy),
        )
        context = ReminderContext(*stands.parts, process, addressees)
        # Copies that are in no message yet have no recipient yet, so they are shown as one.
        apart = {(row.of_all, row.status, row.message): row for row in rows}
        yield (
            context,
            [
                _view(context, row, addressees.get(persons.get(row.message or "", "")))
                for row in apart.values()
            ],
        )


def _recorded_afterwards(connection: Connection, process: str, state: State) -> list[Entry]:
    """Return the journal of a process that was recorded afterwards; nothing for any other."""
    return list(reading.read_journal(connection, process)) if state.reconstruction else []


def _rows(
    definition: Definition,
    entries: list[Entry],
    planned: list[Row],
    process: str,
    since: date | None,
    until: date | None,
) -> list[Row]:
    """Return the reminders of some days: the planned ones, or those that would have been.

    Args:
        entries: the journal, of a process that was recorded afterwards.
        planned: those in the table.
    """
    if entries:
        return list(would_have_been(definition, entries, process, since, until))
    zone = zone_of(definition.timezone)
    return [row for row in planned if _between(row.at.astimezone(zone).date(), since, until)]


@dataclass(frozen=True, slots=True)
class DueNowView:
    """The messages and reminders that are due now.

    Attributes:
        messages: the messages that wait, each as its address and subject.
        reminders: the reminders that are in no message yet.
    """

    messages: tuple[tuple[str, str], ...]
    reminders: RemindersView


def due_now(queries: DatabaseQueries, language: str) -> DueNowView:
    """Return what a node would send now, without claiming it.

    Args:
        language: of the titles.
    """
    now = queries.now()
    with queries.database.reading() as connection:
        waiting = messages.unsettled_messages(connection)
        addressees = reading.addressees(connection)
        rows = list(reminders.due_or_deferred(connection, now, EMPTY))
        present = queries.several_within(connection, list({row.process: row for row in rows}))
    found = [
        (ReminderContext(*present[process].parts, process, addressees), list(due))
        for process, due in groupby(rows, key=attrgetter("process"))
    ]
    return DueNowView(
        messages=tuple(
            (each.address or "", each.subject)
            for each in waiting
            if each.next_at is not None and each.next_at <= now
        ),
        reminders=RemindersView(
            processes=tuple(_named(context, language) for context, _ in found),
            since=None,
            until=None,
            reminders=tuple(_view(context, row, None) for context, due in found for row in due),
            silent=(),
        ),
    )


def _named(context: ReminderContext, language: str) -> RemindedProcess:
    definition, state = context.definition, context.state
    seen = Seen(*context.parts, context.process, language=language)
    return RemindedProcess(
        context.process, process_title(seen), definition.timezone, state.reconstruction
    )


def _between(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _view(context: ReminderContext, row: Row, reader: Addressee | None) -> ReminderView:
    reconstruction = context.state.reconstruction
    return ReminderView(
        process=row.process,
        due=row.due,
        subject=row.subject,
        rung=row.rung,
        seat=seat_name(row.role, row.place),
        holders=tuple(each.name for each in context.holders((row.role, row.place))),
        reader=None if reader is None else reader.name,
        deadline=row.deadline,
        at=row.at,
        status=WOULD if reconstruction else _status(row),
        settled_at=row.settled_at,
        why=None if row.status is Standing.SENT else row.why,
        meant_for=row.meant_for or None,
        way=None if reconstruction else _way(row),
        folder=row.folder,
    )


def _status(row: Row) -> str:
    return FILED if row.folder is not None else row.status.value


def _way(row: Row) -> Way | None:
    if row.status is not Standing.SENT:
        return None
    return Way.SERVER if row.folder is None else Way.FOLDER


def without_reminder(context: ReminderContext) -> Iterator[NoReminderView]:
    """Yield everything unfinished that has no reminders, with the reason."""
    process, definition = context.process, context.definition
    plans = deadlines_of(context)
    for ref in dict.fromkeys(plan.ref for plan in plans.values() if plan.deadline is None):
        yield NoReminderView(process, ref, WhyNoReminder.UNKNOWN, definition.dues[ref].waits_for)
    for name, due in _not_done(context):
        if due is None:
            yield NoReminderView(process, name, WhyNoReminder.NONE)
        elif due.ladder is None:
            yield NoReminderView(process, name, WhyNoReminder.NO_LADDER)


def _not_done(now: Snapshot) -> Iterator[tuple[str, Due | None]]:
    """Yield the states, requests and tasks of active milestones, each with its due."""
    going = [
        each
        for each in now.definition.milestones.values()
        if now.state.milestones[each.id].state not in each.final
    ]
    for milestone in going:
        entered = now.state.milestones[milestone.id].entered
        yield from ((due.ref, due) for name, due in milestone.dues.items() if name not in entered)
        for request in milestone.requests.values():
            yield f"{milestone.id}/{request.id}", request.due
    for task in now.definition.tasks.values():
        if not task.ref.milestone or any(task.ref.milestone == each.id for each in going):
            yield str(task.ref), task.due


# --- what would have been ----------------------------------------------------------------------


def would_have_been(
    definition: Definition,
    entries: Iterable[Entry],
    process: str,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Row]:
    """Yield the reminders that would have been sent, had everything been recorded on its day.

    Each morning's reminders follow from the events up to the day before. Their version is the
    number of the last entry that was effective by then.

    Args:
        since: the first day asked for; None for the first of the process.
        until: the last one; None for the last on which anything happened.
    """
    entries = list(entries)
    ordered = in_turn(definition, entries)
    days = sorted({each.effective_on for each in ordered if each.effective_on is not None})
    if not days:
        return
    one_day = timedelta(days=1)
    for number, day in enumerate(days):
        ends = days[number + 1] if number + 1 < len(days) else date.max - one_day
        # What happened on the last day of a span counts from the morning after it.
        first, last = max(day + one_day, since or date.min), min(ends, until or days[-1])
        if first <= last:
            seq = max(each.seq for each in ordered if (each.effective_on or day) <= day)
            # Recurring tasks: all instances that are planned on the last day.
            known = min(last, date(LAST_KNOWN_YEAR, 12, 31))
            stood = as_it_stood(definition, entries, known, until=day)
            for plan in deadlines_of(stood).values():
                yield from _within(definition, process, plan, first, last, seq)


def _within(
    definition: Definition, process: str, plan: Plan, first: date, last: date, seq: int
) -> Iterator[Row]:
    zone = zone_of(definition.timezone)
    for each in reminders_of(definition, plan):
        if first <= each.at.astimezone(zone).date() <= last and plan.deadline is not None:
            yield planned_row(process, plan, plan.deadline, each, seq)


# --- what would be said ------------------------------------------------------------------------


def preview(
    queries: DatabaseQueries, process: str, since: date, until: date, language: str
) -> list[Letter]:
    """Return the letters that would go out on some days, one for each seat, without sending any.

    For a process that was recorded afterwards, the letters that would have gone out. An empty seat
    gets a letter too, at an address that cannot exist; in reality it would go to the secretariat.

    Args:
        since: the first day, in the zone of the process.
        until: the last one.
        language: of letters to empty seats.

    Raises:
        NotFound: no such process.
    """
    with queries.database.reading() as connection:
        stands, head = queries.within(connection, process)
        definition = stands.definition
        addressees = reading.addressees(connection)
        entries = _recorded_afterwards(connection, process, stands.state)
        planned = reminders.rows_of(connection, process)
        rows = _rows(definition, entries, planned, process, since, until)
        opening = reading.opening_hash(connection, process)
        there = _in_agendas(connection, process, rows, addressees)
    zone = zone_of(definition.timezone)
    letters: dict[tuple[date, str], Letter] = {}
    # Each holder of a seat gets one letter, whichever copy that is.
    asked = {row.of_all: row for row in rows if _is_shown(row)}
    ordered = sorted(asked.values(), key=lambda row: (row.at, row.deadline, row.due, row.subject))
    for day, found in groupby(ordered, key=lambda row: row.at.astimezone(zone).date()):
        if entries:
            then = as_it_stood(definition, entries, day, until=day - timedelta(days=1))
            stands = then.with_state(replace(then.state, reconstruction=True))
        context = ReminderContext(
            *stands.on(day).parts, process, addressees, opening, head.head_seq
        )
        for row in found:
            for recipient in _recipients(context, row, there, language):
                _add(letters, context, row, recipient)
    return list(letters.values())


def _is_shown(row: Row) -> bool:
    """Return whether a preview shows a reminder; calendar updates that were sent are left out."""
    standing = (Standing.PLANNED,) if row.for_agendas else (Standing.PLANNED, Standing.SENT)
    return row.status in standing


def _in_agendas(
    connection: Connection, process: str, rows: Iterable[Row], addressees: Addressees
) -> Agendas:
    """Return the calendars' contents for the deadlines that some rows update."""
    plans = {row.plan for row in rows if row.for_agendas}
    return agendas_of(agendas.carried(connection, process, plans), addressees)


def _recipients(
    context: ReminderContext, row: Row, there: Agendas, language: str
) -> Iterator[Recipient]:
    """Yield the recipients of a reminder; a made-up one for an empty seat."""
    if row.for_agendas:
        yield from there.outdated_recipients(row, context.seated)
        return
    instead = Instead.UNDELIVERED if row.meant_for else None
    for reader in context.holders((row.role, row.place)) or (_nobody(row, language),):
        yield Recipient(reader, instead, row.meant_for or None)


def _add(
    letters: dict[tuple[date, str], Letter],
    context: ReminderContext,
    row: Row,
    recipient: Recipient,
) -> None:
    reader = recipient.addressee
    key = (context.day, same_mailbox(str(reader.address)))
    if recipient.in_agenda is None:
        item = item_of(context, row, recipient.instead, recipient.meant_for)
    else:
        item = agenda_update(context, row, recipient, recipient.in_agenda)
    known = letters.get(key)
    letters[key] = (
        Letter(
            id=f"{context.process}-{row.at:%Y%m%d}-{_named_by(row, recipient)}",
            written_at=row.at.astimezone(UTC),
            address=str(reader.address),
            name=reader.called or None,
            language=reader.language,
            items=(item,),
        )
        if known is None
        else replace(known, items=(*known.items, item))
    )


def _named_by(row: Row, recipient: Recipient) -> str:
    """Return the seat that names a letter: its own, or that of the earlier letter it updates."""
    if recipient.in_agenda is None:
        return seat_name(row.role, row.place)
    seat = recipient.in_agenda.last_to_a_seat
    return f"{seat_name(seat.role, seat.place)}-{row.rung}"


def _nobody(row: Row, language: str) -> Addressee:
    """Return somebody at a seat that nobody holds, at an address that cannot exist (RFC 2606)."""
    return Addressee("", "", f"{row.role}@{row.place or row.process}.example", language)


def empty_seats(seated: SeatHolders) -> tuple[str, ...]:
    """Return the seats that have reminders and nobody who can be reached."""
    plans = () if seated.state.reconstruction else deadlines_of(seated).values()
    seats = dict.fromkeys(seat for plan in plans if plan.deadline for seat in plan.seats)
    return tuple(seat_name(*seat) for seat in seats if not seated.holders(seat))
