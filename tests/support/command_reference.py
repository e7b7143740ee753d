"""The reference of commands, made from the help that the program prints."""

import contextlib
import io
from collections.abc import Iterator

import click

from cli import cli, run
from definitions.language.naming import PROGRAM
from terminal.runtime.setup import Setup


def command_reference() -> str:
    """Return the reference as Markdown: a section for each command, with its help as printed."""
    return "\n\n".join(_section(line) for line in command_lines())


def command_lines() -> list[str]:
    """Return every command as it is typed, without the name of the program; its own is empty."""
    return list(_lines("", cli))


def _lines(typed: str, command: click.Command) -> Iterator[str]:
    yield typed
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _lines(f"{typed} {name}".strip(), command.commands[name])


def _section(line: str) -> str:
    level = "###" if " " in line else "##"
    title = f"{PROGRAM} {line}".strip()
    return f"{level} {title}\n\n```text\n{_help(line.split())}\n```"


def _help(words: list[str]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        run([*words, "--help"], Setup(environment={}, user=lambda: ""))
    return printed.getvalue().rstrip()
