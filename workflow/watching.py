"""Whether reminders go out as they should: what ``doctor`` looks at."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from definitions.text import ntext, text
from workflow.outbox import EMPTY
from workflow.queries import Queries
from workflow.reminded import empty_seats
from workflow.storage import reminders, store
from workflow.storage.database import Connection
from workflow.storage.health import Check

LATE = timedelta(minutes=15)
"""How long a reminder may lie there after its moment; a service looks every minute."""
SILENT = timedelta(minutes=15)
"""After how long a node that said nothing is silent."""


def watch(queries: Queries) -> list[Check]:
    """Return how the reminders of a database are: what lies there, who is silent, who is missing.

    An empty seat is remarked on, and is no fault of the installation.
    """
    now = queries.now()
    with queries.database.reading() as connection:
        return [
            _oldest(connection, now),
            *_put_aside(connection),
            *_undelivered(connection),
            *_nodes(connection, now),
            *_seats(queries, connection),
        ]


def _oldest(connection: Connection, now: datetime) -> Check:
    """Look how long what should have been sent has been lying there."""
    due = reminders.oldest_due(connection, now)
    written = reminders.oldest_waiting(connection)
    oldest = min(due or now, written[0] if written else now)
    waited = now - oldest
    if waited < LATE:
        return Check("reminders", _minutes(waited), well=True)
    if written is not None and written[0] == oldest and written[1]:
        remark = text("The oldest could not be sent yet: {why}", why=written[1])
    else:
        remark = text("The oldest should have been sent by now: is “mijlpaal remind run” running?")
    return Check("reminders", _minutes(waited), well=False, remark=remark)


def _put_aside(connection: Connection) -> Iterator[Check]:
    """Look for what cannot be written: it is tried again and again, and somebody has to mend it."""
    number, why = reminders.put_aside(connection, EMPTY)
    if number:
        remark = text("They cannot be written: {why}", why=why or "")
        yield Check("put_aside", str(number), well=False, remark=remark)


def _minutes(waited: timedelta) -> str:
    """Return a time in hours and minutes: 76:05."""
    minutes = int(waited.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def _undelivered(connection: Connection) -> Iterator[Check]:
    number = reminders.count_undelivered(connection)
    if number:
        remark = ntext(
            "It could not be delivered: “mijlpaal remind list” says why.",
            "They could not be delivered: “mijlpaal remind list” says why.",
            number,
        )
        yield Check("undelivered", str(number), well=False, remark=remark)


def _nodes(connection: Connection, now: datetime) -> Iterator[Check]:
    for node, _, beat in reminders.nodes(connection):
        silent = now - beat
        if silent > SILENT:
            remark = text("It said nothing since, and did not say that it ended: is it running?")
            yield Check("node", f"{node}, {_minutes(silent)}", well=False, remark=remark)
        else:
            yield Check("node", node, well=True)


def _seats(queries: Queries, connection: Connection) -> Iterator[Check]:
    readers = store.readers(connection)
    for process in store.process_ids(connection):
        try:
            definition, state, _ = queries.within(connection, process)
            empty = empty_seats(definition, state, queries.today(definition), readers)
        # What is wrong with one process is said of its journal, and must not hide the others.
        except Exception:  # noqa: BLE001, S112
            continue
        if empty:
            remark = ntext(
                "Nobody who can be told holds {seats}; the secretariat hears it instead.",
                "Nobody who can be told holds {seats}; the secretariat hears it instead.",
                len(empty),
                seats=list(empty),
            )
            yield Check("empty_seats", f"{process}: {len(empty)}", well=True, remark=remark)
