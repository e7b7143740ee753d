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
from terminal.handlers.processes import (
    look_at,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    say,
    show,
)
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
    process: str,
    party: str | None,
    form: str,
    as_json: bool,
    **back: str | None,
) -> None:
    """Show the journal: who recorded what, when it happened, and on what source."""
    from screens.history import history_screen
    from screens.relaas import relaas_screen
    from workflow.decide.case import party_named
    from workflow.views.history import history_view
    from workflow.views.relaas import concerning
    from workflow.views.status import status_view

    account = form == "feitenrelaas" and not as_json
    with setup.queries() as queries:
        seen = look_at(setup, queries, process, **back)
        days = (seen.known_at, seen.as_of)
        told = queries.told(process, *days) if account else []
        entries = [] if account else queries.journal(process, *days)[1]
        people = queries.people()
    if party is not None:
        party_named(seen.definition, party)
    if account:
        concerned = concerning(told, party, seen.definition)
        say(relaas_screen(concerned, told, status_view(seen), people, setup.page))
        return
    entries = concerning(entries, party, seen.definition)
    view = history_view(seen, entries)
    show(
        setup, "history", view, lambda _, page: history_screen(entries, people, page, seen), as_json
    )
