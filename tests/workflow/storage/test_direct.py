"""What a command sends past SQLAlchemy: the same rows and the same errors as through it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta, timezone
from typing import ClassVar

import pytest
from hypothesis import Phase, note, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from definitions.calendar.dates import day_of
from definitions.language.errors import MijlpaalError
from definitions.model import Definition
from tests.support.databases import POSTGRESQL, Dump, Site, made, on_server, rows_of
from tests.support.definitions import load
from tests.support.engine import Traject, World
from tests.support.properties import TALLY, examples
from tests.workflow.test_any_history import REMINDED, AnyHistory
from workflow.model.commands import AddNote, Command
from workflow.model.person import Called
from workflow.storage import reminders, store
from workflow.storage.database import Database
from workflow.storage.direct import MANY, TOGETHER
from workflow.storage.errors import TemporarilyUnavailable

pytestmark = pytest.mark.hypothesis


class BothWays(AnyHistory):
    """One history, recorded twice: past SQLAlchemy and through it."""

    definition: ClassVar[Definition]
    site: ClassVar[Site]
    empty: ClassVar[str]

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        self._open = ExitStack()
        self.traject, self.plain = (self._begun(plain=plain) for plain in (False, True))
        self.look()

    def _begun(self, *, plain: bool) -> Traject:
        url = self._open.enter_context(made(self.site, self.empty))
        database = self._open.enter_context(Database(url, plain=plain))
        traject = Traject(database, self.definition, World())
        traject.start()
        return traject

    def teardown(self) -> None:
        """Compare every row of every table: hashes, reminders, and where it stands."""
        TALLY.tried += 1
        assert rows_of(self.traject.database) == rows_of(self.plain.database)
        self._open.close()

    def ask(self, *commands: Command) -> bool:
        """Ask both ways; both admit it, or both refuse it."""
        note(" ".join(map(str, commands)))
        admitted = [_is_admitted(each, commands) for each in (self.traject, self.plain)]
        assert admitted[0] == admitted[1]
        self.look()
        return admitted[0]

    def look(self) -> None:
        """Remember what to draw from."""
        self.state, self.entries = self.traject.stored, self.traject.journal

    def look_at_whose_turn_it_is(self) -> None:
        """Leave that to the histories themselves."""


def _is_admitted(traject: Traject, commands: tuple[Command, ...]) -> bool:
    try:
        traject.do_all(commands)
    except MijlpaalError:
        return False
    return True


def test_any_history_is_the_same_both_ways(site: Site, template: str) -> None:
    """Row for row, and hash for hash; with reminders that are planned and cancelled."""
    BothWays.definition, BothWays.site, BothWays.empty = load(REMINDED), site, template
    number = 1 if site.kind == POSTGRESQL else 4
    asked = settings(
        examples(number), stateful_step_count=12, phases=[Phase.generate, Phase.shrink]
    )
    run_state_machine_as_test(BothWays, settings=asked)


@pytest.fixture(params=[False, True], ids=["direct", "plain"])
def either(request: pytest.FixtureRequest, site: Site, template: str) -> Iterator[Database]:
    """Open a database either way."""
    with made(site, template) as url, Database(url, plain=request.param) as database:
        yield database


def test_what_a_database_refuses_is_said_the_same(site: Site, template: str) -> None:
    """Also what no command of ours asks for: an entry of a process that is not there."""
    said = []
    for plain in (False, True):
        with made(site, template) as url, Database(url, plain=plain) as database:
            traject = Traject(database, load(REMINDED), World())
            traject.start()
            entry = traject.journal[-1]._replace(process="another")
            before: Dump = rows_of(database)
            with pytest.raises(MijlpaalError) as raised, database.writing() as connection:
                store.append(connection, [entry])
            assert before == rows_of(database)
            said.append((type(raised.value), str(raised.value).replace(database.name, "")))
    assert said[0] == said[1]


@pytest.mark.parametrize("number", [MANY - 1, MANY, 120, TOGETHER + 1])
def test_many_rows_are_the_same_both_ways(site: Site, template: str, number: int) -> None:
    """However many: some in one statement each, and what is left over; in other zones too."""
    written, said = [], []
    for plain in (False, True):
        with made(site, template) as url, Database(url, plain=plain) as database:
            Traject(database, load(REMINDED), World()).start()
            with database.reading() as connection:
                first, *_, other = reminders.rows_of(connection, "traject")
            rows = [
                first._replace(subject=f"ü\t\\N\r\n {each}", copy=each) for each in range(number)
            ]
            rows[5] = first._replace(subject=r"\N", place="", why="", copy=number)
            rows[7] = other._replace(at=other.at.astimezone(timezone(timedelta(hours=5))), copy=9)
            with database.writing() as connection:
                reminders.add_rows(connection, iter(rows))
            written.append(rows_of(database))
            with pytest.raises(MijlpaalError) as raised, database.writing() as connection:
                reminders.add_rows(connection, [row._replace(role="x") for row in rows] + rows[-1:])
            assert written[-1] == rows_of(database)
            said.append((type(raised.value), str(raised.value).replace(database.name, "")))
    assert written[0] == written[1]
    assert said[0] == said[1]


def test_rows_that_fail_in_the_making_add_nothing(either: Database) -> None:
    """Also where a server has some already; the next transaction is as usual."""
    Traject(either, load(REMINDED), World()).start()
    before: Dump = rows_of(either)
    with either.reading() as connection:
        first, *_ = reminders.rows_of(connection, "traject")

    def made_until(last: int) -> Iterator[reminders.Row]:
        yield from (first._replace(copy=each) for each in range(1, last))
        raise KeyError(last)

    with pytest.raises(KeyError), either.writing() as connection:
        reminders.add_rows(connection, made_until(TOGETHER + 2))
    assert before == rows_of(either)
    with either.writing() as connection:
        assert store.lock_head(connection, "traject", Called("somebody"))


def test_a_connection_that_was_closed_is_an_error_of_ours(either: Database) -> None:
    """No error of a driver comes through, and the next transaction has another connection."""
    with pytest.raises(MijlpaalError):
        _ask_once_closed(either)
    with either.writing() as connection:
        assert None is store.lock_head(connection, "a process", Called("somebody"))


def _ask_once_closed(database: Database) -> None:
    with database.writing() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        driver.close()
        store.lock_head(connection, "a process", Called("somebody"))


@pytest.mark.only("postgresql")
def test_a_connection_that_was_cut_is_not_used_again(either: Database) -> None:
    """Whoever finds it cut is told so; who comes next gets another one, all of which were cut."""
    traject = Traject(either, load(REMINDED), World())
    traject.start()
    with either.reading(), either.reading():
        pass  # two connections wait in the pool from now on
    on_server(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
        f"WHERE datname = '{either.url.database}'"
    )
    told = AddNote("x", day_of(traject.world.now.date()))
    with pytest.raises(TemporarilyUnavailable):
        traject.do(told)
    traject.do(told)
    assert told.note == getattr(traject.journal[-1].event, "note", None)
