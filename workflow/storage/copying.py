"""Copying a whole database into an empty one: from SQLite to PostgreSQL, back, or like to like.

Rows are copied as they are, so the chain stays the chain; what arrived is counted before anything
is committed. Whoever copies verifies the target afterwards.
"""

from collections.abc import Generator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, func, insert, select

from definitions.language.text import text
from definitions.language.values import dataclass
from workflow.storage.database import (
    Database,
    refuse_foreign,
    refuse_link,
    refuse_newer,
    revision_of,
)
from workflow.storage.errors import CANNOT_BE_READ, DatabaseProblem, damaged_row
from workflow.storage.server import refuse_encoding
from workflow.storage.tables import metadata
from workflow.storage.upgrading import check_folder

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows of a table were copied."""

    table: str
    rows: int


def copy(source: Database, target: Database) -> tuple[Copied, ...]:
    """Copy every row of one database into another, in one transaction; what was there stays.

    Args:
        source: read as it is at one moment; others may go on writing to it.
        target: with our schema, and empty.

    Returns:
        How many rows of each table were copied, in the order of the tables.

    Raises:
        DatabaseProblem: the target is not empty, or did not hold in the end what was sent.
    """
    with source.reading() as sender, target.writing() as receiver:
        _refuse_full(receiver, target)
        copied = tuple(_copied(sender, receiver, table) for table in metadata.sorted_tables)
        for each in copied:
            arrived = _count(receiver, each.table)
            if arrived != each.rows:
                raise DatabaseProblem(
                    text(
                        "Of {table}, {rows} rows were sent and {arrived} arrived.",
                        table=each.table,
                        rows=each.rows,
                        arrived=arrived,
                    ),
                    advice=text("Nothing was written."),
                )
        return copied


def copy_preview(source: Database, target: Database) -> tuple[Copied, ...]:
    """Return what a copy would contain, after checking that it is possible; write nothing.

    Raises:
        DatabaseProblem: the target is not empty, or was made by another program or a newer one.
    """
    with source.reading() as sender:
        counted = tuple(
            Copied(table.name, _count(sender, table.name)) for table in metadata.sorted_tables
        )
    if target.file is not None and not target.file.exists():
        refuse_link(target)
        check_folder(target.file.parent)
    else:
        with target.reading() as receiver:
            before = revision_of(receiver)
            if before is None:
                refuse_foreign(receiver, target)
                refuse_link(target)
            refuse_newer(before, target.name)
            refuse_encoding(receiver, target.name)
            _refuse_full(receiver, target)
    return counted


def _refuse_full(receiver: Connection, target: Database) -> None:
    # One that was not upgraded yet may have fewer of them.
    there = set(receiver.dialect.get_table_names(receiver))
    names = [table.name for table in metadata.sorted_tables if table.name in there]
    if any(_count(receiver, name) for name in names):
        raise DatabaseProblem(
            text("{name} is not empty.", name=target.name),
            advice=text("Copy into a new database; nothing that is there is overwritten."),
        )


def _copied(sender: Connection, receiver: Connection, table: Any) -> Copied:
    try:
        return _copy_table(sender, receiver, table)
    except CANNOT_BE_READ as error:
        raise damaged_row(table.name) from error


def _copy_table(sender: Connection, receiver: Connection, table: Any) -> Copied:
    rows = 0
    # Closed also where the target refuses a row: on a server it is a cursor that stays open.
    with closing(_batches(sender, table)) as batches:
        for batch in batches:
            receiver.execute(insert(table), batch)
            rows += len(batch)
    return Copied(table.name, rows)


def _batches(sender: Connection, table: Any) -> Generator[list[dict[str, Any]]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    with sender.execute(ordered.execution_options(yield_per=BATCH)) as found:
        for part in found.mappings().partitions():
            yield [dict(row) for row in part]


def _count(connection: Connection, table: str) -> int:
    counted = select(func.count()).select_from(metadata.tables[table])
    return int(connection.execute(counted).scalar_one())
