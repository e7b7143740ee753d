"""Giving a due another date (*herplannen*), with a reason."""

from datetime import date

from definitions.calendar.workdays import check_year
from definitions.due_wording import after_text
from definitions.language.actions import BLANK, action
from definitions.language.errors import given_as
from definitions.language.text import text
from definitions.model import Due, Permission
from workflow.decide.case import (
    Case,
    Decided,
    effective_day,
    happened,
    named,
    party_named,
    seat_with,
)
from workflow.model.commands import Replan
from workflow.model.events import DueMoved
from workflow.rules.conflicts import SameDate
from workflow.rules.refusals import DateRefused, Missing, Refused
from workflow.rules.terms import legal_ends, task_of_each_party


def replan(case: Case, command: Replan) -> Decided:
    """Decide whether a due gets another date.

    Raises:
        NotFound: no such due.
        NotAllowed: no seat that may.
        DateRefused: the day of the replanning is impossible, or a term of the law would end
            before the law lets it.
        Missing: no reason is given.
        SameDate: it has that date already.
        Refused: it comes back every year, or is one party's own.
        InvalidValue: which days of its year are working days is not known.
    """
    due = _due(case, command)
    day = effective_day(command.on, case.now.state.begins, case.actor.today)
    if due.yearly is not None:
        raise Refused(
            text("“{due}” comes back every year, on the day its definition gives.", due=due.ref),
            advice=text(
                "Put a change for a single year in a note: {command}",
                command=action("note", process=BLANK, note=BLANK),
            ),
        )
    seat = seat_with(case, Permission.REPLAN, text("replan “{due}”", due=due.ref))
    if not command.reason.strip():
        raise Missing(text("A date is not moved without a reason."), field="reason")
    if command.date.day is not None:
        with given_as("date"):
            check_year(command.date.day)
    _check_law(case, due, command, day)
    moved = case.then.state.moved(due.ref)
    if (moved.date if moved else due.date.written) == command.date.written:
        raise SameDate(due.ref)
    event = DueMoved(
        due.ref, command.date.written, command.reason, command.reference, command.remark
    )
    return happened(event, command.on, seat)


def _due(case: Case, command: Replan) -> Due:
    """Return the due that is meant; as it is listed, with its party or its year, too.

    Raises:
        NotFound: no such due.
        Refused: it is one party's own.
    """
    dues = case.definition.dues
    ref, _, party = command.due.partition("@")
    if command.due in dues or not party or ref not in dues:
        year = command.due.partition(" (")[0]
        return dues[year] if year in dues else named(dues, command.due, text("due"))
    task = task_of_each_party(case.definition, dues[ref])
    if task is None:
        return named(dues, command.due, text("due"))
    raise Refused(
        text(
            "“{due}” is counted for each party from its own {anchor}, and cannot be moved for "
            "{party} alone.",
            due=ref,
            anchor=str(task.ref),
            party=party_named(case.definition, party),
        ),
        advice=text(
            "For all of them: {command}",
            command=action("replan", process=BLANK, due=ref, date=BLANK, reason=BLANK),
        ),
    )


def _check_law(case: Case, due: Due, command: Replan, day: date) -> None:
    """Refuse a date before the day on which a term of the law ends, or none at all.

    Where a term has not begun, it begins on the day of the replanning at the earliest.

    Raises:
        DateRefused: with the term that ends last, and what helps.
    """
    ends = legal_ends(case.now, due, day)
    if not ends:
        return
    party, last = max(ends.items(), key=lambda each: each[1])
    if command.date.deadline is not None and command.date.deadline >= last:
        return
    of_law = next(each for each in due.bounds if each.statutory and each.is_counted)
    values = {
        "due": due.ref,
        "term": after_text(of_law.distance, str(of_law.anchor)),
        "last": last,
    }
    raise DateRefused(
        text(
            "“{due}” is a term of the law ({term}) and cannot be shortened: "
            "that of {party} ends on {last} at the earliest.",
            **values,
            party=party,
        )
        if party
        else text(
            "“{due}” is a term of the law ({term}) and cannot be shortened: "
            "it ends on {last} at the earliest.",
            **values,
        ),
        field="date",
        advice=text(
            "Give that day or a later one. If it began earlier, record first when {anchor} was.",
            anchor=of_law.anchor,
        ),
        see="due",
    )
