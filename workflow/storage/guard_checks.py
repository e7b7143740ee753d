"""Checks whether the guards of a database equal those of the schema that this program makes.

Triggers, constraints, columns and indexes are compared one by one, by their definitions. The
expected ones are compiled from the tables and the statements below; a migrated database compares
equal.
"""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Dialect
from sqlalchemy import text as sql
from sqlalchemy.schema import CreateIndex, CreateTable

from workflow.storage.database import Database, revision_of
from workflow.storage.guard import (
    Breach,
    Guard,
    GuardFault,
    Guards,
    Kind,
    as_on_server,
    canonical,
)
from workflow.storage.indexes import schema
from workflow.storage.revision import REVISION, is_compatible
from workflow.storage.server_guards import FUNCTION, VERSIONS, guards_on_server
from workflow.storage.tables import APPEND_ONLY

IN_FILE = """
    SELECT type, name, tbl_name, sql FROM sqlite_master
    WHERE type IN ('trigger', 'view') OR name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""
"""Everything that was made in a file but what SQLite makes for itself."""
UNNAMED = frozenset({"PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
WITHIN = frozenset({Kind.COLUMN, Kind.CONSTRAINT, Kind.INDEX})
FUNCTION_BODY = "plpgsql BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END"
_SAME_ROW = {
    "journal": "SELECT 1 FROM journal WHERE process = NEW.process "
    "AND (seq = NEW.seq OR key = NEW.key)",
    "definitions": "SELECT 1 FROM definitions WHERE sha256 = NEW.sha256",
}


def breaches(database: Database) -> list[Breach]:
    """Return the faults in the guards of a database with the schema of this program."""
    with database.reading() as connection:
        return breaches_of(connection)


def breaches_of(connection: Connection) -> list[Breach]:
    """Return the same, within a transaction; nothing of a schema that has to be upgraded first."""
    revision = revision_of(connection)
    if not is_compatible(revision):
        return []
    if connection.dialect.name == "postgresql":
        expected = _expected_on_server(connection.dialect)
        found = guards_on_server(connection, expected)
    else:
        expected = _expected_in_file(connection.dialect)
        found = _guards_in_file(connection)
    # The first step of an upgrade adds what a program of this release does not know.
    return list(_compared(expected, found, foreign=revision == REVISION))


def _compared(expected: Guards, found: Guards, *, foreign: bool) -> Iterator[Breach]:
    tables = {each.table for each in expected}
    lost = {each.table for each in expected if each.kind is Kind.TABLE and each not in found}
    for guard in sorted({*expected, *found}):
        definition = found.get(guard)
        if isinstance(definition, GuardFault):
            yield Breach(guard, definition)
        elif guard not in expected:
            # Of a table that is foreign, its name says enough.
            within = guard.kind in WITHIN and guard.table not in tables
            if foreign and not within and not _is_harmless(guard, definition):
                yield Breach(guard, GuardFault.FOREIGN)
        elif definition is None:
            # What belonged to a table went with it.
            if guard.kind is Kind.TABLE or guard.table not in lost:
                yield Breach(guard, GuardFault.MISSING)
        elif definition != expected[guard]:
            yield Breach(guard, GuardFault.CHANGED)


def _is_harmless(guard: Guard, definition: str | None) -> bool:
    """Return whether a guard neither changes, hides nor refuses rows: a plain index."""
    unique = str(definition).upper().startswith("CREATEUNIQUE")
    return guard.kind is Kind.INDEX and not unique


# --- what is expected --------------------------------------------------------------------------


def _expected_in_file(dialect: Dialect) -> Guards:
    """Return the guards of an SQLite file."""
    guards = _compiled(dialect)
    for table in APPEND_ONLY:
        says = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb, on in (
            ("update", "BEFORE UPDATE"),
            ("delete", "BEFORE DELETE"),
            ("replace", "BEFORE INSERT"),
        ):
            when = f"WHEN EXISTS ({_SAME_ROW[table]}) " if verb == "replace" else ""
            name = f"{table}_no_{verb}"
            made = f"CREATE TRIGGER {name} {on} ON {table} {when}{says}"
            guards[Guard(table, Kind.TRIGGER, name)] = made
    return {guard: canonical(each) for guard, each in guards.items()}


def _expected_on_server(dialect: Dialect) -> Guards:
    """Return the guards of a database on a server."""
    guards = _compiled(dialect)
    for table in APPEND_ONLY:
        for name, on, each in (
            (f"{table}_append_only", "DELETE OR UPDATE", "ROW"),
            (f"{table}_no_truncate", "TRUNCATE", "STATEMENT"),
        ):
            guards[Guard(table, Kind.TRIGGER, name)] = (
                f"CREATE TRIGGER {name} BEFORE {on} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {FUNCTION}()"
            )
    guards[Guard("", Kind.FUNCTION, FUNCTION)] = FUNCTION_BODY
    return {guard: as_on_server(each) for guard, each in guards.items()}


def _compiled(dialect: Dialect) -> dict[Guard, str]:
    guards: dict[Guard, str] = {}
    for table in schema.sorted_tables:
        guards.update(_clauses(table.name, str(CreateTable(table).compile(dialect=dialect))))
        for index in table.indexes:
            guard = Guard(table.name, Kind.INDEX, str(index.name))
            guards[guard] = str(CreateIndex(index).compile(dialect=dialect))
    return guards


# --- what an SQLite file has -------------------------------------------------------------------


def _guards_in_file(connection: Connection) -> Guards:
    guards: dict[Guard, str] = {}
    found = connection.execute(sql(IN_FILE))
    for kind, name, table, statement in found:
        if kind == "table" and name == VERSIONS:
            continue
        made = _clauses(name, statement or "") if kind == "table" else {}
        made = made or {Guard(table, Kind(kind), name): statement or ""}
        guards.update((guard, canonical(each)) for guard, each in made.items())
    return guards


def _clauses(table: str, statement: str) -> dict[Guard, str]:
    """Return a table, its columns and its constraints, each as its statement says it."""
    _, _, rest = statement.partition("(")
    body, _, options = rest.rpartition(")")
    guards = {Guard(table, Kind.TABLE, table): options}
    for clause in _split(body):
        guard = _named(table, clause)
        # The same name twice is not the clause that it was.
        guards[guard] = f"{guards[guard]}, {clause}" if guard in guards else clause
    return guards


def _named(table: str, clause: str) -> Guard:
    words = clause.replace('"', "").split()
    first = words[0].upper() if words else ""
    if first == "CONSTRAINT" and len(words) > 1:
        return Guard(table, Kind.CONSTRAINT, words[1])
    if first.partition("(")[0] in UNNAMED:
        return Guard(table, Kind.CONSTRAINT, " ".join(words))
    return Guard(table, Kind.COLUMN, f"{table}.{words[0] if words else ''}")


def _split(body: str) -> Iterator[str]:
    """Yield the parts between commas outside brackets and string literals."""
    depth, clause = 0, ""
    for part in re.split(r"('(?:[^']|'')*'|[(),])", body):
        depth += (part == "(") - (part == ")")
        if part == "," and not depth:
            yield clause.strip()
            clause = ""
        else:
            clause += part
    yield clause.strip()
