"""Which round is open since when, and what rests on decisions that were recorded out of order."""

import sqlalchemy as sa
from alembic import op

revision = "0003_pre"
down_revision = "0002"
branch_labels = None
depends_on = None

OUT_OF_ORDER = ("milestones", "moves", "tasks")


def upgrade() -> None:
    op.add_column("milestones", sa.Column("opened_on", sa.Date(), nullable=True))
    op.add_column(
        "milestones", sa.Column("opened_from", sa.Text(), nullable=False, server_default="[]")
    )
    for table in OUT_OF_ORDER:
        # Programs of the release before write their rows without it.
        op.add_column(
            table,
            sa.Column("out_of_order", sa.Boolean(), nullable=False, server_default=sa.false()),
        )


def downgrade() -> None:
    for table in reversed(OUT_OF_ORDER):
        op.drop_column(table, "out_of_order")
    op.drop_column("milestones", "opened_from")
    op.drop_column("milestones", "opened_on")
