"""What we rely on at a server: the settings of every connection, and the encoding of a database."""

import re
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql
from sqlalchemy.engine import URL

from definitions.text import Text, text
from workflow.storage.failures import DatabaseProblem

RELIED_ON = {
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "standard_conforming_strings": "on",
    "array_nulls": "on",
    "default_transaction_isolation": "read committed",
}
"""In which form instants come, which takes no conversion, and how what we send is read: whatever
the default of a role or a database is, or the environment says."""
WAITING = {
    "lock_timeout": "20s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}
"""How long to wait for a lock, for an answer, and for us in a transaction; a URL may say more."""
SERVER_SETTINGS = {**WAITING, **RELIED_ON}
CONNECT_TIMEOUT_S = 10
ENCODING = "UTF8"
_TOLD = {"DateStyle": "datestyle", "TimeZone": "timezone"}
"""What a server tells of a connection without being asked, and the environment can change."""


# --- connections -------------------------------------------------------------------------------


def server_settings(url: URL) -> dict[str, Any]:
    """Return how to connect to a server; what the URL says of waiting goes before."""
    given = url.query.get("options")
    theirs = given if isinstance(given, str) else ""
    options = " ".join((_options(WAITING), theirs, _options(RELIED_ON)))
    settings = {"options": re.sub(" +", " ", options), "client_encoding": "utf8"}
    if "connect_timeout" in url.query:
        return settings
    return {**settings, "connect_timeout": CONNECT_TIMEOUT_S}


def _options(settings: dict[str, str]) -> str:
    return " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in settings.items()
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
        "Make another one: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0; what is in this "
        "one goes over with “mijlpaal db copy”."
    )
