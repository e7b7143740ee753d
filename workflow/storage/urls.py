"""The URLs of databases: which there are, with which drivers; and how one is shown."""

import re

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from definitions.secrets import CONNINFO, without_password
from definitions.text import text
from workflow.storage.failures import DatabaseProblem
from workflow.storage.places import file_of

DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}
"""The kinds of databases, and the one driver of each that we know the ways of."""

_NEARLY = re.compile(r"(?:sqlite|postgres\w*|mysql|mariadb)(?:\+\w*)?(?::|//)", re.IGNORECASE)
"""What was meant as the URL of a database, and would be read as the name of a file."""
_FORMS = text("Write sqlite:///FILE or postgresql://USER@HOST/NAME.")


def shown(url: URL) -> str:
    """Return a URL as it can be shown: without its password."""
    return without_password(url.render_as_string(hide_password=True))


def parse_url(url: str) -> URL:
    """Return a URL; a file name means an SQLite file.

    Raises:
        DatabaseProblem: it is neither, or of a kind or with a driver that we do not know.
    """
    if "\0" in url:
        raise no_url(url)
    if "://" not in url:
        if _NEARLY.match(url) or _has_secret(url):
            raise no_url(url)
        return URL.create("sqlite", database=str(file_of(url)))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise no_url(url) from None
    kind = _checked(parsed)
    if kind == "sqlite":
        if not parsed.database:
            raise DatabaseProblem(
                text("A database in memory is gone when the command ends."),
                advice=text("Name a file: sqlite:///FILE."),
            )
        if _has_secret(url):
            raise no_url(url)
        return parsed.set(database=str(file_of(url)))
    # With three slashes who asks stands in the place of the name; a password with an “@” in it
    # ends in that of the server.
    if "@" in f"{parsed.host}{parsed.database}":
        raise no_url(url)
    return parsed


def _has_secret(name: str) -> bool:
    """Return whether the name of a file has what may be a password in it: then it is none."""
    return without_password(name) != name or CONNINFO.search(name) is not None


def no_url(url: str) -> DatabaseProblem:
    """Return the refusal of what is not the URL of a database."""
    return DatabaseProblem(
        text("“{url}” is not the URL of a database.", url=without_password(url)), advice=_FORMS
    )


def _checked(url: URL) -> str:
    """Return the kind of database; refuse one, or a driver, that we do not know."""
    kind, sign, driver = url.drivername.partition("+")
    if kind not in DRIVERS or (sign and not driver):
        raise DatabaseProblem(
            text("“{kind}” is not a kind of database we know.", kind=url.drivername),
            advice=text("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
        )
    if sign and driver != DRIVERS[kind]:
        raise DatabaseProblem(
            text("“{driver}” is not a driver that is used here.", driver=driver),
            advice=text(
                "There are: {drivers}. It can be left out: {plain}",
                drivers=[f"{each}+{own}" for each, own in DRIVERS.items()],
                plain=shown(url.set(drivername=kind)),
            ),
        )
    return kind
