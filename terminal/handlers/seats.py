"""Giving seats and ending them."""

from definitions.language.characters import normal
from definitions.language.values import dataclass
from terminal.handlers.entries import How, carry_out, given_date, key_for, print_receipt
from terminal.handlers.processes import today_in
from terminal.runtime.open_engine import engine_of
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import check_holder, date_of, day_of
from workflow.engine import Seating
from workflow.model.commands import EndSeat
from workflow.model.events import SeatGiven
from workflow.model.person import Called


@dataclass(frozen=True, slots=True)
class SeatArguments:
    """A seat and its future holder: a person by name, or the mailbox of a function.

    Attributes:
        another: they are another person than those on record by that name.
    """

    seat: str
    name: str | None
    mailbox: str | None
    address: str | None
    language: str | None
    another: bool


def give_seat(
    setup: Setup,
    process: str,
    held: SeatArguments,
    days: tuple[str | None, str | None],
    key: str | None,
    *,
    dry: bool,
) -> None:
    """Give somebody a seat.

    Args:
        setup: the set-up of the program.
        process: its id.
        held: the seat and its future holder.
        days: the first and last day, as typed.
        key: an idempotency key: repeating the command with it has no effect.
        dry: nothing is written.
    """
    check_holder(held.name, held.mailbox, held.address, another=held.another)
    on, until = days
    with engine_of(setup) as engine:
        today = today_in(engine, process)
        first = None if on is None else date_of(on, today, "on")
        last = None if until is None else day_of(until, today, "until")
        once = key_for(setup, engine, key, dry=dry)
        seating = Seating(
            held.seat,
            None if held.name is None else Called(held.name),
            setup.asker,
            held.address,
            first,
            last,
            held.language,
            held.mailbox,
            another=held.another,
            key=once,
            new_key=setup.own_key is not None,
        )
        receipt = engine.give_seat(process, seating, dry=dry)
        given = [each.event for each in receipt.entries if isinstance(each.event, SeatGiven)]
        named = {each.person: normal(held.mailbox or held.name or "") for each in given}
        print_receipt(setup, engine, receipt, named)


def end_seat(setup: Setup, process: str, held: tuple[str, str], on: str | None, how: How) -> None:
    """End a person's seat on the typed day, or today.

    Args:
        setup: the set-up of the program.
        process: its id.
        held: the seat, and its holder's name.
        on: the last day, as typed.
        how: the conditions of the command.
    """
    seat, name = held
    with engine_of(setup) as engine:
        person = engine.known_person(Called(name))
        command = EndSeat(seat, person, given_date(engine, process, on))
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))
