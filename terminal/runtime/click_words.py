"""Click's texts in our own words, translated when shown and not when Click is imported."""

import click

from definitions.language.text import Text, text
from screens.page import Page
from terminal.runtime.setup import Setup

USAGE = text("Usage:")
OPTIONS = text("Options")
COMMANDS = text("Commands")
REQUIRED = text("required")
SHOW_HELP = text("Show this message and exit.")
PIECES = {each.message: each for each in (text("[OPTIONS]"), text("COMMAND [ARGS]..."))}
"""What Click puts in a usage line besides the arguments."""


def page_of(context: click.Context | None) -> Page:
    """Return the page that the reader of a help text has before him."""
    setup = None if context is None else context.find_object(Setup)
    return Page() if setup is None else setup.page


def said(context: click.Context | None, message: str) -> str:
    """Return a help text in the reader's language; ``catalogues`` takes them from the commands."""
    return page_of(context).say(Text(message))


def usage_of(context: click.Context) -> str:
    """Return how a command is written."""
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
