"""Where templates of an installation run: in a program of their own, bounded in time and memory."""

import json
import os
import subprocess
import sys
import threading
import weakref
from dataclasses import asdict
from math import ceil
from pathlib import Path
from typing import IO

from definitions.language.text import Text, ntext, text
from scheduler.mail.letter_content import Page
from scheduler.mail.mime import LONGEST_SUBJECT
from scheduler.mail.phrases import plain
from scheduler.mail.templates import Failed, RenderedLetter

SECONDS = 5
"""How long the templates may take for one letter."""
START = 30
"""How many seconds the program may take to start."""
LONGEST_ANSWER = 40_000_000
"""How many bytes one answer may have: three forms of as many characters as they may have."""
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""The environment variables that it gets; others may be secrets."""


class Stopped(Exception):
    """The templates were stopped, or could not be run.

    Attributes:
        sentence: why.
    """

    def __init__(self, sentence: Text) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class TemplateProcess:
    """Runs templates in one program for many letters; close it, and it starts anew when needed.

    Once templates had to be stopped, they are not run again before it is closed: of a claim of
    letters, only the first one waits.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        """Take how long the templates may take for one letter."""
        self._seconds = seconds
        self._worker: _Worker | None = None
        self._stopped: Text | None = None

    def write(self, folder: Path, page: Page) -> RenderedLetter | Failed:
        """Return a letter by the templates in a folder; or why one of them fails.

        Raises:
            Stopped: they took too long or too much, or could not be run at all.
        """
        if self._stopped is not None:
            raise Stopped(self._stopped)
        try:
            if self._worker is None:
                self._worker = _Worker(self._seconds)
            return _read(self._worker.asked(_written(folder, page)))
        except Stopped as error:
            self.close()
            self._stopped = error.sentence
            raise

    def close(self) -> None:
        """End the program."""
        if self._worker is not None:
            self._worker.end()
        self._worker = self._stopped = None


def _written(folder: Path, page: Page) -> bytes:
    """Return the request as one line."""
    asked = {"folder": str(folder), "page": asdict(page)}
    return json.dumps(asked, default=str).encode() + b"\n"


def _read(answer: bytes) -> RenderedLetter | Failed:
    """Return the content of an answer, which is not trusted."""
    try:
        found = json.loads(answer)
        if "why" in found:
            return Failed(str(found["name"]), int(found["line"]), str(found["why"]))
        subject, said, html = (str(found[each]) for each in ("subject", "text", "html"))
    except (LookupError, TypeError, ValueError):
        raise Stopped(_ended()) from None
    return RenderedLetter(plain(subject, LONGEST_SUBJECT), said, html)


class _Worker:
    """A program that runs templates; it ends when nobody has it any more."""

    def __init__(self, seconds: float) -> None:
        """Start it.

        Args:
            seconds: how long it may take for one letter.

        Raises:
            Stopped: it cannot be started.
        """
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        path = os.pathsep.join(each or str(Path.cwd()) for each in sys.path)
        module = ("-m", "scheduler.mail.template_worker", str(ceil(seconds)))
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", *module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**kept, "PYTHONPATH": path},
            )
        except OSError:
            raise Stopped(_ended()) from None
        self._seconds = seconds
        self._process = process
        self._ended = weakref.finalize(self, _stop, process)
        try:
            self._answer(START)
        except Stopped:
            self.end()
            raise

    def asked(self, asked: bytes) -> bytes:
        """Ask for a letter, and return the answer.

        Raises:
            Stopped: there was none in time.
        """
        if self._process.stdin is None:
            raise Stopped(_ended())
        try:
            self._process.stdin.write(asked)
            self._process.stdin.flush()
        except OSError:
            raise Stopped(_ended()) from None
        return self._answer(self._seconds)

    def end(self) -> None:
        """End it, whatever it does."""
        self._ended()

    def _answer(self, seconds: float) -> bytes:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            stdout = self._process.stdout
            line = b"" if stdout is None else stdout.readline(LONGEST_ANSWER)
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            return line
        raise Stopped(_took_too_long(seconds) if late.is_set() else _ended())


def _took_too_long(seconds: float) -> Text:
    return ntext(
        "The templates took longer than {n} second and were stopped, so the built-in ones are used",
        "The templates took longer than {n} seconds and were stopped, so the built-in ones are "
        "used",
        ceil(seconds),
    )


def _ended() -> Text:
    return text(
        "The program that runs the templates ended, so the built-in ones are used: a template may "
        "take too much time or memory"
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program, whatever it does."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        _close(stream)
    process.wait()


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        try:
            stream.close()
        except OSError:
            return  # what was still to be written has no reader
