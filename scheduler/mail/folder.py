"""The folder as a channel: each letter becomes a file that any mail program opens."""

import errno
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from stat import S_ISREG
from typing import Self

from definitions.language.errors import reason_of
from definitions.language.text import Text, text
from definitions.new_files import name_anew, private_folder
from scheduler.channels import Failed, Filed, Outcome

SUFFIX = ".eml"
BEGUN, PART = ".mijlpaal-", ".part"
"""How the name of a file that is still being written begins and ends; no other program's does."""
MOST_OF_A_NAME = 100
"""How many files of others are gone around before a folder is thought to be full of them."""
LEFT_S = 3600.0
"""After so many seconds such a file is of a program that was killed: nobody writes it any more."""
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")


class FolderChannel:
    """Puts each letter in a folder: whole, or not at all, and only for its owner to read.

    A file is named for the time and the id of its letter, so that the same letter sent again is
    the same file. Whatever else has that name stays as it is, and the letter gets another one.
    """

    def __init__(
        self, folder: Path, *, make: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        """Use a folder.

        Args:
            folder: the folder for the files.
            make: create a missing folder. Not for one that a user named: if its disk is not
                mounted, nothing should be written below the mount point.
            clock: the present, in seconds, as files have it.
        """
        self._folder = folder
        self._make = make
        self._clock = clock

    def send(self, written: bytes, to: str) -> Outcome:  # noqa: ARG002 - the letter says it too
        """Write a letter to its file; it is on disk when this returns."""
        try:
            self._prepare()
            _put(self._folder / _name_of(written), written)
        except OSError as error:
            return Failed(self._why(error))
        return Filed(str(self._folder))

    def check(self) -> Filed | Failed:
        """Try to write in the folder; nothing stays in it."""
        try:
            self._prepare()
            with tempfile.TemporaryFile(dir=self._folder) as file:
                file.write(b"\n")
        except OSError as error:
            return Failed(self._why(error))
        return Filed(str(self._folder))

    def close(self) -> None:
        """Do nothing: nothing is held."""

    def __enter__(self) -> Self:
        """Begin a sweep; what a program that was killed left half written is taken away."""
        with suppress(OSError):
            for each in self._folder.glob(f"{BEGUN}*{PART}"):
                self._take_away(each)
        return self

    def __exit__(self, *how: object) -> None:
        """End it."""
        self.close()

    def _take_away(self, part: Path) -> None:
        """Take away a file that was begun long ago; one that is gone already was another's turn."""
        with suppress(OSError):
            about = part.lstat()
            if S_ISREG(about.st_mode) and self._clock() - about.st_mtime > LEFT_S:
                part.unlink()

    def _prepare(self) -> None:
        if self._make:
            private_folder(self._folder)

    def _why(self, error: OSError) -> Text:
        return text(
            "The folder {folder} does not take it: {why}",
            folder=str(self._folder),
            why=reason_of(error),
        )


def _put(target: Path, written: bytes) -> None:
    """Write a file so that it is there whole, also when the power goes.

    Raises:
        OSError: it could not be written; nothing of it is left.
    """
    with _whole(target.parent, written) as part:
        _give_a_name(part, target, written)
    _keep(target.parent)


def put_instead(target: Path, written: bytes) -> None:
    """Write a file in the place of another, so that the one or the other is there whole.

    Raises:
        OSError: it could not be written; what was there is there still.
    """
    with _whole(target.parent, written) as part:
        part.replace(target)
    _keep(target.parent)


@contextmanager
def _whole(folder: Path, written: bytes) -> Iterator[Path]:
    """Write a file that is on disk whole before it gets a name; without one, nothing is left."""
    number, name = tempfile.mkstemp(prefix=BEGUN, suffix=PART, dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink()


def _give_a_name(part: Path, target: Path, written: bytes) -> None:
    """Give a file that is whole its name; another one, where something else has that."""
    for number in range(1, MOST_OF_A_NAME + 1):
        wanted = target if number == 1 else target.with_stem(f"{target.stem}-{number}")
        if _holds(wanted, written):
            return
        with suppress(FileExistsError):
            name_anew(part, wanted)
            return
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _holds(file: Path, written: bytes) -> bool:
    """Return whether a file is there, is no link, and has this very content."""
    return file.is_file() and not file.is_symlink() and file.read_bytes() == written


def _keep(folder: Path) -> None:
    """Have the name of a new file on disk too, where a system has that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _name_of(written: bytes) -> str:
    """Return the name of a letter's file: when it was written, and its id."""
    # Only what comes before the first empty line: a letter with its calendar is long.
    headers: Message = BytesHeaderParser().parsebytes(written.partition(b"\r\n\r\n")[0])
    at = parsedate_to_datetime(str(headers["Date"])).astimezone(UTC)
    local = str(headers["Message-ID"]).strip().strip("<>").rpartition("@")[0]
    return f"{at:%Y%m%dT%H%M%SZ}-{_NOT_IN_A_NAME.sub('-', local)[:100]}{SUFFIX}"
