"""Somebody, and the seats they hold, held or will hold in any process."""

from definitions.language.values import dataclass
from workflow.model.state import People, SeatState


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody, and the seats they hold, held or will hold.

    Attributes:
        person: their opaque id.
        name: what they are called, as it is on record.
        seats: every one of those seats, with its process.
        people: the name and address of everybody, by their opaque id.
        processes: how many processes there are at all.
    """

    person: str
    name: str
    seats: tuple[tuple[str, SeatState], ...]
    people: People
    processes: int
