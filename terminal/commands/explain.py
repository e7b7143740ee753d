"""What keeps a milestone from moving."""

import click

from terminal.commands.options import (
    argument,
    dated_query,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("milestone", offers=Offer.MILESTONE)
@argument("trigger", offers=Offer.TRIGGER, required=False)
@dated_query
@click.pass_obj
def explain(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    trigger: str | None,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Explain what keeps a milestone from moving: its gate as a tree, and whom to ring."""
    from terminal.handlers.explain import show_gates
    from terminal.handlers.processes import Days

    show_gates(setup, process, milestone, trigger, Days(as_of, known_at), as_json=as_json)
