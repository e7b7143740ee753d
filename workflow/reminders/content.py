"""The content of a reminder: everything its recipient needs, from the present state."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from definitions.calendar.dates import parse_date
from definitions.language.values import replace
from definitions.model import Arm, Due, Gate, Milestone, gates_in
from workflow.model.reminders import WITHDRAWN, Asked, Contact, Instead, Item, Waiting
from workflow.model.state import ShiftState, seat_name
from workflow.reminders.context import ReminderContext, once, place_name
from workflow.reminders.recipients import AgendaHistory, Recipient
from workflow.reminders.subject import command_for_seats, subject_of
from workflow.reminders.withdrawals import why_gone
from workflow.rules.deadlines import Seat, secretariat
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_date, due_named
from workflow.storage.reminders import Row


def item_of(
    context: ReminderContext, row: Row, instead: Instead | None, meant_for: str | None
) -> Item:
    """Return the content of a reminder.

    Args:
        row: the reminder; its due is one of the definition.
        instead: why the recipient gets it, if it was meant for another seat.
        meant_for: that seat.
    """
    which = (row.due, row.subject, row.deadline, row.version, row.role, row.place)
    find = partial(_item_of, context, row, instead, meant_for)
    item = once(context.known.items, (*which, instead, meant_for), find)
    return item if item.rung == row.rung else replace(item, rung=row.rung)


def _item_of(
    context: ReminderContext, row: Row, instead: Instead | None, meant_for: str | None
) -> Item:
    definition, state, known = context.definition, context.state, context.known
    ref, year = due_named(row.due)
    due = context.due(ref)
    subject = subject_of(context, due, row)
    moves = state.moves_of(ref)
    seat = (row.role, row.place)
    # A stand-in, or somebody reminded because nothing was recorded, records it on behalf of others.
    for_others = instead is Instead.EMPTY or seat not in subject.seats
    ask = subject.seats if for_others else ()
    receiving = secretariat(definition) if instead is Instead.EMPTY else (seat,)
    # A mailbox cannot record: if nobody else holds the seat, the letter shows no command.
    able = [each for each in receiving if not context.seated.only_mailboxes(each)]
    before = moves[-2].date if len(moves) > 1 else due.date.written
    shift = _shift(context, due, row)
    place = definition.everybody.bodies.get(row.subject, row.subject)
    return Item(
        process=context.process,
        process_titles=_process_titles(context),
        due=row.due,
        subject=row.subject,
        subject_name=place_name(definition, place),
        asked=subject.asked,
        milestone=subject.milestone.id if subject.milestone else "",
        titles=subject.milestone.title if subject.milestone else definition.title,
        what=subject.what,
        body=subject.body,
        instrument=subject.instrument,
        outcomes=subject.outcomes,
        deadline=row.deadline,
        written=_written(context, due, place, year, row),
        target=due.target,
        rung=row.rung,
        today=context.day,
        put=subject.put,
        moved_from=shift.was.isoformat() if shift else before if moves else None,
        moved_because=moves[-1].reason if moves and not shift else "",
        waiting=once(known.waits, ref, lambda: tuple(_waiting(context, subject.waits))),
        command=command_for_seats(context, subject, able) if able else None,
        ask=once(known.contacts, (seat, ask), lambda: tuple(_contacts(context, seat, ask))),
        meant_for=meant_for,
        instead=instead,
        uid=_uid(context.opening, row),
        sequence=context.seq or row.version,
        first=subject.first,
        role=receiving[0][0] if receiving else "",
        answers_to=once(known.replies, "", lambda: tuple(_replies(context))),
        opens_on=subject.opens_on,
        moved_by_calendar=shift is not None,
        former_uid=_uid(context.process, row),
    )


def _shift(context: ReminderContext, due: Due, row: Row) -> ShiftState | None:
    """Return how another calendar moved the deadline of a reminder; None if none did."""
    definition, shifts = context.definition, context.state.shifts
    place = definition.everybody.bodies.get(row.subject, row.subject)
    found = shifts.get((due.ref, place)) or shifts.get((due.ref, ""))
    return found if found is not None and row.deadline == found.ends else None


def agenda_update(
    context: ReminderContext, row: Row, recipient: Recipient, calendar: AgendaHistory
) -> Item:
    """Return the content that updates a deadline in a calendar: it moved, or has lapsed.

    The row is for no seat, so the content is that for the seat at which the recipient was last
    notified.
    """
    seat, gone = calendar.last_to_a_seat, row.rung == WITHDRAWN
    deadline = calendar.deadline if gone else row.deadline
    told = row._replace(role=seat.role, place=seat.place, deadline=deadline)
    item = item_of(context, told, recipient.instead, recipient.meant_for)
    if gone:
        return _gone(context, item, told)
    return item if calendar.still_recipient else replace(item, command=None)


def _gone(context: ReminderContext, item: Item, row: Row) -> Item:
    """Return the content of a reminder that a deadline has lapsed, with the reason."""
    decided = Asked.DECIDE if item.asked is Asked.SEND else item.asked
    gone = why_gone(context, row.plan)
    return replace(item, asked=decided, command=None, first=(), waiting=(), gone=gone)


def _uid(process: str, row: Row) -> str:
    """Return the id of a deadline in calendars.

    Args:
        process: identifies the process across installations: the hash of its first entry. Earlier
            versions used the id, which is not unique.
    """
    return str(uuid5(NAMESPACE_URL, f"mijlpaal:{process}:{row.due}:{row.subject}"))


def _written(context: ReminderContext, due: Due, place: str, year: int | None, row: Row) -> str:
    """Return the date as its source writes it, or as a day if it was moved since."""
    current = due_date(context, due, place, year)
    return current.written if current.deadline == row.deadline else row.deadline.isoformat()


def _process_titles(now: Snapshot) -> Mapping[str, str]:
    amended = now.state.amendments.get("title")
    return {"": amended.value} if amended is not None else now.definition.title


# --- what waits for it -------------------------------------------------------------------------


def _waiting(context: ReminderContext, waits: Callable[[Gate], bool]) -> Iterator[Waiting]:
    """Yield the transitions that wait for something; each state they lead to once."""
    found: dict[tuple[str, str], Waiting] = {}
    for milestone in context.definition.milestones.values():
        if context.state.milestones[milestone.id].state in milestone.final:
            continue
        for arm in milestone.arms:
            if not arm.explicit and any(waits(gate) for gate in gates_in(arm.gate)):
                found.setdefault((milestone.id, arm.target), _wait(context, milestone, arm))
    yield from found.values()


def _wait(context: ReminderContext, milestone: Milestone, arm: Arm) -> Waiting:
    due = milestone.dues.get(arm.target)
    when = due_date(context, due) if due else parse_date("unknown")
    return Waiting(milestone.id, milestone.title, arm.target, when.deadline)


def _replies(context: ReminderContext) -> Iterator[str]:
    """Yield the addresses of the secretariat, each mailbox once."""
    for each in context.seated.secretaries():
        if each.address is not None:
            yield each.address


# --- whom to ask -------------------------------------------------------------------------------


def _contacts(context: ReminderContext, own: Seat, seats: tuple[Seat, ...]) -> Iterator[Contact]:
    """Yield the contacts: those who have to act, or for the recipient's own duty the secretariat.

    Args:
        own: the recipient's own seat, which is no contact.
        seats: the seats that have to act, if those are not the recipient's own.
    """
    for seat in seats or secretariat(context.definition):
        if seat == own and not seats:
            continue
        holders = context.holders(seat)
        name, place = seat_name(*seat), place_name(context.definition, seat[1])
        for each in holders:
            yield Contact(name, each.called, each.address, place)
        if not holders:
            yield Contact(name, None, None, place)
