"""Errors of database drivers in our own words: passing ones, and those somebody has to mend."""

import re
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from definitions.language.actions import Field, action
from definitions.language.errors import MijlpaalError
from definitions.language.text import Text, text
from definitions.language.values import replace
from workflow.storage.errors import (
    ADD_POOLED,
    Damaged,
    DatabaseProblem,
    NoPrimary,
    OutcomeUnknown,
    TemporarilyUnavailable,
    WriteConflict,
)
from workflow.storage.hosts import Host
from workflow.storage.sqlite_driver import sqlite3

TAKEN = "23505"
"""PostgreSQL's code for a row that exists already: somebody else may just have added it."""
RETRIED = frozenset({"40001", "40P01", TAKEN})
"""PostgreSQL's codes after which an immediate retry may well succeed: a serialization failure, a
deadlock, and a row that somebody else added at the same moment."""
BUSY = frozenset({"55P03", "53300", "57014"})
"""Its codes after which a later retry may succeed: a lock time-out, too many connections, a
statement time-out."""
GOING = frozenset({"57P01", "57P02", "57P03"})
"""Its codes while it stops, has crashed or is starting."""
LOST = "08"
"""The class of the codes, its own or the driver's, for a lost connection."""
READ_ONLY = "25006"
"""A standby's code for a statement that would write."""
RECOVERING = frozenset({"0A000", "55000"})
"""Its codes, together with the word below, for statements that a standby cannot execute."""
RECOVERY = "recovery"
BUSY_SIGNS = (
    "too many clients",
    "too many connections",
    "remaining connection slots",
    "no more connections allowed",  # of a pooler
    "query_wait_timeout",  # of a pooler
    "not currently accepting connections",  # of one database, by whoever looks after it
)
"""Signs in a server's refusal of a connection that it is up and that the refusal is temporary."""
AWAY_SIGNS = (
    "session is read-only",
    "server is in hot standby mode",
    "Connection refused",
    "Is the server running",  # also of a socket that is not there
    "timeout",
    "timed out",
    "the database system is",  # starting up, shutting down, not yet accepting connections
    "Connection reset",
    "No route to host",
    "Host is down",
    "Network is unreachable",
    "Broken pipe",
    "Temporary failure in name resolution",
    "closed the connection",
    "SSL SYSCALL error",
    "response to SSL negotiation",
    "server login",  # of a pooler, whose server lets it in no more
    "cannot connect to server",
    "server conn crashed",
)
"""Signs in a driver's message about an unreachable server that there is no primary now."""

_CHECK_URL = text(
    "Nothing was written. Check the URL ({field}), and the role in it.", field=Field("database_url")
)
_CHECK_DISK = text(
    "Nothing was written. Make room, or name another place with {field}.",
    field=Field("database_url"),
)
_PASSWORD = text("The password for {name} is wrong, or none was given.")
_AGAIN = text("Nothing was written; try again.")
OTHERWISE = (
    text("The database {name} says: {why}."),
    text("Nothing was written. “{command}” looks at what is wrong.", command=action("doctor")),
)
OF_SERVER = {
    "unsupported startup parameter": (text("A pooler stands before {name}: {why}."), ADD_POOLED),
    "42501": (text("The role in {name} may not do that: {why}."), _CHECK_URL),
    "password authentication failed": (_PASSWORD, _CHECK_URL),
    "no password supplied": (_PASSWORD, _CHECK_URL),
    "FATAL:  role": (text("The server does not know the role in {name}: {why}."), _CHECK_URL),
    "FATAL:  database": (text("The server has no such database: {name}."), _CHECK_URL),
    "resolve host": (text("There is no such server: {name}."), _CHECK_URL),
    READ_ONLY: (
        text("The database {name} can only be read."),
        text("Nothing was written. Commands go to the primary, not to a standby."),
    ),
    "53100": (text("The disk of the server of {name} is full."), _CHECK_DISK),
}
"""Permanent refusals of a server, by code or by a sign in its message; the first match counts."""
LETS_NOBODY_IN = (
    "password authentication failed",
    "no password supplied",
    "FATAL:  role",
    "unsupported startup parameter",
)
"""Signs of a lasting refusal, even if another of several servers is only away."""
OF_SQLITE = {
    sqlite3.SQLITE_READONLY: (
        text("The database {name} can only be read."),
        text("Nothing was written. Make the file and its folder writable, or copy it."),
    ),
    sqlite3.SQLITE_FULL: (text("There is no room left for the database {name}."), _CHECK_DISK),
    sqlite3.SQLITE_IOERR: (text("The disk of the database {name} fails: {why}."), _CHECK_DISK),
    sqlite3.SQLITE_CANTOPEN: (
        text("The database {name} cannot be opened."),
        text("Look whether its folder is there, and whether you may read and write it."),
    ),
}
"""The same of SQLite, by the code of its error."""

NO_TEXT = "Could not decode to UTF-8"
"""Python's message about an SQLite text that is not UTF-8."""
CORRUPT = ("XX001", "XX002")
"""What PostgreSQL reports of damaged rows and indexes."""

NOT_READABLE = (
    text("The database {file} is there, and cannot be opened."),
    text("Look whether you may read and write that file, and its folder."),
)
"""The same where it is not the folder that is missing."""

_EACH = re.compile(
    r"- host: (?:'(?P<host>.*?)'|None), port: (?:'(?P<port>.*?)'|None), hostaddr: .*?: (?P<why>.*)"
)
"""Psycopg's message about each of several servers."""
_WHERE = re.compile(
    r"connection (?:failed|is bad): connection to server (?:at|on socket) .*? failed: "
)
"""Where that was, which is said before it."""
_WRONG_SETTING = re.compile(
    r"invalid connection option|bad value for \w+|invalid \w+ value: |invalid integer value"
)
"""How the driver says that a setting of a URL is not one."""
_VALUE = re.compile(r"""(value):? "[^"]*"|: '[^']*'""")
"""The quoted values, which may be personal data."""


def explain_error(
    error: DBAPIError,
    name: str,
    file: Path | None = None,
    *,
    writes: bool = False,
    at_commit: bool = False,
) -> MijlpaalError:
    """Return an error of the database in our own words.

    Args:
        file: of an SQLite database.
        writes: whether the transaction was to write.
        at_commit: whether everything had been written and only the commit was to come.
    """
    why = _first_line(error.orig or error)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    lost = error.connection_invalidated or state.startswith(LOST)
    if at_commit and (lost or state in GOING):
        said = text("The connection to {name} was lost while it was being written.", name=name)
        return unknown(said)
    if state in RETRIED:
        return _anew(error, name, state)
    if isinstance(error.orig, sqlite3.Error):
        return explained_of_sqlite(error.orig, name, file)
    told = str(error.orig)
    if not state and _WRONG_SETTING.search(why):
        sentence = text("A setting in {name} is not as it should be: {why}.")
        return _said((sentence, _CHECK_URL), name, _VALUE.sub(r"\1", why))
    if state in BUSY or any(sign in told for sign in BUSY_SIGNS):
        return TemporarilyUnavailable(
            text("The database {name} is not available now: {why}.", name=name, why=why),
            advice=_AGAIN,
        )
    if _has_no_primary(told, state, lost=lost, writes=writes):
        return NoPrimary(name, _reasons(told, why, state))
    return _lasting(name, state, why, told)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _has_no_primary(said: str, state: str, *, lost: bool, writes: bool) -> bool:
    """Return whether there is no server now that takes what is written, and may be one later."""
    if any(sign in said for sign in LETS_NOBODY_IN):
        return False
    follows = state in RECOVERING and RECOVERY in said
    if follows or (writes and state == READ_ONLY):
        return True
    return lost or state in GOING or any(sign in said for sign in AWAY_SIGNS)


def _reasons(told: str, why: str, state: str) -> tuple[Text, ...]:
    """Return why, for each server that was tried."""
    found = (_EACH.match(line) for line in told.splitlines())
    each = [
        text(
            "{server}: {why}",
            server=Host(one["host"] or "–", one["port"] or "").shown,
            why=_WHERE.sub("", one["why"]),
        )
        for one in found
        if one is not None
    ]
    if each:
        return tuple(each)
    if state == READ_ONLY or state in RECOVERING:
        return (text("It can only be read: {why}.", why=why),)
    return (text("It is not available now: {why}.", why=why),)


def _anew(error: DBAPIError, name: str, state: str) -> WriteConflict:
    """Return the error of a write conflict, with its meaning if the row stays in the way."""
    anew = WriteConflict(text("Somebody else wrote to {name} at the same moment.", name=name))
    if state == TAKEN:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        anew.lasting = DatabaseProblem(
            text(
                "{name} already has this row, and can have it only once ({constraint}).",
                name=name,
                constraint=constraint or "?",
            ),
            advice=OTHERWISE[1],
        )
    return anew


def unknown(sentence: Text) -> OutcomeUnknown:
    """Return that nobody knows whether something was recorded, and what helps."""
    return OutcomeUnknown(
        sentence,
        advice=text(
            "Whether it was recorded is not known: look with “{command}”. With the same "
            "{field}, giving the command again is safe.",
            command=action("history"),
            field=Field("key"),
        ),
    )


def damaged(name: str, why: str) -> Damaged:
    """Return that what lies in a database cannot be what was written."""
    return Damaged(text("The database {name} is damaged: {why}.", name=name, why=why))


def is_busy(error: BaseException) -> bool:
    """Return whether an error of the driver says that somebody else has the lock of a file."""
    return _code(error) == sqlite3.SQLITE_BUSY


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def explained_of_sqlite(error: sqlite3.Error, name: str, file: Path | None) -> MijlpaalError:
    """Return an error of SQLite in our own words."""
    why, code = _first_line(error), _code(error)
    if code == sqlite3.SQLITE_BUSY:
        return TemporarilyUnavailable(
            text("The database {name} is in use by another command.", name=name), advice=_AGAIN
        )
    if code == sqlite3.SQLITE_CANTOPEN and file is not None and file.exists():
        sentence, advice = NOT_READABLE
        return DatabaseProblem(replace(sentence, values={"file": file}), advice=advice)
    if code == sqlite3.SQLITE_CORRUPT or why.startswith(NO_TEXT):
        return damaged(name, why)
    return _said(OF_SQLITE.get(code, OTHERWISE), name, why)


def _lasting(name: str, state: str, why: str, told: str) -> DatabaseProblem:
    """Return the error of a server that somebody has to mend."""
    if state in CORRUPT:
        return damaged(name, why)
    fitting = (said for sign, said in OF_SERVER.items() if sign == state or sign in told)
    return _said(next(fitting, OTHERWISE), name, why)


def _said(said: tuple[Text, Text], name: str, why: str) -> DatabaseProblem:
    sentence, advice = said
    return DatabaseProblem(replace(sentence, values={"name": name, "why": why}), advice=advice)
