"""Giving seats and ending them."""

from definitions.language.errors import given_as
from definitions.language.length_limits import LANGUAGE, NAME, check_length
from definitions.language.text import text
from definitions.model import Definition, Permission
from workflow.decide.case import Case, Decided, effective_day, happened, known_of, named, seat_with
from workflow.model.commands import EndSeat, GiveSeat
from workflow.model.events import SeatEnded, SeatGiven
from workflow.model.mail_address import mailbox
from workflow.model.state import SeatState, State, places_of, seat_name
from workflow.rules.conflicts import LastSeatGiver, SeatHeld, SeatNotHeld
from workflow.rules.refusals import DateRefused


def give_seat(case: Case, command: GiveSeat) -> Decided:
    """Decide whether somebody gets a seat.

    Raises:
        NotFound: no such seat.
        NotAllowed: no seat that may give any.
        SeatHeld: they hold it already, on one of the days.
        DateRefused: it would end before it begins, or begin on an impossible day.
        InvalidValue: that can be the id of nobody.
    """
    check_length(command.person, NAME, text("The id of a person"), field="person")
    role, place = parse_seat(case.definition, command.seat)
    day = effective_day(command.on, case.now.state.begins, case.actor.today)
    if command.until is not None and command.until < day:
        raise DateRefused(
            text("A seat cannot end before it begins."),
            field="until",
            advice=text("Give a last day on or after {on}.", on=command.on),
        )
    held = _held(case.now.state, role, place, command.person)
    if any(seat.overlaps(day, command.until) for seat in held):
        raise SeatHeld(command.seat)
    seat = seat_with(case, Permission.MEMBER, text("give seats"))
    until = command.until.isoformat() if command.until else None
    given = SeatGiven(role, place, command.person, until, command.mailbox)
    return happened(given, command.on, seat)


def end_seat(case: Case, command: EndSeat) -> Decided:
    """Decide whether somebody's seat ends.

    Raises:
        NotFound: no such seat.
        NotAllowed: no seat that may end any.
        SeatNotHeld: they do not hold it on that day.
        LastSeatGiver: nobody could give seats any more.
    """
    role, place = parse_seat(case.definition, command.seat)
    day = effective_day(command.on, case.now.state.begins, case.actor.today)
    held = _held(case.now.state, role, place, command.person)
    if not any(seat.held_on(day) and seat.until != day for seat in held):
        raise SeatNotHeld(command.seat, command.on)
    seat = seat_with(case, Permission.MEMBER, text("end seats"))
    mailbox = any(each.mailbox for each in held)
    if not mailbox:
        _check_last(case, role, held)
    return happened(SeatEnded(role, place, command.person, mailbox), command.on, seat)


def _check_last(case: Case, role: str, held: list[SeatState]) -> None:
    """Refuse to end the last seat whose holder can give seats: nobody could any more."""
    roles = case.definition.roles
    if Permission.MEMBER not in roles[role].may:
        return
    others = [
        seat
        for seat in case.now.state.seats.values()
        if Permission.MEMBER in roles[seat.role].may
        and seat.until is None
        and not seat.mailbox
        and seat not in held
    ]
    if not others:
        raise LastSeatGiver(role)


def parse_seat(definition: Definition, written: str) -> tuple[str, str]:
    """Return the role and the place of a seat written ``role@place`` or ``role``.

    Raises:
        NotFound: there is no such seat.
    """
    name, _, place = written.partition("@")
    role = named(definition.roles, name, text("role"))
    seats = known_of(seat_name(name, place) for place in places_of(definition, role))
    named(seats, written, text("seat"))
    return name, place


def check_reach(address: str | None, language: str | None) -> None:
    """Refuse an address to which nothing can be sent, and what can be no language.

    Raises:
        UnusableAddress: it is one of those.
    """
    check_length(language, LANGUAGE, text("A language"), field="language")
    if address is not None:
        with given_as("address"):
            mailbox(address)


def _held(state: State, role: str, place: str, person: str) -> list[SeatState]:
    wanted = (role, place, person)
    return [seat for seat in state.seats.values() if (seat.role, seat.place, seat.person) == wanted]
