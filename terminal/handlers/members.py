"""Showing the seats and their holders."""

from screens.members import members_screen
from terminal.handlers.processes import look_at
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.views.members import members_view


def show_members(setup: Setup, process: str, *, as_json: bool) -> None:
    """Show the seats of a process and their holders."""
    with queries_of(setup) as queries:
        view = members_view(look_at(setup, queries, process), queries.people())
    show(setup, "member-list", view, members_screen, as_json)
