"""Checks for ``doctor``: do reminders go out as they should?"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from definitions.language.actions import action
from definitions.language.text import ntext, text
from definitions.language.values import dataclass
from workflow.database_queries import DatabaseQueries
from workflow.model.state import seat_name
from workflow.reminders.listing import empty_seats
from workflow.reminders.recipients import EMPTY, SeatHolders
from workflow.rules.snapshot import Snapshot
from workflow.storage import messages, nodes, reading, reminders, store
from workflow.storage.database import Connection
from workflow.storage.health import Check
from workflow.storage.reading import AT_ONCE
from workflow.storage.undelivered import processes_waiting, waiting_of

LATE = timedelta(minutes=15)
"""How long a reminder may wait after its moment; a service sends every minute."""
SILENT = timedelta(minutes=15)
"""After how long without a heartbeat a node counts as silent."""


def reminder_checks(queries: DatabaseQueries) -> list[Check]:
    """Return the checks on reminders: delays, silent nodes, and seats without a recipient.

    An empty seat is a remark, no fault of the installation; a due reminder without any recipient is
    a fault.
    """
    now = queries.now()
    with queries.database.reading() as connection:
        found = list(_heard(queries, connection, now))
        return [
            _oldest(connection, now, [each.since for each in found if each.since]),
            *_put_aside(connection),
            *_undelivered(connection),
            *_nodes(connection, now),
            *(check for each in found for check in _seats(each)),
        ]


def _oldest(connection: Connection, now: datetime, unreachable: Sequence[datetime]) -> Check:
    """Check for how long the oldest due reminder has been waiting.

    Args:
        unreachable: since when reminders without a recipient are due.
    """
    due = reminders.oldest_due(connection, now)
    written = messages.oldest_waiting(connection)
    oldest = min(due or now, written[0] if written else now, *unreachable)
    waited = now - oldest
    if waited < LATE:
        return Check("reminders", _minutes(waited), well=True)
    if written is not None and written[0] == oldest and written[1]:
        remark = text("The oldest could not be sent yet: {why}", why=written[1])
    elif oldest in unreachable and (due is None or now - due < LATE):
        remark = text("The oldest waits for a recipient with an address.")
    else:
        remark = text(
            "The oldest should have been sent by now: is “{command}” running?",
            command=action("remind run"),
        )
    return Check("reminders", _minutes(waited), well=False, remark=remark)


def _put_aside(connection: Connection) -> Iterator[Check]:
    """Check for letters that cannot be written: they are retried until somebody mends the cause."""
    number, why = reminders.deferred_with_reason(connection, EMPTY)
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
            "It could not be delivered: “{command}” says why.",
            "They could not be delivered: “{command}” says why.",
            number,
            command=action("remind list"),
        )
        yield Check("undelivered", str(number), well=False, remark=remark)


def _nodes(connection: Connection, now: datetime) -> Iterator[Check]:
    for node, _, beat in nodes.nodes(connection):
        silent = now - beat
        if silent > SILENT:
            remark = text("It said nothing since, and did not say that it ended: is it running?")
            yield Check("node", f"{node}, {_minutes(silent)}", well=False, remark=remark)
        else:
            yield Check("node", node, well=True)


@dataclass(frozen=True, slots=True)
class _Heard:
    """Whether the reminders of a process have recipients.

    Attributes:
        empty: the seats with reminders and without anybody who can be reached.
        instead: whether the secretariat can be reached instead.
        number: how many due reminders have no recipient.
        waiting: the seats of those reminders.
        since: when the oldest of those was due; None if there is none.
    """

    process: str
    empty: tuple[str, ...]
    instead: bool
    number: int
    waiting: tuple[str, ...]
    since: datetime | None


def _heard(queries: DatabaseQueries, connection: Connection, now: datetime) -> Iterator[_Heard]:
    addressees = reading.addressees(connection)
    waits = processes_waiting(connection, now)
    for process, stands in _present(queries, connection):
        try:
            seated = SeatHolders(*stands.parts, addressees)
            empty = empty_seats(seated)
            rows = [
                row
                for row in (waiting_of(connection, process, now) if process in waits else ())
                if not seated.is_reachable((row.role, row.place))
            ]
        # A damaged process is reported with its journal, and must not hide the others.
        except Exception:  # noqa: BLE001, S112
            continue
        waiting = dict.fromkeys(seat_name(row.role, row.place) for row in rows)
        since = min((row.at for row in rows), default=None)
        instead = bool(seated.secretaries())
        yield _Heard(process, empty, instead, len(rows), tuple(waiting), since)


def _present(queries: DatabaseQueries, connection: Connection) -> Iterator[tuple[str, Snapshot]]:
    """Yield every process as it stands, but those that cannot be read."""
    ids = store.process_ids(connection)
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        try:
            yield from queries.several_within(connection, some).items()
        # One of them is damaged: the others are read one by one.
        except Exception:  # noqa: BLE001
            for process in some:
                with suppress(Exception):
                    yield process, queries.within(connection, process)[0]


def _seats(heard: _Heard) -> Iterator[Check]:
    reach = text(
        "Say with “{reach}” where somebody is reached, or give a seat with “{add}”.",
        reach=action("member reach"),
        add=action("member add"),
    )
    if heard.number:
        remark = text(
            "Nobody in {seats} has an address, nor has the secretariat. {reach}",
            seats=list(heard.waiting),
            reach=reach,
        )
        yield Check("unheard", f"{heard.process}: {heard.number}", well=False, remark=remark)
    empty = [each for each in heard.empty if each not in heard.waiting]
    if empty and heard.instead:
        remark = ntext(
            "Nobody in {seats} has an address; the secretariat is notified instead.",
            "Nobody in {seats} has an address; the secretariat is notified instead.",
            len(empty),
            seats=empty,
        )
        yield Check("empty_seats", f"{heard.process}: {len(empty)}", well=True, remark=remark)
    elif empty:
        remark = text(
            "Nobody in {seats} has an address, nor has the secretariat: a reminder would "
            "reach nobody. {reach}",
            seats=empty,
            reach=reach,
        )
        yield Check("empty_seats", f"{heard.process}: {len(empty)}", well=True, remark=remark)
