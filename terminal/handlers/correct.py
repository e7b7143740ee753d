"""Correcting an entry of the journal, or withdrawing it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from definitions.language.text import text
from definitions.language.values import dataclass
from terminal.handlers.entries import How, carry_out, print_receipt
from terminal.handlers.processes import today_in
from terminal.runtime.errors import Wrong
from terminal.runtime.open_engine import engine_of
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import date_of
from workflow.model.commands import Change, Correct
from workflow.model.events import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The corrected values of an entry, by the names of the fields of its command.

    Dates are as typed; None or empty keeps the present value.
    """

    on: str | None = None
    outcome: str | None = None
    votes: str | None = None
    ground: str | None = None
    options: tuple[str, ...] = ()
    unnamed_options: int | None = None
    points: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    result: str | None = None
    level: str | None = None
    version: str | None = None
    date: str | None = None
    note: str | None = None
    attested: bool | None = None
    out_of_order: str | None = None
    remark: str | None = None
    reference: str | None = None
    about: About = None
    text: str | None = None
    secrecy: str | None = None
    openness: str | None = None

    def in_order(self, names: Sequence[str]) -> dict[str, Change]:
        """Return those that are given, in the order of their options on the command line.

        A hash of the command is kept with its key, and it depends on the order: the same line once
        more has to be the same command.
        """
        own = [each.name for each in fields(self)]
        typed = [name for name in names if name in own and name not in _LAST]
        order = [*typed, *(name for name in own if name not in typed)]
        given = {name: getattr(self, name) for name in order}
        return {name: value for name, value in given.items() if value not in (None, ())}


_LAST = ("reference", "about", "text", "openness")
"""The fields that are derived from typed ones come after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The correction of an entry.

    Attributes:
        seq: the number of the entry.
        changes: what it should say instead.
        withdraw: it should say nothing.
        reference: where that can be found.
    """

    seq: int
    reason: str
    changes: Mapping[str, Change]
    withdraw: bool
    reference: str | None


def correct(setup: Setup, process: str, asked: Correction, how: How) -> None:
    """Correct an entry, or withdraw it, and print what became of that.

    Raises:
        Wrong: it is to be withdrawn and to say something else.
    """
    if asked.withdraw and asked.changes:
        raise Wrong(text("An entry is withdrawn or says something else, not both."))
    with engine_of(setup) as engine:
        today = today_in(engine, process)
        read = {
            name: date_of(str(value), today, name) if name in {"date", "on"} else value
            for name, value in asked.changes.items()
        }
        changes = tuple(read.items())
        command = Correct(asked.seq, asked.reason, changes, asked.withdraw, asked.reference)
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))
