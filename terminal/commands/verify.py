"""Whether the journal is whole."""

import shlex

import click

from definitions.language.text import text
from terminal.commands.options import (
    argument,
    option,
    query,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.errors import Wrong
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS, required=False)
@option("--head", metavar="N:HASH", help="A head that was printed before: is it still there?")
@query
@click.pass_obj
def verify(setup: Setup, process: str | None, head: str | None, as_json: bool) -> None:
    """Verify that the journal is whole, and that the tables say what follows from it."""
    from terminal.handlers.health import show_verdicts

    if head is not None and process is None:
        raise Wrong(
            text("A head is of one process, and none is named."),
            advice=text("Name it: mijlpaal verify PROCESS --head {head}", head=shlex.quote(head)),
        )
    with setup.queries() as queries:
        show_verdicts(setup, queries, process, head, as_json=as_json)
