"""The database: upgrading, copying and checking it."""

import click

from definitions.language.text import text
from terminal.commands.options import (
    argument,
    option,
    query,
    write,
)
from terminal.runtime.click_commands import Group
from terminal.runtime.errors import FAILED
from terminal.runtime.output import (
    answering,
    show,
)
from terminal.runtime.setup import Setup


@click.group(cls=Group)
def db() -> None:
    """Upgrade, copy or check the database."""


@db.command("upgrade")
@option(
    "--finish",
    is_flag=True,
    guessed=False,
    help="With the steps after which no older program can work.",
)
@write
@click.pass_obj
def db_upgrade(setup: Setup, finish: bool, dry: bool) -> None:
    """Bring the schema up to date; programs of the release before go on working."""
    from screens.verdicts import UpgradedView, upgraded
    from terminal.handlers.health import planned_upgrade
    from workflow.queries import Queries
    from workflow.reminders.sweep import plan_all
    from workflow.storage.database import Database
    from workflow.storage.refolding import Upgraded
    from workflow.storage.upgrading import upgrade

    with Database(setup.url if dry else setup.url_to_make()) as database:
        planned = Upgraded(*planned_upgrade(database)) if dry else None
        done = planned or upgrade(database, finish=finish)
        if not dry:
            plan_all(Queries(database, setup.clock))
        with answering(None if dry else text("The schema is at {revision}.", revision=done.after)):
            view = UpgradedView(dry, database.name, done.before, done.after, done.refolded)
            screen = upgraded(database.name, done, setup.page, dry=dry)
            show(setup, "db-upgrade", view, lambda *_: screen, setup.as_json)


@db.command("copy")
@argument("source", metavar="SOURCE")
@argument("target", metavar="TARGET")
@write
@click.pass_obj
def db_copy(setup: Setup, source: str, target: str, dry: bool) -> None:
    """Copy everything into an empty database of either kind, and verify what arrived."""
    from screens.verdicts import CopiedView, copied_screen, to_copy_screen
    from workflow.storage.copying import copy, to_copy
    from workflow.storage.database import Database
    from workflow.storage.opening import open_existing
    from workflow.storage.upgrading import upgrade
    from workflow.verify import verify

    with open_existing(source) as sender, Database(target) as receiver:
        if dry:
            found = to_copy(sender, receiver)
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


@db.command("check")
@query
@click.pass_obj
def db_check(setup: Setup, as_json: bool) -> None:
    """Check the schema and the file itself."""
    from terminal.handlers.health import show_health

    show_health(setup, "db-check", as_json)
