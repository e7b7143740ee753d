"""What keeps a milestone from moving."""

import click

from terminal.commands.options import (
    argument,
    dated_query,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    look_at,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    show,
)
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
    process: str,
    milestone: str,
    trigger: str | None,
    as_json: bool,
    **back: str | None,
) -> None:
    """Explain what keeps a milestone from moving: its gate as a tree, and whom to ring."""
    from screens.explain import explain_screen
    from workflow.decide.case import milestone_named, trigger_named
    from workflow.views.explain import explain_view

    with setup.queries() as queries:
        seen = look_at(setup, queries, process, **back)
        people = queries.people()
        looks_back = seen.as_of is not None and not seen.ahead
        present = queries.as_of(process, None, seen.known_at)[1] if looks_back else None
    found = milestone_named(seen.definition, milestone)
    if trigger is not None:
        trigger_named(found, trigger)
    view = explain_view(seen, found, trigger, people, present)
    show(setup, "explain", view, explain_screen, as_json)
