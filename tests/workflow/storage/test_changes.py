"""Changes of rows: sent as one statement or as several, they come to the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.support.databases import rows_of
from tests.support.engine import Traject
from workflow.storage import reading, store, tables
from workflow.storage.changes import apply_together, bulk_update, deleting, inserting, updating
from workflow.storage.database import Database, Patience
from workflow.storage.errors import DatabaseProblem, WriteConflict

ADDED = inserting(tables.people, ("id", "name", "address"))
MOVED = updating(tables.people, ("id",), ("address",))
GONE = deleting(tables.people, ("id",))


@pytest.fixture
def people(database: Database) -> Database:
    """Add two people."""
    with database.writing() as connection:
        ADDED.filled([("a", "Anna", None), ("b", "Bas", None)]).make(connection)
    return database


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("newcomers", [[], ["c"], ["c", "d"]])
def test_rows_are_added_altered_and_taken_away_together(
    people: Database, newcomers: list[str], *, first: bool
) -> None:
    """Of one row each, which goes as one statement to a server, or of more."""
    changes = [
        ADDED.filled([(each, each.upper(), None) for each in newcomers]),
        GONE.filled([("b",)]),
    ]
    with people.writing() as connection:
        found = apply_together(
            connection,
            changes if first else changes[::-1],
            MOVED.filled([("a", "a@example.org")]),
        )

    assert 1 == found
    with people.reading() as connection:
        assert {
            "a": ("Anna", "a@example.org"),
            **{each: (each.upper(), None) for each in newcomers},
        } == reading.people(connection)


def test_the_last_change_says_whether_it_found_its_row(people: Database) -> None:
    """So a head that is not where it should be is noticed, and all of it can be undone."""
    before = rows_of(people)
    with people.writing() as connection:
        found = apply_together(
            connection, [GONE.filled([("b",)])], MOVED.filled([("nobody", "a@example.org")])
        )
        connection.rollback()

    assert 0 == found
    assert before == rows_of(people)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_many_rows_get_other_values_each_its_own(people: Database, number: int) -> None:
    """None, one, and several, of which one is not there; nothing is where nobody says."""
    reached = bulk_update(tables.people, ("id",), ("name", "address"))
    rows = [("a", "Ans", "a@example.org"), ("nobody", "N", "n@example.org"), ("b", "Ben", None)]

    with people.writing() as connection:
        reached.make(connection, rows[:number])

    with people.reading() as connection:
        assert {
            "a": ("Ans", "a@example.org") if number else ("Anna", None),
            "b": ("Ben" if number > 1 else "Bas", None),
        } == reading.people(connection)


def test_a_head_that_moved_is_not_moved_again(gr: Traject) -> None:
    """What was decided on a state that is no longer the last one is not written."""
    present, head = gr.engine.present(gr.id)
    behind = replace(head, head_seq=head.head_seq - 1)
    with gr.database.writing() as connection:
        assert not store.write(connection, [], (behind, head), (present.state, present.state))
        assert store.write(connection, [], (head, head), (present.state, present.state))


@pytest.mark.only("postgresql")
def test_a_number_that_somebody_took_is_decided_anew(gr: Traject) -> None:
    """A second entry of the same number fails as a whole: with all that goes in one statement."""
    before = rows_of(gr.database)
    entry = gr.journal[-1]
    present, head = gr.engine.present(gr.id)
    with pytest.raises(WriteConflict), gr.database.writing() as connection:
        store.write(connection, [entry], (head, head), (present.state, present.state))

    assert before == rows_of(gr.database)


@pytest.mark.only("postgresql")
def test_what_stays_in_the_way_is_named(gr: Traject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row that is there each time is no passing trouble: in the end its constraint is said."""
    before = rows_of(gr.database)
    gr.database.patience = Patience(sleep=lambda _: None)
    person = gr.journal[-1].actor
    new_id = replace(gr.engine._around, new_id=lambda: person)
    monkeypatch.setattr(gr.engine, "_around", new_id)

    with pytest.raises(DatabaseProblem, match=r"can have it only once \(pk_people\)"):
        gr.seat("griffier@sliedrecht", "anna", "2020-11-01")

    assert before == rows_of(gr.database)


@pytest.mark.only("postgresql")
def test_a_command_asks_a_server_twice(gr: Traject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for what it finds and once for all that it writes: every question is a journey.

    Also where nobody is reminded any more of what seven councils were to decide.
    """
    gr.advance("principebesluit", "2020-11-24")  # from now on the engine remembers the process
    asked: list[str] = []
    dialect = gr.database.engine.dialect
    execute: Callable[..., None] = dialect.do_execute

    def ask(cursor: object, statement: str, *more: object) -> None:
        asked.append(statement.split(maxsplit=1)[0])
        execute(cursor, statement, *more)

    monkeypatch.setattr(dialect, "do_execute", ask)
    gr.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")
    gr.advance("principebesluit", "2021-01-13", "aanpassen", attested=True, reference="a source")

    assert ["SELECT", "WITH", "SELECT", "WITH"] == asked
    assert [] == gr.problems
