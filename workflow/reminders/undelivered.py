"""Reminders that reached nobody: undeliverable ones, and those without a reachable recipient."""

from collections.abc import Iterator

from workflow.model.reminders import Undelivered
from workflow.model.state import seat_name
from workflow.queries import Queries
from workflow.storage import reading
from workflow.storage.reading import Reader
from workflow.storage.undelivered import undelivered_of, waiting_of


def undelivered(queries: Queries, process: str) -> list[Undelivered]:
    """Return the reminders that reached nobody, the oldest first.

    They could not be delivered, or are due and wait for a reachable recipient.

    Args:
        queries: the database.
        process: the id of the process.

    Raises:
        NotFound: no such process.
    """
    with queries.database.reading() as connection:
        return undelivered_within(queries, connection, process)


def undelivered_within(queries: Queries, reader: Reader, process: str) -> list[Undelivered]:
    """Return the same, in a transaction that is under way."""
    found = undelivered_of(reader, process)
    found += _waiting_for_somebody(queries, reader, process)
    return list(dict.fromkeys(found))


def _waiting_for_somebody(
    queries: Queries, connection: Reader, process: str
) -> Iterator[Undelivered]:
    """Yield the due reminders that have no recipient with an address."""
    waiting = waiting_of(connection, process, queries.now())
    if not waiting:
        return
    # Imported lazily: most processes have no waiting reminders, and are shown faster without it.
    from workflow.reminders.recipients import EMPTY, SeatHolders  # noqa: PLC0415

    stands, _ = queries.within(connection, process)
    seated = SeatHolders(*stands.parts, reading.addressees(connection))
    for row in waiting:
        # A calendar update is for no seat, so it never waits for an empty one.
        if row.role and not seated.is_reachable((row.role, row.place)):
            seat = seat_name(row.role, row.place)
            yield Undelivered(row.due, row.subject, seat, row.deadline, EMPTY)
