"""The JSON of every command: a versioned envelope around the read model.

Dates are ISO 8601, enumerations their value, sentences in the reader's language, and a field named
with a trailing underscore (``for_``) loses it. A suggested command is its name and its fields; null
is a field that is still to be filled in. Invisible and control characters are escaped, so that a
terminal does not obey them, and are unchanged for a JSON parser.

The text is written directly: making plain values first and indenting them with ``json.dumps`` took
seven times as long, and pydantic_core takes 30 ms to import, a fifth of a whole ``status``. For
programs that have pydantic at hand, views can be serialised by it to the same JSON: see
``definitions.language.serialising``.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import repeat
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from definitions.calendar.dates import PartialDate
from definitions.language.actions import Action, Blank
from definitions.language.characters import INVISIBLE
from definitions.language.text import Text
from screens.page import Page

ON_ONE_LINE = ""
"""The indentation of a value that is written on the line of its parent.

A read model of which there may be thousands has this as an attribute: in a list of processes, a
third of the JSON was indentation.
"""


def envelope(command: str, view: object, page: Page, standby: object = None) -> str:
    """Return an answer as JSON.

    Args:
        command: what its schema is called: the query, as in ``status``, or ``receipt``.
        view: its read model.
        page: gives the language of the sentences in it.
        standby: the server it was read from, where that follows another.
    """
    answer = {"schema": f"mijlpaal/{command}/v1", "data": view}
    if standby is not None:
        answer["standby"] = standby
    written = _Written(page)
    written.add(answer)
    return "".join(written.parts)


class _Written:
    """Writes JSON, each value on a line, indented by two blanks.

    Attributes:
        parts: the text so far.
    """

    def __init__(self, page: Page) -> None:
        self.parts: list[str] = []
        self._at_once = _AtOnce({Text: lambda value: _quoted(page.say(value))})

    def add(self, value: Any, line: str = "\n") -> None:
        """Write an object or a list.

        Args:
            line: the beginning of a line in the enclosing object or list.
        """
        kind: Any = type(value)
        opens, closes, items_of = _holding(kind)
        parts, at_once = self.parts, self._at_once
        on_one_line = line == ON_ONE_LINE or getattr(kind, "ON_ONE_LINE", False)
        before, between = opens, ", " if on_one_line else ","
        deeper = ON_ONE_LINE if on_one_line else f"{line}  "
        for name, each in items_of(value):
            if each is None:
                parts.append(f"{before}{deeper}{name}null")
            elif (as_text := at_once[type(each)]) is not None:
                parts.append(f"{before}{deeper}{name}{as_text(each)}")
            elif each == ():  # most lists of a read model are empty
                parts.append(f"{before}{deeper}{name}[]")
            else:
                parts.append(f"{before}{deeper}{name}")
                self.add(each, deeper)
            before = between
        end = "" if on_one_line else line
        parts.append(f"{opens}{closes}" if before is opens else f"{end}{closes}")


class _AtOnce(dict[type, Callable[[Any], str] | None]):
    """The functions that write simple values, by type; None where it has.

    It learns of types as they are met, and looks them up in half the time of a function.
    """

    def __missing__(self, kind: type) -> Callable[[Any], str] | None:
        self[kind] = next((write for of, write in AT_ONCE.items() if issubclass(kind, of)), None)
        return self[kind]


def _quoted(written: str) -> str:
    """Return a text in quotes; what can be printed has nothing in it that nobody sees."""
    quoted = encode_basestring(written)
    return quoted if written.isprintable() else INVISIBLE.sub(_escaped, quoted)


def _escaped(found: re.Match[str]) -> str:
    r"""Return a character as an escape of JSON; beyond U+FFFF that takes two: \udb40\udc41."""
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


Items = Iterable[tuple[str, Any]]
"""The items of an object or a list: each value, with the text before it."""


@cache
def _holding(kind: Any) -> tuple[str, str, Callable[[Any], Items]]:
    """Return between which brackets values of a type are written, and what yields their items.

    Raises:
        TypeError: it is no type of a read model.
    """
    if issubclass(kind, Action):
        return (
            "{",
            "}",
            lambda value: (('"command": ', value.command), ('"fields": ', value.values)),
        )
    if issubclass(kind, Mapping):
        return "{", "}", lambda value: ((f"{_quoted(str(name))}: ", value[name]) for name in value)
    if issubclass(kind, list | tuple):
        return "[", "]", lambda value: zip(repeat(""), value, strict=False)
    names = [each.name for each in fields(kind)]
    begin = [f"{_quoted(name.rstrip('_'))}: " for name in names]
    if len(names) > 1:
        values_of = attrgetter(*names)
        return "{", "}", lambda value: zip(begin, values_of(value), strict=True)
    return "{", "}", lambda value: [(begin[0], getattr(value, names[0]))] if names else []


AT_ONCE: Mapping[type, Callable[[Any], str]] = {
    Enum: lambda value: json.dumps(value.value, ensure_ascii=False),
    str: _quoted,
    type(None): lambda _: "null",
    Blank: lambda _: "null",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: json.dumps,
    PartialDate: lambda value: _quoted(value.written),
    datetime: lambda value: _quoted(value.isoformat().replace("+00:00", "Z")),
    date: lambda value: _quoted(value.isoformat()),
}
"""How values are written that have no others in them; what is two of these is the first."""
