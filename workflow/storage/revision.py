"""The revision of the schema, apart from the schema since that takes long to import.

A release changes the schema in two steps: ``0005_pre`` only adds, so that programs of the release
before go on working; from ``0005`` on they do not any more. So an older node can run beside a newer
one for the time of an upgrade.
"""

REVISION = "0005"
"""The revision of the schema that this program works with: the newest migration."""
PRE = "_pre"
"""How the first step of a release is called, after its number."""


def is_compatible(revision: str | None, ours: str = REVISION) -> bool:
    """Return whether a program can work with a database of some revision."""
    if revision is None:
        return False
    number, program = _number(revision), _number(ours)
    return number == program or (number == program + 1 and revision.endswith(PRE))


def is_newer(revision: str | None, ours: str = REVISION) -> bool:
    """Return whether a database belongs to a newer, incompatible program."""
    return (
        revision is not None
        and not is_compatible(revision, ours)
        and _number(revision) > _number(ours)
    )


def _number(revision: str) -> int:
    """Return the number of the release; an unknown revision counts as newer than all."""
    digits = revision.removesuffix(PRE)
    return int(digits) if digits.isdecimal() else 10**9
