"""Moving a milestone."""

import click

from terminal.commands.options import (
    argument,
    option,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
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
def advance(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    trigger: str | None,
    to: str | None,
    on: str | None,
    attested: bool,
    remark: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Move a milestone through an open gate."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import Advance

    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: Advance(
            milestone,
            day,
            trigger=trigger,
            to=to,
            attested=attested,
            reference=reference,
            remark=remark,
        ),
    )
