"""The scripts with which shells complete words."""

import click

from terminal.commands.options import (
    argument,
    common,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.output import (
    say,
)
from terminal.runtime.parameters import OneOf


@click.command(cls=Command)
@argument("shell", type=OneOf(["bash", "zsh", "fish", "powershell"]))
@common
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script with which a shell completes commands and names."""
    from terminal.completion.shells import script_of

    say(script_of(context.find_root().command, shell).rstrip())
