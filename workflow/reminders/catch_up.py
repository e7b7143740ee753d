"""Planning reminders that are not planned yet: at each sweep, and after an upgrade.

A program of the release before, which plans none, wrote to the process; the next year of recurring
tasks has to be planned; or the calendar has changed since the process was planned.
"""

from datetime import datetime

from definitions.calendar.zones import has_zone, zone_of
from definitions.language.errors import MijlpaalError
from definitions.language.values import replace
from workflow.database_queries import DatabaseQueries
from workflow.model.calendars import calendar_of, known_calendars
from workflow.model.events import Happening
from workflow.model.journal import Writer
from workflow.reminders.new_calendar import MIJLPAAL, new_calendar
from workflow.reminders.planning import Occasion, plan_anew
from workflow.rules.fold import apply_entry
from workflow.rules.snapshot import Snapshot
from workflow.storage import reminders, store
from workflow.storage.calendars import (
    calendar_kept,
    calendars_in_use,
    mark_calendar,
    planned_by,
)
from workflow.storage.database import Connection
from workflow.storage.errors import written_meanwhile
from workflow.storage.reading import Head


def to_plan(connection: Connection, now: datetime) -> list[str]:
    """Return the processes whose reminders do not follow from where they stand now."""
    found = {*reminders.to_plan(connection, now)}
    ours = {each.sha256 for each in known_calendars()}
    for calendar in calendars_in_use(connection):
        if calendar not in ours and _is_outdated(connection, calendar):
            found.update(planned_by(connection, calendar))
    return sorted(found)


def _is_outdated(connection: Connection, sha256: str | None) -> bool:
    """Return whether plans made by a calendar have to be made again by the present one."""
    then = calendar_kept(connection, sha256)
    if then is None:
        return True
    if not has_zone(then.zone):
        return False
    now = calendar_of(then.zone)
    return now.sha256 != sha256 and not now.is_older_than(then)


def plan_process(
    connection: Connection, queries: DatabaseQueries, process: str, now: datetime
) -> None:
    """Plan the reminders of a process anew, and follow the calendar of now.

    Raises:
        WriteConflict: a command wrote to it meanwhile.
    """
    store.lock_head(connection, process)
    found, head = queries.within(connection, process)
    today = now.astimezone(zone_of(found.definition.timezone)).date()
    stands = found.on(today)
    since = min(reminders.plans_outdated_since(connection, process) or now, now)
    new = new_calendar(connection, head, stands)
    follows = new is not None and new.happening is not None
    if new is not None and new.happening is not None:
        head, stands = _written(connection, head, stands, new.happening, now)
    occasion = Occasion(today, now, since, by_calendar=follows)
    planned = plan_anew(connection, head, stands, occasion)
    reminders.mark_planned(connection, process, head.head_seq, *planned)
    if new is not None and new.newer:
        mark_calendar(connection, process, new.calendar)


def _written(
    connection: Connection, head: Head, before: Snapshot, happening: Happening, now: datetime
) -> tuple[Head, Snapshot]:
    """Record that a calendar was followed; return where the process stands then."""
    writer = Writer(lambda: now, MIJLPAAL, head.id, head.head_seq, head.head_hash)
    entry = writer.entry(happening, MIJLPAAL, MIJLPAAL)
    after = apply_entry(before, entry)
    moved = replace(head, head_seq=writer.seq, head_hash=writer.hash)
    if not store.write(connection, [entry], (head, moved), (before.state, after.state)):
        raise written_meanwhile()
    return moved, after


def plan_all(queries: DatabaseQueries) -> list[str]:
    """Plan what is not planned yet, each process by itself; return those that could not be.

    The next sweep tries those again, and reports the errors.
    """
    now = queries.now()
    with queries.database.reading() as connection:
        found = to_plan(connection, now)
    return [process for process in found if not _planned(queries, process, now)]


def _planned(queries: DatabaseQueries, process: str, now: datetime) -> bool:
    def once() -> None:
        with queries.database.writing() as connection:
            plan_process(connection, queries, process, now)

    try:
        queries.database.retrying(once)
    except MijlpaalError:
        return False
    return True
