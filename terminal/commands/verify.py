"""Whether the journal is whole."""

import click

from terminal.commands.options import (
    argument,
    option,
    query,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS, required=False)
@option("--head", metavar="N:HASH", help="A head that was printed before: is it still there?")
@query
@click.pass_obj
def verify(setup: Setup, /, *, process: str | None, head: str | None, as_json: bool) -> None:
    """Verify that the journal is whole, and that the tables say what follows from it."""
    from terminal.handlers.verify import verify_journals

    verify_journals(setup, process, head, as_json=as_json)
