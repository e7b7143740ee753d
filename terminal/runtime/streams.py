"""What this process was given: its streams, its terminal, and Ctrl-C."""

import io
import os
import shutil
import signal
import sys
from typing import TextIO

from terminal.runtime.setup import PIPE_WIDTH, Setup


def replace_what_cannot_be_shown() -> None:
    """Let what a terminal or a file cannot show become a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def end_at_ctrl_c() -> None:
    """Let Ctrl-C end the program at once and without a word; what was being written is undone.

    Who started it so that it does not hear of Ctrl-C (``nohup``) is obeyed; what ends otherwise
    (``remind run``) says so itself.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def given_setup() -> Setup:
    """Return what this program was given, and where what it says goes."""
    return Setup(
        width=_width(),
        shown=_is_terminal(sys.stdout),
        messages_on_terminal=_is_terminal(sys.stderr),
        encoding=getattr(sys.stdout, "encoding", None) or "utf-8",
    )


def _is_terminal(stream: TextIO | None) -> bool:
    """Say whether a stream goes to a terminal; one that was closed goes nowhere."""
    return stream is not None and stream.isatty()


def _width() -> int:
    """Return the width of the terminal, or that of COLUMNS; a pipe has a fixed one."""
    # Python has no stream at all for one that was closed before it began (mijlpaal … >&-).
    if _is_terminal(sys.stdout) or "COLUMNS" in os.environ:
        return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
    return PIPE_WIDTH
