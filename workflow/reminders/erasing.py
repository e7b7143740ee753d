"""Taking a person out of what a database keeps of letters, and saying where their name stays."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from definitions.language.values import dataclass
from workflow.model.events import payload_of
from workflow.model.mail_address import same_mailbox
from workflow.model.reminders import Addressee, Addressees
from workflow.rules.redacting import Forgotten
from workflow.storage import messages, reading, reminders, store
from workflow.storage.database import Connection
from workflow.storage.messages import StoredContent
from workflow.storage.reminders import Row

TABLES = ("people", "messages", "reminders")
"""The tables in which something of a person can stand."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a person was taken out of.

    Attributes:
        letters: how many letters they stood in, or that were written to them.
        released: how many of those had not been sent yet; they are written anew, without them.
        reasons: how many reminders of which a reason had them in it.
    """

    letters: int = 0
    released: int = 0
    reasons: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Return both together."""
        return Taken(
            self.letters + other.letters,
            self.released + other.released,
            self.reasons + other.reasons,
        )


def forgotten(person: Addressee, addressees: Addressees, former: Iterable[str] = ()) -> Forgotten:
    """Return how a person is found; by an address only where nobody else has the same mailbox.

    Args:
        former: where letters were written to them, also before their address was changed.
    """
    others = [each for each in addressees.values() if each.id != person.id]
    shared = {same_mailbox(each.address) for each in others if each.address}

    def theirs(address: str) -> bool:
        return same_mailbox(address) not in shared

    return Forgotten(
        person.id,
        person.name,
        person.address if person.address and theirs(person.address) else None,
        tuple(each.name for each in others),
        tuple(each for each in former if theirs(each)),
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters that a person was looked for in.

    Attributes:
        seen: the ids of all that were looked at.
        without: those that they stand in, or that were written to them, as they are without them.
    """

    seen: frozenset[str]
    without: tuple[StoredContent, ...]


NONE = Letters(frozenset(), ())


def letters_naming(connection: Connection, gone: Forgotten, known: Letters = NONE) -> Letters:
    """Return the letters that a person stands in, or that were written to them.

    Args:
        known: those that were looked at before, which takes long.
    """
    ids = [each for each in messages.message_ids(connection) if each not in known.seen]
    found = ((each, _without(each, gone)) for each in messages.stored_contents(connection, ids))
    without = tuple(now for then, now in found if then != now)
    return Letters(known.seen | frozenset(ids), known.without + without)


def _without(said: StoredContent, gone: Forgotten) -> StoredContent:
    return StoredContent(
        said.id,
        None if said.person == gone.id else said.person,
        gone.text(said.subject),
        gone.letter(said.content),
        None if said.fault is None else gone.text(said.fault),
    )


def reasons_naming(connection: Connection, gone: Forgotten) -> Iterator[tuple[Row, str]]:
    """Yield the reminders of which a reason has a person in it, and that reason without them."""
    for row in reminders.reasons(connection):
        why = gone.text(str(row.why))
        if why != row.why:
            yield row, why


def erase_from_letters(
    connection: Connection, gone: Forgotten, known: Letters, now: datetime
) -> Taken:
    """Take a person out of the letters and the reasons that are kept.

    What had not been sent is released, and written anew without them: under another id, for these
    bytes are never sent again. So it may come twice, where an attempt may have arrived.

    Args:
        known: the letters that were looked at before.
    """
    letters = letters_naming(connection, gone, known).without
    released = 0
    for each in letters:
        released += messages.release(connection, each.id, now)
        messages.replace_content(connection, each)
    reasons = list(reasons_naming(connection, gone))
    for row, why in reasons:
        reminders.replace_reason(connection, row, why)
    return Taken(len(letters), released, len(reasons))


def entries_naming(connection: Connection, gone: Forgotten) -> Iterator[tuple[str, int]]:
    """Yield the entries in which somebody typed a person's name or address; they stay."""
    for process in store.process_ids(connection):
        for entry in reading.read_journal(connection, process):
            said = json.dumps(payload_of(entry.event), ensure_ascii=False)
            if gone.is_in(said):
                yield process, entry.seq
