"""The service: goes on whatever happens, and ends in time without losing what it holds."""

import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

import cli
from definitions.language.text import text
from scheduler import alarm_clock, sending, service
from scheduler.channels import Failed, Filed, Outcome, Refused
from scheduler.mail.folder import FolderChannel
from scheduler.mail.letters import Writer
from scheduler.settings import MailSettings
from screens.page import spoken
from terminal.runtime.setup import Setup
from tests.support.databases import Site, file_of, made, on_server
from tests.support.engine import SECRETARY, World
from tests.support.mailserver import HOST, Mailroom, mail_server
from tests.support.mailstorm import DAY, begin, traject
from tests.support.postbox import Blocked, Postbox, running, sender_on, until
from workflow import people
from workflow.model.person import Called
from workflow.reminders.claim import Claim
from workflow.storage import nodes, reminders
from workflow.storage.database import Database, Patience
from workflow.storage.errors import TemporarilyUnavailable
from workflow.storage.messages import Message

PROCESSES = 4
ALL = [
    *(f"oost-traject-{number}@example.example" for number in range(PROCESSES)),
    "regio@example.example",
    *(f"zuid-traject-{number}@example.example" for number in range(PROCESSES)),
]
"""Who is told something on the day: griffiers, of whom one has a seat in each process."""
FIRST = ALL[0]


@pytest.fixture(scope="session")
def begun(site: Site, template: str) -> Iterator[str]:
    """Return a database in which processes were started; copy it."""
    with made(site, template) as url:
        begin(url, PROCESSES)
        yield url


@pytest.fixture
def url(site: Site, begun: str) -> Iterator[str]:
    """Return the URL of a database of the test's own, in which much is due on the day."""
    with made(site, begun) as url:
        yield url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Open it."""
    with Database(url, Patience(seconds=0.05)) as database:
        yield database


@pytest.fixture
def world() -> World:
    """Make it the day, after the hour at which people are reminded."""
    world = World()
    world.it_is(DAY)
    return world


# --- several at once ---------------------------------------------------------------------------


def test_it_sends_what_is_due_and_goes_on(database: Database, world: World) -> None:
    """Each once; it lets go of the way out when there is no more, and sends what comes later."""
    box = Postbox()
    with running(sender_on(database, world, box)) as node:
        assert until(lambda: box.addresses == ALL)
        assert until(lambda: box.closed == 1)
        world.it_is("2021-09-27")
        assert until(lambda: box.addresses == sorted(2 * ALL))
        assert node.end()


def test_two_services_send_each_message_once(
    url: str, database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one keep from the other what it cannot send itself."""
    monkeypatch.setattr(service, "AT_ONCE", 3)
    stuck, other, blocked = Postbox(), Postbox(), Blocked()
    stuck.before = blocked
    with Database(url) as second, running(sender_on(database, world, stuck)):
        assert blocked.reached.wait(20)
        with running(sender_on(second, world, other)):
            assert until(lambda: len(other.letters) == len(ALL) - 3)
            blocked.free.set()
            assert until(lambda: len(stuck.letters) + len(other.letters) == len(ALL))

    assert ALL == sorted(stuck.addresses + other.addresses)


def test_a_sweep_beside_a_service(
    url: str, database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends what the service does not hold."""
    monkeypatch.setattr(service, "AT_ONCE", 3)
    stuck, box, blocked = Postbox(), Postbox(), Blocked()
    stuck.before = blocked
    with Database(url) as second, running(sender_on(database, world, stuck)):
        assert blocked.reached.wait(20)
        assert len(ALL) - 3 == sender_on(second, world, box).sweep().sent
        blocked.free.set()
        assert until(lambda: len(stuck.letters) == 3)

    assert ALL == sorted(stuck.addresses + box.addresses)


def test_its_log_says_what_became_of_each_letter(
    database: Database, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """To whom, about what, and when it is tried again; on one line, whatever a server says."""
    caplog.set_level("INFO", "scheduler.service")
    box = Postbox(
        outcomes={
            ALL[0]: [Failed(text("busy\r\n\x1b[31mlater"))],
            ALL[1]: [Refused(text("no such mailbox"))],
            ALL[2]: [Filed("/srv/mail")],
        }
    )
    with running(sender_on(database, world, box)):
        assert until(lambda: box.addresses == ALL[3:])
    again = (world.now + timedelta(minutes=1)).isoformat()

    assert {
        f"Not sent, tried again at {again} because busy   [31mlater: “voorstel/raden” to {ALL[0]}",
        f"Refused for good because no such mailbox: “voorstel/raden” to {ALL[1]}",
        f"Put in the folder /srv/mail, not sent: “voorstel/raden” to {ALL[2]}",
        *(f"Sent: “voorstel/raden” to {each}" for each in ALL[3:]),
    } == {
        each.message.partition(" (<")[0]
        for each in caplog.records
        if each.name == "scheduler.service" and "No recipient" not in each.message
    }


def test_its_log_says_once_what_nobody_can_be_told_of(
    database: Database, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Not again each time that it is looked at."""
    caplog.set_level("INFO", "scheduler.service")
    box = Postbox(outcomes={FIRST: [Refused(text("no such mailbox"))]})
    with running(sender_on(database, world, box)):
        for _ in range(3):
            assert until(lambda: _put_off(database) > world.now)
            world.now += timedelta(minutes=16)

    about = "traject-0: voorstel/raden, secretaris"
    said = f"No recipient in its seat, nor at the secretariat: {about}"
    assert [said] == [each.message for each in caplog.records if "No recipient" in each.message]


def test_what_waits_for_a_reader_is_looked_at_when_it_begins(
    database: Database, world: World
) -> None:
    """Who gave somebody an address and starts it anew need not wait for the next look."""
    box = Postbox(outcomes={FIRST: [Refused(text("no such mailbox"))]})
    assert 1 == len(sender_on(database, world, box).sweep().unreachable)
    people.set_contact(
        traject(database, 0, world).engine, Called(SECRETARY), Called(SECRETARY), address=OFFICE
    )
    with running(sender_on(database, world, box)):
        assert until(lambda: OFFICE in box.addresses)


def _put_off(database: Database) -> datetime:
    """Return until when what nobody can be told of is put off."""
    with database.reading() as connection:
        rows = reminders.rows_of(connection, "traject-0")
    return max((row.next_at for row in rows if row.meant_for and row.next_at), default=START)


START = datetime(2021, 1, 4, tzinfo=UTC)


# --- its end -----------------------------------------------------------------------------------


def test_it_gives_back_what_it_did_not_send(database: Database, world: World) -> None:
    """Another node has it at once, and need not wait for a lease to pass."""
    stuck, box, blocked = Postbox(), Postbox(), Blocked()
    stuck.before = blocked
    with running(sender_on(database, world, stuck)) as node:
        assert blocked.reached.wait(20)
        node.service.stopping.set()
        blocked.free.set()
        assert node.end()

    assert 1 == len(stuck.letters)
    assert len(ALL) - 1 == sender_on(database, world, box).sweep().sent
    assert ALL == sorted(stuck.addresses + box.addresses)


def test_it_does_not_wait_for_a_mail_server_that_is_stuck(database: Database, world: World) -> None:
    """It says that something is under way; another node sends that when the lease has passed."""
    stuck, box, blocked = Postbox(), Postbox(), Blocked()
    stuck.before = blocked
    with running(sender_on(database, world, stuck), patience=0.1) as node:
        assert blocked.reached.wait(20)
        assert not node.end()
        assert 0 == sender_on(database, world, box).sweep().sent
        world.now += timedelta(minutes=5)
        assert len(ALL) == sender_on(database, world, box).sweep().sent
        blocked.free.set()
        assert node.is_over()

    assert ALL == box.addresses


@pytest.mark.only("sqlite")
def test_it_does_not_wait_for_a_database_that_is_stuck(url: str, world: World) -> None:
    """Neither to ask it, nor to say goodbye."""
    box = Postbox()
    with Database(url) as database, running(sender_on(database, world, box), patience=0.1) as node:
        assert until(lambda: box.addresses == ALL)
        with closing(_locked(database)):
            begun = time.monotonic()
            assert not node.end()
            assert time.monotonic() - begun < 5
        assert node.is_over()
        assert [] == _nodes(database)


def _nodes(database: Database) -> list[str]:
    """Return the nodes that did not say that they ended."""
    with database.reading() as connection:
        return [node for node, *_ in nodes.nodes(connection)]


def _locked(database: Database) -> sqlite3.Connection:
    """Keep others from writing to an SQLite file."""
    connection = sqlite3.connect(file_of(database), isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(url: str, tmp_path: Path, how: signal.Signals) -> None:
    """As it should: it says where letters go, sends them, and ends well."""
    room = Mailroom()
    with mail_server(room) as port, _program(url, port) as program:
        assert until(lambda: len(room.letters) == len(ALL))
        program.send_signal(how)
        out, err = program.communicate(timeout=10)

    assert (0, True) == (program.returncode, f"mail server {HOST}" in out), err
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d (?:INFO|WARNING) ")
    assert [] == [line for line in err.splitlines() if not stamp.match(line)]
    assert [1] * len(ALL) == [len(re.findall(f"INFO Sent: “.+” to {to} ", err)) for to in ALL]
    assert ALL == sorted(to for to, _ in room.letters)
    with Database(url) as database:
        assert [] == _nodes(database)


@pytest.mark.only("sqlite")
def test_a_signal_ends_it_while_the_server_is_slow(url: str) -> None:
    """Within ten seconds; what it holds is sent by another when its lease has passed.

    What the server had taken without saying so comes a second time, in the same bytes.
    """
    room = Mailroom(silent=60)
    with mail_server(room) as port, _program(url, port) as program:
        assert until(lambda: bool(room.letters))
        program.terminate()
        begun = time.monotonic()
        program.communicate(timeout=20)
        took = time.monotonic() - begun

        assert (0, True) == (program.returncode, took < 10), took
        room.silent = 0
        # Years after the deadline, the secretariat is to hear too, and has no address.
        assert 1 == _run_due(url, port, after=timedelta(minutes=10))

    assert ALL == sorted({to for to, _ in room.letters})
    assert len(ALL) == len(set(room.letters)) == len(room.letters) - 1


def _environment(url: str, port: int) -> dict[str, str]:
    return {
        "MIJLPAAL_DATABASE_URL": url,
        "MIJLPAAL_MAIL_HOST": HOST,
        "MIJLPAAL_MAIL_PORT": str(port),
        "MIJLPAAL_MAIL_SENDER": "griffie@drechtsteden.example",
        "MIJLPAAL_SETTINGS": os.devnull,
    }


def _program(url: str, port: int) -> "subprocess.Popen[str]":
    """Start the service as somebody would."""
    return subprocess.Popen(
        [sys.executable, "-c", "import cli; cli.main()", "remind", "run"],
        env={**os.environ, **_environment(url, port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run_due(url: str, port: int, after: timedelta) -> int:
    """Send what is due, a while from now."""
    setup = Setup(_environment(url, port), lambda: datetime.now(UTC) + after)
    return cli.run(["remind", "run-due"], setup)


# --- what goes wrong around it -----------------------------------------------------------------


class _Away:
    """A database that nobody can use for a while."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held: sqlite3.Connection | None = None
        self.ended = False

    def begin(self) -> None:
        """Begin it: a file is locked, and of a server every connection is cut."""
        if self._database.file is not None:
            self._held = _locked(self._database)
            return
        name = self._database.url.database
        on_server(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )

    def end(self) -> None:
        """End it."""
        self.ended = True
        if self._held is not None:
            self._held.close()
        else:
            on_server(f"ALTER DATABASE {self._database.url.database} ALLOW_CONNECTIONS true")


def test_a_database_that_is_away_while_it_sends(database: Database, world: World) -> None:
    """What became of a message is written down when it is back: nothing is sent twice."""
    box, away = Postbox(), _Away(database)
    box.before = lambda to: away.begin() if to == FIRST else None
    tally = sender_on(database, world, box, pause=lambda _: away.end()).sweep()

    assert ALL == box.addresses
    assert (len(ALL), 0, 0) == (tally.sent, tally.failed, tally.lost)
    assert away.ended


def test_a_database_that_stays_away_while_it_sends(database: Database, world: World) -> None:
    """Once the message is not ours any more, another node sends it: the same bytes again."""
    box, away = Postbox(), _Away(database)
    box.before = lambda to: away.begin() if to == FIRST and not away.ended else None

    def wait(_: float) -> None:
        world.now += timedelta(minutes=5)

    with pytest.raises(TemporarilyUnavailable):
        sender_on(database, world, box, pause=wait).sweep()
    away.end()
    again = sender_on(database, world, box).sweep()

    assert sorted([FIRST, *ALL]) == box.addresses
    assert len(ALL) == len(set(box.letters))
    assert again.well


def test_a_database_that_is_away_when_it_is_asked(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service asks again, and goes on."""
    monkeypatch.setattr(alarm_clock, "RETRY", timedelta(milliseconds=20))
    box, away = Postbox(), _Away(database)
    asked = _Counted(world.now)
    away.begin()
    with running(sender_on(database, asked, box)):
        assert until(lambda: asked.times > 6)
        assert [] == box.letters
        away.end()
        assert until(lambda: box.addresses == ALL)


@dataclass
class _Counted(World):
    """A world that counts how often it is asked for the time."""

    times: int = 0

    def clock(self) -> datetime:
        """Return the present."""
        self.times += 1
        return super().clock()


def test_a_disk_that_is_full(database: Database, world: World, tmp_path: Path) -> None:
    """What does not fit is tried again, and nothing of it is left; the others are sent."""
    with _Cramped(tmp_path) as folder:
        sender = sender_on(database, world, folder, write=Writer(MailSettings(), spoken))
        tally = sender.sweep()

        assert (len(ALL) - 1, 1, 0) == (tally.filed, tally.failed, tally.refused)
        assert len(ALL) - 1 == len(list(tmp_path.iterdir()))
        folder.room = True
        assert sender.sweep() is tally
        world.now += timedelta(minutes=1)
        sender.sweep()

    assert len(ALL) == tally.filed == len(list(tmp_path.glob("*.eml")))


def test_a_folder_gets_no_letter_twice(
    database: Database, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A node that dies before it recorded what it filed: the next one finds the same files."""
    folder = FolderChannel(tmp_path)
    dying = sender_on(database, world, folder, write=Writer(MailSettings(), spoken))

    def die(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dying.outbox, "filed_together", die)
    with pytest.raises(KeyboardInterrupt):
        dying.sweep()
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    world.now += timedelta(minutes=5)
    tally = sender_on(database, world, folder).sweep()

    assert len(ALL) == len(before) == tally.filed
    assert before == {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert 0 == tally.lost == sender_on(database, world, folder).sweep().filed


def test_a_database_that_is_away_while_it_files(
    database: Database, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters in a folder are recorded when it is back, each once."""
    away = _Away(database)
    sender = sender_on(
        database,
        world,
        FolderChannel(tmp_path),
        write=Writer(MailSettings(), spoken),
        pause=lambda _: away.end(),
    )
    together = sender.outbox.filed_together

    def filed(found: Sequence[tuple[Message, str]], now: datetime) -> int:
        away.begin()
        return together(found, now)

    monkeypatch.setattr(sender.outbox, "filed_together", filed)
    tally = sender.sweep()

    assert away.ended
    assert (len(ALL), 0, 0) == (tally.filed, tally.failed, tally.lost)
    assert 0 == sender_on(database, world, FolderChannel(tmp_path)).sweep().filed


def test_quick_sweeps_claim_more(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice as many each time, as long as what was claimed is sent quickly."""
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    asked: list[int] = []
    box = Postbox()
    sender = sender_on(database, world, box)
    claim = sender.claim

    def claiming(most: int) -> Claim:
        asked.append(most)
        return claim(most)

    monkeypatch.setattr(sender, "claim", claiming)
    box.before = lambda _: setattr(
        world, "now", world.now + timedelta(seconds=11 if len(box.letters) == 3 else 1)
    )
    sender.sweep()

    assert ALL == box.addresses
    assert [1, 2, 4, 1, 2, 4] == asked  # nothing is left for the last one


class _Cramped(FolderChannel):
    """A folder on a disk without room for one of the letters; the system itself says so."""

    room = False

    def send(self, written: bytes, to: str) -> Outcome:
        """Put it in the folder, while no file may be larger than this."""
        least, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        if to == FIRST and not self.room:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))
        try:
            return super().send(written, to)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (least, most))


def test_a_process_that_is_stopped_meanwhile(database: Database, world: World) -> None:
    """What could not be sent before is not sent any more; what others are told is."""
    box = Postbox(outcomes={each: [Failed(text("busy"))] for each in ALL})
    sender = sender_on(database, world, box)
    assert len(ALL) == sender.sweep().failed
    traject(database, 0, world).advance("voorstel", DAY, "stoppen")
    world.now += timedelta(minutes=1)
    sender.sweep()

    others = [each for each in ALL if "traject-0" not in each]
    assert others == box.addresses
    assert "traject-0" not in str(box.letters)


def test_a_template_that_fails_on_one_process(
    url: str, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its letters are written in our own words, that is said, and all are sent."""
    (tmp_path / "letter.txt.j2").write_text(
        "{% for card in letter.cards if card.process == 'traject-1' %}{{ card.nothing }}"
        "{% endfor %}Own words."
    )
    room = Mailroom()
    with mail_server(room) as port:
        asked = {"MIJLPAAL_MAIL_TEMPLATES": str(tmp_path)}
        code = say("remind run-due", url, world, {**_environment(url, port), **asked})
    out = capsys.readouterr().out

    assert ALL == sorted(to for to, _ in room.letters)
    ours = [to for to, letter in room.letters if b"Own words." not in letter]
    assert ["oost-traject-1@example.example", "regio@example.example"] == sorted(ours)[:2]
    assert 3 == len(ours)
    assert (1, 1) == (code, out.count("letter.txt.j2"))
    assert all(each in out for each in ours)


def say(line: str, url: str, world: World, environment: Mapping[str, str]) -> int:
    """Type a command, on a day of the test's own."""
    setup = Setup(environment, world.clock, lambda: uuid4().hex, lambda: SECRETARY)
    return cli.run(line.split(), setup)


def test_an_address_that_is_refused(
    url: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is undelivered, everybody can see that, and the secretariat hears it; others are told."""
    room = Mailroom(refuses={FIRST: "550 no such mailbox"})
    with Database(url) as database:
        people.set_contact(
            traject(database, 0, world).engine, Called(SECRETARY), Called(SECRETARY), address=OFFICE
        )
    with mail_server(room) as port:
        environment = _environment(url, port)
        lines = ("remind run-due", "status traject-0", "doctor")
        codes = [say(each, url, world, environment) for each in lines]
    said = capsys.readouterr().out

    assert sorted([*ALL[1:], OFFICE]) == sorted(to for to, _ in room.letters)
    assert [1, 0, 1] == codes
    assert "550 no such mailbox" in said


def test_an_address_that_is_refused_where_nobody_else_can_be_told(
    url: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is claimed of the secretariat, which has no address; who cannot be told is named."""
    with mail_server(Mailroom(refuses={FIRST: "550 no such mailbox"})) as port:
        assert 1 == say("remind run-due", url, world, _environment(url, port))
    said = capsys.readouterr().out

    assert "1 message was permanently rejected.\n" in said
    assert "the secretariat is notified" not in said
    assert "Not delivered, as nobody there has an address" in said
    assert "voorstel/raden of traject-0: secretaris\n" in said


OFFICE = "secretaris@example.example"


# --- a clock that is set -----------------------------------------------------------------------


def test_a_clock_that_jumps_forward(database: Database, world: World) -> None:
    """What is due by it is sent, and nothing else: not a rung of a later day."""
    box = Postbox()
    world.now -= timedelta(days=1)
    with running(sender_on(database, world, box)):
        time.sleep(0.1)
        assert [] == box.letters
        world.now += timedelta(days=1)
        assert until(lambda: box.addresses == ALL)
        world.now += timedelta(days=1)
        time.sleep(0.1)
    assert ALL == box.addresses


def test_a_clock_that_jumps_forward_while_it_sends(database: Database, world: World) -> None:
    """The leases of all it holds have passed; what it had not begun to send it takes anew."""
    box, blocked = Postbox(), Blocked()
    box.before = blocked
    with running(sender_on(database, world, box)) as node:
        assert blocked.reached.wait(20)
        world.now += timedelta(days=1)
        blocked.free.set()
        assert until(lambda: box.addresses == ALL)
        assert node.end()
        assert node.service.sender.tally.lost


def test_a_clock_that_jumps_back(database: Database, world: World) -> None:
    """What was sent is not sent again; what is to be tried again waits for its instant."""
    box = Postbox(outcomes={FIRST: [Failed(text("busy"))]})
    with running(sender_on(database, world, box)) as node:
        assert until(lambda: box.addresses == ALL[1:])
        world.now -= timedelta(days=1)
        time.sleep(0.1)
        assert ALL[1:] == box.addresses
        world.now += timedelta(days=1, minutes=1)
        assert until(lambda: box.addresses == ALL)
        assert node.end()
