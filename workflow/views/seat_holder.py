"""One process, as somebody with seats in it sees it."""

from collections.abc import Iterator

from definitions.language.values import dataclass
from workflow.model.state import People, SeatState, seat_name
from workflow.rules.worklist import Turn, Whose, turn_of, whose_seat, worklist
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class SeatHolderView:
    """One process, as somebody with seats in it sees it.

    Attributes:
        seats: the seats they hold there today.
        turns: what they can do now, each with the seats in which they can.
        people: the name and address of everybody, by their opaque id.
    """

    seen: Seen
    seats: tuple[SeatState, ...]
    turns: tuple[tuple[Turn, tuple[str, ...]], ...]
    people: People

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those seats."""
        return tuple(seat_name(each.role, each.place) for each in self.seats)

    def theirs(self) -> Iterator[tuple[str, Whose]]:
        """Yield each seat by name, with the party, group or role on whose behalf it acts."""
        yield from _theirs(self.seen, self.seats)


def seat_holder_view(seen: Seen, person: str, people: People) -> SeatHolderView:
    """Return a process as a person sees it, by their opaque id."""
    seats = seen.state.seats_of(person, seen.day)
    return SeatHolderView(seen, seats, tuple(_turns(seen, seats)), people)


def _theirs(seen: Seen, seats: tuple[SeatState, ...]) -> Iterator[tuple[str, Whose]]:
    for each in seats:
        name = seat_name(each.role, each.place)
        yield name, whose_seat(seen.definition, each.role, each.place)


def _turns(seen: Seen, seats: tuple[SeatState, ...]) -> Iterator[tuple[Turn, tuple[str, ...]]]:
    """Yield the turns of a process that are theirs; what two of their seats may do, once."""
    theirs = list(_theirs(seen, seats))
    for turn in worklist(seen):
        found: dict[Turn, list[str]] = {}
        for name, whose in theirs:
            own = turn_of(seen.definition, turn, whose)
            if own is not None:
                found.setdefault(own, []).append(name)
        for own, names in found.items():
            yield own, tuple(names)
