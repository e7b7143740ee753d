"""Whether the installation is well."""

import click

from definitions.language.text import text
from terminal.commands.options import (
    option,
    query,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.errors import Wrong
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@option("--mail", is_flag=True, help="Try the way letters go too, without sending any.")
@option("--to", metavar="MAIL", help="With --mail: send a test letter there.")
@query
@click.pass_obj
def doctor(setup: Setup, mail: bool, to: str | None, as_json: bool) -> None:
    """Look at the settings, the database, the journals and the reminders: is all well?"""
    from terminal.handlers.health import show_health
    from terminal.handlers.remind import mail_trial, mail_way, settings_checks, settings_of
    from terminal.runtime.private import of_the_installation

    if to is not None and not mail:
        raise Wrong(
            text("A test letter goes only where the mail is tried."),
            advice=text("Add --mail."),
        )
    wrong = settings_checks(setup)
    settings = None if wrong else settings_of(setup)
    way = wrong or ([*mail_trial(setup, to)] if mail else [mail_way(setup)])
    checks = [*way, *of_the_installation(setup, settings)]
    show_health(setup, "doctor", as_json, checks)
