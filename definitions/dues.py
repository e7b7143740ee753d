"""Dues (*termijnen*) and dates of a definition."""

from collections.abc import Iterator, Sequence

from definitions import model, schema
from definitions.calendar.dates import EVERY_FORM, UNKNOWN, PartialDate, given_date, parse_date
from definitions.calendar.lengths import Distance, Length, NextDay, Unit
from definitions.faults import Path, keys_too
from definitions.language.errors import InvalidValue
from definitions.language.naming import guess_at
from definitions.language.text import Text, text
from definitions.language.values import replace
from definitions.scope import Scope

GOAL = "goal"
NONE = "none"


def compile_due(
    ref: str, value: schema.DueValue | None, path: Path, scope: Scope, ladder: str | None = None
) -> model.Due | None:
    """Compile a due; return None if there is none."""
    match value:
        case None | "none":
            return None
        case schema.DueForm(target=str(written)):
            return model.Due(
                ref,
                parse_date(written),
                waits_for=tuple(value.waits_for),
                target=True,
                ladder=ladder,
            )
        case schema.DueForm(each_year=str(day)):
            return model.Due(ref, UNKNOWN, ladder=ladder, yearly=_month_and_day(day))
        case schema.DueForm(earliest=list(bounds)):
            places = ((*path, "earliest", at) for at in range(len(bounds)))
            earliest = tuple(
                _compile_bound(ref, bound, place, scope, ladder)
                for bound, place in zip(bounds, places, strict=True)
            )
            return model.Due(ref, UNKNOWN, ladder=ladder, earliest=earliest)
        case schema.DueForm(unknown=None):
            found = _compile_form(ref, value, path, scope, ladder)
            return replace(found, waits_for=tuple(value.waits_for))
        case schema.DueForm():
            return model.Due(
                ref,
                UNKNOWN,
                why_unknown=None if value.unknown is None else model.Prose.of(value.unknown),
                waits_for=tuple(value.waits_for),
                ladder=ladder,
            )
        case _:
            due = compile_date(value, path, scope, (GOAL, NONE), tuple(schema.DueForm.model_fields))
            return model.Due(ref, due, ladder=ladder)


def _compile_bound(
    ref: str, value: schema.BoundValue, path: Path, scope: Scope, ladder: str | None
) -> model.Due:
    """Compile one of the days of which a due is the earliest."""
    if isinstance(value, schema.BoundForm):
        return _compile_form(ref, value, path, scope, ladder)
    day = compile_date(value, path, scope, (GOAL,), tuple(schema.BoundForm.model_fields))
    if day.day is None:
        scope.faults.add(
            path, text("Expected a day that is known, or one that counts from something.")
        )
    return model.Due(ref, day, ladder=ladder)


def _compile_form(
    ref: str, value: schema.BoundForm, path: Path, scope: Scope, ladder: str | None
) -> model.Due:
    """Compile a due that is a bound, or is counted from something that has to happen."""
    anchor = value.before or value.after
    if anchor is None:
        return model.Due(ref, parse_date(f"by {value.by}"), ladder=ladder)
    _check_anchor(anchor, path, scope)
    return model.Due(
        ref,
        UNKNOWN,
        ladder=ladder,
        relation=model.Relation.BEFORE if value.before else model.Relation.AFTER,
        anchor=anchor,
        distance=_distance(value),
        statutory=value.statutory,
    )


def _distance(value: schema.BoundForm) -> Distance | None:
    """Return how far a due is from what it counts from; None where that is not said."""
    if value.next is not None:
        return NextDay(*_month_and_day(value.next))
    numbers: Iterator[tuple[Unit, int | None]] = ((unit, getattr(value, unit)) for unit in Unit)
    return next((Length(number, unit) for unit, number in numbers if number is not None), None)


def _month_and_day(written: str) -> tuple[int, int]:
    month, _, day = written.partition("-")
    return int(month), int(day)


def _check_anchor(anchor: str, path: Path, scope: Scope) -> None:
    """Note a fault where a due is before or after something that is not there."""
    if "." in anchor:
        check_state(anchor, path, scope)
        return
    tasks = [*scope.shape.tasks, *(f"{m}/{t}" for m, each in scope.tasks.items() for t in each)]
    found = map(scope.structure_of, scope.shape.milestones)
    states = [
        f"{milestone}.{state}"
        for milestone, structure in zip(scope.shape.milestones, found, strict=True)
        for state in (structure.states if structure else ())
    ]
    if anchor not in tasks:
        scope.faults.known(anchor, [*tasks, *states], path, text("task or state"))


def check_state(written: str, path: Path, scope: Scope) -> tuple[str, str]:
    """Return the milestone and the state of ``milestone.state``; note a fault where none is."""
    milestone, _, state = written.partition(".")
    if scope.faults.known(milestone, scope.shape.milestones, path, text("milestone")):
        scope.known_state(state, milestone, path)
    return milestone, state


def check_ladder(ladder: str | None, path: Path, scope: Scope) -> None:
    """Note a fault where a ladder is named that is not there."""
    if ladder is not None:
        scope.faults.known(ladder, scope.shape.ladders, (*path, "ladder"), text("ladder"))


def compile_date(
    value: str, path: Path, scope: Scope, words: Sequence[str], keys: Sequence[str] = ()
) -> PartialDate:
    """Read a date, or the word “goal”.

    Args:
        words: the words accepted besides a date.
        keys: the keys of the mapping accepted instead.
    """
    if value == GOAL:
        goal = compile_goal(scope.shape.goal)
        if goal is None:
            scope.faults.add(path, text("This process has no goal to take the date of."))
            return UNKNOWN
        return goal.date
    read = parse_date if scope.faults.stored else given_date
    try:
        return read(value)
    except InvalidValue as error:
        guess = guess_at(value, (*words, "unknown"))
        scope.faults.add(path, error.sentence, guess or _all_forms(error.advice, words, keys))
        return UNKNOWN


def _all_forms(advice: Text | None, words: Sequence[str], keys: Sequence[str]) -> Text | None:
    """Return the advice on how to write a date, with the accepted alternatives."""
    if advice != EVERY_FORM:
        return advice
    said = text("{forms} Here it can also be: {words}.", forms=EVERY_FORM, words=list(words))
    return text("{said} {advice}", said=said, advice=keys_too(keys)) if keys else said


def compile_goal(goal: schema.GoalValue) -> model.Goal | None:
    """Return the goal; None if the definition states that there is none."""
    if isinstance(goal, str):
        return None
    milestone, _, state = (goal.of or "").partition(".")
    of = None if goal.of is None else (milestone, state)
    return model.Goal(parse_date(goal.date), model.Prose.of(goal.what or goal.of or ""), of)
