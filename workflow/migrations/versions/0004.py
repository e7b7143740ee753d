"""The second step of the release that knows mailboxes of a function, and follows the calendar.

Nothing is taken away. The new revision keeps out programs of the release before, which would take
such a mailbox for a person who can act, cannot read that a calendar was followed, and plan nothing
of the year to come. What they planned meanwhile is planned anew.
"""

from alembic import op

revision = "0004"
down_revision = "0004_pre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE processes SET planned_year = NULL, calendar = NULL")


def downgrade() -> None:
    pass
