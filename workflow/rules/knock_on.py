"""What a new date does to the rest: which dues move along, what arises, what no longer fits.

Dates fit together where everything can take place on its deadline: where what has to come first
is due first.
"""

from collections.abc import Iterator
from datetime import date

from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.state import State
from workflow.rules.consequences import DueChange, due_changes
from workflow.rules.ordering import ordering
from workflow.rules.precedence import Blame, Label
from workflow.rules.tasks import instances_of
from workflow.rules.terms import due_date


@dataclass(frozen=True, slots=True)
class Clash:
    """Two dates in the wrong order: what has to come first is due later, or not long enough before.

    Attributes:
        first: the due of what has to come first; empty for the date that a gate waits for.
        then: the due of what comes after it; empty for the date that a gate does not outlast.
        days: how many days there have to be between the two.
        term: the due whose term of so many days counts from the first, where one does.
    """

    first: str
    first_date: str
    then: str
    then_date: str
    days: int = 0
    term: str | None = None


@dataclass(frozen=True, slots=True)
class KnockOn:
    """What the new date of a due does to the rest.

    Attributes:
        dues: other dues that move along.
        arisen: tasks that arise from the replanning.
        clashes: dues that did fit together and do not any more.
        still: those that did not fit together before either.
        past_goal: the dues that it gave a date after the goal, itself or along with another.
        unknown: the dues that have no date yet: whether theirs will fit nobody knows.
        stuck: the dues of what cannot take place any more, whatever its date is.
        past_goal_still: the other dues that were given a date after the goal before.
    """

    dues: tuple[DueChange, ...]
    arisen: tuple[str, ...]
    clashes: tuple[Clash, ...]
    still: tuple[Clash, ...]
    past_goal: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    past_goal_still: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether it does anything, or something was wrong already."""
        wrong = self.clashes or self.still or self.past_goal or self.past_goal_still
        return bool(self.dues or self.arisen or wrong)


def knock_on(definition: Definition, before: State, after: State, today: date) -> KnockOn:
    """Return the effects of a replanning on everything else.

    Args:
        before: the state before it.
        after: the state after it.
        today: the day that counts as the present.
    """
    moved = {due for due, _ in after.dues.keys() - before.dues.keys()}
    now = check_dates(definition, after)
    earlier = check_dates(definition, before).clashes if now.clashes else ()
    before_it = {(each.first, each.then) for each in earlier}
    along = tuple(e for e in due_changes(definition, before, after) if e.due not in moved)
    touched = [*sorted(moved), *(each.due for each in along)]
    return KnockOn(
        dues=along,
        arisen=tuple(_arisen(definition, before, after, today)),
        clashes=tuple(each for each in now.clashes if (each.first, each.then) not in before_it),
        still=tuple(each for each in now.clashes if (each.first, each.then) in before_it),
        past_goal=tuple(each for each in touched if _past_goal(definition, after, each)),
        unknown=now.unknown,
        stuck=now.stuck,
        past_goal_still=tuple(
            due
            for due in dict.fromkeys(due for due, _ in before.dues)
            if due not in touched and _past_goal(definition, after, due)
        ),
    )


def _arisen(definition: Definition, before: State, after: State, today: date) -> Iterator[str]:
    for task in definition.tasks.values():
        if task.arises is None or task.arises.kind != "replanned":
            continue
        there = {each.name for each in instances_of(definition, before, task, today) if each.open}
        for each in instances_of(definition, after, task, today):
            if each.open and each.name not in there:
                yield each.name


def _past_goal(definition: Definition, after: State, ref: str) -> bool:
    goal = definition.goal.date.day if definition.goal else None
    now = due_date(definition, after, definition.dues[ref]).deadline
    return goal is not None and now is not None and now > goal


# --- what has to come first --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateCheck:
    """Whether the dates of what is still to come fit together.

    Attributes:
        clashes: the dates that do not.
        unknown: the dues that have no date yet: nobody knows whether theirs will fit.
        stuck: the dues of what cannot take place any more, whatever its date is.
    """

    clashes: tuple[Clash, ...]
    unknown: tuple[str, ...]
    stuck: tuple[str, ...]


def check_dates(definition: Definition, state: State) -> DateCheck:
    """Find out whether the dates of what is still to come fit together."""
    order = ordering(definition, state)
    course = order.course()
    found: dict[Clash, None] = {}
    stuck: dict[str, None] = {}
    for event, label in order.dated.items():
        blames = course.clashes(event)
        if blames is None:
            stuck[label.name] = None
        for blame in blames or ():
            found[_clash(label, blame)] = None
    return DateCheck(tuple(found), order.unknown, tuple(stuck))


def _clash(label: Label, blame: Blame) -> Clash:
    first, then = blame.label, blame.then or label
    if blame.later:
        first, then = label, blame.label
    return Clash(
        first.name,
        first.written,
        then.name,
        then.written,
        days=blame.days,
        term=blame.term or None,
    )
