"""PostgreSQL: the same schema, the same commands, the same refusals; skipped where there is none.

``MIJLPAAL_TEST_POSTGRES`` names a server where databases may be made and dropped; without it,
one on this machine is tried.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import make_url
from sqlalchemy import text as sql

from definitions.library import facts_file
from tests.support.engine import (
    Traject,
    World,
    everything_rests_on,
    gr_sociaal_domein,
    to_final_text_in_route,
)
from workflow.facts import read_facts
from workflow.folding import fold
from workflow.refusals import AlreadyDecided
from workflow.storage.database import REVISION, Database, revision_of
from workflow.storage.failures import DatabaseProblem
from workflow.storage.health import examine
from workflow.storage.opening import open_database
from workflow.storage.tables import metadata
from workflow.storage.upgrading import downgrade, upgrade

SERVER = os.environ.get("MIJLPAAL_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def on_server(statement: str) -> None:
    """Run one statement on the server, or raise what psycopg raises."""
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="module")
def empty_url() -> Iterator[str]:
    """Make a database on the server, and drop it in the end."""
    name = f"mijlpaal_test_{uuid4().hex[:12]}"
    try:
        on_server(f"CREATE DATABASE {name}")
    except psycopg.Error as error:
        pytest.skip(f"no PostgreSQL server to test on: {error}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def url(empty_url: str) -> str:
    """Return a database with our schema in it."""
    with pytest.raises(DatabaseProblem) as raised:
        open_database(empty_url)
    assert "Bring it up to date with: mijlpaal db upgrade" == str(raised.value.advice)
    with Database(empty_url) as database:
        assert (None, REVISION) == upgrade(database)
    return empty_url


@pytest.fixture
def postgres(url: str) -> Iterator[Database]:
    """Open the database."""
    with open_database(url) as database:
        yield database


@pytest.fixture
def traject(postgres: Database) -> Traject:
    """Start the shipped process, under an id of its own."""
    found = Traject(postgres, gr_sociaal_domein(), id=f"p-{uuid4().hex}", by=f"by {uuid4().hex}")
    found.world.people = int(uuid4().hex[:8], 16)
    found.start()
    return found


def test_a_whole_life(traject: Traject) -> None:
    """From the decision in principle to entry into force, as on SQLite."""
    to_final_text_in_route(traject)
    traject.all_record("definitieve-tekst", "verleend", "2021-11-02", request="raden")
    traject.advance("definitieve-tekst", "2021-11-02")
    traject.all_record("definitieve-tekst", "besloten", "2021-11-09", kind="college")
    traject.advance("definitieve-tekst", "2021-11-09")
    for on in ("2021-12-02", "2021-12-20", "2022-01-01"):
        traject.advance("inwerkingtreding", on)

    assert {"decided"} == set(everything_rests_on(traject.state).values())
    assert traject.stored == fold(traject.definition, traject.journal)
    assert [] == traject.problems


def test_both_databases_hold_the_same(postgres: Database, database: Database, world: World) -> None:
    """The shipped facts give the same journal and the same state, to the hash."""
    trajects = [
        Traject(each, gr_sociaal_domein(), World(), id="gr-sociaal-domein", by="the same")
        for each in (database, postgres)
    ]
    story = read_facts(*facts_file("gr-sociaal-domein"))
    for each in trajects:
        each.start(reconstruction=True)
        each.engine.execute(each.id, [fact.request(each.by) for fact in story.facts])

    assert trajects[0].journal == trajects[1].journal
    assert trajects[0].stored == trajects[1].stored
    assert [] == trajects[1].problems


def test_late_facts_and_second_rounds(traject: Traject) -> None:
    """What is recorded late, and belongs to a round that is over, is folded as on SQLite."""
    traject.advance("principebesluit", "2020-11-24")
    traject.attest("principebesluit", "2021-01-20", "aanpassen")
    traject.advance("principebesluit", "2021-02-01")
    traject.record("principebesluit", "sliedrecht", "ingestemd", "2021-03-09")

    traject.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    with pytest.raises(AlreadyDecided):
        traject.record("principebesluit", "dordrecht", "ingestemd", "2021-01-15")

    assert {} == traject.state.unproved()
    assert [] == traject.problems


# --- the schema --------------------------------------------------------------------------------


def test_migrations_make_what_the_tables_say(postgres: Database) -> None:
    """Alembic finds nothing to add, take away or change."""
    with postgres.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert [] == compare_metadata(context, metadata)


@pytest.mark.parametrize("table", ["journal", "definitions"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_database_refuses_to_change_what_was_written(
    traject: Traject, table: str, verb: str
) -> None:
    """Row by row, or all at once."""
    column = {"journal": "actor", "definitions": "document"}[table]
    statement = {
        "UPDATE": f"UPDATE {table} SET {column} = {column}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }[verb]

    with (
        pytest.raises(DatabaseProblem, match=f"{table} is append-only"),
        traject.database.writing() as connection,
    ):
        connection.execute(sql(statement))


def test_down_and_up_again(empty_url: str) -> None:
    """The schema can be taken away whole, triggers and their function too."""
    name = f"mijlpaal_test_{uuid4().hex[:12]}"
    on_server(f"CREATE DATABASE {name}")
    try:
        other = make_url(empty_url).set(database=name)
        with Database(other.render_as_string(hide_password=False)) as database:
            upgrade(database)
            downgrade(database, "base")
            with database.reading() as connection:
                functions = connection.execute(
                    sql("SELECT count(*) FROM pg_proc WHERE proname LIKE 'mijlpaal%'")
                )
                assert 0 == functions.scalar()
            upgrade(database)
            with database.reading() as connection:
                assert REVISION == revision_of(connection)
    finally:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_of_a_newer_program_is_refused(postgres: Database, url: str) -> None:
    """As on SQLite."""
    with postgres.writing() as connection:
        connection.execute(sql("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(DatabaseProblem, match="newer"):
            open_database(url)
    finally:
        with postgres.writing() as connection:
            connection.execute(sql(f"UPDATE alembic_version SET version_num = '{REVISION}'"))


def test_all_is_well(traject: Traject) -> None:
    """The doctor looks at a server as well."""
    assert examine(traject.database).healthy


def test_a_server_that_is_not_there_is_said_so() -> None:
    """A sentence with what to do, and no traceback."""
    nowhere = make_url(SERVER).set(port=9, query={"connect_timeout": "2"})

    with pytest.raises(DatabaseProblem) as raised:
        open_database(nowhere.render_as_string(hide_password=False))

    assert raised.value.advice


# --- several at once ---------------------------------------------------------------------------


def test_a_query_sees_one_moment(traject: Traject, url: str) -> None:
    """What others commit while it reads is not seen halfway through."""
    with traject.database.reading() as connection:
        before = connection.execute(sql("SELECT count(*) FROM journal")).scalar()
        with Database(url) as other:
            Traject(other, traject.definition, traject.world, traject.id, traject.by).note(
                "something", "2021-03-01"
            )

        assert before == connection.execute(sql("SELECT count(*) FROM journal")).scalar()


def test_writers_of_one_process_take_turns(traject: Traject, url: str) -> None:
    """Four writers of one process at once: nothing lost, no gap, the chain whole."""

    def write(writer: int) -> None:
        with Database(url) as database:
            own = Traject(database, traject.definition, World(), traject.id, traject.by)
            for number in range(10):
                own.note(f"{writer}/{number}", "2021-03-01")

    before = len(traject.journal)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    assert before + 40 == len(traject.journal)
    assert [] == traject.problems


def test_one_of_two_decisions_at_once_is_refused(traject: Traject, url: str) -> None:
    """The second closing decision of a body is refused, also when both come at one moment."""
    traject.advance("principebesluit", "2020-11-24")

    def decide(outcome: str) -> bool:
        with Database(url) as database:
            own = Traject(database, traject.definition, World(), traject.id, traject.by)
            try:
                own.record("principebesluit", "dordrecht", outcome, "2021-01-12")
            except AlreadyDecided:
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(decide, ["ingestemd", "verworpen", "ingestemd", "verworpen"]))

    assert [False, False, False, True] == sorted(results)
    assert [] == traject.problems
