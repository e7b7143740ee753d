"""The start of every decision: the case, the date, and the seat of the actor."""

from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import TypeVar

from definitions.calendar.dates import PartialDate
from definitions.language.actions import Field
from definitions.language.errors import NotFound
from definitions.language.naming import brief, did_you_mean
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import Definition, Milestone, Permission, Role, TaskRef
from workflow.model.commands import (
    Actor,
    AddNote,
    Advance,
    Amend,
    Command,
    Correct,
    EndSeat,
    FollowUp,
    GiveSeat,
    Join,
    Leave,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.events import Event, Happening, MilestoneMoved, PartyJoined, PartyLeft
from workflow.model.state import places_of, seat_name
from workflow.rules.refusals import DateRefused, MailboxCannotAct, Missing, NotAllowed, in_future
from workflow.rules.rounds import was_open_before
from workflow.rules.snapshot import Snapshot

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything on which a command is decided.

    Attributes:
        then: the process by the end of the command's effective date.
        now: the process of the present.
        actor: the person who gives the command, and when.
        granted: the seat in which it is given, where it follows from another command and whoever
            may do that may do this; None where their own seats decide.
    """

    then: Snapshot
    now: Snapshot
    actor: Actor
    granted: str | None = None

    @property
    def definition(self) -> Definition:
        """The definition that was in force on the command's effective date."""
        return self.then.definition


@dataclass(frozen=True, slots=True)
class Decided:
    """The event that follows from a command, and the seat in which it was given."""

    happening: Happening
    seat: str


def happened(event: Event, on: PartialDate, seat: str) -> Decided:
    """Return a decided event with its effective date."""
    return Decided(Happening(event, on, on.day), seat)


def because(decided: Decided, cause: int) -> Decided:
    """Return a decided event that another entry set off, with the number of that."""
    event = decided.happening.event
    match event:
        case MilestoneMoved() | PartyJoined() | PartyLeft():
            set_off = replace(event, because=cause)
        case _:
            return decided
    return replace(decided, happening=replace(decided.happening, event=set_off))


def named(names: Mapping[str, Found], name: str, what: Text, of: str | None = None) -> Found:
    """Return the thing with a name.

    Args:
        names: the known names, each with its thing.
        name: the one that was given.
        what: the kind of name, for the refusal.
        of: the id of the owner of those names; None for the process.

    Raises:
        NotFound: no such name; the nearest one is the advice.
    """
    if name not in names:
        values = {"what": what, "name": brief(name), "of": of}
        if of is None:
            sentence = text("There is no {what} “{name}”.", **values)
        else:
            sentence = text("There is no {what} “{name}” of “{of}”.", **values)
        raise NotFound(sentence, advice=did_you_mean(name, names))
    return names[name]


def milestone_named(definition: Definition, name: str) -> Milestone:
    """Return a milestone, or raise NotFound."""
    return named(definition.milestones, name, text("milestone"))


def party_named(definition: Definition, name: str) -> str:
    """Return the id of a party, or raise NotFound."""
    return named(definition.parties, name, text("party")).id


class NoSuchWay(NotFound):
    """A milestone has no transition, or no state, of that name."""

    def __init__(
        self, milestone: str, what: Text, name: str, known: Iterable[str], grave: Container[str]
    ) -> None:
        """Take the milestone and its names.

        Args:
            milestone: its id.
            what: a transition, or a state.
            name: the one that was given.
            known: the existing names.
            grave: the names that stop the milestone or take it back, which are never suggested.
        """
        super().__init__(
            text("There is no {what} “{name}”.", what=what, name=brief(name)),
            advice=did_you_mean(name, known, grave),
        )
        self.milestone = milestone


def trigger_named(milestone: Milestone, name: str) -> str:
    """Return the name of a transition of a milestone.

    Raises:
        NotFound: the name is that of a state.
        NoSuchWay: there is no such transition.
    """
    triggers = tuple(dict.fromkeys(arm.trigger for arm in milestone.arms))
    if name in triggers:
        return name
    if name in milestone.states:
        raise NotFound(
            text("“{name}” is a state of “{of}”, not a transition.", name=name, of=milestone.id),
            advice=text("Leave it out and say: {field}", field=Field("to", name)),
        )
    grave = {arm.trigger for arm in milestone.arms if arm.explicit or arm.target in milestone.bad}
    raise NoSuchWay(milestone.id, text("transition"), name, triggers, grave)


def state_named(milestone: Milestone, name: str) -> str:
    """Return the name of a state of a milestone, or raise NoSuchWay."""
    if name not in milestone.states:
        raise NoSuchWay(milestone.id, text("state"), name, milestone.states, milestone.bad)
    return name


def is_late(command: Command, now: Snapshot) -> bool:
    """Return whether a command is effective before something that already happened.

    Notes and seats depend on nothing that a date decides; an amendment only on the last of the
    same; a correction changes the past.
    """
    match command:
        case AddNote() | GiveSeat() | EndSeat():
            return False
        case Amend():
            amended = now.state.amendments.get(command.what)
            return amended is not None and _is_before(command.on, amended.effective_on)
        case Correct():
            return True
        case Record() if command.on.is_unknown:
            return True
        case Record() | FollowUp() | ReportTask():
            return _is_of_two_rounds(command, now) or _is_before(command.on, now.state.last_day)
        case Advance() | ReportPart() | Replan() | Join() | Leave():
            return _is_before(command.on, now.state.last_day)


def _is_of_two_rounds(command: Record | FollowUp | ReportTask, now: Snapshot) -> bool:
    """Return whether a command can belong to the round that was closed on its day."""
    if isinstance(command, ReportTask):
        where, _, name = command.task.rpartition("/")
        task = now.definition.tasks.get(TaskRef(where, name))
        each_round = task is not None and task.each_round
        admitted = () if task is None else task.admitted_in
        return each_round and was_open_before(now.state, where, command.on.day, admitted)
    milestone = now.definition.milestones.get(command.milestone)
    if milestone is None:
        return False
    # A step may be taken with an answer of the round before, however long ago that was given.
    states = milestone.admitting if isinstance(command, Record) else ()
    return was_open_before(now.state, milestone.id, command.on.day, states)


def _is_before(on: PartialDate, day: date) -> bool:
    return on.day is not None and on.day < day


# --- dates -------------------------------------------------------------------------------------


def effective_day(on: PartialDate, begins: date, today: date) -> date:
    """Return the day a date counts from, where something can have happened on it.

    Raises:
        DateRefused: it is not known, has not been yet, or lies before the process.
    """
    if on.day is None:
        raise DateRefused(
            text("Only a decision and a note can have an unknown date."),
            field="on",
            advice=text("Give what is known: a month, “by” a day, or between two days (A/B)."),
        )
    return possible_day(on, on.day, begins, today)


def possible_day(on: PartialDate, day: date, begins: date, today: date) -> date:
    """Return ``day`` where something can have happened on it.

    Raises:
        DateRefused: it has not been yet, or lies before the process.
    """
    if day > today:
        raise in_future(on, today)
    if day < begins:
        known = on.last is None or on.last < begins
        raise DateRefused(
            text("{on} is before the process began, on {begins}.", on=on, begins=begins)
            if known
            else text("{on} may be before the process began, on {begins}.", on=on, begins=begins),
            field="on",
            advice=text("A process of which this is part would have to start earlier."),
        )
    return day


# --- seats -------------------------------------------------------------------------------------


def seat_that_may(
    case: Case, wanted: Text, may: Callable[[Role, str], bool], permission: Permission
) -> str:
    """Return the seat in which the actor may do something.

    Args:
        wanted: what they want, for the refusal: “advance”…
        may: whether the seat of a role at a place may do it.
        permission: what a role would need for it.

    Raises:
        NotAllowed: none of their seats may.
        MailboxCannotAct: the actor is the mailbox of a function.
    """
    seat = _seat_that_may(case, may)
    if seat is not None:
        return seat
    if case.now.state.is_mailbox(case.actor.person):
        raise MailboxCannotAct(case.actor.name)
    held = [
        seat_name(each.role, each.place)
        for each in case.now.state.seats_of(case.actor.person, case.actor.today)
    ]
    able = [
        seat_name(role.id, place)
        for role in case.definition.roles.values()
        for place in places_of(case.definition, role)
        if may(role, place)
    ]
    raise NotAllowed(case.actor.name, wanted, held, able, permission)


def _seat_that_may(case: Case, may: Callable[[Role, str], bool]) -> str | None:
    if case.granted is not None:
        return case.granted
    for seat in case.now.state.acting_seats_of(case.actor.person, case.actor.today):
        if may(case.definition.roles[seat.role], seat.place):
            return seat_name(seat.role, seat.place)
    return None


def seat_with(case: Case, permission: Permission, wanted: Text) -> str:
    """Return the actor's seat that has a permission, or raise NotAllowed."""
    return seat_that_may(case, wanted, lambda role, _: permission in role.may, permission)


def own_or_on_behalf(
    case: Case, wanted: Text, own: Callable[[Role, str], bool], reference: str | None
) -> tuple[str, bool]:
    """Return the actor's seat, and whether they act on behalf of whose business it is.

    Raises:
        NotAllowed: neither their own business nor may they act for others.
        Missing: acting for others without naming a source.
    """
    seat = _seat_that_may(case, own)
    if seat is not None:
        return seat, False

    def may(role: Role, place: str) -> bool:
        return own(role, place) or Permission.RECORD_ON_BEHALF in role.may

    seat = seat_that_may(case, wanted, may, Permission.RECORD_ON_BEHALF)
    if not reference:
        raise Missing(
            text("As {seat} you record this on behalf of others: that takes a source.", seat=seat),
            advice=text("Add {field} with where it can be found.", field=Field("reference")),
            field="reference",
        )
    return seat, True


def known_of(names: Iterable[str]) -> dict[str, str]:
    """Return names as a mapping, for ``named``."""
    return {name: name for name in names}
