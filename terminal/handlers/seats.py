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


@dataclass(frozen=True, slots=True)
class Held:
    """A seat, and who is to hold it: a person by name, or the mailbox of a function.

    Attributes:
        another: they are none of those on record by that name.
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
    held: Held,
    days: tuple[str | None, str | None],
    key: str | None,
    *,
    dry: bool,
) -> None:
    """Give somebody a seat.

    Args:
        setup: who asks.
        process: its id.
        held: the seat, and who is to hold it.
        days: the first and the last, as they were typed.
        key: with the same key, it happens once.
        dry: it is only tried.
    """
    check_holder(held.name, held.mailbox, held.address, another=held.another)
    on, until = days
    with engine_of(setup) as engine:
        today = today_in(engine, process)
        first = None if on is None else date_of(on, today)
        last = None if until is None else day_of(until, today)
        once = key_for(setup, engine, key, dry=dry)
        seating = Seating(
            held.seat,
            held.name or "",
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
    """End somebody's seat, on the day that was typed or today.

    Args:
        setup: who asks.
        process: its id.
        held: the seat, and the name of who holds it.
        on: the last day, as it was typed.
        how: under which conditions.
    """
    seat, name = held
    with engine_of(setup) as engine:
        person = engine.known_person(name)
        command = EndSeat(seat, person, given_date(engine, process, on))
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))
