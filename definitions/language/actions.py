"""What helps, as data: the command that can be given, and the field that is to be filled in.

The core says *what* can be done. How it is asked for depends on where it is read: a command line
shows a line to type and the name of an option, a web page a link and the label of a field. A
:class:`Face` has the words for both, and goes with the catalogue of a language.
"""

import gettext
from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

from definitions.language.serialising import written_as
from definitions.language.text import Rendered, Text
from definitions.language.values import dataclass, replace


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that the user still has to fill in.

    Attributes:
        of: the kind of value, if the field alone does not determine it: ``party`` of a ``body``,
            for instance.
    """

    of: str = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        """Have pydantic write null."""
        return written_as(cls, "none", lambda _, __: None)


BLANK = Blank()
"""A value that only they know who give the command."""

Given = str | Text | Blank | bool
"""The value of a field: as it is, in the reader's language, still to be filled in, or a mark."""


@dataclass(frozen=True, slots=True)
class Field(Rendered):
    """A field of a command, and perhaps what is to stand in it.

    Attributes:
        name: of the field, as in ``workflow.model.commands``.
        value: what to fill in; None where only the field is meant.
    """

    name: str
    value: Given | None = None

    def render(self, catalogue: gettext.NullTranslations) -> str:
        """Return how the field is called where the sentence is read."""
        return face_of(catalogue).field(self, catalogue)


@dataclass(frozen=True, slots=True)
class Action(Rendered):
    """A command with the known values of its fields.

    Attributes:
        command: its name: ``record``, ``member add``.
        given: its fields and their values, in reading order.
    """

    command: str
    given: tuple[tuple[str, Given], ...] = ()

    def render(self, catalogue: gettext.NullTranslations) -> str:
        """Return how the command is given where the sentence is read."""
        return face_of(catalogue).action(self, catalogue)

    def giving(self, **more: Given | None) -> "Action":
        """Return the command with more fields; those that are None are left out."""
        return Action(self.command, (*self.given, *_given(more)))

    def about(self, process: str) -> "Action":
        """Return the command with a process, where nobody knew which it is."""
        given = (
            (name, process if name == "process" and value == BLANK else value)
            for name, value in self.given
        )
        return replace(self, given=tuple(given))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        """Have pydantic write its name and its fields; null is still to be filled in."""
        return written_as(cls, "any", _as_json)

    @property
    def values(self) -> Mapping[str, Given]:
        """The fields that are given, by name."""
        return dict(self.given)


def action(command: str, /, **given: Given | None) -> Action:
    """Return a command with the fields that are known; those that are None are left out."""
    return Action(command, _given(given))


def _as_json(action: Action, catalogue: gettext.NullTranslations) -> dict[str, object]:
    return {
        "command": action.command,
        "fields": {name: _value_as_json(value, catalogue) for name, value in action.given},
    }


def _value_as_json(value: Given, catalogue: gettext.NullTranslations) -> str | bool | None:
    if isinstance(value, Blank):
        return None
    return value.render(catalogue) if isinstance(value, Text) else value


def _given(values: Mapping[str, Given | None]) -> tuple[tuple[str, Given], ...]:
    return tuple((name, value) for name, value in values.items() if value is not None)


# --- where it is read --------------------------------------------------------------------------


@runtime_checkable
class Face(Protocol):
    """Where sentences are read, and what fields and commands are called there."""

    def field(self, field: Field, catalogue: gettext.NullTranslations, /) -> str:
        """Return how a field is called."""
        ...

    def action(self, action: Action, catalogue: gettext.NullTranslations, /) -> str:
        """Return how a command is given."""
        ...


class Faced(gettext.NullTranslations):
    """The words of a language, for one face."""

    def __init__(self, words: gettext.NullTranslations, face: Face) -> None:
        """Take the catalogue of the language, and where it is read."""
        super().__init__()
        self.words = words
        self.face = face

    def gettext(self, message: str) -> str:
        """Return a message in the language."""
        return self.words.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return a message that depends on a number, in the language."""
        return self.words.ngettext(msgid1, msgid2, n)


class _Plain:
    """No face: the names in the program, for logs and for ``str()`` of an error."""

    def field(self, field: Field, catalogue: gettext.NullTranslations) -> str:
        name = field.name.replace("_", " ")
        return name if field.value is None else f"{name} {_plain(field.value, name, catalogue)}"

    def action(self, action: Action, catalogue: gettext.NullTranslations) -> str:
        given = (f"{name}={_plain(value, name, catalogue)}" for name, value in action.given)
        return f"{action.command}({', '.join(given)})"


def _plain(value: Given, name: str, catalogue: gettext.NullTranslations) -> str:
    match value:
        case Blank(of=of):
            return (of or name).upper()
        case Text():
            return value.render(catalogue)
        case _:
            return str(value)


_PLAIN = _Plain()


def face_of(catalogue: gettext.NullTranslations) -> Face:
    """Return where the words of a catalogue are read; no face in particular where it has none."""
    face = getattr(catalogue, "face", _PLAIN)
    return face if isinstance(face, Face) else _PLAIN
