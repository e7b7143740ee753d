"""Erasing a person from stored letters, and finding the entries that keep their name."""

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
"""The tables that can contain personal data."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How much was erased of a person.

    Attributes:
        letters: how many letters named them or were written to them.
        released: how many of those had not been sent; they are written anew, without the person.
        reasons: how many reminders had them in a reason.
    """

    letters: int = 0
    released: int = 0
    reasons: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Return the sum of both."""
        return Taken(
            self.letters + other.letters,
            self.released + other.released,
            self.reasons + other.reasons,
        )


def forgotten(person: Addressee, addressees: Addressees, former: Iterable[str] = ()) -> Forgotten:
    """Return the texts that identify a person; an address only if nobody else shares the mailbox.

    Args:
        former: every address that letters to them went to, also before it changed.
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
    """The letters that were searched for a person.

    Attributes:
        seen: the ids of all letters searched.
        without: the letters that name them or were written to them, with the person erased.
    """

    seen: frozenset[str]
    without: tuple[StoredContent, ...]


NONE = Letters(frozenset(), ())


def letters_naming(connection: Connection, gone: Forgotten, known: Letters = NONE) -> Letters:
    """Return the letters that name a person or were written to them.

    Args:
        known: the letters searched before, since a search takes long.
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
    """Yield the reminders with a person in their reason, and that reason without the person."""
    for row in reminders.reasons(connection):
        why = gone.text(str(row.why))
        if why != row.why:
            yield row, why


def erase_from_letters(
    connection: Connection, gone: Forgotten, known: Letters, now: datetime
) -> Taken:
    """Erase a person from the stored letters and reasons.

    A letter that was not sent yet is released and written anew without them, under another id,
    since these bytes are never sent again. So it may arrive twice if an attempt was uncertain.

    Args:
        known: the letters searched before.
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
