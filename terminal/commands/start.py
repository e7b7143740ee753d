"""Beginning a process, and recording a whole file of facts in it."""

import click

from terminal.commands.options import (
    argument,
    option,
    parameters,
    write,
    write_once,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import (
    values_of,
)


@click.command(cls=Command)
@argument("definition", offers=Offer.DEFINITION)
@option("--id", "process", metavar="ID", help="The process's own id; else, the definition's.")
@option("--on", metavar="DATE", help="Its first day; else, as the definition has it.")
@parameters
@option(
    "--reconstruction",
    is_flag=True,
    guessed=False,
    help="Recorded afterwards: nobody is reminded.",
)
@option(
    "--allow-unsound",
    metavar="REASON",
    help="Start it though its definition is not sound; why is kept in the journal.",
)
@write_once
@click.pass_obj
def start(
    setup: Setup,
    /,
    *,
    definition: str,
    process: str | None,
    on: str | None,
    values: tuple[str, ...],
    reconstruction: bool,
    allow_unsound: str | None,
    key: str | None,
    dry: bool,
) -> None:
    """Start a process from a shipped definition or a file."""
    from definitions.library import open_definition
    from terminal.handlers.start import Beginning, start_process

    opened = open_definition(definition, values_of(values))
    beginning = Beginning(process, on, reconstruction, allow_unsound)
    start_process(setup, opened, beginning, key=key, dry=dry)


@click.command(cls=Command)
@argument("file", offers=Offer.FACTS)
@option(
    "--process",
    metavar="ID",
    offers=Offer.PROCESS,
    help="The process; else, the one the file names.",
)
@write
@click.pass_obj
def replay(setup: Setup, /, *, file: str, process: str | None, dry: bool) -> None:
    """Record a file of dated, sourced facts: all of them or none, and each only once."""
    from terminal.handlers.start import replay_file

    replay_file(setup, file, process, dry=dry)
