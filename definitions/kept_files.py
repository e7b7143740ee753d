"""Files in a folder that keep what takes long to find out, such as a compiled definition.

In a file every value is a list that begins with its type, or a plain value. Only values of known
kinds can be read back: nothing in the text is ever run. A damaged file, one that others may write,
or one of another version of the program, is ignored.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from fractions import Fraction
from os import DirEntry, scandir
from pathlib import Path
from time import time as seconds_now
from typing import Any, Generic, TypeVar
from uuid import uuid4

from definitions.canonical_json import sha256_of
from definitions.new_files import new_file, private_folder

Value = TypeVar("Value")

UNUSED_S = 30 * 24 * 3600.0
"""After so many seconds without use a file makes room: its definition, or its program, is gone."""
TOUCHED_S = 24 * 3600.0
"""How often it is noted, at most, that a file is in use."""
ALIKE = 8
"""Of how many programs what they made of one definition is kept, the latest used."""
_OURS = re.compile(r"[0-9a-f]{32}-\w+\.json(?:\.[0-9a-f]{32})?")
"""How a file is called, also one that is still being written."""


class NotKept(Exception):
    """A file has no value that this version of the program kept; it has to be found anew."""


class Shelf(Generic[Value]):
    """The values of one kind in a folder, each by the hash of a definition.

    Several programs, each of its own version, may keep theirs in one folder.
    """

    def __init__(
        self,
        folder: Path,
        kind: type[Value],
        parts: Iterable[object],
        clock: Callable[[], float] = seconds_now,
    ) -> None:
        """Take the folder; it is made when there is something to keep.

        Args:
            folder: where the files are.
            kind: of the values that are kept.
            parts: what may occur in them: classes, of which the data classes and enumerations
                are taken.
            clock: the present, in seconds, as files have it.
        """
        self._folder = folder
        self._kind = kind
        self._parts = parts
        self._clock = clock

    def get(self, sha256: str) -> Value | None:
        """Return what is kept under a hash, if anything is."""
        with suppress(OSError, UnicodeError, NotKept):
            file = self._file(sha256)
            found = unpacked(_own_text(file), self._kind, self._parts)
            self._note_use(file)
            return found
        return None

    def put(self, sha256: str, value: Value) -> None:
        """Keep a value under a hash, where that can be done.

        The file appears whole or not at all. What nobody used for a month makes room.
        """
        if not self._folder.is_absolute():  # of somebody without a home
            return
        file = self._file(sha256)
        draft = file.with_name(f"{file.name}.{uuid4().hex}")
        with suppress(OSError):
            private_folder(self._folder)
            self._make_room(file.name.partition("-")[0])
            with new_file(draft, private=True) as out:
                out.write(packed(value).encode())
            draft.replace(file)

    def _note_use(self, file: Path) -> None:
        """Have a file be of today, where that was not noted lately."""
        now = self._clock()
        with suppress(OSError):
            if now - file.stat().st_mtime > TOUCHED_S:
                os.utime(file, (now, now))

    def _make_room(self, name: str) -> None:
        """Delete what was not used for long, and all but the last few of each definition."""
        found = []
        for file in self._folder.iterdir():
            with suppress(OSError):  # another program was first
                if _OURS.fullmatch(file.name) is None or file.is_symlink():
                    continue
                used = file.stat().st_mtime
                if self._clock() - used > UNUSED_S:
                    file.unlink()
                elif file.name.startswith(f"{name}-"):
                    found.append((used, file))
        for _, file in sorted(found, reverse=True)[ALIKE - 1 :]:
            with suppress(OSError):
                file.unlink()

    def _file(self, sha256: str) -> Path:
        return self._folder / f"{sha256[:32]}-{_stamp()}.json"


def _stamp() -> str:
    """Return a stamp of the program's sources, so that no other version's files are read."""
    sources = ((name, each.stat()) for name, each in _sources(Path(__file__).parent))
    seen = sorted((name, about.st_size, about.st_mtime_ns) for name, about in sources)
    return sha256_of(repr(seen))[:8]


def _sources(folder: Path, within: str = "") -> Iterator[tuple[str, DirEntry[str]]]:
    """Yield the modules of a package and of those in it, each with its name in the package."""
    with scandir(folder) as found:
        for each in found:
            if each.name.endswith(".py"):
                yield within + each.name, each
            elif each.is_dir() and each.name != "__pycache__":
                yield from _sources(folder / each.name, f"{within}{each.name}/")


def _own_text(file: Path) -> str:
    """Return the content of a file that only we can write.

    Raises:
        NotKept: it belongs to somebody else, or others may write to it.
    """
    with file.open(encoding="utf-8") as kept:
        about = os.fstat(kept.fileno())
        if hasattr(os, "geteuid") and about.st_uid != os.geteuid():
            raise NotKept
        if os.name == "posix" and about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise NotKept
        return kept.read()


def packed(value: object) -> str:
    """Return a value as text. Its first line is the hash of the rest, by which damage is seen."""
    written = json.dumps(_packed(value), separators=(",", ":"))
    return f"{sha256_of(written)}\n{written}"


def unpacked(text: str, kind: type[Value], parts: Iterable[object]) -> Value:
    """Return the value that was packed.

    Args:
        kind: of the value.
        parts: what may occur in it.

    Raises:
        NotKept: the text is no such value of this version of the program.
    """
    seal, _, written = text.partition("\n")
    if seal != sha256_of(written):
        raise NotKept
    try:
        found = _unpacked(json.loads(written), _readers(parts))
    except (KeyError, TypeError, ValueError) as error:
        raise NotKept from error
    if not isinstance(found, kind):
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


def _readers(parts: Iterable[object]) -> dict[str, Callable[..., Any]]:
    """Return the constructor of a value, by the name of its kind."""
    ours = {each.__name__: each for each in parts if isinstance(each, type) and _is_ours(each)}
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
