"""Behind a pooler that hands out connections for a transaction: right answers, or a refusal."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text as sql

from definitions.calendar.dates import parse_date
from tests.support.cli import PROCESS, Terminal, folded
from tests.support.databases import Site, made
from tests.support.engine import Traject, World, gr_sociaal_domein
from tests.support.poolers import pooled
from workflow.model.commands import AddNote
from workflow.storage.database import SERVER_SETTINGS, Database
from workflow.verify import verify

pytestmark = pytest.mark.only("postgresql")
CLIENTS, NOTES = 8, 8
IGNORING = "ignore_startup_parameters = options"


@pytest.fixture(scope="module")
def pooler(site: Site, template: str) -> Iterator[str]:
    """Give the URL of a database with a pooler before it."""
    with made(site, template) as url, pooled(url) as by_it:
        yield f"{by_it}?pooled=true"


def test_every_client_gets_its_own_answers(pooler: str) -> None:
    """Eight of them on three connections: nobody sees what another one asked for."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        wrong = [*pool.map(lambda number: _wrong_answers(pooler, number), range(CLIENTS))]
    assert [0] * CLIENTS == wrong
    with Database(pooler) as database:
        verdicts = {each.process: each for each in verify(database)}
        own = [verdicts[f"own-{number}"] for number in range(CLIENTS)]
        assert [] == [str(problem) for each in own for problem in each.problems]
        assert 1 == len({each.entries for each in own})


def _wrong_answers(url: str, number: int) -> int:
    """Work in a process of one's own, and count what is not as it was written there."""
    wrong = 0
    with Database(url) as database:
        traject = Traject(
            database, gr_sociaal_domein(), World(people=100 * number), f"own-{number}"
        )
        traject.start()
        for each in range(NOTES):
            said = f"{number} says {each}"
            receipt = traject.do(AddNote(said, parse_date("2021-03-01"), "x"), key=f"key-{each}")
            wrong += receipt.entries[0].process != traject.id
            wrong += said not in str(traject.journal[-1].event)
            wrong += traject.engine.today_of(traject.id).day is None
    return wrong


def test_what_we_rely_on_is_set_in_each_transaction(pooler: str) -> None:
    """Whoever had the connection before; and what the options of the URL say of waiting."""
    wanted = {name: value.replace("60s", "1min") for name, value in SERVER_SETTINGS.items()}
    own = f"{pooler}&options=-c%20lock_timeout%3D3s%20--application_name%3Da%5C%20b"
    for url, more in ((pooler, {}), (own, {"lock_timeout": "3s", "application_name": "a b"})):
        with Database(url) as database:
            for transaction in (database.reading, database.writing):
                with transaction() as connection:
                    assert {**wanted, **more} == {
                        name: connection.execute(sql(f"SHOW {name}")).scalar()
                        for name in {**wanted, **more}
                    }
            with database.reading() as connection:
                isolation = connection.execute(sql("SHOW transaction_isolation")).scalar()
                assert "repeatable read" == isolation


def test_all_of_it_works_there(pooler: str, terminal: Terminal) -> None:
    """A schema is made, a process followed, and a file copied; a standby would be seen."""
    terminal.does(f"start {PROCESS} --on 2020-11-24 --db {pooler}")
    terminal.does("note", PROCESS, "Zoë", "--on", "2021-03-01", "--db", pooler)
    assert "Zoë" in terminal.does(f"history {PROCESS} --db {pooler}")
    assert "whole" in terminal.does(f"verify {PROCESS} --db {pooler}")
    assert "[ok] server: primary" in terminal.does(f"db check --db {pooler}")


@pytest.mark.parametrize(
    ("mode", "settings", "why"),
    [
        ("transaction", "", "unsupported startup parameter: options"),
        ("transaction", IGNORING, "settings of a connection do not hold"),
        ("session", IGNORING, "settings of a connection do not hold"),
    ],
)
def test_a_pooler_that_the_url_does_not_name(
    site: Site, template: str, mode: str, settings: str, why: str, terminal: Terminal
) -> None:
    """It is refused with one sentence, before anything is asked that it could answer wrongly."""
    with made(site, template) as url, pooled(url, settings, mode=mode) as by_it:
        for line in ("status", f"start {PROCESS}"):
            err = folded(terminal.refused(1, *line.split(), "--db", by_it))
            assert f"A pooler stands before {by_it}: " in err
            assert why in err
            assert "Add pooled=true to the URL: as ?pooled=true" in err
        terminal.does(f"start {PROCESS} --on 2020-11-24 --db {by_it}?pooled=true")


def test_pooled_without_a_pooler_does_no_harm(site: Site, template: str) -> None:
    """Who takes it away forgets the setting of the URL."""
    with made(site, template) as url, Database(f"{url}?pooled=true") as database:
        traject = Traject(database, gr_sociaal_domein())
        traject.start()
        assert date(2020, 11, 1) == traject.state.begins
