"""What we rely on at a server: the settings of every connection, and the encoding of a database."""

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
"""In which form instants come, which takes no conversion, how what we send is read, and that we are
warned: whatever the default of a role or a database is, or the environment says."""
WAITING = {
    "lock_timeout": "20s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
"""How long to wait for a lock, for an answer, and for us in a transaction; a URL may say more."""
SERVER_SETTINGS = {**WAITING, **RELIED_ON}
CONNECT_TIMEOUT_S = 10
ONE_OF_SEVERAL_S = 3
"""How long one of several servers is waited for: the next one may be the primary."""
STILL_THERE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""When a server that a network was cut off from is given up: libpq waits for an answer for ever,
and the system for hours. After seconds without a word it is asked, every so many seconds, so many
times; what is not acknowledged within so many milliseconds is lost."""
WARNED = "mijlpaal_warned"
"""Where a connection has the last warning that it was given."""
WARNING = "WARNING"
ENCODING = "UTF8"
_SAID = re.compile(r"(?:-c\s*|--)([\w.]+)=((?:\\.|[^\s\\])*)")
"""A setting among the options of a URL."""
_BACKSLASHED = re.compile(r"\\(.)")
_TOLD = {"DateStyle": "datestyle", "TimeZone": "timezone"}
"""What a server tells of a connection without being asked, and the environment can change."""


# --- connections -------------------------------------------------------------------------------


def server_settings(url: URL) -> dict[str, Any]:
    """Return how to connect to a server; what the URL says of waiting goes before."""
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
    """Return a URL as the driver is given it: without what is ours, or no pooler takes."""
    return url.difference_update_query([POOLED, "options"]) if is_pooled(url) else url


def _options(settings: dict[str, str]) -> str:
    return " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in settings.items()
    )


def settings_of_a_transaction(url: URL) -> Executable | None:
    """Return what sets, for one transaction, what a pooler lets no connection ask for.

    None where there is no pooler, and each connection has it from its start.
    """
    if not is_pooled(url):
        return None
    theirs = {name: _BACKSLASHED.sub(r"\1", value) for name, value in _SAID.findall(_theirs(url))}
    wanted = {**WAITING, **theirs, **RELIED_ON}
    return select(*(func.set_config(name, value, True) for name, value in wanted.items()))


def refuse_pooler(name: str, connection: Any, _record: object) -> None:
    """Refuse a connection that a pooler handed out: who answers is another than let us in.

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
    """Set what is otherwise on a new connection all the same: by PGDATESTYLE or PGTZ, say."""
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
    """Keep the last warning of a connection: at a commit it says that a standby may not have it."""

    def keep(said: Any) -> None:
        if said.severity_nonlocalized == WARNING:
            record.info[WARNED] = said.message_primary

    connection.add_notice_handler(keep)


# --- a database --------------------------------------------------------------------------------


def encoding_of(connection: Connection) -> str | None:
    """Return the encoding of a database on a server; None of a file, which has ours."""
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
