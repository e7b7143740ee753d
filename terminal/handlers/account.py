"""Showing the account of the events in a process."""

from screens.account import account_screen
from terminal.handlers.processes import Days, look_at
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import say
from terminal.runtime.setup import Setup
from workflow.decide.case import party_named
from workflow.views.account import concerning
from workflow.views.status import status_view


def show_account(setup: Setup, process: str, party: str | None, days: Days) -> None:
    """Show the account of a process, or the part that concerns one party."""
    with queries_of(setup) as queries:
        seen = look_at(setup, queries, process, days)
        told = queries.dated_events(process, seen.known_at, seen.as_of)
        people = queries.people()
    if party is not None:
        party_named(seen.definition, party)
    concerned = concerning(told, party, seen.definition)
    say(account_screen(concerned, told, status_view(seen), people, setup.page))
