"""Finding people by name, however the name is typed."""

import re

from definitions.language.actions import Field
from definitions.language.characters import character_named, hidden_in, normal
from definitions.language.errors import InvalidValue, given_as
from definitions.language.length_limits import NAME, check_length
from definitions.language.text import text
from workflow.model.mail_address import mailbox, same_mailbox
from workflow.model.person import PersonId, Who
from workflow.model.state import People
from workflow.rules.conflicts import NameTaken, SeveralPeople
from workflow.rules.namesakes import way_to_name
from workflow.storage import reading
from workflow.storage.reading import Reader

_WITH_ADDRESS = re.compile(r"(?P<name>.*\S)\s*<(?P<address>[^<>\s]+@[^<>\s]+)>")
"""A person as a mail program writes them: the name, and the address between angle brackets."""


def person_named(reader: Reader, name: str, *, keep: bool = False) -> str | None:
    """Return the opaque id of a person; None if nobody matches.

    A name is found however it is typed, and however an earlier version kept it. Where it does not
    tell two people apart, their address does (``anna <anna@oost.example>``), or their opaque id,
    which comes before any name.

    Args:
        reader: the database.
        name: their name, alone or with their address; or their id.
        keep: prevent their erasure until the end of the transaction.

    Raises:
        InvalidValue: the name has an invisible character, so nobody can have it.
        SeveralPeople: several people have that name.
    """
    found = reading.people_said(reader, name, keep=keep)
    if name in found or len(found) == 1:
        return name if name in found else found[0]
    wanted, everybody = normal(name), reading.people(reader)
    alike = (
        [id_ for id_ in everybody if id_ == wanted]
        or _called(everybody, wanted)
        or _mailboxes(reader, everybody, wanted)
        or _reached(everybody, wanted)
    )
    if len(alike) > 1:
        raise SeveralPeople(wanted, [way_to_name(everybody, each) for each in alike])
    if not alike:
        check_characters(wanted)
        return None
    return reading.person_known(reader, alike[0], keep=keep)


def person_of(reader: Reader, who: Who, *, keep: bool = False) -> str | None:
    """Return the opaque id of a person; None if nobody matches.

    Args:
        reader: the database.
        who: an id is only that; what was typed is looked up.
        keep: prevent their erasure until the end of the transaction.

    Raises:
        InvalidValue: the name has an invisible character, so nobody can have it.
        SeveralPeople: several people have that name.
    """
    if isinstance(who, PersonId):
        return reading.person_known(reader, who.id, keep=keep)
    return person_named(reader, who.written, keep=keep)


def asker_known(reader: Reader, asker: Who) -> tuple[str, str]:
    """Return the opaque id and the name of the user; an empty id if nobody matches.

    Raises:
        InvalidValue: nobody can have that name.
        SeveralPeople: several people have that name.
    """
    written = str(asker)
    name = reading.name_of(reader, written)
    if name is not None:
        return written, name
    with given_as("actor"):
        person = person_of(reader, asker)
    return (person or "", written)


def name_alone(written: str) -> str:
    """Return the name, where it is written with an address."""
    found = _WITH_ADDRESS.fullmatch(written)
    return written if found is None else found["name"]


def _called(everybody: People, wanted: str) -> list[str]:
    """Return the people with a name; those with its normal form, if there are any."""
    alike = [id_ for id_, (name, _) in everybody.items() if normal(name) == wanted]
    return [id_ for id_ in alike if everybody[id_][0] == wanted] or alike


def _mailboxes(reader: Reader, everybody: People, wanted: str) -> list[str]:
    """Return the mailboxes that are one with an address, however either is written."""
    if "@" not in wanted:
        return []
    one = same_mailbox(wanted)
    return [
        id_
        for id_, (name, _) in everybody.items()
        if "@" in name and same_mailbox(name) == one and reading.is_mailbox(reader, id_)
    ]


def _reached(everybody: People, wanted: str) -> list[str]:
    """Return the people with a name and an address, if both are given."""
    found = _WITH_ADDRESS.fullmatch(wanted)
    if found is None:
        return []
    name, one = normal(found["name"]), same_mailbox(found["address"])
    return [
        id_
        for id_, (called, address) in everybody.items()
        if normal(called) == name and address is not None and same_mailbox(address) == one
    ]


def new_mailbox(reader: Reader, address: str) -> str:
    """Return the name of a mailbox that is not known yet: its address, as an envelope has it.

    Raises:
        UnusableAddress: nothing can be sent to it.
        InvalidValue: it is too long to be kept as a name.
        NameTaken: somebody is called so, or another mailbox is.
    """
    name = str(mailbox(address))
    check_length(name, NAME, text("The address of a mailbox"), field="mailbox")
    if person_named(reader, name) is not None:
        raise NameTaken(name)
    return name


def new_name(written: str) -> str:
    """Return a name in the form in which it is kept.

    Raises:
        InvalidValue: it is empty, too long, has an address with it, or a character in it that
            cannot be seen.
    """
    name = normal(written)
    check_characters(name)
    if _WITH_ADDRESS.fullmatch(name):
        raise InvalidValue(
            text("Nobody is on record as “{name}”.", name=name),
            advice=text(
                "Somebody new is entered by the name alone, with the address as {field}.",
                field=Field("address"),
            ),
        )
    if not name or len(name) > NAME:
        raise InvalidValue(text("A name is one line of 1 to {most} characters.", most=NAME))
    return name


def check_characters(name: str) -> None:
    """Refuse a name with a character that cannot be seen, which makes two of it that look alike.

    Raises:
        InvalidValue: it has one.
    """
    found = hidden_in(name)
    if found is not None:
        at, character = found
        raise InvalidValue(
            text(
                "Character {at} of the name “{name}” cannot stand in a name: {character}.",
                at=at + 1,
                name=name,
                character=character_named(character),
            ),
            advice=text("Leave it out: nobody sees it."),
        )
