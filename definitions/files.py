"""Files that a user names."""

import sys
from pathlib import Path

from definitions.language.errors import NotFound, reason_of
from definitions.language.text import text

MAX_BYTES = 1_000_000
"""The most that is read as YAML; no definition and no list of facts comes near it."""
STANDARD_INPUT = "-"
"""The file name that stands for standard input."""


def path_of(written: str) -> Path:
    """Return a path as somebody typed it: from their home where it begins with a tilde.

    Where nobody has such a home, it stands as it was typed.
    """
    path = Path(written)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def read_named(name: str) -> bytes:
    """Return the content of the file of a name, or of standard input.

    Raises:
        FileNotFoundError: it is not there.
        NotFound: it is there, but cannot be read.
    """
    if name != STANDARD_INPUT:
        return read_file(Path(name))
    if sys.stdin is None:
        raise NotFound(
            text("Standard input is closed."), advice=text("Name a file that can be read.")
        )
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def read_file(path: Path) -> bytes:
    """Return the content of a file; of one that is too large, only enough to see that it is.

    Raises:
        FileNotFoundError: it is not there.
        NotFound: it is there, but cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise NotFound(
            text("Cannot read “{path}”: {why}.", path=str(path), why=reason_of(error)),
            advice=text("Name a file that can be read."),
        ) from None
