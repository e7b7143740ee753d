"""A party that joins: from its first day it is asked what is open, and what is put after that."""

from datetime import date

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Blank, action
from definitions.language.errors import NotFound
from definitions.language.naming import brief, did_you_mean
from definitions.language.text import text
from definitions.model import Definition, Permission
from workflow.decide.case import Case, Decided, effective_day, happened, seat_with
from workflow.model.commands import (
    Amend,
    EndSeat,
    FollowUp,
    GiveSeat,
    Join,
    Leave,
    Ordinary,
    Record,
    ReportPart,
    ReportTask,
)
from workflow.model.events import PartyJoined
from workflow.rules.conflicts import AlreadyJoined, AlreadyParty, NoReturn
from workflow.rules.refusals import Missing, Refused, withdraw_it


class NotJoined(Refused):
    """A command concerns a party on a day by which it had not joined."""


class NothingLeft(Refused):
    """A party would join a process in which nothing is asked any more."""


def join(case: Case, command: Join) -> Decided:
    """Decide whether a party joins.

    Raises:
        NotFound: it is none of those that may join.
        NotAllowed: no seat has the permission.
        Missing: no reason is given.
        AlreadyParty, AlreadyJoined: it takes part already.
        NoReturn: it left; who left does not come back.
        NothingLeft: every milestone had ended by then.
        DateRefused: the day is impossible.
    """
    party = _candidate(case.definition, command.party)
    effective_day(command.on, case.now.state.begins, case.actor.today)
    seat = seat_with(case, Permission.PARTY, text("say that {party} joins", party=party))
    if not command.reason.strip():
        raise Missing(text("A party does not join without a reason."), field="reason")
    _check_absent(case, party, command.on)
    milestones = case.then.state.milestones
    if all(milestones[each.id].state in each.final for each in case.definition.milestones.values()):
        raise NothingLeft(
            text("Every milestone has ended: nothing would be asked of {party}.", party=party),
            advice=text("What it does from now on is another process."),
        )
    event = PartyJoined(party, command.reason, command.reference, command.remark)
    return happened(event, command.on, seat)


def _candidate(definition: Definition, name: str) -> str:
    """Return the id of a party that may join, or has joined."""
    if name in definition.may_join:
        return name
    if name in definition.parties:
        raise AlreadyParty(name)
    if not definition.may_join:
        raise NotFound(
            text("Nobody can join this process: its definition names no party under “may_join”."),
            advice=text("Another definition that names it can begin a process of its own."),
        )
    raise NotFound(
        text("“{name}” is none of the parties that may join.", name=brief(name)),
        advice=did_you_mean(name, definition.may_join),
    )


def _check_absent(case: Case, party: str, on: PartialDate) -> None:
    """Refuse a party that joined before, or left."""
    left = case.now.state.departures.get(party)
    if left is not None:
        raise NoReturn(party, parse_date(left.effective), withdraw_it(left.seq))
    joined = case.now.state.arrivals.get(party)
    if joined is not None:
        raise AlreadyJoined(party, parse_date(joined.effective), joined.seq).unless(
            joined.seq, on, joined.effective_on
        )


def check_joined(case: Case, command: Ordinary) -> None:
    """Refuse a command about a party that may join and had not by the day of the command.

    Raises:
        NotJoined: with the day on which it joined later, where it did.
    """
    party = _party_of(command)
    if party not in case.definition.may_join or party in case.definition.joined:
        return
    later = case.now.state.arrivals.get(party)
    if later is not None:
        raise NotJoined(
            text(
                "{party} takes part since {on} (entry {seq}), and not yet on {day}.",
                party=party,
                on=parse_date(later.effective),
                seq=later.seq,
                day=command.on,
            ),
            advice=text(
                "If it joined earlier: {command}",
                command=action(
                    "correct", process=BLANK, seq=str(later.seq), on=BLANK, reason=BLANK
                ),
            ),
        )
    raise NotJoined(
        text("{party} takes no part yet; it may join.", party=party),
        advice=text(
            "When it does: {command}",
            command=action(
                "join", process=BLANK, party=party, on=Blank("date"), reason=Blank("reason")
            ),
        ),
    )


def _party_of(command: Ordinary) -> str:
    """Return the party that a command names, or whose body, seat or task it names; else empty."""
    match command:
        case Record() | FollowUp():
            return command.body.partition(".")[0]
        case ReportTask() | ReportPart():
            return command.subject or ""
        case Leave():
            return command.party
        case Amend():
            return command.what.partition("/")[2]
        case GiveSeat() | EndSeat():
            return command.seat.partition("@")[2]
        case _:
            return ""


def first_day_of(case: Case, party: str) -> date | None:
    """Return the day on which a party joined; None for one that takes part from the beginning."""
    joined = case.now.state.arrivals.get(party)
    return None if joined is None else joined.effective_on
