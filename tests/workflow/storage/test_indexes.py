"""Indexes: what was cancelled, round after round, is not walked through by a command."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg import RawCursor
from sqlalchemy import Connection
from sqlalchemy import text as sql

from tests.support.engine import Traject, World, gr_sociaal_domein
from workflow.storage.database import Database

FEW = ("ix_reminders_kept", "ix_reminders_cancelled", "ix_reminders_message")
MANY = 3_000
"""How many reminders lie there that were cancelled in earlier rounds."""
CANCELLED = """
    INSERT INTO reminders (process, due, subject, rung, role, place, meant_for, copy, version,
        deadline, at, status, settled_at, why)
    SELECT process, due, subject, rung, role, place, meant_for, number, version,
        deadline, at, 'cancelled', at, 'met'
    FROM reminders CROSS JOIN (
        WITH RECURSIVE numbers(number) AS
            (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < :times)
        SELECT number FROM numbers
    ) AS numbered WHERE due = 'principebesluit/raden'
"""


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """Give a process that is years ahead of its deadlines, after many rounds of one question."""
    world.it_is("2018-02-01")
    traject = Traject(database, gr_sociaal_domein(), world)
    traject.start("2018-01-01")
    traject.advance("principebesluit", "2018-01-02", "in-route")
    with database.writing() as connection:
        connection.execute(sql(CANCELLED), {"times": MANY // 77})
        connection.execute(sql("ANALYZE reminders"))
    return traject


def sent(database: Database, patch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Return a list to which the statements about reminders are added that look for rows."""
    found: list[tuple[str, Any]] = []
    dialect: Any = database.engine.dialect

    def heard(name: str, *, many: bool) -> None:
        send = getattr(dialect, name)

        def do(cursor: Any, statement: str, values: Any, context: Any = None) -> None:
            if "reminders" in statement and "WHERE" in statement:
                row = values[0] if many else values
                found.append((statement, tuple(row) if isinstance(row, list) else row))
            send(cursor, statement, values, context)

        patch.setattr(dialect, name, do)

    heard("do_execute", many=False)
    heard("do_executemany", many=True)
    return found


def searches(connection: Connection, statement: str, values: Any) -> Iterator[tuple[str, str]]:
    """Yield by which index, and by what of it, a database looks through reminders."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
            if " reminders" in row.detail:
                found = re.search(r"INDEX (\w+) \((.*)\)", row.detail)
                yield (found[1], found[2]) if found else ("", row.detail)
        return
    driver: Any = connection.connection.dbapi_connection
    # What goes straight to the driver has its parameters by number.
    cursor: Any = driver.cursor() if isinstance(values, dict) else RawCursor(driver)
    (explained,) = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values).fetchone()
    nodes = [explained[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if "reminders" in node.get("Index Name", ""):
            yield node["Index Name"], node.get("Index Cond", "")
        elif node["Node Type"] == "Seq Scan" and node["Relation Name"] == "reminders":
            yield "", str(node)


def test_a_new_round_walks_through_no_reminders_of_the_rounds_before(
    traject: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the command that cancels what was planned, nor the one that plans it again."""
    with monkeypatch.context() as patch:
        statements = sent(traject.database, patch)
        traject.attest("principebesluit", "2018-01-04", "aanpassen")
        traject.advance("principebesluit", "2018-01-05", "opnieuw")
    with traject.database.reading() as connection:
        used = [found for each in statements for found in searches(connection, *each)]
    # Where several rungs are walked through, it is by an index without what was cancelled.
    assert [] == [each for each in used if each[0] not in FEW and "rung" not in each[1]]
    assert {"ix_reminders_kept", "ix_reminders_cancelled"} <= {name for name, _ in used}
    assert [] == traject.problems
