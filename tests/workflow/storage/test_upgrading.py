"""Upgrades: every schema that was released, with data; and several nodes at once."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from definitions.library import facts_file
from tests.support.databases import Folder, Site, dump, file_in, made, rows_of
from tests.support.engine import SECRETARY, Traject, World, gr_sociaal_domein
from tests.support.faults import CONTEXT, ID
from tests.support.overviews import looking_into, rows_one_by_one
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.status_queries import overview_of
from workflow.storage import upgrading
from workflow.storage.copying import copy
from workflow.storage.database import REVISION, Database, revision_of
from workflow.storage.errors import DatabaseProblem
from workflow.storage.health import examine
from workflow.storage.opening import open_database
from workflow.storage.refolding import Upgraded
from workflow.storage.revision import is_compatible, is_newer
from workflow.storage.upgrading import upgrade
from workflow.verify import verify

RELEASED = sorted((Path(__file__).parents[1] / "released").glob("*.sql"))
ROOT = Path(__file__).parents[3]
NODES = 4


@pytest.fixture(scope="module")
def programs() -> Iterator[Executor]:
    """Start programs that share nothing with this one."""
    with ProcessPoolExecutor(NODES, mp_context=CONTEXT) as pool:
        yield pool


def upgraded(url: str) -> tuple[str | None, str]:
    """Upgrade a database, as a node does that starts."""
    with Database(url) as database:
        done = upgrade(database)
        return done.before, done.after


def opened_revision(url: str) -> str | None:
    """Open a database as a command does, which makes a file that is not there."""
    with open_database(url) as database, database.reading() as connection:
        return revision_of(connection)


def test_every_revision_there_was_is_kept() -> None:
    """Who adds a migration adds what a database of it looked like when it was released."""
    assert [f"{number:04}" for number in range(1, int(REVISION) + 1)] == [
        each.stem for each in RELEASED
    ]


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each.stem)
def test_a_released_database_is_upgraded(site: Site, released: Path) -> None:
    """What an older program wrote is read, verified and gone on with."""
    with made(site) as url:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(released.read_text())
        assert (released.stem, REVISION) == upgraded(url)

        with open_database(url) as database:
            assert {()} == {each.problems for each in verify(database)}
            assert examine(database).healthy
            assert rows_one_by_one(database) == overview_of(looking_into(database)).processes
            traject = Traject(database, gr_sociaal_domein(), World(people=100), ID)
            traject.note("life goes on", "2022-01-02")
            assert [] == traject.problems


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each.stem)
def test_facts_that_an_older_program_replayed_are_recorded(site: Site, released: Path) -> None:
    """Also those that the file marks, since then, as being about more: nothing is written twice."""
    with made(site) as url:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(released.read_text())
        upgraded(url)

        with open_database(url) as database:
            traject = Traject(database, gr_sociaal_domein(), World(people=100), ID)
            story = read_facts(*facts_file(ID))
            requests = [each.request(Called(SECRETARY)) for each in story.facts]
            receipt = traject.engine.execute(ID, requests, dry=True)
            assert ((), len(story.facts)) == (receipt.entries, receipt.repeated)


@pytest.mark.only("sqlite")
def test_people_of_one_name_are_kept_apart(site: Site) -> None:
    """Since release 5 several can have a name."""
    with made(site) as url:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(RELEASED[4].read_text())
        upgraded(url)

        with open_database(url) as database:
            engine = Traject(database, gr_sociaal_domein(), id=ID).engine
            found = {
                engine.known_person(Called(f"anna <anna@{place}.example>"))
                for place in ("oost", "west")
            }
            assert {"person-80", "person-81"} == found


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("released", RELEASED, ids=lambda each: each.stem)
def test_a_released_database_moves_to_a_server(
    site: Site, template: str, files: Folder, released: Path
) -> None:
    """Upgraded, and copied to where several nodes can use it."""
    with made(files) as url, made(site, template) as there:
        with closing(sqlite3.connect(file_in(url))) as connection:
            connection.executescript(released.read_text())
        upgraded(url)
        with Database(url) as source, Database(there) as target:
            copy(source, target)

            assert {()} == {each.problems for each in verify(target)}


def test_nodes_that_upgrade_at_once(site: Site, programs: Executor) -> None:
    """All of them succeed, and one of them did it."""
    with made(site) as url:
        results = [programs.submit(upgraded, url) for _ in range(NODES)]

        assert [(None, REVISION), *[(REVISION, REVISION)] * (NODES - 1)] == sorted(
            (each.result() for each in results), key=lambda found: str(found[0] or "")
        )
        with Database(url) as database:
            assert examine(database).healthy
            assert 1 == len(rows_of(database)["alembic_version"])


@pytest.mark.only("sqlite")
def test_programs_that_open_a_missing_file_at_once(site: Site, programs: Executor) -> None:
    """The first command of several people makes the file once."""
    with made(site) as url:
        results = [programs.submit(opened_revision, url) for _ in range(NODES)]

        assert [REVISION] * NODES == [each.result() for each in results]
        assert [(REVISION,)] == dump(file_in(url))["alembic_version"]


# --- two releases side by side -----------------------------------------------------------------

STEP = '''"""{revision}."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("{statement}")
'''


@pytest.fixture
def next_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Put the two steps of a release to come beside our migrations; return its number."""
    scripts = tmp_path / "migrations"
    shutil.copytree(ROOT / "workflow" / "migrations", scripts)
    number = f"{int(REVISION) + 1:04}"
    for revision, before, statement in (
        (f"{number}_pre", REVISION, "ALTER TABLE people ADD COLUMN added VARCHAR(10)"),
        (number, f"{number}_pre", "ALTER TABLE people DROP COLUMN address"),
    ):
        step = STEP.format(revision=revision, before=before, statement=statement)
        (scripts / "versions" / f"{revision}.py").write_text(step, encoding="utf-8")
    monkeypatch.setattr(upgrading, "SCRIPTS", str(scripts))
    return number


def test_an_older_program_goes_on_until_an_upgrade_is_finished(
    gr: Traject, next_release: str
) -> None:
    """The first step only adds; after the second one the older program is refused."""
    with Database(gr.database.url.render_as_string(hide_password=False)) as newer:
        done = upgrade(newer, next_release, finish=False)
        assert Upgraded(REVISION, f"{next_release}_pre") == done
        with open_database(newer.url.render_as_string(hide_password=False)):
            gr.note("written by the older one", "2021-03-01")
            assert [] == gr.problems
            assert examine(gr.database).healthy
        assert Upgraded(f"{next_release}_pre", f"{next_release}_pre") == upgrade(newer)

        assert Upgraded(f"{next_release}_pre", next_release) == upgrade(newer, next_release)
        with pytest.raises(DatabaseProblem, match="newer"):
            open_database(newer.url.render_as_string(hide_password=False))


@pytest.mark.parametrize(
    ("revision", "ours", "fitting", "newer"),
    [
        (None, "0003", False, False),
        ("0002", "0003", False, False),
        ("0003_pre", "0003", True, False),
        ("0003", "0003", True, False),
        ("0004_pre", "0003", True, False),
        ("0004", "0003", False, True),
        ("0005_pre", "0003", False, True),
        ("elsewhere", "0003", False, True),
    ],
)
def test_which_databases_a_program_can_work_with(
    revision: str | None, ours: str, fitting: bool, newer: bool
) -> None:
    """Its own, and that of the release after it while that one only added."""
    assert (fitting, newer) == (is_compatible(revision, ours), is_newer(revision, ours))
