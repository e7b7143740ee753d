"""Dues (*termijnen*) and dates of a definition."""

from collections.abc import Sequence

from definitions import model, schema
from definitions.calendar.dates import EVERY_FORM, UNKNOWN, PartialDate, given_date, parse_date
from definitions.faults import Path, keys_too
from definitions.language.errors import InvalidValue
from definitions.language.naming import guess_at
from definitions.language.text import Text, text
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
        case schema.DueForm(before=str(anchor)) | schema.DueForm(after=str(anchor)):
            _check_anchor(anchor, path, scope)
            relation = model.Relation.BEFORE if value.before else model.Relation.AFTER
            return model.Due(
                ref,
                UNKNOWN,
                ladder=ladder,
                relation=relation,
                anchor=anchor,
                weeks=value.weeks,
                statutory=value.statutory,
            )
        case schema.DueForm(each_year=str(day)):
            month, _, number = day.partition("-")
            return model.Due(ref, UNKNOWN, ladder=ladder, yearly=(int(month), int(number)))
        case schema.DueForm():
            return model.Due(
                ref,
                parse_date(f"by {value.by}") if value.by else UNKNOWN,
                why_unknown=None if value.unknown is None else model.Prose.of(value.unknown),
                waits_for=tuple(value.waits_for),
                ladder=ladder,
            )
        case _:
            due = compile_date(value, path, scope, (GOAL, NONE), tuple(schema.DueForm.model_fields))
            return model.Due(ref, due, ladder=ladder)


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
    return model.Goal(parse_date(goal.date), model.Prose.of(goal.what))
