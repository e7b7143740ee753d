"""The journal, as it was written or as an account."""

import click

from definitions.language.text import text
from terminal.commands.options import (
    argument,
    looking_back,
    option,
    query_as_anyone,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import OneOf
from terminal.runtime.setup import Setup

IN_WHICH_FORM = text(
    "In “history”, --as says in which form; who you are is said before it (mijlpaal --as NAME "
    "history …), or by MIJLPAAL_ACTOR."
)


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@option("--party", metavar="PARTY", offers=Offer.PARTY, help="Only what concerns one party.")
@option(
    "--as",
    "form",
    type=OneOf(["journal", "feitenrelaas"], IN_WHICH_FORM),
    default="journal",
    help="As the journal was written, or as an account of what happened.",
)
@looking_back
@query_as_anyone
@click.pass_obj
def history(
    setup: Setup,
    /,
    *,
    process: str,
    party: str | None,
    form: str,
    as_of: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Show the journal: who recorded what, when it happened, and on what source."""
    from terminal.handlers.processes import Days

    days = Days(as_of, known_at)
    if form == "feitenrelaas" and not as_json:
        from terminal.handlers.account import show_account

        show_account(setup, process, party, days)
    else:
        from terminal.handlers.history import show_history

        show_history(setup, process, party, days, as_json=as_json)
