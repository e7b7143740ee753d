"""Conflicts: a command does not fit the present record.

Each has a class of its own, so that a caller can distinguish them. They share no base but
``Refused``, since their remedies differ. All have exit code 4.
"""

from collections.abc import Iterable, Sequence

from definitions.calendar.dates import PartialDate
from definitions.language.actions import BLANK, Action, Field, action
from definitions.language.text import Text, text
from workflow.rules.refusals import Refused


class VersionPassed(Refused):
    """The last entry is not the one that the command expected: somebody recorded something first.

    Cause: a command with ``expect``, after somebody else's. Remedy: read the entries recorded
        since, and decide again. Exit code 4.
    """

    def __init__(self, at: int, expect: int) -> None:
        """Keep the number of the last entry, and the one that was expected."""
        self.at_seq, self.expect = at, expect
        super().__init__(
            text(
                "The process is at entry {at}, not at {expect}: somebody was here before you.",
                at=at,
                expect=expect,
            ),
            advice=text("Look at “history” and decide again."),
        )


class KeyReused(Refused):
    """A key has been used for another command.

    Cause: the command differs from the one recorded under its key. Remedy: use another key for a
        new command, or ``correct`` for a mistake. Exit code 4.
    """

    def __init__(self, key: str, seq: int, advice: Text | None = None) -> None:
        """Keep the key, the entry it stands for, and what helps where more is known of that."""
        self.key, self.seq = key, seq
        super().__init__(
            text(
                "“{key}” was recorded before with another content (entry {seq}).",
                key=key,
                seq=seq,
            ),
            advice=advice or text("What is recorded stays; give what is different another id."),
        )


class IdTaken(Refused):
    """There is a process with that id already.

    Cause: two processes would have one id. Remedy: another id. Exit code 4.
    """

    def __init__(self, process: str) -> None:
        """Keep the id."""
        self.id = process
        super().__init__(
            text("There is a process “{process}” already.", process=process),
            advice=text("Give this one another id, with {field}.", field=Field("id")),
        )


class SeatHeld(Refused):
    """A person would get a seat that they already hold on one of its days.

    Cause: a seat given twice, or two periods that overlap. Remedy: check who holds which seat. Exit
    code 4.
    """

    def __init__(self, seat: str) -> None:
        """Keep which seat."""
        self.seat = seat
        super().__init__(
            text("They hold the seat “{seat}” already.", seat=seat), advice=_see_members()
        )


class SeatNotHeld(Refused):
    """A seat would end that the person does not hold on that day.

    Cause: another seat or another day was meant. Remedy: check who holds which seat. Exit code 4.
    """

    def __init__(self, seat: str, on: PartialDate) -> None:
        """Keep which seat, and on which day it would end."""
        self.seat, self.on = seat, on
        super().__init__(
            text("On {on} there is no seat “{seat}” of theirs to end.", seat=seat, on=on),
            advice=_see_members(),
        )


class LastSeatGiver(Refused):
    """The last seat would end in which somebody can give seats.

    Cause: nobody could be given a seat any more. Remedy: give somebody else that seat first. Exit
    code 4.
    """

    def __init__(self, role: str) -> None:
        """Keep the role of the seat."""
        self.role = role
        super().__init__(
            text("After that nobody could give seats any more."),
            advice=text(
                "Give somebody else that seat first: {command}",
                command=action("member add", process=BLANK, seat=role, name=BLANK),
            ),
        )


class HoldsSeats(Refused):
    """A person would be erased who still holds seats.

    Cause: nobody would know who holds them. Remedy: end those seats first. Exit code 4.
    """

    def __init__(self, name: str, seats: Iterable[str]) -> None:
        """Take the person's name, and their seats, each with its process."""
        self.name, self.seats = name, tuple(seats)
        super().__init__(
            text("“{name}” holds seats still: {seats}.", name=name, seats=self.seats),
            advice=text(
                "End them first: {command}",
                command=action("member end", process=BLANK, seat=BLANK, name=BLANK),
            ),
        )


class IsMailbox(Refused):
    """The mailbox of a function was named where a person is asked for.

    Cause: a seat for a person, with the name of a mailbox. Remedy: give it as a mailbox. Exit
    code 4.
    """

    def __init__(self, name: str) -> None:
        """Take its name."""
        self.name = name
        super().__init__(
            text("“{name}” is the mailbox of a function.", name=name),
            advice=text("Give it a seat with {field} instead of a name.", field=Field("mailbox")),
        )


class NameTaken(Refused):
    """A mailbox would be called what somebody else is called.

    Cause: its address is the name of a person, or of another mailbox. Remedy: another address.
    Exit code 4.
    """

    def __init__(self, name: str) -> None:
        """Keep the name."""
        self.name = name
        super().__init__(
            text("“{name}” is a name on record already.", name=name),
            advice=text("A mailbox and a person cannot have the same name."),
        )


class SeveralPeople(Refused):
    """A name is that of several people, and which of them is meant is not known.

    Cause: they are called the same. Remedy: say which of them. Exit code 4.
    """

    def __init__(self, name: str, ways: Sequence[str]) -> None:
        """Keep the name, and how each of them can be named."""
        self.name, self.ways = name, tuple(ways)
        super().__init__(
            text("There are several people called “{name}”.", name=name),
            advice=text("Name one: {names}.", names=[f"“{each}”" for each in ways]),
        )


class ReachedElsewhere(Refused):
    """A seat would be given with another address or language than its holder has on record.

    Cause: it is somebody else of the same name, or they moved. To give a seat takes less permission
    than to redirect the letters of all their seats. Remedy: say that it is somebody else, or change
    the address by itself. Exit code 4.
    """

    def __init__(self, sentence: Text, change: Action, field: str, *, is_certain: bool) -> None:
        """Keep the sentence and the field.

        Args:
            sentence: what is on record.
            change: the command that changes it.
            field: which one differs: ``address`` or ``language``.
            is_certain: nobody else can be meant: a mailbox was given, or an id.
        """
        self.field = field
        either = text(
            "Somebody else of that name: add {another}. The same person: {command}",
            another=Field("another"),
            command=change,
        )
        only = text("Where somebody is reached is changed with: {command}", command=change)
        super().__init__(sentence, advice=only if is_certain else either)


class ReleaseUnfinished(Refused):
    """Programs of the release before may still work on the database, and would misread this.

    Cause: an upgrade of the database that is not finished. Remedy: finish it. Exit code 4.
    """

    def __init__(self) -> None:
        """Take nothing; the advice is how to finish the release."""
        super().__init__(
            text("Programs of the release before may still work on this database."),
            advice=text(
                "They know one person of a name at most. Once none runs any more: {command}",
                command=action("db upgrade", finish=True),
            ),
        )


class SameDate(Refused):
    """A due would be given the date that it has.

    Cause: it was moved already, or the date is that of its definition. Remedy: none is needed.
    Exit code 4.
    """

    def __init__(self, due: str) -> None:
        """Keep which due."""
        self.due = due
        super().__init__(text("“{due}” has that date already.", due=due))


class AlreadyLeft(Refused):
    """A party would leave that left before.

    Cause: it was said before. Remedy: correct that entry, where its day is wrong. Exit code 4.
    """

    def __init__(self, party: str, on: PartialDate, seq: int) -> None:
        """Keep which party, and by which entry it left on which day."""
        self.party, self.on, self.seq = party, on, seq
        super().__init__(
            text("{party} left on {on} already (entry {seq}).", party=party, on=on, seq=seq)
        )


class AlreadyParty(Refused):
    """A party would join that takes part from the beginning.

    Cause: another one is meant. Remedy: name one that may join. Exit code 4.
    """

    def __init__(self, party: str) -> None:
        """Keep which party."""
        self.party = party
        super().__init__(text("{party} takes part from the beginning.", party=party))


class AlreadyJoined(Refused):
    """A party would join that joined before.

    Cause: it was said before. Remedy: correct that entry, where its day is wrong. Exit code 4.
    """

    def __init__(self, party: str, on: PartialDate, seq: int) -> None:
        """Keep which party, and by which entry it joined on which day."""
        self.party, self.on, self.seq = party, on, seq
        super().__init__(
            text("{party} joined on {on} already (entry {seq}).", party=party, on=on, seq=seq)
        )


class NoReturn(Refused):
    """A party would join that has left.

    Cause: who left does not come back in the same process. Remedy: withdraw its departure, where
    that was a mistake. Exit code 4.
    """

    def __init__(self, party: str, on: PartialDate, advice: Text) -> None:
        """Keep which party, and when it left."""
        self.party, self.on = party, on
        super().__init__(
            text("{party} left on {on}, and does not come back.", party=party, on=on),
            advice=advice,
        )


class LastParty(Refused):
    """The last party would leave.

    Cause: nobody would take part any more. Remedy: stop the milestones one by one. Exit code 4.
    """

    def __init__(self, party: str) -> None:
        """Keep which party."""
        self.party = party
        super().__init__(
            text("Nobody would take part any more."),
            advice=text("A process that is given up is stopped, milestone by milestone."),
        )


def _see_members() -> Text:
    return text(
        "See who holds which seat with: {command}", command=action("member list", process=BLANK)
    )
