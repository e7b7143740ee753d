"""An alarm is raised where something was tampered with, and for nothing else."""

from datetime import date
from random import Random
from zoneinfo import ZoneInfoNotFoundError

import pytest
import sqlalchemy as sa

from definitions.calendar import zones
from screens.diagnostics import verdicts_screen
from screens.page import Page
from tests.support.databases import force
from tests.support.decrees import DEFINITION, EIGHT_WEEKS_AFTER_16_MARCH, LAST_OF_MAY, decreed
from tests.support.definitions import as_stored, load
from tests.support.engine import Traject
from workflow.storage import tables
from workflow.storage.database import Database
from workflow.verify import Verdict, verify


@pytest.fixture
def termed(database: Database) -> Traject:
    """Return a process whose councils have until 11 May 2029."""
    traject = Traject(database, load(DEFINITION), id="termijn")
    traject.world.it_is("2029-03-16")
    traject.start("2028-12-01")
    traject.advance("besluit", "2029-03-16")
    assert [] == traject.problems
    return traject


def verdict(traject: Traject) -> Verdict:
    """Return what is found about the one process there is."""
    (found,) = verify(traject.database)
    return found


@pytest.mark.parametrize(
    "days",
    [
        (EIGHT_WEEKS_AFTER_16_MARCH,),
        (LAST_OF_MAY,),
        (EIGHT_WEEKS_AFTER_16_MARCH, date(2029, 5, 14)),
        (date(2029, 5, 9),),
        (EIGHT_WEEKS_AFTER_16_MARCH, LAST_OF_MAY, date(2029, 5, 30)),
    ],
)
def test_a_decree_that_comes_later_is_no_damage(termed: Traject, days: tuple[date, ...]) -> None:
    """A term ends later, a month earlier, or a rung moves: the calendar of then planned it."""
    with decreed(*days):
        found = verdict(termed)
    assert () == found.problems
    assert found.remarks
    assert all("had other working days" in str(each) for each in found.remarks)


def test_a_calendar_that_knows_fewer_decrees_raises_no_alarm(database: Database) -> None:
    """An older program looks at what a newer one planned."""
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        traject = Traject(database, load(DEFINITION), id="termijn")
        traject.world.it_is("2029-03-16")
        traject.start("2028-12-01")
        traject.advance("besluit", "2029-03-16")
        assert [] == traject.problems
    found = verdict(traject)
    assert ((), True) == (found.problems, bool(found.remarks))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reminders WHERE subject = 'oost.raad' AND rung = '-14d'",
        "UPDATE reminders SET deadline = '2029-05-25' WHERE subject = 'oost.raad'",
        "UPDATE reminders SET deadline = '2029-05-10' WHERE subject = 'oost.raad'",
        "UPDATE reminders SET at = '2029-05-02T07:00:00.000000+00:00' WHERE rung = '-14d'",
        "UPDATE reminders SET at = '2029-05-01T07:00:00.000000+00:00' WHERE rung = '-3wd'",
    ],
)
def test_what_no_calendar_explains_is_damage(termed: Traject, statement: str) -> None:
    """Also while a decree explains the rest."""
    force(termed.database, statement)
    assert verdict(termed).problems
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        assert verdict(termed).problems


def test_a_machine_without_the_zone_says_so(
    termed: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal is compared, and what cannot be is named; nobody is accused."""

    def missing(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zones, "ZoneInfo", missing)
    found = verdict(termed)
    assert () == found.problems
    (remark,) = found.remarks
    assert "no data on the time zone Europe/Amsterdam" in str(remark)
    assert "the journal is whole" in verdicts_screen([found], Page())

    force(termed.database, "UPDATE definitions SET document = document || ' '")
    assert "the stored definition was changed" in str(verdict(termed).problems[0])


def test_the_order_of_rows_says_nothing(termed: Traject) -> None:
    """A table has none: rows that were taken out and put back are the same rows."""
    termed.replan("besluit.genomen", "2029-06", "2029-03-16")
    termed.replan("besluit.genomen", "2029-07", "2029-03-16")
    with termed.database.writing() as connection:
        for table in (tables.dues, tables.reminders, tables.milestones, tables.seats):
            rows = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            Random(1).shuffle(rows)
            connection.execute(sa.delete(table))
            connection.execute(sa.insert(table), rows)
    found = verdict(termed)
    assert ((), ()) == (found.problems, found.remarks)


SHIFTED = "UPDATE reminders SET at = '2029-05-02T07:00:00.000000+00:00' WHERE rung = '-14d'"


def in_zone(database: Database, zone: str) -> Traject:
    """Start a process by a definition that an earlier version let through."""
    if not zones.has_zone(zone):
        pytest.skip(f"no {zone} on this machine")
    written = DEFINITION.replace("timezone: Europe/Amsterdam", f"timezone: {zone}")
    traject = Traject(database, as_stored(written))
    traject.world.it_is("2029-03-16")
    traject.start()
    traject.advance("besluit", "2029-03-16")
    assert "rond" == traject.milestone("besluit").state
    return traject


def test_a_zone_of_the_machine_is_remarked_on(database: Database) -> None:
    """Another machine has another one: no reminder of it is called damaged, and it goes on."""
    traject = in_zone(database, "localtime")
    force(database, SHIFTED)
    found = verdict(traject)

    assert () == found.problems
    (remark,) = found.remarks
    assert "the time zone localtime is another one on each machine" in str(remark)
    traject.replan("besluit.genomen", "2029-06", "2029-03-16")


def test_an_old_name_of_a_zone_is_remarked_on(database: Database) -> None:
    """It is the same everywhere: what depends on it is compared."""
    traject = in_zone(database, "Asia/Calcutta")
    found = verdict(traject)

    assert () == found.problems
    said = "the time zone Asia/Calcutta cannot be named by a new definition: Asia/Kolkata"
    assert [said] == [str(each) for each in found.remarks]
    force(database, SHIFTED)
    assert verdict(traject).problems
