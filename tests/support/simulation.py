"""A simulation of nodes that send reminders: a clock of its own, chance from a seed, and faults.

Nodes claim, send and settle, one step at a time and in any order. They die at any step, sleep
while they hold a message, and have clocks that are wrong; the mail server refuses, is down, and
accepts without being heard; the database fails before, in, and just after a transaction. Meanwhile
people decide, move deadlines, and come and go. Then the faults stop, time runs on, and what was
promised has to be true. Whatever is not is reported with the seed, which does the same again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event, select

from definitions.calendar.dates import day_of
from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from definitions.model import Definition
from tests.support.databases import url_of
from tests.support.definitions import example, load
from tests.support.engine import SECRETARY, Traject, World
from workflow import people
from workflow.database_queries import DatabaseQueries
from workflow.engine import Seating
from workflow.model.commands import Amend, Correct, Leave, Record, Replan, ReportTask
from workflow.model.mail_address import UnusableAddress
from workflow.model.person import Called
from workflow.model.reminders import Delivery, Item, Letter, Standing, Written
from workflow.reminders import content as letter_content
from workflow.reminders.context import ReminderContext
from workflow.reminders.outbox import Outbox
from workflow.reminders.recipients import EMPTY
from workflow.rules.deadlines import deadlines_of
from workflow.storage import messages, reminders, tables
from workflow.storage.database import Database
from workflow.storage.errors import OutcomeUnknown, TemporarilyUnavailable
from workflow.storage.messages import Message
from workflow.storage.reminders import Row

BEGINS = datetime(2021, 12, 3, 8, 0, tzinfo=UTC)
TROUBLE_ENDS = datetime(2022, 1, 27, 8, 0, tzinfo=UTC)
"""Until then there are faults. Deadlines lie between, and a year turns."""
ALL_IS_WELL = timedelta(days=5)
"""For so long time runs on without faults: longer than any clock was wrong, and than any pause."""
STEPS = 420
"""After so many steps the faults stop at the latest."""
PARTIES = ("oost", "west", "zuid")
SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)
_LINE = re.compile(r"^- (.*)$", re.MULTILINE)

Key = tuple[Any, ...]
"""The primary key of a reminder."""


class Broken(AssertionError):
    """Something that was promised is not true."""


class Died(BaseException):
    """A node died in the middle of a transaction. No handler of errors gets to see that."""


@cache
def definition() -> Definition:
    """Return a process with a question to three councils, and a task that comes every January."""
    return load(
        example(
            ("due: 2021-09\n", "due: 2021-12-20\n"),
            ("times: 4, to", "times: 2, to"),
            ("note, member]", "note, member, party]"),
            (
                "  flyer:",
                "  brief:\n    per: party\n    owner: griffier\n    arises: {every: year}\n"
                "    due: {each_year: 01-18}\n    ladder: gewoon\n"
                "    results: {bezig: open, gedaan: done}\n  flyer:",
            ),
        )
    )


# --- the world outside -------------------------------------------------------------------------


@dataclass
class Dice:
    """Chance, all of it from one seed."""

    random: Random

    def chance(self, part: float) -> bool:
        """Return true in this fraction of all cases."""
        return self.random.random() < part

    def time(self, *bounds: timedelta) -> timedelta:
        """Return a time between two bounds."""
        least, most = bounds
        return least + (most - least) * self.random.random()


class Fickle(Database):
    """A database whose transactions fail: before they begin, at their end, or unheard after it."""

    def __init__(self, url: str, dice: Dice) -> None:
        """Take the URL, and the dice that say when."""
        super().__init__(url)
        self._dice = dice
        self.failing = 0.0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that may fail."""
        fate = self._dice.random.choice(("before", "in", "after")) * self._dice.chance(self.failing)
        if fate == "before":
            raise TemporarilyUnavailable(text("gone"))
        with super().writing() as connection:
            yield connection
            if fate == "in":
                raise TemporarilyUnavailable(text("gone"))
        if fate == "after":
            raise OutcomeUnknown(text("gone"))


@dataclass
class Server:
    """A mail server: what it accepted, and how it fails.

    Attributes:
        refused: addresses it permanently rejects.
        down_until: it is down until then.
        busy: the fraction of cases in which it asks to retry later.
        mute: the fraction of cases in which its answer is lost, whether or not it accepted.
    """

    dice: Dice
    refused: frozenset[str]
    accepted: list[Message] = field(default_factory=list)
    down_until: datetime = BEGINS
    busy: float = 0.15
    mute: float = 0.2

    def send(self, message: Message, now: datetime) -> str:
        """Take a message, or not; return what the node sees of it."""
        if now < self.down_until:
            return "failed"
        if self.dice.chance(self.mute):
            if message.address not in self.refused and self.dice.chance(0.7):
                self.accepted.append(message)
            return "unsure"
        if message.address in self.refused:
            return "refused"
        if self.dice.chance(self.busy):
            return "failed"
        self.accepted.append(message)
        return "accepted"


@dataclass
class Writer:
    """Writes letters, one line for each thing; sometimes it fails, or its node dies at it.

    Attributes:
        unusable: an address to which no letter can be written.
        failing: the fraction of cases in which it fails.
        meanwhile: an action that sometimes happens while it writes, which blocks nobody.
    """

    dice: Dice
    unusable: str = ""
    failing: float = 0.0
    meanwhile: Callable[[], None] | None = None
    written: int = 0
    letters: dict[str, Letter] = field(default_factory=dict)

    def new_id(self) -> str:
        """Return an id that was not used before."""
        self.written += 1
        return f"letter-{self.written}"

    def __call__(self, letter: Letter) -> Written:
        """Write a letter."""
        if self.meanwhile is not None and self.dice.chance(self.failing * 3):
            happens, self.meanwhile = self.meanwhile, None
            try:
                happens()
            finally:
                self.meanwhile = happens
        if letter.address == self.unusable:
            raise UnusableAddress(letter.address, text("so it is"))
        if self.dice.chance(self.failing):
            raise self.dice.random.choice((Died, ValueError))(letter.address)
        number = f"<{letter.id}@example>"
        self.letters[letter.id] = letter
        lines = "".join(f"- {_line(item)}\n" for item in letter.items)
        content = (
            f"Message-ID: {number}\nDate: {letter.written_at}\nTo: {letter.address}\n\n{lines}"
        )
        return Written(number, letter.items[0].due, content.encode())

    def item(self, context: ReminderContext, row: Row, *more: Any) -> Item:
        """Return the content of a reminder, or fail."""
        if self.dice.chance(self.failing / 4):
            raise ValueError(row.key)
        return letter_content.item_of(context, row, *more)


def _line(item: Item) -> str:
    """Return the line that identifies a reminder among all others of its recipient."""
    which = (item.process, item.due, item.subject, item.rung, item.sequence)
    return " ".join(map(str, (*which, item.meant_for, item.instead)))


# --- nodes -------------------------------------------------------------------------------------


class Node:
    """One that sends: it plans, claims, sends what it holds, and settles it, step by step.

    Attributes:
        ahead: by how much its clock is ahead of the true time; behind it, where negative.
        asleep_until: before then it takes no step; what it holds it holds.
    """

    def __init__(self, simulation: "Simulation", name: str) -> None:
        self.name = name
        self.ahead = timedelta(0)
        self.asleep_until = BEGINS
        self._simulation = simulation
        self.outbox = simulation.new_outbox(self)
        self._life = self._live()
        self.holds = 0

    @property
    def now(self) -> datetime:
        """The present, by its own clock."""
        return self._simulation.now + self.ahead

    def step(self) -> None:
        """Take one step; one whose database is gone begins anew."""
        try:
            next(self._life)
        except MijlpaalError:
            self.die()
        except Died:
            self._simulation.tally["died while writing"] += 1
            self.die()

    def die(self) -> None:
        """Forget everything, and begin anew with the next step."""
        self._simulation.tally["died holding"] += bool(self.holds)
        self.holds = 0
        self._life = self._live()

    def _live(self) -> Iterator[None]:
        while True:
            self._simulation.plan(self)
            yield
            held = self._simulation.claim(self)
            self.holds = len(held)
            yield
            for message in held:
                yield from self._bring(message)
                self.holds -= 1

    def _bring(self, message: Message) -> Iterator[None]:
        simulation = self._simulation
        if simulation.dice.chance(0.05):
            simulation.settle(self, message, "given back")
            return
        answer = simulation.server.send(message, simulation.now)
        simulation.note_sent(message)
        yield
        simulation.settle(self, message, answer)
        yield


# --- the simulation ----------------------------------------------------------------------------


class Simulation:
    """Two processes, some nodes, a mail server, and all that can go wrong between them."""

    def __init__(
        self,
        database: Database,
        seed: int,
        outbox: type[Outbox] = Outbox,
    ) -> None:
        """Take an empty database, the seed, and the kind of outbox that the nodes use."""
        self.seed = seed
        self.now = BEGINS
        self.dice = Dice(Random(seed))
        self.tally: Counter[str] = Counter()
        self._outbox = outbox
        self._database = _hasty(database)
        self._fickle = Fickle(url_of(database), self.dice)
        _hasty(self._fickle)
        addresses = [f"{name}@example.example" for name in _PEOPLE]
        refused, other, unusable = self.dice.random.sample(addresses, 3)
        self.server = Server(self.dice, frozenset({refused, other}))
        self.writer = Writer(self.dice, unusable if self.dice.chance(0.3) else "")
        self._world = World(BEGINS)
        self._trajects = [
            Traject(database, definition(), self._world, id=name) for name in ("een", "twee")
        ]
        self._bound: dict[str, list[Key]] = {}
        self._brought: dict[Key, set[str]] = defaultdict(set)
        self._forgiven: set[Key] = set()
        self._forgotten: set[str | None] = set()
        self._out_of_sight: set[Key] = set()
        self._leases: dict[str, tuple[int, str]] = {}
        self._bytes: dict[str, tuple[bytes, str | None]] = {}
        self._told: dict[tuple[str | None, str], str] = {}
        self.nodes = [
            Node(self, f"node-{number}") for number in range(self.dice.random.randint(2, 4))
        ]

    def run(self) -> Counter[str]:
        """Run it.

        Returns:
            How often what happened.

        Raises:
            Broken: something that was promised is not true; the seed stands in it.
        """
        try:
            with patch("workflow.reminders.selection.item_of", self.writer.item):
                self._begin()
                self._trouble()
                self._calm()
            self._look_back()
        finally:
            self._fickle.close()
        return self.tally

    def new_outbox(self, node: Node) -> Outbox:
        """Return the outbox of a node, on a connection of its own that fails at times."""
        queries = DatabaseQueries(self._fickle, lambda: node.now)
        return self._outbox(queries, self.writer, self.writer.new_id, self.dice.random.random)

    # --- how it goes ---------------------------------------------------------------------------

    def _begin(self) -> None:
        """Start two processes, seat everybody, and put the question of the councils."""
        for traject in self._trajects:
            traject.start()
            for party, name in zip(PARTIES, _PEOPLE, strict=False):
                self._seat(traject, f"griffier@{party}", name)
            today = self.now.date().isoformat()
            traject.part("tekst/kern", "volledig", today)
            traject.task("voorstel/overleg", "gehouden", today, "juristen")
            traject.advance("voorstel", today)
        people.set_contact(
            self._trajects[0].engine,
            Called(SECRETARY),
            Called(SECRETARY),
            address="secretaris@example.example",
        )

    def _trouble(self) -> None:
        self._fickle.failing = 0.04
        self.writer.failing = 0.04
        steps = 0
        while self.now < TROUBLE_ENDS and steps < STEPS:
            steps += 1
            self._let_time_pass()
            if self.dice.chance(0.09):
                self._go_wrong()
            elif self.dice.chance(0.12):
                self._command()
            else:
                node = self.dice.random.choice(self.nodes)
                if self.now >= node.asleep_until:
                    node.step()

    def _meanwhile(self, writing: Node) -> None:
        """Let something happen while a node writes a letter."""
        self.tally["meanwhile"] += 1
        others = [each for each in self.nodes if each is not writing]
        match self.dice.random.choice(("command", "node", "late")):
            case "command":
                self._command()
            case "node":
                self.dice.random.choice(others).step()
            case _:
                self.now += self.dice.time(MINUTE, 12 * MINUTE)
                for each in others:
                    each.step()

    def _let_time_pass(self) -> None:
        dice = self.dice
        if dice.chance(0.02):
            self.now += dice.time(HOUR, 2 * DAY)
        elif dice.chance(0.2):
            self.now += dice.time(MINUTE, 7 * MINUTE)
        elif any(node.holds for node in self.nodes):
            self.now += dice.time(SECOND, 20 * SECOND)
        else:
            self._leap(dice.time(-20 * MINUTE, 20 * MINUTE))

    def _leap(self, beside: timedelta) -> None:
        """Go to where there is something to do, or nearly."""
        with self._database.reading() as connection:
            wake = reminders.next_wake(connection, self.now)
        if wake is not None and wake + beside > self.now:
            self.now = wake + beside
        else:
            self.now += self.dice.time(SECOND, MINUTE)

    def _go_wrong(self) -> None:
        """Let something go wrong that is not part of a step."""
        dice = self.dice
        node = dice.random.choice(self.nodes)
        what = dice.random.choice(
            ("die", "die", "sleep", "clock", "clock", "jump", "right", "right", "down", "all off")
        )
        self.tally[what] += 1
        match what:
            case "die":
                node.die()
                node.asleep_until = self.now + dice.time(SECOND, HOUR)
            case "sleep":
                node.asleep_until = self.now + dice.time(MINUTE, 20 * MINUTE)
            case "clock":
                node.ahead = dice.time(-10 * MINUTE, 10 * MINUTE)
            case "jump":
                node.ahead += dice.random.choice((-DAY, DAY))
            case "right":
                node.ahead = timedelta(0)
            case "down":
                self.server.down_until = self.now + dice.time(MINUTE, 40 * HOUR)
            case _:
                until = self.now + dice.time(HOUR, 20 * DAY if dice.chance(0.2) else DAY)
                for each in self.nodes:
                    each.die()
                    each.asleep_until = until
                self.now = until

    def _calm(self) -> None:
        """Let the faults stop; addresses that were refused still are."""
        self._fickle.failing = self.writer.failing = 0.0
        self.server.busy = self.server.mute = 0.0
        self.server.down_until = self.now
        for node in self.nodes:
            node.ahead = timedelta(0)
            node.asleep_until = self.now
        until, idle = self.now + ALL_IS_WELL, 0
        while self.now < until:
            for node in self.nodes:
                node.step()
            if any(node.holds for node in self.nodes):
                idle = 0
                continue
            idle += 1
            with self._database.reading() as connection:
                wake = reminders.next_wake(connection, self.now)
            if idle > 10 and wake is not None and wake <= self.now:
                self.broken(f"there is always something to do, and nobody does it: {wake}")
            if idle > 3:
                if wake is not None and wake > self.now:
                    idle = 0  # nothing was to be done until then
                self.now = max(self.now, min(wake or until, until)) + SECOND

    # --- what people do ------------------------------------------------------------------------

    def _command(self) -> None:
        """Let people do something; it may be refused."""
        traject = self.dice.random.choice(self._trajects)
        doing = self.dice.random.choice(_COMMANDS)
        self._world.now = self.now + self._desk_is_ahead()
        known = {row.key for row in self._rows()}
        old_program = doing in _OF_OLD and self.dice.chance(0.15)
        try:
            if old_program:
                self._by_old_program(traject, doing)
            else:
                doing(self, traject)
        except MijlpaalError:
            self.tally["refused commands"] += 1
            return
        self.tally["by an old program" if old_program else doing.__name__] += 1
        self._check_planned(known, lambda _: self._world.now)

    def _desk_is_ahead(self) -> timedelta:
        return self.dice.time(-10 * MINUTE, 10 * MINUTE) if self.dice.chance(0.1) else timedelta(0)

    def _by_old_program(self, traject: Traject, doing: "Doing") -> None:
        """Let a program do it that knows no reminders."""
        with self._database.reading() as connection:
            seq, _ = reminders.planned_up_to(connection, traject.id)
        with patch("workflow.unit_of_work.plan_change"):
            doing(self, traject)
        with self._database.writing() as connection:
            table = tables.processes
            connection.execute(
                table.update().where(table.c.id == traject.id).values(planned_seq=seq)
            )

    @property
    def today(self) -> date:
        """The day it is for people."""
        return self._world.now.date()

    def _decide(self, traject: Traject) -> None:
        body = f"{self.dice.random.choice(PARTIES)}.raad"
        outcome = self.dice.random.choice(("voor", "aangehouden", "voor"))
        traject.do(Record("voorstel", body, outcome, day_of(self.today), reference="a source"))

    def _report(self, traject: Traject) -> None:
        party = self.dice.random.choice(PARTIES)
        traject.do(ReportTask("brief", "gedaan", day_of(self.today), party, "a source", year=2022))

    def _withdraw(self, traject: Traject) -> None:
        traject.do(Correct(traject.last, "a slip", withdraw=True, reference="a source"))

    def _replan(self, traject: Traject) -> None:
        day = self.today + timedelta(days=self.dice.random.randint(-5, 25))
        traject.do(Replan("voorstel/raden", day_of(day), "late", day_of(self.today)))

    def _amend(self, traject: Traject) -> None:
        ladder = self.dice.random.choice(("-7d, -1wd, 0d", "-14d, 0d, +1d/2d*3@secretaris"))
        traject.do(Amend("ladder/gewoon", ladder, "they asked", day_of(self.today)))

    def _stop(self, traject: Traject) -> None:
        if self.dice.chance(0.1):
            traject.advance("voorstel", self.today.isoformat(), "stoppen")

    def _leave(self, traject: Traject) -> None:
        if self.dice.chance(0.2):
            traject.do(Leave(self.dice.random.choice(PARTIES), "gone", day_of(self.today)))

    def _give(self, traject: Traject) -> None:
        places = (*(f"griffier@{party}" for party in PARTIES), "secretaris")
        seat = self.dice.random.choice(places)
        self._seat(traject, seat, self.dice.random.choice(_PEOPLE))

    def _seat(self, traject: Traject, seat: str, name: str) -> None:
        address = f"{name}@example.example"
        traject.engine.give_seat(
            traject.id, Seating(seat, Called(name), Called(SECRETARY), address=address)
        )
        self._forgotten.discard(address)

    def _take(self, traject: Traject) -> None:
        seat = f"griffier@{self.dice.random.choice(PARTIES)}"
        yesterday = (self.today - timedelta(days=1)).isoformat()
        traject.unseat(seat, self.dice.random.choice(_PEOPLE), yesterday)

    def _move(self, traject: Traject) -> None:
        name = self.dice.random.choice(_PEOPLE)
        address = f"{name}{self.dice.random.choice(('', '.nieuw'))}@example.example"
        given_up = {row.key: row for row in self._rows() if row.status is Standing.UNDELIVERED}
        people.set_contact(traject.engine, Called(name), Called(SECRETARY), address=address)
        # It may have arrived unheard at the old address: nobody knows, and it goes to the new one.
        again = {row.key for row in self._rows() if row.status is Standing.PLANNED}
        self._forgiven |= given_up.keys() & again
        for key in given_up.keys() & again:
            row = given_up[key]
            letter = self.writer.letters.get(row.message or "")
            if letter is not None:
                self._out_of_sight.add((letter.address, row.process, *row.plan))

    def _erase(self, traject: Traject) -> None:
        name = self.dice.random.choice(_PEOPLE)
        person = traject.engine.known_person(Called(name))
        with self._database.reading() as connection:
            theirs = connection.execute(
                select(tables.messages.c.id, tables.messages.c.address).where(
                    tables.messages.c.person == person
                )
            ).all()
            rows = messages.reminders_of(connection, [each.id for each in theirs])
        people.erase(traject.engine, Called(name), Called(SECRETARY))
        # They may have had reminders that others get now; nothing is left to show it.
        self._forgotten |= {each.address for each in theirs}
        self._forgiven |= {row.key for found in rows.values() for row in found}

    # --- what nodes do -------------------------------------------------------------------------

    def plan(self, node: Node) -> None:
        """Let a node plan unplanned processes, and check the result."""
        with self._database.reading() as connection:
            since = {
                each: _since(connection, each) for each in reminders.to_plan(connection, node.now)
            }
        if not since:
            node.outbox.plan(node.now)
            return
        known = {row.key for row in self._rows()}
        node.outbox.plan(node.now)
        self.tally["planned anew"] += 1
        self._check_planned(known, lambda process: min(since[process], node.now))

    def claim(self, node: Node) -> Sequence[Message]:
        """Let a node claim, and check the result."""
        now = node.now
        wake = node.outbox.next_wake(now)
        written = self.writer.written
        if self.writer.failing and self.writer.meanwhile is None:
            self.writer.meanwhile = partial(self._meanwhile, node)
            try:
                return self._claim(node, now, wake, written)
            finally:
                self.writer.meanwhile = None
        return self._claim(node, now, wake, written)

    def _claim(
        self, node: Node, now: datetime, wake: datetime | None, written: int
    ) -> Sequence[Message]:
        happened = self.tally["meanwhile"]
        claim = node.outbox.claim(node.name, now, most=self.dice.random.choice((1, 3, 100)))
        if claim.messages and (wake is None or wake > now):
            self.broken(f"{node.name} would have slept until {wake}, though there was something")
        with self._database.reading() as connection:
            bound = messages.reminders_of(connection, [each.id for each in claim.messages])
        fresh: Counter[str | None] = Counter()
        for message in claim.messages:
            self._check_claimed(node, message, bound[message.id])
            if self.tally["meanwhile"] == happened:
                self._check_true(message, bound[message.id])
            fresh[message.address] += int(message.id.removeprefix("letter-")) > written
        if claim.messages and max(fresh.values()) > 1:
            self.broken(f"one claim wrote several messages to one address: {fresh}")
        self.tally["claimed"] += len(claim.messages)
        self.tally["troubles"] += len(claim.troubles)
        return claim.messages

    def _check_claimed(self, node: Node, message: Message, rows: list[Row]) -> None:
        # Another may have claimed it since, while this one was writing others.
        held = (message.attempt, node.name)
        self._leases[message.id] = max(held, self._leases.get(message.id, held))
        self._bound.setdefault(message.id, [row.key for row in rows])
        lines = _LINE.findall(message.content.decode())
        if len(lines) != len(rows):
            self.broken(f"{message.id} brings {len(rows)} reminders and says {lines}")
        if len(lines) != len(set(lines)):
            self.broken(f"{message.id} says the same twice: {lines}")
        for row in rows:
            if row.status is not Standing.CANCELLED and row.at > node.now:
                self.broken(f"{node.name} was early at {node.now}: {row}")

    def _check_true(self, message: Message, rows: list[Row]) -> None:
        """Check of a message, as it was claimed, that it says what is true still."""
        true = [row for row in rows if row.status is not Standing.CANCELLED]
        if not true or (len(true) < len(rows) and not message.unsure):
            self.broken(f"{message.id} says what is not true any more, and never left")

    def note_sent(self, message: Message) -> None:
        """Look at a message that the server took, if it did."""
        if not self.server.accepted or self.server.accepted[-1] is not message:
            return
        self.tally["accepted"] += 1
        same = (message.content, message.address)
        if self._bytes.setdefault(message.message_id, same) != same:
            self.broken(f"{message.message_id} was sent with other bytes")
        for key in self._bound[message.id]:
            self._brought[key].add(message.message_id)
            if len(self._brought[key]) > 1 and key not in self._forgiven:
                self.broken(f"{key} was brought by {self._brought[key]}")
        for line in _LINE.findall(message.content.decode()):
            first = self._told.setdefault((message.address, line), message.message_id)
            if first != message.message_id and message.address not in self._forgotten:
                self.broken(f"{message.address} heard “{line}” in {first}, {message.message_id}")

    def settle(self, node: Node, message: Message, answer: str) -> None:
        """Let a node record the outcome of a message, and check whether it was allowed to."""
        before = self._message(message.id)
        match answer:
            case "accepted":
                taken = node.outbox.accepted(message, node.now)
            case "refused":
                taken = node.outbox.refused(message, "no such mailbox", node.now)
            case "given back":
                taken = node.outbox.give_back(message, node.now)
            case _:
                unsure = answer == "unsure"
                taken = node.outbox.failed(message, answer, node.now, unsure=unsure)
        self.tally[answer if taken else "came too late"] += 1
        held = self._leases[message.id] == (message.attempt, node.name)
        if taken and not (held and before.status is Delivery.WAITING):
            self.broken(f"{node.name} settled {message.id}, which {self._leases[message.id]} holds")
        if not taken and self._message(message.id) != before:
            self.broken(f"{node.name} came too late with {message.id}, and changed it")

    def _message(self, id: str) -> Any:
        with self._database.reading() as connection:
            return connection.execute(
                select(tables.messages).where(tables.messages.c.id == id)
            ).one()

    # --- what has to be true -------------------------------------------------------------------

    def broken(self, why: str) -> None:
        """Raise a broken promise, with the way to reproduce it."""
        raise Broken(f"seed {self.seed}, {self._database.engine.name}, at {self.now}: {why}")

    def _rows(self) -> list[Row]:
        with self._database.reading() as connection:
            return [
                row for each in self._trajects for row in reminders.rows_of(connection, each.id)
            ]

    def _check_planned(self, known: set[Key], since: Callable[[str], datetime]) -> None:
        """Check that exactly those new reminders have lapsed whose moment was past."""
        for row in self._rows():
            if row.key not in known and (row.status is Standing.LAPSED) != (
                row.at < since(row.process)
            ):
                self.broken(f"planned since {since(row.process)}: {row}")

    def _look_back(self) -> None:
        """Check, after everything, that nothing was lost and that what is written is true."""
        rows = self._rows()
        with self._database.reading() as connection:
            messages = {row.id: row for row in connection.execute(select(tables.messages))}
        arrived = {each.id for each in self.server.accepted}
        escalated = {_deadline(row): row for row in rows if row.meant_for}
        for message in messages.values():
            if message.status is Delivery.WAITING:
                self.broken(f"a message waits for ever: {message}")
            if message.status is Delivery.SENT and message.id not in arrived:
                self.broken(f"a message is called sent, and was not: {message}")
        for row in rows:
            self._check_ended(row, messages, escalated)
        self._world.now = self.now
        for traject in self._trajects:
            if traject.problems:
                self.broken(f"{traject.id}: {traject.problems}")
        self._check_copies(rows, messages)
        self._check_agendas(rows)
        self.tally.update(f"rows {row.status}" for row in rows)
        self.tally.update(f"messages {each.status}" for each in messages.values())
        self.tally["duplicates"] += len(self.server.accepted) - len(arrived)

    def _check_ended(self, row: Row, messages: dict[str, Any], escalated: dict[Key, Row]) -> None:
        match row.status:
            case Standing.PLANNED if row.at <= self.now and row.why != EMPTY:
                self.broken(f"a reminder is lost: {row}")
            case Standing.SENT if messages[str(row.message)].status is not Delivery.SENT:
                self.broken(f"a reminder is called sent, and its message is not: {row}")
            case Standing.UNDELIVERED if row.for_agendas:
                pass  # it goes only to recipients with the date in a calendar
            case Standing.UNDELIVERED if not row.meant_for and row.role != "secretaris":
                if _deadline(row) not in escalated:
                    self.broken(f"nobody was told of what could not be delivered: {row}")
            case Standing.LAPSED if row.message is not None:
                self.broken(f"what has lapsed was sent: {row}")
            case _:
                pass

    def _check_copies(self, rows: list[Row], messages: dict[str, Any]) -> None:
        """Check that every holder of a shared seat gets the same reminders, each once."""
        told: dict[Key, list[str]] = defaultdict(list)
        for row in rows:
            if row.message is not None and row.key not in self._forgiven:
                address = messages[row.message].address
                if address not in {None, *self._forgotten}:
                    told[row._replace(copy=0).key].append(address)
        for key, addresses in told.items():
            if len(addresses) != len(set(addresses)):
                self.broken(f"somebody heard twice of {key}: {addresses}")

    def _check_agendas(self, rows: list[Row]) -> None:
        """Check that no calendar has a wrong deadline.

        Except those of erased people; undelivered letters, which are visible; and letters that were
        given up, arrived after all, and went to another address of the recipient since.
        """
        undelivered = {
            (row.process, *row.plan)
            for row in rows
            if row.for_agendas and row.status is Standing.UNDELIVERED
        }
        calendars: dict[str, Shelf] = defaultdict(Shelf)
        for message in self.server.accepted:
            letter = self.writer.letters[message.id]
            for item in letter.items:
                calendars[letter.address].take(item)
        ends = {
            (traject.id, *key): plan.deadline
            for traject in self._trajects
            for key, plan in deadlines_of(
                traject.snapshot(self.now.date() + timedelta(days=400))
            ).items()
        }
        for address, calendar in calendars.items():
            for key, there in calendar.there.items():
                self.tally["deadlines in calendars"] += 1
                if key in undelivered or address in self._forgotten:
                    continue
                if (address, *key) in self._out_of_sight:
                    continue
                if ends.get(key) != there:
                    self.broken(f"{address} has {key} on {there}, and it is {ends.get(key)}")


@dataclass
class Shelf:
    """A calendar as a program keeps it: what is newer by its number takes the place of the rest."""

    there: dict[Key, date] = field(default_factory=dict)
    numbers: dict[Key, int] = field(default_factory=dict)

    def take(self, item: Item) -> None:
        """Import a deadline from a letter."""
        key = (item.process, item.due, item.subject)
        if item.sequence < self.numbers.get(key, 0):
            return
        self.numbers[key] = item.sequence
        if item.gone is None:
            self.there[key] = item.deadline
        else:
            self.there.pop(key, None)


def _deadline(row: Row) -> Key:
    return (row.process, row.due, row.subject, row.rung, row.version)


def _since(connection: Connection, process: str) -> datetime:
    """Return since when the reminders of a process do not follow from its state."""
    seq, until = reminders.planned_up_to(connection, process)
    journal = tables.journal
    wanted = select(journal.c.recorded_at).where(
        journal.c.process == process, journal.c.seq == (seq or 0) + 1
    )
    recorded = connection.execute(wanted).scalar()
    return min(each for each in (recorded, until) if each is not None)


def _hasty(database: Database) -> Database:
    """Let an SQLite file not wait for the disk: no machine dies here."""

    def set_up(connection: Any, _record: object) -> None:
        if database.file is not None:
            connection.execute("PRAGMA synchronous = OFF")

    event.listen(database.engine, "connect", set_up)
    return database


Doing = Callable[[Simulation, Traject], None]
_PEOPLE = ("anna", "bram", "cato", "dirk", "elly")
_COMMANDS: tuple[Doing, ...] = (
    Simulation._decide,
    Simulation._decide,
    Simulation._report,
    Simulation._withdraw,
    Simulation._withdraw,
    Simulation._replan,
    Simulation._amend,
    Simulation._stop,
    Simulation._leave,
    Simulation._give,
    Simulation._give,
    Simulation._take,
    Simulation._take,
    Simulation._move,
    Simulation._erase,
)
_OF_OLD = (Simulation._decide, Simulation._report, Simulation._withdraw, Simulation._replan)
