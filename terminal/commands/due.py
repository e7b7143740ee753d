"""The dates of a process: as an agenda, and giving one another date."""

from typing import Any

import click

from terminal.commands.options import (
    argument,
    dated_query,
    option,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    execute,
    look_at,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    show,
)
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@dated_query
@click.pass_obj
def due(setup: Setup, /, process: str, as_json: bool, **back: str | None) -> None:
    """Show the dates of a process as an agenda, and which of them were moved."""
    from screens.due import due_screen
    from workflow.views.agenda import dues_view

    with setup.queries() as queries:
        view = dues_view(look_at(setup, queries, process, **back))
    show(setup, "due", view, due_screen, as_json)


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("due", offers=Offer.DUE)
@argument("date")
@option("--reason", metavar="TEXT", required=True, help="Why the date is moved.")
@option("--on", metavar="DATE", help="When that was decided; else, today.")
@remark
@write_entry
@click.pass_obj
def replan(setup: Setup, /, **asked: Any) -> None:
    """Give a due another date, with a reason."""
    from workflow.model.commands import Replan

    execute(setup, Replan, asked)
