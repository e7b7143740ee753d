"""Queries about reminders that reached nobody, without SQLAlchemy."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from workflow.model.reminders import Standing, Undelivered
from workflow.model.state import seat_name
from workflow.storage.cells import day_in, instant_in
from workflow.storage.reading import Reader, asked, instant_for

PUT_OFF = timedelta(days=1)
"""For how long a reminder that is due is put off at most."""
_UNDELIVERED = (
    "SELECT due, subject, role, place, deadline, why FROM reminders "
    "WHERE process = :process AND status = :status "
    "ORDER BY at, process, due, subject, rung, role, place, meant_for, copy, version"
)
_WAITING = (
    "SELECT due, subject, role, place, deadline, at FROM reminders "
    "WHERE process = :process AND next_at <= :soon AND at <= :now "
    "ORDER BY at, process, due, subject, rung, role, place, meant_for, copy, version"
)

_WITH_WAITING = "SELECT DISTINCT process FROM reminders WHERE next_at <= :soon AND at <= :now"


class Waits(NamedTuple):
    """A reminder that is due and in no message."""

    due: str
    subject: str
    role: str
    place: str
    deadline: date
    at: datetime


def undelivered_of(reader: Reader, process: str) -> list[Undelivered]:
    """Return the reminders of a process that could not be delivered, the oldest first."""
    rows = asked(reader, _UNDELIVERED, process=process, status=Standing.UNDELIVERED.value)
    return [
        Undelivered(due, subject, seat_name(role, place), day_in(deadline), why)
        for due, subject, role, place, deadline, why in rows.fetchall()
    ]


def waiting_of(reader: Reader, process: str, now: datetime) -> list[Waits]:
    """Return the reminders of a process that are due and in no message, the oldest first."""
    soon = instant_for(reader, now + PUT_OFF)
    rows = asked(reader, _WAITING, process=process, now=instant_for(reader, now), soon=soon)
    return [
        Waits(due, subject, role, place, day_in(deadline), instant_in(at))
        for due, subject, role, place, deadline, at in rows.fetchall()
    ]


def processes_waiting(reader: Reader, now: datetime) -> set[str]:
    """Return the processes of which ``waiting_of`` returns anything."""
    soon = instant_for(reader, now + PUT_OFF)
    found = asked(reader, _WITH_WAITING, now=instant_for(reader, now), soon=soon).fetchall()
    return {process for (process,) in found}
