"""Reminders (*herinneringen*) and the letters that bring them.

A due of seven parties makes seven reminders for each rung of its ladder; several reminders for one
recipient at one time go in one message.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from definitions.language.actions import Action
from definitions.language.text import Text
from definitions.language.values import dataclass


class Standing(StrEnum):
    """What became of a reminder."""

    PLANNED = "planned"
    """It is still to be sent."""
    SENT = "sent"
    """A mail server took it, or it was put in a folder where none is set: ``why`` says which."""
    LAPSED = "lapsed"
    """Its moment had passed when it was recorded that it was to be sent."""
    CANCELLED = "cancelled"
    """It will not be sent: its deadline was met, or has another date."""
    UNDELIVERED = "undelivered"
    """It could not be delivered."""


class Way(StrEnum):
    """The way by which a message left."""

    SERVER = "server"
    """A mail server took it: it was sent."""
    FOLDER = "folder"
    """It was put in a folder, and nobody was sent it."""


FILED = "filed"
"""The status instead of “sent” for a message put in a folder, as no mail server is set."""


CHANGED, WITHDRAWN = "changed", "withdrawn"
"""The rungs of calendar updates: a deadline that a recipient has in a calendar moved, or lapsed.
They are on no ladder."""


def is_for_agendas(rung: str) -> bool:
    """Return whether a reminder is a calendar update."""
    return rung in (CHANGED, WITHDRAWN)


class Ended(StrEnum):
    """Why a reminder was cancelled."""

    MET = "met"
    """Its deadline was met."""
    MOVED = "moved"
    """Its deadline got another date."""
    AMENDED = "amended"
    """Its ladder was changed."""
    STOPPED = "stopped"
    """Its milestone was stopped."""
    LEFT = "left"
    """Its party takes part no longer."""
    CALENDAR = "calendar"
    """The calendar has other days off by now, or its clock runs otherwise."""
    HEARD = "heard"
    """Every holder of its seat gets another copy: this one was for a former holder."""
    AGAIN = "again"
    """Its deadline applies again, so there is nothing to withdraw."""
    NOBODY = "nobody"
    """No calendar is out of date on its deadline."""


class Undelivered(NamedTuple):
    """A reminder that could not be delivered: its due, subject and seat, and why."""

    due: str
    subject: str
    seat: str
    deadline: date
    why: str | None


class Delivery(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    """It is to be sent, or is being sent."""
    SENT = "sent"
    """A mail server has accepted it, or it lies in a folder where none is set."""
    UNDELIVERED = "undelivered"
    """It was permanently rejected, or retried for long enough."""
    DROPPED = "dropped"
    """It was not sent, since none of its content was true any more."""


class Asked(StrEnum):
    """The kinds of requests in a reminder."""

    DECIDE = "decide"
    """That a body decides, and that this is recorded."""
    SEND = "send"
    """That the answer of a body is sent to the asking party, and received."""
    TASK = "task"
    """That a task is done, and reported."""
    REACH = "reach"
    """That a milestone reaches a state."""


class Instead(StrEnum):
    """Why somebody gets a reminder that was meant for another seat."""

    EMPTY = "empty"
    """Nobody with an address holds that seat."""
    UNDELIVERED = "undelivered"
    """The letter to that seat could not be delivered."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person or a mailbox to whom letters can go.

    Attributes:
        id: opaque.
        language: the language they asked for; None if none is on record.
        mailbox: it is the mailbox of a function; its name is its address.
    """

    id: str
    name: str
    address: str | None
    language: str | None = None
    mailbox: bool = False

    @property
    def called(self) -> str | None:
        """Their name in a letter; None for a mailbox, which has no name of its own."""
        return None if self.mailbox else self.name


Addressees = Mapping[str, Addressee]
"""All people and mailboxes on record, by their opaque id."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact for questions.

    Attributes:
        seat: the seat as written: ``projectsecretaris``, ``griffier@sliedrecht``.
        name: the holder's name; None if no person is known to hold it.
        address: the address; None if none is known.
        place: the name of the party or group of the seat; empty if there is none.
    """

    seat: str
    name: str | None
    address: str | None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transition that waits for the request.

    Attributes:
        milestone: its id.
        titles: its title, by language.
        target: the state it would reach.
        due: the day by which that state is due; None if it is not known.
    """

    milestone: str
    titles: Mapping[str, str]
    target: str
    due: date | None


@dataclass(frozen=True, slots=True)
class First:
    """A prerequisite of the request.

    Attributes:
        asked: the request to others: to decide, do a task, or reach a state; None for anything
            else.
        milestone: the id of its milestone; empty if it has none.
        titles: its title, by language.
        what: the request, the task or the part; empty for a state.
        whose: the bodies, parties or groups, each with the name of its party or group.
        reason: its present status.
        due: its last day; None if it is not known.
        who: the contacts who do it; empty if nobody has to.
    """

    asked: Asked | None
    milestone: str
    titles: Mapping[str, str]
    what: str
    whose: tuple[tuple[str, str], ...]
    reason: Text
    due: date | None
    who: tuple[Contact, ...]


class WhyGone(StrEnum):
    """The reasons why a deadline lapsed."""

    DECIDED = "decided"
    """The body has decided."""
    PASSED = "passed"
    """The term passed in silence."""
    RECEIVED = "received"
    """The asking party received the decision."""
    DONE = "done"
    """The task is done."""
    REACHED = "reached"
    """The state was reached."""
    ENDED = "ended"
    """The milestone is in another state, in which this is not asked."""
    LEFT = "left"
    """The party takes part no longer."""
    UNKNOWN = "unknown"
    """Its date is not known any more."""
    NOT_ASKED = "not-asked"
    """It is asked no longer, for another reason."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a deadline lapsed, and since when.

    Attributes:
        on: the day of the event that ended it, as precise as its source; empty if there is none.
        what: the state that was reached; else empty.
        reason: the reason that was given; empty if none was.
    """

    why: WhyGone
    on: str = ""
    what: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """The content of one reminder.

    Attributes:
        process: its id.
        process_titles: its title, by language.
        due: the reference of the due: ``milestone/request``, ``milestone/task``, …
        subject: the body (``sliedrecht.raad``), party or group; empty if there is only one.
        subject_name: the name of its party or group; empty if it has none.
        asked: the kind of request.
        milestone: the id of the milestone; empty for a task of the process itself.
        titles: its title by language, or that of the process if there is no milestone.
        what: the id of the request or task, or the state to be reached.
        body: the body that has to decide (``sliedrecht.raad``); None if there is none.
        instrument: the instrument (``toestemming``); None if it is not a decision.
        outcomes: the possible outcomes of the decision, or results of the task.
        deadline: the last day.
        written: that date as its source has it (“2021-02”, “by 2021-08-31”).
        target: it is a date aimed at (*richtdatum*), not a deadline.
        rung: which reminder it is: ``-14d``, ``-3wd``, ``0d``, ``+3d``.
        today: the day on which it is written, in the zone of the process.
        put: whether it can be done now; else something has to come first.
        moved_from: the date it had before, as written; None where it was never moved.
        moved_because: why it was moved; empty where it was not.
        waiting: what waits for it.
        command: what to give to record it. None where the reader cannot: it would be refused
            now, or is not theirs to record.
        ask: whom to ask, the first to be asked first.
        meant_for: the seat it was meant for, where that is another than the reader's.
        instead: why; None where it is meant for the reader.
        uid: the stable id of this deadline of this party in this process, for calendars.
        sequence: the number of the last entry when it was written; it only rises.
        first: what has to come first, as far as that is known.
        role: that of the reader; empty where it is not known.
        answers_to: the addresses of the secretariat, to which replies go.
        opens_on: the day from which on it can be reported, where that is still to come.
        moved_by_calendar: it was moved because other days are off by now.
        former_uid: the id that earlier versions of the program gave it in calendars.
        gone: why it applies no longer, and is to be taken out of a calendar; None where it does.
    """

    process: str
    process_titles: Mapping[str, str]
    due: str
    subject: str
    subject_name: str
    asked: Asked
    milestone: str
    titles: Mapping[str, str]
    what: str
    body: str | None
    instrument: str | None
    outcomes: tuple[str, ...]
    deadline: date
    written: str
    target: bool
    rung: str
    today: date
    put: bool
    moved_from: str | None
    moved_because: str
    waiting: tuple[Waiting, ...]
    command: Action | None
    ask: tuple[Contact, ...]
    meant_for: str | None
    instead: Instead | None
    uid: str
    sequence: int
    first: tuple[First, ...] = ()
    role: str = ""
    answers_to: tuple[str, ...] = ()
    opens_on: date | None = None
    moved_by_calendar: bool = False
    former_uid: str = ""
    gone: Gone | None = None

    @property
    def days_left(self) -> int:
        """How many days there are until the deadline; negative after it."""
        return (self.deadline - self.today).days


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one address at one time.

    Attributes:
        id: a fresh opaque id.
        written_at: the instant of writing, which stays its Date.
        address: the recipient's address.
        name: the recipient's name; None if it is not known.
        language: the recipient's language; None if none is on record.
        items: its items, the nearest deadline first and lapsed ones last; never empty.
        earlier: the letters that put the deadlines in a calendar which this one changes, the oldest
            first, as they were sent.
    """

    id: str
    written_at: datetime
    address: str
    name: str | None
    language: str | None
    items: tuple[Item, ...]
    earlier: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A letter as it is kept and sent: these very bytes, however often it is tried.

    Attributes:
        message_id: with its angle brackets.
        subject: its subject line.
        content: all of it, headers too, as RFC 5322 has it.
        fault: why it is not written as the installation wants (its template failed); None where
            it is.
    """

    message_id: str
    subject: str
    content: bytes
    fault: str | None = None


Write = Callable[[Letter], Written]
"""Writes a letter; the same letter always becomes the same bytes. It does not raise for any
content: if an installation's own template fails, the built-in one is used. It raises only
``UnusableAddress``, for an address that no letter can be sent to."""
