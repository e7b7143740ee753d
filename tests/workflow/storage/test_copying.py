"""Copying a whole database into another one, of either kind, and verifying what arrived."""

from collections.abc import Iterator

import pytest

from definitions.library import facts_file
from tests.support.databases import Site, force, made, opened
from tests.support.engine import Traject, World, gr_sociaal_domein
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.storage import copying
from workflow.storage.copying import copy, copy_preview
from workflow.storage.database import Database
from workflow.storage.errors import DatabaseProblem
from workflow.verify import verify


@pytest.fixture
def replayed(database: Database, world: World) -> Traject:
    """Replay the shipped facts into the database of this test, beside a second process."""
    traject = Traject(database, gr_sociaal_domein(), world, id="gr-sociaal-domein")
    traject.start(reconstruction=True)
    story = read_facts(*facts_file("gr-sociaal-domein"))
    traject.engine.execute(traject.id, [fact.request(Called(traject.by)) for fact in story.facts])
    Traject(database, gr_sociaal_domein(), world, id="another").start()
    return traject


@pytest.fixture
def empty(template: str, site: Site) -> Iterator[Database]:
    """Open an empty database of the same kind."""
    with opened(site, template) as database:
        yield database


def test_everything_arrives_and_goes_back(
    replayed: Traject, empty: Database, file_template: str, files: Site
) -> None:
    """From any kind to any kind, by way of a file: the same journal, to the hash."""
    with opened(files, file_template) as between:
        there = copy(replayed.database, between)
        back = copy(between, empty)
    again = Traject(empty, replayed.definition, World(people=5), replayed.id)

    assert there == back
    assert {"journal": 36 + 3, "processes": 2, "people": 1} == {
        each.table: each.rows for each in there if each.table in ("journal", "processes", "people")
    }
    assert (replayed.journal, replayed.stored) == (again.journal, again.stored)
    assert [(), ()] == [each.problems for each in verify(empty)]
    again.note("life goes on", "2022-01-02")
    assert [] == again.problems


def test_what_is_there_is_not_overwritten(replayed: Traject, empty: Database) -> None:
    """A target that has anything in it is refused, and stays as it is."""
    Traject(empty, replayed.definition, World()).start()

    with pytest.raises(DatabaseProblem, match="is not empty"):
        copy(replayed.database, empty)

    assert ["traject"] == [each.process for each in verify(empty)]


def test_trying_says_what_would_be_copied_and_writes_nothing(
    replayed: Traject, empty: Database, site: Site
) -> None:
    """Into an empty schema, or a database without one; a full one is refused as it would be."""
    with made(site) as url, Database(url) as bare:
        assert copy_preview(replayed.database, bare) == copy_preview(replayed.database, empty)
    tried = copy_preview(replayed.database, empty)
    assert [] == verify(empty)
    assert tried == copy(replayed.database, empty)
    with pytest.raises(DatabaseProblem, match="is not empty"):
        copy_preview(replayed.database, empty)


def test_a_copy_that_fails_halfway_leaves_nothing(replayed: Traject, empty: Database) -> None:
    """A row that the target does not take: nothing of the rest is there either."""
    force(replayed.database, "UPDATE processes SET last_day = '1999-01-01' WHERE id = 'another'")

    with pytest.raises(DatabaseProblem):
        copy(replayed.database, empty)

    with empty.reading() as connection:
        assert 0 == copying._count(connection, "definitions")


def test_a_database_without_its_schema_is_refused(replayed: Traject, site: Site) -> None:
    """Whoever copies makes the schema first."""
    with made(site) as url, Database(url) as bare, pytest.raises(DatabaseProblem):
        copy(replayed.database, bare)


def test_both_kinds_hold_the_same(replayed: Traject, file_template: str, files: Site) -> None:
    """The same facts give the same journal and the same state, wherever they are kept."""
    with opened(files, file_template) as database:
        other = Traject(database, replayed.definition, World(), replayed.id)
        other.start(reconstruction=True)
        story = read_facts(*facts_file("gr-sociaal-domein"))
        other.engine.execute(other.id, [fact.request(Called(other.by)) for fact in story.facts])

        assert other.journal == replayed.journal
        assert other.stored == replayed.stored
