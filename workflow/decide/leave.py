"""A party that leaves: it is asked nothing any more, and its decisions no longer count."""

from collections.abc import Iterator
from datetime import date

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Field
from definitions.language.text import text
from definitions.model import Permission, Task, TaskRef
from workflow.decide.case import Case, Decided, effective_day, happened, party_named, seat_with
from workflow.decide.join import first_day_of
from workflow.model.commands import Leave
from workflow.model.events import PartyLeft
from workflow.model.state import PartState, TaskState
from workflow.rules.arising import arisen_on
from workflow.rules.conflicts import AlreadyLeft, LastParty
from workflow.rules.gates import part_name
from workflow.rules.refusals import (
    DateRefused,
    Missing,
    Refused,
    check_known,
    withdraw_it,
)
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import task_name


class PartyHasLeft(Refused):
    """A command concerns a party on a day by which it had left."""


def leave(case: Case, command: Leave) -> Decided:
    """Decide whether a party leaves.

    Raises:
        NotFound: no such party.
        NotAllowed: no seat has the permission.
        Missing: no reason is given.
        AlreadyLeft: it has left before.
        LastParty: no party would remain.
        DateRefused: the day is impossible, or a decision or report of the party is later.
    """
    party = party_named(case.definition, command.party)
    day = effective_day(command.on, case.now.state.begins, case.actor.today)
    seat = seat_with(case, Permission.PARTY, text("say that {party} leaves", party=party))
    if not command.reason.strip():
        raise Missing(text("A party does not leave without a reason."), field="reason")
    left = case.now.state.departures.get(party)
    if left is not None:
        raise AlreadyLeft(party, parse_date(left.effective), left.seq).unless(
            left.seq, command.on, left.effective_on
        )
    if len(case.now.state.departures) + 1 == len(case.definition.parties):
        raise LastParty(party)
    first = first_day_of(case, party)
    if first is not None and first >= day:
        joined = case.now.state.arrivals[party]
        check_known(command.on, parse_date(joined.effective), joined.seq)
        raise DateRefused(
            text(
                "{party} joined on {on}, as entry {seq}: it was there then.",
                party=party,
                on=parse_date(joined.effective),
                seq=joined.seq,
            ),
            field="on",
        )
    for (_, request, _, body), given in case.now.state.decisions.items():
        own = case.definition.party_of(body) == party
        if own and given.day_known and given.effective_on >= day:
            check_known(command.on, parse_date(given.effective), given.seq)
            raise DateRefused(
                text(
                    "{body} decided on “{request}” on {on}, as entry {seq}: it was there then.",
                    body=body,
                    request=request,
                    on=parse_date(given.effective),
                    seq=given.seq,
                ),
                field="on",
            )
    _check_reports(case, party, day, command.on)
    event = PartyLeft(party, command.reason, command.reference, command.remark)
    return happened(event, command.on, seat)


def _check_reports(case: Case, party: str, day: date, on: PartialDate) -> None:
    """Refuse a departure before a task or a part of the party that was reported.

    Tasks that it still owed on that day can be reported after it.
    """
    for name, report in _reported(case, party, day):
        if report.effective_on >= day:
            check_known(on, parse_date(report.effective), report.seq)
            raise DateRefused(
                text(
                    "“{what}” was reported on {on}, as entry {seq}: it was there then.",
                    what=name,
                    on=parse_date(report.effective),
                    seq=report.seq,
                ),
                field="on",
            )


def _reported(case: Case, party: str, day: date) -> Iterator[tuple[str, TaskState | PartState]]:
    """Yield the tasks and parts that were reported of a party, each with its name."""
    for (milestone, name, subject, _), done in case.now.state.tasks.items():
        ref = TaskRef(milestone, name)
        owed = _arose_by(case.now, case.definition.tasks[ref], party, day)
        if subject == party and not done.out_of_order and not owed:
            yield task_name(ref, subject), done
    for (deliverable, part, subject), level in case.now.state.parts.items():
        if subject == party:
            yield part_name(deliverable, part, subject), level


def owes(now: Snapshot, task: Task, party: str) -> bool:
    """Return whether a party that left still owes a task, because it had arisen by then.

    The party is not reminded of it, and no gate waits for it; but it can be reported.
    """
    left = now.state.departures.get(party)
    return left is not None and _arose_by(now, task, party, left.effective_on)


def _arose_by(now: Snapshot, task: Task, party: str, day: date) -> bool:
    arisen = arisen_on(now, task, party) if task.arises is not None else None
    return arisen is not None and arisen <= day


def check_there(case: Case, party: str, *, owed: bool) -> None:
    """Refuse a command about a party that had left by its day.

    Args:
        owed: whether it can be recorded in spite of that, with a reason.
    """
    left = case.then.state.departures.get(party)
    if left is not None:
        raise PartyHasLeft(
            text(
                "{party} takes part no longer since {on}: {reason}",
                party=party,
                on=parse_date(left.effective),
                reason=left.reason,
            ),
            advice=text(
                "{withdraw} If {party} did this all the same, add {field}.",
                withdraw=withdraw_it(left.seq),
                party=party,
                field=Field("out_of_order", BLANK),
            )
            if owed
            else withdraw_it(left.seq),
        )
