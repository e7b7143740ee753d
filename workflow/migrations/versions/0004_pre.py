"""Which seats are held by a mailbox of a function, and not by a person."""

import sqlalchemy as sa
from alembic import op

revision = "0004_pre"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Programs of the release before write their rows without it.
    op.add_column(
        "seats", sa.Column("mailbox", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("seats", "mailbox")
