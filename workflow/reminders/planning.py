"""Planning reminders: the rows that a command adds and cancels, in its own transaction.

Plans follow from the state of a process. A sent reminder stays sent, also when its deadline moves;
a moment already past when it is planned has lapsed, and is never sent.

A letter puts its deadline into a calendar. If that deadline moves or lapses, everybody who has it
there is notified: that is planned in the same transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from definitions.language.values import dataclass
from definitions.model import Definition, TaskRef
from workflow.model.calendars import calendar_of
from workflow.model.reminders import CHANGED, WITHDRAWN, Ended, Standing
from workflow.model.state import State
from workflow.rules.asked import still_owes
from workflow.rules.deadlines import (
    NOTHING,
    Plan,
    PlanKey,
    Planned,
    Plans,
    affected_plans,
    day_of_year,
    last_year,
    next_hour,
    plans_of,
    plans_valid_until,
    recurs_yearly,
    reminders_of,
)
from workflow.rules.fold import fold
from workflow.rules.snapshot import Snapshot
from workflow.storage import agendas, reading, reminders
from workflow.storage.agendas import AgendaUpdate, Carried
from workflow.storage.calendars import mark_calendar
from workflow.storage.changes import Change
from workflow.storage.database import Connection
from workflow.storage.reading import Head
from workflow.storage.reminders import BriefRow, Row

JUST = timedelta(days=2)
"""For how long after a letter a lapsed deadline is withdrawn that nobody planned to withdraw."""


def plan_start(connection: Connection, head: Head, process: Snapshot, now: datetime) -> None:
    """Plan the reminders of a process that begins.

    Args:
        head: the end of its journal: the entry that plans.
        process: as it stands today, in its zone.
        now: the instant of recording; earlier moments have lapsed.
    """
    plans, definition = plans_of(process), process.definition
    rows = (
        row
        for plan in plans.values()
        for row in _rows(head, plan, dict.fromkeys(reminders_of(definition, plan)), now)
    )
    reminders.add_rows(connection, rows)
    year = last_year(process)
    until = plans_valid_until(process, year)
    reminders.mark_planned(connection, head.id, head.head_seq, until, year)
    mark_calendar(connection, head.id, calendar_of(definition.timezone))


def plan_change(
    connection: Connection, head: Head, before: Snapshot, after: Snapshot, now: datetime
) -> list[Change]:
    """Plan the reminders of deadlines that a command adds or moves.

    Args:
        before: the process before it.
        after: the process after it, on the same day.

    Returns:
        The changes that plan calendar updates for met or lapsed deadlines, and cancel the reminders
        of those; to be made together with those of the command itself.
    """
    definition = after.definition
    concerned = affected_plans(definition, before.state, after.state)
    if not definition.ladders or concerned == NOTHING:
        return []
    days = (before.day, after.day)
    if (concerned is None or concerned.places) and recurs_yearly(definition):
        days = _planned_days(connection, head.id, before, after, now)
    old = plans_of(before.on(days[0]), concerned)
    new = plans_of(after.on(days[1]), concerned)
    changed = {key: plan for key, plan in new.items() if old.get(key) != plan}
    gone = {key: _why_gone(after, plan) for key, plan in old.items() if key not in new}
    if not changed and not gone:
        return []
    at = next_hour(definition, now)
    if changed:
        rows = reminders.brief_rows_of(connection, head.id, head.head_seq, changed)
        _replan(connection, definition, head, changed, rows, Occasion(after.day, now, now))
        known = {row.plan for row in rows}
        told = dict(_redated(old, {key: changed[key] for key in changed if key in known}))
        agendas.plan_updates(connection, head.id, head.head_seq, told, at)
    whole = concerned is None or not concerned.answers
    dues = _gone_as_a_whole(gone, new) if whole else {}
    rest = {key: why for key, why in gone.items() if key[0] not in dues}
    dated = [key for key in gone if old[key].deadline is not None]
    over = dict.fromkeys(due for due, _ in dated if due in dues)
    ended = [key for key in dated if key[0] not in dues]
    return [
        # First: which deadline is withdrawn is read from what is still planned.
        agendas.withdrawing_dues(head.id, head.head_seq, over, at),
        agendas.withdrawing(head.id, head.head_seq, ended, at),
        reminders.cancelling_dues(head.id, dues, now),
        reminders.cancelling(head.id, rest, now),
    ]


def _redated(old: Plans, new: Plans) -> Iterator[tuple[PlanKey, AgendaUpdate]]:
    """Yield the calendar updates that changed plans require."""
    for key, plan in new.items():
        before = old[key].deadline if key in old else None
        if plan.deadline is not None and plan.deadline != before:
            yield key, AgendaUpdate(CHANGED, plan.deadline)
        elif plan.deadline is None and before is not None:
            yield key, AgendaUpdate(WITHDRAWN, before)


def _gone_as_a_whole(gone: Mapping[PlanKey, Ended], left: Plans) -> dict[str, Ended]:
    """Return the dues of which all plans are gone for one and the same reason."""
    reasons: dict[str, set[Ended]] = {}
    for (due, _), why in gone.items():
        reasons.setdefault(due, set()).add(why)
    still = {due for due, _ in left}
    return {
        due: next(iter(found))
        for due, found in reasons.items()
        if len(found) == 1 and due not in still
    }


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and why plans are made.

    Attributes:
        today: the day, in the zone of the process.
        now: the instant.
        since: when they should have been made: earlier moments have lapsed, and moments between
            that and now are late, but not lost.
        by_calendar: they are made because the calendar changed.
    """

    today: date
    now: datetime
    since: datetime
    by_calendar: bool = False


def plan_anew(
    connection: Connection, head: Head, process: Snapshot, occasion: Occasion
) -> tuple[datetime | None, int]:
    """Make all plans of a process anew: a program that plans nothing wrote to it, or a year turns.

    Returns:
        Until when the plans hold, and up to which year recurring tasks are planned; to be recorded.
    """
    # At least as far as before: plans made by a clock ahead of ours are not taken back.
    definition = process.definition
    seq, _, before = reminders.planning_of(connection, head.id)
    year = max(before or 0, last_year(process))
    plans = plans_of(process.on(day_of_year(process, year)))
    rows = reminders.brief_rows_of(connection, head.id, head.head_seq)
    lost = [row for row in rows if row.status is Standing.PLANNED and row.plan not in plans]
    lost = [row for row in lost if row.rung != WITHDRAWN]
    reminders.cancel_rows(connection, lost, Ended.MET, occasion.now)
    _replan(connection, definition, head, plans, rows, occasion)
    letters = agendas.carried(connection, head.id)
    ended: Collection[PlanKey] = ()
    if letters and seq is not None and seq < head.head_seq:
        then = process.with_state(_state_at(connection, definition, head.id, seq))
        ended = plans_of(then.on(day_of_year(then, year))).keys() - plans
    told = dict(_otherwise_in_agendas(letters, plans, rows, occasion, ended))
    at = next_hour(definition, occasion.now)
    agendas.plan_updates(connection, head.id, head.head_seq, told, at)
    return plans_valid_until(process, year), year


def count_moved(definition: Definition, plans: Plans, rows: Iterable[BriefRow]) -> int:
    """Return how many planned reminders do not fit some plans."""
    there = _by_plan(plans, rows)
    return sum(
        1
        for key, plan in plans.items()
        for _ in _stale(plan, dict.fromkeys(reminders_of(definition, plan)), there[key])
    )


def _state_at(connection: Connection, definition: Definition, process: str, seq: int) -> State:
    """Return the state of a process as of an entry."""
    written = reading.read_journal(connection, process)
    return fold(definition, [entry for entry in written if entry.seq <= seq])


def _otherwise_in_agendas(
    letters: Iterable[Carried],
    plans: Plans,
    rows: Iterable[BriefRow],
    occasion: Occasion,
    ended: Collection[PlanKey],
) -> Iterator[tuple[PlanKey, AgendaUpdate]]:
    """Yield the calendar updates that were not planned, by the last letter about each deadline.

    Deadlines in the past that lapsed are not withdrawn, unless the letter was recent: they may have
        lapsed years ago.

    Args:
        ended: the plans that lapsed since they were made; those are withdrawn in any case.
    """
    planned = {
        (row.plan, row.rung == WITHDRAWN or row.deadline)
        for row in rows
        if row.status is Standing.PLANNED and row.for_agendas
    }
    for key, last in {each.plan: each for each in letters}.items():
        plan = plans.get(key)
        ends = None if plan is None else plan.deadline
        there = None if last.rung == WITHDRAWN else last.deadline
        if ends == there or (key, ends or True) in planned:
            continue
        if ends is not None:
            yield key, AgendaUpdate(CHANGED, ends)
        elif there is not None and (
            there >= occasion.today
            or key in ended
            or (last.settled_at is not None and last.settled_at > occasion.now - JUST)
        ):
            yield key, AgendaUpdate(WITHDRAWN, there)


def resend_undelivered(
    connection: Connection, process: str, stands: Snapshot, person: str, now: datetime
) -> int:
    """Resend a person's undelivered reminders of deadlines that are not met yet.

    Args:
        stands: of process as only stands today.
        person: their opaque id; only reminders of seats that they hold today are sent.

    Returns:
        The number of reminders.
    """
    year = reminders.planning_of(connection, process).year
    plans = plans_of(stands.on(planned_day(stands, year)))
    held = stands.state.seats_of(person, stands.day)
    seats = {(seat.role, seat.place) for seat in held}
    rows = [
        row
        for row in reminders.undelivered_to(connection, process, person)
        if (row.role, row.place) in seats
        and row.plan in plans
        and row.deadline == plans[row.plan].deadline
    ]
    reminders.resend(connection, rows, now)
    return len(rows)


def planned_day(now: Snapshot, year: int | None) -> date:
    """Return a day that yields the recurring tasks for which a process is planned.

    It is the last day of those plans, by the clock of their writer, which may have been ahead of
    ours. The next sweep plans what comes after it, and knows since when that is late.

    Args:
        now: the process on the day for which an older program is assumed to have planned.
        year: up to which year recurring tasks are planned; None if such a program planned.
    """
    return now.day if year is None else day_of_year(now, year)


def _planned_days(
    connection: Connection, process: str, before: Snapshot, after: Snapshot, now: datetime
) -> tuple[date, date]:
    """Return the days that yield the recurring tasks planned before and after a command.

    A longer ladder reaches further into the next year, which is then planned with the command; a
    shorter one takes nothing back.
    """
    _, until, year = reminders.planning_of(connection, process)
    reaches = year
    if year is not None and (until is None or until > now):
        reaches = max(year, last_year(after))
        ends = plans_valid_until(after, reaches)
        if (reaches, ends) != (year, until):
            reminders.mark_ahead(connection, process, ends, reaches)
    return planned_day(before, year), planned_day(after, reaches)


def _why_gone(now: Snapshot, plan: Plan) -> Ended:
    if plan.place in now.state.departures and not _was_owed(now, plan):
        return Ended.LEFT
    name = plan.ref.partition("/")[0].partition(".")[0]
    milestone = now.definition.milestones.get(name)
    if milestone is not None and now.state.milestones[name].state in milestone.bad:
        return Ended.STOPPED
    return Ended.MET


def _was_owed(now: Snapshot, plan: Plan) -> bool:
    """Return whether a plan is of a task that a party that left still owed."""
    milestone, _, name = plan.ref.rpartition("/")
    task = now.definition.tasks.get(TaskRef(milestone, name))
    return task is not None and still_owes(now, task, plan.place)


def _replan(
    connection: Connection,
    definition: Definition,
    head: Head,
    plans: Plans,
    rows: Iterable[BriefRow],
    occasion: Occasion,
) -> None:
    """Bring the reminders of some plans in line with those plans."""
    there = _by_plan(plans, rows)
    added: list[Row] = []
    for key, plan in plans.items():
        wanted = dict.fromkeys(reminders_of(definition, plan))
        stale = list(_stale(plan, wanted, there[key]))
        for why, found in _by_why(plan, stale, occasion).items():
            reminders.cancel_rows(connection, found, why, occasion.now)
        late: set[Planned] = set()
        if occasion.by_calendar:
            late = _told_anew(plan, wanted, stale, there[key], occasion)
        added += _new(head, plan, wanted, there[key], occasion.since, late)
    reminders.add_rows(connection, added)


def _by_plan(plans: Plans, rows: Iterable[BriefRow]) -> dict[PlanKey, list[BriefRow]]:
    """Return the reminders of each of some plans."""
    there: dict[PlanKey, list[BriefRow]] = {key: [] for key in plans}
    for row in rows:
        kept = there.get(row.plan)
        if kept is not None:
            kept.append(row)
    return there


def _told_anew(
    plan: Plan,
    wanted: Iterable[Planned],
    stale: Iterable[BriefRow],
    rows: Iterable[BriefRow],
    occasion: Occasion,
) -> set[Planned]:
    """Return the reminders to send although their moment is past by the new calendar.

    They are those that were not sent yet, and those that were sent with another day: each seat gets
        the new day once. A term that is over needs no reminder.
    """
    said = {_told(row) for row in stale if not row.meant_for}
    if plan.deadline is not None and plan.deadline >= occasion.today:
        sent = (row for row in rows if row.status is Standing.SENT and not row.meant_for)
        said |= {_told(row) for row in sent if row.deadline != plan.deadline}
    last: dict[tuple[str, str], Planned] = {}
    for each in sorted(wanted, key=lambda each: each.at):
        if each.at < occasion.now and (each.rung, each.role, each.place) in said:
            last[each.role, each.place] = each
    return set(last.values())


def _told(row: BriefRow) -> tuple[str, str, str]:
    return (row.rung, row.role, row.place)


def _by_why(
    plan: Plan, stale: Iterable[BriefRow], occasion: Occasion
) -> dict[Ended, list[BriefRow]]:
    """Return the reminders that no longer follow from a plan, by reason."""
    found: dict[Ended, list[BriefRow]] = {}
    for row in stale:
        if row.rung == WITHDRAWN:
            why = Ended.AGAIN
        elif occasion.by_calendar:
            why = Ended.CALENDAR
        else:
            why = Ended.AMENDED if row.deadline == plan.deadline else Ended.MOVED
        found.setdefault(why, []).append(row)
    return found


def _stale(plan: Plan, wanted: Collection[Planned], rows: Iterable[BriefRow]) -> Iterator[BriefRow]:
    """Yield planned reminders that do not follow from a plan.

    A reminder for a stand-in depends on the deadline only, not on a rung.
    """
    for row in rows:
        if row.status is Standing.PLANNED:
            fits = row.planned in wanted or row.meant_for or row.rung == CHANGED
            if row.rung == WITHDRAWN:
                if plan.deadline is not None:
                    yield row
            elif row.deadline != plan.deadline or not fits:
                yield row


def _new(
    head: Head,
    plan: Plan,
    wanted: Iterable[Planned],
    rows: Collection[BriefRow],
    since: datetime,
    late: Collection[Planned] = (),
) -> Iterator[Row]:
    """Yield the reminders of a plan that are missing.

    A cancelled reminder that is wanted again is added anew, as lapsed if its moment is past. A
    reminder that was sent is not sent again because another calendar moves it.

    Args:
        late: the reminders to send although their moment is past.
    """
    if plan.deadline is None:
        return
    sent = {_told(row) for row in rows if is_settled(row) and row.deadline == plan.deadline}
    missing = {each: None for each in wanted if (each.rung, each.role, each.place) not in sent}
    for kept in rows:
        stands = kept.status is not Standing.CANCELLED and not kept.meant_for
        if stands and kept.deadline == plan.deadline:
            missing.pop(kept.planned, None)
    after = max((row.version + 1 for row in rows), default=0)
    yield from _rows(head, plan, missing, since, late, after)


def _rows(
    head: Head,
    plan: Plan,
    wanted: Iterable[Planned],
    since: datetime,
    late: Collection[Planned] = (),
    after: int = 0,
) -> Iterator[Row]:
    """Yield reminders of a plan, all of them as they are when they are new.

    Args:
        since: what lies before it has lapsed, but for what is sent although it is late.
        after: the least that may be their version; else it is the entry by which they are planned.
    """
    if plan.deadline is None:
        return
    process, due, subject, deadline = head.id, plan.due, plan.subject, plan.deadline
    version = max(head.head_seq, after)
    for each in wanted:
        rung, role, place, at = each
        past = at < since and each not in late
        status, next_at = (Standing.LAPSED, None) if past else (Standing.PLANNED, at)
        # By position, as there may be tens of thousands.
        yield Row(
            process, due, subject, rung, role, place, "", 0, version, deadline, at, status, next_at,
            None, None, None,
        )  # fmt: skip


def is_settled(row: BriefRow) -> bool:
    """Return whether a reminder was sent or could not be delivered; no calendar reopens it."""
    return row.status in (Standing.SENT, Standing.UNDELIVERED) and not row.meant_for


def planned_row(process: str, plan: Plan, deadline: date, each: Planned, version: int) -> Row:
    """Return a planned reminder.

    Args:
        deadline: that of the plan.
        version: the number of the entry that plans it.
    """
    return Row(
        process=process,
        due=plan.due,
        subject=plan.subject,
        rung=each.rung,
        role=each.role,
        place=each.place,
        meant_for="",
        copy=0,
        version=version,
        deadline=deadline,
        at=each.at,
        status=Standing.PLANNED,
        next_at=each.at,
        message=None,
        settled_at=None,
        why=None,
    )
