"""Whether others on this machine can read what is kept here: names, letters, a password."""

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_data_path

from definitions.language.naming import PROGRAM
from definitions.language.text import Text, text
from scheduler.settings import Settings
from terminal.runtime.setup import Setup
from workflow.storage.health import Check

BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite calls the files beside that of a database; they have what it has."""
_GROUP, _ALL = stat.S_IRWXG, stat.S_IRWXO


def of_the_database(file: Path | None) -> Iterator[Check]:
    """Yield a warning for each file of a database that others can read, and for our own folder."""
    if file is None:
        return
    if file.parent == user_data_path(PROGRAM):
        yield from _open_to_others(file.parent)
    for end in BESIDE:
        yield from _open_to_others(Path(f"{file}{end}"))


def of_the_installation(setup: Setup, settings: Settings | None) -> Iterator[Check]:
    """Yield a warning for each further file of this installation that others can read.

    Args:
        settings: the mail settings; None if they cannot be read.
    """
    yield from _open_to_others(setup.cache())
    if settings is None:
        return
    mail = settings.mail
    if mail.host is None:
        yield from _open_to_others(mail.folder or mail.own_folder)
    for secret in (mail.password_file, mail.client_secret_file):
        if secret is not None:
            yield from _open_to_others(secret)


def _open_to_others(place: Path) -> Iterator[Check]:

    try:
        about = place.stat()
    except (OSError, ValueError):
        return
    if os.name == "posix" and about.st_mode & (_GROUP | _ALL):
        remark = _remark(place, about)
        yield Check("open_to_others", str(place), well=True, remark=remark, warns=True)


def _remark(place: Path, about: os.stat_result) -> Text:
    mode = "700" if stat.S_ISDIR(about.st_mode) else "600"
    mend = f"chmod {mode} {shlex.quote(str(place))}"
    if about.st_mode & _ALL:
        return text("Everybody on this machine can get at it. To mend it: {mend}", mend=mend)
    return text(
        "The group {group} can get at it. Where that is not meant: {mend}",
        group=_group(about.st_gid),
        mend=mend,
    )


def _group(number: int) -> str:
    """Return the name of a group; its number, where it has none here."""
    try:
        import grp  # noqa: PLC0415 - Windows has none

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return str(number)
