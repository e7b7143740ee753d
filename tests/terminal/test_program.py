"""The program: its table of commands, and what is imported for which of them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from definitions.language.text import Text
from terminal.program import COMMANDS, program
from terminal.runtime.click_commands import help_of

ROOT = Path(__file__).parents[2]
IMPORTED = "print(*sorted(each for each in sys.modules if each.startswith('terminal.commands.')))"


def imported_for(*words: str, **environment: str) -> list[str]:
    """Return which modules of commands are imported where a command line is run."""
    code = (
        "import os, sys; from cli import run; from terminal.runtime.setup import Setup; "
        f"sys.stdout = open(os.devnull, 'w'); run({list(words)!r}, Setup({environment!r})); "
        f"sys.stdout = sys.__stdout__; {IMPORTED}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {each.removeprefix("terminal.commands.") for each in done.stdout.split()}
    return sorted(names - {"options"})


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_short_help_is_the_first_line_of_the_help(name: str) -> None:
    """What is listed without importing a command is what it says of itself."""
    assert COMMANDS[name].short == Text(help_of(program.commands[name]).split("\n")[0])
    assert name == program.commands[name].name


def test_every_module_of_commands_is_in_the_table() -> None:
    """A command that nobody can reach is none."""
    files = {file.stem for file in (ROOT / "terminal" / "commands").glob("[a-z]*.py")}
    assert files - {"options"} == {each.module.rpartition(".")[2] for each in COMMANDS.values()}


def leaves(command: click.Command) -> Iterator[click.Command]:
    """Yield every command that is no group."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            yield from leaves(each)
    else:
        yield command


def test_walking_through_the_program_finds_all_of_it() -> None:
    """Click's own mapping of commands imports them, so that tools need not know of it."""
    assert set(COMMANDS) == set(program.commands)
    modules = {each.callback.__module__ for each in leaves(program) if each.callback}
    assert {each.module for each in COMMANDS.values()} == modules


@pytest.mark.parametrize(
    ("words", "imported"),
    [
        (("--help",), []),
        (("record", "--help"), ["decision"]),
        (("member", "--help"), ["member"]),
    ],
    ids=["program", "command", "group"],
)
def test_only_the_module_of_the_command_is_imported(
    words: tuple[str, ...], imported: list[str]
) -> None:
    """And for the help of the program, none."""
    assert imported == imported_for(*words)


@pytest.mark.parametrize(
    ("line", "imported"),
    [("mijlpaal re", []), ("mijlpaal record --", ["decision"])],
    ids=["command", "option"],
)
def test_only_the_module_of_the_command_is_imported_for_the_tab_key(
    line: str, imported: list[str]
) -> None:
    """And to complete the name of a command, none."""
    asked = {"_MIJLPAAL_COMPLETE": "bash_complete", "COMP_WORDS": line}
    assert imported == imported_for(**asked)
