"""Every statement about the messages that bring reminders, and the reminders in them.

These functions run inside a transaction that their caller opened and owns.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    null,
    or_,
    select,
    update,
)

from definitions.language.values import dataclass
from workflow.model.reminders import (
    Delivery,
    Ended,
    Standing,
)
from workflow.storage import direct, tables
from workflow.storage.changes import bulk_update
from workflow.storage.reminders import COLUMNS, DUE_AGAIN, FOR_AGENDAS, KEY, Row

_table = tables.reminders
_messages = tables.messages


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it lies in its table.

    Attributes:
        attempt: how often it was claimed. Whoever claimed it last holds it: the number is the
            fencing token, and an answer that comes with an older one is not taken.
        unsure: an attempt may have delivered it: then these very bytes are sent again. Of one that
            is done with and was not sent, that stays.
        fault: why it was not sent, or is not yet; of one that is done with, the folder it was put
            in, where no mail server took it.
    """

    id: str
    person: str | None
    address: str | None
    message_id: str
    subject: str
    content: bytes
    status: Delivery
    written_at: datetime
    give_up_at: datetime
    next_at: datetime | None
    attempt: int
    unsure: bool
    holder: str | None
    settled_at: datetime | None
    fault: str | None


_message_columns = [_messages.c[each.name] for each in fields(Message)]


_bind = bulk_update(_table, KEY, ("message",), next_at=null(), why=null())


_add_messages = insert(_messages)
_message_names = tuple(each.name for each in fields(Message))
_values_of: Callable[[Message], tuple[Any, ...]] = attrgetter(*_message_names)


def add_messages(connection: Connection, messages: Iterable[Message]) -> None:
    """Keep messages; bind to them the reminders that they bring, in the same transaction."""
    found = [*map(_values_of, messages)]
    if found:
        direct.change(connection, _add_messages, _message_names, found)


def bind(connection: Connection, rows: Mapping[str, Iterable[Row]]) -> None:
    """Bind reminders to the messages that bring them: all at once, for there can be many."""
    found = [(*row.key, message) for message, each in rows.items() for row in each]
    _bind.make(connection, found)


_waiting = (
    select(*_message_columns)
    .where(_messages.c.next_at <= bindparam("now"))
    .order_by(_messages.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_lease = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"))
    .values(
        attempt=_messages.c.attempt + 1,
        holder=bindparam("to_holder"),
        next_at=bindparam("to_next_at"),
        unsure=True,
    )
)


def waiting_messages(connection: Connection, now: datetime, most: int) -> list[Message]:
    """Return messages whose time has come, or whose lease has passed; held till the end."""
    found = connection.execute(_waiting, {"now": now, "most": most})
    return [Message(*row) for row in found]


def unsettled_messages(connection: Connection) -> list[Message]:
    """Return the messages that are waiting or held, the first to be sent first."""
    wanted = select(*_message_columns).where(_messages.c.next_at.is_not(None))
    return [Message(*row) for row in connection.execute(wanted.order_by(_messages.c.next_at))]


def lease(connection: Connection, ids: list[str], holder: str, until: datetime) -> None:
    """Give messages to a node, until an instant; each is one attempt more."""
    if ids:
        connection.execute(
            _lease, [{"of": id, "to_holder": holder, "to_next_at": until} for id in ids]
        )


def _word(written: str) -> ColumnElement[str]:
    """Return a word of ours as it stands in a statement: a list of values is filled in too late."""
    return literal_column(f"'{written}'")


_earlier = _table.alias()


_seen = (
    select(_earlier.c.process)
    .where(
        *(_earlier.c[name] == _table.c[name] for name in ("process", "due", "subject")),
        _earlier.c.rung.in_([_word(each) for each in FOR_AGENDAS]),
        _earlier.c.version > _table.c.version,
    )
    .exists()
)
"""The command that cancelled a reminder saw that its message may be sent, and planned a calendar
update."""
_ENDED = (Ended.MET, Ended.MOVED, Ended.STOPPED, Ended.LEFT, Ended.CALENDAR)
"""Why a reminder is cancelled that put into a calendar what is not so any more."""
_passed = select(_table.c.process).where(
    _table.c.message == bindparam("of"),
    _table.c.status == literal_column(f"'{Standing.CANCELLED.value}'"),
    _table.c.why.in_([_word(each.value) for each in _ENDED]),
    ~_seen,
)
_plan_again = (
    update(tables.processes)
    .where(
        tables.processes.c.id.in_(_passed),
        or_(
            tables.processes.c.planned_until.is_(None),
            tables.processes.c.planned_until > bindparam("now"),
        ),
    )
    .values(planned_until=bindparam("now"))
)
"""Their plans hold until now, and no longer: what was due before was planned."""


def contents(connection: Connection, messages: Collection[str]) -> tuple[bytes, ...]:
    """Return messages as they were sent, the oldest first."""
    if not messages:
        return ()
    wanted = select(_messages.c.content).where(_messages.c.id.in_(messages))
    found = connection.execute(wanted.order_by(_messages.c.written_at, _messages.c.id))
    return tuple(found.scalars())


_reminders_of = select(*COLUMNS).where(_table.c.message.in_(bindparam("messages", expanding=True)))


def reminders_of(connection: Connection, messages: list[str]) -> dict[str, list[Row]]:
    """Return the reminders that messages bring, by the message."""
    found: dict[str, list[Row]] = {each: [] for each in messages}
    for values in connection.execute(_reminders_of, {"messages": messages}):
        row = Row(*values)
        found[str(row.message)].append(row)
    return found


_persons = (
    select(_messages.c.id, _messages.c.person)
    .join(_table, _table.c.message == _messages.c.id)
    .where(_table.c.process.in_(bindparam("processes", expanding=True)))
    .distinct()
)


def recipients_of(connection: Connection, processes: Sequence[str]) -> dict[str, str]:
    """Return the addressee of each message with reminders of some processes, by message."""
    found = connection.execute(_persons, {"processes": list(processes)}).all()
    return {message: person for message, person in found if person is not None}


class Posted(NamedTuple):
    """A message as ``verify`` looks at it: what it says only where it is still to be sent.

    Attributes:
        size: how many bytes it has.
    """

    id: str
    person: str | None
    address: str | None
    message_id: str
    status: Delivery
    written_at: datetime
    give_up_at: datetime
    next_at: datetime | None
    attempt: int
    unsure: bool
    holder: str | None
    settled_at: datetime | None
    fault: str | None
    size: int
    content: bytes | None


_brought = select(_table.c.message).where(_table.c.process == bindparam("process"))
_is_waiting = _messages.c.status == literal_column(f"'{Delivery.WAITING.value}'")
_posted = select(
    *(_messages.c[name] for name in Posted._fields[:-2]),
    func.length(_messages.c.content),
    case((_is_waiting, _messages.c.content), else_=null()),
).where(_messages.c.id.in_(_brought))


def posted_of(connection: Connection, process: str) -> dict[str, Posted]:
    """Return the messages that bring reminders of a process, by id."""
    found = connection.execute(_posted, {"process": process})
    return {row[0]: Posted._make(row) for row in found}


_of_same = _table.alias()
_last_moments = (
    select(_table.c.message, func.max(_of_same.c.at))
    .join(
        _of_same,
        and_(*(_of_same.c[name] == _table.c[name] for name in ("process", "due", "subject"))),
    )
    .join(_messages, _messages.c.id == _table.c.message)
    .where(_messages.c.id.in_(_brought), _is_waiting)
    .group_by(_table.c.message)
)


def last_moments(connection: Connection, process: str) -> dict[str, datetime]:
    """Return the last moment of all reminders of the deadlines that a message is about.

    Of the messages of a process that are still to be sent.
    """
    found = connection.execute(_last_moments, {"process": process})
    return {row[0]: row[1] for row in found}


# --- settling ----------------------------------------------------------------------------------

_held = _messages.c.id == bindparam("of")
_by_us = _messages.c.attempt == bindparam("by")
_settle = (
    update(_messages)
    .where(_held, _by_us, _messages.c.status == Delivery.WAITING)
    .values(
        status=bindparam("to_status"),
        next_at=None,
        holder=None,
        unsure=bindparam("to_unsure"),
        settled_at=bindparam("now"),
        fault=bindparam("to_fault"),
    )
)
_SETTLE = ("of", "by", "to_status", "to_unsure", "now", "to_fault")
_retry = (
    update(_messages)
    .where(_held, _by_us, _messages.c.status == Delivery.WAITING)
    .values(
        next_at=bindparam("to_next_at"),
        holder=None,
        unsure=bindparam("to_unsure"),
        fault=bindparam("to_fault"),
    )
)
_settle_rows = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(
        status=bindparam("to_status"),
        settled_at=bindparam("now"),
        why=func.coalesce(bindparam("to_why"), _table.c.why),
    )
)
_SETTLE_ROWS = ("of", "to_status", "now", "to_why")
_of_message = {
    Delivery.SENT: Standing.SENT,
    Delivery.UNDELIVERED: Standing.UNDELIVERED,
    Delivery.DROPPED: Standing.CANCELLED,
}


def is_outcome_recorded(connection: Connection, message: Message) -> bool:
    """Return whether the node that claimed a message in this attempt recorded its outcome."""
    found = select(_messages.c.id).where(_held, _by_us, _messages.c.holder.is_(None))
    row = connection.execute(found, {"of": message.id, "by": message.attempt}).one_or_none()
    return row is not None


def settle(
    connection: Connection,
    message: Message,
    status: Delivery,
    now: datetime,
    fault: str | None = None,
) -> bool:
    """Record the outcome of a message and of its reminders.

    A message that was not sent but may have arrived by an earlier attempt stays marked as unsure.
    Reminders that were cancelled meanwhile need a calendar update, even if the cancelling command
    could not see yet that the message would be sent: then the process is planned anew.

    Args:
        message: as it was claimed; its attempt identifies the claim.
        status: its outcome.
        now: the instant.
        fault: why it was not sent, or the folder it was put in.

    Returns:
        False if another node has claimed it since; then nothing is written.
    """
    unsure = message.unsure and status is not Delivery.SENT
    values = (message.id, message.attempt, status, unsure, now, fault)
    if direct.change(connection, _settle, _SETTLE, [values]) != 1:
        return False
    of_rows = (message.id, _of_message[status], now, fault)
    direct.change(connection, _settle_rows, _SETTLE_ROWS, [of_rows])
    if unsure or (status is Delivery.SENT and fault is None):
        direct.change(connection, _plan_again, ("of", "now"), [(message.id, now)])
    return True


def retry(
    connection: Connection, message: Message, at: datetime, fault: str | None, *, unsure: bool
) -> bool:
    """Give a message back, to be tried again later; False where another node has it."""
    values = {
        "of": message.id,
        "by": message.attempt,
        "to_next_at": at,
        "to_unsure": unsure,
        "to_fault": fault,
    }
    return connection.execute(_retry, values).rowcount == 1


_free = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(message=None, next_at=DUE_AGAIN)
)


def unbind(connection: Connection, message: Message, now: datetime) -> None:
    """Take the open reminders out of a message, to be written anew."""
    connection.execute(_free, {"of": message.id, "now": now})


def oldest_waiting(connection: Connection) -> tuple[datetime, str | None] | None:
    """Return when the oldest message was written that is still to be sent, and what keeps it."""
    wanted = select(_messages.c.written_at, _messages.c.fault).where(
        _messages.c.next_at.is_not(None)
    )
    row = connection.execute(wanted.order_by(_messages.c.written_at).limit(1)).first()
    return None if row is None else (row.written_at, row.fault)


# --- people ------------------------------------------------------------------------------------


def messages_to(
    connection: Connection, person: str
) -> list[tuple[datetime, str, Delivery, str | None]]:
    """Return when messages were written to a person, about what, and what became of them.

    The last of it is the folder that one was put in, where it was not sent.
    """
    columns = (_messages.c.written_at, _messages.c.subject, _messages.c.status, _messages.c.fault)
    wanted = select(*columns)
    found = connection.execute(
        wanted.where(_messages.c.person == person).order_by(_messages.c.written_at, _messages.c.id)
    )
    return [
        (at, subject, status, fault if status is Delivery.SENT else None)
        for at, subject, status, fault in found
    ]


class StoredContent(NamedTuple):
    """The content of a message, and its addressee."""

    id: str
    person: str | None
    subject: str
    content: bytes
    fault: str | None


_said = select(*(_messages.c[name] for name in StoredContent._fields)).where(
    _messages.c.id.in_(bindparam("ids", expanding=True))
)
SAID_AT_ONCE = 100


def message_ids(connection: Connection) -> list[str]:
    """Return the ids of all messages."""
    return list(connection.execute(select(_messages.c.id).order_by(_messages.c.id)).scalars())


def stored_contents(connection: Connection, ids: Sequence[str]) -> Iterator[StoredContent]:
    """Yield the contents of messages, a batch at a time since there can be many."""
    for at in range(0, len(ids), SAID_AT_ONCE):
        some = list(ids[at : at + SAID_AT_ONCE])
        yield from (StoredContent._make(row) for row in connection.execute(_said, {"ids": some}))


def addresses_of(connection: Connection, person: str) -> list[str]:
    """Return the addresses that letters were written to a person at."""
    wanted = select(_messages.c.address).where(
        _messages.c.person == person, _messages.c.address.is_not(None)
    )
    return sorted(set(connection.execute(wanted).scalars()))


def folders(connection: Connection) -> list[str]:
    """Return the folders that messages were put in, as no mail server was set."""
    wanted = select(_messages.c.fault).where(
        _messages.c.status == Delivery.SENT, _messages.c.fault.is_not(None)
    )
    return sorted(set(connection.execute(wanted).scalars()))


_release_rows = (
    update(_table)
    .where(_table.c.message == bindparam("of"), _table.c.status == Standing.PLANNED)
    .values(message=None, next_at=DUE_AGAIN)
)
_release = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"), _messages.c.status == Delivery.WAITING)
    .values(
        status=Delivery.DROPPED,
        next_at=None,
        settled_at=bindparam("now"),
        holder=None,
        unsure=False,
    )
)


def release(connection: Connection, message: str, now: datetime) -> bool:
    """Give up a message that waits; what it brings is written anew.

    Whoever holds it finds it gone: what comes of that attempt is not taken.

    Returns:
        Whether it waited.
    """
    connection.execute(_release_rows, {"of": message, "now": now})
    return connection.execute(_release, {"of": message, "now": now}).rowcount == 1


_resay = (
    update(_messages)
    .where(_messages.c.id == bindparam("of"))
    .values(
        person=bindparam("to_person"),
        address=case((bindparam("to_person").is_(None), null()), else_=_messages.c.address),
        subject=bindparam("to_subject"),
        content=bindparam("to_content"),
        fault=bindparam("to_fault"),
    )
)


def replace_content(connection: Connection, said: StoredContent) -> None:
    """Let a message say something else; where it is nobody's any more, it has no address either."""
    values = {f"to_{name}": getattr(said, name) for name in StoredContent._fields if name != "id"}
    connection.execute(_resay, {"of": said.id, **values})
