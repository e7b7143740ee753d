"""The type checker sees what a command is asked, down to what it asks of a process."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from terminal.handlers.correct import Changes
from terminal.program import program
from workflow.engine import Seating, Start
from workflow.model import commands

TERMINAL = Path(__file__).parents[2] / "terminal"
MODULES = sorted(TERMINAL.rglob("*.py"))

ASKS: dict[str, type] = {
    "advance": commands.Advance,
    "record": commands.Record,
    "sent": commands.FollowUp,
    "received": commands.FollowUp,
    "answer": commands.FollowUp,
    "join": commands.Join,
    "leave": commands.Leave,
    "task": commands.ReportTask,
    "deliverable": commands.ReportPart,
    "note": commands.AddNote,
    "replan": commands.Replan,
    "amend": commands.Amend,
    "correct": commands.Correct,
    "member end": commands.EndSeat,
    "member add": Seating,
    "start": Start,
}
"""What each command that writes in a process asks."""
OF_A_REQUEST = {"process", "key", "expect", "dry"}
"""What is asked of any of them: in which process, and under which conditions."""
CALLED: dict[str, dict[str, str]] = {
    "record": {"file": "text"},
    "deliverable": {"file": "text"},
    "correct": {"file": "text"},
    "member end": {"name": "person"},
}
"""An option with another name than its field: of a file the hash is asked, of a person the id."""
OF_ANY = {"own_until": "openness"}
"""The same of all commands: one field says who may see an entry, and until when."""
NOT_ASKED: dict[str, set[str]] = {
    "sent": {"step", "point"},
    "received": {"step", "point"},
    "answer": {"step"},
    "correct": {"changes"},
    "member add": {"actor", "new_key"},
    "start": {"actor", "new_key"},
}
"""The fields that are no option: the command itself says them, or the set-up does."""
NO_FIELD: dict[str, set[str]] = {
    "start": {"values"},
}
"""The options that are no field: parameters go into the definition."""


def leaves(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command of the program that is no group, with its name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for each, inner in command.commands.items():
        yield from leaves(inner, f"{name} {each}".strip())


LEAVES = dict(leaves(program))


def parameters(command: click.Command) -> set[str]:
    """Return the names of the parameters that a command is handed."""
    return {str(each.name) for each in command.params if each.expose_value}


@pytest.mark.parametrize("name", ASKS)
def test_options_are_the_fields_of_what_is_asked(name: str) -> None:
    """Under their own names, but for what is declared above."""
    called = {**OF_ANY, **CALLED.get(name, {})}
    asked = {called.get(each, each) for each in parameters(LEAVES[name])}
    known = {each.name for each in fields(ASKS[name])} - NOT_ASKED.get(name, set())
    if name == "correct":
        known |= {each.name for each in fields(Changes)} | {"source"}
    assert known - OF_A_REQUEST == asked - OF_A_REQUEST - NO_FIELD.get(name, set())


def test_what_a_correction_can_change_is_a_field_of_a_command() -> None:
    """Of at least one of those that say what happened."""
    kinds = commands.Ordinary.__args__
    assert set() == {each.name for each in fields(Changes)} - {
        field.name for kind in kinds for field in fields(kind)
    }


def test_every_command_that_is_given_a_key_is_here() -> None:
    """A new one has to say what it asks."""
    keyed = {name for name, each in LEAVES.items() if "key" in parameters(each)}
    assert keyed - {"lapse"} == set(ASKS)


@pytest.mark.parametrize("name", LEAVES)
def test_a_function_takes_what_its_options_hand_it(name: str) -> None:
    """Click hands them over by name, which no type checker sees."""
    function = LEAVES[name].callback
    assert function is not None
    taken = set(inspect.signature(inspect.unwrap(function)).parameters)
    assert parameters(LEAVES[name]) == taken - {"setup", "context"}


def test_nothing_is_any() -> None:
    """What is Any is not checked: neither its attributes nor what it is handed to."""
    assert [] == [
        f"{file.relative_to(TERMINAL)}:{node.lineno}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "Any"
    ]


def test_in_commands_only_a_command_imports_late() -> None:
    """When it runs, what it does; the handlers import at their top, as ruff sees to."""
    late = [
        f"{file.name}: {function.name}"
        for file in (TERMINAL / "commands").glob("*.py")
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and not function.decorator_list
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert ["options.py: _is_date"] == late
