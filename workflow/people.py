"""Personal data: what is held on one person, and erasing it.

The journal has only opaque ids, so a name and an address can be erased without breaking the chain.
The acts stay on record, by a person whose name nobody knows any more.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from definitions.language.actions import Field
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import Permission
from workflow.database_queries import DatabaseQueries
from workflow.decide.seats import check_reach
from workflow.engine import Engine
from workflow.model.mail_address import mailbox, same_mailbox
from workflow.model.person import Who
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
from workflow.storage.names import asker_known, name_alone, new_mailbox, person_of
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
class PersonalData:
    """Everything that is held on one person."""

    id: str
    name: str
    address: str | None
    seats: tuple[HeldSeat, ...]
    entries: tuple[HeldEntry, ...]
    language: str | None = None
    messages: tuple[HeldMessage, ...] = ()


def data_held_on(queries: DatabaseQueries, who: Who, *, guess: bool = True) -> PersonalData:
    """Return all data held on a person.

    Args:
        queries: the database.
        who: the person.
        guess: suggest the person who was probably meant, if nobody has that name.

    Raises:
        NotFound: nobody has that name.
    """
    person = queries.known_person(who, guess=guess)
    with queries.database.reading() as connection:
        known = reading.addressees(connection).get(person) or Addressee(person, str(who), None)
        return _held(connection, known)


def _held(connection: Connection, known: Addressee) -> PersonalData:
    seats = reading.seats_of_person(connection, known.id)
    entries = store.entries_of_person(connection, known.id)
    written = messages.messages_to(connection, known.id)
    return PersonalData(
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
    """The outcome of an erasure in a folder of letters.

    Attributes:
        changed: how many files were redacted.
        left: the files that could not be read or changed, each with the reason.
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
    """The outcome of an erasure.

    Attributes:
        held: the data held until now.
        taken: the redacted letters and reasons.
        folders: the outcome in each folder of letters.
        not_rewritten: the tables (or the file) that may still contain deleted data.
        typed: the entries in which somebody typed their name or address, which stay.
        shared: somebody else has the same address, which therefore stays.
    """

    held: PersonalData
    taken: Taken
    folders: tuple[Filed, ...] = ()
    not_rewritten: tuple[str, ...] = ()
    typed: tuple[tuple[str, int], ...] = ()
    shared: bool = False

    @property
    def name(self) -> str:
        """Their former name."""
        return self.held.name


def erase(
    engine: Engine, who: Who, actor: Who, *, dry: bool = False, files: Files = no_files
) -> Erased:
    """Erase the name and address of a person wherever the program wrote them.

    If it is interrupted, repeating it completes it. So the files come first, while the name is
    still known; and until everything is done a placeholder identifies the person.

    Args:
        actor: the actor, who may give and end seats in every process concerned.
        dry: change nothing.
        files: the function that erases them from letters in folders.

    Raises:
        NotFound: nobody has that name.
        HoldsSeats: they still hold a seat, whose holder nobody would know.
        NotAllowed: the actor has no permission.
        ErasureIncomplete: it was begun, and interrupted by the database.
    """
    if dry:
        return _found(engine, who, actor, files)[0]
    found, gone = engine.database.retrying(lambda: _forgotten(engine, who, actor, files))
    try:
        return _ended(engine, found, gone, files)
    except (DatabaseProblem, TemporarilyUnavailable) as error:
        raise ErasureIncomplete(found.name, error.sentence) from error


class ErasureIncomplete(TemporarilyUnavailable):
    """A person was erased, but not all their data is gone; repeating the command completes it."""

    def __init__(self, name: str, why: Text) -> None:
        """Take the name, and the error that interrupted it."""
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
    engine: Engine, who: Who, actor: Who, files: Files, *, dry: bool = True
) -> tuple[Erased, Forgotten, Letters]:
    """Return everything that names a person; erase them from folders, unless dry."""
    held = _to_erase(engine, who)
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


def _forgotten(engine: Engine, who: Who, actor: Who, files: Files) -> tuple[Erased, Forgotten]:
    """Erase a person from everything that the program stores, except the placeholder."""
    found, gone, letters = _found(engine, who, actor, files, dry=False)
    held = found.held
    with engine.database.writing() as connection:
        # First, so that a command that gives them a seat now waits for us, or came before us.
        store.begin_to_erase(connection, held.id, normal(held.name))
        taken = erase_from_letters(connection, gone, letters, engine.now())
        if len(reading.seats_of_person(connection, held.id)) != len(held.seats):
            raise WriteConflict(
                text("“{name}” was given a seat at the same moment.", name=held.name),
                advice=text("Try again."),
            )
    return replace(found, taken=taken), gone


def _to_erase(engine: Engine, who: Who) -> PersonalData:
    """Return the data held on a person, also if their erasure was begun and not completed."""
    written = normal(str(who))
    wanted = name_alone(written)
    with engine.database.reading() as connection:
        # By the name alone, what was begun comes first: who has the name now may be somebody else.
        if wanted == written or person_of(connection, who) is None:
            begun = store.being_erased(connection, wanted)
            if begun is not None:
                return _held(connection, Addressee(begun, wanted, None))
    # Nobody is forgotten because a guess was typed without reading it.
    return data_held_on(engine, who, guess=False)


def _rewritten(engine: Engine, gone: Forgotten) -> tuple[Taken, tuple[str, ...]]:
    """Rewrite the tables; again if a node wrote the person's data meanwhile.

    A node that was writing a letter during the erasure had read their name before.
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
    """Return the combined outcome of two passes over folders."""
    before = {each.folder: each.changed for each in first}
    return tuple(replace(each, changed=each.changed + before.get(each.folder, 0)) for each in then)


def set_contact(
    engine: Engine,
    who: Who,
    actor: Who,
    *,
    address: str | None = None,
    language: str | None = None,
    dry: bool = False,
) -> int:
    """Set the address of a person, and the language of their letters.

    Reminders that could not be delivered to the former address are resent if their deadline is
    unmet.

    Args:
        actor: the actor: the person themselves, or somebody who may give and end
            seats in every process in which they hold one, or, if they hold none, held one.
        address: the new address; None to keep the present one.
        language: the new language; None to keep the present one.
        dry: change nothing.

    Returns:
        The number of reminders that are resent.

    Raises:
        NotFound: nobody has that name.
        InvalidValue: the address is unusable, or nothing is given.
        NotAllowed: the actor has no permission.
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
    held = data_held_on(engine, who)
    name = held.name
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


def _renamed(connection: Connection, held: PersonalData, address: str) -> str:
    """Return the name of a mailbox with a new address, which is that address.

    Raises:
        NameTaken: another mailbox has that address, or a person has that name.
    """
    if same_mailbox(held.name) == same_mailbox(address):
        return str(mailbox(address))
    return new_mailbox(connection, address)


def _tell_again(engine: Engine, connection: Connection, held: PersonalData) -> int:
    """Resend a person's undelivered reminders; return their number."""
    told = 0
    for process in sorted({seat.process for seat in held.seats}):
        store.block_commands(connection, process)
        stands, _ = engine.within(connection, process)
        told += resend_undelivered(connection, process, stands, held.id, engine.now())
    return told


def _check(engine: Engine, held: PersonalData, actor: Who) -> None:
    """Refuse to erase a person who still holds a seat, or over whom the actor has no authority.

    That is needed in every process in which they ever held one, since it loses their name.
    """
    name = held.name
    for process in dict.fromkeys(seat.process for seat in held.seats):
        wanted = text("forget “{name}” in {process}", name=name, process=process)
        _check_allowed(engine, process, actor, wanted)
    still = [f"{seat.process} {seat.seat}" for seat in _held_still(engine, held)]
    if still:
        raise HoldsSeats(name, still)


def _held_still(engine: Engine, held: PersonalData) -> list[HeldSeat]:
    """Return the seats that did not end before today, also those that begin later."""
    today = {seat.process: engine.today_of(seat.process).day for seat in held.seats}
    return [
        seat
        for seat in held.seats
        if seat.until is None or seat.until >= (today[seat.process] or seat.until)
    ]


def _check_allowed(engine: Engine, process: str, actor: Who, wanted: Text) -> None:
    """Refuse an actor who may not give and end seats in a process."""
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
