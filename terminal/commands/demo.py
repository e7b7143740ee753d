"""The tour of the shipped processes."""

import click

from terminal.commands.options import (
    common,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.setup import Setup


@click.command(cls=Command)
@common
@click.pass_obj
def demo(setup: Setup) -> None:
    """Show the shipped processes on their real facts, in a throw-away database."""
    from terminal.handlers.demo import show_demo

    show_demo(setup)
