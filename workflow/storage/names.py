"""People by the names they are called by, in whatever way those are typed."""

from definitions.language.bounds import NAME, check_length
from definitions.language.characters import character_named, hidden_in, normal
from definitions.language.errors import InvalidValue
from definitions.language.text import text
from workflow.model.mail_address import mailbox, same_mailbox
from workflow.rules.conflicts import NameTaken, SeveralPeople
from workflow.storage import store
from workflow.storage.database import Connection


def person_named(connection: Connection, name: str, *, keep: bool = False) -> str | None:
    """Return the opaque id of a person, or None where nobody has that name.

    A name is found however it is typed, and however an earlier version kept it.

    Args:
        connection: where to look.
        name: what they are called.
        keep: nobody may forget them until the end of the transaction.

    Raises:
        InvalidValue: nobody can have that name: a character in it cannot be seen.
        SeveralPeople: several people do, each written in another way than usual.
    """
    found = store.person_named(connection, name, keep=keep)
    if found is not None:
        return found
    wanted = normal(name)
    known = (known for known, _ in store.people(connection).values())
    alike = [each for each in known if normal(each) == wanted] or _mailboxes(connection, wanted)
    if wanted in alike:
        alike = [wanted]
    if len(alike) > 1:
        raise SeveralPeople(wanted)
    if not alike:
        check_characters(wanted)
        return None
    return store.person_named(connection, alike[0], keep=keep)


def _mailboxes(connection: Connection, wanted: str) -> list[str]:
    """Return the names of mailboxes that are one with an address, however either is written."""
    if "@" not in wanted:
        return []
    one = same_mailbox(wanted)
    return [
        name
        for id_, (name, _) in store.people(connection).items()
        if "@" in name and same_mailbox(name) == one and store.is_mailbox(connection, id_)
    ]


def new_mailbox(connection: Connection, address: str) -> str:
    """Return the name of a mailbox that is not known yet: its address, as an envelope has it.

    Raises:
        UnusableAddress: nothing can be sent to it.
        InvalidValue: it is too long to be kept as a name.
        NameTaken: somebody is called so, or another mailbox is.
    """
    name = str(mailbox(address))
    check_length(name, NAME, text("The address of a mailbox"), field="mailbox")
    if person_named(connection, name) is not None:
        raise NameTaken(name)
    return name


def new_name(written: str) -> str:
    """Return a name in the form in which it is kept.

    Raises:
        InvalidValue: it is empty, too long, or has a character in it that cannot be seen.
    """
    name = normal(written)
    check_characters(name)
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
