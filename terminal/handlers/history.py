"""Showing the journal of a process as it was written."""

from screens.history import history_screen
from terminal.handlers.processes import Days, look_at
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.decide.case import party_named
from workflow.rules.namesakes import told_apart
from workflow.views.account import concerning
from workflow.views.history import history_view


def show_history(
    setup: Setup, process: str, party: str | None, days: Days, *, as_json: bool
) -> None:
    """Show the journal of a process, or what of it concerns one party."""
    with queries_of(setup) as queries:
        seen = look_at(setup, queries, process, days)
        entries = queries.journal(process, seen.known_at, seen.as_of)[1]
        people = told_apart(queries.people())
    if party is not None:
        party_named(seen.definition, party)
    entries = concerning(entries, party, seen.definition)
    view = history_view(seen, entries)
    show(
        setup, "history", view, lambda _, page: history_screen(entries, people, page, seen), as_json
    )
