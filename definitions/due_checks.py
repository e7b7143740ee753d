"""Faults of dues: years that are not known, and days that never come.

The day of a due that is counted never comes where it is counted from something that can only happen
when the due is over, or from something whose own due is counted from this one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from definitions.calendar.workdays import check_year
from definitions.faults import Faults, Path
from definitions.language.errors import InvalidValue
from definitions.language.text import text
from definitions.model import Definition, Due, Milestone, Relation


def check_dues(definition: Definition, faults: Faults) -> None:
    """Note the faults of the dues of a definition."""
    for due, path in _bounds_of(definition):
        check_known(due.date.day, path, faults)
        _check_that_it_begins(definition, due, path, faults)
    for relation in Relation:
        _check_circles(definition, relation, faults)


def check_known(day: date | None, path: Path, faults: Faults) -> None:
    """Note a fault where the working days of the year of a day are not known."""
    if day is None:
        return
    try:
        check_year(day)
    except InvalidValue as error:
        faults.add(path, error.sentence, error.advice)


def _bounds_of(definition: Definition) -> Iterator[tuple[Due, Path]]:
    """Yield the dues of a definition, each of several with its place among them."""
    for due in definition.dues.values():
        path = _path(definition, due)
        for at, bound in enumerate(due.bounds):
            yield bound, (*path, "earliest", at) if due.earliest else path


def _path(definition: Definition, due: Due) -> Path:
    """Return where a due stands in its file."""
    milestone, slash, name = due.ref.rpartition("/")
    if not slash:
        milestone, dot, state = due.ref.partition(".")
        return ("milestones", milestone, "due", state) if dot else ("tasks", due.ref, "due")
    kind = "requests" if name in definition.milestones[milestone].requests else "tasks"
    return ("milestones", milestone, kind, name, "due")


# --- days that never come ----------------------------------------------------------------------


def _check_that_it_begins(definition: Definition, due: Due, path: Path, faults: Faults) -> None:
    """Note a fault where a term can only begin when nothing is due any more."""
    where, dot, state = (due.anchor or "").partition(".")
    milestone = _milestone_of(definition, due)
    if not due.is_counted or not dot or milestone is None or where != milestone.id:
        return
    if not _can_be_due_after(milestone, due, state):
        faults.add_unless_stored(
            (*path, "after"),
            text(
                "This day never comes in time: once “{milestone}” is in “{state}”, this is not due "
                "any more.",
                milestone=milestone.id,
                state=state,
            ),
            text("Count it from something that happens before it."),
        )


def _milestone_of(definition: Definition, due: Due) -> Milestone | None:
    """Return the milestone with which a due ends; None for that of a task of none."""
    return definition.milestones.get(due.ref.partition("/")[0].partition(".")[0])


def _can_be_due_after(milestone: Milestone, due: Due, state: str) -> bool:
    """Return whether a due of a milestone can be unmet when it has entered a state."""
    if state in milestone.final:
        return False
    name = due.ref.partition(".")[2]
    if name:
        return state != name and state in milestone.reached_from(milestone.initial, without=name)
    request = milestone.requests.get(due.ref.partition("/")[2])
    return request is None or not milestone.reached_from(state).isdisjoint(request.admitted_in)


# --- dues that count from each other -----------------------------------------------------------


def _check_circles(definition: Definition, relation: Relation, faults: Faults) -> None:
    """Note a fault for each due that is counted from itself, directly or by way of others."""
    after = {
        ref: [str(each.anchor) for each in due.bounds if _is_counted(each, relation)]
        for ref, due in definition.dues.items()
    }
    noted: set[str] = set()
    for due, path in _bounds_of(definition):
        circle = _circle(after, due.ref, due.anchor) if _is_counted(due, relation) else ()
        if circle and due.ref not in noted:
            noted.update(circle)
            others = [each for each in circle if each != due.ref]
            faults.add_unless_stored(
                (*path, relation.value),
                text("“{due}” is counted from itself: it never has a day.", due=due.ref)
                if not others
                else text(
                    "“{due}” and {others} are counted from each other: none ever has a day.",
                    due=due.ref,
                    others=[f"“{each}”" for each in others],
                ),
                text("Give one of them a date, or count it from something else."),
            )


def _is_counted(due: Due, relation: Relation) -> bool:
    return due.is_counted if relation is Relation.AFTER else due.relation is relation


def _circle(after: Mapping[str, Iterable[str]], ref: str, first: str | None) -> tuple[str, ...]:
    """Return the dues on the way from a due back to itself, by what it is counted from."""
    ways: list[tuple[str, ...]] = [(ref, str(first))]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == ref:
            return way[:-1]
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, each) for each in after.get(way[-1], ())]
    return ()
