"""Which reminders still stand or were in a letter, and who has a name, each by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0005_pre"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Beside the index of the constraint that the second step takes away.
    op.create_index("ix_people_name", "people", ["name"])
    _index_of_some(
        "ix_reminders_kept",
        ["process", "due", "subject"],
        "status <> 'cancelled' OR message IS NOT NULL",
    )
    _index_of_some("ix_reminders_cancelled", ["process", "version"], "status = 'cancelled'")


def _index_of_some(name: str, columns: list[str], condition: str) -> None:
    """Index the reminders for which a condition holds."""
    some = sa.text(condition)
    op.create_index(name, "reminders", columns, sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    op.drop_index("ix_reminders_cancelled", "reminders")
    op.drop_index("ix_reminders_kept", "reminders")
    op.drop_index("ix_people_name", "people")
