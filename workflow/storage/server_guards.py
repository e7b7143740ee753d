"""The guards of the rows on a server, from its catalogues.

Other programs may share the schema. So only objects that concern our tables count: on them, above
them, or before them on the search path.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy import text as sql

from workflow.storage.guard import Guard, GuardFault, Guards, Kind, as_on_server

VERSIONS = "alembic_version"
"""The table that says which revision the schema has; ours are where it is."""
FUNCTION = "mijlpaal_append_only"
"""The function that our triggers call."""
OURS = """
    WITH ours AS (
        SELECT c.*, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = ANY (:names) AND c.relkind IN ('r', 'p')
        AND c.relnamespace =
            (SELECT relnamespace FROM pg_class WHERE oid = to_regclass(:versions))
    )
"""
TABLES = """
    SELECT relname, 'table', relname, concat_ws(' ',
        CASE WHEN relkind <> 'r' THEN 'partitioned' END,
        CASE WHEN relpersistence <> 'p' THEN 'not logged' END,
        CASE WHEN relrowsecurity THEN 'row security' END,
        CASE WHEN EXISTS (SELECT FROM pg_inherits WHERE inhrelid = ours.oid) THEN 'inherits' END
    ), '', nspname FROM ours
"""
COLUMNS = """
    SELECT relname, 'column', relname || '.' || attname, concat_ws(' ', attname,
        upper(replace(format_type(atttypid, atttypmod), 'character varying', 'varchar')),
        'DEFAULT ' || pg_get_expr(adbin, adrelid),
        CASE WHEN attnotnull THEN 'NOT NULL' END,
        nullif(attgenerated::text || attidentity::text, ''),
        CASE WHEN attcollation <> typcollation THEN 'COLLATE' END
    ), '', nspname
    FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
    JOIN pg_type ON pg_type.oid = atttypid
    LEFT JOIN pg_attrdef ON adrelid = ours.oid AND adnum = attnum
"""
CONSTRAINTS = """
    SELECT relname, 'constraint', conname,
        'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(con.oid),
        CASE
            WHEN EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = con.oid
                AND tgenabled NOT IN ('O', 'A')) THEN 'disabled'
            WHEN EXISTS (SELECT FROM pg_index WHERE indexrelid = conindid AND contype <> 'f'
                AND NOT (indisvalid AND indisready AND indislive)) THEN 'invalid'
            WHEN NOT convalidated THEN 'invalid'
            ELSE ''
        END, nspname
    FROM ours JOIN pg_constraint con ON conrelid = ours.oid AND contype IN ('p', 'u', 'f', 'c', 'x')
"""
INDEXES = """
    SELECT ours.relname, 'index', i.relname, replace(pg_get_indexdef(i.oid), 'USING btree ', ''),
        CASE WHEN indisvalid AND indisready AND indislive THEN '' ELSE 'invalid' END, nspname
    FROM ours JOIN pg_index ON indrelid = ours.oid JOIN pg_class i ON i.oid = indexrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid AND conrelid = ours.oid)
"""
TRIGGERS = """
    SELECT relname, 'trigger', tgname, pg_get_triggerdef(t.oid),
        CASE WHEN tgenabled IN ('O', 'A') THEN '' ELSE 'disabled' END, nspname
    FROM ours JOIN pg_trigger t ON tgrelid = ours.oid AND NOT tgisinternal
"""
FUNCTIONS = """
    SELECT '', 'function', proname, concat_ws(' ', lanname, prosrc,
        CASE WHEN prosecdef THEN 'SECURITY DEFINER' END, array_to_string(proconfig, ' ')
    ), '', nspname
    FROM pg_proc JOIN pg_language l ON l.oid = prolang
    JOIN pg_namespace n ON n.oid = pronamespace
    WHERE pg_proc.oid IN (SELECT tgfoid FROM ours JOIN pg_trigger ON tgrelid = ours.oid
        WHERE NOT tgisinternal)
    OR (proname = :function AND pronamespace IN (SELECT relnamespace FROM ours))
"""
RULES = """
    SELECT relname, 'rule', rulename, '', 'foreign', nspname
    FROM ours JOIN pg_rewrite ON ev_class = ours.oid
    UNION ALL
    SELECT relname, 'policy', polname, '', 'foreign', nspname
    FROM ours JOIN pg_policy ON polrelid = ours.oid
"""
AROUND = """
    SELECT ours.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
        c.oid::regclass::text, '', 'foreign', nspname
    FROM (
        SELECT inhparent AS near, inhrelid AS other FROM pg_inherits
        UNION SELECT confrelid, conrelid FROM pg_constraint WHERE contype = 'f'
        UNION SELECT refobjid, ev_class FROM pg_depend JOIN pg_rewrite w ON w.oid = objid
            WHERE classid = 'pg_rewrite'::regclass AND refclassid = 'pg_class'::regclass
    ) AS around JOIN ours ON ours.oid = near JOIN pg_class c ON c.oid = other
    WHERE other NOT IN (SELECT oid FROM ours)
    AND (c.relkind NOT IN ('v', 'm') OR c.relnamespace = ours.relnamespace)
    UNION ALL
    SELECT c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
        n.nspname || '.' || c.relname, '', 'foreign', n.nspname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = ANY (:names) AND pg_table_is_visible(c.oid)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid NOT IN (SELECT oid FROM ours)
"""
SETTINGS = """
    SELECT '', 'setting', 'session_replication_role', '', 'changed', ''
    WHERE current_setting('session_replication_role') <> 'origin'
"""
PARTS = (
    TABLES,
    COLUMNS,
    CONSTRAINTS,
    INDEXES,
    TRIGGERS,
    FUNCTIONS,
    RULES,
    AROUND,
    SETTINGS,
)
EVERYTHING = OURS + " UNION ALL ".join(PARTS)


class _Row(NamedTuple):
    table: str
    kind: str
    name: str
    definition: str
    wrong: str
    schema: str


def guards_on_server(connection: Connection, expected: Guards) -> Guards:
    """Return the guards of the expected tables, and the objects that come between."""
    names = [each.name for each in expected if each.kind is Kind.TABLE]
    guards: dict[Guard, str | GuardFault] = {}
    for guard, definition in _found(connection, names):
        # Two of one name are not the one that there was.
        guards[guard] = GuardFault.CHANGED if guard in guards else definition
    return guards


def _found(connection: Connection, names: list[str]) -> Iterator[tuple[Guard, str | GuardFault]]:
    statement = sql(EVERYTHING.replace("::", "\\:\\:"))
    values = {"names": names, "versions": VERSIONS, "function": FUNCTION}
    for row in (_Row(*found) for found in connection.execute(statement, values)):
        guard = Guard(row.table, Kind(row.kind), row.name)
        # The server names the schema of a table where the search path does not lead to it.
        yield (
            guard,
            GuardFault(row.wrong)
            if row.wrong
            else as_on_server(row.definition).replace(f"{row.schema}.", ""),
        )
