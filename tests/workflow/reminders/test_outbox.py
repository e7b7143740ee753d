"""The outbox: it plans what no command planned, and knows when to wake."""

from tests.support.databases import force
from tests.support.engine import Traject, World
from tests.support.outbox import Desk
from workflow.model.reminders import Standing


def test_a_program_that_plans_nothing_is_made_up_for(desk: Desk) -> None:
    """A node of the release before records a decision; the next sweep plans anew."""
    with desk.traject.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
        connection.exec_driver_sql("UPDATE processes SET planned_seq = NULL")
    assert desk.outbox.next_wake(desk.now) == desk.now

    assert desk.outbox.plan(desk.now) == []

    assert 21 == len(desk.rows)
    assert {Standing.PLANNED, Standing.LAPSED} == {row.status for row in desk.rows}
    assert desk.traject.problems == []


def test_what_was_planned_late_is_sent_late(desk: Desk) -> None:
    """Nothing that was due lapses because the machine was off when it should have been planned."""
    desk.traject.world.it_is("2021-09-20")
    with desk.traject.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reminders")
        connection.exec_driver_sql("UPDATE processes SET planned_seq = 1")

    assert desk.outbox.plan(desk.now) == []

    assert desk.standing("oost.raad", "-14d") == [("griffier@oost", "planned")]
    assert 3 == len(desk.claim())


def test_a_process_that_cannot_be_planned_keeps_nobody_awake(desk: Desk) -> None:
    """It is reported and put aside, and the others go on; after a while it is tried again."""
    broken = Traject(desk.traject.database, desk.traject.definition, World(people=50), "broken")
    broken.world.it_is("2021-01-04")
    broken.start()
    force(
        broken.database,
        "UPDATE processes SET planned_seq = NULL",
        "UPDATE processes SET definition = 'gone' WHERE id = 'broken'",
    )

    (trouble,) = desk.outbox.plan(desk.now)

    assert trouble.process == "broken"
    assert desk.outbox.plan(desk.now) == []
    assert desk.outbox.next_wake(desk.now) != desk.now
    desk.wait(days=-1)
    assert ["broken"] == [each.process for each in desk.outbox.plan(desk.now)]
    desk.wait(minutes=15)
    assert desk.outbox.next_wake(desk.now) == desk.now
