"""Reporting a task."""

from typing import Any

import click

from terminal.commands.options import (
    argument,
    of_round,
    option,
    out_of_order,
    remark,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    execute,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import WHOLE
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("task", offers=Offer.TASK, metavar="[MILESTONE/]TASK")
@argument("result", offers=Offer.RESULT)
@option(
    "--for",
    "subject",
    metavar="PARTY",
    offers=Offer.SUBJECT,
    help="For which party or group.",
)
@option("--year", type=WHOLE, metavar="YEAR", help="Which one, of what arises every year.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@of_round
@out_of_order
@remark
@write_entry
@click.pass_obj
def task(setup: Setup, /, **asked: Any) -> None:
    """Report a task: what was held, offered, answered or sent."""
    from workflow.model.commands import ReportTask

    execute(setup, ReportTask, asked)
