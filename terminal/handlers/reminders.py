"""Showing reminders and their outcomes."""

from screens.reminders import reminders_screen
from terminal.handlers.processes import today_in
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import span_of
from workflow.reminders.listing import listed


def show_reminders(
    setup: Setup, process: str | None, since: str | None, until: str | None, *, as_json: bool
) -> None:
    """Show the reminders of one process or of all."""
    with database_queries_of(setup) as queries:
        first, last = span_of(since, until, today_in(queries, process) if process else setup.today)
        view = listed(queries, process, setup.page.language, first, last)
    show(setup, "remind-list", view, reminders_screen, as_json)
