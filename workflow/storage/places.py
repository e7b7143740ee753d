"""Where a database is, as somebody names it: a file, or a URL."""

import re
from pathlib import Path

from definitions.files import path_of
from definitions.language.secrets import CONNINFO, without_password

_NEARLY = re.compile(r"(?:sqlite|postgres\w*|mysql|mariadb)(?:\+\w*)?(?::|//)", re.IGNORECASE)
"""A near miss of a database URL, which would otherwise be read as a file name."""
_OF_A_FILE = "sqlite:///"


def sqlite_file_of(name: str) -> Path | None:
    """Return the SQLite file that a URL or a file name means; None for a server."""
    scheme, sign, rest = name.partition("://")
    if not sign:
        return path_of(name)
    if scheme.partition("+")[0] != "sqlite":
        return None
    return Path(rest.partition("?")[0].partition("/")[2])


def plain_file(name: str) -> Path | None:
    """Return the SQLite file that is named; None where it takes more than its name to say which.

    That is a server, a URL with settings, and whatever is refused.
    """
    if "\0" in name or has_secret(name):
        return None
    if "://" not in name:
        return None if is_nearly_url(name) else path_of(name)
    rest = name.removeprefix(_OF_A_FILE)
    return sqlite_file_of(name) if rest not in {name, ""} and "?" not in rest else None


def is_nearly_url(name: str) -> bool:
    """Return whether the name of a file was meant as the URL of a database."""
    return _NEARLY.match(name) is not None


def has_secret(name: str) -> bool:
    """Return whether a file name seems to contain a password, and so is no file name."""
    return without_password(name) != name or CONNINFO.search(name) is not None
