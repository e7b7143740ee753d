"""Beginning a process, and recording a whole file of facts in it."""

from dataclasses import replace

import click

from definitions.language.characters import normal
from terminal.commands.options import (
    argument,
    option,
    parameters,
    write,
    write_once,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    key_for,
    print_receipt,
    recorded,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    answering,
    say,
)
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    date_of,
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
@write_once
@click.pass_obj
def start(  # noqa: PLR0917 - Click hands over every option
    setup: Setup,
    /,
    definition: str,
    process: str | None,
    on: str | None,
    values: tuple[str, ...],
    reconstruction: bool,
    key: str | None,
    dry: bool,
) -> None:
    """Start a process from a shipped definition or a file."""
    from definitions.library import open_definition
    from workflow.engine import Start

    opened = open_definition(definition, values_of(values))
    first = date_of(on, lambda: setup.today(opened.timezone))
    with setup.engine(make=True) as engine:
        once = key_for(setup, engine, key, dry=dry)
        begin = Start(opened, process or opened.id, setup.asker, first, reconstruction, once)
        begin = replace(begin, new_key=setup.own_key is not None)
        receipt = engine.start(begin, dry=dry)
        starters = {each.actor: normal(setup.asker) for each in receipt.entries}
        print_receipt(setup, engine, receipt, starters)


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
def replay(setup: Setup, file: str, process: str | None, dry: bool) -> None:
    """Record a file of dated, sourced facts: all of them or none, and each only once."""
    from definitions.library import facts_file
    from workflow.facts import read_facts

    story = read_facts(*facts_file(file))
    with setup.engine() as engine:
        receipt = engine.replay(story, setup.asker, process, dry=dry)
        if setup.as_json:
            print_receipt(setup, engine, receipt)
            return
    from screens.receipts import replay_screen

    with answering(recorded(receipt)):
        say(replay_screen(receipt, setup.page))
