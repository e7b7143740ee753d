"""Moving a milestone."""

from typing import Any

import click

from terminal.commands.options import (
    argument,
    option,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    execute,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("milestone", offers=Offer.MILESTONE)
@argument("trigger", offers=Offer.TRIGGER, required=False)
@option("--to", metavar="STATE", offers=Offer.STATE, help="The state it must lead to.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@option(
    "--attested",
    is_flag=True,
    guessed=False,
    help="On the word of a source, though the gate is not proved.",
)
@remark
@write_entry
@click.pass_obj
def advance(setup: Setup, /, **asked: Any) -> None:
    """Move a milestone through an open gate."""
    from workflow.model.commands import Advance

    execute(setup, Advance, asked)
