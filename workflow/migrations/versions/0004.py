"""The second step of the release that knows mailboxes of a function.

Nothing is taken away. The new revision keeps out programs of the release before, which would take
such a mailbox for a person who can act.
"""

revision = "0004"
down_revision = "0004_pre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
