"""Refusals: what was asked may not be, and what would help.

Each carries its data and builds its sentence from it. Exit code 4, all of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Self

from definitions.calendar.dates import PartialDate, overlap
from definitions.language.actions import BLANK, Field, action
from definitions.language.errors import MijlpaalError
from definitions.language.text import Text, text
from definitions.model import Arm, Permission
from workflow.rules.available_transitions import AvailableTransition
from workflow.rules.gates import Finding
from workflow.rules.later_entries import LaterEntry


class Refused(MijlpaalError):
    """The process does not allow it now. Nothing was written.

    Attributes:
        later: what would allow it and is on record, but of a later day.
    """

    later: tuple[LaterEntry, ...] = ()

    def though(self, later: Iterable[LaterEntry]) -> Self:
        """Add the later entries that the refusal does not see; return the refusal."""
        self.later = tuple(later)
        self.details += tuple(each.sentence for each in self.later)
        return self

    def unless(self, seq: int, on: PartialDate, found: date) -> Self:
        """Add that an entry of another day may have a wrong date; return the refusal.

        Args:
            seq: the number of the entry that causes the refusal and has the same content.
            on: the date of the command.
            found: the day of the entry.
        """
        if on.day is not None and on.day != found:
            self.later = (LaterEntry("", on.day, self.sentence, seq, on.written),)
        return self


def withdraw_it(seq: int) -> Text:
    """Return the advice to withdraw an entry that causes a refusal, if it is wrong."""
    return text(
        "If that is wrong: {command}",
        command=action("correct", process=BLANK, seq=str(seq), withdraw=True, reason=BLANK),
    )


class GateClosed(Refused):
    """The gate of the transition does not hold.

    Remedy: do what ``ways`` say is missing, or attest the move with a source.
    """

    def __init__(self, milestone: str, ways: Sequence[AvailableTransition]) -> None:
        """Keep every transition that was meant, with its finding."""
        self.milestone = milestone
        self.ways = tuple(ways)
        first = self.ways[0]
        super().__init__(
            text(
                "“{milestone}” cannot go from “{source}” to “{target}”: its gate does not hold.",
                milestone=milestone,
                source=first.arm.source,
                target=first.arm.target,
            ),
            advice=text(
                "If a source says that it happened all the same, add {attested} {reference}.",
                attested=Field("attested"),
                reference=Field("reference", BLANK),
            ),
        )


class NoTransition(Refused):
    """No transition that was meant leaves the state the milestone is in."""

    def __init__(self, milestone: str, state: str, asked: str | None, ways: Iterable[Arm]) -> None:
        """Keep the state, and what could be asked instead."""
        self.milestone, self.state = milestone, state
        names = [f"{arm.trigger} → {arm.target}" for arm in ways]
        super().__init__(
            text(
                "“{milestone}” is in “{state}”, which “{asked}” does not leave.",
                milestone=milestone,
                state=state,
                asked=asked,
            )
            if asked
            else text(
                "“{milestone}” is in “{state}”, and nothing leaves it.",
                milestone=milestone,
                state=state,
            ),
            advice=text("From here: {names}.", names=names) if names else None,
        )


class SeveralTransitions(Refused):
    """More than one transition is open, or only ones that have to be named."""

    def __init__(self, milestone: str, state: str, ways: Sequence[AvailableTransition]) -> None:
        """Keep the transitions one can choose from."""
        self.milestone, self.state, self.ways = milestone, state, tuple(ways)
        super().__init__(
            text(
                "Which way should “{milestone}” go from “{state}”? It is not for us to choose.",
                milestone=milestone,
                state=state,
            ),
            advice=text("Name one: {names}.", names=[str(way) for way in ways]),
        )


class NotAllowed(Refused):
    """The actor holds no seat that may do this."""

    def __init__(
        self,
        name: str,
        wanted: Text,
        seats: Sequence[str],
        able: Sequence[str],
        permission: Permission,
    ) -> None:
        """Take the actor, the seats they hold, the seats required, and the permission."""
        self.name, self.seats, self.able = name, tuple(seats), tuple(able)
        super().__init__(
            text("{name} holds no seat here, and may not {wanted}.", name=name, wanted=wanted)
            if not seats
            else text("{name} may not {wanted} as {seats}.", name=name, wanted=wanted, seats=seats),
            advice=text("It takes one of these seats: {able}.", able=able)
            if able
            else text(
                "By this definition nobody may: no role in it has the permission “{permission}”.",
                permission=permission.value,
            ),
        )


class MailboxCannotAct(Refused):
    """The mailbox of a function receives reminders, but cannot record anything."""

    def __init__(self, name: str) -> None:
        """Keep which mailbox it is."""
        self.name = name
        super().__init__(
            text(
                "“{name}” is the mailbox of a function: it receives reminders, and cannot "
                "record anything.",
                name=name,
            ),
            advice=text(
                "Say with {field} who you are: the name of a person who holds a seat.",
                field=Field("actor"),
            ),
        )


class NotAdmitted(Refused):
    """The milestone was not in a state that admits this on that day."""

    def __init__(
        self,
        what: str,
        milestone: str,
        states: Sequence[str],
        admitted: Sequence[str],
        on: PartialDate,
    ) -> None:
        """Keep the states it was in on the day, and those it would take."""
        self.what, self.states, self.admitted = what, tuple(states), tuple(admitted)
        super().__init__(
            text(
                "On {on} “{milestone}” was in “{states}”; “{what}” is admitted in “{admitted}”.",
                on=on,
                milestone=milestone,
                states=states,
                what=what,
                admitted=admitted,
            ),
            advice=text(
                "Check the date, or advance the milestone first; if it did happen then, add "
                "{field}.",
                field=Field("out_of_order", BLANK),
            ),
        )


class NotArisen(Refused):
    """The task comes into being by an event that had not happened yet."""

    def __init__(self, task: str, on: PartialDate) -> None:
        """Keep which task."""
        self.task = task
        super().__init__(
            text("“{task}” had not arisen on {on}.", task=task, on=on),
            advice=text(
                "Record first what it arises from; or add {field}.",
                field=Field("out_of_order", BLANK),
            ),
        )


class OptionsRefused(Refused):
    """The decision names options it cannot name, or not as many as are asked."""


class AskedTooSoon(Refused):
    """The prerequisites of the body's own party are not met."""

    def __init__(
        self, body: str, request: str, finding: Finding, later: Iterable[LaterEntry] = ()
    ) -> None:
        """Take the finding on the precondition, and the later entries that would meet it."""
        self.body, self.finding = body, finding
        later = tuple(later)
        there = {each.name for each in later}
        waiting = [each for each in finding.waiting_for if each not in there]
        missing = next((each for each in finding.leaves() if not each.holds), finding)
        super().__init__(
            text(
                "{body} cannot decide on “{request}” yet: {subject}, {reason}.",
                body=body,
                request=request,
                subject=missing.subject,
                reason=missing.reason,
            ),
            advice=text(
                "First: {waiting}. If it did decide before that, add {field}.",
                waiting=waiting,
                field=Field("out_of_order", BLANK),
            )
            if waiting
            else text(
                "If it did decide before that, add {field}.", field=Field("out_of_order", BLANK)
            ),
        )
        self.though(later)


class AlreadyDecided(Refused):
    """A body decides once in a round."""

    def __init__(self, body: str, request: str, round_: int, outcome: str, seq: int) -> None:
        """Keep the decision there is."""
        self.body, self.outcome, self.seq = body, outcome, seq
        super().__init__(
            text(
                "{body} already decided on “{request}” in round {round}: “{outcome}” "
                "(entry {seq}).",
                body=body,
                request=request,
                round=round_,
                outcome=outcome,
                seq=seq,
            ),
            advice=text(
                "A body decides once in a round. A slip is mended with: {command}",
                command=action("correct", process=BLANK, seq=str(seq), outcome=BLANK, reason=BLANK),
            ),
        )


class TwiceADay(Refused):
    """Something else was said of the same on that day; the date does not say which came last."""

    def __init__(self, what: str, said: str, seq: int, on: PartialDate) -> None:
        """Take the earlier content, and the number of its entry."""
        self.said, self.seq = said, seq
        super().__init__(
            text(
                "“{said}” is on record of {what} on {on} (entry {seq}); it is not known "
                "which of the two came last that day.",
                said=said,
                what=what,
                on=on,
                seq=seq,
            ),
            advice=text(
                "Record only how that day ended; a slip is mended with: {command}",
                command=action("correct", process=BLANK, seq=str(seq), reason=BLANK),
            ),
        )


class NobodySits(Refused):
    """A decision of a body of the region of which every member left."""


class DateRefused(Refused):
    """The date is one on which this cannot have happened, or that something cannot be given.

    Attributes:
        field: which date, by the name of the field of the command or of the question.
        see: which query shows the dates that it has to fit; None where no process has any.
    """

    def __init__(
        self,
        sentence: Text,
        *,
        field: str,
        advice: Text | None = None,
        see: str | None = "history",
    ) -> None:
        """Keep the sentence, the field, the advice and the query."""
        super().__init__(sentence, advice=advice)
        self.field, self.see = field, see


class OrderUnknown(DateRefused):
    """By its date it can have been before or after something on record, and that decides."""

    def __init__(
        self, on: PartialDate, other: PartialDate, seq: int, *, out_of_order: bool = False
    ) -> None:
        """Take the entry whose order is uncertain.

        Args:
            on: the date of the refused command.
            other: the date of the entry.
            seq: the number of the entry.
            out_of_order: it can still be recorded out of order, with the reason.
        """
        self.other, self.seq = other, seq
        super().__init__(
            text(
                "Which came first is not known: this ({on}), or entry {seq} ({other}).",
                on=on,
                seq=seq,
                other=other,
            ),
            field="on",
            advice=text(
                "Give a narrower date; if none is known, add {field}.",
                field=Field("out_of_order", BLANK),
            )
            if out_of_order
            else text("Give a narrower date, if one is known."),
        )


def check_known(on: PartialDate, other: PartialDate, seq: int) -> None:
    """Refuse a date of which it is uncertain whether it is before or after that of an entry.

    Raises:
        OrderUnknown: the order is uncertain.
    """
    if overlap(on, other):
        raise OrderUnknown(on, other, seq)


class Missing(Refused):
    """Something that has to be given with it was not.

    Cause: a field is empty that has to be filled in here. Remedy: fill it in. Exit code 4.

    Attributes:
        field: which, by the name of the command's field (``workflow/model/commands.py``).
    """

    def __init__(self, sentence: Text, *, field: str, advice: Text | None = None) -> None:
        """Keep the sentence, the field and the advice."""
        super().__init__(sentence, advice=advice)
        self.field = field


def in_future(on: PartialDate, today: date, see: str | None = "history") -> DateRefused:
    """Return the refusal of a date that has not been yet, and where to see the dates there are."""
    begun = on.first is not None and on.first <= today
    return DateRefused(
        text("{on} is not over: today is {today}.", on=on, today=today)
        if begun
        else text("{on} is in the future: today is {today}.", on=on, today=today),
        field="on",
        advice=text(
            "Record it when it has happened. A month counts from its last day; of a month that "
            "is not over, give the day, or “by {typed}”.",
            typed=today.isoformat(),
        ),
        see=see,
    )
