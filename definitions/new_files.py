"""New files and folders: made never through a link, and never over an existing one.

Private files, such as those with names of people, are readable only by their owner from the first
moment, whatever the umask.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
for _flag in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):  # not every system has all of them
    _NEW |= getattr(os, _flag, 0)
_THERE = os.O_WRONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_OF_ANYBODY, _OF_ITS_OWNER = 0o666, 0o600
_FOLDER_OF_ITS_OWNER = 0o700


@contextmanager
def new_file(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Make a file and yield it for writing; remove it if that fails.

    Args:
        path: a path at which nothing exists yet, not even a link.
        private: whether only its owner can read it; otherwise the umask decides.

    Raises:
        FileExistsError: something exists there.
        OSError: it cannot be made or written.
    """
    number = os.open(path, _NEW, _OF_ITS_OWNER if private else _OF_ANYBODY)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def device(path: Path) -> Iterator[BinaryIO]:
    """Open a device or a pipe to be written: never a file, whatever took its place meanwhile.

    Raises:
        FileExistsError: it is a file.
        OSError: it cannot be opened, or not be written.
    """
    number = os.open(path, _THERE)
    with os.fdopen(number, "wb") as there:
        if S_ISREG(os.fstat(number).st_mode):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        yield there


def name_anew(file: Path, name: Path) -> None:
    """Give a file another name in its folder, which nothing has.

    Raises:
        FileExistsError: something has that name.
        OSError: it cannot be done.
    """
    try:
        # Link it under its name and remove the first one; a rename would replace an existing file.
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if os.path.lexists(name):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        file.rename(name)
    else:
        file.unlink()


def private_folder(folder: Path) -> None:
    """Make a folder, and those that it lies in, where they are not there: only their owner's.

    Raises:
        OSError: it cannot be made, or something else is in its place.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        # Another program may have been first.
        each.mkdir(mode=_FOLDER_OF_ITS_OWNER, exist_ok=True)
    if not missing:
        folder.mkdir(exist_ok=True)  # which says what is in its place
