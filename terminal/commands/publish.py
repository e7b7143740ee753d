"""Publishing a process as pages for everybody."""

import click

from terminal.commands.options import anyone, argument, option
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import CommandThatWrites
from terminal.runtime.parameters import FILE
from terminal.runtime.setup import Setup


@click.command(cls=CommandThatWrites)
@argument("process", offers=Offer.PROCESS)
@argument("folder", type=FILE)
@option("--dry-run", "dry", is_flag=True, help="Only try it; write nothing.")
@anyone
@click.pass_obj
def publish(setup: Setup, /, *, process: str, folder: str, dry: bool) -> None:
    """Write pages of a process for everybody: only what is public, and nobody's name."""
    from terminal.handlers.publish import publish_process

    publish_process(setup, process, folder, dry=dry)
