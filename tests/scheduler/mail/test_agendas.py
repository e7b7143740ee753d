"""What readers have in their calendars, once they took in every letter: what is open."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import day_of, parse_date
from definitions.language.errors import MijlpaalError
from scheduler.mail.calendars import in_calendar
from scheduler.mail.letters import Writer
from scheduler.mail.mime import calendars_in
from scheduler.mail.smtp import SmtpChannel
from scheduler.sending import Sender
from screens.page import catalogue
from tests.support.agendas import Agenda, calendars_of, events_of
from tests.support.databases import copied, make_template
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from tests.support.letters import GRIFFIER, PRINCIPLE, QUESTIONS, SETTINGS, writer
from tests.support.mailserver import Mailroom, mail_server, settings_for
from tests.support.postbox import Postbox
from tests.support.properties import examples
from workflow import people
from workflow.engine import Seating
from workflow.model.commands import Correct, Leave, Record, Replan
from workflow.model.person import Called
from workflow.model.reminders import Gone, WhyGone, Written
from workflow.reminders.outbox import Outbox
from workflow.storage import reading
from workflow.views.dues import all_dues
from workflow.views.seen import Seen

PARTIES = ("oost", "west", "zuid")
DEFINITION = load(example(("note, member]", "note, member, party]")))
BEGINS = datetime(2021, 9, 16, 7, 30, tzinfo=UTC)
"""Half past nine, on the morning of the first reminder."""
DECIDED = Gone(WhyGone.DECIDED, "2021-02-15")


# --- one letter ----------------------------------------------------------------------------------


def read(written: Written) -> tuple[str, str]:
    """Return the subject of a letter, and its text without where its lines are folded."""
    mail = message_from_bytes(written.content, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    return str(mail["Subject"]), " ".join(body.get_content().split())


def test_a_letter_that_only_takes_back_asks_nothing() -> None:
    """It says in plain words what lapsed and why, and names no command."""
    letter = replace(GRIFFIER, items=(replace(PRINCIPLE, gone=DECIDED, command=None),))
    written = writer()(letter)
    subject, said = read(written)

    assert "Vervalt: principebesluit van de raad van Sliedrecht" == subject
    assert (
        "Een datum in “Nieuwe GR sociaal domein” vervalt. U hoeft hiervoor niets te doen." in said
    )
    assert "vrijdag 26 februari 2021, vervalt" in said
    assert "Deze datum vervalt: de raad van Sliedrecht besloot op ma 15 februari 2021." in said
    assert "De bijlage vervallen.ics haalt uit uw agenda wat niet meer geldt." in said
    assert "mijlpaal record" not in said
    assert "herinnering" not in said
    (calendar,) = calendars_of(written.content)
    (event,) = events_of(calendar)
    assert ("CANCEL", PRINCIPLE.uid) == (event.method, event.uid)
    assert "de raad van Sliedrecht besloot op" in event.properties["COMMENT"]


def test_a_letter_names_no_day_that_nobody_knows() -> None:
    """From when a decision counts is no day on which it was taken."""
    decided = Gone(WhyGone.DECIDED, "unknown, counted from 2021-02-15")
    letter = replace(GRIFFIER, items=(replace(PRINCIPLE, gone=decided, command=None),))
    _, said = read(writer()(letter))

    assert "de raad van Sliedrecht besloot op een dag die niet bekend is." in said
    assert "15 februari" not in said


def test_what_is_gone_stands_below_what_is_asked() -> None:
    """Each event that is taken out in a file of its own, before those that are there."""
    lapsed = replace(PRINCIPLE, gone=DECIDED, due="other/raden", uid="one")
    letter = replace(GRIFFIER, items=(QUESTIONS, lapsed, replace(lapsed, uid="two", due="third")))
    written = writer()(letter)
    subject, said = read(written)

    assert subject.startswith("Uiterlijk")
    assert "Daaronder staan 2 data die vervallen." in said
    assert "De bijlagen vervallen.ics tot en met vervallen-2.ics halen uit uw agenda" in said
    found = [
        (each.method, each.uid) for one in calendars_of(written.content) for each in events_of(one)
    ]
    assert [("CANCEL", "one"), ("CANCEL", "two"), ("PUBLISH", QUESTIONS.uid)] == found


@pytest.mark.parametrize("why", list(WhyGone))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reason_is_a_sentence(why: WhyGone, language: str) -> None:
    """In both languages, also where the day is not known exactly."""
    for on in ("2021-02-15", "2021-02", ""):
        gone = Gone(why, on, "in-route", "the law is late")
        letter = replace(GRIFFIER, language=language, items=(replace(PRINCIPLE, gone=gone),))
        _, said = read(writer()(letter))
        start = "Deze datum vervalt: " if language == "nl" else "This date no longer applies: "
        sentence = said.partition(start)[2].partition(".")[0]
        assert sentence, said


def test_what_has_an_id_of_an_earlier_version_is_taken_out_by_it() -> None:
    """And what moves gets its new one: the old one goes, so that it does not stand there twice."""
    former = replace(PRINCIPLE, uid="former")
    earlier = writer()(replace(GRIFFIER, items=(former,))).content
    now = replace(PRINCIPLE, former_uid="former")
    for item, wanted in (
        (now, [("CANCEL", "former"), ("PUBLISH", PRINCIPLE.uid)]),
        (replace(now, gone=DECIDED), [("CANCEL", "former")]),
    ):
        written = writer()(replace(GRIFFIER, items=(item,), earlier=(earlier,)))
        calendars = list(calendars_of(written.content))
        found = [(each.method, each.uid) for one in calendars for each in events_of(one)]
        assert wanted == found
        after = [*calendars_in(earlier), *calendars_in(written.content)]
        assert {uid for method, uid in wanted if method == "PUBLISH"} == in_calendar(after)


# --- by a mail server ----------------------------------------------------------------------------


@dataclass
class Region:
    """A process of three councils, those who hold its seats, and what their calendars have."""

    traject: Traject
    box: Postbox = field(default_factory=Postbox)
    agendas: dict[str, Agenda] = field(default_factory=lambda: defaultdict(Agenda))
    read: int = 0

    def begin(self) -> "Region":
        """Ask the councils for a decision."""
        traject, world = self.traject, self.traject.world
        world.it_is("2021-01-04")
        traject.start()
        for party in PARTIES:
            self.seat(party, party)
        people.set_contact(
            traject.engine, Called(SECRETARY), Called(SECRETARY), address="secretaris@a.example"
        )
        world.it_is("2021-02-01")
        traject.part("tekst/kern", "volledig", "2021-02-01")
        traject.task("voorstel/overleg", "gehouden", "2021-02-01", "juristen")
        traject.advance("voorstel", "2021-02-01")
        world.now = BEGINS
        return self

    def seat(self, party: str, name: str) -> None:
        """Give somebody the seat of a griffier, with an address."""
        seating = Seating(
            f"griffier@{party}", Called(name), Called(SECRETARY), address=f"{name}@a.example"
        )
        self.traject.engine.give_seat(self.traject.id, seating)

    def sweep(self) -> None:
        """Send what is due, and let every reader take it in."""
        Sender(self.outbox, self.box, "node", self.traject.world.clock).sweep()
        self.take_in(self.box.letters)

    @property
    def outbox(self) -> Outbox:
        """The outbox of a node."""
        new_id = self.traject.world.new_id
        return Outbox(self.traject.engine, Writer(SETTINGS, catalogue), new_id, lambda: 0.0)

    def take_in(self, letters: list[tuple[str, bytes]]) -> None:
        """Let every reader take in what came since."""
        for address, letter in letters[self.read :]:
            self.agendas[address].take(letter)
        self.read = len(letters)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.traject.world.now.date()

    def open_dues(self) -> dict[str, date]:
        """Return what ``due`` shows as open and people are reminded of, by its id in calendars."""
        engine, id = self.traject.engine, self.traject.id
        present, _ = engine.present(id)
        opening = self.traject.journal[0].hash
        found = {}
        for due in all_dues(Seen(*present.on(self.today).parts, id)):
            if due.id == "voorstel/raden" and not due.met and due.date is not None:
                for body in due.waiting_for:
                    key = f"mijlpaal:{opening}:{due.id}:{body}"
                    found[str(uuid5(NAMESPACE_URL, key))] = due.date
        return found

    def check(self) -> None:
        """Check that nobody has what is not open, nor lacks what they were told of."""
        open_dues = self.open_dues()
        holders = set(self._holders())
        for address, agenda in self.agendas.items():
            assert [] == agenda.refused, "a newer letter had a lower number"
            assert agenda.there.items() <= open_dues.items()
            told = {uid: day for uid, day in open_dues.items() if uid in agenda.known}
            if address in holders:
                assert told == agenda.there

    def _holders(self) -> Iterator[str]:
        with self.traject.database.reading() as connection:
            addressees = reading.addressees(connection)
        for each in self.traject.state.seats.values():
            if each.held_on(self.today):
                yield str(addressees[each.person].address)


def test_by_a_mail_server_and_back(tmp_path: Path) -> None:
    """A reminder, a move, a decision, and the decision withdrawn, by SMTP."""
    room, days = Mailroom(), []
    template = make_template(tmp_path / "empty.db")
    with copied(template, tmp_path / "a.db") as database, mail_server(room) as port:
        region = Region(Traject(database, DEFINITION, World())).begin()
        channel = SmtpChannel(settings_for(port))
        for doing in ("", "replan 75", "decide oost", "withdraw 0"):
            if doing:
                do(region, doing)
                region.traject.world.now += timedelta(days=1)
            Sender(region.outbox, channel, "node", region.traject.world.clock).sweep()
            region.take_in(room.letters)
            days.append(sorted(region.agendas["oost@a.example"].there.values()))

    moved = date(2021, 11, 30)
    assert [[date(2021, 9, 30)], [moved], [], [moved]] == days
    assert [] == region.agendas["oost@a.example"].refused
    assert [moved] == sorted(region.agendas["west@a.example"].there.values())


# --- whatever happens ----------------------------------------------------------------------------

_DOINGS = (
    *(f"decide {party}" for party in PARTIES * 2),
    *("withdraw 0", "withdraw 0", "withdraw 1", "withdraw 2"),
    *(f"replan {days}" for days in (-3, 1, 5, 14, 40)),
    "unknown",
    *(f"leave {party}" for party in PARTIES),
    "stop",
    *(f"seat {party} {name}" for party in PARTIES for name in (*PARTIES, "na")),
    *(f"unseat {party} {name}" for party in PARTIES for name in (*PARTIES, "na")),
    *(f"wait {days}" for days in (1, 1, 2, 3, 5) * 3),
)


def do(region: Region, doing: str) -> None:
    """Let something happen; it may be refused."""
    traject, on = region.traject, day_of(region.today)
    match doing.split():
        case "decide", party:
            traject.do(Record("voorstel", f"{party}.raad", "voor", on, reference="a source"))
        case "withdraw", back:
            seq = traject.last - int(back)
            traject.do(Correct(seq, "a slip", withdraw=True, reference="a source"))
        case "replan", days:
            day = day_of(region.today + timedelta(days=int(days)))
            traject.do(Replan("voorstel/raden", day, "late", on))
        case ["unknown"]:
            traject.do(Replan("voorstel/raden", parse_date("unknown"), "late", on))
        case "leave", party:
            traject.do(Leave(party, "gone", on))
        case ["stop"]:
            traject.advance("voorstel", region.today.isoformat(), "stoppen")
        case "seat", party, name:
            region.seat(party, name)
        case "unseat", party, name:
            yesterday = (region.today - timedelta(days=1)).isoformat()
            traject.unseat(f"griffier@{party}", name, yesterday)
        case "wait", days:
            for _ in range(int(days)):
                traject.world.now += timedelta(days=1)
                region.sweep()
            region.check()
        case _:
            raise AssertionError(doing)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which the councils were asked; copy it."""
    folder = tmp_path_factory.mktemp("begun")
    with copied(make_template(folder / "empty.db"), folder / "begun.db") as database:
        Region(Traject(database, DEFINITION, World())).begin()
    return folder / "begun.db"


@examples(15)
@given(st.lists(st.sampled_from(_DOINGS), max_size=14))
def test_after_every_morning_calendars_have_what_is_open(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, doings: list[str]
) -> None:
    """And nothing else, with its date of that day, for everybody who was ever told of it."""
    with copied(begun, tmp_path_factory.mktemp("each") / "a.db") as database:
        region = Region(Traject(database, DEFINITION, World(BEGINS, 100)))
        region.sweep()
        for doing in doings:
            try:
                do(region, doing)
            except MijlpaalError:
                continue
        do(region, "wait 1")
        assert [] == region.traject.problems
