"""Claiming: which messages a node may send now.

What is due at an address becomes one message, written once. That takes three steps, and only the
first and the last write to the database: the reminders are taken, which is to say that they are due
again when a lease ends; the letters are written; and each is bound to what it brings. Whoever lost
its reminders meanwhile binds nothing, and whoever dies in between delays them by a lease.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import TypeVar

from definitions.language.values import dataclass
from workflow.database_queries import DatabaseQueries
from workflow.model.mail_address import UnusableAddress, same_mailbox
from workflow.model.reminders import Addressees, Delivery, Ended, Standing, Write
from workflow.model.state import seat_name
from workflow.reminders.bundles import Bundle
from workflow.reminders.policy import Policy
from workflow.reminders.recipients import EMPTY, Unreachable
from workflow.reminders.selection import (
    AT_ONCE,
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

LETTERS = 5
"""How many letters are bound in one transaction."""
TRIES = 3
"""How often what is due is looked at again in one claim where that led to nothing."""
_MINUTE = timedelta(minutes=1)
Result = TypeVar("Result")
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that kept a reminder from being written as it should; the others went on."""

    process: str | None
    address: str | None
    why: str


def trouble_lines(troubles: Iterable[Trouble]) -> tuple[str, ...]:
    """Return what each of some troubles is about, and why: each reason once, on a line."""
    found: dict[str, dict[str, None]] = {}
    for each in troubles:
        found.setdefault(each.why, {})[each.process or each.address or ""] = None
    return tuple(f"{', '.join(of)}: {why}" for why, of in found.items())


@dataclass(slots=True)
class Claim:
    """What a node may send now, what went wrong in writing it, and what nobody can be told."""

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
        policy: Policy,
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

    def claim(self, node: str, now: datetime, most: int) -> Claim:
        """Write what is due into messages, and take messages to be sent now.

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
        """Do something in a short transaction of its own; again, where others want the same."""

        def write() -> Result:
            with self._database.writing() as connection:
                return once(connection)

        return self._database.retrying(write)

    def _write_some(self, due: DueReminders, turn: "_Turn", claim: Claim, most: int) -> bool:
        """Take what is due at some addresses, write it, and bind it.

        Args:
            most: of how many addresses.

        Returns:
            Whether that led to anything: else the same is due again.
        """
        moved = False
        for rows, error in due.broken:
            moved |= self._put_aside(rows, turn, claim, error, process=rows[0].process)
        assignments: list[Assignment] = []
        for some in _batches(shares(due.groups, most, turn.now), _size):
            taken = self._writing(partial(_take, shares=some, turn=turn))
            assignments += taken.assignments
            claim.unreachable += dict.fromkeys(taken.unreachable)
            moved |= taken.moved
        try:
            drafts = [
                self._draft(each, turn, claim) for each in self._bundles(assignments, turn, claim)
            ]
        finally:
            self._rest()
        for batch in _batches(drafts, _reminders_in, LETTERS):
            bound = self._writing(
                partial(self._bind, drafts=batch, turn=turn, addressees=due.addressees)
            )
            claim.messages += bound.messages
            claim.troubles += bound.troubles
            moved |= bound.moved
        return moved

    # --- writing, while nothing is held --------------------------------------------------------

    def _bundles(self, assignments: list[Assignment], turn: "_Turn", claim: Claim) -> list[Bundle]:
        """Return what each address is told; what cannot be said of a process is put aside."""
        found: dict[str, Bundle] = {}
        for process, of_process in groupby(sorted(assignments, key=_process), key=_process):
            each_of = list(of_process)
            try:
                said_of = [(each, each.item, each.next_rung(turn.now)) for each in each_of]
            # Whatever is wrong with one process must not keep the others waiting.
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
        """Bind letters to what they bring, where that is still ours, and still to be said so.

        Args:
            addressees: whoever could be told something when it was read what is due.
        """
        bound = _Bound()
        assignments = [each for draft in drafts for each in draft.bundle.assignments]
        gone, changed = _compared(addressees, reading.addressees(connection, keep=True))
        several = [each.row for each in assignments if each.several]
        copies = reminders.copies_of(connection, several, keep=True)
        ours = reminders.untouched(connection, [each.row for each in assignments])
        back: list[Row] = []
        for draft in drafts:
            found = draft.bundle.assignments
            stands = all(each.row.key in ours for each in found)
            stands = stands and not any(_is_notified(each, copies) for each in found)
            stands = stands and not gone and not (changed and changed & draft.bundle.people)
            if stands and self._keep(connection, draft, turn, bound):
                bound.moved = True
            else:
                back += (each.as_it_was for each in found if each.row.key in ours)
        reminders.defer(connection, back)
        return bound

    def _keep(
        self, connection: Connection, draft: "_Draft", turn: "_Turn", bound: "_Bound"
    ) -> bool:
        """Write down what became of a letter; False where that has to wait for a command."""
        bundle = draft.bundle
        match draft.outcome:
            case Message():
                self._keep_message(connection, bundle, draft.outcome, turn, bound)
            case UnusableAddress():
                # A command that is being written may cancel them: they are due still.
                free = (
                    store.block_commands(connection, each, wait=False) for each in bundle.processes
                )
                if not all(free):
                    return False
                reminders.give_up(connection, bundle.rows, str(draft.outcome.sentence), turn.now)
                escalate(connection, self._queries, bundle.rows, turn.now)
            case Exception():
                _set_aside(connection, bundle, turn, bound, draft.outcome)
        return True

    def _keep_message(
        self,
        connection: Connection,
        bundle: Bundle,
        message: Message,
        turn: "_Turn",
        bound: "_Bound",
    ) -> None:
        """Keep a message that this node holds; what no database keeps is put aside."""
        ours = replace(message, attempt=1, holder=turn.node, next_at=turn.until)
        try:
            with connection.begin_nested():
                messages.add_messages(connection, [replace(ours, unsure=True)])
        except Exception as error:  # noqa: BLE001
            _set_aside(connection, bundle, turn, bound, error)
            return
        messages.bind(connection, {message.id: bundle.rows})
        bound.messages.append(ours)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Whose claim it is, and when.

    Attributes:
        until: when the lease ends of what it takes.
        aside: until when it puts off what cannot be written.
    """

    node: str
    now: datetime
    until: datetime
    aside: datetime


@dataclass(frozen=True, slots=True)
class _Draft:
    """What an address is told, as a message; or why it could not be written."""

    bundle: Bundle
    outcome: Message | Exception


@dataclass(slots=True)
class _Bound:
    """What one transaction bound."""

    messages: list[Message] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    moved: bool = False


@dataclass(slots=True)
class _Taken:
    """What one transaction took.

    Attributes:
        moved: whether anything was put off or cancelled: it is not due any more.
    """

    assignments: list[Assignment] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)
    moved: bool = False


def _held(connection: Connection, turn: _Turn, most: int) -> list[Message]:
    """Take messages that were written before, and are to be sent now."""
    waiting = messages.waiting_messages(connection, turn.now, most)
    held = list(_worth_sending(connection, waiting, turn.now))
    messages.lease(connection, [each.id for each in held], turn.node, turn.until)
    return [
        replace(each, attempt=each.attempt + 1, holder=turn.node, next_at=turn.until)
        for each in held
    ]


def _take(connection: Connection, shares: list[Share], turn: _Turn) -> _Taken:
    """Take reminders, where they are as they were read; others leave them alone for a lease."""
    taken = _Taken()
    sure = reminders.untouched(connection, [row for each in shares for row in each.group.rows])
    claimed: list[Row] = []
    for share in shares:
        group = share.group
        if not all(row.key in sure for row in group.rows):
            continue
        if group.missing and not store.block_commands(connection, group.process, wait=False):
            continue  # a command is being written, which may cancel them: they are due still
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
    """Write down of reminders that nobody is to hear them now."""
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
    """Return whether anybody was forgotten, and who is called or reached otherwise by now."""
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
    """Put off reminders, where they are as they were read; return whether any was."""
    sure = reminders.untouched(connection, rows)
    reminders.postpone(connection, [row for row in rows if row.key in sure], until, why)
    return bool(sure)


def _batches(
    things: Iterable[Thing], size: Callable[[Thing], int], most: int = AT_ONCE
) -> Iterator[list[Thing]]:
    """Yield things, so many of them at a time as one transaction takes.

    Args:
        size: how many reminders one of them is.
        most: how many things at most.
    """
    batch: list[Thing] = []
    total = 0
    for each in things:
        if batch and (total + size(each) > AT_ONCE or len(batch) == most):
            yield batch
            batch, total = [], 0
        batch.append(each)
        total += size(each)
    if batch:
        yield batch


def _size(share: Share) -> int:
    return share.size


def _reminders_in(draft: _Draft) -> int:
    return len(draft.bundle.assignments)


def _process(assignment: Assignment) -> str:
    return assignment.row.process


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
    """Say whether a message is addressed to where its reader is reached now.

    What only sets calendars right goes to where it was put into one, whoever knows its reader.
    """
    addressee = addressees.get(message.person or "")
    if addressee is None:
        return False
    return addressee.address == message.address or all(row.for_agendas for row in rows)
