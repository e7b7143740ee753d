"""Standby servers: how far they have followed, and whether they confirm commits."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy import text as sql

from definitions.language.text import Text, text
from definitions.language.values import dataclass
from workflow.model.standby import Standby

FOLLOWS = "in_hot_standby"
"""The parameter that a standby reports unasked as “on”."""
PRIMARY, STANDBY = "primary", "standby"
_REPLAYED = sql("SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp(), now()")
_CONFIRMED = sql(
    "SELECT current_setting('synchronous_standby_names'), current_setting('synchronous_commit'), "
    "pg_has_role('pg_read_all_stats', 'USAGE'), "
    "(SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum'))"
)
_WAITING = ("on", "remote_write", "remote_apply")
"""Which settings of a commit wait for a standby."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about a server: a word of its own, and a remark.

    Attributes:
        well: nothing is wrong with it.
        warns: it deserves attention all the same.
    """

    found: str
    remark: Text | None = None
    well: bool = True
    warns: bool = False


def may_follow(driver: Any) -> bool:
    """Return whether a connection may lead to a standby: a primary says that it does not."""
    return bool(driver.info.parameter_status(FOLLOWS) != "off")


def standby_of(connection: Connection) -> Standby | None:
    """Return how far the server has followed another; None where it follows none."""
    follows, until, _ = connection.execute(_REPLAYED).one()
    return Standby(until) if follows else None


def role_of(connection: Connection) -> Finding:
    """Return whether the server is the primary or a standby, and how far that has come."""
    follows, until, now = connection.execute(_REPLAYED).one()
    if not follows:
        return Finding(PRIMARY)
    if until is None:
        remark = text("it takes nothing that is written, and does not say until when it has all")
        return Finding(STANDBY, remark, warns=True)
    remark = text(
        "it takes nothing that is written; the last commit that it has is of {until}, {seconds} s "
        "ago",
        until=until.isoformat(timespec="seconds"),
        seconds=max(0, round((now - until).total_seconds())),
    )
    return Finding(STANDBY, remark, warns=True)


def confirmed_by(connection: Connection) -> Finding:
    """Return which standbys a commit waits for, on a primary."""
    names, commit, sees, there = connection.execute(_CONFIRMED).one()
    if not names or commit not in _WAITING:
        remark = text("a commit waits for no standby: what is acknowledged can be lost")
        return Finding(f"synchronous_commit={commit}" if names else "–", remark)
    if sees and not there:
        remark = text("none of them is there: a commit waits until one is")
        return Finding(names, remark, well=False)
    return Finding(names)
