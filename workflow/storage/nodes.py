"""Every statement about the nodes that send reminders."""

from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    insert,
    select,
    update,
)

from workflow.storage import tables

_nodes = tables.nodes
GONE = timedelta(days=7)
"""After how long a node that said nothing is forgotten."""


def record_heartbeat(
    connection: Connection, node: str, started_at: datetime, now: datetime
) -> None:
    """Write down that a node is alive."""
    moved = update(_nodes).where(_nodes.c.id == node).values(beat_at=now)
    if connection.execute(moved).rowcount == 0:
        values = {"id": node, "started_at": started_at, "beat_at": now}
        connection.execute(insert(_nodes), values)
        connection.execute(_nodes.delete().where(_nodes.c.beat_at < now - GONE))


def sign_off(connection: Connection, node: str) -> None:
    """Take a node off the list: it ended as it should."""
    connection.execute(_nodes.delete().where(_nodes.c.id == node))


def nodes(connection: Connection) -> list[tuple[str, datetime, datetime]]:
    """Return the nodes, and when each began and was last alive."""
    found = connection.execute(select(_nodes.c.id, _nodes.c.started_at, _nodes.c.beat_at))
    return [tuple(row) for row in found.all()]
