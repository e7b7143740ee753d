"""What Click found wrong in a command line, in our own words: what, and how it is written."""

import click

from definitions.language.text import Text, text
from terminal.runtime.click_words import usage_of
from terminal.runtime.command_suggestions import guess_at_option
from terminal.runtime.errors import Wrong
from terminal.runtime.parameters import name_of


def in_our_words(error: click.UsageError) -> Wrong:
    """Return Click's error as one of ours: a sentence, and advice."""
    return Wrong(_sentence(error), advice=_advice(error))


def _sentence(error: click.UsageError) -> Text:
    match error:
        case click.NoSuchOption():
            return text("There is no option {option} here.", option=error.option_name)
        case click.MissingParameter(param=parameter, ctx=context):
            return text("{name} is missing.", name=name_of(parameter, context))
        case click.BadOptionUsage() if _is_flag(error):
            return text("The option {option} takes no value.", option=error.option_name)
        case click.BadOptionUsage():
            return text("The option {option} needs a value.", option=error.option_name)
        case _ if error.ctx is not None and isinstance(error.ctx.command, click.Group):
            return text("The command is missing.")
        case _:
            return text("This command cannot be understood.")


def _advice(error: click.UsageError) -> Text | None:
    if error.ctx is None:
        return None
    if isinstance(error, click.NoSuchOption):
        guess = guess_at_option(error.option_name, _options(error.ctx))
        if guess is not None:
            return guess
    return text(
        "Write: {usage} — all of it: {command} --help",
        usage=usage_of(error.ctx),
        command=error.ctx.command_path,
    )


def _is_flag(error: click.BadOptionUsage) -> bool:
    found = [] if error.ctx is None else _options(error.ctx)
    return any(each.is_flag for each in found if error.option_name in each.opts)


def _options(context: click.Context) -> list[click.Option]:
    found = context.command.get_params(context)
    return [each for each in found if isinstance(each, click.Option)]
