"""Whether the installation is well."""

import click

from terminal.commands.options import (
    option,
    query,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@option("--mail", is_flag=True, help="Try the way letters go too, without sending any.")
@option("--to", metavar="MAIL", help="With --mail: send a test letter there.")
@query
@click.pass_obj
def doctor(setup: Setup, /, *, mail: bool, to: str | None, as_json: bool) -> None:
    """Look at the settings, the database, the journals and the reminders: is all well?"""
    from terminal.handlers.health import show_installation

    show_installation(setup, mail=mail, to=to, as_json=as_json)
