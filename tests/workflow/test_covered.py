"""What verify covers is what its page says: every column of every table is changed once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Row,
    and_,
    select,
)
from sqlalchemy import text as sql
from sqlalchemy import update as change

from tests.support.databases import NO_CHECKS, Site, made
from tests.support.outbox import Desk
from tests.support.rich import live_richly
from workflow.model.calendars import calendar_of
from workflow.model.reminders import Delivery, Standing
from workflow.storage.column_types import Days, EnumValue, Instant, Names
from workflow.storage.database import Database
from workflow.storage.tables import APPEND_ONLY, metadata, reminders
from workflow.verify import verdict_of

PAGE = Path(__file__).parents[2] / "docs/explanation/what-verify-proves.md"
LINE = re.compile(r"\| `([a-z_]+)` \| (`[a-z_0-9`, ]+) \| (follows|bounded|free) \|")
FOLLOWS, BOUNDED, FREE = "follows", "bounded", "free"
LONG = timedelta(days=400)
HASHES = ("sha256", "hash", "prev_hash", "head_hash", "text", "digest", "definition")
OTHERS = {"precision": "month", **dict.fromkeys(HASHES, "1" * 64)}
"""Other values, of columns that cannot have any."""

Found = Row[Any]


def promises() -> dict[tuple[str, str], str]:
    """Return what the page says of each column."""
    found: dict[tuple[str, str], str] = {}
    for table, columns, promise in LINE.findall(PAGE.read_text(encoding="utf-8")):
        for column in re.findall(r"`([a-z_0-9]+)`", columns):
            assert (table, column) not in found, f"{table}.{column} stands there twice"
            found[table, column] = promise
    return found


PROMISES = promises()
COLUMNS = {(each.table.name, each.name): each for t in metadata.sorted_tables for each in t.c}


# --- what is changed, and into what ------------------------------------------------------------


def another(column: Column[Any], old: Any) -> Any:
    """Return another value that a column can have."""
    if column.name in OTHERS:
        return OTHERS[column.name]
    match column.type:
        case EnumValue():
            return next(each for each in column.type.kind if each is not old)
        case Names():
            return (*old, "more")
        case Days() | JSON():
            return {**old, "more": date(2021, 1, 1) if isinstance(column.type, Days) else "x"}
        case Instant():
            return (old or datetime.fromisoformat("2021-03-01T10:00:00+00:00")) + timedelta(hours=1)
        case LargeBinary():
            return bytes(reversed(old))
        case Boolean():
            return not old
        case Integer():
            return (old or 0) + 900
        case Date():
            return (old or date(2023, 1, 1)) + timedelta(days=1)
        case _:
            return f"{old or ''}x"


def is_due(row: Found) -> bool:
    """Return whether a reminder is planned and in no message."""
    return row.status is Standing.PLANNED and row.message is None


def waits(row: Found) -> bool:
    """Return whether a message waits, in the hands of a node."""
    return row.status is Delivery.WAITING


def was_sent(row: Found) -> bool:
    """Return whether a mail server took a message, or a reminder in one."""
    return row.status.value == "sent" and row.person is not None


def was_filed(row: Found) -> bool:
    """Return whether a message was put in a folder."""
    return row.status is Delivery.SENT and row.fault is not None


def was_cancelled(row: Found) -> bool:
    """Return whether a reminder was cancelled."""
    return row.status is Standing.CANCELLED


def always(row: Found) -> bool:
    """Take any row."""
    return True


def is_of_now(row: Found) -> bool:
    """Return whether a calendar is the one of now, by which the process is planned."""
    return bool(row.sha256 == calendar_of("Europe/Amsterdam").sha256)


WHERE: dict[tuple[str, str], Callable[[Found], bool]] = {
    ("calendars", "sha256"): is_of_now,
    ("calendars", "zone"): is_of_now,
    ("calendars", "document"): is_of_now,
    ("reminders", "settled_at"): was_cancelled,
    ("reminders", "why"): was_cancelled,
    ("messages", "id"): was_sent,
    ("messages", "status"): was_sent,
    ("messages", "next_at"): waits,
    ("messages", "settled_at"): was_sent,
    ("messages", "person"): was_sent,
    ("messages", "address"): waits,
    ("messages", "message_id"): waits,
    ("messages", "content"): was_sent,
    ("messages", "written_at"): was_sent,
    ("messages", "give_up_at"): waits,
    ("messages", "attempt"): was_sent,
    ("messages", "unsure"): waits,
    ("messages", "holder"): was_sent,
    ("messages", "fault"): was_filed,
}
"""Which row is changed; else any, and of the reminders one that is due."""
BEYOND: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("processes", "planned_seq"): lambda _: 900,
    ("processes", "planned_until"): lambda _: None,
    ("processes", "planned_year"): lambda old: old + 1,
    ("processes", "calendar"): lambda _: "1" * 64,
    ("calendars", "sha256"): lambda _: "1" * 64,
    ("calendars", "zone"): lambda _: "Europe/Paris",
    ("calendars", "document"): lambda old: old.replace("Amsterdam", "Paris"),
    ("reminders", "version"): lambda _: 900,
    ("reminders", "copy"): lambda _: 3,
    ("reminders", "meant_for"): lambda _: "griffier@oost",
    ("reminders", "status"): lambda _: Standing.CANCELLED,
    ("reminders", "next_at"): lambda old: old + LONG,
    ("reminders", "message"): lambda _: "a message",
    ("reminders", "settled_at"): lambda _: None,
    ("reminders", "why"): lambda _: None,
    ("messages", "id"): lambda old: f"{old}x",
    ("messages", "status"): lambda _: Delivery.UNDELIVERED,
    ("messages", "next_at"): lambda old: old + LONG,
    ("messages", "settled_at"): lambda old: old + timedelta(hours=1),
    ("messages", "person"): lambda _: "person-99",
    ("messages", "address"): lambda _: "elsewhere@b.example",
    ("messages", "message_id"): lambda _: "<another@b.example>",
    ("messages", "content"): lambda _: b"",
    ("messages", "written_at"): lambda old: old - timedelta(days=1),
    ("messages", "give_up_at"): lambda old: old + LONG,
    ("messages", "attempt"): lambda _: 0,
    ("messages", "unsure"): lambda _: False,
    ("messages", "holder"): lambda _: "node",
    ("messages", "fault"): lambda _: None,
}
"""What is changed that is bounded, and into what: beyond what can be."""


# --- a process that is changed -----------------------------------------------------------------


@pytest.fixture(scope="module")
def rich(site: Site, template: str) -> Iterator[Desk]:
    """Live a process with something in every table."""
    with made(site, template) as url, Database(url) as database:
        yield live_richly(database)


class Undone(Exception):
    """Whatever was done is undone."""


@contextmanager
def unguarded(database: Database) -> Iterator[Connection]:
    """Let anything be done to a database; it is undone afterwards."""
    with suppress(Undone), database.writing() as connection:
        if database.file is None:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.exec_driver_sql(NO_CHECKS.replace("%", "%%"))
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            for table in APPEND_ONLY:
                for verb in ("update", "delete", "replace"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")
        yield connection
        raise Undone


def problems_with(connection: Connection, desk: Desk, row: Found, values: dict[str, Any]) -> str:
    """Return what is found of a row with other values; the row is as it was again then."""
    table = values.pop("table")
    is_it = and_(*(each == getattr(row, each.name) for each in table.primary_key.columns))
    with suppress(Undone), connection.begin_nested():
        assert 1 == connection.execute(change(table).where(is_it).values(values)).rowcount
        found = verdict_of(connection, desk.traject.id, now=desk.now).problems
        raise Undone
    return "; ".join(map(str, found))


def test_every_column_is_on_the_page() -> None:
    """Who adds one says what verify makes of it, and how it is tried."""
    assert {*COLUMNS, ("alembic_version", "version_num")} == PROMISES.keys()
    assert {each for each, said in PROMISES.items() if said == BOUNDED} == BEYOND.keys()


def test_every_column_is_compared_as_the_page_says(rich: Desk) -> None:
    """One after the other is changed: what follows or is bounded is named, what is free is not."""
    assert "" == "; ".join(rich.traject.problems)
    with unguarded(rich.traject.database) as connection:
        for name, column in COLUMNS.items():
            rows = connection.execute(select(column.table)).all()
            default = is_due if column.table is reminders else always
            row = next((each for each in rows if WHERE.get(name, default)(each)), None)
            assert row is not None or PROMISES[name] == FREE, f"there is no row to change of {name}"
            if row is None:
                continue
            old = getattr(row, column.name)
            new = BEYOND[name](old) if name in BEYOND else another(column, old)
            found = problems_with(connection, rich, row, {"table": column.table, column.name: new})
            assert bool(found) == (PROMISES[name] != FREE), (name, found)


@pytest.mark.only("sqlite")
def test_nobody_is_silenced_unseen(rich: Desk) -> None:
    """Whatever is said to have become of a reminder, it did not: what did, stands there."""
    with unguarded(rich.traject.database) as connection:
        rows = connection.execute(select(reminders)).all()
        for row in {
            (each.status, each.why, each.copy, bool(each.message)): each for each in rows
        }.values():
            for status in {*Standing} - {row.status}:
                values = {"table": reminders, "status": status}
                values |= {} if status is Standing.PLANNED else {"next_at": None}
                assert problems_with(connection, rich, row, values), (row, status)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reminders SET status = 'lapsed', next_at = NULL WHERE status = 'planned'",
        "UPDATE reminders SET status = 'lapsed', next_at = NULL WHERE next_at IS NOT NULL",
        "UPDATE reminders SET next_at = NULL WHERE status = 'planned'",
        "UPDATE reminders SET status = 'cancelled', next_at = NULL, why = 'met', "
        "settled_at = at WHERE status = 'planned'",
        "UPDATE reminders SET status = 'undelivered', next_at = NULL, why = 'no such mailbox', "
        "settled_at = at WHERE next_at IS NOT NULL",
        "DELETE FROM reminders WHERE status = 'planned'",
        "DELETE FROM reminders WHERE meant_for <> ''",
        "DELETE FROM messages",
        "UPDATE messages SET status = 'sent', next_at = NULL, holder = NULL, unsure = FALSE, "
        "settled_at = written_at WHERE status = 'waiting'",
        "UPDATE messages SET status = 'dropped', next_at = NULL, settled_at = written_at "
        "WHERE status = 'waiting'",
    ],
)
def test_all_of_them_at_once(rich: Desk, statement: str) -> None:
    """Whoever silences everybody is seen."""
    with unguarded(rich.traject.database) as connection:
        connection.execute(sql(statement))
        assert verdict_of(connection, rich.traject.id, now=rich.now).problems
