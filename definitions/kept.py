"""Compiled definitions, kept in a folder: for who cannot wait until they are compiled anew.

In a file every value is a list that begins with what it is, or stands as it is. Only values of a
definition can be read back: nothing in the text is ever run. A file that is damaged, or of another
version of the program, is as good as none.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from enum import Enum
from fractions import Fraction
from os import scandir
from pathlib import Path
from typing import Any
from uuid import uuid4

from definitions import dates, model
from definitions.documents import sha256_of
from definitions.model import Definition


class NotKept(Exception):
    """What was read is no definition of this version of the program; it can be compiled anew."""


class Kept:
    """The definitions in a folder, by their hash; without the documents they were made of."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made when there is something to keep."""
        self._folder = folder

    def get(self, sha256: str) -> Definition | None:
        """Return the definition that has a hash, where it is kept."""
        with suppress(OSError, UnicodeError, NotKept):
            found = unpacked(self._file(sha256).read_text(encoding="utf-8"))
            return found if found.sha256 == sha256 else None
        return None

    def put(self, definition: Definition) -> None:
        """Keep a definition, where that can be done.

        The file appears whole or not at all, in place of those of other versions of the program.
        """
        if not self._folder.is_absolute():  # of somebody without a home
            return
        file = self._file(definition.sha256)
        draft = file.with_name(f"{file.name}.{uuid4().hex}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self._folder.glob(f"{file.name.partition('-')[0]}-*"):
                old.unlink(missing_ok=True)
            draft.write_text(packed(definition), encoding="utf-8", newline="\n")
            draft.replace(file)

    def _file(self, sha256: str) -> Path:
        return self._folder / f"{sha256[:32]}-{_stamp()}.json"


def _stamp() -> str:
    """Return what changes with the program: what was compiled by another one is not read."""
    with scandir(Path(__file__).parent) as folder:
        sources = [(each.name, each.stat()) for each in folder if each.name.endswith(".py")]
    seen = sorted((name, about.st_size, about.st_mtime_ns) for name, about in sources)
    return sha256_of(repr(seen))[:8]


def packed(definition: Definition) -> str:
    """Return a definition as text, without the document it was made of.

    Its first line is the hash of the rest, by which damage is seen.
    """
    written = json.dumps(_packed(replace(definition, document="")), separators=(",", ":"))
    return f"{sha256_of(written)}\n{written}"


def unpacked(text: str) -> Definition:
    """Return the definition that was packed.

    Raises:
        NotKept: this is none, or not one of this version of the program.
    """
    seal, _, written = text.partition("\n")
    if seal != sha256_of(written):
        raise NotKept
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
