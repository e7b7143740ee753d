"""Databases that cannot be used where they are, or as they are named: a sentence that helps."""

import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.support.databases import Site, opened
from workflow.storage import network_files
from workflow.storage.database import Database
from workflow.storage.error_messages import explain_error
from workflow.storage.errors import (
    DatabaseProblem,
    NoPrimary,
    OutcomeUnknown,
    TemporarilyUnavailable,
)
from workflow.storage.health import examine
from workflow.storage.network_files import network_file_system_of
from workflow.storage.opening import open_database

NONE_NOW = "The database db has no primary just now."

LOCAL = "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a space in its name that is mounted from elsewhere."""
    folder = tmp_path / "our share"
    folder.mkdir()
    written = str(folder).replace(" ", r"\040")
    mounted = tmp_path / "mountinfo"
    mounted.write_text(f"{LOCAL}44 21 0:39 / {written} rw shared:9 - cifs //server/share rw\n")
    monkeypatch.setattr(network_files, "MOUNTS", mounted)
    return folder


def test_a_file_on_a_network_is_refused(share: Path) -> None:
    """Before anything is made there; and what would do instead is said."""
    with pytest.raises(DatabaseProblem, match=r"lies on a network drive \(cifs\)") as raised:
        open_database(str(share / "mijlpaal.db"))

    assert "use PostgreSQL" in str(raised.value.advice)
    assert [] == list(share.iterdir())


def test_a_disk_under_a_share_is_a_disk(share: Path) -> None:
    """The deepest mount counts, and of two at one place the last."""
    assert None is network_file_system_of(share.parent / "mijlpaal.db")
    assert "cifs" == network_file_system_of(share / "folder" / "mijlpaal.db")
    written = str(share).replace(" ", r"\040")
    with network_files.MOUNTS.open("a") as mounted:
        mounted.write(f"45 44 0:40 / {written} rw - tmpfs tmpfs rw\n")
    assert None is network_file_system_of(share / "mijlpaal.db")


@pytest.mark.only("sqlite")
def test_the_doctor_says_so_too(
    site: Site, template: str, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file that was put there by hand."""
    with opened(site, template) as database:
        assert examine(database).healthy
        network_files.MOUNTS.write_text(LOCAL.replace("ext4", "nfs4"))

        assert {"nfs4"} == {each.found for each in examine(database).checks if not each.well}


def test_a_system_that_does_not_say_refuses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Linux says what is mounted."""
    monkeypatch.setattr(network_files, "MOUNTS", tmp_path / "nothing")

    assert None is network_file_system_of(tmp_path / "mijlpaal.db")


def test_a_driver_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """What adds it, also where there is no index that has the program."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(DatabaseProblem, match="The driver “psycopg” is not installed") as raised:
        Database("postgresql://somebody@db.example/mijlpaal")

    assert "pip install 'psycopg[binary]'" in str(raised.value.advice)
    assert "pipx inject mijlpaal 'psycopg[binary]'" in str(raised.value.advice)


def test_a_driver_that_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there without what it needs of the system: as it says, and what helps."""

    def fails(*_: object, **__: object) -> None:
        raise ImportError("no pq wrapper available")

    monkeypatch.setattr("workflow.storage.database.create_engine", fails)

    with pytest.raises(DatabaseProblem, match=r"u:\*{3}@h/x cannot be loaded: no pq") as raised:
        Database("postgresql://u:geheim@h/x")

    assert "pip install 'psycopg[binary]'" in str(raised.value.advice)


@pytest.mark.parametrize(
    ("said", "kind", "sentence"),
    [
        ('FATAL:  password authentication failed for user "x"', DatabaseProblem, "is wrong, or"),
        ("fe_sendauth: no password supplied", DatabaseProblem, "is wrong, or none was given"),
        ('FATAL:  role "x" does not exist', DatabaseProblem, "does not know the role"),
        ('FATAL:  database "role" does not exist', DatabaseProblem, "no such database"),
        (
            "failed to resolve host 'x': Name or service not known",
            DatabaseProblem,
            "no such server",
        ),
        ("FATAL:  the database system is starting up", NoPrimary, NONE_NOW),
        ("FATAL:  sorry, too many clients already", TemporarilyUnavailable, "not available now"),
        ("FATAL:  too many connections for role", TemporarilyUnavailable, "not available now"),
        ("connection timeout expired", NoPrimary, NONE_NOW),
        ("Connection refused", NoPrimary, NONE_NOW),
        ("session is read-only", NoPrimary, NONE_NOW),
        ("server is in hot standby mode", NoPrimary, NONE_NOW),
        ("server closed the connection unexpectedly", NoPrimary, NONE_NOW),
        ('invalid sslmode value: "geheim"', DatabaseProblem, "db is not as it should be"),
        ("bad value for connect_timeout: 'geheim'", DatabaseProblem, "not as it should be"),
    ],
)
def test_what_a_server_says_when_it_lets_nobody_in(
    said: str, kind: type[Exception], sentence: str
) -> None:
    """What passes by itself is told apart from what somebody has to put right."""
    error = OperationalError(None, None, psycopg.OperationalError(f"connection failed: {said}"))

    found = explain_error(error, "db")

    assert kind is type(found)
    assert sentence in str(found)
    assert found.advice
    assert "geheim" not in str(found)


@pytest.mark.parametrize(
    ("error", "writes", "kind"),
    [
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute"), True, NoPrimary),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute"), False, DatabaseProblem),
        (psycopg.errors.FeatureNotSupported("… during recovery"), True, NoPrimary),
        (psycopg.errors.FeatureNotSupported("… during recovery"), False, NoPrimary),
        (psycopg.errors.FeatureNotSupported("of this kind"), True, DatabaseProblem),
        (psycopg.errors.AdminShutdown("by an administrator"), True, NoPrimary),
        (psycopg.errors.CrashShutdown("of another process"), False, NoPrimary),
        (psycopg.errors.CannotConnectNow("starting up"), False, NoPrimary),
        (psycopg.errors.LockNotAvailable("lock timeout"), True, TemporarilyUnavailable),
        (psycopg.errors.QueryCanceled("statement timeout"), True, TemporarilyUnavailable),
    ],
)
def test_what_a_server_says_that_stops_or_follows_another(
    error: psycopg.Error, writes: bool, kind: type[Exception]
) -> None:
    """Another one takes over, or it comes back: the same may succeed in a moment."""
    assert kind is type(explain_error(DBAPIError(None, None, error), "db", writes=writes))


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        ("session is read-only", NoPrimary),
        ("Connection refused", NoPrimary),
        ('FATAL:  password authentication failed for user "x"', DatabaseProblem),
    ],
)
def test_what_several_servers_say(others: str, kind: type[Exception]) -> None:
    """Each is named with its reason; a password that is wrong stays wrong."""
    refused = 'connection failed: connection to server at "::1", port 1 failed: Connection refused'
    each = [("::1", "1", refused), ("/run", "", others)]
    said = [f"- host: {name!r}, port: {port!r}, hostaddr: '::1': {why}" for name, port, why in each]
    told = "\n".join((others, "Multiple connection attempts failed. All failures were:", *said))

    found = explain_error(DBAPIError(None, None, psycopg.OperationalError(told)), "db")

    assert kind is type(found)
    if kind is NoPrimary:
        assert ["[::1]:1: Connection refused", f"/run: {others}"] == [
            str(one) for one in found.details
        ]


@pytest.mark.parametrize("state", ["57P01", "57P02", "57P03", "08006"])
def test_a_server_that_goes_at_a_commit(state: str) -> None:
    """It may have been recorded: that is not known."""
    error = DBAPIError(None, None, psycopg.errors.lookup(state)("terminating connection"))

    assert OutcomeUnknown is type(explain_error(error, "db", writes=True, at_commit=True))
