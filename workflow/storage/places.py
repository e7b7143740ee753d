"""Where a database is, as somebody names it: a file, or a URL."""

from pathlib import Path

from definitions.files import path_of


def sqlite_file_of(name: str) -> Path | None:
    """Return the SQLite file that a URL or a file name means; None for a server."""
    scheme, sign, rest = name.partition("://")
    if not sign:
        return path_of(name)
    if scheme.partition("+")[0] != "sqlite":
        return None
    return Path(rest.partition("?")[0].partition("/")[2])
