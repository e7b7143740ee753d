"""What somebody could not be told: it could not be delivered, or nobody has an address."""

from collections.abc import Iterator

from workflow.model.reminders import Undelivered
from workflow.model.state import seat_name
from workflow.queries import Queries
from workflow.storage import reading
from workflow.storage.reading import Reader
from workflow.storage.undelivered import undelivered_of, waiting_of


def undelivered(queries: Queries, process: str) -> list[Undelivered]:
    """Return what somebody could not be told, the oldest first.

    That is what could not be delivered, and what is due and waits for somebody who can be told.

    Args:
        queries: where to ask.
        process: the id of the process.

    Raises:
        NotFound: no such process.
    """
    with queries.database.reading() as connection:
        found = undelivered_of(connection, process)
        found += _waiting_for_somebody(queries, connection, process)
    return list(dict.fromkeys(found))


def _waiting_for_somebody(
    queries: Queries, connection: Reader, process: str
) -> Iterator[Undelivered]:
    """Yield the reminders that are due and that nobody hears, for want of an address."""
    waiting = waiting_of(connection, process, queries.now())
    if not waiting:
        return
    # Imported late: most processes have nothing that waits, and are shown sooner without.
    from workflow.reminders.recipients import EMPTY, SeatHolders  # noqa: PLC0415

    definition, state, _ = queries.within(connection, process)
    seated = SeatHolders(
        definition, state, queries.today(definition), reading.addressees(connection)
    )
    for row in waiting:
        # What sets calendars right is for no seat, and is never kept waiting by an empty one.
        if row.role and not seated.is_reachable((row.role, row.place)):
            seat = seat_name(row.role, row.place)
            yield Undelivered(row.due, row.subject, seat, row.deadline, EMPTY)
