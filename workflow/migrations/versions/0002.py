"""The second step of the release with reminders: programs that plan none may not write any more.

Nothing is taken away; that the revision is another one is what keeps them out.
"""

revision = "0002"
down_revision = "0002_pre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
