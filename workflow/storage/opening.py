"""Opening a database that a command can work with: made where missing, refused where unfit."""

from pathlib import Path

from definitions.language.actions import action
from definitions.language.text import text
from workflow.storage.database import Database, refuse_newer, revision_of
from workflow.storage.errors import DatabaseProblem, NoDatabase
from workflow.storage.network_files import network_file_system_of
from workflow.storage.revision import is_compatible


def open_database(url: str) -> Database:
    """Open a database whose schema is ours; a missing SQLite file is made.

    Raises:
        DatabaseProblem: it cannot be reached, was made by a newer program, or has to be
            upgraded first.
    """
    database = Database(url)
    try:
        _make_ready(database)
    except BaseException:
        database.close()
        raise
    return database


def open_existing(url: str) -> Database:
    """Open a database that is there already, with our schema; a missing file is not made.

    Raises:
        NoDatabase: there is none.
        DatabaseProblem: it is as ``open_database`` says.
    """
    database = Database(url)
    file = database.file
    database.close()
    if file is not None and not file.exists():
        raise NoDatabase(database.name, str(file))
    return open_database(url)


def _make_ready(database: Database) -> None:
    file = database.file
    if file is not None:
        _refuse_network(file, database.name)
    if file is not None and not file.exists():
        _upgrade(database)
        return
    with database.reading() as connection:
        revision = revision_of(connection)
    if is_compatible(revision):
        return
    if revision is None and file is not None:
        _upgrade(database)
        return
    refuse_newer(revision, database.name)
    raise DatabaseProblem(
        text("The database {name} has not the schema this program needs.", name=database.name),
        advice=text("Bring it up to date with: {command}", command=action("db upgrade")),
    )


def _refuse_network(file: Path, name: str) -> None:
    kind = network_file_system_of(file)
    if kind is not None:
        raise DatabaseProblem(
            text("The database {name} lies on a network drive ({kind}).", name=name, kind=kind),
            advice=text(
                "SQLite cannot keep two machines apart there: put the file on a disk of this "
                "machine, or use PostgreSQL."
            ),
        )


def _upgrade(database: Database) -> None:
    # Late: Alembic takes half a second to import, and a query does not need it.
    from workflow.storage.upgrading import upgrade  # noqa: PLC0415

    upgrade(database)
