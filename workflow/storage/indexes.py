"""The indexes of the tables, and the whole schema with them: for who makes or compares it.

They stand apart because SQLAlchemy imports both kinds of database for an index of some rows only,
and a query, which does not name an index, would wait for that.
"""

from sqlalchemy import Column, Index, text

from workflow.storage.tables import messages, metadata, processes, reminders

schema = metadata


def _of_some(name: str, column: Column[object], condition: str) -> None:
    """Index the rows for which a condition holds, on both kinds of database."""
    some = text(condition)
    Index(name, column, sqlite_where=some, postgresql_where=some)


Index("ix_processes_planned_until", processes.c.planned_until)
_of_some("ix_processes_unplanned", processes.c.id, "planned_seq IS NULL OR planned_seq <> head_seq")
_of_some("ix_messages_next_at", messages.c.next_at, "next_at IS NOT NULL")
_of_some("ix_messages_person", messages.c.person, "person IS NOT NULL")
_of_some("ix_reminders_next_at", reminders.c.next_at, "next_at IS NOT NULL")
_of_some("ix_reminders_message", reminders.c.message, "message IS NOT NULL")
_of_some("ix_reminders_undelivered", reminders.c.process, "status = 'undelivered'")
