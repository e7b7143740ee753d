"""Where processes stand, and what is asked of whom."""

import shlex
from typing import Any

import click

from definitions.language.text import text
from terminal.commands.options import (
    argument,
    dated_query,
    option,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    at_present,
    look_at,
    look_at_all_rounds,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.errors import Wrong
from terminal.runtime.output import (
    show,
)
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS, required=False)
@option("--party", metavar="PARTY", offers=Offer.PARTY, help="What is asked of one party.")
@option("--group", metavar="GROUP", offers=Offer.GROUP, help="What is asked of one group.")
@option("--role", metavar="ROLE", offers=Offer.ROLE, help="What is asked of one role.")
@option("--mine", is_flag=True, help="What is asked of you, of all processes or of one.")
@dated_query
@click.pass_obj
def status(setup: Setup, /, process: str | None, mine: bool, as_json: bool, **options: Any) -> None:
    """Show where a process stands, whom to ring and what is next; or list all processes."""
    from screens.status import status_screen
    from workflow.views.seen import looks_back
    from workflow.views.status import status_view

    back = {name: options.pop(name) for name in ("as_of", "known_at")}
    whose = {name: value for name, value in options.items() if value is not None}
    if mine:
        _mine(setup, process, [name for name, value in {**back, **whose}.items() if value], as_json)
        return
    if process is None:
        _processes(setup, {**back, **whose}, as_json)
        return
    with setup.queries() as queries:
        looked_at = look_at if whose else look_at_all_rounds
        seen = looked_at(setup, queries, process, **back)
        found = [] if looks_back(seen) or whose else _undelivered(queries, process)
        people = queries.people()
    if whose:
        _theirs(setup, seen, whose, people, as_json=as_json)
        return
    view = status_view(seen, found, people)
    show(setup, "status", view, status_screen, as_json)


def _undelivered(queries: Any, process: str) -> Any:
    """Return what could not be said to somebody; other queries start faster without its import."""
    from workflow.reminders.undelivered import undelivered

    return undelivered(queries, process)


def _mine(setup: Setup, process: str | None, others: list[str], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.my_work import my_work_screen
    from screens.status import processes_screen
    from terminal.handlers.processes import work_of

    if others:
        given = [f"--{name.replace('_', '-')}" for name in others]
        raise Wrong(
            text(
                "--mine is what is asked of you now; it goes with none of {options}.", options=given
            ),
            advice=text("Leave one of them out."),
        )
    with setup.queries() as queries:
        view = work_of(setup, queries, process)

    def screen(_: Any, page: Any) -> str:
        return (
            my_work_screen(view, page) if view.processes else processes_screen([], shipped(), page)
        )

    show(setup, "mine", view, screen, as_json)


def _theirs(setup: Setup, seen: Any, whose: dict[str, str], people: Any, *, as_json: bool) -> None:
    from screens.mine import mine_screen
    from workflow.rules.worklist import Whose
    from workflow.views.mine import mine

    if len(whose) > 1:
        raise Wrong(text("One of --party, --group and --role at a time."))
    show(setup, "status-mine", mine(seen, Whose(**whose), people), mine_screen, as_json)


def _processes(setup: Setup, narrowed: dict[str, str | None], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.status import processes_screen
    from workflow.views.status import status_view

    given = {f"--{name.replace('_', '-')}": value for name, value in narrowed.items() if value}
    asked = shlex.join(word for each in given.items() for word in each)
    if asked:
        raise Wrong(
            text("Of which process do you want to see that?"),
            advice=text("Name it: mijlpaal status PROCESS {options}", options=asked),
        )
    with setup.queries() as queries:
        found = [status_view(at_present(setup, queries, each)) for each in queries.processes()]
    view = {"processes": found}
    show(
        setup, "status-all", view, lambda _, page: processes_screen(found, shipped(), page), as_json
    )
