"""What somebody may do in a process, so that a page has a button only where the engine would agree.

The engine decides anyway: this only keeps a page from offering what would be refused for want of a
role.
"""

from collections.abc import Collection

from definitions.language.actions import Action
from definitions.model import Permission
from web.acts import ACTS
from workflow.rules.snapshot import Snapshot

_OWN = frozenset({Permission.RECORD})
"""The permissions that count for the own party alone."""


def may(
    now: Snapshot, person: str | None, permissions: Collection[Permission], party: str | None = None
) -> bool:
    """Return whether a person holds a role that has one of some permissions.

    Args:
        person: the opaque id; None of somebody who is not on record.
        party: for which party; None for any.
    """
    if person is None:
        return False
    for seat in now.state.acting_seats_of(person, now.day):
        for each in now.definition.roles[seat.role].may & set(permissions):
            if each not in _OWN or party is None or seat.place in ("", party):
                return True
    return False


def may_give(now: Snapshot, person: str | None, action: Action) -> bool:
    """Return whether a person holds a role for a command, for the party that it is about.

    Args:
        person: the opaque id; None of somebody who is not on record.
        action: the command, with the fields that are known.
    """
    body = action.values.get("body")
    known = isinstance(body, str) and body in now.definition.bodies
    party = now.definition.party_of(str(body)) if known else None
    return may(now, person, ACTS[action.command].permissions, party)


def holds_a_role(now: Snapshot, person: str | None) -> bool:
    """Return whether a person holds any role in a process today.

    Args:
        person: the opaque id; None of somebody who is not on record.
    """
    return person is not None and bool(now.state.acting_seats_of(person, now.day))
