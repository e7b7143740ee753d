"""The streams of this process, its terminal, and Ctrl-C."""

import io
import os
import signal
import sys
from typing import TextIO

from terminal.runtime.setup import PIPE_WIDTH, Setup


def replace_what_cannot_be_shown() -> None:
    """Replace characters that an output cannot encode by question marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def end_at_ctrl_c() -> None:
    """Make Ctrl-C end the program at once and silently; unfinished writes are rolled back.

    A program started to ignore Ctrl-C (``nohup``) keeps ignoring it; ``remind run`` handles it
    itself.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def given_setup() -> Setup:
    """Return the set-up of this process, with its streams."""
    return Setup(
        width=_width(),
        shown=_is_terminal(sys.stdout),
        messages_on_terminal=_is_terminal(sys.stderr),
        encoding=getattr(sys.stdout, "encoding", None) or "utf-8",
    )


def _is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; a closed one is not."""
    return stream is not None and stream.isatty()


def _width() -> int:
    """Return the width of the terminal, or that of COLUMNS; a pipe has a fixed one."""
    # Python has no stream at all for one that was closed before it began (mijlpaal … >&-).
    if _is_terminal(sys.stdout) or "COLUMNS" in os.environ:
        # Imported here: it takes a fiftieth of a query, and a pipe does without.
        from shutil import get_terminal_size

        return get_terminal_size((PIPE_WIDTH, 24)).columns
    return PIPE_WIDTH
