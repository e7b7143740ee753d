"""Reporting how far a part of a deliverable is."""

from typing import Any

import click

from terminal.commands.options import (
    argument,
    option,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    execute,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import FILE
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    hash_of,
)


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("part", offers=Offer.PART, metavar="DELIVERABLE/PART")
@argument("level", offers=Offer.LEVEL)
@option("--for", "subject", metavar="PARTY", offers=Offer.SUBJECT, help="For which party.")
@option("--on", metavar="DATE", help="When it reached the level; else, today.")
@option("--text", "file", type=FILE, metavar="FILE", help="The text that did.")
@option("--version", metavar="NAME", help="What its author calls that version.")
@remark
@write_entry
@click.pass_obj
def deliverable(setup: Setup, /, file: str | None, **asked: Any) -> None:
    """Report how far a part of a deliverable is."""
    from workflow.model.commands import ReportPart

    execute(setup, ReportPart, {**asked, "text": hash_of(file)})
