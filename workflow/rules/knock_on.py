"""What a new date does to the rest: which dues move along, what arises, what no longer fits.

Dates fit together where everything can take place on its deadline: where what has to come first
is due first.
"""

from collections.abc import Iterator

from definitions.language.values import dataclass
from workflow.rules.consequences import DueChange, due_changes
from workflow.rules.ordering import ordering
from workflow.rules.precedence import Blame, Label
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instances_of
from workflow.rules.terms import due_date


@dataclass(frozen=True, slots=True)
class Clash:
    """Two dates in the wrong order: a prerequisite is due later, or not early enough.

    Attributes:
        first: the due of the prerequisite; empty for the date that a gate waits for.
        then: the due that depends on it; empty for the date at which a gate closes.
        days: the required number of days between the two.
        term: the due whose term of that length counts from the first, if any.
    """

    first: str
    first_date: str
    then: str
    then_date: str
    days: int = 0
    term: str | None = None


@dataclass(frozen=True, slots=True)
class KnockOn:
    """The effects of a due's new date on the rest.

    Attributes:
        dues: other dues that move along.
        arisen: tasks that arise from the replanning.
        clashes: pairs of dues that no longer fit together.
        still: pairs that did not fit together before either.
        past_goal: the dues that it moved past the goal, directly or along with another.
        unknown: the dues without a date, so that nobody knows whether they will fit.
        stuck: the dues of events that can no longer take place, whatever their date.
        past_goal_still: the other dues that were past the goal before.
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


def knock_on(before: Snapshot, after: Snapshot) -> KnockOn:
    """Return the effects of a replanning on everything else.

    Args:
        before: the process before it.
        after: the process after it, on the same day.
    """
    moved = {due for due, _ in after.state.dues.keys() - before.state.dues.keys()}
    now = check_dates(after)
    earlier = check_dates(before).clashes if now.clashes else ()
    before_it = {(each.first, each.then) for each in earlier}
    along = tuple(e for e in due_changes(before, after) if e.due not in moved)
    touched = [*sorted(moved), *(each.due for each in along)]
    return KnockOn(
        dues=along,
        arisen=tuple(_arisen(before, after)),
        clashes=tuple(each for each in now.clashes if (each.first, each.then) not in before_it),
        still=tuple(each for each in now.clashes if (each.first, each.then) in before_it),
        past_goal=tuple(each for each in touched if _past_goal(after, each)),
        unknown=now.unknown,
        stuck=now.stuck,
        past_goal_still=tuple(
            due
            for due in dict.fromkeys(due for due, _ in before.state.dues)
            if due not in touched and _past_goal(after, due)
        ),
    )


def _arisen(before: Snapshot, after: Snapshot) -> Iterator[str]:
    for task in after.definition.tasks.values():
        if task.arises is None or task.arises.kind != "replanned":
            continue
        there = {each.name for each in instances_of(before, task) if each.open}
        for each in instances_of(after, task):
            if each.open and each.name not in there:
                yield each.name


def _past_goal(now: Snapshot, ref: str) -> bool:
    goal = now.definition.goal.date.day if now.definition.goal else None
    day = due_date(now, now.definition.dues[ref]).deadline
    return goal is not None and day is not None and day > goal


# --- what has to come first --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateCheck:
    """Whether the dates of future events fit together.

    Attributes:
        clashes: the dates that do not fit.
        unknown: the dues without a date, so that nobody knows whether they will fit.
        stuck: the dues of events that can no longer take place, whatever their date.
    """

    clashes: tuple[Clash, ...]
    unknown: tuple[str, ...]
    stuck: tuple[str, ...]


def check_dates(now: Snapshot) -> DateCheck:
    """Check whether the dates of future events fit together."""
    order = ordering(now)
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
