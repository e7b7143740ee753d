"""One thing that guards rows, what can be wrong with it, and how its definition is spelled."""

import re
from collections.abc import Mapping
from enum import StrEnum

from definitions.language.text import Text, text
from definitions.language.values import dataclass

LITERAL = re.compile(r"('(?:[^']|'')*')")


class Kind(StrEnum):
    """The kinds of objects that guard rows, or come between them and the program."""

    TABLE = "table"
    COLUMN = "column"
    CONSTRAINT = "constraint"
    INDEX = "index"
    TRIGGER = "trigger"
    FUNCTION = "function"
    VIEW = "view"
    RULE = "rule"
    POLICY = "policy"
    SETTING = "setting"


class GuardFault(StrEnum):
    """The possible faults of a guard."""

    MISSING = "missing"
    CHANGED = "changed"
    DISABLED = "disabled"
    INVALID = "invalid"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, order=True)
class Guard:
    """Something in a schema, and the table that it belongs to."""

    table: str
    kind: Kind
    name: str


Guards = Mapping[Guard, str | GuardFault]
"""The definition of each guard, in one spelling; or what is wrong with it whatever it says."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A fault of a guard."""

    guard: Guard
    wrong: GuardFault

    @property
    def says(self) -> Text:
        """The fault as a sentence."""
        return _sentence(self.wrong, _called(self.guard))

    @property
    def is_unreadable(self) -> bool:
        """Whether rows cannot even be read: what they stand in is not there."""
        return self.wrong is GuardFault.MISSING and self.guard.kind in (Kind.TABLE, Kind.COLUMN)


# --- one spelling ------------------------------------------------------------------------------


def canonical(statement: str) -> str:
    """Return a statement without spaces and quoted names; string literals are unchanged."""
    return "".join(
        part if number % 2 else re.sub(r'[\s"]', "", part)
        for number, part in enumerate(LITERAL.split(statement))
    )


def as_on_server(statement: str) -> str:
    """Return a statement as a server gives it back, also without its casts and brackets."""
    return "".join(
        part if number % 2 else _bare(part) for number, part in enumerate(LITERAL.split(statement))
    )


def _bare(part: str) -> str:
    without_casts = re.sub(r"::[a-z ]+(\(\d+\))?(\[\])?", "", part)
    return re.sub(r'[\s"()\]]', "", without_casts).replace("=ANYARRAY[", "IN")


# --- in words ----------------------------------------------------------------------------------


def _called(guard: Guard) -> Text:
    name = guard.name
    match guard.kind:
        case Kind.TABLE:
            return text("table {name}", name=name)
        case Kind.COLUMN:
            return text("column {name}", name=name)
        case Kind.CONSTRAINT:
            return text("constraint {name}", name=name)
        case Kind.INDEX:
            return text("index {name}", name=name)
        case Kind.TRIGGER:
            return text("trigger {name}", name=name)
        case Kind.FUNCTION:
            return text("function {name}", name=name)
        case Kind.VIEW:
            return text("view {name}", name=name)
        case Kind.RULE:
            return text("rule {name}", name=name)
        case Kind.POLICY:
            return text("policy {name}", name=name)
        case Kind.SETTING:
            return text("setting {name}", name=name)


def _sentence(wrong: GuardFault, guard: Text) -> Text:
    match wrong:
        case GuardFault.MISSING:
            return text("{guard} is missing", guard=guard)
        case GuardFault.CHANGED:
            return text("{guard} was changed", guard=guard)
        case GuardFault.DISABLED:
            return text("{guard} is disabled", guard=guard)
        case GuardFault.INVALID:
            return text("{guard} is not valid", guard=guard)
        case GuardFault.FOREIGN:
            return text("{guard} does not belong to this program", guard=guard)
