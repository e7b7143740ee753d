"""Several new files in one folder: all of them are written, or none."""

import errno
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from definitions.new_files import new_file, private_folder
from terminal.runtime.output import cannot_write


def write_all(folder: Path, files: Mapping[str, bytes], *, private: bool = False) -> None:
    """Write files that are not there yet, into a folder that is made where it is missing.

    Args:
        folder: where they go.
        files: the content of each, by its name.
        private: only their owner can read them, and the folder where it is made.

    Raises:
        Wrong: one of them is there, or cannot be written; then none is.
    """
    try_to_write_all(folder, files)
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    written: list[Path] = []
    at = folder
    try:
        make = private_folder if private else _make
        make(folder)
        for name, content in files.items():
            at = folder / name
            with new_file(at, private=private) as out:
                written.append(at)
                out.write(content)
    except BaseException as error:
        _take_back(written, missing)
        if isinstance(error, OSError):
            raise cannot_write(at, error) from None
        raise


def try_to_write_all(folder: Path, names: Iterable[str]) -> None:
    """Refuse files that ``write_all`` would refuse, as far as that is known without writing.

    Raises:
        Wrong: one of the files exists, or something other than a folder is in the way.
    """
    files = [folder / name for name in names]
    for each in (folder, *folder.parents):
        if os.path.lexists(each) and not each.is_dir():
            why = NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
            raise cannot_write(each / files[0].name, why)
    for file in files:
        if os.path.lexists(file):
            raise cannot_write(file, FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)))


def there_already(folder: Path, files: Mapping[str, bytes], names: Iterable[str]) -> list[str]:
    """Return which of some files are there already with the very content they would get."""
    return [name for name in names if _content(folder / name) == files[name]]


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return None


def _take_back(written: Iterable[Path], made: Iterable[Path]) -> None:
    """Delete what was written, and the folders that were made for it, from the innermost on."""
    for file in written:
        with suppress(OSError):
            file.unlink(missing_ok=True)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
