"""Refusals for a wrong order, when dates are less exact than a day.

The journal is folded by the one day from which each date counts. If a date may have been another
day, its order among other dates is not certain. A command that another possible order would admit
is not refused for the order in which it happens to be folded.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice

from definitions.calendar.dates import PartialDate, overlap
from definitions.language.errors import MijlpaalError
from definitions.language.values import replace
from workflow.decide.case import Case, Decided
from workflow.decide.dispatch import decide
from workflow.decide.follow_up import NoAnswer
from workflow.decide.join import NotJoined
from workflow.decide.leave import PartyHasLeft
from workflow.decide.report import NotReplied
from workflow.model.commands import Ordinary, Record, ReportTask
from workflow.model.events import (
    AnswerFollowedUp,
    DecisionRecorded,
    DueMoved,
    Entry,
    MilestoneMoved,
    PartReported,
    PartyJoined,
    PartyLeft,
    TaskReported,
)
from workflow.rules.fold import as_it_stood, in_turn
from workflow.rules.refusals import (
    AskedTooSoon,
    NotAdmitted,
    NotArisen,
    OrderUnknown,
)

BY_ORDER = (NotAdmitted, AskedTooSoon, NotArisen, NoAnswer, NotReplied, PartyHasLeft, NotJoined)
"""The refusals that may depend on an order of dates."""
MOVED = (
    MilestoneMoved,
    DecisionRecorded,
    AnswerFollowedUp,
    TaskReported,
    PartReported,
    DueMoved,
    PartyJoined,
    PartyLeft,
)
"""The events that can change whether a command is admitted."""
TRIED = 24
"""How many other orders are tried."""


def decide_with_imprecise_dates(
    case: Case, command: Ordinary, entries: Callable[[], Sequence[Entry]]
) -> Decided:
    """Decide a command; if it is refused for an uncertain order, raise that instead.

    Args:
        case: the case on which it is decided.
        command: the command.
        entries: returns all entries on record.

    Raises:
        OrderUnknown: another possible order of imprecise dates would admit it.
        Refused: no possible order admits it.
    """
    try:
        return decide(case, command)
    except OrderUnknown:
        raise
    except BY_ORDER:
        other = _other_order(case, command, entries())
        if other is None:
            raise
        raise OrderUnknown(
            command.on,
            other.effective,
            other.seq,
            out_of_order=isinstance(command, (Record, ReportTask)),
        ) from None


def _other_order(case: Case, command: Ordinary, entries: Sequence[Entry]) -> Entry | None:
    """Return an entry which, had it come on the other side, would let a command be; else None."""
    day = command.on.day
    if day is None:
        return None
    ordered = in_turn(case.definition, entries)
    spans = _spans(ordered)
    loose = [each for each in ordered if each.seq in spans and overlap(spans[each.seq], command.on)]
    counted = sum(_is_by(each, day) for each in loose)
    certain = [each for each in ordered if each not in loose and _is_by(each, day)]
    numbers = sorted(range(len(loose) + 1), key=lambda number: abs(number - counted))
    for number in islice(numbers, 1, TRIED):
        then = as_it_stood(case.definition, [*certain, *loose[:number]], case.then.day)
        try:
            decide(replace(case, then=then), command)
        except MijlpaalError:
            continue
        return loose[min(number, counted)]
    return None


def _is_by(entry: Entry, day: date) -> bool:
    """Return whether an entry counts by a day; the day matters only for events in ``MOVED``."""
    return not isinstance(entry.event, MOVED) or (
        entry.effective_on is not None and entry.effective_on <= day
    )


def _spans(ordered: Sequence[Entry]) -> dict[int, PartialDate]:
    """Return when each entry can have happened: not before what its milestone came from."""
    opened: dict[str, date] = {}
    spans: dict[int, PartialDate] = {}
    for entry in ordered:
        event, when = entry.event, entry.effective
        if not isinstance(event, MOVED):
            continue
        milestone = str(getattr(event, "milestone", ""))
        since = None if getattr(event, "out_of_order", None) else opened.get(milestone)
        if since is not None and (when.first is None or when.first < since):
            when = replace(when, first=since)
        spans[entry.seq] = when
        if isinstance(event, MilestoneMoved) and when.first is not None:
            opened[milestone] = when.first
    return spans
