"""A process in which everything happened that leaves a row, with letters in every standing.

It has decisions, corrections, follow-ups, parts, dates that moved, a party that left, a title that
was amended, a calendar that was followed, deputies, and a person who was forgotten. Of its
reminders some were sent, put in a folder, refused, put off, cancelled or past when they were
recorded; others are in a message that waits.
"""

from dataclasses import dataclass, field
from datetime import date

from definitions.calendar.dates import day_of, parse_date
from scheduler.mail.letters import Writer
from scheduler.settings import MailSettings
from screens.page import catalogue
from tests.support.decrees import decreed
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.outbox import Desk, Pen
from workflow import people
from workflow.engine import Seating
from workflow.model.commands import Amend, Leave
from workflow.model.person import Called
from workflow.model.reminders import Letter, Written
from workflow.storage.database import Database

FIRST = "2021-09-16"
"""The day of the first rung of the councils."""
LAST_OF_SEPTEMBER = date(2021, 9, 30)
"""The day by which the councils have to decide, once it is a working day after all."""
MAIL = MailSettings.model_validate({"sender": "griffie@regio.example", "sender_name": "Griffie"})
DEFINITION = load(
    example(
        ("note, member]", "note, member, party]"),
        (
            "  flyer:",
            "  brief:\n    per: party\n    owner: griffier\n    arises: {every: year}\n"
            "    due: {each_year: 01-18}\n    ladder: gewoon\n"
            "    results: {bezig: open, gedaan: done}\n  flyer:",
        ),
    )
)


@dataclass
class Scribe(Pen):
    """Writes letters as the program does."""

    writer: Writer = field(default_factory=lambda: Writer(MAIL, catalogue))

    def __call__(self, letter: Letter) -> Written:
        """Write a letter; to an address that can be one."""
        super().__call__(letter)
        return self.writer(letter)


def seat(traject: Traject, name: str, holder: str, on: str, address: str | None = None) -> None:
    """Give somebody a seat from a day on, and say where they are reached."""
    seating = Seating(name, Called(holder), Called(SECRETARY), address=address, on=parse_date(on))
    traject.engine.give_seat(traject.id, seating)


def live_richly(database: Database) -> Desk:
    """Live such a process; return the desk that sends its letters, on the day on which it ends."""
    traject = Traject(database, DEFINITION, World(), id="rijk")
    desk = Desk(traject, Scribe())
    traject.world.it_is("2021-01-04")
    with decreed(LAST_OF_SEPTEMBER):
        traject.start()
    for party in ("oost", "west", "zuid"):
        seat(traject, f"griffier@{party}", f"griffier {party}", "2021-01-04", f"{party}@a.example")
    seat(traject, "griffier@west", "deputy west", "2021-01-04", "deputy@a.example")
    seat(traject, "griffier@oost", "former oost", "2021-01-04", "former@a.example")
    people.set_contact(
        traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@a.example"
    )
    _asked(traject)
    _told(desk)
    _afterwards(desk)
    assert [] == traject.problems
    return desk


def _asked(traject: Traject) -> None:
    """Ask the councils; one answers, and the record of it is put right."""
    traject.world.it_is("2021-02-01")
    traject.part("tekst/kern", "volledig", "2021-02-01", version="2")
    traject.part("tekst/bijlage", "concept", "2021-02-01", "oost")
    traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
    traject.advance("voorstel", "2021-02-01", remark="a remark")
    traject.world.it_is("2021-03-01")
    traject.record("voorstel", "zuid.raad", "voor", "2021-02-20", request="raden", points=("a",))
    traject.correct(traject.last, ground="a slip")
    traject.sent("voorstel", "zuid.raad", "2021-02-22", request="raden")
    traject.record("voorstel", "zuid.college", "voor", "2021-02-23", request="colleges")
    traject.task("voorstel/vragen", "gesloten", "2021-02-24", "zuid")
    traject.note("something", "2021-02-25")
    traject.replan("slot.genomen", "2022-02-01", "2021-02-26")
    traject.do(Amend("title", "Another title", "it was too long", parse_date("2021-02-26")))


def _told(desk: Desk) -> None:
    """Tell the griffiers: one is sent, one refused, one fails, one is filed; then the deputies."""
    traject = desk.traject
    traject.world.it_is(FIRST)
    for each in desk.claim():
        match str(each.address).partition("@")[0]:
            case "oost":
                desk.outbox.refused(each, "no such mailbox", desk.now)
            case "west":
                desk.outbox.accepted(each, desk.now)
            case "deputy":
                desk.outbox.failed(each, "too busy", desk.now, unsure=False)
            case _:
                desk.outbox.accepted(each, desk.now)
    for each in desk.claim():
        desk.outbox.filed(each, "/var/mail-of-mijlpaal", desk.now)
    traject.unseat("griffier@oost", "former oost", FIRST)
    desk.wait(days=1)
    people.erase(traject.engine, Called("former oost"), Called(SECRETARY))


def _afterwards(desk: Desk) -> None:
    """Give a date that makes rungs past, let a party go, and be in the middle of the next rung."""
    traject = desk.traject
    traject.world.it_is("2021-09-20")
    for each in desk.claim():
        desk.outbox.failed(each, "no answer", desk.now, unsure=True)
    traject.replan("voorstel/raden", "2021-09-29", "2021-09-20")
    traject.do(Leave("zuid", "it left", day_of(traject.world.now.date())))
    traject.world.it_is("2021-09-24")
    desk.pen.blots.add("oost@a.example")
    desk.outbox.record_heartbeat("node", desk.now, desk.now)
    desk.claim()
