"""A party that joins, or leaves."""

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
@argument("party", offers=Offer.CANDIDATE)
@option("--reason", metavar="TEXT", required=True, help="Why it joins.")
@option("--on", metavar="DATE", help="Its first day; else, today.")
@remark
@write_entry
@click.pass_obj
def join(
    setup: Setup,
    /,
    *,
    process: str,
    party: str,
    reason: str,
    on: str | None,
    remark: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record that a party joins: from then on it is asked what the others are."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import Join

    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: Join(party, reason, day, reference=reference, remark=remark),
    )


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("party", offers=Offer.PARTY)
@option("--reason", metavar="TEXT", required=True, help="Why it leaves.")
@option("--on", metavar="DATE", help="The first day without it; else, today.")
@remark
@write_entry
@click.pass_obj
def leave(
    setup: Setup,
    /,
    *,
    process: str,
    party: str,
    reason: str,
    on: str | None,
    remark: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record that a party leaves: nothing is asked of it from then on."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import Leave

    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: Leave(party, reason, day, reference=reference, remark=remark),
    )
