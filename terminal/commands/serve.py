"""The pages in a browser."""

import click

from terminal.commands.options import common, option
from terminal.runtime.click_commands import CommandThatWrites
from terminal.runtime.parameters import FILE, WHOLE
from terminal.runtime.setup import Setup


@click.command(cls=CommandThatWrites)
@option("--port", type=WHOLE, metavar="N", help="At which port; else, a free one.")
@option("--host", metavar="NAME", help="Of which machine; only this one can be served as yet.")
@option("--no-open", "no_open", is_flag=True, help="Do not open the browser.")
@option("--no-reminders", "no_reminders", is_flag=True, help="Send no reminders.")
@option("--theme-css", "theme", type=FILE, metavar="FILE", help="The style sheet of a house style.")
@common
@click.pass_obj
def serve(
    setup: Setup,
    /,
    *,
    port: int | None,
    host: str | None,
    no_open: bool,
    no_reminders: bool,
    theme: str | None,
) -> None:
    """Show the pages in a browser, and send reminders, until stopped."""
    from terminal.handlers.serve import serve_pages

    serve_pages(setup, port or 0, host, theme, opens=not no_open, reminds=not no_reminders)
