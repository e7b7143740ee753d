"""Sending reminders: the settings, the way out, and the outbox, put together."""

import logging
import os
import platform
import random
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from definitions.language.text import Text, text
from screens.visible import seen
from terminal.handlers.processes import today_in
from terminal.runtime.setup import Setup
from terminal.runtime.typed import span_of

SETTINGS = "MIJLPAAL_SETTINGS"
"""What names the file of settings, where it is not the user's own."""
_NO_SERVER = text("no mail server is set: letters are put in this folder, and not sent")
COMING = timedelta(days=6)
"""How many days after today are looked at where nobody says which."""


def settings_of(setup: Setup) -> Any:
    """Read the settings of this installation.

    Raises:
        SettingsInvalid: something in them is wrong; all of it is said at once.
    """
    from scheduler.settings import read_settings

    named = setup.environment.get(SETTINGS)
    return read_settings(setup.environment, Path(named) if named else None)


def sender_of(setup: Setup, settings: Any, engine: Any) -> Any:
    """Return what sends the reminders of a database, as one node among others."""
    from scheduler.opening import channel_of
    from scheduler.sending import Sender
    from workflow.reminders.outbox import Outbox, Policy

    asked = settings.reminders
    policy = Policy(lease=asked.lease, pauses=asked.retry, jitter=asked.jitter, least=asked.give_up)
    outbox = Outbox(engine, writer_of(settings), setup.new_id, random.random, policy)
    return Sender(outbox, channel_of(settings.mail), node_name(setup.new_id()), setup.clock)


def writer_of(settings: Any) -> Any:
    """Return what writes letters as this installation wants them."""
    from scheduler.mail.letters import Writer
    from screens.page import spoken

    return Writer(settings.mail, spoken)


def settings_checks(setup: Setup) -> list[Any]:
    """Return what is wrong with the settings, each by itself; nothing where they can be used."""
    from scheduler.settings import SettingsInvalid
    from workflow.storage.health import Check

    try:
        settings_of(setup)
    except SettingsInvalid as error:
        number = len(error.problems)
        return [
            Check("settings", f"{at}/{number}", well=False, remark=problem)
            for at, problem in enumerate(error.problems, 1)
        ]
    return []


def mail_way(setup: Setup) -> Any:
    """Return by which way letters go, which is not tried."""
    from workflow.storage.health import Check

    mail = settings_of(setup).mail
    remark = _by_which(mail)
    if mail.host:
        remark = text("{way}; not tried, as mijlpaal doctor --mail does", way=remark)
    return Check("mail", _where(mail), well=True, remark=remark)


def mail_trial(setup: Setup, to: str | None) -> Iterator[Any]:
    """Try the way by which letters go, step by step, and yield it and how each step went.

    Args:
        to: whom a test letter is sent to; None sends none.

    Raises:
        UnusableAddress: nothing can be sent to that.
    """
    from scheduler.mail.trial import trial, trial_letter
    from workflow.model.mail_address import mailbox
    from workflow.storage.health import Check

    if to is not None:
        mailbox(to)
    mail = settings_of(setup).mail
    yield Check("mail", _where(mail), well=True, remark=_by_which(mail))

    def letter(address: str) -> bytes:
        return trial_letter(mail, address, (setup.new_id(), setup.clock()), setup.page.say)

    for step in trial(mail, letter, to):
        yield Check(
            step.stage.value,
            step.with_,
            step.well,
            remark=step.said,
            temporary=step.temporary and not step.well,
        )


def _by_which(mail: Any) -> Text:
    """Return by which way letters go."""
    from scheduler.settings import Way

    ways = {
        Way.FOLDER: _NO_SERVER,
        Way.RELAY: text("a mail server, without logging in"),
        Way.PASSWORD: text("a mail server, with a user and a password"),
        Way.OAUTH: text("a mail server, with a user and a token (OAuth)"),
    }
    return ways[mail.way]


def _where(mail: Any) -> str:
    """Return where letters go: a mail server, or a folder."""
    return f"{mail.host}:{mail.at_port}" if mail.host else str(mail.folder or mail.own_folder)


def previewed(
    setup: Setup, process: str, since: str | None, until: str | None, folder: str | None
) -> Any:
    """Return the letters that would go out on some days; where asked, put into a folder."""
    with setup.queries() as queries:
        first, last = span_of(since, until, today_in(queries, process))
        today = queries.today_of(process).day
        first = first or last or today
        last = last or (first if since else first + COMING)
        where = None if folder is None else Path(folder)
        view = letters_of(setup, queries, process, first, last, where)
    return view if where is None else view.in_files


def letters_of(
    setup: Setup, queries: Any, process: str, first: date, last: date, folder: Path | None
) -> Any:
    """Return the letters that would go out on some days; where a folder is named, put into it."""
    from screens.reminders import PreviewView
    from workflow.reminders.listing import preview

    write = writer_of(settings_of(setup))
    letters = preview(queries, process, first, last, setup.page.language)
    written = [write(each) for each in letters]
    names = list(_file_names(each.id for each in letters))
    if folder is not None:
        contents = (each.content for each in written)
        _put(folder, dict(zip(names, contents, strict=True)))
    files = (None if folder is None else folder / each for each in names)
    return PreviewView(process, first, last, tuple(map(_shown, letters, written, files)))


def _shown(letter: Any, written: Any, file: Path | None) -> Any:
    """Return a letter as it is shown, with the file that it was put into, if it was."""
    from email import message_from_bytes, policy

    from screens.reminders import LetterView

    body = message_from_bytes(written.content, policy=policy.default).get_body(("plain",))
    said = "" if body is None else str(body.get_content()).replace("\r\n", "\n")
    place = None if file is None else str(file)
    return LetterView(letter.address, letter.name, letter.written_at, written.subject, said, place)


def _file_names(ids: Iterable[str]) -> Iterator[str]:
    """Yield what the file of each letter is called: each otherwise, and nothing in it is a place.

    Of a seat that several hold, each has a letter of the same id.
    """
    taken: Counter[str] = Counter()
    for each in ids:
        name = re.sub("[^A-Za-z0-9._-]", "-", each)
        taken[name] += 1
        number = "" if taken[name] == 1 else f"-{taken[name]}"
        yield f"{name}{number}.eml"


def _put(folder: Path, files: dict[str, bytes]) -> None:
    """Put letters into a folder, which is made where it is not there; those that are there stay.

    Raises:
        Wrong: one of them cannot be, or something else has its name; then none is.
    """
    from terminal.runtime.new_files import there_already, write_all

    there = there_already(folder, files, files)
    new = {name: files[name] for name in files if name not in there}
    if new:
        write_all(folder, new, private=True)


_MACHINE = 64
"""How much of a machine’s name there is room for in that of a node; most are shorter."""


def node_name(id_: str) -> str:
    """Return what this program is called among the nodes that send: its machine, and its own id."""
    return f"{platform.node()[:_MACHINE] or 'node'}-{os.getpid()}-{id_[:8]}"


def on_signal(stop: Callable[[], None]) -> None:
    """Let this program end as it should when it is told to.

    It is stopped from a thread of its own: a signal may come while the main one holds the very
    lock that stopping it needs.
    """
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: threading.Thread(target=stop).start())


class _Stamped(logging.Formatter):
    """A line of the log, with its instant as ISO 8601 has it: 2026-03-16T09:00:00+01:00.

    What others said (a mail server, say) is in it as a screen shows it: nothing steers a terminal.
    """

    def format(self, record: logging.LogRecord) -> str:
        return seen(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - as logging calls it
        return datetime.fromtimestamp(record.created, UTC).astimezone().isoformat("T", "seconds")


def stamped() -> logging.Formatter:
    """Return what writes the lines of the log."""
    return _Stamped("%(asctime)s %(levelname)s %(message)s")


def keep_log() -> None:
    """Write what happens to standard error, with its instant; of APScheduler, what is wrong."""
    to_stderr = logging.StreamHandler(sys.stderr)
    to_stderr.setFormatter(stamped())
    logging.basicConfig(level=logging.INFO, handlers=[to_stderr])
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def end_at_once() -> None:
    """End without waiting for a thread that is stuck: what it holds, others take."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(0)
