"""Making and upgrading the schema. The only module that imports Alembic: that takes 0.6 s."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from definitions.language.actions import Field
from definitions.language.errors import reason_of
from definitions.language.text import text
from workflow.storage.database import (
    REVISION,
    Connection,
    Database,
    refuse_foreign,
    refuse_link,
    refuse_newer,
    revision_of,
)
from workflow.storage.errors import DatabaseProblem
from workflow.storage.refolding import Upgraded, refold
from workflow.storage.revision import PRE, is_compatible
from workflow.storage.server import refuse_encoding

UPGRADING = 0x6D696A6C
"""The number of the lock that a node holds on a server while it upgrades: “mijl”."""


SCRIPTS = "workflow:migrations"
"""Where the migrations lie."""


def upgrade(database: Database, revision: str = REVISION, *, finish: bool = True) -> Upgraded:
    """Upgrade a database to a revision, and its tables to the present rules of folding.

    All in one transaction.

    Args:
        finish: include the steps that remove what programs of the release before need; a new
            database always gets all steps.

    Returns:
        The revisions before and after, and the processes whose state changed.

    Raises:
        DatabaseProblem: it was made by a newer program, or the folder of its file is not there.
    """
    config = _config()
    if database.file is not None:
        check_folder(database.file.parent)
    with database.writing() as connection:
        _wait_for_others(connection)
        before = revision_of(connection)
        refuse_newer(before, database.name)
        refuse_encoding(connection, database.name)
        if before is None:
            refuse_foreign(connection, database)
            refuse_link(database)
        after = revision if finish or before is None else _first_step(config, revision)
        if before is not None and not _is_after(config, after, before):
            return Upgraded(before, before)
        config.attributes["connection"] = connection
        command.upgrade(config, after)
        anew = refold(connection) if before is not None and is_compatible(after) else ()
    return Upgraded(before, after, anew)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return config


def _first_step(config: Config, revision: str) -> str:
    """Return the step of a release that only adds; the release itself where it has no such step."""
    known = _in_order(config)
    return revision + PRE if revision + PRE in known else revision


def _is_after(config: Config, revision: str, other: str) -> bool:
    """Return whether a revision comes after another one; an unknown one is the last."""
    known = _in_order(config)
    return other in known and known.index(revision) > known.index(other)


def _in_order(config: Config) -> list[str]:
    """Return the revisions there are, the oldest first."""
    scripts = ScriptDirectory.from_config(config)
    return [each.revision for each in scripts.walk_revisions()][::-1]


def _wait_for_others(connection: Connection) -> None:
    """Let one node upgrade at a time; on SQLite the transaction sees to that by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(UPGRADING)))


def check_folder(folder: Path) -> None:
    """Refuse a missing folder: a misspelt one would get a database that nobody finds."""
    try:
        folder.stat()
    except OSError as error:
        raise DatabaseProblem(
            text(
                "No database can be made in {folder}: {why}.", folder=folder, why=reason_of(error)
            ),
            advice=text(
                "Make that folder first, or name another place with {field}.",
                field=Field("database_url"),
            ),
        ) from None


def downgrade(database: Database, revision: str) -> None:
    """Take a database back to an earlier revision (``base`` for nothing at all)."""
    config = _config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
