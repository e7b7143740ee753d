"""The program as it is started: how it begins, how a signal ends it, and what it does not do."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import cli
from terminal.handlers import serve
from terminal.runtime.setup import Setup
from tests.support.cli import Terminal
from tests.support.databases import Site, made
from tests.support.mailserver import HOST, Mailroom, mail_server
from tests.support.mailstorm import begin
from tests.support.postbox import until
from tests.support.web import Visitor
from workflow.storage.database import Database
from workflow.verify import verify

PROCESSES = 2
ALL = [
    *(f"oost-traject-{number}@example.example" for number in range(PROCESSES)),
    "regio@example.example",
    *(f"zuid-traject-{number}@example.example" for number in range(PROCESSES)),
]
"""Who is told something, long after the day."""
LINK = re.compile(r"http://localhost:(\d+)(/start/\S+)")
NOTE = "/trajecten/traject-0/vastleggen/aantekening"
PROGRAM = "import web.running; web.running.PATIENCE = 3; import cli; cli.main()"
"""The program, with less patience at its end than it has."""
MOST_MEMORY = 150_000
"""How many kB the program may have."""


@pytest.fixture(scope="module")
def begun(files: Site, file_template: str) -> Iterator[str]:
    """Return a database in which letters are due; copy it."""
    with made(files, file_template) as url:
        begin(url, PROCESSES)
        yield url


@pytest.fixture
def url(files: Site, begun: str) -> Iterator[str]:
    """Return the URL of a database of the test's own."""
    with made(files, begun) as url:
        yield url


@dataclass
class Program:
    """The program while it runs, and somebody who came in."""

    process: "subprocess.Popen[str]"
    visitor: Visitor
    words: str

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """End it by a signal; return its exit code, and what it said was wrong."""
        self.process.send_signal(how)
        _, wrong = self.process.communicate(timeout=20)
        return self.process.returncode, wrong


@contextmanager
def served(url: str, *options: str, port: int = 1) -> Iterator[Program]:
    """Start the program as somebody does, and come in by its link."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--lang", "nl", "serve", "--no-open", *options],
        env={**os.environ, **_environment(url, port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        words = ""
        while (found := LINK.search(words)) is None:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            words += line
        visitor = Visitor(int(found[1]))
        assert 303 == visitor.get(found[2]).status
        yield Program(process, visitor, words)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _environment(url: str, port: int) -> dict[str, str]:
    return {
        "MIJLPAAL_DATABASE_URL": url,
        "MIJLPAAL_ACTOR": "secretaris",
        "MIJLPAAL_MAIL_HOST": HOST,
        "MIJLPAAL_MAIL_PORT": str(port),
        "MIJLPAAL_MAIL_SENDER": "griffie@drechtsteden.example",
        "MIJLPAAL_SETTINGS": os.devnull,
    }


def _run_due(url: str, port: int) -> None:
    """Send what is due, a while from now."""
    later = lambda: datetime.now(UTC) + timedelta(minutes=10)  # noqa: E731 - one line says it
    cli.run(["remind", "run-due"], Setup(_environment(url, port), later))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_without_cutting_anything(url: str, how: signal.Signals) -> None:
    """A form in hand is answered, a letter that is being sent is sent; then it ends well."""
    room = Mailroom(silent=1.0)
    with mail_server(room) as port:
        with served(url, port=port) as program:
            visitor = program.visitor
            form = visitor.get(NOTE).form
            body = f"token={form.fields['token'][0]}&note=Net+op+tijd.&on=2021-09-01&step=show"
            head = visitor.head(
                "POST",
                NOTE,
                content_length=str(len(body)),
                content_type="application/x-www-form-urlencoded",
                sec_fetch_site="same-origin",
            )
            with visitor.line() as line:
                line.sendall(head + body[:20].encode())
                assert until(lambda: bool(room.letters))
                program.process.send_signal(how)
                time.sleep(0.3)
                line.sendall(body[20:].encode())
                answer = visitor.heard(line)
            assert (200, True) == (answer.status, "Net op tijd." in answer.words), answer.words
            code, wrong = program.end(how)
            assert 0 == code, wrong
        room.silent = 0
        _run_due(url, port)
    assert "Traceback" not in wrong
    assert ALL == sorted(to for to, _ in room.letters)
    with Database(url) as database:
        assert [] == [v.problems for v in verify(database) if v.problems]


def test_it_says_where_the_pages_are_and_keeps_within_its_memory(url: str) -> None:
    """The link stands on a line of its own; the program is small after every page was made."""
    with served(url, "--no-reminders") as program:
        for path in ("/", "/trajecten", "/trajecten/traject-0", NOTE):
            assert 200 == program.visitor.get(path).status
        status = Path(f"/proc/{program.process.pid}/status")
        if status.exists():
            (most,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
            assert int(most) < MOST_MEMORY
        code, wrong = program.end()
    assert (0, "") == (code, wrong)
    assert re.search(r"^  http://localhost:\d+/start/\S+$", program.words, re.MULTILINE)


def test_without_reminders_nothing_is_sent(url: str) -> None:
    """Where another program sends them, this one leaves them alone."""
    room = Mailroom()
    with mail_server(room) as port, served(url, "--no-reminders", port=port) as program:
        time.sleep(1.0)
        assert (0, "") == program.end()
    assert [] == room.letters


def test_a_reader_that_never_ends_does_not_keep_it(url: str) -> None:
    """A form of which no more comes is waited for so long, and no longer."""
    with served(url, "--no-reminders") as program:
        head = program.visitor.head(
            "POST", NOTE, content_length="100", sec_fetch_site="same-origin"
        )
        with program.visitor.line() as line:
            line.sendall(head + b"note=")
            time.sleep(0.2)
            begun = time.monotonic()
            code, wrong = program.end()
            assert (0, True) == (code, time.monotonic() - begun < 7), wrong
    assert "Traceback" not in wrong


# --- what it does not do -----------------------------------------------------------------------


def test_a_port_that_is_taken_is_said(terminal: Terminal) -> None:
    """With what would help; the database is not looked at."""
    with closing(socket.create_server((HOST, 0))) as other:
        port = other.getsockname()[1]
        said = terminal.refused(2, f"--lang nl serve --no-open --port {port}")
    assert f"Kan niet luisteren op poort {port}" in said
    assert "--port" in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "griffie.example"])  # noqa: S104 - it is refused
def test_it_serves_nobody_but_whoever_sits_there(terminal: Terminal, host: str) -> None:
    """Nobody signs in as yet, so another machine gets nothing."""
    said = terminal.refused(2, "serve", "--no-open", "--host", host)
    assert host in said
    assert "--host" in said


def test_without_the_extra_it_says_how_to_add_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever installed the program without its pages is told how to have them."""
    monkeypatch.setattr(serve, "find_spec", lambda _: None)
    said = terminal.refused(2, "serve", "--no-open")
    assert "[web]" in said


def test_what_is_no_port_is_refused(terminal: Terminal) -> None:
    """Neither below nor above."""
    for port in ("65536", "-1", "x"):
        terminal.refused(2, "serve", "--no-open", "--port", port)
