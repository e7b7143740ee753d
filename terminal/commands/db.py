"""The database: upgrading, copying and checking it."""

import click

from terminal.commands.options import (
    argument,
    option,
    query,
    write,
)
from terminal.runtime.click_commands import Group
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
def db_upgrade(setup: Setup, /, *, finish: bool, dry: bool) -> None:
    """Bring the schema up to date; programs of the release before go on working."""
    from terminal.handlers.database import upgrade_database

    upgrade_database(setup, finish=finish, dry=dry)


@db.command("copy")
@argument("source", metavar="SOURCE")
@argument("target", metavar="TARGET")
@write
@click.pass_obj
def db_copy(setup: Setup, /, *, source: str, target: str, dry: bool) -> None:
    """Copy everything into an empty database of either kind, and verify what arrived."""
    from terminal.handlers.database import copy_database

    copy_database(setup, source, target, dry=dry)


@db.command("check")
@query
@click.pass_obj
def db_check(setup: Setup, /, *, as_json: bool) -> None:
    """Check the schema and the file itself."""
    from terminal.handlers.health import show_health

    show_health(setup, "db-check", as_json)
