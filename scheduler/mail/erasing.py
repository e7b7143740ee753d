"""Taking a person out of letters that were put in a folder."""

import re
import stat
from collections.abc import Sequence
from pathlib import Path

from definitions.language.errors import reason_of
from definitions.language.text import Text, text
from scheduler.mail.folder import SUFFIX, put_instead
from workflow.people import Filed
from workflow.rules.redacting import Forgotten

OURS = re.compile(rf"\d{{8}}T\d{{6}}Z-[A-Za-z0-9-]+{re.escape(SUFFIX)}", re.ASCII)
"""How a file is called that this program wrote."""


def erase_from_folders(
    folders: Sequence[str], gone: Forgotten, *, dry: bool = False
) -> tuple[Filed, ...]:
    """Take a person out of the letters in some folders.

    Files that this program did not write stay as they are, and are named where a person stands in
    them; so are those that it cannot read or change. Nothing is changed through a link.

    Args:
        dry: only look.
    """
    return tuple(_folder(Path(each), gone, dry=dry) for each in dict.fromkeys(folders))


def _folder(folder: Path, gone: Forgotten, *, dry: bool) -> Filed:
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        return Filed(str(folder), 0, (reason_of(error),))
    changed = 0
    left: list[str | Text] = []
    for file in files:
        try:
            changed += _file(file, gone, dry=dry)
        except OSError as error:
            left.append(text("{file}: {why}", file=file.name, why=reason_of(error)))
        except NotOurs:
            left.append(file.name)
    return Filed(str(folder), changed, tuple(left))


class NotOurs(Exception):
    """A person stands in a file that this program did not write."""


def _file(file: Path, gone: Forgotten, *, dry: bool) -> bool:
    """Take a person out of a file; return whether they stood in it.

    Raises:
        OSError: it cannot be read, or changed.
        NotOurs: they do, and it is not ours to change.
    """
    if file.suffix != SUFFIX or not stat.S_ISREG(file.lstat().st_mode):
        return False
    content = file.read_bytes()
    without = gone.letter(content)
    if without == content:
        return False
    if not OURS.fullmatch(file.name):
        raise NotOurs
    if not dry:
        put_instead(file, without)
    return True
