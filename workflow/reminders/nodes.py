"""The nodes that send reminders: which there are, and when each was last alive."""

from datetime import datetime

from workflow.storage import nodes
from workflow.storage.database import Database


def record_heartbeat(database: Database, node: str, started_at: datetime, now: datetime) -> None:
    """Record that a node is alive."""
    with database.writing() as connection:
        nodes.record_heartbeat(connection, node, started_at, now)


def sign_off(database: Database, node: str) -> None:
    """Record that a node ended normally."""
    with database.writing() as connection:
        nodes.sign_off(connection, node)
