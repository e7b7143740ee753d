"""Showing the work of one party, group or role."""

from dataclasses import astuple

from definitions.language.text import text
from screens.party_work import party_work_screen
from terminal.handlers.processes import Days, dates_asked_about
from terminal.runtime.errors import Wrong
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.rules.worklist import Whose
from workflow.work_queries import asked_of


def show_theirs(setup: Setup, process: str, whose: Whose, days: Days, *, as_json: bool) -> None:
    """Show their work in a process.

    Raises:
        Wrong: more than one of a party, a group and a role is named.
    """
    if len([each for each in astuple(whose) if each is not None]) > 1:
        raise Wrong(text("One of --party, --group and --role at a time."))
    with queries_of(setup) as queries:
        day, known = dates_asked_about(queries, process, days)
        view = asked_of(queries, process, whose, day, known, setup.page.language)
    show(setup, "status-mine", view, party_work_screen, as_json)
