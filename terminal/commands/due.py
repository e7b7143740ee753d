"""The dates of a process: as an agenda, and giving one another date."""

import click

from terminal.commands.options import (
    argument,
    dated_query,
    option,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@dated_query
@click.pass_obj
def due(
    setup: Setup, /, *, process: str, as_of: str | None, known_at: str | None, as_json: bool
) -> None:
    """Show the dates of a process as an agenda, and which of them were moved."""
    from terminal.handlers.dues import show_dues
    from terminal.handlers.processes import Days

    show_dues(setup, process, Days(as_of, known_at), as_json=as_json)


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("due", offers=Offer.DUE)
@argument("date")
@option("--reason", metavar="TEXT", required=True, help="Why the date is moved.")
@option("--on", metavar="DATE", help="When that was decided; else, today.")
@remark
@write_entry
@click.pass_obj
def replan(
    setup: Setup,
    /,
    *,
    process: str,
    due: str,
    date: str,
    reason: str,
    on: str | None,
    remark: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Give a due another date, with a reason."""
    from terminal.handlers.entries import How, execute_dated
    from workflow.model.commands import Replan

    execute_dated(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day, read: Replan(
            due,
            read(date, "date"),
            reason,
            day,
            reference=reference,
            remark=remark,
        ),
    )
