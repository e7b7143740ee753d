"""The indexes of the tables, which complete the schema: needed to make or compare it.

They stand apart because SQLAlchemy imports both database dialects for a partial index, and a query,
which names no index, would wait for that.
"""

from sqlalchemy import Column, Index, text

from workflow.storage.tables import messages, metadata, people, processes, reminders

schema = metadata


def _of_some(name: str, condition: str, *columns: Column[object]) -> None:
    """Index the rows for which a condition holds, on both kinds of database."""
    some = text(condition)
    Index(name, *columns, sqlite_where=some, postgresql_where=some)


Index("ix_people_name", people.c.name)
Index("ix_processes_planned_until", processes.c.planned_until)
_of_some("ix_processes_unplanned", "planned_seq IS NULL OR planned_seq <> head_seq", processes.c.id)
_of_some("ix_messages_next_at", "next_at IS NOT NULL", messages.c.next_at)
_of_some("ix_messages_person", "person IS NOT NULL", messages.c.person)
_of_some("ix_reminders_next_at", "next_at IS NOT NULL", reminders.c.next_at)
_of_some("ix_reminders_message", "message IS NOT NULL", reminders.c.message)
_of_some("ix_reminders_undelivered", "status = 'undelivered'", reminders.c.process)
# All but what was cancelled before it was in a letter: that piles up, round after round.
_of_some(
    "ix_reminders_kept",
    "status <> 'cancelled' OR message IS NOT NULL",
    reminders.c.process,
    reminders.c.due,
    reminders.c.subject,
)
_of_some("ix_reminders_cancelled", "status = 'cancelled'", reminders.c.process, reminders.c.version)
