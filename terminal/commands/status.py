"""The commands about the status of processes, and about work."""

import click

from terminal.commands.options import (
    argument,
    dated_query,
    option,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS, required=False)
@option("--party", metavar="PARTY", offers=Offer.PARTY, help="What is asked of one party.")
@option("--group", metavar="GROUP", offers=Offer.GROUP, help="What is asked of one group.")
@option("--role", metavar="ROLE", offers=Offer.ROLE, help="What is asked of one role.")
@option("--mine", is_flag=True, help="What is asked of you, of all processes or of one.")
@dated_query
@click.pass_obj
def status(
    setup: Setup,
    /,
    *,
    process: str | None,
    party: str | None,
    group: str | None,
    role: str | None,
    mine: bool,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Show where a process stands, whom to ring and what is next; or list all processes."""
    back = {"--as-of": as_of, "--known-at": known_at}
    whose = {"--party": party, "--group": group, "--role": role}
    given = {name: value for name, value in {**back, **whose}.items() if value is not None}
    if mine:
        from terminal.handlers.my_work import show_mine

        show_mine(setup, process, list(given), as_json=as_json)
    elif process is None:
        from terminal.handlers.overview import show_processes

        show_processes(setup, given, as_json=as_json)
    elif given.keys() & whose:
        from terminal.handlers.party_work import show_theirs
        from terminal.handlers.processes import Days
        from workflow.rules.worklist import Whose

        asked = Whose(party, group, role)
        show_theirs(setup, process, asked, Days(as_of, known_at), as_json=as_json)
    else:
        from terminal.handlers.processes import Days
        from terminal.handlers.status import show_status

        show_status(setup, process, Days(as_of, known_at), as_json=as_json)
