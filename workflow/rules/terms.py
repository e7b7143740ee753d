"""Terms (*termijnen*): on which day a due ends, for everybody or for one party.

A due has the date of the definition, or the one it was last given, or it counts from something
that has to happen first: then its date is not known until that happens, and each party has its
own where each reports the event for itself (eight weeks after *its* receipt, Wgr 1.3). A term of
the law that is counted so runs on to a working day; one that is counted back, and a date that
somebody chose, stay where they are (Algemene termijnenwet 1).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from definitions.calendar.dates import UNKNOWN, PartialDate, day_of, parse_date
from definitions.calendar.workdays import Works, check_year, end_of_statutory_term, is_working_day
from definitions.language.errors import InvalidValue, given_as
from definitions.language.values import dataclass
from definitions.model import Definition, Due, Task, TaskRef
from workflow.model.state import State, TaskState
from workflow.rules.snapshot import Snapshot

_ONE_WEEK = timedelta(weeks=1)


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
        counted from its anchor; unknown if that has not happened. A statutory term never ends
        before the law lets it, whatever date it was given.
    """
    if due.yearly is not None and year is not None:
        month, day = due.yearly
        return day_of(date(year, month, day))
    moved = now.state.moved(due.ref)
    counted = is_counted(due)
    if moved is not None:
        given = parse_date(moved.date)
        statutory = counted and due.statutory
        ends = _counted(now, due, party, works) if statutory else UNKNOWN
        return ends if _is_later(ends, given) else given
    if due.anchor is None:
        return due.date
    if counted:
        return _counted(now, due, party, works)
    return _planned(now, due)


def _is_later(ends: PartialDate, given: PartialDate) -> bool:
    """Return whether a term of the law ends after the date that it was given."""
    return ends.last is not None and (given.deadline is None or ends.last > given.deadline)


def _counted(now: Snapshot, due: Due, party: str, works: Works) -> PartialDate:
    """Return the day on which a term ends that counts from something; else, not known."""
    begins = happened_on(now, str(due.anchor), party)
    if begins is None or due.weeks is None:
        return UNKNOWN
    try:
        ends = _end(due, begins, due.weeks, works)
    except InvalidValue:
        return UNKNOWN  # of a year whose working days are not known; commands refuse such
    return day_of(_as_it_ended(now.state, due.ref, party, begins, ends))


def _as_it_ended(state: State, ref: str, party: str, begins: date, ends: date) -> date:
    """Return the last day of a term: what it was, where it had ended before a calendar changed it.

    Args:
        begins: from which day it is counted; from another one it is another term.
        ends: its last day by the calendar.
    """
    if not state.shifts:
        return ends
    known = state.shifts.get((ref, party)) or state.shifts.get((ref, ""))
    if known is None or not known.closed:
        return ends
    same = (known.counted_from, known.ends) == (begins.isoformat(), ends)
    return known.was if same else ends


def _end(due: Due, begins: date, weeks: int, works: Works = is_working_day) -> date:
    """Return the last day of a term that is counted from a day."""
    if not due.statutory:
        return begins + weeks * _ONE_WEEK
    return end_of_statutory_term(begins, weeks, works)


def check_terms(definition: Definition, anchor: str, begins: date) -> None:
    """Refuse an event from which a term counts into a year whose working days are not known.

    Args:
        anchor: what happens: ``milestone.state``, or a task.
        begins: the day on which it does.

    Raises:
        InvalidValue: a term would end in such a year.
    """
    for due in definition.dues.values():
        if due.anchor == anchor and due.weeks is not None and due.relation == "after":
            with given_as("on"):
                check_year(_end(due, begins, due.weeks))


def _planned(now: Snapshot, due: Due) -> PartialDate:
    """Return when that is planned before which something is to be done; else, not known.

    So many weeks before it are counted from the first day it can be, and are never moved.
    """
    planned = anchor_of(now.definition, due)
    if planned is None:
        return due.date
    when = due_date(now, planned)
    if due.weeks is None or when.opening_day is None:
        return when if due.weeks is None else UNKNOWN
    return day_of(when.opening_day - due.weeks * _ONE_WEEK)


def anchor_of(definition: Definition, due: Due) -> Due | None:
    """Return the due with which another one moves along, where there is one.

    That is the one of the state before which it lies, where that has a date of its own.
    """
    milestone, dot, state = (due.anchor or "").partition(".")
    if due.relation != "before" or not dot:
        return None
    planned = definition.milestones[milestone].dues.get(state)
    return planned if planned is not None and planned.anchor is None else None


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


def is_counted(due: Due) -> bool:
    """Return whether a due ends so many weeks after something."""
    return due.anchor is not None and due.weeks is not None and due.relation == "after"


def is_counted_per_party(definition: Definition, due: Due) -> bool:
    """Return whether a due counts from a task that each party reports for itself."""
    milestone, _, task = (due.anchor or "").rpartition("/")
    found = definition.tasks.get(TaskRef(milestone, task))
    counted = due.weeks is not None and due.relation == "after"
    return counted and found is not None and found.subjects != ("",)


def parties_with_term(now: Snapshot, due: Due) -> tuple[str, ...] | None:
    """Return the parties that each have their own term of a due; None where it is one for all.

    That of a state is one: it is entered once.
    """
    if not is_counted_per_party(now.definition, due):
        return None
    where, _, name = due.ref.rpartition("/")
    task = now.definition.tasks.get(TaskRef(where, name))
    if task is not None:
        return now.state.remaining(task.subjects) if task.subjects != ("",) else None
    milestone = now.definition.milestones.get(where)
    if milestone is None:
        return None
    bodies = now.state.asked(now.definition, milestone.requests[name].bodies)
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
    if due.anchor is None or due.weeks is None or not due.statutory or due.relation == "before":
        return {}
    ends = {}
    for party in term_holders(now, due):
        begins = happened_on(now, due.anchor, party) or at_the_earliest
        if begins is not None:
            ends[party] = _end(due, begins, due.weeks)
    return ends


def term_holders(now: Snapshot, due: Due) -> tuple[str, ...]:
    """Return the parties that have a term of their own; an empty one where it is one for all."""
    parties = parties_with_term(now, due)
    if parties is not None:
        return parties
    if "." not in due.ref or not is_counted_per_party(now.definition, due):
        return ("",)
    milestone, _, task = (due.anchor or "").rpartition("/")
    return now.state.remaining(now.definition.tasks[TaskRef(milestone, task)].subjects)


def short_terms(now: Snapshot) -> Iterator[ShortTerm]:
    """Yield the terms of the law that were given a date before the law lets them end."""
    for due in now.definition.dues.values():
        moved = now.state.moved(due.ref) if due.statutory else None
        given = UNKNOWN if moved is None else parse_date(moved.date)
        if given.deadline is not None:
            for party, ends in legal_ends(now, due).items():
                if given.deadline < ends:
                    yield ShortTerm(due.ref, party, ends, given)
