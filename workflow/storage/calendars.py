"""Every statement about the calendars by which reminders were planned.

These functions run inside a transaction that their caller opened and owns.
"""

from contextlib import suppress

from sqlalchemy import Connection, bindparam, insert, null, select, update
from sqlalchemy.exc import IntegrityError

from workflow.model.calendars import Calendar
from workflow.storage import tables

_table = tables.calendars
_processes = tables.processes
_columns = (_table.c.zone, _table.c.edition, _table.c.release, _table.c.document)
_one = select(*_columns).where(_table.c.sha256 == bindparam("sha256"))
_in_use = select(_processes.c.calendar).distinct()
_planned_by = (
    update(_processes)
    .where(_processes.c.id == bindparam("of"))
    .values(calendar=bindparam("to_calendar"))
)


def calendar_kept(connection: Connection, sha256: str | None) -> Calendar | None:
    """Return a calendar by its hash; None where it is not kept, or was changed."""
    if sha256 is None:
        return None
    row = connection.execute(_one, {"sha256": sha256}).first()
    found = None if row is None else Calendar(*row)
    whole = found is not None and found.sha256 == sha256 and found.is_of_its_zone
    return found if whole else None


def calendars_of(connection: Connection, zone: str) -> list[Calendar]:
    """Return the calendars of a zone that are kept as they were."""
    wanted = select(_table.c.sha256, *_columns).where(_table.c.zone == zone)
    found = ((row[0], Calendar(*row[1:])) for row in connection.execute(wanted))
    return [each for sha256, each in found if each.sha256 == sha256]


def mark_calendar(connection: Connection, process: str, calendar: Calendar) -> None:
    """Record by which calendar a process is planned, and store that calendar."""
    known = select(_table.c.sha256).where(_table.c.sha256 == bindparam("sha256"))
    if connection.execute(known, {"sha256": calendar.sha256}).first() is None:
        _keep(connection, calendar)
    connection.execute(_planned_by, {"of": process, "to_calendar": calendar.sha256})


def _keep(connection: Connection, calendar: Calendar) -> None:
    values = {
        "sha256": calendar.sha256,
        "zone": calendar.zone,
        "edition": calendar.edition,
        "release": calendar.release,
        "document": calendar.document,
    }
    # Another node may keep it at this very moment: then it is kept.
    with suppress(IntegrityError), connection.begin_nested():
        connection.execute(insert(_table), values)


def forget_calendar(connection: Connection, process: str) -> None:
    """Record that no single calendar planned the whole process."""
    connection.execute(update(_processes).where(_processes.c.id == process).values(calendar=null()))


def calendars_in_use(connection: Connection) -> list[str | None]:
    """Return the hashes of the calendars by which processes are planned."""
    return list(connection.execute(_in_use).scalars())


def planned_by(connection: Connection, calendar: str | None) -> list[str]:
    """Return the processes that are planned by a calendar, or by none that is known."""
    wanted = select(_processes.c.id).where(
        _processes.c.calendar.is_(None) if calendar is None else _processes.c.calendar == calendar
    )
    return list(connection.execute(wanted).scalars())
