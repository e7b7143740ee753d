"""The roles of the documentation: the program's own can do all its work, and not undo any."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from tests.support.databases import SERVER, Site, made, on_server, url_of
from tests.support.engine import Traject, gr_sociaal_domein, typed
from tests.support.faults import BEGUN, KINDS, begin
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem, NoPrimary, TemporarilyUnavailable
from workflow.storage.health import examine
from workflow.storage.opening import open_database
from workflow.verify import verify

pytestmark = pytest.mark.only("postgresql")
ROLES = Path(__file__).parents[3] / "docs/examples/roles.sql"


@pytest.fixture(scope="module")
def role() -> Iterator[str]:
    """Make a role that may log in, and nothing else."""
    role = f"mijlpaal_app_{uuid4().hex[:8]}"
    on_server(f"CREATE ROLE {role} LOGIN")
    yield role
    on_server(f"DROP ROLE {role}")


@pytest.fixture(scope="module")
def owned(site: Site, template: str, role: str) -> Iterator[str]:
    """Set up a database as the documentation says; copy it."""
    with made(site, template) as url:
        on_server(ROLES.read_text().replace("mijlpaal_app", role), url=url)
        yield url


@pytest.fixture
def app(site: Site, owned: str, role: str) -> Iterator[Database]:
    """Open a database as the role that owns nothing, set up as the documentation says."""
    with made(site, owned) as url:
        as_role = make_url(url).set(username=role).render_as_string(hide_password=False)
        with open_database(as_role) as database:
            yield database
    on_server(f"ALTER ROLE {role} RESET ALL", f"ALTER ROLE {role} CONNECTION LIMIT -1")


ONE_BY_ONE = [name for name, kind in KINDS.items() if kind.finds == BEGUN]


@pytest.mark.parametrize("kind", ONE_BY_ONE)
def test_it_can_run_everything(app: Database, kind: str) -> None:
    """A start, and every other kind of command."""
    begin(app)

    KINDS[kind].give(app)

    assert [[]] == [[str(each) for each in one.problems] for one in verify(app)]
    assert examine(app).healthy


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'x'",
        "DELETE FROM journal",
        "TRUNCATE journal CASCADE",
        "UPDATE definitions SET document = '{}'",
        "DELETE FROM definitions",
        "TRUNCATE definitions CASCADE",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "ALTER TABLE journal DISABLE TRIGGER journal_append_only",
        "DROP TRIGGER journal_append_only ON journal",
        "DROP TABLE journal CASCADE",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION mijlpaal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RETURN NEW; END'",
        "DROP FUNCTION mijlpaal_append_only() CASCADE",
    ],
)
def test_it_cannot_undo_what_was_written(app: Database, statement: str) -> None:
    """Neither row by row nor all at once, nor by taking away what guards it."""
    begin(app)
    with pytest.raises(DatabaseProblem, match="may not do that"), app.writing() as connection:
        connection.exec_driver_sql(statement)


def test_a_role_with_no_rights_is_told_so(app: Database) -> None:
    """The role that may not, and what it is that it may not do."""
    role = str(app.url.username)
    on_server(f"REVOKE ALL ON journal FROM {role}", url=_as_owner(app))

    with pytest.raises(DatabaseProblem, match="permission denied for table journal") as raised:
        begin(app)

    assert "Check the URL (--db), and the role in it." in typed(raised.value.advice)
    assert [] == Traject(app, gr_sociaal_domein()).engine.pinned()


def test_a_database_that_can_only_be_read(app: Database) -> None:
    """A standby, or a role that is kept from writing: where that passes, so does this."""
    on_server(f"ALTER ROLE {app.url.username} SET default_transaction_read_only = on")
    app.close()

    with pytest.raises(NoPrimary, match="has no primary just now") as raised:
        begin(app)

    assert "If it stays: the URL (--db) has to lead to" in typed(raised.value.advice)


def test_too_many_connections(app: Database) -> None:
    """Somebody else has the last one: try again later."""
    on_server(f"ALTER ROLE {app.url.username} CONNECTION LIMIT 1")
    with (
        app.reading(),
        Database(url_of(app)) as second,
        pytest.raises(TemporarilyUnavailable, match="too many connections"),
    ):
        begin(second)


def test_an_answer_that_takes_too_long(app: Database) -> None:
    """The server gives up; nothing was written, and it may be tried again."""
    slow = app.url.update_query_dict({"options": "-c statement_timeout=20"})
    with (
        Database(slow.render_as_string(hide_password=False)) as database,
        pytest.raises(TemporarilyUnavailable, match="statement timeout"),
        database.writing() as connection,
    ):
        connection.exec_driver_sql("SELECT pg_sleep(5)")


def test_a_server_that_does_not_know_the_role_or_the_database(app: Database) -> None:
    """A name that is wrong is no reason to try again."""
    nobody = app.url.set(username=f"nobody_{uuid4().hex[:8]}")
    nowhere = app.url.set(database=f"nowhere_{uuid4().hex[:8]}")
    for wrong, said in ((nobody, "does not know the role"), (nowhere, "no such database")):
        with pytest.raises(DatabaseProblem, match=said):
            open_database(wrong.render_as_string(hide_password=False))


def _as_owner(app: Database) -> str:
    owner = make_url(SERVER).set(database=app.url.database)
    return owner.render_as_string(hide_password=False)
