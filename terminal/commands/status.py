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
    days_of,
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
    back = {name: options.pop(name) for name in ("as_of", "known_at")}
    whose = {name: value for name, value in options.items() if value is not None}
    if mine:
        _mine(setup, process, [name for name, value in {**back, **whose}.items() if value], as_json)
        return
    if process is None:
        _processes(setup, {**back, **whose}, as_json)
        return
    if whose:
        _theirs(setup, process, whose, back, as_json=as_json)
        return
    from screens.status import status_screen
    from workflow.standing import status_of

    with setup.queries() as queries:
        days = days_of(queries, process, **back)
        view = status_of(queries, process, *days, setup.page.language)
    show(setup, "status", view, status_screen, as_json)


def _mine(setup: Setup, process: str | None, others: list[str], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.my_work import my_work_screen
    from screens.status import processes_screen
    from workflow.work import work_of

    if others:
        given = [f"--{name.replace('_', '-')}" for name in others]
        raise Wrong(
            text(
                "--mine is what is asked of you now; it goes with none of {options}.", options=given
            ),
            advice=text("Leave one of them out."),
        )
    with setup.queries() as queries:
        view = work_of(queries, setup.asker, process, setup.page.language)

    def screen(_: Any, page: Any) -> str:
        return (
            my_work_screen(view, page) if view.processes else processes_screen([], shipped(), page)
        )

    show(setup, "mine", view, screen, as_json)


def _theirs(
    setup: Setup,
    process: str,
    whose: dict[str, str],
    back: dict[str, str | None],
    *,
    as_json: bool,
) -> None:
    from screens.mine import mine_screen
    from workflow.rules.worklist import Whose
    from workflow.work import asked_of

    if len(whose) > 1:
        raise Wrong(text("One of --party, --group and --role at a time."))
    with setup.queries() as queries:
        days = days_of(queries, process, **back)
        view = asked_of(queries, process, Whose(**whose), *days, setup.page.language)
    show(setup, "status-mine", view, mine_screen, as_json)


def _processes(setup: Setup, narrowed: dict[str, str | None], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.status import processes_screen
    from workflow.standing import statuses

    given = {f"--{name.replace('_', '-')}": value for name, value in narrowed.items() if value}
    asked = shlex.join(word for each in given.items() for word in each)
    if asked:
        raise Wrong(
            text("Of which process do you want to see that?"),
            advice=text("Name it: mijlpaal status PROCESS {options}", options=asked),
        )
    with setup.queries() as queries:
        found = statuses(queries, setup.page.language)
    view = {"processes": found}
    show(
        setup, "status-all", view, lambda _, page: processes_screen(found, shipped(), page), as_json
    )
