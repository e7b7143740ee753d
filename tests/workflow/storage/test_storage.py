"""Storage: the schema and its migrations, the settings of every connection, and opening."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy import text as sql

from definitions.language.errors import MijlpaalError
from definitions.library import facts_file
from tests.support.databases import Site, force, made, make_schema, rows_of, url_of
from tests.support.engine import SECRETARY, Traject, World, gr_sociaal_domein, typed
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.storage import store
from workflow.storage.cells import decoded
from workflow.storage.column_types import Instant
from workflow.storage.database import (
    REVISION,
    SERVER_SETTINGS,
    Database,
    revision_of,
)
from workflow.storage.errors import DatabaseProblem, TemporarilyUnavailable
from workflow.storage.health import examine
from workflow.storage.indexes import schema
from workflow.storage.opening import open_database
from workflow.storage.refolding import Upgraded
from workflow.storage.sqlite_driver import wal_is_sound
from workflow.storage.upgrading import downgrade, upgrade

OURS = {
    *("definitions", "people", "processes", "journal", "milestones", "moves", "decisions"),
    *("follow_ups", "tasks", "parts", "seats", "dues", "departures", "amendments", "shifts"),
    *("reminders", "messages", "nodes", "calendars"),
    "alembic_version",
}


# --- migrations --------------------------------------------------------------------------------


def test_the_revision_we_need_is_the_newest_there_is() -> None:
    """Who adds a migration tells the program to need it."""
    config = Config()
    config.set_main_option("script_location", "workflow:migrations")

    assert [REVISION] == ScriptDirectory.from_config(config).get_heads()


def test_migrations_make_what_the_tables_say(database: Database) -> None:
    """Alembic finds nothing to add, take away or change."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert [] == compare_metadata(context, schema)


def test_up_down_and_up_again(site: Site) -> None:
    """A schema can be taken away whole, triggers and their function too, and made again."""
    with made(site) as url, Database(url) as database:
        assert Upgraded(None, REVISION) == upgrade(database)
        assert OURS == rows_of(database).keys()

        downgrade(database, "base")
        assert {"alembic_version"} == rows_of(database).keys()

        upgrade(database)
        Traject(database, gr_sociaal_domein()).start()


def test_upgrading_what_is_new_changes_nothing(database: Database, world: World) -> None:
    """It can be done twice, and says from where to where."""
    traject = Traject(database, gr_sociaal_domein(), world)
    traject.start()
    before = rows_of(database)

    assert Upgraded(REVISION, REVISION) == upgrade(database)

    assert before == rows_of(database)


def test_a_migration_that_fails_leaves_nothing_behind(site: Site) -> None:
    """The schema is made in one transaction: all of it, or the database as it was."""
    with made(site) as url, Database(url) as database:
        with database.writing() as connection:
            connection.execute(sql("CREATE VIEW seats AS SELECT 1 AS mine"))

        with pytest.raises(DatabaseProblem, match="seats"):
            upgrade(database)

        assert {} == rows_of(database)


@pytest.mark.only("postgresql")
def test_a_schema_on_a_server_is_made_when_somebody_says_so(site: Site) -> None:
    """A file is made by the first command; a database on a server is somebody else's too."""
    with made(site) as url:
        with pytest.raises(DatabaseProblem) as raised:
            open_database(url)
        assert "Bring it up to date with: mijlpaal db upgrade" == typed(raised.value.advice)
        make_schema(url)
        open_database(url).close()


# --- opening -----------------------------------------------------------------------------------


def test_a_missing_file_is_made_in_a_folder_that_is_there(tmp_path: Path) -> None:
    """The first command needs no preparation; a folder may be misspelt, and is not made."""
    file = tmp_path / "mijlpaal.db"
    with pytest.raises(DatabaseProblem, match="No database can be made in "):
        open_database(str(tmp_path / "a" / "mijlpaal.db"))
    assert not (tmp_path / "a").exists()

    with open_database(str(file)) as database, database.reading() as connection:
        assert REVISION == revision_of(connection)

    assert file.is_file()


def test_an_empty_file_gets_the_schema(tmp_path: Path) -> None:
    """A file that was made and never filled is as good as a missing one."""
    file = tmp_path / "mijlpaal.db"
    file.touch()

    with open_database(str(file)) as database, database.reading() as connection:
        assert REVISION == revision_of(connection)


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    """What a newer program wrote is not for this one to touch, nor to upgrade."""
    force(database, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseProblem, match="newer") as opening:
        open_database(url_of(database))
    with pytest.raises(DatabaseProblem, match="newer"):
        upgrade(database)

    assert "revision 9999" in str(opening.value)
    assert "Use the newer program" in str(opening.value.advice)


@pytest.mark.parametrize("content", [b"this is not a database", b"SQLite format 3\0" + b"\0" * 84])
def test_what_is_no_database_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    """A text file, or a damaged one: a sentence and no traceback."""
    file = tmp_path / "mijlpaal.db"
    file.write_bytes(content * 50)

    with pytest.raises(DatabaseProblem) as raised:
        open_database(str(file))

    assert raised.value.advice
    assert not examine_file(file)


def examine_file(file: Path) -> bool:
    """Say whether all is well with a file."""
    with Database(str(file)) as database:
        return examine(database).healthy


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "file").touch()

    with pytest.raises(MijlpaalError):
        open_database(str(tmp_path / "file" / "mijlpaal.db"))


@pytest.mark.parametrize(
    "url", ["sqlite://", "mysql://x@y/z", "://", "nothing://x", "postgresql+pg8000://x@y/z"]
)
def test_an_address_of_no_database(url: str) -> None:
    """In memory, of a kind we do not know, or of no kind at all."""
    with pytest.raises(DatabaseProblem) as raised:
        open_database(url)

    assert raised.value.advice


def test_a_password_is_not_shown() -> None:
    """The name of a database is for people to read."""
    with Database("postgresql://somebody:secret@db.example/mijlpaal") as database:
        assert "secret" not in database.name


# --- connections -------------------------------------------------------------------------------


@pytest.mark.only("postgresql")
def test_every_session_on_a_server_has_its_settings(database: Database) -> None:
    """It waits neither for ever for a lock or an answer, nor holds what others wait for."""
    with database.reading() as connection:
        assert {name: value.replace("60s", "1min") for name, value in SERVER_SETTINGS.items()} == {
            name: connection.execute(sql(f"SHOW {name}")).scalar() for name in SERVER_SETTINGS
        }


@pytest.mark.only("postgresql")
def test_what_a_url_says_goes_before_our_settings(database: Database) -> None:
    """Whoever runs it may want to wait longer."""
    own = database.url.update_query_dict({"options": "-c lock_timeout=3s"})
    with (
        Database(own.render_as_string(hide_password=False)) as other,
        other.reading() as connection,
    ):
        assert "3s" == connection.execute(sql("SHOW lock_timeout")).scalar()
        assert "1min" == connection.execute(sql("SHOW statement_timeout")).scalar()


@pytest.mark.only("sqlite")
def test_every_connection_has_its_settings(database: Database) -> None:
    """Keys are kept, what is committed is on the disk, and who comes second waits."""
    with database.reading() as first, database.reading() as second:
        for connection in (first, second):
            assert {
                "foreign_keys": 1,
                "synchronous": 2,
                "busy_timeout": 30000,
                "journal_mode": "wal" if wal_is_sound() else "delete",
            } == {
                name: connection.execute(sql(f"PRAGMA {name}")).scalar()
                for name in ("foreign_keys", "synchronous", "busy_timeout", "journal_mode")
            }


@pytest.mark.only("sqlite")
def test_who_writes_has_the_lock_from_the_beginning(database: Database) -> None:
    """What a writer reads is what it will change: a second one waits before it reads."""
    assert database.file is not None
    with (
        database.writing(),
        closing(sqlite3.connect(database.file, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


@pytest.mark.only("sqlite")
def test_who_only_reads_hinders_nobody(database: Database) -> None:
    """A query does not take the lock of a writer."""
    assert database.file is not None
    with database.reading() as connection, closing(sqlite3.connect(database.file)) as other:
        connection.execute(sql("SELECT * FROM processes")).all()
        other.execute("BEGIN IMMEDIATE")
        other.rollback()


@pytest.mark.only("postgresql")
def test_who_writes_to_a_process_has_its_row(gr: Traject) -> None:
    """A second writer of the same process waits; one of another process does not."""
    other = Traject(gr.database, gr.definition, gr.world, id="another")
    other.start()
    hurried = gr.database.url.update_query_dict({"options": "-c lock_timeout=10"})
    with (
        Database(hurried.render_as_string(hide_password=False)) as database,
        gr.database.writing() as connection,
    ):
        store.lock_head(connection, gr.id)

        Traject(database, gr.definition, gr.world, id="another").note("x", "2021-03-01")
        with pytest.raises(TemporarilyUnavailable, match="lock timeout"):
            Traject(database, gr.definition, gr.world, id=gr.id).note("x", "2021-03-01")


@pytest.mark.only("postgresql")
def test_who_only_reads_cannot_write(gr: Traject) -> None:
    """A query is a transaction that the server itself keeps from writing."""
    with pytest.raises(DatabaseProblem, match="can only be read"), gr.database.reading() as reader:
        reader.execute(sql("DELETE FROM milestones"))


@pytest.mark.only("postgresql")
def test_a_query_sees_one_moment(gr: Traject) -> None:
    """What others commit while it reads is not seen halfway through."""
    wanted = sql("SELECT count(*) FROM journal")
    with gr.database.reading() as connection:
        before = connection.execute(wanted).scalar()
        with Database(url_of(gr.database)) as other:
            Traject(other, gr.definition, gr.world, gr.id).note("something", "2021-03-01")

        assert before == connection.execute(wanted).scalar()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    """All of it or none of it."""
    with pytest.raises(MijlpaalError):
        _insert_twice(database)

    assert [] == rows_of(database)["people"]


def _insert_twice(database: Database) -> None:
    with database.writing() as connection:
        for _ in range(2):
            connection.execute(sql("INSERT INTO people VALUES ('p', 'name', NULL)"))


def test_all_is_well_with_a_database_in_use(database: Database, world: World) -> None:
    """What the doctor looks at: schema, settings, the file itself."""
    Traject(database, gr_sociaal_domein(), world).start()

    health = examine(database)

    assert health.healthy
    found = {each.name: each.found for each in health.checks}
    assert (REVISION, "1") == (found["schema"], found["processes"])
    assert {"orphans": "0", "integrity": "ok"}.items() <= found.items() or not database.file


@pytest.mark.only("sqlite")
def test_a_row_that_hangs_in_the_air_is_found(database: Database, world: World) -> None:
    """The doctor finds a row whose entry is gone."""
    Traject(database, gr_sociaal_domein(), world).start()
    force(database, "DELETE FROM journal WHERE seq = 2")

    assert not examine(database).healthy


@pytest.mark.only("sqlite")
def test_a_file_that_can_only_be_read_is_found(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a command is refused, or a reminder is not sent."""
    Traject(database, gr_sociaal_domein(), world).start()
    assert database.file is not None
    monkeypatch.setattr(os, "access", lambda path, _: path != database.file)

    assert [("writable", str(database.file))] == [
        (each.name, each.found) for each in examine(database).checks if not each.well
    ]


def test_looking_at_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    """The doctor says that the database is still to be made, and does not make it."""
    file = tmp_path / "mijlpaal.db"

    with Database(str(file)) as database:
        assert not examine(database).made

    assert not file.exists()


# --- instants ----------------------------------------------------------------------------------


def test_an_instant_without_a_zone_is_refused() -> None:
    """Nobody can tell when “ten o'clock” was."""
    naive = datetime(2022, 6, 1, 10, 0, tzinfo=UTC).replace(tzinfo=None)

    for kind in ("sqlite", "postgresql"):
        dialect = make_url(f"{kind}://").get_dialect()()
        with pytest.raises(ValueError, match="2022"):
            Instant().process_bind_param(naive, dialect)


@pytest.mark.parametrize(
    "texts",
    [
        ["{}", ""],
        ["{}", "{},{}"],
        ["{}", "{}", '{"a":1'],
        ['{"a":1', '"b":2}'],
        ['{"a":[1', "2]}"],
        ['{"a":"x', 'y"}'],
        ["[", "]"],
    ],
)
def test_texts_that_are_no_json_by_themselves_are_refused(texts: list[str]) -> None:
    """Also where they would be, one after another."""
    with pytest.raises(ValueError, match=r"line 1 column"):
        decoded(texts)


def test_texts_are_decoded_one_by_one_and_together() -> None:
    """Whatever they say, also nothing."""
    texts = ["{}", '{"a": [1, 2], "b": "},{"}', " null ", "[]", '"x"', "5"]

    assert [{}, {"a": [1, 2], "b": "},{"}, None, [], "x", 5] == decoded(texts)
    assert [json.loads(each) for each in texts] == [decoded([each])[0] for each in texts]
    assert [] == decoded([])


def test_an_instant_is_kept_in_utc() -> None:
    """With microseconds, always, so that texts compare as instants do."""
    instant = datetime.fromisoformat("2022-06-01T12:00:00+02:00")

    dialect = make_url("sqlite://").get_dialect()()
    kept = Instant().process_bind_param(instant, dialect)

    assert "2022-06-01T10:00:00.000000+00:00" == kept
    assert instant == Instant().process_result_value(kept, dialect)


def test_a_replayed_process_reads_the_same_in_a_new_connection(site: Site, template: str) -> None:
    """What is committed is there for whoever opens the database next."""
    with made(site, template) as url:
        _replay_and_read_again(url)


def _replay_and_read_again(url: str) -> None:
    with open_database(url) as database:
        first = Traject(database, gr_sociaal_domein())
        first.start()
        story = read_facts(*facts_file("gr-sociaal-domein"))
        first.engine.execute(first.id, [each.request(Called(SECRETARY)) for each in story.facts])
        state, journal = first.stored, first.journal

    with open_database(url) as database:
        second = Traject(database, gr_sociaal_domein())

        assert (state, journal) == (second.stored, second.journal)
        assert [] == second.problems
