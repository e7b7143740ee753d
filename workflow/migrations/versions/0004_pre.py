"""Which seats are held by a mailbox of a function, and by which calendar reminders are planned."""

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
    # Empty until they are planned by a program that knows of it, which is at its next sweep.
    op.add_column("processes", sa.Column("planned_year", sa.Integer(), nullable=True))
    op.add_column("processes", sa.Column("calendar", sa.String(64), nullable=True))
    _calendars()
    _shifts()


def _calendars() -> None:
    op.create_table(
        "calendars",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("zone", sa.String(100), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(100), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_calendars")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_calendars_sha256_whole")),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("process", sa.String(100), nullable=False),
        sa.Column("due", sa.String(200), nullable=False),
        sa.Column("party", sa.String(100), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("counted_from", sa.String(100), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("process", "due", "party", name=op.f("pk_shifts")),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_shifts_process")),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_shifts_process_seq"),
        ),
    )


def downgrade() -> None:
    op.drop_table("shifts")
    op.drop_table("calendars")
    op.drop_column("processes", "calendar")
    op.drop_column("processes", "planned_year")
    op.drop_column("seats", "mailbox")
