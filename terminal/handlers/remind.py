"""Sending reminders: the settings, the way out, and the outbox, put together."""

import logging
import os
import platform
import random
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import click

from scheduler.channel_choice import channel_of
from scheduler.sending import Sender
from scheduler.service import Service
from scheduler.settings import Settings
from screens.reminders import RunDueView, SweepView, ready_text, run_due_screen
from screens.safe_text import printable
from terminal.handlers.mailing import settings_of, writer_of
from terminal.runtime.errors import FAILED, TEMPORARY
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.open_engine import engine_of
from terminal.runtime.output import say, show
from terminal.runtime.setup import Setup
from workflow.engine import Engine
from workflow.reminders.claim import trouble_lines
from workflow.reminders.listing import due_now
from workflow.reminders.outbox import Outbox
from workflow.reminders.retry_policy import RetryPolicy


def show_due_now(setup: Setup) -> None:
    """Show the reminders that are due now, without sending."""
    with database_queries_of(setup) as queries:
        due = RunDueView(True, due_now(queries, setup.page.language), None)
    show(setup, "remind-run-due", due, run_due_screen, setup.as_json)


def send_due(setup: Setup) -> None:
    """Send the due reminders once; exit with the code of any failure."""
    with engine_of(setup) as engine:
        tally = sender_of(setup, settings_of(setup), engine).sweep()
    view = SweepView(
        tally.sent,
        tally.failed,
        tally.refused,
        trouble_lines(tally.troubles),
        tally.unreachable,
        tally.filed,
        tally.folder,
    )
    done = RunDueView(False, None, view)
    show(setup, "remind-run-due", done, run_due_screen, setup.as_json)
    if not tally.well:
        raise click.exceptions.Exit(TEMPORARY if tally.passing else FAILED)


def send_always(setup: Setup) -> None:
    """Send due reminders until this program is stopped."""
    settings = settings_of(setup)
    with engine_of(setup) as engine:
        service = Service(sender_of(setup, settings, engine), settings.reminders.poll)
        on_signal(service.stopping.set)
        keep_log()
        where = str(settings.mail.folder or settings.mail.own_folder)
        ready = setup.page.paragraph(ready_text(where, settings.mail.host))
        if not service.run(ready=lambda: say(ready)):
            end_at_once()


def sender_of(setup: Setup, settings: Settings, engine: Engine) -> Sender:
    """Return the sender of a database's reminders, as one node among others."""
    asked = settings.reminders
    policy = RetryPolicy(
        lease=asked.lease, pauses=asked.retry, jitter=asked.jitter, least=asked.give_up
    )
    write = writer_of(settings)
    outbox = Outbox(engine, write, setup.new_id, random.random, policy, write.rest)
    return Sender(outbox, channel_of(settings.mail), node_name(setup.new_id()), setup.clock)


_MACHINE = 64
"""How much of a machine’s name there is room for in that of a node; most are shorter."""


def node_name(id_: str) -> str:
    """Return the name of this node: its machine, and an id of its own."""
    return f"{platform.node()[:_MACHINE] or 'node'}-{os.getpid()}-{id_[:8]}"


def on_signal(stop: Callable[[], None]) -> None:
    """Shut down cleanly on a signal.

    A separate thread stops it, since a signal may arrive while the main thread holds the lock that
    stopping needs.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: threading.Thread(target=stop).start())


class _Stamped(logging.Formatter):
    """A line of the log, with its instant as ISO 8601 has it: 2026-03-16T09:00:00+01:00.

    Texts of others, such as a mail server's, are made safe for a terminal.
    """

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - as logging calls it
        return datetime.fromtimestamp(record.created, UTC).astimezone().isoformat("T", "seconds")


def stamped() -> logging.Formatter:
    """Return the formatter of log lines."""
    return _Stamped("%(asctime)s %(levelname)s %(message)s")


def keep_log() -> None:
    """Log to standard error with instants; from APScheduler only warnings and errors."""
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(stamped())
    logging.basicConfig(level=logging.INFO, handlers=[to_stderr])
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def end_at_once() -> None:
    """End without waiting for a thread that is stuck: what it holds, others take."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
