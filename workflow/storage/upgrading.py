"""Making and upgrading the schema. The only module that imports Alembic: that takes 0.6 s."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import func, select

from definitions.text import text
from workflow.storage.database import (
    REVISION,
    Connection,
    Database,
    refuse_foreign,
    refuse_newer,
    revision_of,
)
from workflow.storage.failures import DatabaseProblem

UPGRADING = 0x6D696A6C
"""The number of the lock that a node holds on a server while it upgrades: “mijl”."""


def upgrade(database: Database, revision: str = REVISION) -> tuple[str | None, str]:
    """Bring a database to a revision, in one transaction.

    Returns:
        The revision before (None for an empty database), and the one after.

    Raises:
        DatabaseProblem: it was made by a newer program.
    """
    config = Config()
    config.set_main_option("script_location", "workflow:migrations")
    if database.file is not None:
        _make_folder(database.file.parent)
    with database.writing() as connection:
        _wait_for_others(connection)
        before = revision_of(connection)
        refuse_newer(before, database.name)
        if before is None:
            refuse_foreign(connection, database)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return before, revision


def _wait_for_others(connection: Connection) -> None:
    """Let one node upgrade at a time; on SQLite the transaction sees to that by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(
            text(
                "Cannot make the folder {folder}: {why}.", folder=folder, why=error.strerror or "?"
            ),
            advice=text("Name another place for the database, with --db."),
        ) from None


def downgrade(database: Database, revision: str) -> None:
    """Take a database back to an earlier revision (``base`` for nothing at all)."""
    config = Config()
    config.set_main_option("script_location", "workflow:migrations")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
