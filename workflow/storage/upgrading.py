"""Making and upgrading the schema. The only module that imports Alembic: that takes 0.6 s."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from definitions.errors import reason_of
from definitions.text import text
from workflow.storage.database import (
    REVISION,
    Database,
    refuse_foreign,
    refuse_newer,
    revision_of,
)
from workflow.storage.failures import DatabaseProblem


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
        before = revision_of(connection)
        refuse_newer(before, database.name)
        if before is None:
            refuse_foreign(connection, database)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return before, revision


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseProblem(
            text("Cannot make the folder {folder}: {why}.", folder=folder, why=reason_of(error)),
            advice=text("Name another place for the database, with --db."),
        ) from None


def downgrade(database: Database, revision: str) -> None:
    """Take a database back to an earlier revision (``base`` for nothing at all)."""
    config = Config()
    config.set_main_option("script_location", "workflow:migrations")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
