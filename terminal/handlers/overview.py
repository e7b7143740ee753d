"""Showing all processes."""

import shlex
from collections.abc import Mapping

from definitions.language.text import text
from definitions.shipped import shipped
from screens.overview import overview_screen
from terminal.runtime.errors import Wrong
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.status_queries import overview_of


def show_processes(setup: Setup, narrowed: Mapping[str, str], *, as_json: bool) -> None:
    """Show where all processes stand.

    Args:
        setup: which database.
        narrowed: the options that were given, which need one process.
        as_json: for programs.

    Raises:
        Wrong: there are any.
    """
    if narrowed:
        asked = shlex.join(word for each in narrowed.items() for word in each)
        raise Wrong(
            text("Of which process do you want to see that?"),
            advice=text("Name it: mijlpaal status PROCESS {options}", options=asked),
        )
    with queries_of(setup) as queries:
        view = overview_of(queries, setup.page.language)
    show(
        setup,
        "overview",
        view,
        lambda view, page: overview_screen(view.processes, shipped(), page),
        as_json,
    )
