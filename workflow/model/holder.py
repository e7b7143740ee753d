"""A person, with their present, former and future seats in all processes."""

from definitions.language.values import dataclass
from workflow.model.state import People, SeatState


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, with their present, former and future seats.

    Attributes:
        person: their opaque id.
        name: their name on record.
        seats: those seats, each with its process.
        people: the name and address of everybody, by their opaque id.
        processes: how many processes there are in all.
    """

    person: str
    name: str
    seats: tuple[tuple[str, SeatState], ...]
    people: People
    processes: int
