"""The settings that we rely on at a server: those of every connection, and the encoding."""

import re
from typing import Any

from sqlalchemy import Connection, Executable, func, select
from sqlalchemy import text as sql
from sqlalchemy.engine import URL

from definitions.language.actions import action
from definitions.language.text import Text, text
from workflow.storage.errors import ADD_POOLED, DatabaseProblem
from workflow.storage.hosts import has_several
from workflow.storage.urls import POOLED, PREPARE, is_pooled

RELIED_ON = {
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "standard_conforming_strings": "on",
    "array_nulls": "on",
    "default_transaction_isolation": "read committed",
    "client_min_messages": "notice",
}
"""The form of instants, how our texts are parsed, and the level of warnings: set explicitly,
whatever the defaults of the role, the database or the environment."""
WAITING = {
    "lock_timeout": "20s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
"""Time-outs for locks, statements and idle transactions; a URL may override them."""
SERVER_SETTINGS = {**WAITING, **RELIED_ON}
CONNECT_TIMEOUT_S = 10
ONE_OF_SEVERAL_S = 3
"""How long to wait for one of several servers before trying the next."""
STILL_THERE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""When to give up a server behind a broken network: libpq would wait for ever, and the system for
hours. Keepalives begin after so many idle seconds, at an interval, for a number of times; data
unacknowledged for so many milliseconds closes the connection."""
WARNED = "mijlpaal_warned"
"""The key under which a connection keeps its last warning."""
WARNING = "WARNING"
ENCODING = "UTF8"
_SAID = re.compile(r"(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)")
"""A setting among the options of a URL."""
_BACKSLASHED = re.compile(r"\\(.)")
_TOLD = {"DateStyle": "datestyle", "TimeZone": "timezone"}
"""The parameters that a server reports unasked, and that the environment can change."""


# --- connections -------------------------------------------------------------------------------


def server_settings(url: URL) -> dict[str, Any]:
    """Return the settings of a connection; time-outs in the URL take precedence."""
    several = has_several(url)
    settings: dict[str, Any] = {
        **STILL_THERE,
        "connect_timeout": ONE_OF_SEVERAL_S if several else CONNECT_TIMEOUT_S,
    }
    if several:
        settings["target_session_attrs"] = "read-write"
    settings = {name: value for name, value in settings.items() if name not in url.query}
    settings["client_encoding"] = "utf8"
    if is_pooled(url):
        # Another client may have prepared something else under the same name.
        return {**settings, PREPARE: None}
    if PREPARE in url.query:
        settings[PREPARE] = int(str(url.query[PREPARE]))
    return {**settings, "options": _all_options(url)}


def _all_options(url: URL) -> str:
    return re.sub(" +", " ", " ".join((_options(WAITING), _theirs(url), _options(RELIED_ON))))


def _theirs(url: URL) -> str:
    """Return the options that a URL gives."""
    given = url.query.get("options")
    return given if isinstance(given, str) else ""


def connected_to(url: URL) -> URL:
    """Return a URL for the driver, without our own settings and those that no pooler accepts."""
    return url.difference_update_query([POOLED, "options"]) if is_pooled(url) else url


def _options(settings: dict[str, str]) -> str:
    return " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in settings.items()
    )


def settings_of_a_transaction(url: URL) -> Executable | None:
    """Return the statement that sets, for one transaction, what a pooler refuses at connection.

    None without a pooler, since each connection is set up at its start.
    """
    if not is_pooled(url):
        return None
    theirs = {name: _BACKSLASHED.sub(r"\1", value) for name, value in _SAID.findall(_theirs(url))}
    wanted = {**WAITING, **theirs, **RELIED_ON}
    return select(*(func.set_config(name, value, True) for name, value in wanted.items()))


def refuse_pooler(name: str, connection: Any, _record: object) -> None:
    """Refuse a connection from an undeclared pooler.

    Args:
        name: the database, as it is shown.

    Raises:
        DatabaseProblem: it takes settings for one transaction only, and the URL does not say so.
    """
    connection.autocommit = True
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    connection.autocommit = False
    if pid != connection.info.backend_pid:
        raise DatabaseProblem(
            text("A pooler stands before {name}: settings of a connection do not hold.", name=name),
            advice=ADD_POOLED,
        )


def set_up_server(connection: Any, _record: object) -> None:
    """Reset the settings of a new connection that the environment changed, by PGTZ for instance."""
    other = [
        name
        for told, name in _TOLD.items()
        if connection.info.parameter_status(told) != RELIED_ON[name]
    ]
    for name in other:
        connection.execute(f"SET {name} = '{RELIED_ON[name]}'")
    if other:
        connection.commit()


def capture_warnings(connection: Any, record: Any) -> None:
    """Keep the last warning of a connection: at a commit it means that a standby may lack it."""

    def keep(said: Any) -> None:
        if said.severity_nonlocalized == WARNING:
            record.info[WARNED] = said.message_primary

    connection.add_notice_handler(keep)


# --- a database --------------------------------------------------------------------------------


def encoding_of(connection: Connection) -> str | None:
    """Return the encoding of a database on a server; None for a file, which is always UTF-8."""
    if connection.dialect.name == "sqlite":
        return None
    return str(connection.execute(sql("SHOW server_encoding")).scalar_one())


def refuse_encoding(connection: Connection, name: str) -> None:
    """Refuse a database that cannot hold every name that people have.

    Raises:
        DatabaseProblem: its encoding is another one than UTF-8.
    """
    encoding = encoding_of(connection)
    if encoding not in (None, ENCODING):
        raise DatabaseProblem(
            text(
                "The database {name} has the encoding {encoding}, and not UTF8.",
                name=name,
                encoding=encoding,
            ),
            advice=remedy_for_encoding(),
        )


def remedy_for_encoding() -> Text:
    """Return how a database with our encoding is made."""
    return text(
        "Make another one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0; what is in "
        "this one goes over with “{command}”.",
        command=action("db copy"),
    )
