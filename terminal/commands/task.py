"""Reporting a task."""

import click

from terminal.commands.options import (
    argument,
    of_round,
    option,
    out_of_order,
    remark,
    seen_by,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import WHOLE
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import openness_of


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
@seen_by
@write_entry
@click.pass_obj
def task(
    setup: Setup,
    /,
    *,
    process: str,
    task: str,
    result: str,
    subject: str | None,
    year: int | None,
    on: str | None,
    round: int | None,
    out_of_order: str | None,
    remark: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Report a task: what was held, offered, answered or sent."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import ReportTask

    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: ReportTask(
            task,
            result,
            day,
            subject=subject,
            reference=reference,
            out_of_order=out_of_order,
            remark=remark,
            year=year,
            round=round,
            openness=seen_by,
        ),
    )
