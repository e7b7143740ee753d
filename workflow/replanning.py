"""Giving a due another date (*herplannen*), with a reason."""

from definitions.errors import PROCESS
from definitions.model import Permission
from definitions.text import text
from definitions.workdays import check_year
from workflow.cases import Case, Decided, effective_day, happened, named, seat_with
from workflow.commands import Replan
from workflow.events import DueMoved
from workflow.refusals import Conflict, Missing, Refused


def replan(case: Case, command: Replan) -> Decided:
    """Decide whether a due gets another date.

    Raises:
        NotFound: no such due.
        NotAllowed: no seat that may.
        DateRefused: the day of the replanning is impossible.
        Missing: no reason is given.
        Conflict: it has that date already.
        Refused: it comes back every year.
        InvalidValue: which days of its year are working days is not known.
    """
    due = named(case.definition.dues, command.due, text("due"))
    effective_day(command.on, case.now.begins, case.actor.today)
    if due.yearly is not None:
        raise Refused(
            text("“{due}” comes back every year, on the day its definition gives.", due=due.ref),
            advice=text(
                "What is different in one year goes in a note: mijlpaal note {process} TEXT",
                process=PROCESS,
            ),
        )
    seat = seat_with(case, Permission.REPLAN, text("replan “{due}”", due=due.ref))
    if not command.reason.strip():
        raise Missing(text("A date is not moved without a reason."))
    if command.date.day is not None:
        check_year(command.date.day)
    moved = case.then.moved(due.ref)
    if (moved.date if moved else due.date.written) == command.date.written:
        raise Conflict(text("“{due}” has that date already.", due=due.ref))
    event = DueMoved(
        due.ref, command.date.written, command.reason, command.reference, command.remark
    )
    return happened(event, command.on, seat)
