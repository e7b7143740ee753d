"""An outbox whose letters are written plainly, on a clock that stands still."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from definitions.language.text import text
from tests.support.engine import SECRETARY, Traject
from workflow import people
from workflow.engine import Seating
from workflow.model.mail_address import UnusableAddress, mailbox
from workflow.model.person import Called
from workflow.model.reminders import Letter, Written
from workflow.reminders.claim import Claim
from workflow.reminders.outbox import Outbox
from workflow.reminders.retry_policy import RetryPolicy
from workflow.storage import reminders
from workflow.storage.messages import Message
from workflow.storage.reminders import Row

FIRST = "2021-09-16"
"""The day of the first rung: two weeks before the last working day of September."""


@dataclass
class Pen:
    """Writes letters as plain lists of their items, and keeps them.

    Attributes:
        blots: addresses for which writing fails.
        unusable: addresses to which nothing can be sent.
        unkept: addresses for which it writes what no database keeps.
        meanwhile: what happens while it writes the next letter, once.
    """

    letters: list[Letter] = field(default_factory=list)
    blots: set[str] = field(default_factory=set)
    unusable: set[str] = field(default_factory=set)
    unkept: set[str] = field(default_factory=set)
    meanwhile: Callable[[], object] | None = None

    def __call__(self, letter: Letter) -> Written:
        """Write a letter; to an address that can be one."""
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        mailbox(letter.address)
        if letter.address in self.unusable:
            raise UnusableAddress(letter.address, text("it has no name"))
        if letter.address in self.blots:
            raise ValueError(letter.address)
        self.letters.append(letter)
        lines = (f"{each.due} {each.subject} {each.rung}" for each in letter.items)
        subject = "\ud800" if letter.address in self.unkept else letter.items[0].due
        return Written(f"<{letter.id}@example>", subject, "\n".join(lines).encode())


@dataclass
class Desk:
    """The outbox of a process, and the words in which tests speak of it."""

    traject: Traject
    pen: Pen = field(default_factory=Pen)
    policy: RetryPolicy = field(default_factory=RetryPolicy)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.traject.engine, self.pen, self._new_id, lambda: 0.0, self.policy)

    def _new_id(self) -> str:
        return f"letter-{len(self.pen.letters) + 1}-{self.traject.world.new_id()}"

    @property
    def now(self) -> datetime:
        """The present."""
        return self.traject.world.now

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.traject.world.now += timedelta(**time)

    def claim(self, node: str = "node") -> list[Message]:
        """Claim the messages to send now."""
        return self.claimed(node).messages

    def claimed(self, node: str = "node", most: int = 100) -> Claim:
        """Claim the messages to send now, with the errors in writing them."""
        return self.outbox.claim(node, self.now, most)

    @property
    def rows(self) -> list[Row]:
        """All reminders of the process."""
        with self.traject.database.reading() as connection:
            return reminders.rows_of(connection, self.traject.id)

    def standing(self, subject: str, rung: str) -> list[tuple[str, str | None]]:
        """Return the seat of a reminder, and what became of it."""
        return [
            (f"{row.role}@{row.place}" if row.place else row.role, row.status)
            for row in self.rows
            if (row.subject, row.rung) == (subject, rung)
        ]


def seat(traject: Traject, name: str, holder: str, address: str | None, by: str = "") -> None:
    """Give somebody a seat, and say where they are reached."""
    traject.engine.give_seat(
        traject.id, Seating(name, Called(holder), Called(by or SECRETARY), address=address)
    )


def put_the_question(traject: Traject) -> None:
    """Ask the councils, on the first of February."""
    now = traject.world.now
    traject.world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01")
    traject.world.now = now


def reach(traject: Traject, name: str, address: str) -> None:
    """Set the address of a person with a seat."""
    people.set_contact(traject.engine, Called(name), Called(SECRETARY), address=address)
