"""May it be, and what then happens? Pure: no clock, no database, no environment.

Every command is decided on two states: the one of its effective date, on which gates and
admission are judged, and the present one, because nothing may be put under what already
happened. For a command effective on the last day or later both are the same.
"""

from workflow.amending import amend
from workflow.answering import record
from workflow.cases import Case, Decided
from workflow.commands import (
    AddNote,
    Advance,
    Amend,
    EndSeat,
    FollowUp,
    GiveSeat,
    Leave,
    Ordinary,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.following import follow_up
from workflow.leaving import leave
from workflow.moving import advance
from workflow.replanning import replan
from workflow.reporting import add_note, report_part, report_task
from workflow.seating import end_seat, give_seat


def decide(case: Case, command: Ordinary) -> Decided:
    """Decide a command.

    Returns:
        The event it becomes, with the seat in which it was asked.

    Raises:
        Refused: it may not be; the refusal says why and what would help.
        NotFound: it names something that does not exist.
        InvalidValue: it has a value of the wrong form.
    """
    match command:
        case Advance():
            return advance(case, command)
        case Record():
            return record(case, command)
        case FollowUp():
            return follow_up(case, command)
        case ReportTask():
            return report_task(case, command)
        case ReportPart():
            return report_part(case, command)
        case AddNote():
            return add_note(case, command)
        case GiveSeat():
            return give_seat(case, command)
        case EndSeat():
            return end_seat(case, command)
        case Amend():
            return amend(case, command)
        case Replan():
            return replan(case, command)
        case Leave():
            return leave(case, command)
