"""Options and arguments whose help and metavars are translated when shown, and their types."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import click

from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from terminal.runtime.click_words import REQUIRED, page_of, said
from terminal.runtime.errors import Wrong

Completing = Callable[
    [click.Context, click.Parameter, str], "list[click.shell_completion.CompletionItem[str]]"
]
"""Returns what completes a word that was begun."""


class Settings(TypedDict, total=False):
    """The settings of Click's options and arguments that are used here."""

    type: click.ParamType[str] | click.ParamType[int] | click.Path
    metavar: str
    help: str
    required: bool
    multiple: bool
    nargs: int
    is_flag: bool
    flag_value: str
    default: object
    expose_value: bool
    is_eager: bool
    callback: Callable[[click.Context, click.Parameter, str | None], None]
    shell_complete: Completing


class Option(click.Option):
    """An option in the reader's language.

    Attributes:
        guessed: whether it is suggested for a misspelt option; not if it changes the effect.
    """

    def __init__(
        self,
        param_decls: Sequence[str] | None = None,
        *,
        guessed: bool = True,
        **settings: Unpack[Settings],
    ) -> None:
        """Take whether it may be guessed at, and what Click takes."""
        super().__init__(param_decls, **settings)
        self.guessed = guessed

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        if self.hidden:
            return None
        required = f"  [{page_of(ctx).say(REQUIRED)}]" if self.required else ""
        return self.get_help_spec(ctx), said(ctx, self.help or "") + required

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return its piece of the usage line, if it is required."""
        return [f"{self.opts[0]} {self.make_metavar(ctx)}"] if self.required else []

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the word that stands for the value."""
        return _in_words(self, super().make_metavar(ctx), ctx)


class Argument(click.Argument):
    """An argument in the reader's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the word that stands for the value."""
        return _in_words(self, super().make_metavar(ctx), ctx)


def word_for(parameter: click.Parameter) -> str | None:
    """Return the word for a parameter's value, as it stands in the catalogues.

    A flag has no value, and an option with a few words to choose from shows those.
    """
    if parameter.metavar is None and isinstance(parameter, click.Option):
        return None
    return parameter.metavar or str(parameter.name).upper()


def _in_words(parameter: click.Parameter, metavar: str, context: click.Context) -> str:
    word = word_for(parameter)
    return metavar if word is None else metavar.replace(word, said(context, word))


# --- types -------------------------------------------------------------------------------------


class OneOf(click.Choice[str]):
    """One of a few words."""

    def __init__(self, words: Sequence[str], aside: Text | None = None) -> None:
        """Take the possible words.

        Args:
            aside: an addition to the refusal of another word, which may have been meant
                differently.
        """
        super().__init__(words)
        self.aside = aside

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the word, or refuse an unknown one."""
        if value in self.choices:
            return str(value)
        choose = text("Choose one of: {choices}.", choices=self.choices)
        raise Wrong(
            text("{name} cannot be “{value}”.", name=name_of(param, ctx), value=value),
            advice=choose
            if self.aside is None
            else text("{advice} {aside}", advice=choose, aside=self.aside),
        )


class WholeNumber(click.ParamType[int]):
    """A whole number."""

    name = "integer"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number, or refuse an invalid one."""
        try:
            return int(str(value))
        except ValueError:
            raise Wrong(
                text("{name} cannot be “{value}”.", name=name_of(param, ctx), value=value),
                advice=text("Write a whole number."),
            ) from None


WHOLE = WholeNumber()
FILE = click.Path(readable=False)
"""A file; errors are reported when it is read."""
NEW_FILE = click.Path(path_type=Path, readable=False)
"""A file to be written; errors are reported when it is written."""


def name_of(parameter: click.Parameter | None, context: click.Context | None) -> str:
    """Return the name of a parameter in error messages."""
    if isinstance(parameter, click.Argument):
        return said(context, str(word_for(parameter)))
    return parameter.opts[0] if parameter else ""


@contextmanager
def naming_options(named: Mapping[str, str]) -> Iterator[None]:
    """Prefix refusals in this block with their option or argument.

    Args:
        named: the parameters whose names differ from those of the fields.
    """
    try:
        yield
    except InvalidValue as error:
        context = click.get_current_context()
        field = error.field or ""
        for parameter in context.command.params:
            if parameter.name == named.get(field, field):
                error.at(text("{name}", name=name_of(parameter, context)))
        raise


def refuse_empty(parameter: click.Parameter, value: object, context: click.Context) -> None:
    """Refuse an argument or option that is given without anything in it.

    Raises:
        Wrong: it is empty.
    """
    if isinstance(value, str) and not value.strip():
        raise Wrong(
            text("{name} is empty.", name=name_of(parameter, context)),
            advice=text("Say what it should be; see --help."),
        )
