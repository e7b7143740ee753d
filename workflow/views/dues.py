"""The dues of a process: until when something is to be done, and whether it is."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from definitions.calendar.dates import parse_date
from definitions.calendar.lengths import Distance, Length, Unit
from definitions.language.values import dataclass, replace
from definitions.model import Definition, Due, Effect, Milestone, Request, Task
from workflow.rules.asked import asked_bodies
from workflow.rules.deadlines import last_year
from workflow.rules.gates import decisions_on
from workflow.rules.tasks import Instance, first_year, instances_of, task_name
from workflow.rules.terms import anchor_of, bound_date, due_date, due_name, is_counted_per_party
from workflow.views.requests import (
    DecisionView,
    Requests,
    RequestView,
    decision_view,
    requests_of,
)
from workflow.views.seen import Seen

Day = date
"""The type, where a field is called ``date``."""


@dataclass(frozen=True, slots=True)
class MovedView:
    """A new date of a due: the date before and after, when (as written), and why."""

    before: str
    after: str
    effective: str
    effective_on: Day
    reason: str


@dataclass(frozen=True, slots=True)
class BoundView:
    """One of the days of which a due is the earliest.

    Attributes:
        date: the day; None where it is not known, since what it counts from has not happened.
        distance: how far it lies from the anchor; None where it has none.
    """

    date: Day | None
    written: str
    relation: str | None
    anchor: str | None
    distance: Distance | None


@dataclass(frozen=True, slots=True)
class DueView:
    """A due: until when something has to be done, and whether it is.

    Attributes:
        date: the last day of the term; None if it is not known.
        written: the date as the source has it.
        met: whether it is done, or no longer asked.
        over: it is met only because it is no longer asked; not all of it was done.
        proved: whether everything it depends on is on record.
        moves: every later date that it was given, in order.
        waits_for: the facts that must become known before it has a date.
        waiting_for: the bodies, parties or groups that have not done it yet.
        unreceived: the bodies whose answer has no known day of receipt, if receipt meets the due.
        late: the bodies whose answer was given, or received, after it had ended.
        weeks: how many weeks it lies from the anchor; None where that is not said in weeks.
        distance: how far it lies from the anchor; None where that is not said.
        earliest: the days of which it is the earliest; where one is not known, the date is only the
            latest it can be. None of them where it is one by itself, or was moved.
    """

    id: str
    date: Day | None
    written: str
    precision: str
    target: bool
    days_left: int | None
    overdue: bool
    met: bool
    proved: bool
    why_unknown: str | None
    relation: str | None
    anchor: str | None
    weeks: int | None
    moves: tuple[MovedView, ...]
    waits_for: tuple[str, ...]
    waiting_for: tuple[str, ...]
    unreceived: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    arisen: bool = True
    over: bool = False
    distance: Distance | None = None
    earliest: tuple[BoundView, ...] = ()


def all_dues(seen: Seen) -> list[DueView]:
    """Return every due of a process, the nearest first; those without a date last."""
    return nearest_first(chain.from_iterable(dues_by_milestone(seen, requests_of(seen)).values()))


def nearest_first(dues: Iterable[DueView]) -> list[DueView]:
    """Return dues by their date, those without one last."""
    return sorted(dues, key=lambda due: due.date or date.max)


def dues_by_milestone(seen: Seen, requests: Requests) -> dict[str, tuple[DueView, ...]]:
    """Return the dues of each milestone, and those of no milestone under an empty id.

    Args:
        requests: how far each request is.
    """
    found = {
        each.id: tuple(_dues_of(seen, each, requests[each.id]))
        for each in seen.definition.milestones.values()
    }
    of_none = (due for task in seen.definition.tasks_of("") for due in _task_dues(seen, task))
    return {**found, "": tuple(of_none)}


def _dues_of(
    seen: Seen, milestone: Milestone, requests: Iterable[RequestView]
) -> Iterator[DueView]:
    """Yield the dues of a milestone: of its states, its requests and its tasks."""
    now = seen.state.milestones[milestone.id]
    over = now.state in milestone.final
    unproved = [key for key in seen.state.unproved() if key[0] == milestone.id]
    for state, due in milestone.dues.items():
        proved = not any(target == state for _, _, _, target in unproved)
        entered = state in now.entered
        view = due_view(seen, due, met=over or entered, proved=proved)
        yield _ended(view, over=over and not entered)
    for each in requests:
        request = milestone.requests[each.id]
        if request.due is not None:
            if is_counted_per_party(seen.definition, request.due):
                yield from _own_dues(seen, request, request.due, over=over)
                continue
            undecided = _undecided(each)
            past = over or (each.round > 0 and not each.open)
            passed = any(source in request.admitted_in for _, _, source, _ in unproved)
            asked = due_view(
                seen,
                request.due,
                met=past or not undecided,
                proved=not (undecided and passed),
                of=undecided,
            )
            asked = _ended(asked, over=past and bool(undecided))
            yield _with_receipts(seen.definition, asked, request, each.given)
    for task in seen.definition.tasks_of(milestone.id):
        yield from _task_dues(seen, task, over=over)


def _is_silence(definition: Definition, request: Request, given: DecisionView) -> bool:
    """Return whether only the passing of the term is on record, so that nothing was sent."""
    outcomes = definition.instruments[request.instruments[given.body]].outcomes
    return outcomes[str(given.outcome)].needs_past_due


def _with_receipts(
    definition: Definition, due: DueView, request: Request, given: tuple[DecisionView, ...]
) -> DueView:
    """Return a due of a request with whose answers came late, or are not known to have come.

    Where receipt meets the term, an answer that was decided in time is not proved to be in time
    until its receipt is on record.
    """
    answers = [
        each
        for each in given
        if each.effect not in (None, Effect.PENDING) and not _is_silence(definition, request, each)
    ]
    if request.met_by_receipt:
        came = {each.body: each.received for each in answers if each.received}
        unreceived = tuple(each.body for each in answers if not each.received)
    else:
        came, unreceived = {each.body: str(each.effective) for each in answers}, ()
    late = tuple(body for body, on in came.items() if _is_after(on, due.date))
    proved = due.proved and not (due.met and unreceived)
    return replace(due, proved=proved, unreceived=unreceived, late=late)


def _is_after(written: str, day: date | None) -> bool:
    """Return whether a date is known to be after a day, whichever of its days it was."""
    first = parse_date(written).first
    return day is not None and first is not None and first > day


def _own_dues(seen: Seen, request: Request, due: Due, *, over: bool) -> Iterator[DueView]:
    """Yield the due of each body, which counts from its own party's report."""
    milestone = due.ref.partition("/")[0]
    given = decisions_on(seen.state, milestone, request)
    for body in asked_bodies(seen, milestone, request):
        party = seen.definition.party_of(body)
        done = over or (body in given and given[body].closes)
        view = due_view(seen, due, met=done, of=(body,), party=party)
        answer = decision_view(seen.state, milestone, request, body, given.get(body))
        view = _with_receipts(seen.definition, view, request, (answer,))
        undecided = answer.effect in (None, Effect.PENDING)
        yield replace(view, id=f"{due.ref}@{party}", over=over and undecided)


def _task_dues(seen: Seen, task: Task, *, over: bool = False) -> Iterator[DueView]:
    """Yield the due of a task; of one that arises every year, one for each year that came.

    And one for each year to come of which people may be reminded by now.
    """
    if task.due is None:
        return
    ahead = last_year(seen) if task.yearly else None
    arisen = [each for each in instances_of(seen, task, ahead) if each.arisen_on is not None]
    if not arisen and task.yearly and (first := first_year(seen.state, task)):
        yield replace(due_view(seen, task.due, met=over, year=first), over=over)
        return
    if not arisen:
        view = due_view(seen, task.due, met=over)
        yield replace(view, date=None, days_left=None, overdue=False, arisen=False, over=over)
        return
    own = task.subjects != ("",) and is_counted_per_party(seen.definition, task.due)
    for (year, party), of in _together(arisen, own=own).items():
        done = all(each.done for each in of) and not (task.repeats and year is None)
        waiting = tuple(each.subject for each in of if each.subject and not each.done)
        view = due_view(seen, task.due, met=over or done, of=waiting, party=party, year=year)
        view = _ended(view, over=over and not done)
        yield replace(view, id=task_name(task.ref, party, year)) if own else view


def _together(
    instances: Iterable[Instance], *, own: bool
) -> dict[tuple[int | None, str], list[Instance]]:
    """Return instances that have one term together: those of a year, or each by itself."""
    found: dict[tuple[int | None, str], list[Instance]] = {}
    for each in instances:
        found.setdefault((each.year, each.subject if own else ""), []).append(each)
    return found


def _ended(view: DueView, *, over: bool) -> DueView:
    """Return a due as it is where it is over, met only because nothing is asked any more."""
    return replace(view, over=True) if over else view


def _undecided(view: RequestView) -> tuple[str, ...]:
    return tuple(each.body for each in view.given if each.effect in (None, Effect.PENDING))


def due_view(
    seen: Seen,
    due: Due,
    *,
    met: bool,
    proved: bool = True,
    of: tuple[str, ...] = (),
    party: str = "",
    year: int | None = None,
) -> DueView:
    """Return a due as it stands, with the date it was last given.

    Args:
        met: whether its subject is done.
        proved: whether that is proved by the record.
        of: the bodies, parties or groups that still have to do it.
        party: the party, if each has its own term.
        year: its year, if it recurs yearly.
    """
    current = due_date(seen, due, party, year)
    planned = anchor_of(seen.definition, due)
    day = current.deadline
    left = (day - seen.day).days if day else None
    return DueView(
        id=due_name(due.ref, year),
        date=day,
        written=current.written,
        precision=current.precision.value,
        target=due.target or (planned is not None and planned.target),
        days_left=left,
        overdue=left is not None and left < 0 and not met,
        met=met,
        proved=proved,
        why_unknown=due.why_unknown.in_(seen.language) if due.why_unknown else None,
        relation=due.relation,
        anchor=due.anchor,
        weeks=_weeks(due),
        moves=tuple(_moves(seen, due)),
        waits_for=due.waits_for,
        waiting_for=() if met else of,
        distance=due.distance,
        earliest=() if seen.state.moved(due.ref) else tuple(_bounds(seen, due, party)),
    )


def _weeks(due: Due) -> int | None:
    match due.distance:
        case Length(number, Unit.WEEKS):
            return number
        case _:
            return None


def _bounds(seen: Seen, due: Due, party: str) -> Iterator[BoundView]:
    for each in due.earliest:
        when = bound_date(seen, each, party)
        yield BoundView(when.deadline, when.written, each.relation, each.anchor, each.distance)


def _moves(seen: Seen, due: Due) -> Iterator[MovedView]:
    before = due.date.written
    for move in seen.state.moves_of(due.ref):
        yield MovedView(before, move.date, move.effective, move.effective_on, move.reason)
        before = move.date
