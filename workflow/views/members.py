"""Who holds which seat."""

from datetime import date

from definitions.language.values import dataclass
from workflow.model.state import People, SeatState, places_of, seat_name
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat, its holder, and the days.

    Attributes:
        name: the holder's name, or the address of a mailbox; None if it is empty.
        mailbox: whether the holder is the mailbox of a function.
        person: the opaque id of the holder; None if it is empty.
    """

    seat: str
    name: str | None
    address: str | None
    since: date | None
    until: date | None
    mailbox: bool = False
    person: str | None = None


@dataclass(frozen=True, slots=True)
class MembersView:
    """The seats of a process: those held, those that were, and those that are empty."""

    process: str
    seats: tuple[SeatView, ...]


def members_view(seen: Seen, people: People) -> MembersView:
    """Return the seats of a process in the order of its definition, empty ones included.

    Args:
        people: the name and address of everybody, by their opaque id.
    """
    views = []
    for role in seen.definition.roles.values():
        for place in places_of(seen.definition, role):
            held = [
                seat
                for seat in seen.state.seats.values()
                if (seat.role, seat.place) == (role.id, place)
            ]
            name = seat_name(role.id, place)
            views += [_seat(name, seat, people) for seat in held] or [
                SeatView(name, None, None, None, None)
            ]
    return MembersView(seen.process, tuple(views))


def _seat(name: str, seat: SeatState, people: People) -> SeatView:
    who, address = people.get(seat.person, (seat.person, None))
    return SeatView(name, who, address, seat.since, seat.until, seat.mailbox, seat.person)
