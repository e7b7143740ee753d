"""What is held on one person, and forgetting it.

The journal has only opaque ids, so a name and an address can be forgotten without breaking the
chain. What stays is that somebody, whose name nobody knows any more, did this and that.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from definitions.language.actions import Field
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Permission
from workflow.database_queries import DatabaseQueries
from workflow.decide.seats import check_reach
from workflow.engine import Engine
from workflow.model.mail_address import mailbox, same_mailbox
from workflow.model.reminders import FILED, Addressee
from workflow.model.state import places_of, seat_name
from workflow.reminders.erasing import (
    TABLES,
    Letters,
    Taken,
    entries_naming,
    erase_from_letters,
    forgotten,
    letters_naming,
    reasons_naming,
)
from workflow.reminders.planning import resend_undelivered
from workflow.rules.conflicts import HoldsSeats
from workflow.rules.redacting import Forgotten
from workflow.rules.refusals import MailboxCannotAct, NotAllowed
from workflow.storage import messages, reading, store
from workflow.storage.database import Connection
from workflow.storage.errors import DatabaseProblem, TemporarilyUnavailable, WriteConflict
from workflow.storage.names import asker_known, name_alone, new_mailbox, person_named
from workflow.storage.scrubbing import rewrite_tables


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that a person holds or held."""

    process: str
    seat: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of a journal that has a person's id: they recorded it, or it is about their seat."""

    process: str
    seq: int
    type: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class HeldMessage:
    """A message that was written to a person, about what, and what became of it.

    Attributes:
        status: ``waiting``, ``sent``, ``filed`` (put in a folder, and not sent), ``undelivered``
            or ``dropped``.
        folder: the folder it was put in; None where it was in none.
    """

    written_at: datetime
    subject: str
    status: str
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held on one person."""

    id: str
    name: str
    address: str | None
    seats: tuple[HeldSeat, ...]
    entries: tuple[HeldEntry, ...]
    language: str | None = None
    messages: tuple[HeldMessage, ...] = ()


def data_held_on(queries: DatabaseQueries, name: str, *, guess: bool = True) -> Held:
    """Return what is held on a person.

    Args:
        queries: where to look.
        name: what they are called.
        guess: say who was probably meant, where there is nobody of that name.

    Raises:
        NotFound: there is nobody of that name.
    """
    person = queries.known_person(name, guess=guess)
    with queries.database.reading() as connection:
        known = reading.addressees(connection).get(person) or Addressee(person, name, None)
        return _held(connection, known)


def _held(connection: Connection, known: Addressee) -> Held:
    seats = reading.seats_of_person(connection, known.id)
    entries = store.entries_of_person(connection, known.id)
    written = messages.messages_to(connection, known.id)
    return Held(
        id=known.id,
        name=known.name,
        address=known.address,
        language=known.language,
        messages=tuple(
            HeldMessage(at, subject, FILED if folder else status.value, folder)
            for at, subject, status, folder in written
        ),
        seats=tuple(
            HeldSeat(process, seat_name(seat.role, seat.place), seat.since, seat.until)
            for process, seat in seats
        ),
        entries=tuple(
            HeldEntry(row.process, row.seq, row.type, row.recorded_at) for row in entries
        ),
    )


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of a folder that letters were put in.

    Attributes:
        changed: how many files a person was taken out of.
        left: the files that could not be changed, or read, each with why.
    """

    folder: str
    changed: int
    left: tuple[str | Text, ...] = ()


Files = Callable[[Forgotten, Sequence[str], bool], Sequence[Filed]]
"""Takes a person out of the letters in folders; only looks, where the last is said."""


def no_files(gone: Forgotten, folders: Sequence[str], dry: bool) -> Sequence[Filed]:  # noqa: ARG001
    """Leave files as they are."""
    return ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken away of a person, and what could not be.

    Attributes:
        held: what was held until now.
        taken: what they were taken out of.
        folders: what became of the folders that letters were put in.
        not_rewritten: the tables (or the file) in which something may lie still.
        typed: the entries in which somebody typed their name or address.
        shared: somebody else is reached at the same address, which stays for that reason.
    """

    held: Held
    taken: Taken
    folders: tuple[Filed, ...] = ()
    not_rewritten: tuple[str, ...] = ()
    typed: tuple[tuple[str, int], ...] = ()
    shared: bool = False

    @property
    def name(self) -> str:
        """What they were called."""
        return self.held.name


def erase(
    engine: Engine, name: str, actor: str, *, dry: bool = False, files: Files = no_files
) -> Erased:
    """Forget the name and address of a person, wherever the program wrote them.

    Where it is cut off half way, the same once more ends it. So the files come first, while the
    name is still known; and until all is done something stands for the name, to know it by.

    Args:
        actor: who asks, by id or name; they may give and end seats in every process concerned.
        dry: only try.
        files: what takes them out of letters in folders.

    Raises:
        NotFound: there is nobody of that name.
        HoldsSeats: they hold a seat still, which would be left to nobody knows whom.
        NotAllowed: the actor may not.
        HalfDone: it was begun, and cut off by the database.
    """
    if dry:
        return _found(engine, name, actor, files)[0]
    found, gone = engine.database.retrying(lambda: _forgotten(engine, name, actor, files))
    try:
        return _ended(engine, found, gone, files)
    except (DatabaseProblem, TemporarilyUnavailable) as error:
        raise ErasureIncomplete(found.name, error.sentence) from error


class ErasureIncomplete(TemporarilyUnavailable):
    """A person is forgotten, and not all of what was kept of them is gone: the same ends it."""

    def __init__(self, name: str, why: Text) -> None:
        """Say of whom, and what was in the way."""
        super().__init__(
            text("“{name}” is forgotten, and not all of it is done: {why}", name=name, why=why),
            advice=text("Give the same command once more: it goes on where it was cut off."),
        )


def _ended(engine: Engine, found: Erased, gone: Forgotten, files: Files) -> Erased:
    """Take away what is left of a person where no row is, in folders, and of their name."""
    more, left = _rewritten(engine, gone)
    again = files(gone, [each.folder for each in found.folders], False)
    with engine.database.writing() as connection:
        store.erase_person(connection, found.held.id)
    return replace(
        found,
        taken=found.taken + more,
        folders=_both(found.folders, again),
        not_rewritten=left,
    )


def _found(
    engine: Engine, name: str, actor: str, files: Files, *, dry: bool = True
) -> tuple[Erased, Forgotten, Letters]:
    """Return what a person stands in; the letters in folders are without them then, unless dry."""
    held = _to_erase(engine, name)
    _check(engine, held, actor)
    with engine.database.reading() as connection:
        known = Addressee(held.id, held.name, held.address)
        former = messages.addresses_of(connection, held.id)
        gone = forgotten(known, reading.addressees(connection), former)
        letters = letters_naming(connection, gone)
        folders = messages.folders(connection)
        typed = tuple(entries_naming(connection, gone))
    shared = held.address is not None and gone.address is None
    filed = tuple(files(gone, folders, dry))
    found = Erased(held, Taken(len(letters.without)), filed, typed=typed, shared=shared)
    return found, gone, letters


def _forgotten(engine: Engine, name: str, actor: str, files: Files) -> tuple[Erased, Forgotten]:
    """Take a person out of everything that the program keeps, but for what stands for the name."""
    found, gone, letters = _found(engine, name, actor, files, dry=False)
    held = found.held
    with engine.database.writing() as connection:
        # First: whoever gives them a seat now waits until they are gone, or comes before us.
        store.begin_to_erase(connection, held.id, normal(held.name))
        taken = erase_from_letters(connection, gone, letters, engine.now())
        if len(reading.seats_of_person(connection, held.id)) != len(held.seats):
            raise WriteConflict(
                text("“{name}” was given a seat at the same moment.", name=held.name),
                advice=text("Try again."),
            )
    return replace(found, taken=taken), gone


def _to_erase(engine: Engine, name: str) -> Held:
    """Return what is held on a person; also on one whose forgetting was begun and not ended."""
    wanted = name_alone(normal(name))
    with engine.database.reading() as connection:
        # By the name alone, what was begun comes first: who has the name now may be somebody else.
        if wanted == normal(name) or person_named(connection, name) is None:
            begun = store.being_erased(connection, wanted)
            if begun is not None:
                return _held(connection, Addressee(begun, wanted, None))
    # Nobody is forgotten because a guess was typed without reading it.
    return data_held_on(engine, name, guess=False)


def _rewritten(engine: Engine, gone: Forgotten) -> tuple[Taken, tuple[str, ...]]:
    """Write the tables anew; and again, where somebody wrote of the person meanwhile.

    Whoever was writing a letter when they were forgotten had read their name before.
    """
    left = rewrite_tables(engine.database, TABLES)
    with engine.database.reading() as connection:
        letters = letters_naming(connection, gone)
        late = bool(letters.without) or any(True for _ in reasons_naming(connection, gone))
    if not late:
        return Taken(), left
    with engine.database.writing() as connection:
        taken = erase_from_letters(connection, gone, letters, engine.now())
    return taken, rewrite_tables(engine.database, TABLES)


def _both(first: Sequence[Filed], then: Sequence[Filed]) -> tuple[Filed, ...]:
    """Return what became of folders in two passes over them."""
    before = {each.folder: each.changed for each in first}
    return tuple(replace(each, changed=each.changed + before.get(each.folder, 0)) for each in then)


def set_contact(
    engine: Engine,
    name: str,
    actor: str,
    *,
    address: str | None = None,
    language: str | None = None,
    dry: bool = False,
) -> int:
    """Say where a person is reached, and in which language.

    What could not be delivered to where they were reached before is sent again, as far as it is
    still to be done.

    Args:
        actor: who says so, by id or name: they themselves, where they are a person; or who may give
            and end seats in every process in which that person holds one still; of whom has left
            them all, in those.
        address: where reminders go; None leaves it as it is.
        language: in which they are written; None leaves it as it is.
        dry: only try.

    Returns:
        How many reminders are sent again.

    Raises:
        NotFound: there is nobody of that name.
        InvalidValue: that is no address, or there is nothing to say.
        NotAllowed: the actor may not.
    """
    if address is None and language is None:
        raise InvalidValue(
            text("Nothing to change."),
            advice=text(
                "Give {address}, {language} or both.",
                address=Field("address"),
                language=Field("language"),
            ),
            field="address",
        )
    check_reach(address, language)
    held = data_held_on(engine, name)
    with engine.database.reading() as connection:
        is_mailbox = reading.is_mailbox(connection, held.id)
        themselves = asker_known(connection, actor)[0] == held.id and not is_mailbox
        if is_mailbox and address is not None:
            _renamed(connection, held, address)
    if not themselves:
        concerned = _held_still(engine, held) or held.seats
        for process in dict.fromkeys(seat.process for seat in concerned):
            _check_allowed(engine, process, actor, text("say where “{name}” is reached", name=name))
    if dry:
        return 0
    with engine.database.writing() as connection:
        store.set_reach(connection, held.id, address, language)
        if is_mailbox and address is not None:
            store.hold_name(connection, normal(address))
            store.rename(connection, held.id, _renamed(connection, held, address))
        moved = address is not None and address != held.address
        return _tell_again(engine, connection, held) if moved else 0


def _renamed(connection: Connection, held: Held, address: str) -> str:
    """Return what a mailbox is called that has another address now: it is called by that.

    Raises:
        NameTaken: another mailbox has that address, or somebody is called so.
    """
    if same_mailbox(held.name) == same_mailbox(address):
        return str(mailbox(address))
    return new_mailbox(connection, address)


def _tell_again(engine: Engine, connection: Connection, held: Held) -> int:
    """Have a person told what could not be delivered; return how many reminders that are."""
    told = 0
    for process in sorted({seat.process for seat in held.seats}):
        store.block_commands(connection, process)
        stands, _ = engine.within(connection, process)
        told += resend_undelivered(connection, process, stands, held.id, engine.now())
    return told


def _check(engine: Engine, held: Held, actor: str) -> None:
    """Refuse to forget who holds a seat still, or who the actor has no say over.

    In every process in which they ever held one: it will not know who did what there.
    """
    name = held.name
    for process in dict.fromkeys(seat.process for seat in held.seats):
        wanted = text("forget “{name}” in {process}", name=name, process=process)
        _check_allowed(engine, process, actor, wanted)
    still = [f"{seat.process} {seat.seat}" for seat in _held_still(engine, held)]
    if still:
        raise HoldsSeats(name, still)


def _held_still(engine: Engine, held: Held) -> list[HeldSeat]:
    """Return the seats that did not end before today, also those that begin later."""
    today = {seat.process: engine.today_of(seat.process).day for seat in held.seats}
    return [
        seat
        for seat in held.seats
        if seat.until is None or seat.until >= (today[seat.process] or seat.until)
    ]


def _check_allowed(engine: Engine, process: str, actor: str, wanted: Text) -> None:
    """Refuse who may not give and end seats in a process."""
    now, _ = engine.present(process)
    definition, state = now.definition, now.state
    with engine.database.reading() as connection:
        person, called = asker_known(connection, actor)
    if state.is_mailbox(person):
        raise MailboxCannotAct(called)
    held = state.acting_seats_of(person, now.day)
    if any(Permission.MEMBER in definition.roles[seat.role].may for seat in held):
        return
    able = [
        seat_name(role.id, place)
        for role in definition.roles.values()
        if Permission.MEMBER in role.may
        for place in places_of(definition, role)
    ]
    seats = [seat_name(each.role, each.place) for each in held]
    raise NotAllowed(called, wanted, seats, able, Permission.MEMBER)
