"""How far a process is, as far as a list of all of them shows it."""

from collections.abc import Mapping
from datetime import date

from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """What a list of processes is made of: for each of them a few states and numbers.

    Attributes:
        process: its id.
        definition: the SHA-256 of the one it is pinned to.
        title: the one it was given later; None where it has that of its definition.
        states: the state each milestone is in, and the day it entered it.
        unproved: how many moves are not proved by what is on record.
        out_of_order: how many moves rest on what was recorded out of order.
        decided: how many have decided in the present round, by milestone, request and body; the
            body is None where no party left, and it does not matter who they are.
        left: the parties that take part no longer.
    """

    process: str
    definition: str
    title: str | None
    states: Mapping[str, tuple[str, date]]
    unproved: int
    out_of_order: int
    decided: Mapping[tuple[str, str, str | None], int]
    left: frozenset[str]
