"""Terms (*termijnen*): on which day a due ends, for everybody or for one party.

A due has the date of the definition, or the one it was last given, or it counts from something
that has to happen first: then its date is not known until that happens, and each party has its
own where each reports the event for itself (eight weeks after *its* receipt, Wgr 1.3). A term of
the law that is counted so runs on to a working day; one that is counted back, and a date that
somebody chose, stay where they are (Algemene termijnenwet 1).
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import NamedTuple

from definitions.calendar.dates import UNKNOWN, PartialDate, day_of, parse_date
from definitions.calendar.lengths import (
    Distance,
    Length,
    Unit,
    day_after,
    day_before,
    end_of_statutory_term,
)
from definitions.calendar.workdays import Works, check_year, is_working_day
from definitions.language.errors import InvalidValue, given_as
from definitions.language.values import dataclass
from definitions.model import Definition, Due, Task, TaskRef
from workflow.model.state import State, TaskState
from workflow.rules.asked import asked_bodies, asked_subjects
from workflow.rules.snapshot import Snapshot


def due_name(ref: str, year: int | None) -> str:
    """Return the name of a due: its reference, and its year where it comes back."""
    return ref if year is None else f"{ref} ({year})"


def due_named(name: str) -> tuple[str, int | None]:
    """Return the reference and the year of a due from its name."""
    ref, bracket, year = name.partition(" (")
    return ref, int(year.removesuffix(")")) if bracket else None


def due_date(
    now: Snapshot,
    due: Due,
    party: str = "",
    year: int | None = None,
    works: Works = is_working_day,
) -> PartialDate:
    """Return the present date of a due.

    Args:
        party: the party, if each has its own term; empty for the due as a whole.
        year: its year, if it recurs yearly.
        works: another calendar than the present one.

    Returns:
        The day in that year, the date it was last given, the date of the definition, or the one
        counted from its anchor; unknown if that has not happened. Of the earliest of some days, as
        long as not all are known, “by” the earliest that is. A statutory term never ends before the
        law lets it, whatever date it was given.
    """
    if due.yearly is not None and year is not None:
        month, day = due.yearly
        return day_of(date(year, month, day))
    moved = now.state.moved(due.ref)
    if moved is not None:
        given = parse_date(moved.date)
        ends = _end_by_law(now, due, party, works)
        return ends if _is_later(ends, given) else given
    if due.anchor is None and not due.earliest:
        return due.date
    return _end_of(now, due, party, works).when


def _is_later(ends: PartialDate, given: PartialDate) -> bool:
    """Return whether a term of the law ends after the date that it was given."""
    return ends.last is not None and (given.deadline is None or ends.last > given.deadline)


class _End(NamedTuple):
    """When a due ends, as far as that is known.

    Attributes:
        begins: the day from which it is counted; None where it is not counted, or not yet.
        all_known: nothing that may make it earlier is still unknown.
    """

    when: PartialDate
    begins: date | None = None
    all_known: bool = True


def _end_by_law(now: Snapshot, due: Due, party: str, works: Works) -> PartialDate:
    """Return when a term of the law ends; unknown where it is none, or has not begun."""
    if not any(_is_of_law(each) for each in due.bounds):
        return UNKNOWN
    end = _end_of(now, due, party, works)
    return end.when if end.all_known else UNKNOWN


def _is_of_law(due: Due) -> bool:
    return due.statutory and due.is_counted


def _end_of(now: Snapshot, due: Due, party: str, works: Works) -> _End:
    """Return when a due ends by its definition."""
    ends = [_end_of_bound(now, each, party, works) for each in due.bounds]
    known = [each for each in ends if each.when.deadline_by(works) is not None]
    if not known:
        return _End(UNKNOWN, all_known=False)
    first = min(known, key=lambda each: each.when.deadline_by(works) or date.max)
    if len(known) == len(ends):
        return first._replace(when=_as_it_ended(now.state, due, party, first))
    return _End(_at_the_latest(first.when.deadline_by(works) or date.max), first.begins, False)


def _at_the_latest(day: date) -> PartialDate:
    return parse_date(f"by {day}")


def _end_of_bound(now: Snapshot, due: Due, party: str, works: Works) -> _End:
    """Return when a due ends that is not the earliest of others."""
    if due.anchor is None:
        return _End(due.date)
    if not due.is_counted:
        return _End(_planned(now, due, works))
    begins = happened_on(now, due.anchor, party)
    if begins is None or due.distance is None:
        return _End(UNKNOWN)
    try:
        return _End(day_of(_end(due, begins, due.distance, works)), begins)
    except InvalidValue:
        return _End(UNKNOWN)  # of a year whose working days are not known; commands refuse such


def _as_it_ended(state: State, due: Due, party: str, end: _End) -> PartialDate:
    """Return the last day of a term: what it was, where it had ended before a calendar changed it.

    Counted from another day it is another term.
    """
    if not state.shifts or not depends_on_calendar(due):
        return end.when
    known = state.shifts.get((due.ref, party)) or state.shifts.get((due.ref, ""))
    if known is None or not known.closed:
        return end.when
    begins = "" if end.begins is None else end.begins.isoformat()
    same = (known.counted_from, known.ends) == (begins, end.when.deadline)
    return day_of(known.was) if same else end.when


def depends_on_calendar(due: Due) -> bool:
    """Return whether the number of days of a term depends on which days are off."""
    return any(
        each.is_counted
        or (isinstance(each.distance, Length) and each.distance.unit is Unit.WORKING_DAYS)
        for each in due.bounds
    )


def end_is_settled(now: Snapshot, due: Due, party: str) -> bool:
    """Return whether a due that was not moved can get no other date by what may still happen."""
    return not due.earliest or _end_of(now, due, party, is_working_day).all_known


def bound_date(now: Snapshot, bound: Due, party: str) -> PartialDate:
    """Return the date of one of the days of which a due is the earliest; unknown for now."""
    return _end_of_bound(now, bound, party, is_working_day).when


def counted_from(now: Snapshot, due: Due, party: str) -> date | None:
    """Return the day from which the last day of a term is counted; None where it is not."""
    return _end_of(now, due, party, is_working_day).begins


def begun_on(now: Snapshot, due: Due, party: str) -> date | None:
    """Return the first day of the term of a due; None where nothing says when it begins."""
    if due.earliest:
        return counted_from(now, due, party)
    if due.anchor is None or due.distance is None:
        return None
    return happened_on(now, due.anchor, party)


def _end(due: Due, begins: date, distance: Distance, works: Works = is_working_day) -> date:
    """Return the last day of a term that is counted from a day."""
    if due.statutory and isinstance(distance, Length):
        return end_of_statutory_term(begins, distance, works)
    return day_after(begins, distance, works)


def check_terms(definition: Definition, anchor: str, begins: date) -> None:
    """Refuse an event from which a term counts into a year whose working days are not known.

    Args:
        anchor: what happens: ``milestone.state``, or a task.
        begins: the day on which it does.

    Raises:
        InvalidValue: a term would end in such a year.
    """
    for due in chain.from_iterable(each.bounds for each in definition.dues.values()):
        if due.anchor == anchor and due.is_counted and due.distance is not None:
            with given_as("on"):
                check_year(_end(due, begins, due.distance))


def _planned(now: Snapshot, due: Due, works: Works) -> PartialDate:
    """Return when that is planned before which something is to be done; else, not known.

    So long before it is counted from the first day it can be, and is never moved.
    """
    planned = anchor_of(now.definition, due)
    if planned is None:
        return due.date
    when = due_date(now, planned, works=works)
    if not isinstance(due.distance, Length):
        return when
    if when.opening_day is None:
        return UNKNOWN
    try:
        return day_of(day_before(when.opening_day, due.distance, works))
    except InvalidValue:
        return UNKNOWN


def anchor_of(definition: Definition, due: Due) -> Due | None:
    """Return the due with which another one moves along, where there is one.

    That is the one of the state before which it lies, where that is a date, or is counted from
    what happens. One that lies before another again has none.
    """
    milestone, dot, state = (due.anchor or "").partition(".")
    if due.relation != "before" or not dot:
        return None
    planned = definition.milestones[milestone].dues.get(state)
    return planned if planned is not None and planned.relation != "before" else None


def happened_on(now: Snapshot, anchor: str, party: str) -> date | None:
    """Return the day of the event that a due counts from; None if it has not happened.

    Args:
        anchor: ``milestone.state``, or a task; if each party has its own, the party's.
    """
    milestone, dot, name = anchor.partition(".")
    if dot:
        return now.state.milestones[milestone].entered.get(name)
    where, _, task = anchor.rpartition("/")
    found = now.definition.tasks[TaskRef(where, task)]
    subject = party if party in found.subjects else ""
    # Of a task that is done anew each round, what was reported in a round that is over is over too.
    number = now.state.round_of(where) if found.each_round else 0
    reports = _of_any_year(now.state, found, subject) if found.yearly else ()
    last = now.state.tasks.get((where, task, subject, number))
    done = (each.effective_on for each in (last, *reports) if each is not None and each.done)
    return max(done, default=None)


def _of_any_year(state: State, task: Task, subject: str) -> Iterator[TaskState]:
    """Yield the reports of a yearly task, of every year."""
    of = (task.ref.milestone, task.ref.task, subject)
    return (report for key, report in state.tasks.items() if key[:3] == of)


def is_counted_per_party(definition: Definition, due: Due) -> bool:
    """Return whether a due counts from a task that each party reports for itself."""
    return task_of_each_party(definition, due) is not None


def task_of_each_party(definition: Definition, due: Due) -> Task | None:
    """Return the task from which a due counts, for each party from its own; None where none is."""
    for each in due.bounds:
        milestone, _, name = (each.anchor or "").rpartition("/")
        task = definition.tasks.get(TaskRef(milestone, name)) if each.is_counted else None
        if task is not None and task.subjects != ("",):
            return task
    return None


def parties_with_term(now: Snapshot, due: Due) -> tuple[str, ...] | None:
    """Return the parties that each have their own term of a due; None where it is one for all.

    That of a state is one: it is entered once.
    """
    if not is_counted_per_party(now.definition, due):
        return None
    where, _, name = due.ref.rpartition("/")
    task = now.definition.tasks.get(TaskRef(where, name))
    if task is not None:
        return asked_subjects(now, task) if task.subjects != ("",) else None
    milestone = now.definition.milestones.get(where)
    if milestone is None:
        return None
    bodies = asked_bodies(now, where, milestone.requests[name])
    return tuple(dict.fromkeys(now.definition.party_of(body) for body in bodies))


# --- terms of the law --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShortTerm:
    """A term of the law that was given a date before the law lets it end.

    Attributes:
        party: whose; empty where it is one term for all.
        ends: the last day that the law gives.
        given: the date it was given.
    """

    due: str
    party: str
    ends: date
    given: PartialDate


def legal_ends(now: Snapshot, due: Due, at_the_earliest: date | None = None) -> dict[str, date]:
    """Return on which day a term of the law ends, whatever date it was given, for each party.

    Args:
        at_the_earliest: the day on which what it counts from can still happen, where it has not;
            those are left out when None.

    Raises:
        InvalidValue: it would end in a year whose working days are not known.
    """
    if not any(map(_is_of_law, due.bounds)):
        return {}
    found = (
        (party, _legal_end(now, due, party, at_the_earliest)) for party in term_holders(now, due)
    )
    return {party: ends for party, ends in found if ends is not None}


def _legal_end(now: Snapshot, due: Due, party: str, at_the_earliest: date | None) -> date | None:
    """Return on which day a term of the law ends for a party; None where it has not begun."""
    ends: list[date | None] = []
    for each in due.bounds:
        if not each.is_counted or each.distance is None:
            ends.append(_end_of_bound(now, each, party, is_working_day).when.deadline)
            continue
        begins = happened_on(now, str(each.anchor), party) or at_the_earliest
        if begins is not None:
            ends.append(_end(each, begins, each.distance))
        elif each.statutory:
            return None
    return min((each for each in ends if each is not None), default=None)


def term_holders(now: Snapshot, due: Due) -> tuple[str, ...]:
    """Return the parties that have a term of their own; an empty one where it is one for all."""
    parties = parties_with_term(now, due)
    if parties is not None:
        return parties
    task = task_of_each_party(now.definition, due) if "." in due.ref else None
    return ("",) if task is None else asked_subjects(now, task)


def short_terms(now: Snapshot) -> Iterator[ShortTerm]:
    """Yield the terms of the law that were given a date before the law lets them end."""
    for due in now.definition.dues.values():
        moved = now.state.moved(due.ref) if any(map(_is_of_law, due.bounds)) else None
        given = UNKNOWN if moved is None else parse_date(moved.date)
        if given.deadline is not None:
            for party, ends in legal_ends(now, due).items():
                if given.deadline < ends:
                    yield ShortTerm(due.ref, party, ends, given)
