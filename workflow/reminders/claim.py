"""Claiming: which messages a node may send now.

A claim binds all due reminders of one address to one message, written once; who claims a message
holds it for a while.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from definitions.calendar.zones import zone_of
from workflow.model.mail_address import UnusableAddress, same_mailbox
from workflow.model.reminders import (
    Delivery,
    Ended,
    Item,
    Letter,
    Reader,
    Readers,
    Standing,
    Write,
)
from workflow.model.state import seat_name
from workflow.queries import Queries
from workflow.reminders.backdrop import Backdrop
from workflow.reminders.content import item_of, set_right
from workflow.reminders.policy import Policy
from workflow.reminders.published import Published, published
from workflow.reminders.recipients import EMPTY, Had, Hearer, Seated, Unheard
from workflow.reminders.settle import escalate, process_of, said
from workflow.rules.terms import due_named
from workflow.storage import agendas, messages, reminders, store
from workflow.storage.database import Connection
from workflow.storage.messages import Message
from workflow.storage.reminders import Copy, Row

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that kept a reminder from being written as it should; the others went on."""

    process: str | None
    address: str | None
    why: str


def said_once(troubles: Iterable[Trouble]) -> tuple[str, ...]:
    """Return what each of some troubles is about, and why: each reason once, on a line."""
    found: dict[str, dict[str, None]] = {}
    for each in troubles:
        found.setdefault(each.why, {})[each.process or each.address or ""] = None
    return tuple(f"{', '.join(of)}: {why}" for why, of in found.items())


@dataclass
class Claim:
    """What a node may send now, what went wrong in writing it, and what nobody can be told."""

    messages: list[Message] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unheard: list[Unheard] = field(default_factory=list)


class Claiming:
    """Gives out messages of a database, and writes what is due into them."""

    def __init__(
        self, queries: Queries, write: Write, new_id: Callable[[], str], policy: Policy
    ) -> None:
        """Take the processes, what writes a letter, fresh ids, and how long to hold on."""
        self._queries = queries
        self._database = queries.database
        self._write = write
        self._new_id = new_id
        self._policy = policy

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        """Write what is due into messages, and take messages to be sent now.

        Args:
            node: who takes them.
            now: the instant, by the clock of that node: nothing that is due later is touched.
            most: how many at most.

        Returns:
            Messages that only this node may send until their lease has passed. None: there is
            nothing to do now.
        """
        claim = Claim()
        with self._database.writing() as connection:
            waiting = messages.waiting_messages(connection, now, most)
            held = list(_worth_sending(connection, waiting, now))
            rows = reminders.due_rows(connection, now)
            fresh = self._bind(connection, rows, now, claim) if rows else []
            held += fresh[: most - len(held)]
            until = now + self._policy.lease
            messages.lease(connection, [each.id for each in held], node, until)
        claim.messages = [
            replace(each, attempt=each.attempt + 1, holder=node, next_at=until) for each in held
        ]
        return claim

    def _bind(
        self, connection: Connection, rows: list[Row], now: datetime, claim: Claim
    ) -> list[Message]:
        """Bind due reminders to messages, one for each mailbox; return those."""
        readers = store.readers(connection)
        addressed: dict[str, _Bundle] = {}
        for process, found in groupby(sorted(rows, key=process_of), key=process_of):
            of_process = list(found)
            try:
                with connection.begin_nested():
                    told = self._told(connection, of_process, readers, now, claim)
            # Whatever is wrong with one process must not keep the others waiting.
            except Exception as error:  # noqa: BLE001
                self._put_aside(connection, of_process, now, claim, error, process=process)
            else:
                for each in told:
                    until = now + self._policy.least
                    bundle = _Bundle(each.reader, until)
                    addressed.setdefault(same_mailbox(bundle.address), bundle).add(each)
        written: list[tuple[Message, _Bundle]] = []
        for bundle in addressed.values():
            try:
                earlier = messages.contents(connection, bundle.earlier)
                written.append((self._written(bundle, earlier, now, claim), bundle))
            except UnusableAddress as error:
                self._unusable(connection, bundle.rows, str(error.sentence), now)
            except Exception as error:  # noqa: BLE001
                self._put_aside(connection, bundle.rows, now, claim, error, address=bundle.address)
        kept = self._kept(connection, written, now, claim)
        messages.bind(connection, {message.id: bundle.rows for message, bundle in kept})
        return [message for message, _ in kept]

    def _kept(
        self,
        connection: Connection,
        written: list[tuple[Message, "_Bundle"]],
        now: datetime,
        claim: Claim,
    ) -> list[tuple[Message, "_Bundle"]]:
        """Keep messages, and return those that could be: all at once, or else each by itself."""
        if not written:
            return []
        try:
            with connection.begin_nested():
                messages.add_messages(connection, [message for message, _ in written])
        except Exception as error:  # noqa: BLE001
            if len(written) > 1:
                return [
                    each for one in written for each in self._kept(connection, [one], now, claim)
                ]
            [(message, bundle)] = written
            self._put_aside(connection, bundle.rows, now, claim, error, address=message.address)
            return []
        return written

    def _told(
        self,
        connection: Connection,
        rows: list[Row],
        readers: Readers,
        now: datetime,
        claim: Claim,
    ) -> list["_Told"]:
        """Return what the reminders of one process say to whom."""
        definition, state, head = self._queries.within(connection, rows[0].process)
        today = now.astimezone(zone_of(definition.timezone)).date()
        opening = store.opening_hash(connection, head.id)
        backdrop = Backdrop(head.id, definition, state, today, readers, opening, head.head_seq)
        there = self._in_agendas(connection, rows, readers)
        groups = [list(found) for _, found in groupby(sorted(rows, key=_copied), key=_of_all)]
        groups = self._certain(connection, groups, there, now)
        heard_by = list(_heard_by(backdrop.seated, there, (group[0] for group in groups)))
        several = [
            group[0]
            for group, told in zip(groups, heard_by, strict=True)
            if len(told) > 1 or any(row.copy or row.next_at != row.at for row in group)
        ]
        copies = reminders.copies_of(connection, several)
        unheard = [group for group, told in zip(groups, heard_by, strict=True) if not told]
        waiting = [group for group in unheard if not group[0].for_agendas]
        self._wait_for_a_reader(connection, waiting, now, claim)
        nobodys = (row for group in unheard for row in group if row.for_agendas)
        reminders.cancel_rows(connection, nobodys, Ended.NOBODY, now)
        return [
            each
            for group, told in zip(groups, heard_by, strict=True)
            if told
            for each in self._each_once(
                connection, backdrop, group, told, copies.get(group[0].of_all, []), now
            )
        ]

    def _in_agendas(self, connection: Connection, rows: list[Row], readers: Readers) -> Published:
        """Return what calendars have of the deadlines that some rows set right there."""
        plans = {row.plan for row in rows if row.for_agendas}
        return published(agendas.carried(connection, rows[0].process, plans), readers)

    def _certain(
        self, connection: Connection, groups: list[list[Row]], there: Published, now: datetime
    ) -> list[list[Row]]:
        """Put off what sets calendars right while a letter about it is on its way; return the rest.

        Whether that one arrives decides who is to hear this, and it has to come first.
        """
        certain = []
        for group in groups:
            until = there.under_way(group[0]) if group[0].for_agendas else None
            if until is None:
                certain.append(group)
            else:
                reminders.postpone(connection, group, max(until, now + _MINUTE), None)
        return certain

    def _wait_for_a_reader(
        self, connection: Connection, groups: list[list[Row]], now: datetime, claim: Claim
    ) -> None:
        """Put off reminders that nobody can be told of, and say which they are."""
        rows = [row for group in groups for row in group]
        reminders.postpone(connection, rows, now + self._policy.aside, EMPTY)
        found = (Unheard(row.process, row.due, seat_name(row.role, row.place)) for row in rows)
        claim.unheard += dict.fromkeys(found)

    def _each_once(
        self,
        connection: Connection,
        backdrop: Backdrop,
        rows: list[Row],
        told: list[Hearer],
        copies: list[Copy],
        now: datetime,
    ) -> Iterator["_Told"]:
        """Yield one reminder for each who holds a seat, and has not heard of it in another copy.

        Args:
            rows: a reminder and its copies, as far as they are due.
            told: who is to hear it.
            copies: all of it that there are, and who hears those that are in a message.
        """
        at = rows[0].for_agendas
        left = [
            each
            for each in told
            if not any(copy.is_for(each.reader, by_address=at) for copy in copies)
        ]
        later = [copy for copy in copies if copy.waits and copy.number not in map(_copy, rows)]
        first = 1 + max((copy.number for copy in copies), default=0)
        missing = range(first, first + len(left) - len(rows) - len(later))
        if missing and not store.keep_head(connection, backdrop.process, wait=False):
            return  # a command is being written, which may cancel them: they are due still
        others = [replace(rows[0], copy=number, next_at=now) for number in missing]
        reminders.add_rows(connection, others)
        reminders.cancel_rows(connection, rows[len(left) :], Ended.HEARD, now)
        for row, each in zip([*rows, *others], left, strict=False):
            ref, _ = due_named(row.due)
            again = backdrop.next_rung(ref, row.deadline, now)
            yield _Told(row, each.reader, _item(backdrop, row, each), again, each.had)

    def _written(
        self, bundle: "_Bundle", earlier: tuple[bytes, ...], now: datetime, claim: Claim
    ) -> Message:
        reader, address = bundle.reader, bundle.address
        letter = Letter(
            id=self._new_id(),
            written_at=now,
            address=address,
            name=reader.called,
            language=reader.language,
            items=bundle.most_urgent_first(),
            earlier=earlier,
        )
        written = self._write(letter)
        if written.fault is not None:
            claim.troubles.append(Trouble(None, address, written.fault))
        return Message(
            id=letter.id,
            person=reader.id,
            address=address,
            message_id=written.message_id,
            subject=written.subject,
            content=written.content,
            status=Delivery.WAITING,
            written_at=now,
            give_up_at=bundle.until,
            next_at=now,
            attempt=0,
            unsure=False,
            holder=None,
            settled_at=None,
            fault=written.fault,
        )

    def _unusable(self, connection: Connection, rows: list[Row], why: str, now: datetime) -> None:
        """Write down that nothing can be sent to an address; the secretariat hears it instead."""
        processes = {row.process for row in rows}
        if not all(store.keep_head(connection, each, wait=False) for each in processes):
            return  # a command is being written, which may cancel them: they are due still
        reminders.give_up(connection, rows, why, now)
        escalate(connection, self._queries, rows, now)

    def _put_aside(
        self,
        connection: Connection,
        rows: list[Row],
        now: datetime,
        claim: Claim,
        error: Exception,
        *,
        process: str | None = None,
        address: str | None = None,
    ) -> None:
        why = said(error)
        claim.troubles.append(Trouble(process, address, why))
        reminders.postpone(connection, rows, now + self._policy.aside, why)


@dataclass(frozen=True, slots=True)
class _Told:
    """A reminder, who hears it, what it says to them, and when the next of its ladder comes.

    Attributes:
        had: what they have of it in a calendar, where it sets that right.
    """

    row: Row
    reader: Reader
    item: Item
    next_rung: datetime | None
    had: Had | None


@dataclass
class _Bundle:
    """What one mailbox is told, and until when that is tried."""

    reader: Reader
    until: datetime
    rows: list[Row] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    earlier: dict[str, None] = field(default_factory=dict)
    """The messages that brought what this one changes in a calendar."""

    @property
    def address(self) -> str:
        """The address of the mailbox, as the first who reads it has it."""
        return str(self.reader.address)

    def add(self, told: _Told) -> None:
        """Add a reminder; until its next one comes, this one is tried."""
        self.rows.append(told.row)
        self.items.append(told.item)
        self.until = max(self.until, told.next_rung or self.until)
        if told.had is not None:
            self.earlier.update(dict.fromkeys(each.message for each in told.had.told))

    def most_urgent_first(self) -> tuple[Item, ...]:
        """Return what is told: the nearest deadline first, of one deadline as it was planned.

        What applies no longer comes last: nothing is asked of it.
        """
        together = zip(self.items, self.rows, strict=True)
        ordered = sorted(
            together,
            key=lambda each: (
                each[0].gone is not None,
                each[0].deadline,
                each[1].due,
                *_when(each[1]),
            ),
        )
        return tuple(item for item, _ in ordered)


def _when(row: Row) -> tuple[str, datetime]:
    return row.subject, row.at


def _copied(row: Row) -> tuple[object, ...]:
    return (*row.of_all, row.copy)


def _of_all(row: Row) -> tuple[object, ...]:
    return row.of_all


def _copy(row: Row) -> int:
    return row.copy


def _item(backdrop: Backdrop, row: Row, hearer: Hearer) -> Item:
    """Return what a reminder says to somebody."""
    if hearer.had is not None:
        return set_right(backdrop, row, hearer, hearer.had)
    return item_of(backdrop, row, hearer.instead, hearer.meant_for)


def _heard_by(seated: Seated, there: Published, rows: Iterable[Row]) -> Iterator[list[Hearer]]:
    """Yield who hears each reminder: one after the other is for the same seat."""
    known: dict[tuple[str, str, str], list[Hearer]] = {}
    for row in rows:
        if row.for_agendas:
            yield list(there.concerned(row, seated))
            continue
        seat = (row.role, row.place, row.meant_for)
        if seat not in known:
            known[seat] = list(seated.hearers(row))
        yield known[seat]


def _worth_sending(
    connection: Connection, waiting: list[Message], now: datetime
) -> Iterator[Message]:
    """Yield messages that still say what is true; the others are dropped.

    What is still to be said of a message that is dropped is written anew, and so is all of one
    whose reader has another address now. One that may have arrived is sent again as it is, unless
    nothing of it is to be said any more.
    """
    if not waiting:
        return
    rows = messages.rows_in(connection, [each.id for each in waiting])
    readers = store.readers(connection)
    for message in waiting:
        planned = [row for row in rows[message.id] if row.status is Standing.PLANNED]
        whole = len(planned) == len(rows[message.id]) and _is_there(message, planned, readers)
        if planned and (whole or message.unsure):
            yield message
            continue
        messages.free(connection, message, now)
        messages.settle(connection, message, Delivery.DROPPED, now)


def _is_there(message: Message, rows: Iterable[Row], readers: Readers) -> bool:
    """Say whether a message is addressed to where its reader is reached now.

    What only sets calendars right goes to where it was put into one, whoever knows its reader.
    """
    reader = readers.get(message.person or "")
    if reader is None:
        return False
    return reader.address == message.address or all(row.for_agendas for row in rows)
