"""A group whose commands are imported when they are asked for, one module a noun."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import TypedDict, Unpack

import click

from definitions.language.text import Text
from definitions.language.values import dataclass
from terminal.runtime.click_commands import Group
from terminal.runtime.click_words import page_of


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is not imported yet; in its module it has the name that it is typed by.

    Attributes:
        module: the module it stands in.
        short: the first line of its help.
    """

    module: str
    short: Text


class _Imported(MutableMapping[str, click.Command]):
    """Commands by their names: naming them imports nothing, and taking one imports its module."""

    def __init__(self, table: Mapping[str, Lazy]) -> None:
        self._table = table
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._added:
            command = getattr(import_module(self._table[name].module), name)
            if not isinstance(command, click.Command):
                raise TypeError(command)
            self._added[name] = command
        return self._added[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._added[name] = command

    def __delitem__(self, name: str) -> None:
        del self._added[name]

    def __iter__(self) -> Iterator[str]:
        yield from {**self._table, **self._added}

    def __len__(self) -> int:
        return len({*self._table, *self._added})


class _Settings(TypedDict, total=False):
    """What Click takes of a group, as far as its own decorator hands it on."""

    callback: Callable[..., object] | None
    params: list[click.Parameter]
    help: str
    context_settings: dict[str, list[str]]


class LazyGroup(Group):
    """A group that lists its commands without importing them.

    As Click's documentation has it under “Lazily Loading Subcommands”; but ``commands`` is itself
    the mapping that imports, so that whatever walks through a program finds all of it.
    """

    def __init__(
        self, table: Mapping[str, Lazy], name: str | None = None, **settings: Unpack[_Settings]
    ) -> None:
        """Take the commands, and what Click takes of a group."""
        super().__init__(name, _Imported(table), **settings)
        self._table = table

    def shorts(self, ctx: click.Context) -> dict[str, str]:
        """Return the first sentence of every command, in the reader's language, sorted by name."""
        page = page_of(ctx)
        return {name: page.say(self._table[name].short).rstrip(".") for name in sorted(self._table)}
