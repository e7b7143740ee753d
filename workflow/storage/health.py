"""Is all well? What ``doctor`` and ``db check`` look at."""

import os
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy import text as sql

from definitions.language.actions import action
from definitions.language.errors import MijlpaalError
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from workflow.storage import reading
from workflow.storage.database import (
    REVISION,
    Database,
    refuse_foreign,
    revision_of,
)
from workflow.storage.guard import Breach
from workflow.storage.guard_checks import breaches_of
from workflow.storage.network_files import network_file_system_of
from workflow.storage.revision import is_compatible, is_newer
from workflow.storage.server import ENCODING, encoding_of, remedy_for_encoding
from workflow.storage.sqlite_driver import sqlite3, why_kept
from workflow.storage.standby import PRIMARY, confirmed_by, role_of

GUARDS = "guards"
"""The name of the check on the guards of rows."""


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check.

    Attributes:
        name: the name of the check.
        found: the finding.
        well: whether it passed.
        remark: a note on it, and the remedy.
        warns: it passed, but deserves attention.
        temporary: the fault may disappear by itself.
    """

    name: str
    found: str
    well: bool
    remark: Text | None = None
    warns: bool = False
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """Everything that was looked at; ``made`` is False where there is no database yet."""

    checks: tuple[Check, ...]
    made: bool = True

    @property
    def healthy(self) -> bool:
        """Whether all of it is well."""
        return all(check.well for check in self.checks)

    @property
    def readable(self) -> bool:
        """Whether the journals can be read: nothing failed except the check on guards."""
        return self.made and all(check.well for check in self.checks if check.name != GUARDS)


def examine(database: Database, *, named: bool = False) -> Health:
    """Look at the schema of a database, its settings, and the file itself.

    Args:
        named: somebody named it: where it is not there, its name may be misspelt.
    """
    if database.file is not None and not database.file.exists():
        check = Check("database", database.name, well=not named, remark=_not_there(named=named))
        return Health((check,), made=False)
    try:
        with database.reading() as connection:
            return Health(tuple(_checks(database, connection)))
    except MijlpaalError as error:
        return Health((Check("database", database.name, well=False, remark=error.sentence),))


def _not_there(*, named: bool) -> Text:
    if named:
        return text(
            "It is not there: check the name. A new one is made by “{start}”, or “{upgrade}”.",
            start=action("start"),
            upgrade=action("db upgrade"),
        )
    return text("It is not there yet; “{command}” makes it.", command=action("start"))


def _checks(database: Database, connection: Connection) -> list[Check]:
    revision = revision_of(connection)
    if revision is None:
        refuse_foreign(connection, database)
    ours = is_compatible(revision)
    remark = None if ours else _remedy(revision)
    checks = [
        Check("database", database.name, well=True),
        Check("schema", revision or "–", ours, remark),
    ]
    if database.file is not None:
        checks += [*_sqlite(connection), *_network(database.file), *_locked(database.file)]
    checks += [*_encoding(connection), *_server(database, connection)]
    found = breaches_of(connection)
    checks += _guards(found) if ours else []
    if ours and not any(each.is_unreadable for each in found):
        checks.append(Check("processes", str(reading.count_processes(connection)), well=True))
    return checks


def _guards(found: Sequence[Breach]) -> list[Check]:
    """Return the check on guards: are the rows guarded as the schema demands?"""
    if not found:
        return [Check(GUARDS, "ok", well=True)]
    return [
        Check(
            "schema" if each.is_unreadable else GUARDS,
            each.guard.name,
            well=False,
            remark=each.says,
        )
        for each in found
    ]


def _encoding(connection: Connection) -> list[Check]:
    encoding = encoding_of(connection)
    if encoding is None:
        return []
    ours = encoding == ENCODING
    return [Check("encoding", encoding, ours, None if ours else remedy_for_encoding())]


def _server(database: Database, connection: Connection) -> list[Check]:
    """Say of a server whether it is the primary, and whether what is acknowledged can be lost."""
    if not database.is_server:
        return []
    role = role_of(connection)
    found = {"server": role}
    if role.found == PRIMARY:
        found["commits"] = confirmed_by(connection)
    return [
        Check(name, each.found, each.well, each.remark, each.warns) for name, each in found.items()
    ]


def _network(file: Path) -> list[Check]:
    kind = network_file_system_of(file)
    if kind is None:
        return []
    remark = text("SQLite cannot keep two machines apart there: use a disk, or PostgreSQL.")
    return [Check("file_system", kind, well=False, remark=remark)]


def _locked(file: Path) -> list[Check]:
    """Look whether the file can be written, and its folder: a journal is made beside it."""
    locked = [each for each in (file, file.parent) if not os.access(each, os.W_OK)]
    remark = text("It can only be read: make it writable for the user of mijlpaal.")
    return [Check("writable", str(each), well=False, remark=remark) for each in locked]


def _remedy(revision: str | None) -> Text:
    if is_newer(revision):
        return text("This program needs {revision}: use the newer one.", revision=REVISION)
    return text(
        "This program needs {revision}: {command}", revision=REVISION, command=action("db upgrade")
    )


def _sqlite(connection: Connection) -> list[Check]:
    settings = {
        name: str(connection.execute(sql(f"PRAGMA {name}")).scalar())
        for name in ("journal_mode", "synchronous", "foreign_keys", "integrity_check")
    }
    orphans = len(connection.execute(sql("PRAGMA foreign_key_check")).all())
    return [
        Check("sqlite", sqlite3.sqlite_version, well=True),
        Check("journal_mode", settings["journal_mode"], True, why_kept(settings["journal_mode"])),
        Check("synchronous", settings["synchronous"], settings["synchronous"] == "2"),
        Check("foreign_keys", settings["foreign_keys"], settings["foreign_keys"] == "1"),
        Check("integrity", settings["integrity_check"], settings["integrity_check"] == "ok"),
        Check("orphans", str(orphans), not orphans),
    ]
