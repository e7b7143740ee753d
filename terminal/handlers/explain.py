"""Showing what keeps a milestone from moving."""

from screens.explain import explain_screen
from terminal.handlers.processes import Days, look_at
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.decide.case import milestone_named, trigger_named
from workflow.views.explain import explain_view


def show_gates(
    setup: Setup, process: str, milestone: str, trigger: str | None, days: Days, *, as_json: bool
) -> None:
    """Show what keeps a milestone from moving, for every transition of its state or for one."""
    with queries_of(setup) as queries:
        seen = look_at(setup, queries, process, days)
        people = queries.people()
        looks_back = seen.as_of is not None and not seen.ahead
        present = queries.as_of(process, None, seen.known_at)[0].state if looks_back else None
    found = milestone_named(seen.definition, milestone)
    if trigger is not None:
        trigger_named(found, trigger)
    view = explain_view(seen, found, trigger, people, present)
    show(setup, "explain", view, explain_screen, as_json)
