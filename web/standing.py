"""What a page of a process depends on: its journal, its day, and what is in no journal."""

from datetime import date

from definitions.language.values import dataclass
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import Undelivered
from workflow.reminders.undelivered import undelivered_within
from workflow.storage import reading
from workflow.storage.reading import Head


@dataclass(frozen=True, slots=True)
class Standing:
    """How a process stands, as far as that says whether a page of it has changed.

    Attributes:
        head: of its journal.
        day: that it is there.
        people: everybody's id, name and address, which are in no journal.
        undelivered: the reminders that reached nobody.
    """

    head: Head
    day: date
    people: frozenset[tuple[str, tuple[str, str | None]]]
    undelivered: tuple[Undelivered, ...]


def standing_of(queries: DatabaseQueries, process: str) -> Standing:
    """Return how a process stands, read in one transaction.

    Raises:
        NotFound: no such process.
    """
    with queries.database.reading() as reader:
        head, day = queries.head_within(reader, process)
        people = frozenset(reading.people(reader).items())
        missing = tuple(undelivered_within(queries, reader, process))
    return Standing(head, day, people, missing)
