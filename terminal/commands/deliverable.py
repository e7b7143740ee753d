"""Reporting how far a part of a deliverable is."""

import click

from terminal.commands.options import (
    argument,
    option,
    remark,
    secrecy,
    seen_by,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import FILE
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import (
    file_hash,
    openness_of,
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
@secrecy
@seen_by
@write_entry
@click.pass_obj
def deliverable(
    setup: Setup,
    /,
    *,
    process: str,
    part: str,
    level: str,
    subject: str | None,
    on: str | None,
    file: str | None,
    version: str | None,
    remark: str | None,
    secrecy: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Report how far a part of a deliverable is."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import ReportPart

    text = file_hash(file)
    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: ReportPart(
            part,
            level,
            day,
            subject=subject,
            reference=reference,
            text=text,
            version=version,
            remark=remark,
            secrecy=secrecy,
            openness=seen_by,
        ),
    )
