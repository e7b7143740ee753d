"""Upgrading the database, and copying it into another."""

import click

from definitions.language.text import text
from screens.diagnostics import CopiedView, UpgradedView, copied_screen, to_copy_screen, upgraded
from terminal.runtime.errors import FAILED
from terminal.runtime.output import answering, show
from terminal.runtime.setup import Setup
from workflow.database_queries import DatabaseQueries
from workflow.reminders.catch_up import plan_all
from workflow.storage.copying import copy, copy_preview
from workflow.storage.database import (
    REVISION,
    Database,
    refuse_foreign,
    refuse_link,
    refuse_newer,
    revision_of,
)
from workflow.storage.opening import open_existing
from workflow.storage.refolding import Upgraded
from workflow.storage.server import refuse_encoding
from workflow.storage.upgrading import upgrade
from workflow.verify import verify


def upgrade_database(setup: Setup, *, finish: bool, dry: bool) -> None:
    """Bring the schema up to date, and the plan of reminders with it.

    Args:
        setup: which database.
        finish: with the steps after which no older program can work.
        dry: only say what would be done.
    """
    with Database(setup.url if dry else setup.url_to_make()) as database:
        planned = Upgraded(*_planned_upgrade(database)) if dry else None
        done = planned or upgrade(database, finish=finish)
        if not dry:
            plan_all(DatabaseQueries(database, setup.clock))
        with answering(None if dry else text("The schema is at {revision}.", revision=done.after)):
            view = UpgradedView(dry, database.name, done.before, done.after, done.refolded)
            screen = upgraded(database.name, done, setup.page, dry=dry)
            show(setup, "db-upgrade", view, lambda *_: screen, setup.as_json)


def copy_database(setup: Setup, source: str, target: str, *, dry: bool) -> None:
    """Copy everything into an empty database, and verify what arrived; exit 1 where it is wrong."""
    with open_existing(source) as sender, Database(target) as receiver:
        if dry:
            found = copy_preview(sender, receiver)
            screen = to_copy_screen(found, setup.page)
            show(setup, "db-copy", CopiedView(True, found), lambda *_: screen, setup.as_json)
            return
        upgrade(receiver)
        copied = copy(sender, receiver)
        verdicts = verify(receiver, now=setup.clock())
    whole = not any(each.problems for each in verdicts)
    with answering(text("The copy was made, and is whole.") if whole else None):
        view = CopiedView(False, copied, tuple(verdicts), whole)
        screen = copied_screen(copied, verdicts, setup.page)
        show(setup, "db-copy", view, lambda *_: screen, setup.as_json)
    if not whole:
        raise click.exceptions.Exit(FAILED)


def _planned_upgrade(database: Database) -> tuple[str | None, str]:
    """Return the revision a database has (None for one that is not there yet), and ours."""
    if database.file is not None and not database.file.exists():
        refuse_link(database)
        return None, REVISION
    with database.reading() as connection:
        before = revision_of(connection)
        if before is None:
            refuse_foreign(connection, database)
            refuse_link(database)
        refuse_encoding(connection, database.name)
    refuse_newer(before, database.name)
    return before, REVISION
