"""A cache of compiled definitions in a folder, since compiling takes long."""

from collections.abc import Callable
from pathlib import Path
from time import time as seconds_now

from definitions import kept_files, model
from definitions.calendar import dates, lengths
from definitions.kept_files import Shelf
from definitions.language.values import replace
from definitions.model import Definition

_PARTS = (
    *vars(model).values(),
    *(dates.Precision, dates.PartialDate),
    *(lengths.Length, lengths.NextDay, lengths.Unit),
)


class Kept:
    """The definitions in a folder, by their hash; without the documents they were made of."""

    def __init__(self, folder: Path, clock: Callable[[], float] = seconds_now) -> None:
        """Take the folder, as ``Shelf`` does."""
        self._shelf = Shelf(folder, Definition, _PARTS, clock)

    def get(self, sha256: str) -> Definition | None:
        """Return the definition that has a hash, where it is kept."""
        found = self._shelf.get(sha256)
        return None if found is None or found.sha256 != sha256 else found

    def put(self, definition: Definition) -> None:
        """Keep a definition, where that can be done."""
        self._shelf.put(definition.sha256, replace(definition, document=""))


def packed(definition: Definition) -> str:
    """Return a definition as text, without the document it was made of."""
    return kept_files.packed(replace(definition, document=""))


def unpacked(text: str) -> Definition:
    """Return the definition that was packed.

    Raises:
        NotKept: the text is no definition of this version of the program.
    """
    return kept_files.unpacked(text, Definition, _PARTS)
