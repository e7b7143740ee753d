"""Checks that each entry is possible at its date: its prerequisites had come by then.

A date that is corrected puts an entry elsewhere among the others. Those were admitted in another
order, so all of them are looked at again. The day is the resolution: what had come by the end of
the day of an entry had come in time.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import accumulate, groupby
from operator import attrgetter

from definitions.language.text import text
from definitions.model import Definition, TaskRef
from workflow.decide.case import Case
from workflow.decide.choices import check_options
from workflow.decide.correct import CannotCorrect, record_of, report_of
from workflow.decide.record import check_admitted, check_lapsed
from workflow.decide.report import check_not_done, check_timely, check_year
from workflow.model.commands import Actor
from workflow.model.events import (
    AnswerFollowedUp,
    DecisionRecorded,
    Entry,
    EntryCorrected,
    MilestoneMoved,
    TaskReported,
)
from workflow.rules.fold import apply_entry, in_turn, initial, redated
from workflow.rules.refusals import Refused
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.tasks import task_name

Check = Callable[[Case], None]


def out_of_place(definition: Definition, entries: Iterable[Entry]) -> dict[int, str]:
    """Return the entries that are impossible at their date, each with its name.

    A move must leave the state of its milestone; a decision or report must be admitted, with its
    prerequisites met; a step needs an existing answer; and nothing is closed twice. Gates of moves
    are not checked here: folding finds the basis of a move.
    """
    ordered = in_turn(definition, entries)
    begins = ordered[0].effective_on or date.min
    now = snapshot_of(definition, initial(definition, begins), begins)
    found: dict[int, str] = {}
    for day, same_day in groupby(ordered, attrgetter("effective_on")):
        if day is None:
            break  # they come last, and move nothing
        today = list(same_day)
        stood = list(accumulate(today, apply_entry, initial=now.on(day)))
        now = stood[-1]
        for index, entry in enumerate(today):
            name = _misfit(entry, stood[index], stood[index + 1], now)
            if name is not None:
                found[entry.seq] = name
    return found


def _misfit(entry: Entry, before: Snapshot, after: Snapshot, evening: Snapshot) -> str | None:
    """Return the name of an entry where it does not fit between what was before it and after it.

    Args:
        before: the process before it.
        after: the process after it.
        evening: the process at the end of its day.
    """
    then, made = before.state, after.state
    cases = [_case(each) for each in (before, evening)]
    match entry.event:
        case MilestoneMoved() as event:
            if then.milestones[event.milestone].state != event.source:
                return f"{event.milestone} → {event.target}"
        case DecisionRecorded() as event:
            known = (key for key, each in made.decisions.items() if each.seq == entry.seq)
            key = next(known, None)
            if key is None:
                return None  # held over, before a decision of an unknown day
            earlier = then.decisions.get(key)
            twice = earlier is not None and earlier.closes
            if twice or not _passes(partial(_check_decision, entry, event), cases):
                return event.body
        case AnswerFollowedUp() as event:
            taken = next(key for key, each in made.follow_ups.items() if each.seq == entry.seq)
            answers = (each.decisions.get(taken[:4]) for each in (then, evening.state))
            if not any(each and each.closes and len(each.points) >= taken[5] for each in answers):
                return f"{event.body}, {event.step}"
        case TaskReported() as event:
            number = next(key[3] for key, each in made.tasks.items() if each.seq == entry.seq)
            check, once = partial(_check_report, entry, event), partial(_check_once, event, number)
            if not _passes(check, cases) or not _passes(once, cases[:1]):
                return task_name(TaskRef(event.milestone, event.task), event.subject, event.year)
        case _:
            pass
    return None


def _case(then: Snapshot) -> Case:
    """Return a case of nobody: whose business it was, was looked at when it was recorded."""
    return Case(then, then, Actor("", "", then.day))


def _passes(check: Check, cases: Iterable[Case]) -> bool:
    return any(_allows(check, case) for case in cases)


def _allows(check: Check, case: Case) -> bool:
    try:
        check(case)
    except Refused:
        return False
    return True


def _check_decision(entry: Entry, event: DecisionRecorded, case: Case) -> None:
    milestone = case.definition.milestones[event.milestone]
    request = milestone.requests[event.request]
    instrument = case.definition.instruments[request.instruments[event.body]]
    outcome, command = instrument.outcomes[event.outcome], record_of(event, entry.effective)
    # In which state its milestone was is not known of one of an unknown day.
    if event.out_of_order is None and not entry.effective.is_unknown:
        check_admitted(case, milestone, request, event.body, command)
    if outcome.needs_past_due:
        check_lapsed(case, request, event.body, command)
    check_options(case, request, outcome, command)


def _check_report(entry: Entry, event: TaskReported, case: Case) -> None:
    task = case.definition.tasks[TaskRef(event.milestone, event.task)]
    if event.year is not None and event.out_of_order is None:
        check_year(case, task, event.year, entry.effective)
    check_timely(case, task, event.subject, report_of(event, entry.effective))


def _check_once(event: TaskReported, number: int, case: Case) -> None:
    task = case.definition.tasks[TaskRef(event.milestone, event.task)]
    check_not_done(case, task, event.subject, number)


def check_order(definition: Definition, entries: Sequence[Entry]) -> None:
    """Refuse a correction of a date that puts an entry past what rests on it, or before it.

    Args:
        entries: the journal, with the correction last.

    Raises:
        CannotCorrect: with the entries that would not fit any more.
    """
    *before, last = entries
    event = last.event
    if not isinstance(event, EntryCorrected):
        return
    day = next(each.effective_on for each in redated(before) if each.seq == event.corrects)
    if day == last.effective_on:
        return
    was = out_of_place(definition, before)
    resting = [
        f"{name} ({seq})"
        for seq, name in out_of_place(definition, entries).items()
        if seq not in was and seq != event.corrects
    ]
    if resting:
        raise CannotCorrect(
            text(
                "Entry {seq} cannot be dated {on}: other entries rest on it, and would not fit any "
                "more: {resting}.",
                seq=event.corrects,
                on=last.effective,
                resting=resting,
            ),
            advice=text("Give a date that keeps their order; or correct those first."),
        )
