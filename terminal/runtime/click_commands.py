"""Commands whose help is in the reader's language, and who say themselves what is wrong."""

import inspect
import re

import click

from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from terminal.runtime.click_words import (
    COMMANDS,
    OPTIONS,
    PIECES,
    SHOW_HELP,
    USAGE,
    page_of,
    said,
    usage_of,
)
from terminal.runtime.errors import Wrong
from terminal.runtime.parameters import refuse_empty

NARROWEST = 50
"""The minimum width for which Click formats help."""
MARGIN = 2


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    # Surplus arguments are refused below, in our own words.
    allow_extra_args = True

    def get_help(self, ctx: click.Context) -> str:
        """Return the help, folded to the terminal also where that is narrower than Click minds."""
        width = page_of(ctx).width - MARGIN
        if width < NARROWEST:
            ctx.terminal_width = max(width, NARROWEST // 2)
        return super().get_help(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is written."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, f"{page_of(ctx).say(USAGE)} ")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of a usage line."""
        return _in_words(super().collect_usage_pieces(ctx), ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the command."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._help(ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        records = [each.get_help_record(ctx) for each in options]
        with formatter.section(page_of(ctx).say(OPTIONS)):
            formatter.write_dl([each for each in records if each is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help, with its help in the language of the moment."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = page_of(ctx).say(SHOW_HELP)
        return found

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Click's own signature
        """Return the first sentence of the help, whole, in the reader's language."""
        return self._help(click.get_current_context(silent=True)).split("\n")[0].rstrip(".")

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list["click.shell_completion.CompletionItem[str]"]:
        """Return the options or commands that fit, with their help in the reader's language."""
        with ctx.scope(cleanup=False):
            found = click.Command.shell_complete(self, ctx, incomplete)
        options = {name: each for each in self.params for name in each.opts}
        for item in found:
            if isinstance(option := options.get(item.value), click.Option):
                item.help = said(ctx, option.help or "")
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments and options; refuse empty ones."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        for parameter in self.params:
            refuse_empty(parameter, ctx.params.get(str(parameter.name)), ctx)
        if rest and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise Wrong(
                text("This is more than is asked for: {words}.", words=rest),
                advice=text("Write: {usage}", usage=usage_of(ctx)),
            )
        return rest

    def invoke(self, ctx: click.Context) -> object:
        """Do what was asked; what is refused knows of which process."""
        try:
            return super().invoke(ctx)
        except MijlpaalError as error:
            if process := ctx.params.get("process"):
                error.of(process)
            raise

    def _help(self, context: click.Context | None) -> str:
        return said(context, help_of(self))


class CommandThatWrites(Command):
    """A command that writes though it cannot be tried first."""


class CommandOfRungs(Command):
    """A command whose last argument can be a ladder: it begins with a dash, and is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments and options; a rung is not taken for one of these."""
        return super().parse_args(ctx, self._rungs_last(args))

    def _rungs_last(self, args: list[str]) -> list[str]:
        """Return the arguments with rungs such as -14d moved behind all options and ``--``."""
        if "--" in args:
            return args
        valued = {
            name
            for each in self.params
            if isinstance(each, click.Option) and not each.is_flag
            for name in each.opts
        }
        rungs = [
            at
            for at, each in enumerate(args)
            if _RUNG.match(each) and (at == 0 or args[at - 1] not in valued)
        ]
        others = [each for at, each in enumerate(args) if at not in rungs]
        return [*others, "--", *(args[at] for at in rungs)] if rungs else args


_RUNG = re.compile(r"-[0-9]+(?:d|wd)(?:[\s,]|$)", re.ASCII)
"""How what can only be a rung of a ladder begins: ``-14d``, ``-3wd,0d``."""


class Group(click.Group, Command):
    """A group of such commands."""

    command_class = Command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of a usage line, with those of a group."""
        return _in_words(super().collect_usage_pieces(ctx), ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        Command.format_options(self, ctx, formatter)
        found = list(self.shorts(ctx).items())
        with formatter.section(page_of(ctx).say(COMMANDS)):
            formatter.write_dl(found)

    def shorts(self, ctx: click.Context) -> dict[str, str]:  # noqa: ARG002 - of a lazy group
        """Return the first sentence of every command, in the reader's language, sorted by name."""
        return {name: self.commands[name].get_short_help_str() for name in sorted(self.commands)}

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list["click.shell_completion.CompletionItem[str]"]:
        """Return the commands and options that fit, with their help in the reader's language."""
        from click.shell_completion import CompletionItem

        with ctx.scope(cleanup=False):
            shorts = self.shorts(ctx)
        fit = [(name, help_) for name, help_ in shorts.items() if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=help_) for name, help_ in fit]
        return [*commands, *Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; suggest a similar one if there is none of that name."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from terminal.runtime.command_suggestions import guess_of

            group = "" if ctx.parent is None else str(ctx.info_name)
            see_all = text("See all commands with: {program} --help", program=ctx.command_path)
            writing = [each for each, command in self.commands.items() if does_write(command)]
            queries = [each for each in self.commands if each not in writing]
            guess = guess_of(name, group, queries, writing)
            raise Wrong(text("There is no command “{name}”.", name=name), advice=guess or see_all)
        return super().resolve_command(ctx, args)


Group.group_class = Group


def _in_words(pieces: list[str], ctx: click.Context) -> list[str]:
    """Return the pieces of a usage line in the reader's language."""
    return [page_of(ctx).say(PIECES[each]) if each in PIECES else each for each in pieces]


def does_write(command: click.Command) -> bool:
    """Return whether a command writes; a group does not by itself."""
    tried = any(each.name == "dry" for each in command.params)
    return tried or isinstance(command, CommandThatWrites)


def help_of(command: click.Command) -> str:
    """Return the help of a command, as in the catalogues."""
    return inspect.cleandoc(command.help or "")
