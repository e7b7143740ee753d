"""The normal form of the texts in commands."""

from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from definitions.language.characters import normal
from definitions.language.values import replace
from workflow.model.commands import Command

AnyCommand = TypeVar("AnyCommand", bound=Command)


def in_normal_form(command: AnyCommand) -> AnyCommand:
    """Return a command with its texts in normal form, so that equal texts are stored equally."""
    otherwise: dict[str, Any] = {}
    kind: Any = type(command)
    for name in _fields_of(kind):
        said = getattr(command, name)
        normal_said = _normal(said)
        if normal_said != said:
            otherwise[name] = normal_said
    return replace(command, **otherwise) if otherwise else command


@cache
def _fields_of(kind: type[Command]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _normal(value: object) -> object:
    if type(value) is str:
        return normal(value)
    return tuple(map(_normal, value)) if type(value) is tuple else value
