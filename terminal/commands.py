"""Commands and options whose help is in the reader's language, and who refuse what is empty."""

import inspect
from typing import Any

import click

from definitions.text import text
from screens.page import Page
from terminal.errors import Wrong
from terminal.setup import Setup


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, in the reader's language."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, _said(ctx, self.help))


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._help(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Click's own signature
        """Return the first sentence of the help, whole, in the reader's language."""
        return self._help(click.get_current_context(silent=True)).split("\n")[0].rstrip(".")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments and options; one that is given but empty is none."""
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            refuse_empty(parameter, ctx.params.get(str(parameter.name)))
        return rest

    def _help(self, context: click.Context | None) -> str:
        return _said(context, inspect.cleandoc(self.help or ""))


class Group(click.Group, Command):
    """A group of such commands."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and suggest one where there is none of that name."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from definitions.naming import guess_at

            commands = self.list_commands(ctx)
            begun = [each for each in commands if name and each.startswith(name)]
            raise Wrong(
                text("There is no command “{name}”.", name=name),
                advice=guess_at(name, begun or commands)
                or text("See all commands with: {program} --help", program=ctx.command_path),
            )
        return super().resolve_command(ctx, args)


Group.group_class = Group


def refuse_empty(parameter: click.Parameter, value: Any) -> None:
    """Refuse an argument or option that is given without anything in it.

    Raises:
        Wrong: it is empty.
    """
    if isinstance(value, str) and not value.strip():
        is_option = isinstance(parameter, click.Option)
        name = parameter.opts[0] if is_option else parameter.human_readable_name
        raise Wrong(
            text("{name} is empty.", name=name),
            advice=text("Say what it should be; see --help."),
        )


def _said(context: click.Context | None, message: str) -> str:
    setup = None if context is None else context.find_object(Setup)
    page = setup.page if setup is not None else Page()
    return page.say(text(message))
