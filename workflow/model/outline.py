"""How far a process is, as far as a list of all of them shows it."""

from collections.abc import Mapping
from datetime import date

from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline of a process for a list of processes: a few states and numbers.

    Attributes:
        process: its id.
        definition: the SHA-256 of the definition it is pinned to.
        title: its amended title; None for that of its definition.
        states: the state of each milestone, and the day it was entered.
        unproved: how many moves are not proved by the record.
        out_of_order: how many moves depend on entries recorded out of order.
        decided: how many bodies have decided in the present round, by milestone, request and body;
            the body is None if no party left, since then only the number matters.
        left: the parties that have left.
        joined: the parties that have joined.
    """

    process: str
    definition: str
    title: str | None
    states: Mapping[str, tuple[str, date]]
    unproved: int
    out_of_order: int
    decided: Mapping[tuple[str, str, str | None], int]
    left: frozenset[str]
    joined: frozenset[str] = frozenset()
