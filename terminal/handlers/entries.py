"""Writing entries: executing a command in a process, and saying what became of it."""

from collections.abc import Callable, Mapping

from definitions.calendar.dates import PartialDate
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from screens.receipts import receipt_screen
from terminal.handlers.processes import today_in
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import answering, say, say_as_json
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import date_of
from workflow.engine import Engine
from workflow.model.commands import Command, Request
from workflow.rules.namesakes import told_apart
from workflow.unit_of_work import Receipt

Reads = Callable[[str, str], PartialDate]
"""Reads a further date that was typed, for a field."""


@dataclass(frozen=True, slots=True)
class How:
    """The conditions under which a command is executed.

    Attributes:
        dry: nothing is written.
        key: an idempotency key: repeating the command with it has no effect.
        expect: the number of the last entry that the user knows.
    """

    dry: bool
    key: str | None = None
    expect: int | None = None


def execute(
    setup: Setup,
    process: str,
    on: str | None,
    how: How,
    command_on: Callable[[PartialDate], Command],
) -> None:
    """Execute a command and print its receipt.

    Args:
        setup: the set-up of the program.
        process: its id.
        on: the date as typed; None for today.
        how: its conditions.
        command_on: makes the command, given its date.
    """
    execute_dated(setup, process, on, how, lambda day, _: command_on(day))


def execute_dated(
    setup: Setup,
    process: str,
    on: str | None,
    how: How,
    command_on: Callable[[PartialDate, Reads], Command],
) -> None:
    """Do the same of a command with further dates, which it is handed what reads them for."""
    with engine_of(setup) as engine:
        today = today_in(engine, process)
        command = command_on(
            given_date(engine, process, on), lambda date, field: date_of(date, today, field)
        )
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))


def given_date(engine: Engine, process: str, on: str | None) -> PartialDate:
    """Return the date that was typed; today, where none was."""
    return engine.today_of(process) if on is None else date_of(on, today_in(engine, process), "on")


def key_for(setup: Setup, engine: Engine, given: str | None, *, dry: bool) -> str | None:
    """Return the key of a command.

    Where it may never be known whether it was recorded, which is so on a server, a command that
    was given none has one of its own: it is shown only then.
    """
    setup.given_key = given
    if given is None and not dry and engine.database.is_server:
        setup.own_key = setup.new_id()
    return setup.own_key if given is None else given


def carry_out(setup: Setup, engine: Engine, process: str, command: Command, how: How) -> Receipt:
    """Execute a command of the user, and return its receipt."""
    key = key_for(setup, engine, how.key, dry=how.dry)
    request = Request(command, setup.asker, key, how.expect, new_key=setup.own_key is not None)
    return engine.execute(process, [request], dry=how.dry)


def print_receipt(
    setup: Setup, engine: Engine, receipt: Receipt, newcomers: Mapping[str, str] | None = None
) -> None:
    """Print what became of a command; a dry run has not written its newcomers down."""
    named: dict[str, tuple[str, str | None]] = {
        person: (name, None) for person, name in (newcomers or {}).items()
    }
    with answering(recorded(receipt)):
        hidden = engine.hidden_from(setup.asker, receipt.head.id)
        view = receipt.view(setup.page.language, hidden)
        if setup.as_json:
            say_as_json(setup, "receipt", view)
        else:
            say(receipt_screen(view, told_apart({**named, **engine.people()}), setup.page))


def recorded(receipt: Receipt) -> Text | None:
    """Return in brief what a command recorded; None if it recorded nothing."""
    if receipt.dry or not receipt.entries:
        return None
    first, last = receipt.entries[0].seq, receipt.entries[-1].seq
    if first == last:
        return text("It was recorded, as entry {seq}.", seq=first)
    return text("It was recorded, as entries {first} to {last}.", first=first, last=last)
