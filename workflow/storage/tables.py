"""The schema, with its invariants as named constraints.

``journal`` and ``definitions`` are append-only; triggers see to that (in the migrations, and
tested). The tables of where a process stands, from ``milestones`` to ``shifts``, follow from
the journal and can be rebuilt from it. So does which ``reminders`` there are; what became of them,
the ``messages`` that brought them and the ``nodes`` that sent those stand nowhere else. ``people``
follows from nothing and can be erased: the journal holds only opaque ids.

``definitions.language.length_limits`` bounds every text where it comes in, for every kind of
database alike.
"""

from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from definitions.language.length_limits import ADDRESS, HASH, KEY, LANGUAGE, NAME, REFERENCE
from definitions.model import Effect
from workflow.model.reminders import Delivery, Standing
from workflow.model.state import Basis, Step
from workflow.storage.column_types import Days, EnumValue, Instant, Names

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def _key(name: str, length: int = NAME) -> Column[str]:
    return Column(name, String(length), primary_key=True)


def _process() -> Column[str]:
    return Column("process", ForeignKey("processes.id"), primary_key=True)


definitions = Table(
    "definitions",
    metadata,
    _key("sha256", HASH),
    Column("id", String(NAME), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
)

# What planning depends on beside the journal: which days are off, and how the clock of a zone runs.
calendars = Table(
    "calendars",
    metadata,
    _key("sha256", HASH),
    Column("zone", String(NAME), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("release", String(NAME), nullable=False),
    Column("document", Text, nullable=False),
    CheckConstraint("length(sha256) = 64", name="sha256_whole"),
)

people = Table(
    "people",
    metadata,
    _key("id"),
    Column("name", String(NAME), nullable=False),
    Column("address", String(ADDRESS)),
    Column("language", String(LANGUAGE)),
)

processes = Table(
    "processes",
    metadata,
    _key("id"),
    Column("definition", ForeignKey("definitions.sha256"), nullable=False),
    Column("begins", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reconstruction", Boolean, nullable=False),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", String(HASH), nullable=False),
    # Up to which entry its reminders are planned, and until when that holds. A program of the
    # first release, which plans none, leaves them as they are.
    Column("planned_seq", Integer),
    Column("planned_until", Instant),
    # Up to which year recurring tasks are planned, and by which calendar everything is. A program
    # of the third release leaves both as they are.
    Column("planned_year", Integer),
    Column("calendar", String(HASH)),
    CheckConstraint("head_seq > 0", name="head_seq_positive"),
    CheckConstraint("last_day >= begins", name="last_day_not_before"),
)

journal = Table(
    "journal",
    metadata,
    _process(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", String(NAME), nullable=False),
    Column("actor", String(NAME), nullable=False),
    Column("role", String(REFERENCE), nullable=False),
    Column("os_user", String(NAME), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date),
    Column("precision", String(16), nullable=False),
    Column("key", String(KEY)),
    Column("digest", String(HASH)),
    Column("payload", JSON, nullable=False),
    Column("prev_hash", String(HASH), nullable=False),
    Column("hash", String(HASH), nullable=False),
    UniqueConstraint("process", "key"),
    CheckConstraint("seq > 0", name="seq_positive"),
    CheckConstraint("length(hash) = 64 AND length(prev_hash) = 64", name="hash_whole"),
    CheckConstraint("(key IS NULL) = (digest IS NULL)", name="key_with_digest"),
)


def _from_journal() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["process", "seq"], ["journal.process", "journal.seq"])


milestones = Table(
    "milestones",
    metadata,
    _process(),
    _key("milestone"),
    Column("state", String(NAME), nullable=False),
    Column("since", Date, nullable=False),
    Column("effective", String(NAME), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("basis", EnumValue(Basis)),
    Column("round", Integer, nullable=False),
    Column("that_day", Names, nullable=False),
    Column("entered", Days, nullable=False),
    Column("opened_on", Date),
    Column("opened_from", Names, nullable=False, server_default="[]"),
    Column("out_of_order", Boolean, nullable=False, server_default=false()),
    _one_of("basis", Basis),
    CheckConstraint("round >= 0", name="round_counts"),
)

moves = Table(
    "moves",
    metadata,
    _process(),
    _key("milestone"),
    _key("trigger"),
    _key("source"),
    _key("target"),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("basis", EnumValue(Basis), nullable=False),
    Column("round", Integer, nullable=False),
    Column("reference", Text),
    Column("out_of_order", Boolean, nullable=False, server_default=false()),
    _one_of("basis", Basis),
    _from_journal(),
)

decisions = Table(
    "decisions",
    metadata,
    _process(),
    _key("milestone"),
    _key("request"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    _key("body", REFERENCE),
    Column("outcome", String(NAME), nullable=False),
    Column("effect", EnumValue(Effect), nullable=False),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("text", String(HASH)),
    Column("options", Names, nullable=False),
    Column("unnamed_options", Integer, nullable=False),
    Column("points", Names, nullable=False),
    Column("signed_by", Names, nullable=False),
    Column("out_of_order", Boolean, nullable=False),
    # By round before anything else: a command reads those of the present rounds only.
    PrimaryKeyConstraint("process", "round", "milestone", "request", "body"),
    _one_of("effect", Effect),
    CheckConstraint("round > 0", name="round_opened"),
    _from_journal(),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    _process(),
    _key("milestone"),
    _key("request"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    _key("body", REFERENCE),
    Column("step", EnumValue(Step), primary_key=True),
    Column("point", Integer, primary_key=True, autoincrement=False),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("process", "round", "milestone", "request", "body", "step", "point"),
    _one_of("step", Step),
    CheckConstraint("(step = 'replied') = (point > 0)", name="point_with_reply"),
    _from_journal(),
)

tasks = Table(
    "tasks",
    metadata,
    _process(),
    _key("milestone"),
    _key("task"),
    _key("subject"),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("result", String(NAME), nullable=False),
    Column("done", Boolean, nullable=False),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("out_of_order", Boolean, nullable=False, server_default=false()),
    PrimaryKeyConstraint("process", "round", "milestone", "task", "subject"),
    _from_journal(),
)

parts = Table(
    "parts",
    metadata,
    _process(),
    _key("deliverable"),
    _key("part"),
    _key("subject"),
    Column("level", String(NAME), nullable=False),
    Column("version", String(NAME)),
    Column("text", String(HASH)),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    _from_journal(),
)

seats = Table(
    "seats",
    metadata,
    _process(),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("role", String(NAME), nullable=False),
    Column("place", String(NAME), nullable=False),
    Column("person", String(NAME), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Column("mailbox", Boolean, nullable=False, server_default=false()),
    CheckConstraint("until IS NULL OR until >= since", name="until_not_before"),
    _from_journal(),
)

dues = Table(
    "dues",
    metadata,
    _process(),
    _key("due", REFERENCE),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("date", String(NAME), nullable=False),
    Column("reason", Text, nullable=False),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    _from_journal(),
)

departures = Table(
    "departures",
    metadata,
    _process(),
    _key("party"),
    Column("effective", String(NAME), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    _from_journal(),
)

amendments = Table(
    "amendments",
    metadata,
    _process(),
    _key("what", REFERENCE),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    _from_journal(),
)

shifts = Table(
    "shifts",
    metadata,
    _process(),
    _key("due", REFERENCE),
    _key("party"),
    Column("was", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("counted_from", String(NAME), nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    _from_journal(),
)

messages = Table(
    "messages",
    metadata,
    _key("id"),
    # Whose it is is forgotten with them: the address and what it says go, the row stays.
    Column("person", String(NAME)),
    Column("address", String(ADDRESS)),
    Column("message_id", String(REFERENCE), nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("status", EnumValue(Delivery), nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("give_up_at", Instant, nullable=False),
    Column("next_at", Instant),
    Column("attempt", Integer, nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("holder", String(NAME)),
    Column("settled_at", Instant),
    # Of one that is done with: the folder it was put in, where no mail server took it.
    Column("fault", Text),
    UniqueConstraint("message_id"),
    CheckConstraint("attempt >= 0", name="attempt_counts"),
    CheckConstraint("(next_at IS NULL) = (status <> 'waiting')", name="waiting_has_next"),
    _one_of("status", Delivery),
)

reminders = Table(
    "reminders",
    metadata,
    _process(),
    _key("due", REFERENCE),
    _key("subject", REFERENCE),
    _key("rung", NAME),
    _key("role"),
    _key("place"),
    _key("meant_for", REFERENCE),
    # A seat can have several holders: the first gets the reminder, the others a copy.
    Column("copy", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("deadline", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", EnumValue(Standing), nullable=False),
    Column("next_at", Instant),
    Column("message", ForeignKey("messages.id")),
    Column("settled_at", Instant),
    # Of one that is done with, too, the folder that its message was put in.
    Column("why", Text),
    CheckConstraint("next_at IS NULL OR status = 'planned'", name="only_planned_are_due"),
    CheckConstraint("next_at IS NULL OR message IS NULL", name="bound_or_due"),
    _one_of("status", Standing),
)

nodes = Table(
    "nodes",
    metadata,
    _key("id"),
    Column("started_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
)

APPEND_ONLY = ("journal", "definitions")
"""The tables whose rows are never changed or taken away."""
