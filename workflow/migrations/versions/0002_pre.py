"""Reminders, the messages that bring them, and the nodes that send those."""

import sqlalchemy as sa
from alembic import op

revision = "0002_pre"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
UNPLANNED = sa.text("planned_seq IS NULL OR planned_seq <> head_seq")


def upgrade() -> None:
    op.add_column("people", sa.Column("language", sa.String(length=16), nullable=True))
    op.add_column("processes", sa.Column("planned_seq", sa.Integer(), nullable=True))
    op.add_column("processes", sa.Column("planned_until", INSTANT, nullable=True))
    op.create_index("ix_processes_planned_until", "processes", ["planned_until"])
    op.create_index(
        "ix_processes_unplanned",
        "processes",
        ["id"],
        sqlite_where=UNPLANNED,
        postgresql_where=UNPLANNED,
    )
    _messages()
    _reminders()
    op.create_table(
        "nodes",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("beat_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nodes")),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=True),
        sa.Column("address", sa.String(length=320), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("give_up_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.CheckConstraint("attempt >= 0", name=op.f("ck_messages_attempt_counts")),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'undelivered', 'dropped')",
            name=op.f("ck_messages_status_known"),
        ),
        sa.CheckConstraint(
            "(next_at IS NULL) = (status <> 'waiting')",
            name=op.f("ck_messages_waiting_has_next"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("message_id", name=op.f("uq_messages_message_id")),
    )
    _index_of_some("messages", "next_at")
    _index_of_some("messages", "person")


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("due", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("rung", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("meant_for", sa.String(length=200), nullable=False),
        sa.Column("copy", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("message", sa.String(length=100), nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "next_at IS NULL OR message IS NULL", name=op.f("ck_reminders_bound_or_due")
        ),
        sa.CheckConstraint(
            "next_at IS NULL OR status = 'planned'",
            name=op.f("ck_reminders_only_planned_are_due"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'sent', 'lapsed', 'cancelled', 'undelivered')",
            name=op.f("ck_reminders_status_known"),
        ),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name=op.f("fk_reminders_message")),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_reminders_process")),
        sa.PrimaryKeyConstraint(
            "process",
            "due",
            "subject",
            "rung",
            "role",
            "place",
            "meant_for",
            "copy",
            "version",
            name=op.f("pk_reminders"),
        ),
    )
    _index_of_some("reminders", "next_at")
    _index_of_some("reminders", "message")
    undelivered = sa.text("status = 'undelivered'")
    op.create_index(
        "ix_reminders_undelivered",
        "reminders",
        ["process"],
        sqlite_where=undelivered,
        postgresql_where=undelivered,
    )


def _index_of_some(table: str, column: str) -> None:
    """Index the rows that have something in a column."""
    some = sa.text(f"{column} IS NOT NULL")
    op.create_index(
        f"ix_{table}_{column}", table, [column], sqlite_where=some, postgresql_where=some
    )


def downgrade() -> None:
    op.drop_table("nodes")
    op.drop_table("reminders")
    op.drop_table("messages")
    op.drop_index("ix_processes_unplanned", "processes")
    op.drop_index("ix_processes_planned_until", "processes")
    op.drop_column("processes", "planned_until")
    op.drop_column("processes", "planned_seq")
    op.drop_column("people", "language")
