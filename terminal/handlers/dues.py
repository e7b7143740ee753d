"""Showing the dates of a process."""

from screens.due import due_screen
from terminal.handlers.processes import Days, look_at
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.views.due_list import dues_view


def show_dues(setup: Setup, process: str, days: Days, *, as_json: bool) -> None:
    """Show the dates of a process as an agenda, and which of them were moved."""
    with queries_of(setup) as queries:
        view = dues_view(look_at(setup, queries, process, days))
    show(setup, "due", view, due_screen, as_json)
