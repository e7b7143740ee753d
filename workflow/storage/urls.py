"""The URLs of databases: which there are, with which drivers; and how one is shown."""

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from definitions.language.secrets import without_password
from definitions.language.text import Text, text
from workflow.storage.errors import DatabaseProblem
from workflow.storage.hosts import WrongHosts, split_hosts, with_hosts, with_hosts_shown
from workflow.storage.places import has_secret, is_nearly_url, sqlite_file_of

DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}
"""The kinds of databases, and the one driver of each that we know the ways of."""

_FORMS = text("Write sqlite:///FILE or postgresql://USER@HOST/NAME.")
POOLED = "pooled"
"""The setting of a URL that is ours: a pooler stands before the server, and hands out connections
for a transaction."""
PREPARE = "prepare_threshold"
_SPELLINGS = ("true", "false")
_NOT_IN_A_URL = frozenset({"autocommit", "conninfo", "context", "cursor_factory", "row_factory"})
"""Settings of the driver that a URL must not change, since our transactions depend on them."""


def shown(url: URL) -> str:
    """Return a URL as it can be shown: without its password, its servers as people write them."""
    return without_password(with_hosts_shown(url))


def is_pooled(url: URL) -> bool:
    """Return whether a URL says that a pooler hands out connections for a transaction."""
    return url.query.get(POOLED) == "true"


def parse_url(url: str) -> URL:
    """Return a URL; a file name means an SQLite file.

    Raises:
        DatabaseProblem: it is neither, or of a kind or with a driver that we do not know.
    """
    if "\0" in url:
        raise no_url(url)
    if "://" not in url:
        if is_nearly_url(url) or has_secret(url):
            raise no_url(url)
        return URL.create("sqlite", database=str(sqlite_file_of(url)))
    parsed = _read(url)
    kind = _checked(parsed)
    if kind == "sqlite":
        if not parsed.database:
            raise DatabaseProblem(
                text("A database in memory is gone when the command ends."),
                advice=text("Name a file: sqlite:///FILE."),
            )
        if has_secret(url):
            raise no_url(url)
        return parsed.set(database=str(sqlite_file_of(url)))
    _check_settings(url, parsed)
    return parsed


def _read(url: str) -> URL:
    """Return a URL with its servers as SQLAlchemy reads them; of a setting said twice, the last."""
    try:
        rest, hosts = split_hosts(url)
        parsed = make_url(rest)
        if parsed.get_backend_name() != "postgresql":
            return parsed
        _refuse_misplaced(url, parsed)
        several = {"host", "port"}
        last = {
            name: value[-1]
            for name, value in parsed.query.items()
            if not isinstance(value, str) and name not in several
        }
        return with_hosts(parsed.update_query_dict(last), hosts)
    except WrongHosts as error:
        raise no_url(url, error.advice) from None
    except (ArgumentError, ValueError):
        raise no_url(url) from None


def _refuse_misplaced(url: str, parsed: URL) -> None:
    """Refuse a URL in which a slip put a password or a setting in the place of a name.

    With three slashes the user becomes the database; a password with an “@” ends up in the server.
    """
    named = f"{parsed.host}/{parsed.database}"
    asked = (parsed.username, parsed.query.get("user"), parsed.query.get("dbname"))
    if "@" in named or any(has_secret(f"{each}") for each in (named, *asked)):
        raise no_url(url)


def _check_settings(url: str, parsed: URL) -> None:
    """Refuse settings that are not the server's, or ours and not as they are written."""
    for name in sorted(_NOT_IN_A_URL & parsed.query.keys()):
        raise no_url(url, text("“{name}” cannot be set in a URL.", name=name))
    if parsed.query.get(POOLED, "true") not in _SPELLINGS:
        raise no_url(url, text("Write pooled=true, or leave it out."))
    threshold = str(parsed.query.get(PREPARE, "0"))
    if not (threshold.isascii() and threshold.isdecimal()):
        raise no_url(url, text("“{name}” is a whole number, 0 or more.", name=PREPARE))
    if is_pooled(parsed) and PREPARE in parsed.query:
        raise no_url(
            url,
            text("With pooled=true no statement is prepared: leave out “{name}”.", name=PREPARE),
        )


def no_url(url: str, advice: Text = _FORMS) -> DatabaseProblem:
    """Return the refusal of an invalid database URL, with the correct form."""
    return DatabaseProblem(
        text("“{url}” is not the URL of a database.", url=without_password(url)), advice=advice
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
