"""Results on standard output, messages on standard error."""

import os
import sys
from collections.abc import Callable
from typing import Any

import click

from definitions.errors import MijlpaalError
from definitions.text import Text
from screens.page import Page
from terminal.errors import ReaderGone
from terminal.setup import Setup


def say(screen: str) -> None:
    """Print a result.

    Raises:
        ReaderGone: whoever read it (``head``, a pager) has seen enough.
    """
    try:
        # A plain page has no styles, so that none have to be taken out.
        click.echo(screen, color=True)
    except OSError as error:
        # What could not be written is dropped: Python would try again, and complain, at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise ReaderGone from None
        raise


def show(
    setup: Setup, command: str, view: Any, screen: Callable[[Any, Page], str], as_json: bool
) -> None:
    """Print a read model, as a screen or as JSON."""
    if as_json:
        from screens.envelope import envelope

        say(envelope(command, view, setup.page))
    else:
        say(screen(view, setup.page))


def complain(setup: Setup, error: MijlpaalError) -> None:
    """Say on standard error what was refused or is broken, why, and what would help."""
    from screens.errors import error_screen

    click.echo(error_screen(error, setup.margin), err=True, color=True)


def ask(setup: Setup, question: Text, default: str) -> str:
    """Ask on a terminal; elsewhere, take the default."""
    if sys.stdin is None or not sys.stdin.isatty():
        return default
    return str(click.prompt(setup.page.say(question), default=default or None))
