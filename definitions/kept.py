"""A compiled definition as text, and back: for who cannot wait until it is compiled anew.

Every value is a list that begins with what it is, or stands as it is. Only values of a definition
can be read back: nothing in the text is ever run.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from enum import Enum
from fractions import Fraction
from typing import Any

from definitions import dates, model
from definitions.model import Definition


class NotKept(Exception):
    """What was read is no definition of this version of the program; it can be compiled anew."""


def packed(definition: Definition) -> str:
    """Return a definition as text, without the document it was made of."""
    return json.dumps(_packed(replace(definition, document="")), separators=(",", ":"))


def unpacked(written: str) -> Definition:
    """Return the definition that was packed.

    Raises:
        NotKept: this is none, or not one of this version of the program.
    """
    try:
        found = _unpacked(json.loads(written), _readers())
    except (KeyError, TypeError, ValueError) as error:
        raise NotKept from error
    if not isinstance(found, Definition):
        raise NotKept
    return found


def _packed(value: object) -> Any:
    match value:
        case Enum():
            return [type(value).__name__, value.value]
        case date() | time():
            return [type(value).__name__, value.isoformat()]
        case Fraction():
            return ["Fraction", value.numerator, value.denominator]
        case tuple():
            return ["tuple", *map(_packed, value)]
        case frozenset():
            return ["frozenset", *sorted(map(_packed, value))]
        case Mapping():
            return ["dict", *([_packed(key), _packed(each)] for key, each in value.items())]
        case _ if is_dataclass(value):
            names = (each.name for each in fields(value))
            return [type(value).__name__, *(_packed(getattr(value, name)) for name in names)]
        case _:
            return value


def _unpacked(value: Any, readers: Mapping[str, Callable[..., Any]]) -> Any:
    if not isinstance(value, list):
        return value
    kind, *rest = value
    if kind == "dict":
        return {_unpacked(key, readers): _unpacked(each, readers) for key, each in rest}
    return readers[kind](*(_unpacked(each, readers) for each in rest))


def _readers() -> dict[str, Callable[..., Any]]:
    """Return what makes a value, by the name of its kind."""
    kinds = [*vars(model).values(), dates.Precision, dates.PartialDate]
    ours = {each.__name__: each for each in kinds if isinstance(each, type) and _is_ours(each)}
    return {
        **ours,
        "date": date.fromisoformat,
        "time": time.fromisoformat,
        "Fraction": Fraction,
        "tuple": lambda *each: each,
        "frozenset": lambda *each: frozenset(each),
    }


def _is_ours(kind: type) -> bool:
    return is_dataclass(kind) or (issubclass(kind, Enum) and kind.__module__ != "enum")
