"""A party that leaves."""

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
@argument("party", offers=Offer.PARTY)
@option("--reason", metavar="TEXT", required=True, help="Why it leaves.")
@option("--on", metavar="DATE", help="The first day without it; else, today.")
@remark
@write_entry
@click.pass_obj
def leave(setup: Setup, /, **asked: Any) -> None:
    """Say that a party takes part no longer: nothing is asked of it from then on."""
    from workflow.model.commands import Leave

    execute(setup, Leave, asked)
