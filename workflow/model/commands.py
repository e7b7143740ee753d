"""The commands that a process accepts."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from definitions.calendar.dates import PartialDate
from definitions.canonical_json import canonical, sha256_of
from definitions.language.text import Text
from definitions.language.values import dataclass
from workflow.model.events import About
from workflow.model.person import Who
from workflow.model.state import Step


@dataclass(frozen=True, slots=True)
class Advance:
    """Move a milestone.

    Attributes:
        trigger: which transition; None where exactly one is open.
        to: the state it must lead to; None for any.
        attested: on the word of ``reference``, whether or not the gate holds.
    """

    milestone: str
    on: PartialDate
    trigger: str | None = None
    to: str | None = None
    attested: bool = False
    reference: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Record the decision of a body.

    Attributes:
        body: a body, or a party with only one body in the request.
        request: the id of the request; None if there is only one.
        votes: ``19-4``, ``19-?``, ``unanimous`` or ``without-vote``, in any of the words for them.
        text: the SHA-256 of the text it decided on.
        options: the options that the decision names.
        unnamed_options: how many options it mentions without naming them.
        points: its points, each of which gets a reply.
        signed_by: the roles that signed it.
        out_of_order: why it is recorded although its milestone's state does not admit it.
        round: its round; None if the date determines it.
        openness: who may see it: ``public``, ``internal``, ``own`` or ``own 2026-03-01``; None for
            what is usual.
        secrecy: the ground on which it is under secrecy, without its content.
    """

    milestone: str
    body: str
    outcome: str
    on: PartialDate
    request: str | None = None
    votes: str | None = None
    reference: str | None = None
    ground: str | None = None
    text: str | None = None
    options: tuple[str, ...] = ()
    unnamed_options: int | None = None
    points: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    out_of_order: str | None = None
    remark: str | None = None
    round: int | None = None
    openness: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Record a follow-up of a body's answer: it was sent or received, or a point was replied to.

    Attributes:
        body: a body, or a party with only one body in the request.
        step: the kind of follow-up.
        request: the id of the request; None if there is only one.
        point: the number of the point, for a reply.
        round: the round of the answer; None if the date determines it.
        openness: who may see it: ``public``, ``internal``, ``own`` or ``own 2026-03-01``; None for
            what is usual.
    """

    milestone: str
    body: str
    step: Step
    on: PartialDate
    request: str | None = None
    point: int | None = None
    reference: str | None = None
    remark: str | None = None
    round: int | None = None
    openness: str | None = None


@dataclass(frozen=True, slots=True)
class ReportTask:
    """Report the result of a task, written ``milestone/task`` or ``task``.

    Attributes:
        year: which one, of a task that arises every year; None for the year of ``on``.
        round: which one, of a task that is done anew each round; None where the date says that.
        openness: who may see it: ``public``, ``internal``, ``own`` or ``own 2026-03-01``; None for
            what is usual.
    """

    task: str
    result: str
    on: PartialDate
    subject: str | None = None
    reference: str | None = None
    out_of_order: str | None = None
    remark: str | None = None
    year: int | None = None
    round: int | None = None
    openness: str | None = None


@dataclass(frozen=True, slots=True)
class ReportPart:
    """Report the level of a part, written ``deliverable/part``.

    Attributes:
        text: the SHA-256 of the version that reached it.
        version: what its author calls that version.
        openness: who may see it: ``public``, ``internal``, ``own`` or ``own 2026-03-01``; None for
            what is usual.
        secrecy: the ground on which it is under secrecy, without its content.
    """

    part: str
    level: str
    on: PartialDate
    subject: str | None = None
    reference: str | None = None
    text: str | None = None
    version: str | None = None
    remark: str | None = None
    openness: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True, slots=True)
class AddNote:
    """Record a fact that moves nothing. Its date may be unknown.

    Attributes:
        about: the milestones, parties or bodies that it concerns.
        openness: who may see it: ``public``, ``internal``, ``own`` or ``own 2026-03-01``; None for
            what is usual.
        secrecy: the ground on which it is under secrecy, without its content.
    """

    note: str
    on: PartialDate
    reference: str | None = None
    about: About = None
    openness: str | None = None
    secrecy: str | None = None


@dataclass(frozen=True, slots=True)
class GiveSeat:
    """Give a person a seat, written ``role`` or ``role@place``.

    Attributes:
        person: the opaque id of the holder.
        mailbox: whether the holder is the mailbox of a function.
    """

    seat: str
    person: str
    on: PartialDate
    until: date | None = None
    mailbox: bool = False


@dataclass(frozen=True, slots=True)
class EndSeat:
    """End somebody's seat; ``on`` is the last day."""

    seat: str
    person: str
    on: PartialDate


@dataclass(frozen=True, slots=True)
class Replan:
    """Give a due another date.

    Attributes:
        due: its reference, as ``due`` lists it.
        date: the new date, of any precision.
        on: the day on which it was decided so.
    """

    due: str
    date: PartialDate
    reason: str
    on: PartialDate
    reference: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Record that a party joins; ``on`` is its first day."""

    party: str
    reason: str
    on: PartialDate
    reference: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Record that a party leaves; ``on`` is the first day without it."""

    party: str
    reason: str
    on: PartialDate
    reference: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Amend:
    """Amend something of the definition for this process.

    Attributes:
        what: ``title``, ``ladder/NAME``, ``papers-due/PARTY`` or ``route/PARTY``.
        value: what it reads from now on; several things parted by commas.
    """

    what: str
    value: str
    reason: str
    on: PartialDate
    reference: str | None = None


Change = str | bool | int | tuple[str, ...] | PartialDate
"""The possible new values of a field."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct an entry, or withdraw it.

    Attributes:
        seq: the number of the entry.
        changes: what it should say instead, by the names of the fields of its command; ``on`` is
            the day on which it happened.
        withdraw: it should say nothing.
        reference: where that can be found.
    """

    seq: int
    reason: str
    changes: tuple[tuple[str, Change], ...] = ()
    withdraw: bool = False
    reference: str | None = None


Ordinary = (
    Advance
    | Record
    | FollowUp
    | ReportTask
    | ReportPart
    | AddNote
    | GiveSeat
    | EndSeat
    | Replan
    | Join
    | Leave
    | Amend
)
"""The commands that say what happened."""
Command = Ordinary | Correct
"""Those, and the one that says that something else did."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command, its actor, and its conditions.

    Attributes:
        actor: the actor.
        key: an idempotency key: repeating a command with the same key has no effect.
        expect: the number of the last entry that the actor knew; refused if there are more.
        label: its place among several commands.
        new_key: the key was made for this request, so nothing can be recorded under it yet.
        asked: a hash of the command that was given, if this one only follows from it; else None.
    """

    command: Command
    actor: Who
    key: str | None = None
    expect: int | None = None
    label: Text | None = None
    new_key: bool = False
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and when.

    Attributes:
        person: the opaque id.
        name: how they are called, for refusals.
        today: the day it is for them, in the process's time zone.
    """

    person: str
    name: str
    today: date


def digest_of(command: Command) -> str:
    """Return a hash of a command, to distinguish a repetition from another command.

    Empty fields do not count, so that a command can get new fields one day.
    """
    values = {each.name: getattr(command, each.name) for each in fields(command)}
    return digest_of_values(type(command).__name__, values)


def digest_of_values(command: str, values: Mapping[str, object]) -> str:
    """Return a hash of a command that has no class of its own here."""
    asked = {name: _plain(value) for name, value in values.items() if value}
    return sha256_of(canonical({"command": command, **asked}))


def _plain(value: object) -> object:
    return value if isinstance(value, (bool, int)) else str(value)
