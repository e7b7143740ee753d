"""What guards the rows is looked at: whatever was dropped, changed, disabled or added is named."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli import Terminal
from tests.support.databases import (
    POSTGRESQL,
    SQLITE,
    Site,
    file_in,
    file_of,
    made,
    on_server,
    opened,
    url_of,
)
from workflow.storage.database import Database
from workflow.storage.guard_checks import breaches, breaches_of
from workflow.storage.health import examine
from workflow.storage.upgrading import upgrade

HERE = Path(__file__).parents[1]
OLDER = [
    *sorted((HERE / "released").glob("*.sql")),
    *sorted((HERE / "kept").glob("*/database.sql")),
]

IN_A_FILE = {
    "DROP TRIGGER journal_no_update": ["trigger journal_no_update is missing"],
    "DROP TRIGGER definitions_no_replace": ["trigger definitions_no_replace is missing"],
    "DROP TRIGGER journal_no_delete; CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal "
    "WHEN OLD.seq > 1000 BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END": [
        "trigger journal_no_delete was changed"
    ],
    "CREATE TRIGGER sly AFTER INSERT ON parts BEGIN DELETE FROM parts; END": [
        "trigger sly does not belong to this program"
    ],
    "CREATE VIEW sly AS SELECT * FROM journal": ["view sly does not belong to this program"],
    "CREATE TABLE sly (a TEXT, CONSTRAINT one UNIQUE (a))": [
        "table sly does not belong to this program"
    ],
    "ALTER TABLE people ADD COLUMN sly TEXT": ["column people.sly does not belong to this program"],
    "DROP INDEX ix_reminders_next_at": ["index ix_reminders_next_at is missing"],
    "DROP INDEX ix_messages_next_at; CREATE INDEX ix_messages_next_at ON messages (next_at) "
    "WHERE next_at IS NULL": ["index ix_messages_next_at was changed"],
    "CREATE UNIQUE INDEX sly ON parts (level)": ["index sly does not belong to this program"],
    "CREATE INDEX quick ON parts (level)": [],
    "ANALYZE": [],
    "VACUUM": [],
    "DROP TABLE nodes": ["table nodes is missing"],
}
REWRITTEN = {
    ("CONSTRAINT ck_journal_seq_positive CHECK (seq > 0),", ""): [
        "constraint ck_journal_seq_positive is missing"
    ],
    ("CHECK (seq > 0)", "CHECK (seq > 0 OR seq < -1)"): [
        "constraint ck_journal_seq_positive was changed"
    ],
    (', \n\tCONSTRAINT uq_journal_process_key UNIQUE (process, "key")', ""): [
        "constraint uq_journal_process_key is missing"
    ],
    ("CONSTRAINT pk_journal PRIMARY KEY (process, seq)", "PRIMARY KEY (process, seq)"): [
        "constraint PRIMARY KEY (process, seq) does not belong to this program",
        "constraint pk_journal is missing",
    ],
    ("REFERENCES processes (id)", "REFERENCES processes (id) ON DELETE CASCADE"): [
        "constraint fk_journal_process was changed"
    ],
    ("actor VARCHAR(100) NOT NULL", "actor VARCHAR(100)"): ["column journal.actor was changed"],
    ("seq INTEGER NOT NULL, ", "seq INTEGER NOT NULL ON CONFLICT REPLACE, "): [
        "column journal.seq was changed"
    ],
}
"""What the statement that made the journal says, and what it is made to say."""

ON_A_SERVER = {
    "DROP TRIGGER journal_append_only ON journal": ["trigger journal_append_only is missing"],
    "DROP TRIGGER journal_append_only ON journal; DROP TRIGGER journal_no_truncate ON journal; "
    "DROP TRIGGER definitions_append_only ON definitions; "
    "DROP TRIGGER definitions_no_truncate ON definitions": [
        "trigger definitions_append_only is missing",
        "trigger definitions_no_truncate is missing",
        "trigger journal_append_only is missing",
        "trigger journal_no_truncate is missing",
    ],
    "CREATE SCHEMA other; CREATE FUNCTION other.mijlpaal_append_only() RETURNS trigger LANGUAGE "
    "plpgsql AS 'BEGIN RETURN NEW; END'; DROP TRIGGER journal_append_only ON journal; "
    "CREATE TRIGGER journal_append_only BEFORE DELETE OR UPDATE ON journal FOR EACH ROW EXECUTE "
    "FUNCTION other.mijlpaal_append_only(); SET LOCAL search_path = other, public": [
        "function mijlpaal_append_only was changed"
    ],
    "ALTER TABLE journal DISABLE TRIGGER journal_no_truncate": [
        "trigger journal_no_truncate is disabled"
    ],
    "ALTER TABLE journal ENABLE REPLICA TRIGGER journal_no_truncate": [
        "trigger journal_no_truncate is disabled"
    ],
    "ALTER TABLE journal ENABLE ALWAYS TRIGGER journal_no_truncate": [],
    "ALTER TABLE nodes DISABLE TRIGGER ALL": [],
    "ALTER TABLE parts DISABLE TRIGGER ALL": [
        "constraint fk_parts_process is disabled",
        "constraint fk_parts_process_seq is disabled",
    ],
    "DROP TRIGGER journal_append_only ON journal; CREATE TRIGGER journal_append_only BEFORE "
    "DELETE ON journal FOR EACH ROW EXECUTE FUNCTION mijlpaal_append_only()": [
        "trigger journal_append_only was changed"
    ],
    "CREATE OR REPLACE FUNCTION mijlpaal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RETURN NEW; END'": ["function mijlpaal_append_only was changed"],
    "ALTER FUNCTION mijlpaal_append_only() SECURITY DEFINER": [
        "function mijlpaal_append_only was changed"
    ],
    "CREATE FUNCTION sly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; "
    "CREATE TRIGGER sly BEFORE INSERT ON parts FOR EACH ROW EXECUTE FUNCTION sly()": [
        "function sly does not belong to this program",
        "trigger sly does not belong to this program",
    ],
    "CREATE RULE sly AS ON INSERT TO parts DO INSTEAD NOTHING": [
        "rule sly does not belong to this program"
    ],
    "ALTER TABLE journal ENABLE ROW LEVEL SECURITY": ["table journal was changed"],
    "CREATE POLICY sly ON journal USING (seq > 3)": ["policy sly does not belong to this program"],
    "ALTER TABLE nodes SET UNLOGGED": ["table nodes was changed"],
    "CREATE VIEW sly AS SELECT * FROM journal": ["view sly does not belong to this program"],
    "CREATE TABLE sly () INHERITS (journal)": ["table sly does not belong to this program"],
    "CREATE TABLE sly (id VARCHAR REFERENCES processes (id))": [
        "table sly does not belong to this program"
    ],
    "CREATE SCHEMA before; CREATE VIEW before.journal AS SELECT * FROM public.journal "
    "WHERE seq > 3; SET LOCAL search_path = before, public": [
        "view before.journal does not belong to this program"
    ],
    "CREATE TABLE of_a_neighbour (id INTEGER)": [],
    "CREATE SCHEMA reports; CREATE VIEW reports.entries AS SELECT * FROM journal": [],
    "ALTER TABLE journal DROP CONSTRAINT ck_journal_seq_positive": [
        "constraint ck_journal_seq_positive is missing"
    ],
    "ALTER TABLE journal DROP CONSTRAINT ck_journal_seq_positive; ALTER TABLE journal ADD "
    "CONSTRAINT ck_journal_seq_positive CHECK (seq > 0 OR seq < -1)": [
        "constraint ck_journal_seq_positive was changed"
    ],
    "ALTER TABLE journal DROP CONSTRAINT ck_journal_seq_positive; ALTER TABLE journal ADD "
    "CONSTRAINT ck_journal_seq_positive CHECK (seq > 0) NOT VALID": [
        "constraint ck_journal_seq_positive is not valid"
    ],
    "ALTER TABLE moves DROP CONSTRAINT ck_moves_basis_known; ALTER TABLE moves ADD CONSTRAINT "
    "ck_moves_basis_known CHECK (basis IN ('decided', 'latched', 'attested', 'in-question', "
    "'sly'))": ["constraint ck_moves_basis_known was changed"],
    "ALTER TABLE journal ADD CONSTRAINT sly CHECK (seq < 9)": [
        "constraint sly does not belong to this program"
    ],
    "ALTER TABLE journal DROP CONSTRAINT uq_journal_process_key": [
        "constraint uq_journal_process_key is missing"
    ],
    "ALTER TABLE nodes DROP CONSTRAINT pk_nodes": ["constraint pk_nodes is missing"],
    "SET session_replication_role = replica": ["setting session_replication_role was changed"],
    "ALTER TABLE parts DROP CONSTRAINT fk_parts_process; ALTER TABLE parts ADD CONSTRAINT "
    "fk_parts_process FOREIGN KEY (process) REFERENCES processes (id) ON DELETE CASCADE": [
        "constraint fk_parts_process was changed"
    ],
    "ALTER TABLE journal ALTER COLUMN actor DROP NOT NULL": ["column journal.actor was changed"],
    "ALTER TABLE journal ALTER COLUMN actor SET DEFAULT 'x'": ["column journal.actor was changed"],
    "ALTER TABLE people ADD COLUMN sly TEXT": ["column people.sly does not belong to this program"],
    "DROP INDEX ix_reminders_next_at": ["index ix_reminders_next_at is missing"],
    "DROP INDEX ix_messages_next_at; CREATE INDEX ix_messages_next_at ON messages (next_at) "
    "WHERE next_at IS NULL": ["index ix_messages_next_at was changed"],
    "CREATE UNIQUE INDEX sly ON parts (level)": ["index sly does not belong to this program"],
    "CREATE INDEX quick ON parts (level)": [],
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_messages_person'::regclass": [
        "index ix_messages_person is not valid"
    ],
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'pk_people'::regclass": [
        "constraint pk_people is not valid"
    ],
    "DROP TABLE nodes": ["table nodes is missing"],
}


def said(database: Database) -> list[str]:
    """Return what is wrong, in the words of the source."""
    return sorted(str(each.says) for each in breaches(database))


def test_a_new_database_is_guarded(database: Database) -> None:
    """As the migrations make it; the doctor says so."""
    assert [] == said(database)
    assert {"guards": "ok"}.items() <= {
        each.name: each.found for each in examine(database).checks
    }.items()


@pytest.mark.only(SQLITE)
@pytest.mark.parametrize("older", OLDER, ids=lambda each: f"{each.parent.name}-{each.stem}")
def test_a_database_of_an_older_program_is_guarded_alike(site: Site, older: Path) -> None:
    """Once it was upgraded, whatever columns were added to it on the way."""
    with made(site) as url:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(older.read_text(encoding="utf-8"))
        with Database(url) as database:
            upgrade(database)

            assert [] == said(database)


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_database_that_came_step_by_step_is_guarded_alike(site: Site, revision: str) -> None:
    """On both kinds; before the upgrade nothing is said, for that comes first."""
    with made(site) as url, Database(url) as database:
        upgrade(database, revision)
        assert [] == said(database)
        upgrade(database)

        assert [] == said(database)


@pytest.mark.only(SQLITE)
@pytest.mark.parametrize("script", IN_A_FILE)
def test_a_file_that_was_tampered_with(site: Site, template: str, script: str) -> None:
    """Each is named, and the doctor is not content."""
    with opened(site, template) as database:
        with closing(sqlite3.connect(file_of(database))) as connection:
            connection.executescript(script)

        assert sorted(IN_A_FILE[script]) == said(database)
        assert examine(database).healthy is not bool(IN_A_FILE[script])


@pytest.mark.only(SQLITE)
@pytest.mark.parametrize("change", REWRITTEN, ids=lambda each: f"{each[0]}-{each[1]}")
def test_a_table_that_was_made_anew(site: Site, template: str, change: tuple[str, str]) -> None:
    """SQLite changes no constraint in place: who wants to, writes another statement."""
    with opened(site, template) as database:
        with closing(sqlite3.connect(file_of(database))) as connection:
            _rewrite(connection, *change)

        assert sorted(REWRITTEN[change]) == said(database)
        assert not examine(database).healthy


def _rewrite(connection: sqlite3.Connection, before: str, after: str) -> None:
    of_journal = "WHERE type = 'trigger' AND tbl_name = 'journal'"
    triggers = connection.execute(f"SELECT sql FROM sqlite_master {of_journal}").fetchall()
    made_by = "SELECT sql FROM sqlite_master WHERE name = 'journal'"
    (statement,) = connection.execute(made_by).fetchone()
    assert 1 == statement.count(before)
    connection.execute("DROP TABLE journal")
    connection.execute(statement.replace(before, after))
    for (trigger,) in triggers:
        connection.execute(trigger)
    connection.commit()


@pytest.mark.only(POSTGRESQL)
@pytest.mark.parametrize("script", ON_A_SERVER)
def test_a_server_that_was_tampered_with(database: Database, script: str) -> None:
    """Each is named, also what is only switched off; it is all undone in the end."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql(script)

        found = sorted(str(each.says) for each in breaches_of(connection))

    assert sorted(ON_A_SERVER[script]) == found


@pytest.mark.only(POSTGRESQL)
def test_the_doctor_of_a_server(database: Database) -> None:
    """It names what is wrong as it does for a file."""
    on_server("ALTER TABLE journal DISABLE TRIGGER journal_append_only", url=url_of(database))

    wrong = [each for each in examine(database).checks if not each.well]

    assert [("guards", "trigger journal_append_only is disabled")] == [
        (each.name, str(each.remark)) for each in wrong
    ]


@pytest.mark.parametrize("command", ["verify", "doctor", "db check"])
@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["trigger journal_no_update is missing", "view v does not belong to this program"]),
        ("nl", ["trigger journal_no_update ontbreekt", "view v hoort niet bij dit programma"]),
    ],
)
def test_every_command_that_checks_says_it(
    started: Terminal, command: str, language: str, sentences: list[str]
) -> None:
    """In both languages, with an exit code that a script sees."""
    with closing(sqlite3.connect(started.file)) as connection:
        connection.executescript("DROP TRIGGER journal_no_update; CREATE VIEW v AS SELECT 1")

    result = started(f"--lang {language} {command}")

    assert 1 == result.code
    shown = re.sub(r"\s+", " ", result.out)
    assert all(sentence in shown for sentence in sentences)


@pytest.mark.parametrize("command", ["verify", "doctor", "db check"])
def test_a_table_that_is_gone_is_named(started: Terminal, command: str) -> None:
    """And not what happens to go wrong when it is read."""
    with closing(sqlite3.connect(started.file)) as connection:
        connection.executescript("DROP TABLE milestones")

    result = started(command)

    assert (1, True) == (result.code, "table milestones is missing" in result.out)


def test_journals_are_verified_all_the_same(started: Terminal) -> None:
    """A guard that is gone is a reason to look at what it guarded."""
    with closing(sqlite3.connect(started.file)) as connection:
        connection.executescript("DROP TRIGGER journal_no_update; UPDATE journal SET actor = 'x'")

    shown = started("doctor").out

    assert "trigger journal_no_update is missing" in shown
    assert "[WRONG] journal" in shown
