"""Amending a running process."""

import click

from terminal.commands.options import (
    argument,
    option,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import CommandOfRungs
from terminal.runtime.setup import Setup


@click.command(cls=CommandOfRungs)
@argument("process", offers=Offer.PROCESS)
@argument("what", offers=Offer.AMENDABLE, metavar="WHAT")
@argument("value")
@option("--reason", metavar="TEXT", required=True, help="Why it is amended.")
@option("--on", metavar="DATE", help="From when on; else, today.")
@write_entry
@click.pass_obj
def amend(
    setup: Setup,
    /,
    *,
    process: str,
    what: str,
    value: str,
    reason: str,
    on: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Amend a title, a ladder or a route of a running process; never a gate or a machine.

    WHAT is title, ladder/NAME, papers-due/PARTY or route/PARTY.
    """
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import Amend

    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: Amend(what, value, reason, day, reference=reference),
    )
