"""Planning reminders: the rows that a command adds and cancels, in its own transaction.

What is planned follows from where a process stands. What was sent stays sent, also when its
deadline gets another date; what is past when it is planned has lapsed and is never sent.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from definitions.model import Definition
from workflow.plans import (
    NOTHING,
    Plan,
    PlanKey,
    Planned,
    Plans,
    holds_until,
    plans_of,
    reminders_of,
    touched,
)
from workflow.reminders import Ended, Standing
from workflow.state import State
from workflow.storage import reminders
from workflow.storage.changes import Change
from workflow.storage.database import Connection
from workflow.storage.reminders import BriefRow, Row
from workflow.storage.store import Head


def plan_start(
    connection: Connection,
    definition: Definition,
    head: Head,
    state: State,
    today: date,
    now: datetime,
) -> None:
    """Plan the reminders of a process that begins.

    Args:
        head: where its journal ends; what is planned is planned by that entry.
        today: the day, in its zone.
        now: the instant at which it is recorded: what lies before it has lapsed.
    """
    plans = plans_of(definition, state, today)
    rows = (
        row
        for plan in plans.values()
        for row in _new(head, plan, dict.fromkeys(reminders_of(definition, plan)), (), now)
    )
    reminders.add_rows(connection, list(rows))


def plan_change(
    connection: Connection,
    definition: Definition,
    head: Head,
    states: tuple[State, State],
    today: date,
    now: datetime,
) -> list[Change]:
    """Plan what a command changes: of deadlines that are moved, or new.

    Args:
        states: the state before and after it.

    Returns:
        What cancels the reminders of deadlines that are met, or gone, to be made along with the
        command itself.
    """
    before, after = states
    concerned = touched(before, after)
    if not definition.ladders or concerned == NOTHING:
        return []
    if concerned is None or concerned.places:
        today = latest_day(connection, definition, head.id, today)
    old = plans_of(definition, before, today, concerned)
    new = plans_of(definition, after, today, concerned)
    changed = {key: plan for key, plan in new.items() if old.get(key) != plan}
    if changed:
        rows = reminders.kept_of(connection, head.id, head.head_seq, changed)
        _replan(connection, definition, head, changed, rows, now, now)
    gone = {key: _why_gone(definition, after, plan) for key, plan in old.items() if key not in new}
    whole = concerned is None or not concerned.answers
    dues = _gone_as_a_whole(gone, new) if whole else {}
    rest = {key: why for key, why in gone.items() if key[0] not in dues}
    return [
        reminders.cancelling_dues(head.id, dues, now),
        reminders.cancelling(head.id, rest, now),
    ]


def _gone_as_a_whole(gone: Mapping[PlanKey, Ended], left: Plans) -> dict[str, Ended]:
    """Return the dues that concern nobody any more, for one and the same reason."""
    reasons: dict[str, set[Ended]] = {}
    for (due, _), why in gone.items():
        reasons.setdefault(due, set()).add(why)
    still = {due for due, _ in left}
    return {
        due: next(iter(found))
        for due, found in reasons.items()
        if len(found) == 1 and due not in still
    }


def plan_anew(
    connection: Connection,
    definition: Definition,
    head: Head,
    state: State,
    today: date,
    now: datetime,
    since: datetime,
) -> None:
    """Plan all of a process anew: a program that plans nothing wrote to it, or a year began.

    Args:
        since: the instant from which that should have been done: what lies before it has lapsed.
            What lies between that and the present is late, and not lost.
    """
    plans = plans_of(definition, state, today)
    rows = reminders.kept_of(connection, head.id, head.head_seq)
    lost = [row for row in rows if row.status is Standing.PLANNED and row.plan not in plans]
    reminders.cancel_rows(connection, lost, Ended.MET, now)
    _replan(connection, definition, head, plans, rows, now, since)


def tell_again(
    connection: Connection,
    definition: Definition,
    process: str,
    state: State,
    person: str,
    today: date,
    now: datetime,
) -> int:
    """Have somebody told what could not be delivered to them, of deadlines that are not met yet.

    Args:
        person: their opaque id; it concerns the seats that they hold today.

    Returns:
        How many reminders that are.
    """
    plans = plans_of(definition, state, today)
    seats = {(seat.role, seat.place) for seat in state.seats_of(person, today)}
    rows = [
        row
        for row in reminders.undelivered_to(connection, process, person)
        if (row.role, row.place) in seats
        and row.plan in plans
        and row.deadline == plans[row.plan].deadline
    ]
    reminders.send_again(connection, rows, now)
    return len(rows)


def latest_day(connection: Connection, definition: Definition, process: str, today: date) -> date:
    """Return the day for which to plan: in the year for which somebody planned already, or today.

    The clock of whoever did was ahead of ours; what arose by it is not taken back by ours.
    """
    if holds_until(definition, today) is None:
        return today
    _, until = reminders.planned_up_to(connection, process)
    return today if until is None else max(today, last_day(until).replace(month=1, day=1))


def last_day(until: datetime) -> date:
    """Return a day of the last year for which plans hold, whatever the zone of the process."""
    return until.date() - timedelta(days=1)


def _why_gone(definition: Definition, state: State, plan: Plan) -> Ended:
    if plan.place in state.departures:
        return Ended.LEFT
    name = plan.ref.partition("/")[0].partition(".")[0]
    milestone = definition.milestones.get(name)
    if milestone is not None and state.milestones[name].state in milestone.bad:
        return Ended.STOPPED
    return Ended.MET


def _replan(
    connection: Connection,
    definition: Definition,
    head: Head,
    plans: Plans,
    rows: Iterable[BriefRow],
    now: datetime,
    since: datetime,
) -> None:
    """Bring the reminders of some plans to what those say."""
    there: dict[PlanKey, list[BriefRow]] = {key: [] for key in plans}
    for row in rows:
        kept = there.get((row.due, row.subject))
        if kept is not None:
            kept.append(row)
    added: list[Row] = []
    for key, plan in plans.items():
        wanted = dict.fromkeys(reminders_of(definition, plan))
        stale = list(_stale(plan, wanted, there[key]))
        moved = [row for row in stale if row.deadline != plan.deadline]
        reminders.cancel_rows(connection, moved, Ended.MOVED, now)
        others = [row for row in stale if row.deadline == plan.deadline]
        reminders.cancel_rows(connection, others, Ended.AMENDED, now)
        added += _new(head, plan, wanted, there[key], since)
    reminders.add_rows(connection, added)


def _stale(plan: Plan, wanted: Collection[Planned], rows: Iterable[BriefRow]) -> Iterator[BriefRow]:
    """Yield what is planned and does not follow from a plan.

    What goes to another seat because the first could not be told follows the deadline, not a rung.
    """
    for row in rows:
        if row.status is Standing.PLANNED:
            fits = row.planned in wanted or row.meant_for
            if row.deadline != plan.deadline or not fits:
                yield row


def _new(
    head: Head, plan: Plan, wanted: Iterable[Planned], rows: Collection[BriefRow], since: datetime
) -> Iterator[Row]:
    """Yield the reminders of a plan that are not there, or not any more.

    Cancelled and wanted again: anew, and where its moment is past, lapsed.
    """
    if plan.deadline is None:
        return
    missing = dict.fromkeys(wanted)
    for kept in rows:
        stands = kept.status is not Standing.CANCELLED and not kept.meant_for
        if stands and kept.deadline == plan.deadline:
            missing.pop(kept.planned, None)
    version = max([head.head_seq, *(row.version + 1 for row in rows)]) if missing else 0
    for each in missing:
        row = planned_row(head.id, plan, plan.deadline, each, version)
        past = each.at < since
        yield replace(row, status=Standing.LAPSED, next_at=None) if past else row


def planned_row(process: str, plan: Plan, deadline: date, each: Planned, version: int) -> Row:
    """Return a reminder that is still to be sent.

    Args:
        deadline: that of the plan.
        version: by which entry it is planned.
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
