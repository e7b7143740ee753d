"""The first schema: definitions, people, processes, the journal, and what follows from it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
APPEND_ONLY = ("journal", "definitions")
SAME_ROW = {
    "journal": "SELECT 1 FROM journal WHERE process = NEW.process "
    "AND (seq = NEW.seq OR key = NEW.key)",
    "definitions": "SELECT 1 FROM definitions WHERE sha256 = NEW.sha256",
}


def upgrade() -> None:
    op.create_table(
        "definitions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_definitions_sha256_whole")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_definitions")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("name", name=op.f("uq_people_name")),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("definition", sa.String(length=64), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reconstruction", sa.Boolean(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("head_seq > 0", name=op.f("ck_processes_head_seq_positive")),
        sa.CheckConstraint("last_day >= begins", name=op.f("ck_processes_last_day_not_before")),
        sa.ForeignKeyConstraint(
            ["definition"], ["definitions.sha256"], name=op.f("fk_processes_definition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    op.create_table(
        "journal",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("os_user", sa.String(length=100), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("precision", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(key IS NULL) = (digest IS NULL)", name=op.f("ck_journal_key_with_digest")
        ),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(prev_hash) = 64", name=op.f("ck_journal_hash_whole")
        ),
        sa.CheckConstraint("seq > 0", name=op.f("ck_journal_seq_positive")),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_journal_process")),
        sa.PrimaryKeyConstraint("process", "seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("process", "key", name=op.f("uq_journal_process_key")),
    )
    op.create_table(
        "milestones",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("that_day", sa.Text(), nullable=False),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('decided', 'latched', 'attested', 'in-question')",
            name=op.f("ck_milestones_basis_known"),
        ),
        sa.CheckConstraint("round >= 0", name=op.f("ck_milestones_round_counts")),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_milestones_process")),
        sa.PrimaryKeyConstraint("process", "milestone", name=op.f("pk_milestones")),
    )
    op.create_table(
        "decisions",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("request", sa.String(length=100), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=100), nullable=False),
        sa.Column("effect", sa.String(length=16), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=True),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("unnamed_options", sa.Integer(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("out_of_order", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "effect IN ('for', 'against', 'answered', 'pending')",
            name=op.f("ck_decisions_effect_known"),
        ),
        sa.CheckConstraint("round > 0", name=op.f("ck_decisions_round_opened")),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_decisions_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_decisions_process")),
        sa.PrimaryKeyConstraint(
            "process", "round", "milestone", "request", "body", name=op.f("pk_decisions")
        ),
    )
    op.create_table(
        "moves",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("trigger", sa.String(length=100), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "basis IN ('decided', 'latched', 'attested', 'in-question')",
            name=op.f("ck_moves_basis_known"),
        ),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_moves_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_moves_process")),
        sa.PrimaryKeyConstraint(
            "process", "milestone", "trigger", "source", "target", name=op.f("pk_moves")
        ),
    )
    op.create_table(
        "parts",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("deliverable", sa.String(length=100), nullable=False),
        sa.Column("part", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=True),
        sa.Column("text", sa.String(length=64), nullable=True),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_parts_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_parts_process")),
        sa.PrimaryKeyConstraint("process", "deliverable", "part", "subject", name=op.f("pk_parts")),
    )
    op.create_table(
        "seats",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=100), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_seats_until_not_before")
        ),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_seats_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_seats_process")),
        sa.PrimaryKeyConstraint("process", "seq", name=op.f("pk_seats")),
    )
    op.create_table(
        "amendments",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_amendments_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_amendments_process")),
        sa.PrimaryKeyConstraint("process", "what", name=op.f("pk_amendments")),
    )
    op.create_table(
        "dues",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("due", sa.String(length=200), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_dues_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_dues_process")),
        sa.PrimaryKeyConstraint("process", "due", "seq", name=op.f("pk_dues")),
    )
    op.create_table(
        "departures",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_departures_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_departures_process")),
        sa.PrimaryKeyConstraint("process", "party", name=op.f("pk_departures")),
    )
    op.create_table(
        "follow_ups",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("request", sa.String(length=100), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("point", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "step IN ('sent', 'received', 'replied')", name=op.f("ck_follow_ups_step_known")
        ),
        sa.CheckConstraint(
            "(step = 'replied') = (point > 0)", name=op.f("ck_follow_ups_point_with_reply")
        ),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_follow_ups_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_follow_ups_process")),
        sa.PrimaryKeyConstraint(
            "process",
            "round",
            "milestone",
            "request",
            "body",
            "step",
            "point",
            name=op.f("pk_follow_ups"),
        ),
    )
    op.create_table(
        "tasks",
        sa.Column("process", sa.String(length=100), nullable=False),
        sa.Column("milestone", sa.String(length=100), nullable=False),
        sa.Column("task", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("result", sa.String(length=100), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("effective", sa.String(length=100), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process", "seq"],
            ["journal.process", "journal.seq"],
            name=op.f("fk_tasks_process_seq"),
        ),
        sa.ForeignKeyConstraint(["process"], ["processes.id"], name=op.f("fk_tasks_process")),
        sa.PrimaryKeyConstraint(
            "process", "round", "milestone", "task", "subject", name=op.f("pk_tasks")
        ),
    )
    _protect()


def downgrade() -> None:
    _unprotect()
    op.drop_table("follow_ups")
    op.drop_table("departures")
    op.drop_table("dues")
    op.drop_table("amendments")
    op.drop_table("tasks")
    op.drop_table("seats")
    op.drop_table("parts")
    op.drop_table("moves")
    op.drop_table("decisions")
    op.drop_table("milestones")
    op.drop_table("journal")
    op.drop_table("processes")
    op.drop_table("people")
    op.drop_table("definitions")


def _protect() -> None:
    """Refuse, in the database itself, to change or take away what was written."""
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            # INSERT OR REPLACE takes a row away without a word to the trigger above.
            op.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS ({SAME_ROW[table]}) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION mijlpaal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION mijlpaal_append_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION mijlpaal_append_only()"
        )


def _unprotect() -> None:
    """Drop the triggers; they go with their tables, the function does not."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    op.execute("DROP FUNCTION mijlpaal_append_only()")
