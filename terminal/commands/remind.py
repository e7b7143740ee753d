"""Who is reminded of what, and sending it."""

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
from terminal.handlers.processes import (
    today_in,
)
from terminal.runtime.click_commands import CommandThatWrites, Group
from terminal.runtime.errors import FAILED, TEMPORARY
from terminal.runtime.output import (
    say,
    show,
)
from terminal.runtime.parameters import FILE
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    span_of,
)


@click.group(cls=Group)
def remind() -> None:
    """See who is reminded of what, and send it."""


@remind.command("list")
@argument("process", offers=Offer.PROCESS, required=False)
@of_some_days
@query
@click.pass_obj
def remind_list(
    setup: Setup, process: str | None, since: str | None, until: str | None, as_json: bool
) -> None:
    """List the reminders: who is told what and when, and what became of it."""
    from screens.reminders import reminders_screen
    from workflow.reminders.listing import listed

    with setup.queries() as queries:
        first, last = span_of(since, until, today_in(queries, process) if process else setup.today)
        view = listed(queries, process, setup.page.language, first, last)
    show(setup, "remind-list", view, reminders_screen, as_json)


@remind.command("preview")
@argument("process", offers=Offer.PROCESS)
@of_some_days
@option("--to-folder", "folder", type=FILE, metavar="FOLDER", help="As .eml files in a folder.")
@query
@click.pass_obj
def remind_preview(
    setup: Setup,
    process: str,
    since: str | None,
    until: str | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Show what would be said on some days, else in the coming week; nothing is sent."""
    from screens.reminders import preview_screen
    from terminal.handlers.remind import previewed

    show(
        setup,
        "remind-preview",
        previewed(setup, process, since, until, folder),
        preview_screen,
        as_json,
    )


@remind.command("run-due")
@write
@click.pass_obj
def remind_run_due(setup: Setup, dry: bool) -> None:
    """Send what is due now, once: for cron, and for emergencies."""
    from screens.reminders import RunDueView, SweepView, run_due_screen
    from terminal.handlers.remind import sender_of, settings_of
    from workflow.reminders.listing import due_now
    from workflow.reminders.outbox import said_once

    if dry:
        with setup.queries() as queries:
            due = RunDueView(True, due_now(queries, setup.page.language), None)
        show(setup, "remind-run-due", due, run_due_screen, setup.as_json)
        return
    with setup.engine() as engine:
        tally = sender_of(setup, settings_of(setup), engine).sweep()
    view = SweepView(
        tally.sent,
        tally.failed,
        tally.refused,
        said_once(tally.troubles),
        tally.unheard,
        tally.filed,
        tally.folder,
    )
    done = RunDueView(False, None, view)
    show(setup, "remind-run-due", done, run_due_screen, setup.as_json)
    if not tally.well:
        raise click.exceptions.Exit(TEMPORARY if tally.passing else FAILED)


@remind.command("run", cls=CommandThatWrites)
@common
@click.pass_obj
def remind_run(setup: Setup) -> None:
    """Send what is due, all the time, until Ctrl-C; several may run at once."""
    from scheduler.service import Service
    from screens.reminders import ready_text
    from terminal.handlers.remind import end_at_once, keep_log, on_signal, sender_of, settings_of

    settings = settings_of(setup)
    with setup.engine() as engine:
        service = Service(sender_of(setup, settings, engine), settings.reminders.poll)
        on_signal(service.stopping.set)
        keep_log()
        where = str(settings.mail.folder or settings.mail.own_folder)
        ready = setup.page.told(ready_text(where, settings.mail.host))
        if not service.run(ready=lambda: say(ready)):
            end_at_once()
