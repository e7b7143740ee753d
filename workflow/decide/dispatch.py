"""May it be, and what then happens? Pure: no clock, no database, no environment.

Every command is decided on two states: the one of its effective date, on which gates and
admission are judged, and the present one, because nothing may be put under what already
happened. For a command effective on the last day or later both are the same.
"""

from workflow.decide.advance import advance
from workflow.decide.amend import amend
from workflow.decide.case import Case, Decided
from workflow.decide.follow_up import follow_up
from workflow.decide.join import check_joined, join
from workflow.decide.leave import leave
from workflow.decide.record import record
from workflow.decide.replan import replan
from workflow.decide.report import add_note, report_part, report_task
from workflow.decide.seats import end_seat, give_seat
from workflow.model.commands import (
    AddNote,
    Advance,
    Amend,
    EndSeat,
    FollowUp,
    GiveSeat,
    Join,
    Leave,
    Ordinary,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)


def decide(case: Case, command: Ordinary) -> Decided:
    """Decide a command.

    Returns:
        The event it becomes, with the seat in which it was asked.

    Raises:
        Refused: it may not be; the refusal says why and what would help.
        NotFound: it names something that does not exist.
        InvalidValue: it has a value of the wrong form.
    """
    check_joined(case, command)
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
        case Join() | Leave():
            return _of_party(case, command)


def _of_party(case: Case, command: Join | Leave) -> Decided:
    return join(case, command) if isinstance(command, Join) else leave(case, command)
