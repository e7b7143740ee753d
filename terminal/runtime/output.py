"""Results on standard output, messages on standard error."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import click

from definitions.language.errors import MijlpaalError, reason_of
from definitions.language.secrets import without_passwords
from definitions.language.text import Text, text
from definitions.new_files import device, new_file
from screens.page import Page
from terminal.runtime.errors import AnswerLost, ReaderGone, Wrong
from terminal.runtime.setup import Setup

View = TypeVar("View")


def say(screen: str) -> None:
    """Print a result.

    Raises:
        ReaderGone: the reading program (``head``, a pager) has ended.
    """
    try:
        # A plain page has no styles, so that none have to be taken out.
        click.echo(screen, color=True)
    except OSError as error:
        # Drop unwritten output, which Python would try again to write at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise ReaderGone from None
        raise


def show(
    setup: Setup, command: str, view: View, screen: Callable[[View, Page], str], as_json: bool
) -> None:
    """Print a read model, as a screen or as JSON."""
    remark_on_standby(setup)
    if as_json:
        say_as_json(setup, command, view)
    else:
        say(screen(view, setup.page))


def say_as_json(setup: Setup, command: str, view: object) -> None:
    """Print a read model as JSON.

    Args:
        command: what its schema is called.
    """
    from screens.json_output import envelope

    say(envelope(command, view, setup.page, setup.standby))


def remark_on_standby(setup: Setup) -> None:
    """Say on standard error as of when it was read, where the server follows another."""
    if setup.standby is not None:
        from screens.standby import read_from_standby

        with suppress(OSError):
            click.echo(read_from_standby(setup.standby, setup.margin), err=True, color=True)


@contextmanager
def answering(done: Text | None) -> Iterator[None]:
    """Show the answer to a command; if that fails, report that the command was executed.

    Args:
        done: the sentence on what was done; None for a dry run.

    Raises:
        AnswerLost: the answer could not be shown.
    """
    try:
        yield
    except ReaderGone:
        raise
    except Exception as error:
        if done is None:
            raise
        sentence = error.sentence if isinstance(error, MijlpaalError) else None
        raise AnswerLost(done, sentence or text("{why}.", why=reason_of(error))) from error


def write_new(file: Path, content: str) -> None:
    """Write a file that is not there yet; a device, or a pipe, may be there.

    Raises:
        Wrong: it cannot be written.
    """
    try_to_make(file)
    try:
        with device(file) if _is_device(file) else new_file(file) as out:
            out.write(content.encode())
    except OSError as error:
        raise cannot_write(file, error) from None


def try_to_make(file: Path) -> None:
    """Refuse a file that ``write_new`` would refuse, as far as that is known without writing."""
    if file.is_dir():
        raise cannot_write(file, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if os.path.lexists(file) and not _is_device(file):
        raise cannot_write(file, FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)))
    if os.path.lexists(file.parent) and not file.parent.is_dir():
        raise cannot_write(file, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
    if not file.parent.is_dir():
        raise cannot_write(file, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def _is_device(file: Path) -> bool:
    """Return whether a path is a device or pipe, which has no earlier content to lose."""
    return file.is_char_device() or file.is_fifo()


def cannot_write(file: Path, error: OSError) -> Wrong:
    """Return why a file cannot be written, and whether it, or its folder, is what to change."""
    match error:
        case FileExistsError():
            advice = text("Name a file that does not exist yet.")
        case FileNotFoundError() | NotADirectoryError():
            advice = text("Make the folder {folder} first, or name another.", folder=file.parent)
        case PermissionError() | OSError(errno=errno.EROFS):
            advice = text("Name a file in a folder in which you may write.")
        case _:
            advice = text("Name another file.")
    sentence = text("Cannot write {file}: {why}.", file=str(file), why=reason_of(error))
    return Wrong(sentence, advice=advice)


def complain(setup: Setup, error: MijlpaalError, again: str | None = None) -> None:
    """Say on standard error what was refused or is broken, why, and what would help.

    Args:
        again: the command to type again, on a line of its own that is never folded.
    """
    from screens.errors import error_screen

    # Where standard error is full too, the exit code is all that is left to say.
    with suppress(OSError):
        # Whatever is wrong with a command line, a word of it may be the URL of a database.
        said = error_screen(error, setup.margin)
        lines = said if again is None else f"{said}\n  {again}"
        click.echo(without_passwords(lines), err=True, color=True)


def ask(setup: Setup, question: Text, default: str) -> str:
    """Ask on a terminal; elsewhere, take the default."""
    if sys.stdin is None or not sys.stdin.isatty():
        return default
    return str(click.prompt(setup.page.say(question), default=default or None))
