"""Showing where a process stands."""

from screens.status import status_screen
from terminal.handlers.processes import Days, dates_asked_about
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.status_queries import status_of


def show_status(setup: Setup, process: str, days: Days, *, as_json: bool) -> None:
    """Show where a process stands, or stood."""
    with queries_of(setup) as queries:
        day, known = dates_asked_about(queries, process, days)
        view = status_of(queries, process, day, known, setup.page.language)
    show(setup, "status", view, status_screen, as_json)
