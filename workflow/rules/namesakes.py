"""Namesakes: distinguishing people with the same name."""

from collections import Counter

from definitions.language.characters import normal
from workflow.model.mail_address import same_mailbox
from workflow.model.state import People


def way_to_name(people: People, person: str) -> str:
    """Return how one of several people of a name can be named: with the address, or by the id."""
    name, address = people[person]
    if address is None:
        return person
    reached = same_mailbox(address)
    alike = [
        other
        for other, (called, to) in people.items()
        if to is not None and normal(called) == normal(name) and same_mailbox(to) == reached
    ]
    return person if len(alike) > 1 else f"{normal(name)} <{address}>"


def told_apart(people: People) -> People:
    """Return people by id, where those of one name are called by how they can be named."""
    names = {person: normal(name) for person, (name, _) in people.items()}
    known = Counter(names.values())
    return {
        person: (way_to_name(people, person) if known[names[person]] > 1 else name, address)
        for person, (name, address) in people.items()
    }
