"""Showing the user's work."""

from collections.abc import Sequence

from definitions.language.text import text
from definitions.shipped import shipped
from screens.my_work import my_work_screen
from screens.overview import overview_screen
from screens.page import Page
from terminal.runtime.errors import Wrong
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.views.my_work import MyWorkView
from workflow.work_queries import work_of


def show_mine(setup: Setup, process: str | None, others: Sequence[str], *, as_json: bool) -> None:
    """Show the user's work in all processes or in one.

    Args:
        setup: the set-up of the program.
        process: its id; None for all of them.
        others: the other options that were given.
        as_json: for programs.

    Raises:
        NotFound: nobody has that name, or there is no such process.
        Wrong: other options were given, which do not combine with this.
    """
    if others:
        raise Wrong(
            text(
                "--mine is what is asked of you now; it goes with none of {options}.",
                options=others,
            ),
            advice=text("Leave one of them out."),
        )
    with queries_of(setup) as queries:
        view = work_of(queries, setup.asker, process, setup.page.language)

    def screen(_: MyWorkView, page: Page) -> str:
        return (
            my_work_screen(view, page) if view.processes else overview_screen((), shipped(), page)
        )

    show(setup, "mine", view, screen, as_json)
