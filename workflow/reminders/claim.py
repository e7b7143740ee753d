"""Claiming: which messages a node may send now.

The reminders due at one address become one message, which is written once. That takes three steps,
and only the first and the last write to the database: the reminders are claimed, so that they are
due again when a lease ends; the letters are written; and each letter is bound to its reminders. A
node that lost its claim meanwhile binds nothing, and a node that dies delays them by one lease.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import TypeVar

from definitions.language.values import dataclass, replace
from workflow.database_queries import DatabaseQueries
from workflow.model.mail_address import UnusableAddress, same_mailbox
from workflow.model.reminders import Addressees, Delivery, Ended, Standing, Write
from workflow.model.state import seat_name
from workflow.reminders.bundles import Bundle
from workflow.reminders.pace import Pace
from workflow.reminders.recipients import EMPTY, Unreachable
from workflow.reminders.retry_policy import RetryPolicy
from workflow.reminders.selection import (
    Assignment,
    Copies,
    DueReminders,
    ReminderGroup,
    Share,
    batches,
    due_at,
    is_notified,
    shares,
)
from workflow.reminders.settle import error_line, escalate
from workflow.storage import messages, reading, reminders, store
from workflow.storage.database import Connection
from workflow.storage.errors import TemporarilyUnavailable
from workflow.storage.messages import Message
from workflow.storage.reminders import Row

LETTER = 10
"""To how many reminders a letter comes that is bound, besides its own: it is many kilobytes."""
TRIES = 3
"""How often what is due is looked at again in one claim where that led to nothing."""
_MINUTE = timedelta(minutes=1)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that kept a reminder from being written as it should; the others went on."""

    process: str | None
    address: str | None
    why: str


def trouble_lines(troubles: Iterable[Trouble]) -> tuple[str, ...]:
    """Return a line for each distinct trouble: its subject, and the reason once."""
    found: dict[str, dict[str, None]] = {}
    for each in troubles:
        found.setdefault(each.why, {})[each.process or each.address or ""] = None
    return tuple(f"{', '.join(of)}: {why}" for why, of in found.items())


@dataclass(slots=True)
class Claim:
    """The messages that a node may send now, errors in writing them, and unreachable reminders."""

    messages: list[Message] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)


class MessageClaimer:
    """Gives out messages of a database, and writes what is due into them."""

    def __init__(
        self,
        queries: DatabaseQueries,
        write: Write,
        new_id: Callable[[], str],
        policy: RetryPolicy,
        rest: Callable[[], None],
    ) -> None:
        """Take the processes, what writes a letter, fresh ids, and how long to hold on.

        Args:
            rest: called when the letters of a claim were written.
        """
        self._rest = rest
        self._queries = queries
        self._database = queries.database
        self._write = write
        self._new_id = new_id
        self._policy = policy
        self._taking, self._binding = Pace(), Pace()

    def claim(self, node: str, now: datetime, most: int) -> Claim:
        """Write due reminders into messages, and claim messages to send now.

        Args:
            node: who takes them.
            now: the instant, by the clock of that node: nothing that is due later is touched.
            most: how many at most; no more than that are written.

        Returns:
            Messages that only this node may send until their lease has passed. None: there is
            nothing to do now.
        """
        turn = _Turn(node, now, now + self._policy.lease, now + self._policy.aside)
        claim = Claim(self._writing(lambda connection: _held(connection, turn, most)))
        idle = 0
        while idle < TRIES and len(claim.messages) < most:
            due = due_at(self._queries, now)
            if not due.groups and not due.broken:
                break
            moved = False
            try:
                moved = self._write_some(due, turn, claim, most - len(claim.messages))
            except TemporarilyUnavailable:
                if not claim.messages:
                    raise
            if claim.messages:
                break  # what is due still, or again, is for the next claim
            idle = 0 if moved else idle + 1
        return claim

    def _writing(self, once: Callable[[Connection], Result]) -> Result:
        """Do something in a short transaction of its own; again, where others want the same.

        Garbage waits until nobody waits for the transaction: with the letters of a morning there,
        looking for it takes longer than all the rest (200 to 340 ms on a busy machine).
        """

        def write() -> Result:
            with self._database.writing() as connection, reading.uncollected():
                return once(connection)

        return self._database.retrying(write)

    def _paced(self, pace: Pace, number: int, once: Callable[[Connection], Result]) -> Result:
        """Do something to some reminders, in a transaction that sets the pace of the next one."""
        return self._writing(lambda connection: pace.timing(number, partial(once, connection)))

    def _write_some(self, due: DueReminders, turn: "_Turn", claim: Claim, most: int) -> bool:
        """Claim the due reminders of some addresses, write their letters, and bind them.

        Args:
            most: of how many addresses.

        Returns:
            Whether that led to anything: else the same is due again.
        """
        moved = False
        for rows, error in due.broken:
            moved |= self._put_aside(rows, turn, claim, error, process=rows[0].process)
        assignments: list[Assignment] = []
        for some in self._taking.batches(shares(due.groups, most, turn.now), _size):
            take = partial(_take, shares=some, turn=turn)
            taken = self._paced(self._taking, sum(map(_size, some)), take)
            assignments += taken.assignments
            claim.unreachable += dict.fromkeys(taken.unreachable)
            moved |= taken.moved
        try:
            drafts = [
                self._draft(each, turn, claim) for each in self._bundles(assignments, turn, claim)
            ]
        finally:
            self._rest()
        for batch in self._binding.batches(drafts, _weight):
            bind = partial(self._bind, drafts=batch, turn=turn, addressees=due.addressees)
            bound = self._paced(self._binding, sum(map(_weight, batch)), bind)
            claim.messages += bound.messages
            claim.troubles += bound.troubles
            moved |= bound.moved
        return moved

    # --- writing, while nothing is held --------------------------------------------------------

    def _bundles(self, assignments: list[Assignment], turn: "_Turn", claim: Claim) -> list[Bundle]:
        """Return a bundle for each address; reminders that cannot be written are put aside."""
        found: dict[str, Bundle] = {}
        for process, of_process in groupby(sorted(assignments, key=_process), key=_process):
            each_of = list(of_process)
            try:
                said_of = [(each, each.item, each.next_rung(turn.now)) for each in each_of]
            # An error in one process must not delay the others.
            except Exception as error:  # noqa: BLE001
                rows = tuple(each.row for each in each_of)
                self._put_aside(rows, turn, claim, error, process=process)
                continue
            for each, item, next_rung in said_of:
                fresh = Bundle(each.recipient.addressee, turn.now + self._policy.least)
                bundle = found.setdefault(same_mailbox(fresh.address), fresh)
                bundle.add(each, item, next_rung)
        return list(found.values())

    def _draft(self, bundle: Bundle, turn: "_Turn", claim: Claim) -> "_Draft":
        """Write a letter; say what is wrong where it cannot be."""
        try:
            letter = bundle.letter(self._new_id(), self._earlier(bundle), turn.now)
            written = self._write(letter)
        except TemporarilyUnavailable:
            raise
        except Exception as error:  # noqa: BLE001
            return _Draft(bundle, error)
        if written.fault is not None:
            claim.troubles.append(Trouble(None, bundle.address, written.fault))
        return _Draft(bundle, bundle.message(letter, written))

    def _earlier(self, bundle: Bundle) -> tuple[bytes, ...]:
        if not bundle.earlier:
            return ()
        with self._database.reading() as connection:
            return messages.contents(connection, bundle.earlier)

    def _put_aside(
        self,
        rows: tuple[Row, ...],
        turn: "_Turn",
        claim: Claim,
        error: Exception,
        *,
        process: str,
    ) -> bool:
        claim.troubles.append(Trouble(process, None, error_line(error)))
        moved = False
        for some in batches(rows):
            once = partial(_postpone, rows=some, until=turn.aside, why=error_line(error))
            moved |= self._writing(once)
        return moved

    # --- binding -------------------------------------------------------------------------------

    def _bind(
        self,
        connection: Connection,
        drafts: list["_Draft"],
        turn: "_Turn",
        addressees: Addressees,
    ) -> "_Bound":
        """Bind letters to their reminders, where those are still claimed by us and still true.

        Args:
            addressees: everybody who could be reached when the due reminders were read.
        """
        bound = _Bound()
        assignments = [each for draft in drafts for each in draft.bundle.assignments]
        gone, changed = _compared(addressees, reading.addressees(connection, keep=True))
        several = [each.row for each in assignments if each.several]
        copies = reminders.copies_of(connection, several, keep=True)
        ours = reminders.untouched(connection, [each.row for each in assignments])
        back: list[Row] = []
        written: list[tuple[Bundle, Message]] = []
        for draft in drafts:
            found, outcome = draft.bundle.assignments, draft.outcome
            stands = all(each.row.key in ours for each in found)
            stands = stands and not any(_is_notified(each, copies) for each in found)
            stands = stands and not gone and not (changed and changed & draft.bundle.people)
            if stands and isinstance(outcome, Message):
                written.append((draft.bundle, outcome))
            elif stands and isinstance(outcome, Exception):
                stands = self._keep_error(connection, draft.bundle, outcome, turn, bound)
            if not stands:
                back += (each.as_it_was for each in found if each.row.key in ours)
        self._keep(connection, written, turn, bound)
        reminders.defer(connection, back)
        return bound

    def _keep_error(
        self,
        connection: Connection,
        bundle: Bundle,
        error: Exception,
        turn: "_Turn",
        bound: "_Bound",
    ) -> bool:
        """Record why a letter was not written; return False if that has to wait for a command."""
        if isinstance(error, UnusableAddress):
            # A command under way may cancel them, so they stay due.
            free = (store.block_commands(connection, each, wait=False) for each in bundle.processes)
            if not all(free):
                return False
            reminders.give_up(connection, bundle.rows, str(error.sentence), turn.now)
            escalate(connection, self._queries, bundle.rows, turn.now)
        else:
            _set_aside(connection, bundle, turn, bound, error)
        bound.moved = True
        return True

    def _keep(
        self,
        connection: Connection,
        written: list[tuple[Bundle, Message]],
        turn: "_Turn",
        bound: "_Bound",
    ) -> None:
        """Store messages that this node has claimed; put one aside if no database can hold it.

        All at once: one by one only where that fails.
        """
        if not written:
            return
        bound.moved = True
        ours = [
            replace(message, attempt=1, holder=turn.node, next_at=turn.until)
            for _, message in written
        ]
        try:
            with connection.begin_nested():
                messages.add_messages(connection, [replace(each, unsure=True) for each in ours])
        except Exception as error:  # noqa: BLE001
            if len(written) == 1:
                _set_aside(connection, written[0][0], turn, bound, error)
            else:
                for each in written:
                    self._keep(connection, [each], turn, bound)
            return
        messages.bind(connection, {message.id: bundle.rows for bundle, message in written})
        bound.messages += ours


@dataclass(frozen=True, slots=True)
class _Turn:
    """The node that claims, and when.

    Attributes:
        until: when the lease on its claim ends.
        aside: until when it postpones reminders that cannot be written.
    """

    node: str
    now: datetime
    until: datetime
    aside: datetime


@dataclass(frozen=True, slots=True)
class _Draft:
    """The letter to an address as a message, or the error in writing it."""

    bundle: Bundle
    outcome: Message | Exception


@dataclass(slots=True)
class _Bound:
    """The messages that one transaction bound."""

    messages: list[Message] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    moved: bool = False


@dataclass(slots=True)
class _Taken:
    """The reminders that one transaction claimed.

    Attributes:
        moved: whether any reminder was postponed or cancelled, and so is no longer due.
    """

    assignments: list[Assignment] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)
    moved: bool = False


def _held(connection: Connection, turn: _Turn, most: int) -> list[Message]:
    """Claim messages that were written before and are due now."""
    waiting = messages.waiting_messages(connection, turn.now, most)
    held = list(_worth_sending(connection, waiting, turn.now))
    messages.lease(connection, [each.id for each in held], turn.node, turn.until)
    return [
        replace(each, attempt=each.attempt + 1, holder=turn.node, next_at=turn.until)
        for each in held
    ]


def _take(connection: Connection, shares: list[Share], turn: _Turn) -> _Taken:
    """Claim reminders that have not changed since they were read, for the time of a lease."""
    taken = _Taken()
    sure = reminders.untouched(connection, [row for each in shares for row in each.group.rows])
    claimed: list[Row] = []
    for share in shares:
        group = share.group
        if not all(row.key in sure for row in group.rows):
            continue
        if group.missing and not store.block_commands(connection, group.process, wait=False):
            continue  # a command under way may cancel them, so they stay due
        if not group.left or group.until is not None:
            _let_rest(connection, group, turn, taken)
        if group.spare:
            reminders.cancel_rows(connection, group.spare, Ended.HEARD, turn.now)
            taken.moved = True
        assignments = [Assignment.of(row, each, group, turn.until) for row, each in share.assigned]
        ours = {each.row.copy: each.row for each in assignments}
        others = [row for row, _ in group.assigned(turn.now)[len(group.rows) :]]
        reminders.add_rows(connection, [ours.get(row.copy, row) for row in others])
        claimed += (ours[row.copy] for row in group.rows if row.copy in ours)
        taken.assignments += assignments
    reminders.defer(connection, claimed)
    return taken


def _let_rest(connection: Connection, group: ReminderGroup, turn: _Turn, taken: _Taken) -> None:
    """Postpone or cancel reminders that have no recipient now."""
    taken.moved = True
    if group.until is not None:
        until = max(group.until, turn.now + _MINUTE)
        reminders.postpone(connection, group.rows, until, None)
    elif group.has_recipients:
        pass  # all copies are spare
    elif group.rows[0].for_agendas:
        reminders.cancel_rows(connection, group.rows, Ended.NOBODY, turn.now)
    else:
        reminders.postpone(connection, group.rows, turn.aside, EMPTY)
        taken.unreachable += (
            Unreachable(row.process, row.due, seat_name(row.role, row.place)) for row in group.rows
        )


def _compared(then: Addressees, now: Addressees) -> tuple[bool, set[str]]:
    """Return whether somebody was erased, and whose name or address has changed."""
    if then == now:
        return False, set()
    return bool(then.keys() - now.keys()), {each for each in then if then[each] != now.get(each)}


def _is_notified(assignment: Assignment, copies: Copies) -> bool:
    return is_notified(assignment.row, assignment.recipient, copies.get(assignment.row.of_all, ()))


def _set_aside(
    connection: Connection, bundle: Bundle, turn: _Turn, bound: _Bound, error: Exception
) -> None:
    bound.troubles.append(Trouble(None, bundle.address, error_line(error)))
    reminders.postpone(connection, bundle.rows, turn.aside, error_line(error))


def _postpone(connection: Connection, rows: list[Row], until: datetime, why: str) -> bool:
    """Postpone reminders that have not changed since they were read; return whether any was."""
    sure = reminders.untouched(connection, rows)
    reminders.postpone(connection, [row for row in rows if row.key in sure], until, why)
    return bool(sure)


def _size(share: Share) -> int:
    return share.size


def _weight(draft: _Draft) -> int:
    return len(draft.bundle.assignments) + LETTER


def _process(assignment: Assignment) -> str:
    return assignment.row.process


def _worth_sending(
    connection: Connection, waiting: list[Message], now: datetime
) -> Iterator[Message]:
    """Yield the messages that are still true; drop the others.

    The reminders of a dropped message that still apply are written anew, and so is a message whose
    addressee has another address now. A message that may have arrived is sent again unchanged,
    unless none of its reminders applies any more.
    """
    if not waiting:
        return
    rows = messages.reminders_of(connection, [each.id for each in waiting])
    addressees = reading.addressees(connection)
    for message in waiting:
        planned = [row for row in rows[message.id] if row.status is Standing.PLANNED]
        whole = len(planned) == len(rows[message.id]) and _is_there(message, planned, addressees)
        if planned and (whole or message.unsure):
            yield message
            continue
        messages.unbind(connection, message, now)
        messages.settle(connection, message, Delivery.DROPPED, now)


def _is_there(message: Message, rows: Iterable[Row], addressees: Addressees) -> bool:
    """Return whether a message is addressed to the present address of its addressee.

    A message that only updates calendars goes to the address that has the calendar, even if its
    addressee has moved since.
    """
    addressee = addressees.get(message.person or "")
    if addressee is None:
        return False
    return addressee.address == message.address or all(row.for_agendas for row in rows)
