"""The commands about reminders and sending them."""

import click

from terminal.commands.options import (
    argument,
    common,
    of_some_days,
    option,
    query,
    write,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import CommandThatWrites, Group
from terminal.runtime.parameters import FILE
from terminal.runtime.setup import Setup


@click.group(cls=Group)
def remind() -> None:
    """Show reminders, and send them."""


@remind.command("list")
@argument("process", offers=Offer.PROCESS, required=False)
@of_some_days
@query
@click.pass_obj
def remind_list(
    setup: Setup,
    /,
    *,
    process: str | None,
    since: str | None,
    until: str | None,
    as_json: bool,
) -> None:
    """List the reminders: to whom, about what, when, and their outcome."""
    from terminal.handlers.reminders import show_reminders

    show_reminders(setup, process, since, until, as_json=as_json)


@remind.command("preview")
@argument("process", offers=Offer.PROCESS)
@of_some_days
@option("--to-folder", "folder", type=FILE, metavar="FOLDER", help="As .eml files in a folder.")
@query
@click.pass_obj
def remind_preview(
    setup: Setup,
    /,
    *,
    process: str,
    since: str | None,
    until: str | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Show the letters of some days, else of the coming week; nothing is sent."""
    from terminal.handlers.letters import show_letters

    show_letters(setup, process, (since, until), folder, as_json=as_json)


@remind.command("run-due")
@write
@click.pass_obj
def remind_run_due(setup: Setup, /, *, dry: bool) -> None:
    """Send what is due now, once: for cron, and for emergencies."""
    from terminal.handlers.remind import send_due, show_due_now

    if dry:
        show_due_now(setup)
    else:
        send_due(setup)


@remind.command("run", cls=CommandThatWrites)
@common
@click.pass_obj
def remind_run(setup: Setup) -> None:
    """Send what is due, all the time, until Ctrl-C; several may run at once."""
    from terminal.handlers.remind import send_always

    send_always(setup)
